//! Turns the observations of one official into tenures: each rank and post from its first to its last day, with the
//! evidence (docs/domain.md §7.1). Nothing is filled in: gaps stay gaps, and contradictory tenures are both kept. A
//! bound of a tenure is known because a report announces the event, or it is bounded because another report already
//! differs, or it is only the first or last day on which the rank or post was seen.
//!
//! A report without a day begins, extends, ends and bounds no tenure. What it states supports the tenure of the same
//! rank or post, and is kept apart (`UndatedTenure`) if there is none.

mod build;
mod former;

pub use former::{FormerEvidence, FormerTenure};

use super::Official;
use super::observation::{Observation, Place};
use super::post::PostKey;
use crate::report::{Dated, Day, dated};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::rc::Rc;

/// Whether a tenure is of a rank or of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TenureKind {
    Rank,
    Post,
}

/// How the first or last day of a tenure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundBasis {
    /// A report announces the event itself, such as an appointment.
    Event,
    /// It is this day or earlier: a report of this day states the next rank, or calls the post a former one.
    By,
    /// The first or last report that states it. The tenure may extend beyond it.
    Seen,
}

/// More months than this without a post are a gap in the career.
const GAP_MONTHS: i16 = 12;

/// The beginning or the end of a tenure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TenureBound {
    /// The day of the report that gives this bound.
    #[serde(flatten)]
    pub when: Dated,
    pub known: BoundBasis,
    /// The words of that report.
    pub place: Place,
}

impl TenureBound {
    /// Whether no report bounds it; drawn as `?`.
    pub fn open(&self) -> bool {
        self.known == BoundBasis::Seen
    }
}

/// A statement of the rank or post in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TenureEvidence {
    /// The day of the report.
    #[serde(flatten)]
    pub when: Dated,
    pub text: String,
    pub place: Place,
}

/// A rank or a post of one official over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tenure {
    /// Whether it is a rank or a post.
    pub kind: TenureKind,
    /// The name of the rank, or the post as written.
    pub text: String,
    /// For a post: its key, which is equal for all spellings.
    #[serde(skip)]
    pub post: Option<Rc<PostKey>>,
    pub from: TenureBound,
    /// The end, or the last report that states it.
    pub to: TenureBound,
    /// Whether reports contradict each other about it.
    pub disputed: bool,
    /// Every statement of it, by time; never empty.
    pub evidence: Vec<TenureEvidence>,
    /// The statements of it in reports without a day.
    pub undated: Vec<UndatedEvidence>,
}

/// A statement of a rank or post in a report without a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndatedEvidence {
    pub text: String,
    pub place: Place,
}

/// A rank or a post that only reports without a day state. Whether it was before or after the others is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndatedTenure {
    /// Whether it is a rank or a post.
    pub kind: TenureKind,
    /// The name of the rank, or the post as written.
    pub text: String,
    /// For a post: its key, which is equal for all spellings.
    #[serde(skip)]
    pub post: Option<Rc<PostKey>>,
    /// Whether every statement of it says that it was held before.
    pub former: bool,
    /// Every statement of it; never empty.
    pub evidence: Vec<UndatedEvidence>,
}

impl UndatedTenure {
    /// Returns the text with the organisation, as `Tenure::with_unit` does.
    pub fn with_unit(&self) -> String {
        self.post.as_ref().map_or_else(|| self.text.clone(), |key| key.written(&self.text))
    }

    /// The number of reports that state it.
    pub fn reports(&self) -> usize {
        self.evidence.iter().map(|seen| &seen.place.report).collect::<HashSet<_>>().len()
    }

    /// The tenure as one that is held now.
    fn current(&self) -> CurrentTenure {
        CurrentTenure {
            text: self.text.clone(),
            since: None,
            since_event: false,
            seen: None,
            reports: self.reports(),
            place: self.place(),
            post: self.post.as_deref().cloned(),
        }
    }

    /// The place of the first statement.
    pub fn place(&self) -> Place {
        self.evidence.first().map(|seen| seen.place.clone()).unwrap_or_default()
    }
}

