//! Reads the words after a name (docs/domain.md §3.3): posts and former ranks, separated by commas, dashes, brackets,
//! `kiêm`, `đồng thời là` or `và`. Skips ages and parent organisations. Stops where another person or a verb begins.

use super::super::cursor::TokenCursor;
use super::super::function_words::{AND, CONCURRENTLY, IS, LEADERS, SIMULTANEOUSLY, YEARS_OLD};
use super::super::lexicon::{RowValue, TableClass, WordSet, rank as rank_named};
use super::super::name_run::{is_foreign, name_at};
use super::super::organisation_name::end_of;
use super::super::post::{PostMatch, heads_a_firm, post_at};
use super::super::token::LetterCase;
use super::{Sighting, aide_of, chain, of_another, past_lead, stated_post, superior};
use crate::report::{Evidence, PostState, StatedPost, StatedRank};

/// The token after a separator of posts: comma, dash, `kiêm`, `đồng thời là`.
pub fn separator(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if r.is(at, ',') || (r.is_dash(at) && !r.is_number(at + 1)) {
        return Some(also(r, at + 1).unwrap_or(at + 1));
    }
    also(r, at)
}

/// The token after `kiêm`, `đồng thời`, `đồng thời là`, `đồng thời kiêm`.
fn also(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if r.is_word(at, CONCURRENTLY) {
        return Some(at + 1);
    }
    let together = r.is_words(at, &SIMULTANEOUSLY);
    together.then(|| if r.is_in(at + 2, WordSet::AlsoLink) { at + 3 } else { at + 2 })
}

/// Reads the posts and the former ranks after the name into the sighting. Returns one past the last token read.
pub fn read_posts_after(r: &TokenCursor<'_>, sighting: &mut Sighting) -> usize {
    let name_end = behind_stop(r, sighting.name.end);
    if let Some(item) = chain::bracketed_post(r, name_end) {
        let end = posts_after(r, sighting, item, true);
        let close = chain::closing_bracket(r, end).unwrap_or(end);
        return posts_after(r, sighting, close, false);
    }
    let behind = skip_birth(r, skip_age(r, name_end));
    let end = other_time(r, sighting, behind).or_else(|| directly(r, sighting, behind)).unwrap_or(behind);
    let end = posts_after(r, sighting, end, r.is(end, '('));
    // A stop or brackets with no post behind them are no part of what belongs to the name.
    if end == behind { skip_birth(r, known_brackets(r, sighting.name.end)) } else { end }
}

/// The token behind a sign between a name and what belongs to it: a comma before brackets (`A, (Phó Giám đốc B)`) or
/// the stop of a shortened name (`Đào Văn K., Giám đốc B`, `Green Jr., tư lệnh B`) if the sentence goes on behind it.
fn behind_stop(r: &TokenCursor<'_>, at: usize) -> usize {
    if r.is(at, ',') && r.is(at + 1, '(') {
        return at + 1;
    }
    let goes_on = r.is(at + 1, ',') || r.is(at + 1, '(') || r.is_dash(at + 1);
    if r.is(at, '.') && r.token(at).is_some_and(|stop| stop.glued) && goes_on { at + 1 } else { at }
}

/// Reads a rank of another time and returns the token after it: after `(khi đó là Đại tá)` that rank is a former one,
/// after `(nay là Thiếu tướng)` the one before the name is.
fn other_time(r: &TokenCursor<'_>, sighting: &mut Sighting, end: usize) -> Option<usize> {
    let bracket = r.is(end, '(');
    let at = if bracket || r.is(end, ',') { end + 1 } else { return None };
    let then = r.is_in(at, WordSet::AtThatTime);
    let now = r.is_in(at, WordSet::Now);
    let is = (at..at + 5).find(|is| r.is_word(*is, IS)).filter(|_| then || now)? + 1;
    let hit = r.hit(is, TableClass::Rank)?;
    let rank = r.row(hit).and_then(|row| rank_named(row.form()))?;
    let said = StatedRank { rank, span: r.span(is, hit.end) };
    if then {
        sighting.past_ranks.push(said);
    } else if let Some(before) = sighting.rank.replace(said) {
        sighting.past_ranks.push(before);
    }
    Some(if bracket && r.is(hit.end, ')') { hit.end + 1 } else { hit.end })
}

