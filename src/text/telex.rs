//! Vietnamese as keystrokes: what a reader without an input method types (docs/domain.md §6.5, §6.6).
//! `squeeze` brings keystrokes and folded words to one key without decoding; `decode` composes a word's keystrokes as
//! an input method would; `Typing` does so key by key for the input line; `keys_of` goes the other way.
//! A word that cannot be Vietnamese is left as typed.

mod compose;
pub mod syllables;
mod typing;

pub use compose::{decode, keys_of};
pub use typing::{KeyEdit, TypedSyllable};

/// A way of typing Vietnamese on plain keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// Letters: `ddinh quoocs hungf`.
    #[default]
    Telex,
    /// Digits: `d9inh quoc61 hung2`.
    Vni,
}

/// The key that a folded word and its raw Telex or VNI keystrokes share (docs/domain.md §6.6); ASCII case does not
/// matter. Squeeze both sides and compare. Some words of few letters merge (`moong`, `mong`): it is a last resort.
pub fn squeeze(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut first_vowel = None;
    let has_vowel = word.chars().any(|c| is_vowel(c.to_ascii_lowercase()) || matches!(c, 'w' | 'W'));
    for c in word.chars().map(|c| c.to_ascii_lowercase()) {
        let seen_from_first_vowel =
            |c: char| first_vowel.is_some_and(|at| out.get(at..).is_some_and(|o| o.contains(c)));
        let push = match c {
            'a' | 'e' | 'o' => (!seen_from_first_vowel(c)).then_some(c),
            'w' => (!out.contains(['a', 'o', 'u'])).then_some('u'),
            's' | 'f' | 'r' | 'x' | 'j' | 'z' => first_vowel.is_none().then_some(c),
            'd' => (!out.contains('d')).then_some(c),
            '0'..='9' if has_vowel && !out.is_empty() => None,
            _ => Some(c),
        };
        if let Some(c) = push {
            if first_vowel.is_none() && is_vowel(c) {
                first_vowel = Some(out.len());
            }
            out.push(c);
        }
    }
    out
}

/// A vowel of the folded alphabet.
pub fn is_vowel(folded: char) -> bool {
    matches!(folded, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests;
