//! Opens a cache: makes the folder and the files private, chooses the journal mode for the kind of disk, checks whose
//! file it is and which version. A damaged file is a `StoreError::Corrupt`.
//!
//! ```text
//! file                                     result
//! missing or empty                         created in the current format
//! older format                             migrated; `Older` if it cannot be written
//! newer format, still readable             read-only, with the reason (`min_reader` in `meta`)
//! newer format                             `Newer`
//! another program's                        `NotOurs`
//! cannot be written                        read-only, with the reason
//! ```

use super::private_files;
use crate::store::archive::Archive;
use crate::store::index::{self, QueryThresholds};
use crate::store::transaction::KnownRows;
use crate::store::write_ahead_log::{WriteAheadLog, check_log, has_log, keep_damaged_log, put_outdated_log_away};
use crate::store::{Store, StoreError, backup, error, file_head};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The version of schema.sql that this program writes.
pub(in crate::store) const VERSION: i64 = 11;
/// No program will ever write a higher one: a file that has it is damaged.
const LAST_VERSION: i64 = 999_999;
/// The oldest version of this program's format that can still read what this one writes.
pub(super) const MIN_READER: i64 = 11;
/// «BaoC», SQLite's application id of our files.
pub(in crate::store) const APPLICATION_ID: i64 = 0x4261_6f43;

/// The file of the texts and of everything derived from them.
pub const CACHE_FILE: &str = "cache.db";
/// The file of the reader's marks. Not named `.db`, so that a user who deletes caches does not delete it with them.
pub const USER_FILE: &str = "user.data";

/// Where an open cache is, and what may be done with it.
#[derive(Debug, Default)]
pub(in crate::store) struct CacheLocation {
    /// `None` for a cache in memory.
    pub folder: Option<PathBuf>,
    /// The file of the reader's marks. `None` for a cache in memory.
    pub user_file: Option<PathBuf>,
    /// Why the cache may not be written.
    pub read_only: Option<String>,
    /// Why the reader's marks may not be written.
    pub user_read_only: Option<String>,
    /// Notices for the user, one line each.
    pub notices: Vec<String>,
    /// The archive that this is; `None` for the user's own cache.
    pub archive: Option<Archive>,
    /// The machine on which the archive is that the marks are used with, if it is another one.
    pub host: Option<String>,
}

