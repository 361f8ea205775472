//! A cache of an older format is made again from its texts, in one transaction: all that is derived is dropped, laid
//! out anew and derived by the rules of today. The texts and the reader's marks stay as they are; a kill leaves the old
//! cache.

use super::ReportCache;
use super::open::{MIN_READER, VERSION, number};
use crate::extract::RULES;
use crate::store::{StoreError, index};
use std::path::Path;

impl ReportCache<'_> {
    /// Makes the derived tables of a cache of an older format again; `tell` hears of it first, as it takes a while.
    /// Returns the number of reports; `None` if the format is the current one.
    pub(super) fn migrate(&self, path: &Path, tell: &mut dyn FnMut(&str)) -> Result<Option<usize>, StoreError> {
        let version = number(&self.store.db, "PRAGMA main.user_version")?;
        if version >= VERSION {
            return Ok(None);
        }
        if self.store.location.read_only.is_some() {
            return Err(StoreError::Older { path: path.to_owned(), version, ours: VERSION });
        }
        let texts = number(&self.store.db, "SELECT count(*) FROM body")?;
        tell(&format!(
            "the cache was made by an older baocao (format {version}); its {texts} reports are read again \
             (format {VERSION}), which happens once"
        ));
        let reports = self.store.write(|| {
            // Another process may have done it while this one waited for its turn.
            if number(&self.store.db, "PRAGMA main.user_version")? >= VERSION {
                return Ok(None);
            }
            self.drop_derived()?;
            self.create_derived()?;
            let reports = self.remake(false)?;
            self.store
                .db
                .execute_batch(&format!(
                    "INSERT OR REPLACE INTO meta VALUES ('min_reader', {MIN_READER});
                     PRAGMA main.user_version = {VERSION};"
                ))
                .map_err(StoreError::when("written"))?;
            Ok(Some(reports))
        })?;
        self.give_back_room();
        Ok(reports)
    }

    /// Drops all tables but those of the texts.
    pub(super) fn drop_derived(&self) -> Result<(), StoreError> {
        // The index first: its own tables go with it.
        let tables: Vec<String> = self
            .store
            .db
            .prepare(
                "SELECT name FROM main.sqlite_schema
                 WHERE type = 'table' AND name NOT IN ('meta', 'body') AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
                 ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'",
            )
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        tables.iter().try_for_each(|table| {
            self.store
                .db
                .execute_batch(&format!("DROP TABLE IF EXISTS main.\"{table}\""))
                .map_err(StoreError::when("written"))
        })
    }

    /// Lays out the tables of what is derived, with nothing in them.
    pub(super) fn create_derived(&self) -> Result<(), StoreError> {
        self.store
            .db
            .execute_batch(&format!(
                "{} INSERT OR REPLACE INTO meta VALUES ('rules', {RULES}), ('index', {});",
                include_str!("derived.sql"),
                index::VERSION
            ))
            .map_err(StoreError::when("made"))
    }
}
