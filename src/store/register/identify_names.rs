//! Identifies officials, name by name, and writes their rows. `officials::identify` decides which observations of a
//! name are one person; with many names several threads do that, because it is the slowest step after extraction.
//!
//! ```text
//! stale.name_no ─▶ person rows of the name ─ identify ─▶ official   one row each, for the finder
//!                                                        held       one row a post held, for pages of posts
//!                                                        person.official   whose observation it is
//! ```
//!
//! All people of one name are decided together and independently of other names. Rows are compared with what is in the
//! tables and written only if they differ: after an import of few reports nearly all are the same, and a write costs a
//! page of the journal.

use super::{RegisterWriter, decisions, holding_row};
use crate::officials::career::Career;
use crate::officials::decision::Decision;
use crate::officials::post_holders::Holding;
use crate::officials::{Observation, OfficialSummary, PersonStatement, ReportHead, identify};
use crate::report::ReportKind;
use crate::store::index::dated_row_numbers;
use crate::store::ordered_parallel::pipeline;
use crate::store::person_partition::is_of_name;
use crate::store::{StoreError, cell_encoding};
use crate::text::tone_marks::name_key;
use rusqlite::{Row, ToSql, params};
use std::collections::HashSet;

/// Approximate number of observations in one job; all of one name are in the same job.
const JOB_OBSERVATIONS: usize = 2000;

/// Names identified between two looks at how many observations have moved.
pub(super) const MAX_NAMES: usize = 4000;

/// So many observations are kept in memory, 24 bytes each, until they are written.
const MAX_MOVED: usize = 2_000_000;

/// An observation that belongs to another official than before. Ordered as the table is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MovedObservation {
    part: i64,
    /// Row of the report.
    report: i64,
    /// Place in the report.
    place: u32,
    /// Position of the official's id in `MovedObservations::officials`.
    official: u32,
}

/// Observations that belong to another official than before.
#[derive(Default)]
pub(super) struct MovedObservations {
    /// In the order in which names were identified.
    places: Vec<MovedObservation>,
    /// The ids of the officials that they belong to now.
    officials: Vec<String>,
}

impl MovedObservations {
    /// Whether they should be written before there are more.
    pub fn is_full(&self) -> bool {
        self.places.len() >= MAX_MOVED
    }

    /// Brings them into the order of the table: name by name they are all over it, and each page would be read and
    /// written again for each of its people. In place, because there are many at the end of a large import.
    pub fn sort(&mut self) {
        self.places.sort_unstable();
    }

    /// The observations that moved, in the order of the table once they are sorted.
    pub fn places(&self) -> &[MovedObservation] {
        &self.places
    }

    fn add<'a>(&mut self, observations: impl Iterator<Item = &'a StoredObservation>, official: &str) {
        let before = self.places.len();
        let official_position = self.officials.len() as u32;
        self.places.extend(observations.map(|one| MovedObservation {
            part: one.part,
            report: one.report,
            place: one.place as u32,
            official: official_position,
        }));
        if self.places.len() > before {
            self.officials.push(official.to_owned());
        }
    }
}

/// A row of `person`.
struct StoredObservation {
    part: i64,
    report: i64,
    place: usize,
    id: String,
    unit: Option<String>,
    date_code: u8,
    said: String,
    /// The story of the report.
    story: Option<i64>,
    /// The official it was assigned to last time.
    official: Option<String>,
}

/// A name to identify the officials of, with all its observations.
struct NameRow {
    no: i64,
    /// Its `name_key`; empty if no report has it any more.
    key: String,
    observations: Vec<StoredObservation>,
    decisions: Vec<Decision>,
}

/// A name with its officials, ready to be written.
struct PeopleOfName {
    name: NameRow,
    officials: Vec<OfficialColumns>,
}

/// An official as rows of `official` and `held`.
struct OfficialColumns {
    /// Id, name, rank, posts and former ones as JSON, first and last day, country.
    summary: [Option<String>; 8],
    reports: usize,
    /// The number of its judgements to review, then the weight of the one that matters most.
    doubts: [Option<i64>; 4],
    has_sign: bool,
    /// Folded words and JSON of each post.
    held: Vec<(String, String)>,
    /// Positions of its observations in `NameRow::observations`.
    observations: Vec<usize>,
}

