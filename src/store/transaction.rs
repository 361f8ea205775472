//! Transactions that write, and what a connection remembers from one to the next about the tables it writes.
//!
//! There are two files on one connection: `main` (the cache, which may be locked for seconds by an import) and `user`
//! (the reader's marks, which must be written at once). So a transaction takes the write lock of `main` alone, and no
//! transaction writes both.

use super::index::{KnownWordHashes, QueryThresholds};
use super::{Store, StoreError};
use std::collections::HashMap;

/// What this connection knows to be in the cache, so that it is not looked up for each report again. Valid as long as
/// no other process has written and no transaction was rolled back.
#[derive(Debug)]
pub(super) struct KnownRows {
    pub names: HashMap<String, i64>,
    pub posts: HashMap<String, i64>,
    /// Hashes of words in `vocabulary`.
    pub words: KnownWordHashes,
    /// Hashes of pairs of words in `beside`.
    pub pairs: KnownWordHashes,
    /// `PRAGMA data_version` when they were read.
    data_version: i64,
    /// How often they were forgotten. What was left out because of them is valid as long as this is the same.
    pub times_forgotten: u64,
}

impl KnownRows {
    /// Creates it empty, with the capacities of `thresholds`.
    pub fn new(thresholds: &QueryThresholds) -> Self {
        Self {
            names: HashMap::new(),
            posts: HashMap::new(),
            words: KnownWordHashes::new(thresholds),
            pairs: KnownWordHashes::new(thresholds),
            data_version: 0,
            times_forgotten: 0,
        }
    }
}

impl Store {
    /// Runs `work` in one transaction on the cache: all of it is kept, or nothing. The file of the reader's marks stays
    /// unlocked. Inside of another one, `work` becomes part of that.
    pub(super) fn write<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if self.is_writing.get() {
            return work();
        }
        self.mark_file_once();
        self.begin()?;
        // Another process may have rebuilt the cache since, and given the numbers we know to other names. (Numbers from
        // a transaction that is rolled back are forgotten below.)
        let version = self.data_version()?;
        if version != self.known.borrow().data_version {
            self.forget_known_rows();
            self.known.borrow_mut().data_version = version;
        }
        self.is_writing.set(true);
        let done = work();
        self.is_writing.set(false);
        let done = done.and_then(|value| {
            self.db.execute_batch("COMMIT").map_err(StoreError::when("written"))?;
            Ok(value)
        });
        if done.is_err() {
            self.forget_known_rows();
            if !self.db.is_autocommit() {
                // The first error is the one to report; SQLite may have rolled back already.
                let _ = self.db.execute_batch("ROLLBACK");
            }
        }
        self.checkpoint_if_long();
        done
    }

    /// Runs several steps in one transaction: all of them are kept, or none.
    pub fn write_together<T>(&self, steps: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.write(steps)
    }

    /// Forgets all known numbers and hashes, which are then looked up again.
    pub(super) fn forget_known_rows(&self) {
        let mut known = self.known.borrow_mut();
        *known = KnownRows {
            data_version: known.data_version,
            times_forgotten: known.times_forgotten + 1,
            ..KnownRows::new(&self.thresholds)
        };
    }

    /// Begins a transaction that holds the write lock of the cache. By a first write, not by BEGIN IMMEDIATE, which
    /// would lock the file of the reader's marks too.
    ///
    /// SQLite gives up after `BUSY_SECONDS`, and does not queue: during an import that commits batch after batch, this
    /// process may lose every race. So as long as `data_version` shows that others make progress, we try again; only a
    /// lock that is held without progress is an error.
    fn begin(&self) -> Result<(), StoreError> {
        if let Some(why) = &self.location.read_only {
            return Err(StoreError::ReadOnly { why: why.clone() });
        }
        loop {
            let before = self.data_version()?;
            self.db.execute_batch("BEGIN").map_err(StoreError::when("written"))?;
            let lock = self
                .db
                .prepare_cached("UPDATE main.meta SET value = value + 1 WHERE name = 'writes'")
                .and_then(|mut s| s.execute([]))
                .map_err(StoreError::when("written"));
            let Err(error) = lock else { return Ok(()) };
            if !self.db.is_autocommit() {
                let _ = self.db.execute_batch("ROLLBACK");
            }
            if !matches!(error, StoreError::Busy { .. }) || self.data_version()? == before {
                return Err(error);
            }
            if self.is_stopped.as_ref().is_some_and(|is_stopped| is_stopped()) {
                return Err(StoreError::Interrupted);
            }
        }
    }
}
