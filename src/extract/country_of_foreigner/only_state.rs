//! The one foreign state of a report. Where a report names a single one, and in its first line or more than once, a
//! foreign name in it is of that state; Viet Nam, where such news is written, does not count. Of a report on China a
//! name in Vietnamese syllables is Chinese too, but only if nothing in it is of Viet Nam.

use super::nearby::StateMention;
use super::romanised::can_be_of;
use crate::extract::cursor::TokenCursor;
use crate::extract::function_words::{HIGHLAND_PREFIXES, HOME};
use crate::extract::lexicon::{TableClass, WordSet, bit, form};
use crate::extract::name_run::{NameRun, is_foreign};
use crate::extract::vietnamese_syllable::is_vietnamese;
use crate::text::words::is_apostrophe;

/// The fewest letters of a word that shows that a name is foreign. Shorter ones are what a newspaper leaves of a name.
const FEWEST_LETTERS: usize = 3;
/// The same behind a surname that Vietnamese, Chinese and Koreans share.
const FEWEST_LETTERS_BEHIND_SURNAME: usize = 4;
/// The fewest mentions of the state in which something takes place.
const FEWEST_OF_PLACE: usize = 3;

/// The state of a foreign name, if the report names no second foreign state that a name so spelled can be of.
pub fn only_state(r: &TokenCursor<'_>, states: &[StateMention], name: NameRun) -> Option<&'static str> {
    let of_others = || states.iter().filter(|state| state.country != HOME && can_be_of(r, name, state.country));
    let country = of_others().next()?.country;
    if of_others().any(|state| state.country != country) {
        return None;
    }
    let own = || of_others().filter(|state| !state.toward);
    let first_line = r.next(0, form::END);
    // Where nothing else is named, neither another state nor Viet Nam, what happens in a place is told by its people.
    let alone = || states.iter().all(|state| state.country == country);
    let told_there = || states.len() >= FEWEST_OF_PLACE && alone();
    let takes_place = || states.iter().any(|state| state.start < first_line && state.place) && told_there();
    let is_told = own().any(|state| state.start < first_line)
        || (own().count() > 1 && own().any(|state| state.official))
        || takes_place();
    is_told.then_some(country)
}

/// The state of a foreigner without a rank or a post: the report is about this state alone, as its first line says, and
/// names neither a second one nor Viet Nam.
pub fn state_of_report(r: &TokenCursor<'_>, states: &[StateMention], name: NameRun) -> Option<&'static str> {
    let first_line = r.next(0, form::END);
    let country = states.iter().find(|state| state.start < first_line && !state.toward)?.country;
    let alone = country != HOME && states.iter().all(|state| state.country == country);
    (alone && states.len() > 1 && can_be_of(r, name, country)).then_some(country)
}

/// The state whose people have names in Vietnamese syllables, if the report is about it alone: its first line names it,
/// and the report names neither Viet Nam nor a place of Viet Nam.
pub fn state_of_syllables(r: &TokenCursor<'_>, states: &[StateMention]) -> Option<&'static str> {
    let first_line = r.next(0, form::END);
    let written_so = |state: &&StateMention| {
        !state.toward && WordSet::SyllabicNames.words().contains(&state.country.to_lowercase().as_str())
    };
    let country = states.iter().take_while(|state| state.start < first_line).find(written_so)?.country;
    let is_home = states.iter().any(|state| state.country == HOME) || names_place_of_home(r);
    let own = states.iter().filter(|state| state.country == country).count();
    (!is_home && own * 2 > states.len()).then_some(country)
}

/// Whether a line that names a state with names in syllables is the first one: asked before the states are collected.
pub fn may_be_of_syllables(r: &TokenCursor<'_>) -> bool {
    let first_line = r.next(0, form::END);
    let wanted = bit(TableClass::Country) | bit(TableClass::Seat);
    let mut at = r.next(0, wanted);
    while at < first_line {
        let country = r.seat_at(at).map(|(seat, _)| seat.country).or_else(|| r.country(r.country_at(at)?));
        if country.is_some_and(|name| WordSet::SyllabicNames.words().contains(&name.to_lowercase().as_str())) {
            return true;
        }
        at = r.next(at + 1, wanted);
    }
    false
}

fn names_place_of_home(r: &TokenCursor<'_>) -> bool {
    let mut at = r.next(0, bit(TableClass::Place));
    while at < r.tokens.len() {
        if r.is_capital(at) && r.hit(at, TableClass::Country).is_none() && r.seat_at(at).is_none() {
            return true;
        }
        at = r.next(at + 1, bit(TableClass::Place));
    }
    false
}

/// Whether nobody of this name is Vietnamese: a word of three letters or more is no Vietnamese syllable, and the name
/// has no letter that only Vietnamese, and the languages of its Highlands, write. Behind a surname that Vietnamese have
/// too (`Kim`, `Ma`), such a word must be longer.
pub fn is_clearly_foreign(r: &TokenCursor<'_>, name: NameRun) -> bool {
    // `John H. Marlow`
    let words = || (name.start..name.end).filter(|at| !r.is_dash(*at) && !r.is(*at, '.'));
    let plain = |at: usize| r.word(at).chars().all(|c| c.is_ascii_alphabetic());
    let highland =
        HIGHLAND_PREFIXES.contains(&r.word(name.start)) || words().any(|at| r.word(at).contains(is_apostrophe));
    if !name.foreign || name.upper || highland || !words().all(plain) {
        return false;
    }
    let shared = r.hit(name.start, TableClass::Surname).is_some();
    if shared && !is_vietnamese(r.word(name.start)) {
        return false;
    }
    let fewest = if shared { FEWEST_LETTERS_BEHIND_SURNAME } else { FEWEST_LETTERS };
    words().any(|at| is_foreign(r, at) && r.word(at).len() >= fewest)
}
