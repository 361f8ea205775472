//! Which candidates can answer a query at all, told from what each word of the register stands in, so that only those are
//! judged. It may let through somebody who does not answer, and never leaves out anybody who does.

use super::query::{Query, Typed};
use super::{Finder, Tier};
use crate::text::fold::fold_char;

/// Candidates by their numbers, a bit each.
pub(super) struct Possible {
    bits: Vec<u64>,
}

impl Possible {
    /// Those who may answer every typed word; with `fuzzy` also those who may only resemble the query.
    pub fn new(query: &Query, finder: &Finder, fuzzy: bool) -> Self {
        let mut all = Self::nobody(finder);
        for (n, typed) in query.words.iter().enumerate() {
            let mut these = Self::nobody(finder);
            these.add_word(typed, finder, fuzzy);
            if n == 0 {
                all = these;
            } else {
                all.bits.iter_mut().zip(&these.bits).for_each(|(all, these)| *all &= these);
            }
        }
        if fuzzy && query.may_be_scattered() {
            let near = finder.entries.iter().enumerate().filter(|(_, entry)| query.mask & !entry.mask == 0);
            near.for_each(|(at, _)| all.add(at));
        }
        all
    }

    fn nobody(finder: &Finder) -> Self {
        Self { bits: vec![0; finder.entries.len().div_ceil(64)] }
    }

    fn add(&mut self, at: usize) {
        if let Some(bits) = self.bits.get_mut(at / 64) {
            *bits |= 1 << (at % 64);
        }
    }

    /// Everybody who has a word that answers, what it may stand for, or a name whose words begin with its letters.
    fn add_word(&mut self, typed: &Typed, finder: &Finder, fuzzy: bool) {
        let first = |class: &u32| typed.meanings.iter().any(|meaning| meaning.first() == Some(class));
        let answers = typed.pairs.iter().zip(&finder.classes).map(|(pair, class)| {
            pair.is_some_and(|pair| fuzzy || pair.tier != Tier::Fuzzy) || (!typed.meanings.is_empty() && first(class))
        });
        for (_, places) in answers.zip(&finder.places).filter(|(answers, _)| *answers) {
            for at in places {
                self.add(*at as usize);
            }
        }
        let steps = typed_steps(&typed.letters);
        if steps != 0 {
            let spread = finder.steps.iter().enumerate().filter(|(_, name)| **name & steps != 0);
            spread.for_each(|(at, _)| self.add(at));
        }
    }

    /// Their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(n, bits)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(n * 64 + bit)
            })
        })
    }
}

/// The first letters of words side by side, a bit for each pair; different pairs may share one.
pub(super) fn steps<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut before = None;
    let mut steps = 0;
    for first in words.map(|word| word.chars().next()) {
        if let (Some(before), Some(first)) = (before, first) {
            steps |= step(before, first);
        }
        before = first;
    }
    steps
}

/// The steps that a name may have whose words begin with parts of what was typed.
fn typed_steps(letters: &[char]) -> u64 {
    let Some((first, rest)) = letters.split_first() else { return 0 };
    rest.iter().fold(0, |steps, next| steps | step(*first, *next))
}

fn step(one: char, next: char) -> u64 {
    let (one, next) = (u32::from(fold_char(one)), u32::from(fold_char(next)));
    1 << (one.wrapping_mul(29).wrapping_add(next) % 64)
}
