//! Lays a report out for a width. Each row knows the bytes of the canonical text that it shows, so that highlights,
//! hits, jumps and copying are exact. The head (title, facts, chair) is composed; everything below it is the text of
//! the report. Colours are up to the theme, and what is highlighted is decided in `runs`.

mod head;
mod note_rows;
mod runs;

pub use runs::{HighlightSources, StyleRun, runs};

use super::text_layout::StyledText as Made;
use crate::lang::Lang;
use crate::report::{Meaning, ParagraphKind, Report, Span};
use crate::store::Note;
use crate::text::wrap;
use crate::theme::ThemeRole;

/// The widest line that is comfortable to read, in cells. On a wider screen the text is not wider than this.
pub const MEASURE: usize = 88;

/// The left margin of captions, in cells.
const INDENT: usize = 2;

/// How a page is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageOptions {
    /// Show the whole text in its order, residue included, and no head.
    pub raw: bool,
    /// Insert the full form after abbreviations. Has no effect together with `raw`.
    pub expand: bool,
    /// The language of the head and of notes.
    pub lang: Lang,
    /// Leave the title out of the head, because it is shown elsewhere.
    pub untitled: bool,
}

/// A piece of a row: a range of the text, or words that are added to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowPiece {
    /// Bytes of the canonical text.
    Text(Span),
    /// Words that are not in the text: a composed fact, the full form of an abbreviation, a margin.
    Made(Made),
}

/// What a row shows, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageRowKind {
    /// A row of the composed head.
    Head,
    /// The line under the head.
    Rule,
    Blank,
    Text(ParagraphKind),
    /// A note that lines are hidden.
    Note,
    /// A row of a note of the reader.
    ReaderNote,
}

/// A row of the page. Its pieces are drawn one after the other, without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRow {
    pub kind: PageRowKind,
    pub pieces: Vec<RowPiece>,
}

impl PageRow {
    /// The bytes of the text that the row shows, from the first to the last. `None` if it shows no text of the report.
    pub fn span(&self) -> Option<Span> {
        let mut spans = self.pieces.iter().filter_map(|piece| match piece {
            RowPiece::Text(span) => Some(*span),
            RowPiece::Made(_) => None,
        });
        let first = spans.next()?;
        Some(Span::new(first.start, spans.next_back().unwrap_or(first).end))
    }
}

/// What the reader has made of the report, as far as the page shows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReaderMarksShown<'a> {
    /// The tags of the report, sorted.
    pub tags: &'a [String],
    /// The notes, in the order of the text.
    pub notes: &'a [Note],
}

/// A report laid out for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportPage {
    /// The width it was laid out for, in cells.
    pub width: usize,
    /// How it was laid out.
    pub look: PageOptions,
    pub rows: Vec<PageRow>,
}

impl ReportPage {
    /// Lays out `report` for `width` cells. `own` is shown in the head and below the paragraphs that it is about;
    /// `raw_key` is the key that shows the raw text.
    pub fn lay_out(report: &Report, own: ReaderMarksShown<'_>, width: usize, look: PageOptions, raw_key: &str) -> Self {
        let measure = width.clamp(1, MEASURE);
        let mut rows = if look.raw { Vec::new() } else { head::rows(report, own.tags, measure, look) };
        rows.extend(note_rows::of_report(own.notes, measure));
        let mut hidden = 0;
        let mut last = None;
        for paragraph in &report.paragraphs {
            let shown = match paragraph.kind {
                ParagraphKind::Residue => look.raw,
                ParagraphKind::Headline => look.raw || paragraph.span.of(&report.text).trim() != report.title.text,
                _ => true,
            };
            if !shown {
                hidden += usize::from(paragraph.kind == ParagraphKind::Residue);
                continue;
            }
            if last.is_some() {
                rows.push(PageRow { kind: PageRowKind::Blank, pieces: Vec::new() });
            }
            last = Some(paragraph.kind);
            rows.extend(paragraph_rows(report, paragraph.kind, paragraph.span, measure, look));
            rows.extend(note_rows::of_paragraph(own.notes, paragraph.span, measure));
        }
        if hidden > 0 {
            rows.push(PageRow { kind: PageRowKind::Blank, pieces: Vec::new() });
            rows.extend(head::hidden_note(hidden, measure, look, raw_key));
        }
        Self { width, look, rows }
    }

    /// The row that shows the byte `at` of the text; if none shows it, the first row after it, else the last row.
    pub fn row_of(&self, at: usize) -> usize {
        self.rows
            .iter()
            .position(|row| row.span().is_some_and(|span| at < span.end))
            .unwrap_or(self.rows.len().saturating_sub(1))
    }

