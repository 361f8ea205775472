//! One query word over several words of a name: initials (`dqh`), initials and the given name (`dqhung`), a name typed
//! without spaces (`dinhquochung`).
//!
//! The query word is cut into parts, one for each word of the name: the first letter, the consonants before the vowel,
//! or all of the word; the last word takes all letters that are left. The cuts are tried depth first:
//!
//! ```text
//! d q h u n g        Đinh Quốc Hùng          d i n h q u o c h u      Đinh Quốc Hùng
//! 1 1 4                                      4       4       2
//! ```
//!
//! The search is exponential in theory, with a base of at most three and as many levels as the name has words. In
//! practice nearly every cut fails at the next letter.

use super::UsedWords;
use crate::search::finder::index::{FinderIndex, IndexedPerson, IndexedWord};
use crate::search::finder::query_matches::QueryTerm;
use crate::search::finder::quick_reject::letter_mask;
use crate::search::matching::QueryWord;
use crate::text::fold::fold_char;
use crate::text::tone_marks::split_tone;

/// Where a query word matches several words of a name.
#[derive(Clone, Copy, Debug)]
pub struct InitialsMatch {
    /// The position of the first of these words in the name.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// The number of letters typed of each word.
    pub lengths: PartLengths,
    /// All letters of each word were typed.
    pub is_written_out: bool,
    /// One letter of each word was typed.
    pub is_one_letter_each: bool,
}

/// A query word is cut into at most this many parts; no name has as many words. A fixed array keeps the match `Copy`.
const MAX_PARTS: usize = 16;

/// The number of letters in each part of a query word.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartLengths {
    letters: [u8; MAX_PARTS],
    parts: usize,
}

impl PartLengths {
    /// In the order of the parts.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.letters.iter().take(self.parts).map(|letters| usize::from(*letters))
    }

    /// The same with part `at` set to `letters`; `None` beyond `MAX_PARTS`.
    fn with(mut self, at: usize, letters: usize) -> Option<Self> {
        *self.letters.get_mut(at)? = u8::try_from(letters).ok()?;
        self.parts = self.parts.max(at + 1);
        Some(self)
    }
}

/// Matches a query word against two or more words of the name that no other query word has taken. They must reach up to
/// the next taken word or the end of the name, because initials leave out no word (`dq` before `hung`). `None` if there
/// is no such match.
pub fn find_initials(
    term: &QueryTerm,
    index: &FinderIndex,
    person: &IndexedPerson,
    used: UsedWords,
) -> Option<InitialsMatch> {
    if !term.may_be_initials() || letter_mask(term.word.folded()) & !person.letter_mask != 0 {
        return None;
    }
    let count = person.name.len();
    (0..count).filter(|at| !used.contains(*at) && begins_at(term, index, person, *at)).find_map(|first| {
        let limit = (first..count).find(|at| used.contains(*at)).unwrap_or(count);
        (first + 2..=limit).rev().find_map(|end| match_words(term, index, person, WordRange { first, end, limit }))
    })
}

/// The words `first..end` of a name; the words up to `limit` are free.
#[derive(Clone, Copy)]
struct WordRange {
    first: usize,
    end: usize,
    limit: usize,
}

/// Whether the query word begins with the first letter of that word of the name.
fn begins_at(term: &QueryTerm, index: &FinderIndex, person: &IndexedPerson, at: usize) -> bool {
    let word = person.name.get(at).and_then(|word| index.word(*word));
    let first = word.and_then(|word| word.letters.first()).copied();
    first.map(fold_char) == term.letters.first().copied().map(fold_char)
}

/// Matches the query word with exactly these words.
fn match_words(
    term: &QueryTerm,
    index: &FinderIndex,
    person: &IndexedPerson,
    range: WordRange,
) -> Option<InitialsMatch> {
    let WordRange { first, end, limit } = range;
    let words = person.name.get(first..end)?;
    let lengths = split(&term.letters, index, words, 0)?;
    let letter_counts = || words.iter().filter_map(|word| index.word(*word)).map(|word| word.letters.len());
    let written_out = lengths.iter().zip(letter_counts()).filter(|(typed, all)| typed == all).count();
    // A name of single letters (`T.T. H`) is not written out by its initials.
    let is_written_out = written_out == words.len() && letter_counts().any(|letters| letters > 1);
    let is_one_letter_each = lengths.iter().all(|letters| letters == 1);
    // Initials leave out no word. Of a name without spaces the rest may still be to come.
    let is_enough = end == limit || written_out + 1 >= words.len();
    // A syllable of the language is read as a word, unless it covers the whole name.
    let is_whole_name = first == 0 && end == person.name.len();
    let is_meant = !term.is_plain_syllable || (is_whole_name && (is_one_letter_each || is_written_out));
    let found = InitialsMatch { first, end, lengths, is_written_out, is_one_letter_each };
    (is_enough && is_meant).then_some(found)
}

/// Cuts `letters` into the beginnings of these words; `at` is the number of the first part. `None` if that is
/// impossible.
fn split(letters: &[char], index: &FinderIndex, words: &[u32], at: usize) -> Option<PartLengths> {
    let (word, rest) = words.split_first()?;
    let word = index.word(*word)?;
    let common = letters.iter().zip(&word.letters).take_while(|(typed, known)| may_stand_for(**typed, **known)).count();
    if rest.is_empty() {
        let all = common > 0 && common == letters.len() && begins(letters, word);
        return if all { PartLengths::default().with(at, common) } else { None };
    }
    // Single letters first: `dtth` rather means Đào Thị Thanh Hạnh than Dương Tuấn Thọ.
    let one = (common > 0).then_some(1);
    let longer = [word.onset_len, word.letters.len()].into_iter().filter(|len| (2..=common).contains(len));
    one.into_iter().chain(longer).find_map(|len| {
        let (_, others) = letters.split_at_checked(len).filter(|(part, _)| begins(part, word))?;
        split(others, index, rest, at + 1)?.with(at, len)
    })
}

/// Whether a typed letter may be meant as that letter of a word. The tone may be typed on another letter of the word
/// (`thủy`, `thuỷ`), so letters are compared without it; `begins` compares it.
fn may_stand_for(typed: char, known: char) -> bool {
    typed == known || typed == fold_char(known) || (!typed.is_ascii() && split_tone(typed).0 == split_tone(known).0)
}

/// Whether letters that `may_stand_for` those of the word are really its beginning, tones included. ASCII letters
/// always are; with a tone or mark the whole prefix is matched as a query word.
fn begins(typed: &[char], word: &IndexedWord) -> bool {
    match typed {
        [one] => word.letters.first().is_some_and(|first| one == first || *one == fold_char(*first)),
        _ if typed.iter().all(char::is_ascii) => true,
        _ => QueryWord::of(&typed.iter().collect::<String>(), true).match_prepared(&word.prepared).is_some(),
    }
}
