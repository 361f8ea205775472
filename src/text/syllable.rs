//! The Vietnamese syllable: where its tone mark stands (domain.md §6.2), so that `Thủy` and `Thuỷ` are one name
//! and `Hiến` and `Hiền` stay two. `tone_normal` is the form of identity; it is never the folded form.

use unicode_normalization::UnicodeNormalization;

/// The five tone marks as combining characters; the sixth tone has none.
pub const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Lower case, with the tone of an open `oa`, `oe`, `uy` on its first vowel (the old style of the press).
/// Takes canonical text of any length; anything that is no letter stays as it is.
pub fn tone_normal(text: &str) -> String {
    let lower = text.to_lowercase();
    if lower.is_ascii() {
        return lower;
    }
    let mut out = String::with_capacity(lower.len());
    let mut word = Vec::new();
    for c in lower.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            close_word(&mut word, &mut out);
            out.push(c);
        }
    }
    close_word(&mut word, &mut out);
    out
}

/// The key that two spellings of one name share: tone-normal words, one space between, apostrophes of one kind. The
/// hyphens of foreign names come and go (Kim Jong-un, Kim Jong Un): they part words, and words begin with a capital.
/// Formula of identity for officials (domain.md §0.7, §0.8).
pub fn name_key(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '’' | 'ʼ' | '´' | '`' | '‘' | '”' => '\'',
            '-' | '\u{2010}'..='\u{2014}' => ' ',
            other => other,
        })
        .collect();
    let begun = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    tone_normal(&plain.split_whitespace().map(begun).collect::<Vec<_>>().join(" "))
}

/// A letter without its tone, and the tone.
pub fn split_tone(letter: char) -> (char, Option<char>) {
    let mut tone = None;
    let base: String = std::iter::once(letter)
        .nfd()
        .filter(|c| {
            let is_tone = TONES.contains(c);
            if is_tone {
                tone = Some(*c);
            }
            !is_tone
        })
        .nfc()
        .collect();
    (base.chars().next().unwrap_or(letter), tone)
}

/// A letter with a tone put on it; the letter itself where no such character exists.
pub fn with_tone(letter: char, tone: char) -> char {
    let mut composed = [letter, tone].into_iter().nfc();
    match (composed.next(), composed.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}

fn close_word(word: &mut Vec<char>, out: &mut String) {
    if let [.., before, last] = word.as_mut_slice()
        && let (bare, Some(tone)) = split_tone(*last)
        && matches!((*before, bare), ('o', 'a' | 'e') | ('u', 'y'))
    {
        // The u of `quý` belongs to the consonant: its tone has no other place.
        let (first, second) = (with_tone(*before, tone), bare);
        let after_q = word.len() >= 3 && word.get(word.len() - 3) == Some(&'q');
        if !after_q {
            let n = word.len();
            if let Some(slot) = word.get_mut(n - 2) {
                *slot = first;
            }
            if let Some(slot) = word.get_mut(n - 1) {
                *slot = second;
            }
        }
    }
    out.extend(word.drain(..));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tone_placements_are_one_form() {
        for (new, old) in
            [("Thuỷ", "thủy"), ("hoà", "hòa"), ("KHOẺ", "khỏe"), ("uý", "úy"), ("quý", "quý"), ("Uỷ ban", "ủy ban")]
        {
            assert_eq!(tone_normal(new), old);
            assert_eq!(tone_normal(old), old);
        }
    }

    #[test]
    fn names_that_differ_in_a_tone_stay_apart() {
        assert_ne!(name_key("Nguyễn Văn Hiến"), name_key("Nguyễn Văn Hiền"));
        assert_eq!(name_key("H’Nhinh  Êban"), name_key("H'Nhinh Êban"));
        assert_eq!(name_key("Kim Jong-un"), name_key("Kim Jong Un"));
        assert_eq!(name_key("Khăm-liêng Ụ-thạ-cay-sỏn"), name_key("Khăm - Liêng Ụ Thạ Cay Sỏn"));
    }

    #[test]
    fn closed_rimes_keep_their_tone() {
        for word in ["toàn", "hoạt", "thuyền", "khuỷu", "loại"] {
            assert_eq!(tone_normal(word), word);
        }
    }
}
