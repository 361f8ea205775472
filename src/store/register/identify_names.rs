//! Identifies officials, name by name, and writes their rows. `officials::identify` decides which observations of a
//! name are one person; with many names several threads do that, because it is the slowest step after extraction.
//!
//! ```text
//! stale.name_no ─▶ person rows of the name ─ identify ─▶ official   one row each, for the finder
//!                                                        held       one row a post held, for pages of posts
//!                                                        person.official   whose observation it is, of several
//! ```
//!
//! All people of one name are decided together and independently of other names. Rows are compared with what is in the
//! tables and written only if they differ: after an import of few reports nearly all are the same, and a write costs a
//! page of the journal.

use super::moved_observations::MovedObservations;
use super::stored_observation::{NameObservations, ObservationRow, StoredObservation};
use super::{RegisterWriter, decisions, holding_row};
use crate::officials::career::Career;
use crate::officials::decision::Decision;
use crate::officials::post_holders::Holding;
use crate::officials::{OfficialSummary, PersonStatement, identify};
use crate::store::ordered_parallel::pipeline_of_weight;
use crate::store::person_partition::is_of_name;
use crate::store::{StoreError, cell_encoding};
use crate::text::tone_marks::name_key;
use rusqlite::{Row, ToSql, params};
use std::collections::HashSet;

/// Approximate number of observations in one job; all of one name are in the same job.
const JOB_OBSERVATIONS: usize = 2000;

/// While so many observations are in work, no more are fetched: memory then is that of the most frequent name, and not
/// of several.
const MAX_OBSERVATIONS: usize = 20_000;

/// Names identified between two looks at how many observations have moved.
pub(super) const MAX_NAMES: usize = 4000;

/// A name to identify the officials of, with all its observations.
struct NameRow {
    no: i64,
    /// Its `name_key`; empty if no report has it any more.
    key: String,
    observations: NameObservations,
    decisions: Vec<Decision>,
}

/// A name with its officials, ready to be written.
struct PeopleOfName {
    no: i64,
    key: String,
    observations: Vec<ObservationRow>,
    decisions: Vec<Decision>,
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
    /// Positions of its observations in `PeopleOfName::observations`.
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
        let observations = |some: &Vec<NameRow>| some.iter().map(|name| name.observations.len()).sum();
        pipeline_of_weight(
            MAX_OBSERVATIONS,
            observations,
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
        let when = StoreError::when("read");
        let sql = format!(
            "SELECT report, place, id, unit, date_code, said, official, part, story FROM person p WHERE {}
             ORDER BY report, place",
            is_of_name("?1")
        );
        let mut statement = self.store.db.prepare_cached(&sql).map_err(&when)?;
        let mut rows = statement.query([no]).map_err(&when)?;
        let (mut observations, mut said) = (NameObservations::default(), None);
        while let Some(row) = rows.next().map_err(&when)? {
            let observation = StoredObservation::read(row).map_err(&when)?;
            if observations.len() == 0 {
                said = PersonStatement::from_json(observation.said());
            }
            observations.push(observation)?;
        }
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
        let PeopleOfName { no, key, decisions, .. } = people;
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
            let written = (people.officials.len() > 1).then(|| official.id());
            // Most observations belong to the same official as before: write only the others.
            let observations = official.observations.iter().filter_map(|&i| people.observations.get(i));
            moved.add(observations.filter(|m| m.official.as_deref() != written), written);
        }
        Ok(())
    }

    /// Marks names as up to date.
    pub(super) fn mark_identified(&self, names: &[i64]) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        for sql in ["DELETE FROM unidentified WHERE name_no = ?1", "DELETE FROM stale WHERE name_no = ?1"] {
            let mut statement = self.store.db.prepare_cached(sql).map_err(&when)?;
            names.iter().try_for_each(|no| statement.execute([no]).map(|_| ()).map_err(&when))?;
        }
        Ok(())
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

impl PeopleOfName {
    fn of(name: NameRow) -> Result<Self, StoreError> {
        let NameRow { no, key, observations, decisions } = name;
        let (rows, seen) = observations.read_out()?;
        let mut officials: Vec<OfficialColumns> = identify(&seen, &decisions)
            .into_iter()
            .map(|official| {
                let career = Career::of(&official, &seen);
                let row = OfficialSummary::with(&official, &seen, &career);
                let holdings = Holding::of_career(&official, &career);
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
                    observations: official.observations,
                }
            })
            .collect();
        officials.sort_by(|a, b| a.id().cmp(b.id()));
        Ok(Self { no, key, observations: rows, decisions, officials })
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
