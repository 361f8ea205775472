//! Saves reports, one or a batch in one transaction: inserts the text, its derived rows and its index entries. A report
//! is returned as saved only after its transaction is committed. Whatever can be computed beforehand is computed by the
//! threads that read the files (`PreparedReport`), so that the single writer only binds values.

use super::ReportCache;
use super::derived_rows::DerivedRows;
use super::packed_text::{UnpackedText, WaitingText};
use super::prepared_report::PreparedReport;
use super::rebuild::RebuiltRows;
use crate::extract::people_and_facts;
use crate::report::{Day, Draft, Extraction, Title};
use crate::search::vocabulary::IndexedTerms;
use crate::store::index::index_terms;
use crate::store::{StoreError, cell_encoding};
use rusqlite::{OptionalExtension, params};
use std::borrow::Cow;
use std::collections::HashSet;

/// During an import the write-ahead log is copied back at this many pages (1 GiB), or at a third of a file that is
/// larger: a page that several transactions have changed is copied once. A reader that needs a page looks for it in the
/// log, four thousand pages at a step, so that a log of this size costs some microseconds for each page.
const IMPORT_LOG_PAGES: usize = 262_144;

/// The page cache of an import in KiB. It holds the pages of the newest partition of people and of the tables that are
/// in no order for an import; the pages of those that follow the day are changed once in a transaction.
const IMPORT_PAGE_CACHE: u32 = 24_576;

/// The page cache of a connection at all other times, in KiB.
const PAGE_CACHE: u32 = 8192;

/// Whether a saved report was new, or its text was in the cache already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    New,
    Known,
}

/// The ids of texts, as numbers: a million of them take 32 MiB.
#[derive(Clone, Debug, Default)]
pub struct KnownIds(HashSet<u128>);

impl KnownIds {
    /// Whether the id is among them.
    pub fn contains(&self, id: &str) -> bool {
        u128::from_str_radix(id, 16).is_ok_and(|number| self.0.contains(&number))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids as 32 digits each, in no order.
    pub fn iter(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|number| format!("{number:032x}"))
    }
}

