//! The newest reports, before anything is counted: what the first screen of the reader shows. One statement that stops
//! after so many rows, whatever the size of the cache.

use super::{Error, Row, Store, pack};
use crate::report::Kind;

impl Store {
    /// The rows of the newest reports, at most so many, in the order of the unfiltered list. The names of their people are
    /// left out.
    pub fn newest(&self, limit: usize) -> Result<Vec<Row>, Error> {
        let read = |row: &rusqlite::Row<'_>| {
            let (kind, day): (String, Option<String>) = (row.get(3)?, row.get(2)?);
            Ok(Row {
                id: row.get(0)?,
                title: row.get(1)?,
                day: pack::unpack_day(day.as_deref()),
                kind: Kind::from_name(&kind).unwrap_or_default(),
                period: row.get(4)?,
                unit: row.get(5)?,
                source: row.get(6)?,
                people: Vec::new(),
                read: row.get(7)?,
                starred: row.get(8)?,
                snippet: None,
            })
        };
        self.db
            .prepare_cached(
                "SELECT r.id, r.title, r.day, r.kind, r.period, r.unit, r.source, coalesce(m.read, 0), coalesce(m.starred, 0)
                 FROM report r LEFT JOIN user.mark m ON m.report = r.id ORDER BY r.row DESC LIMIT ?1",
            )
            .and_then(|mut s| s.query_map([limit as i64], read)?.collect())
            .map_err(Error::when("read"))
    }

    /// How many officials there are.
    pub fn how_many_officials(&self) -> Result<usize, Error> {
        self.db
            .prepare_cached("SELECT count(*) FROM official")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(Error::when("read"))
    }
}
