//! Scores a candidate. Every query word must get a place: a word of the name, initials, or (with context) a run in the
//! rank or a post. Words that together name a rank, post, unit or place must stay together. Several attempts are made
//! (each of `FinderQuery::groupings`, without and with context), and the closest one counts.
//!
//! The words choose greedily, in the order below, and never give a place back. So an attempt is linear in the query;
//! the cost is that a better assignment is sometimes missed.
//!
//! ```text
//! 1  runs of two or more words in rank and posts          (only with context)
//! 2  words of the name: whole or prefix while typing, then beginnings, then those with a typo (only fuzzy)
//! 3  one word of rank or posts                            (only with context)
//! 4  initials
//! ```

use super::fuzzy_match::match_letters;
use super::initials_match::find_initials;
use super::rank_and_posts::{ContextRun, LineScope, best_run};
use super::word_groups::NameShape;
use super::{CandidateScore, MatchMode, MatchPlace, MatchPlaces, NamePlace, SearchPass, UsedWords};
use crate::search::finder::index::{FinderIndex, IndexedPerson, IndexedWord};
use crate::search::finder::query_matches::{FinderQuery, QueryTerm, WordMatch};
use crate::search::finder::quick_reject::letter_mask;
use crate::search::fixed_phrases::PhraseGroups;
use crate::search::matching::Tier;
use foldhash::fast::RandomState;
use std::collections::HashMap;

// The points of a candidate within its tier. Only their proportions matter: one more piece (`PIECE`) costs more than a
// whole given name in its place earns (`GIVEN_NAME`, `WHOLE_WORD` and `IN_ORDER` together).

/// All of the query is in the name.
const IN_NAME: i64 = 4000;
const WHOLE_NAME: i64 = 6000;
const GIVEN_NAME: i64 = 2000;
const WHOLE_WORD: i64 = 800;
/// The word before it in the query is the word before it in the name.
const IN_ORDER: i64 = 600;
const ONE_LETTER_EACH: i64 = 1500;
/// For each tier that a word is closer: a reader who types keystrokes, and one word without any, means a word without
/// tone.
const CLOSER: i64 = 50;
/// For each piece of the query: the name is one, each run in a rank or post is one. Fewer pieces are closer.
const PIECE: i64 = -5000;

/// Scores candidates, one after the other, for one pass and in one thread.
pub struct CandidateScorer<'a> {
    pass: &'a SearchPass<'a>,
    /// By query word, its place in the current attempt. Both vectors are reused for every candidate, because a pass may
    /// have a hundred thousand.
    places: Vec<Option<MatchPlace>>,
    /// The places of the candidate's best attempt so far.
    best_places: Vec<Option<MatchPlace>>,
    best_letters: Vec<usize>,
    best: BestPlaces,
    /// The results of names, without context, by shape.
    names: HashMap<NameShape, Option<NameMatch>, RandomState>,
    /// The current attempt compared letters of the name, which other names of its shape do not share.
    compared_letters: bool,
}

/// Where the places of the current candidate's best attempt are.
enum BestPlaces {
    /// They are in `best_places`.
    Words,
    /// In `names`: the candidate's name has the shape of one that was scored before.
    SameShape(NameShape),
    /// They are in `best_letters`.
    Letters,
}

/// How a name matches without context.
struct NameMatch {
    score: CandidateScore,
    places: Box<[MatchPlace]>,
}

impl<'a> CandidateScorer<'a> {
    pub fn new(pass: &'a SearchPass<'a>) -> Self {
        Self {
            pass,
            places: Vec::new(),
            best_places: Vec::new(),
            best_letters: Vec::new(),
            best: BestPlaces::Words,
            names: HashMap::default(),
            compared_letters: false,
        }
    }

    /// The score of a candidate; `None` if the query does not match. The candidates scored before change nothing.
    pub fn score(&mut self, person: &IndexedPerson) -> Option<CandidateScore> {
        let by_name = self.score_name(person);
        let best = self.score_with_context(person, by_name);
        if best.is_none() && self.pass.mode == MatchMode::Fuzzy {
            return self.score_letters(person);
        }
        best
    }

    /// Where the candidate that was scored last matches. Copied only on demand: most scored candidates do not get into
    /// the top k.
    pub fn places(&self) -> MatchPlaces {
        match self.best {
            BestPlaces::Words => MatchPlaces::Words(self.best_places.iter().flatten().copied().collect()),
            BestPlaces::SameShape(shape) => {
                let known = self.names.get(&shape).and_then(Option::as_ref);
                MatchPlaces::Words(known.map(|known| known.places.clone()).unwrap_or_default())
            }
            BestPlaces::Letters => MatchPlaces::Letters(self.best_letters.as_slice().into()),
        }
    }

