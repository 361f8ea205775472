//! The initials of a name, and which typed words may be spread over names with them (`dqh`, `dqhung`, `dinhquochung`).
//! It may let through somebody over whose name no typed word is spread, and never leaves out anybody; `spread` decides.

use super::index::FinderIndex;
use super::query::{FinderQuery, WordAnswers};
use super::skim;
use crate::text::fold::fold_char;
use crate::text::telex::syllables::ONSETS;

/// The initials of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct NameInitials {
    /// The first letter of each word, folded.
    letters: Box<[char]>,
    /// The same, a bit each.
    mask: u32,
    /// Some word has no other letter.
    single: bool,
}

impl NameInitials {
    /// Those of a name whose words have these letters, in lower case.
    pub fn new<'a>(words: impl Iterator<Item = &'a [char]>) -> Self {
        let (mut letters, mut single) = (Vec::new(), false);
        for word in words {
            letters.extend(word.first().copied().map(fold_char));
            single |= word.len() == 1;
        }
        Self { mask: mask(&letters), letters: letters.into(), single }
    }
}

fn mask(letters: &[char]) -> u32 {
    skim::mask(&letters.iter().collect::<String>())
}

/// How many letters of a word in lower case are the consonants before its vowel, at least one.
pub(super) fn onset(letters: &[char]) -> usize {
    let folded: String = letters.iter().copied().map(fold_char).collect();
    let plain = |onset: &&&str| onset.is_ascii() && folded.starts_with(**onset);
    ONSETS.iter().filter(plain).map(|onset| onset.len()).max().unwrap_or(0).max(1)
}

/// What initials a typed word may be spread over.
pub(super) struct InitialsFilter<'a> {
    typed: &'a WordAnswers,
    /// Its letters, folded.
    letters: Vec<char>,
    /// The first of them, and all, a bit each.
    first: u32,
    all: u32,
    /// Nothing else was typed.
    alone: bool,
    /// Part of it is some word of the register, so that it may have a name's words written out.
    writes: bool,
}

impl<'a> InitialsFilter<'a> {
    /// Nothing where the word is spread over no name at all.
    pub fn new(typed: &'a WordAnswers, query: &FinderQuery, register: &FinderIndex) -> Option<Self> {
        if !typed.may_be_spread() {
            return None;
        }
        let letters: Vec<char> = typed.letters.iter().copied().map(fold_char).collect();
        let known = |from: usize, end: usize| {
            let piece = letters.get(from..end).map(|piece| piece.iter().collect::<String>());
            piece.is_some_and(|piece| register.class_of(&piece).is_some())
        };
        let writes = (0..letters.len()).any(|from| (from + 2..=letters.len()).any(|end| known(from, end)));
        let first = mask(letters.get(..1).unwrap_or_default());
        Some(Self { typed, first, all: mask(&letters), alone: query.words.len() == 1, writes, letters })
    }

    /// Whether it may be spread over a name with those initials.
    pub fn may_be_over(&self, initials: &NameInitials) -> bool {
        let NameInitials { letters, mask, single } = initials;
        // Most are told apart by their letters alone.
        if mask & self.first == 0 || (self.typed.syllable && mask & !self.all != 0) {
            return false;
        }
        let all = |from: usize| letters.get(from..).is_some_and(|rest| rest.len() > 1 && self.begins_all(rest));
        if self.typed.syllable {
            return all(0) && (self.writes || letters.len() == self.letters.len());
        }
        let first_two = |from: usize| letters.get(from..from + 2).is_some_and(|two| self.begins_all(two));
        // Up to a word that another typed one takes, or with words written out, after which more may be to come.
        let in_part = !self.alone || self.writes || *single;
        (0..letters.len()).any(|from| if in_part { first_two(from) } else { all(from) })
    }

    /// Whether the letters have these in order, the first of them first.
    fn begins_all(&self, initials: &[char]) -> bool {
        let mut letters = self.letters.iter();
        let mut initials = initials.iter();
        letters.next() == initials.next() && initials.all(|initial| letters.any(|letter| letter == initial))
    }
}
