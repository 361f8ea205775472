//! The statements of one report about one person, reduced to what identification and careers need: name, rank, posts,
//! roles and events, each with the byte where it begins. The cache stores a `PersonStatement` as one line of JSON; an
//! `Observation` adds the head of the report. Deciding who is who is left to `identity`.

use crate::extract::lexicon;
use crate::report::{CareerEventKind, Dated, Extraction, PostState, Rank, ReportKind, StatedPost};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A place in a report: the citation that every row about an official has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The id of the report, shared by all places in it.
    pub report: Arc<str>,
    /// Byte offset in its canonical text.
    pub at: usize,
}

/// The head of a report: the data that all its observations share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportHead {
    /// The id of the report.
    pub report: Arc<str>,
    pub title: Arc<str>,
    pub kind: ReportKind,
    /// The day of the event, stated or inferred; `None` if neither the text nor its page tells it. The day of import is
    /// never used: it would date every text without a day to the present.
    pub day: Option<Dated>,
    /// The issuing unit; `None` if the text does not state it.
    pub unit: Option<Arc<str>>,
    /// The address of the report, else its file.
    pub source: Arc<str>,
    /// The story that it tells, if other reports tell it too: equal for all of them.
    pub story: Option<i64>,
}

/// The number of events among reports, each given by its story and its id: those of one story are one.
pub fn events<'a>(reports: impl Iterator<Item = (Option<i64>, &'a str)>) -> usize {
    // Sorted, because a hash set of the reports of a frequent official takes several times the memory.
    let mut events: Vec<_> = reports.map(event).collect();
    events.sort_unstable();
    events.dedup();
    events.len()
}

/// Whether `events` would count more than one.
pub fn are_several<'a>(reports: impl Iterator<Item = (Option<i64>, &'a str)>) -> bool {
    let mut events = reports.map(event);
    let first = events.next();
    events.any(|event| Some(event) != first)
}

fn event((story, report): (Option<i64>, &str)) -> (Option<i64>, &str) {
    (story, if story.is_some() { "" } else { report })
}

/// A rank that a text states for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Cow<'_, str>, usize)", into = "(&str, usize)")]
pub struct ObservedRank {
    pub rank: Rank,
    /// First byte of the words.
    pub at: usize,
}

/// A post that a text states for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedPost {
    /// The words as written, with the organisation.
    #[serde(rename = "t")]
    pub text: Arc<str>,
    #[serde(rename = "s", default, skip_serializing_if = "is_held")]
    pub state: PostState,
    /// First byte of the words.
    #[serde(rename = "a")]
    pub at: usize,
    /// The organisation that the text names behind a comma, which is no part of the words.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub above: Option<String>,
}

impl ObservedPost {
    /// The post as identification and careers need it.
    pub fn of(post: &StatedPost) -> Self {
        Self { text: post.text.as_str().into(), state: post.state, at: post.span.start, above: post.above.clone() }
    }
}

/// A role of a person at the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, usize)", into = "(String, usize)")]
pub struct ObservedRole {
    pub verb: String,
    /// First byte of the words.
    pub at: usize,
}

/// A change in a person's rank or posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservedEvent {
    #[serde(rename = "k")]
    pub kind: CareerEventKind,
    /// First byte of the sentence or clause.
    #[serde(rename = "a")]
    pub at: usize,
    /// The old rank or post, as written.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The new rank or post, as written.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// The statements of one report about one person. JSON keys are one letter each, because the cache stores one line for
/// every person of every report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonStatement {
    /// The fullest name, as written.
    #[serde(rename = "n")]
    pub name: Arc<str>,
    /// First byte of the first mention.
    #[serde(rename = "a")]
    pub at: usize,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<ObservedRank>,
    /// Former ranks that the text mentions.
    #[serde(rename = "w", default, skip_serializing_if = "<[_]>::is_empty")]
    pub past_ranks: Box<[ObservedRank]>,
    /// Posts, in order of appearance.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<ObservedPost>,
    #[serde(rename = "d", default, skip_serializing_if = "<[_]>::is_empty")]
    pub roles: Box<[ObservedRole]>,
    #[serde(rename = "e", default, skip_serializing_if = "<[_]>::is_empty")]
    pub events: Box<[ObservedEvent]>,
    /// The country of a foreigner.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Arc<str>>,
    /// Without one: the country of the report around the name, which decides nothing about who is who.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub country_nearby: Option<Arc<str>>,
    /// Whether the name is clearly no Vietnamese one.
    #[serde(rename = "f", default, skip_serializing_if = "std::ops::Not::not")]
    pub foreign_name: bool,
    /// Whether the report says that the person is accused of a crime.
    #[serde(rename = "x", default, skip_serializing_if = "std::ops::Not::not")]
    pub accused: bool,
    /// Whether the report says that the person is dead.
    #[serde(rename = "l", default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

