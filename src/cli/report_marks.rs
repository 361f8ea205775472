//! What the reader did with reports, for their JSON: marks, tags, date, marked places, and decisions about their
//! people. Places and decisions are kept by letter and by name; they are read once and sorted by report here.

use super::exit_status::Failure;
use super::report_json::{DaysJson, MarksJson};
use crate::report::{RestoredDecision, RestoredPlace};
use crate::store::Store;
use std::collections::HashMap;

/// The reader's marks on all reports of a cache.
pub struct ReportMarks<'a> {
    store: &'a Store,
    /// By report, in order of the letters.
    places: HashMap<String, Vec<RestoredPlace>>,
    /// By report, each decision with both of its reports; sorted, so that equal caches give equal JSON.
    decisions: HashMap<String, Vec<RestoredDecision>>,
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
        Ok(Self { store, places, decisions })
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
        })
    }
}
