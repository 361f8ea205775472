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
//! The groups depend on the reports alone, not on the order in which they came: a pair is compared if it shares a key
//! that at most `MOST_HOLDERS` reports have, and whoever changes what a key or a story has makes the others of it
//! `ungrouped`, too. The exception is a set of more than `MOST_VERSIONS`, which is not kept: a report that comes later
//! is compared with those that share its keys only.

mod grouping;
mod versions;

pub(super) use versions::StoryRows;
pub use versions::StoryVersion;

use super::{Store, StoreError};
use crate::officials::story::Fingerprint;
use crate::store::person_partition::OF_REPORT;
use grouping::Grouping;
use rusqlite::{OptionalExtension, params};

/// A key of more reports is a formula that many have, and says nothing: comparing all of them with each other would
/// take the square of their number.
const MOST_HOLDERS: usize = 64;

/// So many reports may be of one story. More are a form that is filled in again and again, each report like the one
/// before it and the last unlike the first. They are no story, and a row of a list that names thousands of versions
/// would cost the reader its speed: none of them is grouped.
const MOST_VERSIONS: usize = 256;

/// How many reports are taken at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct GroupingLimits {
    /// Reports that are grouped in one transaction.
    pub reports: usize,
    /// Reports whose keys are written in one transaction before any is grouped. Keys are in no order for an import, so
    /// that each such transaction writes most pages of their table.
    pub keys: usize,
}

impl Default for GroupingLimits {
    /// Fingerprints and keys of 10,000 reports take some 7 MB; the keys alone, 14 of 16 bytes for each of 100,000
    /// reports, 22 MB.
    fn default() -> Self {
        Self { reports: 10_000, keys: 100_000 }
    }
}

/// The reports that have a key: all of them, or more than `MOST_HOLDERS`.
struct KeyHolders {
    /// Those that had it before more were added, at most `MOST_HOLDERS` and one.
    before: Vec<i64>,
    added: Vec<i64>,
}

impl KeyHolders {
    fn is_formula(&self) -> bool {
        self.before.len() + self.added.len() > MOST_HOLDERS
    }

    /// Those that the key linked until now, if it is a formula since those were added.
    fn unlinked(&self) -> &[i64] {
        if self.is_formula() && self.before.len() <= MOST_HOLDERS { &self.before } else { &[] }
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

    /// Forgets the fingerprint of a report. Those of its story, and those that share a key of which it made a formula,
    /// are grouped again.
    pub fn forget(&self, body: i64) -> Result<(), StoreError> {
        self.run(
            "INSERT OR IGNORE INTO ungrouped
             SELECT body FROM report WHERE story = (SELECT story FROM report WHERE body = ?1)",
            [body],
        )?;
        let Some(old) = self.bytes_of(body)?.and_then(|bytes| Fingerprint::from_bytes(&bytes)) else { return Ok(()) };
        for key in old.keys() {
            let holders = self.holders(key)?;
            if holders.contains(&body) && holders.len() == MOST_HOLDERS + 1 && self.count_holders(key)? == holders.len()
            {
                for holder in holders {
                    self.run("INSERT OR IGNORE INTO ungrouped (body) VALUES (?1)", [holder])?;
                }
            }
            self.run("DELETE FROM story_key WHERE key = ?1 AND body = ?2", params![key, body])?;
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

    /// Groups the reports whose story is still to be looked for. Not within a transaction. Does nothing if the cache
    /// can only be read.
    pub fn group(&self) -> Result<(), StoreError> {
        self.group_within(GroupingLimits::default())
    }

    /// `group`, with other limits. The result does not depend on them.
    fn group_within(&self, limits: GroupingLimits) -> Result<(), StoreError> {
        if self.store.location.read_only.is_some() || self.ungrouped(i64::MIN, 1)?.is_empty() {
            return Ok(());
        }
        // After a large import. Without the keys of later reports, those that come first would be linked by a key that
        // turns out to be a formula, and each round would take back stories of the round before.
        if self.ungrouped(i64::MIN, limits.reports + 1)?.len() > limits.reports {
            let mut last = i64::MIN;
            while let Some(body) = self.store.write(|| self.write_waiting_keys(last, limits.keys))? {
                last = body;
            }
        }
        while self.store.write(|| self.group_some_of(limits.reports))? {}
        Ok(())
    }

    /// Writes the keys of `count` reports whose story is still to be looked for: of the first behind `last`. Returns
    /// the last of them; `None` if there were none.
    fn write_waiting_keys(&self, last: i64, count: usize) -> Result<Option<i64>, StoreError> {
        let waiting = self.ungrouped(last, count)?;
        let mut keys: Vec<(u32, i64)> = Vec::new();
        for body in &waiting {
            if let Some(fingerprint) = self.bytes_of(*body)?.and_then(|bytes| Fingerprint::from_bytes(&bytes)) {
                keys.extend(fingerprint.keys().into_iter().map(|key| (key, *body)));
            }
        }
        keys.sort_unstable();
        for some in keys.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, _)) = some.first() else { continue };
            let bodies: Vec<i64> = some.iter().map(|(_, body)| *body).collect();
            // Those that a formula linked until now are grouped again without it, even if this process is killed.
            for body in self.write_key(*key, &bodies)?.unlinked() {
                self.run("INSERT OR IGNORE INTO ungrouped (body) VALUES (?1)", [body])?;
            }
        }
        Ok(waiting.last().copied())
    }

    /// Writes that these reports have a key.
    fn write_key(&self, key: u32, bodies: &[i64]) -> Result<KeyHolders, StoreError> {
        let before = self.holders(key)?;
        let added: Vec<i64> = bodies.iter().copied().filter(|body| !before.contains(body)).collect();
        for body in &added {
            self.run("INSERT OR IGNORE INTO story_key (key, body) VALUES (?1, ?2)", params![key, body])?;
        }
        Ok(KeyHolders { before, added })
    }

    /// Groups some of the reports whose story is still to be looked for. False if there were none.
    pub fn group_some(&self) -> Result<bool, StoreError> {
        self.group_some_of(GroupingLimits::default().reports)
    }

    fn group_some_of(&self, count: usize) -> Result<bool, StoreError> {
        let waiting = self.ungrouped(i64::MIN, count)?;
        if waiting.is_empty() {
            return Ok(false);
        }
        if Grouping::new(self).run(&waiting)? {
            // Whoever has read the groups reads them again.
            self.run(
                "INSERT OR REPLACE INTO meta
                 VALUES ('stories', 1 + coalesce((SELECT value FROM meta WHERE name = 'stories'), 0))",
                [],
            )?;
        }
        for body in waiting {
            self.run("DELETE FROM ungrouped WHERE body = ?1", [body])?;
        }
        Ok(true)
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

    /// The first reports behind `last` whose story is still to be looked for.
    fn ungrouped(&self, last: i64, limit: usize) -> Result<Vec<i64>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT body FROM ungrouped WHERE body > ?1 ORDER BY body LIMIT ?2")
            .and_then(|mut s| s.query_map(params![last, limit], |row| row.get(0))?.collect())
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

    fn count_holders(&self, key: u32) -> Result<usize, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM story_key WHERE key = ?1 LIMIT ?2)")
            .and_then(|mut s| s.query_row(params![key, MOST_HOLDERS + 2], |row| row.get(0)))
            .map_err(StoreError::when("read"))
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
