//! The lines of a document as cells: its top and its end have two columns, which files have as cells of a table, as
//! columns between wide gaps, or one below the other.

use super::super::lexicon::WordSet;
use crate::report::Span;

/// What stands between cells: those of a table, and columns that spaces keep apart.
const BETWEEN_CELLS: [&str; 2] = [" | ", "   "];
/// A longer line is running text and one cell.
const MAX_LAYOUT_BYTES: usize = 300;
/// The longest short form before a post: `TUQ.`.
const MAX_SHORT_FORM_BYTES: usize = 8;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct LayoutLine<'t> {
    text: &'t str,
    pub span: Span,
}

/// A cell of a line.
#[derive(Clone, Debug)]
pub(super) struct Cell<'t> {
    pub span: Span,
    pub text: &'t str,
    /// Its words in small letters, with one space between.
    pub plain: String,
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> impl Iterator<Item = LayoutLine<'_>> {
    let mut next = 0;
    let all = text.split('\n').map(move |line| {
        let start = next + (line.len() - line.trim_start().len());
        next += line.len() + 1;
        let line = line.trim();
        LayoutLine { text: line, span: Span::new(start, start + line.len()) }
    });
    all.filter(|line| !line.text.is_empty())
}

impl<'t> LayoutLine<'t> {
    /// Its cells, in order; one for a line of running text.
    pub fn cells(&self) -> Vec<Cell<'t>> {
        if self.is_text() {
            return vec![Cell::new(self.text, self.span.start)];
        }
        let mut cells = Vec::new();
        let (mut rest, mut start) = (self.text, self.span.start);
        while !rest.is_empty() {
            let gap = BETWEEN_CELLS.iter().filter_map(|gap| Some((rest.find(gap)?, gap.len()))).min();
            let (length, gap) = gap.or_else(|| Some((motto_in(rest)?, 0))).unwrap_or((rest.len(), 0));
            let (cell, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            let indent = cell.len() - cell.trim_start().len();
            if !cell.trim().is_empty() {
                cells.push(Cell::new(cell.trim(), start + indent));
            }
            rest = after.get(gap..).unwrap_or_default();
            start += length + gap;
        }
        cells
    }

    /// Whether it is too long for the layout of a document.
    pub fn is_text(&self) -> bool {
        self.text.len() > MAX_LAYOUT_BYTES
    }

    /// The words of the line.
    pub fn words(&self) -> &'t str {
        self.text
    }
}

impl<'t> Cell<'t> {
    /// A cell that begins at byte `start` of the document.
    pub fn new(text: &'t str, start: usize) -> Self {
        Self { span: Span::new(start, start + text.len()), text, plain: plain(text) }
    }

    /// The short form before the post of the one who is signed for, in small letters: `kt` of `KT. CHỦ TỊCH`, `tm` of
    /// `T/M ĐẢNG ỦY`. `None` if there is none.
    pub fn signs_for(&self) -> Option<String> {
        let (short, rest) = self.text.split_once([' ', '.'])?;
        let is_short = short.len() <= MAX_SHORT_FORM_BYTES && is_in_capitals(self.text) && is_in_capitals(rest);
        let short = short.replace('/', "").to_lowercase();
        (is_short && WordSet::SignsFor.words().contains(&short.as_str())).then_some(short)
    }
}

/// Where the name of the state begins behind other words on its line. `None` if it does not.
fn motto_in(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    // Signs may stand between its words, so its first word is looked for.
    let begins_at = |motto: &str| {
        let first = motto.split(' ').next().unwrap_or_default();
        let mut found = lower.match_indices(first).map(|(at, _)| at);
        found.find(|at| lower.get(*at..).is_some_and(|rest| plain(rest).starts_with(motto)))
    };
    let at = WordSet::StateMotto.words().iter().filter_map(|motto| begins_at(motto)).min();
    // In small letters some letters of other languages have more bytes.
    at.filter(|at| *at > 0 && text.is_char_boundary(*at))
}

/// The words of a cell in small letters, with one space between.
pub(super) fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Whether all letters are capitals, and there are two at least.
pub(super) fn is_in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !text.chars().any(char::is_lowercase)
}
