//! Whether a word can be a Vietnamese syllable: initial, rime and tone fit together. Checks sounds (syllables.tsv), not
//! a list of words, so no spelling of a name is missing. Other words are foreign, abbreviations or names of the
//! Highlands.

use super::lexicon::{SyllablePart, WordKey, WordNumbers, push_plain, syllable_parts};
use crate::text::tone_marks::{TONES, with_tone};
use std::sync::OnceLock;

/// The sounds of a syllable, prepared for lookup. A check tries each of the 28 initials and looks up the rest.
struct SyllableSounds {
    /// Consonants that a syllable may begin with, and the empty one.
    initials: Vec<&'static str>,
    /// All rimes, with the tone on any vowel that may bear it.
    rimes: WordNumbers,
    /// The endings that may follow `gi`: in `gì`, `giếng` the i is both initial and rime.
    after_gi: WordNumbers,
}

/// Whether `word`, in any case, can be one Vietnamese syllable.
pub fn is_vietnamese(word: &str) -> bool {
    let mut lower = String::with_capacity(16);
    // No syllable is longer than `nghiêng` with its tone.
    for c in word.chars().take(16) {
        push_plain(c, &mut lower);
    }
    word.len() <= 16 && is_syllable(&WordKey::new(&mut lower))
}

/// Whether a word in its plain form (`push_plain`) can be one Vietnamese syllable.
pub fn is_syllable(key: &WordKey<'_>) -> bool {
    static SOUNDS: OnceLock<SyllableSounds> = OnceLock::new();
    let sounds = SOUNDS.get_or_init(SyllableSounds::read);
    sounds.initials.iter().any(|initial| {
        let rimes = if *initial == "gi" { &sounds.after_gi } else { &sounds.rimes };
        key.after(initial).is_some_and(|rest| rimes.get(&rest).is_some())
    })
}

impl SyllableSounds {
    fn read() -> Self {
        let mut initials = syllable_parts(SyllablePart::Initial);
        initials.push("");
        let (mut rimes, mut after_gi) = (WordNumbers::default(), WordNumbers::default());
        for rime in syllable_parts(SyllablePart::Rime) {
            for mut toned in toned(rime) {
                rimes.add(&mut toned, 1);
            }
            for mut toned in toned(rime.strip_prefix('i').unwrap_or(rime)) {
                after_gi.add(&mut toned, 1);
            }
        }
        Self { initials, rimes, after_gi }
    }
}

/// A rime with each tone it can have, on each of its vowels; after c, ch, p or t only two tones occur (sắc, nặng).
fn toned(rime: &str) -> Vec<String> {
    let stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    let mut all = Vec::new();
    if !stopped {
        all.push(rime.to_owned());
    }
    let letters: Vec<char> = rime.chars().collect();
    for tone in TONES.iter().filter(|tone| !stopped || matches!(tone, '\u{301}' | '\u{323}')) {
        for place in 0..letters.len() {
            let toned: String =
                letters.iter().enumerate().map(|(at, c)| if at == place { with_tone(*c, *tone) } else { *c }).collect();
            if toned != rime {
                all.push(toned);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_syllables_are_distinguished_from_other_words() {
        for word in ["Nguyễn", "Hùng", "GIẾNG", "Gì", "Quý", "Khuỷu", "Thuỷ", "Y", "Êm"] {
            assert!(is_vietnamese(word), "{word}");
        }
        for word in ["Tynch", "Thompson", "UBND", "up", "Lloyd", "Ksor", "Đắk", "Jim", "Tae", "Mattis", "BTL", "Kdăm"]
        {
            assert!(!is_vietnamese(word), "{word}");
        }
    }

    #[test]
    fn a_syllable_is_an_initial_and_a_rime_and_nothing_more() {
        let is = |word: &str| is_syllable(&WordKey::new(&mut word.to_owned()));
        let mut initials = syllable_parts(SyllablePart::Initial);
        initials.push("");
        for initial in initials {
            for rime in syllable_parts(SyllablePart::Rime) {
                let rime = if initial == "gi" { rime.strip_prefix('i').unwrap_or(rime) } else { rime };
                for rime in toned(rime) {
                    let word = format!("{initial}{rime}");
                    assert!(is(&word), "{word}");
                    assert!(!is(&format!("{word}z")) && !is(&format!("z{word}")), "{word}");
                }
            }
        }
        assert!(is("gì") && is("giếng") && !is("gz") && !is("") && !is("ngh") && !is("nghiêngnghiêngnghiêng"));
    }
}
