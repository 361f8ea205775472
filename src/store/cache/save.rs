//! Saving reports: whatever can be made ready beforehand is made ready by the threads that read the files
//! (`Prepared`), so that the one writer only binds values. A transaction holds one report or a batch; a report is
//! reported saved when its transaction is committed, never before.

use super::ReportCache;
use super::packed_text::{self, TextCell, UnpackedText};
use crate::extract::people_and_facts;
use crate::report::{Day, Draft, Extraction, Paragraph, Title};
use crate::search::vocabulary::IndexedTerms;
use crate::store::index::{dated_row_numbers, wording};
use crate::store::register::{PersonColumns, PersonReportColumns};
use crate::store::{StoreError, encoding};
use rusqlite::{OptionalExtension, params};
use std::borrow::Cow;
use std::collections::HashSet;

/// What became of a report that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    New,
    Known,
}

/// The id of a text: 32 hexadecimal digits of its hash.
pub fn id_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().chars().take(32).collect()
}

/// A report with everything that is derived from it, ready to be written.
#[derive(Clone, Debug)]
pub struct PreparedReport {
    pub id: String,
    pub title: Title,
    /// What was repaired on the way in.
    pub notes: Vec<String>,
    pub(super) body: ReportBody,
    /// `None` for a text that was known when the file was read: what is derived from it is in the cache.
    pub(super) derived: Option<(DerivedRows, IndexedTerms)>,
}

/// The ground truth of a report, which `rebuild` keeps.
#[derive(Clone, Debug)]
pub(super) struct ReportBody {
    pub text: String,
    /// The text packed, if that is shorter; `None` as well for a text that is known.
    pub packed: Option<Vec<u8>>,
    pub paragraphs: Vec<Paragraph>,
    pub own_title: Option<Title>,
    pub file: String,
    pub url: Option<String>,
    pub published: Option<Day>,
}

/// What is derived from the text, which `rebuild` makes again.
#[derive(Clone, Debug)]
pub(super) struct DerivedRows {
    day: Option<Day>,
    /// The day that the report is sorted by, if it gives any: of the event, of publication, or the end of its period.
    stated: Option<Day>,
    kind: &'static str,
    period: Option<String>,
    unit: Option<String>,
    source: String,
    pub(super) people: Vec<PersonColumns>,
}

/// The row derived from a body by older rules, to compare the new one with.
#[derive(Clone, Debug)]
pub(super) struct ReplacedRow {
    pub row: i64,
    /// As `Derived::cells` gives them.
    pub cells: [Option<String>; 8],
}

impl ReplacedRow {
    pub fn title(&self) -> Option<&String> {
        self.cells[2].as_ref()
    }
}

impl PreparedReport {
    /// Makes a report ready: `file` is where it was read from, as given.
    pub fn new(file: &str, draft: Draft, found: &Extraction) -> Self {
        let title = Title::of(&draft, &found.facts);
        let derived = (DerivedRows::new(file, &draft, found), wording(&title.text, &draft.text));
        Self::of(file, draft, title, Some(derived))
    }

    /// A report whose text is known (`Store::known`), so that nothing need be derived; `title` is the draft's own.
    pub fn known(file: &str, draft: Draft, title: Title) -> Self {
        Self::of(file, draft, title, None)
    }

    fn of(file: &str, draft: Draft, title: Title, derived: Option<(DerivedRows, IndexedTerms)>) -> Self {
        let body = ReportBody {
            packed: derived.as_ref().and_then(|_| packed_text::pack(&draft.text)),
            paragraphs: draft.paragraphs,
            own_title: draft.title,
            file: file.to_owned(),
            url: draft.url,
            published: draft.published,
            text: draft.text,
        };
        Self { id: id_of(&body.text), title, notes: draft.notes, body, derived }
    }
}

impl ReportBody {
    fn draft(&self) -> Draft {
        Draft {
            text: self.text.clone(),
            paragraphs: self.paragraphs.clone(),
            title: self.own_title.clone(),
            url: self.url.clone(),
            published: self.published,
            notes: Vec::new(),
        }
    }
}

impl DerivedRows {
    pub fn new(file: &str, draft: &Draft, found: &Extraction) -> Self {
        let facts = &found.facts;
        Self {
            day: facts.day,
            stated: facts.day.or(draft.published).or_else(|| facts.period.and_then(crate::report::Period::last_day)),
            kind: facts.kind.name(),
            period: facts.period.map(|period| period.to_string()),
            unit: facts.unit.clone(),
            source: draft.url.clone().unwrap_or_else(|| file.to_owned()),
            people: PersonColumns::all_of(found),
        }
    }

