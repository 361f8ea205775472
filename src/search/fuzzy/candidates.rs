//! Which candidates can answer a query at all, told from what each word of the register stands in, so that only those are
//! judged. It may let through somebody who does not answer, and never leaves out anybody who does.

use super::index::FinderIndex;
use super::initials_index::InitialsFilter;
use super::query::{FinderQuery, WordAnswers, WordMatch};
use super::{Tier, rank_and_posts};

/// Candidates by their numbers, a bit each.
#[derive(Clone)]
pub(super) struct CandidateSet {
    bits: Vec<u64>,
}

/// For each typed word, those whose name alone may answer it, without typos.
pub(super) struct NameCandidates(Vec<CandidateSet>);

impl NameCandidates {
    /// Those who may answer the words of a query.
    pub fn new(query: &FinderQuery, register: &FinderIndex) -> Self {
        let one = |typed: &WordAnswers| {
            let mut these = CandidateSet::nobody(register);
            these.add_named(typed, register, |pair| pair.tier != Tier::Fuzzy);
            if let Some(spreads) = InitialsFilter::new(typed, query, register) {
                let over = register.initials().filter(|(initials, _)| spreads.may_be_over(initials));
                over.for_each(|(_, people)| these.add(people));
            }
            these
        };
        Self(query.words.iter().map(one).collect())
    }
}

impl CandidateSet {
    /// Those who may answer every typed word, where `lines` tells what answers it beside the name; with `fuzzy` also those
    /// who may only resemble the query.
    pub fn new(
        query: &FinderQuery,
        register: &FinderIndex,
        named: &NameCandidates,
        lines: &rank_and_posts::ContextAnswers,
        fuzzy: bool,
    ) -> Self {
        let all = query.words.iter().zip(&named.0).enumerate().map(|(n, (typed, named))| {
            let mut these = named.clone();
            if fuzzy {
                these.add_named(typed, register, |pair| pair.tier == Tier::Fuzzy);
            }
            lines.lines(n).for_each(|line| these.add(register.holders(line)));
            these
        });
        let mut all = all.reduce(|all, these| all.both(&these)).unwrap_or_else(|| Self::nobody(register));
        if fuzzy && query.may_be_scattered() {
            let near = (0..).zip(register.masks()).filter(|(_, mask)| query.mask & !*mask == 0);
            near.for_each(|(at, _)| all.add(&[at]));
        }
        all
    }

    fn nobody(register: &FinderIndex) -> Self {
        Self { bits: vec![0; register.len().div_ceil(64)] }
    }

    fn both(mut self, other: &Self) -> Self {
        self.bits.iter_mut().zip(&other.bits).for_each(|(these, others)| *these &= others);
        self
    }

    fn add(&mut self, people: &[u32]) {
        for at in people {
            if let Some(bits) = self.bits.get_mut(*at as usize / 64) {
                *bits |= 1 << (at % 64);
            }
        }
    }

    /// Everybody with a word in the name that answers so.
    fn add_named(&mut self, typed: &WordAnswers, register: &FinderIndex, so: impl Fn(WordMatch) -> bool) {
        for (word, pair) in typed.pairs.iter().enumerate() {
            if pair.is_some_and(&so) {
                self.add(register.named(word));
            }
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.bits.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Their numbers, in order, in so many parts.
    pub fn parts(&self, parts: usize) -> impl Iterator<Item = impl Iterator<Item = usize> + Send> {
        let size = self.bits.len().div_ceil(parts).max(1);
        self.bits.chunks(size).enumerate().map(move |(part, bits)| numbers(bits, part * size))
    }
}

/// The numbers of the bits that are set, in order; the first of them are those of word `from`.
fn numbers(bits: &[u64], from: usize) -> impl Iterator<Item = usize> {
    (from..).zip(bits).flat_map(|(n, bits)| {
        let mut rest = *bits;
        std::iter::from_fn(move || {
            let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(n * 64 + bit)
        })
    })
}