    /// The score by name, without context: that of another name of the same shape, if one was scored before.
    fn score_name(&mut self, person: &IndexedPerson) -> Option<CandidateScore> {
        let shape = self.pass.shapes.and_then(|shapes| shapes.shape_of(person.name));
        if let Some(shape) = shape
            && let Some(known) = self.names.get(&shape)
        {
            self.best = BestPlaces::SameShape(shape);
            return known.as_ref().map(|known| known.score);
        }
        let score = self.score_new_name(person);
        if let Some(shape) = shape.filter(|_| !self.compared_letters) {
            let places = self.best_places.iter().flatten().copied();
            let known = score.map(|score| NameMatch { score, places: places.collect() });
            self.names.insert(shape, known);
        }
        score
    }

    fn score_new_name(&mut self, person: &IndexedPerson) -> Option<CandidateScore> {
        let mut best = None;
        self.compared_letters = false;
        self.best = BestPlaces::Words;
        self.best_places.clear();
        for phrases in &self.pass.query.groupings {
            self.clear_places();
            let score = self.place_words(person, phrases, Context::Ignored);
            self.keep_if_closer(score, &mut best);
        }
        best
    }

    /// The score of a candidate whose name alone has the score `by_name`.
    fn score_with_context(
        &mut self,
        person: &IndexedPerson,
        by_name: Option<CandidateScore>,
    ) -> Option<CandidateScore> {
        let pass = self.pass;
        let mut best = by_name;
        // A match with context is never closer than initials and loses points for each piece. So it cannot beat a
        // certain match by name alone, and the attempts are skipped.
        if is_certain(best) || !(0..pass.query.terms.len()).any(|term| pass.context.may_match(person, term)) {
            return best;
        }
        for lines in pass.context.scopes() {
            for phrases in &pass.query.groupings {
                if !is_certain(best) && self.place_context_runs(person, lines) {
                    let score = self.place_words(person, phrases, Context::Used(lines));
                    self.keep_if_closer(score, &mut best);
                }
            }
        }
        best
    }

    /// The score of a name that has the letters of the query in order, close together.
    fn score_letters(&mut self, person: &IndexedPerson) -> Option<CandidateScore> {
        let query = self.pass.query;
        if !query.may_match_letters() || query.letter_mask & !person.letter_mask != 0 {
            return None;
        }
        let found = match_letters(&query.index.folded_name(person.number), &query.folded_letters)?;
        // The letters must be close together: at most half as many others between them, and one more. Otherwise four
        // letters would match nearly every long name.
        let reach = found.letters.last()? - found.letters.first()? + 1;
        if reach > query.letter_count + query.letter_count / 2 + 1 {
            return None;
        }
        self.best = BestPlaces::Letters;
        self.best_letters = found.letters;
        Some(CandidateScore { tier: Tier::Fuzzy, points: found.score, ..CandidateScore::EMPTY_QUERY })
    }

    /// Keeps the attempt that was just made, and its places, if it is closer than the best so far.
    fn keep_if_closer(&mut self, score: Option<CandidateScore>, best: &mut Option<CandidateScore>) {
        if let Some(score) = score
            && best.as_ref().is_none_or(|best| score.key() < best.key())
        {
            *best = Some(score);
            self.best = BestPlaces::Words;
            // A swap instead of a copy: the next attempt clears `places` anyway.
            std::mem::swap(&mut self.places, &mut self.best_places);
        }
    }

    fn clear_places(&mut self) {
        self.places.clear();
        self.places.resize(self.pass.query.terms.len(), None);
    }

    /// Begins an attempt with the runs of two or more words in rank and posts: two query words in a row, or one that
    /// abbreviates several. Returns `false` if no query word matches rank or posts at all.
    fn place_context_runs(&mut self, person: &IndexedPerson, lines: LineScope) -> bool {
        self.clear_places();
        let typos = self.pass.mode == MatchMode::Fuzzy;
        let mut any = false;
        let mut term = 0;
        while term < self.pass.query.terms.len() {
            let run = best_run(self.pass, person, term, lines, typos, |run| is_free(run, &self.places));
            any |= run.is_some();
            // `su doan 37` does not mean Sư đoàn 371, which only resembles it.
            let is_meant = |run: &ContextRun| (run.terms > 1 || run.words > 1) && (typos || !run.is_other_number);
            let Some(run) = run.filter(is_meant) else {
                term += 1;
                continue;
            };
            let places = self.places.get_mut(term..term + run.terms).unwrap_or_default();
            places.fill(Some(MatchPlace::Context(run)));
            term += run.terms;
        }
        any
    }

