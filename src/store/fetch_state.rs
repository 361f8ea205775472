//! Where the sources of `sync` stand: which lists were read and with which validators, which pages are waiting, fetched
//! or given up, and which hosts are to be left alone. Each step is one transaction, so that an interrupted pass goes on
//! where it was: what a list names is saved together with the validators that would hide it the next time.

mod lists;
mod pages;

pub use lists::{NamedList, PendingList, SavedList};
pub use pages::{NewPage, PageOutcome, PageStanding, WaitingPage};

use super::{Store, StoreError};
use rusqlite::{OptionalExtension, params};

const SCHEMA: &str = include_str!("fetch_state.sql");

/// Where one source stands. Times are in seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceState {
    /// When the last pass began.
    pub begun: Option<i64>,
    /// When the last pass ended; before `begun`, or never, if the last was interrupted.
    pub ended: Option<i64>,
    /// No pass before, unless the user asks for one.
    pub next: Option<i64>,
    /// Passes in a row that ended with a problem.
    pub failures: u32,
    /// The problem of the last pass.
    pub problem: Option<String>,
    /// Reports of the last pass that were new.
    pub new: usize,
    /// Reports of the last pass that were known.
    pub known: usize,
    /// Pages of the last pass that gave no report.
    pub failed: usize,
    /// New reports of all passes.
    pub all_new: usize,
    /// What of its lists was taken in the last pass, in any form that differs where the settings do.
    pub taken: Option<String>,
}

impl SourceState {
    /// When the pass began that was interrupted, or is under way. `None` if the last pass has ended.
    pub fn unfinished(&self) -> Option<i64> {
        self.begun.filter(|begun| self.ended.is_none_or(|ended| ended < *begun))
    }
}

/// A host that is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoppedHost {
    pub host: String,
    /// In seconds since 1970.
    pub until: i64,
    pub why: String,
}

/// Reads and writes where the sources stand.
pub struct FetchState<'a> {
    store: &'a Store,
}

impl Store {
    /// Where the sources stand. Makes the tables if there are none and the cache can be written; in a cache that can
    /// only be read and has none, every question fails with `StoreError::ReadOnly`.
    pub fn fetch_state(&self) -> Result<FetchState<'_>, StoreError> {
        let there: bool = self
            .db
            .query_row(
                "SELECT count(*) = 7 FROM main.sqlite_schema WHERE type = 'table' AND name LIKE 'fetch@_%' ESCAPE '@'",
                [],
                |row| row.get(0),
            )
            .map_err(StoreError::when("read"))?;
        if !there {
            self.write(|| self.db.execute_batch(SCHEMA).map_err(StoreError::when("made")))?;
        }
        Ok(FetchState { store: self })
    }
}

impl FetchState<'_> {
    /// Where a source stands; the default of a source that was never fetched.
    pub fn source(&self, name: &str) -> Result<SourceState, StoreError> {
        self.store
            .db
            .prepare_cached(
                "SELECT begun, ended, next, failures, problem, new, known, failed, all_new,
                   taken FROM fetch_source WHERE name = ?1",
            )
            .and_then(|mut s| {
                s.query_row([name], |row| {
                    Ok(SourceState {
                        begun: row.get(0)?,
                        ended: row.get(1)?,
                        next: row.get(2)?,
                        failures: row.get(3)?,
                        problem: row.get(4)?,
                        new: row.get(5)?,
                        known: row.get(6)?,
                        failed: row.get(7)?,
                        all_new: row.get(8)?,
                        taken: row.get(9)?,
                    })
                })
                .optional()
            })
            .map(Option::unwrap_or_default)
            .map_err(StoreError::when("read"))
    }

    /// Saves where a source stands.
    pub fn save_source(&self, name: &str, state: &SourceState) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO fetch_source (name, begun, ended, next, failures, problem, new, known, \
                   failed, all_new, taken) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let SourceState { begun, ended, next, failures, problem, new, known, failed, all_new, taken } = state;
        let values = params![name, begun, ended, next, failures, problem, new, known, failed, all_new, taken];
        self.write(sql, values)
    }

    /// Forgets a source that was removed. Which pages were fetched stays known. Pages that wait may be in the lists of
    /// other sources too, so the validators of all lists are dropped: those lists name them again.
    pub fn forget_source(&self, name: &str) -> Result<(), StoreError> {
        self.store.write(|| {
            let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
                self.store
                    .db
                    .prepare_cached(sql)
                    .and_then(|mut s| s.execute(values))
                    .map_err(StoreError::when("written"))
            };
            run("DELETE FROM fetch_source WHERE name = ?1", params![name])?;
            run("DELETE FROM fetch_list WHERE source = ?1", params![name])?;
            let waiting = run("DELETE FROM fetch_page WHERE source = ?1 AND state = 0", params![name])?;
            if waiting > 0 {
                let kept = "SELECT address FROM fetch_page WHERE state = 0";
                run(&format!("DELETE FROM fetch_item WHERE address NOT IN ({kept})"), params![])?;
                run("UPDATE fetch_list SET etag = NULL, modified = NULL, changed = NULL", params![])?;
            }
            Ok(())
        })
    }

    /// The hosts that are left alone after `now`.
    pub fn stopped_hosts(&self, now: i64) -> Result<Vec<StoppedHost>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT host, until, coalesce(why, '') FROM fetch_host WHERE until > ?1")
            .and_then(|mut s| {
                s.query_map([now], |row| Ok(StoppedHost { host: row.get(0)?, until: row.get(1)?, why: row.get(2)? }))?
                    .collect()
            })
            .map_err(StoreError::when("read"))
    }

    /// Leaves a host alone; if it already is for longer, that stays.
    pub fn stop_host(&self, stopped: &StoppedHost) -> Result<(), StoreError> {
        let sql = "INSERT INTO fetch_host (host, until, why) VALUES (?1, ?2, ?3)
                   ON CONFLICT (host) DO UPDATE SET until = ?2, why = ?3 WHERE until IS NULL OR until < ?2";
        self.write(sql, params![stopped.host, stopped.until, stopped.why])
    }

    /// The hosts that were asked after the moment `since`, each with the time, in milliseconds since 1970.
    pub fn asked_hosts(&self, since: i64) -> Result<Vec<(String, i64)>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT host, asked FROM fetch_turn WHERE asked > ?1")
            .and_then(|mut s| s.query_map([since], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Notes that a host is asked now, in milliseconds since 1970. Before the request is sent, so that a run that is
    /// killed leaves the pause behind.
    pub fn note_asked(&self, host: &str, now: i64) -> Result<(), StoreError> {
        self.write("INSERT OR REPLACE INTO fetch_turn (host, asked) VALUES (?1, ?2)", params![host, now])
    }

    /// The robots.txt of an origin, if it was read after the moment `since`.
    pub fn robots(&self, origin: &str, since: i64) -> Result<Option<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT text FROM fetch_robots WHERE origin = ?1 AND checked > ?2")
            .and_then(|mut s| s.query_row(params![origin, since], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))
    }

    /// Keeps a robots.txt; an empty text for a host without one.
    pub fn save_robots(&self, origin: &str, text: &str, now: i64) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO fetch_robots (origin, text, checked) VALUES (?1, ?2, ?3)";
        self.write(sql, params![origin, text, now])
    }

    /// Runs one statement in a transaction of its own.
    fn write(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), StoreError> {
        self.store.write(|| {
            self.store
                .db
                .prepare_cached(sql)
                .and_then(|mut s| s.execute(values))
                .map(|_| ())
                .map_err(StoreError::when("written"))
        })
    }
}

#[cfg(test)]
mod tests;
