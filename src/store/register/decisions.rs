//! The reader's decisions about namesakes, in the file of the reader's marks, which no rebuild touches. Each step keeps
//! all decisions about one name as they are after it, so undoing is deleting the last step.
//!
//! ```text
//! user.decision   no   name   data
//!                 1    a      [D1]
//!                 2    b      [D2]
//!                 3    a      [D1, D3]    in force for `a`; undo deletes it, and row 1 is in force again
//! ```

use super::OfficialsRegister;
use crate::officials::Place;
use crate::officials::decision::{Decision, effective};
use crate::store::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// A step that was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneStep {
    /// The name (its `name_key`) that it was about.
    pub key: String,
    /// The decisions that are no longer in force; none if it only took some back.
    pub decisions: Vec<Decision>,
    /// Whether there is a step before it that could be undone now.
    #[serde(default)]
    pub more: bool,
}

impl OfficialsRegister<'_> {
    /// The decisions about one name (its `name_key`).
    pub fn decisions_of(&self, key: &str) -> Result<Vec<Decision>, StoreError> {
        decisions_of(self.store, key)
    }

    /// All decisions in force, ordered by name.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let all: Vec<String> = self
            .store
            .db
            .prepare_cached(
                "SELECT data FROM user.decision WHERE no IN (SELECT max(no) FROM user.decision GROUP BY name)
                 ORDER BY name",
            )
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        all.iter().map(|data| read(data)).collect::<Result<Vec<_>, _>>().map(|lists| lists.concat())
    }

    /// Replaces the decisions about one name and identifies it again. One step of undo.
    pub fn decide(&self, key: &str, decisions: &[Decision]) -> Result<(), StoreError> {
        self.step(key, || insert_step(self.store, key, decisions))
    }

    /// Undoes the last step. Returns what it was; `None` if there is no step.
    pub fn undo_decision(&self) -> Result<Option<UndoneStep>, StoreError> {
        let last: Option<(i64, String)> = self
            .store
            .db
            .prepare_cached("SELECT no, name FROM user.decision ORDER BY no DESC LIMIT 1")
            .and_then(|mut s| s.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(StoreError::when("read"))?;
        let Some((no, key)) = last else { return Ok(None) };
        let mut decisions = self.decisions_of(&key)?;
        self.step(&key, || self.store.marks().run_user("DELETE FROM user.decision WHERE no = ?1", &[&no]))?;
        let left = self.decisions_of(&key)?;
        decisions.retain(|decision| !left.contains(decision));
        let more = self.store.marks().last_step_number()? > 0;
        Ok(Some(UndoneStep { key, decisions, more }))
    }

    /// Changes the decisions about a name and then identifies it again. They are in different files, which no
    /// transaction spans; so the name is marked stale first, and a kill in between leaves only work to do.
    fn step(&self, key: &str, change: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
        if self.store.archive().is_some() {
            change()?;
            return self.store.register_writer().apply_own_decisions();
        }
        let name_no = number_of_name(self.store, key)?;
        // No report has this name at present: the decision takes effect when one is imported.
        let Some(name_no) = name_no else { return change() };
        let (store, writer) = (self.store, self.store.register_writer());
        store.write(|| writer.mark_stale(name_no))?;
        change()?;
        store.write(|| writer.identify_names(&[name_no]))
    }
}

/// Adds decisions that come from an export to those made here, one step of undo for each name for which that changes
/// anything; where the two conflict, those made here stay. The names are identified again with the register. The caller
/// has no transaction open.
pub(in crate::store) fn add_decisions(store: &Store, decisions: Vec<Decision>) -> Result<(), StoreError> {
    let mut by_name: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
    for decision in decisions {
        by_name.entry(decision.key()).or_default().push(decision);
    }
    for (key, added) in by_name {
        let mut all = decisions_of(store, &key)?;
        let made_here: HashSet<(Place, Place)> = all.iter().map(places_of).collect();
        let before = all.len();
        all.extend(added.into_iter().filter(|decision| !made_here.contains(&places_of(decision))));
        if all.len() == before {
            continue;
        }
        // As in `step`: a kill in between leaves only work to do.
        if let Some(name_no) = number_of_name(store, &key)? {
            store.write(|| store.register_writer().mark_stale(name_no))?;
        }
        insert_step(store, &key, &all)?;
    }
    Ok(())
}

/// The two observations that a decision is about.
pub(in crate::store) fn places_of(decision: &Decision) -> (Place, Place) {
    let (one, other) = decision.pair();
    (one.clone(), other.clone())
}

