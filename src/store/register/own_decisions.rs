//! Applies the reader's own decisions to an archive. Its tables cannot be written, so the officials of the names that
//! they are about are kept in memory, by the same statements as in a cache of one's own: own_decisions.sql puts views
//! in the place of the tables. Without decisions there are none, and nothing costs more.
//!
//! A decision of the reader takes the place of all that the archive's own users have decided about that name.

use super::{RegisterWriter, decisions};
use crate::store::cache::number;
use crate::store::register::moved_observations::MovedObservations;
use crate::store::{Store, StoreError};
use std::collections::BTreeSet;

impl RegisterWriter<'_> {
    /// Identifies every name that the reader has decided about in an archive, and takes back what no decision supports
    /// any more. To be called when the archive is opened, and whenever it or the decisions have changed.
    pub(in crate::store) fn apply_own_decisions(&self) -> Result<(), StoreError> {
        let decided = decisions::decided_names(&self.store.db)?;
        let has_views = has_views(self.store)?;
        if decided.is_empty() && !has_views {
            return Ok(());
        }
        let run = |sql: &str| self.store.db.execute_batch(sql).map_err(StoreError::when("read"));
        if !has_views {
            run(include_str!("own_decisions.sql"))?;
        }
        let mut names = BTreeSet::new();
        for name in &decided {
            names.extend(decisions::number_of_name(self.store, name)?);
        }
        // In one transaction, so that memory is not written statement by statement. It locks nothing of the archive.
        run("BEGIN; DELETE FROM own_name; DELETE FROM own_official; DELETE FROM own_held; DELETE FROM own_person;")?;
        let done = names.into_iter().try_for_each(|name_no| self.identify_own(name_no)).and_then(|()| run("COMMIT"));
        if done.is_err() && !self.store.db.is_autocommit() {
            let _ = run("ROLLBACK");
        }
        done
    }

    /// Identifies one name. The views show none of its officials until they are inserted.
    fn identify_own(&self, name_no: i64) -> Result<(), StoreError> {
        self.store
            .db
            .execute("INSERT OR IGNORE INTO own_name (name_no) VALUES (?1)", [name_no])
            .map_err(StoreError::when("read"))?;
        let mut moved = MovedObservations::default();
        self.identify_officials(&[name_no], &mut moved)?;
        moved.sort();
        self.write_moved(moved.places(), &moved)
    }
}

/// Whether the views of own_decisions.sql are there.
fn has_views(store: &Store) -> Result<bool, StoreError> {
    Ok(number(&store.db, "SELECT count(*) FROM temp.sqlite_schema WHERE name = 'own_name'")? > 0)
}
