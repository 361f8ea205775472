//! What the spellings of one word share. Vietnamese has two places for some tones (`hòa`, `hoà`), two letters for one
//! vowel (`Mỹ`, `Mĩ`) and two ways to write a number (`13`, `XIII`); apostrophes come and go (`H’Nhinh`).

use crate::text::fold::fold_char;
use crate::text::roman_numeral;
use crate::text::telex::syllables::{self, take_apart};
use crate::text::tone_marks::tone_normal;
use crate::text::words::is_apostrophe;
use unicode_normalization::char::is_combining_mark;

/// The form that all spellings of a word share: lower case, the tone in its canonical place, i for y in an open
/// syllable. Words that differ in a tone or mark have different forms. Idempotent.
pub fn form(word: &str) -> String {
    let lower = plain_lower(word);
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

/// The longest beginning of a word, in letters, under which the index lists texts. Nearly every text has words that
/// begin with any one or two letters, and there are too many such words to be looked up one by one; from three letters
/// on they are few enough.
pub const LISTED_LETTERS: usize = 2;

/// The beginnings under which a word is listed: those query words, still being typed, that it matches. Its first
/// letters folded; the beginning of its other spelling, if that is as short; its first letter as it is, if it has a
/// tone or mark. `folded` and `form` are those of the word. At most four.
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

/// The word folded, without apostrophes and marks that stand alone, as `text::words` folds.
pub fn plain_folded(word: &str) -> String {
    word.chars().filter(|c| !is_silent(*c)).map(fold_char).collect()
}

/// The word in lower case, without apostrophes and marks that stand alone.
pub fn plain_lower(word: &str) -> String {
    word.chars().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a character of a word is no letter of its own.
pub fn is_silent(c: char) -> bool {
    is_apostrophe(c) || is_combining_mark(c)
}
