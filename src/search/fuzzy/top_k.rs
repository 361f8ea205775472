//! The closest few of all who answer, and how many answer: kept while they are found, so that a million of them need no
//! list and no sorting. What is the same for everything else is settled by how often and how lately somebody was seen.

use super::ScoredCandidate;
use super::rank_candidate::MatchMode;
use std::collections::BinaryHeap;

/// The closest so far.
pub(super) struct TopK {
    most: usize,
    /// The farthest of them on top.
    closest: BinaryHeap<RankedCandidate>,
    /// How many answered.
    agreeing: usize,
    /// How many more answered whose name is not what the keystrokes compose.
    disagreeing: usize,
}

/// Somebody found, with the place among all by how often and how lately seen.
struct RankedCandidate(ScoredCandidate, u32);

impl RankedCandidate {
    /// Those to whom the keystrokes compose something else count only where there are no others.
    fn key(&self) -> impl Ord + use<> {
        let Self(ScoredCandidate { judged, reading, .. }, seen) = self;
        let aside = !judged.agrees && *reading != MatchMode::Fuzzy;
        (aside, judged.key(), *seen)
    }
}

impl PartialEq for RankedCandidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for RankedCandidate {}

impl PartialOrd for RankedCandidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RankedCandidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl TopK {
    /// Nobody yet, and room for so many.
    pub fn new(most: usize) -> Self {
        Self { most, closest: BinaryHeap::new(), agreeing: 0, disagreeing: 0 }
    }

    /// Somebody more who answers.
    pub fn add(&mut self, found: ScoredCandidate, seen: u32) {
        *if found.judged.agrees { &mut self.agreeing } else { &mut self.disagreeing } += 1;
        self.keep(RankedCandidate(found, seen));
    }

    /// What another thread found.
    pub fn merge(mut self, other: Self) -> Self {
        self.agreeing += other.agreeing;
        self.disagreeing += other.disagreeing;
        other.closest.into_iter().for_each(|one| self.keep(one));
        self
    }

    fn keep(&mut self, one: RankedCandidate) {
        if self.closest.len() < self.most {
            self.closest.push(one);
        } else if let Some(mut farthest) = self.closest.peek_mut()
            && one < *farthest
        {
            *farthest = one;
        }
    }

    /// The closest, closest first, and how many answered: those alone whose keystrokes agree, if there are any.
    pub fn agreeing(self) -> (Vec<ScoredCandidate>, usize) {
        let (mut found, total) = (self.closest.into_sorted_vec(), self.agreeing + self.disagreeing);
        if self.agreeing == 0 {
            return (found.into_iter().map(|one| one.0).collect(), total);
        }
        found.retain(|one| one.0.judged.agrees);
        (found.into_iter().map(|one| one.0).collect(), self.agreeing)
    }

    /// The closest, closest first.
    pub fn all(self) -> Vec<ScoredCandidate> {
        self.closest.into_sorted_vec().into_iter().map(|one| one.0).collect()
    }

    /// Whether nobody answered.
    pub fn is_empty(&self) -> bool {
        self.closest.is_empty()
    }
}
