//! Merges sightings into people within one report. Two names are one person only if they are the same words: tones
//! count (docs/domain.md §0.7).
//!
//! ```text
//! pass 1   sightings of full names          Đại tướng Phan Văn A     one person for each name
//! pass 2   sightings of shorter names       Đại tướng A              second mention of the best candidate; if there is
//!                                                                    none, with a rank or address, a new person
//! pass 3   other capitalised words          Phan Văn A, A            second mention if they match a known name
//! ```
//!
//! A short name of nobody in pass 2 may have its whole name elsewhere, without anything that shows a person
//! (`whole_name`).
//!
//! The order matters: a short name may come before the full one in the text (in the headline), so all full names must
//! be known first.

mod accused;
mod whole_name;

use super::cursor::TokenCursor;
use super::function_words::ANY_GENERAL;
use super::lexicon::{PersonSign, RowValue, TableClass, VerbUse, WordHasher, WordSet, form};
use super::name_run::{NameRun, is_foreign, name_at};
use super::sighting::{Sighting, is_known_thing};
use super::token::LetterCase;
use super::{author_names::Bylines, eponyms};
use crate::report::{Evidence, Mark, Meaning, Mention, Person, PostState, Span, StatedPost};
use crate::text::fold::fold_char;
use crate::text::tone_marks::name_key;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

/// The end of a mention, and its person.
#[derive(Clone, Copy, Debug)]
pub struct MentionPlace {
    /// One past its last token.
    pub end: usize,
    /// The number of the person in `PeopleOfText::all`.
    pub person: usize,
}

/// The people of one text while sightings are merged into them.
#[derive(Debug, Default)]
pub struct PeopleOfText {
    /// In the order of creation; `sort` brings them into the order of the text at the end.
    pub all: Vec<Person>,
    /// All mentions by their first token.
    pub places: HashMap<usize, MentionPlace, BuildHasherDefault<WordHasher>>,
    /// Names, ranks and posts of all sightings.
    pub marks: Vec<Mark>,
    by_key: HashMap<String, usize>,
    by_part: HashMap<String, Vec<usize>>,
    /// The people whom the text calls by their given name alone, without a form of address.
    called: HashSet<usize>,
    /// By surname, the person of a text in which nobody else has it.
    by_surname: HashMap<String, Option<usize>>,
    /// First words of all names, normalized (`name_key`).
    heads: HashSet<String>,
    /// First and last letter of each word in `heads` and `by_part`: a prefilter that rejects nearly all capitalised
    /// words before a key is allocated for them. False positives only.
    outlines: HashSet<(char, char), BuildHasherDefault<WordHasher>>,
    foreign: Vec<bool>,
    posts: HashSet<(usize, String)>,
}

/// The most people indexed under one given name. A limit against texts that were made to be slow: `resolve_name` looks
/// at each of them for every short name.
const NAMESAKES: usize = 64;

