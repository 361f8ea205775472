//! The pages that lists name: each address once, waiting to be fetched, fetched, or given up.

use super::FetchState;
use crate::store::StoreError;
use rusqlite::{OptionalExtension, params};

/// A page as a list names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPage<'a> {
    pub address: &'a str,
    pub title: Option<&'a str>,
    /// Published or else changed, in seconds since 1970.
    pub moment: Option<i64>,
    /// The last change in the words of the list.
    pub changed: Option<&'a str>,
    /// Its text as the feed has it, as markup.
    pub own_text: Option<&'a str>,
}

/// A page that is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingPage {
    pub address: String,
    pub title: Option<String>,
    pub moment: Option<i64>,
    /// The last change in the words of the list.
    pub changed: Option<String>,
    /// Validators of an earlier version, if there is one.
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// How often it was asked for in vain.
    pub tries: u32,
    /// The report of an earlier version.
    pub report: Option<String>,
}

/// What became of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageOutcome {
    /// It was fetched and is in the cache, or it is as it was.
    Fetched { etag: Option<String>, modified: Option<String>, report: Option<String> },
    /// It gives no report, and is not asked for again unless a list says that it changed.
    GivenUp { why: String },
    /// It is asked for again, not before that moment.
    Later { not_before: i64, why: String, is_try: bool },
}

impl FetchState<'_> {
    /// Adds a page, or makes it wait again if the list says that it changed. Returns whether it waits and did not
    /// before.
    pub(super) fn add_page(&self, source: &str, page: &NewPage<'_>) -> Result<bool, StoreError> {
        let values = params![page.address, source, page.title, page.moment, page.changed];
        self.store
            .db
            .prepare_cached(
                "INSERT INTO fetch_page (address, source, state, title, moment, changed) VALUES (?1, ?2, 0, ?3, ?4, ?5)
                 ON CONFLICT (address) DO UPDATE SET state = 0, source = ?2, changed = ?5, tries = 0, not_before = NULL,
                   title = coalesce(?3, title), moment = coalesce(?4, moment)
                 WHERE state <> 0 AND ?5 IS NOT NULL AND changed IS NOT ?5",
            )
            .and_then(|mut s| s.execute(values))
            .map_err(StoreError::when("written"))
            .and_then(|count| {
                if let Some(markup) = page.own_text.filter(|_| count > 0) {
                    let sql = "INSERT OR REPLACE INTO fetch_item (address, markup) VALUES (?1, ?2)";
                    self.write(sql, params![page.address, markup])?;
                }
                Ok(count > 0)
            })
    }

    /// The text of a waiting page as its feed has it, as markup.
    pub fn own_text(&self, address: &str) -> Result<Option<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT markup FROM fetch_item WHERE address = ?1")
            .and_then(|mut s| s.query_row([address], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))
    }

    /// The next page of a source that may be fetched now, newest first; those without a date in the order of their
    /// list, after the others. Passes over the first `skip` of them.
    pub fn next_page(&self, source: &str, now: i64, skip: usize) -> Result<Option<WaitingPage>, StoreError> {
        let sql = "SELECT address, title, moment, etag, modified, tries, report, changed FROM fetch_page
                   WHERE source = ?1 AND state = 0 AND coalesce(not_before, 0) <= ?2
                   ORDER BY moment IS NULL, moment DESC, no LIMIT 1 OFFSET ?3";
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| {
                s.query_row(params![source, now, skip], |row| {
                    Ok(WaitingPage {
                        address: row.get(0)?,
                        title: row.get(1)?,
                        moment: row.get(2)?,
                        etag: row.get(3)?,
                        modified: row.get(4)?,
                        tries: row.get(5)?,
                        report: row.get(6)?,
                        changed: row.get(7)?,
                    })
                })
                .optional()
            })
            .map_err(StoreError::when("read"))
    }

    /// How many pages of a source wait.
    pub fn waiting(&self, source: &str) -> Result<usize, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT count(*) FROM fetch_page WHERE source = ?1 AND state = 0")
            .and_then(|mut s| s.query_row([source], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }

    /// Whether a page would be fetched: it was not dealt with yet, or the list says that it changed since.
    pub fn is_new_page(&self, page: &NewPage<'_>) -> Result<bool, StoreError> {
        self.store
            .db
            .prepare_cached(
                "SELECT state = 0 OR (?2 IS NOT NULL AND changed IS NOT ?2) FROM fetch_page
                 WHERE address = ?1",
            )
            .and_then(|mut s| s.query_row(params![page.address, page.changed], |row| row.get(0)).optional())
            .map(|waits| waits.unwrap_or(true))
            .map_err(StoreError::when("read"))
    }

    /// Saves what became of a page. Once it is dealt with, the text of its feed is needed no more.
    pub fn end_page(&self, address: &str, outcome: &PageOutcome) -> Result<(), StoreError> {
        self.store.write(|| {
            self.save_outcome(address, outcome)?;
            match outcome {
                PageOutcome::Later { .. } => Ok(()),
                _ => self.write("DELETE FROM fetch_item WHERE address = ?1", params![address]),
            }
        })
    }

    fn save_outcome(&self, address: &str, outcome: &PageOutcome) -> Result<(), StoreError> {
        match outcome {
            PageOutcome::Fetched { etag, modified, report } => self.write(
                "UPDATE fetch_page SET state = 1, etag = ?2, modified = ?3, report = coalesce(?4, report),
                   problem = NULL, not_before = NULL WHERE address = ?1",
                params![address, etag, modified, report],
            ),
            PageOutcome::GivenUp { why } => {
                self.write("UPDATE fetch_page SET state = 2, problem = ?2 WHERE address = ?1", params![address, why])
            }
            PageOutcome::Later { not_before, why, is_try } => self.write(
                "UPDATE fetch_page SET not_before = ?2, problem = ?3, tries = tries + ?4 WHERE address = ?1",
                params![address, not_before, why, is_try],
            ),
        }
    }
}
