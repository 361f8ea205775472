//! Names that are a thing's (domain.md §2.4): streets, ships, schools, awards, museums bear persons' names.

use super::lexicon::Class;
use super::reading::Reading;

/// How far back a word such as `phố` is looked for: `tuyến phố ẩm thực A`.
const BACK: usize = 5;

/// Whether the name that begins with the words at `start` is a thing's. `bare`: nothing but the name stands there.
pub fn names_a_thing(r: &Reading<'_>, start: usize, bare: bool) -> bool {
    let right_before = |back| {
        start
            .checked_sub(back)
            .filter(|at| r.hit(*at, Class::Thing).is_some())
            .is_some_and(|at| r.hits.at(at).any(|hit| hit.class == Class::Thing && hit.end == start))
    };
    if (1..=BACK).any(right_before) {
        return true;
    }
    if !bare {
        return false;
    }
    for back in 1..=BACK {
        let Some(here) = start.checked_sub(back) else { return false };
        let Some(token) = r.token(here) else { return false };
        let ends_here = |hit: &super::lexicon::Hit| hit.class == Class::Thing && hit.end <= start;
        if let Some(hit) = r.hits.at(here).rev().find(ends_here) {
            // Parted from the name by words of its own: `phố ẩm thực A`.
            if (hit.end..start).all(|between| r.is_lower(between)) {
                return true;
            }
        }
        let goes_on = token.case == super::token::Case::Lower
            && r.hit(here, Class::Verb).is_none()
            && r.hit(here, Class::Person).is_none()
            && r.hit(here, Class::Rank).is_none();
        let named = r.is_any(here, &["tên"]) && r.is_any(here.wrapping_sub(1), &["mang", "đặt"]);
        if named {
            return true;
        }
        if !goes_on && !token.is_capital() {
            return false;
        }
    }
    false
}
