//! One round of grouping. The keys of the waiting reports are written in order, a page of the table at a time; those
//! that share a key are compared by their fingerprints, and what is connected becomes a story.
//!
//! ```text
//! waiting ─ keys, sorted ─▶ story_key ─▶ holders of each ─ compared ─▶ sets ─▶ report.story
//!              ▲                                              ▲
//!              │ a key that now has too many holders:         │ the story of a holder joins as a whole
//!              └ they are linked again without it             └ unless it is linked again itself
//! ```

use super::{MOST_HOLDERS, MOST_VERSIONS, StoryGroups};
use crate::officials::story::{Fingerprint, StoryMember, representative};
use crate::store::StoreError;
use crate::store::index::dated_row_numbers;
use crate::store::person_partition::OF_REPORT;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Reports that are put into sets. All are named by the numbers of their bodies.
pub(super) struct Grouping<'a> {
    groups: &'a StoryGroups<'a>,
    fingerprints: HashMap<i64, Option<Rc<Fingerprint>>>,
    /// Reports that are linked from nothing; all others stay with those of their story.
    loose: BTreeSet<i64>,
    /// The loose ones that are of a story with others now.
    grouped: BTreeSet<i64>,
    /// The sets: each report points to another one of its set, or to itself.
    parents: HashMap<i64, i64>,
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
            loose: BTreeSet::new(),
            grouped: BTreeSet::new(),
            parents: HashMap::new(),
        }
    }

    /// Finds the stories of the waiting reports. Returns whether any report is of another story than before.
    pub fn run(mut self, waiting: &[i64]) -> Result<bool, StoreError> {
        let mut keys: Vec<(u32, i64)> = Vec::new();
        for body in waiting {
            if let Some(fingerprint) = self.fingerprint(*body)? {
                self.loose.insert(*body);
                keys.extend(fingerprint.keys().into_iter().map(|key| (key, *body)));
            }
        }
        keys.sort_unstable();
        let shared = self.write_keys(&keys)?;
        self.loosen_stories()?;
        for (holders, new) in &shared {
            for body in new {
                self.compare(*body, holders)?;
            }
        }
        // Those that were linked before by what is gone, or by a key that too many have now.
        let waiting: BTreeSet<i64> = waiting.iter().copied().collect();
        for body in self.loose.difference(&waiting).copied().collect::<Vec<_>>() {
            let Some(fingerprint) = self.fingerprint(body)? else { continue };
            for key in fingerprint.keys() {
                let holders = self.groups.holders(key)?;
                if holders.len() <= MOST_HOLDERS {
                    self.compare(body, &holders)?;
                }
            }
        }
        self.write_stories()
    }

    /// Writes the keys of the waiting reports. Returns, for each key of several reports but not too many, all of them
    /// and the waiting ones among them.
    #[allow(clippy::type_complexity, reason = "two lists of numbers, used once")]
    fn write_keys(&mut self, keys: &[(u32, i64)]) -> Result<Vec<(Vec<i64>, Vec<i64>)>, StoreError> {
        let mut shared = Vec::new();
        for some in keys.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, _)) = some.first() else { continue };
            let new: Vec<i64> = some.iter().map(|(_, body)| *body).collect();
            let holders = self.groups.write_key(*key, &new)?;
            self.loose.extend(holders.unlinked());
            if !holders.is_formula() && holders.before.len() + holders.added.len() > 1 {
                shared.push(([holders.before, holders.added].concat(), new));
            }
        }
        Ok(shared)
    }

    /// Makes all reports loose that are of one story with a loose one: what connected them may be gone.
    fn loosen_stories(&mut self) -> Result<(), StoreError> {
        for body in self.loose.clone() {
            if let Some(story) = self.story_of(body)? {
                let members = self.members_of(story)?;
                self.grouped.extend(&members);
                self.loose.extend(members);
            }
        }
        Ok(())
    }

    /// Compares a report with those that share a key with it.
    fn compare(&mut self, body: i64, holders: &[i64]) -> Result<(), StoreError> {
        for other in holders.iter().copied().filter(|other| *other != body) {
            self.join_own_story(other)?;
            if self.root(body) == self.root(other) {
                continue;
            }
            let (Some(one), Some(two)) = (self.fingerprint(body)?, self.fingerprint(other)?) else { continue };
            if one.same_story(&two) {
                let (one, two) = (self.root(body), self.root(other));
                self.parents.insert(one.max(two), one.min(two));
            }
        }
        Ok(())
    }

    /// Puts a report that is not loose into one set with those of its story.
    fn join_own_story(&mut self, body: i64) -> Result<(), StoreError> {
        if self.loose.contains(&body) || self.parents.contains_key(&body) {
            return Ok(());
        }
        self.root(body);
        if let Some(story) = self.story_of(body)? {
            for member in self.members_of(story)? {
                let (one, two) = (self.root(body), self.root(member));
                self.parents.insert(one.max(two), one.min(two));
            }
        }
        Ok(())
    }

    /// The report that stands for the set of this one; a set of its own if it is in none.
    fn root(&mut self, body: i64) -> i64 {
        let mut at = body;
        loop {
            let parent = *self.parents.entry(at).or_insert(at);
            if parent == at {
                break;
            }
            at = parent;
        }
        // The next look-up is one step.
        self.parents.insert(body, at);
        at
    }

    /// Writes the story of each report that has another one than before, and has the names of its people identified
    /// again, because officials count stories. Returns whether there was any.
    fn write_stories(mut self) -> Result<bool, StoreError> {
        let mut sets: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let bodies: BTreeSet<i64> = self.parents.keys().copied().chain(self.loose.iter().copied()).collect();
        for body in bodies {
            let root = self.root(body);
            sets.entry(root).or_default().push(body);
        }
        let mut changed = false;
        for members in sets.into_values() {
            // Nearly all reports of an import: alone before and after.
            if let [alone] = members.as_slice()
                && !self.grouped.contains(alone)
            {
                continue;
            }
            let rows = members.iter().map(|body| self.member(*body)).collect::<Result<Vec<_>, _>>()?;
            let rows: Vec<MemberRow> = rows.into_iter().flatten().collect();
            let shown = if (2..=MOST_VERSIONS).contains(&rows.len()) {
                representative(&rows.iter().map(MemberRow::member).collect::<Vec<_>>())
            } else {
                None
            };
            let story = shown.and_then(|place| rows.get(place)).map(|row| row.body);
            for row in rows.iter().filter(|row| row.story != story) {
                changed = true;
                let groups = self.groups;
                groups.run("UPDATE report SET story = ?2 WHERE row = ?1", params![row.row, story])?;
                groups.tell_people(row.row)?;
                let stale = format!("INSERT OR IGNORE INTO stale SELECT name_no FROM person WHERE {OF_REPORT}");
                groups.run(&stale, [row.row])?;
            }
        }
        Ok(changed)
    }

    /// The fingerprint of a report; `None` if the report is gone.
    fn fingerprint(&mut self, body: i64) -> Result<Option<Rc<Fingerprint>>, StoreError> {
        if let Some(known) = self.fingerprints.get(&body) {
            return Ok(known.clone());
        }
        let bytes = self.groups.bytes_of(body)?;
        let fingerprint = bytes.and_then(|bytes| Fingerprint::from_bytes(&bytes)).map(Rc::new);
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

    fn story_of(&self, body: i64) -> Result<Option<i64>, StoreError> {
        let story: Option<Option<i64>> = self
            .groups
            .store
            .db
            .prepare_cached("SELECT story FROM report WHERE body = ?1")
            .and_then(|mut s| s.query_row([body], |row| row.get(0)).optional())
            .map_err(StoreError::when("read"))?;
        Ok(story.flatten())
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
