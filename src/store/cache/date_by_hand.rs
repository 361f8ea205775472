//! Dates that the reader set by hand. They are kept with the marks, by the id of the report, so that they survive a
//! rebuild, and the removal of a report that is imported again. A report with such a date is dated by it alone.

use super::ReportCache;
use super::rebuild::RebuiltRows;
use crate::report::Dated;
use crate::search::date::DayRange;
use crate::store::StoreError;
use rusqlite::OptionalExtension;
use std::collections::HashSet;

impl ReportCache<'_> {
    /// The date that the reader set; a month or a year gives its last day, inferred. `None` if there is none.
    pub fn date_by_hand(&self, id: &str) -> Result<Option<Dated>, StoreError> {
        Ok(self.range_by_hand(id)?.and_then(DayRange::last_day))
    }

    /// The date that the reader set, as it was typed. `None` if there is none.
    pub fn range_by_hand(&self, id: &str) -> Result<Option<DayRange>, StoreError> {
        let read = self
            .store
            .db
            .prepare_cached("SELECT date FROM user.dated WHERE report = ?1")
            .and_then(|mut s| s.query_row([id], |row| row.get::<_, String>(0)).optional());
        let date = if_there(read)?.flatten();
        Ok(date.as_deref().and_then(DayRange::parse))
    }

    /// The ids of all reports whose date the reader set, also of those that have been removed since.
    pub fn dated_by_hand(&self) -> Result<HashSet<String>, StoreError> {
        let read = self
            .store
            .db
            .prepare_cached("SELECT report FROM user.dated")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect());
        Ok(if_there(read)?.unwrap_or_default())
    }

    /// Sets the date of a report by hand, or takes it back, and derives its rows anew. Does nothing more if the report
    /// is gone.
    pub fn set_date(&self, id: &str, date: Option<DayRange>) -> Result<(), StoreError> {
        // First, because the date itself is in another file, which can be written beside an archive too.
        if let Some(why) = self.store.read_only() {
            return Err(StoreError::ReadOnly { why: why.to_owned() });
        }
        self.keep_date(id, date)?;
        self.store.write(|| {
            let Some((no, _)) = self.numbers_of(id)? else { return Ok(()) };
            let jobs = self.jobs_after(no - 1, 1)?;
            let rebuilt = jobs.into_iter().map(|job| RebuiltRows::of(job, true)).collect::<Result<Vec<_>, _>>()?;
            self.keep(&rebuilt)
        })?;
        self.store.register().map(|_| ())
    }

    /// Keeps the date of a report, or forgets it. The rows of the report follow when they are next derived.
    pub(in crate::store) fn keep_date(&self, id: &str, date: Option<DayRange>) -> Result<(), StoreError> {
        let marks = self.store.marks();
        match date {
            Some(date) => marks.run_user(
                "INSERT OR REPLACE INTO user.dated (report, date) VALUES (?1, ?2)",
                &[&id, &date.to_string()],
            ),
            None => marks.run_user("DELETE FROM user.dated WHERE report = ?1", &[&id]),
        }
    }
}

/// What was read of the table of dates; `None` if there is no such table: a file of before that can only be read has
/// none.
fn if_there<T>(read: rusqlite::Result<T>) -> Result<Option<T>, StoreError> {
    match read {
        Err(error) if error.to_string().contains("no such table") => Ok(None),
        read => read.map(Some).map_err(StoreError::when("read")),
    }
}
