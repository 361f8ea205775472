//! Several archives, listed as one. The reports of all of them are taken over into one cache of the reader's own, which
//! is then read as an archive is. So whatever lists, counts, searches or exports reports knows nothing of it; a report
//! that two archives have is there once; and officials are identified among the reports of all archives together.
//!
//! ```text
//! /srv/a/cache.db ─┐ only read             joined/KEY/cache.db ─── opened as an archive ──▶ list, finder, pages …
//! /srv/b/cache.db ─┴─▶ texts ─ derive ─▶   (the reader's own folder; can be deleted at any time)
//! ```
//!
//! What is taken over is what others have changed since: new texts by their numbers, and everything compared by id if
//! the numbers do not tell (texts were removed, another copy has the name). An archive that cannot be read keeps the
//! others from nothing: its texts stay as they were the last time, and the reason is told.

mod copies;
mod decisions;
mod membership;
mod take_over;

use super::archive::{FileStamp, absolute};
use super::cache::{number, private_files};
use super::{CACHE_FILE, Store, StoreError};
use crate::extract::RULES;
use crate::system::files;
use std::cell::RefCell;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use take_over::ArchiveRun;

pub use copies::OtherJoined;

/// The folder of joined caches, in the reader's own.
const FOLDER: &str = "joined";
/// Locked by the process that takes reports over.
const LOCK_FILE: &str = "joined.lock";

/// A list of archives, and where their reports are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedArchives {
    folder: PathBuf,
    archives: Vec<PathBuf>,
}

/// How far the taking over of an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JoinProgress<'a> {
    pub archive: &'a Path,
    /// The number of texts that are taken over.
    pub done: usize,
    /// The number of texts to take over.
    pub of: usize,
}

/// What taking over has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinTotals {
    /// Reports that were in none of the archives before.
    pub added: usize,
    /// Reports that are in none of them any more.
    pub removed: usize,
    /// A line for each archive that could not be read, or not whole.
    pub problems: Vec<String>,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// The state of an archive's file and of its log.
type CacheStamps = (FileStamp, Option<FileStamp>);

/// Whose error it is: that of an archive, which is told and stops nothing, or that of the reader's own cache.
enum JoinError {
    Archive(StoreError),
    Own(StoreError),
}

impl JoinedArchives {
    /// `own` is the reader's own folder. A folder that is given twice counts once.
    pub fn new(own: &Path, archives: &[PathBuf]) -> Self {
        let mut all: Vec<PathBuf> = Vec::new();
        for folder in archives {
            let folder = absolute(folder);
            if !all.contains(&folder) {
                all.push(folder);
            }
        }
        let mut hash = blake3::Hasher::new();
        for folder in &all {
            // No path has a zero byte, so two lists never give the same bytes.
            hash.update(folder.as_os_str().as_encoded_bytes()).update(&[0]);
        }
        let key: String = hash.finalize().to_hex().chars().take(16).collect();
        Self { folder: own.join(FOLDER).join(key), archives: all }
    }

    /// The folder of the joined cache, to be opened as an archive.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folders of the archives, absolute, in the order of the list.
    pub fn archives(&self) -> &[PathBuf] {
        &self.archives
    }

    /// Whether reports have been taken over at any time.
    pub fn exists(&self) -> bool {
        self.folder.join(CACHE_FILE).exists()
    }

    /// Why the joined cache refuses to be written.
    pub fn why_read_only(&self) -> String {
        let folders: Vec<String> = self.archives.iter().map(|folder| format!("{folder:?}")).collect();
        format!("others fill {}; with `--archive \"\"` your own cache is used", folders.join(" and "))
    }

    /// Opens the joined cache to take reports over. One that is damaged is made anew, because nothing is in it alone.
    /// `tell` gets a line if it has to be read again first, which takes a while.
    pub fn open(&self, tell: &mut dyn FnMut(&str)) -> Result<JoinWriter, StoreError> {
        let folder = private_files::private_folder(&self.folder)?;
        let lock = folder.join(LOCK_FILE);
        private_files::private_file(&lock)?;
        let lock = OpenOptions::new()
            .write(true)
            .open(&lock)
            .map_err(|error| StoreError::Unusable { path: lock, why: error.to_string() })?;
        let store = match Store::open_and_tell(&folder, tell) {
            Err(error) if error.is_damage() => {
                // Once more with the lock: another process may be making it anew.
                let _ = lock.lock();
                let store = match Store::open(&folder) {
                    Err(error) if error.is_damage() => self.delete().and_then(|()| Store::open(&folder)),
                    opened => opened,
                };
                let _ = lock.unlock();
                store?
            }
            opened => opened?,
        };
        let file = file_number(&self.folder);
        Ok(JoinWriter { joined: self.clone(), store, lock, file, looked: RefCell::default() })
    }

