//! Words and pairs of words that are known to stand in the cache, by their hashes, so that a batch writes only what is new.
//! Nearly all that is asked for is common: that stands once more in a table so small that the processor keeps it at hand.

use foldhash::fast::RandomState;
use std::collections::HashSet;

/// Hashes that are kept, at most: then it begins anew.
const MOST: usize = if cfg!(test) { 20 } else { 1 << 20 };

/// Places for common ones: a power of two.
const COMMON: usize = if cfg!(test) { 4 } else { 1 << 15 };

/// What is known to be there.
#[derive(Debug, Default)]
pub(in crate::store) struct KnownHashes {
    all: HashSet<u64, RandomState>,
    /// Of all that have the same place, the one met last. Empty until there is any.
    common: Vec<u64>,
}

impl KnownHashes {
    /// Notes a hash; says whether it was not known.
    pub fn insert(&mut self, hash: u64) -> bool {
        if self.common.is_empty() {
            // In each place a number that does not belong there, so that no hash is found before it is put in.
            self.common = (0..COMMON as u64).map(|place| !place).collect();
        }
        if let Some(common) = self.common.get_mut(hash as usize % COMMON) {
            if *common == hash {
                return false;
            }
            *common = hash;
        }
        if self.all.len() >= MOST {
            self.all.clear();
        }
        self.all.insert(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_new_once() {
        let mut seen = KnownHashes::default();
        let some = [0, 4, 1, u64::MAX, 8, 12];
        assert!(some.iter().all(|hash| seen.insert(*hash)));
        assert!(!some.iter().any(|hash| seen.insert(*hash)));
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let mut seen = KnownHashes::default();
        (0..1000).for_each(|hash| {
            seen.insert(hash);
        });
        assert!(seen.all.len() <= MOST && seen.common.len() == COMMON);
    }
}
