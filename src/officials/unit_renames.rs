//! The renames and mergers of units, as rows for output: a post or unit is shown with what its unit was called before
//! and what it became. The rows are those of `units_history.tsv`, which `unit` reads.

use super::unit::{UnitChange, UnitChangeKind, history};
use serde::Serialize;

/// A unit that became another, as a row for output; see `UnitChange`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitRename {
    /// The old unit, as written.
    pub from: String,
    /// The new unit, as written.
    pub to: String,
    #[serde(rename = "how")]
    pub kind: UnitChangeKind,
    /// The day or year of the change.
    pub since: String,
    /// The source or circumstances, in English.
    pub note: String,
    /// The note in Vietnamese.
    pub note_vi: String,
}

impl From<&UnitChange> for UnitRename {
    fn from(change: &UnitChange) -> Self {
        Self {
            from: change.written.0.to_owned(),
            to: change.written.1.to_owned(),
            kind: change.kind,
            since: change.since.to_owned(),
            note: change.note.to_owned(),
            note_vi: change.note_vi.to_owned(),
        }
    }
}

/// Returns the renames and mergers from or to the unit of that normalized name (`UnitPath::name`), in the order of the
/// table.
pub fn renames_of(unit: &str) -> Vec<UnitRename> {
    let concerns = |change: &&UnitChange| [change.unit.as_str(), change.other.as_str()].contains(&unit);
    history().iter().filter(concerns).map(UnitRename::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_change_has_the_word_of_the_table_in_json() {
        let kinds = |unit: &str| {
            let changes = serde_json::to_value(renames_of(unit)).unwrap();
            changes.as_array().unwrap().iter().map(|change| change["how"].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(kinds("quân đoàn 34"), ["\"merged\"", "\"merged\""]);
        assert_eq!(kinds("đảng ủy quân sự trung ương"), ["\"renamed\""]);
        assert!(kinds("quân khu 10").is_empty());
    }
}