/// Writes the decisions about a name as the newest step.
pub(in crate::store) fn insert_step(store: &Store, key: &str, decisions: &[Decision]) -> Result<(), StoreError> {
    let data = as_json(&effective(decisions))?;
    store.marks().run_user("INSERT INTO user.decision (kind, name, data) VALUES ('step', ?1, ?2)", &[&key, &data])
}

fn as_json(decisions: &[Decision]) -> Result<String, StoreError> {
    serde_json::to_string(decisions).map_err(|source| StoreError::Json { doing: "written", what: "a decision", source })
}

/// The number of a name (its `name_key`); `None` if no report has it at present.
pub(super) fn number_of_name(store: &Store, key: &str) -> Result<Option<i64>, StoreError> {
    store
        .db
        .prepare_cached("SELECT no FROM name WHERE key = ?1")
        .and_then(|mut s| s.query_row([key], |row| row.get(0)).optional())
        .map_err(StoreError::when("read"))
}

/// The keys of all names with a decision of the reader, or with a step that took all of them back.
pub(in crate::store) fn decided_names(db: &Connection) -> Result<Vec<String>, StoreError> {
    db.prepare_cached("SELECT DISTINCT name FROM user.decision")
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(StoreError::when("read"))
}

/// The decisions about one name, whether or not its officials are up to date: the reader's own, and in an archive, if
/// the reader has none, those by which its officials were identified.
pub(in crate::store) fn decisions_of(store: &Store, key: &str) -> Result<Vec<Decision>, StoreError> {
    let find = |sql: &str| {
        store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row([key], |row| row.get::<_, String>(0)).optional())
            .map_err(StoreError::when("read"))
    };
    let mut data = find("SELECT data FROM user.decision WHERE name = ?1 ORDER BY no DESC LIMIT 1")?;
    if data.is_none() && store.archive().is_some() {
        data = find("SELECT data FROM applied_decision WHERE name = ?1")?;
    }
    data.map_or(Ok(Vec::new()), |data| read(&data))
}

/// The keys of the names whose officials were identified by decisions.
pub(super) fn applied_names(store: &Store) -> Result<HashSet<String>, StoreError> {
    store
        .db
        .prepare_cached("SELECT name FROM applied_decision")
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(StoreError::when("read"))
}

/// Writes by which decisions the officials of a name were identified. Within a transaction.
pub(super) fn keep_applied(store: &Store, key: &str, decisions: &[Decision]) -> Result<(), StoreError> {
    let when = StoreError::when("written");
    if decisions.is_empty() {
        let mut statement = store.db.prepare_cached("DELETE FROM applied_decision WHERE name = ?1").map_err(&when)?;
        return statement.execute([key]).map(|_| ()).map_err(&when);
    }
    let data = as_json(decisions)?;
    store
        .db
        .prepare_cached("INSERT OR REPLACE INTO applied_decision (name, data) VALUES (?1, ?2)")
        .and_then(|mut s| s.execute([key, &data]))
        .map(|_| ())
        .map_err(&when)
}

/// The decisions of a cell `decision.data`.
pub(in crate::store) fn read(data: &str) -> Result<Vec<Decision>, StoreError> {
    // Recovery reads the file of the marks before it suspects the cache.
    serde_json::from_str(data).map_err(|error| StoreError::corrupt(format!("a decision cannot be read: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::decision::Verdict;

    #[test]
    fn the_last_step_counts_and_can_be_undone() {
        let store = Store::in_memory().unwrap();
        let place = |report: &str| Place { report: report.into(), at: 3 };
        let decision = |other| Decision {
            verdict: Verdict::Apart,
            name: "Lê Văn Thử".into(),
            this: place("r1"),
            that: place(other),
        };
        store.register().unwrap().decide("lê văn thử", &[decision("r2")]).unwrap();
        store.register().unwrap().decide("lê văn thử", &[decision("r2"), decision("r3")]).unwrap();
        assert_eq!(store.register().unwrap().decisions().unwrap(), [decision("r2"), decision("r3")]);
        let undone = UndoneStep { key: "lê văn thử".into(), decisions: vec![decision("r3")], more: true };
        assert_eq!(store.register().unwrap().undo_decision().unwrap(), Some(undone));
        assert_eq!(store.register().unwrap().decisions_of("lê văn thử").unwrap(), [decision("r2")]);
        store.register().unwrap().undo_decision().unwrap();
        assert_eq!(store.register().unwrap().decisions().unwrap(), []);
        assert_eq!(store.register().unwrap().undo_decision().unwrap(), None);
    }
}
