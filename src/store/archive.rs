//! An archive: a cache that others fill (a service user, a replica, a mount) and that is read without write access to
//! its folder. The reader's own marks, notes and decisions are in the reader's own folder, in the file that they are in
//! without an archive too, because they name reports by the hash of the text.
//!
//! ```text
//! archive in use by its writer     `Shared`: SQLite reads the writer's log and sees every transaction
//! archive at rest, replica, or     `Immutable`: no lock file is made beside it
//!   on a network disk
//! replaced by another file         opened anew, as is an immutable one that has changed
//! ```
//!
//! An immutable file is read without locks, so nothing that was read of it holds unless the file is still the same
//! afterwards: `is_replaced` compares, and the caller opens it anew (`reopen_if_replaced`) and asks once more.

use super::cache::{CacheLocation, ReadOnlyMode, number, open_to_read, private_files};
use super::index::QueryThresholds;
use super::write_ahead_log::{check_log, has_log, is_log_outdated, log_file};
use super::{CACHE_FILE, Store, StoreError, USER_FILE, file_head};
use crate::system::files;
use rusqlite::Connection;
use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The archive that a store reads.
#[derive(Clone, Debug)]
pub(super) struct Archive {
    /// The folder as it was given. It may be a link that is moved to another folder when a new copy is there.
    folder: PathBuf,
    /// The file when it was opened.
    stamp: Option<FileStamp>,
    mode: ReadOnlyMode,
    /// `PRAGMA data_version` of the archive and of the marks when the reader's decisions were applied last.
    applied_at: Cell<(i64, i64)>,
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileStamp {
    /// Device and number; `None` where the system gives none.
    number: Option<(u64, u64)>,
    bytes: u64,
    changed: Option<SystemTime>,
    /// Whether there is a write-ahead log with something in it.
    has_log: bool,
}

impl FileStamp {
    /// `None` if there is no file, as while a copy is being put in its place.
    fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok()?;
        Some(Self {
            number: files::file_number(&meta),
            bytes: meta.len(),
            changed: meta.modified().ok(),
            has_log: has_log(path),
        })
    }

    /// The state of the cache in a folder, and of its log. `None` if there is no cache.
    pub(super) fn of_cache(folder: &Path) -> Option<(Self, Option<Self>)> {
        let path = folder.join(CACHE_FILE);
        Some((Self::of(&path)?, Self::of(&log_file(&path))))
    }

    /// What tells the file from another of its name; `None` where the system gives nothing.
    pub(super) fn number_as_text(self) -> Option<String> {
        self.number.map(|(device, file)| format!("{device}:{file}"))
    }
}

/// A path as it is given, made absolute and without a slash at its end. By it is found what is kept elsewhere about an
/// archive: a link that is moved from one copy to the next stays the same archive.
pub(super) fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()).components().collect()
}

/// A short name for what is kept elsewhere about the archive in a folder.
pub fn archive_key(folder: &Path) -> String {
    let folder = absolute(folder);
    blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex().chars().take(16).collect()
}

/// The same for an archive on another machine.
pub fn host_key(host: &str) -> String {
    format!("ssh-{}", blake3::hash(host.as_bytes()).to_hex().chars().take(16).collect::<String>())
}

impl Archive {
    /// Whether the file is another than the one that was opened. A file that SQLite locks may change as it likes.
    fn is_replaced(&self) -> bool {
        let Some(now) = FileStamp::of(&self.folder.join(CACHE_FILE)) else { return false };
        let same = |then: FileStamp| match self.mode {
            ReadOnlyMode::Immutable => then == now,
            ReadOnlyMode::Shared => then.number == now.number,
        };
        !self.stamp.is_some_and(same)
    }
}

impl Store {
    /// Opens the archive in a folder, with the marks in `own`, the reader's own folder, which is created if there is
    /// none. Nothing is written in the folder of the archive.
    pub fn open_archive(folder: &Path, own: &Path) -> Result<Self, StoreError> {
        let own = private_files::private_folder(own)?;
        let mut store = Self::open_archive_file(folder)?;
        let user_file = own.join(USER_FILE);
        store.location.user_file = Some(user_file.clone());
        store.attach_user(&user_file, false)?;
        store.apply_own_decisions()?;
        Ok(store)
    }

    /// The folder of the archive that is read, as it was given; `None` if this is the user's own cache.
    pub fn archive(&self) -> Option<&Path> {
        self.location.archive.as_ref().map(|archive| archive.folder.as_path())
    }

    /// A short name of the archive, for what is kept about it elsewhere; `None` if this is the user's own cache.
    pub fn archive_key(&self) -> Option<String> {
        self.location.host.as_deref().map(host_key).or_else(|| self.archive().map(archive_key))
    }

