//! The reports themselves: opening the files, saving, loading and removing reports, rebuilding everything derived, and
//! checking that the files are sound. `body` is the ground truth; all other tables are derived from it, but those of
//! the sources of `sync` and of the bytes that are kept (`fetch_state.sql`, `kept_sources.sql`).

mod counts;
mod date_by_hand;
mod derived_rows;
mod health;
mod load_report;
mod migrate;
mod open;
pub(super) mod packed_text;
mod prepared_report;
pub mod private_files;
mod read_again;
mod rebuild;
mod recovery;
mod removal;
pub mod report_parts;
mod retention;
mod salvage;
mod save;

pub use counts::CacheCounts;
pub use health::HealthCheck;
pub(super) use health::first_fault;
pub(super) use load_report::StoredBody;
pub use load_report::{PrefixMatch, ReportOrigin};
pub(super) use open::{
    APPLICATION_ID, CacheLocation, ReadOnlyMode, VERSION, either_way, number, open_to_read, set_journal,
};
pub use open::{CACHE_FILE, USER_FILE};
pub use prepared_report::{PreparedReport, id_of};
pub use read_again::ReadAgain;
pub use recovery::{CacheRecovery, RecoveryOutcome};
pub use removal::RemovedReports;
pub use retention::UnmarkedReport;
pub use save::{KnownIds, SaveOutcome};

use super::Store;

/// Saves, loads and checks reports.
pub struct ReportCache<'a> {
    pub(super) store: &'a Store,
}
