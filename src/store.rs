//! The cache of reports, in SQLite: texts, the index over their folded words, the register of officials derived from
//! them, and the reader's own marks. The only SQL in the program. Several processes may read while one writes; a kill
//! at any instruction loses nothing that was reported saved.
//!
//! `Store` owns the connection; what can be done with it is grouped by handles that borrow it:
//!
//! ```text
//! Store ─┬─ cache()      ReportCache        saves, loads, removes and rebuilds reports; checks the files
//!        ├─ index()      ReportIndex        answers filters: ids, rows, people and snippets of rows
//!        ├─ register()?  OfficialsRegister  who is who; brought up to date before it is handed out
//!        └─ marks()      ReaderMarks        read, starred, tags, places
//! ```

mod cache;
mod encoding;
mod error;
mod index;
mod marks;
mod ordered_parallel;
mod register;
mod transaction;

pub use cache::private_files;
pub use cache::{
    CACHE_FILE, CacheCounts, PrefixMatch, PreparedReport, RecoveryOutcome, ReportCache, ReportOrigin, SaveOutcome,
    USER_FILE, id_of,
};
pub use error::StoreError;
#[cfg(test)]
pub use index::Limits;
pub use index::{ListRow, ListWindow, ReportIndex, Sort, UnitReport, Window};
pub use marks::ReaderMarks;
pub use register::{NameRegister, OfficialsRegister};

use rusqlite::Connection;
use std::cell::RefCell;

/// An open cache. It is used by one thread at a time, so its memory is behind `RefCell`s and every handle borrows it
/// shared: a register that writes what is out of date can live beside an index that reads.
pub struct Store {
    db: Connection,
    location: cache::CacheLocation,
    limits: index::Limits,
    /// What this connection has learnt about the tables it writes.
    known: RefCell<transaction::KnownRows>,
    /// What the last searches have found out.
    found: RefCell<index::FindCache>,
}

impl Store {
    /// Reports: saving, loading, rebuilding, and the health of the files.
    pub fn cache(&self) -> ReportCache<'_> {
        ReportCache { store: self }
    }

    /// Lists of reports that answer a filter.
    pub fn index(&self) -> ReportIndex<'_> {
        ReportIndex { store: self }
    }

    /// The register of officials. Identifies those first whose names gained or lost a mention since; a cache that can
    /// only be read is left as it is.
    pub fn register(&self) -> Result<OfficialsRegister<'_>, StoreError> {
        self.register_writer().refresh()?;
        Ok(OfficialsRegister { store: self })
    }

    /// The reader's own marks on reports.
    pub fn marks(&self) -> ReaderMarks<'_> {
        ReaderMarks { store: self }
    }

    /// Writes the tables of officials, without bringing them up to date first.
    fn register_writer(&self) -> register::RegisterWriter<'_> {
        register::RegisterWriter { store: self }
    }

    /// A number that changes whenever another connection changes the cache.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.db
            .prepare_cached("PRAGMA main.data_version")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }
}

#[cfg(test)]
mod tests;
