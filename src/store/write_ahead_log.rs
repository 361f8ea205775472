//! Copies the write-ahead log back into the file of the cache (checkpoints), and keeps the file marked while it lacks
//! transactions that are in the log only: without the mark, a copy of the file alone, made by `cp` or a cloud folder
//! during an import, would be a sound cache with reports missing, and nobody could tell.
//!
//! ```text
//! cache.db            behind = 4711     as after the last checkpoint: the file's own number
//! cache.db-wal        behind = 0        each transaction since: what every process reads
//!
//! opened with its log       reads 0: nothing is missing
//! a copy without its log    reads the number of another file: `StoreError::Corrupt`
//! log copied back           the file says 0: it is whole by itself
//! ```
//!
//! So each checkpoint is one transaction that sets the mark, the checkpoint, which brings it into the file, and one
//! that takes it back in the log. A process that is killed in between, or finds the disk full, leaves the file with its
//! own number as the mark. Then nothing is missing, because the checkpoint came before; a file that was copied has
//! another number than its mark. All three are at the beginning of what a process writes and after each full log.
//! SQLite's own checkpoints, which do not know of this, are off. A reader that looks at an old state keeps a checkpoint
//! from coming to its end; it is then tried again before the next transaction.
//!
//! The opposite is a log that is older than its file: a copy of `cache.db` that was put beside the log of an earlier
//! copy. SQLite would put the old pages of the log over the new ones, and nothing would tell. So `meta` counts the
//! writes, and a log that has fewer than the file alone is not this file's (`is_log_outdated`).
//!
//! A copy that mixes two moments, or a file that was copied during a checkpoint, lacks texts that the newest page of
//! `meta` has counted: `ReportCache::missing_texts` compares the two.

use super::cache::{ReadOnlyMode, number, open_to_read, private_files};
use super::{Store, StoreError};
use crate::system::files;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::cell::Cell;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A log of this many pages (8 MiB) is copied back.
const LOG_PAGES: usize = 2000;

/// Bytes of the head of a log, and of that of each page in it.
const LOG_HEAD_BYTES: u64 = 32;
const FRAME_HEAD_BYTES: usize = 24;
/// The log of an import may grow to the file's size divided by this.
const LOG_PART: usize = 3;

/// What this connection knows about the log of the cache.
#[derive(Debug)]
pub(super) struct WriteAheadLog {
    /// Whether the cache has one. It has none in memory, on a network disk, or if it can only be read.
    exists: bool,
    /// Length in pages after the last transaction of this connection.
    pages: Arc<AtomicUsize>,
    /// The length at which it is copied back.
    limit: Cell<usize>,
    /// Whether it may be longer than that beside a large file (`may_grow`).
    grows: Cell<bool>,
    /// What marks the file: its number, or 1 if it has none.
    mark: i64,
    /// Whether this connection has marked the file since it was opened.
    is_marked: Cell<bool>,
    /// The folder to lock during a checkpoint; `None` if this process has its lock already.
    locked_folder: Option<PathBuf>,
}

impl WriteAheadLog {
    /// The log of a cache without one.
    pub fn none() -> Self {
        Self {
            exists: false,
            pages: Arc::default(),
            limit: Cell::new(LOG_PAGES),
            grows: Cell::new(false),
            mark: 1,
            is_marked: Cell::new(false),
            locked_folder: None,
        }
    }

    /// Takes over the checkpoints of a connection. `locked_folder`: the folder to lock for each, unless the caller has
    /// its lock.
    pub fn of(db: &mut Connection, locked_folder: Option<PathBuf>) -> Result<Self, StoreError> {
        let when = StoreError::when("opened");
        let mode: String = db.query_row("PRAGMA main.journal_mode", [], |row| row.get(0)).map_err(&when)?;
        let mark = file_number(db).unwrap_or(1);
        let log = Self { exists: mode == "wal", locked_folder, mark, ..Self::none() };
        let pages = Arc::clone(&log.pages);
        let after_commit = move |wal: &mut Wal, length: std::ffi::c_int| {
            let length = usize::try_from(length).unwrap_or(0);
            if wal.name() == c"main" {
                pages.store(length, Ordering::Relaxed);
                return Ok(());
            }
            // The file of marks. A checkpoint that does not come to its end is no fault: a later one will.
            if length >= LOG_PAGES {
                let _ = wal.checkpoint();
            }
            Ok(())
        };
        db.wal_hook(Some(after_commit)).map_err(&when)?;
        Ok(log)
    }
}

