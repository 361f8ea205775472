//! The bounds of a tenure in words of the interface language: `from 2018-01-01, until ~2019-02-02`. The words depend on
//! how each bound is known. The form of a day is left to the caller, because the interface and the command line differ.

use super::career::{BoundBasis, TenureBound};
use crate::lang::{Lang, phrases};

/// Formats both bounds in words; `day` formats the day of a bound. The end is left out if it adds nothing.
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
