//! Composes the keystrokes of a word. Marks and tones may come right after their vowel or at the end. Typing a key
//! again undoes its effect and writes it as a letter; `z` and `0` remove the tone. Letters that are already composed
//! are accepted, so that decoding can continue from a word that was partly composed before.
//!
//! A key may mean several things: `w` after `uo` is the horn of both letters, of one of them, or the letter ư. Each
//! meaning gives a candidate word, in order of likelihood; the first that can still become a Vietnamese syllable wins.
//!
//! ```text
//! key       d    u    o    w    n    g    f
//! letters   d    du   duo  dươ  dươn dương dương      tone: none … none, `
//! ```

use super::Method;
use super::syllables::{is_vowel_letter, plausible, render, take_apart, tone_fits, unmarked};
use crate::text::tone_marks::split_tone;

/// Returns the word that `keys` compose; `None` if they compose no Vietnamese word, or the same letters as typed.
pub fn decode(keys: &str, method: Method) -> Option<String> {
    let mut word = ComposedWord::default();
    for key in keys.chars() {
        if !word.feed(key, method) {
            return None;
        }
    }
    let composed = word.text();
    (composed != keys).then_some(composed)
}

/// Returns the keys that, typed after the letters `before`, make an input method replace those letters by `composed`:
/// `j` for `o` and `ọ`. `None` if there are none. Tries every single key, then every pair (at most 22 and 484 decodings
/// of a short word); a longer word is only spelled out if `before` is empty.
pub fn keys_of(before: &str, composed: &str, method: Method) -> Option<String> {
    let same = |keys: &str| decode(keys, method).as_deref() == Some(composed) || keys == composed;
    let all = match method {
        Method::Telex => "jfsrxzwaeod",
        Method::Vni => "1234567890",
    };
    let candidates = all.chars().flat_map(|c| [c, c.to_ascii_uppercase()]);
    if let Some(key) = candidates.clone().find(|key| same(&format!("{before}{key}"))) {
        return Some(key.to_string());
    }
    for first in candidates.clone() {
        for second in candidates.clone() {
            if same(&format!("{before}{first}{second}")) {
                return Some(format!("{first}{second}"));
            }
        }
    }
    if before.is_empty() { spelled_out(composed, method) } else { None }
}

/// Returns the keys that compose a whole word: marks right after their letters, the tone at the end. `None` if the word
/// has two tones.
fn spelled_out(composed: &str, method: Method) -> Option<String> {
    let (letters, tone) = take_apart(composed)?;
    let capital = composed.chars().next().is_some_and(char::is_uppercase);
    let mut keys = String::new();
    for c in letters {
        let plain = unmarked(c);
        keys.push(if capital && keys.is_empty() { plain.to_ascii_uppercase() } else { plain });
        keys.extend(MARKS.iter().find(|m| m.letter == c).map(|m| m.key(method)));
    }
    keys.extend(tone.and_then(|tone| TONE_KEYS.iter().find(|row| row.tone == tone)).map(|row| row.key(method)));
    Some(keys)
}

/// A marked letter, and the keys that make it from its plain letter.
struct MarkedLetter {
    letter: char,
    telex: char,
    vni: char,
}

impl MarkedLetter {
    fn key(&self, method: Method) -> char {
        match method {
            Method::Telex => self.telex,
            Method::Vni => self.vni,
        }
    }
}

const MARKS: &[MarkedLetter] = &[
    MarkedLetter { letter: 'ă', telex: 'w', vni: '8' },
    MarkedLetter { letter: 'â', telex: 'a', vni: '6' },
    MarkedLetter { letter: 'ê', telex: 'e', vni: '6' },
    MarkedLetter { letter: 'ô', telex: 'o', vni: '6' },
    MarkedLetter { letter: 'ơ', telex: 'w', vni: '7' },
    MarkedLetter { letter: 'ư', telex: 'w', vni: '7' },
    MarkedLetter { letter: 'đ', telex: 'd', vni: '9' },
];

/// A tone, as a combining character, and the keys that set it.
struct ToneKey {
    tone: char,
    telex: char,
    vni: char,
}

impl ToneKey {
    fn key(&self, method: Method) -> char {
        match method {
            Method::Telex => self.telex,
            Method::Vni => self.vni,
        }
    }
}

const TONE_KEYS: &[ToneKey] = &[
    ToneKey { tone: '\u{301}', telex: 's', vni: '1' },
    ToneKey { tone: '\u{300}', telex: 'f', vni: '2' },
    ToneKey { tone: '\u{309}', telex: 'r', vni: '3' },
    ToneKey { tone: '\u{303}', telex: 'x', vni: '4' },
    ToneKey { tone: '\u{323}', telex: 'j', vni: '5' },
];

/// A word that is being typed.
#[derive(Clone, Default)]
struct ComposedWord {
    /// Lower case, without tone.
    letters: Vec<char>,
    /// Whether each letter was typed in upper case.
    capital: Vec<bool>,
    tone: Option<char>,
    /// Set after one key marked both letters of `ươ`. Many people type the key twice, once for each letter; the second
    /// one must then change nothing.
    skips_horn_key: bool,
    /// A mark key whose effect was undone. It adds no further mark in this word.
    undone_key: Option<char>,
    /// Set if the letters are not Vietnamese after an effect was undone. All further keys are letters.
    literal: bool,
    /// The position of an ư that was typed as a `w` alone.
    w_letter: Option<usize>,
}

