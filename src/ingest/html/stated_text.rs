//! Compares the rows of a page with the article's text as structured data state it (`articleBody`). Where they have it,
//! the rows that repeat it are the article, whatever the markup calls them. Linear in both texts.

use super::rows::HtmlRows;
use crate::text::words::folded_words;
use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::hash::BuildHasher;
use std::ops::Range;

/// Words that are compared at a time: fewer occur anywhere by chance.
const RUN_WORDS: usize = 3;
/// A shorter stated text is a lead.
const MIN_RUNS: usize = 40;

/// How often the rows repeat the stated text.
pub(super) struct StatedText {
    /// Number of different runs of words in the stated text.
    pub runs: usize,
    /// For each row, the number of its runs, and of those that are in the stated text.
    pub rows: Vec<(usize, usize)>,
}

impl StatedText {
    /// Compares the rows. `None` if the page states no text, or a short one.
    pub fn new(page: &HtmlRows) -> Option<Self> {
        let stated = page.meta.data.body.as_deref()?;
        let hasher = RandomState::default();
        let stated: HashSet<u64, RandomState> = runs(stated, &hasher).into_iter().collect();
        if stated.len() < MIN_RUNS {
            return None;
        }
        let rows = page.rows.iter().map(|row| {
            let runs = runs(page.text_of(row), &hasher);
            (runs.len(), runs.iter().filter(|run| stated.contains(run)).count())
        });
        Some(Self { runs: stated.len(), rows: rows.collect() })
    }

    /// Number of runs of these rows, and of those that are in the stated text.
    pub fn within(&self, range: &Range<usize>) -> (usize, usize) {
        let rows = self.rows.get(range.clone()).unwrap_or_default();
        rows.iter().fold((0, 0), |(all, same), row| (all + row.0, same + row.1))
    }
}

/// The hashes of all runs of words. A shorter text has one run.
fn runs(text: &str, hasher: &RandomState) -> Vec<u64> {
    let folded = folded_words(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() < RUN_WORDS {
        return if words.is_empty() { Vec::new() } else { vec![hasher.hash_one(&words)] };
    }
    words.windows(RUN_WORDS).map(|run| hasher.hash_one(run)).collect()
}
