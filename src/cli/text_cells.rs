//! Columns for people: cells of content made safe, cut and padded by the cells a letter takes on the screen.

use crate::text::safe::Safe;
use std::io::IsTerminal;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// No more than so many bytes of a cell are looked at.
const LONGEST: usize = 64 << 10;

/// The columns of the terminal that reads the output; 80 where none does.
pub fn width() -> usize {
    let columns = crossterm::terminal::size().ok().filter(|_| std::io::stdout().is_terminal());
    columns.map_or(80, |(columns, _)| usize::from(columns).max(40))
}

/// Content cut to at most so many cells, with `…` where something is left out.
pub fn cut(content: &str, cells: usize) -> Safe {
    // What is longer than any line is not looked at to its end.
    let end = (0..4).map(|back| content.len().min(LONGEST) - back).find(|end| content.is_char_boundary(*end));
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

/// `cut`, filled with spaces to exactly so many cells.
pub fn cell(content: &str, cells: usize) -> String {
    let cut = cut(content, cells);
    let fill = cells.saturating_sub(cut.as_str().width());
    format!("{cut}{}", " ".repeat(fill))
}

/// Sets words apart by bold, where colours are wanted.
pub fn bold(words: &str, on: bool) -> String {
    if on { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
}

/// Sets words back by dimming them, where colours are wanted.
pub fn dim(words: &str, on: bool) -> String {
    if on { format!("\u{1b}[2m{words}\u{1b}[0m") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
