//! Mends a cache of which something is damaged: the file of the marks, what is derived from the texts, or the texts
//! themselves. Of damaged texts a new cache is made beside the old one and takes its place in one step, so that no
//! process ever opens half of it; the damaged one is kept. One process mends, the others wait for it.
//!
//! ```text
//! user.data is damaged          read back (user_file/mending.rs); the cache is left alone
//! texts are sound               what is derived from them is made anew, in place
//! texts are damaged             cache.db ─ salvage ─▶ mending/cache.db ─ rename ─▶ cache.db
//! ```

use super::private_files::{self, AsideReason};
use super::salvage::BodySalvage;
use super::{CACHE_FILE, USER_FILE, number};
use crate::store::user_file::{self, MarksMended};
use crate::store::{Store, StoreError};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder in which a new cache is made. What a killed process has left in it is removed by the next one.
const FOLDER: &str = "mending";

/// What was done about a damaged cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryOutcome {
    /// What was done about the reader's marks, if they were damaged.
    pub marks: Option<MarksMended>,
    pub cache: CacheRecovery,
}

/// What was done about the cache itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheRecovery {
    /// Nothing: it is sound, or another process has mended it meanwhile.
    Sound,
    /// What is derived from the texts was made anew.
    InPlace {
        /// Number of reports, which are all there.
        reports: usize,
    },
    /// A new cache was made.
    Anew {
        /// Where the damaged file is now.
        aside: PathBuf,
        /// Number of reports that were salvaged.
        reports: usize,
        /// Whether these are certainly all reports.
        whole: bool,
    },
}

impl Store {
    /// Mends what is damaged in a folder.
    pub fn recover(folder: &Path) -> Result<RecoveryOutcome, StoreError> {
        let folder = private_files::private_folder(folder)?;
        let (_alone, has_waited) = private_files::lock_and_tell(&folder)?;
        let marks = user_file::mend_if_damaged(&folder.join(USER_FILE))?;
        let path = folder.join(CACHE_FILE);
        let user = folder.join(USER_FILE);
        if let Ok(store) = Self::open_files(&path, &user, true, &mut |_| ())
            && matches!(store.cache().damage(), Ok(None))
        {
            // The marks were to blame, or another process has mended the cache while this one waited.
            if marks.is_some() || has_waited {
                return Ok(RecoveryOutcome { marks, cache: CacheRecovery::Sound });
            }
            // Only what is derived can be damaged then, which the check of the pages does not see.
            if let Ok(reports) = store.cache().rebuild_whole() {
                return Ok(RecoveryOutcome { marks, cache: CacheRecovery::InPlace { reports } });
            }
        }
        let cache = make_anew(&folder, &path, &user)?;
        Ok(RecoveryOutcome { marks, cache })
    }
}

/// Makes a new cache of the texts that can be read. The caller has the lock of the folder.
fn make_anew(folder: &Path, path: &Path, user: &Path) -> Result<CacheRecovery, StoreError> {
    let beside = folder.join(FOLDER);
    remove(&beside);
    let failed = |error: std::io::Error| StoreError::Unusable { path: path.to_owned(), why: error.to_string() };
    private_files::make_folder(&beside).map_err(failed)?;
    let new = beside.join(CACHE_FILE);
    let store = Store::open_files(&new, user, true, &mut |_| ())?;
    let salvaged = BodySalvage::new(&store)?.read(path)?;
    let whole = salvaged.whole && !lacks_texts(path, salvaged.reports);
    store.kept_sources().salvage(path)?;
    store.cache().rebuild_whole()?;
    store.register()?;
    store.cache().close_log()?;
    drop(store);
    fs::File::open(&new).and_then(|file| file.sync_all()).map_err(failed)?;
    let aside = private_files::keep_aside(path, AsideReason::Damaged)?;
    fs::rename(&new, path).map_err(failed)?;
    remove(&beside);
    Ok(CacheRecovery::Anew { aside, reports: salvaged.reports, whole })
}

/// Whether a file says itself that it had more texts than `found`: it lacks its write-ahead log, or is put together of
/// two moments. `false` if it says nothing.
fn lacks_texts(path: &Path, found: usize) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let Ok(db) = Connection::open_with_flags(path, flags) else { return false };
    let cell = |name: &str| number(&db, &format!("SELECT value FROM meta WHERE name = '{name}'")).unwrap_or(0);
    cell("behind") != 0 || cell("texts") > found as i64
}

/// Removes the folder of a new cache with the files that this program makes in it. What cannot be removed is
/// overwritten or reported by the next step.
fn remove(folder: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(folder.join(format!("{CACHE_FILE}{ending}")));
    }
    let _ = fs::remove_dir(folder);
}
