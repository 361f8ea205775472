//! The part of a report that is selected: whole sentences, paragraphs, or names and other marked words. What can be
//! selected is what the page shows. Moving and extending go by these units, so that a selection is always something
//! that can be quoted.

use crate::report::{Paragraph, ParagraphKind, Report, Span};
use crate::text::sentence_bounds;

/// By what a report is selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SelectionUnit {
    #[default]
    Sentence,
    Paragraph,
    /// A name, rank, post, unit, date, figure: whatever is marked in the text.
    Entity,
}

/// A selection: the bytes of the text from the beginning of one unit to the end of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSelection {
    pub unit: SelectionUnit,
    pub span: Span,
}

/// A movement of a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectionMove {
    /// To the next unit alone.
    Next,
    /// To the unit before alone.
    Previous,
    /// With the next unit too.
    ExtendDown,
    /// With the unit before too.
    ExtendUp,
}

impl TextSelection {
    /// Selects the unit at byte `at` of the text, else the first one after it, else the last one. `raw` is whether the
    /// page shows what the source's page left behind. `None` if there is nothing to select.
    pub fn at(report: &Report, unit: SelectionUnit, at: usize, raw: bool) -> Option<Self> {
        let all = units(report, unit, raw);
        let span = all.iter().find(|span| span.end > at).or(all.last())?;
        Some(Self { unit, span: *span })
    }

    /// The selection after a movement. `None` if there is nothing more in that direction.
    #[must_use]
    pub fn moved(self, report: &Report, to: SelectionMove, raw: bool) -> Option<Self> {
        let all = units(report, self.unit, raw);
        let down = matches!(to, SelectionMove::Next | SelectionMove::ExtendDown);
        let other = if down {
            all.iter().find(|span| span.start >= self.span.end)
        } else {
            all.iter().rev().find(|span| span.end <= self.span.start)
        };
        let other = *other?;
        let span = match to {
            SelectionMove::Next | SelectionMove::Previous => other,
            SelectionMove::ExtendDown => Span::new(self.span.start, other.end),
            SelectionMove::ExtendUp => Span::new(other.start, self.span.end),
        };
        Some(Self { span, ..self })
    }
}

/// All units of a report that the page shows, in the order of the text.
fn units(report: &Report, unit: SelectionUnit, raw: bool) -> Vec<Span> {
    // The headline is not among the rows of the page: the border or the head shows it.
    let is_shown = |paragraph: &&Paragraph| match paragraph.kind {
        ParagraphKind::Residue => raw,
        ParagraphKind::Headline => raw || paragraph.span.of(&report.text).trim() != report.title.text,
        _ => true,
    };
    let shown = report.paragraphs.iter().filter(is_shown);
    match unit {
        SelectionUnit::Paragraph => shown.map(|paragraph| paragraph.span).collect(),
        SelectionUnit::Sentence => shown
            .flat_map(|paragraph| {
                let start = paragraph.span.start;
                let sentences = sentence_bounds::sentences(paragraph.span.of(&report.text));
                sentences.into_iter().map(move |range| Span::new(start + range.start, start + range.end))
            })
            .collect(),
        SelectionUnit::Entity => {
            let shown: Vec<Span> = shown.map(|paragraph| paragraph.span).collect();
            let is_shown = |span: &Span| {
                let n = shown.partition_point(|paragraph| paragraph.end <= span.start);
                shown.get(n).is_some_and(|paragraph| paragraph.covers(*span))
            };
            report.extraction.marks.iter().map(|mark| mark.span).filter(is_shown).collect()
        }
    }
}