    /// The first byte of the text that is shown in row `row` or below it. `None` if no text follows.
    pub fn first_byte(&self, row: usize) -> Option<usize> {
        self.rows.iter().skip(row).find_map(PageRow::span).map(|span| span.start)
    }

    /// The number of head rows before the text.
    pub fn head_rows(&self) -> usize {
        self.rows.iter().take_while(|row| matches!(row.kind, PageRowKind::Head | PageRowKind::Rule)).count()
    }
}

/// The rows of one paragraph, which is at `span` of the text, at most `measure` cells wide. Captions get a margin.
fn paragraph_rows(report: &Report, kind: ParagraphKind, span: Span, measure: usize, look: PageOptions) -> Vec<PageRow> {
    let set_in = kind == ParagraphKind::Caption && !look.raw && measure > 2 * INDENT + 8;
    let measure = if set_in { measure - INDENT } else { measure };
    let written = if look.expand && !look.raw {
        PrintedParagraph::expanded(report, span)
    } else {
        PrintedParagraph::plain(report, span)
    };
    wrap::wrap(&written.text, measure)
        .into_iter()
        .map(|range| {
            let mut pieces = written.pieces(&range);
            if set_in {
                pieces.insert(0, RowPiece::Made(("│ ".into(), ThemeRole::Border)));
            }
            PageRow { kind: PageRowKind::Text(kind), pieces }
        })
        .collect()
}

/// A paragraph as it is printed on the page: its words, with the full forms of abbreviations inserted. It is wrapped as
/// one text; `runs` map each piece of a row back to its bytes of the report:
///
/// ```text
/// report   bytes 10..19: BCT họp
/// text     BCT [Bộ Chính trị] họp
/// runs     (0, 10..13)  (3, None)  (23, 13..19)
/// ```
struct PrintedParagraph {
    text: String,
    /// The runs of `text` in order: where each begins, and its bytes of the report; `None` for inserted text.
    runs: Vec<(usize, Option<Span>)>,
}

impl PrintedParagraph {
    /// The paragraph as it is written in the report: a single run.
    fn plain(report: &Report, span: Span) -> Self {
        Self { text: span.of(&report.text).to_owned(), runs: vec![(0, Some(span))] }
    }

    /// The paragraph with the full form inserted after each abbreviation where it occurs first.
    fn expanded(report: &Report, span: Span) -> Self {
        let mut written = Self { text: String::new(), runs: Vec::new() };
        let mut at = span.start;
        let mut expanded = Vec::new();
        // The marks are in order and do not overlap, so those of the paragraph can be found by binary search.
        let from = report.extraction.marks.partition_point(|mark| mark.span.end <= span.start);
        for mark in report.extraction.marks.iter().skip(from).take_while(|mark| mark.span.end <= span.end) {
            let Some(value) = mark.value.as_deref().filter(|_| mark.meaning == Meaning::Abbreviation) else { continue };
            if mark.span.start < at || expanded.contains(&mark.span.of(&report.text)) {
                continue;
            }
            expanded.push(mark.span.of(&report.text));
            written.push(report, Span::new(at, mark.span.end));
            written.runs.push((written.text.len(), None));
            written.text.extend([" [", &value.replace(" | ", " / "), "]"]);
            at = mark.span.end;
        }
        written.push(report, Span::new(at, span.end));
        written
    }

    /// Appends the bytes `span` of the report as a run.
    fn push(&mut self, report: &Report, span: Span) {
        if !span.is_empty() {
            self.runs.push((self.text.len(), Some(span)));
            self.text.push_str(span.of(&report.text));
        }
    }

