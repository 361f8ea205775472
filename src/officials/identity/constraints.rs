//! The reader's decisions about one name as constraints on clusters: pairs of observations that must be in one cluster
//! and pairs that must not (must-link and cannot-link constraints). `clustering` obeys them; they override every rule.

use super::observation_group::ObservationGroup;
use crate::officials::decision::{Decision, Verdict, observation_at};
use crate::officials::observation::{Observation, Place};

/// Pairs of observation numbers (indices into the facts of one name).
#[derive(Default)]
pub struct Constraints {
    pub must_link: Vec<(usize, usize)>,
    cannot_link: Vec<(usize, usize)>,
}

impl Constraints {
    /// Collects the constraints on the name with key `key`; `order` are the indices of its observations in order of
    /// time. A decision whose two reports are not both imported gives none.
    pub fn of(decisions: &[Decision], observations: &[Observation], order: &[usize], key: &str) -> Self {
        let mut constraints = Self::default();
        for decision in decisions.iter().filter(|d| d.key() == key) {
            let number = |place: &Place| {
                let index = observation_at(observations, order, place)?;
                order.iter().position(|&i| i == index)
            };
            // A decision about a removed report is kept in the store and takes effect again after a re-import.
            let (Some(a), Some(b)) = (number(&decision.this), number(&decision.that)) else { continue };
            match decision.verdict {
                Verdict::Same => constraints.must_link.push((a, b)),
                Verdict::Apart => constraints.cannot_link.push((a, b)),
            }
        }
        constraints
    }

    /// Whether the reader separated an observation of one group from an observation of the other.
    pub fn separate(&self, a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> bool {
        self.cannot_link.iter().any(|&(x, y)| (a.contains(x) && b.contains(y)) || (a.contains(y) && b.contains(x)))
    }
}
