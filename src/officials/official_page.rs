//! The official's page as rows: current rank and posts, a timeline, the reports with roles, companions, namesakes. Each
//! row has the place that proves it, and every fact is one that a report states. The command line prints these rows and
//! the interface draws them; nothing here is styled.

use super::career::{Career, CurrentTenure, TenureKind, UndatedTenure};
use super::co_appearance::{self, CompanionRow};
use super::lineup::with_state;
use super::observation::{Observation, ObservedPost, Place};
use super::post::PostKey;
use super::timeline::{self, TimelineRow};
use super::{IdentityJudgement, Official, OfficialSummary, Reason};
use crate::lang::{Phrase, phrases};
use crate::report::{Dated, PostState, ReportKind, dated};
use serde::Serialize;
use std::collections::HashSet;

/// A report in which the official appears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficialReportRow {
    /// The day of the report; `None` if nothing tells it.
    #[serde(flatten, serialize_with = "dated::json::report_day")]
    pub when: Option<Dated>,
    pub kind: ReportKind,
    pub title: String,
    pub unit: Option<String>,
    /// The official's roles in the report, as verbs of verbs.tsv.
    pub roles: Vec<String>,
    /// The rank stated in the report.
    pub rank: Option<&'static str>,
    /// The posts that the report states as held, as written: with `quyền` (acting) before those so held, and in
    /// brackets the organisation that it names behind a comma.
    pub posts: Vec<String>,
    /// The posts that the report states as held before, or that end by what it tells.
    pub former_posts: Vec<String>,
    /// The position among the people of the report, from 1.
    pub order: usize,
    pub place: Place,
}

/// A rank or post that only reports without a day state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndatedRow {
    pub line: TenureKind,
    /// As written, with the organisation in brackets if the words leave it out.
    pub text: String,
    /// Whether every report that states it says that it was held before.
    pub former: bool,
    /// Where another report says that it is not held any more; `None` if none does, and if it is `former`.
    pub left: Option<Place>,
    /// The number of reports that state it.
    pub evidence: usize,
    /// The first statement of it.
    pub place: Place,
    /// For a post: its key, which is equal for all spellings.
    #[serde(skip)]
    pub post: Option<PostKey>,
}

impl UndatedRow {
    /// Says that it was held before, or held then and left since; `None` if no report says either.
    pub fn state(&self) -> Option<Phrase> {
        match (self.former, &self.left) {
            (true, _) => Some(phrases::FORMER),
            (false, Some(_)) => Some(phrases::LEFT_SINCE),
            (false, None) => None,
        }
    }
}

/// Another official of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Namesake {
    /// The other official's id.
    pub id: String,
    /// The usual spelling of the other official's name.
    pub name: String,
    /// The other official's current rank.
    pub rank: Option<&'static str>,
    /// The current posts, as written.
    pub posts: Vec<String>,
    /// The reason why they are two persons; `None` if no judgement separates them. In JSON: an English sentence.
    #[serde(serialize_with = "in_words")]
    pub why: Option<Reason>,
    /// The other official's first mention.
    pub place: Place,
}

/// Everything known about one official, derived from the observations of the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficialPage {
    pub id: String,
    /// The most frequent spelling of the name.
    pub name: String,
    /// The country of a foreigner.
    pub country: Option<String>,
    pub rank: Option<CurrentTenure>,
    pub posts: Vec<CurrentTenure>,
    /// The posts that only one report states, beside others of more reports: perhaps an error of that report.
    pub seen_once: Vec<CurrentTenure>,
    pub reports_count: usize,
    /// The day of the first report that has one.
    #[serde(flatten, serialize_with = "dated::json::first")]
    pub first: Option<Dated>,
    /// The day of the last report that has one.
    #[serde(flatten, serialize_with = "dated::json::last")]
    pub last: Option<Dated>,
    /// Ranks, then posts, by time.
    pub timeline: Vec<TimelineRow>,
    /// The ranks, then the posts, that only reports without a day state.
    pub undated: Vec<UndatedRow>,
    /// The newest report first, those without a day last.
    pub reports: Vec<OfficialReportRow>,
    /// False for the observations of a name without a sign of an official (`Official::has_sign`).
    pub has_sign: bool,
    /// The reports that name somebody of this name and say nothing by which an official is known: whether it is this
    /// one is not known, so they are no part of `reports`. The newest first.
    pub no_sign: Vec<OfficialReportRow>,
    /// Companions, the most frequent first.
    pub together: Vec<CompanionRow>,
    pub namesakes: Vec<Namesake>,
    /// Why these reports are of one person, the least sure first.
    pub judgements: Vec<IdentityJudgement>,
    /// Whether this is only what a preview shows (`preview_of`).
    #[serde(skip)]
    pub is_preview: bool,
}

