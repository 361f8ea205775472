//! Whether one candidate answers a query, how closely, and with which letters. Each typed word goes to a word of the
//! name that is still free, else to the rank or a post; words that together name a rank or post stay together.

use super::query::{Pair, Query, Typed};
use super::score;
use super::{Entry, Finder, Tier};
use crate::report::Span;
use crate::search::named::Groups;
use crate::text::fold::fold_char;

/// What is said of a candidate that answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub tier: Tier,
    pub score: i64,
    /// No keystrokes compose to something else than the name has.
    pub agrees: bool,
    /// The scorer's points are still to be added.
    pub scored: bool,
}

impl Judged {
    /// Whether the candidate only resembles what was typed.
    pub fn resembles(&self) -> bool {
        self.tier == Tier::Fuzzy || !self.agrees
    }

    /// The answer to an empty query.
    pub fn everybody() -> Self {
        Self { tier: Tier::Exact, score: 0, agrees: true, scored: false }
    }
}

/// Where a typed word found its answer.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// In this word of the name.
    Name(usize, Pair),
    /// Spread over the words of the name from this one to before that one: initials, or a name typed without spaces;
    /// and whether that is the whole name, written out.
    Spread(usize, usize, bool),
    /// In rank or posts; with what it earns.
    Context(i64),
}

/// What a part of the answer earns. The scorer's own points (some hundreds) decide between equals.
const IN_NAME: i64 = 4000;
const WHOLE_NAME: i64 = 6000;
const GIVEN_NAME: i64 = 2000;
const WHOLE_WORD: i64 = 800;
const IN_ORDER: i64 = 600;
const LATEST_POST: i64 = 300;
const POST_BEGINS: i64 = 400;
const SIDE_BY_SIDE: i64 = 500;

/// How much is taken for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// What was typed; words that together name a rank, post or place stand together.
    Strict,
    /// Those of them apart whose first word is one of the name: `thi hieu pho tong` means no `hiệu phó`.
    Apart,
    /// What only resembles it, too.
    Fuzzy,
}

/// Judges candidates, one after the other.
pub(super) struct Judge<'a> {
    query: &'a Query,
    finder: &'a Finder,
    reading: Reading,
    /// For the candidate that is judged: kept, because there are thousands of them.
    places: Vec<Option<Place>>,
}

impl<'a> Judge<'a> {
    pub fn new(query: &'a Query, finder: &'a Finder, reading: Reading) -> Self {
        Self { query, finder, reading, places: Vec::new() }
    }

    /// How one candidate answers, the scorer's points left out, in the way of reading the query that it answers best.
    pub fn judge(&mut self, entry: &Entry) -> Option<Judged> {
        let query = self.query;
        let answers = query.groupings.iter().filter_map(|groups| {
            self.find_places(groups, entry)?;
            Some(rate(query, entry, &self.places.iter().flatten()))
        });
        let best = answers.min_by_key(|judged| (judged.tier, std::cmp::Reverse(judged.score)));
        best.or_else(|| (self.reading == Reading::Fuzzy).then(|| scattered(query, entry)).flatten())
    }

    /// The answers to every typed word, in that way of reading the query.
    fn best_places(&mut self, entry: &Entry) -> Option<Vec<Place>> {
        let query = self.query;
        let answers = query.groupings.iter().filter_map(|groups| {
            self.find_places(groups, entry)?;
            let judged = rate(query, entry, &self.places.iter().flatten());
            Some((self.places.iter().flatten().copied().collect(), judged))
        });
        let best = answers.min_by_key(|(_, judged)| (judged.tier, std::cmp::Reverse(judged.score)));
        best.map(|(places, _)| places)
    }

    /// Finds an answer for every typed word: those that a word of the name answers whole; then runs that name a rank,
    /// post or place, as they stand in rank and posts; then beginnings of the name's words; then one typo; then rank
    /// and posts. All of `places` are filled then.
    fn find_places(&mut self, groups: &Groups, entry: &Entry) -> Option<()> {
        let (query, finder) = (self.query, self.finder);
        let places = &mut self.places;
        places.clear();
        places.resize(query.words.len(), None);
        let mut used = 0_u32;
        take_names(query, entry, Tier::Squeezed, usize::MAX, places, &mut used);
        for &(first, end) in groups {
            let inside = places.get_mut(first..end)?;
            if inside.iter().any(Option::is_none)
                && let Some(earned) = group_in_context(query.words.get(first..end)?, entry)
            {
                inside.fill(Some(Place::Context(earned)));
            }
        }
        take_names(query, entry, Tier::Initials, usize::MAX, places, &mut used);
        if self.reading == Reading::Fuzzy {
            take_names(query, entry, Tier::Fuzzy, 1, places, &mut used);
        }
        let torn = |&(first, end): &(usize, usize)| {
            let inside = places.get(first..end).unwrap_or_default();
            let named = matches!(inside.first(), Some(Some(Place::Name(_, pair))) if pair.whole);
            inside.iter().any(Option::is_none) && !(self.reading == Reading::Apart && named)
        };
        if groups.iter().any(torn) {
            return None;
        }
        let mut before = None;
        for (place, typed) in places.iter_mut().zip(&query.words) {
            let elsewhere = || (!contradicts(typed, finder, entry)).then(|| in_context(typed, before, entry)).flatten();
            let found = place.or_else(elsewhere).or_else(|| spread(typed, finder, entry, used))?;
            if let Place::Spread(first, end, _) = found {
                // No word of the name answers twice.
                (first..end).for_each(|at| used |= 1 << at.min(31));
            }
            *place = Some(found);
            before = Some(typed);
        }
        Some(())
    }
}

