//! Turns the screen into ASCII, for a locale that is not UTF-8. Letters lose tones and marks, lines and signs are
//! replaced by similar ASCII characters, and anything else becomes `?`.

use crate::text::fold::fold_char;
use ratatui::buffer::Buffer;

/// Groups of signs, and the ASCII characters that replace them, in the same order.
const SIGNS: &[(&str, &str)] =
    &[("─│┌┐└┘", "-|++++"), ("▌▏●▶◀•★…·▸✎↵", ">|*><+*..>>$"), ("→←↓↑≠×–—−‘’“”«»", "><v^!x---''\"\"\"\"")];

/// Turns every cell of `buffer` into ASCII.
pub fn fold(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let mut ascii = String::new();
            // A letter two cells wide becomes one ASCII character. Its second cell is blank already and stays so.
            ascii.extend(cell.symbol().chars().next().map(letter));
            cell.set_symbol(&ascii);
        }
    }
}

/// The ASCII character that replaces `c`.
fn letter(c: char) -> char {
    let sign = SIGNS.iter().find_map(|(from, to)| from.chars().position(|f| f == c).and_then(|n| to.chars().nth(n)));
    if let Some(sign) = sign {
        return sign;
    }
    match fold_char(c) {
        folded if !folded.is_ascii() => '?',
        folded if c.is_uppercase() => folded.to_ascii_uppercase(),
        folded => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn letters_keep_their_case_and_signs_have_stand_ins() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, "│Đỗ Ước ▌国…", ratatui::style::Style::new());
        fold(&mut buffer);
        let shown: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(shown, "|Do Uoc >? .");
    }

    #[test]
    fn each_sign_has_one_stand_in() {
        for (from, to) in SIGNS {
            assert_eq!(from.chars().count(), to.chars().count(), "{from}");
        }
    }
}
