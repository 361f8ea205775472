//! The citation behind every fact that is printed for programs: report, day, address and the sentence itself. In JSON,
//! every place in the output is extended by it; in CSV, every row ends with it.

use super::csv;
use super::exit_status::Failure;
use crate::officials::Place;
use crate::report::{Dated, dated};
use crate::store::{ReportOrigin, Store};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The citation of one fact. Empty if the fact has no place in a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CitedSentence {
    /// The id of the cited report.
    pub report: String,
    /// The day by which the report is sorted.
    #[serde(flatten, serialize_with = "dated::json::date")]
    pub date: Option<Dated>,
    /// The report's address, else the name of its file.
    pub source: String,
    /// The sentence around the place, on one line.
    pub sentence: String,
}

impl CitedSentence {
    /// The CSV headings of `cells`.
    pub const COLUMNS: [&'static str; 5] = ["report_date_inferred", "report", "report_date", "source", "sentence"];

    /// Cites one place. For several places keep a `CitationFinder`.
    pub fn of(store: &Store, place: &Place) -> Result<Self, Failure> {
        CitationFinder::new(store).of(place)
    }

    /// The last CSV cells of a row, in the order of `COLUMNS`.
    pub fn cells(&self) -> [String; 5] {
        let (date, inferred) = csv::when_cells(self.date);
        [inferred.to_owned(), self.report.clone(), date, self.source.clone(), self.sentence.clone()]
    }
}

/// Makes citations. The date and source of each report are read from the cache once and kept here.
pub struct CitationFinder<'a> {
    store: &'a Store,
    /// By report id; `None` if the cache has no such report.
    heads: HashMap<String, Option<ReportOrigin>>,
}

impl<'a> CitationFinder<'a> {
    /// Makes a finder without any report looked up yet.
    pub fn new(store: &'a Store) -> Self {
        Self { store, heads: HashMap::new() }
    }

    /// Cites one place. If its report is not in the cache, date, source and sentence are empty.
    pub fn of(&mut self, place: &Place) -> Result<CitedSentence, Failure> {
        if !self.heads.contains_key(&*place.report) {
            self.heads.insert(place.report.as_ref().to_owned(), self.store.cache().origin_of(&place.report)?);
        }
        let head = self.heads.get(&*place.report).cloned().flatten();
        Ok(CitedSentence {
            report: place.report.as_ref().to_owned(),
            date: head.as_ref().and_then(|head| head.when),
            source: head.map(|head| head.source).unwrap_or_default(),
            sentence: self.store.cache().sentence(place)?.unwrap_or_default(),
        })
    }

    /// Converts `answer` to JSON and extends every place in it, however deep, by its citation:
    ///
    /// ```text
    /// {"report": "3f2a…", "at": 120}  ->  {"report": "3f2a…", "at": 120, "date": "2018-01-05",
    ///                                      "date_inferred": false, "source": "https://…", "sentence": "…"}
    /// ```
    ///
    /// It works on the JSON value, because then no type that contains a `Place` needs a second, cited form.
    pub fn with_citations(&mut self, answer: &impl Serialize) -> Result<Value, Failure> {
        let no_json = |why: serde_json::Error| Failure::some(format!("no JSON could be made: {why}"));
        let mut value = serde_json::to_value(answer).map_err(no_json)?;
        self.cite_within(&mut value)?;
        Ok(value)
    }

    fn cite_within(&mut self, value: &mut Value) -> Result<(), Failure> {
        match value {
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.cite_within(item)),
            Value::Object(fields) => match place_of(fields) {
                Some(place) => {
                    let proof = self.of(&place)?;
                    fields.insert("date".to_owned(), proof.date.map_or(Value::Null, |date| date.iso().into()));
                    fields.insert("date_inferred".to_owned(), proof.date.is_some_and(Dated::is_inferred).into());
                    fields.insert("source".to_owned(), proof.source.into());
                    fields.insert("sentence".to_owned(), proof.sentence.into());
                    Ok(())
                }
                None => fields.values_mut().try_for_each(|field| self.cite_within(field)),
            },
            _ => Ok(()),
        }
    }
}

/// Returns the place that a JSON object is; `None` unless its keys are exactly `report` and `at`. Only `Place` is
/// serialized like this; another type with just these two keys would be cited too.
fn place_of(fields: &Map<String, Value>) -> Option<Place> {
    let report = fields.get("report")?.as_str()?.to_owned();
    let at = fields.get("at")?.as_u64()? as usize;
    (fields.len() == 2).then_some(Place { report: report.into(), at })
}