impl RegisterWriter<'_> {
    /// Identifies the officials of these names, writes their rows, and marks the names as up to date. Within a
    /// transaction.
    pub(in crate::store) fn identify_names(&self, names: &[i64]) -> Result<(), StoreError> {
        let mut moved = MovedObservations::default();
        for some in names.chunks(MAX_NAMES) {
            self.identify_officials(some, &mut moved)?;
            if moved.is_full() {
                moved.sort();
                self.write_moved(moved.places(), &moved)?;
                moved = MovedObservations::default();
            }
        }
        moved.sort();
        self.write_moved(moved.places(), &moved)?;
        self.mark_identified(names)
    }

    /// Identifies the officials of these names and writes their rows of `official` and `held`. The observations that
    /// belong to others than before go to `moved`; these rows of `person` are not written, and the names stay marked.
    pub(super) fn identify_officials(&self, names: &[i64], moved: &mut MovedObservations) -> Result<(), StoreError> {
        let applied = decisions::applied_names(self.store)?;
        // Starting threads takes longer than identifying a few names.
        if names.len() <= 50 {
            for no in names {
                self.keep_officials(&PeopleOfName::of(self.name(*no)?)?, &applied, moved)?;
            }
            return Ok(());
        }
        let mut rest = names.iter();
        pipeline(
            || {
                let (mut some, mut observations) = (Vec::new(), 0);
                while observations < JOB_OBSERVATIONS {
                    let Some(no) = rest.next() else { break };
                    let name = self.name(*no)?;
                    observations += name.observations.len().max(1);
                    some.push(name);
                }
                Ok((!some.is_empty()).then_some(some))
            },
            |some| some.into_iter().map(PeopleOfName::of).collect::<Result<Vec<_>, StoreError>>(),
            |people| people?.iter().try_for_each(|people| self.keep_officials(people, &applied, moved)),
        )
    }

    fn name(&self, no: i64) -> Result<NameRow, StoreError> {
        let observations: Vec<StoredObservation> = self
            .store
            .db
            .prepare_cached(&format!(
                "SELECT report, place, id, unit, date_code, said, official, part, story FROM person p WHERE {}
                 ORDER BY report, place",
                is_of_name("?1")
            ))
            .and_then(|mut s| s.query_map([no], StoredObservation::read)?.collect())
            .map_err(StoreError::when("read"))?;
        let said = observations.first().and_then(|first| PersonStatement::from_json(&first.said));
        let Some(said) = said else {
            return Ok(NameRow { no, key: String::new(), observations, decisions: Vec::new() });
        };
        let key = name_key(&said.name);
        let decisions = decisions::decisions_of(self.store, &key)?;
        Ok(NameRow { no, key, observations, decisions })
    }

    /// Writes the rows of a name's officials that differ from those in the tables, and by which decisions they were
    /// made. `applied`: the names for which there are such decisions already.
    fn keep_officials(
        &self,
        people: &PeopleOfName,
        applied: &HashSet<String>,
        moved: &mut MovedObservations,
    ) -> Result<(), StoreError> {
        let NameRow { no, key, decisions, .. } = &people.name;
        let no = *no;
        // Hardly any name has decisions: the others cost no statement.
        if self.store.archive().is_none() && (!decisions.is_empty() || applied.contains(key)) {
            decisions::keep_applied(self.store, key, decisions)?;
        }
        let run = |sql: &str, args: &[&dyn ToSql]| {
            self.store.db.prepare_cached(sql).and_then(|mut s| s.execute(args)).map_err(StoreError::when("written"))
        };
        if self.officials_named(no)? != people.officials.iter().map(OfficialColumns::row).collect::<Vec<_>>() {
            run("DELETE FROM official WHERE name_no = ?1", &[&no])?;
            for official in &people.officials {
                let [id, name, rank, posts, former, first, last, country] = &official.summary;
                let OfficialColumns { reports, has_sign, .. } = official;
                let [doubts, doubt_reports, among, confidence] = &official.doubts;
                run(
                    "INSERT INTO official (id, name_no, name, rank, posts, former, reports, first, last, country,
                                           has_sign, doubts, doubt_reports, doubt_among, doubt_confidence)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                    &[
                        id,
                        &no,
                        name,
                        rank,
                        posts,
                        former,
                        reports,
                        first,
                        last,
                        country,
                        has_sign,
                        doubts,
                        doubt_reports,
                        among,
                        confidence,
                    ],
                )?;
            }
        }
        let held: Vec<(&str, usize, &str, &str)> = people
            .officials
            .iter()
            .flat_map(|o| o.held.iter().enumerate().map(|(n, (folded, data))| (o.id(), n, &**folded, &**data)))
            .collect();
        if !self.has_held_rows(no, &held)? {
            run("DELETE FROM held WHERE name_no = ?1", &[&no])?;
            for (id, n, folded, data) in &held {
                run(
                    "INSERT INTO held (official, n, name_no, folded, data) VALUES (?1, ?2, ?3, ?4, ?5)",
                    &[id, n, &no, folded, data],
                )?;
            }
        }
        for official in &people.officials {
            // Most observations belong to the same official as before: write only the others.
            let observations = official.observations.iter().filter_map(|&i| people.name.observations.get(i));
            moved.add(observations.filter(|m| m.official.as_deref() != Some(official.id())), official.id());
        }
        Ok(())
    }

    /// Writes to which official these observations of `moved` belong now.
    pub(super) fn write_moved(&self, places: &[MovedObservation], moved: &MovedObservations) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        let mut update = self
            .store
            .db
            .prepare_cached("UPDATE person SET official = ?4 WHERE part = ?1 AND report = ?2 AND place = ?3")
            .map_err(&when)?;
        for MovedObservation { part, report, place, official } in places {
            update.execute(params![part, report, place, moved.officials.get(*official as usize)]).map_err(&when)?;
        }
        Ok(())
    }

    /// Marks names as up to date.
    pub(super) fn mark_identified(&self, names: &[i64]) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        let mut statement = self.store.db.prepare_cached("DELETE FROM stale WHERE name_no = ?1").map_err(&when)?;
        names.iter().try_for_each(|no| statement.execute([no]).map(|_| ()).map_err(&when))
    }

    /// The rows of a name's officials, in the order of their ids.
    fn officials_named(&self, no: i64) -> Result<Vec<OfficialRow>, StoreError> {
        let read = |row: &Row<'_>| {
            let text = |column: usize| row.get(column);
            let texts = [text(0)?, text(1)?, text(2)?, text(3)?, text(4)?, text(5)?, text(6)?, text(7)?];
            Ok((texts, row.get(8)?, row.get(9)?, [row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?]))
        };
        self.store
            .db
            .prepare_cached(
                "SELECT id, name, rank, posts, former, first, last, country, reports, has_sign, doubts, doubt_reports,
                        doubt_among, doubt_confidence
                 FROM official WHERE name_no = ?1
                 ORDER BY id",
            )
            .and_then(|mut s| s.query_map([no], read)?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Whether `held` has exactly these rows of a name (official, number, words, data), in order.
    fn has_held_rows(&self, no: i64, held: &[(&str, usize, &str, &str)]) -> Result<bool, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self
            .store
            .db
            .prepare_cached("SELECT official, n, folded, data FROM held WHERE name_no = ?1 ORDER BY official, n")
            .map_err(&when)?;
        let mut rows = statement.query(params![no]).map_err(&when)?;
        let mut wanted = held.iter();
        while let Some(row) = rows.next().map_err(&when)? {
            let Some((id, n, folded, data)) = wanted.next() else { return Ok(false) };
            let text = |column| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
            let same = text(0).as_ref() == Ok(id)
                && row.get(1).as_ref() == Ok(n)
                && text(2).as_ref() == Ok(folded)
                && text(3).as_ref() == Ok(data);
            if !same {
                return Ok(false);
            }
        }
        Ok(wanted.next().is_none())
    }
}

