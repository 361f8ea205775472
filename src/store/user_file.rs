//! The file of the reader's marks (`user.data`): attached to the connection of the cache, created, and checked whenever
//! it is opened. A damaged one is read back (`mending`), and copies are kept (`backup`). It is never begun anew without
//! a word, and its damage is never taken for that of the cache.
//!
//! ```text
//! file                                  result
//! missing, no copies                    created
//! missing or empty, copies              the newest copy is restored, with a notice
//! empty, no copies                      begun anew, with a notice
//! damaged                               kept beside; what can be read is in a new one, with a notice
//! newer format, or cannot be written    read, with the reason
//! another program's, or cannot be read  left alone; marks are in memory, with a notice
//! ```
//!
//! Processes that open at the same time wait for the one that mends or creates: both happen under the lock of the
//! folder.

mod backup;
mod mending;
mod row_tables;

pub use backup::MarksBackup;
pub use mending::MarksMended;

use super::cache::private_files;
use super::cache::{APPLICATION_ID, either_way, first_fault, number, set_journal};
use super::{Store, StoreError, file_head};
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// The version of user.sql.
const USER_VERSION: i64 = 1;
/// Up to this size in bytes the file is checked whenever it is opened, which takes some tenths of a millisecond. A
/// larger one is checked when something in it cannot be read, and by `doctor`.
const CHECKED_BYTES: u64 = 1 << 20;
/// Tables that every version of the file has.
const TABLES: [&str; 4] = ["mark", "tag", "place", "decision"];
/// The columns of each table. Those of a damaged schema can have other names, which SQLite takes for a fault of the
/// statement that asks for them and not of the file.
pub(super) const COLUMNS: [(&str, &[&str]); 7] = [
    ("mark", &["report", "read", "starred"]),
    ("tag", &["report", "tag"]),
    ("place", &["letter", "report", "at"]),
    ("dated", &["report", "date"]),
    ("seen", &["what", "body", "at"]),
    ("note", &["no", "about", "report", "official", "start", "finish", "quote", "text", "made", "changed"]),
    ("decision", &["no", "kind", "name", "data"]),
];

impl Store {
    /// Attaches the file of the marks as `user`. If it cannot be used, empty tables in memory take its place, and a
    /// notice says why. `has_lock`: the caller has the lock of the folder.
    pub(super) fn attach_user(&mut self, path: &Path, has_lock: bool) -> Result<(), StoreError> {
        // The marks on an archive are in the reader's own folder, which can be written.
        if self.location.read_only.is_some() && self.location.archive.is_none() {
            self.location.user_read_only.clone_from(&self.location.read_only);
            return self.attach_to_read(path);
        }
        if let Err(error) = self.attach_sound(path, has_lock) {
            self.detach();
            self.location.notices.push(format!("marks cannot be kept in {path:?}: {error}"));
            self.location.user_read_only = Some(error.to_string());
            return self.attach_memory();
        }
        if self.location.user_read_only.is_none() && self.db.is_readonly("user").unwrap_or(false) {
            self.location.user_read_only = Some(format!("{path:?} is write-protected"));
        }
        Ok(())
    }

    fn attach_sound(&mut self, path: &Path, has_lock: bool) -> Result<(), StoreError> {
        let is_empty = |path: &Path| fs::symlink_metadata(path).map_or(true, |meta| meta.is_file() && meta.len() == 0);
        if is_empty(path) {
            let _alone = lock_unless(has_lock, path)?;
            // Another process may have created it meanwhile, which holds the lock until its tables are there.
            if is_empty(path) {
                self.begin_anew(path)?;
                return self.attach(path);
            }
        }
        private_files::private_file(path)?;
        let why = match self.attach(path) {
            Err(StoreError::MarksDamaged { why, .. }) => why,
            done => return done,
        };
        self.detach();
        let _alone = lock_unless(has_lock, path)?;
        if let Some(mended) = mending::mend(path, &why)? {
            self.location.notices.push(mended.to_string());
        }
        self.attach(path)
    }

    /// Makes an empty file, or restores the newest copy.
    fn begin_anew(&mut self, path: &Path) -> Result<(), StoreError> {
        let was_there = fs::symlink_metadata(path).is_ok();
        private_files::private_file(path)?;
        let what = if was_there { "was empty" } else { "was missing" };
        if let Some(copy) = backup::newest(path) {
            copy.restore(path)?;
            self.location.notices.push(format!(
                "the file of the reader's marks {path:?} {what}; the copy of {} was restored from {:?}",
                copy.day, copy.path
            ));
        } else if was_there {
            self.location.notices.push(format!("the file of the reader's marks {path:?} {what}; a new one was begun"));
        }
        Ok(())
    }