    /// The pieces of a row that shows `range` of `text`: the range cut at the ends of the runs.
    fn pieces(&self, range: &std::ops::Range<usize>) -> Vec<RowPiece> {
        let ends = self.runs.iter().skip(1).map(|s| s.0).chain([self.text.len()]);
        let mut pieces = Vec::new();
        for ((begin, source), finish) in self.runs.iter().zip(ends) {
            let (start, end) = (range.start.max(*begin), range.end.min(finish));
            if start >= end {
                continue;
            }
            pieces.push(if let Some(span) = source {
                RowPiece::Text(Span::new(span.start + start - begin, span.start + end - begin))
            } else {
                let words = self.text.get(start..end).unwrap_or_default().to_owned();
                RowPiece::Made((words, ThemeRole::Expansion))
            });
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Evidence, Extraction, Mark, Mention, Paragraph, Person, Role, StatedRank, Title, TitleOrigin};

    fn report(text: &str, kinds: &[ParagraphKind]) -> Report {
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for (line, kind) in text.lines().zip(kinds) {
            paragraphs.push(Paragraph { kind: *kind, span: Span::new(at, at + line.len()) });
            at += line.len() + 1;
        }
        Report {
            id: "0".repeat(32),
            title: Title { text: "Đại hội".into(), origin: TitleOrigin::Text },
            file: "a.txt".into(),
            url: None,
            outlet: None,
            published: None,
            text: text.into(),
            paragraphs,
            notes: Vec::new(),
            dated_by_hand: false,
            kept_source: None,
            extraction: Extraction::default(),
        }
    }

    fn shown(page: &ReportPage, text: &str) -> Vec<String> {
        let body = page.rows.iter().skip(page.head_rows());
        body.map(|row| row.pieces.iter().map(|piece| words(piece, text)).collect()).collect()
    }

    fn words(piece: &RowPiece, text: &str) -> String {
        match piece {
            RowPiece::Text(span) => span.of(text).to_owned(),
            RowPiece::Made((words, _)) => words.clone(),
        }
    }

    #[test]
    fn residue_is_hidden_and_captions_are_set_in() {
        let text = "Mở đầu hội nghị hôm nay\nthanh công cụ\nQuang cảnh";
        let report = report(text, &[ParagraphKind::Body, ParagraphKind::Residue, ParagraphKind::Caption]);
        let page = ReportPage::lay_out(&report, ReaderMarksShown::default(), 16, PageOptions::default(), "r");
        let rows = shown(&page, text);
        assert_eq!(rows[..4], ["Mở đầu hội nghị", "hôm nay", "", "│ Quang cảnh"]);
        assert!(!rows.concat().contains("công cụ"));
        let raw = ReportPage::lay_out(
            &report,
            ReaderMarksShown::default(),
            40,
            PageOptions { raw: true, ..PageOptions::default() },
            "r",
        );
        assert_eq!(shown(&raw, text), ["Mở đầu hội nghị hôm nay", "", "thanh công cụ", "", "Quang cảnh"]);
    }

    #[test]
    fn all_who_chair_stand_in_one_column() {
        let text = "Đại tá Lã Hùng và Đại tá Bế Hà đồng chủ trì, Đại tá Chu An dự.";
        let mut report = report(text, &[ParagraphKind::Body]);
        let span = Span::new(0, text.len());
        let rank = crate::extract::lexicon::rank("Đại tá").map(|rank| StatedRank { rank, span });
        let person = |name: &str, verb: &'static str| Person {
            name: name.into(),
            rank,
            past_ranks: Vec::new(),
            posts: Vec::new(),
            mentions: vec![Mention { span, evidence: Evidence::Rank }],
            roles: vec![Role { verb, span }],
            country: None,
            country_nearby: None,
            foreign_name: false,
            accused: false,
            late: false,
        };
        let all = [("Lã Hùng", "đồng chủ trì"), ("Bế Hà", "đồng chủ trì"), ("Chu An", "dự")];
        report.extraction.people = all.map(|(name, verb)| person(name, verb)).into();
        let page = ReportPage::lay_out(&report, ReaderMarksShown::default(), 60, PageOptions::default(), "r");
        let head =
            page.rows.iter().take(page.head_rows()).map(|row| row.pieces.iter().map(|p| words(p, text)).collect());
        assert_eq!(head.collect::<Vec<String>>()[2..4], ["Chủ trì  Đại tá Lã Hùng", "         Đại tá Bế Hà"]);
    }

    #[test]
    fn each_byte_of_the_text_has_its_row_at_any_width() {
        let text = "một hai ba bốn năm\nsáu bảy";
        let report = report(text, &[ParagraphKind::Body, ParagraphKind::Body]);
        for width in 1..30 {
            let page = ReportPage::lay_out(&report, ReaderMarksShown::default(), width, PageOptions::default(), "r");
            for (at, _) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let span = page.rows[page.row_of(at)].span().unwrap();
                assert!(span.start <= at && at < span.end, "byte {at} at width {width}");
            }
        }
    }

    #[test]
    fn abbreviations_are_written_out_once_a_paragraph() {
        let text = "CTĐ và CTĐ tốt";
        let mut report = report(text, &[ParagraphKind::Body]);
        let mark = |start, end| Mark {
            span: Span::new(start, end),
            meaning: Meaning::Abbreviation,
            person: None,
            value: Some("công tác đảng".into()),
        };
        report.extraction.marks = vec![mark(0, 4), mark(9, 13)];
        let page = ReportPage::lay_out(
            &report,
            ReaderMarksShown::default(),
            60,
            PageOptions { expand: true, ..PageOptions::default() },
            "r",
        );
        assert_eq!(shown(&page, text), ["CTĐ [công tác đảng] và CTĐ tốt"]);
        let last = page.rows.last().unwrap();
        assert_eq!(last.span(), Some(Span::new(0, text.len())));
    }
}
