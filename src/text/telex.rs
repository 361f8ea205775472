//! Vietnamese as keystrokes: what a reader without an input method types (docs/domain.md §6.5, §6.6).
//!
//! `squeeze` maps keystrokes and folded words to a common key without decoding them; it is cheap and not exact.
//! `decode` composes the keystrokes of a word as an input method would. `TypedSyllable` does the same key by key for
//! the input line. `keys_of` is the inverse of `decode`. A word that cannot be Vietnamese stays as it was typed.
//!
//! ```text
//! hungf  ── squeeze ──> hung  <── squeeze ── hung  <── fold ── Hùng
//! hungf  ── decode ───> hùng
//! ```

mod compose;
mod input_method;
pub mod syllables;

pub use compose::{decode, keys_of};
pub use input_method::{KeyEdit, TypedSyllable};

/// A convention for typing Vietnamese on plain keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// Tones and marks are letters: `ddinh quoocs hungf`.
    #[default]
    Telex,
    /// Tones and marks are digits: `d9inh quoc61 hung2`.
    Vni,
}

/// Returns the key that a folded word and its raw Telex or VNI keystrokes share (docs/domain.md §6.6); ASCII case does
/// not matter. Squeeze both sides and compare. Some different words get the same key (`moong`, `mong`), so compare by
/// this only after more exact comparisons have failed.
///
/// Drops every character that can only be a key, wherever in the word it was typed: a repeated vowel or `d` (`oo`,
/// `dd`), the tone keys `s f r x j z` after a vowel, digits in a word with a vowel. `w` is a mark after a, o or u,
/// otherwise it is the letter ư.
pub fn squeeze(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    // Byte offset of the first vowel in `out`.
    let mut first_vowel: Option<usize> = None;
    let has_vowel = word.chars().any(|c| is_vowel(c.to_ascii_lowercase()) || matches!(c, 'w' | 'W'));
    for c in word.chars().map(|c| c.to_ascii_lowercase()) {
        let kept = match c {
            'a' | 'e' | 'o' => Some(c).filter(|c| !first_vowel.is_some_and(|at| contains_from(&out, at, *c))),
            'w' => Some('u').filter(|_| !out.contains(['a', 'o', 'u'])),
            's' | 'f' | 'r' | 'x' | 'j' | 'z' => Some(c).filter(|_| first_vowel.is_none()),
            'd' => Some(c).filter(|_| !out.contains('d')),
            '0'..='9' if has_vowel && !out.is_empty() => None,
            _ => Some(c),
        };
        let Some(c) = kept else { continue };
        if first_vowel.is_none() && is_vowel(c) {
            first_vowel = Some(out.len());
        }
        out.push(c);
    }
    out
}

fn contains_from(text: &str, at: usize, c: char) -> bool {
    text.get(at..).is_some_and(|rest| rest.contains(c))
}

/// Whether a folded letter is a vowel.
pub fn is_vowel(folded: char) -> bool {
    matches!(folded, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests;