/// Merges the sightings into people.
pub fn people(r: &TokenCursor<'_>, sightings: &[Sighting], bylines: &Bylines) -> PeopleOfText {
    let mut people = PeopleOfText::default();
    let sightings = &*whole_name::with_small_ends(r, sightings);
    let ends = whole_name::ends_of_foreign(r, sightings);
    let is_whole = |sighting: &Sighting| {
        let part = whole_name::is_begun(r, sighting.name) || whole_name::is_end_of_foreign(r, &ends, sighting);
        is_full(sighting.name) && !part
    };
    // Names with a misspelled end come last, so that they give nobody their spelling.
    for small_end in [false, true] {
        let whole = sightings.iter().filter(|sighting| is_whole(sighting) && !sighting.thing);
        for sighting in whole.filter(|sighting| r.is_lower(sighting.name.end - 1) == small_end) {
            people.add(r, sighting);
        }
    }
    let mut lone = Vec::new();
    for sighting in sightings.iter().filter(|sighting| !is_whole(sighting) && !sighting.thing) {
        match people.resolve(r, sighting) {
            Some(person) => people.mention(r, person, sighting),
            None => lone.push(sighting),
        }
    }
    let lone = people.with_whole_names(r, lone, bylines);
    let things: HashSet<String> =
        sightings.iter().filter(|s| s.thing).map(|s| name_key(&r.words(s.name.start, s.name.end))).collect();
    // Two words come first: `Ông Hữu Thạnh` is also meant by `ông Thạnh` before it.
    let (short, long): (Vec<&Sighting>, Vec<&Sighting>) = lone.into_iter().partition(|one| one.name.words == 1);
    for sighting in long.into_iter().chain(short) {
        let letter = r.token(sighting.name.start).is_some_and(|token| token.case == LetterCase::Initial);
        let hidden = letter && sighting.name.words == 1;
        if sighting.word || hidden || things.contains(&name_key(&r.words(sighting.name.start, sighting.name.end))) {
            continue;
        }
        // Only a given name: enough behind a rank; behind a form of address or an occupation if it has two words, or
        // if a verb or the end of a clause follows (`Bà Bưởi cho biết`).
        let enough = match sighting.evidence {
            Evidence::Rank => true,
            Evidence::Address if whole_name::is_begun(r, sighting.name) => false,
            Evidence::Address => sighting.name.words >= 2 || is_called(r, sighting.name),
            Evidence::Post => sighting.name.words >= 2,
            _ => false,
        };
        match people.resolve(r, sighting) {
            Some(person) if enough => people.mention(r, person, sighting),
            None if enough => people.add(r, sighting),
            _ => {}
        }
    }
    people.bare_mentions(r, bylines);
    accused::mark(r, sightings, &mut people);
    people.sort();
    people
}

/// Whether the name has a surname and a given name, so that it identifies a person by itself.
fn is_full(name: NameRun) -> bool {
    (name.words >= 2 && (name.surname || name.foreign)) || name.words >= 3
}

/// Whether a given name alone is somebody's whom the text does not name otherwise: behind `ông`, `bà`, `anh`, `chị` or
/// an occupation, and before a verb or a sign. `Bác Hồ`, `cô Tấm` are not called so.
fn is_called(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let before = name.start.wrapping_sub(1);
    let occupation = (1..=4).filter_map(|back| name.start.checked_sub(back)).any(|from| {
        r.person_sign(from) == Some(PersonSign::Noun)
            && r.hit(from, TableClass::Person).is_some_and(|hit| hit.end == name.start)
    });
    let token = r.token(name.start);
    // `chị Nh.`: letters that stand for a name which the text does not give.
    let letters = r.word(name.start).chars().count() <= 2 && is_foreign(r, name.start);
    let plain = token.is_some_and(|token| token.case == LetterCase::Capital) && !letters;
    let closed = r.hit(name.end, TableClass::Verb).is_some() || r.ends_sentence(name.end) || r.is(name.end, ',');
    let folk = r.is_in(name.start, WordSet::People);
    (r.is_in(before, WordSet::AddressOnly) || occupation) && plain && closed && !folk && !r.is_dash(name.end)
}

impl PeopleOfText {
    fn add(&mut self, r: &TokenCursor<'_>, sighting: &Sighting) {
        let text = r.words(sighting.name.start, sighting.name.end);
        let key = name_key(&text);
        let person = match self.by_key.get(&key).copied() {
            Some(person) => {
                self.spell(person, &text, sighting.name.upper);
                person
            }
            None => self.enter(r, sighting, text, key),
        };
        self.mention(r, person, sighting);
    }

    /// Takes the spelling of a later sighting if the first was in capitals only.
    fn spell(&mut self, person: usize, text: &str, upper: bool) {
        if let Some(entry) = self.all.get_mut(person).filter(|entry| !upper && is_in_capitals(&entry.name)) {
            text.clone_into(&mut entry.name);
        }
    }

