//! People of many reports become officials: one register entry a real person, with the career that the reports give.
//! Pure and deterministic: the order of reports makes no difference. Names are compared in tone-normal form, never
//! folded (docs/domain.md §0.7, §0.8). Every row made here carries the place that proves it; storing is left to
//! `store`.

pub mod career;
pub mod co_appearance;
pub mod decision;
pub mod decision_file;
pub mod identity;
pub mod lineup;
pub mod merge_split;
pub mod observation;
pub mod official_page;
pub mod post;
pub mod post_history;
pub mod report_diff;
pub mod sentence_bounds;
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

pub use identity::{Reason, ReasonKind, identify};
pub use observation::{Observation, PersonStatement, Place, ReportHead};
pub use official_page::{OfficialPage, page_of};

use crate::report::{Dated, Rank, dated};
use serde::Serialize;

/// One official: the observations that are one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    pub id: String,
    /// The form in which two spellings of the name are one: `text::syllable::name_key`.
    pub key: String,
    /// The name as most often written.
    pub name: String,
    /// Indices into the observations given, in order of time.
    pub observations: Vec<usize>,
    /// Why these are one person, and why others of the name are not.
    pub judgements: Vec<IdentityJudgement>,
}

impl Official {
    /// The official's observations, in order of time; `observations` are those that `identify` was given.
    pub fn of<'a>(&'a self, observations: &'a [Observation]) -> impl DoubleEndedIterator<Item = &'a Observation> {
        self.observations.iter().filter_map(|&i| observations.get(i))
    }
}

/// Why two mentions were taken for one person, or for two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityJudgement {
    /// One person, or two.
    pub joined: bool,
    /// Why; in JSON in plain words.
    pub reason: Reason,
    /// How sure, in percent.
    pub confidence: u8,
    pub this: Place,
    pub that: Place,
}

impl IdentityJudgement {
    /// Below this a judgement is listed for review.
    pub const SURE: u8 = 60;

    /// Whether somebody should look at it.
    pub fn unsure(&self) -> bool {
        self.confidence < Self::SURE
    }
}

/// An official in one line: what lists and finders show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficialSummary {
    pub id: String,
    pub name: String,
    #[serde(serialize_with = "rank_name")]
    pub rank: Option<Rank>,
    /// The posts now, as written.
    pub posts: Vec<String>,
    pub reports: usize,
    /// The first report's day.
    #[serde(flatten, serialize_with = "dated::json::first")]
    pub first: Option<Dated>,
    /// The last report's day.
    #[serde(flatten, serialize_with = "dated::json::last")]
    pub last: Option<Dated>,
    /// Whether a judgement about this official should be looked at.
    pub unsure: bool,
}

impl OfficialSummary {
    /// The line of `official`; `observations` are those that `identify` was given.
    pub fn of(official: &Official, observations: &[Observation]) -> Self {
        Self::with(official, observations, &career::Career::of(official, observations))
    }

    /// The same, of a career that is known.
    pub fn with(official: &Official, observations: &[Observation], career: &career::Career) -> Self {
        let rank = career.now(career::TenureKind::Rank).next();
        let first = official.of(observations).next().map(|o| &o.head);
        let last = official.of(observations).next_back().map(|o| &o.head);
        Self {
            id: official.id.clone(),
            name: official.name.clone(),
            rank: rank.and_then(|now| crate::extract::lexicon::rank(&now.text)),
            posts: career.now(career::TenureKind::Post).map(|now| now.text).collect(),
            reports: official.observations.len(),
            first: first.map(ReportHead::dated),
            last: last.map(ReportHead::dated),
            unsure: official.judgements.iter().any(IdentityJudgement::unsure),
        }
    }
}

#[allow(clippy::ref_option, reason = "the shape serde asks for")]
fn rank_name<S: serde::Serializer>(rank: &Option<Rank>, serializer: S) -> Result<S::Ok, S::Error> {
    match rank {
        Some(rank) => serializer.serialize_some(rank.name),
        None => serializer.serialize_none(),
    }
}
