//! Splits a text into byte runs such that no word crosses the end of a run. Nearly every run is one word, and it is
//! found from its bytes alone, without classifying each letter by the Unicode tables. Vietnamese has few distinct
//! words, so a caller that caches its result for each run (`RunCache`) handles most of the next text by look-ups. Which
//! words a run contains is left to `text::words` and to extraction, whose words differ in which signs join them.
//!
//! ```text
//! text       - Đ / c   H ’ N h i n h ,   “ 6 - N Q
//! runs         Đ   c   H ’ N h i n h     “ 6   N Q
//! ```
//!
//! A run consists of ASCII letters, digits, `'` and `` ` ``, and every byte above 127, whichever character it belongs
//! to; it may therefore begin or end with a typographic quote or dash. All other ASCII characters separate runs.

use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Runs longer than this many bytes are not worth caching: they rarely occur twice, and a text without spaces may be
/// one run of a megabyte. Callers check it before `RunCache::insert`.
pub const LONGEST: usize = 64;

/// A run of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteRun<'a> {
    /// Byte offset of its beginning in the text.
    pub start: usize,
    pub text: &'a str,
    /// The bytes as a number, if there are at most 16; see `short_key`.
    short_key: Option<u128>,
}

impl ByteRun<'_> {
    /// Byte offset one past its last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The runs of `text`, in order.
pub fn byte_runs(text: &str) -> impl Iterator<Item = ByteRun<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(at..)?;
        let start = at + rest.iter().position(|byte| is_run_byte(*byte))?;
        let rest = text.as_bytes().get(start..)?;
        let len = rest.iter().position(|byte| !is_run_byte(*byte)).unwrap_or(rest.len());
        at = start + len;
        Some(ByteRun { start, text: text.get(start..at)?, short_key: short_key(rest, len) })
    })
}

/// Whether a byte belongs to a run. A table look-up, because it is called for every byte of every text.
fn is_run_byte(byte: u8) -> bool {
    #[allow(clippy::indexing_slicing, reason = "an index out of range would not compile")]
    const RUN_BYTES: [bool; 256] = {
        let mut table = [true; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'\'' | b'`');
            byte += 1;
        }
        table
    };
    // There is no byte beyond the table, which the compiler knows.
    RUN_BYTES.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Returns the first `len` bytes as a little-endian number; `None` if `len` is more than 16. Runs of different lengths
/// have different numbers, because the missing bytes are 0 and no run contains a 0.
///
/// Loads 16 bytes at once, including those after the run, and masks the rest off: faster than copying `len` bytes. Only
/// within the last 16 bytes of the text is the number assembled byte by byte.
///
/// ```text
/// bytes     a b c   d e f …        len 3
/// loaded    … f e d ' ' c b a
/// masked    0 … 0 0  0  c b a
/// ```
fn short_key(bytes: &[u8], len: usize) -> Option<u128> {
    const KEY_BYTES: usize = size_of::<u128>();
    let unused = u32::try_from(KEY_BYTES.checked_sub(len)?).ok()?;
    let loaded = match bytes.first_chunk::<KEY_BYTES>() {
        Some(chunk) => u128::from_le_bytes(*chunk),
        None => bytes.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte)),
    };
    Some(loaded & u128::MAX.checked_shr(unused * 8)?)
}

/// A map from the text of runs. Nearly all runs have at most 16 bytes: they are hashed and compared as one number,
/// without an allocation.
#[derive(Debug)]
pub struct RunCache<T> {
    short: HashMap<u128, T, RandomState>,
    long: HashMap<Box<str>, T, RandomState>,
}

impl<T> Default for RunCache<T> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<T: Copy> RunCache<T> {
    /// Returns the value of a run with the same text, at any position of any text.
    pub fn get(&self, run: &ByteRun<'_>) -> Option<T> {
        match &run.short_key {
            Some(key) => self.short.get(key),
            None => self.long.get(run.text),
        }
        .copied()
    }

    /// Sets the value of runs with that text. Never evicts: the caller limits the number (`len`).
    pub fn insert(&mut self, run: &ByteRun<'_>, value: T) {
        match run.short_key {
            Some(key) => self.short.insert(key, value),
            None => self.long.insert(run.text.into(), value),
        };
    }

    /// The number of runs.
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Whether nothing is cached.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;
    use proptest::prelude::*;

    #[test]
    fn signs_and_spaces_of_ascii_part_byte_runs() {
        let found: Vec<_> = byte_runs("-Đ/c H’Nhinh, “6-NQ/TW”…\n").map(|s| (s.start, s.text)).collect();
        assert_eq!(found, [(1, "Đ"), (4, "c"), (6, "H’Nhinh"), (17, "“6"), (22, "NQ"), (25, "TW”…")]);
        assert_eq!(byte_runs("").count() + byte_runs(" , ").count(), 0);
    }

    #[test]
    fn a_cached_run_is_found_wherever_it_occurs() {
        let mut kept = RunCache::default();
        let words = ["a", "aa", "Đ", "nghiêng", "0123456789abcdef", "0123456789abcdefg", "Khăm‑liêng‑Ụ‑thạ"];
        for (n, word) in words.iter().enumerate() {
            byte_runs(word).for_each(|run| kept.insert(&run, n));
        }
        let text = words.join(" ");
        let found: Vec<_> = byte_runs(&text).map(|run| kept.get(&run)).collect();
        assert_eq!(found, (0..words.len()).map(Some).collect::<Vec<_>>());
        assert_eq!(kept.len(), words.len());
        assert!(byte_runs("aaa b 0123456789abcde").all(|run| kept.get(&run).is_none()));
    }

    proptest! {
        #[test]
        fn no_word_crosses_a_run(text in "[ -~]{0,30}|[a-cạ-ỹ'’`\u{301} ,.–“”]{0,40}|\\PC{0,40}") {
            let by_run: Vec<_> = byte_runs(&text)
                .flat_map(|run| words(run.text).map(move |word| (run.start + word.start, word.text)))
                .collect();
            let whole: Vec<_> = words(&text).map(|word| (word.start, word.text)).collect();
            prop_assert_eq!(by_run, whole);
        }
    }
}
