//! The state of the list of reports. It holds a window of rows and the counts, never all rows. Loading rows is left to
//! the worker.

use super::TypedFilter;
use crate::keymap::action::Action;
use crate::lang::{Phrase, phrases};
use crate::store::{ListRow, ListWindow, Sort};
use crate::tui::list_columns::ChosenColumns;
use std::collections::BTreeSet;

/// The orders of the list, as in the sort menu: the letter that chooses it, its name, the order.
pub const SORTS: &[(char, Phrase, Sort)] = &[
    ('d', phrases::SORT_DATE, Sort::Date),
    ('a', phrases::SORT_ADDED, Sort::Added),
    ('t', phrases::SORT_TITLE, Sort::Title),
    ('u', phrases::UNIT, Sort::Unit),
    ('r', phrases::SORT_RELEVANCE, Sort::Relevance),
];

/// The state of the list. Row numbers count all reports that match the filter; only the rows of the window are loaded:
///
/// ```text
/// row    0                                          total
///        ├───────────┬──────────────────┬──────────────┤
///                    └─ window.rows ────┘   the window, from row window.offset
///                         └ screen ┘        from row top
/// ```
#[derive(Debug, Default)]
pub struct ListState {
    /// The loaded window of rows, and the counts.
    pub window: ListWindow,
    /// The row number of the selected report.
    pub selected: usize,
    /// The row number of the first row on screen.
    pub top: usize,
    /// The turn of the last search.
    pub turn: u64,
    /// Whether an answer to the last search has arrived.
    pub settled: bool,
    /// The value of `top` when missing rows were last requested. It keeps every frame from requesting them again.
    pub asked_top: Option<usize>,
    pub filter: TypedFilter,
    pub sort: Sort,
    /// Recent filters and searches, newest last.
    pub history: Vec<String>,
    /// The last request for the same rows again.
    pub in_place: Option<InPlaceRefresh>,
    /// The rows picked to be marked, exported or removed together.
    pub picked: PickedRows,
    /// The columns of the rows on screen.
    pub columns: ChosenColumns,
    /// Whether the report beside the list follows the next movement at once.
    pub preview: PreviewPace,
    /// The turn of the last search with another filter or order. Its rows get columns of their own.
    pub other_rows_turn: u64,
}

/// When the report beside the list follows the selection: at once after a single key, but only after the last of many.
/// While a key is held, the report is not loaded and drawn for rows that are passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PreviewPace {
    /// No key has moved the selection for a while: the report follows the next movement at once.
    #[default]
    Rested,
    /// The selection was just moved.
    Moving,
    /// It was moved again before the keys rested: the report follows once they do. The row is marked lightly.
    Due,
}

/// A request for the same rows again, after another process has changed the cache.
#[derive(Debug)]
pub struct InPlaceRefresh {
    pub turn: u64,
    /// The id of the report that was selected.
    pub keep: Option<String>,
}

/// Rows picked to be acted on together. They stay picked when another filter hides them.
#[derive(Debug, Default)]
pub struct PickedRows {
    /// The ids of their reports.
    pub ids: BTreeSet<String>,
    /// The row number where a range began that ends at the selected row. `None` if no range is open.
    pub anchor: Option<usize>,
    /// The turn of the question for the ids of a range, or of all rows.
    pub turn: u64,
    /// What to do with the picked rows once these ids are known.
    pub then: Option<Action>,
    /// The report to select once the picked ones are removed.
    pub keep: Option<String>,
}

impl PickedRows {
    /// Whether no row is picked, and no range is open.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.anchor.is_none()
    }

    /// Whether the row with this number is in the open range. `selected` is the selected row.
    pub fn in_range(&self, place: usize, selected: usize) -> bool {
        self.anchor.is_some_and(|anchor| (anchor.min(selected)..=anchor.max(selected)).contains(&place))
    }
}

/// The number of recent filters kept.
const HISTORY: usize = 50;

impl ListState {
    /// The row with row number `place`. `None` if it is outside the loaded window.
    pub fn row(&self, place: usize) -> Option<&ListRow> {
        self.window.rows.get(place.checked_sub(self.window.offset)?)
    }

    /// Mutable access to the row with row number `place`. `None` if it is outside the loaded window.
    pub fn row_mut(&mut self, place: usize) -> Option<&mut ListRow> {
        self.window.rows.get_mut(place.checked_sub(self.window.offset)?)
    }

    /// The row number of the report `id`. `None` if it is outside the loaded window.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.window.rows.iter().position(|row| row.id == id).map(|n| n + self.window.offset)
    }

    /// The selected row. `None` if it is outside the loaded window.
    pub fn selected_row(&self) -> Option<&ListRow> {
        self.row(self.selected)
    }

    /// Makes `filter` the newest of the recent filters, without duplicates. A blank one is ignored.
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
