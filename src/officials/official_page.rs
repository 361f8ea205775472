//! The official's page as rows: current rank and posts, a timeline, the reports with roles, companions, namesakes. Each
//! row has the place that proves it, and every fact is one that a report states. The command line prints these rows and
//! the interface draws them; nothing here is styled.

use super::career::{Career, CurrentTenure, TenureKind};
use super::co_appearance::{self, CompanionRow};
use super::observation::{Observation, Place};
use super::timeline::{self, TimelineRow};
use super::{IdentityJudgement, Official, OfficialSummary, Reason};
use crate::report::{Dated, ReportKind, dated};
use serde::Serialize;

/// A report in which the official appears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficialReportRow {
    /// The day by which the report is sorted.
    #[serde(flatten)]
    pub when: Dated,
    pub kind: ReportKind,
    pub title: String,
    pub unit: Option<String>,
    /// The official's roles in the report, as verbs of verbs.tsv.
    pub roles: Vec<String>,
    /// The rank stated in the report.
    pub rank: Option<&'static str>,
    /// The posts stated in the report, as written.
    pub posts: Vec<String>,
    /// The position among the people of the report, from 1.
    pub order: usize,
    pub place: Place,
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
    pub reports_count: usize,
    /// The day of the first report.
    #[serde(flatten, serialize_with = "dated::json::first")]
    pub first: Option<Dated>,
    /// The day of the last report.
    #[serde(flatten, serialize_with = "dated::json::last")]
    pub last: Option<Dated>,
    /// Ranks, then posts, by time.
    pub timeline: Vec<TimelineRow>,
    /// The newest report first.
    pub reports: Vec<OfficialReportRow>,
    /// Companions, the most frequent first.
    pub together: Vec<CompanionRow>,
    pub namesakes: Vec<Namesake>,
    /// Why these reports are of one person, the least sure first.
    pub judgements: Vec<IdentityJudgement>,
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
    let summary = OfficialSummary::of(official, observations);
    let mut judgements = official.judgements.clone();
    judgements.sort_by_key(|j| j.confidence);
    OfficialPage {
        id: official.id.clone(),
        name: official.name.clone(),
        country: official.of(observations).find_map(|o| o.statement.country.clone()),
        rank: career.now(TenureKind::Rank).next(),
        posts: career.now(TenureKind::Post).collect(),
        reports_count: summary.reports,
        first: summary.first,
        last: summary.last,
        timeline: timeline::rows(&career),
        reports: official.of(observations).rev().map(report_row).collect(),
        together: co_appearance::ranked(together),
        namesakes: officials
            .iter()
            .filter(|other| other.id != official.id)
            .filter_map(|other| namesake(other, official, observations))
            .collect(),
        judgements,
    }
}

fn report_row(seen: &Observation) -> OfficialReportRow {
    OfficialReportRow {
        when: seen.head.dated(),
        kind: seen.head.kind,
        title: seen.head.title.clone(),
        unit: seen.head.unit.clone(),
        roles: seen.statement.roles.iter().map(|r| r.verb.clone()).collect(),
        rank: seen.statement.rank.map(|r| r.rank.name),
        posts: seen.statement.posts.iter().map(|p| p.text.clone()).collect(),
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
        let mut observations = vec![
            seen("a", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("b", "2021-02-02").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        ];
        observations[0].head.day = None;
        let officials = identify(&observations, &[]);
        let page = page_of(&officials[0], &officials, &observations, Vec::new());
        let rank = page.rank.unwrap();
        let shown = |when: Dated| when.to_string();
        assert_eq!([page.first, page.last].map(Option::unwrap).map(shown), ["~2020-01-01", "2021-02-02"]);
        assert_eq!([rank.since, rank.seen].map(shown), ["~2020-01-01", "2021-02-02"]);
        assert_eq!(page.reports.iter().map(|row| shown(row.when)).collect::<Vec<_>>(), ["2021-02-02", "~2020-01-01"]);
    }
}
