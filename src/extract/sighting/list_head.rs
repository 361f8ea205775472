//! The head of a list gives its rank or its posts to each member named behind it (docs/domain.md §3.1):
//!
//! ```text
//! các Phó Tư lệnh Quân khu: A, B          posts, behind a colon
//! ba phó tư lệnh mang quân hàm thiếu tướng là A, B và C
//! 2 thượng tá là Chỉ huy trưởng A và Chính trị viên B
//! Ba thiếu tướng khác cũng bị nêu tên, gồm có các ông A, B và C
//! Một trung tướng đã nghỉ hưu là ông A     one person of a rank
//! ```

use super::super::cursor::TokenCursor;
use super::super::function_words::{CONSISTS_OF, HAS, ONE};
use super::super::lexicon::{NumberWord, TableClass, WordSet, form, number_of, rank as rank_named};
use super::super::name_run::name_at;
use super::super::post::{PostMatch, post_at};
use super::before_name::BeforeName;
use super::{LIST, Sighting, chain, of_another, stated_post};
use crate::report::{PostState, StatedPost, StatedRank};

/// The rank and posts that the head of a list gives to each member.
#[derive(Clone, Debug, Default)]
pub struct ListHead {
    posts: Vec<StatedPost>,
    rank: Option<StatedRank>,
    /// The members that may still come.
    left: usize,
    /// The token that ends the list.
    until: usize,
}

/// The most tokens of a clause between the head of a list and `gồm`.
const CLAUSE: usize = 32;

/// Where the members of a list begin, and the rank that the words before them give.
struct Members {
    at: usize,
    rank: Option<StatedRank>,
    /// Whether `là` or `gồm` leads to them and no colon.
    by_verb: bool,
}

/// The head of a list that `lead`, which begins at token `at`, is, and the first token of the members; `None` if it is
/// none.
pub fn list_head(r: &TokenCursor<'_>, at: usize, lead: &BeforeName) -> Option<(ListHead, usize)> {
    // Nearly every token is none; the number words before it are only worth looking up behind a rank or a post.
    if lead.posts.is_empty() == lead.ranks.is_empty() {
        return None;
    }
    let one = at.checked_sub(1).is_some_and(|before| r.is_word(before, ONE));
    let count = count(r, at).or_else(|| one.then_some(1));
    let several = lead.several || count.is_some_and(|count| count > 1);
    let heads = if lead.ranks.is_empty() { several || !of_another::is_object(r, at) } else { several || one };
    if !heads || (!several && is_signed(r, at)) {
        return None;
    }
    let ranks_of_several = several && lead.posts.is_empty();
    let members = members(r, lead.end).or_else(|| ranks_of_several.then(|| far_members(r, lead.end)).flatten())?;
    // `Trưởng đoàn là A, cùng đi có B`: one head that no word makes plural is one person's.
    let left = if !several && members.by_verb { 1 } else { count.unwrap_or(usize::MAX) };
    // `Giám đốc B khi đó là ông A`
    let then = chain::is_of_that_time(r, lead.end);
    let stated = |post: &PostMatch| match stated_post(r, post) {
        said if then && said.state == PostState::Holds => StatedPost { state: PostState::Former, ..said },
        said => said,
    };
    let head = ListHead {
        posts: lead.posts.iter().map(stated).collect(),
        rank: members.rank.or(lead.ranks.first().map(|rank| rank.said)),
        left,
        until: r.sentence_end(members.at, LIST),
    };
    Some((head, members.at))
}

impl ListHead {
    /// Gives rank and posts to sightings that end before the list does.
    pub fn give(&mut self, end: usize, sightings: &mut [Sighting]) {
        if end > self.until {
            return;
        }
        for sighting in sightings.iter_mut().filter(|sighting| !sighting.served).take(self.left) {
            sighting.posts.extend(self.posts.iter().cloned());
            sighting.rank = sighting.rank.or(self.rank);
            self.left -= 1;
        }
    }
}

/// Whether the post at `at` is that of a decision whose signer is named behind it: `Người ký quyết định bổ nhiệm giám
/// đốc là ông A`.
fn is_signed(r: &TokenCursor<'_>, at: usize) -> bool {
    let clause =
        (at.saturating_sub(CLAUSE)..at).rev().take_while(|token| !r.ends_sentence(*token) && !r.is(*token, ';'));
    clause.into_iter().any(|token| r.is_in(token, WordSet::Signer))
}

