//! A reader's decision about namesakes: two mentions are one person, or two. It is stored apart from everything derived
//! and refers to reports and names only, so that it outlives rebuilds, re-imports and better rules. Here is the data;
//! `identity` obeys it, `merge_split` finds the decisions to make, `decision_file` reads and writes them as a file.

use super::observation::{Observation, Place};
use crate::text::tone_marks::name_key;
use serde::{Deserialize, Serialize};

/// Whether two mentions are one person or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Same,
    Apart,
}

/// A decision about two mentions of one name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    /// The name, as written.
    pub name: String,
    pub this: Place,
    /// The other mention; which of the two is `this` makes no difference.
    pub that: Place,
}

impl Decision {
    /// The key of the name it is about.
    pub fn key(&self) -> String {
        name_key(&self.name)
    }

    /// Whether `other` is about the same two mentions.
    pub(super) fn same_pair(&self, other: &Self) -> bool {
        (&self.this, &self.that) == (&other.this, &other.that) || (&self.this, &self.that) == (&other.that, &other.this)
    }
}

/// The observation that a decision's place means, among the indices `among`: the nearest one of that report. Not an
/// exact match, because better extraction rules may move a first mention within its report.
pub(super) fn observation_at(observations: &[Observation], among: &[usize], place: &Place) -> Option<usize> {
    among
        .iter()
        .copied()
        .filter_map(|i| Some((i, observations.get(i)?)))
        .filter(|(_, seen)| seen.head.report == place.report)
        .min_by_key(|(_, seen)| (seen.said.at.abs_diff(place.at), seen.place))
        .map(|(i, _)| i)
}

/// The decisions in force: of several about one pair of mentions, the last.
pub fn effective(decisions: &[Decision]) -> Vec<Decision> {
    let mut kept: Vec<Decision> = Vec::new();
    for decision in decisions {
        kept.retain(|old| !old.same_pair(decision));
        kept.push(decision.clone());
    }
    kept
}