    /// Assigns a place to each query word that has none yet, in the order of the drawing above, from step 2. Returns
    /// the score; `None` if a word finds no place or a phrase does not stay together.
    fn place_words(
        &mut self,
        person: &IndexedPerson,
        phrases: &PhraseGroups,
        context: Context,
    ) -> Option<CandidateScore> {
        let query = self.pass.query;
        let mut used = UsedWords::default();
        for least in [Tier::Squeezed, Tier::Initials] {
            if self.places.iter().any(Option::is_none) {
                let wanted = NameWords { least, most: usize::MAX, is_clear: false };
                place_in_name(query, person, wanted, &mut self.places, &mut used);
            }
        }
        let is_clear = self.pass.mode == MatchMode::TwoTypos;
        let wanted = NameWords { least: Tier::Fuzzy, most: self.typos_left(), is_clear };
        place_in_name(query, person, wanted, &mut self.places, &mut used);
        if is_clear && !self.places.iter().flatten().any(is_firm) {
            return None;
        }
        for number in 0..query.terms.len() {
            if self.places.get(number)?.is_some() {
                continue;
            }
            let place = self.place_elsewhere(person, number, context, used)?;
            if let MatchPlace::Initials(initials) = &place {
                (initials.first..initials.end).for_each(|at| used.insert(at));
            }
            *self.places.get_mut(number)? = Some(place);
        }
        // A query that is one phrase may still be a name, in any order.
        let is_name = |phrase: &(usize, usize)| context == Context::Ignored && *phrase == (0, query.terms.len());
        if phrases.iter().any(|phrase| !is_name(phrase) && !self.stays_together(*phrase)) {
            return None;
        }
        Some(total_score(person, &self.places))
    }

    /// A place that is no single word of the name: one word in rank or posts, else initials.
    fn place_elsewhere(
        &mut self,
        person: &IndexedPerson,
        number: usize,
        context: Context,
        used: UsedWords,
    ) -> Option<MatchPlace> {
        let query = self.pass.query;
        let term = query.terms.get(number)?;
        if let Context::Used(lines) = context
            && !contradicts(term, query.index, person)
            && let Some(run) = self.context_word(person, number, lines)
        {
            return Some(MatchPlace::Context(run));
        }
        // Initials depend on single letters, which the shape of a name does not contain: the score must not be cached.
        self.compared_letters |= term.may_be_initials();
        find_initials(term, query.index, person, used).map(MatchPlace::Initials)
    }

    /// A single word of rank or posts. The beginning of a word in the middle of a post only resembles the query; and
    /// next to mere beginnings of the name's words no word of a post counts.
    fn context_word(&self, person: &IndexedPerson, number: usize, lines: LineScope) -> Option<ContextRun> {
        let typos = self.pass.mode == MatchMode::Fuzzy && self.typos_left() > 0;
        let run = best_run(self.pass, person, number, lines, typos, |run| is_free(run, &self.places))?;
        let is_firm = self.pass.mode == MatchMode::Fuzzy || !run.is_loose();
        let name_is_begun = self.places.iter().flatten().any(is_beginning);
        (is_firm && !name_is_begun).then_some(ContextRun { terms: 1, ..run })
    }

    /// The number of query words that may still have a typo.
    fn typos_left(&self) -> usize {
        let taken = self.places.iter().flatten().filter(|place| has_typo(place)).count();
        self.pass.mode.typos().saturating_sub(taken)
    }

    /// Whether the query words of a phrase were found next to each other, in one line or in the name.
    fn stays_together(&self, (first, end): (usize, usize)) -> bool {
        let places = || self.places.get(first..end).unwrap_or_default().iter().flatten();
        let together = places().zip(places().skip(1)).all(|(one, next)| match (one, next) {
            (MatchPlace::Name(one), MatchPlace::Name(next)) => one.at + 1 == next.at,
            (MatchPlace::Context(one), MatchPlace::Context(next)) => one.is_same_run(next),
            _ => false,
        });
        let begins_in_name = matches!(places().next(), Some(MatchPlace::Name(place)) if place.word_match.whole);
        together || (self.pass.mode == MatchMode::SplitPhrases && begins_in_name)
    }
}