/// A post directly behind the name, or behind a colon: `Thiếu tướng A Phó Tư lệnh B`, `Thiếu tướng A: Phó Tư lệnh B.` A
/// colon may also open a quotation; then the sentence does not end with the post.
fn directly(r: &TokenCursor<'_>, sighting: &mut Sighting, end: usize) -> Option<usize> {
    let colon = r.is(end, ':');
    let at = if colon { end + 1 } else { end };
    if sighting.evidence == Evidence::Form || !r.is_capital(at) {
        return None;
    }
    let post = post_at(r, at).filter(|post| post.name.is_none() && !post.group && !follows_other(r, post.end))?;
    let closed = r.ends_sentence(post.end) || r.is(post.end, ';') || r.is(post.end, ',');
    if (colon && !closed) || (post.end == at + 1) {
        return None;
    }
    sighting.posts.push(stated_post(r, &post));
    Some(post.end)
}

/// Reads the posts that follow token `end` behind separators; with `open` they may be in brackets. Returns one past the
/// last token read.
///
/// A post belongs to the name before it unless `opens_other_person`.
pub fn posts_after(r: &TokenCursor<'_>, sighting: &mut Sighting, mut end: usize, open: bool) -> usize {
    let before = sighting.posts.len();
    let mut read: Vec<PostMatch> = Vec::new();
    let mut past_chain = chain::PastChain::behind(r, sighting, end);
    let mut predicate = false;
    while let Some(next) = trail_separator(r, end, open)
        .or_else(|| chain::further_predicate(r, end, predicate))
        .or_else(|| chain::further_bracket(r, end).filter(|_| sighting.posts.len() > before))
    {
        predicate |= r.is_word(end, IS);
        let link = chain::link(r, end, next);
        past_chain.follow(r, end, link);
        let next = link.map_or(next, |link| link.end);
        if sighting.served && aide_of::returns(r, end, sighting.posts.len() > before) {
            break;
        }
        let stated = r.hit(next, TableClass::State);
        let state = stated.and_then(|hit| r.row(hit)).map(|row| row.value);
        let past = stated.map_or(next, |hit| hit.end);
        let predicate = link.is_some() || r.is_word(end, IS);
        if (past > next || open || predicate || chain::is_rank_before_post(r, sighting, next))
            && let Some(hit) = r.hit(past, TableClass::Rank)
            && let Some(rank) = r.row(hit).and_then(|row| rank_named(row.form()))
            && !r.is_capital(hit.end)
        {
            let said = StatedRank { rank, span: r.span(past, hit.end) };
            note_rank(sighting, &mut past_chain, said, state);
            end = hit.end;
            continue;
        }
        let Some(post) = chain::post_of(r, sighting, end, next) else {
            let parent = skip_parent(r, sighting, end, next);
            let Some(after) = parent.or_else(|| chain::skipped(r, next, open)) else { break };
            end = after;
            continue;
        };
        if opens_other_person(r, sighting, &post, end, before) {
            break;
        }
        let said = stated_post(r, &post);
        read.push(post);
        let then = || {
            chain::is_told_of_years(r, sighting.from)
                || chain::is_told_of_year(r, sighting.from)
                || past_lead::is_told_of_before(r, sighting.from)
        };
        let that_time = chain::that_time_end(r, post.end);
        let was = past_chain.holds(r, &post)
            || (r.is_word(end, IS) && then())
            || chain::are_years_over(r, post.end)
            || that_time.is_some();
        sighting.posts.push(if was && said.state == PostState::Holds {
            StatedPost { state: PostState::Former, ..said }
        } else {
            said
        });
        end = that_time.unwrap_or_else(|| chain::behind_years(r, post.end));
        if r.is(end, ')') {
            end += 1;
            break;
        }
    }
    keep_superiors(r, sighting, before, &read, end);
    // The verb stays outside, because it is also a role: `do A làm trưởng đoàn`.
    let served = chain::served_as(r, sighting.from, end, sighting.posts.is_empty());
    let led = served.first().filter(|post| !post.has_unit).and_then(|_| superior::before(r, sighting.from));
    sighting.posts.extend(served.iter().map(|post| StatedPost { above: led.clone(), ..stated_post(r, post) }));
    end
}

