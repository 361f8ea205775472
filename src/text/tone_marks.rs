//! Tone marks of Vietnamese syllables and the letter they are written on (docs/domain.md §6.2): `Thủy` and `Thuỷ` are
//! one name, `Hiến` and `Hiền` are two. Identity is compared by `tone_normal`, never by the folded form.

use super::char_class::{each_lower, is_letter};
use unicode_normalization::UnicodeNormalization;

/// The five tone marks as combining characters; the sixth tone has none.
pub const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Returns `text` in lower case, with the tone of a final `oa`, `oe`, `uy` on its first vowel (the old style of the
/// press: `hòa`, not `hoà`). Takes canonical text of any length; characters other than letters are unchanged.
pub fn tone_normal(text: &str) -> String {
    let mut out = ToneNormal::with_capacity(text.len());
    text.chars().for_each(|c| out.push(c));
    out.finish()
}

/// Returns the key that all spellings of one name share: tone-normal words, one space between them, apostrophes of one
/// kind, and `i` for the final `y` of `ey`, `oy`, `iy`, in which no Vietnamese word ends (Sergey, Sergei). Hyphens
/// separate words, because papers write foreign names with and without them (Kim Jong-un, Kim Jong Un). Only mentions
/// with equal keys are ever compared as one official (docs/domain.md §0.7, §0.8).
pub fn name_key(name: &str) -> String {
    let mut out = ToneNormal::with_capacity(name.len());
    let mut parted = false;
    for c in name.chars() {
        if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2014}') {
            parted = !out.text.is_empty();
            continue;
        }
        if std::mem::take(&mut parted) {
            out.end_name_word();
            out.push(' ');
        }
        out.push(if matches!(c, '’' | 'ʼ' | '´' | '`' | '‘' | '”') { '\'' } else { c });
    }
    out.end_name_word();
    out.finish()
}

/// Builds a tone-normal text letter by letter. A tone is moved when its word is complete, because only a *final* `oa`,
/// `oe`, `uy` has two styles: `hoá` becomes `hóa`, `hoán` stays.
struct ToneNormal {
    text: String,
    /// Byte offset in `text` at which the last word begins.
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

    /// Writes the final `y` of a foreign name as papers write it elsewhere: `sergey`, `rudskoy`, `dmitriy` as `sergei`,
    /// `rudskoi`, `dmitri`.
    fn end_name_word(&mut self) {
        let word = self.text.get(self.word..).unwrap_or_default();
        if word.len() < 4 || !["ey", "oy", "iy"].iter().any(|end| word.ends_with(end)) {
            return;
        }
        self.text.pop();
        if !self.text.ends_with('i') {
            self.text.push('i');
        }
    }

    /// Moves the tone of a final `oa`, `oe`, `uy` of the last word to its first vowel.
    fn close_word(&mut self) {
        let mut letters = self.text.get(self.word..).unwrap_or_default().chars().rev();
        let Some((bare, tone)) = letters.next().and_then(toned_end) else { return };
        let Some(before) = letters.next().filter(|before| matches!((before, bare), ('o', 'a' | 'e') | ('u', 'y')))
        else {
            return;
        };
        // The u of `quý` belongs to the consonant, so the tone can only be on the y.
        if letters.next() == Some('q') {
            return;
        }
        self.text.pop();
        self.text.pop();
        self.text.extend([with_tone(before, tone), bare]);
    }
}

/// Returns the vowel and the tone of a letter that can end `oá`, `oé`, `uý`; `None` for every other letter.
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

/// Returns a letter without its tone, and the tone. Decomposes with the Unicode tables, which is slow; to split every
/// letter of many words use `telex::syllables::take_apart`, which caches the results in a table.
pub fn split_tone(letter: char) -> (char, Option<char>) {
    if letter.is_ascii() {
        return (letter, None);
    }
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

/// Returns a letter with a tone; the letter alone if Unicode has no single character for the two.
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
        assert_eq!(name_key("Sergey Rudmoy"), name_key("Sergei Rudmoi"));
        assert_eq!(name_key("Dmitriy Vasin"), name_key("Dmitri Vasin"));
        assert_eq!(name_key("Joy Thuỷ"), "joy thủy");
        assert_eq!(name_key("Khăm-liêng Ụ-thạ-cay-sỏn"), name_key("Khăm - Liêng Ụ Thạ Cay Sỏn"));
    }

    #[test]
    fn closed_rimes_keep_their_tone() {
        for word in ["toàn", "hoạt", "thuyền", "khuỷu", "loại"] {
            assert_eq!(tone_normal(word), word);
        }
    }
}
