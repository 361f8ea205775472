//! Saves reports, one or a batch in one transaction: inserts the text, its derived rows and its index entries. A report
//! is returned as saved only after its transaction is committed. Whatever can be computed beforehand is computed by the
//! threads that read the files (`PreparedReport`), so that the single writer only binds values.

use super::ReportCache;
use super::derived_rows::DerivedRows;
use super::packed_text::{self, TextCell, UnpackedText};
use super::prepared_report::PreparedReport;
use crate::extract::people_and_facts;
use crate::report::{Draft, Extraction, Title};
use crate::search::vocabulary::IndexedTerms;
use crate::store::index::index_terms;
use crate::store::{StoreError, cell_encoding};
use rusqlite::{OptionalExtension, params};
use std::borrow::Cow;
use std::collections::HashSet;

/// Whether a saved report was new, or its text was in the cache already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    New,
    Known,
}

impl ReportCache<'_> {
    /// Saves one report whole, in one transaction, with all that is derived from it.
    pub fn save(&self, file: &str, draft: &Draft, found: &Extraction) -> Result<SaveOutcome, StoreError> {
        let prepared = PreparedReport::new(file, draft.clone(), found);
        let saved = self.save_all(std::slice::from_ref(&prepared))?;
        self.store.register()?;
        Ok(saved.first().copied().unwrap_or(SaveOutcome::Known))
    }

    /// Runs `work`, which saves many reports, with a page cache of 16 MiB instead of 8, and a checkpoint of the
    /// write-ahead log every 8,000 pages instead of 1,000: an early checkpoint copies pages that the next batch changes
    /// again. If `work` succeeds, officials are identified before this returns.
    pub fn save_many<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.set_page_cache(16_384, 8000)?;
        let done = work().and_then(|value| self.store.register().map(|_| value));
        self.set_page_cache(8192, 1000)?;
        done
    }

    /// Sets the size of the page cache, and the number of pages in the write-ahead log at which it is copied back.
    fn set_page_cache(&self, kibibytes: u32, checkpoint_pages: u32) -> Result<(), StoreError> {
        self.store
            .db
            .execute_batch(&format!(
                "PRAGMA main.cache_size = -{kibibytes}; PRAGMA wal_autocheckpoint = {checkpoint_pages}"
            ))
            .map_err(StoreError::when("written"))
    }

    /// Saves reports in one transaction: when this returns, all of them are saved, or none. Their officials are
    /// identified when the register is next opened (`Store::register`).
    pub fn save_all(&self, reports: &[PreparedReport]) -> Result<Vec<SaveOutcome>, StoreError> {
        self.store.write(|| {
            let mut done = Vec::with_capacity(reports.len());
            let mut rows = Vec::with_capacity(reports.len());
            for report in reports {
                let row = self.save_one(report)?;
                done.push(if row.is_some() { SaveOutcome::New } else { SaveOutcome::Known });
                rows.extend(row.map(|(row, late)| (row, late, report)));
            }
            // The whole batch at once: `add` sorts it by row, which makes one segment of the index.
            let all_terms = rows.iter().filter_map(|(row, late, report)| {
                Some((*row, late.as_ref().or(report.derived.as_ref().map(|(_, index_terms)| index_terms))?))
            });
            self.store.index().add(all_terms.collect())?;
            Ok(done)
        })
    }

    /// The ids of all texts in the cache.
    pub fn known_ids(&self) -> Result<HashSet<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT id FROM body")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Removes a report with everything derived from it and the reader's marks on it. Returns false if there was none.
    pub fn remove(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.remove_all(&[id.to_owned()])? > 0)
    }

    /// The same for several reports, one transaction each. Returns how many there were. The officials are brought up to
    /// date once, at the end.
    pub fn remove_all(&self, ids: &[String]) -> Result<usize, StoreError> {
        let mut removed = 0;
        for id in ids {
            removed += usize::from(self.remove_one(id)?);
        }
        if removed > 0 {
            self.store.register()?;
        }
        Ok(removed)
    }

    fn remove_one(&self, id: &str) -> Result<bool, StoreError> {
        let gone = self.store.write(|| {
            let when = StoreError::when("written");
            let Some((no, row)) = self.numbers_of(id)? else { return Ok(false) };
            self.forget_derived(row)?;
            self.store
                .db
                .prepare_cached("DELETE FROM body WHERE no = ?1")
                .and_then(|mut s| s.execute([no]))
                .map_err(&when)?;
            Ok(true)
        })?;
        // The marks are in another file, which no transaction spans. They go last: a kill in between leaves only marks
        // of a report that is gone.
        if gone {
            self.store.marks().forget_marks(id)?;
        }
        Ok(gone)
    }

    /// Writes a report except its index entries. `None` if its text is in the cache already. Otherwise the new row, and
    /// the index terms if they had to be computed here.
    fn save_one(&self, report: &PreparedReport) -> Result<Option<(i64, Option<IndexedTerms>)>, StoreError> {
        let when = StoreError::when("read");
        let same = |text: rusqlite::Result<UnpackedText>| text.is_ok_and(|UnpackedText(text)| text == report.body.text);
        let known: Option<bool> = self
            .store
            .db
            .prepare_cached("SELECT text FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([&report.id], |row| Ok(same(row.get(0)))).optional())
            .map_err(&when)?;
        match known {
            // The same id and another text: two texts of one hash are taken to be impossible, so the text on disk is
            // damaged.
            Some(true) => Ok(None),
            Some(false) => Err(StoreError::corrupt(format!("the text of report {} is not what was saved", report.id))),
            None => {
                let now = || jiff::Timestamp::now().as_second();
                self.save_at(report, report.restored.as_ref().map_or_else(now, |restored| restored.added)).map(Some)
            }
        }
    }

    /// Inserts a report that is not in the cache, except its index entries; `added` is the time of import in seconds
    /// since 1970. Returns its row, and its index terms if they had to be computed here.
    fn save_at(&self, report: &PreparedReport, added: i64) -> Result<(i64, Option<IndexedTerms>), StoreError> {
        let when = StoreError::when("written");
        let body = &report.body;
        let packed = match &report.derived {
            Some(_) => Cow::Borrowed(&body.packed),
            None => Cow::Owned(packed_text::pack(&body.text)),
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
                    TextCell(&body.text, packed.as_deref()),
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
        let no = self.store.db.last_insert_rowid();
        let by_hand = self.date_by_hand(&report.id)?;
        if let Some((derived, _)) = &report.derived {
            let row = match by_hand {
                None => self.save_derived(no, &report.id, &report.title, derived)?,
                Some(_) => self.save_derived(no, &report.id, &report.title, &derived.clone().dated_by_hand(by_hand))?,
            };
            return Ok((row, None));
        }
        // The text was known when its file was read, so nothing was derived, and it has been removed since: derive now.
        let draft = body.draft();
        let found = people_and_facts(&draft);
        let title = Title::of(&draft, &found.facts);
        let derived = DerivedRows::new(&body.file, &draft, &found).dated_by_hand(by_hand);
        let index_terms = index_terms(&title.text, &draft.text);
        Ok((self.save_derived(no, &report.id, &title, &derived)?, Some(index_terms)))
    }
}