/// Whether a post behind the separator at token `end` is that of the next person, or of several. `before`: how many
/// posts the name had in front of it. Each rule stands with the phrase that it was made for.
fn opens_other_person(r: &TokenCursor<'_>, sighting: &Sighting, post: &PostMatch, end: usize, before: usize) -> bool {
    if chain::is_of_several(r, post) {
        return true;
    }
    // `A, Tư lệnh B, lãnh đạo quận 8`, `Tư lệnh A, lãnh đạo quận 8`: the leaders are the next item of the list.
    let titled = before > 0 && r.is(end, ',');
    if post.group && (titled || !sighting.posts.is_empty() && r.is_word(post.start, LEADERS)) {
        return true;
    }
    // `A, Trợ lý Đại tướng B, Bộ trưởng …`: the posts that follow are B's.
    if aide_of::serves(r, post) && aide_of::superior_at(r, end).is_some()
        || post.name.is_some()
        || follows_other(r, post.end)
    {
        return true;
    }
    if names_foreigner(r, post)
        || names_given(r, post)
        || (sighting.evidence == Evidence::Rank && addressed_next(r, post.end))
    {
        return true;
    }
    let is_first = sighting.posts.len() == before;
    (r.is_word(end, AND) && (next_person(r, post.end) || is_first))
        || (is_first && belongs_to_speaker(r, sighting.from, post.end))
        || (r.is(end, ',') && of_another::opens_main_clause(r, sighting.from, before > 0, post.end))
        // `Bí thư A, Phó Bí thư, Chủ tịch B`: where posts are before the names, all of them are the next person's.
        || (titled && chain::leads_to_other(r, post.end))
}

/// Notes a rank that is an item of the chain. `A từng là trung tá`, `A (cựu trung tá, Trưởng phòng B)`: it is a former
/// one, and so is the post behind it.
fn note_rank(sighting: &mut Sighting, past_chain: &mut chain::PastChain, said: StatedRank, state: Option<RowValue>) {
    if past_chain.is_past() || state == Some(RowValue::State(PostState::Former)) {
        sighting.past_ranks.push(said);
        past_chain.pass_former_rank();
    } else {
        sighting.late |= state == Some(RowValue::State(PostState::Late));
        sighting.rank = sighting.rank.or(Some(said));
    }
}

/// Keeps the organisations above the posts that were `read`: number `before` of the sighting and those behind it, up to
/// token `end`.
fn keep_superiors(r: &TokenCursor<'_>, sighting: &mut Sighting, before: usize, read: &[PostMatch], end: usize) {
    let words_end = if r.is(end.wrapping_sub(1), ')') { end - 1 } else { end };
    let ends = [end, words_end].map(|end| r.span(end - 1, end).end);
    let last = sighting.posts.get_mut(before..).and_then(<[_]>::last_mut);
    if let Some(post) = last.filter(|post| ends.contains(&post.span.end)) {
        post.above = read.last().and_then(|read| superior::behind(r, sighting.from, read, end));
    }
    superior::share(r, read, sighting.posts.get_mut(before..).unwrap_or_default());
}

/// Skips `, sinh năm 1962`, `, 41 tuổi` between a name and its posts.
fn skip_birth(r: &TokenCursor<'_>, at: usize) -> usize {
    // `A sinh năm 1962, nguyên là Trung tá` has no comma before the birth.
    let comma = r.is(at, ',');
    let first = if comma { at + 1 } else { at };
    let born = r.is_in(first, WordSet::Born) && r.is_in(first + 1, WordSet::BornWhen) && r.is_number(first + 2);
    if !comma && !born {
        return at;
    }
    let end = if born {
        first + 3
    } else if r.is_number(at + 1) && r.is_word(at + 2, YEARS_OLD) {
        at + 3
    } else {
        return at;
    };
    if r.is(end, ',') { end } else { at }
}

