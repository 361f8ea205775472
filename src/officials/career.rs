//! Turns the observations of one official into tenures: each rank and post from its first to its last day, with the
//! evidence (docs/domain.md §7.1). Nothing is filled in: gaps stay gaps, and contradictory tenures are both kept. A
//! bound of a tenure is known because a report announces the event, or it is bounded because another report already
//! differs, or it is only the first or last day on which the rank or post was seen.
//!
//! A report without a day begins, extends, ends and bounds no tenure. What it states supports the tenure of the same
//! rank or post, and is kept apart (`UndatedTenure`) if there is none.

mod build;
mod former;
mod present;
mod undated;

pub use former::{FormerEvidence, FormerTenure};

use super::Official;
use super::observation::{Observation, Place, are_several, events};
use super::post::PostKey;
use crate::report::{Dated, Day, dated};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use std::sync::Arc;

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
    pub text: Arc<str>,
    pub place: Place,
    /// The story of the report.
    #[serde(skip)]
    pub story: Option<i64>,
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
    pub text: Arc<str>,
    pub place: Place,
    /// The story of the report.
    #[serde(skip)]
    pub story: Option<i64>,
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
    /// Where reports say that it is not held any more: `nguyên`, its end, retirement, or that the chief's post of the
    /// same organisation was left.
    pub left: Vec<Place>,
    /// Every statement of it; never empty.
    pub evidence: Vec<UndatedEvidence>,
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

    /// The number of reports that state it; those of one story are one.
    pub fn reports(&self) -> usize {
        events(self.stating())
    }

    /// Whether more than one report states it. Found at once, where counting would look at all of them.
    pub fn has_several_reports(&self) -> bool {
        are_several(self.stating())
    }

    /// The stories and ids of the reports that state it.
    fn stating(&self) -> impl Iterator<Item = (Option<i64>, &str)> {
        let dated = self.evidence.iter().map(|seen| (seen.story, &*seen.place.report));
        dated.chain(self.undated.iter().map(|seen| (seen.story, &*seen.place.report)))
    }

    /// Whether a single report states it, and none announces its beginning or end.
    pub fn is_seen_once(&self) -> bool {
        !self.has_several_reports() && ![self.from.known, self.to.known].contains(&BoundBasis::Event)
    }

    /// The tenure as one that is held now.
    fn current(&self) -> CurrentTenure {
        CurrentTenure {
            text: self.text.clone(),
            organisation: self.post.as_ref().and_then(|key| key.organisation_left_out(&self.text)),
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
    /// The organisation that the words leave to their context, or that the text names behind a comma; `None` if they
    /// have it themselves.
    pub organisation: Option<String>,
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

impl CurrentTenure {
    /// Returns the text with the organisation, as `Tenure::with_unit` does: for a line of its own. In a row that names
    /// all posts one after the other, the next one says it.
    pub fn with_unit(&self) -> String {
        self.organisation.as_ref().map_or_else(|| self.text.clone(), |unit| format!("{} [{unit}]", self.text))
    }
}

/// All tenures of one official: ranks, then posts, each by beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Career {
    pub tenures: Vec<Tenure>,
    /// The ranks, then the posts, that only reports without a day state; each kind by the number of statements.
    pub undated: Vec<UndatedTenure>,
    /// Whether a report says that the official is dead, in whatever words and whenever: the dead hold no post.
    #[serde(skip)]
    pub dead: bool,
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

    /// Returns the rank that a report gives, the last one if it gives several; `None` if it gives none.
    pub fn rank_in(&self, report: &str) -> Option<String> {
        let ranks = || self.tenures.iter().filter(|t| t.kind == TenureKind::Rank);
        let dated = ranks().rev().find(|t| t.evidence.iter().any(|seen| *seen.place.report == *report));
        let states = |seen: &UndatedEvidence| *seen.place.report == *report;
        let supported = || ranks().rev().find(|t| t.undated.iter().any(states));
        let undated = || self.undated.iter().find(|t| t.kind == TenureKind::Rank && t.evidence.iter().any(states));
        dated.or_else(supported).map(|t| &t.text).or_else(|| Some(&undated()?.text)).cloned()
    }

    /// Returns the rank held on a day, by the reports; `None` if none tells.
    pub fn rank_on(&self, day: Day) -> Option<String> {
        let ranks = self.tenures.iter().filter(|t| t.kind == TenureKind::Rank);
        ranks.rev().find(|t| t.from.when.day <= day && day <= t.to.when.day).map(|t| t.text.clone())
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
mod tests;