/// Whether rank and posts count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Ignored,
    Used(LineScope),
}

/// Whether the score is that of a match that does not only resemble the query.
fn is_certain(score: Option<CandidateScore>) -> bool {
    score.is_some_and(|score| !score.is_fuzzy())
}

/// Whether no word of the run has been given to another query word.
fn is_free(run: &ContextRun, places: &[Option<MatchPlace>]) -> bool {
    !places.iter().flatten().any(|place| matches!(place, MatchPlace::Context(other) if other.overlaps(run)))
}

fn has_typo(place: &MatchPlace) -> bool {
    match place {
        MatchPlace::Name(place) => place.word_match.tier == Tier::Fuzzy,
        MatchPlace::Context(run) => run.has_typo,
        MatchPlace::Initials(_) => false,
    }
}

/// Whether a query word in the middle of the query is only the beginning of a word of the name.
fn is_beginning(place: &MatchPlace) -> bool {
    matches!(place, MatchPlace::Name(place) if place.word_match.tier == Tier::Initials)
}

/// Whether a query word is, without a typo, all of a word of the name, or one of several words of a rank or post: what
/// shows that two words beside it are mistyped and no other name.
fn is_firm(place: &MatchPlace) -> bool {
    match place {
        MatchPlace::Name(place) => place.word_match.whole && place.word_match.tier != Tier::Fuzzy,
        MatchPlace::Context(run) => !run.has_typo && (run.terms > 1 || run.words > 1),
        MatchPlace::Initials(_) => false,
    }
}

/// Which words of a name may be taken.
#[derive(Clone, Copy)]
struct NameWords {
    /// Matches of this tier or a closer one.
    least: Tier,
    /// At most this many.
    most: usize,
    /// Of typos, only clear ones.
    is_clear: bool,
}

/// Gives free words of the name to query words without a place. Query words with a tone or mark choose first, because
/// fewer words match them: in `hung hùng` the second must get `Hùng` and leave `Hưng` to the first.
fn place_in_name(
    query: &FinderQuery,
    person: &IndexedPerson,
    wanted: NameWords,
    places: &mut [Option<MatchPlace>],
    used: &mut UsedWords,
) {
    let mut left = wanted.most;
    let rounds: &[bool] = if query.is_marked { &[true, false] } else { &[false] };
    for &marked in rounds {
        for (term, slot) in query.terms.iter().zip(&mut *places) {
            if left == 0 {
                return;
            }
            if slot.is_some() || term.word.is_marked() != marked {
                continue;
            }
            if let Some(place) = best_name_word(term, query.index, person, wanted, *used) {
                used.insert(place.at);
                left -= 1;
                *slot = Some(MatchPlace::Name(place));
            }
        }
    }
}

/// The free word of the name that the query word matches most closely.
fn best_name_word(
    term: &QueryTerm,
    index: &FinderIndex,
    person: &IndexedPerson,
    wanted: NameWords,
    used: UsedWords,
) -> Option<NamePlace> {
    let places = person.name.iter().enumerate().filter_map(|(at, word)| {
        let word_match = (*term.matches.get(*word as usize)?)?;
        let is_wanted =
            word_match.tier < Tier::Fuzzy || !wanted.is_clear || is_clear_typo(term, word_match, index.word(*word)?);
        is_wanted.then_some(NamePlace { at, word_match })
    });
    places.filter(|place| !used.contains(place.at) && place.word_match.tier <= wanted.least).min_by_key(|place| {
        let is_given_name = place.at + 1 == person.name.len();
        (place.word_match.tier, place.word_match.keystrokes_disagree, !place.word_match.whole, !is_given_name)
    })
}

/// Whether a word that differs by a typo is rather meant than another one. Words of three letters differ from too many
/// others by one of them (`lan`: Lam, Lai, Văn), unless all the letters are there (`lna`).
fn is_clear_typo(term: &QueryTerm, word_match: WordMatch, known: &IndexedWord) -> bool {
    let (typed, known) = (term.word.folded(), known.prepared.folded.as_str());
    word_match.whole && (known.len() > 3 || letter_mask(typed) == letter_mask(known))
}

