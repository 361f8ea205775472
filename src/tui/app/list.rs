//! The list of reports: a window of rows and counts, never all rows.

use super::TypedFilter;
use crate::lang::{Phrase, phrases};
use crate::store::{ListRow, ListWindow, Sort};

/// The orders of the list: letter, words, order.
pub const SORTS: &[(char, Phrase, Sort)] = &[
    ('d', phrases::SORT_DATE, Sort::Date),
    ('a', phrases::SORT_ADDED, Sort::Added),
    ('t', phrases::SORT_TITLE, Sort::Title),
    ('u', phrases::UNIT, Sort::Unit),
    ('r', phrases::SORT_RELEVANCE, Sort::Relevance),
];

/// The state of the list.
#[derive(Debug, Default)]
pub struct ListState {
    /// The window of rows at hand, and the counts.
    pub found: ListWindow,
    /// The selected row, among all that answer.
    pub selected: usize,
    /// The first row on screen, among all that answer.
    pub top: usize,
    /// The question whose answer is awaited.
    pub turn: u64,
    /// The answer to it has come.
    pub settled: bool,
    /// The first row on screen when missing rows were last asked for. It keeps every frame from asking again.
    pub asked_top: Option<usize>,
    pub filter: TypedFilter,
    pub sort: Sort,
    /// Filters of before, newest last.
    pub history: Vec<String>,
}

/// How many recent filters are kept.
const HISTORY: usize = 50;

impl ListState {
    /// Row number `place` of all that answer; `None` if it is outside the window at hand.
    pub fn row(&self, place: usize) -> Option<&ListRow> {
        self.found.rows.get(place.checked_sub(self.found.offset)?)
    }

    /// The same, to change it.
    pub fn row_mut(&mut self, place: usize) -> Option<&mut ListRow> {
        self.found.rows.get_mut(place.checked_sub(self.found.offset)?)
    }

    /// The row of the report `id`, where it is at hand.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.found.rows.iter().position(|row| row.id == id).map(|n| n + self.found.offset)
    }

    /// The selected row, where it is at hand.
    pub fn selected_row(&self) -> Option<&ListRow> {
        self.row(self.selected)
    }

    /// Keeps a filter among the recent ones.
    pub fn keep_in_history(&mut self, filter: &str) {
        if filter.trim().is_empty() {
            return;
        }
        self.history.retain(|old| old != filter);
        self.history.push(filter.to_owned());
        let surplus = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..surplus);
    }
}
