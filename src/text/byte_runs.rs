//! A text in stretches that no word goes beyond: nearly each is one word, found by its bytes alone, without asking what
//! each letter is. Whoever keeps what it once found out about a stretch reads the next text by looking it up; which
//! words stand in a stretch is left to `words` and to extraction, whose words differ in what joins them.

use foldhash::fast::RandomState;
use std::collections::HashMap;

/// In bytes: longer stretches are hardly met a second time, and a text without any space may be one.
pub const LONGEST: usize = 64;

/// A run of letters and digits, apostrophes, and whatever is not ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteRun<'a> {
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// As it stands there.
    pub text: &'a str,
    short: Option<u128>,
}

impl ByteRun<'_> {
    /// The byte after its last.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The stretches of `text`, in order; between them stand ASCII signs and spaces only.
pub fn stretches(text: &str) -> impl Iterator<Item = ByteRun<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(at..)?;
        let start = at + rest.iter().position(|byte| belongs(*byte))?;
        let rest = text.as_bytes().get(start..)?;
        let len = rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
        at = start + len;
        Some(ByteRun { start, text: text.get(start..at)?, short: short(rest, len) })
    })
}

/// Whether a stretch goes on with that byte.
fn belongs(byte: u8) -> bool {
    const BELONGS: [bool; 256] = {
        let mut table = [true; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'\'' | b'`');
            byte += 1;
        }
        table
    };
    BELONGS[byte as usize]
}

/// The first `len` bytes with zeros behind them, where they are at most 16; no two stretches have the same, for none
/// has a zero.
fn short(bytes: &[u8], len: usize) -> Option<u128> {
    const ROOM: usize = size_of::<u128>();
    let unused = u32::try_from(ROOM.checked_sub(len)?).ok()?;
    let sixteen = match bytes.first_chunk::<ROOM>() {
        Some(chunk) => u128::from_le_bytes(*chunk),
        // The end of the text.
        None => bytes.iter().rev().fold(0, |all, byte| all << 8 | u128::from(*byte)),
    };
    Some(sixteen & u128::MAX.checked_shr(unused * 8)?)
}

/// What was found out about stretches: nearly all take at most 16 bytes, and are compared at once.
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
    /// What is kept of the stretch.
    pub fn get(&self, stretch: &ByteRun<'_>) -> Option<T> {
        match &stretch.short {
            Some(short) => self.short.get(short),
            None => self.long.get(stretch.text),
        }
        .copied()
    }

    /// Keeps that of the stretch; whether it is worth it is for the caller to say (`LONGEST`).
    pub fn insert(&mut self, stretch: &ByteRun<'_>, what: T) {
        match stretch.short {
            Some(short) => self.short.insert(short, what),
            None => self.long.insert(stretch.text.into(), what),
        };
    }

    /// Of how many stretches something is kept.
    pub fn count(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;
    use proptest::prelude::*;

    #[test]
    fn signs_and_spaces_of_ascii_part_stretches() {
        let found: Vec<_> = stretches("-Đ/c H’Nhinh, “6-NQ/TW”…\n").map(|s| (s.start, s.text)).collect();
        assert_eq!(found, [(1, "Đ"), (4, "c"), (6, "H’Nhinh"), (17, "“6"), (22, "NQ"), (25, "TW”…")]);
        assert_eq!(stretches("").count() + stretches(" , ").count(), 0);
    }

    #[test]
    fn what_is_kept_is_found_again_wherever_the_stretch_stands() {
        let mut kept = RunCache::default();
        let words = ["a", "aa", "Đ", "nghiêng", "0123456789abcdef", "0123456789abcdefg", "Khăm‑liêng‑Ụ‑thạ"];
        for (n, word) in words.iter().enumerate() {
            stretches(word).for_each(|stretch| kept.insert(&stretch, n));
        }
        let text = words.join(" ");
        let found: Vec<_> = stretches(&text).map(|stretch| kept.get(&stretch)).collect();
        assert_eq!(found, (0..words.len()).map(Some).collect::<Vec<_>>());
        assert_eq!(kept.count(), words.len());
        assert!(stretches("aaa b 0123456789abcde").all(|stretch| kept.get(&stretch).is_none()));
    }

    proptest! {
        #[test]
        fn no_word_goes_beyond_its_stretch(text in "[ -~]{0,30}|[a-cạ-ỹ'’`\u{301} ,.–“”]{0,40}|\\PC{0,40}") {
            let parted: Vec<_> = stretches(&text)
                .flat_map(|stretch| words(stretch.text).map(move |word| (stretch.start + word.start, word.text)))
                .collect();
            let whole: Vec<_> = words(&text).map(|word| (word.start, word.text)).collect();
            prop_assert_eq!(parted, whole);
        }
    }
}
