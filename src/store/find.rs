//! Lists: a window of the rows that answer a filter, and how many there are.

use super::{Error, Found, Row, Sort, Store, pack};
use crate::report::Kind;
use crate::search::filter::Filter;
use rusqlite::params;

impl Store {
    /// The rows that answer `filter`: `limit` of them from `offset` on, and the counts.
    pub fn find(&self, _filter: &Filter, sort: Sort, offset: usize, limit: usize) -> Result<Found, Error> {
        let when = Error::when("read");
        let order = match sort {
            Sort::Date | Sort::Relevance => "r.row DESC",
            Sort::Added => "r.body DESC",
            Sort::Title => "r.title, r.row DESC",
            Sort::Unit => "r.unit, r.row DESC",
        };
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT r.row, r.id, r.title, r.day, r.kind, r.period, r.unit, r.source,
                        coalesce(m.read, 0), coalesce(m.starred, 0)
                 FROM report r LEFT JOIN user.mark m ON m.report = r.id ORDER BY {order} LIMIT ?1 OFFSET ?2"
            ))
            .map_err(&when)?;
        let rows = statement
            .query_map(params![limit as i64, offset as i64], |row| {
                let kind: String = row.get(4)?;
                let day: Option<String> = row.get(3)?;
                Ok((
                    row.get::<_, i64>(0)?,
                    Row {
                        id: row.get(1)?,
                        title: row.get(2)?,
                        day: pack::unpack_day(day.as_deref()),
                        kind: Kind::from_name(&kind).unwrap_or_default(),
                        period: row.get(5)?,
                        unit: row.get(6)?,
                        source: row.get(7)?,
                        people: Vec::new(),
                        read: row.get(8)?,
                        starred: row.get(9)?,
                        snippet: None,
                    },
                ))
            })
            .map_err(&when)?;
        let mut found = Found { offset, ..Found::default() };
        for row in rows {
            let (number, mut row) = row.map_err(&when)?;
            row.people = self.people_of(number)?;
            found.rows.push(row);
        }
        let count = "SELECT count(*) FROM report";
        found.all = self.db.prepare_cached(count).and_then(|mut s| s.query_row([], |row| row.get(0))).map_err(&when)?;
        found.total = found.all;
        Ok(found)
    }

    /// The names of a report's people, in order.
    pub(super) fn people_of(&self, row: i64) -> Result<Vec<String>, Error> {
        self.db
            .prepare_cached("SELECT name FROM person WHERE report = ?1 ORDER BY place")
            .and_then(|mut s| s.query_map([row], |row| row.get(0))?.collect())
            .map_err(Error::when("read"))
    }
}
