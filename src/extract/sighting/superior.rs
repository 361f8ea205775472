//! The organisation above that of a post, where the text names it outside the words of the post:
//!
//! ```text
//! A, Trưởng phòng Tham mưu, Công an tỉnh B, cho biết                 behind a comma, a dash or in brackets
//! A, Trưởng phòng, Phòng C, Trung tâm D, Tổng công ty B              one above the other
//! A, trưởng Phòng Tham mưu, người phát ngôn Công an tỉnh B           with the next post of the same person
//! A, Phó Chủ tịch kiêm Tổng Thư ký Hội B                             the same
//! A, Bí thư kiêm Chủ tịch HĐND tỉnh B                                the same place
//! A, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh B                        the same
//! Trưởng phòng Tham mưu, Công an tỉnh B, Đại tá A                    before the rank of the holder
//! Chủ tịch A của Ủy ban B                                            behind the holder
//! tổ tuần tra Công an huyện B do A làm tổ trưởng                     before the name, also `, gồm A làm tổ trưởng`
//! A, Bí thư Đảng ủy xã B, huyện C, tỉnh D                            the places around that of the post
//! ```
//!
//! It is no part of the quotation. In a list of those who attend, the organisation behind a comma is the next item.

use super::super::cursor::TokenCursor;
use super::super::function_words::{
    AND, BY, COMMITTEE, CONCURRENTLY, CONSISTS_OF, OF, PASSIVE, POLICE, SECRETARY, SUFFERS,
};
use super::super::level_place::{NameOf, level_place};
use super::super::lexicon::{TableClass, WordSet};
use super::super::organisation_name::{end_of, office_code};
use super::super::post::{PostMatch, post_at};
use crate::report::StatedPost;

/// The most organisations one above the other behind a post.
const LEVELS: usize = 4;

/// The most tokens between an organisation and the name of who leads it: `tổ X do A làm tổ trưởng`.
const BEFORE: usize = 16;

/// The organisation at token `end`, behind the last post of a chain, if the clause ends with it. `from` is the first
/// token of the person.
pub fn behind(r: &TokenCursor<'_>, from: usize, post: &PostMatch, end: usize) -> Option<String> {
    // `Phòng An ninh (PA 03), Công an tỉnh B`
    let code = if r.is(end, '(') { office_code(r, end + 1).filter(|close| r.is(*close, ')')) } else { None };
    let at = code.map_or(end, |close| close + 1);
    let spaced = |at: usize| r.is_dash(at) && r.token(at).is_some_and(|dash| !dash.glued);
    // `Phó phòng Tham mưu (kiêm người phát ngôn) Công an tỉnh B`
    let bracketed = at > 0 && r.is(at - 1, ')') && r.is_capital(at);
    if !(r.is(at, ',') || r.is(at, '(') || spaced(at) || bracketed) {
        return None;
    }
    let next = if bracketed { at } else { at + 1 };
    if r.is(at, ',')
        && let Some(to) = places_around(r, post, at)
    {
        return Some(r.words(next, to));
    }
    let section = is_section(r, post);
    let small = small_unit_end(r, next);
    let mut to = small.or_else(|| unit_end(r, next))?;
    let (mut levels, mut last) = (1, next);
    // `Viện trưởng, Viện Đo lường, Bộ B`: the head alone says of neither what it is. Two of one kind are a list.
    let other_kind = |at: usize, below: usize| r.word(at) != r.word(below);
    let rising = |at: usize, below: usize| section || (!post.has_unit && other_kind(at, below));
    while levels < LEVELS && (r.is(to, ',') || spaced(to)) && rising(to + 1, last) {
        let Some(above) = unit_end(r, to + 1) else { break };
        last = to + 1;
        to = above;
        levels += 1;
    }
    // `Trưởng phòng Tham mưu, công an tỉnh B kiểm tra`: in small letters it is as likely the subject.
    let may_act = || section && small.is_none() && acts(r, from, to);
    // `Theo A, Trưởng phòng B, Cục C, Tổng cục D, bốn đội …`: in a row that rises to a whole body each is above the
    // one before, whatever follows the comma.
    let rises = || {
        let whole = |at: usize| r.is_in(at, WordSet::WholeBody);
        levels > 1 && r.is(to, ',') && whole(last) && !whole(next)
    };
    let closed = if r.is(at, '(') { r.is(to, ')') } else { is_closed(r, to) || may_act() || rises() };
    closed.then(|| r.words(next, to))
}

