//! The reader's notes: on a passage of a report, on a report as a whole, on an official. They are in the file of marks,
//! so that no rebuild touches them. A note keeps the words that it is about and the id of the report, which is the hash
//! of its text: the passage is found again exactly as long as the report is in the cache, and the words are still there
//! after it was removed.

use super::{OfficialsRegister, Store, StoreError};
use crate::officials::Place;
use crate::officials::identity::ids::shared_part;
use crate::report::Span;
use crate::search::matching::QueryPhrase;
use crate::search::required_words::has_all;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// The longest text of a note, in bytes.
pub const LONGEST_NOTE: usize = 1 << 20;

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteSubject {
    /// Words of a report.
    Passage {
        /// The id of the report.
        report: String,
        /// Where the words are in its canonical text.
        span: Span,
        /// The words, as they are in the text.
        quote: String,
    },
    /// A report as a whole.
    Report { report: String, title: String },
    /// An official, by what they were known by when the note was written.
    Official {
        id: String,
        name: String,
        /// Where reports named the official, because the id may change (`NotedOfficials`).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        places: Vec<Place>,
    },
}

/// A note of the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its number in the file of marks; `None` until it is saved.
    pub number: Option<i64>,
    pub subject: NoteSubject,
    pub text: String,
    /// When it was first saved, in seconds since 1970; 0 until then.
    pub made: i64,
    /// When its text was last changed, likewise.
    pub changed: i64,
}

/// A note, on the page of an official whom it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialNote {
    pub note: Note,
    /// Whether it is about this official and no other of the name (`NotedOfficials::certain`).
    pub certain: bool,
}

/// A change of the notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteChange {
    /// Save this note: under its number, or as a new one if it has none.
    Put(Note),
    /// Remove the note of this number.
    Remove(i64),
}

/// What a change of the notes did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteChanged {
    /// The note as it is saved now. `None` if it was removed.
    pub now: Option<Note>,
    /// The change that undoes it. `None` if nothing was changed.
    pub undo: Option<NoteChange>,
}

impl Note {
    /// A note that is not saved yet.
    pub fn new(subject: NoteSubject) -> Self {
        Self { number: None, subject, text: String::new(), made: 0, changed: 0 }
    }

    /// The id of the report that it is about.
    pub fn report(&self) -> Option<&str> {
        match &self.subject {
            NoteSubject::Passage { report, .. } | NoteSubject::Report { report, .. } => Some(report),
            NoteSubject::Official { .. } => None,
        }
    }

    /// The bytes of the passage that it is about.
    pub fn span(&self) -> Option<Span> {
        match &self.subject {
            NoteSubject::Passage { span, .. } => Some(*span),
            NoteSubject::Report { .. } | NoteSubject::Official { .. } => None,
        }
    }

    /// The words that it is about: the passage, the title, the name.
    pub fn quote(&self) -> &str {
        match &self.subject {
            NoteSubject::Passage { quote, .. } => quote,
            NoteSubject::Report { title, .. } => title,
            NoteSubject::Official { name, .. } => name,
        }
    }

    /// The columns `about`, `official` and `report`.
    fn columns(&self) -> (&'static str, Option<&str>, Option<String>) {
        match &self.subject {
            NoteSubject::Passage { report, .. } => ("passage", None, Some(report.clone())),
            NoteSubject::Report { report, .. } => ("report", None, Some(report.clone())),
            NoteSubject::Official { id, places, .. } => ("official", Some(id), pack_places(places)),
        }
    }

    /// What is searched of it: its text and the words that it is about.
    pub fn searched(&self) -> String {
        format!("{}\n{}", self.text, self.quote())
    }

    /// Whether the note, with the words that it is about, has all words of a phrase.
    pub fn has_words(&self, phrase: &QueryPhrase) -> bool {
        has_all(phrase, &self.searched())
    }
}

/// Reads and writes the reader's notes (`Store::notes`).
pub struct ReaderNotes<'a> {
    pub(super) store: &'a Store,
}

const COLUMNS: &str = "no, about, report, official, start, finish, quote, text, made, changed";

