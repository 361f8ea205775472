//! The cache: reports, the index over their folded words, people and officials derived from them, and the reader's own
//! marks. The only SQL in the program. Several processes may read while one writes; a kill at any instruction loses
//! nothing that was reported saved.

mod completions;
mod decisions;
mod encoding;
mod error;
pub mod files;
mod find;
mod first_screen;
mod health;
mod holding_row;
mod index;
mod known_hashes;
mod load;
mod migrate;
mod officials;
mod open;
mod packed_text;
mod people;
mod pipeline;
mod posts;
mod rebuild;
mod register_rows;
mod row;
pub mod row_numbers;
mod save;
mod user;
mod word_pairs;

pub use error::StoreError;
pub use health::RecoveryOutcome;
pub use load::PrefixMatch;
pub use officials::NameRegister;
pub use open::{CACHE_FILE, USER_FILE};
pub use posts::{ReportOrigin, UnitReport};
pub use save::{PreparedReport, SaveOutcome, id_of};

use crate::report::{Day, ReportKind};
use rusqlite::Connection;
use std::cell::RefCell;
use std::collections::HashMap;

/// An open cache.
pub struct Store {
    db: Connection,
    place: open::CacheLocation,
    /// Numbers of names already seen by this connection; good as long as no other process has written.
    names: HashMap<String, i64>,
    /// Numbers of posts, good as long as those of names.
    posts: HashMap<String, i64>,
    numbers_seen_at: i64,
    /// Hashes of words known to be in the vocabulary; good as long as the numbers are.
    words_seen: known_hashes::KnownHashes,
    /// Hashes of pairs of words known to be in `beside`; good as long as the numbers are.
    pairs_seen: known_hashes::KnownHashes,
    /// What the last searches have found out.
    found: RefCell<find::FindCache>,
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
pub struct ListRow {
    /// The report's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Event day, where known.
    pub day: Option<Day>,
    /// That day, else the one that its page or its period states.
    pub stated: Option<Day>,
    /// What sort of report.
    pub kind: ReportKind,
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
pub struct ListWindow {
    /// The rows of the window.
    pub rows: Vec<ListRow>,
    /// The place of the first of them among all that answer.
    pub offset: usize,
    /// How many answer.
    pub total: usize,
    /// How many reports there are.
    pub all: usize,
    /// Whether `total` is all that answer; where not, they are still being counted.
    pub counted: bool,
    /// The rows are some that answer, but perhaps not the first of them.
    pub some: bool,
}

/// How much the cache holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheCounts {
    /// Reports.
    pub reports: usize,
    /// Officials.
    pub officials: usize,
    /// Reports not read yet.
    pub unread: usize,
    /// Reports with a star.
    pub starred: usize,
}

/// Stops what the store is doing from another thread; the stopped call answers `Error::Interrupted`.
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// Stops it.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Store {
    /// A handle with which another thread can stop a search.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.db.get_interrupt_handle())
    }

    /// How much the cache holds.
    pub fn counts(&self) -> Result<CacheCounts, StoreError> {
        let when = StoreError::when("read");
        let count = |sql: &str| -> Result<usize, StoreError> {
            self.db.prepare_cached(sql).and_then(|mut s| s.query_row([], |row| row.get(0))).map_err(&when)
        };
        let reports: usize = count("SELECT count(*) FROM report")?;
        let mark = "SELECT count(*) FROM user.mark m JOIN body b ON b.id = m.report WHERE m.";
        let read = count(&format!("{mark}read"))?;
        Ok(CacheCounts {
            reports,
            officials: count("SELECT count(*) FROM official")?,
            unread: reports.saturating_sub(read),
            starred: count(&format!("{mark}starred"))?,
        })
    }

    /// A number that is another one after another process has changed the cache.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.db
            .prepare_cached("PRAGMA main.data_version")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }
}

#[cfg(test)]
mod tests;
