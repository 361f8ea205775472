//! Reports as CSV for spreadsheets: a row for each, newest first, with what the list knows of it and the names of its
//! people, without the text. What a cell may hold is up to `csv`.

use super::chosen_reports::ChosenReports;
use crate::cli::csv;
use crate::cli::exit_status::Failure;
use crate::cli::output::Output;
use crate::report::Day;
use crate::store::{ListRow, Store};

const COLUMNS: [&str; 10] =
    ["id", "date", "kind", "unit", "period", "title", "people", "source", "date_inferred", "published"];

/// Writes the reports that match, newest first. Returns their number.
pub fn write(out: &mut Output, store: &Store, chosen: &ChosenReports, bom: bool) -> Result<usize, Failure> {
    csv::head(out, &COLUMNS, bom)?;
    let rows = chosen.rows(store)?;
    let published = store.index().published_of(&rows)?;
    for ((row, people), published) in rows.iter().zip(store.index().people_of(&rows)?).zip(published) {
        csv::row(out, &csv_cells(row, &people, published))?;
    }
    Ok(rows.len())
}

fn csv_cells(row: &ListRow, people: &[String], published: Option<Day>) -> [String; 10] {
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
        published.map(|day| day.to_string()).unwrap_or_default(),
    ]
}
