//! Transactions that write, and what a connection remembers from one to the next about the tables it writes.

use super::index::{KnownHashes, Limits};
use super::{Store, StoreError};
use std::collections::HashMap;

/// What this connection knows to stand in the cache, so that it is not looked up for each report again. Good as long as
/// no other process has written and no transaction was rolled back.
#[derive(Debug)]
pub(super) struct KnownRows {
    /// `name.no` by key.
    pub names: HashMap<String, i64>,
    /// `post.no` by text.
    pub posts: HashMap<String, i64>,
    /// Hashes of words in `vocabulary`.
    pub words: KnownHashes,
    /// Hashes of pairs of words in `beside`.
    pub pairs: KnownHashes,
    /// `PRAGMA data_version` when they were learnt.
    data_version: i64,
}

impl KnownRows {
    /// Nothing is known yet.
    pub fn new(limits: &Limits) -> Self {
        Self {
            names: HashMap::new(),
            posts: HashMap::new(),
            words: KnownHashes::new(limits),
            pairs: KnownHashes::new(limits),
            data_version: 0,
        }
    }
}

impl Store {
    /// Runs `work` in one transaction on the cache: all of it is kept, or nothing. The reader's marks are another file
    /// and stay free.
    pub(super) fn write<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.begin()?;
        // A row number of a name learnt from a transaction that is taken back would be wrong, and so would one that
        // another process's rebuild has given to another name.
        let version = self.data_version()?;
        if version != self.known.borrow().data_version {
            self.forget_known_rows();
            self.known.borrow_mut().data_version = version;
        }
        let done = work().and_then(|value| {
            self.db.execute_batch("COMMIT").map_err(StoreError::when("written"))?;
            Ok(value)
        });
        if done.is_err() {
            self.forget_known_rows();
            if !self.db.is_autocommit() {
                // The error that led here is the one to tell; SQLite may have rolled back already.
                let _ = self.db.execute_batch("ROLLBACK");
            }
        }
        done
    }

    /// Numbers and words learnt so far are no longer to be trusted.
    pub(super) fn forget_known_rows(&self) {
        let mut known = self.known.borrow_mut();
        *known = KnownRows { data_version: known.data_version, ..KnownRows::new(&self.limits) };
    }

    /// Begins a transaction with the lock for writing in hand. A first write, not BEGIN IMMEDIATE: that would lock the
    /// file of the reader's marks too. Where others write one transaction after the other, patience begins anew each
    /// time one of them has got somewhere.
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
        }
    }
}
