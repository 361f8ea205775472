//! Turns the people of many reports into officials: one entry for each real person, with the career that the reports
//! state. Pure and deterministic: the order in which reports were imported makes no difference. Names are compared in
//! tone-normal form, never folded (docs/domain.md §0.7, §0.8). Every row computed here has the place in a report that
//! proves it; storing is left to `store`.

pub mod career;
pub mod co_appearance;
mod country_of_post;
pub mod decision;
pub mod decision_file;
pub mod identity;
pub mod lineup;
pub mod merge_split;
pub mod observation;
pub mod official_page;
pub mod post;
pub mod post_holders;
mod post_words;
pub mod protocol;
pub mod report_diff;
pub mod story;
pub mod tenure_words;
#[cfg(test)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "each builder is named for what it sets"
)]
pub mod testing;
pub mod timeline;
pub mod unit;
pub mod unit_posts;
pub mod unit_renames;

pub use identity::{NotedOfficials, Reason, ReasonKind, identify};
pub use observation::{Observation, PersonStatement, Place, ReportHead};
pub use official_page::{OfficialPage, page_of, preview_of};

use crate::report::{Dated, Rank, dated};
use observation::events;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Reverse;

/// The country of somebody whose name is clearly foreign, where no report tells which it is. Not `None`, which is an
/// official of this country. Like the names of countries it is shown in Vietnamese.
pub const UNKNOWN_COUNTRY: &str = "nước ngoài (chưa rõ nước)";

/// One real person, as a set of observations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    pub id: String,
    /// The name key (`text::tone_marks::name_key`), which is equal for all spellings of the name.
    pub key: String,
    /// The most frequent spelling of the name.
    pub name: String,
    /// Whether a report says anything by which an official is known. If not, these are the observations of the
    /// name of which nothing tells whose they are: no official, and perhaps several people.
    pub has_sign: bool,
    /// The country of a foreigner, or `UNKNOWN_COUNTRY`.
    pub country: Option<String>,
    /// Indices into the observations that `identify` was given, in order of time.
    pub observations: Vec<usize>,
    /// Why these observations are one person, and why others of the same name are not.
    pub judgements: Vec<IdentityJudgement>,
}

impl Official {
    /// Iterates over the official's observations in order of time; `observations` are those that `identify` was given.
    pub fn of<'a>(&'a self, observations: &'a [Observation]) -> impl DoubleEndedIterator<Item = &'a Observation> {
        self.observations.iter().filter_map(|&i| observations.get(i))
    }

    /// Iterates over the judgements that should be reviewed.
    pub fn doubts(&self) -> impl Iterator<Item = &IdentityJudgement> {
        self.judgements.iter().filter(|judgement| judgement.unsure())
    }
}

/// A conclusion that two mentions are one person or two, with its reason and confidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityJudgement {
    /// True if the two mentions are one person.
    pub joined: bool,
    /// In JSON: an English sentence.
    pub reason: Reason,
    /// How sure the conclusion is, in percent.
    pub confidence: u8,
    /// The number of reports that are with the wrong official if the conclusion is wrong.
    pub reports: usize,
    /// The number of reports of the official, or of the two officials if they are two.
    pub among: usize,
    pub this: Place,
    pub that: Place,
}

/// How much it matters to review a judgement. The smallest matters most: the one that may be wrong about most reports,
/// of several the one about the officials with most reports, and of these the one that is least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DoubtWeight {
    pub reports: Reverse<usize>,
    pub among: Reverse<usize>,
    /// How sure the judgement is, in percent.
    pub confidence: u8,
}

impl IdentityJudgement {
    /// The confidence, in percent, below which a judgement is listed for review.
    pub const SURE: u8 = 60;

    /// Whether the judgement should be reviewed by the reader.
    pub fn unsure(&self) -> bool {
        self.confidence < Self::SURE
    }

