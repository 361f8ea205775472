//! Officials who are named only because the person before serves them or is their relative (docs/domain.md §0.3):
//!
//! ```text
//! A, Trợ lý Đại tướng B, Bộ trưởng C, kiêm Phó Chánh Văn phòng D
//! A         served: B    B's post      A's post again; the deeds that follow are A's
//! bà A, phu nhân Đại tướng B           a relative: as above, without an aide's post
//! ```

use super::super::cursor::TokenCursor;
use super::super::function_words::{CHIEF, DEPUTY, OF, SECRETARY, SIMULTANEOUSLY};
use super::super::lexicon::{PersonSign, PostPattern, RowValue, TableClass, WordSet};
use super::super::name_run::{NameRun, is_common_surname, is_foreign, name_at};
use super::super::post::{PostMatch, post_at};
use super::super::token::LetterCase;
use super::after_name::{follows_other, posts_after, separator, trail_separator};
use super::before_name::{BeforeName, lead_at};
use super::{Sighting, evidence_of, read_posts_after};
use crate::report::{Evidence, StatedPost};

/// The official whom the person before serves, or whose relative the person is.
pub struct Superior {
    /// The aide's post; `None` for a relative.
    post: Option<PostMatch>,
    /// The first token of rank, posts and name of the superior.
    from: usize,
    lead: BeforeName,
    name: NameRun,
    bracket: bool,
}

/// The superior named after token `at`, which is behind a person's name or posts; `None` if there is none.
pub fn superior_at(r: &TokenCursor<'_>, at: usize) -> Option<Superior> {
    let bracket = r.is(at, '(');
    let next = if bracket { at + 1 } else { trail_separator(r, at, false)? };
    let kin = kin_at(r, next);
    let post = if kin.is_none() { Some(post_at(r, next).filter(|post| serves(r, post))?) } else { None };
    let end = kin.or(post.map(|post| post.head))?;
    let behind_link = if r.is_in(end, WordSet::Serves) { end + 1 } else { end };
    let from = post.and_then(|post| office_served(r, &post)).unwrap_or(behind_link);
    let mut lead = lead_at(r, from);
    // `thư ký của Trần Văn B`: the whole name needs no rank.
    let whole = |name: &NameRun| name.is_full_vietnamese() && name.words >= 3 && is_common_surname(r, name.start);
    let aide = from > end && post.is_some_and(|post| post.aide);
    let owned = name_at(r, from).filter(|name| aide && whole(name));
    lead.name = lead.name.or(owned);
    let name = lead.name?;
    // `Trợ lý Bộ trưởng, Đại tá B`: the colonel is the next of a list.
    let separated = !lead.posts.is_empty() && (from..name.start).any(|place| r.is(place, ','));
    let marked = owned.is_some() || !lead.ranks.is_empty() || !lead.posts.is_empty() || lead.address;
    (marked && !separated).then_some(Superior { post, from, lead, name, bracket })
}

/// Whether who holds the post serves a person who may be named next: `Trợ lý`, `cố vấn an ninh của Tổng thống`, `phát
/// ngôn viên của`.
pub fn serves(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let speaks = || !post.has_unit && r.is_in(post.start, WordSet::Spokesman) && r.is_word(post.end, OF);
    post.aide || office_served(r, post).is_some() || speaks()
}

/// The token at which the office begins that the holder of the post serves, if its holder is named with it: `Tổng
/// thống` of `cố vấn an ninh của Tổng thống B`. The name is then not that of who serves.
pub fn office_served(r: &TokenCursor<'_>, post: &PostMatch) -> Option<usize> {
    let is_office = |at: &usize| {
        let named = |office: PostMatch| office.name.is_some_and(|name| post.name.is_none_or(|own| own == name));
        post_at(r, *at).filter(|office| !office.group).is_some_and(named)
    };
    (post.head + 1..=post.end + 1).find(|at| r.is_word(at - 1, OF) && is_office(at))
}

