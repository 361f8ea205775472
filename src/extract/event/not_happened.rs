//! Events that have not happened (docs/domain.md §1.3): an end of office that somebody only asks for, refuses, plans or
//! takes back.
//!
//! ```text
//! kêu gọi Bộ trưởng A từ chức                     demanded
//! đề nghị kỷ luật bằng hình thức cách chức        proposed
//! thu hồi quyết định nghỉ hưu                     taken back by the words before it
//! quyết định nghỉ hưu đối với A bị thu hồi        by the words behind it
//! A chưa nghỉ hưu, A chuẩn bị nghỉ hưu            not yet
//! nếu trúng cử đại biểu, A sẽ …                   only a condition
//! ```

use super::super::cursor::TokenCursor;
use super::super::function_words::{ABOUT, IN_THE_FORM};
use super::super::lexicon::WordSet;

/// Whether somebody only asks for a resignation, speaks of it or denies it: `đòi Bộ trưởng A từ chức`.
pub(super) fn is_demanded(r: &TokenCursor<'_>, start: usize, at: usize) -> bool {
    r.is_in(at, WordSet::Resigns) && (start..at).any(|place| r.is_in(place, WordSet::Demands))
}

/// Whether the event is only a condition: `nếu trúng cử đại biểu, A sẽ …`.
pub(super) fn is_condition(r: &TokenCursor<'_>, start: usize, at: usize) -> bool {
    let clause = (start..at).rev().take_while(|word| !r.is(*word, ',') && !r.ends_sentence(*word));
    clause.into_iter().any(|word| r.is_in(word, WordSet::Condition))
}

/// Whether what the words at `at` tell is taken back or refused: `thu hồi quyết định nghỉ hưu`, `rút đơn xin từ chức`,
/// `bác đơn từ chức`.
pub(super) fn is_withdrawn(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    const WORDS: usize = 7;
    const BETWEEN: usize = 3;
    let ends = (1..=WORDS).filter_map(|back| r.set_end(at.checked_sub(back)?, WordSet::Withdraws));
    ends.into_iter().any(|words| words <= at && at - words <= BETWEEN)
        || orders_what_is_withdrawn(r, at)
        || is_withdrawn_behind(r, at, end)
}

/// Whether a decision that is taken back orders the event, with its number and date between: `hủy bỏ quyết định số 12
/// ngày 3-4 của Chủ tịch UBND tỉnh về việc nghỉ hưu`.
fn orders_what_is_withdrawn(r: &TokenCursor<'_>, at: usize) -> bool {
    const REACH: usize = 40;
    let about = at.checked_sub(ABOUT.len()).filter(|about| r.is_words(*about, &ABOUT));
    about.is_some_and(|about| {
        let clause = (1..=REACH).map_while(|back| about.checked_sub(back)).take_while(|word| !r.ends_sentence(*word));
        clause.into_iter().any(|word| r.is_in(word, WordSet::Withdraws))
    })
}

/// Whether the event is a penalty that somebody only proposes: `đề nghị thi hành kỷ luật bằng hình thức cách chức`.
pub(super) fn is_proposed_penalty(r: &TokenCursor<'_>, at: usize) -> bool {
    const REACH: usize = 16;
    // `hình thức kỷ luật cách chức`
    let form = [2, 4].into_iter().filter_map(|back| at.checked_sub(back)).find(|form| r.is_words(*form, &IN_THE_FORM));
    form.is_some_and(|form| {
        let clause = (1..=REACH).map_while(|back| form.checked_sub(back)).take_while(|word| !r.ends_sentence(*word));
        clause.into_iter().any(|word| r.is_in(word, WordSet::Proposed))
    })
}

/// Whether the words behind those of the event take it back: `Quyết định nghỉ hưu đối với A đã bị thu hồi`. They need a
/// decision before the event as their subject.
fn is_withdrawn_behind(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    const DECISION: usize = 4;
    const REACH: usize = 40;
    let decided =
        (1..=DECISION).filter_map(|back| at.checked_sub(back)).any(|word| r.is_in(word, WordSet::ActOfOffice));
    decided && (end..r.sentence_end(end, REACH)).any(|word| r.is_in(word, WordSet::TakenBack))
}

/// Whether a retirement is only asked for, prepared or still to come: `chưa nghỉ hưu`, `xin nghỉ hưu`, `chuẩn bị nghỉ
/// hưu`.
pub(super) fn is_to_come(r: &TokenCursor<'_>, at: usize) -> bool {
    const WORDS: usize = 4;
    const BETWEEN: usize = 1;
    let ends = (1..=WORDS).filter_map(|back| r.set_end(at.checked_sub(back)?, WordSet::StillToCome));
    // The words of the event may begin with `được`, which ends those before it too.
    ends.into_iter().any(|words| words <= at + 1 && at.saturating_sub(words) <= BETWEEN)
}
