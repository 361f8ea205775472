//! One word's keystrokes to the word, all at once. Marks and tones may come right after their vowel or at the end;
//! typing a key again takes its effect back and writes it as a letter, `z` and `0` take the tone away. Letters already
//! composed are taken as they are, so that decoding can go on from a word that was partly typed before.

use super::Method;
use super::syllables::{is_vowel_letter, plausible, render, take_apart, tone_fits, unmarked};
use crate::text::syllable::split_tone;

/// The word that `keys` type, or nothing where they type no Vietnamese word and stay as they are.
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

/// The keys that, typed after the letters `before`, made an input method write `composed` in their place: `ọ` after `o`
/// is `j`. Nothing where no such keys exist.
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

/// The keys that type `composed` from nothing, marks at once, tone at the end.
fn spelled_out(composed: &str, method: Method) -> Option<String> {
    let (letters, tone) = take_apart(composed)?;
    let capital = composed.chars().next().is_some_and(char::is_uppercase);
    let mut keys = String::new();
    for c in letters {
        let plain = unmarked(c);
        keys.push(if capital && keys.is_empty() { plain.to_ascii_uppercase() } else { plain });
        keys.extend(MARKS.iter().find(|m| m.letter == c).map(|m| m.key(method)));
    }
    keys.extend(tone.and_then(|tone| TONE_KEYS.iter().find(|t| t.0 == tone)).map(|t| match method {
        Method::Telex => t.1,
        Method::Vni => t.2,
    }));
    Some(keys)
}

/// A marked letter and the key that makes it of its plain one.
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

/// Tone, its Telex key, its VNI key.
const TONE_KEYS: &[(char, char, char)] = &[
    ('\u{301}', 's', '1'),
    ('\u{300}', 'f', '2'),
    ('\u{309}', 'r', '3'),
    ('\u{303}', 'x', '4'),
    ('\u{323}', 'j', '5'),
];

/// A word while it is typed: letters without tone in lower case, which of them are capitals, and the tone.
#[derive(Clone, Default)]
struct ComposedWord {
    letters: Vec<char>,
    capital: Vec<bool>,
    tone: Option<char>,
    /// One key marked both letters of `ươ`: the next one is for the second of them and changes nothing.
    owed: bool,
    /// A key that was taken back marks nothing more in this word.
    spent: Option<char>,
    /// What was taken back left no Vietnamese word: the rest is written as typed.
    literal: bool,
    /// Which letter a `w` made that had no letter to mark.
    made: Option<usize>,
}

impl ComposedWord {
    /// Takes a key; false where no Vietnamese word comes of it.
    fn feed(&mut self, key: char, method: Method) -> bool {
        let lower = key.to_lowercase().next().unwrap_or(key);
        if self.literal {
            self.push(lower, key.is_uppercase());
            return true;
        }
        let capital = key.is_uppercase();
        let mut tries: Vec<ComposedWord> = Vec::new();
        tries.extend(self.toned(lower, capital, method));
        tries.extend(self.marked(lower, capital, method));
        if lower == 'w' && method == Method::Telex {
            tries.push(ComposedWord { made: Some(self.letters.len()), ..self.with('ư', capital) });
        }
        tries.extend(self.horned().map(|word| word.with(lower, capital)));
        tries.push(self.with(lower, capital));
        let Some(next) = tries.into_iter().find(ComposedWord::may_be) else { return false };
        *self = next;
        true
    }

    /// Whether a Vietnamese word may come of it.
    fn may_be(&self) -> bool {
        self.literal || (plausible(&self.letters) && (self.tone.is_none() || tone_fits(&self.letters, self.tone)))
    }

    /// The effect of a tone key.
    fn toned(&self, key: char, capital: bool, method: Method) -> Option<ComposedWord> {
        if !self.letters.iter().any(|&c| is_vowel_letter(c)) {
            return None;
        }
        let of = |t: &&(char, char, char)| key == if method == Method::Telex { t.1 } else { t.2 };
        let removes = key == if method == Method::Telex { 'z' } else { '0' };
        let mut next = self.clone();
        if removes && self.tone.is_some() {
            next.tone = None;
            return Some(next);
        }
        let tone = TONE_KEYS.iter().find(of)?.0;
        if self.tone == Some(tone) {
            next.tone = None;
            next.push(key, capital);
            next.literal = true;
        } else {
            next.tone = Some(tone);
        }
        Some(next)
    }

    /// The effects of a mark key, likeliest first.
    fn marked(&self, key: char, capital: bool, method: Method) -> Vec<ComposedWord> {
        let mut tries = Vec::new();
        if self.spent == Some(key) {
            return tries;
        }
        let marks: Vec<&MarkedLetter> = MARKS.iter().filter(|m| m.key(method) == key).collect();
        if marks.iter().any(|m| m.letter == 'ơ') {
            tries.extend(self.horned_pair());
            if self.owed {
                return vec![ComposedWord { owed: false, ..self.clone() }];
            }
        }
        for at in (0..self.letters.len()).rev() {
            let Some(&letter) = self.letters.get(at) else { continue };
            let Some(mark) = marks.iter().find(|m| unmarked(m.letter) == unmarked(letter)) else { continue };
            let mut next = self.clone();
            if self.made == Some(at) && letter == mark.letter {
                // Typed again, it is the letter itself.
                next.letters.get_mut(at).into_iter().for_each(|slot| *slot = key);
                (next.spent, next.literal) = (Some(key), true);
            } else if letter == mark.letter {
                // Typed again: all that this key marked goes back.
                for slot in &mut next.letters {
                    if marks.iter().any(|m| m.letter == *slot) {
                        *slot = unmarked(*slot);
                    }
                }
                next.push(key, capital);
                next.spent = Some(key);
                next.literal = !plausible(&next.letters);
            } else if let Some(slot) = next.letters.get_mut(at) {
                *slot = mark.letter;
            }
            tries.push(next);
        }
        // A key that marks something new comes before one that takes something back.
        tries.sort_by_key(|word| word.spent.is_some());
        tries
    }

    /// One key for both letters of `ươ`.
    fn horned_pair(&self) -> Option<ComposedWord> {
        let at = self.letters.windows(2).rposition(|pair| matches!(pair, ['u' | 'ư', 'o'] | ['u', 'ơ']))?;
        let mut next = self.clone();
        next.owed = self.letters.get(at) == Some(&'u') && self.letters.get(at + 1) == Some(&'o');
        *next.letters.get_mut(at)? = 'ư';
        *next.letters.get_mut(at + 1)? = 'ơ';
        Some(next)
    }

    /// One key for both letters of `ươ`, pressed before the second of them was there: a letter more tells.
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
        // `ươ` at the end is written `uơ` (`thuở`); a letter more makes it `ươ` again.
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
