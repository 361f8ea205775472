//! What is worked out of a query once, in whichever ways it is read afterwards: the ranks and posts that may answer, and
//! the names. Each is worked out when it is first needed.

use super::candidates::{CandidateSet, NameCandidates};
use super::index::FinderIndex;
use super::query::FinderQuery;
use super::rank_and_posts::ContextAnswers;
use super::rank_candidate::MatchMode;
use std::cell::OnceCell;

/// A query to be answered from a register.
pub(super) struct PreparedQuery<'a> {
    pub query: &'a FinderQuery,
    register: &'a FinderIndex,
    named: OnceCell<NameCandidates>,
    plain: OnceCell<ContextAnswers>,
    typos: OnceCell<ContextAnswers>,
}

impl<'a> PreparedQuery<'a> {
    pub fn new(query: &'a FinderQuery, register: &'a FinderIndex) -> Self {
        Self { query, register, named: OnceCell::new(), plain: OnceCell::new(), typos: OnceCell::new() }
    }

    /// The ranks and posts that may answer, in a way of reading it.
    pub fn answering(&self, reading: MatchMode) -> &ContextAnswers {
        let typos = reading == MatchMode::Fuzzy;
        let kept = if typos { &self.typos } else { &self.plain };
        kept.get_or_init(|| ContextAnswers::new(self.query, self.register, typos))
    }

    /// Who may answer, in a way of reading it.
    pub fn possible(&self, reading: MatchMode) -> CandidateSet {
        let named = self.named.get_or_init(|| NameCandidates::new(self.query, self.register));
        CandidateSet::new(self.query, self.register, named, self.answering(reading), reading == MatchMode::Fuzzy)
    }
}
