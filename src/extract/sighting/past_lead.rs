//! Ranks and posts before a name that the words before them put into the past or deny (docs/domain.md §3.3): `Từng là
//! Giám đốc B, ông A`, `Không còn là Chủ tịch B, ông A`. What stands directly before the name is the person's own: in
//! `Từng là Phó Tư lệnh, Trung tướng A` only the post is of the past.

use super::super::cursor::TokenCursor;
use super::super::lexicon::WordSet;
use super::before_name::BeforeName;
use crate::report::PostState;

/// The most words of the sets that are looked for before token `at`: `chưa bao giờ là`.
const WORDS: usize = 5;

/// Marks the ranks and posts of `lead`, which begins at token `at`, as former, or drops the first post if it is denied.
pub fn apply(r: &TokenCursor<'_>, at: usize, lead: &mut BeforeName) {
    let Some(name) = lead.name else { return };
    if stands_before(r, at, WordSet::NotHeld) {
        if lead.posts.first().is_some_and(|post| post.end < name.start) {
            lead.posts.remove(0);
            lead.address = true;
        }
    } else if stands_before(r, at, WordSet::OnceWas) {
        for post in lead.posts.iter_mut().filter(|post| post.end < name.start) {
            post.state = PostState::Former;
        }
        let from = r.span(name.start, name.end).start;
        for rank in lead.ranks.iter_mut().filter(|rank| rank.said.span.end + 1 < from) {
            rank.past = true;
        }
    }
}

/// Whether words of the set end directly before token `at`.
fn stands_before(r: &TokenCursor<'_>, at: usize, set: WordSet) -> bool {
    (1..=WORDS).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, set) == Some(at))
}
