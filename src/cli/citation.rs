//! The proof of every fact given to programs: report, day, address and the sentence itself. In JSON each place of an
//! answer carries it, in CSV each row ends with it.

use super::csv;
use super::exit_status::Failure;
use crate::officials::Place;
use crate::report::{Dated, dated};
use crate::store::{ReportOrigin, Store};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The sentence that proves a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CitedSentence {
    /// The report's id.
    pub report: String,
    /// Where the report stands in time.
    #[serde(flatten, serialize_with = "dated::json::date")]
    pub date: Option<Dated>,
    /// Its address, else its file.
    pub source: String,
    /// The sentence, in one line.
    pub sentence: String,
}

impl CitedSentence {
    /// The headings of `cells`.
    pub const COLUMNS: [&'static str; 5] = ["report_date_inferred", "report", "report_date", "source", "sentence"];

    /// The proof of what stands at a place.
    pub fn of(store: &Store, place: &Place) -> Result<Self, Failure> {
        CitationFinder::new(store).of(place)
    }

    /// The last cells of a row.
    pub fn cells(&self) -> [String; 5] {
        let (date, inferred) = csv::when_cells(self.date);
        [inferred.to_owned(), self.report.clone(), date, self.source.clone(), self.sentence.clone()]
    }
}

/// Finds proofs; each report's head is looked up once.
pub struct CitationFinder<'a> {
    store: &'a Store,
    heads: HashMap<String, Option<ReportOrigin>>,
}

impl<'a> CitationFinder<'a> {
    /// Of what stands in that cache.
    pub fn new(store: &'a Store) -> Self {
        Self { store, heads: HashMap::new() }
    }

    /// The proof of what stands at a place.
    pub fn of(&mut self, place: &Place) -> Result<CitedSentence, Failure> {
        if !self.heads.contains_key(&place.report) {
            self.heads.insert(place.report.clone(), self.store.cache().origin_of(&place.report)?);
        }
        let head = self.heads.get(&place.report).cloned().flatten();
        Ok(CitedSentence {
            report: place.report.clone(),
            date: head.as_ref().map(|head| head.when),
            source: head.map(|head| head.source).unwrap_or_default(),
            sentence: self.store.cache().sentence(place)?.unwrap_or_default(),
        })
    }

    /// `answer` as JSON in which every place carries its report's day and address and the sentence.
    pub fn proved(&mut self, answer: &impl Serialize) -> Result<Value, Failure> {
        let no_json = |why: serde_json::Error| Failure::some(format!("no JSON could be made: {why}"));
        let mut value = serde_json::to_value(answer).map_err(no_json)?;
        self.prove_within(&mut value)?;
        Ok(value)
    }

    fn prove_within(&mut self, value: &mut Value) -> Result<(), Failure> {
        match value {
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.prove_within(item)),
            Value::Object(fields) => match place_of(fields) {
                Some(place) => {
                    let proof = self.of(&place)?;
                    fields
                        .insert("date".to_owned(), proof.date.map_or(Value::Null, |date| date.day.to_string().into()));
                    fields.insert("date_inferred".to_owned(), proof.date.is_some_and(Dated::is_inferred).into());
                    fields.insert("source".to_owned(), proof.source.into());
                    fields.insert("sentence".to_owned(), proof.sentence.into());
                    Ok(())
                }
                None => fields.values_mut().try_for_each(|field| self.prove_within(field)),
            },
            _ => Ok(()),
        }
    }
}

/// The place that a JSON object is, if it is one: a report and a byte, and nothing else.
fn place_of(fields: &Map<String, Value>) -> Option<Place> {
    let report = fields.get("report")?.as_str()?.to_owned();
    let at = fields.get("at")?.as_u64()? as usize;
    (fields.len() == 2).then_some(Place { report, at })
}
