//! Sets of people as bit sets. A person matches only if every query word can be found in the name, the rank or a post:
//! for each query word the people it may match are collected (union), then the sets are intersected.
//!
//! ```text
//! query         hung chinh          person   0 1 2 3 4 5 …
//! hung          in a name                    1 0 0 1 1 0       ┐ name candidates, the same for each pass
//!               in a line                  ∪ 0 0 0 0 1 0       ┘ context matches of the pass
//! chinh                                      1 1 0 0 1 0
//! candidates    hung ∩ chinh                 1 0 0 0 1 0
//! ```
//!
//! A bit per person: 100,000 people are 12.5 kB, small enough for the processor's first cache, and an intersection is
//! one `and` for 64 people. The numbers come out ascending, so that the scorer reads the index in the order of memory.

use super::typed_initials_filter::InitialsFilter;
use crate::search::finder::index::FinderIndex;
use crate::search::finder::query_matches::{FinderQuery, QueryTerm};
use crate::search::finder::score::{ContextMatches, MatchMode};
use crate::search::matching::Tier;

/// People by number, a bit each.
#[derive(Clone)]
pub struct CandidateSet {
    blocks: Vec<u64>,
}

/// For each query word, the people whose names may match it, typos left out.
pub struct NameCandidates(Vec<CandidateSet>);

/// How closely a word of a name must match to make a candidate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MatchKind {
    WithoutTypo,
    Typo,
}

impl NameCandidates {
    pub fn new(query: &FinderQuery) -> Self {
        Self(query.terms.iter().map(|term| candidates_by_name(term, query)).collect())
    }
}

fn candidates_by_name(term: &QueryTerm, query: &FinderQuery) -> CandidateSet {
    let mut people = CandidateSet::empty(query.index);
    people.add_by_name_word(term, query.index, MatchKind::WithoutTypo);
    if let Some(filter) = InitialsFilter::new(term, query) {
        let groups = query.index.initials().iter().filter(|group| filter.may_match(&group.initials));
        groups.for_each(|group| people.add(&group.people));
    }
    people
}

impl CandidateSet {
    /// The people who may match every query word by name or context in that mode, for which `context` was computed.
    pub fn new(query: &FinderQuery, names: &NameCandidates, context: &ContextMatches, mode: MatchMode) -> Self {
        let index = query.index;
        let mut all: Option<Self> = None;
        for (number, (term, by_name)) in query.terms.iter().zip(&names.0).enumerate() {
            let mut people = by_name.clone();
            if mode.typos() > 0 {
                people.add_by_name_word(term, index, MatchKind::Typo);
            }
            context.lines(number).for_each(|line| people.add(index.people_by_line(line)));
            all = Some(match all {
                Some(all) => all.intersection(&people),
                None => people,
            });
        }
        let mut all = all.unwrap_or_else(|| Self::empty(index));
        if mode == MatchMode::Fuzzy && query.may_match_letters() {
            let with_letters = (0..).zip(index.letter_masks()).filter(|(_, mask)| query.letter_mask & !**mask == 0);
            with_letters.for_each(|(person, _)| all.insert(person));
        }
        all
    }

    fn empty(index: &FinderIndex) -> Self {
        Self { blocks: vec![0; index.len().div_ceil(64)] }
    }

    fn intersection(mut self, other: &Self) -> Self {
        self.blocks.iter_mut().zip(&other.blocks).for_each(|(block, other)| *block &= other);
        self
    }

    fn add(&mut self, people: &[u32]) {
        for person in people {
            self.insert(*person);
        }
    }

    fn insert(&mut self, person: u32) {
        if let Some(block) = self.blocks.get_mut(person as usize / 64) {
            *block |= 1 << (person % 64);
        }
    }

    /// Adds all people with a word in the name that the query word matches in that way.
    fn add_by_name_word(&mut self, term: &QueryTerm, index: &FinderIndex, kind: MatchKind) {
        let wanted = |tier| (tier == Tier::Fuzzy) == (kind == MatchKind::Typo);
        for (word, word_match) in term.matches.iter().enumerate() {
            if word_match.is_some_and(|word_match| wanted(word_match.tier)) {
                self.add(index.people_by_name_word(word));
            }
        }
    }

    /// The number of people.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.count_ones() as usize).sum()
    }

    /// The person numbers, ascending, in at most that many parts of equally many blocks, one for each thread.
    pub fn parts(&self, parts: usize) -> impl Iterator<Item = impl Iterator<Item = usize> + Clone + Send> {
        let size = self.blocks.len().div_ceil(parts).max(1);
        self.blocks.chunks(size).enumerate().map(move |(part, blocks)| numbers(blocks, part * size))
    }
}

/// The numbers of the bits that are set, ascending; `first_block` is the number of the first of these blocks.
fn numbers(blocks: &[u64], first_block: usize) -> impl Iterator<Item = usize> + Clone {
    (first_block..).zip(blocks).flat_map(|(number, block)| bits(*block).map(move |bit| number * 64 + bit))
}

/// The positions of the bits that are set, ascending. `rest & (rest - 1)` clears the lowest of them, so this costs a
/// step a set bit, not 64.
fn bits(block: u64) -> impl Iterator<Item = usize> + Clone {
    let mut rest = block;
    std::iter::from_fn(move || {
        if rest == 0 {
            return None;
        }
        let bit = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        Some(bit)
    })
}
