//! Reads a damaged file of marks back: by SQLite as far as it goes, then page by page, then what is still missing from
//! the newest copy. The result is written to a new file, which takes the place of the damaged one in one step; that is
//! kept beside it.
//!
//! Rows of the copy can be marks that the reader has taken away since: a star too many is better than one lost.

use super::backup::{self, MarksBackup};
use super::row_tables::{as_leaf, fits, table_of};
use crate::officials::decision::Decision;
use crate::store::StoreError;
use crate::store::cache::private_files::{self, AsideReason};
use crate::store::leaf_pages::{LeafPages, LeafRow};
use rusqlite::types::Value;
use rusqlite::{Connection, ToSql, params_from_iter};
use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What became of a damaged file of marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarksMended {
    /// The file of the marks, now a new one.
    pub file: PathBuf,
    /// What was found damaged in it.
    pub why: String,
    /// Where the damaged file is now.
    pub aside: PathBuf,
    /// Number of marks, tags, places, dates, notes and decisions that were read out of it.
    pub read_back: usize,
    /// Number of those that are from the newest copy, and the copy.
    pub restored: usize,
    pub copy: Option<MarksBackup>,
}

impl fmt::Display for MarksMended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, why, aside, read_back, restored, copy } = self;
        write!(
            f,
            "the reader's marks in {file:?} were damaged ({why}); the damaged file is kept as {aside:?}, and \
             what could be read back of marks, tags, notes and decisions ({read_back}) is in a new one"
        )?;
        match copy {
            Some(copy) if *restored > 0 => write!(f, ", with {restored} more from the copy of {}", copy.day),
            _ => Ok(()),
        }
    }
}