    /// The day that the report is sorted by: its own, else that of import. `added` is in seconds since 1970; `None` if
    /// the clock was beyond the calendar.
    pub fn sort_day(&self, added: i64) -> Option<Day> {
        self.stated.or_else(|| day_of_second(added))
    }

    /// What is repeated of the report in each of its person rows.
    pub fn head<'a>(&'a self, row: i64, id: &'a str) -> PersonReportColumns<'a> {
        PersonReportColumns { row, id, unit: self.unit.as_deref(), dated: self.day.is_some() }
    }

    /// The cells of the report's row, but for those that never change.
    fn cells<'a>(&'a self, title: &'a Title) -> [Option<Cow<'a, str>>; 8] {
        [
            self.day.map(|day| day.to_string().into()),
            self.stated.map(|day| day.to_string().into()),
            Some(title.text.as_str().into()),
            Some(encoding::origin(title.origin).into()),
            Some(self.kind.into()),
            self.period.as_deref().map(Into::into),
            self.unit.as_deref().map(Into::into),
            Some(self.source.as_str().into()),
        ]
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

    /// Runs `work`, which saves many reports: more pages are kept in memory meanwhile, and the journal may grow further
    /// before it is brought home. If `work` succeeds, officials are identified before this returns.
    pub fn save_many<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.set_page_cache(16_384, 8000)?;
        let done = work().and_then(|value| self.store.register().map(|_| value));
        self.set_page_cache(8192, 1000)?;
        done
    }

    fn set_page_cache(&self, kibibytes: u32, checkpoint_pages: u32) -> Result<(), StoreError> {
        self.store
            .db
            .execute_batch(&format!(
                "PRAGMA main.cache_size = -{kibibytes}; PRAGMA wal_autocheckpoint = {checkpoint_pages}"
            ))
            .map_err(StoreError::when("written"))
    }

    /// Saves reports in one transaction; all of them are saved when this returns, or none. Officials are identified
    /// again when the register is next asked for.
    pub fn save_all(&self, reports: &[PreparedReport]) -> Result<Vec<SaveOutcome>, StoreError> {
        self.store.write(|| {
            let mut done = Vec::with_capacity(reports.len());
            let mut rows = Vec::with_capacity(reports.len());
            for report in reports {
                let row = self.save_one(report)?;
                done.push(if row.is_some() { SaveOutcome::New } else { SaveOutcome::Known });
                rows.extend(row.map(|(row, late)| (row, late, report)));
            }
            let wordings = rows.iter().filter_map(|(row, late, report)| {
                Some((*row, late.as_ref().or(report.derived.as_ref().map(|(_, wording)| wording))?))
            });
            self.store.index().add(wordings.collect())?;
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

    /// Removes a report with all that is derived from it and the reader's marks on it; says whether there was one.
    pub fn remove(&self, id: &str) -> Result<bool, StoreError> {
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
        if gone {
            self.store.marks().forget_marks(id)?;
            self.store.register()?;
        }
        Ok(gone)
    }

    /// Writes all of a report but the index. Nothing where the same text is known; else its row, and its wording where
    /// that was not made ready.
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
            // The same id: either the same text, or the text on the disk is not what was saved.
            Some(true) => Ok(None),
            Some(false) => Err(StoreError::corrupt(format!("the text of report {} is not what was saved", report.id))),
            None => self.save_at(report, jiff::Timestamp::now().as_second()).map(Some),
        }
    }

    /// Saves a report that is not known yet, as one added at that second, all but the index.
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
                "INSERT INTO body (id, text, paragraphs, notes, title, origin, file, url, published, added)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    report.id,
                    TextCell(&body.text, packed.as_deref()),
                    encoding::paragraphs(&body.paragraphs),
                    encoding::strings(&report.notes),
                    body.own_title.as_ref().map(|t| &t.text),
                    body.own_title.as_ref().map(|t| encoding::origin(t.origin)),
                    body.file,
                    body.url,
                    body.published.map(|d| d.to_string()),
                    added
                ])
            })
            .map_err(&when)?;
        let no = self.store.db.last_insert_rowid();
        if let Some((derived, _)) = &report.derived {
            return Ok((self.save_derived((no, added), &report.id, &report.title, derived)?, None));
        }
        // It was known when the file was read, and has been removed since.
        let draft = body.draft();
        let found = people_and_facts(&draft);
        let title = Title::of(&draft, &found.facts);
        let derived = DerivedRows::new(&body.file, &draft, &found);
        let wording = wording(&title.text, &draft.text);
        Ok((self.save_derived((no, added), &report.id, &title, &derived)?, Some(wording)))
    }

    /// Saves reports that were in a damaged cache, each as one added at its second.
    pub(super) fn save_again(&self, reports: &[(PreparedReport, i64)]) -> Result<(), StoreError> {
        self.store.write(|| {
            let mut rows = Vec::new();
            for (report, added) in reports {
                let (row, _) = self.save_at(report, *added)?;
                rows.extend(report.derived.as_ref().map(|(_, wording)| (row, wording)));
            }
            self.store.index().add(rows)
        })
    }

    /// Writes what is derived from a body that has nothing derived yet, except the index; returns its row. `body`: its
    /// number and the second it was added.
    pub(super) fn save_derived(
        &self,
        body: (i64, i64),
        id: &str,
        title: &Title,
        derived: &DerivedRows,
    ) -> Result<i64, StoreError> {
        let sort_day = derived.sort_day(body.1).ok_or(StoreError::Clock)?;
        let row = self.free_row(sort_day, id)?;
        let [day, stated, title, origin, kind, period, unit, source] = derived.cells(title);
        self.store
            .db
            .prepare_cached(
                "INSERT INTO report (row, body, id, day, stated, title, origin, kind, period, unit, source)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )
            .and_then(|mut s| {
                s.execute(params![row, body.0, id, day, stated, title, origin, kind, period, unit, source])
            })
            .map_err(StoreError::when("written"))?;
        self.store.register_writer().save_people(derived.head(row, id), &derived.people)?;
        Ok(row)
    }

    /// Replaces what was derived from a body before, as far as it differs; returns the row and whether it must be
    /// indexed again.
    pub(super) fn renew_derived(
        &self,
        old: &ReplacedRow,
        body: (i64, i64),
        id: &str,
        title: &Title,
        derived: &DerivedRows,
    ) -> Result<(i64, bool), StoreError> {
        let sort_day = derived.sort_day(body.1).ok_or(StoreError::Clock)?;
        if !dated_row_numbers::rows_of(sort_day).contains(&old.row) {
            self.forget_derived(old.row)?;
            return Ok((self.save_derived(body, id, title, derived)?, true));
        }
        let cells = derived.cells(title);
        if cells.iter().zip(&old.cells).any(|(new, old)| new.as_deref() != old.as_deref()) {
            let [day, stated, title, origin, kind, period, unit, source] = cells;
            self.store
                .db
                .prepare_cached(
                    "UPDATE report SET day = ?2, stated = ?3, title = ?4, origin = ?5, kind = ?6, period = ?7,
                                       unit = ?8, source = ?9 WHERE row = ?1",
                )
                .and_then(|mut s| s.execute(params![old.row, day, stated, title, origin, kind, period, unit, source]))
                .map_err(StoreError::when("written"))?;
        }
        let head = derived.head(old.row, id);
        if !self.store.register_writer().has_people(head, &derived.people)? {
            self.store.register_writer().forget_people(old.row)?;
            self.store.register_writer().save_people(head, &derived.people)?;
        }
        Ok((old.row, old.title() != Some(&title.text)))
    }

    /// Removes everything derived from the report at `row`.
    pub(super) fn forget_derived(&self, row: i64) -> Result<(), StoreError> {
        self.store.index().remove(row)?;
        self.store.register_writer().forget_people(row)?;
        self.store
            .db
            .prepare_cached("DELETE FROM report WHERE row = ?1")
            .and_then(|mut s| s.execute([row]))
            .map(|_| ())
            .map_err(StoreError::when("written"))
    }

    /// The row for a report: the one its hash asks for, else the next free one of the day.
    fn free_row(&self, day: Day, id: &str) -> Result<i64, StoreError> {
        let rows = dated_row_numbers::rows_of(day);
        let mut taken =
            self.store.db.prepare_cached("SELECT 1 FROM report WHERE row = ?1").map_err(StoreError::when("read"))?;
        let preferred = dated_row_numbers::preferred_row(day, id);
        for row in preferred..preferred + dated_row_numbers::NEIGHBOURS {
            if !taken.exists([row]).map_err(StoreError::when("read"))? {
                return Ok(row);
            }
        }
        // A crowded day, such as one of many reports without a date: the next row after all of them.
        let last: Option<i64> = self
            .store
            .db
            .prepare_cached("SELECT max(row) FROM report WHERE row >= ?1 AND row < ?2")
            .and_then(|mut s| s.query_row([rows.start, rows.end], |row| row.get(0)))
            .map_err(StoreError::when("read"))?;
        last.map(|last| last + 1).filter(|row| rows.contains(row)).ok_or(StoreError::DayFull { day })
    }
}

fn day_of_second(second: i64) -> Option<Day> {
    let date = jiff::Timestamp::from_second(second).ok()?.to_zoned(jiff::tz::TimeZone::system()).date();
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}