/// The last word of the name of the one who is served in the words of a post, tokens `from..to`: `Dupont` of `người
/// phát ngôn của Tổng thống Dupont`. `None` if only an office is named.
pub fn name_served(r: &TokenCursor<'_>, from: usize, to: usize) -> Option<usize> {
    let begins = |at: &usize| {
        let office = [TableClass::Post, TableClass::Rank].iter().any(|class| r.hit(*at, *class).is_some());
        office || r.is_word(at - 1, OF) || r.person_sign(*at) == Some(PersonSign::Address)
    };
    let named = |at: usize| lead_at(r, at).name.filter(|name| name.start > at && name.end <= to);
    (from + 1..to).filter(begins).find_map(named).map(|name| name.end - 1).or_else(|| word_served(r, from, to))
}

/// One foreign word behind the office of a leader, at the end of the words of a post: `Dupont` of `cố vấn của Tổng
/// thống Dupont`.
fn word_served(r: &TokenCursor<'_>, from: usize, to: usize) -> Option<usize> {
    let last = to.checked_sub(1)?;
    let other = [TableClass::Country, TableClass::Seat, TableClass::Unit, TableClass::Tail, TableClass::Abbreviation];
    let name = r.token(last).is_some_and(|token| token.case == LetterCase::Capital)
        && is_foreign(r, last)
        && other.iter().all(|class| r.hit(last, *class).is_none());
    let leader = |at: usize| (from + 1..last).contains(&at) && r.set_end(at, WordSet::StateLeader) == Some(last);
    (name && (1..=2).filter_map(|back| last.checked_sub(back)).any(leader)).then_some(last)
}

/// `phu nhân`, `vợ`, `con trai`: the token after it.
fn kin_at(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let hit = r.hit(at, TableClass::Person)?;
    (r.person_sign(at) == Some(PersonSign::Kin)).then_some(hit.end)
}

/// Adds the sightings of aide and superior. Returns the token after everything that belongs to either.
pub fn read(r: &TokenCursor<'_>, mut aide: Sighting, superior: &Superior, out: &mut Vec<Sighting>) -> usize {
    if let Some(post) = &superior.post {
        let (start, end) = (post.start, superior.name.end);
        let (text, span) = (r.words(start, end), r.span(start, end));
        aide.posts.push(StatedPost { text, span, state: post.state, above: None });
        if aide.evidence == Evidence::Form {
            aide.evidence = Evidence::Post;
        }
    }
    let mut served = Sighting::new(r, superior.from, &superior.lead, superior.name, evidence_of(&superior.lead));
    served.served = true;
    served.to = read_posts_after(r, &mut served);
    aide.to = served.to;
    if superior.bracket && r.is(aide.to, ')') {
        aide.to += 1;
    }
    if returns(r, aide.to, served.to > served.name.end) || superior.bracket {
        let behind = aide.to;
        aide.to = posts_after(r, &mut aide, behind, false);
    }
    let end = aide.to;
    out.push(aide);
    out.push(served);
    end
}

/// Whether the post behind token `at` is the aide's again and no longer the superior's. It is the aide's behind
/// `, kiêm` and behind `đồng thời`. `kiêm` without a comma joins two posts of one person, here the superior; but an
/// official with an aide is never a deputy, so a deputy's post is the aide's even then.
pub fn returns(r: &TokenCursor<'_>, at: usize, has_posts: bool) -> bool {
    let Some(next) = separator(r, at) else { return false };
    let Some(post) = post_at(r, next).filter(|post| post.name.is_none() && !follows_other(r, post.end)) else {
        return false;
    };
    let separated = r.is(at, ',') || r.is_dash(at);
    let also = r.is_words(at, &SIMULTANEOUSLY[..1]);
    let again = next > at + 1 || also;
    if separated || also {
        return again;
    }
    !has_posts || is_deputy(r, &post)
}

/// Whether the post is one that an aide holds: `Phó Chánh Văn phòng`, `Phó Cục trưởng`, `Trợ lý`, `Chánh Văn phòng`;
/// not `Phó Thủ tướng`, which takes no organisation, nor `Phó Bí thư`, which commanders also are.
fn is_deputy(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let takes_unit = r.value(post.start, TableClass::Post) == Some(RowValue::Post(PostPattern::TakesUnit));
    let deputy = r.is_word(post.start, DEPUTY) && !r.is_word(post.start + 1, SECRETARY);
    post.aide || (takes_unit && (deputy || r.is_word(post.start, CHIEF)))
}
