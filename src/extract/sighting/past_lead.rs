//! Ranks and posts before a name that the words before them put into the past or deny (docs/domain.md §3.3): `Từng là
//! Giám đốc B, ông A`, `Không còn là Chủ tịch B, ông A`. What stands directly before the name is the person's own: in
//! `Từng là Phó Tư lệnh, Trung tướng A` only the post is of the past.

use super::super::cursor::TokenCursor;
use super::super::date_match::{number, year_at};
use super::super::function_words::{CONCURRENTLY, OF};
use super::super::lexicon::{PersonSign, TableClass, WordSet};
use super::before_name::BeforeName;
use super::chain::{self, is_reached_by_former_rank};
use crate::report::PostState;

/// The most words of the sets that are looked for before token `at`: `chưa bao giờ là`.
const WORDS: usize = 5;

/// Marks the ranks and posts of `lead`, which begins at token `at`, as former, or drops the first post if it is denied.
pub fn apply(r: &TokenCursor<'_>, at: usize, lead: &mut BeforeName) {
    let Some(name) = lead.name else { return };
    reach_from_rank(r, lead);
    reach_over_concurrent(r, lead);
    reach_from_seat(r, lead);
    lead.late |= lead.posts.iter().any(|post| post.state == PostState::Late)
        || is_at_grave(r, at)
        || is_fallen(r, at, name.start);
    if stands_before(r, at, WordSet::NotHeld) {
        if lead.posts.first().is_some_and(|post| post.end < name.start) {
            lead.posts.remove(0);
            lead.address = true;
        }
    } else if stands_before(r, at, WordSet::OnceWas) || is_of_those_years(r, at) || is_looked_back_on(r, at) {
        for post in lead.posts.iter_mut().filter(|post| post.end < name.start) {
            post.state = PostState::Former;
        }
        let from = r.span(name.start, name.end).start;
        for rank in lead.ranks.iter_mut().filter(|rank| rank.said.span.end + 1 < from) {
            rank.past = true;
        }
    }
    for post in lead.posts.iter_mut().filter(|post| post.end < name.start && post.state == PostState::Holds) {
        // `Giám đốc B lúc bấy giờ, ông A`
        if chain::is_of_that_time(r, post.end) {
            post.state = PostState::Former;
        }
    }
    if is_of_predecessor(r, at) {
        for post in lead.posts.iter_mut().filter(|post| post.state == PostState::Holds) {
            post.state = PostState::Former;
        }
    }
}

/// The most tokens that the years at the beginning of a sentence and the words behind them have.
const YEARS: usize = 16;

/// Whether a sentence opens with years and tells of an office of that time, which begins at token `at`: `Trong năm
/// 2014, với cương vị Giám đốc B, ông A …`.
fn is_of_those_years(r: &TokenCursor<'_>, at: usize) -> bool {
    let ends_here = |from: &usize| r.set_end(*from, WordSet::InCapacity) == Some(at);
    let Some(end) = (1..=WORDS).filter_map(|back| at.checked_sub(back)).find(ends_here) else { return false };
    let first = end.saturating_sub(YEARS);
    let mut here = (first..end).rev().find(|token| r.ends_sentence(*token)).map_or(first, |stop| stop + 1);
    let mut years = false;
    while here < end {
        years |= year_at(r, here).is_some();
        here = match r.set_end(here, WordSet::YearOpener) {
            Some(behind) => behind,
            None if r.is_number(here) || r.is(here, ',') || r.is(here, '/') || r.is_dash(here) => here + 1,
            None => return false,
        };
    }
    years
}

/// Whether the capacity of the office that begins at token `at` is one of an earlier time: `Tại hai kỳ họp trước đây,
/// trong vị trí Giám đốc B, bà A …`.
fn is_looked_back_on(r: &TokenCursor<'_>, at: usize) -> bool {
    let capacity = |from: &usize| r.set_end(*from, WordSet::InCapacity) == Some(at);
    let Some(from) = (1..=WORDS).filter_map(|back| at.checked_sub(back)).find(capacity) else { return false };
    let end = if r.is(from.wrapping_sub(1), ',') { from - 1 } else { from };
    stands_before(r, end, WordSet::LookBack)
}

/// Whether the person named from token `name`, whose rank or post begins at token `at`, has fallen: `liệt sĩ A`, `liệt
/// sĩ - trung úy A`. Behind a dash only where the word opens what is said, as it also ends the names of bodies (`Hội
/// Hỗ trợ gia đình liệt sĩ - Đại tá A`).
fn is_fallen(r: &TokenCursor<'_>, at: usize, name: usize) -> bool {
    let opens = |from: usize| {
        let word = from.wrapping_sub(1);
        let owner = r.is_word(word, OF) || r.is_in(word, WordSet::Addressee);
        owner || from == 0 || r.ends_sentence(word) || r.is(word, ',') || r.is(word, ':')
    };
    (at.saturating_sub(WORDS)..name).any(|from| {
        let Some(end) = r.set_end(from, WordSet::Fallen) else { return false };
        let dash = r.is_dash(end);
        let next = if dash { end + 1 } else { end };
        let rank = next > at && r.hit(next, TableClass::Rank).is_some();
        (next == name || next == at || rank) && (!dash || opens(from))
    })
}

