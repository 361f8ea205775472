//! Undoes what a program did that took UTF-8 for a Western European encoding and wrote it as UTF-8 again: `Ä‘á»™i` is
//! `đội`. Each letter of Vietnamese is then two or three characters that begin with one of few, so that they are found
//! and turned back one letter at a time; what stands between them stays, even if it is sound Vietnamese.

use encoding_rs::WINDOWS_1252;

/// The first bytes of Vietnamese letters, combining marks and typographic signs in UTF-8.
const FIRST_BYTES: [u8; 9] = [0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xcc, 0xe1, 0xe2, 0xef];
/// Text that went through this more often than this is refused.
const MAX_ROUNDS: usize = 3;

/// A text in which letters were turned back.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UndoneText {
    pub text: String,
    /// The number of letters that were turned back.
    pub letters: usize,
}

/// Whether a text has the signs of it: the first two bytes of `ạ` to `ỹ`, each as a letter, once or twice. Fast, for it
/// is asked of every file.
pub(super) fn is_likely(text: &str) -> bool {
    let bytes = text.as_bytes();
    ["á»", "áº", "Ã¡Â»", "Ã¡Âº"].iter().any(|sign| memchr::memmem::find(bytes, sign.as_bytes()).is_some())
}

/// Turns letters back, as often as it takes. `None` if there is none.
pub(super) fn undo(text: &str) -> Option<UndoneText> {
    let mut found = once(text);
    for _ in 1..MAX_ROUNDS {
        if found.letters == 0 || !is_likely(&found.text) {
            break;
        }
        let again = once(&found.text);
        found = UndoneText { text: again.text, letters: found.letters };
    }
    (found.letters > 0).then_some(found)
}

fn once(text: &str) -> UndoneText {
    let mut out = UndoneText { text: String::with_capacity(text.len()), letters: 0 };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((letter, length)) = letter_at(rest) {
            out.text.push(letter);
            out.letters += 1;
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.text.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// The letter whose bytes stand as characters at the beginning of a text, and the length of those characters in bytes.
fn letter_at(text: &str) -> Option<(char, usize)> {
    let mut chars = text.char_indices();
    let first = byte_of(chars.next()?.1).filter(|byte| FIRST_BYTES.contains(byte))?;
    let mut bytes = [first, 0, 0];
    let wanted = if first < 0xe0 { 2 } else { 3 };
    for slot in bytes.get_mut(1..wanted)? {
        *slot = byte_of(chars.next()?.1).filter(|byte| (0x80..0xc0).contains(byte))?;
    }
    let letter = std::str::from_utf8(bytes.get(..wanted)?).ok()?.chars().next()?;
    let end = chars.next().map_or(text.len(), |(at, _)| at);
    Some((letter, end))
}

/// The byte that a Western European encoding has for a character: windows-1252, and ISO 8859-1 for what that leaves
/// undefined; also the byte that browsers show as U+F780 to U+F7FF on pages in `x-user-defined`.
pub(super) fn byte_of(c: char) -> Option<u8> {
    if matches!(c, '\u{f780}'..='\u{f7ff}') {
        return u8::try_from(u32::from(c) - 0xf700).ok();
    }
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, lossy) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    if lossy { None } else { bytes.first().copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as a program leaves it that takes UTF-8 for ISO 8859-1.
    fn as_latin1(text: &str) -> String {
        text.bytes().map(char::from).collect()
    }

    #[test]
    fn every_letter_comes_back_from_both_encodings() {
        let letters = "àảãáạằẳẵắặầẩẫấậăâđèẻẽéẹềểễếệêìỉĩíịòỏõóọồổỗốộôờởỡớợơùủũúụừửữứựưỳỷỹýỵ";
        let text = format!("{letters} {} “Đại tá” – …", letters.to_uppercase());
        let (windows, ..) = WINDOWS_1252.decode(text.as_bytes());
        for wrong in [as_latin1(&text), windows.into_owned(), as_latin1(&as_latin1(&text))] {
            assert!(is_likely(&wrong));
            assert_eq!(undo(&wrong).unwrap().text, text);
        }
        assert_eq!(undo("Đại tá «Á» nói"), None);
        assert!(!is_likely("Đại tá «Á» nói"));
    }

    #[test]
    fn what_is_sound_stays() {
        let mixed = format!("Hội nghị {}", as_latin1("đội ngũ"));
        assert_eq!(undo(&mixed).unwrap().text, "Hội nghị đội ngũ");
    }
}
