//! Collects the sound texts of a damaged cache into a new one. A text is sound if its hash is its id, so nothing that
//! is found anywhere in the file can be taken for a text that was never saved.
//!
//! A bad page ends a query of SQLite. The texts behind it are reached from the other end, and all others page by page,
//! which is also done if a query ends well but does not have every id that is listed elsewhere: a page may stand in the
//! place of another one of its kind.
//!
//! ```text
//! pages of `body`   ok ok ok BAD ok ok ok BAD ok ok
//! forth             ───────▶
//! back                                        ◀────
//! page by page      ▶  ▶  ▶      ▶  ▶  ▶      ▶  ▶       needs no head of the file and no page above a leaf
//! ```

use super::load_report::{BODY_COLUMNS, StoredBody};
use crate::store::leaf_pages::{LeafPages, LeafRow, LeafValue};
use crate::store::{Store, StoreError};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::collections::HashSet;
use std::path::Path;

/// Texts are written to the new cache in transactions of this many.
const TRANSACTION_TEXTS: usize = 500;
/// The position of the id in `body`, and of the text.
const ID: usize = 1;

/// What was read out of a damaged cache.
pub(super) struct SalvagedTexts {
    /// Number of sound texts.
    pub reports: usize,
    /// Whether these are certainly all texts of the damaged cache.
    pub whole: bool,
}

/// Writes the sound texts of a damaged cache into `body` of a new one.
pub(super) struct BodySalvage<'a> {
    store: &'a Store,
    /// The columns of `body` in order.
    columns: Vec<String>,
    /// The ids that are in the new cache.
    seen: HashSet<u128>,
    /// Rows that are not written yet.
    waiting: Vec<Vec<Value>>,
}

impl<'a> BodySalvage<'a> {
    pub fn new(store: &'a Store) -> Result<Self, StoreError> {
        let columns = store
            .db
            .prepare("SELECT name FROM pragma_table_info('body') ORDER BY cid")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        Ok(Self { store, columns, seen: HashSet::new(), waiting: Vec::new() })
    }

    /// Reads the damaged file, which is not changed.
    pub fn read(mut self, path: &Path) -> Result<SalvagedTexts, StoreError> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let mut known = None;
        if let Ok(db) = Connection::open_with_flags(path, flags) {
            if self.read_texts(&db, "ORDER BY no")? {
                let (ids, more) = (ids(&db, "report"), ids(&db, "body"));
                known = ids.zip(more).map(|(listed, stored)| &listed | &stored);
            } else {
                self.read_texts(&db, "ORDER BY no DESC")?;
            }
        }
        self.write()?;
        if !self.has_all(known.as_ref())
            && let Ok(mut pages) = LeafPages::open(path)
        {
            pages.each_row(&mut |row| self.take_row(row))?;
            self.write()?;
        }
        Ok(SalvagedTexts { reports: self.seen.len(), whole: self.has_all(known.as_ref()) })
    }

    /// Whether the new cache has every text of `known`. Not if these are not known.
    fn has_all(&self, known: Option<&HashSet<u128>>) -> bool {
        known.is_some_and(|known| known.is_subset(&self.seen))
    }

    /// Takes every row that the query reaches. Returns false if an error ended it early.
    fn read_texts(&mut self, db: &Connection, order: &str) -> Result<bool, StoreError> {
        let Ok(mut statement) = db.prepare(&format!("SELECT * FROM body {order}")) else { return Ok(false) };
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let places: Vec<Option<usize>> =
            self.columns.iter().map(|column| names.iter().position(|name| name == column)).collect();
        let Ok(mut rows) = statement.query([]) else { return Ok(false) };
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    let cell = |place: &Option<usize>| place.map_or(Ok(Value::Null), |place| row.get(place));
                    if let Ok(values) = places.iter().map(cell).collect::<Result<Vec<Value>, _>>() {
                        self.take(values)?;
                    }
                }
                Ok(None) => return Ok(true),
                Err(_) => return Ok(false),
            }
        }
    }

    /// Takes a row that was found without SQLite, if it can be one of `body`. Columns that a file of before does not
    /// have were added at the end.
    fn take_row(&mut self, row: LeafRow) -> Result<(), StoreError> {
        let Some(number) = row.number else { return Ok(()) };
        let is_body = row.values.len() > ID + 1
            && row.values.len() <= self.columns.len()
            && row.values.get(ID).and_then(LeafValue::text).is_some_and(|id| id.len() == 32);
        if !is_body {
            return Ok(());
        }
        let mut values: Vec<Value> = row.values.into_iter().map(Value::from).collect();
        values.resize(self.columns.len(), Value::Null);
        if let Some(first) = values.first_mut() {
            *first = Value::Integer(number);
        }
        self.take(values)
    }

    fn take(&mut self, values: Vec<Value>) -> Result<(), StoreError> {
        self.waiting.push(values);
        if self.waiting.len() >= TRANSACTION_TEXTS { self.write() } else { Ok(()) }
    }

    /// Writes the rows that wait, and deletes those again that turn out to be damaged: they are read as those of any
    /// cache are.
    fn write(&mut self) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        let store = self.store;
        store.write(|| {
            for values in &waiting {
                self.write_one(values)?;
            }
            Ok(())
        })
    }

    fn write_one(&mut self, values: &[Value]) -> Result<(), StoreError> {
        let id = match values.get(ID) {
            Some(Value::Text(id)) => u128::from_str_radix(id, 16).ok(),
            _ => None,
        };
        let Some(id) = id.filter(|id| !self.seen.contains(id)) else { return Ok(()) };
        let when = StoreError::when("written");
        let places = vec!["?"; values.len()].join(", ");
        let mut insert =
            self.store.db.prepare_cached(&format!("INSERT OR IGNORE INTO body VALUES ({places})")).map_err(&when)?;
        let mut inserted = insert.execute(params_from_iter(values)).unwrap_or(0);
        if inserted == 0 {
            // Damage can give one number to two rows, of which each may be sound: the second gets another number.
            let others = std::iter::once(&Value::Null).chain(values.iter().skip(1));
            inserted = insert.execute(params_from_iter(others)).unwrap_or(0);
        }
        if inserted == 0 {
            return Ok(());
        }
        let no = self.store.db.last_insert_rowid();
        let sound = self
            .store
            .db
            .prepare_cached(&format!("SELECT {BODY_COLUMNS} FROM body WHERE no = ?1"))
            .and_then(|mut s| s.query_row([no], StoredBody::read));
        if sound.is_ok_and(|(_, sound)| sound) {
            self.seen.insert(id);
            return Ok(());
        }
        self.store
            .db
            .prepare_cached("DELETE FROM body WHERE no = ?1")
            .and_then(|mut s| s.execute([no]))
            .map(|_| ())
            .map_err(&when)
    }
}

/// All ids in a table; `None` if they cannot all be read.
fn ids(db: &Connection, table: &str) -> Option<HashSet<u128>> {
    let mut statement = db.prepare(&format!("SELECT id FROM {table}")).ok()?;
    let ids = statement.query_map([], |row| row.get::<_, String>(0)).ok()?;
    ids.map(|id| u128::from_str_radix(&id.ok()?, 16).ok()).collect()
}
