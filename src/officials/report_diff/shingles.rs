//! Runs of folded words of a text (shingles). A word counts as known if it is in a run that the other text has too. A
//! run never crosses the end of a paragraph. Time and space are linear in the texts.
//!
//! ```text
//! words     đảng ủy chỉ huy các cấp       RUN = 4
//! runs      └─────────────┘
//!                └────────────┘
//!                   └─────────────┘
//! ```

use crate::report::Span;
use crate::text::words::words;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The number of words in a run; shorter runs recur by chance.
const RUN: usize = 4;

/// The runs of a text.
#[derive(Default)]
pub struct Shingles {
    /// Hashes of the runs. All numbers are equal in them.
    runs: HashSet<u64>,
    /// Hashes of each number with the word before it, and with the word after it.
    numbers: HashSet<u64>,
}

/// A paragraph compared with the known runs.
pub struct ShingleMatch {
    /// The share of its words that are in known runs, in percent.
    pub shared: u8,
    /// The ranges of new words, as bytes of the paragraph.
    pub new: Vec<Span>,
}

impl Shingles {
    /// Adds the runs of one paragraph.
    pub fn add(&mut self, paragraph: &str) {
        let folded: Vec<String> = words(paragraph).map(|w| w.folded()).collect();
        self.runs.extend(runs(&folded));
        self.numbers.extend((0..folded.len()).flat_map(|n| number_pairs(&folded, n)));
    }

    /// Compares a paragraph with the known runs. A number in a known run is still new if the other text has it next to
    /// none of the same words: the formula recurs, the figure does not.
    pub fn in_text(&self, paragraph: &str) -> ShingleMatch {
        let places: Vec<Span> = words(paragraph).map(|w| Span::new(w.start, w.end())).collect();
        let folded: Vec<String> = words(paragraph).map(|w| w.folded()).collect();
        let mut known = vec![false; folded.len()];
        for (start, run) in runs(&folded).enumerate() {
            if self.runs.contains(&run) {
                known.iter_mut().skip(start).take(RUN).for_each(|k| *k = true);
            }
        }
        let count = known.iter().filter(|k| **k).count();
        for (n, known) in known.iter_mut().enumerate() {
            *known &= number_pairs(&folded, n).next().is_none()
                || number_pairs(&folded, n).any(|pair| self.numbers.contains(&pair));
        }
        // `2.540` is two words but one number. If a part of it is new, all of it is, so propagate in both directions.
        let one_number = |a: usize| {
            let between = places.get(a).zip(places.get(a + 1)).and_then(|(a, b)| paragraph.get(a.end..b.start));
            matches!(between, Some("." | ","))
                && [a, a + 1].iter().all(|n| folded.get(*n).is_some_and(|w| is_number(w)))
        };
        for n in (0..known.len().saturating_sub(1)).chain((0..known.len().saturating_sub(1)).rev()) {
            if one_number(n)
                && let [first, second] = known.get_mut(n..n + 2).unwrap_or_default()
            {
                (*first, *second) = (*first && *second, *first && *second);
            }
        }
        let mut new: Vec<Span> = Vec::new();
        let mut before_is_new = false;
        for (place, known) in places.iter().zip(&known) {
            match new.last_mut() {
                Some(last) if !known && before_is_new => last.end = place.end,
                _ if !known => new.push(*place),
                _ => {}
            }
            before_is_new = !known;
        }
        ShingleMatch { shared: u8::try_from(count * 100 / known.len().max(1)).unwrap_or(100), new }
    }
}

/// Returns the hash of each run, in the order of its first word. A text with fewer words than `RUN` is one run. Numbers
/// are all hashed as `0`: the thing counted recurs from report to report, its number does not.
fn runs(folded: &[String]) -> impl Iterator<Item = u64> {
    let length = RUN.min(folded.len().max(1));
    folded.windows(length).map(|run| {
        let mut hasher = DefaultHasher::new();
        for word in run {
            if is_number(word) { "0".hash(&mut hasher) } else { word.hash(&mut hasher) }
        }
        hasher.finish()
    })
}

/// If word `n` is a number: the hashes of it with the word before and with the word after. Otherwise nothing.
fn number_pairs(folded: &[String], n: usize) -> impl Iterator<Item = u64> {
    let pair = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (folded.get(a), folded.get(b)) else { return None };
        let mut hasher = DefaultHasher::new();
        (a, b).hash(&mut hasher);
        Some(hasher.finish())
    };
    let number = folded.get(n).is_some_and(|word| is_number(word));
    let pairs = if number { [n.checked_sub(1).and_then(|b| pair(b, n)), pair(n, n + 1)] } else { [None, None] };
    pairs.into_iter().flatten()
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}