/// Builds the page of `official`, which `identify` made from `observations`. `officials` are all officials of that
/// name; `together` are all other people in the official's reports, in any order.
pub fn page_of(
    official: &Official,
    officials: &[Official],
    observations: &[Observation],
    together: Vec<CompanionRow>,
) -> OfficialPage {
    let career = Career::of(official, observations);
    let mut judgements = official.judgements.clone();
    judgements.sort_by_key(|j| j.confidence);
    let others = || officials.iter().filter(|other| other.id != official.id);
    OfficialPage {
        rank: career.now(TenureKind::Rank).next(),
        posts: career.now(TenureKind::Post).collect(),
        seen_once: career.seen_once(),
        timeline: timeline::rows(&career),
        undated: career.undated.iter().map(undated_row).collect(),
        reports: report_rows(official.of(observations)),
        no_sign: others()
            .filter(|other| !other.has_sign)
            .flat_map(|other| report_rows(other.of(observations)))
            .collect(),
        together: co_appearance::ranked(together),
        namesakes: others()
            .filter(|other| other.has_sign)
            .filter_map(|other| namesake(other, official, observations))
            .collect(),
        judgements,
        is_preview: false,
        ..preview_of(OfficialSummary::with(official, observations, &career), &[])
    }
}

/// The page as far as the summary and the newest of the official's observations tell it, the oldest of them first. It
/// says since when nothing is held, because that takes all observations.
pub fn preview_of(summary: OfficialSummary, newest: &[Observation]) -> OfficialPage {
    let held = |text: String, reports: usize| CurrentTenure {
        text,
        organisation: None,
        since: None,
        since_event: false,
        seen: None,
        reports,
        place: Place::default(),
        post: None,
    };
    OfficialPage {
        rank: summary.rank.map(|rank| held(rank.name.to_owned(), summary.reports)),
        posts: summary.posts.into_iter().map(|post| held(post, summary.reports)).collect(),
        reports: report_rows(newest.iter()),
        id: summary.id,
        name: summary.name,
        country: summary.country,
        reports_count: summary.reports,
        first: summary.first,
        last: summary.last,
        has_sign: summary.has_sign,
        seen_once: Vec::new(),
        timeline: Vec::new(),
        undated: Vec::new(),
        no_sign: Vec::new(),
        together: Vec::new(),
        namesakes: Vec::new(),
        judgements: Vec::new(),
        is_preview: true,
    }
}

fn undated_row(tenure: &UndatedTenure) -> UndatedRow {
    UndatedRow {
        line: tenure.kind,
        text: tenure.with_unit(),
        former: tenure.held().is_none(),
        left: tenure.left_since().cloned(),
        evidence: tenure.reports(),
        place: tenure.place(),
        post: tenure.post.as_deref().cloned(),
    }
}

/// The reports of these observations, the newest first; of those that tell one story the first that came.
fn report_rows<'a>(observations: impl Iterator<Item = &'a Observation>) -> Vec<OfficialReportRow> {
    let mut stories = HashSet::new();
    let own = observations.filter(|seen| seen.head.story.is_none_or(|story| stories.insert(story)));
    let mut rows: Vec<OfficialReportRow> = own.map(report_row).collect();
    rows.reverse();
    rows
}

fn report_row(seen: &Observation) -> OfficialReportRow {
    let all = &seen.statement.posts;
    let left: Vec<String> =
        all.iter().filter(|post| post.state == PostState::Leaving).map(|post| post.text.to_lowercase()).collect();
    // `Ông A, Giám đốc Sở B, … thôi giữ chức Giám đốc Sở B tỉnh C`: one post, told twice.
    let is_former = |post: &&ObservedPost| match post.state {
        PostState::Former | PostState::Late | PostState::Leaving => true,
        PostState::Holds => left.iter().any(|left| left.starts_with(&post.text.to_lowercase())),
        PostState::Acting | PostState::Entering => false,
    };
    let (former, held): (Vec<&ObservedPost>, Vec<&ObservedPost>) = all.iter().partition(is_former);
    let words = |post: &&ObservedPost| {
        let text = with_state(&post.text, post.state);
        post.above.as_ref().map_or(text.clone(), |above| format!("{text} [{above}]"))
    };
    OfficialReportRow {
        when: seen.head.day,
        kind: seen.head.kind,
        title: seen.head.title.as_ref().to_owned(),
        unit: seen.head.unit.as_deref().map(str::to_owned),
        roles: seen.statement.roles.iter().map(|r| r.verb.clone()).collect(),
        rank: seen.statement.rank.map(|r| r.rank.name),
        posts: held.iter().map(words).collect(),
        former_posts: former.iter().map(words).collect(),
        order: seen.place + 1,
        place: seen.name_place(),
    }
}

