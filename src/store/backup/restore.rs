//! Brings a backup back. It is read whole before anything is touched; the new cache is made beside the old one, and
//! takes its place in one step. The old files are kept under other names.
//!
//! ```text
//! FILE ─ check ─ copy ─▶ restoring/cache.db, restoring/user.data ─ open, check ─ rename ─▶ cache.db, user.data
//!                                              cache.db ─▶ cache.db.replaced-DATE, user.data ─▶ …
//! ```

use super::{check, kept_marks, opened, unusable};
use crate::store::cache::private_files::{self, AsideReason};
use crate::store::cache::{APPLICATION_ID, CACHE_FILE, USER_FILE, set_journal};
use crate::store::{Store, StoreError, user_file};
use crate::system::files as system;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder in which the new cache is made.
const FOLDER: &str = "restoring";
/// How long to wait for other processes to close the cache.
const WAIT: Duration = Duration::from_secs(2);

/// What a backup was restored to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreOutcome {
    /// Number of reports that the cache has now.
    pub reports: usize,
    /// Where the files are now that were there before: the cache and the marks, if there were any.
    pub aside: Vec<PathBuf>,
}

impl Store {
    /// Replaces the cache in `folder` by a backup. `tell` gets a line for the user before each step that takes a while.
    ///
    /// # Errors
    /// Nothing is changed if the backup is not whole, or another process has the cache open.
    pub fn restore(folder: &Path, backup: &Path, tell: &mut dyn FnMut(&str)) -> Result<RestoreOutcome, StoreError> {
        let contents = check(backup)?;
        let folder = private_files::private_folder(folder)?;
        let _alone = private_files::lock(&folder)?;
        let beside = folder.join(FOLDER);
        remove(&beside);
        private_files::make_folder(&beside).map_err(|error| unusable(&beside, &error))?;
        let made = make(&beside, backup, tell).and_then(|()| replace(&folder, &beside));
        remove(&beside);
        Ok(RestoreOutcome { reports: contents.reports, aside: made? })
    }
}

/// Makes the two files of the backup in a folder, and opens them as any cache is opened: one of an older format is
/// migrated here and not where it can hold somebody up.
fn make(beside: &Path, backup: &Path, tell: &mut dyn FnMut(&str)) -> Result<(), StoreError> {
    let [cache, marks] = [CACHE_FILE, USER_FILE].map(|name| beside.join(name));
    private_files::private_file(&cache)?;
    private_files::private_file(&marks)?;
    // Into the file that is private already: `fs::copy` would give it the mode of the backup.
    let copy = || {
        let mut to = fs::OpenOptions::new().write(true).open(&cache)?;
        std::io::copy(&mut fs::File::open(backup)?, &mut to)
    };
    copy().map_err(|error| unusable(&cache, &error))?;
    fs::write(&marks, kept_marks(&opened(backup)?)?).map_err(|error| unusable(&marks, &error))?;
    if let Some(why) = user_file::damage(&marks)? {
        let why = format!("the marks in the backup are damaged ({why}); nothing was changed; take another one");
        return Err(StoreError::Unusable { path: backup.to_owned(), why });
    }
    let when = StoreError::when("restored");
    let db = Connection::open_with_flags(&cache, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(&when)?;
    db.execute_batch(&format!("DROP TABLE kept_file; PRAGMA application_id = {APPLICATION_ID}; VACUUM"))
        .map_err(&when)?;
    db.close().map_err(|(_, error)| when(error))?;
    let store = Store::open_files(&cache, &marks, true, tell)?;
    // The copies in a backup have a plain journal.
    set_journal(&store.db, "main", &cache)?;
    set_journal(&store.db, "user", &marks)?;
    store.cache().close_log()?;
    drop(store);
    for file in [&cache, &marks] {
        fs::File::open(file).and_then(|open| open.sync_all()).map_err(|error| unusable(file, &error))?;
    }
    Ok(())
}

/// Puts the new files in the place of the old ones, which are kept. Returns where. Between the two renames a process
/// that opens the cache sees the old texts with the new marks, which is a cache like any other.
fn replace(folder: &Path, beside: &Path) -> Result<Vec<PathBuf>, StoreError> {
    for name in [CACHE_FILE, USER_FILE] {
        close_for_all(&folder.join(name))?;
    }
    let mut kept = Vec::new();
    for name in [USER_FILE, CACHE_FILE] {
        let (new, old) = (beside.join(name), folder.join(name));
        if private_files::is_plain(&old) {
            kept.push(private_files::keep_aside(&old, AsideReason::Replaced)?);
        }
        fs::rename(&new, &old).map_err(|error| unusable(&old, &error))?;
    }
    // The names themselves must be on the disk too. Systems that cannot open a folder write them by themselves.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    kept.reverse();
    Ok(kept)
}

/// Copies the log of a file back and does without one, which SQLite does only if no other process has the file open:
/// whoever writes to it later would write to a file without a name. A damaged file is replaced as it is.
fn close_for_all(path: &Path) -> Result<(), StoreError> {
    if !private_files::is_plain(path) {
        return Ok(());
    }
    let closed = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|db| {
        db.busy_timeout(WAIT)?;
        db.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0))
    });
    let in_use = || StoreError::Unusable {
        path: path.to_owned(),
        why: "another program has it open; end it (the reader, an import), and restore again; nothing was changed"
            .to_owned(),
    };
    match closed.map_err(StoreError::when("replaced")) {
        Ok(mode) if mode == "wal" => Err(in_use()),
        Err(StoreError::Busy { .. }) => Err(in_use()),
        _ => Ok(()),
    }
}

/// Removes the new cache that a killed `restore` has left in `folder`, which takes as much room as the cache itself. A
/// `restore` that is still at work has the folder locked. Where folders cannot be locked, the next `restore` removes
/// what is left.
pub(in crate::store) fn remove_abandoned(folder: &Path) {
    let beside = folder.join(FOLDER);
    if fs::symlink_metadata(&beside).is_ok_and(|meta| meta.is_dir())
        && let Some(_alone) = system::try_lock_folder(folder)
    {
        remove(&beside);
    }
}

/// Removes the folder of a new cache with the files that this program makes in it.
fn remove(folder: &Path) {
    for name in [CACHE_FILE, USER_FILE] {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(folder.join(format!("{name}{ending}")));
        }
    }
    let _ = fs::remove_dir(folder);
}
