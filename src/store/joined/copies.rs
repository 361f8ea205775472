//! The joined caches in the reader's own folder. Each list of archives has one of its own, which takes as much room as
//! the archives together, and stays when its list is no longer read: nothing tells that it will not be again.

use super::{FOLDER, JoinedArchives};
use crate::store::CACHE_FILE;
use crate::store::cache::{ReadOnlyMode, open_to_read};
use std::fs;
use std::path::{Path, PathBuf};

/// A joined cache that is not that of the archives which are read now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherJoined {
    pub folder: PathBuf,
    /// The folders of its archives; empty if it does not tell.
    pub archives: Vec<String>,
    /// What its files take.
    pub bytes: u64,
}

impl OtherJoined {
    /// All of them in `own`, the reader's own folder. `read`: the archives that are read now.
    pub fn all(own: &Path, read: Option<&JoinedArchives>) -> Vec<Self> {
        let folders = fs::read_dir(own.join(FOLDER)).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut others: Vec<PathBuf> = folders
            .filter(|folder| folder.join(CACHE_FILE).is_file() && read.is_none_or(|read| read.folder() != folder))
            .collect();
        others.sort();
        others.into_iter().map(|folder| Self { archives: archives(&folder), bytes: bytes(&folder), folder }).collect()
    }
}

/// The folders of the archives that a joined cache is made of.
fn archives(folder: &Path) -> Vec<String> {
    let Ok(db) = open_to_read(&folder.join(CACHE_FILE), ReadOnlyMode::Immutable) else { return Vec::new() };
    let folders = db
        .prepare("SELECT folder FROM joined ORDER BY no")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect());
    folders.unwrap_or_default()
}

fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}