/// The end of the places behind the comma at token `end`, each of a higher level of the administration than the one
/// before, the first than the place of the post: `Bí thư Đảng ủy xã B, huyện C, tỉnh D`. A commune is always in the
/// district named behind it, so it does not matter what follows.
fn places_around(r: &TokenCursor<'_>, post: &PostMatch, end: usize) -> Option<usize> {
    let named = |at: usize| r.is_capital(at) || r.is_number(at);
    let place = |at: &usize| level(r, *at).is_some_and(|(_, name)| name < end && named(name));
    let mut below = level(r, (post.head..end).rev().find(place)?)?.0;
    let mut to = None;
    let mut comma = end;
    while r.is(comma, ',') {
        let Some((above, name)) = level(r, comma + 1).filter(|(above, name)| *above > below && named(*name)) else {
            break;
        };
        let size = level_place(r, name, NameOf::Unit);
        if size == 0 {
            break;
        }
        (below, comma) = (above, name + size);
        to = Some(comma);
    }
    to
}

/// The level of the administration whose word stands at a token, and the token of the name behind the word. A city is
/// above a district or in a province, never both, so it has a level of its own between them.
fn level(r: &TokenCursor<'_>, at: usize) -> Option<(u8, usize)> {
    let levels =
        [(4, WordSet::ProvinceLevel), (3, WordSet::CityLevel), (2, WordSet::DistrictLevel), (1, WordSet::CommuneLevel)];
    levels.into_iter().find_map(|(level, set)| {
        let end = r.set_end(at, set)?;
        Some((level, if r.is(end, '.') { end + 1 } else { end }))
    })
}

/// Gives posts of one person the organisation that is named with the next of them: `read` are the posts of the text,
/// `posts` what is said of the person, in the same order.
pub fn share(r: &TokenCursor<'_>, read: &[PostMatch], posts: &mut [StatedPost]) {
    for at in (1..read.len()).rev() {
        let (Some(post), Some(next)) = (read.get(at - 1), read.get(at)) else { return };
        let above = posts.get(at).and_then(|next| next.above.clone());
        let shared = with_spokesman(r, post, next, above.as_ref())
            .or_else(|| held_together(r, post, next, above))
            .or_else(|| of_whole(r, post, next))
            .or_else(|| of_police(r, post, next))
            .or_else(|| of_committee(r, post, next));
        if let Some(stated) = posts.get_mut(at - 1).filter(|stated| stated.above.is_none()) {
            stated.above = shared;
        }
    }
}

/// The organisation that a spokesman speaks for: all of it, and the section of the post before is a part of it.
fn with_spokesman(r: &TokenCursor<'_>, post: &PostMatch, next: &PostMatch, above: Option<&String>) -> Option<String> {
    let speaks = r.is_in(next.start, WordSet::Spokesman) && post.has_unit && is_section(r, post);
    let whole = || if next.has_unit { Some(r.words(next.head, next.end)) } else { above.cloned() };
    if speaks && !(next.has_unit && is_section(r, next)) { whole() } else { None }
}

