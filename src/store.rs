//! The cache: reports, the index over their folded words, people and officials derived from them, and the reader's own
//! marks. The only SQL in the program. Several processes may read while one writes; a kill at any instruction loses
//! nothing that was reported saved.

use crate::officials::Official;
use crate::report::{Day, Draft, Extraction, Kind, Report};
use crate::search::filter::Filter;
use std::path::Path;

/// An open cache.
pub struct Store {}

/// Why the cache cannot be used (exit code 3).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite said no.
    #[error("the cache could not be {doing}: {why}")]
    Sqlite {
        /// `opened`, `read`, `written` …
        doing: &'static str,
        /// SQLite's own words.
        why: String,
    },
}

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Newest event first.
    #[default]
    Date,
    /// Newest import first.
    Added,
    /// By title, in Vietnamese order.
    Title,
    /// By unit, then date.
    Unit,
    /// Best answer to the filter first.
    Relevance,
}

/// One report in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The report's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Event day, where known.
    pub day: Option<Day>,
    /// What sort of report.
    pub kind: Kind,
    /// Its period, as printed by `Period`.
    pub period: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Address, else file.
    pub source: String,
    /// Names of its people in order.
    pub people: Vec<String>,
    /// Read already.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// Words around the first hit in the text, when a filter asks for words.
    pub snippet: Option<String>,
}

/// A window of the rows that answer a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The rows of the window.
    pub rows: Vec<Row>,
    /// The place of the first of them among all that answer.
    pub offset: usize,
    /// How many answer.
    pub total: usize,
    /// How many reports there are.
    pub all: usize,
}

/// What became of a report that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is new.
    New,
    /// The same text was known.
    Known,
}

impl Store {
    /// Opens the cache in `folder`, making it where there is none.
    pub fn open(_folder: &Path) -> Result<Self, Error> {
        Ok(Self {})
    }

    /// A cache in memory, for tests.
    pub fn in_memory() -> Result<Self, Error> {
        Ok(Self {})
    }

    /// Saves one report whole, in one transaction, with all that is derived from it.
    pub fn save(&mut self, _file: &str, _draft: &Draft, _found: &Extraction) -> Result<Saved, Error> {
        Ok(Saved::New)
    }

    /// The rows that answer `filter`: `limit` of them from `offset` on, and the counts.
    pub fn find(&self, _filter: &Filter, _sort: Sort, _offset: usize, _limit: usize) -> Result<Found, Error> {
        Ok(Found::default())
    }

    /// A report whole; what is derived is made afresh from its text.
    pub fn load(&self, _id: &str) -> Result<Option<Report>, Error> {
        Ok(None)
    }

    /// Every official, as far as a finder shows them.
    pub fn officials(&self) -> Result<Vec<Official>, Error> {
        Ok(Vec::new())
    }
}
