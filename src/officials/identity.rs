//! Decides which observations are one person. `identify` is pure and deterministic: the order in which reports were
//! imported makes no difference. It stores nothing; `store` identifies a name again when a report of it is added or
//! removed.
//!
//! # How clusters are built
//!
//! An observation is what one report states of one person (`Observation`). Only observations with equal name keys are
//! ever compared. They are numbered in order of time, and every step below works on these numbers. A cluster is a set
//! of observations considered one person; the final clusters are the officials. Letters are posts, `-` is no post:
//!
//! ```text
//!   number               0   1   2   3   4   5   6        what is compared
//!   post                 A   B   A   -   A   C   B
//!
//!   1. reader_clusters   .   [1 ............ 5]  .        the reader joined 1 and 5, whatever the rules say
//!   2. add_to_cluster   [0 ..... 2 ..... 4]               each other one: same post or unit, nothing against it
//!                            [1 ............ 5 ... 6]
//!                                    [3]
//!   3. join_cluster     [0 ..... 2 . 3 . 4]               cluster with cluster: transfers, promotions, no post
//!                            [1 ............ 5 ... 6]
//! ```
//!
//! Why in this order. The reader's decisions come first, because they may contradict every rule. Observations in one
//! post or unit come second: that evidence is strong, and the resulting clusters have a period of service and a history
//! of ranks, without which most contradictions of step 3 would not be found. In step 3 clusters without a post come
//! last: an observation without a post is compatible with nearly every person, so it may be added to one, but must not
//! be the bridge that joins two.
//!
//! Two groups are compared in two parts (`compatibility`). `contradiction` returns the reason why they cannot be one
//! person, or the number of oddities; `support` returns the best reason why they are one, with a confidence in percent.
//! Joining or separating clusters leaves a judgement with its reason, and the unsure ones are listed for review.
//!
//! The method is greedy: clusters that were joined are never separated again. The result therefore depends on the order
//! of observations, which is why they are sorted by time and not by import. It costs at most (observations × clusters)
//! comparisons for each name, and names are small: a few hundred observations and a few clusters at most.
//!
//! What would break it: any other numbering than by time (`ObservationGroup` finds neighbours in time by binary search
//! of numbers); a different choice of a cluster's first observation (ids are made of it, and the reader's tags and
//! decisions refer to ids and places); letting step 2 join without a post or unit in common (namesakes would merge).

mod clustering;
mod compatibility;
mod constraints;
pub mod ids;
mod noted;
mod observation_facts;
mod observation_group;
pub mod reason;
mod service;
#[cfg(test)]
mod stories;

pub use noted::NotedOfficials;

use super::Official;
use super::decision::{Decision, effective};
use super::observation::Observation;
use crate::report::Day;
use crate::text::tone_marks::name_key;
use clustering::Clustering;
use constraints::Constraints;
pub(super) use observation_facts::grade;
use observation_facts::{ObservationFacts, SharedFacts};
pub use reason::{RankOnDay, Reason, ReasonKind};
use std::collections::BTreeMap;

/// Groups observations into officials. Observations of several names may be passed together. Their order does not
/// affect the grouping; `Official::observations` are indices into `observations`. Officials are sorted by name key,
/// those of one name by first observation.
pub fn identify(observations: &[Observation], decisions: &[Decision]) -> Vec<Official> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, seen) in observations.iter().enumerate() {
        by_name.entry(name_key(&seen.statement.name)).or_default().push(i);
    }
    let mut shared = SharedFacts::default();
    let decisions = effective(decisions);
    let mut officials = Vec::new();
    for (key, mut order) in by_name {
        order.sort_by_key(|&i| observations.get(i).map(time_key));
        shared.keys.learn_short_names(order.iter().filter_map(|&i| observations.get(i)));
        let facts: Vec<ObservationFacts<'_>> =
            order.iter().filter_map(|&i| Some(ObservationFacts::of(i, observations.get(i)?, &mut shared))).collect();
        let constraints = Constraints::of(&decisions, observations, &order, &key);
        let clusters = Clustering { facts: &facts, constraints: &constraints }.clusters();
        officials.extend(ids::officials(&key, &facts, clusters));
    }
    officials
}

/// Sorts observations as `identify` orders them: by day, then by report and position, so that the order is total. Those
/// without a day come first, so that they are last where the newest comes first.
pub fn sort_by_time(observations: &mut [Observation]) {
    observations.sort_by(|a, b| time_key(a).cmp(&time_key(b)));
}

