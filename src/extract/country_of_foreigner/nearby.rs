//! The country of a foreigner with whom no sentence names one. News of abroad names the state once and then writes only
//! rank and name: `Quân đội Peru cho biết … Đại tá A nói thêm …`. What is found here is weaker than what `country_of`
//! reads: it is shown, but decides nothing about who is who.
//!
//! First the sentence is asked (`country_of_sentence`). Then only offices, forces and people of a state count (`quân
//! đội Peru`, `phi công Peru`), not a state that something is done in or to (`tại Peru`, `chống Peru`), nor one that
//! somebody speaks of in quotation marks: those of the line, unless most of the report is of another state; those of
//! the whole report, of which one state must have two of three; all mentions of states, of which one must have three
//! of four. Vietnam counts like any other state and then gives no country. Last, the one foreign state of the report is
//! taken (`only_state`).

use super::apposition::state_of_apposed;
use super::occupation::state_of_headline;
use super::only_state::{is_clearly_foreign, may_be_of_syllables, only_state, state_of_report, state_of_syllables};
use super::romanised::can_be_of;
use super::{LONGEST_COUNTRY, is_behind_office, is_elsewhere, is_foreign_name, is_part_of_name, is_toward, state_at};
use crate::extract::cursor::TokenCursor;
use crate::extract::function_words::{AND, AT, BY, HOME, IS, LOCATED, NAME, OF};
use crate::extract::lexicon::{TableClass, WordSet, bit, form};
use crate::extract::name_run::{NameRun, name_at};
use crate::extract::people_of_text::{MentionPlace, PeopleOfText};
use crate::extract::sighting::{Sighting, name_served};
use crate::report::{Person, PostState, StatedPost};
use std::cell::OnceCell;
use std::ops::Range;

/// A line is looked at this many tokens on either side of a name. The limit keeps the rule linear.
const MAX_TOKENS: usize = 200;
/// A state that only one place of a report names is not what the report is about.
const FEWEST_MENTIONS: usize = 2;

/// A state, at one place of the text.
#[derive(Clone, Copy)]
pub struct StateMention {
    pub start: usize,
    pub country: &'static str,
    /// Whether an office, a force or people of the state are meant.
    pub official: bool,
    /// Whether something is done in or to it, or somebody speaks of it: nobody is said to be of it.
    pub toward: bool,
    /// Whether it only says where something takes place: `ở New York`.
    pub place: bool,
}

/// Gives the people of foreign name without a country the country of the report around them, if there is one, and marks
/// those whose name is clearly no Vietnamese one. Of people without a rank or a post the report tells it only if it is
/// about one state and nothing else.
pub fn countries(r: &TokenCursor<'_>, sightings: &[Sighting], people: &mut PeopleOfText) {
    let found_states = OnceCell::new();
    let states = || found_states.get_or_init(|| states_of(r)).as_slice();
    let mut syllables: Option<Option<&'static str>> = None;
    for sighting in sightings.iter().filter(|sighting| !sighting.thing) {
        let Some(place) = people.places.get(&sighting.name.start) else { continue };
        let Some(person) = people.all.get_mut(place.person) else { continue };
        let name = sighting.name;
        person.foreign_name |= is_clearly_foreign(r, name);
        if person.country.is_some() || person.country_nearby.is_some() || !is_of_state(r, sighting) {
            continue;
        }
        let office = has_office(sighting);
        let serves = office || is_called_in_service(r, name);
        let found = if is_foreign_name(r, name) || (serves && is_named_in_brackets(r, name)) {
            let of_service = match (office, serves) {
                (true, _) => country_of_officer(r, states, sighting),
                (false, true) => country_of_sentence(r, name, false).or_else(|| prevailing_state(r, states(), name)),
                (false, false) => None,
            };
            let is_anybody = !office && person.foreign_name && is_foreign_name(r, name);
            let of_anybody = || if is_anybody { country_of_anybody(r, states, sighting) } else { None };
            of_service.or_else(of_anybody)
        } else if serves && name.is_full_vietnamese() {
            *syllables.get_or_insert_with(|| {
                let read = || state_of_syllables(r, states());
                may_be_of_syllables(r).then(read).flatten()
            })
        } else {
            None
        };
        person.country_nearby = found.map(str::to_owned);
    }
    of_what_is_said(r, people);
    take_from_abroad(r, people);
    of_those_served(r, &mut people.all);
    take_back_second_holders(&mut people.all);
}