impl Store {
    /// Has the log of an import copied back at `pages`, or later beside a large file; `None`: at the usual number.
    pub(super) fn set_log_limit(&self, pages: Option<usize>) {
        self.log.limit.set(pages.unwrap_or(LOG_PAGES));
        self.log.grows.set(pages.is_some());
    }

    /// Marks the file, unless this connection has done so. To be called before each transaction.
    pub(super) fn mark_file_once(&self) {
        if self.log.exists && !self.log.is_marked.get() {
            // A lock that another process holds is no fault: the next transaction tries again.
            self.log.is_marked.set(self.checkpoint_with_mark().unwrap_or(false));
        }
    }

    /// Copies the log back if it is long. To be called after each transaction.
    pub(super) fn checkpoint_if_long(&self) {
        let pages = self.log.pages.load(Ordering::Relaxed);
        if self.log.exists && pages >= self.log.limit.get() && !self.may_grow(pages) {
            // What is committed is safe in the log; a longer one only takes room.
            self.log.is_marked.set(self.checkpoint_with_mark().unwrap_or(false));
        }
    }

    /// Whether the log of an import may grow on, to a third of the file. The larger the tables, the rarer is a page
    /// that two transactions in a row change, and the more of them a log must hold until one copy serves several.
    fn may_grow(&self, pages: usize) -> bool {
        let file = || self.db.query_row("PRAGMA main.page_count", [], |row| row.get::<_, usize>(0)).unwrap_or(0);
        self.log.grows.get() && pages < file() / LOG_PART
    }

    /// Copies the log back, however short it is: before many pages are read in no order, because each of them is first
    /// looked for in the log.
    pub(super) fn checkpoint(&self) {
        if self.log.exists && self.log.pages.load(Ordering::Relaxed) > 0 {
            self.log.is_marked.set(self.checkpoint_with_mark().unwrap_or(false));
        }
    }

    /// Copies the log back, with the mark. Whether all of it was copied.
    fn checkpoint_with_mark(&self) -> Result<bool, StoreError> {
        let when = StoreError::when("written");
        // Whoever reads the mark meanwhile waits for this lock before believing it.
        let _alone = self.log.locked_folder.as_deref().map_or(Ok(None), private_files::lock)?;
        set_mark(&self.db, self.log.mark).map_err(&when)?;
        let copied = self.db.query_row("PRAGMA main.wal_checkpoint(PASSIVE)", [], |row| {
            Ok(row.get::<_, i64>(0)? == 0 && row.get::<_, i64>(1)? == row.get::<_, i64>(2)?)
        });
        set_mark(&self.db, 0).map_err(&when)?;
        copied.map_err(&when)
    }
}

