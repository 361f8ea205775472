//! Keeps two runs from fetching for one cache at once: a lock on a file beside the cache. The system releases it when a
//! process ends, however it ends, so that a lock is never left behind.

use crate::store::private_files;
use crate::system::files;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The name of the file, in the folder of the cache.
pub const LOCK_FILE: &str = "sync.lock";

/// Held while a run goes on.
#[derive(Debug)]
pub struct SyncLock {
    /// Closing it releases the lock.
    _file: File,
}

/// Why there is no lock.
#[derive(Debug, thiserror::Error)]
pub enum NoSyncLock {
    #[error("another run is fetching for this cache; let it finish, or end it")]
    Busy,
    #[error("the lock {path:?} could not be taken: {why}")]
    Unusable { path: std::path::PathBuf, why: String },
}

impl SyncLock {
    /// Takes the lock of a cache, without waiting.
    pub fn take(folder: &Path) -> Result<Self, NoSyncLock> {
        let path = folder.join(LOCK_FILE);
        let unusable = |why: String| NoSyncLock::Unusable { path: path.clone(), why };
        private_files::private_file(&path).map_err(|error| unusable(error.to_string()))?;
        let file = OpenOptions::new().write(true).open(&path).map_err(|error| unusable(error.to_string()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(NoSyncLock::Busy),
            Err(TryLockError::Error(error)) if files::has_no_locks(&error) => {
                Err(unusable("its file system has no locks; give a folder on another disk with --cache".to_owned()))
            }
            Err(TryLockError::Error(error)) => Err(unusable(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = SyncLock::take(folder.path()).unwrap();
        assert!(matches!(SyncLock::take(folder.path()), Err(NoSyncLock::Busy)));
        drop(first);
        SyncLock::take(folder.path()).unwrap();
        assert!(matches!(SyncLock::take(&folder.path().join("none")), Err(NoSyncLock::Unusable { .. })));
    }
}
