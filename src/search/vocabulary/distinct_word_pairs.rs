//! Pairs of neighbouring words (bigrams) of folded texts, each distinct pair once. They record which words can follow
//! a word, so that `"tong k` need not look up every word that begins with `k`.
//!
//! A text of a thousand words has nearly as many pairs, but after the first few hundred reports hardly any of them is
//! new to the archive. So a pair is collected as a hash and a position, and its two words are cut out of the text only
//! if the hash is wanted. `store::index::following_words` decides which hashes are wanted: those new to the archive.

use foldhash::fast::FixedState;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

/// Two neighbouring words of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordPair<'a> {
    /// The first word, folded.
    pub word: &'a str,
    /// The word after it, folded.
    pub next: &'a str,
}

/// The distinct pairs of some folded texts.
#[derive(Clone, Debug, Default)]
pub struct DistinctWordPairs {
    slots: Box<[PairSlot]>,
}

/// Where a pair occurs first.
#[derive(Clone, Copy, Debug)]
struct PairSlot {
    /// Of both words; the same in all threads of a run of the program.
    hash: u64,
    /// The number of the text.
    text: u32,
    /// Where the first word begins, in bytes of the folded text.
    start: u32,
}

impl DistinctWordPairs {
    /// Drops the pairs whose hash is known.
    pub fn drop_known(&mut self, known: impl Fn(u64) -> bool) {
        self.slots = self.slots.iter().copied().filter(|slot| !known(slot.hash)).collect();
    }

    /// The pairs whose hash is wanted; `folded` are the texts they were collected from.
    pub fn within<'a>(
        &'a self,
        folded: &'a [String],
        mut wanted: impl FnMut(u64) -> bool,
    ) -> impl Iterator<Item = WordPair<'a>> {
        self.slots.iter().filter(move |slot| wanted(slot.hash)).filter_map(|slot| {
            let mut words = folded.get(slot.text as usize)?.get(slot.start as usize..)?.splitn(3, ' ');
            Some(WordPair { word: words.next()?, next: words.next()? })
        })
    }
}

/// Collects the pairs of texts word by word; the buffers are reused for the next report.
#[derive(Default)]
pub struct WordPairCollector {
    hashes: HashSet<u64, FixedState>,
    slots: Vec<PairSlot>,
    /// The word before, if it is of the same text.
    previous: Option<PreviousWord>,
}

#[derive(Clone, Copy)]
struct PreviousWord {
    start: u32,
    hash: u64,
}

impl WordPairCollector {
    /// Begins a text: its first word makes no pair with the last word of the text before.
    pub fn begin_text(&mut self) {
        self.previous = None;
    }

    /// Adds the next word of text number `text`: where it begins in the folded text, in bytes, and its `hash_of`.
    pub fn add_word(&mut self, text: usize, start: usize, hash: u64) {
        let word = PreviousWord { start: super::offset(start), hash };
        let Some(previous) = self.previous.replace(word) else { return };
        let hash = hash_of_pair(previous.hash, hash);
        if self.hashes.insert(hash) {
            self.slots.push(PairSlot { hash, text: super::offset(text), start: previous.start });
        }
    }

    /// Returns all pairs and clears the buffers. The result is a copy without spare capacity, because many results wait
    /// in memory until they are written.
    pub fn finish(&mut self) -> DistinctWordPairs {
        let pairs = DistinctWordPairs { slots: self.slots.as_slice().into() };
        self.hashes.clear();
        self.slots.clear();
        pairs
    }
}

/// A hash of a folded word.
pub fn hash_of(word: &str) -> u64 {
    FixedState::default().hash_one(word)
}

/// A hash of two words in their order, from their hashes.
fn hash_of_pair(word: u64, next: u64) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write_u64(word);
    hasher.write_u64(next);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use crate::search::vocabulary::IndexedTerms;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn all_words_side_by_side_are_there_once(texts in prop::collection::vec("([a-c]{1,2} ){0,12}[a-c]", 0..3)) {
            let index_terms = IndexedTerms::of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let pairs: Vec<(&str, &str)> = index_terms.pairs(|_| true).map(|pair| (pair.word, pair.next)).collect();
            let expect: BTreeSet<(&str, &str)> = texts
                .iter()
                .flat_map(|text| text.split(' ').zip(text.split(' ').skip(1)))
                .collect();
            prop_assert_eq!(pairs.len(), expect.len());
            prop_assert_eq!(pairs.into_iter().collect::<BTreeSet<_>>(), expect);
        }
    }
}
