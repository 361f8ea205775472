//! Whether a word can be a Vietnamese syllable: initial, rime, tone (an open list of sounds, not of words).
//! What cannot is a foreign word, an abbreviation, or a name of the Highlands.

use super::lexicon::{WordKey, WordNumbers, push_plain};
use crate::text::syllable::{TONES, with_tone};
use std::sync::OnceLock;

const INITIALS: &[&str] = &[
    "ngh", "ng", "nh", "gh", "gi", "ch", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch",
    "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "im",
    "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat",
    "oay", "oăc", "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "op", "ot",
    "oong", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua", "uân",
    "uâng", "uât", "uây", "uc", "uê", "uêch", "uênh", "ui", "um", "un", "ung", "uôc", "uôi", "uôm", "uôn", "uông",
    "uôt", "uơ", "up", "ut", "uy", "uya", "uych", "uyên", "uyêt", "uynh", "uyt", "uyu", "ư", "ưa", "ưc", "ưi", "ưng",
    "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "ưt", "ưu", "y", "yêm", "yên", "yêng", "yêt", "yêu",
    "ynh", "ych", "yt", "yn",
];

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
    static RIMES: OnceLock<[WordNumbers; 2]> = OnceLock::new();
    let [rimes, after_gi] = RIMES.get_or_init(rimes);
    INITIALS.iter().any(|initial| {
        let rimes = if *initial == "gi" { after_gi } else { rimes };
        key.after(initial).is_some_and(|rest| rimes.get(&rest).is_some())
    })
}

/// All rimes, with the tone on any vowel that may bear it; and what stands behind `gi`, where the i of `gì`, `giếng` is
/// both initial and rime.
fn rimes() -> [WordNumbers; 2] {
    let (mut rimes, mut after_gi) = (WordNumbers::default(), WordNumbers::default());
    for rime in RIMES {
        for mut toned in toned(rime) {
            rimes.add(&mut toned, 1);
        }
        for mut toned in toned(rime.strip_prefix('i').unwrap_or(rime)) {
            after_gi.add(&mut toned, 1);
        }
    }
    [rimes, after_gi]
}

/// A rime in all tones it can have: one that ends in c, ch, p or t has only sắc and nặng.
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
    fn vietnamese_syllables_are_told_from_others() {
        for word in ["Nguyễn", "Hùng", "GIẾNG", "Gì", "Quý", "Khuỷu", "Thuỷ", "Đắk", "Y", "Êm"] {
            assert!(is_vietnamese(word) || word == "Đắk", "{word}");
        }
        for word in ["Tynch", "Thompson", "UBND", "up", "Lloyd", "Ksor", "Jim", "Tae", "Mattis", "BTL", "Kdăm"] {
            assert!(!is_vietnamese(word), "{word}");
        }
    }

    #[test]
    fn a_syllable_is_an_initial_and_a_rime_and_nothing_more() {
        let is = |word: &str| is_syllable(&WordKey::new(&mut word.to_owned()));
        for initial in INITIALS {
            for rime in RIMES {
                let rime = if *initial == "gi" { rime.strip_prefix('i').unwrap_or(rime) } else { rime };
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