/// The number of people that a number word at `at`, or before it, announces: `hai phó tư lệnh`, `2 thượng tá`.
fn count(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let word = if r.has(at, form::SEVERAL) { Some(at) } else { at.checked_sub(1) }?;
    match number_of(r.lower_word(word))? {
        NumberWord::Count(count) => (count > 1).then_some(usize::from(count)),
        NumberWord::Zeros(_) => None,
    }
}

/// The first token of the members behind token `from`. A few words may be between: `hai phó tư lệnh người Mỹ khác là
/// Thiếu tướng A`, but nobody's deed: `Bộ trưởng cho biết: Đại tá A …`.
fn members(r: &TokenCursor<'_>, from: usize) -> Option<Members> {
    let (mut at, mut rank) = (from, None);
    for _ in 0..6 {
        let by_verb = r.is_in(at, WordSet::ListVerb);
        if by_verb || r.is(at, ':') {
            let members =
                if r.is_word(at, CONSISTS_OF) && r.is(at + 1, ':') || r.is_word(at + 1, HAS) { at + 2 } else { at + 1 };
            return begins_member(r, members).then_some(Members { at: members, rank, by_verb });
        }
        if let Some(end) = r.set_end(at, WordSet::ListFiller) {
            at = end;
            continue;
        }
        if r.hit(at, TableClass::Verb).is_some() {
            return None;
        }
        if let Some(hit) = r.hit(at, TableClass::Rank).filter(|_| r.is_in(at.wrapping_sub(1), WordSet::RankNoun)) {
            let found = r.row(hit).and_then(|row| rank_named(row.form()));
            rank = found.map(|rank| StatedRank { rank, span: r.span(at, hit.end) });
            at = hit.end;
            continue;
        }
        at = r.hit(at, TableClass::Country).map(|hit| hit.end).or_else(|| r.is_lower(at).then_some(at + 1))?;
    }
    None
}

/// The members behind a clause that tells something of all of them: `Hai đại tá bị kỷ luật, gồm ông A và ông B`. No
/// other person may be named in the clause.
fn far_members(r: &TokenCursor<'_>, from: usize) -> Option<Members> {
    for at in from..from + CLAUSE {
        let named = |class: &TableClass| r.hit(at, *class).is_some_and(|hit| r.is_capital(hit.end));
        let other = [TableClass::Rank, TableClass::Person].iter().any(named);
        if r.ends_sentence(at) || other {
            return None;
        }
        if r.is_word(at, CONSISTS_OF) {
            let next = if r.is_word(at + 1, HAS) { at + 2 } else { at + 1 };
            let members = if r.is(next, ':') { next + 1 } else { next };
            return begins_member(r, members).then_some(Members { at: members, rank: None, by_verb: true });
        }
    }
    None
}

/// The post behind a list of names that is told of all of them: `A và B, cùng là Phó Trưởng ban`.
pub fn told_of_all(r: &TokenCursor<'_>, at: usize) -> Option<PostMatch> {
    let from = if r.is(at, ',') { at + 1 } else { at };
    let post = post_at(r, r.set_end(from, WordSet::AllAre)?)?;
    (post.name.is_none() && !post.group).then_some(post)
}

/// Whether a person begins at the token: a rank, a form of address, a post or a name.
fn begins_member(r: &TokenCursor<'_>, at: usize) -> bool {
    [TableClass::Rank, TableClass::Person, TableClass::Post].iter().any(|class| r.hit(at, *class).is_some())
        || (r.is_capital(at) && name_at(r, at).is_some_and(|name| name.surname && name.words >= 2))
        || (r.has(at, form::SEVERAL) && r.hit(at + 1, TableClass::Rank).is_some())
}

/// Whether the name behind a comma is the subject of what follows and no item of a list: `tai nạn cho Thượng úy A, B
/// còn bỏ chạy`. A list of two has `và` between them.
pub fn opens_clause(r: &TokenCursor<'_>, at: usize) -> bool {
    let name = r.is(at, ',').then(|| name_at(r, at + 1)).flatten();
    name.is_some_and(|name| r.is_lower(name.end) && !r.is_in(name.end, WordSet::ListJoin))
}
