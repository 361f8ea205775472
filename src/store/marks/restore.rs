//! The reader's marks of reports that come from an export: they are added to those that there are, in one transaction
//! of the file of marks. What the reader has marked, dated or decided here stays.

use super::ReaderMarks;
use crate::officials::Place;
use crate::officials::decision::Decision;
use crate::report::{RestoredDecision, RestoredFields, RestoredNote, Span};
use crate::search::date::DayRange;
use crate::store::{Note, NoteSubject, StoreError, register};

impl ReaderMarks<'_> {
    /// Adds the marks of reports, each with its id. To be called before the reports are saved, which their dates date.
    /// Does nothing if the file of marks can only be read: the texts matter more.
    pub fn restore(&self, reports: &[(&str, &RestoredFields)]) -> Result<(), StoreError> {
        if reports.is_empty() || self.store.location.user_read_only.is_some() {
            return Ok(());
        }
        self.store.db.execute_batch("BEGIN").map_err(StoreError::when("written"))?;
        let done = reports.iter().try_for_each(|(id, restored)| self.restore_one(id, restored));
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = self.store.db.execute_batch(end).map_err(StoreError::when("written"));
        done.and(ended)?;
        let decisions =
            reports.iter().flat_map(|(id, restored)| restored.decisions.iter().map(|one| decision(id, one)));
        register::add_decisions(self.store, decisions.collect())
    }

    fn restore_one(&self, id: &str, restored: &RestoredFields) -> Result<(), StoreError> {
        if restored.read {
            self.set_read(id, true)?;
        }
        if restored.starred {
            self.set_starred(id, true)?;
        }
        for tag in &restored.tags {
            self.set_tag(id, tag, true)?;
        }
        for place in &restored.places {
            let (letter, byte) = (place.letter.to_string(), place.byte as i64);
            self.run_user(
                "INSERT OR IGNORE INTO user.place (letter, report, at) VALUES (?1, ?2, ?3)",
                &[&letter, &id, &byte],
            )?;
        }
        for one in &restored.notes {
            self.store.notes().restore(&note(id, one))?;
        }
        match restored.date_set.as_deref().and_then(DayRange::parse) {
            Some(date) => self
                .run_user("INSERT OR IGNORE INTO user.dated (report, date) VALUES (?1, ?2)", &[&id, &date.to_string()]),
            None => Ok(()),
        }
    }
}

/// The decision as the register has it; `report` is the id of the report that carries it.
fn decision(report: &str, restored: &RestoredDecision) -> Decision {
    Decision {
        verdict: restored.decision,
        name: restored.name.clone(),
        this: Place { report: report.into(), at: restored.byte },
        that: Place { report: restored.other_report.as_str().into(), at: restored.other_byte },
    }
}

/// The note; `report` is the id of the report that carries it.
fn note(report: &str, restored: &RestoredNote) -> Note {
    let (report, quote) = (report.to_owned(), restored.quote.clone());
    let subject = match (&restored.official, restored.bytes) {
        (Some(id), _) => {
            let place = |(report, at): &(String, usize)| Place { report: report.as_str().into(), at: *at };
            NoteSubject::Official { id: id.clone(), name: quote, places: restored.named_at.iter().map(place).collect() }
        }
        (None, Some([start, end])) if start <= end => {
            NoteSubject::Passage { report, span: Span::new(start, end), quote }
        }
        (None, _) => NoteSubject::Report { report, title: quote },
    };
    Note { number: None, subject, text: restored.text.clone(), made: restored.made, changed: restored.changed }
}
