//! Whether a query word may be initials of a name (`dqh`, `dqhung`, `dinhquochung`), from the name's initials alone. A
//! prefilter: false positives are possible, false negatives are not. `initials_match` makes the final decision.
//!
//! Every word of the name that the query word abbreviates contributes its first letter, in order. So the initials must
//! be a subsequence of the query word's letters, beginning with its first letter:
//!
//! ```text
//! query word   d q h u n g
//! initials     D Q H           Đinh Quốc Hùng: may match
//! initials     D H Q           no: q does not come after h
//! ```
//!
//! Whether all initials of the name are required or only some depends on the other words of the query; see `may_match`.

use crate::search::finder::index::{NameInitials, mask_of};
use crate::search::finder::query_matches::{FinderQuery, QueryTerm};
use crate::text::fold::fold_char;

/// A query word that may be initials.
pub struct InitialsFilter<'a> {
    term: &'a QueryTerm,
    /// The letters of the query word, folded.
    letters: Vec<char>,
    /// The first of them as a bit set.
    first_mask: u32,
    /// All of them as a bit set.
    mask: u32,
    /// The query has no other word.
    is_alone: bool,
    /// Two or more of its letters in a row are a word of the index, so that words of the name may be written out in it.
    may_write_out: bool,
}

impl<'a> InitialsFilter<'a> {
    /// `None` if the word cannot be initials of any name.
    pub fn new(term: &'a QueryTerm, query: &FinderQuery) -> Option<Self> {
        if !term.may_be_initials() {
            return None;
        }
        let letters: Vec<char> = term.letters.iter().copied().map(fold_char).collect();
        Some(Self {
            term,
            first_mask: mask_of(letters.get(..1).unwrap_or_default()),
            mask: mask_of(&letters),
            is_alone: query.terms.len() == 1,
            may_write_out: contains_word(&letters, query),
            letters,
        })
    }

    /// Whether the query word may match a name with these initials.
    pub fn may_match(&self, initials: &NameInitials) -> bool {
        let NameInitials { letters, mask, has_single_letter } = initials;
        // Two bit tests rule out most names.
        if mask & self.first_mask == 0 || (self.term.is_plain_syllable && mask & !self.mask != 0) {
            return false;
        }
        // A syllable of the language is read as a word, unless it is exactly one letter for each word of the name.
        if self.term.is_plain_syllable {
            return self.matches_all(letters) && (self.may_write_out || letters.len() == self.letters.len());
        }
        // Otherwise it may begin at any word of the name. If other query words may take the words after it, or if the
        // words written out may end before the name does, two initials have to be enough.
        let in_part = !self.is_alone || self.may_write_out || *has_single_letter;
        (0..letters.len()).any(|from| {
            let rest = letters.get(from..).unwrap_or_default();
            if in_part { rest.get(..2).is_some_and(|two| self.begins_with(two)) } else { self.matches_all(rest) }
        })
    }

    /// Whether the query word has all of two or more initials.
    fn matches_all(&self, initials: &[char]) -> bool {
        initials.len() > 1 && self.begins_with(initials)
    }

    /// Whether the initials are a subsequence of the query word's letters that begins with its first letter.
    fn begins_with(&self, initials: &[char]) -> bool {
        let mut letters = self.letters.iter();
        let mut initials = initials.iter();
        letters.next() == initials.next() && initials.all(|initial| letters.any(|letter| letter == initial))
    }
}

/// Whether two or more of the letters in a row are a folded word of the index.
fn contains_word(letters: &[char], query: &FinderQuery) -> bool {
    let is_word = |piece: &[char]| query.index.folded_id(&piece.iter().collect::<String>()).is_some();
    (0..letters.len()).any(|from| (from + 2..=letters.len()).any(|end| letters.get(from..end).is_some_and(is_word)))
}
