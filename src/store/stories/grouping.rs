//! Finds the story of each waiting report: all reports that are connected with it by pairs of one story. They are found
//! whole, whether they wait, too, or were grouped long ago, so a story is written once and depends on no order.
//!
//! ```text
//! waiting report ─ its keys ─▶ holders of each ─ compared ─▶ neighbours ─ their keys ─▶ … ─▶ component ─▶ report.story
//! ```
//!
//! More than `MOST_VERSIONS` that are connected are no story, and following them to the end would take the whole of a
//! large archive into memory. The search ends there, and all that were reached are remembered: who touches one of them
//! is of that component. So each waiting report is expanded once, however large its component is. Of one that is known
//! to be in such a component, only those candidates are compared that were grouped before: a story that is part of it
//! is none any longer. The others wait, too, and are expanded when it is their turn.

use super::{MOST_HOLDERS, MOST_VERSIONS, StoryGroups};
use crate::officials::story::{Fingerprint, StoryMember, representative};
use crate::store::StoreError;
use crate::store::index::dated_row_numbers;
use crate::store::person_partition::OF_REPORT;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Fingerprints that are held in memory, some 700 bytes each.
const MAX_FINGERPRINTS: usize = 20_000;

/// The search for stories, over all its transactions. Reports are named by the numbers of their bodies.
pub(super) struct Grouping<'a> {
    groups: &'a StoryGroups<'a>,
    fingerprints: HashMap<i64, Option<Rc<Fingerprint>>>,
    /// Keys of more than `MOST_HOLDERS` reports: most look-ups are of them.
    formulas: HashSet<u32>,
    /// Reports that are connected with too many others.
    in_too_large: HashSet<i64>,
    /// `PRAGMA data_version` when the two sets above were begun. They hold until another process writes.
    data_version: i64,
}

/// Reports that are connected.
struct StoryComponent {
    /// In the order in which they were reached: all of them, or more than may be of a story.
    members: Vec<i64>,
    /// How many of the first members had all their neighbours looked up.
    expanded: usize,
    too_large: bool,
}

/// The row of a report, as far as the choice of the one to show needs it.
struct MemberRow {
    body: i64,
    id: String,
    row: i64,
    story: Option<i64>,
    shingles: u32,
}

impl<'a> Grouping<'a> {
    pub fn new(groups: &'a StoryGroups<'a>) -> Self {
        Self {
            groups,
            fingerprints: HashMap::new(),
            formulas: HashSet::new(),
            in_too_large: HashSet::new(),
            data_version: 0,
        }
    }

    /// Finds the stories of the first `count` waiting reports, within a transaction. False if there were none.
    pub fn round(&mut self, count: usize) -> Result<bool, StoreError> {
        let data_version = self.groups.store.data_version()?;
        if self.data_version != data_version {
            self.forget_all();
            self.data_version = data_version;
        }
        let waiting = self.groups.ungrouped(count)?;
        let mut done: HashSet<i64> = HashSet::new();
        let mut changed = false;
        for body in &waiting {
            if done.contains(body) {
                continue;
            }
            let component = self.component_of(*body)?;
            changed |= self.write_story(&component)?;
            for member in component.members.iter().take(component.expanded) {
                self.groups.run("DELETE FROM ungrouped WHERE body = ?1", [member])?;
                done.insert(*member);
            }
        }
        if changed {
            // Whoever has read the groups reads them again.
            self.groups.run(
                "INSERT OR REPLACE INTO meta
                 VALUES ('stories', 1 + coalesce((SELECT value FROM meta WHERE name = 'stories'), 0))",
                [],
            )?;
        }
        Ok(!waiting.is_empty())
    }

    fn forget_all(&mut self) {
        self.fingerprints.clear();
        self.formulas.clear();
        self.in_too_large.clear();
    }

    /// All that is connected with a report, or so much of it that it is known to be too large.
    fn component_of(&mut self, body: i64) -> Result<StoryComponent, StoreError> {
        if self.fingerprints.len() > MAX_FINGERPRINTS {
            self.fingerprints.clear();
        }
        let mut known = HashSet::from([body]);
        let mut members = vec![body];
        let mut expanded = 0;
        let mut too_large = self.in_too_large.contains(&body);
        while let Some(member) = members.get(expanded).copied() {
            let candidates = self.candidates(member, &known)?;
            too_large = too_large || self.touches_too_large(member, &candidates)?;
            for candidate in candidates {
                if !self.in_too_large.contains(&candidate)
                    && (!too_large || !self.groups.is_ungrouped(candidate)?)
                    && self.is_pair(member, candidate)?
                {
                    known.insert(candidate);
                    members.push(candidate);
                }
            }
            expanded += 1;
            too_large |= members.len() > MOST_VERSIONS;
            if too_large {
                break;
            }
        }
        Ok(StoryComponent { members, expanded, too_large })
    }

