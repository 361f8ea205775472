//! The renames and mergers of units, as rows for output: a post or unit is shown with what its unit was called before
//! and what it became. The rows are those of `units_history.tsv`, which `unit` reads.

use super::unit::{UnitRename, history};
use serde::Serialize;

/// A unit that became another, as a row for output; see `UnitRename`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitTransition {
    /// The old unit, as written.
    pub from: String,
    /// The new unit, as written.
    pub to: String,
    /// The kind of change: `renamed` or `merged`.
    pub how: String,
    /// The day or year of the change.
    pub since: String,
    /// The source or circumstances, in English.
    pub note: String,
    /// The note in Vietnamese.
    pub note_vi: String,
}

impl From<&UnitRename> for UnitTransition {
    fn from(change: &UnitRename) -> Self {
        Self {
            from: change.written.0.to_owned(),
            to: change.written.1.to_owned(),
            how: change.how.to_owned(),
            since: change.since.to_owned(),
            note: change.note.to_owned(),
            note_vi: change.note_vi.to_owned(),
        }
    }
}

/// Returns the renames and mergers from or to the unit of that normalized name (`UnitPath::name`), in the order of the
/// table.
pub fn transitions_of(unit: &str) -> Vec<UnitTransition> {
    let concerns = |change: &&UnitRename| [change.unit.as_str(), change.other.as_str()].contains(&unit);
    history().iter().filter(concerns).map(UnitTransition::from).collect()
}
