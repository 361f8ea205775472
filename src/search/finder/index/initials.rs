//! The initials of names. Hundreds of thousands of people share a few thousand rows of initials, so a query word that
//! may be initials (`dqh`, `dqhung`, `dinhquochung`) is compared with each row once instead of with each person.

use crate::search::finder::quick_reject::letter_mask;
use crate::text::fold::fold_char;
use crate::text::telex::syllables::ONSETS;

/// The initials of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NameInitials {
    /// The first letter of each word, folded.
    pub letters: Box<[char]>,
    /// The same letters as a bit set.
    pub mask: u32,
    /// Some word of the name is a single letter (`T. Hoa`).
    pub has_single_letter: bool,
}

/// The people whose names have these initials.
#[derive(Debug)]
pub struct InitialsGroup {
    pub initials: NameInitials,
    /// The numbers of the people, ascending.
    pub people: Vec<u32>,
}

impl NameInitials {
    /// The initials of a name whose words have these letters, in lower case.
    pub fn new<'a>(words: impl Iterator<Item = &'a [char]>) -> Self {
        let (mut letters, mut has_single_letter) = (Vec::new(), false);
        for word in words {
            letters.extend(word.first().copied().map(fold_char));
            has_single_letter |= word.len() == 1;
        }
        Self { mask: mask_of(&letters), letters: letters.into(), has_single_letter }
    }
}

/// Folded letters as a bit set.
pub fn mask_of(letters: &[char]) -> u32 {
    letters.iter().fold(0, |mask, letter| mask | letter_mask(letter.encode_utf8(&mut [0; 4])))
}

/// The number of letters before the vowel (`ngh` of `nghia`), at least one: readers who abbreviate a word by more than
/// its first letter type these. `letters` are those of a word in lower case.
pub fn onset_len(letters: &[char]) -> usize {
    let folded: String = letters.iter().copied().map(fold_char).collect();
    let onsets = ONSETS.iter().filter(|onset| onset.is_ascii() && folded.starts_with(**onset));
    onsets.map(|onset| onset.len()).max().unwrap_or(0).max(1)
}
