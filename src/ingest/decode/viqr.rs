//! VIQR (RFC 1456): Vietnamese in plain ASCII, each letter followed by the signs of its marks: `Vie^.t Nam`,
//! `ddu+o+.c`. Full stops, question marks and apostrophes are signs of tones too, so that they have to be told from
//! punctuation: a sign is a tone if the syllable that it gives can be one and it does not end a sentence.

use super::legacy::is_common_word;
use crate::extract::vietnamese_syllable::is_vietnamese;
use unicode_normalization::UnicodeNormalization;

/// Signs that change a letter, with the letters that they may stand behind.
const SHAPES: [(u8, &str, char); 3] = [(b'^', "aeoAEO", '\u{302}'), (b'(', "aA", '\u{306}'), (b'+', "ouOU", '\u{31b}')];
/// Signs of tones, with their marks.
const TONES: [(u8, char); 5] =
    [(b'\'', '\u{301}'), (b'`', '\u{300}'), (b'?', '\u{309}'), (b'~', '\u{303}'), (b'.', '\u{323}')];
/// RFC 1456 has the horn as an asterisk as well.
const OTHER_HORN: u8 = b'*';

/// Decodes a whole text. Bytes that are not ASCII become U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            at += word(bytes, at, &mut out);
        } else if byte == b'\\' && bytes.get(at + 1).is_some_and(|next| is_sign(*next)) {
            // An escaped sign is punctuation.
            out.push(char::from(bytes.get(at + 1).copied().unwrap_or(b' ')));
            at += 2;
        } else {
            out.push(if byte.is_ascii() { char::from(byte) } else { '\u{fffd}' });
            at += 1;
        }
    }
    out
}

/// Decodes the word at `at`. Returns its length in bytes.
fn word(bytes: &[u8], at: usize, out: &mut String) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut letters = String::new();
    let mut used = 0;
    // The word as it was before its last tone, and where: the sign may be the end of a sentence instead.
    let mut before_tone: Option<(String, usize)> = None;
    while let Some(&byte) = rest.get(used) {
        let next = rest.get(used + 1).copied();
        if letters.is_empty() && matches!((byte, next), (b'd' | b'D', Some(b'd' | b'D'))) {
            letters.push(if byte == b'd' { 'đ' } else { 'Đ' });
            used += 2;
        } else if byte.is_ascii_alphabetic() {
            letters.push(char::from(byte));
            used += 1;
        } else if let Some(shape) = shape_of(byte, &letters) {
            letters.push(shape);
            used += 1;
        } else if let Some(tone) = tone_of(byte).filter(|_| before_tone.is_none() && ends_in_vowel(&letters)) {
            before_tone = Some((letters.clone(), used));
            letters.push(tone);
            used += 1;
        } else {
            break;
        }
    }
    let whole: String = letters.nfc().collect();
    if let Some((bare, length)) = before_tone {
        let is_stop = used == length + 1 && matches!(rest.get(length), Some(b'.' | b'?'));
        let is_capitals = !whole.chars().any(char::is_lowercase);
        // Names have capitals behind such words (`Bo^. Tham mu+u`): what is said often has the tone.
        let is_usual = is_common_word(&whole.to_lowercase());
        let ends_sentence = is_stop && !is_usual && ends_here(rest.get(used..).unwrap_or_default(), is_capitals);
        // A letter by itself is none of the syllables, but a letter with its marks.
        let may_have_tone = is_vietnamese(&whole) || whole.chars().count() == 1;
        if !may_have_tone || ends_sentence {
            out.extend(bare.nfc());
            return length;
        }
    }
    out.push_str(&whole);
    used
}

fn shape_of(sign: u8, letters: &str) -> Option<char> {
    let last = letters.chars().next_back()?;
    let sign = if sign == OTHER_HORN { b'+' } else { sign };
    SHAPES.iter().find(|(own, behind, _)| *own == sign && behind.contains(last)).map(|(_, _, mark)| *mark)
}

fn tone_of(sign: u8) -> Option<char> {
    TONES.iter().find(|(own, _)| *own == sign).map(|(_, tone)| *tone)
}

fn is_sign(byte: u8) -> bool {
    byte == b'\\' || byte == OTHER_HORN || tone_of(byte).is_some() || SHAPES.iter().any(|(own, ..)| *own == byte)
}

fn ends_in_vowel(letters: &str) -> bool {
    let last = letters.chars().rev().find(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    last.is_some_and(|c| "aeiouyAEIOUY".contains(c))
}

/// Whether a sentence can end before `rest`: at the end of a line, or before a capital, which after capitals is no
/// sign.
fn ends_here(rest: &[u8], is_capitals: bool) -> bool {
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let spaced = rest.first().is_none_or(u8::is_ascii_whitespace);
    let begins_sentence = |byte: &u8| byte.is_ascii_uppercase() && !is_capitals;
    spaced && line.first().is_none_or(begins_sentence)
}

/// Whether an ASCII text has signs of VIQR: letters with shapes, as no other text has them in number.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let (mut words, mut shaped) = (0, 0);
    for word in bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
        words += 1;
        let has_shape = word.windows(2).any(|pair| {
            let [letter, sign] = pair else { return false };
            SHAPES.iter().any(|(own, behind, _)| own == sign && behind.contains(char::from(*letter)))
        });
        shaped += usize::from(has_shape || word.get(..2).is_some_and(|two| two.eq_ignore_ascii_case(b"dd")));
    }
    // Of Vietnamese words, a third have such a letter.
    shaped * 5 >= words.max(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_punctuation() {
        assert_eq!(
            decode(b"Vie^.t Nam. DDa.i ta' Lo` Va(n Thu+? no'i: to^i dda~ dde^'n. Ca'c anh dda~ dde^'n chu+a?"),
            "Việt Nam. Đại tá Lò Văn Thử nói: tôi đã đến. Các anh đã đến chưa?"
        );
        assert_eq!(decode(b"thu+. mu.c la` ba\\? (a) 3+4"), "thự mục là ba? (a) 3+4");
        assert_eq!(decode(b"nu+o+'c DDo^ng Nam A', na(m 2001."), "nước Đông Nam Á, năm 2001.");
    }

    #[test]
    fn english_is_no_viqr() {
        assert!(!is_likely(b"Don't add it to. What? You (and I) odd add, f(a(b)) C++ o+ and more of it and so on."));
        assert!(is_likely(b"Ho^.i nghi. dda' nh gia' co^ng ta'c dda?ng cu?a ddo+n vi."));
    }
}
