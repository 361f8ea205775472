//! The best k matches of a pass, kept in a heap while candidates are scored: a query of one letter may match a hundred
//! thousand people, and a screen shows thirty. A match worse than all that are kept costs one comparison and is
//! dropped; places are computed only for matches that are kept.
//!
//! ```text
//! capacity 3      heap (worst on top)      C 40   A 70   B 90         next: 30 → dropped; 80 → replaces C
//! ```
//!
//! The order is total: equal scores are ordered by `frequency_rank`, which is different for each person. So the result
//! does not depend on the order, or the thread, in which candidates are scored.

use super::score::{CandidateScore, MatchMode, MatchPlaces};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A person who matches the query.
#[derive(Clone, Copy)]
pub struct ScoredPerson {
    /// The number of the person in the index.
    pub person: usize,
    pub score: CandidateScore,
    /// The mode of the pass that found the person.
    pub mode: MatchMode,
    /// The position among all by number of reports.
    pub frequency_rank: u32,
}

impl ScoredPerson {
    /// The sort key; the best match has the smallest. Matches whose keystrokes compose another word come last: they
    /// count only if there are no others.
    fn key(&self) -> impl Ord + use<> {
        let is_aside = !self.score.keystrokes_agree && self.mode.typos() == 0;
        (is_aside, self.score.key(), self.frequency_rank)
    }
}

/// A match that is among the best, with its places.
pub struct RankedMatch {
    pub scored: ScoredPerson,
    pub places: MatchPlaces,
}

impl PartialEq for RankedMatch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for RankedMatch {}

impl PartialOrd for RankedMatch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RankedMatch {
    fn cmp(&self, other: &Self) -> Ordering {
        self.scored.key().cmp(&other.scored.key())
    }
}

/// The best matches of a pass, and the number of all matches.
#[derive(Default)]
pub struct RankedMatches {
    /// Sorted, the best first.
    pub best: Vec<RankedMatch>,
    pub total: usize,
}

/// The best matches so far.
pub struct TopK {
    capacity: usize,
    /// A max-heap by `ScoredPerson::key`: the worst match that is kept is on top.
    heap: BinaryHeap<RankedMatch>,
    /// The number of matches whose keystrokes agree, kept or not.
    agreeing: usize,
    /// The number of matches whose keystrokes compose another word, kept or not.
    disagreeing: usize,
}

impl TopK {
    pub fn new(capacity: usize) -> Self {
        Self { capacity, heap: BinaryHeap::new(), agreeing: 0, disagreeing: 0 }
    }

    /// Counts a match, and keeps it if it is among the best; `places` is called only then.
    pub fn add(&mut self, scored: ScoredPerson, places: impl FnOnce() -> MatchPlaces) {
        if scored.score.keystrokes_agree {
            self.agreeing += 1;
        } else {
            self.disagreeing += 1;
        }
        self.keep(scored, places);
    }

    /// Merges the matches of another thread; keeps the best of both.
    pub fn merge(mut self, other: Self) -> Self {
        self.agreeing += other.agreeing;
        self.disagreeing += other.disagreeing;
        for RankedMatch { scored, places } in other.heap {
            self.keep(scored, || places);
        }
        self
    }

    fn keep(&mut self, scored: ScoredPerson, places: impl FnOnce() -> MatchPlaces) {
        if self.heap.len() < self.capacity {
            self.heap.push(RankedMatch { scored, places: places() });
        } else if let Some(mut worst) = self.heap.peek_mut()
            && scored.key() < worst.scored.key()
        {
            *worst = RankedMatch { scored, places: places() };
        }
    }

    /// The matches whose keystrokes agree; if there are none, all.
    pub fn into_agreeing(self) -> RankedMatches {
        let (agreeing, disagreeing) = (self.agreeing, self.disagreeing);
        let mut best = self.into_all();
        if agreeing == 0 {
            return RankedMatches { best, total: disagreeing };
        }
        best.retain(|found| found.scored.score.keystrokes_agree);
        RankedMatches { best, total: agreeing }
    }

    /// All that were kept, best first.
    pub fn into_all(self) -> Vec<RankedMatch> {
        self.heap.into_sorted_vec()
    }
}