    fn enter(&mut self, r: &TokenCursor<'_>, sighting: &Sighting, text: String, key: String) -> usize {
        let person = self.all.len();
        self.by_key.insert(key, person);
        self.heads.insert(name_key(r.word(sighting.name.start)));
        self.outlines.insert(outline(r.word(sighting.name.start)));
        let name = sighting.name;
        if is_full(name) && !name.foreign {
            let surname = name_key(r.word(name.start));
            self.by_surname.entry(surname).and_modify(|one| *one = None).or_insert(Some(person));
        }
        let mut parts: Vec<usize> = vec![name.end - 1];
        if name.foreign || sighting.country.is_some() {
            parts.push(name.start);
        }
        for part in parts {
            self.outlines.insert(outline(r.word(part)));
            let people = self.by_part.entry(name_key(r.word(part))).or_default();
            if people.len() < NAMESAKES && !people.contains(&person) {
                people.push(person);
            }
        }
        self.foreign.push(name.foreign);
        self.all.push(Person {
            name: text,
            rank: None,
            past_ranks: Vec::new(),
            posts: Vec::new(),
            mentions: Vec::new(),
            roles: Vec::new(),
            country: None,
            country_nearby: None,
            foreign_name: false,
            accused: false,
            late: false,
        });
        person
    }

    /// Adds a sighting to a person: mention, rank, posts, country.
    fn mention(&mut self, r: &TokenCursor<'_>, person: usize, sighting: &Sighting) {
        let name = sighting.name;
        if self.places.insert(name.start, MentionPlace { end: name.end, person }).is_some() {
            return;
        }
        self.mark(r.span(name.start, name.end), Meaning::Name, person);
        for rank in sighting.rank.iter().chain(&sighting.past_ranks) {
            self.mark(rank.span, Meaning::Rank, person);
        }
        for post in &sighting.posts {
            self.mark(post.span, Meaning::Post, person);
        }
        let Some(entry) = self.all.get_mut(person) else { return };
        let evidence = match sighting.evidence {
            Evidence::Form if !entry.mentions.is_empty() => Evidence::SecondMention,
            _ if !is_full(name) && !entry.mentions.is_empty() => Evidence::SecondMention,
            evidence => evidence,
        };
        entry.mentions.push(Mention { span: r.span(name.start, name.end), evidence });
        if let Some(rank) = sighting.rank {
            match entry.rank {
                None => entry.rank = Some(rank),
                Some(have) if have.rank.name == ANY_GENERAL && rank.rank.name != ANY_GENERAL => entry.rank = Some(rank),
                _ => {}
            }
        }
        entry.past_ranks.extend(sighting.past_ranks.iter().copied());
        entry.late |= sighting.late || sighting.posts.iter().any(|post| post.state == PostState::Late);
        if entry.country.is_none() {
            entry.country = sighting.country.map(str::to_owned);
        }
        for post in &sighting.posts {
            self.keep_post(person, post.clone());
        }
    }

    /// Gives a person a post that an event is about.
    pub fn give_post(&mut self, person: usize, post: StatedPost) {
        self.mark(post.span, Meaning::Post, person);
        self.keep_post(person, post);
    }

    /// Adds a post unless the person has it already in the same words.
    fn keep_post(&mut self, person: usize, post: StatedPost) {
        let Some(entry) = self.all.get_mut(person) else { return };
        if self.posts.insert((person, name_key(&post.text))) {
            entry.posts.push(post);
        }
    }

    fn mark(&mut self, span: Span, meaning: Meaning, person: usize) {
        self.marks.push(Mark { span, meaning, person: Some(person), value: None });
    }

    /// The person whose given name or surname this is; `None` if there is none.
    fn resolve(&self, r: &TokenCursor<'_>, sighting: &Sighting) -> Option<usize> {
        self.resolve_name(r, sighting.name, sighting.rank.map(|rank| rank.rank.order))
            .or_else(|| self.resolve_surname(r, sighting))
            .or_else(|| self.resolve_begun(r, sighting.name))
    }

    /// The person of that surname behind `ông`, `bà` or `tướng`, if only one has it: Chinese and Korean people are
    /// called by it, Vietnamese never.
    fn resolve_surname(&self, r: &TokenCursor<'_>, sighting: &Sighting) -> Option<usize> {
        let name = sighting.name;
        let general = sighting.rank.is_some_and(|said| said.rank.name == ANY_GENERAL);
        let addressed = general || r.is_in(name.start.wrapping_sub(1), WordSet::AddressOnly);
        if name.words > 1 || !addressed || !self.may_know(r.word(name.start)) {
            return None;
        }
        self.by_surname.get(&name_key(r.word(name.start))).copied().flatten()
    }

