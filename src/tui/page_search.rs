//! Finds a search in the lines of a page: the same phrases and rules as in the text of a report. A paragraph that was
//! wrapped is searched as one text, each column by itself, so that a phrase is found across the ends of its lines. What
//! a hit looks like and which is the current one is left to `view` and `update`.
//!
//! ```text
//! lines    12  … chủ nhiệm chính │ …        a hit may have several parts,
//!          13  trị quân khu …    │ …        one in each line that it touches
//! ```

use super::app::PageLine;
use crate::report::Span;
use crate::search::highlight::{self, HighlightQuery};
use crate::theme::ThemeRole;

/// A part of a hit: a span of the text of one line, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageHitPart {
    /// The index of the line.
    pub line: usize,
    pub span: Span,
}

/// One hit. It has one part for each line that it touches, never none.
pub type PageHit = Vec<PageHitPart>;

/// The hits of a search in the lines of a page, in the order of lines.
pub fn hits(lines: &[PageLine], query: &HighlightQuery) -> Vec<PageHit> {
    if query.is_empty() {
        return Vec::new();
    }
    let page = JoinedText::of(lines);
    let found = highlight::hits(&page.text, query).into_iter();
    let mut hits: Vec<PageHit> = found.filter_map(|hit| page.parts(hit)).collect();
    // Columns are joined one after the other, but are read line by line.
    hits.sort_unstable();
    hits
}

/// The lines of a page joined into paragraphs, and where each part of the text comes from. A line feed ends each column
/// of a paragraph.
#[derive(Default)]
struct JoinedText {
    text: String,
    /// For each run of text: its first byte in `text`, and the span that it is of a line.
    runs: Vec<(usize, PageHitPart)>,
}

impl JoinedText {
    fn of(lines: &[PageLine]) -> Self {
        let mut joined = Self::default();
        let mut start = 0;
        while start < lines.len() {
            let more = lines.iter().skip(start + 1).take_while(|line| line.continues).count();
            let paragraph: Vec<(usize, String, Vec<Span>)> = (start..=start + more)
                .filter_map(|n| {
                    let text: String = lines.get(n)?.pieces.iter().map(|piece| piece.0.as_str()).collect();
                    Some((n, text, columns(lines.get(n)?)))
                })
                .collect();
            let most = paragraph.iter().map(|line| line.2.len()).max().unwrap_or_default();
            for column in 0..most {
                for (line, text, columns) in &paragraph {
                    let Some(span) = columns.get(column) else { continue };
                    let words = span.of(text);
                    // The blanks of an indented line, or of a column that is shorter than the other.
                    let indent = words.len() - words.trim_start().len();
                    let words = words.trim();
                    let from = span.start + indent;
                    let part = PageHitPart { line: *line, span: Span::new(from, from + words.len()) };
                    joined.runs.push((joined.text.len(), part));
                    joined.text.push_str(words);
                    joined.text.push(' ');
                }
                joined.text.push('\n');
            }
            start += more + 1;
        }
        joined
    }

    /// The parts of a hit of the joined text. `None` if it goes beyond the end of a paragraph or column.
    fn parts(&self, hit: Span) -> Option<PageHit> {
        if hit.of(&self.text).contains('\n') {
            return None;
        }
        let first = self.runs.partition_point(|run| run.0 <= hit.start).saturating_sub(1);
        let mut parts = Vec::new();
        for (begin, part) in self.runs.iter().skip(first).take_while(|run| run.0 < hit.end) {
            let (from, to) = (hit.start.max(*begin), hit.end.min(begin + part.span.len()));
            if from < to {
                let offset = part.span.start;
                parts.push(PageHitPart { span: Span::new(offset + from - begin, offset + to - begin), ..*part });
            }
        }
        (!parts.is_empty()).then_some(parts)
    }
}

/// The columns of a line, in bytes of its text: rules (`│`) separate them.
fn columns(line: &PageLine) -> Vec<Span> {
    let (mut at, mut start) = (0, 0);
    let mut columns = Vec::new();
    for (words, role) in &line.pieces {
        if *role == ThemeRole::Border {
            columns.push(Span::new(start, at));
            start = at + words.len();
        }
        at += words.len();
    }
    columns.push(Span::new(start, at));
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::filter::Filter;

    fn line(text: &str, continues: bool) -> PageLine {
        let (left, right) = text.split_once('│').unwrap_or((text, ""));
        let mut pieces = vec![(left.to_owned(), ThemeRole::Text)];
        if text.contains('│') {
            pieces.push(("│".to_owned(), ThemeRole::Border));
            pieces.push((right.to_owned(), ThemeRole::Text));
        }
        PageLine { pieces, continues, ..PageLine::default() }
    }

    fn found(lines: &[PageLine], typed: &str) -> Vec<Vec<(usize, String)>> {
        let text = |n: usize| lines[n].pieces.iter().map(|piece| piece.0.as_str()).collect::<String>();
        let part = |part: PageHitPart| (part.line, part.span.of(&text(part.line)).to_owned());
        let hits = hits(lines, &HighlightQuery::from(&Filter::phrase(typed)));
        hits.into_iter().map(|hit| hit.into_iter().map(part).collect()).collect()
    }

    #[test]
    fn a_phrase_goes_on_in_the_next_line_of_its_paragraph_and_no_further() {
        let wrapped = [line("Chủ nhiệm chính", false), line("  trị quân khu", true), line("chính trị", false)];
        let parts = vec![(0, "chính".to_owned()), (1, "trị".to_owned())];
        assert_eq!(found(&wrapped, "chinh tri"), [parts, vec![(2, "chính trị".to_owned())]]);
        let apart = [line("Chủ nhiệm chính", false), line("trị quân khu", false)];
        assert_eq!(found(&apart, "chinh tri"), Vec::<Vec<(usize, String)>>::new());
    }

    #[test]
    fn columns_are_searched_each_by_itself_and_read_line_by_line() {
        let lines = [line("hội nghị │ chỉ hội", false), line("hội │ nghị hội", true)];
        let parts = |line: usize, words: &str| (line, words.to_owned());
        assert_eq!(
            found(&lines, "hoi nghi"),
            [vec![parts(0, "hội nghị")], vec![parts(0, "hội"), parts(1, "nghị")]],
            "the last word of a line of one column is no neighbour of the other column"
        );
    }
}
