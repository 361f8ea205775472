//! What stands behind a row of an export: report, day, address and the sentence itself; and the cells of a CSV.

use super::export::csv_cell;
use super::out::{Failure, Out};
use crate::officials::Place;
use crate::report::Day;
use crate::store::Store;
use serde::Serialize;

/// The sentence that proves a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The report's id.
    pub report: String,
    /// Where the report stands in time.
    pub date: Option<Day>,
    /// Its address, else its file.
    pub source: String,
    /// The sentence, in one line.
    pub sentence: String,
}

impl Proof {
    /// The headings of `cells`.
    pub const COLUMNS: [&'static str; 4] = ["report", "report_date", "source", "sentence"];

    /// The proof of what stands at a place.
    pub fn of(store: &Store, place: &Place, date: Option<Day>) -> Result<Self, Failure> {
        Ok(Self {
            report: place.report.clone(),
            date,
            source: store.source_of(&place.report)?.unwrap_or_default(),
            sentence: store.sentence(place)?.unwrap_or_default(),
        })
    }

    /// The last cells of a row.
    pub fn cells(&self) -> [String; 4] {
        let date = self.date.map(|day| day.to_string()).unwrap_or_default();
        [self.report.clone(), date, self.source.clone(), self.sentence.clone()]
    }
}

/// Begins a CSV: the byte order mark on request, then the headings.
pub fn csv_head(out: &mut Out, columns: &[&str], bom: bool) -> Result<(), Failure> {
    let all: Vec<&str> = columns.iter().copied().chain(Proof::COLUMNS).collect();
    out.write(&[if bom { "\u{feff}" } else { "" }, &all.join(","), "\r\n"])
}

/// A row of a CSV with its proof.
pub fn csv_row(out: &mut Out, cells: &[&str], proof: &Proof) -> Result<(), Failure> {
    let mut all: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
    all.extend(proof.cells().iter().map(|cell| csv_cell(cell)));
    out.write(&[&all.join(","), "\r\n"])
}
