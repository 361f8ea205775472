//! A tenure's beginning and end in words, by how each is known: `from 2018-01-01, until ~2019-02-02`. How a day is
//! written is left to the caller, since the reader and the command line differ in that.

use super::career::{BoundBasis, TenureBound};
use crate::lang::{Lang, phrases};

/// Both bounds in words. The end is left out if it adds nothing to the beginning.
pub fn say(from: &TenureBound, to: &TenureBound, lang: Lang, day: impl Fn(&TenureBound) -> String) -> String {
    let once = to.known == BoundBasis::Seen && from.when.day == to.when.day;
    let begin = match from.known {
        BoundBasis::Event => phrases::FROM,
        BoundBasis::By => phrases::BEFORE,
        BoundBasis::Seen if once => phrases::SEEN_ONCE,
        BoundBasis::Seen => phrases::FIRST_SEEN,
    };
    let begin = begin.fill(lang, &[&day(from)]);
    let end = match to.known {
        BoundBasis::By if from.known == BoundBasis::By => return begin,
        BoundBasis::Seen if once => return begin,
        BoundBasis::Event => phrases::UNTIL,
        BoundBasis::By => phrases::NO_MORE_BY,
        BoundBasis::Seen => phrases::LAST_SEEN,
    };
    format!("{begin}, {}", end.fill(lang, &[&day(to)]))
}
