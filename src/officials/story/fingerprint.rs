//! The fingerprint of a report: what is kept of it to find others that tell the same event. It is computed in one pass
//! over the folded words that the index has anyway, by the threads that read files: some microseconds a page.
//!
//! The hashes are our own, because they are kept in the cache: those of a library may change with its version. The
//! signature is MinHash by *one permutation*: each shingle is hashed once; the upper bits choose a bin, the lower ones
//! compete in it. Bins of short texts that stay empty borrow the value of another bin, chosen by a hash of the empty
//! one (optimal densification), so that two short texts borrow alike.

use super::address_key;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Words of a shingle. Fewer are common to all reports of a genre; of more, one edit destroys too many.
const WIDTH: usize = 5;
/// Bins of the signature: the estimate then errs by some 4 in a hundred.
pub(super) const BINS: usize = 128;
/// Upper bits of a hash that choose the bin.
const BIN_BITS: u32 = BINS.trailing_zeros();
/// Keys made of two bins each. Two texts that have half of their shingles in common share one in 97 cases of 100.
const BANDS: usize = 12;
/// With no more bins filled, those of a text of a few words, the nearest of them is looked up (`Distances`): on the way
/// to it there would be up to thousands of empty ones.
const FEW_BINS: usize = 11;
/// Figures that are kept, at most.
const MAX_FIGURES: usize = 48;

/// Bytes of a packed fingerprint before its keys.
const HEAD: usize = BINS + 4 * 4;

/// What is kept of a report to compare it with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Eight bits of the least hash in each bin.
    pub(super) signature: [u8; BINS],
    /// The number of shingles.
    pub(super) shingles: u32,
    /// A hash of the folded title.
    pub(super) title: u32,
    /// A hash of the address (`address_key`).
    pub(super) address: Option<u32>,
    /// The day that the text itself states, in days since 1970.
    pub(super) day: Option<i32>,
    /// Two reports that share none are not compared.
    keys: Vec<u32>,
    /// Hashes of numbers with the word behind them: the lowest, in order.
    pub(super) figures: Vec<u16>,
}

impl Fingerprint {
    /// A report has no more keys.
    pub const MOST_KEYS: usize = BANDS + 1;

    /// The fingerprint of a report. `title` and `text` are folded words with one space between; `day` is the one that
    /// the text states, in days since 1970.
    pub fn of(title: &str, text: &str, url: Option<&str>, day: Option<i32>) -> Self {
        let words: Vec<u64> = text.split(' ').filter(|word| !word.is_empty()).map(hash_of).collect();
        let mut least = [u64::MAX; BINS];
        let mut shingles = 0_u32;
        for shingle in words.windows(WIDTH.min(words.len().max(1))) {
            let hash = shingle.iter().fold(0, |sum: u64, word| mixed(sum ^ word));
            let bin = (hash >> (u64::BITS - BIN_BITS)) as usize;
            if let Some(slot) = least.get_mut(bin) {
                *slot = (*slot).min(hash & (u64::MAX >> BIN_BITS));
            }
            shingles = shingles.saturating_add(1);
        }
        fill_empty(&mut least);
        let address = url.and_then(address_key).map(|address| short(hash_of(&address)));
        let mut keys: Vec<u32> = Vec::new();
        if shingles >= super::LEAST_SHINGLES {
            let bands = least.chunks_exact(2).take(BANDS).zip(1_u64..);
            keys.extend(bands.map(|(pair, band)| short(pair.iter().fold(band, |sum, value| mixed(sum ^ value)))));
        }
        // The last one, and not equal to the address itself, which is compared apart.
        keys.extend(address.map(|address| short(mixed(u64::from(address)))));
        Self {
            signature: least.map(|value| mixed(value).to_le_bytes()[0]),
            shingles,
            title: short(hash_of(title)),
            address,
            day,
            keys,
            figures: figures(text),
        }
    }

    /// The keys by which candidates are found, each once.
    pub fn keys(&self) -> BTreeSet<u32> {
        self.keys.iter().copied().collect()
    }

    /// The length of the text, in shingles.
    pub fn shingles(&self) -> u32 {
        self.shingles
    }

    /// The highest hash of a figure up to which all are kept.
    pub(super) fn figures_bound(&self) -> u16 {
        if self.figures.len() < MAX_FIGURES { u16::MAX } else { self.figures.last().copied().unwrap_or(u16::MAX) }
    }

    /// As bytes, for the cache.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.signature.to_vec();
        for number in [self.shingles, self.title, self.address.unwrap_or(0)] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.day.unwrap_or(i32::MIN).to_le_bytes());
        out.push(u8::try_from(self.keys.len()).unwrap_or(u8::MAX));
        self.keys.iter().for_each(|key| out.extend(key.to_le_bytes()));
        self.figures.iter().for_each(|figure| out.extend(figure.to_le_bytes()));
        out
    }

    /// What `to_bytes` has written; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let day = i32::from_le_bytes(bytes.get(HEAD - 4..HEAD)?.try_into().ok()?);
        let (count, rest) = bytes.get(HEAD..)?.split_first()?;
        let (keys, figures) = rest.split_at_checked(usize::from(*count) * 4)?;
        Some(Self {
            signature: bytes.get(..BINS)?.try_into().ok()?,
            shingles: number(BINS)?,
            title: number(BINS + 4)?,
            address: Some(number(BINS + 8)?).filter(|address| *address != 0),
            day: Some(day).filter(|day| *day != i32::MIN),
            keys: keys.chunks_exact(4).filter_map(|key| Some(u32::from_le_bytes(key.try_into().ok()?))).collect(),
            figures: figures.chunks_exact(2).filter_map(|f| Some(u16::from_le_bytes(f.try_into().ok()?))).collect(),
        })
    }
}