/// Whether the name has the query word (or a word that begins with it) with another tone or mark. Then a match in a
/// post does not count: the reader means another name.
fn contradicts(term: &QueryTerm, index: &FinderIndex, person: &IndexedPerson) -> bool {
    let same_letters = |known: &IndexedWord| {
        let (known, typed) = (known.prepared.folded.as_str(), term.word.folded());
        known == typed || (term.word.is_prefix() && known.starts_with(typed))
    };
    term.word.is_marked() && person.name.iter().any(|word| index.word(*word).is_some_and(same_letters))
}

/// The score of a candidate from the places of all query words.
fn total_score(person: &IndexedPerson, places: &[Option<MatchPlace>]) -> CandidateScore {
    let places = places.iter().flatten();
    let with_context = places.clone().any(|place| matches!(place, MatchPlace::Context(_)));
    let mut score = CandidateScore::EMPTY_QUERY;
    let (mut words, mut all_whole) = (0, true);
    let mut before: Option<&MatchPlace> = None;
    for place in places.clone() {
        match place {
            MatchPlace::Name(word) => {
                words += 1;
                all_whole &= word.word_match.whole;
                score.tier = score.tier.max(word.word_match.tier);
                score.keystrokes_agree &= !word.word_match.keystrokes_disagree;
                score.points += name_word_points(person, word, before, with_context);
            }
            MatchPlace::Initials(initials) => {
                let is_whole_name = initials.first == 0 && initials.end == person.name.len();
                let is_name_without_spaces = initials.is_written_out && is_whole_name;
                score.tier = score.tier.max(if is_name_without_spaces { Tier::Squeezed } else { Tier::Initials });
                score.points += initials_points(person, initials, with_context);
            }
            MatchPlace::Context(run) => {
                if !matches!(before, Some(MatchPlace::Context(before)) if before.is_same_run(run)) {
                    let is_fuzzy = run.has_typo || run.is_loose();
                    score.tier = score.tier.max(if is_fuzzy { Tier::Fuzzy } else { Tier::Initials });
                    score.points += run.points + PIECE;
                    score.is_former |= run.is_former;
                }
            }
        }
        before = Some(place);
    }
    if with_context {
        let in_name = places.clone().any(|place| !matches!(place, MatchPlace::Context(_)));
        score.points += if in_name { PIECE } else { 0 };
    } else {
        // A candidate with all of the query in the name comes before one that needs a rank or a post for a part of it:
        // the `quan` of `pham quan luyen` is rather the beginning of Quang than an army unit (quân).
        score.points += IN_NAME + if is_beginning_of_name(places) { GIVEN_NAME } else { 0 };
    }
    score.points += if words == person.name.len() && all_whole { WHOLE_NAME } else { 0 };
    score
}

fn name_word_points(person: &IndexedPerson, word: &NamePlace, before: Option<&MatchPlace>, with_context: bool) -> i64 {
    let NamePlace { at, word_match } = word;
    // With context, the first letters of a name's word are rather the rest of a rank or post.
    let is_given_name = at + 1 == person.name.len() && !(with_context && word_match.tier == Tier::Initials);
    let is_in_order = matches!(before, Some(MatchPlace::Name(before)) if before.at + 1 == *at);
    let closeness = Tier::Fuzzy as i64 - word_match.tier as i64 + i64::from(word_match.exact);
    let given_name = if is_given_name { GIVEN_NAME } else { 0 };
    let whole_word = if word_match.whole { WHOLE_WORD } else { 0 };
    let in_order = if is_in_order { IN_ORDER } else { 0 };
    given_name + whole_word + in_order + CLOSER * closeness
}

/// The points of initials; 0 with context, where letters more likely abbreviate a rank or post.
fn initials_points(person: &IndexedPerson, initials: &super::InitialsMatch, with_context: bool) -> i64 {
    if with_context {
        return 0;
    }
    let whole_name = if initials.first == 0 { WHOLE_NAME } else { 0 };
    let given_name = if initials.end == person.name.len() { GIVEN_NAME } else { 0 };
    let one_letter_each = if initials.is_one_letter_each { ONE_LETTER_EACH } else { 0 };
    whole_name + given_name + one_letter_each
}

/// Whether the query is the first words of the name, at least two, in order: as good as the given name.
fn is_beginning_of_name<'a>(places: impl Iterator<Item = &'a MatchPlace> + Clone) -> bool {
    let position = |place: &MatchPlace| if let MatchPlace::Name(place) = place { Some(place.at) } else { None };
    places.clone().nth(1).is_some() && places.enumerate().all(|(at, place)| position(place) == Some(at))
}
