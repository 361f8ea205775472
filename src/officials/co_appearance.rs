//! Companions of an official: the people who appear in the same reports, the most frequent first. The unit is reports,
//! not mentions. Counting is left to `store`, which has the reports.

use super::RankName;
use super::observation::Place;
use crate::report::{Dated, dated};
use serde::{Deserialize, Serialize};

/// Another official who appears in the same reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanionRow {
    /// The other official's id.
    pub id: String,
    pub name: String,
    /// The companion's current rank.
    #[serde(deserialize_with = "super::name_of_maybe_rank")]
    pub rank: Option<RankName>,
    /// The number of reports that name both.
    pub reports: usize,
    /// The day of the newest of them; `None` if none of them has a day.
    #[serde(flatten, serialize_with = "dated::json::last", deserialize_with = "dated::json::read_last")]
    pub last: Option<Dated>,
    /// The companion's mention in the newest of them.
    pub place: Place,
}

/// Sorts the rows by the number of reports (descending), then the newest report, then the name; the id makes the order
/// total.
pub fn ranked(mut rows: Vec<CompanionRow>) -> Vec<CompanionRow> {
    let last = |row: &CompanionRow| row.last.map(|last| last.day);
    rows.sort_by(|a, b| (b.reports, last(b), &a.name, &a.id).cmp(&(a.reports, last(a), &b.name, &b.id)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_come_first_then_the_newest() {
        let row = |id: &str, reports, last: &str| CompanionRow {
            id: id.into(),
            name: id.to_uppercase(),
            rank: None,
            reports,
            last: Some(last.parse().unwrap()),
            place: Place { report: "r".into(), at: 0 },
        };
        let rows = [row("a", 1, "2020-01-01"), row("b", 2, "2019-01-01"), row("c", 1, "2021-01-01")];
        let said: Vec<_> = ranked(rows.to_vec()).into_iter().map(|r| r.id).collect();
        assert_eq!(said, ["b", "c", "a"]);
    }
}
