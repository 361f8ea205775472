//! The style of a range of a report's text. Marks, hits and the cursor may overlap, so the range is cut wherever one of
//! them begins or ends; each run between two cuts has one style:
//!
//! ```text
//! marks    ..RRRRRR.NNNNN      R rank, N name
//! hits     ......hhhhh...
//! spot     .........ccccc
//! cuts     ^ ^   ^ ^^ ^  ^
//! ```

use crate::report::{Mark, Span};
use crate::theme::ThemeRole;

/// Everything that can be highlighted in a text.
#[derive(Clone, Copy, Debug)]
pub struct HighlightSources<'a> {
    /// Marked ranges, in order, without overlap.
    pub marks: &'a [Mark],
    /// Whether a mark is highlighted, by what the user has chosen to see.
    pub shown: fn(&Mark) -> bool,
    /// The hits of the search, in order, without overlap.
    pub hits: &'a [Span],
    /// The hit under the cursor.
    pub hit: Option<Span>,
    /// The mention under the cursor, or words that a jump led to.
    pub spot: Option<Span>,
    /// The selected part of the text.
    pub selection: Option<Span>,
    /// The passages with a note of the reader.
    pub noted: &'a [Span],
}

/// A run of bytes in one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyleRun {
    pub span: Span,
    pub meaning: Option<ThemeRole>,
    /// Whether the reader has a note on it.
    pub noted: bool,
    /// Drawn over the meaning: a hit, the cursor.
    pub over: Option<ThemeRole>,
}

/// The runs of `span`, in order and without gaps. The cursor is drawn over the current hit, and that over other hits.
pub fn runs(span: Span, sources: &HighlightSources<'_>) -> Vec<StyleRun> {
    // Called for each row at each frame: binary search finds the marks and hits of the row among those of the report.
    let marks_from = sources.marks.partition_point(|mark| mark.span.end <= span.start);
    let marks: Vec<&Mark> = sources
        .marks
        .iter()
        .skip(marks_from)
        .take_while(|mark| mark.span.start < span.end)
        .filter(|mark| (sources.shown)(mark))
        .collect();
    let hits_from = sources.hits.partition_point(|hit| hit.end <= span.start);
    let hits: Vec<Span> = sources.hits.iter().skip(hits_from).take_while(|hit| hit.start < span.end).copied().collect();
    let mut cuts: Vec<usize> = marks
        .iter()
        .map(|m| m.span)
        .chain(hits.iter().copied())
        .chain(sources.spot)
        .chain(sources.hit)
        .chain(sources.selection)
        .chain(sources.noted.iter().copied())
        .flat_map(|s| [s.start, s.end])
        .filter(|at| span.start < *at && *at < span.end)
        .chain([span.start, span.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.iter()
        .zip(cuts.iter().skip(1))
        .map(|(&start, &end)| {
            let span = Span::new(start, end);
            let meaning = marks.iter().find(|mark| mark.span.covers(span)).map(|mark| mark.meaning.into());
            let over = if sources.selection.is_some_and(|selection| selection.covers(span)) {
                Some(ThemeRole::Selected)
            } else if sources.spot.is_some_and(|spot| spot.covers(span)) {
                Some(ThemeRole::CurrentPerson)
            } else if sources.hit.is_some_and(|hit| hit.covers(span)) {
                Some(ThemeRole::CurrentHit)
            } else if hits.iter().any(|hit| hit.covers(span)) {
                Some(ThemeRole::Hit)
            } else {
                None
            };
            let noted = sources.noted.iter().any(|noted| noted.covers(span));
            StyleRun { span, meaning, noted, over }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Meaning;

    #[test]
    fn meaning_hits_and_cursor_are_laid_over_each_other() {
        let mark = |start, end, meaning| Mark { span: Span::new(start, end), meaning, person: None, value: None };
        let marks = [mark(2, 8, Meaning::Rank), mark(9, 14, Meaning::Name)];
        let sources = HighlightSources {
            marks: &marks,
            shown: |_| true,
            hits: &[Span::new(6, 11)],
            hit: None,
            spot: Some(Span::new(9, 14)),
            selection: None,
            noted: &[],
        };
        let runs: Vec<_> = runs(Span::new(0, 12), &sources).iter().map(|r| (r.span.start, r.meaning, r.over)).collect();
        assert_eq!(
            runs,
            [
                (0, None, None),
                (2, Some(ThemeRole::Rank), None),
                (6, Some(ThemeRole::Rank), Some(ThemeRole::Hit)),
                (8, None, Some(ThemeRole::Hit)),
                (9, Some(ThemeRole::Name), Some(ThemeRole::CurrentPerson)),
                (11, Some(ThemeRole::Name), Some(ThemeRole::CurrentPerson)),
            ]
        );
    }
}