/// Fails if the file is a copy without its log. `had_log`: whether there was one before the file was opened;
/// `has_lock`: the caller has the lock of the folder.
pub(super) fn check_log(db: &Connection, path: &Path, had_log: bool, has_lock: bool) -> Result<(), StoreError> {
    let behind = "SELECT coalesce((SELECT value FROM main.meta WHERE name = 'behind'), 0)";
    if number(db, behind)? == 0 {
        return Ok(());
    }
    let is_own = |mark: i64| file_number(db) == Some(mark);
    // Another process may be between the two transactions of `checkpoint_with_mark`: wait for it.
    let may_wait = had_log || is_own(number(db, behind)?);
    let _alone = path.parent().filter(|_| may_wait && !has_lock).map_or(Ok(None), private_files::lock)?;
    let mark = number(db, behind)?;
    if mark == 0 {
        return Ok(());
    }
    let log_is_whole = || {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        !matches!(db.query_row("PRAGMA main.wal_checkpoint(PASSIVE)", [], read), Ok((0, 0)))
    };
    if is_own(mark) || had_log && log_is_whole() {
        // A process was killed there, and the checkpoint is done. Where the mark cannot be written, it stays.
        let _ = set_mark(db, 0);
        return Ok(());
    }
    Err(StoreError::corrupt(format!(
        "{path:?} is a copy without its write-ahead log, made while reports were being saved; the newest are missing; \
         `baocao backup` makes whole copies at any time"
    )))
}

/// Sets the mark of the file; 0 takes it back.
fn set_mark(db: &Connection, mark: i64) -> rusqlite::Result<usize> {
    db.prepare_cached("UPDATE main.meta SET value = ?1 WHERE name = 'behind' AND value <> ?1")?.execute([mark])
}

/// The number that the operating system gave to the file of the cache: a copy has another. `None` if it gives none.
fn file_number(db: &Connection) -> Option<i64> {
    let meta = std::fs::metadata(db.path().filter(|path| !path.is_empty())?).ok()?;
    let (_, number) = files::file_number(&meta)?;
    i64::try_from(number).ok().filter(|number| *number > 0)
}

/// Whether the log beside a file is of an earlier state of it than the file alone. Opening it for writing would lose
/// what came since.
pub(super) fn is_log_outdated(path: &Path) -> bool {
    let writes = |mode| {
        let db = open_to_read(path, mode).ok()?;
        number(&db, "SELECT value FROM main.meta WHERE name = 'writes'").ok()
    };
    // The file first: what is written meanwhile only makes the log newer.
    has_log(path)
        && !files::is_on_network(path)
        && writes(ReadOnlyMode::Immutable)
            .is_some_and(|file| writes(ReadOnlyMode::Shared).is_some_and(|with_log| with_log < file))
}

/// Puts a log away that is older than its file, and returns where it is. `None` if it is not. `has_lock`: the caller
/// has the lock of the folder.
pub(super) fn put_outdated_log_away(path: &Path, has_lock: bool) -> Result<Option<PathBuf>, StoreError> {
    if !is_log_outdated(path) {
        return Ok(None);
    }
    let _alone = path.parent().filter(|_| !has_lock).map_or(Ok(None), private_files::lock)?;
    // Another process may have done so meanwhile.
    if is_log_outdated(path) { private_files::keep_log_aside(path).map(Some) } else { Ok(None) }
}

