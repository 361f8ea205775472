//! What of an observation bears on who it is: the grade of the rank, the posts that fill a working day, the units.

use crate::extract::syllable::is_vietnamese;
use crate::officials::observation::Observation;
use crate::officials::post::{PostKey, PostKeys};
use crate::officials::unit::UnitPath;
use crate::report::{CareerEventKind, Day, PostState, Rank};
use std::rc::Rc;

/// One observation, as identity sees it.
pub struct MentionFacts<'a> {
    /// Its index among the observations given.
    pub index: usize,
    pub seen: &'a Observation,
    /// The day in days, so that distances are plain numbers.
    pub day: i64,
    /// The rung of the ladder; equal for parallel ranks and for officers and professional servicemen.
    pub grade: Option<u16>,
    /// The highest rung at which the posts are held, where the text gives no rank.
    pub ceiling: Option<u16>,
    /// Whether the report tells of a fall in rank.
    pub demoted: bool,
    /// Posts held now that fill a working day.
    pub works: Vec<Rc<PostKey>>,
    /// Posts that few hold, now or before: they tie two mentions together.
    pub ties: Vec<Rc<PostKey>>,
    /// Posts of the past that the text tells of.
    pub former: Vec<Rc<PostKey>>,
    pub report_unit: Option<UnitPath>,
    /// Whether a word of the name is no Vietnamese syllable: few people share such a name.
    pub foreign_name: bool,
}

impl<'a> MentionFacts<'a> {
    pub fn of(index: usize, seen: &'a Observation, posts: &mut PostKeys) -> Self {
        let mut keys = posts.of(seen);
        let mut states: Vec<PostState> = seen.said.posts.iter().map(|p| p.state).collect();
        for event in seen.said.events.iter().filter(|e| changes_post(e.kind)) {
            for (words, state) in [(&event.from, PostState::Leaving), (&event.to, PostState::Entering)] {
                for (_, key) in words.iter().flat_map(|words| posts.several(words)) {
                    keys.push(key);
                    states.push(state);
                }
            }
        }
        let with = |wanted: &dyn Fn(&PostKey, PostState) -> bool| {
            keys.iter().zip(&states).filter(|(k, s)| wanted(k, **s)).map(|(k, _)| Rc::clone(k)).collect::<Vec<_>>()
        };
        let works = with(&|k, s| k.full_time && !matches!(s, PostState::Former | PostState::Late));
        let grade = seen.said.rank.and_then(|r| grade(r.rank));
        let ceiling = works.iter().filter_map(|k| k.highest).min().map(|order| order / 10);
        let mut words = seen.said.name.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty());
        Self {
            index,
            seen,
            day: days(seen.head.sort_day),
            grade,
            ceiling: if grade.is_none() { ceiling } else { None },
            demoted: seen.said.events.iter().any(|e| e.kind == CareerEventKind::Demoted),
            works,
            ties: with(&|k, _| k.single || (k.full_time && k.unit.is_some())),
            former: with(&|_, s| matches!(s, PostState::Former | PostState::Leaving)),
            report_unit: seen.head.unit.as_deref().and_then(|u| posts.unit(u)),
            foreign_name: words.any(|word| !is_vietnamese(word)),
        }
    }
}

fn changes_post(kind: CareerEventKind) -> bool {
    !matches!(kind, CareerEventKind::Promoted | CareerEventKind::Demoted)
}

/// The rung of a rank. The press's bare `tướng` says nothing of the rung.
pub fn grade(rank: Rank) -> Option<u16> {
    (rank.name != "tướng" && rank.order >= 10).then_some(rank.order / 10)
}

/// Days since a fixed day; months are taken as 31 days, which suits distances of weeks and years alike.
pub fn days(day: Day) -> i64 {
    i64::from(day.year()) * 372 + i64::from(day.month() - 1) * 31 + i64::from(day.day())
}
