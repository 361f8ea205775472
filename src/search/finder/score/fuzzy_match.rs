//! The crate `fuzzy-matcher` behind one function. It knows no Vietnamese, so it sees folded text only, and only names
//! whose words do not match the query but whose letters may.

use crate::search::finder::quick_reject::in_order;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::sync::OnceLock;

/// A name that contains the letters of the query in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterMatch {
    pub score: i64,
    /// Where each letter of the query was found, in characters of the folded name, ascending.
    pub letters: Vec<usize>,
}

/// The score of `query` in `name`, both folded; `None` if `name` does not contain its letters in order.
pub fn match_letters(name: &str, query: &str) -> Option<LetterMatch> {
    static MATCHER: OnceLock<SkimMatcherV2> = OnceLock::new();
    if !in_order(name, query) {
        return None;
    }
    let matcher = MATCHER.get_or_init(|| SkimMatcherV2::default().ignore_case());
    matcher.fuzzy_indices(name, query).map(|(score, letters)| LetterMatch { score, letters })
}
