//! Which reports tell one story: their fingerprints, the keys by which candidates are found, and the groups. Whether
//! two reports tell one story is decided by `officials::story`; a story is what is connected by such pairs.
//!
//! ```text
//! fingerprint  body ─▶ bytes           written with the report
//! ungrouped    body                    … whose story is looked for when the register is next opened
//! story_key    key, body               reports that share a key are compared
//! report.story, person.story           body of the report that represents the story, in all reports of it
//! ```
//!
//! The groups depend on the reports alone, not on the order in which they came. A pair is compared if it shares a key
//! that at most `MOST_HOLDERS` reports have. Whoever adds or takes away such a pair makes both reports `ungrouped`, and
//! from an ungrouped report all that is connected with it is found anew (`grouping`).

mod grouping;
mod keys;
mod versions;

pub(super) use versions::StoryRows;
pub use versions::StoryVersion;

use super::{Store, StoreError};
use crate::officials::story::Fingerprint;
use crate::store::person_partition::OF_REPORT;
use grouping::Grouping;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// A key of more reports is a formula that many have, and says nothing: comparing all of them with each other would
/// take the square of their number.
const MOST_HOLDERS: usize = 64;

/// So many reports may be of one story. More are a form that is filled in again and again, each report like the one
/// before it and the last unlike the first. They are no story, and a row of a list that names thousands of versions
/// would cost the reader its speed: none of them is grouped.
const MOST_VERSIONS: usize = 256;

/// How much is done in one transaction, and held in memory for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct GroupingLimits {
    /// Reports that are grouped.
    pub reports: usize,
    /// Keys that are written.
    pub keys: usize,
}

impl Default for GroupingLimits {
    /// Fingerprints of 10,000 reports take some 7 MB; a million keys of 16 bytes, those of 80,000 reports, 16 MB.
    fn default() -> Self {
        Self { reports: 10_000, keys: 1_000_000 }
    }
}

/// Reads and writes the groups. Within a transaction, unless a method says otherwise.
pub(super) struct StoryGroups<'a> {
    pub(super) store: &'a Store,
}

