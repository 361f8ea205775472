//! The newest reports, before anything is counted: what the first screen of the reader shows. One statement that stops
//! after so many rows, whatever the size of the cache.

use super::row::{COLUMNS, read};
use super::{ListRow, Store, StoreError};

impl Store {
    /// The rows of the newest reports, at most so many, in the order of the unfiltered list. The names of their people are
    /// left out.
    pub fn newest(&self, limit: usize) -> Result<Vec<ListRow>, StoreError> {
        self.db
            .prepare_cached(&format!("SELECT {COLUMNS} ORDER BY r.row DESC LIMIT ?1"))
            .and_then(|mut s| s.query_map([limit as i64], |row| Ok(read(row)?.1))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// How many officials there are.
    pub fn how_many_officials(&self) -> Result<usize, StoreError> {
        self.db
            .prepare_cached("SELECT count(*) FROM official")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }
}
