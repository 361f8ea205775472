//! Which archives have a report, for the filter `archive:` and for what is printed. In a cache that joins no archives
//! nothing has any.

use crate::store::{Store, StoreError};
use rusqlite::{Params, Row};

impl Store {
    /// The names of the archives that are listed as one, in the order of the list.
    pub fn archive_names(&self) -> Result<Vec<String>, StoreError> {
        self.cells("SELECT name FROM joined ORDER BY no", [], |row| row.get(0))
    }

    /// The numbers of the archives with a name that `keep` wants.
    pub(in crate::store) fn archives_named(&self, keep: &dyn Fn(&str) -> bool) -> Result<Vec<i64>, StoreError> {
        let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
        let all = self.cells("SELECT no, name FROM joined ORDER BY no", [], read)?;
        Ok(all.into_iter().filter(|(_, name)| keep(name)).map(|(no, _)| no).collect())
    }

    /// The names of the archives that have a report, in the order of the list.
    pub fn archives_of(&self, id: &str) -> Result<Vec<String>, StoreError> {
        self.cells(
            "SELECT j.name FROM body b JOIN joined_text t ON t.body = b.no JOIN joined j ON j.no = t.archive
             WHERE b.id = ?1 ORDER BY j.no",
            [id],
            |row| row.get(0),
        )
    }

    /// The rows of a query about joined archives; none if the cache joins none.
    fn cells<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let has_table = "SELECT 1 FROM main.sqlite_schema WHERE name = 'joined_decision'";
        let joins =
            self.db.prepare_cached(has_table).and_then(|mut s| s.exists([])).map_err(StoreError::when("read"))?;
        if !joins {
            return Ok(Vec::new());
        }
        self.db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map(params, read)?.collect())
            .map_err(StoreError::when("read"))
    }
}