impl Store {
    /// Opens the cache in `folder`; creates it if there is none, and rebuilds it if it is of an older format.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_and_tell(folder, &mut |_| ())
    }

    /// Like `open`; `tell` gets a line for the user before each step that takes a while.
    pub fn open_and_tell(folder: &Path, tell: &mut dyn FnMut(&str)) -> Result<Self, StoreError> {
        let folder = private_files::private_folder(folder)?;
        backup::remove_abandoned(&folder);
        Self::open_files(&folder.join(CACHE_FILE), &folder.join(USER_FILE), false, tell)
    }

    /// Opens a cache and a file of marks. `has_lock`: the caller has the lock of their folder.
    pub(in crate::store) fn open_files(
        path: &Path,
        user_file: &Path,
        has_lock: bool,
        tell: &mut dyn FnMut(&str),
    ) -> Result<Self, StoreError> {
        let was_emptied = is_emptied(path, user_file);
        let made = private_files::private_file(path);
        if private_files::is_plain(path) {
            file_head::check(path)?;
        }
        let outdated_log = put_outdated_log_away(path, has_lock)?;
        let had_log = has_log(path);
        let mut place = CacheLocation {
            folder: path.parent().map(Path::to_owned),
            user_file: Some(user_file.to_owned()),
            ..CacheLocation::default()
        };
        let db = match made.and_then(|()| writable(path)) {
            Ok(db) => db,
            Err(error @ (StoreError::Unusable { .. } | StoreError::ReadOnly { .. } | StoreError::Sqlite { .. })) => {
                if !private_files::is_plain(path) {
                    return Err(error);
                }
                let Ok(db) = either_way(path, open_by_uri) else { return Err(error) };
                // A file that was never initialized has nothing to read.
                if number(&db, "PRAGMA main.application_id")? != APPLICATION_ID {
                    return Err(error);
                }
                place.read_only = Some(why_read_only(path, &error));
                db
            }
            Err(error) => return Err(error),
        };
        let mut store = Self::of(db, place, QueryThresholds::default(), has_lock)?;
        store.check_version(path)?;
        check_log(&store.db, path, had_log, has_lock)?;
        if had_log && let Some(log) = keep_damaged_log(&store.db, path) {
            store.location.notices.push(format!(
                "the write-ahead log of the cache was damaged, and the newest reports may be missing; the log is kept \
                 as {log:?}; import the files of the last time again"
            ));
        }
        if store.location.read_only.is_none() && store.db.is_readonly("main").unwrap_or(false) {
            store.location.read_only = Some("the file is write-protected".to_owned());
        }
        if let Some(log) = outdated_log {
            store.location.notices.push(format!(
                "the write-ahead log beside the cache was older than the cache, as after copying an older one there; \
                 it is kept as {log:?}, and no report is lost"
            ));
        }
        if was_emptied {
            store.location.notices.push(format!(
                "the cache {path:?} was empty; a new one was begun: import the files again, or restore a backup"
            ));
        }
        if let Some(why) = &store.location.read_only {
            store.location.notices.push(format!("the cache {path:?} can only be read: {why}"));
        }
        store.attach_user(user_file, has_lock)?;
        store.cache().migrate(path, tell)?;
        Ok(store)
    }

    /// A cache in memory, for tests.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::in_memory_with(QueryThresholds::default())
    }

    /// Like `in_memory`, with other thresholds of the query engine.
    pub(crate) fn in_memory_with(thresholds: QueryThresholds) -> Result<Self, StoreError> {
        let db = Connection::open_in_memory().map_err(StoreError::when("opened"))?;
        configure(&db)?;
        create(&db)?;
        let store = Self::of(db, CacheLocation::default(), thresholds, false)?;
        store.attach_memory()?;
        Ok(store)
    }

    /// A backup that was opened for reading, as far as its checks need it. It has no marks.
    pub(in crate::store) fn of_backup(db: Connection) -> Result<Self, StoreError> {
        Self::of(db, CacheLocation::default(), QueryThresholds::default(), false)
    }

    /// `has_lock`: the caller has the lock of the folder for as long as the store is open.
    pub(in crate::store) fn of(
        mut db: Connection,
        location: CacheLocation,
        thresholds: QueryThresholds,
        has_lock: bool,
    ) -> Result<Self, StoreError> {
        let can_write = location.folder.is_some() && location.read_only.is_none();
        let locked_folder = location.folder.clone().filter(|_| !has_lock);
        let log = if can_write { WriteAheadLog::of(&mut db, locked_folder)? } else { WriteAheadLog::none() };
        let known = RefCell::new(KnownRows::new(&thresholds));
        let is_writing = Cell::new(false);
        Ok(Self {
            db,
            location,
            log,
            thresholds,
            known,
            is_writing,
            found: RefCell::default(),
            is_stopped: None,
            story_rows: RefCell::default(),
            source_limit: Cell::default(),
            without_source: Cell::default(),
        })
    }

    /// Notices for the user about the state of the cache, one line each.
    pub fn notices(&self) -> &[String] {
        &self.location.notices
    }

    /// Why the cache cannot be written; `None` if it can.
    pub fn read_only(&self) -> Option<&str> {
        self.location.read_only.as_deref()
    }

    /// The folder of the cache; `None` for one in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.location.folder.as_deref()
    }

    pub(in crate::store) fn check_version(&mut self, path: &Path) -> Result<(), StoreError> {
        if number(&self.db, "PRAGMA main.application_id")? != APPLICATION_ID {
            return Err(not_ours(&self.db, path));
        }
        let version = number(&self.db, "PRAGMA main.user_version")?;
        if !(0..=LAST_VERSION).contains(&version) {
            return Err(StoreError::corrupt("its head is not what was written"));
        }
        if version <= VERSION {
            return Ok(());
        }
        let min_reader = number(&self.db, "SELECT value FROM meta WHERE name = 'min_reader'").unwrap_or(i64::MAX);
        if min_reader > VERSION {
            return Err(StoreError::Newer { path: path.to_owned(), version, ours: VERSION });
        }
        self.location.read_only = Some(format!(
            "it was made by a newer baocao (format {version}, this one writes {VERSION}); install that to change it"
        ));
        Ok(())
    }
}

