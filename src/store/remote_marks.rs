//! The marks of a reader whose archive is on another machine. They are in the reader's own file; the process beside the
//! archive has a copy of them in memory, because filters ask for them and decisions about namesakes are applied there.
//!
//! ```text
//! the reader's machine                        the machine of the archive
//! user.data  ── all marks, at the begin ──▶   marks in memory (`Store::open_served`)
//!            ── what has changed ──────────▶
//!            ◀── a step of decisions ───────   decided there, because it takes the archive
//! ```
//!
//! The copy is forgotten with the process: nothing of the reader is ever written beside the archive.

use super::cache::{CacheLocation, number};
use super::register::UndoneStep;
use super::{ImportPosition, Note, NoteChange, ReaderMarks, SeenBy, Store, StoreError, USER_FILE};
use crate::officials::decision::Decision;
use crate::search::date::DayRange;
use crate::store::cache::private_files;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The most rows of one `MarksPart`: some hundred kB.
const ROWS_OF_A_PART: usize = 2000;

/// All marks of one report, but for its notes. A report without any has the values of `Default`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarksOfReport {
    #[serde(rename = "i")]
    pub report: String,
    #[serde(rename = "r", default, skip_serializing_if = "std::ops::Not::not")]
    pub read: bool,
    #[serde(rename = "s", default, skip_serializing_if = "std::ops::Not::not")]
    pub starred: bool,
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The date set by hand, as `DayRange` prints it.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A step of the decisions about a name: all that are in force after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionStep {
    /// The key of the name.
    pub name: String,
    pub decisions: Vec<Decision>,
}

/// Some of the marks, or what has changed of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarksPart {
    /// Whether it is the first part of all marks: what was there before is forgotten.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub begins: bool,
    /// The marks of these reports, in place of those that they had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<MarksOfReport>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The numbers of notes that are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed_notes: Vec<i64>,
    /// Further steps, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<DecisionStep>,
    /// Up to where the reader has seen the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<ImportPosition>,
}

impl Store {
    /// Opens the cache in `folder` to answer a reader on another machine: it is only read, and the marks are in memory.
    pub fn open_served(folder: &Path) -> Result<Self, StoreError> {
        let store = Self::open_archive_file(folder)?;
        store.attach_memory()?;
        Ok(store)
    }

    /// Opens the reader's own marks alone, in the folder `own`. `host` names the archive on another machine that they
    /// are used with. The cache is empty and cannot be written.
    pub fn open_marks(own: &Path, host: &str) -> Result<Self, StoreError> {
        let own = private_files::private_folder(own)?;
        let mut store = Self::in_memory()?;
        store.db.execute_batch("DETACH user").map_err(StoreError::when("opened"))?;
        let file = own.join(USER_FILE);
        store.location = CacheLocation { user_file: Some(file.clone()), ..CacheLocation::default() };
        store.attach_user(&file, false)?;
        store.location.host = Some(host.to_owned());
        store.location.read_only = Some(format!("the archive on {host} is only read; use baocao there to change it"));
        Ok(store)
    }

    /// A number that changes whenever another process changes the reader's marks.
    pub fn marks_version(&self) -> Result<i64, StoreError> {
        number(&self.db, "PRAGMA user.data_version")
    }
}