/// The organisation of two posts that `kiêm` or `và` joins, named once behind the second: `Chủ tịch và Giám đốc điều
/// hành Công ty B`. A secretary's is a committee of the Party, which the next post is not of, but with `kiêm` that of
/// the same place.
fn held_together(r: &TokenCursor<'_>, post: &PostMatch, next: &PostMatch, above: Option<String>) -> Option<String> {
    let joined = (r.is_word(post.end, CONCURRENTLY) || r.is_word(post.end, AND)) && next.start == post.end + 1;
    let secretary = (post.start..post.head).any(|at| r.is_word(at, SECRETARY));
    if !joined || post.has_unit {
        return None;
    }
    if secretary {
        return place_of_council(r, next).filter(|_| r.is_word(post.end, CONCURRENTLY));
    }
    if next.has_unit { Some(r.words(next.head, next.end)) } else { above }
}

/// The province, city or district of the council that the post is of: `tỉnh B` of `Chủ tịch HĐND tỉnh B`.
fn place_of_council(r: &TokenCursor<'_>, post: &PostMatch) -> Option<String> {
    let council = (post.start..post.end).any(|at| r.is_in(at, WordSet::Council));
    let level = |at: &usize| r.set_end(*at, WordSet::Ruled).is_some_and(|end| end < post.end && r.is_capital(end));
    (post.start..post.end).find(level).filter(|_| council).map(|from| r.words(from, post.end))
}

/// The police whose investigators the post leads, where the deputy director of that police is named next: `Thủ trưởng
/// Cơ quan Cảnh sát điều tra, Phó Giám đốc Công an tỉnh B`. By law both are one person's.
fn of_police(r: &TokenCursor<'_>, post: &PostMatch, next: &PostMatch) -> Option<String> {
    let joined = r.is(post.end, ',') && next.start == post.end + 1 && post.state == next.state;
    let investigates = || (post.start..post.end).any(|at| r.set_end(at, WordSet::Investigators) == Some(post.end));
    let police = || r.is_words(next.head, &POLICE) && next.end > next.head + POLICE.len();
    (joined && investigates() && police()).then(|| r.words(next.head, next.end))
}

/// The place of the Party committee whose secretary a post names by its level only, where the next post is of that
/// level: `tỉnh B` of `Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh B`.
fn of_committee(r: &TokenCursor<'_>, post: &PostMatch, next: &PostMatch) -> Option<String> {
    let joined = (r.is(post.end, ',') || r.is_word(post.end, CONCURRENTLY)) && next.start == post.end + 1;
    let secretary = || (post.start..post.end).any(|at| r.is_word(at, SECRETARY));
    let named = post.end >= post.start + 2 && r.is_any(post.end - 1, &COMMITTEE) && secretary();
    let level = post.end.checked_sub(2).filter(|at| r.is_in(*at, WordSet::CommitteeLevel))?;
    if !joined || !named || post.state != next.state {
        return None;
    }
    let same_level = |at: &usize| {
        let end = r.set_end(*at, WordSet::Ruled);
        r.lower_word(*at) == r.lower_word(level) && end.is_some_and(|end| end < next.end && r.is_capital(end))
    };
    (next.start..next.end).find(same_level).map(|from| r.words(from, next.end))
}

/// The whole whose section the next post leads, for a post without organisation before a comma: `Phó Giám đốc, Thủ
/// trưởng Cơ quan Cảnh sát điều tra Công an tỉnh B`.
fn of_whole(r: &TokenCursor<'_>, post: &PostMatch, next: &PostMatch) -> Option<String> {
    let joined = r.is(post.end, ',') && next.start == post.end + 1 && !post.has_unit;
    let secretary = || (post.start..post.head).any(|at| r.is_word(at, SECRETARY));
    if !joined || secretary() || !r.is_in(next.head, WordSet::Section) {
        return None;
    }
    let whole = |at: &usize| r.is_capital(*at) && unit_end(r, *at).is_some() && !r.is_in(*at, WordSet::Section);
    (next.head + 1..next.end).find(whole).map(|from| r.words(from, next.end))
}

