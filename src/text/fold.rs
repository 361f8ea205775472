//! Folding for search (docs/domain.md §6.6): lower case, no tone, no mark, đ = d. Each character folds to exactly one
//! character, so the n-th character of the folded text is the n-th of the original, and a match found in folded text
//! can be mapped back. Fold to search, never to identify: two people can differ in one mark (docs/domain.md §0.7).
//!
//! Every letter of every text is folded, so Vietnamese letters are looked up in two tables. They are filled on first
//! use by the slow function, which decomposes each character with the Unicode tables:
//!
//! ```text
//! U+0000 ASCII: arithmetic   U+0080 … U+07FF: `low`   U+1E00 … U+1EFF: `high`   all else: `fold_slowly`
//!                            À Đ ă ơ ư …              ạ ế ỹ …
//! ```

use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds every character of a canonical text.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().map(fold_char));
    out
}

/// Folds one character. A combining mark that did not compose with a letter stays as it is; `text::words` drops it.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let (low, high) = tables();
    match u32::from(c) as usize {
        n @ 0x80..0x800 => low.get(n - 0x80).copied().unwrap_or(c),
        n @ 0x1e00..0x1f00 => high.get(n - 0x1e00).copied().unwrap_or(c),
        _ => fold_slowly(c),
    }
}

/// The folded characters of the two ranges that contain all letters of Vietnamese.
fn tables() -> (&'static [char], &'static [char]) {
    static TABLES: OnceLock<(Vec<char>, Vec<char>)> = OnceLock::new();
    let (low, high) = TABLES.get_or_init(|| {
        let table = |range: std::ops::Range<u32>| range.filter_map(char::from_u32).map(fold_slowly).collect();
        (table(0x80..0x800), table(0x1e00..0x1f00))
    });
    (low, high)
}

/// Folds by Unicode decomposition: returns the base letter if everything after it is a combining mark. đ and ƀ need a
/// case of their own because their stroke is not a combining mark, so they do not decompose.
fn fold_slowly(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match lower {
        'đ' | 'ð' | 'ɖ' => 'd',
        'ƀ' => 'b',
        _ => {
            let mut parts = std::iter::once(lower).nfd();
            let base = parts.next().unwrap_or(lower);
            if parts.all(is_combining_mark) { base } else { lower }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_marks_and_capitals_go_and_đ_is_d() {
        assert_eq!(fold("Thượng tướng ĐỖ ƯỚC Kđăm Êban"), "thuong tuong do uoc kdam eban");
    }

    #[test]
    fn one_char_for_one_char_over_all_of_unicode() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let composed: String = std::iter::once(c).nfc().collect();
            assert_eq!(fold(&composed).chars().count(), composed.chars().count(), "{c:?}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for c in (0..=0x0001_ffff).filter_map(char::from_u32) {
            assert_eq!(fold_char(fold_char(c)), fold_char(c), "{c:?}");
        }
    }
}
