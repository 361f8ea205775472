//! Copies of the whole cache with the reader's marks, in one file, made while other processes read and write; and how
//! they are checked. `restore` brings them back.
//!
//! One file, because a copy of one of the two files without the other is half of what people have, and one file is one
//! thing to name, to move and to check. It is the database of the cache with one table more, so that the checks of a
//! cache are those of a backup:
//!
//! ```text
//! cache.db   ─ VACUUM INTO ─▶  FILE: all tables of the cache
//! user.data  ─ VACUUM INTO ─▶        kept_file ('user.data', the bytes of the file)
//! ```
//!
//! `VACUUM INTO` copies what one read transaction sees, however much is written meanwhile. SQLite's online backup would
//! begin again whenever another process commits, and never end during an import. The marks are copied after the texts,
//! by a transaction of their own: marks on a report that is not in the copy do no harm.

mod restore;

pub use restore::RestoreOutcome;
pub(super) use restore::remove_abandoned;

use super::cache::private_files;
use super::cache::{USER_FILE, VERSION, number};
use super::{Store, StoreError, user_file};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// «BaoB», SQLite's application id of a backup: never taken for a cache, nor a cache for it.
const BACKUP_ID: i64 = 0x4261_6f42;

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupContents {
    /// Number of reports whose texts are in it.
    pub reports: usize,
    /// Size of the file in bytes.
    pub bytes: u64,
}

/// Whether a file is a backup, by its head.
pub fn is_backup(path: &Path) -> bool {
    opened(path).and_then(|db| number(&db, "PRAGMA application_id")).is_ok_and(|id| id == BACKUP_ID)
}

impl Store {
    /// Writes a backup to `file`, which must not exist, and reads all of it again: it is whole and on the disk when
    /// this returns. Nothing is left of it after an error.
    pub fn back_up(&self, file: &Path) -> Result<BackupContents, StoreError> {
        let made = self.write_backup(file).and_then(|()| {
            let contents = check(file)?;
            fs::File::open(file).and_then(|file| file.sync_all()).map_err(|error| unusable(file, &error))?;
            Ok(contents)
        });
        if made.is_err() {
            let _ = fs::remove_file(file);
        }
        made
    }

    fn write_backup(&self, file: &Path) -> Result<(), StoreError> {
        let marks = self.marks_file()?;
        let when = StoreError::when("copied");
        // SQLite writes into an empty file, which keeps the mode that it has.
        private_files::private_file(file)?;
        self.db.execute("VACUUM main INTO ?1", [utf8(file)?]).map_err(&when)?;
        let beside = with_ending(file, ".marks");
        let copied = self.copy_marks(marks, &beside);
        let _ = fs::remove_file(&beside);
        let marks = copied?;
        let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(&when)?;
        db.execute_batch(
            // Which archives had a report is true of no other cache.
            "PRAGMA journal_mode = DELETE; UPDATE meta SET value = 0 WHERE name = 'behind';
             DROP TABLE IF EXISTS joined; DROP TABLE IF EXISTS joined_text; DROP TABLE IF EXISTS joined_decision;
             CREATE TABLE kept_file (name TEXT PRIMARY KEY, content BLOB NOT NULL);",
        )
        .map_err(&when)?;
        db.execute("INSERT INTO kept_file VALUES (?1, ?2)", rusqlite::params![USER_FILE, marks]).map_err(&when)?;
        db.execute_batch(&format!("PRAGMA application_id = {BACKUP_ID}")).map_err(&when)?;
        db.close().map_err(|(_, error)| when(error))
    }

    /// The bytes of a copy of the marks.
    fn copy_marks(&self, marks: &Path, beside: &Path) -> Result<Vec<u8>, StoreError> {
        let _ = fs::remove_file(beside);
        private_files::private_file(beside)?;
        self.db
            .execute("VACUUM user INTO ?1", [utf8(beside)?])
            .map_err(StoreError::when("copied"))
            .map_err(|error| user_file::as_damage(error, marks))?;
        fs::read(beside).map_err(|error| unusable(beside, &error))
    }

    /// The file of the marks. An error if this cache has none, or empty ones in memory because the file cannot be used.
    fn marks_file(&self) -> Result<&Path, StoreError> {
        let in_memory = StoreError::Unusable {
            path: self.location.user_file.clone().unwrap_or_default(),
            why: "without the reader's marks a backup would be half of one".to_owned(),
        };
        let attached: String = self
            .db
            .query_row("SELECT file FROM pragma_database_list WHERE name = 'user'", [], |row| row.get(0))
            .map_err(StoreError::when("read"))?;
        self.location.user_file.as_deref().filter(|_| !attached.is_empty()).ok_or(in_memory)
    }
}

/// Reads all of a backup: pages, texts and marks. An error says what is wrong with it.
fn check(file: &Path) -> Result<BackupContents, StoreError> {
    let wrong = |why: String| StoreError::Unusable { path: file.to_owned(), why };
    let db = opened(file)?;
    let is_ours = number(&db, "PRAGMA application_id").map_err(|error| wrong(broken(error)))? == BACKUP_ID;
    if !is_ours {
        return Err(wrong("it is not a backup of baocao; `baocao backup FILE` makes one".to_owned()));
    }
    let version = number(&db, "PRAGMA user_version").map_err(|error| wrong(broken(error)))?;
    if version > VERSION {
        return Err(StoreError::Newer { path: file.to_owned(), version, ours: VERSION });
    }
    let store = Store::of_backup(db)?;
    let damage = store.cache().damage().map_err(|error| wrong(broken(error)))?;
    if let Some(why) = damage {
        return Err(wrong(format!("the backup is damaged ({why}); nothing was changed; take another one")));
    }
    let reports = number(&store.db, "SELECT count(*) FROM body").map_err(|error| wrong(broken(error)))?;
    kept_marks(&store.db).map_err(|error| wrong(broken(error)))?;
    let bytes = fs::metadata(file).map_err(|error| unusable(file, &error))?.len();
    Ok(BackupContents { reports: reports as usize, bytes })
}

/// What is told of a backup in which SQLite finds something wrong.
fn broken(error: StoreError) -> String {
    match error {
        StoreError::Corrupt { why, .. } => format!("it is not a whole backup of baocao ({why}); take another one"),
        error => error.to_string(),
    }
}

/// The bytes of the file of marks in a backup.
fn kept_marks(db: &Connection) -> Result<Vec<u8>, StoreError> {
    db.query_row("SELECT content FROM kept_file WHERE name = ?1", [USER_FILE], |row| row.get(0))
        .optional()
        .map_err(StoreError::when("read"))?
        .ok_or_else(|| StoreError::corrupt("it has no marks"))
}

/// Opens a backup for reading.
fn opened(file: &Path) -> Result<Connection, StoreError> {
    fs::File::open(file).map_err(|error| unusable(file, &error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(file, flags).map_err(StoreError::when("opened"))
}

/// The path for SQLite, which takes only names in UTF-8.
fn utf8(path: &Path) -> Result<&str, StoreError> {
    path.to_str().ok_or_else(|| StoreError::Unusable {
        path: path.to_owned(),
        why: "its name is not UTF-8; name another file".to_owned(),
    })
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn unusable(path: &Path, error: &io::Error) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), why: error.to_string() }
}