fn time_key(seen: &Observation) -> (Option<Day>, &str, usize, usize) {
    (seen.head.day.map(|dated| dated.day), &*seen.head.report, seen.place, seen.statement.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::seen;
    use crate::officials::{IdentityJudgement, Place};
    use crate::report::{CareerEventKind, PostState};
    use proptest::prelude::*;

    /// The report ids of each official found.
    fn who(observations: &[Observation]) -> Vec<Vec<String>> {
        let ids = |o: &Official| o.of(observations).map(|s| s.head.report.as_ref().to_owned()).collect();
        identify(observations, &[]).iter().map(ids).collect()
    }

    fn one(observations: &[Observation]) {
        assert_eq!(who(observations).len(), 1, "{:#?}", identify(observations, &[]));
    }

    fn two(observations: &[Observation]) -> Vec<Official> {
        let officials = identify(observations, &[]);
        assert_eq!(officials.len(), 2, "{officials:#?}");
        officials
    }

    #[test]
    fn a_career_through_ranks_and_units_is_one_person() {
        one(&[
            seen("a", "2015-03-01").rank("Đại tá").post("Phó Tư lệnh Quân đoàn 90"),
            seen("b", "2018-11-01").rank("Thiếu tướng").post("Tư lệnh Bộ Tư lệnh Thủ đô Hà Nội"),
            seen("c", "2020-01-01").rank("Thiếu tướng").post("Tư lệnh Quân khu 1"),
            seen("d", "2025-04-10").rank("Trung tướng").post("Thứ trưởng Bộ Quốc phòng"),
            seen("e", "2025-07-14").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
            seen("f", "2025-10-02").post("Bí thư Tỉnh ủy Bắc Ninh"),
        ]);
    }

    #[test]
    fn both_tone_placements_are_one_and_one_other_mark_is_another() {
        let named =
            |id: &str, name: &str| seen(id, "2020-05-05").rank("Trung tướng").named(name).post("Phó Chủ nhiệm TCCT");
        assert_eq!(who(&[named("a", "Nguyễn Xuân Thủy"), named("b", "Nguyễn Xuân Thuỷ")]).len(), 1);
        assert_eq!(who(&[named("a", "Nguyễn Văn Hiến"), named("b", "Nguyễn Văn Hiền")]).len(), 2);
    }

    #[test]
    fn the_navy_ladder_is_parallel() {
        one(&[
            seen("a", "2019-01-01").rank("Phó Đô đốc").post("Tư lệnh Quân chủng Hải quân"),
            seen("b", "2020-07-20").rank("Trung tướng").post("Thứ trưởng Bộ Quốc phòng"),
            seen("c", "2021-11-22").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
        ]);
    }

    #[test]
    fn a_rank_does_not_fall_by_itself() {
        let high = seen("a", "2019-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10");
        let low = seen("b", "2021-01-01").rank("Trung tá").post("Phó Trung đoàn trưởng Trung đoàn 905");
        let officials = two(&[high.clone(), low.clone()]);
        assert!(matches!(officials[1].judgements[0].reason.because, ReasonKind::RankFell { .. }), "{officials:#?}");
        let told = low.post("nguyên Phó Tư lệnh Quân khu 10").event(CareerEventKind::Demoted, None, None);
        one(&[high, told]);
    }

    #[test]
    fn a_rank_one_step_low_within_weeks_is_a_slow_paper() {
        one(&[
            seen("a", "2025-07-14").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
            seen("b", "2025-07-20").rank("Trung tướng").post("Thứ trưởng Bộ Quốc phòng"),
        ]);
    }

    #[test]
    fn nobody_serves_in_two_units_at_once() {
        let officials = two(&[
            seen("a", "2019-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("b", "2019-06-01").rank("Đại tá").post("Giám đốc Bệnh viện 296"),
            seen("c", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        ]);
        assert_eq!(officials[0].observations, [0, 2]);
        assert!(matches!(officials[1].judgements[0].reason.because, ReasonKind::TwoPlaces(..)), "{officials:#?}");
    }

    #[test]
    fn a_report_without_a_day_splits_nobody() {
        // On the day of import the rank would have fallen, risen too fast, and the post would overlap.
        one(&[
            seen("a", "2019-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
            seen("b", "2019-02-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
            seen("c", "2026-11-29").rank("Đại tá").post("Phó Tham mưu trưởng Quân khu 10").undated(),
        ]);
        one(&[
            seen("a", "2019-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("b", "2026-11-29").rank("Trung tướng").post("Tư lệnh Quân khu 10").undated(),
            seen("c", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        ]);
    }

    #[test]
    fn accused_of_one_service_are_one_person() {
        let former =
            |id: &str, day: &str, post: &str| seen(id, day).named("Tạ Văn Hoài").post_as(post, PostState::Former);
        for (first, second) in [
            ("Phó Tổng cục trưởng Tổng cục V", "cán bộ Bộ Công an"),
            ("Trưởng phòng Công an tỉnh Sông Gấm", "Phó Cục trưởng Cục Cảnh sát hình sự"),
            ("Giám đốc Công ty Hải Âu", "Chủ tịch HĐQT Tập đoàn Sông Gấm"),
        ] {
            let (a, b) = (former("a", "2018-01-01", first), former("b", "2018-06-01", second));
            one(&[a.clone().accused(), b.clone().accused()]);
            let officials = two(&[a.clone().accused(), b.clone()]);
            assert!(officials.iter().all(|o| !o.judgements.iter().any(|judgement| judgement.joined)), "{officials:#?}");
            two(&[a, b]);
        }
        // Of two services, and of none that tells anything.
        let other = |post: &str| former("b", "2018-06-01", post).accused();
        two(&[former("a", "2018-01-01", "Giám đốc Công ty Hải Âu").accused(), other("cán bộ Bộ Công an")]);
        two(&[former("a", "2018-01-01", "Chủ tịch UBND xã Hải Hà").accused(), other("Trưởng phòng Sở Nội vụ Gia Lai")]);
    }

    #[test]
    fn two_of_a_name_in_one_report_are_two() {
        two(&[
            seen("a", "2019-01-01").rank("Đại tá").post("Phó Tư lệnh Quân khu 10"),
            seen("a", "2019-01-01").rank("Đại tá").post("Phó Cục trưởng Cục Hậu cần, Quân khu 10").at_place(1),
        ]);
    }

    #[test]
    fn posts_named_in_one_breath_are_held_together() {
        let both =
            seen("a", "2019-01-01").rank("Thượng tướng").post("Tổng Tham mưu trưởng").post("Thứ trưởng Bộ Quốc phòng");
        one(&[
            both,
            seen("b", "2019-06-01").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
            seen("c", "2019-09-01").rank("Thượng tướng").post("Tổng Tham mưu trưởng"),
        ]);
    }

    #[test]
    fn a_foreigner_of_the_same_name_is_another() {
        two(&[
            seen("a", "2019-01-01").post("Phó Chủ tịch Quân ủy Trung ương").from("Trung Quốc"),
            seen("b", "2019-03-01").rank("Đại tá").post("Phó Cục trưởng Cục Đối ngoại"),
        ]);
    }

    #[test]
    fn a_foreign_name_is_one_person_with_and_without_the_country() {
        let named = |report, day| seen(report, day).named("Boris Antonov");
        one(&[
            named("a", "2019-01-01").post("Tổng thống Nga").from("Liên bang Nga"),
            named("b", "2019-03-01").post("Tổng thống"),
        ]);
    }

    #[test]
    fn a_transfer_is_told_by_the_appointment() {
        one(&[
            seen("a", "2018-01-01").rank("Đại tá").post("Chính ủy Bộ Tư lệnh Bảo vệ Lăng"),
            seen("b", "2024-12-12")
                .rank("Đại tá")
                .post_as("Chính ủy Bộ Tư lệnh Bảo vệ Lăng", PostState::Leaving)
                .post_as("Chính ủy Tổng cục CNQP", PostState::Entering)
                .event(
                    CareerEventKind::Appointed,
                    Some("Chính ủy Bộ Tư lệnh Bảo vệ Lăng"),
                    Some("Chính ủy Tổng cục CNQP"),
                ),
            seen("c", "2025-07-01").rank("Thiếu tướng").post("Chính ủy Tổng cục Công nghiệp quốc phòng"),
        ]);
    }

    #[test]
    fn a_general_does_not_turn_up_in_a_battalion() {
        two(&[
            seen("a", "2018-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
            seen("b", "2019-01-01").post("Tiểu đoàn trưởng Tiểu đoàn 908"),
        ]);
    }

    #[test]
    fn a_name_alone_joins_nobody_and_is_listed() {
        let officials = two(&[
            seen("a", "2018-01-01").rank("Trung tá").post("Trưởng phòng Tài chính Quân khu 10"),
            seen("b", "2022-01-01").post("Giám đốc Sở Y tế Phú Khê"),
        ]);
        assert!(officials[1].judgements.iter().any(IdentityJudgement::unsure), "{officials:#?}");
    }

    #[test]
    fn the_id_stays_while_the_name_is_one_persons() {
        let mut all = vec![seen("b", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901")];
        let id = identify(&all, &[])[0].id.clone();
        all.push(seen("a", "2018-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"));
        assert_eq!(identify(&all, &[])[0].id, id);
        all.push(seen("c", "2019-01-01").rank("Đại tá").post("Giám đốc Bệnh viện 296"));
        let ids: Vec<String> = identify(&all, &[]).into_iter().map(|o| o.id).collect();
        assert!(ids.iter().all(|new| new.starts_with(&id) && *new != id) && ids[0] != ids[1], "{ids:?}");
    }

    #[test]
    fn capitals_throughout_are_the_last_choice() {
        let name = |names: &[&str]| {
            let all: Vec<Observation> =
                names.iter().enumerate().map(|(n, name)| seen(&format!("r{n}"), "2020-02-05").named(name)).collect();
            identify(&all, &[])[0].name.clone()
        };
        assert_eq!(name(&["LÃ VĂN THỬ", "LÃ VĂN THỬ", "Lã Văn Thử"]), "Lã Văn Thử");
        assert_eq!(name(&["LÃ VĂN THỬ"]), "LÃ VĂN THỬ");
        assert_eq!(name(&["Lã Văn Thủy", "Lã Văn Thuỷ"]), "Lã Văn Thuỷ");
    }

    /// Observations of one name with few ranks, units and days, so that they often coincide.
    fn some_observation() -> impl Strategy<Value = Observation> {
        let ranks = ["", "Đại tá", "Thiếu tướng", "Phó Đô đốc"];
        let posts =
            ["", "Chính ủy Quân khu 10", "Tư lệnh Quân khu 10", "Chính ủy Lữ đoàn 901", "Bí thư Tỉnh ủy Phú Khê"];
        let days = 0_u16..24;
        (0..ranks.len(), 0..posts.len(), days, 0..30_u8, 0..2_usize).prop_map(
            move |(rank, post, month, report, place)| {
                let day = format!("{}-{:02}-01", 2018 + month / 6, month % 6 * 2 + 1);
                let mut it = seen(&format!("r{report}-{day}"), &day).at_place(place);
                if !ranks[rank].is_empty() {
                    it = it.rank(ranks[rank]);
                }
                if posts[post].is_empty() { it } else { it.post(posts[post]) }
            },
        )
    }

    proptest! {
        #[test]
        fn the_order_of_import_makes_no_difference(
            (all, mixed) in prop::collection::vec(some_observation(), 1..14).prop_map(|mut all| {
                all.sort_by_key(|o| (o.head.report.clone(), o.place));
                all.dedup_by_key(|o| (o.head.report.clone(), o.place));
                all
            }).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
        ) {
            let shown = |observations: &[Observation]| -> Vec<(String, Vec<Place>, Vec<IdentityJudgement>)> {
                identify(observations, &[]).into_iter()
                    .map(|o| (o.id.clone(), o.of(observations).map(Observation::name_place).collect(), o.judgements))
                    .collect()
            };
            prop_assert_eq!(shown(&all), shown(&mixed));
        }

        #[test]
        fn everyone_is_somebody_and_nobody_twice(all in prop::collection::vec(some_observation(), 0..14)) {
            let mut found: Vec<usize> = identify(&all, &[]).into_iter().flat_map(|o| o.observations).collect();
            found.sort_unstable();
            prop_assert_eq!(found, (0..all.len()).collect::<Vec<_>>());
        }

        #[test]
        fn a_merge_after_a_split_is_the_identity(
            all in prop::collection::vec(some_observation(), 2..10),
            pick in any::<u16>()
        ) {
            let mut all = all;
            all.sort_by_key(|o| o.head.report.clone());
            all.dedup_by_key(|o| o.head.report.clone());
            let before = identify(&all, &[]);
            for official in &before {
                let picked = official.observations.iter().copied().filter(|i| pick >> (i % 16) & 1 == 1);
                let off: Vec<usize> = picked.collect();
                if off.is_empty() || off.len() == official.observations.len() {
                    continue;
                }
                let decisions = crate::officials::merge_split::split(&all, &[], official, &off);
                let parted = identify(&all, &decisions);
                let group = |i: usize| parted.iter().find(|o| o.observations.contains(&i)).unwrap();
                let mut own = group(off[0]).observations.clone();
                own.sort_unstable();
                let mut want = off.clone();
                want.sort_unstable();
                prop_assert_eq!(own, want);
                let rest = *official.observations.iter().find(|i| !off.contains(i)).unwrap();
                let decisions = crate::officials::merge_split::merged(&all, &decisions, group(off[0]), group(rest));
                let again = identify(&all, &decisions);
                let own = again.iter().find(|o| o.observations.contains(&off[0])).unwrap();
                prop_assert_eq!(&own.observations, &official.observations);
            }
        }
    }
}
