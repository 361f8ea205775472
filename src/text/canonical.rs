//! One spelling of every letter (docs/domain.md §6.1): NFC, true Đ and đ, plain spaces, `\n` line ends, no invisible
//! characters. `canonical` is idempotent, never changes one word into another, and keeps the lines. Detecting the
//! encoding is left to `ingest::decode`.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Combining marks beyond this number on one letter are noise; Vietnamese needs two.
const MARKS_PER_LETTER: usize = 4;

/// A text in canonical spelling, and counts of what was removed from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canonical {
    pub text: String,
    /// The number of control characters that were replaced by U+FFFD.
    pub controls: usize,
    /// The number of direction marks and other invisible characters that were dropped; byte order marks do not count.
    pub invisible: usize,
}

/// Returns `input` in canonical spelling.
pub fn canonical(input: &str) -> Canonical {
    let mut out = Canonical::default();
    let mut mapped = String::with_capacity(input.len());
    // Nearly all of a text needs no change and is copied in long runs. If nothing else occurs, NFC can be skipped.
    let mut all_plain = true;
    let mut rest = input;
    loop {
        let (stretch, tail) = rest.split_at(plain_len(rest));
        mapped.push_str(stretch);
        let Some(c) = tail.chars().next() else { break };
        rest = tail.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                mapped.push('\n');
            }
            '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => mapped.push('\n'),
            '\t' => mapped.push(' '),
            'Ð' | 'Ɖ' => mapped.push('Đ'),
            // In Icelandic this letter stands behind others, in Vietnamese only before them.
            'ð' if mapped.ends_with(char::is_lowercase) => {
                all_plain = false;
                mapped.push(c);
            }
            'ð' | 'ɖ' => mapped.push('đ'),
            _ if is_odd_space(c) => mapped.push(' '),
            _ if c.is_control() => {
                out.controls += 1;
                mapped.push('\u{fffd}');
            }
            _ if is_invisible(c) => out.invisible += usize::from(c != '\u{feff}'),
            _ => {
                all_plain = false;
                mapped.push(c);
            }
        }
    }
    out.text = if all_plain { mapped } else { composed(mapped) };
    out
}

/// Returns the length in bytes of the longest prefix of `text` whose characters are already canonical and compose with
/// no neighbour: line feeds, ASCII, Vietnamese letters and the code points around them, typographic dashes and quotes.
/// Matches UTF-8 bytes directly, because decoding each character would dominate the cost. A test compares the byte
/// patterns with all of Unicode.
fn plain_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += match bytes.get(at..).unwrap_or_default() {
            [b'\n' | b' '..=b'~', ..] => 1,
            // U+00C0 to U+024F without Ð, ð and Ɖ.
            [0xc3, 0x80..=0x8f | 0x91..=0xaf | 0xb1..=0xbf, ..]
            | [0xc4 | 0xc5 | 0xc7 | 0xc8, ..]
            | [0xc6, 0x80..=0x88 | 0x8a..=0xbf, ..]
            | [0xc9, 0x80..=0x8f, ..] => 2,
            // U+1EA0 to U+1EF9; U+2010 to U+2027.
            [0xe1, 0xba, 0xa0..=0xbf, ..] | [0xe1, 0xbb, 0x80..=0xb9, ..] | [0xe2, 0x80, 0x90..=0xa7, ..] => 3,
            _ => return at,
        };
    }
}

/// Returns the text in NFC, with at most `MARKS_PER_LETTER` combining marks in a row. The quick check saves most texts
/// a copy.
fn composed(text: String) -> String {
    cap_marks(match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => text.nfc().collect(),
    })
}

/// `canonical` without the counts, for a line of input or a cell of a table.
pub fn canonical_text(input: &str) -> String {
    canonical(input).text
}

fn cap_marks(text: String) -> String {
    let mut run = 0;
    let mut too_many = |c: char| {
        run = if is_combining_mark(c) { run + 1 } else { 0 };
        run > MARKS_PER_LETTER
    };
    if text.is_ascii() || !text.chars().any(&mut too_many) {
        return text;
    }
    run = 0;
    text.chars()
        .filter(|c| {
            run = if is_combining_mark(*c) { run + 1 } else { 0 };
            run <= MARKS_PER_LETTER
        })
        .collect()
}

/// Whether a character is a space other than U+0020; all of them become U+0020.
fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Whether a character takes no space or changes the direction of writing (bidi and format characters). Vietnamese
/// needs none of them, and each can make a text look different from what it is.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn composed_half_composed_and_decomposed_are_one() {
        let whole = "Nguyễn Mạnh Hệ";
        let decomposed: String = whole.nfd().collect();
        assert_eq!(canonical_text(&decomposed), whole);
        assert_eq!(canonical_text("B\u{f4}\u{323} tr\u{1b0}\u{1a1}\u{309}ng"), "Bộ trưởng");
    }

    #[test]
    fn look_alikes_odd_spaces_and_line_ends_are_made_plain() {
        assert_eq!(canonical_text("Það er ljóst að ðồng chí"), "Það er ljóst að đồng chí");
        assert_eq!(canonical_text("Ðại\u{a0}tá\r\nðồng\u{200b} chí\u{202e}"), "Đại tá\nđồng chí");
        let bad = canonical("a\u{1b}[31mb\u{9b}c");
        assert_eq!((bad.text.as_str(), bad.controls), ("a\u{fffd}[31mb\u{fffd}c", 2));
    }

    #[test]
    fn plain_letters_need_nothing_done() {
        let is_plain = |c: char| plain_len(&format!("{c}\u{1}")) == c.len_utf8();
        let all = || (0..=0x0010_ffff).filter_map(char::from_u32);
        for c in all() {
            let expect = matches!(c,
                '\n' | ' '..='~' | 'À'..='Ï' | 'Ñ'..='ï' | 'ñ'..='\u{188}' | '\u{18a}'..='\u{24f}' | 'Ạ'..='ỹ'
                | '\u{2010}'..='\u{2027}');
            assert_eq!(is_plain(c), expect, "{c:?}");
        }
        for c in all().filter(|c| is_plain(*c)) {
            let alone = std::iter::once(c);
            assert!(is_nfc_quick(alone) == IsNormalized::Yes && !is_combining_mark(c), "{c:?}");
            assert!(
                !(is_odd_space(c) || is_invisible(c) || c.is_control() && c != '\n' || "ÐðƉɖ".contains(c)),
                "{c:?}"
            );
        }
        assert!("Đỗ Ước Ỹ, “Êđê” – 6-NQ/TW…\n".chars().all(is_plain));
    }

    #[test]
    fn a_pile_of_marks_is_cut() {
        let pile = format!("a{}", "\u{336}".repeat(1000));
        assert_eq!(canonical_text(&pile).chars().count(), 1 + MARKS_PER_LETTER);
    }

    proptest! {
        #[test]
        fn idempotent(text in "\\PC*|[\u{0}-\u{2ff}\u{300}-\u{330}\u{1e00}-\u{206f}]*") {
            let once = canonical_text(&text);
            prop_assert_eq!(canonical_text(&once), once);
        }
    }
}
