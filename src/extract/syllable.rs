//! Whether a word can be a Vietnamese syllable: initial, rime, tone (an open list of sounds, not of words).
//! What cannot is a foreign word, an abbreviation, or a name of the Highlands.

use crate::text::syllable::split_tone;

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

/// Whether `word` can be one Vietnamese syllable.
pub fn is_vietnamese(word: &str) -> bool {
    let mut bare = String::with_capacity(word.len());
    let mut tone = None;
    for c in word.chars().flat_map(char::to_lowercase) {
        let (letter, here) = split_tone(c);
        if tone.is_some() && here.is_some() {
            return false;
        }
        tone = tone.or(here);
        bare.push(letter);
    }
    INITIALS.iter().any(|initial| {
        let Some(rime) = bare.strip_prefix(initial) else { return false };
        // The i of `gì`, `giếng` is both initial and rime.
        (RIMES.contains(&rime)
            || (*initial == "gi" && (rime.is_empty() || RIMES.contains(&format!("i{rime}").as_str()))))
            && stop_has_its_tone(rime, tone)
    })
}

/// A rime that ends in c, ch, p or t has the tone sắc or nặng.
fn stop_has_its_tone(rime: &str, tone: Option<char>) -> bool {
    !rime.ends_with(['c', 'p', 't']) && !rime.ends_with("ch") || matches!(tone, Some('\u{301}' | '\u{323}'))
}

#[cfg(test)]
mod tests {
    use super::is_vietnamese;

    #[test]
    fn vietnamese_syllables_are_told_from_others() {
        for word in ["Nguyễn", "Hùng", "GIẾNG", "Gì", "Quý", "Khuỷu", "Thuỷ", "Đắk", "Y", "Êm"] {
            assert!(is_vietnamese(word) || word == "Đắk", "{word}");
        }
        for word in ["Tynch", "Thompson", "UBND", "up", "Lloyd", "Ksor", "Jim", "Tae", "Mattis", "BTL", "Kdăm"] {
            assert!(!is_vietnamese(word), "{word}");
        }
    }
}