/// Whether a file that is there has nothing in it, though the marks beside it say that there was a cache.
fn is_emptied(path: &Path, user_file: &Path) -> bool {
    let bytes = |path: &Path| std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
    bytes(path) == Some(0) && bytes(user_file).is_some_and(|bytes| bytes > 0) && !has_log(path)
}

/// Why a file that can be read cannot be written: what the system says of the file itself, of its folder, else what
/// SQLite says, which is seldom more than that it could not open it.
fn why_read_only(path: &Path, error: &StoreError) -> String {
    if let Err(error) = std::fs::OpenOptions::new().write(true).open(path) {
        return error.to_string();
    }
    match path.parent().filter(|folder| !private_files::can_make_files(folder)) {
        Some(_) => "no file can be made beside it, and SQLite needs two".to_owned(),
        None => error.to_string(),
    }
}

/// Opens for writing; creates the schema if the file is empty.
fn writable(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let db = Connection::open_with_flags(path, flags).map_err(StoreError::when("opened"))?;
    configure(&db)?;
    // In one transaction, because another process may be creating the cache at this moment.
    db.execute_batch("BEGIN").map_err(StoreError::when("opened"))?;
    let application = number(&db, "PRAGMA main.application_id")?;
    let objects = number(&db, "SELECT count(*) FROM main.sqlite_schema")?;
    let version = number(&db, "PRAGMA main.user_version")?;
    db.execute_batch("COMMIT").map_err(StoreError::when("opened"))?;
    if application != APPLICATION_ID && (application != 0 || objects > 0) {
        return Err(not_ours(&db, path));
    }
    if version <= VERSION && !db.is_readonly("main").unwrap_or(false) {
        if version == 0 {
            // An import changes a row here and there in the tables that are ordered by day, unit or id, and writes a
            // whole page for each. Pages of 8 KiB would make the file a hundredth smaller, and double what is written.
            db.execute_batch("PRAGMA main.page_size = 4096").map_err(StoreError::when("opened"))?;
            set_journal(&db, "main", path)?;
            create(&db)?;
        }
        db.execute_batch("PRAGMA main.synchronous = NORMAL").map_err(StoreError::when("opened"))?;
    }
    Ok(db)
}

/// The error for a file that does not say that it is ours: it is another program's, or, with the tables of a cache in
/// it, ours with a damaged head.
fn not_ours(db: &Connection, path: &Path) -> StoreError {
    let ours = number(db, "SELECT count(*) FROM main.sqlite_schema WHERE name IN ('meta', 'body', 'report')");
    if ours.is_ok_and(|count| count < 2) {
        return StoreError::NotOurs { path: path.to_owned() };
    }
    StoreError::corrupt("its head is not what was written")
}

/// How SQLite reads a file that it may not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum ReadOnlyMode {
    /// With locks and with the log, which its writer shares.
    Shared,
    /// Without either: a file that is taken not to change.
    Immutable,
}

impl ReadOnlyMode {
    /// The address by which SQLite opens a file in this way.
    fn uri(self, path: &Path) -> Result<String, StoreError> {
        let uri = private_files::uri(path)
            .ok_or_else(|| StoreError::Unusable { path: path.to_owned(), why: "its name is not UTF-8".to_owned() })?;
        Ok(match self {
            Self::Shared => format!("{uri}?mode=ro"),
            Self::Immutable => format!("{uri}?immutable=1"),
        })
    }
}

/// Opens a cache that cannot be written. Only the file is read-only, not the connection: tables in memory must be able
/// to replace marks that cannot be read.
pub(in crate::store) fn open_to_read(path: &Path, mode: ReadOnlyMode) -> Result<Connection, StoreError> {
    open_by_uri(&mode.uri(path)?)
}

