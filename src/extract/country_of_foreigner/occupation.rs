//! The state of a foreigner who is called by an occupation and the state: `nhà báo Peru A`, `kỹ sư người Peru A`, `nhà
//! khoa học Peru, ông A`. Where only the headline has the state (`Phi công Peru kể lại`), it holds for the one whom the
//! text then calls by the same word (`Phi công A`).

use super::nearby::StateMention;
use super::{LONGEST_COUNTRY, is_elsewhere, is_part_of_name, is_toward, state_at};
use crate::extract::cursor::TokenCursor;
use crate::extract::function_words::{AT, LOCATED, OF, ONE, PEOPLE_OF};
use crate::extract::lexicon::{PersonSign, RowValue, TableClass, WordSet, form};
use crate::extract::name_run::NameRun;

/// The most words of an occupation: `nhà nghiên cứu sử học`.
const LONGEST: usize = 5;
/// The most words between an occupation and a state for what it serves with: `phi công lực lượng tuần duyên Peru`.
const SERVICE: usize = 4;
/// The most words that tell the field between an occupation and `của`: `học giả Phật học của Peru`.
const FIELD: usize = 2;

/// The state that stands between an occupation and the name, or between it and the form of address of a name behind a
/// comma. Such a clause with a comma must open the sentence: in `Theo một học giả Peru, ông A …` two people may be
/// meant.
pub fn state_of_called(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    let before = name.start.checked_sub(1)?;
    let apposed = r.is_in(before, WordSet::SirOrMadam) && r.is(before.wrapping_sub(1), ',');
    let end = if apposed { before - 1 } else { name.start };
    let ends = |from: &usize| r.country_at(*from).is_some_and(|hit| hit.end == end);
    let land = (1..=LONGEST_COUNTRY).filter_map(|back| end.checked_sub(back)).rfind(ends)?;
    let link = land.checked_sub(1)?;
    let of = apposed && r.is_word(link, OF);
    let noun_end = if of || r.is_word(link, PEOPLE_OF) { link } else { land };
    let from = occupation_before(r, noun_end).or_else(|| occupation_with_field(r, noun_end).filter(|_| of))?;
    let first = if r.is_word(from.wrapping_sub(1), ONE) { from - 1 } else { from };
    let opens = first == 0 || r.ends_sentence(first - 1);
    r.country(r.country_at(land)?).filter(|_| opens || !apposed)
}

/// The most words of an apposition: `giáo sư lịch sử của Học viện Chiến tranh quốc gia Peru`.
const APPOSITION: usize = 16;

/// The one state of what stands before a name behind a comma and begins with an occupation or a title: `nhà nghiên cứu
/// của Viện B Lima, A`. Where it only says that something is there (`nhân viên ở Peru`), nobody is of it. What stands
/// behind a name is read by `apposition`.
pub fn state_before_comma(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    let ends = |at: &usize| {
        let bracket = r.is(*at, '(') || r.is(*at, ')') || r.is(*at, '"') || r.is(*at, '”');
        r.is(*at, ',') || bracket || r.ends_sentence(*at) || r.is_saying(*at)
    };
    let word = name.start.checked_sub(1)?;
    let to = if r.is_in(word, WordSet::SirOrMadam) { word.checked_sub(1)? } else { word };
    let from = (to.saturating_sub(APPOSITION)..to).rev().find(ends)? + 1;
    r.is(to, ',').then(|| one_state(r, begin_of_calling(r, from)?, to)).flatten()
}

/// The token behind the occupation or title with which an apposition begins.
fn begin_of_calling(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let from = if r.is_word(at, ONE) { at + 1 } else { at };
    occupation_end(r, from).or_else(|| r.hit(from, TableClass::Title).map(|hit| hit.end))
}

/// The state named in a range of tokens, if it is one alone and somebody is said to be of it.
fn one_state(r: &TokenCursor<'_>, from: usize, to: usize) -> Option<&'static str> {
    let named = |at: usize| state_at(r, at).filter(|(_, end, _)| *end <= to && !is_part_of_name(r, at, *end, to));
    let mut states = (from..to).filter_map(|at| Some((at, named(at)?.0)));
    let (at, country) = states.next()?;
    // `chuyên gia về Peru`, `nạn nhân vụ cháy ở thành phố Lima`
    let other = (from..at).any(|word| r.is_in(word, WordSet::Purpose) || r.is_any(word, &[AT, LOCATED]));
    let own = !other && !is_elsewhere(r, at) && !is_toward(r, at);
    (own && states.all(|(_, other)| other == country)).then_some(country)
}

/// The state of the occupation with which the first line opens, if the name is called by the same word and the text
/// gives the word with no other state.
pub fn state_of_headline(r: &TokenCursor<'_>, states: &[StateMention], name: NameRun) -> Option<&'static str> {
    let noun = occupation_before(r, name.start)?;
    if name.start < r.next(0, form::END) {
        return None;
    }
    let words = name.start - noun;
    let same = |end: usize| {
        let from = end.checked_sub(words)?;
        (0..words).all(|n| r.lower_word(from + n) == r.lower_word(noun + n)).then_some(from)
    };
    let called = |state: &StateMention| {
        let link = state.start.wrapping_sub(1);
        // `Tiếp viên máy bay Peru`
        let service = (1..=SERVICE).filter_map(|back| state.start.checked_sub(back));
        let behind_service = || {
            service.into_iter().filter(|from| r.set_end(*from, WordSet::InService) == Some(state.start)).find_map(same)
        };
        same(state.start).or_else(|| same(link).filter(|_| r.is_any(link, &[OF, PEOPLE_OF]))).or_else(behind_service)
    };
    let mut found = states.iter().filter_map(|state| Some((called(state)?, state.country)));
    let (from, country) = found.next()?;
    (from == 0 && found.all(|(_, other)| other == country)).then_some(country)
}

/// The first token of the occupation that ends before a token.
fn occupation_before(r: &TokenCursor<'_>, end: usize) -> Option<usize> {
    (1..=LONGEST).filter_map(|back| end.checked_sub(back)).rfind(|from| occupation_end(r, *from) == Some(end))
}

/// The first token of an occupation with the words of its field behind it, none of which is a verb.
fn occupation_with_field(r: &TokenCursor<'_>, end: usize) -> Option<usize> {
    let plain = |at: usize| (r.is_lower(at) || r.is_capital(at)) && r.hit(at, TableClass::Verb).is_none();
    let fits = |from: &usize| {
        occupation_end(r, *from).is_some_and(|behind| behind < end && end - behind <= FIELD && (behind..end).all(plain))
    };
    (1..=LONGEST + FIELD).filter_map(|back| end.checked_sub(back)).rfind(fits)
}

/// The token behind the occupation that begins at a token.
fn occupation_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let noun = r.value(at, TableClass::Person).is_some_and(|value| matches!(value, RowValue::Person(PersonSign::Noun)));
    r.hit(at, TableClass::Person).filter(|_| noun).map(|hit| hit.end)
}
