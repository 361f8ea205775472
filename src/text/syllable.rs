//! Tone marks of Vietnamese syllables and where they are written (docs/domain.md §6.2): `Thủy` and `Thuỷ` are one name,
//! `Hiến` and `Hiền` are two. Identity is compared by `tone_normal`, never by the folded form.

use super::letter::{each_lower, is_letter};
use unicode_normalization::UnicodeNormalization;

/// The five tone marks as combining characters; the sixth tone has none.
pub const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Lower case, with the tone of an open `oa`, `oe`, `uy` on its first vowel (the old style of the press).
/// Takes canonical text of any length; anything that is no letter stays as it is.
pub fn tone_normal(text: &str) -> String {
    let mut out = ToneNormal::with_capacity(text.len());
    text.chars().for_each(|c| out.push(c));
    out.finish()
}

/// The key that two spellings of one name share: tone-normal words, one space between, apostrophes of one kind. The
/// hyphens of foreign names come and go (Kim Jong-un, Kim Jong Un): they part words.
/// Formula of identity for officials (docs/domain.md §0.7, §0.8).
pub fn name_key(name: &str) -> String {
    let mut out = ToneNormal::with_capacity(name.len());
    let mut parted = false;
    for c in name.chars() {
        if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2014}') {
            parted = !out.text.is_empty();
            continue;
        }
        if std::mem::take(&mut parted) {
            out.push(' ');
        }
        out.push(if matches!(c, '’' | 'ʼ' | '´' | '`' | '‘' | '”') { '\'' } else { c });
    }
    out.finish()
}

/// Builds a tone-normal text letter by letter; the tone of a word can be moved only when the word is complete.
struct ToneNormal {
    text: String,
    /// Where its last word begins, in bytes.
    word: usize,
}

impl ToneNormal {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes + 2), word: 0 }
    }

    fn push(&mut self, c: char) {
        each_lower(c, |small| {
            if is_letter(small) {
                self.text.push(small);
            } else {
                self.close_word();
                self.text.push(small);
                self.word = self.text.len();
            }
        });
    }

    fn finish(mut self) -> String {
        self.close_word();
        self.text
    }

    /// Puts the tone of the word's open `oa`, `oe`, `uy` on its first vowel.
    fn close_word(&mut self) {
        let mut letters = self.text.get(self.word..).unwrap_or_default().chars().rev();
        let Some((bare, tone)) = letters.next().and_then(toned_end) else { return };
        let Some(before) = letters.next().filter(|before| matches!((before, bare), ('o', 'a' | 'e') | ('u', 'y')))
        else {
            return;
        };
        // The u of `quý` belongs to the consonant: its tone has no other place.
        if letters.next() == Some('q') {
            return;
        }
        self.text.pop();
        self.text.pop();
        self.text.extend([with_tone(before, tone), bare]);
    }
}

/// The vowel and the tone of a letter that can end an open `oá`, `oé`, `uý`.
fn toned_end(letter: char) -> Option<(char, char)> {
    let (bare, toned) = match letter {
        'à' | 'á' | 'ã' | 'ả' | 'ạ' => ('a', ['à', 'á', 'ã', 'ả', 'ạ']),
        'è' | 'é' | 'ẽ' | 'ẻ' | 'ẹ' => ('e', ['è', 'é', 'ẽ', 'ẻ', 'ẹ']),
        'ỳ' | 'ý' | 'ỹ' | 'ỷ' | 'ỵ' => ('y', ['ỳ', 'ý', 'ỹ', 'ỷ', 'ỵ']),
        _ => return None,
    };
    let which = toned.iter().position(|one| *one == letter)?;
    Some((bare, *TONES.get(which)?))
}

/// A letter without its tone, and the tone. Goes through the tables of Unicode, which is slow; where
/// every letter of a word is taken apart, `telex::syllables::take_apart` looks the results up in a table.
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

/// A letter with a tone; the letter alone if Unicode has no such character.
pub fn with_tone(letter: char, tone: char) -> char {
    let mut composed = [letter, tone].into_iter().nfc();
    match (composed.next(), composed.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
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
