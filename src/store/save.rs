//! Saving reports: whatever can be made ready beforehand is made ready by the threads that read the files
//! (`Prepared`), so that the one writer only binds values. A transaction holds one report or a batch; a report is
//! reported saved when its transaction is committed, never before.

use super::index::wording;
use super::{Error, Store, order, pack};
use crate::extract::extract;
use crate::officials::Said;
use crate::report::{Day, Draft, Extraction, Paragraph, Title};
use crate::search::vocabulary::Wording;
use crate::text::syllable::name_key;
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

/// What became of a report that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is new.
    New,
    /// The same text was known.
    Known,
}

/// The id of a text: 32 hexadecimal digits of its hash.
pub fn id_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().chars().take(32).collect()
}

/// A report with everything that is derived from it, ready to be written.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Title,
    /// What was repaired on the way in.
    pub notes: Vec<String>,
    pub(super) body: Body,
    /// Nothing for a text that seems to be known: what is derived from it is there already.
    pub(super) derived: Option<Derived>,
}

/// What `rebuild` keeps.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
    pub own_title: Option<Title>,
    pub file: String,
    pub url: Option<String>,
    pub published: Option<Day>,
}

/// What `rebuild` makes again.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    day: Option<Day>,
    /// Where the report stands in order of time, as far as it says itself.
    stands: Option<Day>,
    kind: &'static str,
    period: Option<String>,
    unit: Option<String>,
    source: String,
    pub(super) wording: Wording,
    people: Vec<PersonCells>,
}

#[derive(Clone, Debug)]
struct PersonCells {
    key: String,
    name: String,
    rank: Option<(&'static str, u16)>,
    said: String,
}

impl Prepared {
    /// Makes a report ready: `file` is where it was read from, as given.
    pub fn new(file: &str, draft: Draft, found: &Extraction) -> Self {
        let title = Title::of(&draft, &found.facts);
        let derived = Derived::new(file, &draft, &title, found);
        Self::of(file, draft, title, Some(derived))
    }

    /// A report whose text is known (`Store::known`), so that nothing need be derived; `title` is the draft's own.
    pub fn known(file: &str, draft: Draft, title: Title) -> Self {
        Self::of(file, draft, title, None)
    }

