//! Rows of a list from their numbers, without their lines of text (`lines`).

use crate::store::row::{COLUMNS, read};
use crate::store::{ListRow, Store, StoreError};

impl Store {
    /// The rows of those numbers, in their order and without lines of text; numbers of reports that are gone are left out.
    pub(super) fn rows_of(&self, numbers: &[i64]) -> Result<Vec<ListRow>, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self.db.prepare_cached(&format!("SELECT {COLUMNS} WHERE r.row = ?1")).map_err(&when)?;
        let mut out = Vec::with_capacity(numbers.len());
        for number in numbers {
            let found: Option<(i64, ListRow)> =
                statement.query_map([number], read).and_then(|mut rows| rows.next().transpose()).map_err(&when)?;
            let Some((_, mut row)) = found else { continue };
            row.people = self.people_of(*number)?;
            out.push(row);
        }
        Ok(out)
    }

    /// The names of a report's people, in order.
    pub(in crate::store) fn people_of(&self, row: i64) -> Result<Vec<String>, StoreError> {
        self.db
            .prepare_cached("SELECT name FROM person WHERE report = ?1 ORDER BY place")
            .and_then(|mut s| s.query_map([row], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }
}
