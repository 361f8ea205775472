//! The state at the end of what is said of a foreigner behind the name: `A, quan chức Bộ Y tế Peru, …`, `A (40 tuổi),
//! trung tướng không quân Peru`, `A - giáo sư Đại học B, Peru - …`. What somebody deals with is no state of theirs
//! (`chuyên gia về Peru`), nor is the one in which they only stay (`phóng viên tại Peru`).

use super::state_at;
use crate::extract::cursor::TokenCursor;
use crate::extract::function_words::{AT, FROM, HOME, IS, LOCATED, OF, ONE};
use crate::extract::lexicon::{PersonSign, TableClass, WordSet};
use crate::extract::name_run::NameRun;

/// The most tokens of what is said.
const LONGEST: usize = 20;
/// The most tokens of an age or a year of birth between the name and it.
const AGE: usize = 5;

/// The state of a foreigner, if what stands behind the name begins with an occupation or a rank and ends with it.
pub fn state_of_apposed(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    let open = behind_age(r, name.end);
    let dash = is_free_dash(r, open);
    if !dash && !r.is(open, ',') {
        return None;
    }
    let noun = first_of_noun(r, open + 1);
    let (begin, resident) = noun_end(r, noun)?;
    let mut topic = false;
    let mut found: Option<(&'static str, usize)> = None;
    let mut at = begin;
    while at < noun + LONGEST && !r.ends_sentence(at) && !r.is_word(at, ONE) && !closes(r, at, dash) {
        if let Some((country, end, _)) = state_at(r, at).filter(|_| !topic) {
            let stays = r.is_any(at.wrapping_sub(1), &[AT, LOCATED]) && !resident;
            if stays || country == HOME || found.is_some_and(|(other, _)| other != country) {
                return None;
            }
            found = Some((country, end));
            at = end;
            continue;
        }
        // `nạn nhân vụ cháy ở thành phố Lima, Peru`
        let somewhere = r.is_any(at, &[AT, LOCATED]) && !resident;
        if somewhere && r.hit(at + 1, TableClass::Unit).is_none() && r.seat_at(at + 1).is_none() {
            return None;
        }
        // `quan chức chính phủ Peru`
        if let Some(end) = r.set_end(at, WordSet::StateBody) {
            topic = false;
            at = end;
            continue;
        }
        if r.is(at, ',') && !goes_on(r, at + 1) {
            break;
        }
        if r.is(at, '(') || r.is(at, ';') || r.is(at, '"') || r.is(at, '“') || r.is_saying(at) {
            break;
        }
        if begins_topic(r, at) {
            topic = true;
        } else if r.is_any(at, &[AT, OF, FROM]) || r.is_in(at, WordSet::BelongsTo) || is_body(r, at) {
            topic = false;
        } else if r.is_lower(at) && r.hit(at, TableClass::Verb).is_some_and(|_| !r.is_any(at, &[LOCATED])) {
            break;
        }
        at += 1;
    }
    let closed = |end: usize| end == at || r.is_word(end, AT) || r.is_in(end, WordSet::ClauseWord);
    found.filter(|(_, end)| closed(*end)).map(|(country, _)| country)
}

/// Whether a dash closes what is said: the second of two, or one before small letters. In `quan hệ Peru - Chile` it
/// joins two states.
fn closes(r: &TokenCursor<'_>, at: usize, opened: bool) -> bool {
    is_free_dash(r, at) && (opened || r.is_lower(at + 1)) && state_at(r, at + 1).is_none()
}

/// The token behind an age or a year of birth that stands behind a name: `, 37 tuổi`, `(SN 1980)`.
fn behind_age(r: &TokenCursor<'_>, at: usize) -> usize {
    let counted = |at: usize| r.is_number(at) || r.is_number(at + 1);
    if r.is(at, '(') {
        let close = (at + 1..at + AGE).find(|end| r.is(*end, ')')).filter(|_| counted(at + 1));
        return close.map_or(at, |close| close + 1);
    }
    let end = (at + 1..at + AGE).find(|end| r.is(*end, ',') || is_free_dash(r, *end));
    let is_age = (r.is(at, ',') || is_free_dash(r, at)) && counted(at + 1);
    end.filter(|_| is_age).unwrap_or(at)
}

fn is_free_dash(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_dash(at) && r.token(at).is_some_and(|dash| !dash.glued)
}

/// The first token of the occupation: behind `là`, `một`, `cựu`.
fn first_of_noun(r: &TokenCursor<'_>, at: usize) -> usize {
    let leads = |at: usize| r.is_any(at, &[IS, ONE]) || r.hit(at, TableClass::State).is_some();
    let is_noun = |at: usize| noun_end(r, at).is_some();
    (at..at + 3).find(|at| is_noun(*at) || !leads(*at)).unwrap_or(at)
}

/// The token behind an occupation, a rank or another word for who somebody is, and whether it tells where they live.
fn noun_end(r: &TokenCursor<'_>, at: usize) -> Option<(usize, bool)> {
    if let Some(end) = r.set_end(at, WordSet::Resident) {
        return Some((end, true));
    }
    let occupation = || {
        let hit = r.hit(at, TableClass::Person)?;
        (r.person_sign(at) == Some(PersonSign::Noun)).then_some(hit.end)
    };
    let rank = || r.hit(at, TableClass::Rank).map(|hit| hit.end);
    let end = r.set_end(at, WordSet::InService).or_else(|| r.set_end(at, WordSet::Member));
    end.or_else(occupation).or_else(rank).map(|end| (end, false))
}

/// Whether what is said goes on behind a comma: with the organisation above, or with the state alone.
fn goes_on(r: &TokenCursor<'_>, at: usize) -> bool {
    let closes = |end: usize| {
        r.ends_sentence(end) || r.is(end, ',') || is_free_dash(r, end) || r.is_lower(end) || r.is(end, '(')
    };
    is_body(r, at) || state_at(r, at).is_some_and(|(_, end, _)| closes(end))
}

/// Whether an organisation with a capital begins at a token.
fn is_body(r: &TokenCursor<'_>, at: usize) -> bool {
    r.hit(at, TableClass::Unit).is_some() && r.is_capital(at)
}

/// Whether the words at a token open what somebody deals with: `về`, `nghiên cứu`, `phụ trách`.
fn begins_topic(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_in(at, WordSet::Elsewhere) && !r.is_any(at, &[AT, LOCATED])
}
