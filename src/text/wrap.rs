//! Line breaks by the cells that letters take on a screen. The lines of `wrap`, in order, contain every visible letter
//! of the text exactly once. No line is wider than the given width, unless a single letter is. A syllable is broken
//! only if it is wider than a whole line.

use super::safe::plain_letters;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of `text` in cells.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    plain_letters(text).map_or_else(|| text.graphemes(true).map(cell_width).sum(), Iterator::count)
}

/// The width of one grapheme in cells: 0 for control characters, at most 2.
pub fn cell_width(grapheme: &str) -> usize {
    UnicodeWidthStr::width(grapheme).min(2)
}

/// Returns the longest prefix of `text` that takes at most `cells` cells.
pub fn fit(text: &str, cells: usize) -> &str {
    if text.is_ascii() {
        return text.get(..cells.min(text.len())).unwrap_or(text);
    }
    if let Some(mut letters) = plain_letters(text) {
        letters.by_ref().take(cells).for_each(drop);
        return text.get(..text.len() - letters.as_str().len()).unwrap_or(text);
    }
    let mut taken = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        taken += cell_width(grapheme);
        if taken > cells {
            return text.get(..at).unwrap_or(text);
        }
    }
    text
}

/// Returns `text` in at most `cells` cells, ending in `…` if it had to be cut.
pub fn shorten(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    match cells {
        0 => String::new(),
        _ => format!("{}…", fit(text, cells - 1).trim_end()),
    }
}

/// Breaks `text` into lines of at most `cells` cells. Returns byte ranges of `text`, without the spaces at the breaks.
/// A line feed always breaks. A text of spaces only has no lines.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    let mut line: Option<OpenLine> = None;
    for word in words(text) {
        let wide = width(text.get(word.range.clone()).unwrap_or_default());
        line = match line {
            Some(open) if !word.new_line && open.used + word.gap + wide <= cells => {
                Some(OpenLine { end: word.range.end, used: open.used + word.gap + wide, ..open })
            }
            full => {
                lines.extend(full.map(|full| full.start..full.end));
                Some(begin_line(text, word.range, wide, cells, &mut lines))
            }
        };
    }
    lines.extend(line.map(|last| last.start..last.end));
    lines
}

/// The line that is being filled, as bytes of the text.
struct OpenLine {
    start: usize,
    end: usize,
    /// The width of the line so far, in cells.
    used: usize,
}

/// A run of characters without a space, as bytes of the text.
struct WrapChunk {
    range: Range<usize>,
    /// The width of the space before it, in cells.
    gap: usize,
    /// Whether that space contains a line feed.
    new_line: bool,
}

fn words(text: &str) -> impl Iterator<Item = WrapChunk> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(|c: char| !is_space(c))?;
        let gap = text.get(at..start)?;
        let end = text.get(start..)?.find(is_space).map_or(text.len(), |n| start + n);
        at = end;
        Some(WrapChunk { range: start..end, gap: gap.chars().count(), new_line: gap.contains('\n') })
    })
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n')
}

/// Begins a line with `word`, which is `wide` cells wide. While the word is wider than a line, it is broken between
/// letters and the full lines go to `lines`. Returns the line that is still open.
fn begin_line(text: &str, word: Range<usize>, wide: usize, cells: usize, lines: &mut Vec<Range<usize>>) -> OpenLine {
    if wide <= cells {
        return OpenLine { start: word.start, end: word.end, used: wide };
    }
    let (mut start, mut used) = (word.start, 0);
    let letters = text.get(word.clone()).unwrap_or_default().grapheme_indices(true);
    for (at, letter) in letters.map(|(at, letter)| (word.start + at, letter)) {
        let letter_wide = cell_width(letter);
        if used > 0 && used + letter_wide > cells {
            lines.push(start..at);
            (start, used) = (at, 0);
        }
        used += letter_wide;
    }
    OpenLine { start, end: word.end, used }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, cells: usize) -> Vec<&str> {
        wrap(text, cells).into_iter().filter_map(|r| text.get(r)).collect()
    }

    #[test]
    fn breaks_stand_between_syllables() {
        assert_eq!(lines("Trung tướng Đỗ Văn An chủ trì", 12), ["Trung tướng", "Đỗ Văn An", "chủ trì"]);
        assert_eq!(lines("  một \n\n hai  ", 20), ["một", "hai"]);
        assert_eq!(lines("   ", 5), Vec::<&str>::new());
    }

    #[test]
    fn what_is_wider_than_a_line_is_broken_between_letters() {
        assert_eq!(lines("a nghiêngngả b", 5), ["a", "nghiê", "ngngả", "b"]);
        assert_eq!(lines("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(lines("国防部", 3), ["国", "防", "部"]);
    }

    #[test]
    fn shortening_says_that_something_is_missing() {
        assert_eq!(shorten("Tổng cục Kỹ thuật", 9), "Tổng cục…");
        assert_eq!(shorten("Tổng", 4), "Tổng");
        assert_eq!(shorten("Tổng", 0), "");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(text in "[ \\na-cạ-ỹ国e\u{301}]{0,60}", cells in 1usize..12) {
            let parts = lines(&text, cells);
            let kept: String = parts.concat().chars().filter(|c| !is_space(*c)).collect();
            let all: String = text.chars().filter(|c| !is_space(*c)).collect();
            prop_assert_eq!(kept, all);
            for part in parts {
                prop_assert!(width(part) <= cells.max(2), "{part:?}");
            }
        }
    }
}