impl ReportCache<'_> {
    /// Saves one report whole, in one transaction, with all that is derived from it.
    pub fn save(&self, file: &str, draft: &Draft, found: &Extraction) -> Result<SaveOutcome, StoreError> {
        let prepared = PreparedReport::new(file, draft.clone(), found);
        let saved = self.save_all(std::slice::from_ref(&prepared))?;
        self.store.register()?;
        Ok(saved.first().copied().unwrap_or(SaveOutcome::Known))
    }

    /// Runs `work`, which saves many reports, with a page cache of 24 MiB instead of 8, and a checkpoint of the
    /// write-ahead log every GiB instead of every 8 MiB. A page that does not stay in the cache until its
    /// transaction ends is written to the log each time it leaves; an early checkpoint copies pages that the next batch
    /// changes again. If `work` succeeds, officials are identified before this returns, and the index is merged: that
    /// reads and writes in the order of the tables, so a page cache of 16 MiB holds its pages, and the rest is given
    /// back before, because grouping and identification need memory of their own.
    pub fn save_many<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.set_page_cache(IMPORT_PAGE_CACHE)?;
        self.store.set_log_limit(Some(IMPORT_LOG_PAGES));
        let done = work().and_then(|value| {
            self.set_page_cache(16_384)?;
            self.store.forget_known_rows();
            self.release_memory()?;
            self.store.checkpoint();
            self.store.register()?;
            self.store.index().merge_segments()?;
            Ok(value)
        });
        self.store.set_log_limit(None);
        self.set_page_cache(PAGE_CACHE)?;
        done
    }

    /// Lets a report that waits for its transaction take less memory: without the words that are in the vocabulary.
    pub fn drop_known_terms(&self, report: &mut PreparedReport) {
        if let Some((_, terms)) = &mut report.derived {
            report.terms_dropped = Some(self.store.index().drop_known(terms));
        }
    }

    /// Gives the memory of pages that nobody uses back to the allocator.
    fn release_memory(&self) -> Result<(), StoreError> {
        self.store.db.execute_batch("PRAGMA main.shrink_memory").map_err(StoreError::when("written"))
    }

    /// Sets the size of the page cache.
    fn set_page_cache(&self, kibibytes: u32) -> Result<(), StoreError> {
        self.store
            .db
            .execute_batch(&format!("PRAGMA main.cache_size = -{kibibytes}"))
            .map_err(StoreError::when("written"))
    }

    /// Saves reports in one transaction: when this returns, all of them are saved, or none. Their officials are
    /// identified when the register is next opened (`Store::register`).
    ///
    /// Texts are numbered in the order given. What is derived from them goes to tables that are ordered by day, so it
    /// is written in that order: each page is then changed once in a transaction, however large the tables are. Reports
    /// of one day keep their order, on which their rows depend.
    pub fn save_all(&self, reports: &[PreparedReport]) -> Result<Vec<SaveOutcome>, StoreError> {
        self.store.write(|| {
            let mut done = Vec::with_capacity(reports.len());
            let mut new = Vec::with_capacity(reports.len());
            let mut known = Vec::new();
            let times_forgotten = self.store.known.borrow().times_forgotten;
            for report in reports {
                match self.save_text(report)? {
                    SavedText::New(body) => {
                        done.push(SaveOutcome::New);
                        new.push(NewReport::of(report, body, times_forgotten));
                    }
                    SavedText::Known(body) => {
                        done.push(SaveOutcome::Known);
                        known.push((body, report));
                    }
                }
            }
            for report in &mut new {
                report.date_by_hand(self)?;
            }
            new.sort_by_key(NewReport::day);
            let mut rows = Vec::with_capacity(new.len());
            for report in &new {
                let row = self.save_derived(report.body, report.id, &report.title, &report.derived)?;
                rows.push((row, report.index_terms.as_ref()));
            }
            // The whole batch at once: `add` sorts it by row, which makes one segment of the index.
            self.store.index().add(rows)?;
            // Last, because the text may be a new one of the same batch.
            known.into_iter().try_for_each(|(body, report)| self.complete(body, report))?;
            for report in reports {
                if let Some(source) = &report.source {
                    self.store.kept_sources().keep(&report.id, source)?;
                }
            }
            Ok(done)
        })
    }

    /// The ids of all texts in the cache.
    pub fn known_ids(&self) -> Result<KnownIds, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT id FROM body")
            .and_then(|mut s| {
                let number = |row: &rusqlite::Row<'_>| Ok(u128::from_str_radix(row.get_ref(0)?.as_str()?, 16).ok());
                s.query_map([], number)?.filter_map(Result::transpose).collect::<rusqlite::Result<HashSet<u128>>>()
            })
            .map(KnownIds)
            .map_err(StoreError::when("read"))
    }

    /// Writes the text of a report, unless it is in the cache already. Returns the number of its body.
    fn save_text(&self, report: &PreparedReport) -> Result<SavedText, StoreError> {
        let when = StoreError::when("read");
        let same =
            |text: rusqlite::Result<UnpackedText>| text.is_ok_and(|UnpackedText(text)| text == report.body.text.text());
        let known: Option<(i64, bool)> = self
            .store
            .db
            .prepare_cached("SELECT no, text FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([&report.id], |row| Ok((row.get(0)?, same(row.get(1))))).optional())
            .map_err(&when)?;
        match known {
            // The same id and another text: two texts of one hash are taken to be impossible, so the text on disk is
            // damaged.
            Some((body, true)) => Ok(SavedText::Known(body)),
            Some((_, false)) => {
                Err(StoreError::corrupt(format!("the text of report {} is not what was saved", report.id)))
            }
            None => {
                let now = || jiff::Timestamp::now().as_second();
                self.insert_text(report, report.first_import().map_or_else(now, |import| import.added))
                    .map(SavedText::New)
            }
        }
    }

    /// Gives a text that is in the cache what it has not and `report`, which has the same text, has: its address,
    /// outlet and days. A text that was pasted first is completed so by its page. What is known stays, and what is
    /// derived is derived again.
    fn complete(&self, no: i64, report: &PreparedReport) -> Result<(), StoreError> {
        let body = &report.body;
        let days = cell_encoding::days(body.days);
        if body.url.is_none() && body.outlet.is_none() && body.published.is_none() && days.is_none() {
            return Ok(());
        }
        let published = body.published.map(|day| day.to_string());
        let completed = self
            .store
            .db
            .prepare_cached(
                "UPDATE body SET url = coalesce(url, ?2), outlet = coalesce(outlet, ?3),
                                 published = coalesce(published, ?4), days = coalesce(days, ?5)
                 WHERE no = ?1 AND ((url IS NULL AND ?2 IS NOT NULL) OR (outlet IS NULL AND ?3 IS NOT NULL)
                                 OR (published IS NULL AND ?4 IS NOT NULL) OR (days IS NULL AND ?5 IS NOT NULL))",
            )
            .and_then(|mut s| s.execute(params![no, body.url, body.outlet, published, days]))
            .map_err(StoreError::when("written"))?;
        if completed == 0 {
            return Ok(());
        }
        let jobs = self.jobs_after(no - 1, 1)?;
        let rebuilt = jobs.into_iter().map(|job| RebuiltRows::of(job, true)).collect::<Result<Vec<_>, _>>()?;
        self.keep(&rebuilt)
    }

    /// Inserts a text that is not in the cache; `added` is the time of import in seconds since 1970. Returns the number
    /// of its body.
    fn insert_text(&self, report: &PreparedReport, added: i64) -> Result<i64, StoreError> {
        let when = StoreError::when("written");
        let body = &report.body;
        let text = match (&report.derived, &body.text) {
            (None, WaitingText::Plain(text)) => Cow::Owned(WaitingText::packed(text.clone())),
            _ => Cow::Borrowed(&body.text),
        };
        self.store
            .db
            .prepare_cached(
                "INSERT INTO body
                 (id, text, paragraphs, notes, title, origin, file, url, published, added, days, outlet)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    report.id,
                    &*text,
                    cell_encoding::pack_paragraphs(&body.paragraphs),
                    cell_encoding::pack_strings(&report.notes),
                    body.own_title.as_ref().map(|t| &t.text),
                    body.own_title.as_ref().map(|t| cell_encoding::pack_origin(t.origin)),
                    body.file,
                    body.url,
                    body.published.map(|d| d.to_string()),
                    added,
                    cell_encoding::days(body.days),
                    body.outlet
                ])
            })
            .map_err(&when)?;
        Ok(self.store.db.last_insert_rowid())
    }
}

