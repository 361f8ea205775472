//! Scores one candidate after the other: whether each word of the query can be found in the name, the rank or the
//! posts, where, and how closely. `prefilter` chooses which people are scored, `top_k` which of them are shown.

mod candidate_scorer;
pub mod fuzzy_match;
mod initials_match;
mod rank_and_posts;
mod word_groups;

pub use candidate_scorer::CandidateScorer;
pub use initials_match::InitialsMatch;
pub use rank_and_posts::{ContextMatches, ContextRun, LineScope};
pub use word_groups::NameShapes;

use super::query_matches::{FinderQuery, WordMatch};
use crate::search::matching::Tier;
use std::cmp::Reverse;

/// How much counts as a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchMode {
    /// The query as typed. Words that together name a rank, post, unit or place stay together.
    Strict,
    /// The same, but such words may be separate if the first of them is a word of the name: `thi hieu pho tong` does
    /// not mean a hiệu phó.
    SplitPhrases,
    /// One typo, or the letters of the query with others between them, too.
    Fuzzy,
    /// A typo in each of two words of the name, if another word of the query matches without one.
    TwoTypos,
}

impl MatchMode {
    /// The most words of the query that may have a typo.
    pub fn typos(self) -> usize {
        match self {
            Self::Strict | Self::SplitPhrases => 0,
            Self::Fuzzy => 1,
            Self::TwoTypos => 2,
        }
    }
}

/// One pass of a query over its candidates.
pub struct SearchPass<'a> {
    pub query: &'a FinderQuery<'a>,
    pub shapes: Option<&'a NameShapes>,
    pub mode: MatchMode,
    /// Computed with typos if the mode is `Fuzzy`; with two, both are in the name.
    pub context: ContextMatches,
}

/// How closely a candidate matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CandidateScore {
    /// The tier of the least close query word.
    pub tier: Tier,
    /// Higher is closer, among candidates of one tier.
    pub points: i64,
    /// No keystrokes of the query compose another word than the name has.
    pub keystrokes_agree: bool,
    /// A former rank or post is needed.
    pub is_former: bool,
}

impl CandidateScore {
    /// The score of every candidate for an empty query.
    pub const EMPTY_QUERY: Self = Self { tier: Tier::Exact, points: 0, keystrokes_agree: true, is_former: false };

    /// Whether the candidate only resembles the query.
    pub fn is_fuzzy(&self) -> bool {
        self.tier == Tier::Fuzzy || !self.keystrokes_agree
    }

    /// The sort key; the closest candidate has the smallest.
    pub fn key(&self) -> impl Ord + use<> {
        (self.is_fuzzy(), self.is_former, self.tier, Reverse(self.points))
    }
}

/// Where a query word was found.
#[derive(Clone, Copy, Debug)]
pub enum MatchPlace {
    /// In one word of the name.
    Name(NamePlace),
    /// Over several words of the name: initials, or a name typed without spaces.
    Initials(InitialsMatch),
    /// In the rank or in a post.
    Context(ContextRun),
}

/// A word of a name that a query word matches.
#[derive(Clone, Copy, Debug)]
pub struct NamePlace {
    /// The position of the word in the name.
    pub at: usize,
    pub word_match: WordMatch,
}

/// Where a candidate matches the query.
#[derive(Clone, Debug)]
pub enum MatchPlaces {
    /// For each query word, in order.
    Words(Box<[MatchPlace]>),
    /// Only the letters match: characters of the folded name.
    Letters(Box<[usize]>),
}

/// The words of a name that a query word has taken, a bit each. All words after the 31st share the last bit, which is
/// harmless: no name is that long.
#[derive(Clone, Copy, Debug, Default)]
pub struct UsedWords(u32);

impl UsedWords {
    /// Whether word `at` of the name is taken.
    pub fn contains(self, at: usize) -> bool {
        self.0 >> at.min(31) & 1 != 0
    }

    /// Takes word `at` of the name.
    pub fn insert(&mut self, at: usize) {
        self.0 |= 1 << at.min(31);
    }
}
