//! Wraps a paragraph of one report that was compared with another. Words that only this report has look different from
//! those that both have. Each row knows the byte of the report at which it begins.

use crate::officials::report_diff::ComparedParagraph;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::text_layout::StyledText;

/// How the words of a paragraph look.
#[derive(Clone, Copy, Debug)]
pub struct ParagraphStyles {
    /// The role of words that the other report does not have.
    pub own: ThemeRole,
    /// Put these words in brackets as well, for terminals without colour.
    pub signs: bool,
}

/// A row: its words, and the byte of the report's text at which they begin.
pub type TextRow = (Vec<StyledText>, usize);

/// The sign before a paragraph: `=` if it recurs, `~` if it recurs in part, `alone` if only this report has it.
pub fn sign(paragraph: &ComparedParagraph, alone: &'static str) -> &'static str {
    match (paragraph.shared, paragraph.recurs) {
        (0, _) => alone,
        (_, true) => "=",
        (_, false) => "~",
    }
}

/// Wraps a paragraph of `text` into rows of at most `width` cells.
pub fn rows(text: &str, paragraph: &ComparedParagraph, styles: ParagraphStyles, width: usize) -> Vec<TextRow> {
    let written = AnnotatedText::of(text, paragraph, styles);
    wrap::wrap(&written.words, width).into_iter().map(|range| written.row(range)).collect()
}

/// A paragraph's words with brackets inserted. It is wrapped as one text; `runs` keep the role of each part and map it
/// back to the report:
///
/// ```text
/// report   bytes 10..24: một ba bốn    (new: ba bốn)
/// words    một [ba bốn]
/// runs     (0, Text, 10)  (6, New, 16)  (7, New, 16)  …
/// ```
struct AnnotatedText {
    words: String,
    /// The first byte in `words`, how it looks, and its byte in the report.
    runs: Vec<(usize, ThemeRole, usize)>,
}

impl AnnotatedText {
    /// A paragraph that shares nothing with the other report looks new as a whole. Otherwise only its new words do; the
    /// rest is dimmed if the paragraph recurs, so that what is new stands out.
    fn of(text: &str, paragraph: &ComparedParagraph, styles: ParagraphStyles) -> Self {
        let mut written = Self { words: String::new(), runs: Vec::new() };
        if paragraph.shared == 0 {
            written.push(text, styles.own, paragraph.span.start, paragraph.span.end);
            return written;
        }
        let known = if paragraph.recurs { ThemeRole::Dim } else { ThemeRole::Text };
        let mut at = paragraph.span.start;
        for new in &paragraph.new {
            written.push(text, known, at, new.start);
            if styles.signs {
                written.sign("[", styles.own, new.start);
            }
            written.push(text, styles.own, new.start, new.end);
            if styles.signs {
                written.sign("]", styles.own, new.end);
            }
            at = new.end;
        }
        written.push(text, known, at, paragraph.span.end);
        written
    }

    /// Appends the bytes `start..end` of the report in a role.
    fn push(&mut self, text: &str, role: ThemeRole, start: usize, end: usize) {
        if let Some(words) = text.get(start..end).filter(|words| !words.is_empty()) {
            self.runs.push((self.words.len(), role, start));
            self.words.push_str(words);
        }
    }

    /// Appends a bracket, which counts as being at byte `at` of the report.
    fn sign(&mut self, sign: &str, role: ThemeRole, at: usize) {
        self.runs.push((self.words.len(), role, at));
        self.words.push_str(sign);
    }

    /// The row that shows `range` of `words`: the range cut at the ends of the runs.
    fn row(&self, range: std::ops::Range<usize>) -> TextRow {
        let ends = self.runs.iter().skip(1).map(|s| s.0).chain([self.words.len()]);
        let (mut pieces, mut first) = (Vec::new(), None);
        for ((begin, role, at), finish) in self.runs.iter().zip(ends) {
            let (start, end) = (range.start.max(*begin), range.end.min(finish));
            let Some(words) = (start < end).then(|| self.words.get(start..end)).flatten() else { continue };
            first = first.or(Some(at + (start - begin)));
            pieces.push((words.to_owned(), *role));
        }
        (pieces, first.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Span;

    #[test]
    fn every_row_knows_where_it_begins_and_what_is_new_stands_between_signs() {
        let text = "đầu\nmột hai ba bốn năm sáu";
        let span = Span::new(text.find("một").unwrap(), text.len());
        let new = text.find("ba").unwrap();
        let paragraph =
            ComparedParagraph { span, shared: 70, recurs: true, new: vec![Span::new(new, new + "ba bốn".len())] };
        let rows = rows(text, &paragraph, ParagraphStyles { own: ThemeRole::New, signs: true }, 9);
        let shown: Vec<(String, bool)> = rows
            .iter()
            .map(|(pieces, at)| {
                let words: String = pieces.iter().map(|piece| piece.0.as_str()).collect();
                let plain = words.replace(['[', ']'], "");
                (words, text.get(*at..).unwrap().starts_with(plain.trim()))
            })
            .collect();
        assert_eq!(shown, [("một hai".to_owned(), true), ("[ba bốn]".to_owned(), true), ("năm sáu".to_owned(), true)]);
        assert_eq!(rows[1].0[1], ("ba bốn".to_owned(), ThemeRole::New));
        assert_eq!(rows[2].0[0].1, ThemeRole::Dim);
    }
}