    fn resolve_name(&self, r: &TokenCursor<'_>, name: NameRun, order: Option<u16>) -> Option<usize> {
        let last = r.word(name.end - 1);
        if !self.may_know(last) {
            return None;
        }
        let candidates = self.by_part.get(&name_key(last))?;
        let wanted = name_key(&r.words(name.start, name.end));
        let here = r.token(name.start)?.start();
        candidates
            .iter()
            .filter_map(|person| Some((*person, self.all.get(*person)?)))
            .filter(|(_, entry)| {
                let key = name_key(&entry.name);
                key == wanted || key.ends_with(&format!(" {wanted}")) || key.starts_with(&format!("{wanted} "))
            })
            // Of several candidates: one of the same rank, then the one mentioned last before this name.
            .max_by_key(|(person, entry)| {
                let same_rank = order.is_some() && entry.rank.map(|rank| rank.rank.order) == order;
                let before = entry.mentions.iter().map(|mention| mention.span.start).filter(|at| *at < here).max();
                (same_rank, before, std::cmp::Reverse(*person))
            })
            .map(|(person, _)| person)
    }

    /// Finds further mentions: full names and foreign surnames without rank, post or address.
    fn bare_mentions(&mut self, r: &TokenCursor<'_>, bylines: &Bylines) {
        let mut at = 0;
        loop {
            at = r.next(at, form::CAPITAL);
            if at >= r.tokens.len() {
                return;
            }
            at = match self.places.get(&at) {
                Some(mention) => mention.end,
                None => bylines.skip(at).or_else(|| self.bare_mention(r, at)).unwrap_or(at + 1),
            };
        }
    }

    fn bare_mention(&mut self, r: &TokenCursor<'_>, at: usize) -> Option<usize> {
        // In quotation marks a name mostly begins a title: `cuốn sách “A – những ngày ở Huế”`.
        let quoted = at > 0 && matches!(r.word(at - 1), "“" | "\"" | "‘" | "«");
        if !r.is_capital(at) || quoted || (follows_capital(r, at) && said_from(r, at) == at) {
            return None;
        }
        let name = name_at(r, at)?;
        let mut end =
            if self.may_know(r.word(at)) && self.heads.contains(&name_key(r.word(at))) { name.end } else { at };
        // The longest run of words that is a known full name: in `Phan Văn A Bình Dương` the place is left out.
        while end > at {
            if let Some(person) = self.by_key.get(&name_key(&r.words(at, end))).copied() {
                let found = NameRun { end, ..name };
                if (end > at + 1 || self.is_foreign(person))
                    && !eponyms::names_a_thing(r, said_from(r, at), true)
                    && !(is_known_thing(r, found))
                {
                    self.second(r, person, found);
                    return Some(end);
                }
                return None;
            }
            end -= 1;
        }
        let lone = name.words <= 2 && !r.is_capital(name.end);
        if !lone
            || r.is_in(at.wrapping_sub(1), WordSet::BeforeCountryOrSea)
            || eponyms::names_a_thing(r, at, true)
            || (is_known_thing(r, name) && !(name.words == 1 && r.is_saying(name.end)))
        {
            return None;
        }
        let person = self.resolve_name(r, name, None)?;
        // `Tuấn Anh`, `Thứ trưởng Thành`. A given name alone counts only for a person without rank, and not at the
        // beginning of a sentence, where every word has a capital.
        let posted = said_from(r, at) < at;
        let word_of_its_own = r.hits.at(at).any(|hit| hit.end > at + 1);
        let civilian = self.all.get(person).is_some_and(|person| person.rank.is_none());
        let acts = acts(r, name) || (self.called.contains(&person) && r.hit(name.end, TableClass::Verb).is_some());
        let certain = if self.is_foreign(person) {
            is_foreign(r, at) || !is_sentence_start(r, at)
        } else if name.words == 2 {
            !name.surname || posted
        } else {
            let placed = posted || (civilian && !is_sentence_start(r, at)) || acts;
            placed && !word_of_its_own && r.hit(at, TableClass::Place).is_none()
        };
        certain.then(|| {
            if name.words == 1 && !posted {
                self.called.insert(person);
            }
            self.second(r, person, name);
            name.end
        })
    }

