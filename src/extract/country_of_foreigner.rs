//! The country of a foreigner: the one that a post or the words right behind the name give (`Tổng thống Nga A`,
//! `A (Đức)`). What else the report names around a foreign name is weaker, and is left to `nearby`.
//!
//! A name that is no Vietnamese one needs no further sign. Chinese, Korean and some Lao names are written in Vietnamese
//! syllables, and a Vietnamese official may hold a post that names a country (`Vụ trưởng Vụ Trung Quốc`). For such
//! names only an office of the state itself counts, stated right before or behind the name. A missed country does less
//! harm than a Vietnamese official taken for a foreigner.

mod apposition;
pub mod nearby;
mod occupation;
mod only_state;
mod romanised;

use super::cursor::TokenCursor;
use super::function_words::{
    AND, AT, BELONGING, BY, COMMITTEE, CONSISTS_OF, FROM, HAS, HOME, IS, OF, ONE, PEOPLE_OF, PROVINCE,
};
use super::lexicon::{LexiconHit, RowValue, TableClass, WordSet};
use super::name_run::{NameRun, is_foreign, name_at};
use super::post::short_state;
use super::token::LetterCase;
use crate::report::{Span, StatedPost};
use romanised::can_be_of;

/// The most words of a country's name: `CHDCND Triều Tiên`.
const LONGEST_COUNTRY: usize = 4;

/// The country of the person with that name and those posts; `None` if none is stated, or if it is Viet Nam.
pub fn country_of(r: &TokenCursor<'_>, name: NameRun, posts: &[StatedPost]) -> Option<&'static str> {
    let foreign = is_foreign_name(r, name);
    let mut found = None;
    for post in posts {
        let (from, to) = tokens_of(r, post.span);
        let seat = || seat_in(r, from, to).filter(|land| foreign || is_governed(r, from, *land));
        let above = || country_above(r, post, to).filter(|_| foreign);
        let short = || {
            let country = short_state(r, to.checked_sub(1)?).filter(|_| foreign)?;
            Some(FoundCountry { start: to - 1, end: to, country })
        };
        let Some(land) = country_in(r, from, to).or_else(seat).or_else(above).or_else(short) else { continue };
        if land.country == HOME {
            return None;
        }
        let of_state = || is_of_state(r, from, to, land) || (land.end == to && is_governed(r, from, land));
        let fits = foreign || ((to == name.start || from >= name.end) && of_state());
        found = found.or(Some(land.country).filter(|_| fits));
    }
    let in_brackets = || posts.last().and_then(|post| bracketed(r, tokens_of(r, post.span)));
    let of_syllables = |country: &&'static str| {
        let written_so = WordSet::SyllabicNames.words().contains(&country.to_lowercase().as_str());
        !posts.is_empty() && written_so && r.is_word(name.end, OF)
    };
    let fits = |country: &&'static str| *country != HOME && (foreign || of_syllables(country));
    let states_it = |country: &&'static str| {
        let written_so = WordSet::SyllabicNames.words().contains(&country.to_lowercase().as_str());
        *country != HOME && (foreign || written_so)
    };
    found
        .or_else(|| behind(r, name).filter(fits))
        .or_else(|| {
            nationality(r, name).or_else(|| nationals(r, name)).or_else(|| of_body(r, name, foreign)).filter(states_it)
        })
        .or_else(|| in_service(r, name).filter(|country| foreign && *country != HOME))
        .or_else(|| occupation::state_of_called(r, name).filter(|country| foreign && *country != HOME))
        .or_else(|| apposition::state_of_apposed(r, name).filter(|country| foreign && can_be_of(r, name, country)))
        .or_else(|| occupation::state_before_comma(r, name).filter(|country| foreign && *country != HOME))
        .or_else(|| in_brackets().filter(|country| foreign && *country != HOME))
        .or_else(|| other_spelling(r, name).filter(|country| *country != HOME))
        .or_else(|| led_state(r, name, posts))
}