impl ComposedWord {
    /// Adds a key. Returns false if the word can no longer become Vietnamese.
    fn feed(&mut self, key: char, method: Method) -> bool {
        let lower = key.to_lowercase().next().unwrap_or(key);
        if self.literal {
            self.push(lower, key.is_uppercase());
            return true;
        }
        let capital = key.is_uppercase();
        // The order is the preference: tone, mark, `w` as the letter ư, late horn of `ươ`, plain letter.
        let mut tries: Vec<ComposedWord> = Vec::new();
        tries.extend(self.toned(lower, capital, method));
        tries.extend(self.marked(lower, capital, method));
        if lower == 'w' && method == Method::Telex {
            tries.push(ComposedWord { w_letter: Some(self.letters.len()), ..self.with('ư', capital) });
        }
        tries.extend(self.horned().map(|word| word.with(lower, capital)));
        tries.push(self.with(lower, capital));
        let Some(next) = tries.into_iter().find(ComposedWord::may_be) else { return false };
        *self = next;
        true
    }

    /// Whether the word can still become Vietnamese.
    fn may_be(&self) -> bool {
        self.literal || (plausible(&self.letters) && (self.tone.is_none() || tone_fits(&self.letters, self.tone)))
    }

    /// The word after a tone key; `None` if `key` is not a tone key or the word has no vowel.
    fn toned(&self, key: char, capital: bool, method: Method) -> Option<ComposedWord> {
        if !self.letters.iter().any(|&c| is_vowel_letter(c)) {
            return None;
        }
        let removes = key == if method == Method::Telex { 'z' } else { '0' };
        let mut next = self.clone();
        if removes && self.tone.is_some() {
            next.tone = None;
            return Some(next);
        }
        let tone = TONE_KEYS.iter().find(|row| row.key(method) == key)?.tone;
        if self.tone == Some(tone) {
            next.tone = None;
            next.push(key, capital);
            next.literal = true;
        } else {
            next.tone = Some(tone);
        }
        Some(next)
    }

    /// The words that a mark key can give, the likeliest first; empty if `key` marks no letter of the word.
    fn marked(&self, key: char, capital: bool, method: Method) -> Vec<ComposedWord> {
        let mut tries = Vec::new();
        if self.undone_key == Some(key) {
            return tries;
        }
        let marks: Vec<&MarkedLetter> = MARKS.iter().filter(|m| m.key(method) == key).collect();
        if marks.iter().any(|m| m.letter == 'ơ') {
            tries.extend(self.horned_pair());
            if self.skips_horn_key {
                return vec![ComposedWord { skips_horn_key: false, ..self.clone() }];
            }
        }
        for at in (0..self.letters.len()).rev() {
            let Some(&letter) = self.letters.get(at) else { continue };
            let Some(mark) = marks.iter().find(|m| unmarked(m.letter) == unmarked(letter)) else { continue };
            let mut next = self.clone();
            if self.w_letter == Some(at) && letter == mark.letter {
                // The ư was a `w` alone, and `w` is typed again: it becomes the letter w.
                next.letters.get_mut(at).into_iter().for_each(|slot| *slot = key);
                (next.undone_key, next.literal) = (Some(key), true);
            } else if letter == mark.letter {
                // The key is typed again: remove all its marks and write it as a letter.
                for slot in &mut next.letters {
                    if marks.iter().any(|m| m.letter == *slot) {
                        *slot = unmarked(*slot);
                    }
                }
                next.push(key, capital);
                next.undone_key = Some(key);
                next.literal = !plausible(&next.letters);
            } else if let Some(slot) = next.letters.get_mut(at) {
                *slot = mark.letter;
            }
            tries.push(next);
        }
        // A key that adds a mark comes before one that removes a mark.
        tries.sort_by_key(|word| word.undone_key.is_some());
        tries
    }

    /// The word with a horn on both letters of `uo`.
    fn horned_pair(&self) -> Option<ComposedWord> {
        let at = self.letters.windows(2).rposition(|pair| matches!(pair, ['u' | 'ư', 'o'] | ['u', 'ơ']))?;
        let mut next = self.clone();
        next.skips_horn_key = self.letters.get(at) == Some(&'u') && self.letters.get(at + 1) == Some(&'o');
        *next.letters.get_mut(at)? = 'ư';
        *next.letters.get_mut(at + 1)? = 'ơ';
        Some(next)
    }

    /// The word with the horn of a final `ưo` completed (`ươ`); `None` if it does not end so. In `dduwongf` the horn
    /// key is pressed before the o. Only the next letter, which cannot follow `ưo`, shows that it was meant for both.
    fn horned(&self) -> Option<ComposedWord> {
        let mut next = self.clone();
        match next.letters.as_mut_slice() {
            [.., 'ư', o @ 'o'] => *o = 'ơ',
            _ => return None,
        }
        Some(next)
    }

    fn with(&self, letter: char, capital: bool) -> ComposedWord {
        let mut next = self.clone();
        next.push(letter, capital);
        next
    }

    fn push(&mut self, letter: char, capital: bool) {
        let (letter, tone) = if letter.is_ascii() { (letter, None) } else { split_tone(letter) };
        self.tone = tone.or(self.tone);
        self.letters.push(letter);
        self.capital.push(capital);
    }

    fn text(&self) -> String {
        let mut letters = self.letters.clone();
        // A final `ươ` is written `uơ` (`thuở`); with another letter after it, it is `ươ` again.
        if let [.., u @ 'ư', 'ơ'] = letters.as_mut_slice()
            && !self.literal
        {
            *u = 'u';
        }
        let word = render(&letters, self.tone);
        word.chars()
            .zip(&self.capital)
            .map(|(c, capital)| if *capital { c.to_uppercase().next().unwrap_or(c) } else { c })
            .collect()
    }
}
