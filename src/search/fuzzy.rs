//! Finding officials by whatever is typed of them: names in any order, with or without tones, as keystrokes, as
//! initials, with a typo; ranks, posts and units beside the name. One rule stands above all: a syllable typed with a
//! tone or mark is never answered by another one. What only resembles the query says so.

mod candidates;
mod highlight;
mod honorifics;
mod index;
mod initials_index;
mod initials_match;
mod name_shapes;
mod packed_lists;
mod prepared_query;
mod query;
mod rank_and_posts;
mod rank_candidate;
mod skim;
mod top_k;

pub use crate::search::matching::Tier;

use crate::report::{Day, Span};
use index::FinderIndex;
use prepared_query::PreparedQuery;
use query::FinderQuery;
use rank_candidate::MatchMode;
use std::borrow::Borrow;
use std::panic::resume_unwind;
use std::thread;
use top_k::TopK;

/// Somebody who can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// The name, without rank or title.
    pub name: String,
    /// The canonical rank.
    pub rank: Option<String>,
    /// Posts with their units, the latest first.
    pub posts: Vec<String>,
    /// In how many reports.
    pub reports: usize,
    /// When last.
    pub last: Option<Day>,
}

/// Somebody found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinderHit {
    /// Place among the candidates.
    pub index: usize,
    /// How closely the name answers.
    pub tier: Tier,
    /// The name does not contain what was typed.
    pub fuzzy: bool,
    /// Higher is closer, tiers and what only resembles the query included.
    pub score: i64,
    /// What of the name answered, in bytes, in order.
    pub spans: Vec<Span>,
}

/// The best hits and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FinderResult {
    /// The best, best first.
    pub hits: Vec<FinderHit>,
    /// How many candidates answer.
    pub total: usize,
}

/// A candidate who answers.
#[derive(Clone, Copy)]
struct ScoredCandidate {
    /// Place among the candidates.
    index: usize,
    judged: rank_candidate::CandidateScore,
    /// How the query was read.
    reading: MatchMode,
}

/// What a tier is worth in the score that is told: more than all that can be earned within one.
const A_TIER: i64 = 100_000;

/// Once this many candidates answer, those that only resemble the query are left out.
const ENOUGH: usize = 20;

/// Above so many candidates that may answer, two threads and more judge them.
const MANY: usize = if cfg!(test) { 2 } else { 10_000 };

/// Candidates made ready for many queries.
#[derive(Debug, Default)]
pub struct Finder {
    register: FinderIndex,
}

impl Finder {
    /// Prepares the candidates; their order is the `index` of hits.
    pub fn new(candidates: impl IntoIterator<Item: Borrow<Candidate>>) -> Self {
        Self { register: FinderIndex::new(candidates) }
    }

