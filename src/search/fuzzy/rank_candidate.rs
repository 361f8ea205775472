//! Whether one candidate answers a query, how closely, and with which words. All that was typed may be in the name; or
//! runs of it stand side by side in rank and posts and the rest is in the name. Words that together name a rank, post,
//! unit or place stay together. The best way to answer counts.

use super::index::{FinderIndex, IndexedPerson, IndexedWord};
use super::initials_match::{self, InitialsMatch};
use super::name_shapes::NameShape;
use super::query::{FinderQuery, WordAnswers, WordMatch};
use super::rank_and_posts::{self, ContextAnswers, ContextRun, ContextSearch};
use super::{Tier, skim};
use crate::search::fixed_phrases::PhraseGroups;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// What is said of a candidate that answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct CandidateScore {
    pub tier: Tier,
    pub score: i64,
    /// No keystrokes compose to something else than the name has.
    pub agrees: bool,
}

impl CandidateScore {
    /// Whether the candidate only resembles what was typed.
    pub fn resembles(&self) -> bool {
        self.tier == Tier::Fuzzy || !self.agrees
    }

    /// The answer to an empty query.
    pub fn everybody() -> Self {
        Self { tier: Tier::Exact, score: 0, agrees: true }
    }

    /// The closest first.
    pub fn key(&self) -> impl Ord + use<> {
        (self.resembles(), self.tier, std::cmp::Reverse(self.score))
    }
}

/// Where a typed word found its answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum MatchPlace {
    /// In this word of the name.
    Name(usize, WordMatch),
    /// Over several words of the name: initials, or a name typed without spaces.
    Spread(InitialsMatch),
    /// In rank or posts.
    Context(ContextRun),
}

/// What a part of the answer earns.
const IN_NAME: i64 = 4000;
const WHOLE_NAME: i64 = 6000;
const GIVEN_NAME: i64 = 2000;
const WHOLE_WORD: i64 = 800;
const IN_ORDER: i64 = 600;
const EACH_INITIAL: i64 = 1500;
/// For each tier: who types keystrokes and one word without any means a word without tone.
const CLOSER: i64 = 50;
/// A query in as few pieces as can be: the name, and what stands together beside it.
const A_PIECE: i64 = -5000;

/// How much is taken for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MatchMode {
    /// What was typed; words that together name something stand together.
    Strict,
    /// Those of them apart whose first word is one of the name: `thi hieu pho tong` means no `hiệu phó`.
    Apart,
    /// What only resembles it, too.
    Fuzzy,
}

/// Judges candidates, one after the other.
pub(super) struct CandidateScorer<'a> {
    query: &'a FinderQuery,
    register: &'a FinderIndex,
    answering: &'a ContextAnswers,
    reading: MatchMode,
    /// For the candidate that is judged: kept, because there are thousands of them.
    places: Vec<Option<MatchPlace>>,
    best: Vec<Option<MatchPlace>>,
    /// How names alone answer, for those that are like them.
    alike: HashMap<NameShape, Option<CandidateScore>, RandomState>,
    /// The letters of the name were asked for, which those that are like it do not share.
    by_letters: bool,
}

impl<'a> CandidateScorer<'a> {
    /// `answering` tells which ranks and posts may answer, with typos where such a reading asks for them.
    pub fn new(
        query: &'a FinderQuery,
        register: &'a FinderIndex,
        answering: &'a ContextAnswers,
        reading: MatchMode,
    ) -> Self {
        let (places, best, alike) = (Vec::new(), Vec::new(), HashMap::default());
        Self { query, register, answering, reading, places, best, alike, by_letters: false }
    }

    /// How one candidate answers, in the way of reading the query that it answers best.
    pub fn judge(&mut self, entry: &IndexedPerson) -> Option<CandidateScore> {
        let likeness = self.query.kinds.as_ref().and_then(|kinds| kinds.likeness(entry.name));
        let known = likeness.and_then(|likeness| self.alike.get(&likeness).copied());
        let by_name = known.unwrap_or_else(|| {
            let by_name = self.judge_name(entry);
            if let Some(likeness) = likeness.filter(|_| !self.by_letters) {
                self.alike.insert(likeness, by_name);
            }
            by_name
        });
        self.judge_beside(entry, by_name)
    }