    /// How much it matters to review it.
    pub fn weight(&self) -> DoubtWeight {
        DoubtWeight { reports: Reverse(self.reports), among: Reverse(self.among), confidence: self.confidence }
    }
}

/// One official as a row of a list or finder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialSummary {
    pub id: String,
    pub name: String,
    #[serde(serialize_with = "rank_name", deserialize_with = "rank_of_name")]
    pub rank: Option<Rank>,
    /// The current posts, as written.
    pub posts: Vec<String>,
    /// The former ranks and posts, the latest first.
    pub former: Vec<career::FormerTenure>,
    /// The number of reports that name the official; those of one story are one.
    pub reports: usize,
    /// The day of the first report that has one.
    #[serde(flatten, serialize_with = "dated::json::first", deserialize_with = "dated::json::read_first")]
    pub first: Option<Dated>,
    /// The day of the last report that has one.
    #[serde(flatten, serialize_with = "dated::json::last", deserialize_with = "dated::json::read_last")]
    pub last: Option<Dated>,
    /// The number of judgements about this official that should be reviewed.
    pub doubts: usize,
    /// The weight of the one of them that matters most.
    #[serde(skip)]
    pub gravest_doubt: Option<DoubtWeight>,
    /// The country of a foreigner.
    pub country: Option<String>,
    /// False for the mentions of a name without a sign of an official (`Official::has_sign`).
    pub has_sign: bool,
}

impl OfficialSummary {
    /// Summarizes `official`; `observations` are those that `identify` was given.
    pub fn of(official: &Official, observations: &[Observation]) -> Self {
        Self::with(official, observations, &career::Career::of(official, observations))
    }

    /// Like `of`, for callers that have the career already; building it is most of the cost.
    pub fn with(official: &Official, observations: &[Observation], career: &career::Career) -> Self {
        let rank = career.now(career::TenureKind::Rank).next();
        Self {
            id: official.id.clone(),
            name: official.name.clone(),
            rank: rank.and_then(|now| crate::extract::lexicon::rank(&now.text)),
            posts: career.now(career::TenureKind::Post).map(|now| now.text).collect(),
            former: career.former().into_iter().map(|one| one.tenure).collect(),
            reports: events(official.of(observations).map(|seen| (seen.head.story, &*seen.head.report))),
            first: official.of(observations).find_map(|seen| seen.head.day),
            last: official.of(observations).rev().find_map(|seen| seen.head.day),
            doubts: official.doubts().count(),
            gravest_doubt: official.doubts().map(IdentityJudgement::weight).min(),
            country: official.country.clone(),
            has_sign: official.has_sign,
        }
    }
}

#[allow(clippy::ref_option, reason = "serde requires this signature")]
fn rank_name<S: serde::Serializer>(rank: &Option<Rank>, serializer: S) -> Result<S::Ok, S::Error> {
    match rank {
        Some(rank) => serializer.serialize_some(rank.name),
        None => serializer.serialize_none(),
    }
}

/// Reads what `rank_name` has written. A rank that ranks.tsv does not have is none.
fn rank_of_name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Rank>, D::Error> {
    let name = Option::<Cow<'_, str>>::deserialize(deserializer)?;
    Ok(name.and_then(|name| crate::extract::lexicon::rank(&name)))
}

/// The canonical name of a rank of ranks.tsv. It has a name of its own because serde takes a field of the type `&str`
/// for words that are borrowed from what is read.
pub type RankName = &'static str;

/// Reads the name of a rank as that of ranks.tsv.
fn name_of_rank<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<RankName, D::Error> {
    let name = Cow::<str>::deserialize(deserializer)?;
    let rank = crate::extract::lexicon::rank(&name);
    rank.map(|rank| rank.name).ok_or_else(|| serde::de::Error::custom("no such rank"))
}

/// Like `name_of_rank`, where there may be none.
fn name_of_maybe_rank<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<RankName>, D::Error> {
    Ok(rank_of_name(deserializer)?.map(|rank| rank.name))
}
