//! Which mentions are one person. Works on the observations of one name at a time, in order of time, so that the order
//! of import makes no difference. First mentions in one post or unit are strung together; then the strings, where
//! nothing contradicts and something continues. The reader's own decisions go before every rule. Each judgement keeps
//! its reason and how sure it is.

mod facts;
mod fit;
mod group;
mod reason;

use super::decisions::{Decision, Verdict, effective, observation_at};
use super::observation::{Observation, Place};
use super::post::PostKeys;
use super::{IdentityJudgement, Official};
use crate::report::Day;
use crate::text::syllable::name_key;
use facts::MentionFacts;
pub(super) use facts::grade;
use fit::{WeightedReason, contradiction, support};
use group::MentionGroup;
pub use reason::{RankOnDay, Reason, ReasonKind};
use std::collections::BTreeMap;

/// Below this, nothing links two strings of mentions well enough to call them one person.
const ENOUGH: u8 = 50;

/// Groups observations into officials; those of several names may be given together. The order given makes no
/// difference to who is who; `Official::observations` are indices into it.
pub fn identify(observations: &[Observation], decisions: &[Decision]) -> Vec<Official> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, seen) in observations.iter().enumerate() {
        by_name.entry(name_key(&seen.said.name)).or_default().push(i);
    }
    let mut posts = PostKeys::default();
    let decisions = effective(decisions);
    by_name
        .into_iter()
        .flat_map(|(key, mut order)| {
            order.sort_by(|&a, &b| in_time(observations, a).cmp(&in_time(observations, b)));
            let facts: Vec<MentionFacts<'_>> =
                order.iter().filter_map(|&i| Some(MentionFacts::of(i, observations.get(i)?, &mut posts))).collect();
            let rulings = Constraints::of(&decisions, observations, &order, &key);
            let found = group(&facts, &rulings);
            officials(&key, &facts, found)
        })
        .collect()
}

fn in_time(observations: &[Observation], i: usize) -> Option<(Day, &str, usize, usize)> {
    observations.get(i).map(|o| (o.head.sort_day, o.head.report.as_str(), o.place, o.said.at))
}

/// The reader's decisions about one name, in numbers of facts.
#[derive(Default)]
struct Constraints {
    same: Vec<(usize, usize)>,
    apart: Vec<(usize, usize)>,
}

impl Constraints {
    fn of(decisions: &[Decision], observations: &[Observation], order: &[usize], key: &str) -> Self {
        let mut rulings = Self::default();
        for decision in decisions.iter().filter(|d| d.key() == key) {
            let number = |place: &Place| {
                let index = observation_at(observations, order, place)?;
                order.iter().position(|&i| i == index)
            };
            // A decision about a report that is not here now waits for its return.
            let (Some(a), Some(b)) = (number(&decision.this), number(&decision.that)) else { continue };
            match decision.verdict {
                Verdict::Same => rulings.same.push((a, b)),
                Verdict::Apart => rulings.apart.push((a, b)),
            }
        }
        rulings
    }

    fn parts(&self, a: &MentionGroup<'_>, b: &MentionGroup<'_>) -> bool {
        let has = |g: &MentionGroup<'_>, n: usize| g.members.binary_search(&n).is_ok();
        self.apart.iter().any(|&(x, y)| (has(a, x) && has(b, y)) || (has(a, y) && has(b, x)))
    }
}

/// A judgement in numbers of facts.
struct PairDecision {
    joined: bool,
    finding: WeightedReason,
    this: usize,
    that: usize,
}

/// A person found, and why.
struct Cluster<'a> {
    group: MentionGroup<'a>,
    judged: Vec<PairDecision>,
}

fn group<'a>(facts: &[MentionFacts<'a>], rulings: &Constraints) -> Vec<Cluster<'a>> {
    let mut strings = decided(facts, rulings);
    let taken: Vec<usize> = strings.iter().flat_map(|s| s.group.members.clone()).collect();
    for number in (0..facts.len()).filter(|n| !taken.contains(n)) {
        string(facts, rulings, &mut strings, number);
    }
    // Mentions with posts first: those without can only follow them.
    strings.sort_by_key(|s| (s.group.works.is_empty() && s.group.ties.is_empty(), s.group.first()));
    let mut people: Vec<Cluster<'a>> = Vec::new();
    for next in strings {
        join(facts, rulings, &mut people, next);
    }
    people.sort_by_key(|p| p.group.first());
    people
}

