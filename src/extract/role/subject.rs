//! Whether a person who is named before a verb is the one who does it. Of two people in a sentence the words before the
//! name show it:
//!
//! ```text
//! A gặp B và nhấn mạnh …          what is joined to the clause is A's, not B's
//! theo lời mời của B, A dẫn đầu   B does nothing here
//! gia đình B thông báo …          nor here
//! đề nghị B chỉ đạo …             it is only asked of B
//! ```

use super::super::cursor::TokenCursor;
use super::super::lexicon::{PersonSign, RowValue, TableClass, VerbUse, WordSet};
use super::super::sighting::is_of_kin;

/// What the words before a name make of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClausePart {
    /// The subject of what follows, as far as the words tell.
    Subject,
    /// The object of the clause: only a verb right behind the name is theirs.
    Object,
    /// No verb behind the name is theirs: `của A`, `gia đình A`, `yêu cầu A báo cáo`.
    NoDoer,
}

/// The place of the person whose rank, posts and name begin at token `from`, the name at `name`, in the sentence that
/// begins at `start`.
pub(super) fn part_of(r: &TokenCursor<'_>, start: usize, from: usize, name: usize) -> ClausePart {
    let first = before_address(r, start, from);
    let ends_here = |set: WordSet| {
        (1..=3).filter_map(|back| first.checked_sub(back)).any(|at| at >= start && r.set_end(at, set) == Some(first))
    };
    if is_of_kin(r, first) || ends_here(WordSet::NoDoer) || is_of_family(r, first, name) {
        return ClausePart::NoDoer;
    }
    if ends_here(WordSet::RoleObject) || is_behind_role(r, start, first) {
        return ClausePart::Object;
    }
    ClausePart::Subject
}

/// Whether somebody of the family is meant and not the person named: `gia đình ông A`, `vợ ông A`, between token `from`
/// and the name. Other words there are those of a post: `Chánh văn phòng A`.
pub(super) fn is_of_family(r: &TokenCursor<'_>, from: usize, name: usize) -> bool {
    (from..name).any(|at| {
        let Some(hit) = r.hit(at, TableClass::Person) else { return false };
        let kin = r.person_sign(at) == Some(PersonSign::Kin);
        // `vợ anh - chị A`: A is the wife.
        let address = || {
            r.person_sign(hit.end) == Some(PersonSign::Address)
                && r.hit(hit.end, TableClass::Person).is_some_and(|next| next.end == name)
        };
        r.is_in(at, WordSet::NoDoer) || (kin && address())
    })
}

/// The first of the words by which the person is called before `from`: `bị cáo A`.
fn before_address(r: &TokenCursor<'_>, start: usize, from: usize) -> usize {
    let called = |at: &usize| *at >= start && r.hit(*at, TableClass::Person).is_some_and(|hit| hit.end == from);
    (1..=3).filter_map(|back| from.checked_sub(back)).find(called).unwrap_or(from)
}

/// Whether a verb of a role is directly before: `tiếp A`, `trao tặng A`.
fn is_behind_role(r: &TokenCursor<'_>, start: usize, from: usize) -> bool {
    let role = |at: usize| matches!(r.value(at, TableClass::Verb), Some(RowValue::Verb(VerbUse::Role, _)));
    let ends = |at: usize| r.hit(at, TableClass::Verb).is_some_and(|hit| hit.end == from);
    (1..=4).filter_map(|back| from.checked_sub(back)).any(|at| at >= start && role(at) && ends(at))
}
