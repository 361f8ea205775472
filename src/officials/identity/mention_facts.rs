//! What of an observation matters for identity: the grade of the rank, the full-time posts, the units. Worked out once a
//! mention, because a mention is compared with many others.

use crate::extract::vietnamese_syllable::is_vietnamese;
use crate::officials::observation::Observation;
use crate::officials::post::{PostKey, PostKeys};
use crate::officials::unit::UnitPath;
use crate::report::{CareerEventKind, Day, PostState, Rank};
use std::rc::Rc;

/// One observation, reduced to what identity compares.
pub struct MentionFacts<'a> {
    /// Its index among the observations given to `identify`.
    pub index: usize,
    pub seen: &'a Observation,
    /// The day of the report, inferred or not.
    pub day: Day,
    /// The rung of the ladder; equal for parallel ranks and for officers and professional servicemen.
    pub grade: Option<u16>,
    /// If the text gives no rank: the highest rung at which the posts are held.
    pub ceiling: Option<u16>,
    /// Whether the report announces a demotion.
    pub demoted: bool,
    /// Full-time posts held now.
    pub works: Vec<Rc<PostKey>>,
    /// Posts that few people hold, now or before: two mentions that share one are probably one person.
    pub ties: Vec<Rc<PostKey>>,
    /// Former posts that the text mentions.
    pub former: Vec<Rc<PostKey>>,
    pub report_unit: Option<UnitPath>,
    /// Whether a word of the name is not a Vietnamese syllable: few people share such a name.
    pub foreign_name: bool,
}

impl<'a> MentionFacts<'a> {
    /// The facts of one observation; `posts` caches what posts and units mean.
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
        let posts_where = |wanted: &dyn Fn(&PostKey, PostState) -> bool| -> Vec<Rc<PostKey>> {
            keys.iter()
                .zip(&states)
                .filter(|(key, state)| wanted(key, **state))
                .map(|(key, _)| Rc::clone(key))
                .collect()
        };
        let works = posts_where(&|key, state| key.full_time && !matches!(state, PostState::Former | PostState::Late));
        let grade = seen.said.rank.and_then(|r| grade(r.rank));
        let ceiling = works.iter().filter_map(|k| k.highest).min().map(|order| order / 10);
        let mut words = seen.said.name.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty());
        Self {
            index,
            seen,
            day: seen.head.sort_day,
            grade,
            ceiling: if grade.is_none() { ceiling } else { None },
            demoted: seen.said.events.iter().any(|e| e.kind == CareerEventKind::Demoted),
            works,
            ties: posts_where(&|key, _| key.single || (key.full_time && key.unit.is_some())),
            former: posts_where(&|_, state| matches!(state, PostState::Former | PostState::Leaving)),
            report_unit: seen.head.unit.as_deref().and_then(|u| posts.unit(u)),
            foreign_name: words.any(|word| !is_vietnamese(word)),
        }
    }
}

fn changes_post(kind: CareerEventKind) -> bool {
    !matches!(kind, CareerEventKind::Promoted | CareerEventKind::Demoted)
}

/// The rung of a rank. `None` for the bare `tướng` (general) of the press, which does not say which rung.
pub fn grade(rank: Rank) -> Option<u16> {
    (rank.name != "tướng" && rank.order >= 10).then_some(rank.order / 10)
}