    /// Whether the word may be the first word of a known name or a part by which a person is called (`outlines`).
    fn may_know(&self, word: &str) -> bool {
        self.outlines.contains(&outline(word))
    }

    fn is_foreign(&self, person: usize) -> bool {
        self.foreign.get(person).copied().unwrap_or(false)
    }

    fn second(&mut self, r: &TokenCursor<'_>, person: usize, name: NameRun) {
        self.places.insert(name.start, MentionPlace { end: name.end, person });
        self.mark(r.span(name.start, name.end), Meaning::Name, person);
        if let Some(entry) = self.all.get_mut(person) {
            entry.mentions.push(Mention { span: r.span(name.start, name.end), evidence: Evidence::SecondMention });
        }
    }

    /// Sorts mentions by their position and people by their first mention, and renumbers the people everywhere.
    fn sort(&mut self) {
        for person in &mut self.all {
            person.mentions.sort_by_key(|mention| mention.span);
        }
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|person| self.all.get(*person).and_then(|p| p.mentions.first()).map(|m| m.span.start));
        let mut place_of = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            if let Some(slot) = place_of.get_mut(*old) {
                *slot = new;
            }
        }
        let mut people: Vec<Option<Person>> = std::mem::take(&mut self.all).into_iter().map(Some).collect();
        self.all = order.iter().filter_map(|old| people.get_mut(*old).and_then(Option::take)).collect();
        let renumbered = std::mem::take(&mut self.posts).into_iter();
        self.posts = renumbered.filter_map(|(person, key)| Some((*place_of.get(person)?, key))).collect();
        for mark in &mut self.marks {
            mark.person = mark.person.and_then(|person| place_of.get(person).copied());
        }
        for mention in self.places.values_mut() {
            mention.person = place_of.get(mention.person).copied().unwrap_or(mention.person);
        }
    }
}

/// Whether the one word of the name does something: a verb of speech or of a role follows, or a word of tense. A word
/// that is also a pronoun or an organisation (`Anh`, `Ban`) must speak.
fn acts(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let role = matches!(r.value(name.end, TableClass::Verb), Some(RowValue::Verb(VerbUse::Role, _)));
    let tense = r.is_in(name.end, WordSet::BeforeVerb);
    // Inside a sentence a verb has no capital, at its beginning every word has.
    let opens = is_sentence_start(r, name.start);
    let word =
        r.hits.at(name.start).any(|hit| hit.class != TableClass::Surname && (opens || hit.class != TableClass::Verb));
    let pronoun = r.hit(name.start, TableClass::Person).is_some();
    !pronoun && (r.is_saying(name.end) || !word && (role || tense))
}

/// Whether a name has capitals only, as headlines and signatures spell it.
fn is_in_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// First and last letter, folded, so that all spellings of one key have the same outline.
fn outline(word: &str) -> (char, char) {
    let folded = |c: Option<char>| c.map_or(' ', fold_char);
    (folded(word.chars().next()), folded(word.chars().next_back()))
}

/// The first token of a post that ends directly before `at`; `at` if there is none.
fn said_from(r: &TokenCursor<'_>, at: usize) -> usize {
    let ends_here = |from: &usize| r.hits.at(*from).any(|hit| hit.class == TableClass::Post && hit.end == at);
    // Four tokens are enough for nearly all heads of posts. The earliest beginning is tried first, so the longest wins.
    (at.saturating_sub(4)..at).find(ends_here).unwrap_or(at)
}

/// Whether the word before is capitalised and may be part of the name. The first word of a sentence is capitalised
/// anyway, so there a verb (`Theo A`) is not.
pub fn follows_capital(r: &TokenCursor<'_>, at: usize) -> bool {
    at > 0 && r.is_capital(at - 1) && !(is_sentence_start(r, at - 1) && r.hit(at - 1, TableClass::Verb).is_some())
}

fn is_sentence_start(r: &TokenCursor<'_>, at: usize) -> bool {
    at == 0 || r.ends_sentence(at - 1)
}