    /// How many candidates there are.
    pub fn len(&self) -> usize {
        self.register.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best `limit` of those who answer, best first, and how many answer. An empty query gives everybody, the most
    /// often named first. What somebody is called before the name (`đồng chí`, `ông`) is passed over where nobody
    /// answers to it, and a space where a name has an apostrophe (`H Nhinh`).
    pub fn find(&self, typed: &str, limit: usize) -> FinderResult {
        let typed = honorifics::without_sign(typed).unwrap_or(typed);
        let found = |answer: &FinderResult| answer.hits.iter().any(|hit| !hit.fuzzy);
        let whole = self.find_as_typed(typed, limit);
        if found(&whole) {
            return whole;
        }
        let named = honorifics::without(typed).map(|name| self.find(name, limit)).filter(found);
        let joined = || with_apostrophes(typed).map(|name| self.find_as_typed(&name, limit)).find(found);
        named.or_else(joined).unwrap_or(whole)
    }

    fn find_as_typed(&self, typed: &str, limit: usize) -> FinderResult {
        let query = FinderQuery::new(typed, &self.register);
        let asked = PreparedQuery::new(&query, &self.register);
        let (mut found, total) = if query.is_empty() {
            let everybody = |index| ScoredCandidate {
                index,
                judged: rank_candidate::CandidateScore::everybody(),
                reading: MatchMode::Strict,
            };
            self.best(limit, (0..self.len()).map(everybody)).agreeing()
        } else {
            self.judge_all(&asked, limit)
        };
        found.truncate(limit);
        let hits = found.iter().filter_map(|found| self.hit(found, &asked)).collect();
        FinderResult { hits, total }
    }

    /// The closest who answer, at least `limit` of them if there are so many, and how many answer.
    fn judge_all(&self, asked: &PreparedQuery, limit: usize) -> (Vec<ScoredCandidate>, usize) {
        let most = limit.max(ENOUGH);
        let mut best = self.judge(asked, MatchMode::Strict, most);
        // Where no words together name anything, nothing can stand apart.
        if best.is_empty() && asked.query.groupings.iter().any(|groups| !groups.is_empty()) {
            best = self.judge(asked, MatchMode::Apart, most);
        }
        let (mut found, mut total) = best.agreeing();
        if total < ENOUGH {
            let mut alike = self.judge(asked, MatchMode::Fuzzy, ENOUGH + total).all();
            alike.retain(|one| found.iter().all(|found| found.index != one.index));
            alike.truncate(ENOUGH);
            total += alike.len();
            found.extend(alike);
        }
        (found, total)
    }

    /// The closest who answer so.
    fn judge(&self, asked: &PreparedQuery, reading: MatchMode, most: usize) -> TopK {
        let (query, answering) = (asked.query, asked.answering(reading));
        let possible = asked.possible(reading);
        let judged = |people: &mut dyn Iterator<Item = usize>| {
            let mut judge = rank_candidate::CandidateScorer::new(query, &self.register, answering, reading);
            let judged =
                |index| Some(ScoredCandidate { index, judged: judge.judge(&self.register.entry(index)?)?, reading });
            self.best(most, people.filter_map(judged))
        };
        let cores = if possible.len() < MANY { 1 } else { thread::available_parallelism().map_or(1, usize::from) };
        thread::scope(|scope| {
            let mut parts = possible.parts(cores);
            let first = parts.next();
            let judged = &judged;
            let others: Vec<_> = parts.map(|mut part| scope.spawn(move || judged(&mut part))).collect();
            let best = first.map_or_else(|| TopK::new(most), |mut part| judged(&mut part));
            let done = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            done.fold(best, TopK::merge)
        })
    }

    fn best(&self, most: usize, found: impl Iterator<Item = ScoredCandidate>) -> TopK {
        let mut best = TopK::new(most);
        found.for_each(|one| best.add(one, self.register.seen(one.index)));
        best
    }

    fn hit(&self, found: &ScoredCandidate, asked: &PreparedQuery) -> Option<FinderHit> {
        let ScoredCandidate { index, judged, reading } = *found;
        let (query, register) = (asked.query, &self.register);
        let mut judge = rank_candidate::CandidateScorer::new(query, register, asked.answering(reading), reading);
        let spans = highlight::spans(query, register, &register.entry(index)?, &mut judge);
        let fuzzy = judged.resembles();
        let above = if fuzzy { 0 } else { Tier::Fuzzy as i64 - judged.tier as i64 };
        let within = (judged.score + A_TIER / 2).clamp(0, A_TIER - 1);
        Some(FinderHit { index, tier: judged.tier, fuzzy, score: above * A_TIER + within, spans })
    }
}

/// What was typed with an apostrophe in place of one of its spaces: those behind one or two letters, as minority names
/// begin (docs/domain.md §2.2).
fn with_apostrophes(typed: &str) -> impl Iterator<Item = String> {
    let spaces = typed.match_indices(' ').map(|(at, _)| at);
    spaces.filter_map(|at| {
        let (before, after) = (typed.get(..at)?, typed.get(at + 1..)?);
        let letters = before.rsplit(' ').next()?.chars().count();
        ((1..=2).contains(&letters) && !after.is_empty()).then(|| format!("{before}’{after}"))
    })
}

/// Everybody who answers `typed`, best first. For many queries over the same candidates keep a `Finder`.
pub fn find(typed: &str, candidates: &[Candidate]) -> Vec<FinderHit> {
    Finder::new(candidates).find(typed, usize::MAX).hits
}

#[cfg(test)]
mod tests;
