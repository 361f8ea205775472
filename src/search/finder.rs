//! The officials finder. Finds people by their names, in any order, with or without tones, as keystrokes, as initials
//! or with a typo, and by their ranks, posts and units. One rule above all: a syllable typed with a tone or mark never
//! matches a syllable with another one. A hit that only resembles the query is marked as such.
//!
//! A query passes through these modules:
//!
//! ```text
//! finder ──> query ──────> prefilter ────> score ───────────> top_k ────> highlight
//! Finder     compared      bit set of      score of each      best k      bytes of the
//!            with each     candidates      candidate, and     of them     name to mark
//!            indexed word                  matched places
//! ```
//!
//! A query is read strictly, and with phrases split if nothing was found. Each reading makes one pass over the present
//! ranks and posts, and if that finds little, another over the former ones too. Only if nobody matches, another pass
//! finds a few who resemble the query by one typo, and if there is nobody either, a last one by two in the name.

mod highlight;
mod index;
mod prefilter;
mod query_matches;
mod quick_reject;
mod score;
mod top_k;
mod typo;

pub use crate::search::matching::Tier;
pub use highlight::FormerMatch;

use crate::officials::OfficialSummary;
use crate::officials::career::FormerTenure;
use crate::report::{Day, Span};
use index::{FinderIndex, IndexBuilder};
use prefilter::{CandidateSet, NameCandidates};
use query_matches::{FinderQuery, honorifics};
pub use score::fuzzy_match::match_letters as letter_match;
use score::{
    CandidateScore, CandidateScorer, ContextMatches, LineScope, MatchMode, MatchPlaces, NameShapes, SearchPass,
};
use std::panic::resume_unwind;
use std::thread;
use top_k::{RankedMatch, RankedMatches, ScoredPerson, TopK};

/// An official whom the finder can return. Read only while a `Finder` is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Without rank or title.
    pub name: &'a str,
    /// Canonical name of the rank.
    pub rank: Option<&'a str>,
    /// Each with its unit, the latest first.
    pub posts: &'a [String],
    /// Ranks and posts that the person does not have now. A match that needs one of them ranks below all that do not.
    pub former: &'a [FormerTenure],
    /// The number of reports that name the person.
    pub reports: usize,
    /// The day of the last of them.
    pub last: Option<Day>,
}

impl<'a> From<&'a OfficialSummary> for Candidate<'a> {
    fn from(official: &'a OfficialSummary) -> Self {
        Self {
            name: &official.name,
            rank: official.rank.map(|rank| rank.name),
            posts: &official.posts,
            former: &official.former,
            reports: official.reports,
            last: official.last.map(|last| last.day),
        }
    }
}

/// A candidate that matches a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinderHit {
    /// The position among the candidates.
    pub index: usize,
    /// How closely the name matches.
    pub tier: Tier,
    /// The candidate only resembles the query.
    pub fuzzy: bool,
    /// Higher is closer; comparable across tiers.
    pub score: i64,
    /// The parts of the name that match: byte spans, ascending.
    pub spans: Vec<Span>,
    /// The former ranks and posts that match, in the order of `Candidate::former`; empty if the candidate matches
    /// without them.
    pub former: Vec<FormerMatch>,
}

/// The best hits, and the number of all matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FinderResult {
    /// Sorted, the best first.
    pub hits: Vec<FinderHit>,
    /// The number of candidates that match, which may be more than the hits returned.
    pub total: usize,
}

impl FinderResult {
    /// Whether any hit matches, rather than only resembles the query.
    fn has_certain_hit(&self) -> bool {
        self.hits.iter().any(|hit| !hit.fuzzy)
    }
}

/// Thresholds of the finder. Results do not depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinderLimits {
    /// The number of candidates from which several threads score them: with fewer, starting threads costs more than it
    /// saves.
    pub parallel_candidates: usize,
}

impl Default for FinderLimits {
    fn default() -> Self {
        Self { parallel_candidates: 10_000 }
    }
}

impl FinderLimits {
    /// Limits so small that a test with a few people reaches them.
    pub fn tiny() -> Self {
        Self { parallel_candidates: 2 }
    }
}

/// The distance between two tiers in `FinderHit::score`: more than the points within one tier can differ.
const TIER_POINTS: i64 = 100_000;

/// With this many matches former ranks and posts are not searched: they would only add people below the end of the
/// screen.
const ENOUGH: usize = 20;

/// The most hits that only resemble the query, and only if no candidate matches it: beside a match they are noise, and
/// many of them hide the one that was meant.
const MOST_ALIKE: usize = 5;

/// A finder while it is built, from candidates of which each is needed only until the next one is added.
#[derive(Default)]
pub struct FinderBuilder {
    index: IndexBuilder,
}