impl ReaderNotes<'_> {
    /// Makes a change. A text longer than `LONGEST_NOTE` is refused.
    pub fn change(&self, change: NoteChange) -> Result<NoteChanged, StoreError> {
        match change {
            NoteChange::Put(note) => self.put(note),
            NoteChange::Remove(number) => {
                let before = self.of_number(number)?;
                self.store.marks().run_user("DELETE FROM user.note WHERE no = ?1", &[&number])?;
                Ok(NoteChanged { now: None, undo: before.map(NoteChange::Put) })
            }
        }
    }

    fn put(&self, note: Note) -> Result<NoteChanged, StoreError> {
        if note.text.len() > LONGEST_NOTE {
            return Err(StoreError::NoteTooLong { bytes: note.text.len() });
        }
        let before = note.number.map(|number| self.of_number(number)).transpose()?.flatten();
        let now = jiff::Timestamp::now().as_second();
        // A note that comes back by undoing keeps its days.
        let made = if note.made > 0 { note.made } else { now };
        let changed = if before.is_none() && note.made > 0 { note.changed } else { now };
        let (about, official, report) = note.columns();
        let (start, finish) = note.span().map(|span| (span.start as i64, span.end as i64)).unzip();
        self.store.marks().run_user(
            &format!("INSERT OR REPLACE INTO user.note ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
            params![note.number, about, report, official, start, finish, note.quote(), note.text, made, changed],
        )?;
        let number = note.number.unwrap_or_else(|| self.store.db.last_insert_rowid());
        let undo = before.map_or(NoteChange::Remove(number), NoteChange::Put);
        Ok(NoteChanged { now: Some(Note { number: Some(number), made, changed, ..note }), undo: Some(undo) })
    }

    /// Adds a note that comes from an export, with its days, unless it is there: a note is known by what it is about
    /// and when it was written, and what was changed here stays. One that is too long was not written by this program.
    pub(super) fn restore(&self, note: &Note) -> Result<(), StoreError> {
        if note.text.len() > LONGEST_NOTE {
            return Ok(());
        }
        let (about, official, report) = note.columns();
        let (start, finish) = note.span().map(|span| (span.start as i64, span.end as i64)).unzip();
        self.store.marks().run_user(
            "INSERT INTO user.note (about, report, official, start, finish, quote, text, made, changed)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
             WHERE NOT EXISTS (SELECT 1 FROM user.note WHERE about = ?1 AND report IS ?2 AND official IS ?3
                                                         AND start IS ?4 AND finish IS ?5 AND made = ?8)",
            params![about, report, official, start, finish, note.quote(), note.text, note.made, note.changed],
        )
    }

    /// All notes, the one that was changed last first.
    pub fn all(&self) -> Result<Vec<Note>, StoreError> {
        self.read("ORDER BY changed DESC, no DESC", params![])
    }

    /// The notes on a report and its passages, in the order of the text.
    pub fn of_report(&self, report: &str) -> Result<Vec<Note>, StoreError> {
        self.read("WHERE report = ?1 ORDER BY start IS NOT NULL, start, finish, no", params![report])
    }

    /// The notes on all officials who share the name of the official `id`, the oldest first.
    pub fn of_name(&self, id: &str) -> Result<Vec<Note>, StoreError> {
        let which = "WHERE official = ?1 OR substr(official, 1, length(?1) + 1) = ?1 || '-' ORDER BY no";
        self.read(which, params![shared_part(id)])
    }

    /// The notes on officials, each with the ids of those whom it is about now.
    pub fn on_officials(&self) -> Result<Vec<(Note, Vec<String>)>, StoreError> {
        let register = OfficialsRegister { store: self.store };
        let notes = self.read("WHERE about = 'official' ORDER BY no", params![])?;
        let with_ids = |note: Note| {
            let ids = register.noted_ids(&note)?;
            Ok((note, ids))
        };
        notes.into_iter().map(with_ids).collect()
    }

    fn of_number(&self, number: i64) -> Result<Option<Note>, StoreError> {
        Ok(self.read("WHERE no = ?1", params![number])?.pop())
    }

    /// What the notes with all words of the phrase are about: ids of reports, and ids of officials.
    pub fn subjects_with(&self, phrase: &QueryPhrase) -> Result<(Vec<String>, Vec<String>), StoreError> {
        let (mut reports, mut officials) = (Vec::new(), Vec::new());
        let register = OfficialsRegister { store: self.store };
        for note in self.all()?.into_iter().filter(|note| note.has_words(phrase)) {
            match note.report() {
                Some(report) => reports.push(report.to_owned()),
                None => officials.extend(register.noted_ids(&note)?),
            }
        }
        for ids in [&mut reports, &mut officials] {
            ids.sort_unstable();
            ids.dedup();
        }
        Ok((reports, officials))
    }

    /// The number of notes.
    pub fn count(&self) -> Result<usize, StoreError> {
        if !self.has_table()? {
            return Ok(0);
        }
        let count: i64 = self
            .store
            .db
            .query_row("SELECT count(*) FROM user.note", [], |row| row.get(0))
            .map_err(StoreError::when("read"))?;
        Ok(count as usize)
    }

    fn read(&self, which: &str, args: &[&dyn rusqlite::ToSql]) -> Result<Vec<Note>, StoreError> {
        if !self.has_table()? {
            return Ok(Vec::new());
        }
        self.store
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM user.note {which}"))
            .and_then(|mut s| s.query_map(args, note)?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Whether there are notes at all: a file of before that can only be read has no such table.
    fn has_table(&self) -> Result<bool, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT 1 FROM user.sqlite_schema WHERE type = 'table' AND name = 'note'")
            .and_then(|mut s| s.query_row([], |_| Ok(())).optional())
            .map(|found| found.is_some())
            .map_err(StoreError::when("read"))
    }
}

/// Reads `COLUMNS`. What is about nothing that this program knows is about the report.
fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    let (about, report): (String, Option<String>) = (row.get(1)?, row.get(2)?);
    let (official, quote): (Option<String>, String) = (row.get(3)?, row.get(6)?);
    let (start, end): (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
    let report = report.unwrap_or_default();
    let subject = match (about.as_str(), official, start.zip(end)) {
        ("official", Some(id), _) => NoteSubject::Official { id, name: quote, places: unpack_places(&report) },
        ("passage", _, Some((start, end))) if 0 <= start && start <= end => {
            NoteSubject::Passage { report, span: Span::new(start as usize, end as usize), quote }
        }
        _ => NoteSubject::Report { report, title: quote },
    };
    Ok(Note { number: Some(row.get(0)?), subject, text: row.get(7)?, made: row.get(8)?, changed: row.get(9)? })
}

/// The places of a note on an official, as they are kept: `report:byte` for each. `None` if there are none.
pub(super) fn pack_places(places: &[Place]) -> Option<String> {
    let packed: Vec<String> = places.iter().map(|place| format!("{}:{}", place.report, place.at)).collect();
    (!packed.is_empty()).then(|| packed.join(" "))
}

fn unpack_places(packed: &str) -> Vec<Place> {
    let place = |one: &str| {
        let (report, at) = one.rsplit_once(':')?;
        Some(Place { report: report.into(), at: at.parse().ok()? })
    };
    packed.split(' ').filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(report: &str, start: usize, text: &str) -> Note {
        let span = Span::new(start, start + 3);
        let subject = NoteSubject::Passage { report: report.to_owned(), span, quote: "hội".to_owned() };
        Note { text: text.to_owned(), ..Note::new(subject) }
    }

    #[test]
    fn a_note_is_saved_changed_removed_and_each_step_is_undone() {
        let store = Store::in_memory().unwrap();
        let notes = store.notes();
        let first = notes.change(NoteChange::Put(passage("a", 9, "một"))).unwrap();
        notes.change(NoteChange::Put(passage("a", 2, "hai"))).unwrap();
        let saved = first.now.unwrap();
        let texts = |report: &str| notes.of_report(report).unwrap().into_iter().map(|n| n.text).collect::<Vec<_>>();
        assert_eq!(texts("a"), ["hai", "một"], "in the order of the text");
        let changed = notes.change(NoteChange::Put(Note { text: "một, sửa".to_owned(), ..saved.clone() })).unwrap();
        assert_eq!(texts("a"), ["hai", "một, sửa"]);
        let removed = notes.change(NoteChange::Remove(saved.number.unwrap())).unwrap();
        assert_eq!((texts("a"), removed.now.clone()), (vec!["hai".to_owned()], None));
        for (undo, left) in
            [(removed.undo, &["hai", "một, sửa"][..]), (changed.undo, &["hai", "một"]), (first.undo, &["hai"])]
        {
            notes.change(undo.unwrap()).unwrap();
            assert_eq!(texts("a"), left);
        }
    }

    #[test]
    fn a_note_on_an_official_and_one_on_a_report_are_found_by_their_words() {
        let store = Store::in_memory().unwrap();
        let on = |subject, text: &str| Note { text: text.to_owned(), ..Note::new(subject) };
        let official = NoteSubject::Official {
            id: "0a".into(),
            name: "Lã Khắc Hùng".into(),
            places: vec![Place { report: "b".into(), at: 7 }, Place { report: "c".into(), at: 0 }],
        };
        let report = NoteSubject::Report { report: "b".into(), title: "Tổng kết".into() };
        for note in [on(official.clone(), "xem lại"), on(report, "đã đối chiếu")] {
            store.notes().change(NoteChange::Put(note)).unwrap();
        }
        // By each id of the name, and with the places as they were.
        for id in ["0a", "0a-1c2d"] {
            let notes = store.notes().of_name(id).unwrap();
            assert_eq!(notes.iter().map(|note| &note.subject).collect::<Vec<_>>(), [&official]);
        }
        assert!(store.notes().of_name("0").unwrap().is_empty());
        assert_eq!(store.notes().of_report("b").unwrap().len(), 1, "the places are no reports that it is about");
        let found = |words: &str| {
            let phrase = QueryPhrase::new(words, true).unwrap();
            store.notes().all().unwrap().iter().filter(|note| note.has_words(&phrase)).count()
        };
        assert_eq!((found("doi chieu"), found("hùng"), found("hưng")), (1, 1, 0));
    }

    #[test]
    fn a_note_of_more_than_a_megabyte_is_refused_with_its_size() {
        let store = Store::in_memory().unwrap();
        let full = passage("a", 0, &"x".repeat(LONGEST_NOTE));
        assert!(store.notes().change(NoteChange::Put(full)).is_ok());
        let long = passage("a", 0, &"x".repeat(LONGEST_NOTE + 1));
        let said = store.notes().change(NoteChange::Put(long)).unwrap_err().to_string();
        assert!(said.contains("1048577"), "{said}");
        assert_eq!(store.notes().count().unwrap(), 1);
    }
}
