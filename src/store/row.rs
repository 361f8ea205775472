//! A report as a row of a list, out of the cache: which columns it takes and how they are read.

use super::{ListRow, encoding};
use crate::report::ReportKind;

/// The columns of a row, from `report r` with the reader's marks `m` beside it; the number of the body comes first.
pub(super) const COLUMNS: &str = "r.body, r.id, r.title, r.day, r.kind, r.period, r.unit, r.source,
    coalesce(m.read, 0), coalesce(m.starred, 0), r.stated FROM report r LEFT JOIN user.mark m ON m.report = r.id";

impl ListRow {
    /// The day of the event; where the text gives none, `~` and the month that its page or its period states; nothing where
    /// none of them does.
    pub fn when(&self) -> Option<String> {
        let about = || self.stated.map(|day| format!("~{:04}-{:02}", day.year(), day.month()));
        self.day.map(|day| day.to_string()).or_else(about)
    }
}

/// Reads the columns: the number of the body, and the row without its people and its line of text.
pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, ListRow)> {
    let (kind, day): (String, Option<String>) = (row.get(4)?, row.get(3)?);
    let stated: Option<String> = row.get(10)?;
    let read = ListRow {
        id: row.get(1)?,
        title: row.get(2)?,
        day: encoding::unpack_day(day.as_deref()),
        stated: encoding::unpack_day(stated.as_deref()),
        kind: ReportKind::from_name(&kind).unwrap_or_default(),
        period: row.get(5)?,
        unit: row.get(6)?,
        source: row.get(7)?,
        people: Vec::new(),
        read: row.get(8)?,
        starred: row.get(9)?,
        snippet: None,
    };
    Ok((row.get(0)?, read))
}