    /// Opens the joined cache to read, with the marks in `own`, the reader's own folder.
    pub fn open_to_read(&self, own: &Path) -> Result<Store, StoreError> {
        let mut store = Store::open_archive(&self.folder, own)?;
        store.location.read_only = Some(self.why_read_only());
        Ok(store)
    }

    /// Deletes the joined cache. The next time, it is made anew of the archives.
    pub fn delete(&self) -> Result<(), StoreError> {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let path = self.folder.join(format!("{CACHE_FILE}{ending}"));
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::Unusable { path, why: format!("it could not be deleted: {error}") });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The joined cache, open to take reports over. One process does so at a time.
pub struct JoinWriter {
    joined: JoinedArchives,
    store: Store,
    pub(super) lock: File,
    /// What tells the file from another of its name.
    file: Option<String>,
    /// The state of each archive's files when it was last taken over whole: nothing is read while they are the same.
    looked: RefCell<Vec<Option<CacheStamps>>>,
}

impl JoinWriter {
    /// Takes over what has changed in the archives. `tell` is called while many texts are taken over; setting `stop`
    /// ends it, with what has been taken over saved. `None` if another process is doing so.
    pub fn update(
        &self,
        stop: &AtomicBool,
        tell: &mut dyn FnMut(JoinProgress<'_>),
    ) -> Result<Option<JoinTotals>, StoreError> {
        match self.lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => {
                let path = self.joined.folder.join(LOCK_FILE);
                let why = if files::has_no_locks(&error) {
                    "its file system has no locks, which several archives need; give a folder on another disk with \
                     --cache, or read one archive at a time"
                        .to_owned()
                } else {
                    format!("the lock could not be taken: {error}")
                };
                return Err(StoreError::Unusable { path, why });
            }
        }
        let done = self.update_alone(stop, tell);
        // Closing the file would release it too.
        let _ = self.lock.unlock();
        done.map(Some)
    }

