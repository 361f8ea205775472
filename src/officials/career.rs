//! Observations of one official become tenures: which rank and which post from when to when, each with its evidence.
//! Gaps stay gaps, contradictions stand side by side, nothing is filled in.

use super::Official;
use super::observation::{Observation, Place};
use super::page::Now;
use crate::report::{Day, EventKind, PostState};
use crate::text::syllable::tone_normal;
use serde::Serialize;

/// Rank or post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// A rank.
    Rank,
    /// A post.
    Post,
}

/// How a beginning or an end is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// A report tells of the event.
    Event,
    /// The next rank has been given by then, or the post is called a former one.
    By,
    /// Only seen so far: it may reach further.
    Seen,
}

/// The beginning or the end of a tenure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// The day.
    pub day: Day,
    /// Whether that day is not the event's own, but taken from the page, the period or the import.
    pub inferred: bool,
    /// How it is known.
    pub known: Known,
    /// Where it is said.
    pub place: Place,
}

impl Edge {
    /// Whether the texts leave it open: drawn as `?`.
    pub fn open(&self) -> bool {
        self.known == Known::Seen
    }
}

/// A sentence that gives the rank or post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The report's day.
    pub day: Day,
    /// Whether that day is not the event's own.
    pub inferred: bool,
    /// As written there.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// A rank or a post over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tenure {
    /// Which of the two.
    pub line: Line,
    /// As written last.
    pub text: String,
    /// The form in which two spellings are one.
    pub key: String,
    /// The beginning.
    pub from: Edge,
    /// The end, or the last that is seen of it.
    pub to: Edge,
    /// Whether reports contradict each other about it.
    pub disputed: bool,
    /// Every sentence that gives it, by time; never empty.
    pub evidence: Vec<Seen>,
}

/// All tenures of one official: ranks, then posts, each by beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Career {
    /// The tenures.
    pub tenures: Vec<Tenure>,
}

impl Career {
    /// The career that the official's observations tell.
    pub fn of(official: &Official, observations: &[Observation]) -> Self {
        let mut tenures: Vec<Tenure> = Vec::new();
        for seen in official.of(observations) {
            if let Some(rank) = seen.said.rank {
                let promoted = seen.said.events.iter().any(|e| e.kind == EventKind::Promoted);
                add(&mut tenures, Line::Rank, rank.rank.name, seen, rank.at, promoted, false);
            }
            for post in &seen.said.posts {
                let entering = post.state == PostState::Entering;
                let left = matches!(post.state, PostState::Former | PostState::Leaving);
                add(&mut tenures, Line::Post, &post.text, seen, post.at, entering, left);
            }
        }
        tenures.sort_by(|a, b| (a.line, a.from.day, &a.from.place).cmp(&(b.line, b.from.day, &b.from.place)));
        Self { tenures }
    }

    /// What is held now: the last rank, or the posts of the newest report that names any.
    pub fn now(&self, line: Line) -> impl Iterator<Item = Now> {
        let newest = self.tenures.iter().filter(|t| t.line == line && t.to.open()).map(|t| t.to.day).max();
        self.tenures.iter().filter(move |t| t.line == line && t.to.open() && Some(t.to.day) == newest).map(|t| Now {
            text: t.text.clone(),
            since: t.from.day,
            since_event: t.from.known == Known::Event,
            seen: t.to.day,
            place: t.from.place.clone(),
        })
    }
}

fn add(tenures: &mut Vec<Tenure>, line: Line, text: &str, seen: &Observation, at: usize, begins: bool, ends: bool) {
    let key = tone_normal(text);
    let edge =
        |known| Edge { day: seen.head.sort_day, inferred: seen.head.day.is_none(), known, place: seen.place_of(at) };
    let seen_here = Seen {
        day: seen.head.sort_day,
        inferred: seen.head.day.is_none(),
        text: text.to_owned(),
        place: seen.place_of(at),
    };
    let end = edge(if ends { Known::By } else { Known::Seen });
    if let Some(tenure) = tenures.iter_mut().rev().find(|t| t.line == line && t.key == key) {
        tenure.evidence.push(seen_here);
        text.clone_into(&mut tenure.text);
        tenure.to = end;
    } else {
        tenures.push(Tenure {
            line,
            text: text.to_owned(),
            key,
            from: edge(if begins { Known::Event } else { Known::Seen }),
            to: end,
            disputed: false,
            evidence: vec![seen_here],
        });
    }
}
