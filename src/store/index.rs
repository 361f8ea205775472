//! The query engine: lists of the reports that answer a filter, and the tables it reads them from. A filter becomes a
//! query plan (`plan`), the plan streams of row numbers, newest first (`stream`); what the index can only narrow down
//! is checked report by report (`post_filter`). Indexing is here as well, because both must agree on every table.

pub(super) mod dated_row_numbers;
mod find;
mod indexing;
mod known_hashes;
mod limits;
mod list_row;
mod phrases;
mod plan;
mod post_filter;
mod snippets;
mod stream;
mod unit_reports;
mod word_lookup;
mod word_pairs;
mod years_and_hosts;

pub(super) use find::FindCache;
pub use find::Window;
pub(super) use indexing::{VERSION, wording};
pub(super) use known_hashes::KnownHashes;
pub use limits::Limits;
pub use list_row::ListRow;
pub use unit_reports::UnitReport;

use super::Store;

/// Answers filters, and keeps the tables that it answers from (`Store::index`).
pub struct ReportIndex<'a> {
    pub(super) store: &'a Store,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Date,
    Added,
    /// By title, in Vietnamese order.
    Title,
    /// By unit, then date.
    Unit,
    /// Best answer to the filter first.
    Relevance,
}

/// A window of the rows that answer a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListWindow {
    /// The rows of the window.
    pub rows: Vec<ListRow>,
    /// The place of the first of them among all that answer.
    pub offset: usize,
    pub total: usize,
    /// How many reports there are.
    pub all: usize,
    /// Whether `total` is final; otherwise it is the number found so far.
    pub counted: bool,
    /// The rows are some that answer, but perhaps not the first of them.
    pub some: bool,
}

#[cfg(test)]
mod tests;