/// Id, name, rank, posts, former ones, first and last day, country; reports; whether there is a sign; the columns of
/// doubts.
type OfficialRow = ([Option<String>; 8], usize, bool, [Option<i64>; 4]);

impl StoredObservation {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            report: row.get(0)?,
            place: row.get(1)?,
            id: cell_encoding::unpack_id(row.get_ref(2)?.as_blob()?),
            unit: row.get(3)?,
            date_code: row.get(4)?,
            said: row.get(5)?,
            official: row.get(6)?,
            part: row.get(7)?,
            story: row.get(8)?,
        })
    }

    fn observation(&self) -> Result<Observation, StoreError> {
        let damaged =
            |what: &str| StoreError::corrupt(format!("what report {} says of a person has no {what}", self.id));
        let head = ReportHead {
            report: self.id.clone(),
            // Identification uses none of these three.
            title: String::new(),
            kind: ReportKind::default(),
            source: String::new(),
            day: dated_row_numbers::dated_of(self.report, self.date_code),
            unit: self.unit.clone(),
            story: self.story,
        };
        let said = PersonStatement::from_json(&self.said).ok_or_else(|| damaged("form"))?;
        Ok(Observation { head, place: self.place, statement: said })
    }
}

impl PeopleOfName {
    fn of(name: NameRow) -> Result<Self, StoreError> {
        let seen = name.observations.iter().map(StoredObservation::observation).collect::<Result<Vec<_>, _>>()?;
        let mut officials: Vec<OfficialColumns> = identify(&seen, &name.decisions)
            .iter()
            .map(|official| {
                let career = Career::of(official, &seen);
                let row = OfficialSummary::with(official, &seen, &career);
                let holdings = Holding::of_career(official, &career);
                OfficialColumns {
                    summary: [
                        Some(row.id),
                        Some(row.name),
                        row.rank.map(|rank| rank.name.to_owned()),
                        Some(cell_encoding::pack_strings(&row.posts)),
                        Some(cell_encoding::pack_former(&row.former)),
                        row.first.map(|first| first.to_string()),
                        row.last.map(|last| last.to_string()),
                        row.country,
                    ],
                    reports: row.reports,
                    doubts: [
                        Some(row.doubts as i64),
                        row.gravest_doubt.map(|doubt| doubt.reports.0 as i64),
                        row.gravest_doubt.map(|doubt| doubt.among.0 as i64),
                        row.gravest_doubt.map(|doubt| i64::from(doubt.confidence)),
                    ],
                    has_sign: row.has_sign,
                    held: holdings.iter().map(|h| (h.folded(), holding_row::line(h))).collect(),
                    observations: official.observations.clone(),
                }
            })
            .collect();
        officials.sort_by(|a, b| a.id().cmp(b.id()));
        Ok(Self { name, officials })
    }
}

impl OfficialColumns {
    fn id(&self) -> &str {
        self.summary[0].as_deref().unwrap_or_default()
    }

    fn row(&self) -> OfficialRow {
        (self.summary.clone(), self.reports, self.has_sign, self.doubts)
    }
}
