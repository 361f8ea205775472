//! Words side by side in folded texts, each pair once: which words follow a word tells what a phrase can go on to.
//! Every text of an import passes here, so a pair is told by its hash; where it is kept is left to the cache.

use foldhash::fast::FixedState;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

/// Two words side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordPair<'a> {
    /// The one before, folded.
    pub word: &'a str,
    /// The one behind it, folded.
    pub next: &'a str,
}

/// The different pairs of some folded texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    places: Box<[PairSlot]>,
}

#[derive(Clone, Copy, Debug)]
struct PairSlot {
    /// Of both words, the same in every thread of a run.
    hash: u64,
    text: u32,
    start: u32,
}

impl Pairs {
    /// Those of them whose hash is wanted, in the texts they are of: only their words are looked for.
    pub fn within<'a>(
        &'a self,
        folded: &'a [String],
        mut wanted: impl FnMut(u64) -> bool,
    ) -> impl Iterator<Item = WordPair<'a>> {
        self.places.iter().filter(move |place| wanted(place.hash)).filter_map(|place| {
            let mut words = folded.get(place.text as usize)?.get(place.start as usize..)?.splitn(3, ' ');
            Some(WordPair { word: words.next()?, next: words.next()? })
        })
    }
}

/// Gathers the pairs of texts while their words are read; its memory serves the next reading.
#[derive(Default)]
pub(super) struct PairCollector {
    seen: HashSet<u64, FixedState>,
    places: Vec<PairSlot>,
    /// Where the word before begins, and its hash.
    before: Option<(u32, u64)>,
}

impl PairCollector {
    /// A text begins: its first word follows none.
    pub fn begin(&mut self) {
        self.before = None;
    }

    /// The next word of the text of that number: where it begins in the folded text, and `hash_of` it.
    pub fn word(&mut self, text: usize, start: usize, hash: u64) {
        let start = super::number(start);
        if let Some((start, first)) = self.before.replace((start, hash)) {
            let hash = both(first, hash);
            if self.seen.insert(hash) {
                self.places.push(PairSlot { hash, text: super::number(text), start });
            }
        }
    }

    /// All that were gathered, without room for more: many of them wait to be written.
    pub fn finish(&mut self) -> Pairs {
        let pairs = Pairs { places: self.places.as_slice().into() };
        self.seen.clear();
        self.places.clear();
        pairs
    }
}

/// A hash of a folded word.
pub(super) fn hash_of(word: &str) -> u64 {
    FixedState::default().hash_one(word)
}

/// A hash of two words in their order.
fn both(word: u64, next: u64) -> u64 {
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
            let wording = IndexedTerms::of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let told: Vec<(&str, &str)> = wording.pairs(|_| true).map(|pair| (pair.word, pair.next)).collect();
            let expect: BTreeSet<(&str, &str)> = texts
                .iter()
                .flat_map(|text| text.split(' ').zip(text.split(' ').skip(1)))
                .collect();
            prop_assert_eq!(told.len(), expect.len());
            prop_assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), expect);
        }
    }
}
