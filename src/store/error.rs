//! The errors of the cache, by what the user can do about them, which each message names. SQLite's own error is kept as
//! the source.

use rusqlite::ErrorCode;
use std::path::PathBuf;

/// Why the cache cannot be used (exit code 3).
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An error of SQLite that no other variant names.
    #[error("the cache could not be {doing}: {source}")]
    Sqlite {
        /// `opened`, `read`, `written` …
        doing: &'static str,
        source: rusqlite::Error,
    },
    /// A value kept as JSON cannot be read or written.
    #[error("the cache could not be {doing}: {what}: {source}")]
    Json { doing: &'static str, what: &'static str, source: serde_json::Error },
    /// The cache is damaged.
    #[error("the cache is damaged ({why}); `baocao rebuild` makes a new one of what can be read")]
    Corrupt {
        why: String,
        /// `None` if SQLite itself found nothing wrong.
        source: Option<rusqlite::Error>,
    },
    /// The file of the reader's marks is damaged. The cache has nothing to do with it.
    #[error("the reader's marks in {path:?} are damaged ({why}); `baocao rebuild` reads back what can be read of them")]
    MarksDamaged { path: PathBuf, why: String },
    /// Another process keeps the cache locked.
    #[error(
        "the cache could not be {doing}: another program has held it locked for {seconds} seconds; \
         let it finish, or end it, and try again"
    )]
    Busy {
        /// `opened`, `read`, `written` …
        doing: &'static str,
        /// How long this process waited for the lock.
        seconds: u64,
    },
    /// The disk is full, or a quota or size limit is reached.
    #[error(
        "the cache could not be {doing}: the disk is full; what was reported saved is kept; make room and try again"
    )]
    Full {
        /// `opened`, `read`, `written` …
        doing: &'static str,
    },
    /// The cache may be read only.
    #[error("the cache could not be written: {why}")]
    ReadOnly { why: String },
    /// Made by a newer version that this one cannot read.
    #[error(
        "the cache {path:?} was made by a newer baocao (format {version}, this one reads up to {ours}); \
         install it, or give another folder with --cache"
    )]
    Newer { path: PathBuf, version: i64, ours: i64 },
    /// Made by an older version, and cannot be written, so that it cannot be migrated.
    #[error(
        "the cache {path:?} was made by an older baocao (format {version}, this one needs {ours}) \
         and can only be read here; open it once where it can be written, or give another folder with --cache"
    )]
    Older { path: PathBuf, version: i64, ours: i64 },
    /// An archive made by a newer version that this one cannot read.
    #[error(
        "the archive {path:?} was made by a newer baocao (format {version}, this one reads up to {ours}); \
         install it to read the archive, or leave the archive out: `--archive \"\"` reads your own cache"
    )]
    ArchiveNewer { path: PathBuf, version: i64, ours: i64 },
    /// An archive made by an older version: only whoever fills it can migrate it.
    #[error(
        "the archive {path:?} was made by an older baocao (format {version}, this one needs {ours}); \
         whoever fills it has to open it once with this version; until then `--archive \"\"` reads your own cache"
    )]
    ArchiveOlder { path: PathBuf, version: i64, ours: i64 },
    /// A database of some other program.
    #[error("{path:?} belongs to another program; give another folder with --cache")]
    NotOurs { path: PathBuf },
    /// What was given as an archive is a database of some other program.
    #[error("{path:?} belongs to another program; an archive is a folder with a `cache.db` that baocao has made")]
    ArchiveNotOurs { path: PathBuf },
    /// The file or folder cannot be used at all.
    #[error("the cache {path:?} could not be opened: {why}")]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// Why not, and what to do.
        why: String,
    },
    /// A note of the reader is longer than can be kept.
    #[error(
        "the note could not be saved: it has {bytes} bytes, and at most {} can be kept; \
         shorten it, or keep it as a file",
        super::LONGEST_NOTE
    )]
    NoteTooLong { bytes: usize },
    /// The search was stopped for a newer one.
    #[error("the search was stopped")]
    Interrupted,
    /// More reports on one day than there are rows for.
    #[error("there is no room for more than a million reports of {day}")]
    DayFull { day: crate::report::Day },
}

/// How long to wait for a lock that another process holds.
pub(super) const BUSY_SECONDS: u64 = 5;

impl StoreError {
    /// For `map_err`: turns an error of SQLite while the cache was being `doing` (`opened`, `read`, `written`) into
    /// ours.
    pub(super) fn when(doing: &'static str) -> impl Fn(rusqlite::Error) -> Self {
        move |error| Self::from_sqlite(doing, error)
    }

    /// Whether something is damaged that `Store::recover` may mend.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Corrupt { .. } | Self::MarksDamaged { .. })
    }

    /// The same error of an archive, about which others have to do something than about a cache of one's own.
    pub(super) fn of_archive(self) -> Self {
        match self {
            Self::Newer { path, version, ours } => Self::ArchiveNewer { path, version, ours },
            Self::Older { path, version, ours } => Self::ArchiveOlder { path, version, ours },
            Self::NotOurs { path } => Self::ArchiveNotOurs { path },
            error => error,
        }
    }

    /// Damage that this program found, not SQLite.
    pub(super) fn corrupt(why: impl Into<String>) -> Self {
        Self::Corrupt { why: why.into(), source: None }
    }

    fn from_sqlite(doing: &'static str, error: rusqlite::Error) -> Self {
        let why = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt { why, source: Some(error) },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
                Self::Busy { doing, seconds: BUSY_SECONDS }
            }
            Some(ErrorCode::DiskFull) => Self::Full { doing },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { why },
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            // SQLite has no code of its own for these; our statements are right, so the file is not.
            Some(ErrorCode::Unknown) if is_damage(&why) => Self::Corrupt { why, source: Some(error) },
            // A cell of another type than the schema declares, or a missing row that every cache has: only damage does
            // that.
            None if matches!(
                error,
                rusqlite::Error::QueryReturnedNoRows
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                Self::Corrupt { why, source: Some(error) }
            }
            _ => Self::Sqlite { doing, source: error },
        }
    }
}

/// Whether only damage causes this message, because our statements and our schema are right.
fn is_damage(message: &str) -> bool {
    const MESSAGES: [&str; 11] = [
        "invalid fts5 file format",
        "no such table",
        "no such column",
        "has no column named",
        "unrecognized option",
        "unrecognized token",
        "malformed",
        "vtable constructor failed",
        "no such module",
        "no such tokenizer",
        "error in ",
    ];
    MESSAGES.iter().any(|words| message.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_damage_brings_about_is_damage() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let told = |sql: &str| StoreError::when("read")(db.execute_batch(sql).unwrap_err());
        assert!(matches!(told("SELECT * FROM report"), StoreError::Corrupt { .. }));
        assert!(matches!(told("SELECT * FROM user.mark"), StoreError::Corrupt { .. }));
        assert!(matches!(told("SELECT 1 +"), StoreError::Sqlite { .. }));
    }
}