/// The country of somebody with a rank or a post.
fn country_of_officer<'s>(
    r: &TokenCursor<'_>,
    states: impl Fn() -> &'s [StateMention],
    sighting: &Sighting,
) -> Option<&'static str> {
    let name = sighting.name;
    let travels = travels(r, sighting);
    let own_state = || {
        let joined = || country_of_joined(r, sighting).filter(|_| travels);
        let leading = || country_of_coalition(r, sighting);
        country_of_chooser(r, name).or_else(joined).or_else(leading).or_else(|| country_of_subject(r, sighting))
    };
    country_of_sentence(r, name, travels).or_else(own_state).or_else(|| {
        let own: Vec<StateMention> = states().iter().filter(|state| !(travels && state.place)).copied().collect();
        let states = own.as_slice();
        country_of_court(r, states, sighting)
            .or_else(|| country_of_chamber(r, states, sighting))
            .or_else(|| country_at(r, states, name))
            .or_else(|| only_state(r, states, name))
    })
}

/// The country of somebody of whom no office is told.
fn country_of_anybody<'s>(
    r: &TokenCursor<'_>,
    states: impl Fn() -> &'s [StateMention],
    sighting: &Sighting,
) -> Option<&'static str> {
    let name = sighting.name;
    country_of_chooser(r, name).or_else(|| country_of_leader(r, sighting)).or_else(|| {
        state_of_headline(r, states(), name)
            .filter(|country| *country != HOME && can_be_of(r, name, country))
            .or_else(|| state_of_report(r, states(), name))
    })
}

/// Gives people of clearly foreign name without a country the one with which ends what is said of them behind any of
/// their mentions, also where no rank, post or form of address stands with it: `Theo A, quan chức Bộ Y tế Peru, …`.
fn of_what_is_said(r: &TokenCursor<'_>, people: &mut PeopleOfText) {
    let open = |person: &Person| person.foreign_name && person.country.is_none();
    if !people.all.iter().any(open) {
        return;
    }
    let mentions = people.places.iter().filter(|(_, place)| people.all.get(place.person).is_some_and(open));
    let mut mentions: Vec<(usize, MentionPlace)> = mentions.map(|(start, place)| (*start, *place)).collect();
    mentions.sort_unstable_by_key(|(start, _)| *start);
    for (start, place) in mentions {
        let whole = |name: &NameRun| name.end == place.end && name.words >= 2;
        let Some(name) = name_at(r, start).filter(whole) else { continue };
        let said = state_of_apposed(r, name).filter(|country| can_be_of(r, name, country));
        if let Some(person) = people.all.get_mut(place.person).filter(|person| person.country.is_none()) {
            person.country = said.map(str::to_owned);
        }
    }
}

/// Takes the sign of a foreigner from people of whom the text says that they are Vietnamese before it names them: `một
/// phụ nữ Việt Nam có tên A`.
fn take_from_abroad(r: &TokenCursor<'_>, people: &mut PeopleOfText) {
    const WORDS: usize = 3;
    if !people.all.iter().any(|person| person.foreign_name) {
        return;
    }
    let is_home = |start: usize| {
        let link = start.checked_sub(1)?;
        let link = if r.is_word(link, IS) { link.checked_sub(1)? } else { link };
        let named = r.is_word(link, NAME);
        let home = |from: &usize| {
            let hit = r.country_at(*from).filter(|hit| r.country(*hit) == Some(HOME));
            hit.is_some_and(|hit| hit.end == link || (hit.end + 1 == link && r.is_lower(hit.end)))
        };
        Some(named && (2..=1 + WORDS).filter_map(|back| link.checked_sub(back)).any(|from| home(&from)))
    };
    let home: Vec<usize> = people
        .places
        .iter()
        .filter(|(start, _)| is_home(**start).unwrap_or(false))
        .map(|(_, place)| place.person)
        .collect();
    for number in home {
        if let Some(person) = people.all.get_mut(number).filter(|person| person.country.is_none()) {
            person.foreign_name = false;
            person.country_nearby = None;
        }
    }
}