/// Gives each empty bin the value of a bin that is not, the first one in an order that depends on the empty bin alone.
fn fill_empty(least: &mut [u64; BINS]) {
    let filled = *least;
    if filled.iter().all(|value| *value == u64::MAX) {
        return;
    }
    let full: Vec<usize> =
        filled.iter().enumerate().filter(|(_, value)| **value != u64::MAX).map(|(bin, _)| bin).collect();
    for (bin, value) in least.iter_mut().enumerate().filter(|(_, value)| **value == u64::MAX) {
        let nearest = if full.len() <= FEW_BINS { Distances::get().nearest(bin, &full) } else { None };
        let found = nearest.or_else(|| turns(bin).find(|turn| filled.get(*turn).is_some_and(|own| *own != u64::MAX)));
        *value = found.and_then(|turn| filled.get(turn)).copied().unwrap_or(0);
    }
}

/// The bins from which an empty one borrows, in their order. Each bin comes up again and again.
fn turns(bin: usize) -> impl Iterator<Item = usize> {
    let next = |turn: &u64| Some(mixed(turn.wrapping_add(1)));
    std::iter::successors(Some(bin as u64), next).skip(1).map(|turn| (turn % BINS as u64) as usize)
}

/// After how many turns each bin comes to each other one. `u16::MAX` where that is more than are tried.
struct Distances(Vec<[u16; BINS]>);

impl Distances {
    /// Computed once, in less than a millisecond.
    fn get() -> &'static Self {
        static DISTANCES: OnceLock<Distances> = OnceLock::new();
        DISTANCES.get_or_init(|| {
            let of_bin = |bin| {
                let mut first = [u16::MAX; BINS];
                for (distance, turn) in (0..4096).zip(turns(bin)) {
                    if let Some(first) = first.get_mut(turn).filter(|first| **first == u16::MAX) {
                        *first = distance;
                    }
                }
                first
            };
            Self((0..BINS).map(of_bin).collect())
        })
    }

    /// The one of `full` to which a bin comes first.
    fn nearest(&self, bin: usize, full: &[usize]) -> Option<usize> {
        let distances = self.0.get(bin)?;
        let (distance, nearest) = full.iter().filter_map(|other| Some((*distances.get(*other)?, *other))).min()?;
        (distance < u16::MAX).then_some(nearest)
    }
}

/// Hashes of the numbers of a text, each with the word behind it: `95 chi`, `2022 dang`.
fn figures(text: &str) -> Vec<u16> {
    let mut words = text.split(' ').peekable();
    let mut found = BTreeSet::new();
    while let Some(word) = words.next() {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let behind = words.peek().copied().unwrap_or_default();
            found.insert((mixed(hash_of(word) ^ hash_of(behind).rotate_left(1)) >> 48) as u16);
        }
    }
    found.into_iter().take(MAX_FIGURES).collect()
}

/// A hash of letters that stays the same for ever (FNV-1a): words have a few bytes each.
fn hash_of(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads what two numbers differ in over all bits (the finalizer of SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Half of a hash, never zero.
fn short(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_give_the_fingerprint_again() {
        let text = (0..90).map(|n| format!("chu {n} nghi")).collect::<Vec<_>>().join(" ");
        let url = Some("https://bao.example.vn/tin-1.html");
        for one in [
            Fingerprint::of("tin", &text, url, Some(-7)),
            Fingerprint::of("", "", None, None),
            Fingerprint::of("", "mot hai", url, None),
        ] {
            assert_eq!(Fingerprint::from_bytes(&one.to_bytes()), Some(one));
        }
        assert_eq!(Fingerprint::from_bytes(b"short"), None);
    }

    #[test]
    fn an_empty_bin_borrows_from_the_first_full_one_of_its_turns() {
        for count in [1, 2, 5, FEW_BINS, FEW_BINS + 1, 40] {
            let mut least = [u64::MAX; BINS];
            for n in 0..count {
                least[(n * 37 + 5) % BINS] = n as u64;
            }
            let before = least;
            fill_empty(&mut least);
            for (bin, value) in least.iter().enumerate() {
                let mut turn = bin as u64;
                let mut wanted = before[bin];
                while wanted == u64::MAX {
                    turn = mixed(turn.wrapping_add(1));
                    wanted = before[(turn % BINS as u64) as usize];
                }
                assert_eq!(*value, wanted, "{count} filled, bin {bin}");
            }
        }
    }

    #[test]
    fn a_figure_is_a_number_with_the_word_behind_it() {
        assert_eq!(figures("dat 95 chi bo"), figures("con 95 chi doan"));
        assert_ne!(figures("dat 95 chi bo"), figures("dat 95 dang vien"));
        assert!(figures("khong co so").is_empty());
    }
}
