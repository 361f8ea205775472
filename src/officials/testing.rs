//! Builders of observations for the tests of this layer, so that a test is short to write and easy to read; and example
//! holdings of posts.

use super::identity::identify;
use super::observation::{
    Observation, ObservedEvent, ObservedPost, ObservedRank, ObservedRole, PersonStatement, ReportHead,
};
use super::post_holders::Holding;
use crate::extract::lexicon;
use crate::report::{CareerEventKind, Certainty, Dated, PostState, ReportKind};

/// A person (`Lê Văn Thử` unless `named` otherwise) in a report with that id and day.
pub fn seen(report: &str, day: &str) -> Observation {
    Observation {
        head: ReportHead {
            report: report.into(),
            title: format!("Báo cáo {report}").into(),
            kind: ReportKind::Other,
            day: Some(Dated::stated(day.parse().unwrap())),
            unit: None,
            source: format!("{report}.txt").into(),
            story: None,
        },
        place: 0,
        statement: PersonStatement { name: "Lê Văn Thử".into(), at: 10, ..PersonStatement::default() },
    }
}

/// Adds an item to a list of a statement.
pub fn append<T>(list: &mut Box<[T]>, item: T) {
    *list = std::mem::take(list).into_iter().chain([item]).collect();
}

/// A post that is held.
pub fn held(text: &str) -> ObservedPost {
    ObservedPost { text: text.into(), state: PostState::Holds, at: 0, above: None }
}

/// The holdings of three posts in two military regions. In one post, another follows after two years without reports.
pub fn example_holdings() -> Vec<Holding> {
    let observations = [
        seen("a", "2016-01-01").named("Lý Tất Đạt").rank("Thiếu tướng").post("Chính ủy Quân khu 10"),
        seen("b", "2018-06-01").named("Lý Tất Đạt").rank("Trung tướng").post("Chính ủy QK10"),
        seen("c", "2020-01-01").named("Đỗ Quang Khải").rank("Thiếu tướng").post("Phó Chính ủy Quân khu 10"),
        seen("d", "2021-01-01")
            .named("Đỗ Quang Khải")
            .rank("Thiếu tướng")
            .post_as("Phó Chính ủy Quân khu 10", PostState::Leaving)
            .post_as("Chính uỷ Quân khu 10", PostState::Entering),
        seen("e", "2021-01-01").named("Hồ Sĩ Nhã").rank("Đại tá").post("Chính ủy Quân khu 11"),
    ];
    let officials = identify(&observations, &[]);
    officials.iter().flat_map(|o| Holding::all_of(o, &observations)).collect()
}

impl Observation {
    pub fn named(mut self, name: &str) -> Self {
        self.statement.name = name.into();
        self
    }

    pub fn rank(mut self, rank: &str) -> Self {
        let rank = lexicon::rank(rank).unwrap_or_else(|| panic!("no rank {rank}"));
        self.statement.rank = Some(ObservedRank { rank, at: 5 });
        self
    }

    pub fn unit(mut self, unit: &str) -> Self {
        self.head.unit = Some(unit.into());
        self
    }

    pub fn posts(mut self, posts: Vec<ObservedPost>) -> Self {
        self.statement.posts = posts;
        self
    }

    /// Adds a post that is held; each post is at a later byte of the text.
    pub fn post(self, text: &str) -> Self {
        self.post_as(text, PostState::Holds)
    }

    pub fn post_as(mut self, text: &str, state: PostState) -> Self {
        let at = 30 + 40 * self.statement.posts.len();
        self.statement.posts.push(ObservedPost { text: text.into(), state, at, above: None });
        self
    }

    /// The organisation behind a comma behind the last post.
    pub fn above(mut self, unit: &str) -> Self {
        if let Some(post) = self.statement.posts.last_mut() {
            post.above = Some(unit.into());
        }
        self
    }

    /// A rank that the report calls a former one.
    pub fn past_rank(mut self, rank: &str) -> Self {
        append(&mut self.statement.past_ranks, ObservedRank { rank: lexicon::rank(rank).unwrap(), at: 5 });
        self
    }

    /// The country around a foreign name.
    pub fn near(mut self, country: &str) -> Self {
        self.statement.country_nearby = Some(country.into());
        self
    }

    /// The name is clearly no Vietnamese one.
    pub fn foreign_name(mut self) -> Self {
        self.statement.foreign_name = true;
        self
    }

    /// The report says that the person is accused of a crime.
    pub fn accused(mut self) -> Self {
        self.statement.accused = true;
        self
    }

    /// The report says that the person is dead.
    pub fn late(mut self) -> Self {
        self.statement.late = true;
        self
    }

    pub fn role(mut self, verb: &str) -> Self {
        append(&mut self.statement.roles, ObservedRole { verb: verb.into(), at: 200 });
        self
    }

    pub fn event(mut self, kind: CareerEventKind, from: Option<&str>, to: Option<&str>) -> Self {
        let event = ObservedEvent { kind, at: 300, from: from.map(Into::into), to: to.map(Into::into) };
        append(&mut self.statement.events, event);
        self
    }

    pub fn at_place(mut self, place: usize) -> Self {
        self.place = place;
        self.statement.at += 500 * place;
        self
    }

    pub fn from(mut self, country: &str) -> Self {
        self.statement.country = Some(country.into());
        self
    }

    /// Makes the day an inferred one: the text does not state it.
    pub fn inferred(mut self) -> Self {
        self.head.day = self.head.day.map(|dated| Dated { certainty: Certainty::Inferred, ..dated });
        self
    }

    /// Removes the day: nothing tells it.
    pub fn undated(mut self) -> Self {
        self.head.day = None;
        self
    }
}
