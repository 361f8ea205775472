//! How far the run is that fetches new reports beside the reader.

use crate::sync::event::SyncProgress;

/// The state of a run, for the footer and for what is told at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncStatus {
    /// `None` until the first answer of a server.
    pub progress: Option<SyncProgress>,
    /// Pages a minute; `None` until that can be told.
    pub per_minute: Option<u64>,
    /// Whether the user has asked for the end.
    pub stopping: bool,
    /// What went wrong, a line for each source.
    pub problems: Vec<String>,
}
