//! Finding officials by whatever is typed of them: names in any order, with or without tones, as keystrokes, as
//! initials, with a typo; ranks, posts and units beside the name. One rule stands above all: a syllable typed with a
//! tone or mark is never answered by another one. What only resembles the query says so.

mod address;
mod judge;
mod query;
mod score;

pub use crate::search::matching::Tier;

use crate::report::{Day, Span};
use crate::search::matching::Prepared;
use crate::text::telex::squeeze;
use crate::text::words::words;
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
    /// Within the tier, higher is closer.
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
    entries: Vec<Entry>,
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
            finder.entries.push(entry);
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
    /// answers to it.
    pub fn find(&self, typed: &str, limit: usize) -> Answer {
        let found = |answer: &Answer| answer.hits.iter().any(|hit| !hit.fuzzy);
        let whole = self.find_as_typed(typed, limit);
        if found(&whole) {
            return whole;
        }
        let named = address::without(typed).map(|name| self.find(name, limit));
        named.filter(found).unwrap_or(whole)
    }

    fn find_as_typed(&self, typed: &str, limit: usize) -> Answer {
        let query = Query::new(typed, self);
        let mut found: Vec<(usize, judge::Judged)> = if query.is_empty() {
            (0..self.entries.len()).map(|i| (i, judge::Judged::everybody())).collect()
        } else {
            self.judge_all(&query)
        };
        let total = found.len();
        let order = |a: &(usize, judge::Judged), b: &(usize, judge::Judged)| self.order(a, b);
        if limit < found.len() {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        let hits = found.into_iter().map(|(index, judged)| self.hit(index, &judged, &query)).collect();
        Answer { hits, total }
    }

    fn judge_all(&self, query: &Query) -> Vec<(usize, judge::Judged)> {
        let judged = |fuzzy: bool| {
            let all = self.entries.iter().enumerate();
            all.filter_map(move |(i, entry)| judge::judge(query, self, entry, fuzzy).map(|judged| (i, judged)))
        };
        let mut found: Vec<_> = judged(false).collect();
        if found.iter().any(|(_, judged)| judged.agrees) {
            found.retain(|(_, judged)| judged.agrees);
        }
        if found.len() < ENOUGH {
            let known: Vec<usize> = found.iter().map(|(i, _)| *i).collect();
            let mut alike: Vec<_> = judged(true).filter(|(i, _)| !known.contains(i)).collect();
            alike.sort_unstable_by(|a, b| self.order(a, b));
            alike.truncate(ENOUGH);
            found.extend(alike);
        }
        found
    }

    /// What only resembles the query last; tier, score, how often, how lately, then the order given.
    fn order(&self, a: &(usize, judge::Judged), b: &(usize, judge::Judged)) -> std::cmp::Ordering {
        let seen = |i: usize| self.entries.get(i).map(|entry| (entry.reports, entry.last));
        let key = |x: &(usize, judge::Judged)| {
            (x.1.resembles(), x.1.tier, std::cmp::Reverse(x.1.score), std::cmp::Reverse(seen(x.0)), x.0)
        };
        key(a).cmp(&key(b))
    }

    fn hit(&self, index: usize, judged: &judge::Judged, query: &Query) -> Hit {
        let spans = self.entries.get(index).map(|entry| judge::spans(query, self, entry, judged)).unwrap_or_default();
        let fuzzy = judged.resembles();
        Hit { index, tier: judged.tier, fuzzy, score: judged.score, spans }
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

    fn word_id(&mut self, word: &str, known: &mut HashMap<String, u32>) -> u32 {
        if let Some(&id) = known.get(word) {
            return id;
        }
        let id = self.words.len() as u32;
        let prepared = Prepared::new(word);
        let next = self.class_of.len() as u32;
        let class = *self.class_of.entry(prepared.folded.clone()).or_insert(next);
        self.classes.push(class);
        self.words.push(Known { squeezed: squeeze(&prepared.folded), prepared });
        known.insert(word.to_owned(), id);
        id
    }
}

/// Everybody who answers `typed`, best first. For many queries over the same candidates keep a `Finder`.
pub fn find(typed: &str, candidates: &[Candidate]) -> Vec<Hit> {
    Finder::new(candidates).find(typed, usize::MAX).hits
}

#[cfg(test)]
mod tests;
