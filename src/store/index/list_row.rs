//! A report as a row of a list: which columns it takes, how they are read, and the rows of known numbers.

use super::ReportIndex;
use crate::report::{Day, ReportKind};
use crate::store::{StoreError, cell_encoding};
use rusqlite::OptionalExtension;

/// One report in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    pub id: String,
    pub title: String,
    /// Day of the event, if the text gives it.
    pub day: Option<Day>,
    /// That day, else the one that its page or its period states.
    pub stated: Option<Day>,
    pub kind: ReportKind,
    /// Its period, as printed by `Period`.
    pub period: Option<String>,
    pub unit: Option<String>,
    pub source: String,
    pub read: bool,
    pub starred: bool,
    /// Words around the first hit in the text. `None` until `ReportIndex::add_snippets` is called.
    pub snippet: Option<String>,
}

/// The columns of a row, from `report r` joined with the reader's marks `m`; the number of the body comes first.
pub(super) const COLUMNS: &str = "r.body, r.id, r.title, r.day, r.kind, r.period, r.unit, r.source,
    coalesce(m.read, 0), coalesce(m.starred, 0), r.stated FROM report r LEFT JOIN user.mark m ON m.report = r.id";

impl ListRow {
    /// The day of the event; if the text gives none, `~` and the month that its page or its period states; `None` if
    /// neither does.
    pub fn when(&self) -> Option<String> {
        let about = || self.stated.map(|day| format!("~{:04}-{:02}", day.year(), day.month()));
        self.day.map(|day| day.to_string()).or_else(about)
    }
}

/// Reads `COLUMNS`: the number of the body, and the row without a snippet.
pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, ListRow)> {
    let (kind, day): (String, Option<String>) = (row.get(4)?, row.get(3)?);
    let stated: Option<String> = row.get(10)?;
    let read = ListRow {
        id: row.get(1)?,
        title: row.get(2)?,
        day: cell_encoding::unpack_day(day.as_deref()),
        stated: cell_encoding::unpack_day(stated.as_deref()),
        kind: ReportKind::from_name(&kind).unwrap_or_default(),
        period: row.get(5)?,
        unit: row.get(6)?,
        source: row.get(7)?,
        read: row.get(8)?,
        starred: row.get(9)?,
        snippet: None,
    };
    Ok((row.get(0)?, read))
}

impl ReportIndex<'_> {
    /// The rows of the newest reports, at most `limit`, in the order of the unfiltered list. One statement that stops
    /// early in a cache of any size: the first screen waits for nothing else.
    pub fn newest(&self, limit: usize) -> Result<Vec<ListRow>, StoreError> {
        self.store
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} ORDER BY r.row DESC LIMIT ?1"))
            .and_then(|mut s| s.query_map([limit as i64], |row| Ok(read(row)?.1))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Rows by number, in the order of the numbers. Reports that are gone are left out.
    pub(super) fn rows_of(&self, numbers: &[i64]) -> Result<Vec<ListRow>, StoreError> {
        let when = StoreError::when("read");
        let mut statement =
            self.store.db.prepare_cached(&format!("SELECT {COLUMNS} WHERE r.row = ?1")).map_err(&when)?;
        let mut out = Vec::with_capacity(numbers.len());
        for number in numbers {
            let found: Option<(i64, ListRow)> =
                statement.query_map([number], read).and_then(|mut rows| rows.next().transpose()).map_err(&when)?;
            let Some((_, row)) = found else { continue };
            out.push(row);
        }
        Ok(out)
    }

    /// The ids of reports by row number, in the order of the numbers.
    pub(super) fn ids_of(&self, numbers: &[i64]) -> Result<Vec<String>, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self.store.db.prepare_cached("SELECT id FROM report WHERE row = ?1").map_err(&when)?;
        let id = |number: &i64| statement.query_row([number], |row| row.get(0)).optional().transpose();
        numbers.iter().filter_map(id).collect::<Result<_, _>>().map_err(when)
    }

    /// The names of the people of the report of that id, in the order of the report.
    pub fn people_of(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let Some((_, row)) = self.store.cache().numbers_of(id)? else { return Ok(Vec::new()) };
        self.store
            .db
            .prepare_cached("SELECT name FROM person WHERE report = ?1 ORDER BY place")
            .and_then(|mut s| s.query_map([row], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }
}
