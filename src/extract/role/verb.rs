//! The verb of a role at a token, and what makes something else of its words: a longer word (`thừa nhận`, `trực tiếp`),
//! or a noun (`buổi làm việc`, `kết luận của A`).

use super::super::cursor::TokenCursor;
use super::super::function_words::{ATTEND, HAS, OF};
use super::super::lexicon::{RowValue, TableClass, VerbTrait, VerbTraits, VerbUse, WordSet};
use crate::report::Role;

/// The most words of a longer word before the verb in it: `chưa trực tiếp`.
const BEFORE: usize = 3;

/// A role that a verb of the text gives, with the traits of that verb.
#[derive(Clone, Debug)]
pub(super) struct VerbRole {
    pub(super) role: Role,
    pub(super) traits: VerbTraits,
}

/// The verb of a role that begins at token `at`, and one past its last token; `None` if there is none.
pub(super) fn role_at(r: &TokenCursor<'_>, at: usize) -> Option<(VerbRole, usize)> {
    let hit = r.hit(at, TableClass::Verb)?;
    let row = r.row(hit)?;
    let RowValue::Verb(VerbUse::Role, traits) = row.value else { return None };
    let honour = at > 0 && r.is_in(at - 1, WordSet::Honour);
    if hit.end == at + 1 && r.is_word(at, ATTEND) && (honour || r.is_in(hit.end, WordSet::NotAttending)) {
        return None;
    }
    if is_in_longer_word(r, at) {
        return None;
    }
    let role = Role { verb: row.form(), span: r.span(at, hit.end) };
    Some((VerbRole { role, traits }, hit.end))
}

/// Whether the verb at `at` is only a part of another word: `xác nhận`, `tiếp tay`, `đăng ký`.
fn is_in_longer_word(r: &TokenCursor<'_>, at: usize) -> bool {
    (0..=BEFORE).filter_map(|back| at.checked_sub(back)).any(|from| {
        let row = r.hit(from, TableClass::Verb).filter(|hit| from < at && hit.end > at).and_then(|hit| r.row(hit));
        let other = row.is_some_and(|row| !matches!(row.value, RowValue::Verb(VerbUse::Role, _)));
        other || r.set_end(from, WordSet::NoRole).is_some_and(|end| end > at)
    })
}

/// Whether the verb at `at..end` behind a name is a noun there: `tại buổi làm việc`, `theo đề nghị`, `dẫn phát biểu của
/// B`. `có chuyến thăm` says no more than the verb.
pub(super) fn is_noun(r: &TokenCursor<'_>, verb: &VerbRole, from: usize, at: usize, end: usize) -> bool {
    // `trao quyết định của Chủ tịch nước`: the words have their object already.
    if r.is_word(end, OF) && !verb.traits.has(VerbTrait::Giving) {
        return true;
    }
    let noun = (1..=2)
        .filter_map(|back| at.checked_sub(back))
        .find(|noun| *noun >= from && r.set_end(*noun, WordSet::NounBeforeRole) == Some(at));
    let has = |noun: usize| (1..=2).filter_map(|back| noun.checked_sub(back)).any(|at| r.is_word(at, HAS));
    noun.is_some_and(|noun| !has(noun))
}