    /// Attaches a file and creates the tables if it is empty. `StoreError::MarksDamaged` if it is damaged.
    fn attach(&mut self, path: &Path) -> Result<(), StoreError> {
        let name = path.to_str().ok_or_else(|| StoreError::Unusable {
            path: path.to_owned(),
            why: "its name is not UTF-8; give another folder with --cache".to_owned(),
        })?;
        let tried = file_head::check(path)
            .and_then(|()| self.db.execute("ATTACH ?1 AS user", [name]).map_err(StoreError::when("opened")))
            .and_then(|_| self.check_attached(path));
        tried.map_err(|error| as_damage(error, path))
    }

    fn check_attached(&mut self, path: &Path) -> Result<(), StoreError> {
        let when = StoreError::when("opened");
        let version = number(&self.db, "PRAGMA user.user_version")?;
        let tables = tables(&self.db, "user")?;
        let is_ours = number(&self.db, "PRAGMA user.application_id")? == APPLICATION_ID;
        if !is_ours && is_foreign(&tables) {
            return Err(StoreError::NotOurs { path: path.to_owned() });
        }
        if version > USER_VERSION && is_ours {
            self.location.user_read_only = Some(format!("{path:?} was made by a newer baocao"));
            return Ok(());
        }
        if tables.is_empty() {
            set_journal(&self.db, "user", path)?;
            create(&self.db)?;
        } else if let Some(missing) = TABLES.iter().find(|table| !has(&tables, table)) {
            return Err(StoreError::corrupt(format!("its table `{missing}` is missing")));
        } else if !is_ours {
            return Err(StoreError::corrupt("its head is not what was written"));
        } else {
            check_columns(&self.db, &tables)?;
            if fs::metadata(path).is_ok_and(|meta| meta.len() <= CHECKED_BYTES) {
                check_pages(&self.db)?;
                row_tables::check(&self.db)?;
            }
        }
        // A file of before lacks these tables. Where they cannot be made, nothing is dated by hand, seen or noted.
        let made = self.db.execute_batch(&younger_tables());
        match made.map_err(&when) {
            Err(error @ StoreError::Corrupt { .. }) => return Err(error),
            Err(_) => {
                self.location.user_read_only.get_or_insert_with(|| format!("{path:?} cannot be changed"));
            }
            Ok(()) => {}
        }
        self.db.execute_batch("PRAGMA user.synchronous = FULL").map_err(&when)
    }

    /// Attaches the marks of a cache that can only be read; empty ones in memory if they cannot be read either.
    fn attach_to_read(&mut self, path: &Path) -> Result<(), StoreError> {
        if !private_files::is_plain(path) {
            return self.attach_memory();
        }
        let attached = either_way(path, |uri| {
            self.db.execute("ATTACH ?1 AS user", [uri]).map_err(StoreError::when("opened"))?;
            number(&self.db, "SELECT count(*) FROM user.mark").map(|_| ()).inspect_err(|_| self.detach())
        });
        let Err(error) = attached else { return Ok(()) };
        self.location.notices.push(format!("the reader's marks {path:?} cannot be read: {error}"));
        self.attach_memory()
    }

    /// Empty tables in memory, in place of a file.
    pub(super) fn attach_memory(&self) -> Result<(), StoreError> {
        self.db
            .execute_batch(&format!("ATTACH ':memory:' AS user; {}", include_str!("marks/user.sql")))
            .map_err(StoreError::when("opened"))
    }

    fn detach(&self) {
        if !self.db.is_autocommit() {
            let _ = self.db.execute_batch("ROLLBACK");
        }
        // Fails only if it was never attached.
        let _ = self.db.execute_batch("DETACH user");
    }
}

/// Reads back what can be read of a damaged file, if it is damaged. The caller has the lock of the folder.
pub(super) fn mend_if_damaged(path: &Path) -> Result<Option<MarksMended>, StoreError> {
    if !private_files::is_plain(path) {
        return Ok(None);
    }
    match damage(path)? {
        Some(why) => mending::mend(path, &why),
        None => Ok(None),
    }
}

