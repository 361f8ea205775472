//! Who is named only as whom somebody serves (docs/domain.md §0.3): in `A, Trợ lý Đại tướng B, Bộ trưởng C, kiêm Phó
//! Chánh Văn phòng D` the minister's post is B's, what follows `kiêm` is A's again, and whatever is done is done by A.
//! The same holds of a wife, a husband or a child: `bà A, phu nhân Đại tướng B`.

use super::super::cursor::TokenCursor;
use super::super::grammar::{CHIEF, DEPUTY, SECRETARY, SIMULTANEOUSLY};
use super::super::lexicon::{PersonSign, PostPattern, RowValue, TableClass, WordSet};
use super::super::name::NameRun;
use super::super::post::{PostMatch, post_at};
use super::after_name::{follows_other, posts_after, separator, trail_separator};
use super::before_name::{BeforeName, lead_at};
use super::{Sighting, evidence_of, trail};
use crate::report::{Evidence, PostSaid};

/// Somebody whom the person named before serves, or belongs to.
pub struct Superior {
    /// The aide's post; nothing of a wife.
    post: Option<PostMatch>,
    /// Where what is said of the master begins.
    from: usize,
    lead: BeforeName,
    name: NameRun,
    bracket: bool,
}

/// The master named after token `at`, which stands behind somebody's name or posts.
pub fn master_at(r: &TokenCursor<'_>, at: usize) -> Option<Superior> {
    let bracket = r.is(at, '(');
    let next = if bracket { at + 1 } else { trail_separator(r, at, false)? };
    let kin = kin_at(r, next);
    let post = if kin.is_none() { Some(post_at(r, next).filter(|post| post.aide)?) } else { None };
    let end = kin.or(post.map(|post| post.head))?;
    let from = if r.is_in(end, WordSet::Serves) { end + 1 } else { end };
    let lead = lead_at(r, from);
    let name = lead.name?;
    // `Trợ lý Bộ trưởng, Đại tá B`: the colonel is the next of a list.
    let parted = !lead.posts.is_empty() && (from..name.start).any(|place| r.is(place, ','));
    let told = !lead.ranks.is_empty() || !lead.posts.is_empty() || lead.address;
    (told && !parted).then_some(Superior { post, from, lead, name, bracket })
}

/// `phu nhân`, `vợ`, `con trai`: the token after it.
fn kin_at(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let hit = r.hit(at, TableClass::Person)?;
    (r.person_sign(at) == Some(PersonSign::Kin)).then_some(hit.end)
}

/// Takes the aide and the master, and returns the token after all that is said of both.
pub fn read(r: &TokenCursor<'_>, mut aide: Sighting, master: &Superior, out: &mut Vec<Sighting>) -> usize {
    if let Some(post) = &master.post {
        let (start, end) = (post.start, master.name.end);
        aide.posts.push(PostSaid { text: r.words(start, end), span: r.span(start, end), state: post.state });
        if aide.evidence == Evidence::Form {
            aide.evidence = Evidence::Post;
        }
    }
    let mut served = Sighting::new(r, master.from, &master.lead, master.name, evidence_of(&master.lead));
    served.served = true;
    served.to = trail(r, &mut served);
    aide.to = served.to;
    if master.bracket && r.is(aide.to, ')') {
        aide.to += 1;
    }
    if returns(r, aide.to, served.to > served.name.end) || master.bracket {
        let behind = aide.to;
        aide.to = posts_after(r, &mut aide, behind, false);
    }
    let end = aide.to;
    out.push(aide);
    out.push(served);
    end
}

/// Whether the post behind token `at` is the aide's again and no longer the master's. A comma before `kiêm` parts it
/// from the master's posts, `đồng thời` does so alone. `kiêm` alone joins two posts of one person; of the master's
/// it can only be a head's: whoever has an aide is nobody's deputy beside it.
pub fn returns(r: &TokenCursor<'_>, at: usize, has_posts: bool) -> bool {
    let Some(next) = separator(r, at) else { return false };
    let Some(post) = post_at(r, next).filter(|post| post.name.is_none() && !follows_other(r, post.end)) else {
        return false;
    };
    let parted = r.is(at, ',') || r.is_dash(at);
    let also = r.is_words(at, &SIMULTANEOUSLY[..1]);
    let again = next > at + 1 || also;
    if parted || also {
        return again;
    }
    !has_posts || is_deputy(r, &post)
}

/// `Phó Chánh Văn phòng`, `Phó Cục trưởng`, `Trợ lý`, `Chánh Văn phòng`; not `Phó Thủ tướng`, which takes no
/// organisation, nor `Phó Bí thư`, which heads of command are.
fn is_deputy(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let takes_unit = r.value(post.start, TableClass::Post) == Some(RowValue::Post(PostPattern::TakesUnit));
    let deputy = r.is_word(post.start, DEPUTY) && !r.is_word(post.start + 1, SECRETARY);
    post.aide || (takes_unit && (deputy || r.is_word(post.start, CHIEF)))
}
