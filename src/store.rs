//! The cache of reports, in SQLite: texts, the index over their folded words, the register of officials derived from
//! them, and the reader's own marks. The only SQL in the program. Several processes may read while one writes; a kill
//! at any instruction loses nothing that was reported saved.
//!
//! `Store` owns the connection; what can be done with it is grouped by handles that borrow it:
//!
//! ```text
//! Store ─┬─ cache()      ReportCache        saves, loads, removes and rebuilds reports; checks the files
//!        ├─ index()      ReportIndex        evaluates filters: ids, rows, people and snippets of rows
//!        ├─ register()?  OfficialsRegister  who is who; brought up to date before it is handed out
//!        ├─ fetch_state()?  FetchState      where the sources of `sync` stand
//!        ├─ kept_sources()  KeptSources     the bytes that reports were read from, where they are kept
//!        ├─ marks()      ReaderMarks        read, starred, tags, places
//!        └─ notes()      ReaderNotes        the reader's notes on passages, reports and officials
//! ```

mod archive;
mod backup;
mod cache;
mod cell_encoding;
mod error;
mod fetch_state;
mod file_head;
mod index;
mod joined;
mod kept_sources;
mod leaf_pages;
mod marks;
mod newsboat;
mod notes;
mod official_of_person;
mod ordered_parallel;
mod person_partition;
mod register;
mod remote_marks;
mod stories;
mod transaction;
mod user_file;
mod write_ahead_log;

pub use archive::{archive_key, host_key};
pub use backup::{BackupContents, RestoreOutcome, is_backup};
pub use cache::{
    CACHE_FILE, CacheCounts, CacheRecovery, HealthCheck, KnownIds, PrefixMatch, PreparedReport, ReadAgain,
    RecoveryOutcome, RemovedReports, ReportCache, ReportOrigin, SaveOutcome, USER_FILE, UnmarkedReport, id_of,
};
pub use cache::{private_files, report_parts};
pub use error::StoreError;
pub use fetch_state::{
    FetchState, NamedList, NewPage, PageOutcome, PageStanding, PendingList, SavedList, SourceState, StoppedHost,
    WaitingPage,
};
#[cfg(test)]
pub use index::QueryThresholds;
pub use index::{ListRow, ListWindow, NewsSince, OtherVersion, ReportIndex, Sort, UnitReport, WindowBounds, outlet_of};
pub use joined::{JoinProgress, JoinTotals, JoinWriter, JoinedArchives, OtherJoined};
pub use kept_sources::{KeptReading, KeptSources, KeptUsage, PackedSource, SourceReading};
pub use marks::{ImportPosition, MarkChange, ReaderMarks, ReportMark, SeenBy};
#[cfg(test)]
pub(crate) use newsboat::testing as newsboat_testing;
pub use newsboat::{NewsboatCache, NewsboatItem, SQLITE_HEAD};
pub use notes::{LONGEST_NOTE, Note, NoteChange, NoteChanged, NoteSubject, OfficialNote, ReaderNotes};
pub use register::holding_row::list as holding_list;
pub use register::{
    DoubtsFound, NameRegister, OfficialParts, OfficialPreviewParts, OfficialsRegister, UncertainJudgement, UndoneStep,
};
pub use remote_marks::{DecisionStep, MarksOfReport, MarksPart};
pub use stories::StoryVersion;
pub use user_file::{MarksBackup, MarksMended};

use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// How many steps of SQLite's virtual machine run between two checks whether to give up: some tens of microseconds.
const STEPS_BETWEEN_CHECKS: i32 = 2000;

/// An open cache, used by one thread at a time. What it remembers is behind `RefCell`s, so that every handle borrows it
/// shared: a register that identifies stale names and an index that reads can exist at the same time.
pub struct Store {
    db: Connection,
    location: cache::CacheLocation,
    log: write_ahead_log::WriteAheadLog,
    thresholds: index::QueryThresholds,
    /// Numbers and hashes that this connection knows to be in its tables, so that they are not looked up again.
    known: RefCell<transaction::KnownRows>,
    /// Whether this connection has a transaction that writes: further steps become part of it.
    is_writing: Cell<bool>,
    /// Matches of the last filter, valid while neither the cache nor the marks change.
    found: RefCell<index::FindCache>,
    /// What ends a statement early; kept for a connection that takes the place of this one.
    is_stopped: Option<Arc<StopTest>>,
    /// The stories, valid while the number in `meta` is the same.
    story_rows: RefCell<stories::StoryRows>,
    /// Up to how many bytes in the cache the sources of what is imported are kept; `None` if they are not.
    source_limit: Cell<Option<u64>>,
    /// Reports whose sources were not kept because there was no room.
    without_source: Cell<usize>,
}

/// Whether to give up.
type StopTest = dyn Fn() -> bool + Send + Sync;

impl Store {
    /// Reports: saving, loading, rebuilding, and the health of the files.
    pub fn cache(&self) -> ReportCache<'_> {
        ReportCache { store: self }
    }

    /// Lists of reports that match a filter.
    pub fn index(&self) -> ReportIndex<'_> {
        ReportIndex { store: self, by_story: false }
    }

    /// The register of officials. Reports that tell one story are grouped first, and names that gained or lost a
    /// mention are identified again; a cache that can only be read is left as it is.
    pub fn register(&self) -> Result<OfficialsRegister<'_>, StoreError> {
        self.stories().group()?;
        self.register_writer().refresh()?;
        Ok(OfficialsRegister { store: self })
    }

    /// The reader's own marks on reports.
    pub fn marks(&self) -> ReaderMarks<'_> {
        ReaderMarks { store: self }
    }

    /// The reader's notes on reports and officials.
    pub fn notes(&self) -> ReaderNotes<'_> {
        ReaderNotes { store: self }
    }

    /// Which reports tell one story.
    fn stories(&self) -> stories::StoryGroups<'_> {
        stories::StoryGroups { store: self }
    }

    /// Writes the tables of officials, without bringing them up to date first.
    fn register_writer(&self) -> register::RegisterWriter<'_> {
        register::RegisterWriter { store: self }
    }

    /// Has every statement give up with `StoreError::Interrupted` soon after `is_stopped` returns true. It is called
    /// every few microseconds while a statement runs, on the thread that runs it.
    pub fn give_up_when(&mut self, is_stopped: impl Fn() -> bool + Send + Sync + 'static) -> Result<(), StoreError> {
        self.is_stopped = Some(Arc::new(is_stopped));
        self.install_stop_test()
    }

    /// Has this connection give up as `give_up_when` has asked for.
    fn install_stop_test(&mut self) -> Result<(), StoreError> {
        let Some(is_stopped) = self.is_stopped.clone() else { return Ok(()) };
        self.db.progress_handler(STEPS_BETWEEN_CHECKS, Some(move || is_stopped())).map_err(StoreError::when("read"))
    }

    /// A number that changes whenever another connection changes the cache.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.db
            .prepare_cached("PRAGMA main.data_version")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))
    }
}

#[cfg(test)]
mod tests;
