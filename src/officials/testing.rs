//! Builders of observations for the tests of this layer, so that a test is short to write and easy to read.

use super::observation::{EventSeen, Observation, PersonStatement, PostSeen, RankSeen, ReportHead, RoleSeen};
use crate::extract::lexicon;
use crate::report::{CareerEventKind, PostState, ReportKind};

/// A person (`Lê Văn Thử` unless `named` otherwise) in a report with that id and day.
pub fn seen(report: &str, day: &str) -> Observation {
    let day = day.parse().unwrap();
    Observation {
        head: ReportHead {
            report: report.into(),
            title: format!("Báo cáo {report}"),
            kind: ReportKind::Other,
            day: Some(day),
            sort_day: day,
            unit: None,
            source: format!("{report}.txt"),
        },
        place: 0,
        said: PersonStatement { name: "Lê Văn Thử".into(), at: 10, ..PersonStatement::default() },
    }
}

/// A post that is held.
pub fn held(text: &str) -> PostSeen {
    PostSeen { text: text.into(), state: PostState::Holds, at: 0 }
}

impl Observation {
    pub fn named(mut self, name: &str) -> Self {
        self.said.name = name.into();
        self
    }

    pub fn rank(mut self, rank: &str) -> Self {
        let rank = lexicon::rank(rank).unwrap_or_else(|| panic!("no rank {rank}"));
        self.said.rank = Some(RankSeen { rank, at: 5 });
        self
    }

    pub fn unit(mut self, unit: &str) -> Self {
        self.head.unit = Some(unit.into());
        self
    }

    pub fn posts(mut self, posts: Vec<PostSeen>) -> Self {
        self.said.posts = posts;
        self
    }

    /// Adds a post that is held; each post is at a later byte of the text.
    pub fn post(self, text: &str) -> Self {
        self.post_as(text, PostState::Holds)
    }

    pub fn post_as(mut self, text: &str, state: PostState) -> Self {
        let at = 30 + 40 * self.said.posts.len();
        self.said.posts.push(PostSeen { text: text.into(), state, at });
        self
    }

    pub fn role(mut self, verb: &str) -> Self {
        self.said.roles.push(RoleSeen { verb: verb.into(), at: 200 });
        self
    }

    pub fn event(mut self, kind: CareerEventKind, from: Option<&str>, to: Option<&str>) -> Self {
        self.said.events.push(EventSeen { kind, at: 300, from: from.map(Into::into), to: to.map(Into::into) });
        self
    }

    pub fn at_place(mut self, place: usize) -> Self {
        self.place = place;
        self.said.at += 500 * place;
        self
    }

    pub fn from(mut self, country: &str) -> Self {
        self.said.country = Some(country.into());
        self
    }

    /// Makes the day an inferred one: the text does not state it.
    pub fn undated(mut self) -> Self {
        self.head.day = None;
        self
    }
}