/// Whether the rank, post or name at token `at` is that of somebody's predecessor: `người tiền nhiệm, Chủ tịch B A`,
/// `người tiền nhiệm của ông C, Chủ tịch B A`.
fn is_of_predecessor(r: &TokenCursor<'_>, at: usize) -> bool {
    if stands_before(r, at, WordSet::Predecessor) {
        return true;
    }
    let comma = at.wrapping_sub(1);
    let clause =
        (comma.saturating_sub(YEARS)..comma).rev().take_while(|token| !r.ends_sentence(*token) && !r.is(*token, ','));
    let opens = |token: usize| r.is_in(token, WordSet::Predecessor);
    r.is(comma, ',') && (stands_before(r, comma, WordSet::Predecessor) || clause.into_iter().any(opens))
}

/// Whether the clause before the rank, post or name at token `at` says what followed: `Trước khi làm Giám đốc B, ông A
/// là Phó Giám đốc`.
pub fn is_told_of_before(r: &TokenCursor<'_>, at: usize) -> bool {
    stands_before(r, at, WordSet::BeforeTakingUp)
}

/// Whether the rank, post or form of address at token `at` is that of somebody whose grave or memory is spoken of: `mộ
/// của Đại tướng A`. Not in `mộ mẹ, Đại tướng A`, where the dead person is a relative.
fn is_at_grave(r: &TokenCursor<'_>, at: usize) -> bool {
    let titled = [TableClass::Rank, TableClass::Post].iter().any(|class| r.hit(at, *class).is_some())
        || r.person_sign(at) == Some(PersonSign::Address);
    let of = at > 0 && r.is_word(at - 1, OF);
    let at = if of { at - 1 } else { at };
    titled && (stands_before(r, at, WordSet::Grave) || is_born_long_ago(r, at))
}

/// Whether the words before token `at` are of an anniversary of birth that nobody lives to see: `128 năm Ngày sinh`.
fn is_born_long_ago(r: &TokenCursor<'_>, at: usize) -> bool {
    const LONGEST_LIFE: i16 = 100;
    let birth = (1..=WORDS).filter_map(|back| at.checked_sub(back));
    let years = birth.filter(|from| r.set_end(*from, WordSet::Birthday) == Some(at));
    years.filter_map(|from| number(r, from.checked_sub(1)?)).any(|years| years >= LONGEST_LIFE)
}

/// Marks the post behind a former rank as former, and the bare ones behind that: `nguyên thiếu tướng, Cục trưởng Cục B
/// A`. A present rank between them ends what is of the past.
fn reach_from_rank(r: &TokenCursor<'_>, lead: &mut BeforeName) {
    let Some(rank) = lead.ranks.last().filter(|rank| rank.past) else { return };
    let behind = rank.said.span.end;
    let mut reached = false;
    for post in lead.posts.iter_mut().filter(|post| r.span(post.start, post.end).start >= behind) {
        let bare = post.end == post.head;
        if (reached && !bare) || !is_reached_by_former_rank(r, post) {
            return;
        }
        post.state = PostState::Former;
        reached = true;
    }
}

/// Marks posts that are held together with a former one as former: `nguyên Chủ tịch HĐQT kiêm Giám đốc Công ty B A`.
fn reach_over_concurrent(r: &TokenCursor<'_>, lead: &mut BeforeName) {
    let mut former = None;
    for post in &mut lead.posts {
        let joined = former.is_some_and(|end| r.is_word(end, CONCURRENTLY) && post.start == end + 1);
        if joined && post.state == PostState::Holds {
            post.state = PostState::Former;
        }
        former = (post.state == PostState::Former).then_some(post.end);
    }
}

/// Marks the office behind a former seat in a committee as former: `nguyên Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh A`.
fn reach_from_seat(r: &TokenCursor<'_>, lead: &mut BeforeName) {
    let mut seat = None;
    for post in &mut lead.posts {
        let joined = seat.is_some_and(|end| r.is(end, ',') && post.start == end + 1);
        if joined && chain::goes_with_seat(r, post) {
            post.state = PostState::Former;
        }
        seat = (post.state == PostState::Former && chain::is_seat(r, post)).then_some(post.end);
    }
}

/// Whether words of the set end directly before token `at`.
fn stands_before(r: &TokenCursor<'_>, at: usize, set: WordSet) -> bool {
    (1..=WORDS).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, set) == Some(at))
}
