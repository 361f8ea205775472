//! Who is who: the officials that appear in all reports, their posts, and the reader's decisions about namesakes. The
//! register is derived from the people of reports, name by name; a name that gains or loses an observation is marked
//! `stale` and identified again when the register is next opened (`Store::register`).

pub(super) mod decisions;
mod doubts;
pub mod holding_row;
mod holdings;
mod identify_names;
mod moved_observations;
mod officials;
mod own_decisions;
mod person_rows;
mod refresh;
mod stored_observation;

pub use decisions::UndoneStep;
pub(super) use decisions::add_decisions;
pub(super) use decisions::{insert_step, read as read_decisions};
pub use doubts::{DoubtsFound, UncertainJudgement};
pub(in crate::store) use officials::IS_OFFICIAL;
pub use officials::{NameRegister, OfficialParts, OfficialPreviewParts};
pub(super) use person_rows::{PersonColumns, PersonReportColumns};

use super::Store;

/// Reads the register, which is up to date when this is handed out (`Store::register`).
pub struct OfficialsRegister<'a> {
    pub(super) store: &'a Store,
}

/// Writes the tables that the register is read from. Within a transaction, unless a method says otherwise.
pub(super) struct RegisterWriter<'a> {
    pub(super) store: &'a Store,
}