impl Tenure {
    /// Returns the text, and in brackets the organisation if the words leave it to their context:
    /// `Bí thư Đảng ủy [Quân khu 10]`.
    pub fn with_unit(&self) -> String {
        self.post.as_ref().map_or_else(|| self.text.clone(), |key| key.written(&self.text))
    }

    /// The day of the last report that states it.
    pub fn last_seen(&self) -> Day {
        self.last_evidence().day
    }

    /// The number of reports that state it.
    pub fn reports(&self) -> usize {
        let dated = self.evidence.iter().map(|seen| &seen.place.report);
        dated.chain(self.undated.iter().map(|seen| &seen.place.report)).collect::<HashSet<_>>().len()
    }

    /// The tenure as one that is held now.
    fn current(&self) -> CurrentTenure {
        CurrentTenure {
            text: self.text.clone(),
            since: Some(self.from.when),
            since_event: self.from.known == BoundBasis::Event,
            seen: Some(self.last_evidence()),
            reports: self.reports(),
            place: self.from.place.clone(),
            post: self.post.as_deref().cloned(),
        }
    }

    fn last_evidence(&self) -> Dated {
        self.evidence.last().map_or(self.to.when, |seen| seen.when)
    }

    fn full_time(&self) -> bool {
        self.post.as_ref().is_some_and(|post| post.full_time)
    }
}

/// A rank or post that is held now, by the newest reports; or, if no report with a day states any, by those without
/// one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CurrentTenure {
    pub text: String,
    /// The day of its first report, or of the event that began it; `None` if only reports without a day state it.
    #[serde(flatten, serialize_with = "dated::json::since")]
    pub since: Option<Dated>,
    /// Whether a report announces the event itself (appointment, promotion); else `since` is the first report of it.
    pub since_event: bool,
    /// The day of the last report that states it; `None` if `since` is.
    #[serde(flatten, serialize_with = "dated::json::seen")]
    pub seen: Option<Dated>,
    /// The number of reports that state it.
    pub reports: usize,
    /// The words that give `since`.
    pub place: Place,
    /// For a post: its key, which is equal for all spellings.
    #[serde(skip)]
    pub post: Option<PostKey>,
}

/// All tenures of one official: ranks, then posts, each by beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Career {
    pub tenures: Vec<Tenure>,
    /// The ranks, then the posts, that only reports without a day state; each kind by the number of statements.
    pub undated: Vec<UndatedTenure>,
}

impl Career {
    /// Builds the career of an official; `observations` are those that `identify` was given.
    pub fn of(official: &Official, observations: &[Observation]) -> Self {
        Self::of_observations(official.of(observations))
    }

