//! The spellings of one word: the tone on either vowel (`hòa`, `hoà`) and i or y (`sĩ`, `sỹ`) are the same word
//! (docs/domain.md §6.2), and so are all signs for a dash or an apostrophe. A word of a table is entered into the trie
//! in all its spellings, so that a word of a text is found in whichever it has.

use crate::text::char_class::push_lower;
use crate::text::tone_marks::{split_tone, tone_normal, with_tone};

/// Adds a character of a word's plain form: lower case, one sign for all dashes, one for all apostrophes.
pub fn push_plain(c: char, out: &mut String) {
    match c {
        '–' | '—' => out.push('-'),
        '’' | '‘' | '\u{2bc}' | '´' | '`' => out.push('\''),
        _ => push_lower(c, out),
    }
}

/// A word in all spellings that are the same word: tone on either vowel of open oa, oe, uy; i or y after one consonant.
pub(super) fn spellings(piece: &str) -> Vec<String> {
    let mut lower = String::new();
    for c in piece.chars() {
        push_plain(c, &mut lower);
    }
    let old = tone_normal(&lower);
    let mut out = vec![old.clone()];
    out.extend(new_style(&old));
    let more: Vec<String> = out.iter().filter_map(|word| other_i(word)).collect();
    out.extend(more);
    out.push(lower);
    out.dedup();
    out
}

/// Moves the tone to the second vowel: `hòa` becomes `hoà`.
fn new_style(word: &str) -> Option<String> {
    // Most words end otherwise; taking the tone off costs more than a look at the end.
    if !word.ends_with(['a', 'e', 'y']) {
        return None;
    }
    let mut letters: Vec<char> = word.chars().collect();
    let [.., first, second] = letters.as_mut_slice() else { return None };
    let (bare, tone) = split_tone(*first);
    let tone = tone?;
    if !matches!((bare, *second), ('o', 'a' | 'e') | ('u', 'y')) {
        return None;
    }
    *first = bare;
    *second = with_tone(*second, tone);
    Some(letters.into_iter().collect())
}

/// Swaps i and y, which sound the same after h, k, l, m, s, t and qu: `sĩ` becomes `sỹ`, and back.
fn other_i(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let (consonant, vowel) = match letters.as_mut_slice() {
        [consonant, vowel] => (*consonant, vowel),
        ['q', 'u', vowel] => ('k', vowel),
        _ => return None,
    };
    let (bare, tone) = split_tone(*vowel);
    let other = match (consonant, bare) {
        ('h' | 'k' | 'l' | 'm' | 's' | 't', 'i') => 'y',
        ('h' | 'k' | 'l' | 'm' | 's' | 't', 'y') => 'i',
        _ => return None,
    };
    *vowel = tone.map_or(other, |tone| with_tone(other, tone));
    Some(letters.into_iter().collect())
}