/// Gives words of the name that are still free to typed words without an answer, at most so many, where they answer
/// as closely as `least`.
fn take_names(query: &Query, entry: &Entry, least: Tier, most: usize, places: &mut [Option<Place>], used: &mut u32) {
    let mut left = most;
    for (typed, slot) in query.words.iter().zip(places).filter(|(_, slot)| slot.is_none()) {
        if left == 0 {
            return;
        }
        if let Some(Place::Name(at, pair)) = in_name(typed, entry, *used, least) {
            *used |= 1 << at.min(31);
            left -= 1;
            *slot = Some(Place::Name(at, pair));
        }
    }
}

/// The best free word of the name for a typed one.
fn in_name(typed: &Typed, entry: &Entry, used: u32, least: Tier) -> Option<Place> {
    let mut best: Option<(usize, Pair)> = None;
    for (at, word) in entry.name.iter().enumerate() {
        let Some(Some(pair)) = typed.pairs.get(word.id as usize) else { continue };
        if used >> at.min(31) & 1 == 1 || pair.tier > least {
            continue;
        }
        let last = at + 1 == entry.name.len();
        let better = |b: &(usize, Pair)| {
            (pair.tier, pair.disagrees, !pair.whole, !last)
                < (b.1.tier, b.1.disagrees, !b.1.whole, b.0 + 1 != entry.name.len())
        };
        if best.as_ref().is_none_or(better) {
            best = Some((at, *pair));
        }
    }
    best.map(|(at, pair)| Place::Name(at, pair))
}

/// Whether the name has the word that was typed, but with other tones or marks: then no post makes up for it.
fn contradicts(typed: &Typed, finder: &Finder, entry: &Entry) -> bool {
    let same = |known: &super::Known| known.prepared.folded == typed.word.folded();
    typed.word.is_marked() && entry.name.iter().any(|w| finder.words.get(w.id as usize).is_some_and(same))
}

/// A typed word in rank or posts: as it stands, or as an abbreviation.
fn in_context(typed: &Typed, before: Option<&Typed>, entry: &Entry) -> Option<Place> {
    let answers = |typed: &Typed, id: u32| matches!(typed.pairs.get(id as usize), Some(Some(pair)) if pair.tier <= Tier::Squeezed && !pair.disagrees);
    let mut best = None;
    for (line, ids) in entry.context.iter().enumerate() {
        let latest = if line <= 1 { LATEST_POST } else { 0 };
        for (at, &id) in ids.iter().enumerate() {
            if answers(typed, id) {
                let beside = at.checked_sub(1).and_then(|at| ids.get(at)).zip(before);
                let beside = beside.is_some_and(|(&id, before)| answers(before, id));
                best = best.max(Some(latest + if beside { SIDE_BY_SIDE } else { 0 }));
            }
        }
        for meaning in &typed.meanings {
            let classes = entry.classes.get(line).map_or(&[][..], Vec::as_slice);
            if classes.windows(meaning.len()).any(|w| w == meaning.as_slice()) {
                best = best.max(Some(latest + SIDE_BY_SIDE));
            }
        }
    }
    best.map(Place::Context)
}

/// Typed words that name a rank or post, side by side in rank or posts.
fn group_in_context(typed: &[Typed], entry: &Entry) -> Option<i64> {
    let mut best = None;
    for (line, ids) in entry.context.iter().enumerate() {
        for (at, window) in ids.windows(typed.len()).enumerate() {
            let all = typed.iter().zip(window).all(|(typed, &id)| {
                matches!(typed.pairs.get(id as usize), Some(Some(pair)) if pair.tier <= Tier::Squeezed && !pair.disagrees)
            });
            if all {
                let latest = if line <= 1 { LATEST_POST } else { 0 };
                best = best.max(Some(latest + if at == 0 { POST_BEGINS } else { 0 }));
            }
        }
    }
    best
}