    /// Builds a career from the observations of one official, in the order of `identity::sort_by_time`.
    pub fn of_observations<'a>(observations: impl Iterator<Item = &'a Observation>) -> Self {
        build::career(observations)
    }

    /// Iterates over the tenures that are held now, by the newest reports: the rank seen last; and the posts that no
    /// report ends and that were still seen when the present full-time post began or later. Reports rarely announce
    /// that a post ends, so without that last rule every post ever held would be a present one. If no report with a day
    /// states any, those that reports without one state: the highest rank, or all posts.
    ///
    /// A post that a single report states is left out if others have more (`seen_once`): it is often an error. Posts of
    /// more reports come first, then those seen last.
    pub fn now(&self, line: TenureKind) -> impl Iterator<Item = CurrentTenure> {
        let mut now: Vec<CurrentTenure> = self.dated_now(line).chain(self.undated_now(line)).collect();
        let last = |t: &CurrentTenure| t.seen.map(|dated| dated.day);
        now.sort_by_key(|t| Reverse((t.reports, last(t))));
        now.into_iter()
    }

    /// Returns the rank that a report gives, the last one if it gives several; `None` if it gives none.
    pub fn rank_in(&self, report: &str) -> Option<String> {
        let ranks = || self.tenures.iter().filter(|t| t.kind == TenureKind::Rank);
        let dated = ranks().rev().find(|t| t.evidence.iter().any(|seen| seen.place.report == report));
        let states = |seen: &UndatedEvidence| seen.place.report == report;
        let supported = || ranks().rev().find(|t| t.undated.iter().any(states));
        let undated = || self.undated.iter().find(|t| t.kind == TenureKind::Rank && t.evidence.iter().any(states));
        dated.or_else(supported).map(|t| &t.text).or_else(|| Some(&undated()?.text)).cloned()
    }

    /// Returns the rank held on a day, by the reports; `None` if none tells.
    pub fn rank_on(&self, day: Day) -> Option<String> {
        let ranks = self.tenures.iter().filter(|t| t.kind == TenureKind::Rank);
        ranks.rev().find(|t| t.from.when.day <= day && day <= t.to.when.day).map(|t| t.text.clone())
    }

    /// Returns the posts that only one report states, and that stand in no header beside those of more reports.
    pub fn seen_once(&self) -> Vec<CurrentTenure> {
        let dated = self.tenures.iter().filter(|t| t.to.open() && self.is_weak(t)).map(Tenure::current);
        let undated = self.undated.iter().filter(|t| !t.former && self.is_weak_undated(t)).map(UndatedTenure::current);
        dated.chain(undated).collect()
    }

    fn is_weak(&self, tenure: &Tenure) -> bool {
        let announced = tenure.from.known == BoundBasis::Event;
        tenure.kind == TenureKind::Post && tenure.reports() < 2 && !announced && self.has_post_of_more_reports()
    }

    fn is_weak_undated(&self, tenure: &UndatedTenure) -> bool {
        tenure.kind == TenureKind::Post && tenure.reports() < 2 && self.has_post_of_more_reports()
    }

    fn has_post_of_more_reports(&self) -> bool {
        let dated = self.tenures.iter().filter(|t| t.kind == TenureKind::Post).map(Tenure::reports);
        let undated = self.undated.iter().filter(|t| t.kind == TenureKind::Post).map(UndatedTenure::reports);
        dated.chain(undated).any(|reports| reports > 1)
    }

    fn undated_now(&self, line: TenureKind) -> impl Iterator<Item = CurrentTenure> {
        let dated = self.tenures.iter().any(|t| t.kind == line);
        let held = move || self.undated.iter().filter(move |t| !dated && t.kind == line && !t.former);
        // Ranks rise, so of several the highest is the last one.
        let highest = held().map(|t| build::rank_grade(&t.text)).max();
        let present = move |t: &&UndatedTenure| match line {
            TenureKind::Post => !self.is_weak_undated(t),
            TenureKind::Rank => Some(build::rank_grade(&t.text)) == highest,
        };
        held().filter(present).map(UndatedTenure::current)
    }

    fn dated_now(&self, line: TenureKind) -> impl Iterator<Item = CurrentTenure> {
        let open = move |t: &&Tenure| t.kind == line && t.to.open() && !self.is_weak(t);
        let since = match line {
            TenureKind::Rank => self.tenures.iter().filter(open).map(Tenure::last_seen).max(),
            TenureKind::Post => {
                let present = self.tenures.iter().filter(open).filter(|t| t.full_time());
                let newest = present.max_by_key(|t| (t.last_seen(), std::cmp::Reverse(t.from.when.day)));
                newest
                    .map(|t| t.from.when.day)
                    .or_else(|| self.tenures.iter().filter(open).map(Tenure::last_seen).max())
            }
        };
        let present = move |t: &&Tenure| Some(t.last_seen()) >= since && !self.left_behind(t);
        self.tenures.iter().filter(open).filter(present).map(Tenure::current)
    }

    /// Whether a post belongs to a unit in which the full-time post ended: the Party post of a unit that the official
    /// left. False if another full-time post in a related unit is still open.
    fn left_behind(&self, post: &Tenure) -> bool {
        let unit_of = |t: &Tenure| t.post.as_ref().and_then(|key| key.unit.clone());
        let Some(unit) = unit_of(post) else { return false };
        let same_place =
            || self.tenures.iter().filter(|t| t.full_time() && unit_of(t).is_some_and(|u| u.related(&unit)));
        let ended = same_place().any(|t| !t.to.open() && t.to.when.day >= post.last_seen());
        ended && !same_place().any(|t| t.to.open())
    }

    /// Returns the gaps: periods of more than `GAP_MONTHS` for which no report states any post. Each is given by the
    /// tenure before it and the tenure after it.
    pub fn gaps(&self) -> Vec<(&Tenure, &Tenure)> {
        let mut posts: Vec<&Tenure> = self.tenures.iter().filter(|t| t.kind == TenureKind::Post).collect();
        posts.sort_by_key(|t| t.from.when.day);
        let mut gaps = Vec::new();
        // Of the posts seen so far, the one that ends last: posts overlap, so it need not be the one before `next`.
        let mut reach: Option<&Tenure> = None;
        for next in posts {
            if let Some(before) = reach
                && next.from.when.day > before.to.when.day.plus_months(GAP_MONTHS)
            {
                gaps.push((before, next));
            }
            reach = reach.filter(|r| r.to.when.day >= next.to.when.day).or(Some(next));
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::identify;
    use crate::officials::testing::seen;
    use crate::report::{CareerEventKind, PostState};

    /// One line for each tenure: `Trung tướng 2018-01-01 seen .. 2020-02-02 by x2`, where `x2` counts the evidence.
    fn tenure_lines(observations: &[Observation]) -> Vec<String> {
        let officials = identify(observations, &[]);
        assert_eq!(officials.len(), 1, "one person: {officials:#?}");
        let career = Career::of(&officials[0], observations);
        let known = |e: &TenureBound| format!("{} {}", e.when.day, format!("{:?}", e.known).to_lowercase());
        let line = |t: &Tenure| {
            let disputed = if t.disputed { " disputed" } else { "" };
            format!("{} {} .. {} x{}{disputed}", t.text, known(&t.from), known(&t.to), t.evidence.len())
        };
        career.tenures.iter().map(line).collect()
    }

    fn now(observations: &[Observation], line: TenureKind) -> Vec<String> {
        let officials = identify(observations, &[]);
        Career::of(&officials[0], observations).now(line).map(|n| n.text).collect()
    }

    #[test]
    fn from_navy_commander_to_deputy_minister() {
        let career = [
            seen("a", "2015-09-10").rank("Chuẩn Đô đốc").post("Tư lệnh Hải quân"),
            seen("b", "2020-03-02").rank("Phó Đô đốc").post("Tư lệnh Quân chủng Hải quân"),
            seen("c", "2020-07-14")
                .rank("Phó Đô đốc")
                .post_as("Tư lệnh Hải quân", PostState::Leaving)
                .post_as("Thứ trưởng Bộ Quốc phòng", PostState::Entering)
                .event(CareerEventKind::Appointed, Some("Tư lệnh Hải quân"), Some("Thứ trưởng Bộ Quốc phòng")),
            seen("d", "2021-11-22").rank("Thượng tướng").post("Thứ trưởng Quốc phòng").event(
                CareerEventKind::Promoted,
                Some("Phó Đô đốc"),
                Some("Thượng tướng"),
            ),
        ];
        assert_eq!(
            tenure_lines(&career),
            [
                "Chuẩn Đô đốc 2015-09-10 seen .. 2020-03-02 by x1",
                "Phó Đô đốc 2020-03-02 seen .. 2021-11-22 event x3",
                "Thượng tướng 2021-11-22 event .. 2021-11-22 seen x1",
                "Tư lệnh Quân chủng Hải quân 2015-09-10 seen .. 2020-07-14 event x3",
                "Thứ trưởng Quốc phòng 2020-07-14 event .. 2021-11-22 seen x2",
            ]
        );
        assert_eq!(now(&career, TenureKind::Rank), ["Thượng tướng"]);
        assert_eq!(now(&career, TenureKind::Post), ["Thứ trưởng Quốc phòng"]);
    }

    #[test]
    fn a_general_becomes_a_secretary_and_keeps_his_rank_in_the_register() {
        let career = [
            seen("a", "2022-01-15").rank("Thiếu tướng").post("Phó Chủ nhiệm Tổng cục Chính trị"),
            seen("b", "2024-06-10").post("Bí thư Tỉnh ủy Bắc Giang"),
            seen("c", "2025-07-05").post("Bí thư Tỉnh ủy Bắc Ninh"),
            seen("d", "2025-09-30").rank("Trung tướng").post_as("Thứ trưởng Bộ Quốc phòng", PostState::Entering),
            seen("e", "2026-02-20").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
        ];
        assert_eq!(
            tenure_lines(&career),
            [
                "Thiếu tướng 2022-01-15 seen .. 2025-09-30 by x1",
                "Trung tướng 2025-09-30 seen .. 2026-02-20 by x1",
                "Thượng tướng 2026-02-20 seen .. 2026-02-20 seen x1",
                "Phó Chủ nhiệm Tổng cục Chính trị 2022-01-15 seen .. 2022-01-15 seen x1",
                "Bí thư Tỉnh ủy Bắc Giang 2024-06-10 seen .. 2024-06-10 seen x1",
                "Bí thư Tỉnh ủy Bắc Ninh 2025-07-05 seen .. 2025-07-05 seen x1",
                "Thứ trưởng Bộ Quốc phòng 2025-09-30 event .. 2026-02-20 seen x2",
            ]
        );
        assert_eq!(now(&career, TenureKind::Post), ["Thứ trưởng Bộ Quốc phòng"]);
    }

    #[test]
    fn a_post_said_without_its_unit_is_none_beside_the_same_said_whole() {
        let career = [
            seen("a", "2024-03-02").post("Thứ trưởng Bộ Thử nghiệm"),
            seen("b", "2024-03-03").post("Chủ tịch Hội đồng khoa học").post("Thứ trưởng"),
        ];
        assert_eq!(now(&career, TenureKind::Post), ["Thứ trưởng Bộ Thử nghiệm"]);
        assert_eq!(now(&career[1..], TenureKind::Post), ["Chủ tịch Hội đồng khoa học", "Thứ trưởng"]);
    }

    #[test]
    fn capital_region_ministry_province() {
        let career = [
            seen("a", "2018-11-20").rank("Thiếu tướng").post("Tư lệnh Bộ Tư lệnh Thủ đô"),
            seen("b", "2019-12-01").rank("Thiếu tướng").post("Tư lệnh Quân khu 1"),
            seen("c", "2025-04-15").rank("Trung tướng").post("Thứ trưởng Bộ Quốc phòng"),
            seen("d", "2025-07-14").rank("Thượng tướng").event(
                CareerEventKind::Promoted,
                Some("Trung tướng"),
                Some("Thượng tướng"),
            ),
            seen("e", "2025-09-30")
                .rank("Thượng tướng")
                .post_as("Thứ trưởng Bộ Quốc phòng", PostState::Leaving)
                .post_as("Bí thư Tỉnh ủy Bắc Ninh", PostState::Entering),
            seen("f", "2025-11-02").post("Bí thư Tỉnh ủy Bắc Ninh"),
        ];
        assert_eq!(now(&career, TenureKind::Rank), ["Thượng tướng"]);
        assert_eq!(now(&career, TenureKind::Post), ["Bí thư Tỉnh ủy Bắc Ninh"]);
        let lines = tenure_lines(&career);
        assert!(lines.contains(&"Trung tướng 2025-04-15 seen .. 2025-07-14 event x2".to_owned()), "{lines:#?}");
        assert!(
            lines.contains(&"Thứ trưởng Bộ Quốc phòng 2025-04-15 seen .. 2025-09-30 event x2".to_owned()),
            "{lines:#?}"
        );
    }

    #[test]
    fn commissar_and_head_of_politics() {
        let career = [
            seen("a", "2016-05-20").rank("Đại tá").post("Chính ủy Quân khu 2"),
            seen("b", "2021-04-28").rank("Trung tướng").post("Phó Chủ nhiệm TCCT"),
            seen("c", "2024-06-01").rank("Thượng tướng").post_as("Chủ nhiệm Tổng cục Chính trị", PostState::Entering),
            seen("d", "2025-07-14").rank("Đại tướng").post("Chủ nhiệm Tổng cục Chính trị").event(
                CareerEventKind::Promoted,
                Some("Thượng tướng"),
                Some("Đại tướng"),
            ),
            seen("e", "2025-11-04")
                .rank("Đại tướng")
                .post_as("Chủ nhiệm Tổng cục Chính trị", PostState::Leaving)
                .post_as("Trưởng Ban Tuyên giáo và Dân vận Trung ương", PostState::Entering),
        ];
        assert_eq!(now(&career, TenureKind::Rank), ["Đại tướng"]);
        assert_eq!(now(&career, TenureKind::Post), ["Trưởng Ban Tuyên giáo và Dân vận Trung ương"]);
        // No report ends the deputy's post, but it is not held now, because he has become head of the same department.
        let lines = tenure_lines(&career);
        assert!(lines.contains(&"Phó Chủ nhiệm TCCT 2021-04-28 seen .. 2021-04-28 seen x1".to_owned()), "{lines:#?}");
    }

    #[test]
    fn a_former_post_is_ended_and_one_only_known_as_former_begins_nowhere() {
        let career = [
            seen("a", "2018-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
            seen("b", "2021-01-01")
                .rank("Thiếu tướng")
                .post_as("Phó Tư lệnh Quân khu 10", PostState::Former)
                .post_as("Tham mưu trưởng Quân khu 11", PostState::Former),
        ];
        assert_eq!(
            tenure_lines(&career)[1..],
            [
                "Phó Tư lệnh Quân khu 10 2018-01-01 seen .. 2021-01-01 by x1",
                "Tham mưu trưởng Quân khu 11 2021-01-01 by .. 2021-01-01 by x1",
            ]
        );
        assert_eq!(now(&career, TenureKind::Post), [""; 0]);
    }

    #[test]
    fn two_papers_that_contradict_each_other_stand_side_by_side() {
        let career = [
            seen("a", "2025-07-14").rank("Thượng tướng").post("Thứ trưởng Bộ Quốc phòng"),
            seen("b", "2025-07-20").rank("Trung tướng").post("Thứ trưởng Bộ Quốc phòng"),
        ];
        let lines = tenure_lines(&career);
        assert_eq!(
            lines[..2],
            [
                "Thượng tướng 2025-07-14 seen .. 2025-07-14 seen x1 disputed",
                "Trung tướng 2025-07-20 seen .. 2025-07-20 seen x1 disputed",
            ]
        );
    }

    #[test]
    fn retirement_ends_posts_and_death_ranks_too() {
        let at_work = seen("a", "2018-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10");
        let retired = seen("b", "2019-01-01").rank("Thiếu tướng").event(CareerEventKind::Retired, None, None);
        let died = seen("c", "2020-01-01").rank("Thiếu tướng").event(CareerEventKind::Died, None, None);
        assert_eq!(now(&[at_work.clone(), retired.clone()], TenureKind::Rank), ["Thiếu tướng"]);
        assert_eq!(now(&[at_work.clone(), retired], TenureKind::Post), [""; 0]);
        assert_eq!(now(&[at_work, died], TenureKind::Rank), [""; 0]);
    }

    #[test]
    fn retirement_ends_what_is_held_and_not_what_was_left_before() {
        let career = [
            seen("a", "2018-01-01").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
            seen("b", "2020-01-01").rank("Trung tướng").post("Tư lệnh Quân khu 10"),
            seen("c", "2023-01-01").rank("Trung tướng").post("Tư lệnh Quân khu 10").event(
                CareerEventKind::Retired,
                Some("Tư lệnh Quân khu 10"),
                None,
            ),
        ];
        assert_eq!(
            tenure_lines(&career)[2..],
            [
                "Phó Tư lệnh Quân khu 10 2018-01-01 seen .. 2018-01-01 seen x1",
                "Tư lệnh Quân khu 10 2020-01-01 seen .. 2023-01-01 event x3",
            ]
        );
    }

    #[test]
    fn who_is_called_elsewhere_keeps_a_seat_that_goes_with_no_unit_left() {
        let career = [seen("a", "2024-06-11")
            .rank("Trung tướng")
            .post("Ủy viên Trung ương Đảng")
            .post("Bí thư Đảng ủy")
            .post("Chính ủy Quân khu 10")
            .post_as("Chính ủy Tổng cục Dự trữ", PostState::Entering)
            .event(
                CareerEventKind::Appointed,
                Some("Ủy viên Trung ương Đảng, Bí thư Đảng ủy, Chính ủy Quân khu 10"),
                Some("Chính ủy Tổng cục Dự trữ"),
            )];
        let ended =
            |post: &str| tenure_lines(&career).iter().any(|line| line.starts_with(post) && line.contains("event x"));
        assert!(
            !ended("Ủy viên") && ended("Bí thư Đảng ủy") && ended("Chính ủy Quân khu 10"),
            "{:#?}",
            tenure_lines(&career)
        );
    }

    #[test]
    fn a_party_post_is_taken_on_beside_the_other() {
        let career = [
            seen("a", "2024-01-01").rank("Thiếu tướng").post("Chính ủy Quân khu 10"),
            seen("b", "2025-08-01").rank("Thiếu tướng").post("Bí thư Đảng ủy").post("Chính ủy Quân khu 10").event(
                CareerEventKind::Elected,
                Some("Chính ủy Quân khu 10"),
                Some("Bí thư Đảng ủy"),
            ),
        ];
        assert_eq!(
            tenure_lines(&career)[1..],
            [
                "Chính ủy Quân khu 10 2024-01-01 seen .. 2025-08-01 seen x2",
                "Bí thư Đảng ủy 2025-08-01 event .. 2025-08-01 seen x2",
            ]
        );
    }

    #[test]
    fn the_same_head_in_another_unit_ends_the_one_before() {
        let career = [seen("a", "2024-06-11")
            .rank("Trung tướng")
            .post("Chính ủy Quân khu 10")
            .post_as("Chính ủy Tổng cục Dự trữ", PostState::Entering)
            .event(CareerEventKind::Appointed, Some("Chính ủy Quân khu 10"), Some("Chính ủy Tổng cục Dự trữ"))];
        assert_eq!(
            tenure_lines(&career)[1..],
            [
                "Chính ủy Quân khu 10 2024-06-11 seen .. 2024-06-11 event x2",
                "Chính ủy Tổng cục Dự trữ 2024-06-11 event .. 2024-06-11 seen x1",
            ]
        );
    }

    #[test]
    fn who_takes_a_post_over_does_not_leave_it() {
        let career = [seen("a", "2024-06-11")
            .rank("Thiếu tướng")
            .post_as("Chính ủy Quân khu 10", PostState::Entering)
            .event(CareerEventKind::HandedOver, Some("Chính ủy Quân khu 10"), None)];
        assert_eq!(tenure_lines(&career)[1..], ["Chính ủy Quân khu 10 2024-06-11 event .. 2024-06-11 seen x1"]);
    }

    #[test]
    fn a_year_without_a_post_is_a_gap() {
        let career = [
            seen("a", "2016-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("b", "2017-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("c", "2020-01-01").rank("Đại tá").post("Phó Chính ủy Quân khu 10"),
        ];
        let official = &identify(&career, &[])[0];
        let made = Career::of(official, &career);
        let gaps: Vec<_> =
            made.gaps().into_iter().map(|(a, b)| (a.to.when.day.year(), b.from.when.day.year())).collect();
        assert_eq!(gaps, [(2017, 2020)]);
    }

    #[test]
    fn no_evidence_without_a_place() {
        let career = [seen("a", "2018-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901").inferred()];
        let official = &identify(&career, &[])[0];
        for tenure in Career::of(official, &career).tenures {
            assert!(tenure.evidence.iter().all(|e| e.place.report == "a" && e.when.is_inferred()));
            assert!(!tenure.evidence.is_empty() && tenure.from.place.report == "a" && tenure.from.when.is_inferred());
        }
    }

    #[test]
    fn a_report_without_a_day_supports_a_tenure_and_bounds_none() {
        let dated = [
            seen("b", "2018-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("c", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        ];
        let undated = [
            seen("a", "2026-11-29").rank("Đại tá").post("Chính ủy Lữ đoàn 901").undated(),
            seen("d", "2026-11-29").post_as("Chính ủy Lữ đoàn 901", PostState::Former).undated(),
            seen("e", "2026-11-29").event(CareerEventKind::Retired, Some("Chính ủy Lữ đoàn 901"), None).undated(),
            seen("f", "2026-11-29").rank("Thiếu tướng").post("Phó Chính ủy Lữ đoàn 901").undated(),
        ];
        let both = [dated.clone().to_vec(), undated.to_vec()].concat();
        assert_eq!(tenure_lines(&both), tenure_lines(&dated));
        assert_eq!(now(&both, TenureKind::Post), ["Chính ủy Lữ đoàn 901"]);
        assert_eq!(now(&both, TenureKind::Rank), ["Đại tá"]);
        let career = Career::of(&identify(&both, &[])[0], &both);
        let counts: Vec<_> = career.tenures.iter().map(|t| t.undated.len()).collect();
        assert_eq!(counts, [1, 3]);
        let apart: Vec<_> = career.undated.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(apart, ["Thiếu tướng", "Phó Chính ủy Lữ đoàn 901"]);
    }

    #[test]
    fn a_bare_post_is_no_line_beside_the_one_it_is_short_for() {
        let full = [
            seen("a", "2018-06-07").post("Bộ trưởng"),
            seen("b", "2018-07-01").post("Bộ trưởng Bộ Y tế"),
            seen("c", "2018-07-12").post("Bộ trưởng").undated(),
            seen("d", "2019-07-12").post("bộ trưởng Y tế"),
        ];
        assert_eq!(tenure_lines(&full), ["bộ trưởng Y tế 2018-06-07 seen .. 2019-07-12 seen x3"]);
        let alone = [seen("a", "2018-06-07").post("Tư lệnh"), seen("b", "2018-07-01").post("Tư lệnh")];
        assert_eq!(tenure_lines(&alone), ["Tư lệnh 2018-06-07 seen .. 2018-07-01 seen x2"]);
        // It is not known which of two it is.
        let two = [
            seen("a", "2018-06-07").rank("Thiếu tướng").post("Tư lệnh Quân khu 10"),
            seen("b", "2019-07-01").rank("Thiếu tướng").post("Tư lệnh Quân khu 11"),
            seen("c", "2019-07-02").rank("Thiếu tướng").post("Tư lệnh"),
        ];
        assert!(tenure_lines(&two).contains(&"Tư lệnh 2019-07-02 seen .. 2019-07-02 seen x1".to_owned()));
    }

    #[test]
    fn a_post_of_one_report_stands_apart_beside_those_of_more() {
        let career = [
            seen("a", "2018-06-07").post("Chủ tịch UBND tỉnh Sông Gấm").post("Thủ tướng"),
            seen("b", "2019-07-01").post("Chủ tịch UBND tỉnh Sông Gấm").post(""),
        ];
        assert_eq!(now(&career, TenureKind::Post), ["Chủ tịch UBND tỉnh Sông Gấm"]);
        let made = Career::of(&identify(&career, &[])[0], &career);
        assert_eq!(made.seen_once().iter().map(|once| &*once.text).collect::<Vec<_>>(), ["Thủ tướng"]);
        assert!(made.tenures.iter().all(|tenure| !tenure.text.is_empty()));
        // An appointment is no chance remark; and what all state once stands in the header.
        let appointed = [career[0].clone(), career[1].clone().post_as("Bí thư Tỉnh ủy Sông Gấm", PostState::Entering)];
        assert!(now(&appointed, TenureKind::Post).contains(&"Bí thư Tỉnh ủy Sông Gấm".to_owned()));
        assert_eq!(now(&career[..1], TenureKind::Post).len(), 2);
    }

    #[test]
    fn who_is_only_named_without_a_day_has_a_rank_and_posts_of_an_unknown_time() {
        let career = [
            seen("a", "2026-11-29").rank("Đại tá").post("Chính ủy Lữ đoàn 901").undated(),
            seen("b", "2026-11-29").rank("Thượng tá").post("Chính ủy Lữ đoàn 901").undated(),
            seen("c", "2026-11-29").post_as("Phó Chính ủy Lữ đoàn 901", PostState::Former).undated(),
        ];
        let made = Career::of(&identify(&career, &[])[0], &career);
        assert_eq!(made.tenures, []);
        let now: Vec<_> =
            made.now(TenureKind::Rank).chain(made.now(TenureKind::Post)).map(|n| (n.text, n.since)).collect();
        assert_eq!(now, [("Đại tá".to_owned(), None), ("Chính ủy Lữ đoàn 901".to_owned(), None)]);
        assert!(made.undated.iter().any(|t| t.former && t.text == "Phó Chính ủy Lữ đoàn 901"));
    }
}