    fn of(file: &str, draft: Draft, title: Title, derived: Option<Derived>) -> Self {
        let body = Body {
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

impl Body {
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

impl Derived {
    pub fn new(file: &str, draft: &Draft, title: &Title, found: &Extraction) -> Self {
        let facts = &found.facts;
        Self {
            day: facts.day,
            stands: facts.day.or(draft.published).or_else(|| facts.period.and_then(crate::report::Period::last_day)),
            kind: facts.kind.name(),
            period: facts.period.map(|period| period.to_string()),
            unit: facts.unit.clone(),
            source: draft.url.clone().unwrap_or_else(|| file.to_owned()),
            wording: wording(&title.text, &draft.text),
            people: (0..found.people.len()).filter_map(|place| PersonCells::new(found, place)).collect(),
        }
    }
}

impl PersonCells {
    /// The person of that place among those found.
    fn new(found: &Extraction, place: usize) -> Option<Self> {
        let person = found.people.get(place)?;
        Some(Self {
            key: name_key(&person.name),
            name: person.name.clone(),
            rank: person.rank.map(|said| (said.rank.name, said.rank.order)),
            said: Said::of(found, place)?.to_json(),
        })
    }
}

impl Store {
    /// Saves one report whole, in one transaction, with all that is derived from it.
    pub fn save(&mut self, file: &str, draft: &Draft, found: &Extraction) -> Result<Saved, Error> {
        let prepared = Prepared::new(file, draft.clone(), found);
        let saved = self.save_all(std::slice::from_ref(&prepared))?;
        self.refresh_officials()?;
        Ok(saved.first().copied().unwrap_or(Saved::Known))
    }

    /// Makes ready for many reports, or for single ones again: more pages are kept in memory, and the journal may grow
    /// further before it is brought home.
    pub fn expect_many(&self, many: bool) -> Result<(), Error> {
        let (kibibytes, pages) = if many { (16_384, 4000) } else { (2000, 1000) };
        self.db
            .execute_batch(&format!("PRAGMA main.cache_size = -{kibibytes}; PRAGMA wal_autocheckpoint = {pages}"))
            .map_err(Error::when("written"))
    }

    /// Saves reports in one transaction; all of them are saved when this returns, or none. Officials are identified
    /// again by `refresh_officials`, which whoever asks for them calls too.
    pub fn save_all(&mut self, reports: &[Prepared]) -> Result<Vec<Saved>, Error> {
        self.write(|store| {
            let mut done = Vec::with_capacity(reports.len());
            let mut rows = Vec::with_capacity(reports.len());
            for report in reports {
                let row = store.save_one(report)?;
                done.push(if row.is_some() { Saved::New } else { Saved::Known });
                rows.extend(row.map(|(row, late)| (row, late, report)));
            }
            let wordings = rows
                .iter()
                .filter_map(|(row, late, report)| Some((*row, &late.as_ref().or(report.derived.as_ref())?.wording)));
            store.index(wordings.collect())?;
            Ok(done)
        })
    }

    /// The ids of all texts in the cache.
    pub fn known(&self) -> Result<HashSet<String>, Error> {
        self.db
            .prepare_cached("SELECT id FROM body")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(Error::when("read"))
    }

    /// Removes a report with all that is derived from it and the reader's marks on it; says whether there was one.
    pub fn remove(&mut self, id: &str) -> Result<bool, Error> {
        let gone = self.write(|store| {
            let when = Error::when("written");
            let Some((no, row)) = store.numbers_of(id)? else { return Ok(false) };
            store.forget_derived(row)?;
            store
                .db
                .prepare_cached("DELETE FROM body WHERE no = ?1")
                .and_then(|mut s| s.execute([no]))
                .map_err(&when)?;
            Ok(true)
        })?;
        if gone {
            self.forget_marks(id)?;
            self.refresh_officials()?;
        }
        Ok(gone)
    }

    /// Writes all of a report but the index. Nothing where the same text is known; else its row, and what had to be
    /// derived only now.
    fn save_one(&mut self, report: &Prepared) -> Result<Option<(i64, Option<Derived>)>, Error> {
        let when = Error::when("read");
        let known: Option<String> = self
            .db
            .prepare_cached("SELECT text FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([&report.id], |row| row.get(0)).optional())
            .map_err(&when)?;
        match known {
            // The same id: either the same text, or the text on the disk is not what was saved.
            Some(text) if text == report.body.text => Ok(None),
            Some(_) => Err(Error::Corrupt { why: format!("the text of report {} is not what was saved", report.id) }),
            None => self.save_at(report, jiff::Timestamp::now().as_second()).map(Some),
        }
    }

    /// Saves a report that is not known yet, as one added at that second, all but the index.
    fn save_at(&mut self, report: &Prepared, added: i64) -> Result<(i64, Option<Derived>), Error> {
        let when = Error::when("written");
        let body = &report.body;
        self.db
            .prepare_cached(
                "INSERT INTO body (id, text, paragraphs, notes, title, origin, file, url, published, added)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    report.id,
                    body.text,
                    pack::paragraphs(&body.paragraphs),
                    pack::strings(&report.notes),
                    body.own_title.as_ref().map(|t| &t.text),
                    body.own_title.as_ref().map(|t| pack::origin(t.origin)),
                    body.file,
                    body.url,
                    body.published.map(|d| d.to_string()),
                    added
                ])
            })
            .map_err(&when)?;
        let no = self.db.last_insert_rowid();
        if let Some(derived) = &report.derived {
            return Ok((self.save_derived(no, &report.id, &report.title, derived, added)?, None));
        }
        // It was known when the file was read, and has been removed since.
        let draft = body.draft();
        let found = extract(&draft);
        let title = Title::of(&draft, &found.facts);
        let derived = Derived::new(&body.file, &draft, &title, &found);
        Ok((self.save_derived(no, &report.id, &title, &derived, added)?, Some(derived)))
    }

    /// Saves reports that were in a damaged cache, each as one added at its second.
    pub(super) fn save_again(&mut self, reports: &[(Prepared, i64)]) -> Result<(), Error> {
        self.write(|store| {
            let mut rows = Vec::new();
            for (report, added) in reports {
                let (row, _) = store.save_at(report, *added)?;
                rows.extend(report.derived.as_ref().map(|derived| (row, &derived.wording)));
            }
            store.index(rows)
        })
    }

    /// Writes what is derived from body `no`, which was added at that second, all but the index; tells its row.
    pub(super) fn save_derived(
        &mut self,
        no: i64,
        id: &str,
        title: &Title,
        derived: &Derived,
        added: i64,
    ) -> Result<i64, Error> {
        let when = Error::when("written");
        let no_day = || Error::Sqlite { doing: "written", why: "the system's clock tells no day".to_owned() };
        let sort_day = derived.stands.or_else(|| day_of_second(added)).ok_or_else(no_day)?;
        let row = self.free_row(sort_day, id)?;
        self.db
            .prepare_cached(
                "INSERT INTO report (row, body, id, day, sort_day, title, origin, kind, period, unit, source)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    row,
                    no,
                    id,
                    derived.day.map(|d| d.to_string()),
                    sort_day.to_string(),
                    title.text,
                    pack::origin(title.origin),
                    derived.kind,
                    derived.period,
                    derived.unit,
                    derived.source
                ])
            })
            .map_err(&when)?;
        self.save_people(row, &derived.people)?;
        Ok(row)
    }