/// Makes a new file of what can be read of a damaged one. `None` if it is sound, because another process has mended it.
/// The caller has the lock of the folder.
pub(super) fn mend(path: &Path, why: &str) -> Result<Option<MarksMended>, StoreError> {
    if super::damage(path)?.is_none() {
        return Ok(None);
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(".mended");
    let draft = PathBuf::from(draft);
    // One that a killed process has left.
    let _ = fs::remove_file(&draft);
    private_files::private_file(&draft)?;
    let mut new = MendedFile::create(&draft)?;
    let whole = new.copy_tables(path, "damaged")?;
    if !whole {
        new.copy_pages(path)?;
    }
    let read_back = new.rows;
    let copy = backup::newest(path).filter(|_| !whole);
    if let Some(copy) = &copy {
        new.copy_tables(&copy.path, "copy")?;
    }
    let restored = new.rows - read_back;
    new.close()?;
    let failed = |error: std::io::Error| StoreError::Unusable { path: path.to_owned(), why: error.to_string() };
    fs::File::open(&draft).and_then(|file| file.sync_all()).map_err(failed)?;
    let aside = private_files::keep_aside(path, AsideReason::Damaged)?;
    fs::rename(&draft, path).map_err(failed)?;
    Ok(Some(MarksMended { file: path.to_owned(), why: why.to_owned(), aside, read_back, restored, copy }))
}

/// An error if a decision cannot be read.
pub(super) fn check_decisions(db: &Connection, schema: &str) -> Result<(), StoreError> {
    let when = StoreError::when("read");
    let mut statement = db.prepare(&format!("SELECT data FROM {schema}.decision")).map_err(&when)?;
    let mut all = statement.query_map([], |row| row.get::<_, String>(0)).map_err(&when)?;
    all.try_for_each(|data| {
        if is_decisions(&data.map_err(&when)?) { Ok(()) } else { Err(StoreError::corrupt("a decision cannot be read")) }
    })
}

fn is_decisions(data: &str) -> bool {
    serde_json::from_str::<Vec<Decision>>(data).is_ok()
}

/// The new file, attached as `user` to a connection of its own.
struct MendedFile {
    db: Connection,
    /// Number of rows in it.
    rows: usize,
}

impl MendedFile {
    fn create(path: &Path) -> Result<Self, StoreError> {
        let db = Connection::open_in_memory().map_err(StoreError::when("made"))?;
        db.execute("ATTACH ?1 AS user", [path.to_string_lossy()]).map_err(StoreError::when("made"))?;
        super::create(&db)?;
        Ok(Self { db, rows: 0 })
    }

    /// Copies every row of another file that can be reached, and is not in the new one yet. Whether all could be read.
    fn copy_tables(&mut self, from: &Path, schema: &str) -> Result<bool, StoreError> {
        let tables = super::tables(&self.db, "user")?;
        let attached = self.db.execute(&format!("ATTACH ?1 AS {schema}"), [from.to_string_lossy()]);
        let mut whole = attached.is_ok();
        for table in tables.iter().filter(|_| attached.is_ok()) {
            // A bad page ends a query: the rows behind it are reached from the other end.
            if !self.copy_rows(table, schema, "ASC")? {
                whole = false;
                self.copy_rows(table, schema, "DESC")?;
            }
        }
        if attached.is_ok() {
            let _ = self.db.execute_batch(&format!("DETACH {schema}"));
        }
        Ok(whole)
    }

    /// Copies the rows of a table in one direction. Whether it came to the end, and every row is sound.
    fn copy_rows(&mut self, table: &str, schema: &str, direction: &str) -> Result<bool, StoreError> {
        let mut found = Vec::new();
        let sql = format!("SELECT * FROM {schema}.{table} ORDER BY 1 {direction}");
        let read = self.db.prepare(&sql).and_then(|mut statement| {
            let columns = statement.column_count();
            let row =
                |row: &rusqlite::Row<'_>| (0..columns).map(|n| row.get::<_, Value>(n)).collect::<Result<Vec<_>, _>>();
            statement.query_map([], row)?.try_for_each(|row| row.map(|row| found.push(row)))
        });
        let mut sound = read.is_ok();
        self.in_transaction(|file| {
            for values in &found {
                // Those of another table are found page by page.
                sound &= fits(table, &as_leaf(table, values)) && file.insert(table, values);
            }
        })?;
        Ok(sound)
    }

    /// Copies the rows that are found without SQLite. To which table a row belongs is told by its values.
    fn copy_pages(&mut self, from: &Path) -> Result<(), StoreError> {
        let Ok(mut pages) = LeafPages::open(from) else { return Ok(()) };
        let mut found: Vec<(&str, LeafRow)> = Vec::new();
        let Ok(()) = pages.each_row(&mut |row| {
            found.extend(table_of(&row).map(|table| (table, row)));
            Ok::<_, std::convert::Infallible>(())
        });
        // A tag can look like a date; a page that has nothing else is one of dates.
        let tagged: HashSet<u64> = found.iter().filter(|(table, _)| *table == "tag").map(|(_, row)| row.page).collect();
        self.in_transaction(|file| {
            for (table, row) in &found {
                let table = if *table == "dated" && tagged.contains(&row.page) { "tag" } else { table };
                let mut values: Vec<Value> = row.values.iter().cloned().map(Value::from).collect();
                if let (Some(number), Some(first)) = (row.number, values.first_mut()) {
                    *first = Value::Integer(number);
                }
                file.insert(table, &values);
            }
        })
    }

    fn in_transaction(&mut self, work: impl FnOnce(&mut Self)) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        self.db.execute_batch("BEGIN").map_err(&when)?;
        work(self);
        self.db.execute_batch("COMMIT").map_err(&when)
    }

    /// Inserts a row, unless there is one with its key. `false` if it is no sound row of the table.
    fn insert(&mut self, table: &str, values: &[Value]) -> bool {
        if table == "decision" && !matches!(values, [_, _, _, Value::Text(data)] if is_decisions(data)) {
            return false;
        }
        let places = vec!["?"; values.len()].join(", ");
        let sql = format!("INSERT OR IGNORE INTO user.{table} VALUES ({places})");
        let done = self
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| s.execute(params_from_iter(values.iter().map(|v| v as &dyn ToSql))));
        self.rows += done.as_ref().copied().unwrap_or(0);
        done.is_ok()
    }

    fn close(self) -> Result<(), StoreError> {
        self.db.close().map_err(|(_, error)| StoreError::when("written")(error))
    }
}