fn open_by_uri(uri: &str) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_URI;
    let db = Connection::open_with_flags(uri, flags).map_err(StoreError::when("opened"))?;
    configure(&db)?;
    number(&db, "SELECT count(*) FROM sqlite_schema")?;
    Ok(db)
}

/// Calls `attempt` with the address of a shared file and, if that fails because not even a lock file can be created,
/// with that of an immutable one.
pub(in crate::store) fn either_way<T>(
    path: &Path,
    attempt: impl Fn(&str) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let immutable = ReadOnlyMode::Immutable.uri(path)?;
    attempt(&ReadOnlyMode::Shared.uri(path)?).or_else(|_| attempt(&immutable))
}

fn configure(db: &Connection) -> Result<(), StoreError> {
    let when = StoreError::when("opened");
    db.busy_timeout(Duration::from_secs(error::BUSY_SECONDS)).map_err(&when)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(&when)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(&when)?;
    // Query plans that do not depend on bound values: otherwise SQLite prepares a statement again when a value changes.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(&when)?;
    db.set_prepared_statement_cache_capacity(64);
    // 8 MiB of pages: the texts of one screen of rows. A process that reads during a long import lets the journal grow;
    // it is cut back to 16 MiB afterwards. Temporary tables never touch a disk.
    db.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;
                      PRAGMA journal_size_limit = 16777216;",
    )
    .map_err(&when)
}

/// A write-ahead log, so that readers are never blocked. On a network disk, where its shared memory does not work, a
/// plain journal.
pub(in crate::store) fn set_journal(db: &Connection, schema: &str, path: &Path) -> Result<(), StoreError> {
    let mode = if crate::system::files::is_on_network(path) { "TRUNCATE" } else { "WAL" };
    let end = Instant::now() + Duration::from_secs(error::BUSY_SECONDS);
    loop {
        // Changing the mode does not wait for locks by itself.
        let set = db.query_row(&format!("PRAGMA {schema}.journal_mode = {mode}"), [], |row| row.get::<_, String>(0));
        match set.map_err(StoreError::when("opened")) {
            Err(StoreError::Busy { .. }) if Instant::now() < end => std::thread::sleep(Duration::from_millis(10)),
            other => return other.map(|_| ()),
        }
    }
}

fn create(db: &Connection) -> Result<(), StoreError> {
    let when = StoreError::when("made");
    db.execute_batch("BEGIN IMMEDIATE").map_err(&when)?;
    let objects = number(db, "SELECT count(*) FROM main.sqlite_schema")?;
    let done = if objects == 0 {
        db.execute_batch(&format!(
            "{} {} INSERT INTO meta VALUES ('min_reader', {MIN_READER}), ('rules', {}), ('index', {}), ('writes', 0),
             ('behind', 0);
             PRAGMA main.application_id = {APPLICATION_ID}; PRAGMA main.user_version = {VERSION};",
            include_str!("schema.sql"),
            include_str!("derived.sql"),
            crate::extract::RULES,
            index::VERSION
        ))
    } else {
        Ok(())
    };
    done.and_then(|()| db.execute_batch("COMMIT")).map_err(|error| {
        let _ = db.execute_batch("ROLLBACK");
        when(error)
    })
}

/// The integer in the only cell that a query returns.
pub(in crate::store) fn number(db: &Connection, sql: &str) -> Result<i64, StoreError> {
    db.query_row(sql, [], |row| row.get(0)).map_err(StoreError::when("read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_tables_have_a_format_of_their_own() {
        let sql: Vec<&str> = include_str!("derived.sql").lines().map(|line| line.split("--").next().unwrap()).collect();
        let words: Vec<&str> = sql.iter().flat_map(|line| line.split_whitespace()).collect();
        let hash: String = blake3::hash(words.join(" ").as_bytes()).to_hex().chars().take(8).collect();
        let then = "raise VERSION, and MIN_READER unless the programs of before can read the new tables";
        assert_eq!((VERSION, MIN_READER, hash.as_str()), (11, 11, "3baeaf7b"), "{then}");
    }
}