/// The state that ends the brackets behind a foreign name which begin with the same name in Vietnamese syllables: `Li
/// Wen (Lý Văn, 57 tuổi, Trung Quốc)`.
fn other_spelling(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    let open = name.start.checked_sub(1).filter(|open| r.is(*open, '('))?;
    let is_other = |from: usize| name_at(r, from).is_some_and(|other| other.end == open && is_foreign_name(r, other));
    if !(1..=CLAUSE).filter_map(|back| open.checked_sub(back)).any(is_other) {
        return None;
    }
    let close = (name.end..name.end + CLAUSE).find(|at| r.is(*at, ')'))?;
    let ends = |at: &usize| r.country_at(*at).is_some_and(|hit| hit.end == close);
    let start = (1..=LONGEST_COUNTRY).filter_map(|back| close.checked_sub(back)).find(ends)?;
    r.country(r.country_at(start)?).filter(|_| r.is(start.wrapping_sub(1), ','))
}

/// The most words of an office that the press gives a leader without the state: `Tổng bí thư`.
const SHORT_OFFICE: usize = 3;

/// The state of a leader whom the press names alone, as leaders.tsv knows it. Not of a namesake, who has a longer post.
fn led_state(r: &TokenCursor<'_>, name: NameRun, posts: &[StatedPost]) -> Option<&'static str> {
    let hit = r.hit(name.start, TableClass::Leader).filter(|hit| hit.end == name.end)?;
    let short = |post: &StatedPost| {
        let (from, to) = tokens_of(r, post.span);
        to - from <= SHORT_OFFICE
    };
    match r.row(hit)?.value {
        RowValue::Leader(country) if posts.iter().all(short) => Some(country),
        _ => None,
    }
}

/// Whether the name is no Vietnamese one. A surname that some Vietnamese have is also Chinese or Korean where all words
/// are plain ASCII and one is no Vietnamese syllable: `Ma Weiling`, `Kim Sung-woo`. Names of the Highlands and the
/// Khmer begin with a prefix, an apostrophe or a surname of several words.
fn is_foreign_name(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let single = || r.hit(name.start, TableClass::Surname).is_some_and(|hit| hit.end == name.start + 1);
    let ascii =
        || (name.start..name.end).all(|at| r.is_dash(at) || r.word(at).bytes().all(|c| c.is_ascii_alphabetic()));
    name.foreign && (!name.surname || (single() && r.word(name.start).len() > 1 && ascii()))
}

/// The most tokens before the name of a state in which its force or delegation is looked for.
const FORCE: usize = 8;

/// The state whose side the person named from token `from` is on, or whose force or delegation the person leads: `phía
/// Mỹ là bà A`, `tàu hộ vệ B của Trung Quốc, do Đại tá A chỉ huy`. `to` is the token behind the person. In Vietnamese
/// syllables a name is that of a foreigner only if the person leads a force or delegation of the state.
pub fn country_led(r: &TokenCursor<'_>, from: usize, name: NameRun, to: usize) -> Option<&'static str> {
    let link = from.checked_sub(1)?;
    let by = r.is_word(link, BY);
    if !by && !r.is_any(link, &[IS, HAS, CONSISTS_OF]) {
        return None;
    }
    let end = if by && r.is(link.wrapping_sub(1), ',') { link - 1 } else { link };
    let ends = |at: &usize| r.country_at(*at).is_some_and(|hit| hit.end == end);
    let start = (1..=LONGEST_COUNTRY).filter_map(|back| end.checked_sub(back)).find(ends)?;
    let country = r.country(r.country_at(start)?).filter(|country| *country != HOME)?;
    let before = start.checked_sub(1)?;
    let side =
        (1..=3).filter_map(|back| start.checked_sub(back)).any(|at| r.set_end(at, WordSet::SideOfState) == Some(start));
    let force = || {
        let first = start.saturating_sub(FORCE);
        let is_force = |at: usize| {
            r.hit(at, TableClass::Thing).is_some()
                || r.is_in(at, WordSet::SideOfState)
                || r.is_in(at, WordSet::InService)
        };
        let private = |at: usize| r.is_in(at, WordSet::NotOfState) || r.is_in(at, WordSet::Firm);
        let near = (first..start).rev().take_while(|at| !r.ends_sentence(*at) && !r.is(*at, ','));
        let mut words = near.into_iter().peekable();
        let any = words.clone().any(is_force) || is_behind_office(r, start);
        any && !words.any(private) && !is_elsewhere(r, start) && !r.is_dash(before) && !is_toward(r, start)
    };
    let leads = || r.is_in(to, WordSet::LeadsForce) || (r.is(to, ',') && r.is_in(to + 1, WordSet::LeadsForce));
    let fits = if is_foreign_name(r, name) { side || (by && force()) } else { by && leads() && (side || force()) };
    fits.then_some(country)
}

/// Whether something is done in or to the state at `at`.
fn is_toward(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=2).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::TowardState) == Some(at))
}