fn namesake(other: &Official, own: &Official, observations: &[Observation]) -> Option<Namesake> {
    let summary = OfficialSummary::of(other, observations);
    let why = |official: &Official| official.judgements.iter().find(|j| !j.joined).map(|j| j.reason.clone());
    Some(Namesake {
        id: other.id.clone(),
        name: other.name.clone(),
        rank: summary.rank.map(|r| r.name),
        posts: summary.posts,
        why: why(other).or_else(|| why(own)),
        place: other.of(observations).next()?.name_place(),
    })
}

#[allow(clippy::ref_option, reason = "serde requires this signature")]
fn in_words<S: serde::Serializer>(why: &Option<Reason>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&why.as_ref().map(ToString::to_string).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::identify;
    use crate::officials::testing::seen;

    #[test]
    fn a_day_that_its_report_does_not_state_is_marked() {
        let observations = [
            seen("a", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901").inferred(),
            seen("b", "2021-02-02").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        ];
        let officials = identify(&observations, &[]);
        let page = page_of(&officials[0], &officials, &observations, Vec::new());
        let rank = page.rank.unwrap();
        let shown = |when: Option<Dated>| when.map(|when| when.to_string()).unwrap_or_default();
        assert_eq!([page.first, page.last].map(shown), ["~2020-01-01", "2021-02-02"]);
        assert_eq!([rank.since, rank.seen].map(shown), ["~2020-01-01", "2021-02-02"]);
        assert_eq!(page.reports.iter().map(|row| shown(row.when)).collect::<Vec<_>>(), ["2021-02-02", "~2020-01-01"]);
    }

    #[test]
    fn a_row_of_a_report_says_how_its_posts_were_held_and_of_what() {
        let row = |seen: Observation| {
            let row = report_row(&seen);
            (row.posts, row.former_posts)
        };
        let all = |posts: &[&str]| posts.iter().map(|post| (*post).to_owned()).collect::<Vec<_>>();
        let section = seen("a", "2020-01-01").post("Trưởng phòng Tham mưu").above("Công an tỉnh Bến Gỗ");
        assert_eq!(row(section), (all(&["Trưởng phòng Tham mưu [Công an tỉnh Bến Gỗ]"]), vec![]));
        let acting = seen("a", "2020-01-01").post_as("Chủ tịch B", PostState::Acting);
        let in_charge = acting.post_as("phụ trách Giám đốc C", PostState::Acting);
        assert_eq!(row(in_charge), (all(&["quyền Chủ tịch B", "phụ trách Giám đốc C"]), vec![]));
        let left = seen("a", "2020-01-01").post("Chủ tịch A").post("Giám đốc B");
        let left = left.post_as("Giám đốc B tỉnh C", PostState::Leaving).post_as("Bí thư D", PostState::Former);
        assert_eq!(row(left), (all(&["Chủ tịch A"]), all(&["Giám đốc B", "Giám đốc B tỉnh C", "nguyên Bí thư D"])));
    }

    #[test]
    fn a_present_post_has_the_organisation_that_its_words_leave_out() {
        let observations = [seen("a", "2020-01-01").post("Trưởng phòng Tham mưu").above("Công an tỉnh Bến Gỗ")];
        let officials = identify(&observations, &[]);
        let page = page_of(&officials[0], &officials, &observations, Vec::new());
        let posts: Vec<_> = page.posts.iter().map(|post| (post.text.as_str(), post.organisation.as_deref())).collect();
        assert_eq!(posts, [("Trưởng phòng Tham mưu", Some("Công an tỉnh Bến Gỗ"))]);
        let heads = ["Trưởng Đội tuần tra", "Phó Trưởng Đội 2", "Trưởng Trạm kiểm soát", "Trưởng đồn Bến Gỗ"];
        for head in heads.into_iter().chain(["Trưởng bộ phận Quan hệ"]) {
            let seen = [seen("a", "2020-01-01").post(head).above("Công an tỉnh Bến Gỗ")];
            let officials = identify(&seen, &[]);
            let page = page_of(&officials[0], &officials, &seen, Vec::new());
            assert_eq!(page.posts[0].organisation.as_deref(), Some("Công an tỉnh Bến Gỗ"), "{head}");
        }
        let whole = [seen("a", "2020-01-01").post("Giám đốc Sở Y tế")];
        let officials = identify(&whole, &[]);
        assert_eq!(page_of(&officials[0], &officials, &whole, Vec::new()).posts[0].organisation, None);
    }
}
