//! What one report says of one person, as far as careers need it: name, rank, posts, roles and events, each with the
//! byte where it begins. `PersonStatement` is what the cache stores (one line of JSON); `Observation` adds the report's
//! head.
//! Nothing here decides who is who.

use crate::extract::lexicon;
use crate::report::{CareerEventKind, Certainty, Dated, Day, Extraction, PostState, Rank, ReportKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A place in a report: a byte of its canonical text. Every row shown about an official has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub report: String,
    pub at: usize,
}

/// The head of a report: all that its observations share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportHead {
    pub report: String,
    pub title: String,
    /// What sort of report.
    pub kind: ReportKind,
    /// The day of the event, where the text gives one.
    pub day: Option<Day>,
    /// The day by which the report is sorted, always known: event day, else page day, end of the period, import.
    pub sort_day: Day,
    pub unit: Option<String>,
    /// Its address, else its file.
    pub source: String,
}

impl ReportHead {
    /// `sort_day`, and whether it is the event's own day.
    pub fn dated(&self) -> Dated {
        Dated { day: self.sort_day, certainty: Certainty::from_inferred(self.day.is_none()) }
    }
}

/// A rank that a text gives to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Cow<'_, str>, usize)", into = "(&str, usize)")]
pub struct RankSeen {
    pub rank: Rank,
    /// First byte of the words.
    pub at: usize,
}

/// A post that a text gives to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostSeen {
    /// The words, with the organisation.
    #[serde(rename = "t")]
    pub text: String,
    /// How it is held.
    #[serde(rename = "s", default, skip_serializing_if = "is_held")]
    pub state: PostState,
    /// First byte of the words.
    #[serde(rename = "a")]
    pub at: usize,
}

/// What somebody does at the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, usize)", into = "(String, usize)")]
pub struct RoleSeen {
    pub verb: String,
    /// First byte of the words.
    pub at: usize,
}

/// What happens to somebody's rank or posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSeen {
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

/// What a report says of one person. Its JSON keys are one letter each, because the cache stores one line for every person
/// of every report; the fields below give their meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonStatement {
    /// The fullest name, as written.
    #[serde(rename = "n")]
    pub name: String,
    /// First byte of the first mention.
    #[serde(rename = "a")]
    pub at: usize,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<RankSeen>,
    /// Former ranks that the text mentions.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub past_ranks: Vec<RankSeen>,
    /// Posts, in order of appearance.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<PostSeen>,
    #[serde(rename = "d", default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleSeen>,
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventSeen>,
    /// The country of a foreigner.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// What one report says of one person, and which report that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    pub head: ReportHead,
    /// Position among the report's people: protocol order, from 0.
    pub place: usize,
    pub said: PersonStatement,
}

impl PersonStatement {
    /// The key of `at` where the statement is kept as JSON, for queries that read that alone.
    pub const AT_KEY: &str = "a";

    /// What `found` states about its person number `index`; `None` if there is no such person.
    pub fn of(found: &Extraction, index: usize) -> Option<Self> {
        let person = found.people.get(index)?;
        let rank_seen = |r: &crate::report::RankSaid| RankSeen { rank: r.rank, at: r.span.start };
        Some(Self {
            name: person.name.clone(),
            at: person.mentions.first().map_or(0, |m| m.span.start),
            rank: person.rank.as_ref().map(rank_seen),
            past_ranks: person.past_ranks.iter().map(rank_seen).collect(),
            posts: person
                .posts
                .iter()
                .map(|p| PostSeen { text: p.text.clone(), state: p.state, at: p.span.start })
                .collect(),
            roles: person.roles.iter().map(|r| RoleSeen { verb: r.verb.to_owned(), at: r.span.start }).collect(),
            events: found
                .events
                .iter()
                .filter(|e| e.person == index)
                .map(|e| EventSeen { kind: e.kind, at: e.span.start, from: e.from.clone(), to: e.to.clone() })
                .collect(),
            country: person.country.clone(),
        })
    }

    /// One line of JSON: what a cache keeps.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Back from `to_json`; `None` if the line is not one that it wrote.
    pub fn from_json(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }
}

impl Observation {
    /// The place of the name itself.
    pub fn name_place(&self) -> Place {
        self.place_of(self.said.at)
    }

    /// The place of a byte of this report.
    pub fn place_of(&self, at: usize) -> Place {
        Place { report: self.head.report.clone(), at }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_held(state: &PostState) -> bool {
    *state == PostState::Holds
}

/// A rank is kept by its canonical name.
impl From<RankSeen> for (&'static str, usize) {
    fn from(seen: RankSeen) -> Self {
        (seen.rank.name, seen.at)
    }
}

impl TryFrom<(Cow<'_, str>, usize)> for RankSeen {
    type Error = String;

    fn try_from((name, at): (Cow<'_, str>, usize)) -> Result<Self, String> {
        let rank = lexicon::rank(&name).ok_or_else(|| format!("no such rank: {name}"))?;
        Ok(Self { rank, at })
    }
}

impl From<RoleSeen> for (String, usize) {
    fn from(seen: RoleSeen) -> Self {
        (seen.verb, seen.at)
    }
}

impl From<(String, usize)> for RoleSeen {
    fn from((verb, at): (String, usize)) -> Self {
        Self { verb, at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_whole() {
        let said = PersonStatement {
            name: "Lã Khắc Duệ".into(),
            at: 7,
            rank: lexicon::rank("Chuẩn Đô đốc").map(|rank| RankSeen { rank, at: 3 }),
            posts: vec![PostSeen { text: "Tư lệnh Vùng 6 Hải quân".into(), state: PostState::Leaving, at: 40 }],
            roles: vec![RoleSeen { verb: "dự".into(), at: 90 }],
            events: vec![EventSeen {
                kind: CareerEventKind::Appointed,
                at: 99,
                from: None,
                to: Some("Phó Tư lệnh".into()),
            }],
            ..PersonStatement::default()
        };
        assert_eq!(PersonStatement::from_json(&said.to_json()), Some(said));
    }
}