    /// Where a candidate answers each typed word; nothing where only the letters do.
    pub fn places(&mut self, entry: &IndexedPerson) -> impl Iterator<Item = (&MatchPlace, &WordAnswers)> {
        let by_name = self.judge_name(entry);
        self.judge_beside(entry, by_name);
        self.best.iter().flatten().zip(&self.query.words)
    }

    /// How a name answers without rank and posts.
    fn judge_name(&mut self, entry: &IndexedPerson) -> Option<CandidateScore> {
        let (query, mut best) = (self.query, None);
        self.by_letters = false;
        self.best.clear();
        for groups in &query.groupings {
            self.begin();
            let judged = self.find_places(entry, groups, false);
            self.keep(judged, &mut best);
        }
        best
    }

    /// How a candidate answers whose name alone answers so.
    fn judge_beside(&mut self, entry: &IndexedPerson, by_name: Option<CandidateScore>) -> Option<CandidateScore> {
        let (query, answering) = (self.query, self.answering);
        let may_be_beside = || (0..query.words.len()).any(|typed| answering.may(entry, typed));
        // Ranks and posts answer no closer than initials do, and cost pieces: whoever has all in the name needs none.
        let is_whole = |best: &Option<CandidateScore>| best.is_some_and(|best| !best.resembles());
        let mut best = by_name;
        if !is_whole(&best) && may_be_beside() {
            for groups in &query.groupings {
                if !is_whole(&best) && self.take_runs(entry) {
                    let judged = self.find_places(entry, groups, true);
                    self.keep(judged, &mut best);
                }
            }
        }
        let by_letters =
            || (self.reading == MatchMode::Fuzzy).then(|| scattered(query, self.register, entry)).flatten();
        best.or_else(by_letters)
    }

    /// Keeps what was judged last, and its places, where that is closer than the best so far.
    fn keep(&mut self, judged: Option<CandidateScore>, best: &mut Option<CandidateScore>) {
        if let Some(judged) = judged
            && best.as_ref().is_none_or(|best| judged.key() < best.key())
        {
            *best = Some(judged);
            std::mem::swap(&mut self.places, &mut self.best);
        }
    }

    fn beside(&self) -> ContextSearch<'a> {
        ContextSearch { query: self.query, register: self.register, answering: self.answering }
    }

    fn begin(&mut self) {
        self.places.clear();
        self.places.resize(self.query.words.len(), None);
    }

    /// Gives typed words to rank and posts where two and more stand side by side, or one stands for several. Says
    /// whether there are any typed words that rank or posts may answer.
    fn take_runs(&mut self, entry: &IndexedPerson) -> bool {
        self.begin();
        let beside = self.beside();
        let mut any = false;
        let mut from = 0;
        while from < self.query.words.len() {
            let typos = self.reading == MatchMode::Fuzzy;
            let run = rank_and_posts::longest(&beside, entry, from, typos, |run| is_free(run, &self.places));
            any |= run.is_some();
            // `su doan 37` rather means no Sư đoàn 371: that only resembles it.
            let meant = |run: &ContextRun| (run.typed > 1 || run.words > 1) && (typos || !run.other_number);
            match run.filter(meant) {
                Some(run) => {
                    let inside = self.places.get_mut(from..from + run.typed).unwrap_or_default();
                    inside.fill(Some(MatchPlace::Context(run)));
                    from += run.typed;
                }
                None => from += 1,
            }
        }
        any
    }

    /// Finds an answer for every typed word that has none yet: in the name those that a word of it answers whole, then
    /// beginnings of its words, then one typo; then, where `beside`, in rank and posts; then as initials.
    fn find_places(&mut self, entry: &IndexedPerson, groups: &PhraseGroups, beside: bool) -> Option<CandidateScore> {
        let (query, register, fuzzy) = (self.query, self.register, self.reading == MatchMode::Fuzzy);
        let what = self.beside();
        let places = &mut self.places;
        let mut used = 0_u32;
        for tier in [Tier::Squeezed, Tier::Initials] {
            if places.iter().any(Option::is_none) {
                take_names(query, entry, tier, usize::MAX, places, &mut used);
            }
        }
        let typos = usize::from(fuzzy && !places.iter().flatten().any(is_typo));
        take_names(query, entry, Tier::Fuzzy, typos, places, &mut used);
        let begun = |place: &MatchPlace| matches!(place, MatchPlace::Name(_, pair) if pair.tier == Tier::Initials);
        for at in 0..query.words.len() {
            let typed = query.words.get(at)?;
            if places.get(at)?.is_some() {
                continue;
            }
            let typos = fuzzy && !places.iter().flatten().any(is_typo);
            let run = || {
                let run = rank_and_posts::longest(&what, entry, at, typos, |run| is_free(run, places))?;
                // The beginning of a word in the middle of a post only resembles; and no word of a post answers beside mere
                // beginnings of the name's words.
                let firm = fuzzy || !run.loose();
                (firm && !places.iter().flatten().any(begun)).then_some(ContextRun { typed: 1, ..run })
            };
            let may = beside && !contradicts(typed, register, entry);
            let run = may.then(run).flatten().map(MatchPlace::Context);
            self.by_letters |= run.is_none() && typed.may_be_spread();
            let found = run.or_else(|| initials_match::find(typed, register, entry, used).map(MatchPlace::Spread))?;
            if let MatchPlace::Spread(spread) = &found {
                // No word of the name answers twice.
                (spread.first..spread.end).for_each(|at| used |= 1 << at.min(31));
            }
            *places.get_mut(at)? = Some(found);
        }
        // All that was typed, in the name: in any order.
        let name_alone = |&(first, end): &(usize, usize)| !beside && first == 0 && end == query.words.len();
        if groups.iter().any(|group| !name_alone(group) && !self.stands_together(*group)) {
            return None;
        }
        Some(rate(entry, self.places.iter().flatten()))
    }

    /// Whether typed words that together name something stand side by side in one post, or in the name.
    fn stands_together(&self, (first, end): (usize, usize)) -> bool {
        let inside = self.places.get(first..end).unwrap_or_default();
        let mut pairs = inside.iter().flatten().zip(inside.iter().flatten().skip(1));
        let together = pairs.all(|pair| match pair {
            (MatchPlace::Name(one, _), MatchPlace::Name(next, _)) => one + 1 == *next,
            (MatchPlace::Context(one), MatchPlace::Context(next)) => one.same(next),
            _ => false,
        });
        let named = matches!(inside.first(), Some(Some(MatchPlace::Name(_, pair))) if pair.whole);
        together || (self.reading == MatchMode::Apart && named)
    }
}