impl FinderBuilder {
    /// Adds a candidate; `FinderHit::index` is the position in this order.
    pub fn add(&mut self, candidate: &Candidate<'_>) {
        self.index.add(candidate);
    }

    /// The finder of all that were added.
    pub fn finish(self, limits: FinderLimits) -> Finder {
        Finder { index: self.index.finish(), limits }
    }
}

/// Candidates indexed for many queries.
#[derive(Debug, Default)]
pub struct Finder {
    index: FinderIndex,
    limits: FinderLimits,
}

impl Finder {
    /// Indexes the candidates; `FinderHit::index` is the position in this order.
    pub fn new<'a>(candidates: impl IntoIterator<Item = impl Into<Candidate<'a>>>) -> Self {
        Self::with_limits(candidates, FinderLimits::default())
    }

    /// The same with other thresholds.
    pub fn with_limits<'a>(
        candidates: impl IntoIterator<Item = impl Into<Candidate<'a>>>,
        limits: FinderLimits,
    ) -> Self {
        let mut builder = FinderBuilder::default();
        for candidate in candidates {
            builder.add(&candidate.into());
        }
        builder.finish(limits)
    }

    /// The number of candidates.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there are no candidates.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best `limit` candidates that match, best first, and the number of all that match. An empty query returns
    /// all candidates, the most frequent first.
    ///
    /// If no candidate matches except by resemblance, the query is read in two more ways, and the first that finds a
    /// match is taken:
    /// 1. without the honorific that it begins with (`đồng chí`, `ông`). For this `find` calls itself, so that all of
    ///    several honorifics in a row are removed. It ends because each call has at least one word less.
    ///    If that finds only who resembles the query, they are taken where as typed nobody does.
    /// 2. with an apostrophe in place of a space (`H Nhinh` for `H’Nhinh`), once for each space that may be one.
    pub fn find(&self, typed: &str, limit: usize) -> FinderResult {
        let typed = honorifics::after_abbreviation(typed).unwrap_or(typed);
        let as_typed = self.find_as_typed(typed, limit);
        if as_typed.has_certain_hit() {
            return as_typed;
        }
        let mut resembling = as_typed;
        if let Some(rest) = honorifics::after_honorific(typed) {
            let without_honorific = self.find(rest, limit);
            if without_honorific.has_certain_hit() {
                return without_honorific;
            }
            if resembling.hits.is_empty() {
                resembling = without_honorific;
            }
        }
        let mut joined = with_apostrophes(typed).map(|name| self.find_as_typed(&name, limit));
        joined.find(FinderResult::has_certain_hit).unwrap_or(resembling)
    }

    fn find_as_typed(&self, typed: &str, limit: usize) -> FinderResult {
        let query = FinderQuery::new(typed, &self.index);
        let RankedMatches { mut best, total } =
            if query.is_empty() { self.everybody(limit) } else { self.search(&query, limit) };
        best.truncate(limit);
        let hits = best.iter().filter_map(|found| self.hit(&query, found)).collect();
        FinderResult { hits, total }
    }

    fn everybody(&self, limit: usize) -> RankedMatches {
        let mut best = TopK::new(limit);
        for person in 0..self.len() {
            let scored = self.scored(person, CandidateScore::EMPTY_QUERY, MatchMode::Strict);
            best.add(scored, || MatchPlaces::Words(Box::default()));
        }
        best.into_agreeing()
    }

    /// Makes the passes of a query. Returns the best matches, at least `limit` if there are that many, and the number
    /// of all matches. If none is certain, returns the few that resemble the query most.
    fn search(&self, query: &FinderQuery, limit: usize) -> RankedMatches {
        let wanted = limit.max(ENOUGH);
        let (shapes, names) = (NameShapes::new(query), NameCandidates::new(query));
        let pass = |mode, lines| SearchPass {
            query,
            shapes: shapes.as_ref(),
            mode,
            context: ContextMatches::new(query, mode == MatchMode::Fuzzy, lines),
        };
        let run = |mode, lines, capacity| {
            let pass = pass(mode, lines);
            let candidates = CandidateSet::new(query, &names, &pass.context, mode);
            self.score_all(&pass, &candidates, capacity)
        };
        let mut found = RankedMatches::default();
        for mode in [MatchMode::Strict, MatchMode::SplitPhrases] {
            if found.total > 0 || (mode == MatchMode::SplitPhrases && !query.has_phrases()) {
                break;
            }
            found = run(mode, LineScope::Present, wanted).into_agreeing();
            // This finds the others again. It is a pass of its own because most queries have enough matches without it.
            if found.total < ENOUGH && self.index.has_former_lines() {
                found = run(mode, LineScope::All, wanted).into_agreeing();
            }
        }
        if found.best.iter().any(|one| !one.scored.score.is_fuzzy()) {
            return found;
        }
        let found = with_fuzzy(found, run(MatchMode::Fuzzy, LineScope::All, 2 * MOST_ALIKE));
        if found.total > 0 || query.terms.len() <= MatchMode::TwoTypos.typos() {
            return found;
        }
        with_fuzzy(found, run(MatchMode::TwoTypos, LineScope::All, 2 * MOST_ALIKE))
    }

    /// The best `capacity` of the candidates. Many candidates are scored by as many threads as there are processors.
    fn score_all(&self, pass: &SearchPass, candidates: &CandidateSet, capacity: usize) -> TopK {
        let is_many = candidates.len() >= self.limits.parallel_candidates;
        let threads = if is_many { thread::available_parallelism().map_or(1, usize::from) } else { 1 };
        thread::scope(|scope| {
            let mut parts = candidates.parts(threads);
            // This thread scores the first part itself: one thread less to start, and none at all if there is one part.
            let first = parts.next();
            let others: Vec<_> = parts
                .map(|part| {
                    let other = part.clone();
                    let thread = thread::Builder::new();
                    // With no thread to be had, this one scores that part too.
                    thread.spawn_scoped(scope, move || self.score_part(pass, part, capacity)).map_err(|_| other)
                })
                .collect();
            let best = first.map_or_else(|| TopK::new(capacity), |part| self.score_part(pass, part, capacity));
            let others = others.into_iter().map(|other| match other {
                Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
                Err(part) => self.score_part(pass, part, capacity),
            });
            others.fold(best, TopK::merge)
        })
    }

    fn score_part(&self, pass: &SearchPass, people: impl Iterator<Item = usize>, capacity: usize) -> TopK {
        let mut scorer = CandidateScorer::new(pass);
        let mut best = TopK::new(capacity);
        for number in people {
            let Some(score) = self.index.person(number).and_then(|person| scorer.score(&person)) else { continue };
            best.add(self.scored(number, score, pass.mode), || scorer.places());
        }
        best
    }

    fn scored(&self, person: usize, score: CandidateScore, mode: MatchMode) -> ScoredPerson {
        ScoredPerson { person, score, mode, frequency_rank: self.index.frequency_rank(person) }
    }

    fn hit(&self, query: &FinderQuery, found: &RankedMatch) -> Option<FinderHit> {
        let ScoredPerson { person: index, score, .. } = found.scored;
        let spans = highlight::spans(query, &self.index.person(index)?, &found.places);
        let former = highlight::former_matches(&self.index.person(index)?, &self.index, &found.places);
        let fuzzy = score.is_fuzzy();
        let level = match (fuzzy, score.is_former) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 2 + Tier::Fuzzy as i64 - score.tier as i64,
        };
        // Points may be negative: shift them to the middle of the range of the level, so that levels never overlap.
        let within_level = (score.points + TIER_POINTS / 2).clamp(0, TIER_POINTS - 1);
        let score_of_all = level * TIER_POINTS + within_level;
        Some(FinderHit { index, tier: score.tier, fuzzy, score: score_of_all, spans, former })
    }
}