impl ReaderMarks<'_> {
    /// All marks, in parts of a bounded number of rows.
    pub fn parts(&self) -> Result<Vec<MarksPart>, StoreError> {
        let reports = self.of_all_reports()?;
        let mut parts: Vec<MarksPart> = reports
            .chunks(ROWS_OF_A_PART)
            .map(|rows| MarksPart { reports: rows.to_vec(), ..MarksPart::default() })
            .collect();
        let notes = self.store.notes().all()?;
        parts.extend(notes.chunks(ROWS_OF_A_PART / 10).map(|rows| MarksPart { notes: rows.to_vec(), ..part() }));
        let steps = self.steps()?;
        parts.extend(steps.chunks(ROWS_OF_A_PART / 10).map(|rows| MarksPart { steps: rows.to_vec(), ..part() }));
        parts.push(MarksPart { seen: self.seen(SeenBy::Reader)?, ..part() });
        if let Some(first) = parts.first_mut() {
            first.begins = true;
        }
        Ok(parts)
    }

    /// The marks of one report.
    pub fn of_report(&self, id: &str) -> Result<MarksOfReport, StoreError> {
        let (read, starred) = self.of(id)?;
        let date = self.store.cache().range_by_hand(id)?.map(|date| date.to_string());
        Ok(MarksOfReport { report: id.to_owned(), read, starred, tags: self.tags_of(id)?, date })
    }

    /// The marks of every report that has some, in order of the ids.
    fn of_all_reports(&self) -> Result<Vec<MarksOfReport>, StoreError> {
        let mut all: BTreeMap<String, MarksOfReport> = BTreeMap::new();
        let mut each = |sql: &str, put: &dyn Fn(&mut MarksOfReport, &rusqlite::Row<'_>) -> rusqlite::Result<()>| {
            self.store
                .db
                .prepare_cached(sql)
                .and_then(|mut s| {
                    let mut rows = s.query([])?;
                    while let Some(row) = rows.next()? {
                        let report: String = row.get(0)?;
                        let marks = all.entry(report.clone()).or_default();
                        marks.report = report;
                        put(marks, row)?;
                    }
                    Ok(())
                })
                .map_err(StoreError::when("read"))
        };
        each("SELECT report, read, starred FROM user.mark WHERE read OR starred", &|marks, row| {
            (marks.read, marks.starred) = (row.get(1)?, row.get(2)?);
            Ok(())
        })?;
        each("SELECT report, tag FROM user.tag ORDER BY report, tag", &|marks, row| {
            marks.tags.push(row.get(1)?);
            Ok(())
        })?;
        each("SELECT report, date FROM user.dated", &|marks, row| {
            marks.date = row.get(1)?;
            Ok(())
        })?;
        Ok(all.into_values().collect())
    }

    /// Takes over marks of a reader on another machine. An error unless the marks are in memory.
    pub fn take(&self, part: &MarksPart) -> Result<(), StoreError> {
        if let Some(file) = &self.store.location.user_file {
            let why = format!("the marks in {file:?} are those of this machine");
            return Err(StoreError::ReadOnly { why });
        }
        if part.begins {
            for table in ["mark", "tag", "dated", "note", "decision", "seen"] {
                self.run_user(&format!("DELETE FROM user.{table}"), &[])?;
            }
        }
        part.reports.iter().try_for_each(|marks| self.take_report(marks))?;
        for note in &part.notes {
            self.store.notes().change(NoteChange::Put(note.clone()))?;
        }
        for number in &part.removed_notes {
            self.store.notes().change(NoteChange::Remove(*number))?;
        }
        part.steps.iter().try_for_each(|step| self.add_step(step))?;
        if let Some(seen) = part.seen {
            self.set_seen(SeenBy::Reader, seen)?;
        }
        if part.begins || !part.steps.is_empty() {
            self.store.register_writer().apply_own_decisions()?;
        }
        Ok(())
    }

    fn take_report(&self, marks: &MarksOfReport) -> Result<(), StoreError> {
        let MarksOfReport { report, read, starred, tags, date } = marks;
        for table in ["mark", "tag", "dated"] {
            self.run_user(&format!("DELETE FROM user.{table} WHERE report = ?1"), params![report])?;
        }
        if *read || *starred {
            self.run_user(
                "INSERT INTO user.mark (report, read, starred) VALUES (?1, ?2, ?3)",
                params![report, read, starred],
            )?;
        }
        tags.iter().try_for_each(|tag| self.set_tag(report, tag, true))?;
        if let Some(date) = date.as_deref().filter(|date| DayRange::parse(date).is_some()) {
            self.run_user("INSERT INTO user.dated (report, date) VALUES (?1, ?2)", params![report, date])?;
        }
        Ok(())
    }

    /// The number of the last step of the decisions, by which is known whether one was made; 0 if there is none.
    pub fn last_step_number(&self) -> Result<i64, StoreError> {
        number(&self.store.db, "SELECT coalesce(max(no), 0) FROM user.decision")
    }

    /// The last step of the decisions; `None` if there is none.
    pub fn last_step(&self) -> Result<Option<DecisionStep>, StoreError> {
        Ok(self.steps_by("no DESC LIMIT 1")?.pop())
    }

    /// Adds a step that was made beside an archive on another machine. Its decisions are all about its name.
    pub fn add_step(&self, step: &DecisionStep) -> Result<(), StoreError> {
        let own: Vec<Decision> = step.decisions.iter().filter(|one| one.key() == step.name).cloned().collect();
        super::register::insert_step(self.store, &step.name, &own)
    }

    /// Forgets the last step, which was undone beside an archive on another machine. Does nothing if it is another.
    pub fn forget_step(&self, undone: &UndoneStep) -> Result<(), StoreError> {
        self.run_user(
            "DELETE FROM user.decision WHERE no = (SELECT max(no) FROM user.decision) AND name = ?1",
            &[&undone.key],
        )
    }

    /// All steps, the oldest first.
    fn steps(&self) -> Result<Vec<DecisionStep>, StoreError> {
        self.steps_by("no")
    }

    fn steps_by(&self, order: &str) -> Result<Vec<DecisionStep>, StoreError> {
        let rows: Vec<(String, String)> = self
            .store
            .db
            .prepare_cached(&format!("SELECT name, data FROM user.decision ORDER BY {order}"))
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))?;
        let step = |(name, data): (String, String)| {
            Ok(DecisionStep { name, decisions: super::register::read_decisions(&data)? })
        };
        rows.into_iter().map(step).collect()
    }
}

fn part() -> MarksPart {
    MarksPart::default()
}