/// Whether no word of the run answers another typed word.
fn is_free(run: &ContextRun, places: &[Option<MatchPlace>]) -> bool {
    let taken = |place: &MatchPlace| matches!(place, MatchPlace::Context(other) if other.overlaps(run));
    !places.iter().flatten().any(taken)
}

fn is_typo(place: &MatchPlace) -> bool {
    match place {
        MatchPlace::Name(_, pair) => pair.tier == Tier::Fuzzy,
        MatchPlace::Context(run) => run.typo,
        MatchPlace::Spread(_) => false,
    }
}

/// Gives words of the name that are still free to typed words without an answer, at most so many, where they answer as
/// closely as `least`. Those typed with a tone or mark choose first: fewer words answer them.
fn take_names(
    query: &FinderQuery,
    entry: &IndexedPerson,
    least: Tier,
    most: usize,
    places: &mut [Option<MatchPlace>],
    used: &mut u32,
) {
    let mut left = most;
    let rounds: &[bool] = if query.marked { &[true, false] } else { &[false] };
    for &marked in rounds {
        for (typed, slot) in query.words.iter().zip(&mut *places) {
            if left == 0 {
                return;
            }
            if slot.is_some() || typed.word.is_marked() != marked {
                continue;
            }
            if let Some((at, pair)) = in_name(typed, entry, *used, least) {
                *used |= 1 << at.min(31);
                left -= 1;
                *slot = Some(MatchPlace::Name(at, pair));
            }
        }
    }
}

/// The best free word of the name for a typed one.
fn in_name(typed: &WordAnswers, entry: &IndexedPerson, used: u32, least: Tier) -> Option<(usize, WordMatch)> {
    let free = |(at, _): &(usize, WordMatch)| used >> at.min(&31) & 1 == 0;
    let pair = |(at, word): (usize, &u32)| Some((at, (*typed.pairs.get(*word as usize)?)?));
    let answers = entry.name.iter().enumerate().filter_map(pair).filter(free).filter(|(_, pair)| pair.tier <= least);
    answers.min_by_key(|(at, pair)| (pair.tier, pair.disagrees, !pair.whole, at + 1 != entry.name.len()))
}