/// What the reader joined stands together from the start, whatever contradicts.
fn decided<'a>(facts: &[MentionFacts<'a>], rulings: &Constraints) -> Vec<Cluster<'a>> {
    let mut found: Vec<Cluster<'a>> = Vec::new();
    for &(a, b) in &rulings.same {
        let mut one = Cluster { group: MentionGroup::default(), judged: Vec::new() };
        one.judged.push(PairDecision { joined: true, finding: by_reader(ReasonKind::ReaderJoined), this: a, that: b });
        for n in [a, b] {
            if let Some(at) = found.iter().position(|f| f.group.members.contains(&n)) {
                let old = found.swap_remove(at);
                one.group.absorb(old.group);
                one.judged.extend(old.judged);
            } else if let Some(fact) = facts.get(n) {
                one.group.add(n, fact);
            }
        }
        found.push(one);
    }
    found
}

fn by_reader(because: ReasonKind) -> WeightedReason {
    WeightedReason { reason: because.into(), confidence: 100 }
}

/// Puts one mention to those in the same post or unit.
fn string<'a>(facts: &[MentionFacts<'a>], rulings: &Constraints, strings: &mut Vec<Cluster<'a>>, number: usize) {
    let Some(fact) = facts.get(number) else { return };
    let mut own = MentionGroup::default();
    own.add(number, fact);
    let best = strings
        .iter()
        .enumerate()
        .filter_map(|(i, other)| {
            let post = own.shared_post(&other.group).is_some();
            let unit = own.works.iter().any(|x| other.group.works.iter().any(|y| x.unit.same(&y.unit)));
            let odd = (post || unit).then(|| fits(facts, rulings, &own, &other.group, post).ok()).flatten()?;
            let near = nearest(facts, number, &other.group);
            Some(((post, std::cmp::Reverse(odd), std::cmp::Reverse(near), std::cmp::Reverse(other.group.first())), i))
        })
        .max();
    match best.and_then(|(_, i)| strings.get_mut(i)) {
        Some(found) => found.group.add(number, fact),
        None => strings.push(Cluster { group: own, judged: Vec::new() }),
    }
}

