//! What the reader did with reports, for their JSON: marks, tags, date, marked places, notes, and decisions about their
//! people. Places and decisions are kept by letter and by name; they are read once and sorted by report here. So are
//! notes, because one on an official is carried by a report that names them.

use super::exit_status::Failure;
use super::report_json::{DaysJson, MarksJson};
use crate::report::{RestoredDecision, RestoredNote, RestoredPlace};
use crate::store::{Note, NoteSubject, Store};
use std::collections::HashMap;

/// The reader's marks on all reports of a cache.
pub struct ReportMarks<'a> {
    store: &'a Store,
    /// By report, in order of the letters.
    places: HashMap<String, Vec<RestoredPlace>>,
    /// By report, each decision with both of its reports; sorted, so that equal caches give equal JSON.
    decisions: HashMap<String, Vec<RestoredDecision>>,
    /// By report, the oldest first.
    notes: HashMap<String, Vec<RestoredNote>>,
}

impl<'a> ReportMarks<'a> {
    /// Reads the places and decisions in force.
    pub fn read(store: &'a Store) -> Result<Self, Failure> {
        let mut places: HashMap<String, Vec<RestoredPlace>> = HashMap::new();
        for (letter, report, byte) in store.marks().places()? {
            places.entry(report).or_default().push(RestoredPlace { letter, byte });
        }
        let mut decisions: HashMap<String, Vec<RestoredDecision>> = HashMap::new();
        for decided in store.register()?.decisions()? {
            for (one, other) in [(&decided.this, &decided.that), (&decided.that, &decided.this)] {
                decisions.entry(one.report.as_ref().to_owned()).or_default().push(RestoredDecision {
                    decision: decided.verdict,
                    name: decided.name.clone(),
                    byte: one.at,
                    other_report: other.report.as_ref().to_owned(),
                    other_byte: other.at,
                });
            }
        }
        for of_report in decisions.values_mut() {
            of_report.sort();
            of_report.dedup();
        }
        let mut notes: HashMap<String, Vec<RestoredNote>> = HashMap::new();
        let mut all = store.notes().all()?;
        all.sort_by_key(|note| (note.made, note.number));
        for note in all {
            if let Some(report) = carrier(store, &note)? {
                notes.entry(report).or_default().push(restored(note));
            }
        }
        Ok(Self { store, places, decisions, notes })
    }

    /// The marks on one report.
    pub fn of(&self, id: &str) -> Result<MarksJson, Failure> {
        let (read, starred) = self.store.marks().of(id)?;
        let (added, days) = self.store.cache().import_of(id)?.unwrap_or_default();
        Ok(MarksJson {
            read,
            starred,
            tags: self.store.marks().tags_of(id)?,
            date_set: self.store.cache().range_by_hand(id)?.map(|range| range.to_string()),
            archives: self.store.archives_of(id)?,
            added,
            day_hints: DaysJson::of(days),
            places: self.places.get(id).cloned().unwrap_or_default(),
            decisions: self.decisions.get(id).cloned().unwrap_or_default(),
            own_notes: self.notes.get(id).cloned().unwrap_or_default(),
        })
    }
}

/// The id of the report that carries a note: the one that it is about, or the first in the cache that names the
/// official. `None` if there is none.
fn carrier(store: &Store, note: &Note) -> Result<Option<String>, Failure> {
    let NoteSubject::Official { places, .. } = &note.subject else { return Ok(note.report().map(str::to_owned)) };
    for place in places {
        if store.cache().import_of(&place.report)?.is_some() {
            return Ok(Some(place.report.as_ref().to_owned()));
        }
    }
    Ok(None)
}

fn restored(note: Note) -> RestoredNote {
    let (bytes, quote) = (note.span().map(|span| [span.start, span.end]), note.quote().to_owned());
    let (official, named_at) = match note.subject {
        NoteSubject::Official { id, places, .. } => {
            (Some(id), places.iter().map(|place| (place.report.as_ref().to_owned(), place.at)).collect())
        }
        NoteSubject::Passage { .. } | NoteSubject::Report { .. } => (None, Vec::new()),
    };
    RestoredNote { bytes, official, named_at, quote, text: note.text, made: note.made, changed: note.changed }
}
