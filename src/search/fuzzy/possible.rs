//! Which candidates can answer a query at all, told from what each word of the register stands in, so that only those are
//! judged. It may let through somebody who does not answer, and never leaves out anybody who does.

use super::initials::Spreads;
use super::query::{Query, Typed};
use super::register::Register;
use super::{Tier, context};

/// Candidates by their numbers, a bit each.
pub(super) struct Possible {
    bits: Vec<u64>,
}

impl Possible {
    /// Those who may answer every typed word, where `lines` tells what answers it beside the name; with `fuzzy` also those
    /// who may only resemble the query.
    pub fn new(query: &Query, register: &Register, lines: &context::Answering, fuzzy: bool) -> Self {
        let mut all = Self::nobody(register);
        for (n, typed) in query.words.iter().enumerate() {
            let mut these = Self::nobody(register);
            these.add_named(typed, register, fuzzy);
            lines.lines(n).for_each(|line| these.add(register.holders(line)));
            if let Some(spreads) = Spreads::new(typed, query, register) {
                let over = register.initials().filter(|(initials, _)| spreads.may_be_over(initials));
                over.for_each(|(_, people)| these.add(people));
            }
            if n == 0 {
                all = these;
            } else {
                all.bits.iter_mut().zip(&these.bits).for_each(|(all, these)| *all &= these);
            }
        }
        if fuzzy && query.may_be_scattered() {
            let near = (0..).zip(register.masks()).filter(|(_, mask)| query.mask & !*mask == 0);
            near.for_each(|(at, _)| all.add(&[at]));
        }
        all
    }

    fn nobody(register: &Register) -> Self {
        Self { bits: vec![0; register.len().div_ceil(64)] }
    }

    fn add(&mut self, people: &[u32]) {
        for at in people {
            if let Some(bits) = self.bits.get_mut(*at as usize / 64) {
                *bits |= 1 << (at % 64);
            }
        }
    }

    /// Everybody with a word in the name that answers.
    fn add_named(&mut self, typed: &Typed, register: &Register, fuzzy: bool) {
        for (word, pair) in typed.pairs.iter().enumerate() {
            if pair.is_some_and(|pair| fuzzy || pair.tier != Tier::Fuzzy) {
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
