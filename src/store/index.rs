//! The query engine: lists of the reports that match a filter, and the tables it reads them from. A filter becomes a
//! query plan (`plan`), the plan streams of row numbers, newest first (`stream`); what the index can only narrow down
//! is checked report by report (`post_filter`). Indexing is here as well, because both must agree on every table.

mod counts;
pub(super) mod dated_row_numbers;
mod find;
mod following_words;
mod indexing;
mod known_word_hashes;
mod list_row;
mod news;
mod phrases;
mod post_filter;
mod query_plan;
mod query_thresholds;
mod snippets;
mod stories;
mod stream;
mod unit_reports;
mod word_lookup;
mod years_and_hosts;

pub(super) use find::FindCache;
pub use find::WindowBounds;
pub(super) use indexing::{VERSION, index_terms};
pub(super) use known_word_hashes::KnownWordHashes;
pub use list_row::{ListRow, OtherVersion, outlet_of};
pub use news::NewsSince;
pub use query_thresholds::QueryThresholds;
pub use unit_reports::UnitReport;

use super::Store;
use serde::{Deserialize, Serialize};

/// Evaluates filters, and writes the tables that it reads for them (`Store::index`).
pub struct ReportIndex<'a> {
    pub(super) store: &'a Store,
    /// Whether lists have one row for each story instead of one for each report (`ReportIndex::by_story`).
    pub(super) by_story: bool,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    #[default]
    Date,
    Added,
    /// By title, in Vietnamese order.
    Title,
    /// By unit, then date.
    Unit,
    /// Best match of the filter first.
    Relevance,
}

/// A window of the rows that match a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListWindow {
    /// The rows of the window.
    pub rows: Vec<ListRow>,
    /// Position of the first of them among all matches, from 0.
    pub offset: usize,
    pub total: usize,
    /// Number of reports in the cache.
    pub all: usize,
    /// The number of reports without a day (`ReportIndex::undated_count`); `None` until they are counted.
    pub undated: Option<usize>,
    /// Whether `total` is final; otherwise it is the number found so far.
    pub counted: bool,
    /// Whether the rows are some matches, but perhaps not the first ones.
    pub some: bool,
}

#[cfg(test)]
mod tests;