/// The country of the organisation behind the comma of a post: `Vụ phó Luật pháp, Bộ Ngoại giao Peru`.
fn country_above(r: &TokenCursor<'_>, post: &StatedPost, to: usize) -> Option<FoundCountry> {
    const SIGNS: usize = 5;
    let above = post.above.as_deref()?;
    let words = above.split_whitespace().count() + SIGNS;
    country_in(r, to, (to + words).min(r.sentence_end(to, words)))
}

/// The country in brackets or between commas behind a post that is of none: `giảng viên Đại học B (Đức)`, `thuyền
/// trưởng tàu B (quốc tịch Peru)`, `giám đốc Đại học B, Peru, cho biết`.
fn bracketed(r: &TokenCursor<'_>, (from, at): (usize, usize)) -> Option<&'static str> {
    let of_country = |at: usize| r.country_at(at).is_some() && !is_elsewhere(r, at);
    if !(r.is(at, '(') || r.is(at, ',')) || (from..at).any(of_country) {
        return None;
    }
    let first = r.set_end(at + 1, WordSet::FromCountry).unwrap_or(at + 1);
    let hit = r.country_at(first)?;
    let closed = if r.is(at, '(') { r.is(hit.end, ')') } else { r.is(hit.end, ',') && r.is_lower(hit.end + 1) };
    r.country(hit).filter(|_| closed)
}

/// The state that is named at a token, the token behind it, and whether an office or a force stands right before it. A
/// seat of power is an office itself.
fn state_at(r: &TokenCursor<'_>, at: usize) -> Option<(&'static str, usize, bool)> {
    if let Some((seat, end)) = r.seat_at(at) {
        return (!is_part_of_name(r, at, end, r.tokens.len())).then(|| {
            let office = seat.power || is_behind_office(r, at);
            (seat.country, end, office)
        });
    }
    let hit = r.country_at(at).filter(|hit| !begins_sea(r, at, hit.end))?;
    Some((r.country(hit)?, hit.end, is_behind_office(r, at)))
}

/// Whether a post, an organisation, a vessel, or people in the service of a state end right before the token: `quân đội
/// Peru`, `phi công của Peru`.
fn is_behind_office(r: &TokenCursor<'_>, at: usize) -> bool {
    let office = |hit: LexiconHit| {
        matches!(hit.class, TableClass::Post | TableClass::Unit | TableClass::Tail | TableClass::Thing)
    };
    let ends_at = |at: usize| {
        (at.saturating_sub(4)..at).any(|from| {
            r.hits.at(from).any(|hit| hit.end == at && office(hit)) || r.set_end(from, WordSet::InService) == Some(at)
        })
    };
    let before = at.wrapping_sub(1);
    ends_at(at) || (r.is_word(before, OF) && ends_at(before))
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
        // `Vụ phó Điều ước và Pháp luật` is of no country.
        let longer = [TableClass::Tail, TableClass::Unit].iter().filter_map(|class| r.hit(at, *class));
        let word = longer.map(|row| row.end).any(|end| end > hit.end);
        // `báo Mỹ Wall Street Weekly`: the foreign words behind it are what the state's organisation is called.
        let named = at > from && r.is_lower(at - 1) && hit.end < to && is_foreign(r, hit.end);
        let own = !word && !is_elsewhere(r, at) && (named || !is_part_of_name(r, at, hit.end, to));
        if let Some(country) = r.country(hit).filter(|_| own) {
            return Some(FoundCountry { start: at, end: hit.end, country });
        }
        at = hit.end;
    }
    None
}

/// The first seat, city or region of a foreign state in a post, unless the post is of a firm: `Thị trưởng New York`.
fn seat_in(r: &TokenCursor<'_>, from: usize, to: usize) -> Option<FoundCountry> {
    if (from..to).any(|at| r.is_in(at, WordSet::Firm)) {
        return None;
    }
    (from..to).find_map(|start| {
        let (seat, end) = r.seat_at(start).filter(|(_, end)| *end <= to)?;
        let own = !is_elsewhere(r, start) && !is_part_of_name(r, start, end, to);
        own.then_some(FoundCountry { start, end, country: seat.country })
    })
}

