//! A hash table of some thousands of words. Nearly all words of Vietnamese have at most 16 bytes in UTF-8, so such a
//! word is its own key: two integers, compared in two instructions, with no pointer to follow. Longer words are in a
//! second table.
//!
//! ```text
//! "quân"   71 75 c3 a2 6e 00 00 00 | 00 00 00 00 00 00 00 00     zeros behind the word; no word has a zero byte
//! key      [0x0000006ea2c37571,      0x0000000000000000]         little-endian: the first byte is the lowest
//! ```
//!
//! Cutting an initial off a word, as the check of syllables does 28 times for each new word, is then one shift
//! (`after`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

type WordTable<K> = HashMap<K, u32, BuildHasherDefault<WordHasher>>;

/// Words with a number each.
#[derive(Debug, Default)]
pub struct WordNumbers {
    short: WordTable<[u64; 2]>,
    long: WordTable<Box<str>>,
}

/// A word prepared for lookup: the key above, and the letters for words longer than 16 bytes.
#[derive(Clone, Copy, Debug)]
pub struct WordKey<'a> {
    word: &'a str,
    short: Option<[u64; 2]>,
}

impl<'a> WordKey<'a> {
    /// Prepares a word. Appends 16 zero bytes to the buffer, so that 16 bytes can be read at once for every length of
    /// word, and removes them again.
    pub fn new(word: &'a mut String) -> Self {
        let len = word.len();
        word.push_str("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
        let half = |bytes: &[u8]| bytes.first_chunk().map(|eight| u64::from_le_bytes(*eight));
        let both = word.as_bytes().split_at_checked(8).and_then(|(a, b)| Some([half(a)?, half(b)?]));
        word.truncate(len);
        Self { word, short: both.filter(|_| len <= 16) }
    }

    /// The rest of the word behind `beginning`. `None` if it begins otherwise or is longer than 16 bytes.
    pub fn after(&self, beginning: &str) -> Option<Self> {
        let word = self.word.strip_prefix(beginning)?;
        let [first, second] = self.short?;
        let whole = u128::from(first) | u128::from(second) << 64;
        // The first byte is the lowest.
        let rest = whole.checked_shr(8 * beginning.len() as u32).unwrap_or_default();
        Some(Self { word, short: Some([rest as u64, (rest >> 64) as u64]) })
    }
}

impl WordNumbers {
    /// Gives a word that number unless it has one; the buffer is unchanged afterwards.
    pub fn add(&mut self, word: &mut String, number: u32) {
        let key = WordKey::new(word);
        if let Some(short) = key.short {
            self.short.entry(short).or_insert(number);
        } else {
            self.long.entry(key.word.into()).or_insert(number);
        }
    }

    /// The word's number, if it has one.
    pub fn get(&self, key: &WordKey<'_>) -> Option<u32> {
        match &key.short {
            Some(short) => self.short.get(short).copied(),
            None => self.long.get(key.word).copied(),
        }
    }

    /// The number of words.
    pub fn count(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

/// A fast hash (that of rustc, FxHash) without protection against chosen keys. Use it only where a text cannot choose
/// the stored keys: for words of the tables, numbers of tokens, pairs of letters.
#[derive(Default)]
pub struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, eight: u64) {
        self.0 = (self.0.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.mix(rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        // hashbrown takes the bucket from the low bits and the tag from the high ones; a multiplication mixes only
        // upwards, so the high bits are folded into the low ones.
        self.0 ^ (self.0 >> 29)
    }
}
