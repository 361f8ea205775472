//! Columns of text output: content is made safe, then cut and padded by its width in cells on the terminal.

use crate::lang::Lang;
use crate::lang::numbers::grouped;
use crate::text::safe::Safe;
use std::io::IsTerminal;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Bytes of a content that are processed at most. No line is that long, and a hostile title of many megabytes would
/// otherwise take time for text that is never printed.
const MAX_BYTES: usize = 64 << 10;

/// Returns the width of the terminal in cells, at least 40; 80 if standard output is not a terminal.
pub fn width() -> usize {
    let columns = crossterm::terminal::size().ok().filter(|_| std::io::stdout().is_terminal());
    columns.map_or(80, |(columns, _)| usize::from(columns).max(40))
}

/// Makes content safe and cuts it to at most `cells` cells, at a grapheme; `…` shows that something was cut off.
pub fn cut(content: &str, cells: usize) -> Safe {
    // A char has at most four bytes, so one of four neighbouring offsets is a boundary.
    let end = (0..4).map(|back| content.len().min(MAX_BYTES) - back).find(|end| content.is_char_boundary(*end));
    let safe = Safe::line(content.get(..end.unwrap_or(0)).unwrap_or_default());
    if safe.as_str().width() <= cells {
        return safe;
    }
    let mut out = String::new();
    let mut used = 1;
    for letter in safe.as_str().graphemes(true) {
        used += letter.width();
        if used > cells {
            break;
        }
        out.push_str(letter);
    }
    out.push('…');
    Safe::line(&out)
}

/// `cut`, padded with spaces to exactly `cells` cells.
pub fn cell(content: &str, cells: usize) -> String {
    let cut = cut(content, cells);
    let fill = cells.saturating_sub(cut.as_str().width());
    format!("{cut}{}", " ".repeat(fill))
}

/// Formats the number of a column: in the form of the language on a terminal, else digits alone, because a program may
/// read them.
pub fn number(number: usize, lang: Lang) -> String {
    number_for(number, lang, std::io::stdout().is_terminal())
}

fn number_for(number: usize, lang: Lang, on_terminal: bool) -> String {
    if on_terminal { grouped(number, lang) } else { number.to_string() }
}

/// Formats words in bold if `on`. `words` must be safe.
pub fn bold(words: &str, on: bool) -> String {
    if on { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// Dims words if `on`. `words` must be safe.
pub fn dim(words: &str, on: bool) -> String {
    if on { format!("\u{1b}[2m{words}\u{1b}[0m") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_form_of_the_language_on_a_terminal_only() {
        let form = |lang, on_terminal| number_for(1994, lang, on_terminal);
        assert_eq!([form(Lang::Vi, true), form(Lang::En, true), form(Lang::Vi, false)], ["1.994", "1,994", "1994"]);
    }

    #[test]
    fn cells_are_as_wide_as_they_should_be_whatever_is_in_them() {
        for content in [
            "",
            "Tổng kết",
            "Tổng kết công tác năm 2022",
            "国防部长会议报告",
            "a\u{1b}[31m\nb",
            "e\u{301}e\u{301}e\u{301}",
        ] {
            assert_eq!(cell(content, 10).width(), 10, "{content:?}");
        }
        assert_eq!(cut("Tổng kết năm", 8).as_str(), "Tổng kế…");
    }
}