impl StoryGroups<'_> {
    /// Keeps the fingerprint of a report, and has its story looked for if it is new or another one than before.
    pub fn note(&self, body: i64, fingerprint: &[u8]) -> Result<(), StoreError> {
        match self.bytes_of(body)? {
            Some(old) if old == fingerprint => return Ok(()),
            Some(_) => self.forget(body)?,
            None => {}
        }
        self.run("INSERT INTO fingerprint (body, data) VALUES (?1, ?2)", params![body, fingerprint])?;
        self.run("INSERT OR IGNORE INTO ungrouped (body) VALUES (?1)", [body])
    }

    /// Forgets the fingerprint of a report. Those that it was connected with are grouped again, and so are those that
    /// share a key of which it made a formula.
    pub fn forget(&self, body: i64) -> Result<(), StoreError> {
        let Some(old) = self.fingerprint_of(body)? else { return Ok(()) };
        let mut candidates = BTreeSet::new();
        for key in old.keys() {
            let holders = self.holders(key)?;
            let was_formula = holders.len() > MOST_HOLDERS;
            if was_formula && holders.contains(&body) && self.count_holders(key)? == holders.len() {
                for holder in &holders {
                    self.run("INSERT OR IGNORE INTO ungrouped (body) VALUES (?1)", [holder])?;
                }
            }
            if !was_formula {
                candidates.extend(holders);
            }
            self.run("DELETE FROM story_key WHERE key = ?1 AND body = ?2", params![key, body])?;
        }
        candidates.remove(&body);
        for other in candidates {
            if self.fingerprint_of(other)?.is_some_and(|fingerprint| fingerprint.same_story(&old)) {
                self.run("INSERT OR IGNORE INTO ungrouped (body) VALUES (?1)", [other])?;
            }
        }
        self.run("DELETE FROM fingerprint WHERE body = ?1", [body])
    }

    /// Has all reports of the story of the report at `row` grouped again: the row is about to be deleted.
    pub fn leave(&self, row: i64) -> Result<(), StoreError> {
        self.run(
            "INSERT OR IGNORE INTO ungrouped
             SELECT body FROM report WHERE story = (SELECT story FROM report WHERE row = ?1)",
            [row],
        )
    }

    /// Writes to the people of a report, which were saved anew, which story it is of.
    pub fn tell_people(&self, row: i64) -> Result<(), StoreError> {
        let sql = format!("UPDATE person SET story = (SELECT story FROM report WHERE row = ?1) WHERE {OF_REPORT}");
        self.run(&sql, [row])
    }

    /// Groups the reports whose story is still to be looked for. Does nothing if the cache can only be read.
    pub fn group(&self) -> Result<(), StoreError> {
        self.group_within(GroupingLimits::default())
    }

    /// `group`, with other limits. The result does not depend on them.
    fn group_within(&self, limits: GroupingLimits) -> Result<(), StoreError> {
        if self.store.location.read_only.is_some() {
            return Ok(());
        }
        let waiting = self.count_ungrouped()?;
        let group = || {
            // All keys first: without those of later reports, a formula would link the first ones.
            self.write_keys(waiting, limits.keys)?;
            let mut grouping = Grouping::new(self);
            while self.store.write(|| grouping.round(limits.reports))? {}
            Ok(())
        };
        match waiting {
            0 => Ok(()),
            // One transaction for a few, because each waits for the disk.
            some if some <= limits.reports => self.store.write(group),
            _ => group(),
        }
    }

    /// Empties all tables of stories if they have reports that are gone: what a damaged cache has of them is not relied
    /// on.
    pub fn begin_anew_if_damaged(&self) -> Result<(), StoreError> {
        let strange = "SELECT EXISTS (SELECT 1 FROM fingerprint WHERE body NOT IN (SELECT no FROM body))
                           OR EXISTS (SELECT 1 FROM story_key WHERE body NOT IN (SELECT body FROM fingerprint))";
        let strange: bool = self.store.db.query_row(strange, [], |row| row.get(0)).map_err(StoreError::when("read"))?;
        if strange {
            self.store
                .db
                .execute_batch(
                    "DELETE FROM fingerprint; DELETE FROM story_key; DELETE FROM ungrouped;
                     UPDATE report SET story = NULL WHERE story IS NOT NULL;
                     UPDATE person SET story = NULL WHERE story IS NOT NULL;",
                )
                .map_err(StoreError::when("written"))?;
        }
        Ok(())
    }

    /// The first reports whose story is still to be looked for.
    fn ungrouped(&self, limit: usize) -> Result<Vec<i64>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT body FROM ungrouped ORDER BY body LIMIT ?1")
            .and_then(|mut s| s.query_map([limit], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Some of the reports with a key: all of them, or `MOST_HOLDERS` and one.
    fn holders(&self, key: u32) -> Result<Vec<i64>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT body FROM story_key WHERE key = ?1 LIMIT ?2")
            .and_then(|mut s| s.query_map(params![key, MOST_HOLDERS + 1], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    fn is_ungrouped(&self, body: i64) -> Result<bool, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM ungrouped WHERE body = ?1)")
            .and_then(|mut s| s.query_row([body], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }

    fn count_ungrouped(&self) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM ungrouped";
        self.store.db.query_row(sql, [], |row| row.get(0)).map_err(StoreError::when("read"))
    }

    fn count_holders(&self, key: u32) -> Result<usize, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM story_key WHERE key = ?1 LIMIT ?2)")
            .and_then(|mut s| s.query_row(params![key, MOST_HOLDERS + 2], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }

    /// `None` if the report is gone.
    fn fingerprint_of(&self, body: i64) -> Result<Option<Fingerprint>, StoreError> {
        Ok(self.bytes_of(body)?.and_then(|bytes| Fingerprint::from_bytes(&bytes)))
    }

    fn bytes_of(&self, body: i64) -> Result<Option<Vec<u8>>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT data FROM fingerprint WHERE body = ?1")
            .and_then(|mut s| s.query_row([body], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))
    }

    fn run(&self, sql: &str, args: impl rusqlite::Params) -> Result<(), StoreError> {
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.execute(args))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }
}

#[cfg(test)]
mod tests;
