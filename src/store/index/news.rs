//! The reports that came into the cache since a moment, with what they say of people and what was known of these
//! before: the input of a digest.

use super::{ReportIndex, Sort, dated_row_numbers};
use crate::digest::{KnownOfficial, NewReport, NewStatement, SeenBefore};
use crate::officials::PersonStatement;
use crate::report::{Day, ReportKind};
use crate::search::filter::Filter;
use crate::store::official_of_person::official_of;
use crate::store::person_partition::{OF_REPORT, is_of_name};
use crate::store::{ImportPosition, SeenBy, StoreError, cell_encoding};
use rusqlite::params;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicBool;

/// The moment since which reports are new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsSince {
    /// All of them are.
    Beginning,
    Position(ImportPosition),
    /// This second, since 1970.
    Second(i64),
}

impl NewsSince {
    /// The first second of a day here; `None` beyond the calendar.
    pub fn first_second(day: Day) -> Option<i64> {
        cell_encoding::first_second(day)
    }

    /// The day here at a second since 1970; `None` beyond the calendar.
    pub fn day_of_second(second: i64) -> Option<Day> {
        cell_encoding::day_of_second(second)
    }

    /// The condition on `report`.
    fn sql(self) -> String {
        match self {
            Self::Beginning => "1".to_owned(),
            Self::Position(position) => position.sql(),
            Self::Second(second) => format!("added >= {second}"),
        }
    }
}

impl ReportIndex<'_> {
    /// Whether anything came since the reader was last used. Two look-ups in an index.
    pub fn has_new(&self) -> Result<bool, StoreError> {
        let Some(position) = self.store.marks().seen(SeenBy::Reader)? else { return Ok(false) };
        self.store
            .db
            .prepare(&format!("SELECT EXISTS (SELECT 1 FROM report WHERE {})", position.sql()))
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }

    /// Calls `each` for every report that matches and came since, newest first, and returns the position up to which
    /// that is all: what comes later is told next time. Officials are brought up to date first.
    pub fn each_new_report(
        &self,
        filter: &Filter,
        since: NewsSince,
        each: &mut dyn FnMut(&NewReport),
    ) -> Result<ImportPosition, StoreError> {
        if self.store.read_only().is_none() {
            self.store.register()?;
        }
        self.in_one_snapshot(|| {
            let position = self.store.cache().import_position()?;
            let when = StoreError::when("read");
            let new: HashSet<i64> = self
                .store
                .db
                .prepare(&format!("SELECT row FROM report WHERE {}", since.sql()))
                .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
                .map_err(when)?;
            if new.is_empty() {
                return Ok(position);
            }
            let rows = self.list(filter, Sort::Date, &AtomicBool::new(false), |rows| {
                rows.iter().copied().filter(|row| new.contains(row)).collect::<Vec<_>>()
            })?;
            let mut before = HashMap::new();
            for listed in rows.chunks(256) {
                for row in self.rows_of(listed)? {
                    let people = self.new_statements(row.number, since, &mut before)?;
                    let kind: ReportKind = row.kind;
                    let (id, title, day, unit, source) = (row.id, row.title, row.day, row.unit, row.source);
                    each(&NewReport { id, title, day, kind, unit, source, people });
                }
            }
            Ok(position)
        })
    }

    /// What the report at `row` says of people. `before` remembers what was known of officials.
    fn new_statements(
        &self,
        row: i64,
        since: NewsSince,
        before: &mut HashMap<String, SeenBefore>,
    ) -> Result<Vec<NewStatement>, StoreError> {
        // An entry of a name without a sign is nobody in particular.
        let rows: Vec<(String, Option<String>, i64)> = self
            .store
            .db
            .prepare_cached(&format!(
                "SELECT p.said, o.id, p.name_no FROM person p LEFT JOIN official o ON o.id = {} AND o.has_sign
                 WHERE {OF_REPORT} ORDER BY p.place",
                official_of("p")
            ))
            .and_then(|mut s| s.query_map([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect())
            .map_err(StoreError::when("read"))?;
        let mut out = Vec::with_capacity(rows.len());
        for (said, official, name_no) in rows {
            let Some(said) = PersonStatement::from_json(&said) else { continue };
            let official = match official {
                None => None,
                Some(id) => {
                    let known = match before.get(&id) {
                        Some(known) => *known,
                        None => self.seen_before(&id, name_no, since)?,
                    };
                    before.insert(id.clone(), known);
                    Some(KnownOfficial { id, before: known })
                }
            };
            out.push(NewStatement { said, official });
        }
        Ok(out)
    }

    /// Whether reports that are not new name an official, and the newest day of these.
    fn seen_before(&self, official: &str, name_no: i64, since: NewsSince) -> Result<SeenBefore, StoreError> {
        let sql = format!(
            "SELECT max(r.row), r.date_code FROM person p JOIN report r ON r.row = p.report
             WHERE {} AND {} = ?2 AND NOT {}",
            is_of_name("?1"),
            official_of("p"),
            since.sql()
        );
        let (row, date_code): (Option<i64>, u8) = self
            .store
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| {
                s.query_row(params![name_no, official], |row| Ok((row.get(0)?, row.get::<_, Option<u8>>(1)?)))
            })
            .map(|(row, date_code)| (row, date_code.unwrap_or_default()))
            .map_err(StoreError::when("read"))?;
        Ok(row.map_or(SeenBefore::Never, |row| {
            let dated = dated_row_numbers::dated_of(row, date_code);
            SeenBefore::Until(dated.filter(|_| !dated_row_numbers::UNDATED.contains(&row)))
        }))
    }
}