/// Whether the post is that of who governs a city or a province of a state whose people have names in Vietnamese
/// syllables: `Thị trưởng Đài Bắc`, `Bí thư Tỉnh ủy Quảng Tây`.
fn is_governed(r: &TokenCursor<'_>, from: usize, land: FoundCountry) -> bool {
    let syllabic = WordSet::SyllabicNames.words().contains(&land.country.to_lowercase().as_str());
    let before = land.start.wrapping_sub(1);
    let committee = || r.is_any(before, &COMMITTEE) && r.is_in(before.wrapping_sub(1), WordSet::CommitteeLevel);
    let city = || {
        let from = (1..=2).filter_map(|back| land.start.checked_sub(back));
        from.into_iter().any(|from| r.set_end(from, WordSet::CityLevel) == Some(land.start))
    };
    let seat = r.seat_at(land.start).is_some();
    seat && syllabic && (r.is_in(from, WordSet::Governor) || r.is_word(before, PROVINCE) || city() || committee())
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
        r.hits.at(from).any(|hit| hit.end == at && word(hit)) || r.set_end(from, WordSet::Sea) == Some(at)
    };
    let before = at.checked_sub(1).and_then(|before| r.token(before));
    let joined = before.is_some_and(|word| word.case == LetterCase::Capital && (short || word.foreign))
        && !(at.saturating_sub(4)..at).any(ends_here);
    joined || begins_sea(r, at, end) || (short && end < to && r.is_capital(end))
}

/// Whether the country is the first word of a sea: `Ấn Độ Dương`, `Ấn Độ - Thái Bình Dương`.
fn begins_sea(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    r.set_end(at, WordSet::Sea).is_some_and(|sea| sea > end)
}

/// Whether the post is an office of that state itself: the country ends it, but for the seat (`Đại sứ Lào tại A`), and
/// no firm, society or administrative level is named.
fn is_of_state(r: &TokenCursor<'_>, from: usize, to: usize, land: FoundCountry) -> bool {
    let ends = land.end == to || r.is_word(land.end, AT);
    // With a capital: the second half of `Quốc hội`, `Quốc phòng` is an office of the state.
    let excludes = |at: usize| r.is_in(at, WordSet::Admin) || (r.is_capital(at) && r.is_in(at, WordSet::NotOfState));
    ends && !(from..land.start).any(excludes)
}

/// The most tokens of the brackets or the clause behind a name.
const CLAUSE: usize = 12;

/// The most tokens of the name of the body behind a name.
const BODY: usize = 16;

/// The state in whose service the person is who is named behind a comma: `quan chức Peru, bà A`. Only of one person and
/// where nothing before makes it the source or the place of what the person does (`theo quan chức Peru, bà A đã …`).
fn in_service(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    const LONGEST: usize = 4;
    let address = name.start.checked_sub(1).filter(|at| r.is_in(*at, WordSet::SirOrMadam))?;
    let comma = address.checked_sub(1).filter(|at| r.is(*at, ','))?;
    let ends = |from: &usize| r.country_at(*from).is_some_and(|hit| hit.end == comma);
    let land = (1..=LONGEST_COUNTRY).filter_map(|back| comma.checked_sub(back)).find(ends)?;
    let serves = |from: &usize| r.set_end(*from, WordSet::InService) == Some(land);
    let from = (1..=LONGEST).filter_map(|back| land.checked_sub(back)).rfind(serves)?;
    let opens = from == 0 || r.ends_sentence(from - 1) || r.is_word(from - 1, OF);
    r.country(r.country_at(land)?).filter(|_| opens)
}