    fn save_people(&mut self, row: i64, people: &[PersonCells]) -> Result<(), Error> {
        let when = Error::when("written");
        let mut touched = HashSet::new();
        for (place, person) in people.iter().enumerate() {
            let name_no = self.name_number(&person.key)?;
            self.db
                .prepare_cached(
                    "INSERT INTO person (report, place, name_no, name, rank, rank_order, said)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )
                .and_then(|mut s| {
                    let (rank, height) = person.rank.unzip();
                    s.execute(params![row, place, name_no, person.name, rank, height, person.said])
                })
                .map_err(&when)?;
            if touched.insert(name_no) {
                self.mark_stale(name_no)?;
            }
        }
        Ok(())
    }

    /// Removes everything derived from the report at `row`.
    pub(super) fn forget_derived(&mut self, row: i64) -> Result<(), Error> {
        self.unindex(row)?;
        for sql in [
            "INSERT OR IGNORE INTO stale SELECT name_no FROM person WHERE report = ?1",
            "DELETE FROM person WHERE report = ?1",
            "DELETE FROM report WHERE row = ?1",
        ] {
            self.db.prepare_cached(sql).and_then(|mut s| s.execute([row])).map_err(Error::when("written"))?;
        }
        Ok(())
    }

    pub(super) fn mark_stale(&self, name_no: i64) -> Result<(), Error> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO stale (name_no) VALUES (?1)")
            .and_then(|mut s| s.execute([name_no]))
            .map(|_| ())
            .map_err(Error::when("written"))
    }

    /// The row for a report: the one its hash asks for, else the next free one of the day.
    fn free_row(&self, day: Day, id: &str) -> Result<i64, Error> {
        let rows = order::rows_of(day);
        let mut taken = self.db.prepare_cached("SELECT 1 FROM report WHERE row = ?1").map_err(Error::when("read"))?;
        let wished = order::wished(day, id);
        for row in wished..wished + order::NEIGHBOURS {
            if !taken.exists([row]).map_err(Error::when("read"))? {
                return Ok(row);
            }
        }
        // A crowded day, such as one of many reports without a date: the next row after all of them.
        let last: Option<i64> = self
            .db
            .prepare_cached("SELECT max(row) FROM report WHERE row >= ?1 AND row < ?2")
            .and_then(|mut s| s.query_row([rows.start, rows.end], |row| row.get(0)))
            .map_err(Error::when("read"))?;
        last.map(|last| last + 1).filter(|row| rows.contains(row)).ok_or(Error::DayFull { day })
    }

    fn name_number(&mut self, key: &str) -> Result<i64, Error> {
        if let Some(no) = self.names.get(key) {
            return Ok(*no);
        }
        let known: Option<i64> = self
            .db
            .prepare_cached("SELECT no FROM name WHERE key = ?1")
            .and_then(|mut s| s.query_row([key], |row| row.get(0)).optional())
            .map_err(Error::when("read"))?;
        let no = if let Some(no) = known {
            no
        } else {
            self.db
                .prepare_cached("INSERT INTO name (key) VALUES (?1)")
                .and_then(|mut s| s.execute([key]))
                .map_err(Error::when("written"))?;
            self.db.last_insert_rowid()
        };
        self.names.insert(key.to_owned(), no);
        Ok(no)
    }

    /// Runs `work` in one transaction on the cache: all of it is kept, or nothing. The reader's marks are another file
    /// and stay free.
    pub(super) fn write<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.begin()?;
        // A row number of a name learnt from a transaction that is taken back would be wrong, and so would one that
        // another process's rebuild has given to another name.
        let version = self.data_version()?;
        if version != self.names_seen_at {
            self.names.clear();
            self.words_seen.clear();
            self.names_seen_at = version;
        }
        let done = work(self).and_then(|value| {
            self.db.execute_batch("COMMIT").map_err(Error::when("written"))?;
            Ok(value)
        });
        if done.is_err() {
            self.names.clear();
            self.words_seen.clear();
            if !self.db.is_autocommit() {
                // The error that led here is the one to tell; SQLite may have rolled back already.
                let _ = self.db.execute_batch("ROLLBACK");
            }
        }
        done
    }

    /// Begins a transaction with the lock for writing in hand. A first write, not BEGIN IMMEDIATE: that would lock the
    /// file of the reader's marks too. Where others write one transaction after the other, patience begins anew each
    /// time one of them has got somewhere.
    fn begin(&self) -> Result<(), Error> {
        if let Some(why) = &self.place.read_only {
            return Err(Error::ReadOnly { why: why.clone() });
        }
        loop {
            let before = self.data_version()?;
            self.db.execute_batch("BEGIN").map_err(Error::when("written"))?;
            let lock = self
                .db
                .prepare_cached("UPDATE main.meta SET value = value + 1 WHERE name = 'writes'")
                .and_then(|mut s| s.execute([]))
                .map_err(Error::when("written"));
            let Err(error) = lock else { return Ok(()) };
            if !self.db.is_autocommit() {
                let _ = self.db.execute_batch("ROLLBACK");
            }
            if !matches!(error, Error::Busy { .. }) || self.data_version()? == before {
                return Err(error);
            }
        }
    }
}

fn day_of_second(second: i64) -> Option<Day> {
    let date = jiff::Timestamp::from_second(second).ok()?.to_zoned(jiff::tz::TimeZone::system()).date();
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}