/// The token of the rank behind the organisations above a post, which begin at token `at`, and those organisations.
pub fn before_rank(r: &TokenCursor<'_>, at: usize) -> Option<(usize, String)> {
    let mut end = at;
    for _ in 0..LEVELS {
        end = unit_end(r, end)?;
        if !r.is(end, ',') {
            return None;
        }
        if r.hit(end + 1, TableClass::Rank).is_some() {
            return Some((end + 1, r.words(at, end)));
        }
        end += 1;
    }
    None
}

/// The organisation before `do` or `gồm` and the person who begins at token `from`: `tổ tuần tra Công an huyện B do A
/// làm tổ trưởng`, `tổ tuần tra Công an huyện B, gồm A làm tổ trưởng và ba chiến sĩ`.
pub fn before(r: &TokenCursor<'_>, from: usize) -> Option<String> {
    let word = from.checked_sub(1)?;
    let members = r.is_word(word, CONSISTS_OF);
    if !(members || r.is_word(word, BY)) {
        return None;
    }
    let to = if members && r.is(word.wrapping_sub(1), ',') { word - 1 } else { word };
    let reaches = |at: &usize| r.hit(*at, TableClass::Unit).is_some_and(|hit| end_of(r, hit.end) == to);
    let start = (to.saturating_sub(BEFORE)..to).find(reaches)?;
    Some(r.words(start, to))
}

/// The organisation that `của` names behind the name of the holder: `Chủ tịch A của Ủy ban B`.
pub fn behind_name(r: &TokenCursor<'_>, name_end: usize) -> Option<String> {
    let to = unit_end(r, name_end + 1).filter(|_| r.is_word(name_end, OF))?;
    Some(r.words(name_end + 1, to))
}

/// The end of an organisation that begins with a capital and is no post.
fn unit_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.is_capital(at) || post_at(r, at).is_some() {
        return None;
    }
    office_code(r, at).or_else(|| Some(end_of(r, r.hit(at, TableClass::Unit)?.end)))
}

/// The end of an organisation in small letters: `(phòng CSGT Công an tỉnh B)`, `Tổng cục 9, bộ Quốc phòng`.
fn small_unit_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let unit = r.hit(at, TableClass::Unit).filter(|_| r.is_lower(at) && post_at(r, at).is_none())?;
    let end = end_of(r, unit.end);
    let named = if r.is_unit_head(unit) { unit.end..end } else { at + 1..unit.end };
    named.into_iter().any(|word| r.is_capital(word)).then_some(end)
}

/// Whether what stands at `to` shows that the organisation before it ends what belongs to the person.
fn is_closed(r: &TokenCursor<'_>, to: usize) -> bool {
    let told = |at: usize| {
        let passive = r.is_word(at, PASSIVE) || r.is_word(at, SUFFERS);
        let verb = passive || r.hit(at, TableClass::Verb).is_some() || r.is_in(at, WordSet::BeforeVerb);
        r.is_lower(at) && (verb || r.is_in(at, WordSet::DateCue)) && !r.is_word(at, AND)
    };
    let behind_comma = r.is(to, ',') && told(to + 1);
    r.is_dash(to) || r.is(to, ')') || r.is(to, ';') || r.ends_sentence(to) || r.is_saying(to) || behind_comma
}

/// Whether the predicate follows directly. In `Theo A, Trưởng phòng B, Công an tỉnh C đã bắt …` the organisation is the
/// subject.
fn acts(r: &TokenCursor<'_>, from: usize, to: usize) -> bool {
    let source = from > 0 && r.is_in(from - 1, WordSet::Source);
    let verb = r.hit(to, TableClass::Verb).is_some() && !r.is_in(to, WordSet::EndsName);
    r.is_lower(to) && !source && (verb || r.is_in(to, WordSet::Tense))
}

/// Whether the organisation of the post is only a section of another (`Trưởng phòng Tham mưu`), or left out.
fn is_section(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let unit = |at: &usize| r.hit(*at, TableClass::Unit).is_some_and(|hit| r.is_capital(*at) || hit.end > at + 1);
    !(post.start..post.end).filter(unit).any(|at| !r.is_in(at, WordSet::Section))
}