/// The `MOST_ALIKE` best that resemble the query: those in `found`, whose keystrokes compose another word, then those
/// of the fuzzy pass, which has found the former again.
fn with_fuzzy(mut found: RankedMatches, fuzzy: TopK) -> RankedMatches {
    let mut fuzzy = fuzzy.into_all();
    found.best.truncate(MOST_ALIKE);
    fuzzy.retain(|one| found.best.iter().all(|known| known.scored.person != one.scored.person));
    found.best.extend(fuzzy);
    found.best.sort_by_key(|one| one.scored.score.is_former);
    found.best.truncate(MOST_ALIKE);
    found.total = found.best.len();
    found
}

/// The query with an apostrophe in place of one of its spaces, once for each space after a word of one or two letters:
/// minority names begin like that (`H’Nhinh`, `K’Dăm`; docs/domain.md §2.2).
fn with_apostrophes(typed: &str) -> impl Iterator<Item = String> {
    typed.match_indices(' ').filter_map(|(at, _)| {
        let (before, after) = (typed.get(..at)?, typed.get(at + 1..)?);
        let letters = before.rsplit(' ').next()?.chars().count();
        ((1..=2).contains(&letters) && !after.is_empty()).then(|| format!("{before}’{after}"))
    })
}

/// All candidates that match, best first. For many queries over the same candidates keep a `Finder`.
pub fn find<'a>(typed: &str, candidates: impl IntoIterator<Item = impl Into<Candidate<'a>>>) -> Vec<FinderHit> {
    Finder::new(candidates).find(typed, usize::MAX).hits
}

#[cfg(test)]
mod tests;
