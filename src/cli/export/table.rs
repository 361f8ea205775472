//! Reports as CSV for spreadsheets: a row for each, newest first, with what the list knows of it and the names of its
//! people, without the text. What a cell may hold is up to `csv`.

use super::chosen_reports::ChosenReports;
use crate::cli::csv;
use crate::cli::exit_status::Failure;
use crate::cli::output::Output;
use crate::store::{ListRow, Store};

const COLUMNS: [&str; 9] = ["id", "date", "kind", "unit", "period", "title", "people", "source", "date_inferred"];

/// Writes the reports that match, newest first. Returns their number.
pub fn write(out: &mut Output, store: &Store, chosen: &ChosenReports, bom: bool) -> Result<usize, Failure> {
    csv::head(out, &COLUMNS, bom)?;
    let rows = chosen.rows(store)?;
    for (row, people) in rows.iter().zip(store.index().people_of(&rows)?) {
        csv::row(out, &csv_cells(row, &people))?;
    }
    Ok(rows.len())
}

fn csv_cells(row: &ListRow, people: &[String]) -> [String; 9] {
    let (date, inferred) = csv::when_cells(row.day);
    [
        row.id.clone(),
        date,
        row.kind.name().to_owned(),
        row.unit.clone().unwrap_or_default(),
        row.period.clone().unwrap_or_default(),
        row.title.clone(),
        people.join("; "),
        row.source.clone(),
        inferred.to_owned(),
    ]
}
