//! The reader's own marks: read, starred, tags, marked places. They are in a file of their own (`user.data`), written
//! at once and durably, which no rebuild of the cache touches.

mod hand_over;
mod restore;
mod seen;

pub use seen::{ImportPosition, SeenBy};

use super::{MarksOfReport, Store, StoreError};
use rusqlite::{OptionalExtension, ToSql};

/// A mark of the reader on a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportMark {
    Read(bool),
    Starred(bool),
    Tag {
        tag: String,
        /// Whether the report has it.
        on: bool,
    },
}

/// A mark to set on a report or to take away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkChange {
    /// The id of the report.
    pub report: String,
    pub mark: ReportMark,
}

/// Reads and writes the reader's marks (`Store::marks`).
pub struct ReaderMarks<'a> {
    pub(super) store: &'a Store,
}

impl ReaderMarks<'_> {
    /// Makes all the changes, or none. Returns those that undo them, in the order in which they must be made; a change
    /// to what was so already needs none.
    pub fn change(&self, changes: &[MarkChange]) -> Result<Vec<MarkChange>, StoreError> {
        let db = &self.store.db;
        // Only the file of the marks is written, so that an import in another process holds nothing up.
        db.execute_batch("BEGIN").map_err(StoreError::when("written"))?;
        let done = changes.iter().map(|change| self.change_one(change)).collect::<Result<Vec<_>, _>>();
        let done = done.and_then(|undo| {
            db.execute_batch("COMMIT").map_err(StoreError::when("written"))?;
            Ok(undo)
        });
        if done.is_err() && !db.is_autocommit() {
            // The first error is the one to report; SQLite may have rolled back already.
            let _ = db.execute_batch("ROLLBACK");
        }
        let mut undo: Vec<MarkChange> = done?.into_iter().flatten().collect();
        undo.reverse();
        Ok(undo)
    }

    /// Makes one change. Returns the one that undoes it; `None` if it was so already.
    fn change_one(&self, change: &MarkChange) -> Result<Option<MarkChange>, StoreError> {
        let MarkChange { report, mark } = change;
        let (read, starred) = self.of(report)?;
        let before = match mark {
            ReportMark::Read(now) if read != *now => {
                self.set_read(report, *now)?;
                ReportMark::Read(read)
            }
            ReportMark::Starred(now) if starred != *now => {
                self.set_starred(report, *now)?;
                ReportMark::Starred(starred)
            }
            ReportMark::Tag { tag, on } if self.tags_of(report)?.contains(tag) != *on => {
                self.set_tag(report, tag, *on)?;
                ReportMark::Tag { tag: tag.clone(), on: !on }
            }
            _ => return Ok(None),
        };
        Ok(Some(MarkChange { report: report.clone(), mark: before }))
    }

    /// Sets or takes away the read mark.
    pub fn set_read(&self, id: &str, read: bool) -> Result<(), StoreError> {
        self.run_user(
            "INSERT INTO user.mark (report, read) VALUES (?1, ?2)
             ON CONFLICT (report) DO UPDATE SET read = excluded.read",
            &[&id, &read],
        )
    }

    /// Sets or takes away the star.
    pub fn set_starred(&self, id: &str, starred: bool) -> Result<(), StoreError> {
        self.run_user(
            "INSERT INTO user.mark (report, starred) VALUES (?1, ?2)
             ON CONFLICT (report) DO UPDATE SET starred = excluded.starred",
            &[&id, &starred],
        )
    }

    /// Whether a report is read, and whether it is starred.
    pub fn of(&self, id: &str) -> Result<(bool, bool), StoreError> {
        self.store
            .db
            .prepare_cached("SELECT coalesce(read, 0) <> 0, coalesce(starred, 0) <> 0 FROM user.mark WHERE report = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map(Option::unwrap_or_default)
            .map_err(StoreError::when("read"))
    }

    /// Puts a tag on a report, or takes it off.
    pub fn set_tag(&self, id: &str, tag: &str, on: bool) -> Result<(), StoreError> {
        let sql = if on {
            "INSERT OR IGNORE INTO user.tag (report, tag) VALUES (?1, ?2)"
        } else {
            "DELETE FROM user.tag WHERE report = ?1 AND tag = ?2"
        };
        self.run_user(sql, &[&id, &tag])
    }

    /// The tags of a report, in order.
    pub fn tags_of(&self, id: &str) -> Result<Vec<String>, StoreError> {
        self.user_strings("SELECT tag FROM user.tag WHERE report = ?1 ORDER BY tag", &[&id])
    }

    /// All tags, in order.
    pub fn tags(&self) -> Result<Vec<String>, StoreError> {
        self.user_strings("SELECT DISTINCT tag FROM user.tag ORDER BY tag", &[])
    }

    /// Marks a place with a letter.
    pub fn set_place(&self, letter: char, report: &str, at: usize) -> Result<(), StoreError> {
        self.run_user(
            "INSERT OR REPLACE INTO user.place (letter, report, at) VALUES (?1, ?2, ?3)",
            &[&letter.to_string(), &report, &(at as i64)],
        )
    }

    /// Takes a letter off the place that it marks.
    pub fn forget_place(&self, letter: char) -> Result<(), StoreError> {
        self.run_user("DELETE FROM user.place WHERE letter = ?1", &[&letter.to_string()])
    }

    /// The marked places as letter, report id and byte of its text, in order of the letters.
    pub fn places(&self) -> Result<Vec<(char, String, usize)>, StoreError> {
        let rows: Vec<(String, String, i64)> = self
            .store
            .db
            .prepare_cached("SELECT letter, report, at FROM user.place ORDER BY letter")
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect())
            .map_err(StoreError::when("read"))?;
        let place = |(letter, report, at): (String, String, i64)| Some((letter.chars().next()?, report, at as usize));
        Ok(rows.into_iter().filter_map(place).collect())
    }

    /// Removes all marks, tags and places of a report.
    pub(super) fn forget_marks(&self, id: &str) -> Result<(), StoreError> {
        for table in ["mark", "tag", "place"] {
            self.run_user(&format!("DELETE FROM user.{table} WHERE report = ?1"), &[&id])?;
        }
        Ok(())
    }

    /// Adds the marks that a removed report had in one transaction, and its places under letters that are free.
    pub(super) fn put_back(&self, marks: &MarksOfReport, places: &[(char, usize)]) -> Result<(), StoreError> {
        let id = &marks.report;
        let mut changes = Vec::with_capacity(marks.tags.len() + 2);
        changes.extend(marks.read.then_some(ReportMark::Read(true)));
        changes.extend(marks.starred.then_some(ReportMark::Starred(true)));
        changes.extend(marks.tags.iter().map(|tag| ReportMark::Tag { tag: tag.clone(), on: true }));
        let change = |mark| MarkChange { report: id.clone(), mark };
        self.change(&changes.into_iter().map(change).collect::<Vec<_>>())?;
        for (letter, at) in places {
            self.run_user(
                "INSERT OR IGNORE INTO user.place (letter, report, at) VALUES (?1, ?2, ?3)",
                &[&letter.to_string(), &id, &(*at as i64)],
            )?;
        }
        Ok(())
    }

    pub(super) fn run_user(&self, sql: &str, args: &[&dyn ToSql]) -> Result<(), StoreError> {
        if let Some(why) = &self.store.location.user_read_only {
            return Err(StoreError::ReadOnly { why: why.clone() });
        }
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.execute(args))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    fn user_strings(&self, sql: &str, args: &[&dyn ToSql]) -> Result<Vec<String>, StoreError> {
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map(args, |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_as_a_whole_and_undone_by_what_they_return() {
        let store = Store::in_memory().unwrap();
        let change = |report: &str, mark: ReportMark| MarkChange { report: report.to_owned(), mark };
        let tag = |on: bool| ReportMark::Tag { tag: "xem lại".to_owned(), on };
        store.marks().set_starred("a", true).unwrap();
        let changes = [
            change("a", ReportMark::Starred(true)),
            change("a", tag(true)),
            change("b", ReportMark::Starred(true)),
            change("b", ReportMark::Read(true)),
        ];
        let undo = store.marks().change(&changes).unwrap();
        assert_eq!(undo.len(), 3, "the star of the first was there already: {undo:?}");
        assert_eq!((store.marks().of("a").unwrap(), store.marks().of("b").unwrap()), ((false, true), (true, true)));
        assert_eq!(store.marks().tags_of("a").unwrap(), ["xem lại"]);
        let again = store.marks().change(&undo).unwrap();
        assert_eq!((store.marks().of("a").unwrap(), store.marks().of("b").unwrap()), ((false, true), (false, false)));
        assert!(store.marks().tags_of("a").unwrap().is_empty());
        assert_eq!(again.len(), 3);
    }
}
