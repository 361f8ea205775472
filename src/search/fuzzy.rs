//! Finding officials by whatever is typed of them: names in any order, with or without tones, as keystrokes, as
//! initials, with a typo; ranks, posts and units beside the name. One rule stands above all: a syllable typed with a
//! tone or mark is never answered by another one. What only resembles the query says so.

mod address;
mod context;
mod judge;
mod possible;
mod query;
mod score;
mod spans;
mod spread;

pub use crate::search::matching::Tier;

use crate::report::{Day, Span};
use crate::search::matching::Prepared;
use crate::text::telex::squeeze;
use crate::text::words::words;
use judge::Reading;
use query::Query;
use std::collections::HashMap;

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
pub struct Hit {
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
pub struct Answer {
    /// The best, best first.
    pub hits: Vec<Hit>,
    /// How many candidates answer.
    pub total: usize,
}

/// A candidate who answers.
#[derive(Clone, Copy)]
struct Found {
    /// Place among the candidates.
    index: usize,
    judged: judge::Judged,
    /// How the query was read.
    reading: Reading,
}

/// What a tier is worth in the score that is told: more than all that can be earned within one.
const A_TIER: i64 = 100_000;

/// Once this many candidates answer, those that only resemble the query are left out.
const ENOUGH: usize = 20;

/// Candidates made ready for many queries.
#[derive(Debug, Default)]
pub struct Finder {
    /// Every different word of names, ranks and posts.
    words: Vec<Known>,
    /// The words that fold to the same share a number.
    classes: Vec<u32>,
    class_of: HashMap<String, u32>,
    /// By number of the word, who has it in name, rank or posts, in order.
    places: Vec<Vec<u32>>,
    entries: Vec<Entry>,
    /// The first letters of each entry's words side by side; see `possible::steps`.
    steps: Vec<u64>,
}

/// A word of the register.
#[derive(Debug)]
struct Known {
    prepared: Prepared,
    /// The key of its keystrokes.
    squeezed: String,
}

/// One candidate as numbers of words.
#[derive(Debug, Default)]
struct Entry {
    name: Vec<NameWord>,
    /// The folded name, for the scorer.
    folded: String,
    /// Letters of the folded name, a bit each.
    mask: u32,
    /// Rank, then posts, each as words in order.
    context: Vec<Vec<u32>>,
    /// The same as classes of words.
    classes: Vec<Vec<u32>>,
    reports: usize,
    last: Option<Day>,
}

#[derive(Debug)]
struct NameWord {
    id: u32,
    span: Span,
}

impl Finder {
    /// Prepares the candidates; their order is the `index` of hits.
    pub fn new(candidates: &[Candidate]) -> Self {
        let mut finder = Self::default();
        let mut known = HashMap::new();
        for candidate in candidates {
            let entry = finder.entry(candidate, &mut known);
            finder.add(entry);
        }
        finder
    }

    /// How many candidates there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The best `limit` of those who answer, best first, and how many answer. An empty query gives everybody, the most
    /// often named first. What somebody is called before the name (`đồng chí`, `ông`) is passed over where nobody
    /// answers to it, and a space where a name has an apostrophe (`H Nhinh`).
    pub fn find(&self, typed: &str, limit: usize) -> Answer {
        let typed = address::without_sign(typed).unwrap_or(typed);
        let found = |answer: &Answer| answer.hits.iter().any(|hit| !hit.fuzzy);
        let whole = self.find_as_typed(typed, limit);
        if found(&whole) {
            return whole;
        }
        let named = address::without(typed).map(|name| self.find(name, limit)).filter(found);
        let joined = || with_apostrophes(typed).map(|name| self.find_as_typed(&name, limit)).find(found);
        named.or_else(joined).unwrap_or(whole)
    }