/// Whether the name has the word that was typed, or one that it begins, but with other tones or marks: then no post makes
/// up for it.
fn contradicts(typed: &WordAnswers, register: &FinderIndex, entry: &IndexedPerson) -> bool {
    let same = |known: &IndexedWord| {
        let (known, typed_folded) = (known.prepared.folded.as_str(), typed.word.folded());
        known == typed_folded || (typed.word.is_prefix() && known.starts_with(typed_folded))
    };
    typed.word.is_marked() && entry.name.iter().any(|word| register.word(*word).is_some_and(same))
}

/// The tier and score of a candidate from the places.
fn rate<'a>(entry: &IndexedPerson, places: impl Iterator<Item = &'a MatchPlace> + Clone) -> CandidateScore {
    let mut judged = CandidateScore { tier: Tier::Exact, score: 0, agrees: true };
    let (mut covered, mut all_whole) = (0, true);
    let mut before: Option<&MatchPlace> = None;
    let beside = places.clone().any(|place| matches!(place, MatchPlace::Context(_)));
    for place in places.clone() {
        match (place, before) {
            (MatchPlace::Name(at, pair), before) => {
                covered += 1;
                judged.tier = judged.tier.max(pair.tier);
                judged.agrees &= !pair.disagrees;
                all_whole &= pair.whole;
                // Beside ranks and posts, the first letters of a name's word are rather the rest of one of those.
                let given = at + 1 == entry.name.len() && !(beside && pair.tier == Tier::Initials);
                let in_order = matches!(before, Some(MatchPlace::Name(before, _)) if before + 1 == *at);
                judged.score += if given { GIVEN_NAME } else { 0 } + if pair.whole { WHOLE_WORD } else { 0 };
                judged.score += if in_order { IN_ORDER } else { 0 };
                judged.score += CLOSER * (Tier::Fuzzy as i64 - pair.tier as i64 + i64::from(pair.exact));
            }
            (MatchPlace::Spread(spread), _) => {
                let all = spread.first == 0 && spread.end == entry.name.len();
                judged.tier = judged.tier.max(if spread.written_out && all { Tier::Squeezed } else { Tier::Initials });
                // Beside ranks and posts, letters rather abbreviate one of those.
                judged.score += if beside || spread.first > 0 { 0 } else { WHOLE_NAME };
                judged.score += if !beside && spread.end == entry.name.len() { GIVEN_NAME } else { 0 };
                judged.score += if spread.one_each && !beside { EACH_INITIAL } else { 0 };
            }
            (MatchPlace::Context(run), Some(MatchPlace::Context(before))) if before.same(run) => {}
            (MatchPlace::Context(run), _) => {
                judged.tier = judged.tier.max(if run.typo || run.loose() { Tier::Fuzzy } else { Tier::Initials });
                judged.score += run.earned + A_PIECE;
            }
        }
        before = Some(place);
    }
    if beside {
        let named = places.clone().any(|place| !matches!(place, MatchPlace::Context(_)));
        judged.score += if named { A_PIECE } else { 0 };
    } else {
        // Whoever has all that was typed in the name comes before whoever needs a rank or a post for some of it: `pham
        // quan luyen` rather begins Quang than means somebody of an army unit.
        judged.score += IN_NAME + if from_the_start(places) { GIVEN_NAME } else { 0 };
    }
    judged.score += if covered == entry.name.len() && all_whole { WHOLE_NAME } else { 0 };
    judged
}

/// Whether two words and more are those that the name begins with, in its order: as weighty as the given name.
fn from_the_start<'a>(places: impl Iterator<Item = &'a MatchPlace> + Clone) -> bool {
    let at = |place: &MatchPlace| if let MatchPlace::Name(at, _) = place { Some(*at) } else { None };
    places.clone().nth(1).is_some() && places.enumerate().all(|(n, place)| at(place) == Some(n))
}

/// All letters of the query in order somewhere in the name, close together; never where a tone or mark was typed.
fn scattered(query: &FinderQuery, register: &FinderIndex, entry: &IndexedPerson) -> Option<CandidateScore> {
    if !query.may_be_scattered() || query.mask & !entry.mask != 0 {
        return None;
    }
    let (points, places) = skim::fuzzy(&register.folded_name(entry.at), &query.folded.replace(' ', ""))?;
    let stretch = places.last()? - places.first()? + 1;
    let near = stretch <= query.letters + query.letters / 2 + 1;
    near.then_some(CandidateScore { tier: Tier::Fuzzy, score: points, agrees: true })
}
