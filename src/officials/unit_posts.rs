//! The posts of a unit and of all units below it, with those who hold them now and those who held them before. A unit
//! is found by any of its names, plain or abbreviated; what it was called before and what it became is added.

use super::country_of_post::taken_out;
use super::post_holders::{Holding, dated_and_undated};
use super::protocol;
use super::unit::{UnitPath, normal};
use super::unit_renames::{UnitRename, renames_of};
use serde::Serialize;

/// The officials of a unit: those who hold its posts now, by the newest reports, and those who held them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnitPosts {
    /// The holdings of now, in protocol order: the posts of the unit itself, then those of each unit below it.
    pub now: Vec<Holding>,
    /// Holdings that a single report states of somebody whose other posts have more, in the same order: perhaps an
    /// error of that report.
    pub seen_once: Vec<Holding>,
    /// Holdings that ended, or that have a later holder, in the same order; of one post the latest first.
    pub before: Vec<Holding>,
    /// Holdings that only reports without a day state, in the same order.
    pub undated: Vec<Holding>,
    /// The renames and mergers of the unit.
    pub units: Vec<UnitRename>,
}

/// Who has not been seen in a post for more months than this, while others of the unit have, is marked so.
const UNSEEN_MONTHS: i16 = 24;

impl UnitPosts {
    /// Whether a holder of now was last seen long before the newest report about any post of the unit: reports announce
    /// few ends, so the post may have been left since.
    pub fn is_long_unseen(&self, holding: &Holding) -> bool {
        let newest = self.all().filter_map(Holding::ends).max();
        let open = holding.term.as_ref().filter(|term| holding.current && term.to.open());
        let long_ago = open.is_some_and(|term| Some(term.to.when.day.plus_months(UNSEEN_MONTHS)) < newest);
        long_ago && self.now.contains(holding)
    }

    /// Iterates over all holdings: those of now, those seen once, those before, those without a day.
    pub fn all(&self) -> impl Iterator<Item = &Holding> {
        self.now.iter().chain(&self.seen_once).chain(&self.before).chain(&self.undated)
    }
}

/// Returns the officials of the unit with that name and of all units below it; empty if `name` is empty. Ministries of
/// other countries have the same names: unless `name` tells the country of one, these are not meant.
pub fn unit_posts(name: &str, holdings: &[Holding]) -> UnitPosts {
    let words = normal(name);
    let (words, country) = match taken_out(&words, name) {
        Some(found) if !found.words.is_empty() => (found.words, found.country),
        _ => (words, None),
    };
    let Some(wanted) = UnitPath::of_normal(&words) else { return UnitPosts::default() };
    let of_unit = |h: &&Holding| {
        h.country.as_deref() == country
            && UnitPath::of_normal(&h.unit).is_some_and(|unit| unit.same(&wanted) || unit.within(&wanted))
    };
    let mut own: Vec<&Holding> = holdings.iter().filter(of_unit).collect();
    own.sort_by(|a, b| (b.ends(), &a.unit, &a.head, &a.id).cmp(&(a.ends(), &b.unit, &b.head, &b.id)));
    let (own, undated) = dated_and_undated(&own);
    let followed = |h: &Holding| {
        h.single
            && own.iter().any(|o| o.id != h.id && (&o.head, &o.unit) == (&h.head, &h.unit) && o.begins() > h.ends())
    };
    let (now, others): (Vec<&Holding>, Vec<&Holding>) = own.iter().partition(|h| h.current && !followed(h));
    // A deputy who is the head later was the deputy before, however few reports say so.
    let moved_on = |h: &Holding| own.iter().any(|o| (&o.id, &o.unit) == (&h.id, &h.unit) && o.begins() > h.ends());
    let (seen_once, before): (Vec<&Holding>, Vec<&Holding>) =
        others.into_iter().partition(|h| h.is_weak && !followed(h) && !moved_on(h));
    let in_order = |holdings: Vec<&Holding>| {
        let mut holdings: Vec<Holding> = holdings.into_iter().cloned().collect();
        // Stable: the holders of one post stay in the order of time.
        holdings.sort_by_cached_key(|h| {
            let below = UnitPath::of_normal(&h.unit).is_none_or(|unit| !unit.same(&wanted));
            (below, h.unit.clone(), protocol::place_of(&h.head), h.head.clone())
        });
        holdings
    };
    UnitPosts {
        now: in_order(now),
        seen_once: in_order(seen_once),
        before: in_order(before),
        undated: in_order(undated),
        units: renames_of(wanted.name()),
    }
}

