//! Up to where of the cache something was seen: by the reader when it was last used, by the last digest. What came
//! later is new, whatever its own day. Kept with the marks, so that neither a rebuild nor a new cache makes everything
//! new.

use super::ReaderMarks;
use crate::store::{ReportCache, Store, StoreError};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

/// A moment in the life of a cache. Two numbers, because each alone would lose reports: the number of a text says
/// nothing in another cache, or once the last texts were removed; and a text that an import was just writing at that
/// moment has an earlier time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPosition {
    /// The number of the last text.
    pub body: i64,
    /// The time, in seconds since 1970.
    pub at: i64,
}

impl ImportPosition {
    /// Whether a report came after it: by the number of its text, or by its time of import.
    pub fn is_before(self, body: i64, added: i64) -> bool {
        body > self.body || added > self.at
    }

    /// The same as a condition of SQL on a table with the columns `body` and `added`.
    pub(in crate::store) fn sql(self) -> String {
        format!("(added > {} OR body > {})", self.at, self.body)
    }
}

/// Who has seen the cache up to a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenBy<'a> {
    /// The reader when it was last used.
    Reader,
    /// The last digest of everything.
    Digest,
    /// The last digest of a watch, by its name.
    WatchDigest(&'a str),
}

impl SeenBy<'_> {
    /// The key of its row. A position is one of a cache, so an archive has its own.
    fn key(self, store: &Store) -> String {
        let at = store.archive_key().map_or(String::new(), |key| format!("@{key}"));
        match self {
            Self::Reader => format!("reader{at}"),
            Self::Digest => format!("digest{at}"),
            Self::WatchDigest(name) => format!("digest{at}:{name}"),
        }
    }
}

impl ReportCache<'_> {
    /// The position of this moment.
    pub fn import_position(&self) -> Result<ImportPosition, StoreError> {
        let body = self
            .store
            .db
            .prepare_cached("SELECT coalesce(max(no), 0) FROM body")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))?;
        Ok(ImportPosition { body, at: jiff::Timestamp::now().as_second() })
    }
}

impl ReaderMarks<'_> {
    /// Up to where it was seen; `None` if never.
    pub fn seen(&self, by: SeenBy<'_>) -> Result<Option<ImportPosition>, StoreError> {
        let read = self.store.db.prepare_cached("SELECT body, at FROM user.seen WHERE what = ?1").and_then(|mut s| {
            s.query_row([by.key(self.store)], |row| Ok(ImportPosition { body: row.get(0)?, at: row.get(1)? }))
                .optional()
        });
        match read {
            // An older file that can only be read has no such table.
            Err(error) if error.to_string().contains("no such table") => Ok(None),
            read => read.map_err(StoreError::when("read")),
        }
    }

    /// Records up to where it was seen.
    pub fn set_seen(&self, by: SeenBy<'_>, position: ImportPosition) -> Result<(), StoreError> {
        let ImportPosition { body, at } = position;
        self.run_user(
            "INSERT OR REPLACE INTO user.seen (what, body, at) VALUES (?1, ?2, ?3)",
            &[&by.key(self.store), &body, &at],
        )
    }

    /// Forgets it: everything is new again.
    pub fn forget_seen(&self, by: SeenBy<'_>) -> Result<(), StoreError> {
        self.run_user("DELETE FROM user.seen WHERE what = ?1", &[&by.key(self.store)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_kept_by_who_saw() {
        let store = Store::in_memory().unwrap();
        let position = |body| ImportPosition { body, at: 1_800_000_000 };
        let (watch, other) = (SeenBy::WatchDigest("tướng"), SeenBy::WatchDigest("quân khu"));
        for (by, body) in [(SeenBy::Reader, 1), (SeenBy::Digest, 2), (watch, 3), (watch, 4)] {
            store.marks().set_seen(by, position(body)).unwrap();
        }
        let seen = |by| store.marks().seen(by).unwrap();
        assert_eq!((seen(SeenBy::Reader), seen(SeenBy::Digest)), (Some(position(1)), Some(position(2))));
        assert_eq!((seen(watch), seen(other)), (Some(position(4)), None));
        store.marks().forget_seen(watch).unwrap();
        assert_eq!(seen(watch), None);
    }

    #[test]
    fn what_came_later_is_new_by_number_or_by_time() {
        let position = ImportPosition { body: 10, at: 1000 };
        assert!(position.is_before(11, 900), "written at that moment");
        assert!(position.is_before(3, 1001), "in another cache");
        assert!(!position.is_before(10, 1000));
    }
}