/// Keeps a copy of a log that is damaged in the middle, and returns where it is. SQLite reads a log up to the first
/// damaged page and says nothing: what was committed behind it is gone. `None` if the log is sound, or another process
/// writes.
pub(super) fn keep_damaged_log(db: &Connection, path: &Path) -> Option<PathBuf> {
    if !hides_commits(path) {
        return None;
    }
    // The log of a process that is just committing looks the same for a moment. Nobody does so under this lock.
    db.execute_batch("BEGIN IMMEDIATE").ok()?;
    let kept = if hides_commits(path) { private_files::copy_log_aside(path).ok() } else { None };
    let _ = db.execute_batch("ROLLBACK");
    if kept.is_some() {
        // What can be read of the log is copied back, so that it is told once.
        let _ = db.query_row("PRAGMA main.wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
    kept
}

/// Whether a log that SQLite has open has the end of a transaction behind what SQLite reads of it. How far that is
/// stands in the index of the log: https://sqlite.org/walformat.html
fn hides_commits(path: &Path) -> bool {
    let index = with_ending(path, "-shm");
    let (Some(index), Ok(mut log)) = (first_bytes(&index), File::open(log_file(path))) else { return false };
    let at =
        |from: usize| index.get(from..from + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_ne_bytes);
    let page_bytes = match index.get(14..16).and_then(|bytes| bytes.try_into().ok()).map_or(0, u16::from_ne_bytes) {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    let (frames, salt) = (u64::from(at(16)), index.get(32..40));
    if page_bytes < 512 {
        return false;
    }
    let mut place = LOG_HEAD_BYTES + frames * (FRAME_HEAD_BYTES as u64 + page_bytes);
    let mut frame = [0; FRAME_HEAD_BYTES];
    while log.seek(SeekFrom::Start(place)).and_then(|_| log.read_exact(&mut frame)).is_ok() {
        // A frame of an earlier use of the log has another salt; the last one of a transaction says how long the file
        // is.
        if frame.get(8..16) == salt && frame.get(4..8) != Some(&[0; 4]) {
            return true;
        }
        place += FRAME_HEAD_BYTES as u64 + page_bytes;
    }
    false
}

/// The head of the index of a log; `None` if there is none.
fn first_bytes(path: &Path) -> Option<[u8; 48]> {
    let mut head = [0; 48];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).ok()?;
    Some(head)
}

/// Whether a file has a write-ahead log with something in it.
pub(super) fn has_log(path: &Path) -> bool {
    std::fs::metadata(log_file(path)).is_ok_and(|meta| meta.len() > 0)
}

/// The path of the write-ahead log of a file.
pub(super) fn log_file(path: &Path) -> PathBuf {
    with_ending(path, "-wal")
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::search::filter::Filter;
    use crate::store::tests::saved;
    use crate::store::{CACHE_FILE, Sort, WindowBounds};

    /// A copy of a cache with three reports that are in its log only; `harm` changes the log.
    fn copied(to: &Path, harm: impl FnOnce(&mut Vec<u8>)) -> usize {
        let from = tempfile::tempdir().unwrap();
        let path = from.path().join(CACHE_FILE);
        let store = Store::open(from.path()).unwrap();
        for text in ["Một", "Hai", "Ba"] {
            saved(&store, text, "2021-05-01", &[]);
        }
        let mut log = std::fs::read(log_file(&path)).unwrap();
        harm(&mut log);
        std::fs::copy(&path, to.join(CACHE_FILE)).unwrap();
        std::fs::write(to.join("cache.db-wal"), log).unwrap();
        store.index().find(&Filter::default(), Sort::Date, WindowBounds::all()).unwrap().rows.len()
    }

    #[test]
    fn what_is_hidden_behind_damage_of_the_log_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(copied(folder.path(), |_| ()), 3);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!((store.cache().counts().unwrap().reports, store.notices().len()), (3, 0), "a sound log");
        drop(store);
        let folder = tempfile::tempdir().unwrap();
        copied(folder.path(), |log| {
            let middle = log.len() / 2;
            log[middle..middle + 40].fill(0xa5);
        });
        let store = Store::open(folder.path()).unwrap();
        assert!(store.cache().counts().unwrap().reports < 3);
        assert!(store.notices().join("").contains("cache.db-wal.corrupt-"), "{:?}", store.notices());
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().notices(), [""; 0]);
    }

    #[test]
    fn a_process_that_ends_between_mark_and_log_leaves_a_cache_that_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CACHE_FILE);
        drop(Store::open(folder.path()).unwrap());
        let db = Connection::open(&path).unwrap();
        set_mark(&db, file_number(&db).unwrap()).unwrap();
        drop(db);
        assert!(!has_log(&path), "the mark is in the file");
        let copies = tempfile::tempdir().unwrap();
        std::fs::copy(&path, copies.path().join(CACHE_FILE)).unwrap();
        assert!(matches!(Store::open(copies.path()), Err(StoreError::Corrupt { .. })));
        drop(Store::open(folder.path()).unwrap());
        let behind = "SELECT value FROM meta WHERE name = 'behind'";
        assert_eq!(number(&Connection::open(&path).unwrap(), behind).unwrap(), 0, "and is taken back");
    }
}