fn fits(
    facts: &[MentionFacts<'_>],
    rulings: &Constraints,
    a: &MentionGroup<'_>,
    b: &MentionGroup<'_>,
    tied: bool,
) -> Result<u8, WeightedReason> {
    if rulings.parts(a, b) {
        return Err(by_reader(ReasonKind::ReaderParted));
    }
    contradiction(facts, a, b, tied)
}

/// The distance in time between a mention and the nearest of a group.
fn nearest(facts: &[MentionFacts<'_>], number: usize, group: &MentionGroup<'_>) -> i64 {
    let day = |n: usize| facts.get(n).map_or(0, |f| f.day);
    let (before, after) = group.around(number);
    [before, after].into_iter().flatten().map(|n| (day(n) - day(number)).abs()).min().unwrap_or(i64::MAX)
}

/// Puts a string of mentions to the person it continues, or makes a new one of it.
fn join<'a>(facts: &[MentionFacts<'a>], rulings: &Constraints, people: &mut Vec<Cluster<'a>>, next: Cluster<'a>) {
    let mut fitting: Vec<(WeightedReason, i64, usize)> = Vec::new();
    let mut against: Vec<(WeightedReason, usize)> = Vec::new();
    for (i, person) in people.iter().enumerate() {
        let tied = next.group.shared_post(&person.group).is_some();
        match fits(facts, rulings, &next.group, &person.group, tied) {
            Err(why) => against.push((why, person.group.first())),
            Ok(odd) => {
                let mut found = support(facts, &next.group, &person.group);
                found.confidence = found.confidence.saturating_sub(odd.saturating_mul(12).min(36));
                let far = nearest(facts, next.group.first(), &person.group);
                if found.confidence >= ENOUGH {
                    fitting.push((found, far, i));
                } else {
                    against
                        .push((WeightedReason { confidence: 100 - found.confidence, ..found }, person.group.first()));
                }
            }
        }
    }
    fitting.sort_by(|a, b| (b.0.confidence, a.1, a.2).cmp(&(a.0.confidence, b.1, b.2)));
    let rivals = fitting.get(1).zip(fitting.first()).is_some_and(|(b, a)| a.0.confidence - b.0.confidence < 10);
    let this = next.group.first();
    let Some((mut finding, _, i)) = fitting.into_iter().next() else {
        let judged = against.into_iter().map(|(finding, that)| PairDecision { joined: false, finding, this, that });
        people.push(Cluster { judged: next.judged.into_iter().chain(judged).collect(), ..next });
        return;
    };
    if rivals {
        finding.reason.rivals = true;
        finding.confidence = finding.confidence.min(ENOUGH);
    }
    let Some(person) = people.get_mut(i) else { return };
    // A bare mention that fits well is no news, nor is one more that fits as those before it did.
    let bare = next.group.works.is_empty();
    let known = bare && !rivals && person.judged.iter().any(|j| j.joined && j.finding == finding);
    if !known && (!bare || finding.confidence < 80) {
        let (before, after) = person.group.around(this);
        let that = before.or(after).unwrap_or(this);
        person.judged.push(PairDecision { joined: true, finding, this, that });
    }
    person.judged.extend(next.judged);
    person.group.absorb(next.group);
}

