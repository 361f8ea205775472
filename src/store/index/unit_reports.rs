//! Reports by unit: which units report, what a unit reported, and which report came before another of its kind.

use super::{ListRow, ReportIndex, dated_row_numbers};
use crate::officials::observation::PersonStatement;
use crate::officials::unit_posts::is_of_unit;
use crate::report::{Dated, Role, dated};
use crate::store::StoreError;
use crate::store::person_partition::OF_REPORT;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// What pages and lists of a unit show of one of its reports, without reading the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitReport {
    pub id: String,
    #[serde(flatten, serialize_with = "dated::json::day", deserialize_with = "dated::json::read_day")]
    pub when: Option<Dated>,
    /// What sort of report, in Vietnamese.
    pub kind: String,
    /// The period it reviews.
    pub period: Option<String>,
    /// The unit, as the report gives it.
    pub unit: String,
    pub title: String,
    /// Its address, else its file.
    pub source: String,
    /// Those who chaired, with their ranks, in the order of the report.
    pub chairs: Vec<String>,
}

/// Selects the rank and the statement of the people of report ?1 whose statement has ?2 in its JSON, whatever for.
fn people_who() -> String {
    format!("SELECT rank, said FROM person WHERE {OF_REPORT} AND said LIKE ?2 ORDER BY place")
}

/// Somebody who chaired a report.
struct Chair {
    rank: Option<String>,
    name: String,
}

impl Chair {
    /// The name, behind the rank if there is one.
    fn with_rank(self) -> String {
        match self.rank {
            Some(rank) => format!("{rank} {}", self.name),
            None => self.name,
        }
    }
}

/// Those who chaired a report, in its order. `people` is the statement of `people_who`.
fn chairs_of(people: &mut rusqlite::CachedStatement<'_>, row: i64) -> rusqlite::Result<Vec<Chair>> {
    let said: Vec<(Option<String>, String)> = people
        .query_map(params![row, format!("%{}%", Role::CHAIR)], |person| Ok((person.get(0)?, person.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let chairs = said.into_iter().filter_map(|(rank, said)| {
        let said = PersonStatement::from_json(&said)?;
        let chairs = said.roles.iter().any(|role| role.verb.ends_with(Role::CHAIR));
        chairs.then_some(Chair { rank, name: said.name.as_ref().to_owned() })
    });
    Ok(chairs.collect())
}

impl ReportIndex<'_> {
    /// For each row, the names of those who chaired its report, in the order of the report.
    pub fn chairs_of_rows(&self, rows: &[ListRow]) -> Result<Vec<Vec<String>>, StoreError> {
        let when = StoreError::when("read");
        let mut people = self.store.db.prepare_cached(&people_who()).map_err(&when)?;
        let mut names = |row: &ListRow| {
            chairs_of(&mut people, row.number).map(|chairs| chairs.into_iter().map(|chair| chair.name).collect())
        };
        rows.iter().map(|row| names(row).map_err(&when)).collect()
    }

    /// The reports of a unit and of the units under it, newest first, those without a day last.
    pub fn reports_of_unit(&self, name: &str) -> Result<Vec<UnitReport>, StoreError> {
        let mut reports = Vec::new();
        let when = StoreError::when("read");
        let mut chairs = self.store.db.prepare_cached(&people_who()).map_err(&when)?;
        for unit in self.units_like(name)? {
            let read = |row: &rusqlite::Row<'_>| {
                Ok(UnitReport {
                    id: row.get(0)?,
                    when: dated_row_numbers::dated_of(row.get(1)?, row.get(5)?),
                    kind: row.get(2)?,
                    period: row.get(3)?,
                    unit: unit.clone(),
                    title: row.get(4)?,
                    source: row.get(6)?,
                    chairs: chairs_of(&mut chairs, row.get(1)?)?.into_iter().map(Chair::with_rank).collect(),
                })
            };
            let rows: Vec<UnitReport> = self
                .store
                .db
                .prepare_cached("SELECT id, row, kind, period, title, date_code, source FROM report WHERE unit = ?1")
                .and_then(|mut s| s.query_map([&unit], read)?.collect())
                .map_err(StoreError::when("read"))?;
            reports.extend(rows);
        }
        let day = |report: &UnitReport| report.when.map(|when| when.day);
        reports.sort_by(|a, b| (day(b), &a.id).cmp(&(day(a), &b.id)));
        Ok(reports)
    }

    /// The units that reports give, with the number of reports of each, the most first.
    pub fn reporting_units(&self) -> Result<Vec<(String, usize)>, StoreError> {
        self.store
            .db
            .prepare_cached(
                "SELECT unit, count(*) AS reports FROM report WHERE unit IS NOT NULL GROUP BY unit
                 ORDER BY reports DESC, unit",
            )
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The units that reports give, each once, in order. Each is found from the one before by a search in
    /// `report_by_unit`, so the cost depends on the number of units, not of reports.
    pub(super) fn unit_names(&self) -> Result<Vec<String>, StoreError> {
        self.store
            .db
            .prepare_cached(
                "WITH RECURSIVE u (unit) AS (SELECT min(unit) FROM report UNION ALL
                 SELECT (SELECT min(unit) FROM report WHERE unit > u.unit) FROM u WHERE u.unit NOTNULL)
                 SELECT unit FROM u WHERE unit NOTNULL",
            )
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The spellings of a unit's name among those that reports give, those of units under it included.
    fn units_like(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let all = self.unit_names()?;
        Ok(all.into_iter().filter(|unit| is_of_unit(unit, name)).collect())
    }

    /// The report of the same unit and kind that came before, if any: what a report is compared with.
    pub fn previous_of_kind(&self, id: &str) -> Result<Option<String>, StoreError> {
        let own: Option<(i64, String, Option<String>)> = self
            .store
            .db
            .prepare_cached("SELECT row, kind, unit FROM report WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .map_err(StoreError::when("read"))?;
        let Some((row, kind, Some(unit))) = own else { return Ok(None) };
        let mut best: Option<(i64, String)> = None;
        let is_under = |other: &String| is_of_unit(&unit, other);
        for same in self.units_like(&unit)?.iter().filter(|other| is_under(other)) {
            let found = self
                .store
                .db
                .prepare_cached(
                    "SELECT row, id FROM report WHERE unit = ?1 AND kind = ?2 AND row < ?3 ORDER BY row DESC LIMIT 1",
                )
                .and_then(|mut s| {
                    s.query_row(params![same, kind, row], |row| Ok((row.get(0)?, row.get(1)?))).optional()
                })
                .map_err(StoreError::when("read"))?;
            best = best.max(found);
        }
        Ok(best.map(|(_, id)| id))
    }
}