    fn find_as_typed(&self, typed: &str, limit: usize) -> Answer {
        let query = Query::new(typed, self);
        let mut found: Vec<Found> = if query.is_empty() {
            (0..self.entries.len())
                .map(|index| Found { index, judged: judge::Judged::everybody(), reading: Reading::Strict })
                .collect()
        } else {
            self.judge_all(&query)
        };
        let total = found.len();
        let order = |a: &Found, b: &Found| self.order(a, b);
        if limit < found.len() {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        let hits = found.into_iter().map(|found| self.hit(&found, &query)).collect();
        Answer { hits, total }
    }

    /// Everybody who answers, and how the query was read.
    fn judge_all(&self, query: &Query) -> Vec<Found> {
        let judged = |reading: Reading| {
            let mut judge = judge::Judge::new(query, self, reading);
            let possible = possible::Possible::new(query, self, reading == Reading::Fuzzy);
            let judged = |i| {
                let judged = judge.judge(self.entries.get(i)?)?;
                Some(Found { index: i, judged, reading })
            };
            possible.iter().filter_map(judged).collect::<Vec<Found>>()
        };
        let mut found = judged(Reading::Strict);
        if found.is_empty() {
            found = judged(Reading::Apart);
        }
        if found.iter().any(|found| found.judged.agrees) {
            found.retain(|found| found.judged.agrees);
        }
        if found.len() < ENOUGH {
            let mut alike = judged(Reading::Fuzzy);
            alike.retain(|one| found.binary_search_by_key(&one.index, |found| found.index).is_err());
            alike.sort_unstable_by(|a, b| self.order(a, b));
            alike.truncate(ENOUGH);
            found.extend(alike);
        }
        found
    }

    /// What only resembles the query last; tier, score, how often, how lately, then the order given.
    fn order(&self, a: &Found, b: &Found) -> std::cmp::Ordering {
        let seen = |i: usize| self.entries.get(i).map(|entry| (entry.reports, entry.last));
        let key = |x: &Found| (x.judged.key(), std::cmp::Reverse(seen(x.index)), x.index);
        key(a).cmp(&key(b))
    }

    fn hit(&self, found: &Found, query: &Query) -> Hit {
        let Found { index, judged, reading } = *found;
        let entry = self.entries.get(index);
        let spans = entry.map(|entry| spans::spans(query, self, entry, reading)).unwrap_or_default();
        let fuzzy = judged.resembles();
        let above = if fuzzy { 0 } else { Tier::Fuzzy as i64 - judged.tier as i64 };
        let within = (judged.score + A_TIER / 2).clamp(0, A_TIER - 1);
        Hit { index, tier: judged.tier, fuzzy, score: above * A_TIER + within, spans }
    }

    fn entry(&mut self, candidate: &Candidate, known: &mut HashMap<String, u32>) -> Entry {
        let mut name = Vec::new();
        for word in words(&candidate.name) {
            let id = self.word_id(word.text, known);
            name.push(NameWord { id, span: Span::new(word.start, word.end()) });
        }
        let folded = crate::text::words::folded_words(&candidate.name);
        let mut ids = |text: &String| words(text).map(|w| self.word_id(w.text, known)).collect::<Vec<_>>();
        let context: Vec<Vec<u32>> = candidate.rank.iter().chain(&candidate.posts).map(&mut ids).collect();
        let class = |id: &u32| self.classes.get(*id as usize).copied().unwrap_or(u32::MAX);
        let classes = context.iter().map(|ids| ids.iter().map(class).collect()).collect();
        let mask = score::mask(&folded);
        Entry { name, folded, mask, context, classes, reports: candidate.reports, last: candidate.last }
    }

    fn add(&mut self, entry: Entry) {
        let at = self.entries.len() as u32;
        for id in entry.name.iter().map(|word| word.id).chain(entry.context.iter().flatten().copied()) {
            if let Some(places) = self.places.get_mut(id as usize).filter(|places| places.last() != Some(&at)) {
                places.push(at);
            }
        }
        let lower =
            |word: &NameWord| self.words.get(word.id as usize).map_or("", |known| known.prepared.lower.as_str());
        self.steps.push(possible::steps(entry.name.iter().map(lower)));
        self.entries.push(entry);
    }

    fn word_id(&mut self, word: &str, known: &mut HashMap<String, u32>) -> u32 {
        if let Some(&id) = known.get(word) {
            return id;
        }
        let id = self.words.len() as u32;
        let prepared = Prepared::new(word);
        let next = self.class_of.len() as u32;
        let class = *self.class_of.entry(prepared.folded.clone()).or_insert(next);
        self.classes.push(class);
        self.places.push(Vec::new());
        self.words.push(Known { squeezed: squeeze(&prepared.folded), prepared });
        known.insert(word.to_owned(), id);
        id
    }
}

/// What was typed with an apostrophe in place of one of its spaces: those behind one or two letters, as minority names
/// begin (domain.md §2.2).
fn with_apostrophes(typed: &str) -> impl Iterator<Item = String> {
    let spaces = typed.match_indices(' ').map(|(at, _)| at);
    spaces.filter_map(|at| {
        let (before, after) = (typed.get(..at)?, typed.get(at + 1..)?);
        let letters = before.rsplit(' ').next()?.chars().count();
        ((1..=2).contains(&letters) && !after.is_empty()).then(|| format!("{before}’{after}"))
    })
}

/// Everybody who answers `typed`, best first. For many queries over the same candidates keep a `Finder`.
pub fn find(typed: &str, candidates: &[Candidate]) -> Vec<Hit> {
    Finder::new(candidates).find(typed, usize::MAX).hits
}

#[cfg(test)]
mod tests;
