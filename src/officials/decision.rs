//! Decisions of the reader about namesakes: two observations are one person, or two. They are stored separately from
//! all derived data and refer only to reports and names, so that they outlive rebuilds, re-imports and better rules.
//! This module has the data; `identity` obeys it, `merge_split` computes the decisions for a merge or split,
//! `decision_file` reads and writes them as a file.

use super::observation::{Observation, Place};
pub use crate::report::Verdict;
use crate::text::tone_marks::name_key;
use serde::{Deserialize, Serialize};
use std::cmp::{max, min};
use std::collections::HashMap;

/// A decision about two observations of one name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    /// The name, as written.
    pub name: String,
    pub this: Place,
    /// The other observation. The two can be exchanged.
    pub that: Place,
}

impl Decision {
    /// The name key of the name that the decision is about.
    pub fn key(&self) -> String {
        name_key(&self.name)
    }

    /// The two observations, in an order that does not depend on which of them is `this`.
    pub fn pair(&self) -> (&Place, &Place) {
        (min(&self.this, &self.that), max(&self.this, &self.that))
    }

    /// Whether `other` is about the same two observations.
    pub(super) fn same_pair(&self, other: &Self) -> bool {
        self.pair() == other.pair()
    }
}

/// Returns the index of the observation that the place of a decision refers to, among the indices `among`; `None` if
/// none of them is in that report. It is the nearest observation of the report and not an exact match, because better
/// extraction rules may move the first mention of a person.
pub(super) fn observation_at(observations: &[Observation], among: &[usize], place: &Place) -> Option<usize> {
    among
        .iter()
        .copied()
        .filter_map(|i| Some((i, observations.get(i)?)))
        .filter(|(_, seen)| seen.head.report == place.report)
        .min_by_key(|(_, seen)| (seen.statement.at.abs_diff(place.at), seen.place))
        .map(|(i, _)| i)
}

/// Returns the decisions that are in force: the last one for each pair of observations.
pub fn effective(decisions: &[Decision]) -> Vec<Decision> {
    // The position of the last decision about each pair. Comparing every two decisions instead would take seconds for
    // the tens of thousands that a file can have about one name.
    let last: HashMap<_, usize> = decisions.iter().enumerate().map(|(n, one)| (one.pair(), n)).collect();
    let in_force = |(n, one): &(usize, &Decision)| last.get(&one.pair()) == Some(n);
    decisions.iter().enumerate().filter(in_force).map(|(_, one)| one.clone()).collect()
}