/// What became of a text: the number of its body, new or known.
enum SavedText {
    New(i64),
    Known(i64),
}

/// A report whose text has been written, with what is derived from it.
struct NewReport<'a> {
    body: i64,
    id: &'a str,
    title: Cow<'a, Title>,
    derived: Cow<'a, DerivedRows>,
    index_terms: Cow<'a, IndexedTerms>,
}

impl<'a> NewReport<'a> {
    /// `times_forgotten`: of `KnownRows`, in the transaction that saves it.
    fn of(report: &'a PreparedReport, body: i64, times_forgotten: u64) -> Self {
        let id = report.id.as_str();
        if let Some((derived, terms)) = &report.derived {
            let index_terms = if report.terms_dropped.is_none_or(|then| then == times_forgotten) {
                Cow::Borrowed(terms)
            } else {
                Cow::Owned(index_terms(&report.title.text, &report.body.text.text()))
            };
            return Self {
                body,
                id,
                title: Cow::Borrowed(&report.title),
                derived: Cow::Borrowed(derived),
                index_terms,
            };
        }
        // The text was known when its file was read, so nothing was derived, and it has been removed since: derive now.
        let draft = report.body.draft();
        let found = people_and_facts(&draft);
        let title = Title::of(&draft, &found.facts);
        let index_terms = index_terms(&title.text, &draft.text);
        let derived = Cow::Owned(DerivedRows::new(&report.body.file, &draft, &found, &index_terms.folded));
        Self { body, id, title: Cow::Owned(title), derived, index_terms: Cow::Owned(index_terms) }
    }

    /// Replaces the day by the one that the reader set, if there is one.
    fn date_by_hand(&mut self, cache: &ReportCache<'_>) -> Result<(), StoreError> {
        if let Some(day) = cache.date_by_hand(self.id)? {
            self.derived = Cow::Owned(self.derived.clone().into_owned().dated_by_hand(Some(day)));
        }
        Ok(())
    }

    /// The day by which its row is ordered.
    fn day(&self) -> Option<Day> {
        self.derived.day()
    }
}
