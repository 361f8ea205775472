//! Migrates a cache of an older format: its derived tables are dropped, created in the current format and derived again
//! from the texts, in one transaction. The texts and the reader's marks stay as they are; a kill leaves the old cache.

use super::ReportCache;
use super::open::{MIN_READER, VERSION, number};
use crate::extract::RULES;
use crate::store::{StoreError, index};
use std::path::Path;

impl ReportCache<'_> {
    /// Migrates the cache if its format is older. `tell` gets a line for the user first, because this takes a while.
    /// Returns the number of reports; `None` if the format is the current one.
    pub(in crate::store) fn migrate(
        &self,
        path: &Path,
        tell: &mut dyn FnMut(&str),
    ) -> Result<Option<usize>, StoreError> {
        let version = number(&self.store.db, "PRAGMA main.user_version")?;
        if version >= VERSION {
            return Ok(None);
        }
        if self.store.location.read_only.is_some() {
            return Err(StoreError::Older { path: path.to_owned(), version, ours: VERSION });
        }
        let texts = number(&self.store.db, "SELECT count(*) FROM body")?;
        tell(&format!(
            "the cache was made by an older baocao (format {version}); its reports ({texts}) are read again \
             (format {VERSION}), which happens once"
        ));
        let reports = self.store.write(|| {
            // Another process may have migrated it while this one waited for the lock.
            if number(&self.store.db, "PRAGMA main.user_version")? >= VERSION {
                return Ok(None);
            }
            self.add_days_column()?;
            self.count_texts()?;
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
        self.store.index().merge_segments()?;
        self.give_back_room();
        Ok(reports)
    }

    /// Adds the column `body.days` to a cache of a format before 7. Programs of that time leave it empty.
    fn add_days_column(&self) -> Result<(), StoreError> {
        let sql = "SELECT count(*) FROM pragma_table_info('body') WHERE name = 'days'";
        if number(&self.store.db, sql)? == 0 {
            self.store
                .db
                .execute_batch("ALTER TABLE main.body ADD COLUMN days TEXT")
                .map_err(StoreError::when("written"))?;
        }
        Ok(())
    }

    /// Counts the texts of a cache of a format before 7, and has them counted from now on, as schema.sql does.
    fn count_texts(&self) -> Result<(), StoreError> {
        let triggers = include_str!("schema.sql").split_once("CREATE TRIGGER").map_or("", |(_, triggers)| triggers);
        self.store
            .db
            .execute_batch(&format!(
                "DROP TRIGGER IF EXISTS main.text_saved; DROP TRIGGER IF EXISTS main.text_removed;
                 INSERT OR REPLACE INTO meta SELECT 'texts', count(*) FROM body;
                 INSERT OR REPLACE INTO meta SELECT 'text_numbers', coalesce(sum(no), 0) FROM body;
                 INSERT OR REPLACE INTO meta VALUES ('behind', 0);
                 CREATE TRIGGER {triggers}"
            ))
            .map_err(StoreError::when("made"))
    }

    /// Drops all tables except `meta`, `body`, those of the sources (`store/fetch_state.sql`), the bytes that are kept
    /// (`store/kept_sources.sql`), and which archives have which text (`store/joined.sql`).
    pub(super) fn drop_derived(&self) -> Result<(), StoreError> {
        // Virtual tables first: each drops its shadow tables, which are listed as well and gone by their turn.
        let tables: Vec<String> = self
            .store
            .db
            .prepare(
                "SELECT name FROM main.sqlite_schema
                 WHERE type = 'table' AND name NOT IN ('meta', 'body') AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
                   AND name NOT LIKE 'fetch@_%' ESCAPE '@' AND name NOT LIKE 'kept@_%' ESCAPE '@'
                   AND name <> 'joined' AND name NOT LIKE 'joined@_%' ESCAPE '@'
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

    /// Creates the derived tables, empty.
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
