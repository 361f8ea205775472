//! Copies of the file of the reader's marks, one for each day on which it has changed, in the folder `backups` beside
//! it. The last seven are kept. A copy is complete or not there, and is made of a sound file only: SQLite reads every
//! page to make it.

use crate::store::cache::private_files;
use crate::store::{Store, StoreError};
use jiff::civil::Date;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder of the copies, beside the file.
const FOLDER: &str = "backups";
/// Older copies than this many are deleted.
const KEPT: usize = 7;

/// A copy of the file of the marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarksBackup {
    pub path: PathBuf,
    /// The day on which it was made.
    pub day: Date,
}

impl MarksBackup {
    /// Puts the copy in the place of the file.
    pub(super) fn restore(&self, file: &Path) -> Result<(), StoreError> {
        let copied = || {
            let beside = with_ending(file, ".restored");
            fs::copy(&self.path, &beside)?;
            fs::File::open(&beside)?.sync_all()?;
            fs::rename(&beside, file)
        };
        copied().map_err(|error| unusable(file, &error))
    }
}

impl Store {
    /// Copies the file of the marks, if it has changed since the last copy and none was made today. Returns the copy
    /// that was made.
    pub fn back_up_marks(&self) -> Result<Option<MarksBackup>, StoreError> {
        let Some(file) = self.location.user_file.as_deref().filter(|_| self.location.user_read_only.is_none()) else {
            return Ok(None);
        };
        let day = jiff::Zoned::now().date();
        let last = newest(file);
        let is_old = |copy: &MarksBackup| copy.day < day && changed(&copy.path) < last_change(file);
        if !last.as_ref().is_none_or(is_old) || self.has_no_marks()? {
            return Ok(None);
        }
        let folder = folder(file);
        private_files::make_folder(&folder).map_err(|error| unusable(&folder, &error))?;
        let path = folder.join(format!("{}-{day}", name_of(file)));
        let draft = with_ending(&path, &format!(".{}", std::process::id()));
        let _ = fs::remove_file(&draft);
        // SQLite writes into an empty file, which keeps the mode that it has.
        private_files::private_file(&draft)?;
        let made = self
            .db
            .execute("VACUUM user INTO ?1", [draft.to_string_lossy()])
            .map_err(StoreError::when("copied"))
            .and_then(|_| {
                let whole = fs::File::open(&draft).and_then(|file| file.sync_all());
                whole.and_then(|()| fs::rename(&draft, &path)).map_err(|error| unusable(&path, &error))
            });
        if made.is_err() {
            let _ = fs::remove_file(&draft);
        }
        made?;
        for old in all(file).into_iter().rev().skip(KEPT) {
            // A copy that stays does no harm.
            let _ = fs::remove_file(old.path);
        }
        Ok(Some(MarksBackup { path, day }))
    }

    /// All copies of the file of the marks, the oldest first.
    pub fn marks_backups(&self) -> Vec<MarksBackup> {
        self.location.user_file.as_deref().map(all).unwrap_or_default()
    }

    fn has_no_marks(&self) -> Result<bool, StoreError> {
        let any = ["mark", "tag", "place", "dated", "note", "seen", "decision"]
            .map(|table| format!("EXISTS (SELECT 1 FROM user.{table})"));
        let any: bool = self
            .db
            .query_row(&format!("SELECT {}", any.join(" OR ")), [], |row| row.get(0))
            .map_err(StoreError::when("read"))?;
        Ok(!any)
    }
}

/// The newest copy of a file.
pub(super) fn newest(file: &Path) -> Option<MarksBackup> {
    all(file).pop()
}

/// The copies of a file, the oldest first.
fn all(file: &Path) -> Vec<MarksBackup> {
    let prefix = format!("{}-", name_of(file));
    let Ok(found) = fs::read_dir(folder(file)) else { return Vec::new() };
    let copy = |entry: fs::DirEntry| {
        let day = entry.file_name().to_str()?.strip_prefix(&prefix)?.parse().ok()?;
        Some(MarksBackup { path: entry.path(), day })
    };
    let mut copies: Vec<MarksBackup> = found.flatten().filter_map(copy).collect();
    copies.sort_by_key(|copy| copy.day);
    copies
}

fn folder(file: &Path) -> PathBuf {
    file.with_file_name(FOLDER)
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// When the file or its write-ahead log was last changed.
fn last_change(file: &Path) -> Option<SystemTime> {
    changed(file).max(changed(&with_ending(file, "-wal")))
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn unusable(path: &Path, error: &io::Error) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), why: error.to_string() }
}