/// Takes back the country of whoever has an office of which the text states another holder in that state: where `Tổng
/// thống Peru A` stands, `Tổng thống B` is of another one.
fn take_back_second_holders(people: &mut [Person]) {
    let heads = WordSet::HeadOfState.words();
    let last_word = |name: &str| name.rsplit(' ').next().map(str::to_lowercase);
    let mut held: Vec<(&'static str, String, Option<String>)> = Vec::new();
    for person in people.iter() {
        let Some(country) = &person.country else { continue };
        let last = last_word(&person.name);
        for post in person.posts.iter().filter(|post| post.state == PostState::Holds) {
            let text = post.text.to_lowercase();
            let of_state = |head: &&&str| text.strip_prefix(**head).is_some_and(|rest| rest.starts_with(' '));
            held.extend(heads.iter().find(of_state).map(|head| (*head, country.clone(), last.clone())));
        }
    }
    let is_second = |person: &Person| {
        let Some(guess) = person.country_nearby.as_ref().filter(|_| person.country.is_none()) else { return false };
        person.posts.iter().filter(|post| post.state == PostState::Holds).any(|post| {
            let text = post.text.to_lowercase();
            // Of the same last word it is the same holder in another spelling.
            let other = |last: &Option<String>| *last != last_word(&person.name);
            held.iter().any(|(head, country, last)| *head == text && country == guess && other(last))
        })
    };
    for person in people.iter_mut().filter(|person| is_second(person)) {
        person.country_nearby = None;
    }
}

/// Gives an aide of foreign name the country of the one who is served, if the post names that person by the last word
/// of a name that the report has in full: `cố vấn của ông Dupont`. What the report tells of other states says nothing
/// of who serves a named person, so a guess by it is taken back.
fn of_those_served(r: &TokenCursor<'_>, people: &mut [Person]) {
    let open = |person: &Person| {
        let guessed = person.foreign_name || person.country_nearby.is_some();
        guessed && person.country.is_none() && !person.posts.is_empty()
    };
    if !people.iter().any(open) {
        return;
    }
    let last_word = |person: &Person| person.name.rsplit(' ').next().map(str::to_owned);
    // Only what the text states: the country of the one served may be a guess too.
    let stated = |person: &Person| person.country.clone().filter(|country| country != HOME);
    let known: Vec<(String, String)> =
        people.iter().filter_map(|person| last_word(person).zip(stated(person))).collect();
    let country_of = |word: &str| known.iter().find(|(last, _)| last == word).map(|(_, country)| country.clone());
    for person in people.iter_mut().filter(|person| open(person)) {
        let own = last_word(person);
        let served = person.posts.iter().find_map(|post| {
            let (from, to) = super::tokens_of(r, post.span);
            name_served(r, from, to).map(|last| r.word(last))
        });
        if let Some(word) = served.filter(|word| own.as_deref() != Some(*word)) {
            person.country_nearby = country_of(word).or_else(|| country_before(r, word).map(str::to_owned));
        } else if person.country_nearby.is_none() {
            let words = || person.posts.iter().flat_map(|post| post.text.split(' ').skip(1));
            let served = known.iter().find(|(word, _)| {
                own.as_ref() != Some(word) && word.starts_with(char::is_uppercase) && words().any(|said| said == word)
            });
            person.country_nearby = served.map(|(_, country)| country.clone());
        }
    }
}

/// The country that stands directly before a name of that last word somewhere in the text: `Tổng thống Peru Dupont`.
fn country_before(r: &TokenCursor<'_>, word: &str) -> Option<&'static str> {
    const LONGEST_NAME: usize = 4;
    let mut at = r.next(0, form::CAPITAL);
    while at < r.tokens.len() {
        if r.word(at) == word {
            let named = (at.saturating_sub(LONGEST_NAME)..at).find_map(|from| {
                let hit = r.country_at(from)?;
                let name = (hit.end..at).all(|part| r.is_capital(part)) && hit.end <= at;
                r.country(hit).filter(|country| name && *country != HOME && !is_elsewhere(r, from))
            });
            if named.is_some() {
                return named;
            }
        }
        at = r.next(at + 1, form::CAPITAL);
    }
    None
}

/// The most tokens before and behind a name in which the house of a parliament is looked for.
const CHAMBER: usize = 24;

/// The state of whose parliament somebody speaks in whose post or sentence a house of it is named without the state:
/// `Ủy ban Đối ngoại Thượng viện … Quốc hội Mỹ`. Only one state's parliament may be named in the report.
fn country_of_chamber(r: &TokenCursor<'_>, states: &[StateMention], sighting: &Sighting) -> Option<&'static str> {
    let name = sighting.name;
    let first = sighting.from.saturating_sub(CHAMBER);
    let from = (first..sighting.from).rev().find(|at| r.ends_sentence(*at)).map_or(first, |end| end + 1);
    let to = r.sentence_end(name.end, CHAMBER).min(r.tokens.len());
    if !(from..to).any(|at| r.is_in(at, WordSet::Chamber)) {
        return None;
    }
    let ends = |at: usize| {
        (1..=4).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::Chamber) == Some(at))
    };
    let named = |state: &&StateMention| {
        let before = state.start.wrapping_sub(1);
        ends(state.start) || (r.is_word(before, OF) && ends(before))
    };
    let mut found = states.iter().filter(named).map(|state| state.country);
    let country = found.next()?;
    found.all(|other| other == country).then_some(country).filter(|country| *country != HOME)
}

/// The state of a judge, a prosecutor or a mayor, who acts where the office is: the one state that the sentence names,
/// also where it only says what is done there (`tại một tòa án ở London`), else the one that the first line names.
fn country_of_court(r: &TokenCursor<'_>, states: &[StateMention], sighting: &Sighting) -> Option<&'static str> {
    let local = |post: &StatedPost| {
        let (from, to) = super::tokens_of(r, post.span);
        (from..to).any(|at| r.is_in(at, WordSet::CourtPost))
    };
    if !sighting.posts.iter().any(local) {
        return None;
    }
    let name = sighting.name;
    let first = name.start.saturating_sub(REACH);
    let from = (first..name.start).rev().find(|at| r.ends_sentence(*at)).map_or(first, |end| end + 1);
    let only = |from: usize, to: usize| {
        let inside =
            |state: &&StateMention| (from..to).contains(&state.start) && !(name.start..name.end).contains(&state.start);
        let mut named = states.iter().filter(inside).map(|state| state.country);
        let country = named.next()?;
        named.all(|other| other == country).then_some(country)
    };
    let found = only(from, r.sentence_end(name.end, REACH)).or_else(|| only(0, r.next(0, form::END)));
    found.filter(|country| *country != HOME && can_be_of(r, name, country))
}

/// The state whose office chooses the person for a post: `A, người được tổng thống Peru chọn làm đại sứ`.
fn country_of_chooser(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    const CLAUSE: usize = 12;
    let from = if r.is(name.end, ',') { name.end + 1 } else { name.end };
    let at = r.set_end(from, WordSet::ChosenPerson)?;
    let end = r.sentence_end(at, CLAUSE).min(r.tokens.len());
    let clause = || (at..end).take_while(|place| !r.is(*place, ','));
    let mut states = clause().filter_map(|place| state_at(r, place).filter(|(.., office)| *office));
    let (country, behind, _) = states.next()?;
    let chosen = clause().any(|place| place >= behind && r.is_in(place, WordSet::ChosenAs));
    (chosen && country != HOME && states.all(|(other, ..)| other == country)).then_some(country)
}

/// The state whose force the person leads in the sentence: `Hải quân Peru điều tàu B, dưới sự chỉ huy của chuyên gia
/// A`.
fn country_of_leader(r: &TokenCursor<'_>, sighting: &Sighting) -> Option<&'static str> {
    const LONGEST: usize = 5;
    let before = (1..=LONGEST).filter_map(|back| sighting.from.checked_sub(back));
    let leads = before.into_iter().any(|from| r.set_end(from, WordSet::LedBy) == Some(sighting.from));
    if leads { country_of_sentence(r, sighting.name, false) } else { None }
}

/// The state of the one who is named before with an office of it: `Tổng thống Peru A và cựu Ngoại trưởng B`.
fn country_of_joined(r: &TokenCursor<'_>, sighting: &Sighting) -> Option<&'static str> {
    let and = sighting.from.checked_sub(1).filter(|at| r.is_word(*at, AND))?;
    let names = (1..=NAME_WORDS).filter_map(|back| and.checked_sub(back));
    names.into_iter().filter(|from| name_at(r, *from).is_some_and(|name| name.end == and)).find_map(|name| {
        let ends = |at: &usize| r.country_at(*at).is_some_and(|hit| hit.end == name);
        let land = (1..=LONGEST_COUNTRY).filter_map(|back| name.checked_sub(back)).find(ends)?;
        let country = r.country(r.country_at(land)?).filter(|country| *country != HOME)?;
        is_behind_office(r, land).then_some(country)
    })
}

/// The state that leads the force for which somebody speaks: `Người phát ngôn liên quân do Peru dẫn đầu, Đại tá A`.
fn country_of_coalition(r: &TokenCursor<'_>, sighting: &Sighting) -> Option<&'static str> {
    const LONGEST: usize = 8;
    let comma = sighting.from.checked_sub(1).filter(|at| r.is(*at, ','))?;
    let leads = |at: &usize| r.set_end(*at, WordSet::LeadsForce) == Some(comma);
    let verb = (1..=3).filter_map(|back| comma.checked_sub(back)).find(leads)?;
    let ends = |at: &usize| r.country_at(*at).is_some_and(|hit| hit.end == verb);
    let land = (1..=LONGEST).filter_map(|back| verb.checked_sub(back)).find(ends)?;
    let country = r.country(r.country_at(land)?)?;
    (r.is_word(land.wrapping_sub(1), BY) && country != HOME).then_some(country)
}

/// The most tokens before a minister in which the sentence begins whose subject is the state.
const SENTENCE: usize = 80;

/// The state that does what its minister tells: `Peru sẽ điều thêm hai tàu đến Chile, Bộ trưởng Quốc phòng A cho hay`.
/// It opens the sentence and a verb follows it; the minister stands behind a comma and speaks.
fn country_of_subject(r: &TokenCursor<'_>, sighting: &Sighting) -> Option<&'static str> {
    const OPENER: usize = 4;
    let name = sighting.name;
    if !travels(r, sighting) || !r.is(sighting.from.wrapping_sub(1), ',') || !r.is_saying(name.end) {
        return None;
    }
    let first = sighting.from.saturating_sub(SENTENCE);
    let start = (first..sighting.from).rev().find(|at| r.ends_sentence(*at)).map(|end| end + 1);
    let start = start.or_else(|| (first == 0).then_some(0))?;
    // `Theo đó, Peru sẽ …`
    let opener = (start..start + OPENER).find(|at| r.is(*at, ',')).map_or(start, |comma| comma + 1);
    let (country, end, _) = state_at(r, start).or_else(|| state_at(r, opener))?;
    let acts = r.is_in(end, WordSet::BeforeVerb) || r.hit(end, TableClass::Verb).is_some();
    let own = country != HOME && can_be_of(r, name, country) && end < sighting.from;
    (acts && own).then_some(country)
}

/// Whether a rank or a post stands with the name, a former one too.
fn has_office(sighting: &Sighting) -> bool {
    sighting.rank.is_some() || !sighting.past_ranks.is_empty() || !sighting.posts.is_empty()
}

/// The most names of a list behind one word.
const LISTED: usize = 4;
/// The most words of a name in Vietnamese syllables.
const NAME_WORDS: usize = 5;

/// Whether a name stands directly behind a word for people in the service of a state, or in a list behind it: `phi công
/// A`, `hai cựu tướng B và A`. In a report on one foreign state they are of it, as who has a rank is.
fn is_called_in_service(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let called = |at: usize| {
        let mut before = (1..=4).filter_map(|back| at.checked_sub(back));
        before.any(|from| r.set_end(from, WordSet::InService) == Some(at))
    };
    let mut at = name.start;
    for _ in 0..LISTED {
        if called(at) {
            return true;
        }
        let Some(link) = at.checked_sub(1).filter(|link| r.is(*link, ',') || r.is_word(*link, AND)) else {
            return false;
        };
        let is_name = |from: &usize| name_at(r, *from).is_some_and(|other| other.end == link && other.words >= 2);
        let Some(other) = (2..=NAME_WORDS).filter_map(|back| link.checked_sub(back)).rfind(is_name) else {
            return false;
        };
        at = other;
    }
    false
}

/// Whether no post of a person is of a firm, a society or an organisation of states.
fn is_of_state(r: &TokenCursor<'_>, sighting: &Sighting) -> bool {
    let international =
        |at: usize| r.country_at(at).is_some_and(|hit| r.country(hit).is_none_or(|country| country == HOME));
    // `Giám đốc B tại Philippines`: sent there, and from elsewhere.
    let sent = |at: usize| r.country_at(at).is_some() && is_elsewhere(r, at);
    // `Quân khu phía Nam` is of the army, whatever `khu` is elsewhere, and `Hạ viện` is no `viện`.
    let of_army = |at: usize| at > 0 && r.set_end(at - 1, WordSet::ArmyBody) == Some(at + 1);
    let of_state =
        |at: usize| (at.saturating_sub(2)..=at).any(|from| r.set_end(from, WordSet::OfficeOfState) > Some(at));
    let public = |at: usize| of_army(at) || of_state(at);
    let private = |at: usize| r.is_in(at, WordSet::NotOfState) && !public(at) || r.is_in(at, WordSet::Firm);
    let outside_state = |at: usize| private(at) || international(at) || sent(at);
    sighting.posts.iter().all(|post| {
        let (from, to) = super::tokens_of(r, post.span);
        !(from..to).any(outside_state)
    })
}

/// Whether a foreign spelling of the name stands behind it: `Tống Mỹ Linh (Song Mei-ling)`.
fn is_named_in_brackets(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let inside = || name_at(r, name.end + 1).is_some_and(|other| other.foreign && other.words >= 2);
    r.is(name.end, '(') && inside()
}

/// The most tokens on either side of a name in which the state of its sentence is looked for.
const REACH: usize = 40;

/// The one foreign state that the sentence of a foreign name names next to an office or a force: `Tàu chiến Chile do đô
/// đốc A chỉ huy`. `None` if it names a second state or Viet Nam, or an organisation without a state, which is mostly a
/// Vietnamese one. What stands in quotation marks does not count.
fn country_of_sentence(r: &TokenCursor<'_>, name: NameRun, travels: bool) -> Option<&'static str> {
    let first = name.start.saturating_sub(REACH);
    let from = (first..name.start).rev().find(|at| r.ends_sentence(*at)).map_or(first, |end| end + 1);
    let to = r.sentence_end(name.end, REACH).min(r.tokens.len());
    let mut quotes = Quotes { open: false, next: line_of(r, name.start).start };
    let (mut state, mut official) = (None, false);
    let mut at = from;
    while at < to {
        if quotes.are_open_at(r, at) {
            at += 1;
            continue;
        }
        if travels && is_place_of_event(r, at) {
            at += 1;
            continue;
        }
        if let Some((country, end, next_to)) = state_at(r, at).filter(|(country, ..)| can_be_of(r, name, country)) {
            if country == HOME || state.is_some_and(|other| other != country) {
                return None;
            }
            official |= next_to;
            state = Some(country);
            at = end;
            continue;
        }
        if is_without_state(r, at, to) {
            return None;
        }
        at += 1;
    }
    state.filter(|_| official)
}

/// Whether a post of the person is one of those whose holders speak abroad as often as at home: `Ngoại trưởng`.
fn travels(r: &TokenCursor<'_>, sighting: &Sighting) -> bool {
    let leads = |post: &StatedPost| {
        let (from, to) = super::tokens_of(r, post.span);
        (from..to).any(|at| r.is_in(at, WordSet::StateLeader))
    };
    sighting.posts.iter().any(leads)
}

/// Whether the state or city at a token only tells where something takes place: `ở thành phố New York`, and the state
/// in brackets behind it.
fn is_place_of_event(r: &TokenCursor<'_>, at: usize) -> bool {
    const BETWEEN: usize = 4;
    // `tại lãnh sự quán Peru`: an office of the state, wherever it is.
    if r.seat_at(at).is_none() && is_behind_office(r, at) {
        return false;
    }
    let located = |word: usize| r.is_any(word, &[AT, LOCATED]);
    let mut before = (at.saturating_sub(BETWEEN)..at).rev().skip_while(|word| r.is_lower(*word) && !located(*word));
    let located = before.next().is_some_and(located);
    located || r.is(at.wrapping_sub(1), '(')
}

/// Whether an organisation with a capital is named at a token and no state within the four tokens behind its head.
fn is_without_state(r: &TokenCursor<'_>, at: usize, to: usize) -> bool {
    let Some(unit) = r.hit(at, TableClass::Unit).filter(|_| r.is_capital(at)) else { return false };
    !(unit.end..(unit.end + 4).min(to)).any(|next| state_at(r, next).is_some())
}

/// The states that a text names.
fn states_of(r: &TokenCursor<'_>) -> Vec<StateMention> {
    let wanted = bit(TableClass::Country) | bit(TableClass::Seat);
    let mut states = Vec::new();
    let mut quotes = Quotes::default();
    let mut at = r.next(0, wanted);
    while at < r.tokens.len() {
        let quoted = quotes.are_open_at(r, at);
        let Some((country, end, official)) = state_at(r, at) else {
            at = r.next(at + 1, wanted);
            continue;
        };
        let toward = is_toward(r, at);
        if !is_part_of_name(r, at, end, r.tokens.len()) {
            let toward = toward || quoted || is_elsewhere(r, at);
            let place = is_place_of_event(r, at);
            states.push(StateMention { start: at, country, official, toward, place });
        }
        let next = r.next(end, wanted);
        // `Tin từ Peru cho biết quân đội nước này …`
        let this_state = |at: &usize| r.set_end(*at, WordSet::ThisState).is_some() && is_behind_office(r, *at);
        if let Some(start) = (end..next.min(end + REACH)).find(this_state) {
            let toward = quotes.are_open_at(r, start);
            states.push(StateMention { start, country, official: true, toward, place: false });
        }
        at = next;
    }
    states
}

/// Follows the quotation marks of a text. A line ends every quotation, in case the mark that closes it is missing.
#[derive(Default)]
struct Quotes {
    open: bool,
    /// The first token that has not been looked at.
    next: usize,
}

impl Quotes {
    /// Whether the token is inside quotation marks. Tokens must be asked for in order.
    fn are_open_at(&mut self, r: &TokenCursor<'_>, at: usize) -> bool {
        for token in self.next.min(at)..at {
            if r.is(token, '"') {
                self.open = !self.open;
            } else if r.is(token, '“') {
                self.open = true;
            } else if r.is(token, '”') || r.is_end(token) {
                self.open = false;
            }
        }
        self.next = self.next.max(at);
        self.open
    }
}

/// The country of the report around the name, of those that a name so spelled can be of.
fn country_at(r: &TokenCursor<'_>, states: &[StateMention], name: NameRun) -> Option<&'static str> {
    let line = line_of(r, name.start);
    let own = || states.iter().filter(|state| !state.toward && can_be_of(r, name, state.country));
    let official = || own().filter(|state| state.official);
    let other = |country: &&'static str| most(official(), 1, 2).is_some_and(|most| most != *country);
    let found = most(official().filter(|state| line.contains(&state.start)), 1, 1)
        .filter(|country| !other(country))
        .or_else(|| most(official(), 2, 3))
        .or_else(|| prevailing_state(r, states, name));
    found.filter(|country| *country != HOME)
}

/// The state that nearly all of the report is about: that of at least three of four mentions.
fn prevailing_state(r: &TokenCursor<'_>, states: &[StateMention], name: NameRun) -> Option<&'static str> {
    let states = || states.iter().filter(|state| !state.toward && can_be_of(r, name, state.country));
    let found = most(states(), 3, 4).filter(|_| states().count() >= FEWEST_MENTIONS);
    found.filter(|country| *country != HOME)
}

/// The state that at least `share` of `of` mentions are of.
fn most<'a>(states: impl Iterator<Item = &'a StateMention>, share: usize, of: usize) -> Option<&'static str> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    let mut all = 0;
    for state in states {
        all += 1;
        match counts.iter_mut().find(|(country, _)| *country == state.country) {
            Some((_, count)) => *count += 1,
            None => counts.push((state.country, 1)),
        }
    }
    let (country, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * of >= all * share).then_some(country)
}

/// The tokens of the line around a token, at most `MAX_TOKENS` on each side.
fn line_of(r: &TokenCursor<'_>, at: usize) -> Range<usize> {
    let low = at.saturating_sub(MAX_TOKENS);
    let start = (low..at).rev().find(|token| r.is_end(*token)).map_or(low, |end| end + 1);
    let high = at.saturating_add(MAX_TOKENS).min(r.tokens.len());
    start..(at..high).find(|token| r.is_end(*token)).unwrap_or(high)
}