/// A typed word as beginnings of words of the name side by side, all that no other typed word took up to the next one
/// taken or the end: `dqh`, `dqhung`, `dinhquochung`, and `dq` before `hung`.
fn spread(typed: &Typed, finder: &Finder, entry: &Entry, used: u32) -> Option<Place> {
    let folded = score::mask(typed.word.folded());
    // A syllable with its tone or marks is that syllable: `thằng` is no Thu Hằng.
    if typed.letters.len() < 2 || typed.toned_syllable || folded & !entry.mask != 0 {
        return None;
    }
    let free = |at: &usize| used >> (*at).min(31) & 1 == 0;
    (0..entry.name.len()).filter(free).find_map(|first| {
        let end = (first..entry.name.len()).take_while(free).last()? + 1;
        let words: Option<Vec<&str>> = (end > first + 1).then(|| lower_words(finder, entry, first, end))?;
        let whole = begins_each(&typed.letters, &words?)?;
        Some(Place::Spread(first, end, whole && first == 0 && end == entry.name.len()))
    })
}

/// Words of the name from one place to before another, in lower case.
fn lower_words<'a>(finder: &'a Finder, entry: &Entry, first: usize, end: usize) -> Option<Vec<&'a str>> {
    let names = entry.name.get(first..end)?;
    names.iter().map(|w| finder.words.get(w.id as usize).map(|known| known.prepared.lower.as_str())).collect()
}

/// Whether the letters are made of beginnings of each word, in order; and whether of whole words.
fn begins_each(letters: &[char], words: &[&str]) -> Option<bool> {
    let Some((word, rest)) = words.split_first() else { return letters.is_empty().then_some(true) };
    let same = |(typed, known): &(&char, char)| **typed == *known || **typed == fold_char(*known);
    let most = letters.iter().zip(word.chars()).take_while(same).count();
    (1..=most).rev().find_map(|taken| {
        let whole = taken == word.chars().count();
        begins_each(letters.get(taken..)?, rest).map(|others| others && whole)
    })
}

/// The tier and score of a candidate from the places.
fn rate<'a>(query: &Query, entry: &Entry, places: &(impl Iterator<Item = &'a Place> + Clone)) -> Judged {
    let mut judged = Judged { tier: Tier::Exact, score: 0, agrees: true, scored: false };
    let mut previous = None;
    let mut covered = 0;
    let mut all_whole = true;
    let beside = places.clone().any(|place| matches!(place, Place::Context(_)));
    for place in places.clone() {
        match *place {
            Place::Name(at, pair) => {
                covered += 1;
                judged.tier = judged.tier.max(pair.tier);
                judged.agrees &= !pair.disagrees;
                all_whole &= pair.whole;
                // Beside ranks and posts, the first letters of a name's word are rather the rest of one of those.
                let begun = beside && pair.tier == Tier::Initials;
                let given = at + 1 == entry.name.len() && !begun;
                judged.score += if given { GIVEN_NAME } else { 0 } + if pair.whole { WHOLE_WORD } else { 0 };
                judged.score += if previous.is_some_and(|before: usize| before + 1 == at) { IN_ORDER } else { 0 };
                previous = Some(at);
            }
            Place::Spread(first, _, whole) => {
                let tier = if whole { Tier::Squeezed } else { Tier::Initials };
                judged.tier = judged.tier.max(tier);
                // Beside ranks and posts, letters rather abbreviate one of those.
                let begins = if first == 0 { WHOLE_NAME } else { GIVEN_NAME };
                judged.score += if beside { LATEST_POST } else { begins };
            }
            Place::Context(earned) => judged.score += earned,
        }
    }
    // Whoever has all that was typed in the name comes before whoever needs a rank or a post for some of it: `pham quan
    // luyen` rather begins Quang than means somebody of an army unit.
    if beside {
        judged.tier = judged.tier.max(Tier::Initials);
    }
    judged.score += if beside { 0 } else { IN_NAME };
    judged.score += if covered == entry.name.len() && all_whole { WHOLE_NAME } else { 0 };
    judged.score += if beside || !from_the_start(places.clone()) { 0 } else { GIVEN_NAME };
    let spread = places.clone().any(|place| matches!(place, Place::Spread(..)));
    // Of one letter the scorer knows no more than where it stands.
    judged.scored = query.letters > 1 && !spread && !beside && query.mask & !entry.mask == 0;
    judged
}