/// Why a file is damaged, with every page and every decision read; `None` if nothing is.
pub(super) fn damage(path: &Path) -> Result<Option<String>, StoreError> {
    let opened = file_head::check(path).and_then(|()| Connection::open_in_memory().map_err(StoreError::when("opened")));
    let checked = opened.and_then(|db| {
        db.execute("ATTACH ?1 AS user", [path.to_string_lossy()]).map_err(StoreError::when("opened"))?;
        let tables = tables(&db, "user")?;
        let is_ours = number(&db, "PRAGMA user.application_id")? == APPLICATION_ID;
        if !is_ours && is_foreign(&tables) {
            return Ok(());
        }
        check_pages(&db)?;
        if !is_ours {
            return Err(StoreError::corrupt("its head is not what was written"));
        }
        if let Some(missing) = TABLES.iter().find(|table| !has(&tables, table)) {
            return Err(StoreError::corrupt(format!("its table `{missing}` is missing")));
        }
        if number(&db, "PRAGMA user.user_version")? <= USER_VERSION {
            check_columns(&db, &tables)?;
            row_tables::check(&db)?;
        }
        mending::check_decisions(&db, "user")
    });
    match checked {
        Ok(()) => Ok(None),
        Err(StoreError::Corrupt { why, .. } | StoreError::MarksDamaged { why, .. }) => Ok(Some(why)),
        Err(error) => Err(error),
    }
}

/// The names of the tables of an attached file.
fn tables(db: &Connection, schema: &str) -> Result<Vec<String>, StoreError> {
    db.prepare(&format!("SELECT name FROM {schema}.sqlite_schema WHERE type = 'table'"))
        .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
        .map_err(StoreError::when("read"))
}

/// Whether the tables of a file are another program's. Two of our names are ours with a damaged head.
fn is_foreign(tables: &[String]) -> bool {
    !tables.is_empty() && TABLES.iter().filter(|table| has(tables, table)).count() < 2
}

fn has(tables: &[String], name: &str) -> bool {
    tables.iter().any(|table| table == name)
}

/// An error unless each of these tables has the columns that it was made with.
fn check_columns(db: &Connection, tables: &[String]) -> Result<(), StoreError> {
    for (table, columns) in COLUMNS.iter().filter(|(table, _)| has(tables, table)) {
        match db.prepare(&format!("SELECT {} FROM user.{table}", columns.join(", "))) {
            // A fault of the statement: the table is not what it was written for. All other errors, such as a lock,
            // say nothing of the columns.
            Err(error @ rusqlite::Error::SqlInputError { .. }) => {
                return Err(StoreError::corrupt(format!("its table `{table}` is not as it was made: {error}")));
            }
            done => done.map_err(StoreError::when("opened"))?,
        };
    }
    Ok(())
}

/// The statements of user.sql for the tables that older files lack.
fn younger_tables() -> String {
    let all = include_str!("marks/user.sql");
    let younger = all.split_inclusive(";\n").filter(|statement| statement.contains("IF NOT EXISTS"));
    younger.collect()
}

/// Creates the tables in the attached file `user`, unless another process has done so since.
fn create(db: &Connection) -> Result<(), StoreError> {
    let when = StoreError::when("made");
    db.execute_batch("BEGIN IMMEDIATE").map_err(&when)?;
    if tables(db, "user")?.is_empty() {
        db.execute_batch(&format!(
            "{} PRAGMA user.application_id = {APPLICATION_ID}; PRAGMA user.user_version = {USER_VERSION};",
            include_str!("marks/user.sql")
        ))
        .map_err(&when)?;
    }
    db.execute_batch("COMMIT").map_err(&when)
}

/// An error unless all pages of the attached file `user` are sound.
fn check_pages(db: &Connection) -> Result<(), StoreError> {
    let said: String =
        db.query_row("PRAGMA user.quick_check(1)", [], |row| row.get(0)).map_err(StoreError::when("read"))?;
    if said == "ok" { Ok(()) } else { Err(StoreError::corrupt(first_fault(&said))) }
}

/// Damage of this file is an error of its own: a new cache would not mend it.
pub(super) fn as_damage(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Corrupt { why, .. } => StoreError::MarksDamaged { path: path.to_owned(), why },
        error => error,
    }
}

/// Locks the folder of a file, unless the caller has the lock.
fn lock_unless(has_lock: bool, path: &Path) -> Result<Option<fs::File>, StoreError> {
    match path.parent() {
        Some(folder) if !has_lock => private_files::lock(folder),
        _ => Ok(None),
    }
}