    fn update_alone(
        &self,
        stop: &AtomicBool,
        tell: &mut dyn FnMut(JoinProgress<'_>),
    ) -> Result<JoinTotals, StoreError> {
        if self.has_old_rules()? {
            self.store.cache().rebuild()?;
        }
        let mut totals = JoinTotals::default();
        let stamps: Vec<_> = self.joined.archives.iter().map(|folder| FileStamp::of_cache(folder)).collect();
        let is_behind = |n: usize| {
            self.looked.borrow().get(n).is_none_or(|looked| looked.is_none() || stamps.get(n) != Some(looked))
        };
        let behind: Vec<_> = self.joined.archives.iter().enumerate().filter(|(n, _)| is_behind(*n)).collect();
        if behind.is_empty() {
            return Ok(totals);
        }
        self.begin()?;
        self.looked.borrow_mut().resize(stamps.len(), None);
        let note_looked = |n: usize| {
            if let Some(looked) = self.looked.borrow_mut().get_mut(n) {
                *looked = stamps.get(n).copied().flatten();
            }
        };
        let mut changed = Vec::new();
        for (n, folder) in behind {
            match self.look(n, folder, &mut totals) {
                Ok(Some(archive)) => changed.push(archive),
                Ok(None) => note_looked(n),
                Err(error) => self.note_problem(n, error, &mut totals)?,
            }
        }
        // Only if there is something to save: saving many ends with a write, by which every reader reads its list
        // again.
        if !changed.is_empty() {
            self.store.cache().save_many(|| {
                for archive in &changed {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let mut run = ArchiveRun { stop, tell: &mut *tell, totals: &mut totals };
                    match self.take_over(archive, &mut run) {
                        Ok(()) if stop.load(Ordering::Relaxed) => {}
                        Ok(()) => note_looked(archive.n),
                        Err(error) => self.note_problem(archive.n, error, &mut totals)?,
                    }
                }
                Ok(())
            })?;
        }
        self.apply_decisions()?;
        // A run that was killed may have left names that are not identified.
        self.store.register()?;
        totals.stopped = stop.load(Ordering::Relaxed);
        Ok(totals)
    }

    /// Whether people and facts were found by other rules than this program's. `update` then finds them again first.
    pub fn has_old_rules(&self) -> Result<bool, StoreError> {
        Ok(self.store.cache().rules()? != i64::from(RULES))
    }

    /// Whether the file has been deleted, or another one has its name: what is saved now is seen by nobody.
    pub fn is_gone(&self) -> bool {
        file_number(&self.joined.folder) != self.file
    }

    /// Tells why an archive could not be read. An error of the joined cache itself is given back.
    fn note_problem(&self, n: usize, error: JoinError, totals: &mut JoinTotals) -> Result<(), StoreError> {
        let error = match error {
            JoinError::Own(error) => return Err(error),
            JoinError::Archive(error) => error,
        };
        let (folder, why, kept) = (self.joined.archives.get(n), why(&error), self.count(n)?);
        let folder = folder.cloned().unwrap_or_default();
        let then = if kept > 0 {
            format!("its reports ({kept}) are shown as they were the last time")
        } else {
            "the others are shown without it".to_owned()
        };
        totals.problems.push(format!("the archive {folder:?} could not be read: {why}; {then}"));
        Ok(())
    }

    /// Makes the tables, and a row for each archive, unless they are there.
    fn begin(&self) -> Result<(), StoreError> {
        let has_tables = "SELECT count(*) FROM main.sqlite_schema WHERE name = 'joined_decision'";
        if number(&self.store.db, has_tables)? > 0 {
            return Ok(());
        }
        let names = names(&self.joined.archives);
        self.store.write(|| {
            let when = StoreError::when("written");
            self.store.db.execute_batch(include_str!("joined.sql")).map_err(&when)?;
            for (n, (folder, name)) in self.joined.archives.iter().zip(&names).enumerate() {
                self.store
                    .db
                    .execute(
                        "INSERT INTO joined (no, folder, name) VALUES (?1, ?2, ?3)",
                        rusqlite::params![n, folder.to_string_lossy(), name],
                    )
                    .map_err(&when)?;
            }
            Ok(())
        })
    }

    /// The number of texts of an archive that are taken over.
    fn count(&self, archive: usize) -> Result<i64, StoreError> {
        self.store
            .db
            .query_row("SELECT count(*) FROM joined_text WHERE archive = ?1", [archive], |row| row.get(0))
            .map_err(StoreError::when("read"))
    }
}

/// What tells the cache file of a folder from another of its name. `None` if there is none, or the system gives
/// nothing.
fn file_number(folder: &Path) -> Option<String> {
    FileStamp::of_cache(folder)?.0.number_as_text()
}

/// What tells each archive from the others: the last part of its path, else, if several have that, the whole path.
fn names(archives: &[PathBuf]) -> Vec<String> {
    let last = |folder: &PathBuf| folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let all: Vec<Option<String>> = archives.iter().map(last).collect();
    let is_unique = |name: &String| all.iter().flatten().filter(|other| *other == name).count() == 1;
    let named = archives.iter().zip(&all);
    named
        .map(|(folder, name)| name.clone().filter(is_unique).unwrap_or_else(|| folder.to_string_lossy().into_owned()))
        .collect()
}

/// The reason of an error about an archive, without what could be done about a cache of one's own.
fn why(error: &StoreError) -> String {
    match error {
        StoreError::Corrupt { why, .. } => format!("it is damaged, or is just being copied ({why})"),
        StoreError::Unusable { why, .. } => why.clone(),
        StoreError::ArchiveNewer { version, ours, .. } => {
            format!("a newer baocao made it (format {version}, this one reads up to {ours}); install that to read it")
        }
        StoreError::ArchiveOlder { version, ours, .. } => format!(
            "an older baocao made it (format {version}, this one needs {ours}); whoever fills it has to open it once \
             with this version"
        ),
        StoreError::ArchiveNotOurs { .. } => "it belongs to another program".to_owned(),
        error => error.to_string(),
    }
}
