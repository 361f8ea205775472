//! The pages that lists name: each address once, waiting to be fetched, fetched, or given up.

use super::FetchState;
use crate::store::StoreError;
use rusqlite::{OptionalExtension, Row, params};

/// A page as a list names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewPage<'a> {
    pub address: &'a str,
    pub title: Option<&'a str>,
    /// Published or else changed, in seconds since 1970.
    pub moment: Option<i64>,
    /// The last change, as `sync::moment::in_utc` writes it.
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

impl WaitingPage {
    /// Reads the columns `address, title, moment, etag, modified, tries, report, changed`.
    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            address: row.get(0)?,
            title: row.get(1)?,
            moment: row.get(2)?,
            etag: row.get(3)?,
            modified: row.get(4)?,
            tries: row.get(5)?,
            report: row.get(6)?,
            changed: row.get(7)?,
        })
    }

    /// The page as its list named it, without its text.
    pub fn as_listed(&self) -> NewPage<'_> {
        NewPage {
            address: &self.address,
            title: self.title.as_deref(),
            moment: self.moment,
            changed: self.changed.as_deref(),
            own_text: None,
        }
    }
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

/// Whether a run at a moment would ask for a page that a list names, as far as the cache knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStanding {
    /// It would, if the host of the page allows.
    ToFetch,
    /// It was fetched, and the list does not say that it changed.
    Fetched,
    /// It gave no report, and the list does not say that it changed.
    GivenUp { why: String },
    /// It is not asked for before that moment, in seconds since 1970.
    PutOff { not_before: i64, why: String },
    /// Another source listed it first and fetches it.
    OfSource(String),
}

/// A page that a list has named before.
struct KnownPage {
    /// The source that it is fetched for.
    source: String,
    /// Whether it is fetched or given up.
    is_done: bool,
    changed: Option<String>,
    not_before: Option<i64>,
    /// Why it gave no report, or none yet.
    problem: Option<String>,
}

impl KnownPage {
    /// Whether a list says that a page that was dealt with has changed since. Lists of one site (its feed, its sitemaps
    /// by month and of the news) word the same change differently, and some tell of none, so moments are compared; the
    /// first word of another source is no change, and neither is an earlier moment.
    fn is_changed(&self, source: &str, page: &NewPage<'_>) -> bool {
        let Some(changed) = page.changed.filter(|_| self.is_done) else { return false };
        match self.changed.as_deref() {
            None => source == self.source,
            // Moments of this form are in the order of their letters.
            Some(before) if is_moment(before) && is_moment(changed) => changed > before,
            Some(before) => source == self.source && changed != before,
        }
    }
}

/// Whether words are a moment in UTC: `2026-06-30T03:00:00Z`.
fn is_moment(words: &str) -> bool {
    words.len() == 20 && words.ends_with('Z') && words.as_bytes().get(10) == Some(&b'T')
}

impl FetchState<'_> {
    /// Adds a page, or makes it wait again if the list says that it changed. Returns whether it waits and did not
    /// before.
    pub fn add_page(&self, source: &str, page: &NewPage<'_>) -> Result<bool, StoreError> {
        let known = self.known_page(page.address)?;
        let waits = match &known {
            None => {
                self.write(
                    "INSERT INTO fetch_page (address, source, state, title, moment, changed)
                     VALUES (?1, ?2, 0, ?3, ?4, ?5)",
                    params![page.address, source, page.title, page.moment, page.changed],
                )?;
                true
            }
            Some(known) if known.is_changed(source, page) => {
                self.write(
                    "UPDATE fetch_page SET state = 0, source = ?2, changed = ?5, tries = 0, not_before = NULL,
                       title = coalesce(?3, title), moment = coalesce(?4, moment) WHERE address = ?1",
                    params![page.address, source, page.title, page.moment, page.changed],
                )?;
                true
            }
            Some(known) => {
                // The first list that tells of changes is the one whose next word counts.
                if known.is_done && known.changed.is_none() && page.changed.is_some() {
                    let sql = "UPDATE fetch_page SET source = ?2, changed = ?3 WHERE address = ?1";
                    self.write(sql, params![page.address, source, page.changed])?;
                }
                false
            }
        };
        if let Some(markup) = page.own_text.filter(|_| waits) {
            let sql = "INSERT OR REPLACE INTO fetch_item (address, markup) VALUES (?1, ?2)";
            self.write(sql, params![page.address, markup])?;
        }
        Ok(waits)
    }

    /// What is known of a page; `None` if no list has named it.
    fn known_page(&self, address: &str) -> Result<Option<KnownPage>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(KnownPage {
                source: row.get(0)?,
                is_done: row.get::<_, i64>(1)? != 0,
                changed: row.get(2)?,
                not_before: row.get(3)?,
                problem: row.get(4)?,
            })
        };
        self.store
            .db
            .prepare_cached("SELECT source, state, changed, not_before, problem FROM fetch_page WHERE address = ?1")
            .and_then(|mut s| s.query_row([address], read).optional())
            .map_err(StoreError::when("read"))
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
    /// list, after the others. Pages that were put off come last, so that one that fails each time keeps back none.
    /// Passes over the first `skip` of them.
    pub fn next_page(&self, source: &str, now: i64, skip: usize) -> Result<Option<WaitingPage>, StoreError> {
        let sql = "SELECT address, title, moment, etag, modified, tries, report, changed FROM fetch_page
                   WHERE source = ?1 AND state = 0 AND coalesce(not_before, 0) <= ?2
                   ORDER BY not_before IS NOT NULL, moment IS NULL, moment DESC, no LIMIT 1 OFFSET ?3";
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row(params![source, now, skip], WaitingPage::of_row).optional())
            .map_err(StoreError::when("read"))
    }

    /// All pages of a source that wait, those that are put off too.
    pub fn waiting_pages(&self, source: &str) -> Result<Vec<WaitingPage>, StoreError> {
        let sql = "SELECT address, title, moment, etag, modified, tries, report, changed FROM fetch_page
                   WHERE source = ?1 AND state = 0 ORDER BY no";
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([source], WaitingPage::of_row)?.collect())
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

    /// Whether a run at the moment `now` would ask for a page that a list of `source` names.
    pub fn standing(&self, source: &str, page: &NewPage<'_>, now: i64) -> Result<PageStanding, StoreError> {
        let Some(known) = self.known_page(page.address)? else { return Ok(PageStanding::ToFetch) };
        if known.is_changed(source, page) {
            return Ok(PageStanding::ToFetch);
        }
        let KnownPage { source: of, is_done, not_before, problem, .. } = known;
        Ok(match (is_done, not_before.filter(|moment| *moment > now)) {
            (true, _) => problem.map_or(PageStanding::Fetched, |why| PageStanding::GivenUp { why }),
            (false, _) if of != source => PageStanding::OfSource(of),
            (false, Some(not_before)) => PageStanding::PutOff { not_before, why: problem.unwrap_or_default() },
            (false, None) => PageStanding::ToFetch,
        })
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
