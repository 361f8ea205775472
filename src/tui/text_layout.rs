//! Wraps styled text: pieces, each with its role, become lines of pieces. This lays out what the reader composes itself
//! (facts, pages of officials, help). The text of a report is laid out by `report_layout`, which keeps track of bytes.

use crate::report::Span;
use crate::text::wrap;
use crate::theme::ThemeRole;

/// A piece of a line: words, and the role that decides how they look.
pub type StyledText = (String, ThemeRole);

/// Breaks `pieces` into lines of at most `width` cells. Lines after the first begin with `hang` spaces, unless that
/// would leave them fewer than eight cells. A break may be inside a piece, whose parts keep its role.
pub fn flow(pieces: &[StyledText], width: usize, hang: usize) -> Vec<Vec<StyledText>> {
    // The pieces are joined and wrapped as one text, so that words are kept together across the ends of pieces.
    let text: String = pieces.iter().map(|(words, _)| words.as_str()).collect();
    let hang = if hang + 8 > width { 0 } else { hang };
    let mut ranges = wrap::wrap(&text, width);
    if hang > 0 && ranges.len() > 1 {
        let rest = ranges.first().map_or(0, |first| first.end);
        ranges.truncate(1);
        let tail = text.get(rest..).unwrap_or_default();
        ranges.extend(wrap::wrap(tail, width - hang).into_iter().map(|r| r.start + rest..r.end + rest));
    }
    let mut lines = Vec::with_capacity(ranges.len());
    for (n, range) in ranges.into_iter().enumerate() {
        let mut line = Vec::new();
        if n > 0 && hang > 0 {
            line.push((" ".repeat(hang), ThemeRole::Text));
        }
        line.extend(cut(pieces, &range));
        lines.push(line);
    }
    lines
}

/// Splits `words` into pieces: those at `places`, such as hits of a search, have the role given there, the others have
/// `role`. The places must be in order and must not overlap.
pub fn styled_pieces(
    words: &str,
    places: impl IntoIterator<Item = (Span, ThemeRole)>,
    role: ThemeRole,
) -> Vec<StyledText> {
    let (mut at, mut out) = (0, Vec::new());
    for (place, own) in places {
        out.push((words.get(at..place.start).unwrap_or_default().to_owned(), role));
        out.push((place.of(words).to_owned(), own));
        at = place.end;
    }
    out.push((words.get(at..).unwrap_or_default().to_owned(), role));
    out.retain(|(words, _)| !words.is_empty());
    out
}

/// The blank cells between two columns.
pub const GAP: usize = 2;

/// What one column shows in a row of columns.
#[derive(Clone, Copy, Debug)]
pub struct ColumnCell<'a> {
    pub words: &'a str,
    /// The width of the column in cells. A column of width 0 has no gap after it.
    pub width: usize,
    pub role: ThemeRole,
}

/// Lays out columns next to each other, each wrapped to its width. Returns as many lines as the longest column needs.
pub fn columns(cells: &[ColumnCell<'_>]) -> Vec<Vec<StyledText>> {
    let wrapped: Vec<Vec<&str>> = cells
        .iter()
        .map(|cell| wrap::wrap(cell.words, cell.width).into_iter().filter_map(|r| cell.words.get(r)).collect())
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(1).max(1);
    (0..height)
        .map(|n| {
            let mut line = Vec::new();
            for (cell, lines) in cells.iter().zip(&wrapped) {
                let words = lines.get(n).copied().unwrap_or_default();
                let gap = if cell.width == 0 { 0 } else { GAP };
                line.push((words.to_owned(), cell.role));
                line.push((" ".repeat((cell.width + gap).saturating_sub(wrap::width(words))), ThemeRole::Text));
            }
            line
        })
        .collect()
}

/// The parts of `pieces` that are in `range`, in bytes of their joined text.
fn cut(pieces: &[StyledText], range: &std::ops::Range<usize>) -> Vec<StyledText> {
    let mut at = 0;
    let mut out = Vec::new();
    for (words, role) in pieces {
        let (start, end) = (range.start.max(at), range.end.min(at + words.len()));
        if let Some(part) = (start < end).then(|| words.get(start - at..end - at)).flatten() {
            out.push((part.to_owned(), *role));
        }
        at += words.len();
    }
    out
}

/// The width of a line, in cells.
pub fn width(line: &[StyledText]) -> usize {
    line.iter().map(|(words, _)| wrap::width(words)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_a_meaning_of_their_own() {
        let pieces = styled_pieces(
            "Lã An",
            [(Span::new(0, 3), ThemeRole::Hit), (Span::new(4, 5), ThemeRole::CurrentHit)],
            ThemeRole::Name,
        );
        let pieces: Vec<_> = pieces.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        assert_eq!(
            pieces,
            [("Lã", ThemeRole::Hit), (" ", ThemeRole::Name), ("A", ThemeRole::CurrentHit), ("n", ThemeRole::Name)]
        );
        assert_eq!(styled_pieces("", [], ThemeRole::Name), []);
    }

    #[test]
    fn roles_survive_the_break_and_later_lines_hang() {
        let pieces = [
            ("Chủ trì  ".to_owned(), ThemeRole::Dim),
            ("Trung tướng".into(), ThemeRole::Rank),
            (" Lã An".into(), ThemeRole::Name),
        ];
        let lines = flow(&pieces, 21, 9);
        let shown: Vec<String> = lines.iter().map(|l| l.iter().map(|p| p.0.as_str()).collect()).collect();
        assert_eq!(shown, ["Chủ trì  Trung tướng", "         Lã An"]);
        assert_eq!(lines[1][1], ("Lã An".to_owned(), ThemeRole::Name));
    }
}
