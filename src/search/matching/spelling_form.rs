//! The common form of all spellings of a word. Vietnamese allows two positions for some tone marks (`hòa`, `hoà`), two
//! letters for one vowel (`Mỹ`, `Mĩ`) and two ways to write a number (`13`, `XIII`); apostrophes are often left out
//! (`H’Nhinh`).

use crate::text::fold::fold_char;
use crate::text::roman_numeral;
use crate::text::telex::syllables::{self, take_apart};
use crate::text::tone_marks::tone_normal;
use crate::text::words::is_apostrophe;
use unicode_normalization::char::is_combining_mark;

/// The common form of a word's spellings: lower case, the tone mark in its canonical position, i for y in an open
/// syllable. Words that differ in a tone or mark have different forms. Idempotent.
pub fn form(word: &str) -> String {
    let lower = plain_lower(word);
    // An ASCII word has no tone to move; only a final y can be spelled differently.
    if lower.is_ascii() {
        return twin(&lower).filter(|_| lower.ends_with('y')).unwrap_or(lower);
    }
    let Some((mut letters, tone)) = take_apart(&lower) else { return tone_normal(&lower) };
    let folded: String = letters.iter().copied().map(fold_char).collect();
    if folded.ends_with('y')
        && twin(&folded).is_some()
        && let Some(last) = letters.last_mut()
    {
        *last = 'i';
    }
    syllables::render(&letters, tone)
}

/// The longest prefix of a word, in letters, under which the index lists texts. Thousands of words begin with a given
/// letter or two, too many to look up one by one while the reader types; with three letters or more they are few.
pub const LISTED_LETTERS: usize = 2;

/// The prefixes under which a word is listed, that is, the unfinished query words that it matches; at most four:
/// - its first letter and its first two letters, folded;
/// - its other spelling (`twin`), if that is no longer than `LISTED_LETTERS`;
/// - its first letter as written, if that has a tone or mark.
///
/// `folded` and `form` are the folded text and the form of one word.
pub fn beginnings(folded: &str, form: &str) -> Vec<String> {
    let first = |count| Some(folded.chars().take(count).collect::<String>()).filter(|b| b.chars().count() == count);
    let marked = form.chars().next().filter(|c| fold_char(*c) != *c).map(String::from);
    let other = twin(folded).filter(|twin| twin.chars().count() <= LISTED_LETTERS);
    (1..=LISTED_LETTERS).filter_map(first).chain(other).chain(marked).collect()
}

/// The other spelling of an open syllable in i or y, or of a number (docs/domain.md §6.2), both folded: `my` and `mi`,
/// `13` and `xiii`.
pub fn twin(folded: &str) -> Option<String> {
    if let Some(number) = roman_numeral::other(folded) {
        return Some(number.to_owned());
    }
    let (onset, other) = match folded.strip_suffix('y') {
        Some(onset) => (onset, 'i'),
        None => (folded.strip_suffix('i')?, 'y'),
    };
    matches!(onset, "h" | "k" | "l" | "m" | "s" | "t" | "v" | "qu").then(|| format!("{onset}{other}"))
}

/// The word folded, without apostrophes and combining marks, exactly as `text::words` folds it.
pub fn plain_folded(word: &str) -> String {
    word.chars().filter(|c| !is_silent(*c)).map(fold_char).collect()
}

/// The word in lower case, without apostrophes and combining marks.
pub fn plain_lower(word: &str) -> String {
    word.chars().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a character belongs to a word without being a letter: an apostrophe or a combining mark.
pub fn is_silent(c: char) -> bool {
    is_apostrophe(c) || is_combining_mark(c)
}
