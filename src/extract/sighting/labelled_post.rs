//! Posts behind a label in a list of people (docs/domain.md §3.3), which are of the person named last:
//!
//! ```text
//! 1. Trung tá A (sinh năm 1979)
//! - Chức vụ: Trợ lý Quân lực, Đoàn B.
//! ```

use super::super::cursor::TokenCursor;
use super::super::lexicon::WordSet;
use super::after_name::posts_from;
use super::{Sighting, stated_post};

/// The most tokens between a person and the label: date and place of birth. Farther away it is of a table or a form.
const FAR: usize = 48;

/// The most tokens of a post behind the words that the tables know.
const REST: usize = 10;

/// Gives the posts behind a label at token `at` to the person named last. Returns the token after them; `None` if there
/// is no label, no post or nobody near.
pub fn read(r: &TokenCursor<'_>, at: usize, out: &mut [Sighting]) -> Option<usize> {
    let label = r.set_end(at, WordSet::PostLabel).filter(|end| r.is(*end, ':'))?;
    let begins = at == 0 || r.ends_sentence(at - 1) || r.is_dash(at - 1) || r.is(at - 1, ';') || r.is(at - 1, ',');
    let person = out.last_mut().filter(|last| begins && !last.served && !last.thing && at - last.to.min(at) <= FAR)?;
    let (mut posts, mut end) = posts_from(r, label + 1);
    // The label says that all up to the comma is the post: `Nhân viên lái xe`.
    let rest = (end..end + REST).find(|at| r.is(*at, ',') || r.is(*at, ';') || r.ends_sentence(*at));
    if let Some((last, stop)) = posts.last_mut().zip(rest)
        && (end..stop).all(|at| r.is_lower(at))
    {
        last.end = stop;
        end = stop;
    }
    if posts.is_empty() {
        return None;
    }
    person.posts.extend(posts.iter().map(|post| stated_post(r, post)));
    Some(end)
}
