//! The country of a foreigner: the one that a post or the words right behind the name give (`Tổng thống Nga A`,
//! `A (Đức)`). Of what else the sentence names, only an office or a force counts (`Quân đội Peru cho biết Đại tướng A
//! …`), only for a foreign name with a rank or a post, and only if no other state and no Vietnamese organisation is
//! named.
//!
//! A name that is no Vietnamese one needs no further sign. Chinese, Korean and some Lao names are written in Vietnamese
//! syllables, and a Vietnamese official may hold a post that names a country (`Vụ trưởng Vụ Trung Quốc`). For such
//! names only an office of the state itself counts, stated right before or behind the name. A missed country does less
//! harm than a Vietnamese official taken for a foreigner.

use super::cursor::TokenCursor;
use super::function_words::{AMERICA, AT, FRANCE, HOME, RUSSIA};
use super::lexicon::{LexiconHit, TableClass, WordSet};
use super::name::NameRun;
use super::token::LetterCase;
use crate::report::{Span, StatedPost};

/// The country of the person with that name and those posts; `None` if none is stated, or if it is Viet Nam.
pub fn country_of(r: &TokenCursor<'_>, name: NameRun, posts: &[StatedPost]) -> Option<&'static str> {
    let foreign = name.foreign && !name.surname;
    let mut found = None;
    for post in posts {
        let (from, to) = tokens_of(r, post.span);
        let Some(land) = country_in(r, from, to) else { continue };
        if land.country == HOME {
            return None;
        }
        let fits = foreign || ((to == name.start || from >= name.end) && is_of_state(r, from, to, land));
        found = found.or(Some(land.country).filter(|_| fits));
    }
    found.or_else(|| behind(r, name).filter(|country| foreign && *country != HOME))
}

/// The most tokens on either side of a name in which the state of its sentence is looked for.
const REACH: usize = 40;

/// The one foreign state that the sentence of a foreign name names next to an office or a force: `Tàu chiến Chile do đô
/// đốc A chỉ huy`. `None` for other names, if the sentence names a second state or Viet Nam, or an organisation without
/// a state, which is mostly a Vietnamese one.
pub fn country_of_sentence(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    if !name.foreign || name.surname {
        return None;
    }
    let first = name.start.saturating_sub(REACH);
    let from = (first..name.start).rev().find(|at| r.ends_sentence(*at)).map_or(first, |end| end + 1);
    let to = r.sentence_end(name.end, REACH).min(r.tokens.len());
    let (mut state, mut official) = (None, false);
    let mut at = from;
    while at < to {
        if let Some((country, end, next_to)) = state_at(r, at) {
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

/// The state that is named at a token, the token behind it, and whether an office or a force stands right before it. A
/// seat of power is an office itself.
fn state_at(r: &TokenCursor<'_>, at: usize) -> Option<(&'static str, usize, bool)> {
    let seats = [(WordSet::AmericanPlace, AMERICA), (WordSet::RussianPlace, RUSSIA), (WordSet::FrenchPlace, FRANCE)];
    let seat = seats.into_iter().find_map(|(set, country)| Some((country, r.set_end(at, set)?, true)));
    seat.or_else(|| {
        let hit = r.country_at(at)?;
        Some((r.country(hit)?, hit.end, is_behind_office(r, at)))
    })
}

/// Whether a post, an organisation or a vessel ends right before the token.
fn is_behind_office(r: &TokenCursor<'_>, at: usize) -> bool {
    let office = |hit: LexiconHit| {
        matches!(hit.class, TableClass::Post | TableClass::Unit | TableClass::Tail | TableClass::Thing)
    };
    (at.saturating_sub(4)..at).any(|from| r.hits.at(from).any(|hit| hit.end == at && office(hit)))
}

/// Whether an organisation with a capital is named at a token and no state within the four tokens behind its head.
fn is_without_state(r: &TokenCursor<'_>, at: usize, to: usize) -> bool {
    let Some(unit) = r.hit(at, TableClass::Unit).filter(|_| r.is_capital(at)) else { return false };
    !(unit.end..(unit.end + 4).min(to)).any(|next| state_at(r, next).is_some())
}

/// A country in a post: its tokens, and its name.
#[derive(Clone, Copy)]
struct FoundCountry {
    start: usize,
    /// One past its last token.
    end: usize,
    country: &'static str,
}

/// The tokens of a stretch of text: the first, and one past the last.
fn tokens_of(r: &TokenCursor<'_>, span: Span) -> (usize, usize) {
    let place = |byte: usize| r.tokens.partition_point(|token| token.start() < byte);
    (place(span.start), place(span.end))
}

/// The first country of a post whose office it is: not one that the holder is sent to or deals with, and no part of
/// another name (`xã Mỹ Đức`).
fn country_in(r: &TokenCursor<'_>, from: usize, to: usize) -> Option<FoundCountry> {
    let mut at = from;
    while at < to {
        let Some(hit) = r.country_at(at).filter(|hit| hit.end <= to) else {
            at += 1;
            continue;
        };
        let own = !is_elsewhere(r, at) && !is_part_of_name(r, at, hit.end, to);
        if let Some(country) = r.country(hit).filter(|_| own) {
            return Some(FoundCountry { start: at, end: hit.end, country });
        }
        at = hit.end;
    }
    None
}

/// Whether `tại`, `phụ trách` or the like ends before the country at `at`.
fn is_elsewhere(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=2).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::Elsewhere) == Some(at))
}

/// Whether the country is rather part of a longer name: a foreign word before it that no table ends here is a firm's
/// (`Huawei Canada`), and with a country of one syllable any capitalised word before or behind is a place's or a
/// person's (`xã Mỹ Đức`).
fn is_part_of_name(r: &TokenCursor<'_>, at: usize, end: usize, to: usize) -> bool {
    let short = end == at + 1 && r.token(at).is_some_and(|token| !token.foreign);
    let ends_here = |from: usize| {
        let word = |hit: LexiconHit| matches!(hit.class, TableClass::Post | TableClass::Unit | TableClass::Tail);
        r.hits.at(from).any(|hit| hit.end == at && word(hit))
    };
    let before = at.checked_sub(1).and_then(|before| r.token(before));
    let joined = before.is_some_and(|word| word.case == LetterCase::Capital && (short || word.foreign))
        && !(at.saturating_sub(4)..at).any(ends_here);
    joined || (short && end < to && r.is_capital(end))
}

/// Whether the post is an office of that state itself: the country ends it, but for the seat (`Đại sứ Lào tại A`), and
/// no firm, society or administrative level is named.
fn is_of_state(r: &TokenCursor<'_>, from: usize, to: usize, land: FoundCountry) -> bool {
    let ends = land.end == to || r.is_word(land.end, AT);
    // With a capital: the second half of `Quốc hội`, `Quốc phòng` is an office of the state.
    let excludes = |at: usize| r.is_in(at, WordSet::Admin) || (r.is_capital(at) && r.is_in(at, WordSet::NotOfState));
    ends && !(from..land.start).any(excludes)
}

/// The country right behind a name: `A (Nga)`, `A, người Nga`, `A của Nga`.
fn behind(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    let at = name.end;
    if r.is(at, '(') {
        let hit = r.country_at(at + 1)?;
        return r.country(hit).filter(|_| r.is(hit.end, ')'));
    }
    let words = if r.is(at, ',') { at + 1 } else { at };
    r.country(r.country_at(r.set_end(words, WordSet::FromCountry)?)?)
}