/// The statements of one report about one person, with the head of the report: the input of identification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub head: ReportHead,
    /// Position among the report's people: protocol order, from 0.
    pub place: usize,
    pub statement: PersonStatement,
}

impl PersonStatement {
    /// The JSON key of `at`, for SQL queries that read only this field of the stored line.
    pub const AT_KEY: &str = "a";

    /// Collects the statements of `found` about its person number `index`; `None` if there is no such person.
    pub fn of(found: &Extraction, index: usize) -> Option<Self> {
        let person = found.people.get(index)?;
        let rank_seen = |r: &crate::report::StatedRank| ObservedRank { rank: r.rank, at: r.span.start };
        Some(Self {
            name: person.name.as_str().into(),
            at: person.mentions.first().map_or(0, |m| m.span.start),
            rank: person.rank.as_ref().map(rank_seen),
            past_ranks: person.past_ranks.iter().map(rank_seen).collect(),
            posts: person.posts.iter().map(ObservedPost::of).collect(),
            roles: person.roles.iter().map(|r| ObservedRole { verb: r.verb.to_owned(), at: r.span.start }).collect(),
            events: found
                .events
                .iter()
                .filter(|e| e.person == index)
                .map(|e| ObservedEvent { kind: e.kind, at: e.span.start, from: e.from.clone(), to: e.to.clone() })
                .collect(),
            country: person.country.as_deref().map(Into::into),
            country_nearby: person.country_nearby.as_deref().map(Into::into),
            foreign_name: person.foreign_name,
            accused: person.accused,
            late: person.late,
        })
    }

    /// Returns the statement as one line of JSON, for the cache.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Parses a line written by `to_json`; `None` if it is not one.
    pub fn from_json(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }
}

impl Observation {
    /// Returns the place of the first mention of the person.
    pub fn name_place(&self) -> Place {
        self.place_of(self.statement.at)
    }

    /// Returns the place of byte `at` of this report.
    pub fn place_of(&self, at: usize) -> Place {
        Place { report: Arc::clone(&self.head.report), at }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde requires this signature")]
fn is_held(state: &PostState) -> bool {
    *state == PostState::Holds
}

/// A rank is stored by its canonical name; `TryFrom` looks it up in ranks.tsv again.
impl From<ObservedRank> for (&'static str, usize) {
    fn from(seen: ObservedRank) -> Self {
        (seen.rank.name, seen.at)
    }
}

impl TryFrom<(Cow<'_, str>, usize)> for ObservedRank {
    type Error = String;

    fn try_from((name, at): (Cow<'_, str>, usize)) -> Result<Self, String> {
        let rank = lexicon::rank(&name).ok_or_else(|| format!("no such rank: {name}"))?;
        Ok(Self { rank, at })
    }
}

impl From<ObservedRole> for (String, usize) {
    fn from(seen: ObservedRole) -> Self {
        (seen.verb, seen.at)
    }
}

impl From<(String, usize)> for ObservedRole {
    fn from((verb, at): (String, usize)) -> Self {
        Self { verb, at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_of_one_story_are_one_event() {
        for (reports, count) in [
            (&[][..], 0),
            (&[(None, "a")], 1),
            (&[(Some(1), "a"), (Some(1), "b"), (Some(1), "c")], 1),
            (&[(None, "a"), (None, "a"), (None, "b")], 2),
            (&[(Some(1), "a"), (Some(2), "a")], 2),
            (&[(Some(1), "a"), (None, "a"), (None, "b")], 3),
        ] {
            let told = || reports.iter().copied();
            assert_eq!((events(told()), are_several(told())), (count, count > 1), "{reports:?}");
        }
    }

    #[test]
    fn what_is_kept_comes_back_whole() {
        let said = PersonStatement {
            name: "Lã Khắc Duệ".into(),
            at: 7,
            rank: lexicon::rank("Chuẩn Đô đốc").map(|rank| ObservedRank { rank, at: 3 }),
            posts: vec![ObservedPost {
                text: "Tư lệnh Vùng 6 Hải quân".into(),
                state: PostState::Leaving,
                at: 40,
                above: Some("Quân chủng Hải quân".into()),
            }],
            roles: vec![ObservedRole { verb: "dự".into(), at: 90 }].into(),
            events: vec![ObservedEvent {
                kind: CareerEventKind::Appointed,
                at: 99,
                from: None,
                to: Some("Phó Tư lệnh".into()),
            }]
            .into(),
            ..PersonStatement::default()
        };
        assert_eq!(PersonStatement::from_json(&said.to_json()), Some(said));
    }
}
