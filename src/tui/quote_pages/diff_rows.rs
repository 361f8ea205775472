//! Wraps a sentence of a report that was compared with another. Words that only one of the reports has look different
//! from those that both have. Each row knows the byte of the report at which it begins.

use crate::officials::report_diff::{ComparedSentence, RowKind, RowPart};
use crate::report::Span;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::text_layout::StyledText;

/// How the words of a sentence look.
#[derive(Clone, Copy, Debug)]
pub struct SentenceStyles {
    /// The role of words that the other report does not have.
    pub own: ThemeRole,
    /// The role of words that both have.
    pub known: ThemeRole,
    /// Put these words in brackets as well, for terminals without colour.
    pub signs: bool,
}

/// A row: its words, and the byte of the report's text at which they begin.
pub type TextRow = (Vec<StyledText>, usize);

/// The sign before a sentence. A sentence without a pair whose words are told elsewhere is one that recurs in part.
pub fn sign(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Same => "=",
        RowKind::Changed | RowKind::Elsewhere => "~",
        RowKind::Moved | RowKind::MovedAway => ">",
        RowKind::New => "+",
        RowKind::Gone => "-",
    }
}

/// Wraps a sentence of `text` into rows of at most `width` cells. One that shares nothing with the other report looks
/// new as a whole, otherwise only its new words do.
pub fn rows(text: &str, sentence: &ComparedSentence, styles: SentenceStyles, width: usize) -> Vec<TextRow> {
    let mut written = AnnotatedText::default();
    let ComparedSentence { span, shared, ref new, .. } = *sentence;
    if shared == 0 {
        written.push(text, span, styles.own, span.start);
        return written.rows(width);
    }
    let mut at = span.start;
    for new in new {
        written.push(text, Span::new(at, new.start), styles.known, at);
        written.lit(text, *new, new.start, ("[", "]"), styles);
        at = new.end;
    }
    written.push(text, Span::new(at, span.end), styles.known, at);
    written.rows(width)
}

/// A row of the comparison, to be shown as one text.
#[derive(Clone, Copy, Debug)]
pub struct MergedRow<'a> {
    /// The texts of the two reports.
    pub older: &'a str,
    pub newer: &'a str,
    pub parts: &'a [RowPart],
    /// The role of the words that both have.
    pub known: ThemeRole,
    /// Put words that only one has in brackets, for terminals without colour.
    pub signs: bool,
}

/// Wraps a row as one text: the newer sentence, and before each change the words that stood there. The bytes of the
/// rows are of the newer report, or of the older if the sentence is gone.
///
/// ```text
/// older   Trung tướng Lã An chủ trì.
/// newer   Trung tướng Bế Hà chủ trì.
/// rows    Trung tướng Lã An→Bế Hà chủ trì.        with signs: [-Lã An-][Bế Hà]
/// ```
pub fn merged_rows(row: MergedRow<'_>, width: usize) -> Vec<TextRow> {
    let MergedRow { older, newer, parts, known, signs } = row;
    // The sign before the sentence says it if the sentence is new or gone as a whole.
    let signs = signs && parts.len() > 1;
    let styles = |own| SentenceStyles { own, known, signs };
    let mut written = AnnotatedText::default();
    let mut at = parts.first().map_or(0, |part| part.span().start);
    for (n, part) in parts.iter().enumerate() {
        match *part {
            RowPart::Kept(span) => {
                written.push(newer, span, known, span.start);
                at = span.end;
            }
            RowPart::Added(span) => {
                written.lit(newer, span, span.start, ("[", "]"), styles(ThemeRole::New));
                at = span.end;
            }
            RowPart::Replaced(span) => {
                written.lit(older, span, at, ("[-", "-]"), styles(ThemeRole::Gone));
                if !signs {
                    written.sign("→", ThemeRole::Dim, at);
                }
            }
            // It stands behind a word; the words after it begin with their own space.
            RowPart::LeftOut(span) => {
                written.sign(if n == 0 { "" } else { " " }, known, at);
                written.lit(older, span, at, ("[-", "-]"), styles(ThemeRole::Gone));
                written.sign(if n == 0 && parts.len() > 1 { " " } else { "" }, known, at);
            }
        }
    }
    written.rows(width)
}

/// A sentence's words with signs inserted. It is wrapped as one text; `runs` keep the role of each part and map it back
/// to the report:
///
/// ```text
/// report   bytes 10..24: một ba bốn    (new: ba bốn)
/// words    một [ba bốn]
/// runs     (0, Text, 10)  (6, New, 16)  (7, New, 16)  …
/// ```
#[derive(Default)]
struct AnnotatedText {
    words: String,
    /// The first byte in `words`, how it looks, and its byte in the report.
    runs: Vec<(usize, ThemeRole, usize)>,
}

impl AnnotatedText {
    /// Appends the words of a span in a role. `at` is their byte in the report that the rows are of.
    fn push(&mut self, text: &str, span: Span, role: ThemeRole, at: usize) {
        if !span.of(text).is_empty() {
            self.runs.push((self.words.len(), role, at));
            self.words.push_str(span.of(text));
        }
    }

    /// Appends a sign, which counts as being at byte `at` of the report.
    fn sign(&mut self, sign: &str, role: ThemeRole, at: usize) {
        if !sign.is_empty() {
            self.runs.push((self.words.len(), role, at));
            self.words.push_str(sign);
        }
    }

    /// Appends words that only one report has, in brackets if the styles ask for signs.
    fn lit(&mut self, text: &str, span: Span, at: usize, signs: (&str, &str), styles: SentenceStyles) {
        if span.is_empty() {
            return;
        }
        if styles.signs {
            self.sign(signs.0, styles.own, at);
        }
        self.push(text, span, styles.own, at);
        if styles.signs {
            self.sign(signs.1, styles.own, at);
        }
    }

    fn rows(&self, width: usize) -> Vec<TextRow> {
        wrap::wrap(&self.words, width).into_iter().map(|range| self.row(range)).collect()
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

    #[test]
    fn every_row_knows_where_it_begins_and_what_is_new_stands_between_signs() {
        let text = "đầu\nmột hai ba bốn năm sáu";
        let span = Span::new(text.find("một").unwrap(), text.len());
        let new = text.find("ba").unwrap();
        let sentence =
            ComparedSentence { span, paragraph: 0, shared: 70, new: vec![Span::new(new, new + "ba bốn".len())] };
        let styles = SentenceStyles { own: ThemeRole::New, known: ThemeRole::Dim, signs: true };
        let rows = rows(text, &sentence, styles, 9);
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

    #[test]
    fn a_pair_is_one_text_with_what_was_before_what_is() {
        let (older, newer) = ("Ông An chủ trì, phát biểu.", "Ông Hà chủ trì tối nay.");
        let at = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let parts = [
            RowPart::Kept(at(newer, "Ông ")),
            RowPart::Replaced(at(older, "An")),
            RowPart::Added(at(newer, "Hà")),
            RowPart::Kept(at(newer, " chủ trì")),
            RowPart::LeftOut(at(older, "phát biểu")),
            RowPart::Kept(at(newer, " tối nay.")),
        ];
        let shown = |signs| {
            let row = MergedRow { older, newer, parts: &parts, known: ThemeRole::Text, signs };
            merged_rows(row, 80)[0].0.iter().map(|piece| piece.0.as_str()).collect::<String>()
        };
        assert_eq!(shown(false), "Ông An→Hà chủ trì phát biểu tối nay.");
        assert_eq!(shown(true), "Ông [-An-][Hà] chủ trì [-phát biểu-] tối nay.");
    }
}
