//! The lists of a source: which are still to be read in a pass, and what was read of them.

use super::FetchState;
use super::pages::NewPage;
use crate::store::StoreError;
use rusqlite::{OptionalExtension, params};

/// A list that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingList {
    pub address: String,
    /// Validators of the last answer.
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// What is saved of a list that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedList<'a> {
    pub source: &'a str,
    pub address: &'a str,
    /// The word of `sync::listing::ListKind`.
    pub kind: &'a str,
    /// Validators of the answer. `None` if the list is to be read whole the next time.
    pub etag: Option<&'a str>,
    pub modified: Option<&'a str>,
    /// When it was read, in seconds since 1970.
    pub now: i64,
    /// The pages that it names, filtered.
    pub pages: Vec<NewPage<'a>>,
    /// The lists that it names: address, what is said of its last change, and when that was.
    pub lists: Vec<NamedList<'a>>,
}

/// A list that an index names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedList<'a> {
    pub address: &'a str,
    pub changed: Option<&'a str>,
    pub moment: Option<i64>,
}

impl FetchState<'_> {
    /// Begins a pass: the list with which the source begins is to be read.
    pub fn begin_lists(&self, source: &str, address: &str) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO fetch_list (source, address, pending) VALUES (?1, ?2, 1)
             ON CONFLICT (source, address) DO UPDATE SET pending = 1",
            params![source, address],
        )
    }

    /// The addresses of the lists of a source that are still to be read in its pass.
    pub fn pending_lists(&self, source: &str) -> Result<Vec<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT address FROM fetch_list WHERE source = ?1 AND pending = 1 ORDER BY address")
            .and_then(|mut s| s.query_map([source], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// What kind of list stands at an address, in the word of `sync::listing::ListKind`. `None` if it was never read.
    pub fn list_kind(&self, source: &str, address: &str) -> Result<Option<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT kind FROM fetch_list WHERE source = ?1 AND address = ?2")
            .and_then(|mut s| s.query_row(params![source, address], |row| row.get(0)).optional())
            .map(Option::flatten)
            .map_err(StoreError::when("read"))
    }

    /// Notes what kind of list stands at an address that has just become a source.
    pub fn note_list_kind(&self, source: &str, address: &str, kind: &str) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO fetch_list (source, address, kind, pending) VALUES (?1, ?2, ?3, 0)
             ON CONFLICT (source, address) DO UPDATE SET kind = ?3",
            params![source, address, kind],
        )
    }

    /// The next list of a source that is to be read, newest first.
    pub fn next_list(&self, source: &str) -> Result<Option<PendingList>, StoreError> {
        let sql = "SELECT address, etag, modified FROM fetch_list WHERE source = ?1 AND pending = 1
                   ORDER BY checked IS NULL, moment IS NULL, moment DESC, address DESC LIMIT 1";
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| {
                let mut rows = s.query([source])?;
                rows.next()?
                    .map(|row| Ok(PendingList { address: row.get(0)?, etag: row.get(1)?, modified: row.get(2)? }))
                    .transpose()
            })
            .map_err(StoreError::when("read"))
    }

    /// Saves what a list names together with its validators, in one transaction. Returns how many pages are to be
    /// fetched that were not before. A list that its index names is to be read if the index says another thing of its
    /// last change than when it was read; one of which the index says nothing, always.
    pub fn save_list(&self, list: &SavedList<'_>) -> Result<usize, StoreError> {
        self.store.write(|| {
            let when = StoreError::when("written");
            let mut added = 0;
            for page in &list.pages {
                added += usize::from(self.add_page(list.source, page)?);
            }
            for named in &list.lists {
                let values = params![list.source, named.address, named.changed, named.moment];
                self.store
                    .db
                    .prepare_cached(
                        "INSERT INTO fetch_list (source, address, wanted, moment, pending) VALUES (?1, ?2, ?3, ?4, 1)
                         ON CONFLICT (source, address) DO UPDATE SET wanted = ?3, moment = ?4,
                           pending = ?3 IS NULL OR checked IS NULL OR changed IS NOT ?3",
                    )
                    .and_then(|mut s| s.execute(values))
                    .map_err(&when)?;
            }
            let values = params![list.source, list.address, list.etag, list.modified, list.now, list.kind];
            self.store
                .db
                .prepare_cached(
                    "INSERT INTO fetch_list (source, address, etag, modified, checked, pending, kind)
                       VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)
                     ON CONFLICT (source, address) DO UPDATE SET etag = ?3, modified = ?4, checked = ?5, pending = 0,
                       changed = wanted, kind = ?6",
                )
                .and_then(|mut s| s.execute(values))
                .map_err(&when)?;
            Ok(added)
        })
    }

    /// A list is done with for this pass, and what is known of it stays: it has not changed, or it could not be read.
    pub fn end_list(&self, source: &str, address: &str, is_unchanged: bool, now: i64) -> Result<(), StoreError> {
        self.write(
            "UPDATE fetch_list SET pending = 0, checked = iif(?3, ?4, checked), changed = iif(?3, wanted, changed)
             WHERE source = ?1 AND address = ?2",
            params![source, address, is_unchanged, now],
        )
    }

    /// Has all lists of a source be read whole the next time.
    pub fn forget_validators(&self, source: &str) -> Result<(), StoreError> {
        self.write(
            "UPDATE fetch_list SET etag = NULL, modified = NULL, changed = NULL WHERE source = ?1",
            params![source],
        )
    }

    /// No further list is read in this pass.
    pub fn end_lists(&self, source: &str) -> Result<(), StoreError> {
        self.write("UPDATE fetch_list SET pending = 0 WHERE source = ?1", params![source])
    }
}