/// `nhiệm vụ cho đồng chí A, Chủ tịch nước nêu rõ`: the person who is given something is not the one who then speaks.
fn belongs_to_speaker(r: &TokenCursor<'_>, from: usize, end: usize) -> bool {
    from > 0 && r.is_in(from - 1, WordSet::Addressee) && r.is_saying(end)
}

/// `gửi thư cho ông A, Tổng thống Trump cũng nói`: the word after the head is no organisation but the surname of the
/// next person.
fn names_foreigner(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let known = [TableClass::Place, TableClass::Country, TableClass::Unit, TableClass::Tail, TableClass::Abbreviation];
    let capital = r.token(post.head).is_some_and(|token| token.case == LetterCase::Capital);
    // `A, tổng giám đốc Vinasea, nói`: behind the head of a firm it is the firm, elsewhere if a sign closes the post.
    let surname = || {
        let leader = (1..=2).filter_map(|back| post.head.checked_sub(back));
        r.is_lower(post.end) || leader.into_iter().any(|from| r.set_end(from, WordSet::StateLeader) == Some(post.head))
    };
    post.end == post.head + 1
        && capital
        && is_foreign(r, post.head)
        && known.iter().all(|class| r.hit(post.head, *class).is_none())
        && !heads_a_firm(r, post.head)
        && surname()
}

/// The most tokens before a given name in which the whole name is looked for.
const NAMED_BEFORE: usize = 600;

/// `Về phần cô A, Hiệu trưởng Hà cho hay`: the word behind the head is no organisation but the given name of the next
/// person, whom the text has named in full and who speaks.
fn names_given(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let at = post.head;
    let known = [TableClass::Unit, TableClass::Tail, TableClass::Abbreviation];
    if post.end != at + 1
        || !r.token(at).is_some_and(|token| token.case == LetterCase::Capital && !token.foreign)
        || !r.is_saying(post.end)
        || known.iter().any(|class| r.hit(at, *class).is_some())
    {
        return false;
    }
    let named = |other: &usize| r.is_capital(*other) && r.word(*other) == r.word(at) && !r.is_capital(other + 1);
    let whole = |other: usize| {
        let before = (2..=3).filter_map(|back| other.checked_sub(back));
        before.into_iter().any(|from| name_at(r, from).is_some_and(|name| name.surname && name.end == other + 1))
    };
    (at.saturating_sub(NAMED_BEFORE)..at).rev().filter(named).any(whole)
}

/// `nhận lời mời của Đại tướng A, Bộ trưởng B, bà C dẫn đầu đoàn`: a post before `, bà C` is hers if no post follows
/// her name.
fn addressed_next(r: &TokenCursor<'_>, end: usize) -> bool {
    let named = || name_at(r, end + 2).is_some_and(|name| r.is_lower(name.end) && separator(r, name.end).is_none());
    r.is(end, ',') && r.is_in(end + 1, WordSet::SirOrMadam) && named()
}

/// The posts that begin at token `at`, in a row, and the token after them: `Phó Tư lệnh kiêm Tham mưu trưởng Quân
/// khu 10`.
pub fn posts_from(r: &TokenCursor<'_>, at: usize) -> (Vec<PostMatch>, usize) {
    let mut posts = Vec::new();
    let mut end = at;
    let mut next = at;
    while let Some(post) = post_at(r, next).filter(|post| post.name.is_none() && !follows_other(r, post.end)) {
        end = post.end;
        posts.push(post);
        let Some(after) = separator(r, end).or_else(|| r.is_word(end, AND).then_some(end + 1)) else { break };
        next = after;
    }
    (posts, end)
}

