//! Words, or pairs of words, that this connection knows to be in the cache, by their hashes, so that a batch writes
//! only what is new. Two levels, because each word of each text is looked up:
//!
//! ```text
//! hash ─▶ recent[hash mod slots]   one hash a slot, the last one seen; small enough for the processor's cache
//!      └▶ newer, older             two sets, tens of megabytes when full, a miss to main memory each
//! ```
//!
//! Nearly all lookups are of a few common words and end in the first level. When `newer` is full it becomes `older`,
//! and what `older` had is forgotten, but for what was looked up meanwhile, which went to `newer`. Forgetting all at
//! once would make the reports that wait for their transaction keep all their words for a while. It is harmless at any
//! time: a known hash that is not found is written once more (`INSERT OR IGNORE`). Two words of one 64-bit hash would
//! lose one of them from the vocabulary until the next process; that is taken to be impossible.

use super::QueryThresholds;
use foldhash::fast::RandomState;
use std::collections::HashSet;

/// A set of hashes that forgets those that were not looked up for long when it is full.
#[derive(Debug)]
pub(in crate::store) struct KnownWordHashes {
    newer: HashSet<u64, RandomState>,
    older: HashSet<u64, RandomState>,
    /// Empty until the first insertion, so that a connection that only reads does not pay for it.
    recent: Vec<u64>,
    /// Of each of the two sets.
    max: usize,
    slots: usize,
}

impl KnownWordHashes {
    /// An empty set of that capacity.
    pub fn new(thresholds: &QueryThresholds) -> Self {
        let (max, slots) = (thresholds.known_hashes / 2, thresholds.common_hashes);
        Self { newer: HashSet::default(), older: HashSet::default(), recent: Vec::new(), max, slots }
    }

    /// Whether a hash is known.
    pub fn contains(&self, hash: u64) -> bool {
        let is_recent = self.recent.get(hash as usize & (self.slots - 1)) == Some(&hash);
        is_recent || self.newer.contains(&hash) || self.older.contains(&hash)
    }

    /// Adds a hash; true if it was not known.
    pub fn insert(&mut self, hash: u64) -> bool {
        if self.recent.is_empty() {
            // Each slot begins with a hash that belongs to another slot, so that none is found before it was added.
            self.recent = (0..self.slots as u64).map(|slot| !slot).collect();
        }
        // `slots` is a power of two, so this is the remainder.
        if let Some(recent) = self.recent.get_mut(hash as usize & (self.slots - 1)) {
            if *recent == hash {
                return false;
            }
            *recent = hash;
        }
        if self.newer.contains(&hash) {
            return false;
        }
        let is_new = !self.older.contains(&hash);
        if self.newer.len() >= self.max {
            std::mem::swap(&mut self.newer, &mut self.older);
            self.newer.clear();
        }
        self.newer.insert(hash);
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_new_once() {
        let mut seen = KnownWordHashes::new(&QueryThresholds::tiny());
        let some = [0, 4, 1, u64::MAX, 8, 12];
        assert!(!some.iter().any(|hash| seen.contains(*hash)));
        assert!(some.iter().all(|hash| seen.insert(*hash)));
        assert!(some.iter().all(|hash| seen.contains(*hash)));
        assert!(!some.iter().any(|hash| seen.insert(*hash)));
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let mut seen = KnownWordHashes::new(&QueryThresholds::tiny());
        (0..1000).for_each(|hash| {
            seen.insert(hash);
        });
        assert!(seen.newer.len() + seen.older.len() <= 2 * seen.max && seen.recent.len() == seen.slots);
    }

    #[test]
    fn what_is_looked_up_again_and_again_is_not_forgotten() {
        let mut seen = KnownWordHashes::new(&QueryThresholds::tiny());
        // Of one slot, so that no other hash is in the first level between.
        let common = seen.slots as u64;
        assert!(seen.insert(common));
        let slots = seen.slots as u64;
        for hash in (2..1000).map(|n| n * slots) {
            assert!(seen.insert(hash), "{hash}");
            assert!(!seen.insert(common), "after {hash}");
        }
        assert!(!seen.contains(2 * slots), "what nobody asked for is");
    }
}