    /// The reports that share a key with this one, in order, without the `known` ones.
    fn candidates(&mut self, body: i64, known: &HashSet<i64>) -> Result<Vec<i64>, StoreError> {
        let Some(own) = self.fingerprint(body)? else { return Ok(Vec::new()) };
        if self.groups.write_missing_keys(body, &own)? {
            // It may have made a formula of a key.
            self.forget_all();
        }
        let mut candidates = BTreeSet::new();
        for key in own.keys() {
            if self.formulas.contains(&key) {
                continue;
            }
            let holders = self.groups.holders(key)?;
            if holders.len() > MOST_HOLDERS {
                self.formulas.insert(key);
            } else {
                candidates.extend(holders);
            }
        }
        Ok(candidates.into_iter().filter(|other| *other != body && !known.contains(other)).collect())
    }

    /// Whether a report is connected with one that is known to be in a component that is too large.
    fn touches_too_large(&mut self, body: i64, candidates: &[i64]) -> Result<bool, StoreError> {
        for candidate in candidates {
            if self.in_too_large.contains(candidate) && self.is_pair(body, *candidate)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether two reports tell one story.
    fn is_pair(&mut self, one: i64, other: i64) -> Result<bool, StoreError> {
        let (Some(one), Some(other)) = (self.fingerprint(one)?, self.fingerprint(other)?) else { return Ok(false) };
        Ok(one.same_story(&other))
    }

    /// Writes the story of each report that has another one than before. Returns whether there was any.
    fn write_story(&mut self, component: &StoryComponent) -> Result<bool, StoreError> {
        let rows = component.members.iter().map(|body| self.member(*body)).collect::<Result<Vec<_>, _>>()?;
        let rows: Vec<MemberRow> = rows.into_iter().flatten().collect();
        if component.too_large {
            return self.write_too_large(&rows);
        }
        let shown =
            if rows.len() > 1 { representative(&rows.iter().map(MemberRow::member).collect::<Vec<_>>()) } else { None };
        let story = shown.and_then(|place| rows.get(place)).map(|row| row.body);
        self.write_rows(&rows, story)
    }

    /// Takes back all stories that are part of a component that is too large.
    fn write_too_large(&mut self, rows: &[MemberRow]) -> Result<bool, StoreError> {
        let mut changed = self.write_rows(rows, None)?;
        self.in_too_large.extend(rows.iter().map(|row| row.body));
        let stories: BTreeSet<i64> = rows.iter().filter_map(|row| row.story).collect();
        for story in stories {
            let rest = self.members_of(story)?;
            let rest = rest.iter().map(|body| self.member(*body)).collect::<Result<Vec<_>, _>>()?;
            let rest: Vec<MemberRow> = rest.into_iter().flatten().collect();
            self.in_too_large.extend(rest.iter().map(|row| row.body));
            changed |= self.write_rows(&rest, None)?;
        }
        Ok(changed)
    }

    /// Writes a story to those of the reports that have another one, and has the names of their people identified
    /// again, because officials count stories. Returns whether there was any.
    fn write_rows(&self, rows: &[MemberRow], story: Option<i64>) -> Result<bool, StoreError> {
        let mut changed = false;
        for row in rows.iter().filter(|row| row.story != story) {
            changed = true;
            self.groups.run("UPDATE report SET story = ?2 WHERE row = ?1", params![row.row, story])?;
            self.groups.tell_people(row.row)?;
            let stale = format!("INSERT OR IGNORE INTO stale SELECT name_no FROM person WHERE {OF_REPORT}");
            self.groups.run(&stale, [row.row])?;
        }
        Ok(changed)
    }

    /// The fingerprint of a report; `None` if the report is gone.
    fn fingerprint(&mut self, body: i64) -> Result<Option<Rc<Fingerprint>>, StoreError> {
        if let Some(known) = self.fingerprints.get(&body) {
            return Ok(known.clone());
        }
        let fingerprint = self.groups.fingerprint_of(body)?.map(Rc::new);
        self.fingerprints.insert(body, fingerprint.clone());
        Ok(fingerprint)
    }

    fn member(&mut self, body: i64) -> Result<Option<MemberRow>, StoreError> {
        let shingles = self.fingerprint(body)?.map_or(0, |fingerprint| fingerprint.shingles());
        let read = |row: &rusqlite::Row<'_>| {
            Ok(MemberRow { body, id: row.get(0)?, row: row.get(1)?, story: row.get(2)?, shingles })
        };
        self.groups
            .store
            .db
            .prepare_cached("SELECT id, row, story FROM report WHERE body = ?1")
            .and_then(|mut s| s.query_row([body], read).optional())
            .map_err(StoreError::when("read"))
    }

    fn members_of(&self, story: i64) -> Result<Vec<i64>, StoreError> {
        self.groups
            .store
            .db
            .prepare_cached("SELECT body FROM report WHERE story = ?1")
            .and_then(|mut s| s.query_map([story], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }
}

impl MemberRow {
    fn member(&self) -> StoryMember<'_> {
        let day = dated_row_numbers::day_of(self.row).map(|day| i64::from(dated_row_numbers::days_since_1970(day)));
        StoryMember { id: &self.id, day, shingles: self.shingles }
    }
}