/// Skips brackets that hold no post: those of age and birth, and any others behind which a post of the same person
/// follows: `A (thường gọi Ba A), Chủ tịch HĐQT B`.
fn skip_age(r: &TokenCursor<'_>, at: usize) -> usize {
    let known = known_brackets(r, at);
    if known > at || !r.is(at, '(') {
        return known;
    }
    let Some(close) = (at..at + BRACKET).take_while(|here| !r.is_end(*here)).find(|here| r.is(*here, ')')) else {
        return at;
    };
    let other = |here: usize| {
        r.hit(here, TableClass::Rank).is_some()
            || r.hit(here, TableClass::Post).is_some()
            || r.hit(here, TableClass::Person).is_some_and(|hit| r.is_capital(hit.end))
    };
    if (at + 1..close).any(other) {
        return at;
    }
    let next = if r.is_word(close + 1, IS) { Some(close + 2) } else { separator(r, close + 1) };
    let next = next.map(|next| chain::link(r, close + 1, next).map_or(next, |link| link.end));
    let own = next.and_then(|next| post_at(r, next)).is_some_and(|post| post.name.is_none() && !post.group);
    if own { close + 1 } else { at }
}

/// The most tokens in brackets behind a name that are no age.
const BRACKET: usize = 16;

/// The token behind brackets that tell of the person: `(48 tuổi)`, `(SN 1975, quê Nam Định)`.
fn known_brackets(r: &TokenCursor<'_>, at: usize) -> usize {
    let opens = r.is(at, '(') && (r.is_number(at + 1) || r.is_in(at + 1, WordSet::BracketOfPerson));
    if !opens || post_at(r, at + 1).is_some() {
        return at;
    }
    (at..at + 24).find(|close| r.is(*close, ')')).map_or(at, |close| close + 1)
}

/// The token after a separator of posts, as `separator`, or after `và`, `là`, or, with `open`, a bracket. Words such as
/// `nay là` separate without a comma; they are read by `chain::link`.
pub fn trail_separator(r: &TokenCursor<'_>, at: usize, open: bool) -> Option<usize> {
    if open && r.is(at, '(') {
        return Some(at + 1);
    }
    // `A nguyên Chủ tịch B` needs no comma.
    let is_former = |post: PostMatch| post.state == PostState::Former;
    let former = || r.is_lower(at) && r.hit(at, TableClass::State).is_some() && post_at(r, at).is_some_and(is_former);
    if r.is_in(at, WordSet::NowIs) || r.is_in(at, WordSet::OnceWas) || former() {
        return Some(at);
    }
    if r.is_word(at, AND) || (r.is_word(at, IS) && !r.is_end(at + 1)) {
        return Some(at + 1);
    }
    separator(r, at)
}

/// Skips the parent organisation behind the last post, and remembers it with that post.
fn skip_parent(r: &TokenCursor<'_>, sighting: &mut Sighting, end: usize, next: usize) -> Option<usize> {
    let after = parent_unit(r, end, next)?;
    sighting.posts.last_mut()?.above.get_or_insert_with(|| r.words(next, after));
    Some(after)
}

/// The end of `, Tổng cục Hậu cần` behind a post: the parent organisation, which is not part of the quotation.
fn parent_unit(r: &TokenCursor<'_>, end: usize, next: usize) -> Option<usize> {
    if !(r.is(end, ',') || r.is_dash(end)) || !r.is_capital(next) {
        return None;
    }
    let at = end_of(r, r.hit(next, TableClass::Unit)?.end);
    separator(r, at).is_some_and(|after| post_at(r, after).is_some()).then_some(at)
}

/// Whether a rank with a name follows directly: the post was the next person's.
pub fn follows_other(r: &TokenCursor<'_>, at: usize) -> bool {
    r.hit(at, TableClass::Rank).is_some_and(|hit| r.is_capital(hit.end))
}

/// Whether after `và POST` a rank follows, so that the post begins the next person.
fn next_person(r: &TokenCursor<'_>, at: usize) -> bool {
    follows_other(r, at) || (r.is(at, ',') && follows_other(r, at + 1))
}