/// Whether the unit of a report is the unit `name` or below it.
pub fn is_of_unit(report_unit: &str, name: &str) -> bool {
    UnitPath::of(report_unit)
        .zip(UnitPath::of(name))
        .is_some_and(|(unit, wanted)| unit.same(&wanted) || unit.within(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::identify;
    use crate::officials::testing::{example_holdings, seen};
    use crate::report::PostState;

    #[test]
    fn who_was_not_seen_for_long_says_so() {
        let observations = [
            seen("a", "2012-01-01").named("Lý Tất Đạt").post_as("Chính ủy Quân khu 10", PostState::Entering),
            seen("b", "2018-01-01").named("Hồ Sĩ Nhã").post("Tư lệnh Quân khu 10"),
            seen("c", "2019-06-01").named("Đỗ Quang Khải").post("Phó Tư lệnh Quân khu 10"),
        ];
        let holdings: Vec<Holding> =
            identify(&observations, &[]).iter().flat_map(|o| Holding::all_of(o, &observations)).collect();
        let unit = unit_posts("QK 10", &holdings);
        let told = |h: &Holding| (h.name.clone(), unit.is_long_unseen(h));
        let mut all: Vec<_> = unit.now.iter().map(told).collect();
        all.sort();
        let expected = [("Hồ Sĩ Nhã", false), ("Lý Tất Đạt", true), ("Đỗ Quang Khải", false)];
        assert_eq!(all, expected.map(|(name, unseen)| (name.to_owned(), unseen)));
    }

    #[test]
    fn who_is_seen_once_on_the_day_of_the_others_is_not_among_those_before() {
        let [member, head] = ["Ủy viên Ban Thường vụ Tỉnh ủy An Lĩnh", "Giám đốc Sở Y tế An Lĩnh"];
        let [dat, nha] = ["Lý Tất Đạt", "Hồ Sĩ Nhã"];
        let observations = [
            seen("a", "2019-03-01").named(dat).post(head),
            seen("b", "2019-05-14").named(dat).post(head).post(member),
            seen("c", "2019-07-01").named(dat).post(head),
            seen("d", "2019-05-14").named(nha).post(member),
            seen("e", "2019-02-01").named(nha).post_as(member, PostState::Entering),
        ];
        let holdings: Vec<Holding> =
            identify(&observations, &[]).iter().flat_map(|o| Holding::all_of(o, &observations)).collect();
        let unit = unit_posts("Tỉnh ủy An Lĩnh", &holdings);
        let names = |all: &[Holding]| all.iter().map(|h| h.name.clone()).collect::<Vec<_>>();
        assert_eq!([names(&unit.now), names(&unit.seen_once), names(&unit.before)], [vec![nha], vec![dat], vec![]]);
    }

    #[test]
    fn a_ministry_of_another_country_is_another_unit() {
        let observations = [
            seen("a", "2018-01-01").named("Lý Tất Đạt").post("Bộ trưởng Quốc phòng"),
            seen("b", "2018-01-01").named("Khăm Bun Xay").post("Bộ trưởng Quốc phòng Lào"),
            seen("c", "2018-01-01").named("Hồ Sĩ Nhã").post("Cục trưởng Cục Đối ngoại Bộ Quốc phòng"),
        ];
        let holdings: Vec<Holding> =
            identify(&observations, &[]).iter().flat_map(|o| Holding::all_of(o, &observations)).collect();
        let names = |unit: &str| unit_posts(unit, &holdings).all().map(|h| h.name.clone()).collect::<Vec<_>>();
        assert_eq!(names("Bộ Quốc phòng"), ["Lý Tất Đạt", "Hồ Sĩ Nhã"]);
        assert_eq!(names("Bộ Quốc phòng Lào"), ["Khăm Bun Xay"]);
    }

    #[test]
    fn a_unit_has_officials_now_and_before() {
        let unit = unit_posts("QK 10", &example_holdings());
        let shown = |all: &[Holding]| all.iter().map(|h| format!("{} {}", h.head, h.name)).collect::<Vec<_>>();
        assert_eq!(shown(&unit.now), ["chính ủy Đỗ Quang Khải"]);
        assert_eq!(shown(&unit.before), ["chính ủy Lý Tất Đạt", "phó chính ủy Đỗ Quang Khải"]);
        let undated: Vec<_> = example_holdings().into_iter().map(|h| Holding { term: None, ..h }).collect();
        let of_unit = unit_posts("QK 10", &undated);
        assert_eq!([of_unit.now.len(), of_unit.before.len(), of_unit.undated.len()], [0, 0, 3]);
        assert!(is_of_unit("Cục Hậu cần, Quân khu 10", "Quân khu X") && !is_of_unit("Quân khu 1", "Quân khu 10"));
    }
}