/// Whether two words and more are those that the name begins with, in its order: as weighty as the given name.
fn from_the_start<'a>(places: impl Iterator<Item = &'a Place> + Clone) -> bool {
    let at = |place: &Place| if let Place::Name(at, _) = place { Some(*at) } else { None };
    places.clone().nth(1).is_some() && places.enumerate().all(|(n, place)| at(place) == Some(n))
}

/// All letters of the query in order somewhere in the name, close together; never where a tone or mark was typed.
fn scattered(query: &Query, entry: &Entry) -> Option<Judged> {
    if !query.may_be_scattered() || query.mask & !entry.mask != 0 {
        return None;
    }
    let (points, places) = score::fuzzy(&entry.folded, &query.folded.replace(' ', ""))?;
    let stretch = places.last()? - places.first()? + 1;
    (stretch <= query.letters + query.letters / 2 + 1).then_some(Judged {
        tier: Tier::Fuzzy,
        score: points,
        agrees: true,
        scored: false,
    })
}

/// The bytes of the name that answered.
pub(super) fn spans(query: &Query, finder: &Finder, entry: &Entry, judged: &Judged) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let fuzzy = judged.tier == Tier::Fuzzy;
    let readings: &[Reading] = if fuzzy { &[Reading::Fuzzy] } else { &[Reading::Strict, Reading::Apart] };
    match readings.iter().find_map(|reading| Judge::new(query, finder, *reading).best_places(entry)) {
        Some(places) => {
            for (place, typed) in places.iter().zip(&query.words) {
                match *place {
                    Place::Name(at, pair) => out.extend(name_span(entry, finder, typed, at, pair)),
                    Place::Spread(first, end, _) => spread_spans(typed, finder, entry, first, end, &mut out),
                    Place::Context(_) => {}
                }
            }
        }
        None => {
            if let Some((_, places)) = score::fuzzy(&entry.folded, &query.folded.replace(' ', "")) {
                out.extend(letter_spans(entry, finder, &places));
            }
        }
    }
    out.sort_by_key(|span| span.start);
    out
}

/// The part of a word of the name that was typed.
fn name_span(entry: &Entry, finder: &Finder, typed: &Typed, at: usize, pair: Pair) -> Option<Span> {
    let word = entry.name.get(at)?;
    let known = finder.words.get(word.id as usize)?;
    if pair.whole || matches!(pair.tier, Tier::Squeezed | Tier::Fuzzy) {
        return Some(word.span);
    }
    let count = typed.word.folded().chars().count();
    Some(Span::new(word.span.start, word.span.start + byte_len(&known.prepared, word.span, count)))
}

/// The bytes of the first `count` letters of a word.
fn byte_len(known: &crate::search::matching::Prepared, span: Span, count: usize) -> usize {
    // A name's word is written as its lower form but for capitals, which have the same length in UTF-8 here; where an
    // apostrophe was dropped the whole word is marked.
    if known.lower.len() != span.len() {
        return span.len();
    }
    known.lower.char_indices().nth(count).map_or(span.len(), |(at, _)| at)
}

fn spread_spans(typed: &Typed, finder: &Finder, entry: &Entry, first: usize, end: usize, out: &mut Vec<Span>) {
    let mut letters = typed.letters.as_slice();
    for at in first..end {
        let Some(name) = entry.name.get(at) else { return };
        let Some(known) = finder.words.get(name.id as usize) else { return };
        let rest = lower_words(finder, entry, at + 1, end).unwrap_or_default();
        let same = |(typed, known): &(&char, char)| **typed == *known || **typed == fold_char(*known);
        let most = letters.iter().zip(known.prepared.lower.chars()).take_while(same).count();
        let taken =
            (1..=most).rev().find(|&taken| letters.get(taken..).is_some_and(|l| begins_each(l, &rest).is_some()));
        let Some(taken) = taken else { return };
        out.push(Span::new(name.span.start, name.span.start + byte_len(&known.prepared, name.span, taken)));
        letters = letters.get(taken..).unwrap_or_default();
    }
}

/// Single letters of the folded name as places of the name itself.
fn letter_spans(entry: &Entry, finder: &Finder, places: &[usize]) -> Vec<Span> {
    let mut all = Vec::new();
    for word in &entry.name {
        if !all.is_empty() {
            all.push(None);
        }
        let Some(known) = finder.words.get(word.id as usize) else { continue };
        let mut ends = known.prepared.lower.char_indices().map(|(at, c)| (at, at + c.len_utf8()));
        for _ in known.prepared.folded.chars() {
            let span = ends.next().map(|(from, to)| Span::new(word.span.start + from, word.span.start + to));
            all.push(span.filter(|s| s.end <= word.span.end));
        }
    }
    places.iter().filter_map(|&at| all.get(at).copied().flatten()).collect()
}