/// The nationality that the text states in brackets, between commas or behind a dash behind a name: `A (31 tuổi, quốc
/// tịch Peru)`, `A - một đại biểu đến từ Peru`.
fn nationality(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    let open = name.end;
    let bracket = r.is(open, '(');
    let dash = r.is_dash(open) && r.token(open).is_some_and(|dash| !dash.glued);
    if !bracket && !dash && !r.is(open, ',') {
        return None;
    }
    let ends = |at: &usize| {
        r.ends_sentence(*at)
            || r.is(*at, ';')
            || (bracket && r.is(*at, ')'))
            || (dash && (r.is(*at, ',') || r.is_dash(*at)))
    };
    let inside = (open + 1..open + CLAUSE).take_while(|at| !ends(at));
    let mut states = inside.into_iter().filter_map(|at| r.set_end(at, WordSet::Nationality).map(|end| (at, end)));
    let (at, end) = states.next()?;
    // Behind a comma or a dash nobody else may be named before it.
    // `bạn của một người Peru` speaks of another.
    let other = r.is_word(at - 1, ONE) && at > open + 2 && r.is_lower(at - 2);
    let own = !other && (bracket || (open + 1..at).all(|word| !r.is_capital(word)));
    r.country(r.country_at(end)?).filter(|_| own)
}

/// The country of all in a list: `5 người Peru gồm: A (SN 1989), B và C`. Outside of brackets only names, numbers and
/// signs may stand between the head and the name.
fn nationals(r: &TokenCursor<'_>, name: NameRun) -> Option<&'static str> {
    const LIST: usize = 60;
    let mut depth = 0_usize;
    let mut at = name.start;
    for _ in 0..LIST {
        at = at.checked_sub(1)?;
        if r.is(at, ')') {
            depth += 1;
        } else if r.is(at, '(') {
            depth = depth.checked_sub(1)?;
        } else if r.ends_sentence(at) {
            return None;
        } else if depth == 0 && (r.is(at, ':') || r.is_word(at, CONSISTS_OF)) {
            let end = if r.is(at, ':') && r.is_word(at.checked_sub(1)?, CONSISTS_OF) { at - 1 } else { at };
            let ends = |from: &usize| r.country_at(*from).is_some_and(|hit| hit.end == end);
            let start = (1..=LONGEST_COUNTRY).filter_map(|back| end.checked_sub(back)).find(ends)?;
            let people = r.is_word(start.checked_sub(1)?, PEOPLE_OF);
            return r.country(r.country_at(start)?).filter(|_| people);
        } else if depth == 0 && r.is_lower(at) && !r.is_word(at, AND) {
            return None;
        }
    }
    None
}

/// The country of the force or the body behind a name that the person is of: `Thượng tướng A của lực lượng hải quân
/// Peru`, `Giáo sư A từ Học viện Khoa học Peru`. Who has a name in Vietnamese syllables may be at a foreign school, and
/// is only of a force.
fn of_body(r: &TokenCursor<'_>, name: NameRun, foreign: bool) -> Option<&'static str> {
    let next = if r.is(name.end, ',') || r.is_dash(name.end) { name.end + 1 } else { name.end };
    // `A, phó ủy viên tình báo thuộc sở cảnh sát New York`: what he is may stand before.
    let words = || (next..next + CLAUSE).take_while(|at| next > name.end && r.is_lower(*at));
    let belongs = || words().into_iter().find(|at| r.is_word(*at, BELONGING)).filter(|_| foreign);
    let opens = r.is_any(next, &[OF, FROM]) || r.is_in(next, WordSet::BelongsTo);
    let from = if opens { next } else { belongs()? };
    let ends = |at: &usize| r.ends_sentence(*at) || r.is(*at, ',') || r.is(*at, '(') || r.is_saying(*at);
    let end = (from + 1..from + BODY).find(ends).unwrap_or(from + BODY);
    // `thuộc hãng chứng khoán B (Nhật)`
    if foreign && r.is(end, '(') && r.is_word(from, BELONGING) {
        let hit = r.country_at(end + 1).filter(|hit| r.is(hit.end, ')'));
        if let Some(country) = hit.and_then(|hit| r.country(hit)) {
            return Some(country);
        }
    }
    let body = |at: usize| {
        let unit = || r.hit(at, TableClass::Unit).is_some() || r.hit(at, TableClass::Tail).is_some();
        r.is_in(at, WordSet::InService) || r.set_end(at, WordSet::StateForce).is_some() || (foreign && unit())
    };
    let (at, country) = (from + 2..end).find_map(|at| state_at(r, at).map(|(country, ..)| (at, country)))?;
    let own = (from + 1..at).any(body) && !is_elsewhere(r, at) && !is_toward(r, at);
    own.then_some(country)
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
