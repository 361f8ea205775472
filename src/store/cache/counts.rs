//! Counts of reports, officials and marks, for the status line and for `doctor`.

use super::ReportCache;
use crate::store::StoreError;
use crate::store::register::IS_OFFICIAL;

/// The numbers that the status line and `doctor` show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheCounts {
    pub reports: usize,
    pub officials: usize,
    /// Reports not read yet.
    pub unread: usize,
    /// Reports with a star.
    pub starred: usize,
}

impl ReportCache<'_> {
    /// Counts reports, officials and marks.
    pub fn counts(&self) -> Result<CacheCounts, StoreError> {
        let when = StoreError::when("read");
        let count = |sql: &str| -> Result<usize, StoreError> {
            self.store.db.prepare_cached(sql).and_then(|mut s| s.query_row([], |row| row.get(0))).map_err(&when)
        };
        let reports: usize = count("SELECT count(*) FROM report")?;
        let mark = "SELECT count(*) FROM user.mark m JOIN body b ON b.id = m.report WHERE m.";
        let read = count(&format!("{mark}read"))?;
        Ok(CacheCounts {
            reports,
            officials: self.official_count()?,
            unread: reports.saturating_sub(read),
            starred: count(&format!("{mark}starred"))?,
        })
    }

    /// The number of judgements about identities to review. Reads an index of the few officials who have some.
    pub fn doubt_count(&self) -> Result<usize, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT coalesce(sum(doubts), 0) FROM official WHERE doubts > 0")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }

    /// The number of officials alone: as many as the finder lists.
    pub fn official_count(&self) -> Result<usize, StoreError> {
        self.store
            .db
            .prepare_cached(&format!("SELECT count(*) FROM official WHERE {IS_OFFICIAL}"))
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }
}