/// Names and numbers the people found. One alone is known by the hash of the name; of several each has a mark of its
/// first mention behind it, so that the id of one never comes to mean another. A mark is four digits, and longer for
/// those of one name that would share four.
fn officials(key: &str, facts: &[MentionFacts<'_>], found: Vec<Cluster<'_>>) -> Vec<Official> {
    let name_id: String = blake3::hash(key.as_bytes()).to_hex().chars().take(10).collect();
    let alone = found.len() == 1;
    let place = |n: usize| facts.get(n).map_or_else(Place::default, |f| f.seen.name_place());
    let marks = marks(found.iter().map(|person| place(person.group.first())));
    found
        .into_iter()
        .zip(marks)
        .map(|(person, mark)| {
            let id = if alone { name_id.clone() } else { format!("{name_id}-{mark}") };
            let judgement = |j: PairDecision| IdentityJudgement {
                joined: j.joined,
                reason: j.finding.reason,
                confidence: j.finding.confidence,
                this: place(j.this),
                that: place(j.that),
            };
            Official {
                id,
                key: key.to_owned(),
                name: usual_name(facts, &person.group.members),
                observations: person.group.members.iter().filter_map(|&n| Some(facts.get(n)?.index)).collect(),
                judgements: person.judged.into_iter().map(judgement).collect(),
            }
        })
        .collect()
}

/// A mark for each of these places: the shortest start of its hash, of four digits or more, that no other shares.
fn marks(places: impl Iterator<Item = Place>) -> Vec<String> {
    let hash = |place: Place| blake3::hash(format!("{}:{}", place.report, place.at).as_bytes()).to_hex().to_string();
    let hashes: Vec<String> = places.map(hash).collect();
    let mut sorted: Vec<&str> = hashes.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    // In sorted order the hash that shares most with another stands beside it.
    let shared =
        |a: &str, b: Option<&&str>| b.map_or(0, |b| a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count());
    let length = |hash: &str| {
        let at = sorted.partition_point(|other| *other < hash);
        let before = at.checked_sub(1).and_then(|before| sorted.get(before));
        4.max(1 + shared(hash, before).max(shared(hash, sorted.get(at + 1))))
    };
    hashes.iter().map(|hash| hash.chars().take(length(hash)).collect()).collect()
}

/// The spelling met most often, capitals throughout only where there is no other; of equals the one that sorts first.
fn usual_name(facts: &[MentionFacts<'_>], members: &[usize]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in members.iter().filter_map(|&n| facts.get(n)) {
        *counts.entry(&fact.seen.said.name).or_default() += 1;
    }
    let rating = |(name, count): &(&&str, &usize)| (name.chars().any(char::is_lowercase), **count);
    // Of equals `max_by_key` gives the last.
    counts.iter().rev().max_by_key(rating).map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::seen;
    use crate::report::{CareerEventKind, PostState};
    use proptest::prelude::*;

    /// The report ids of each official found.
    fn who(observations: &[Observation]) -> Vec<Vec<String>> {
        let ids = |o: &Official| o.of(observations).map(|s| s.head.report.clone()).collect();
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

    #[test]
    fn bare_mentions_are_one_doubt_not_many() {
        let bare = |name: &str| -> Vec<Observation> {
            let months = 1..10;
            months.map(|month| seen(&format!("r{month}"), &format!("2020-{month:02}-05")).named(name)).collect()
        };
        let doubts = |name: &str| -> Vec<u8> {
            let officials = identify(&bare(name), &[]);
            assert_eq!(officials.len(), 1, "{officials:#?}");
            officials[0].judgements.iter().filter(|j| j.unsure()).map(|j| j.confidence).collect()
        };
        assert_eq!(doubts("Lã Văn Thử"), [55]);
        assert_eq!(doubts("Jong Skarlov"), Vec::<u8>::new(), "few share a foreign name");
    }

    #[test]
    fn no_two_marks_are_the_same_however_many_share_a_name() {
        let places = |n: usize| (0..n).map(|at| Place { report: "a".to_owned(), at });
        let many = marks(places(2000));
        let longer = many.iter().filter(|mark| mark.len() > 4).count();
        assert!(longer > 1 && longer < 200, "of 2,000 marks of four digits a few dozen meet another: {longer}");
        let different: std::collections::BTreeSet<&String> = many.iter().collect();
        assert_eq!(different.len(), many.len());
        assert!(marks(places(2)).iter().all(|mark| mark.len() == 4));
    }

    /// Mentions of one name with few ranks, units and days, so that they meet often.
    fn some_mention() -> impl Strategy<Value = Observation> {
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
            (all, mixed) in prop::collection::vec(some_mention(), 1..14).prop_map(|mut all| {
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
        fn everyone_is_somebody_and_nobody_twice(all in prop::collection::vec(some_mention(), 0..14)) {
            let mut found: Vec<usize> = identify(&all, &[]).into_iter().flat_map(|o| o.observations).collect();
            found.sort_unstable();
            prop_assert_eq!(found, (0..all.len()).collect::<Vec<_>>());
        }

        #[test]
        fn a_merge_after_a_split_is_the_identity(all in prop::collection::vec(some_mention(), 2..10), pick in any::<u16>()) {
            let mut all = all;
            all.sort_by_key(|o| o.head.report.clone());
            all.dedup_by_key(|o| o.head.report.clone());
            let before = identify(&all, &[]);
            for official in &before {
                let off: Vec<usize> = official.observations.iter().copied().filter(|i| pick >> (i % 16) & 1 == 1).collect();
                if off.is_empty() || off.len() == official.observations.len() {
                    continue;
                }
                let decisions = crate::officials::decisions::split(&all, &[], official, &off);
                let parted = identify(&all, &decisions);
                let group = |i: usize| parted.iter().find(|o| o.observations.contains(&i)).unwrap();
                let mut own = group(off[0]).observations.clone();
                own.sort_unstable();
                let mut want = off.clone();
                want.sort_unstable();
                prop_assert_eq!(own, want);
                let rest = *official.observations.iter().find(|i| !off.contains(i)).unwrap();
                let decisions = crate::officials::decisions::merged(&all, &decisions, group(off[0]), group(rest));
                let again = identify(&all, &decisions);
                let own = again.iter().find(|o| o.observations.contains(&off[0])).unwrap();
                prop_assert_eq!(&own.observations, &official.observations);
            }
        }
    }
}
