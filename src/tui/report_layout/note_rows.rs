//! The rows of the reader's notes: those on the whole report below its head, each other one below the paragraph in
//! which its passage ends. They are no text of the report, so no byte of it is theirs.

use super::{PageRow, PageRowKind, RowPiece};
use crate::report::Span;
use crate::store::Note;
use crate::text::wrap;
use crate::theme::ThemeRole;

/// The most rows of one note. The rest is on the page of notes.
const MOST_ROWS: usize = 8;
/// The sign before a note, and the margin of its further rows.
const SIGN: &str = "✎ ";
const MARGIN: &str = "  ";

/// The rows of the notes on the whole report.
pub fn of_report(notes: &[Note], measure: usize) -> Vec<PageRow> {
    notes.iter().filter(|note| note.span().is_none()).flat_map(|note| rows(note, measure)).collect()
}

/// The rows of the notes on passages that end in a paragraph.
pub fn of_paragraph(notes: &[Note], paragraph: Span, measure: usize) -> Vec<PageRow> {
    let ends_here = |note: &&Note| note.span().is_some_and(|s| paragraph.start < s.end && s.end <= paragraph.end);
    notes.iter().filter(ends_here).flat_map(|note| rows(note, measure)).collect()
}

fn rows(note: &Note, measure: usize) -> Vec<PageRow> {
    let room = measure.saturating_sub(2).max(1);
    let lines = note.text.lines().take(MOST_ROWS + 1);
    let mut words: Vec<String> = lines
        .flat_map(|line| {
            wrap::wrap(line, room)
                .into_iter()
                .take(MOST_ROWS + 1)
                .filter_map(|range| line.get(range))
                .map(str::to_owned)
        })
        .take(MOST_ROWS + 1)
        .collect();
    if words.len() > MOST_ROWS {
        words.truncate(MOST_ROWS - 1);
        words.push("…".to_owned());
    }
    let row = |(n, words): (usize, String)| {
        let margin = if n == 0 { SIGN } else { MARGIN };
        let pieces =
            vec![RowPiece::Made((margin.to_owned(), ThemeRole::Notice)), RowPiece::Made((words, ThemeRole::Notice))];
        PageRow { kind: PageRowKind::ReaderNote, pieces }
    };
    words.into_iter().enumerate().map(row).collect()
}