    /// Whether the archive is another file by now. What was read of one that is immutable may then be wrong.
    pub fn is_replaced(&self) -> bool {
        self.location.archive.as_ref().is_some_and(Archive::is_replaced)
    }

    /// Opens the archive again if another file has taken its place; returns whether it did. If that file cannot be
    /// opened, perhaps because it is still being copied, the old one stays open.
    pub fn reopen_if_replaced(&mut self) -> Result<bool, StoreError> {
        let Some(archive) = self.location.archive.as_ref().filter(|archive| archive.is_replaced()) else {
            return Ok(false);
        };
        let mut new = Self::open_archive_file(&archive.folder)?;
        new.thresholds = self.thresholds;
        if let Some(user_file) = self.location.user_file.clone() {
            new.location.user_file = Some(user_file.clone());
            new.attach_user(&user_file, false)?;
        } else {
            // The marks of a reader on another machine, which are in memory.
            new.attach_memory()?;
            self.marks().parts()?.iter().try_for_each(|part| new.marks().take(part))?;
        }
        new.apply_own_decisions()?;
        new.location.read_only.clone_from(&self.location.read_only);
        new.is_stopped.clone_from(&self.is_stopped);
        new.install_stop_test()?;
        *self = new;
        Ok(true)
    }

    /// Applies the reader's decisions to the archive, unless neither has changed since that was done last. Does nothing
    /// in the user's own cache.
    pub(super) fn apply_own_decisions(&self) -> Result<(), StoreError> {
        let Some(archive) = &self.location.archive else { return Ok(()) };
        let versions = (self.data_version()?, number(&self.db, "PRAGMA user.data_version")?);
        if archive.applied_at.get() != versions {
            self.register_writer().apply_own_decisions()?;
            archive.applied_at.set(versions);
        }
        Ok(())
    }

    /// Opens the file of an archive. Its store has no marks yet.
    pub(super) fn open_archive_file(folder: &Path) -> Result<Self, StoreError> {
        let unusable = |error: std::io::Error| StoreError::Unusable {
            path: folder.join(CACHE_FILE),
            why: format!("{error}; an archive is a folder with a `{CACHE_FILE}` that baocao has made"),
        };
        // SQLite refuses a path with a link in it.
        let path = folder.canonicalize().map_err(unusable)?.join(CACHE_FILE);
        fs::symlink_metadata(&path).map_err(unusable)?;
        // Before it is opened: a file that takes its place meanwhile differs, and is opened at the next look.
        let stamp = FileStamp::of(&path);
        file_head::check(&path)?;
        let (db, mode) = open_as_possible(&path)?;
        let archive = Archive { folder: folder.to_owned(), stamp, mode, applied_at: Cell::default() };
        let location = CacheLocation {
            folder: path.parent().map(Path::to_owned),
            read_only: Some(format!(
                "{folder:?} is an archive, which others fill; with `--archive \"\"` your own cache is used"
            )),
            archive: Some(archive),
            ..CacheLocation::default()
        };
        let mut store = Self::of(db, location, QueryThresholds::default(), false)?;
        store.check_version(&path).map_err(StoreError::of_archive)?;
        check_log(&store.db, &path, has_log(&path), false)?;
        // Fails if the format is an older one, because it cannot be written.
        store.cache().migrate(&path, &mut |_| ()).map_err(StoreError::of_archive)?;
        if mode == ReadOnlyMode::Immutable && is_log_outdated(&path) {
            store.location.notices.push(format!(
                "the log beside the archive {folder:?} is older than the archive, and is not read; whoever copies it \
                 there should delete the old one first (`rsync --delete`)"
            ));
        } else if mode == ReadOnlyMode::Immutable && has_log(&path) {
            store.location.notices.push(format!(
                "the log of the archive {folder:?} cannot be read here: its newest reports are missing until whoever \
                 fills it is done"
            ));
        }
        Ok(store)
    }
}

/// Opens a file that is in use by its writer with the writer's log, and any other as it is. If the log cannot be shared
/// (the writer was killed, or is on another machine), the file is read without it.
fn open_as_possible(path: &Path) -> Result<(Connection, ReadOnlyMode), StoreError> {
    if log_file(path).exists()
        && !files::is_on_network(path)
        && !is_log_outdated(path)
        && let Ok(db) = open_to_read(path, ReadOnlyMode::Shared)
    {
        return Ok((db, ReadOnlyMode::Shared));
    }
    Ok((open_to_read(path, ReadOnlyMode::Immutable)?, ReadOnlyMode::Immutable))
}
