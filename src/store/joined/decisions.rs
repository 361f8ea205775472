//! The decisions about namesakes of those who fill the archives. Each archive tells by which its officials were made;
//! those of all archives together hold for the joined cache. Where two archives disagree about a pair of observations,
//! the earlier one of the list is right. The reader's own come above all of them, as in any archive.

use super::{JoinError, JoinWriter};
use crate::officials::decision::Decision;
use crate::store::register::decisions::{decided_names, decisions_of, places_of, read};
use crate::store::{Store, StoreError};
use rusqlite::params;
use std::collections::{BTreeMap, HashSet};

impl JoinWriter {
    /// Takes over the decisions of an archive in the place of those that it had before.
    pub(super) fn read_decisions(&self, n: usize, archive: &Store) -> Result<(), JoinError> {
        let of = |store: &Store, sql: &str| -> Result<Vec<(String, String)>, StoreError> {
            store
                .db
                .prepare_cached(sql)
                .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
                .map_err(StoreError::when("read"))
        };
        let there = of(archive, "SELECT name, data FROM applied_decision ORDER BY name").map_err(JoinError::Archive)?;
        let here =
            of(&self.store, &format!("SELECT name, data FROM joined_decision WHERE archive = {n} ORDER BY name"))
                .map_err(JoinError::Own)?;
        if there == here {
            return Ok(());
        }
        self.store
            .write(|| {
                let when = StoreError::when("written");
                self.store.db.execute("DELETE FROM joined_decision WHERE archive = ?1", [n]).map_err(&when)?;
                for (name, data) in &there {
                    self.store
                        .db
                        .execute(
                            "INSERT INTO joined_decision (archive, name, data) VALUES (?1, ?2, ?3)",
                            params![n, name, data],
                        )
                        .map_err(&when)?;
                }
                Ok(())
            })
            .map_err(JoinError::Own)
    }

    /// Applies the decisions of all archives to the joined cache. What is in force already costs one look.
    pub(super) fn apply_decisions(&self) -> Result<(), StoreError> {
        let mut wanted: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        let rows: Vec<(String, String)> = self
            .store
            .db
            .prepare_cached("SELECT name, data FROM joined_decision ORDER BY name, archive")
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))?;
        for (name, data) in rows {
            // One that cannot be read is a fault of its archive, and decides nothing.
            let Ok(more) = read(&data) else { continue };
            let all = wanted.entry(name).or_default();
            let decided: HashSet<_> = all.iter().map(places_of).collect();
            all.extend(more.into_iter().filter(|decision| !decided.contains(&places_of(decision))));
        }
        for name in decided_names(&self.store.db)? {
            wanted.entry(name).or_default();
        }
        for (name, decisions) in &wanted {
            if decisions_of(&self.store, name)? != *decisions {
                self.store.register()?.decide(name, decisions)?;
            }
        }
        Ok(())
    }
}
