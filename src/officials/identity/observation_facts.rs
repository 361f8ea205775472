//! The part of an observation that identification compares: the grade of the rank, the full-time posts, the units.
//! Computed once for each observation, because an observation is compared with many others and parsing posts is slow.

use crate::extract::vietnamese_syllable::is_vietnamese;
use crate::officials::observation::Observation;
use crate::officials::post::{PostKey, PostKeys};
use crate::officials::unit::UnitPath;
use crate::report::{CareerEventKind, Dated, PostState, Rank};
use std::collections::HashMap;
use std::rc::Rc;

/// One observation, reduced to the data that is compared.
pub struct ObservationFacts<'a> {
    /// The index of the observation in the list given to `identify`.
    pub index: usize,
    pub seen: &'a Observation,
    /// The day of the report, inferred or not. Observations without one are never compared in time.
    pub day: Option<Dated>,
    /// The grade of the rank (see `grade`); equal for parallel ranks. `None` if the text states no rank, or only
    /// `tướng` (general).
    pub grade: Option<u16>,
    /// The grade of the highest former rank that the text states, if it states no present one. When it was held is
    /// unknown, so it contradicts nothing.
    pub past_grade: Option<u16>,
    /// Only if there is no grade: the highest grade at which the posts are held. It can contradict a higher rank seen
    /// before.
    pub ceiling: Option<u16>,
    /// Whether the report announces a demotion.
    pub demoted: bool,
    /// The posts that the report states.
    pub posts: Rc<StatedPosts>,
    /// The issuing unit of the report.
    pub report_unit: Option<Rc<UnitPath>>,
    /// Whether a word of the name is not a Vietnamese syllable: few people share such a name.
    pub foreign_name: bool,
    /// The country of a foreigner, as the report states it or as a post names it.
    pub country: Option<&'a str>,
    /// Whether the report says anything of the person by which an official is known: a rank, a post, a change of one.
    pub has_sign: bool,
}

/// The posts of one observation, by what they tell.
pub struct StatedPosts {
    /// Full-time posts held at the time of the report, including those that an event of the report begins or ends.
    pub works: Vec<Rc<PostKey>>,
    /// Posts that few people hold, now or before: two observations that share one are probably one person.
    pub ties: Vec<Rc<PostKey>>,
    /// Other posts whose words say which they are, now or before: `Ủy viên Trung ương Đảng`.
    pub seats: Vec<Rc<PostKey>>,
    /// Posts that leave out which they are (`PostKey::is_bare`), now or before.
    pub bare: Vec<Rc<PostKey>>,
    /// Former posts, and posts that the report ends.
    pub former: Vec<Rc<PostKey>>,
}

/// What observations have in common: of a frequent name, very many state the same posts of the same units.
#[derive(Default)]
pub struct SharedFacts {
    pub keys: PostKeys,
    /// By the places in memory of the keys, which stay there because the posts refer to all of them.
    posts: HashMap<Vec<(*const PostKey, PostState)>, Rc<StatedPosts>>,
}

impl SharedFacts {
    /// The posts with these keys in these states.
    fn posts(&mut self, posts: &[(Rc<PostKey>, PostState)]) -> Rc<StatedPosts> {
        let places = posts.iter().map(|(key, state)| (Rc::as_ptr(key), *state)).collect();
        Rc::clone(self.posts.entry(places).or_insert_with(|| Rc::new(StatedPosts::of(posts))))
    }
}

impl StatedPosts {
    fn of(posts: &[(Rc<PostKey>, PostState)]) -> Self {
        let posts_where = |wanted: &dyn Fn(&PostKey, PostState) -> bool| -> Vec<Rc<PostKey>> {
            posts.iter().filter(|(key, state)| wanted(key, *state)).map(|(key, _)| Rc::clone(key)).collect()
        };
        Self {
            works: posts_where(&|key, state| {
                key.full_time && !key.is_bare() && !matches!(state, PostState::Former | PostState::Late)
            }),
            ties: posts_where(&|key, _| is_tie(key)),
            seats: posts_where(&|key, _| !key.is_bare() && !is_tie(key)),
            bare: posts_where(&|key, _| key.is_bare()),
            former: posts_where(&|_, state| matches!(state, PostState::Former | PostState::Leaving)),
        }
    }
}

impl<'a> ObservationFacts<'a> {
    /// Reduces one observation to what is compared; `shared` has what others have in common with it.
    pub fn of(index: usize, seen: &'a Observation, shared: &mut SharedFacts) -> Self {
        let states = seen.statement.posts.iter().map(|post| post.state);
        let mut posts: Vec<(Rc<PostKey>, PostState)> = shared.keys.of(seen).into_iter().zip(states).collect();
        for event in seen.statement.events.iter().filter(|e| changes_post(e.kind)) {
            for (words, state) in [(&event.from, PostState::Leaving), (&event.to, PostState::Entering)] {
                let of_event = words.iter().flat_map(|words| shared.keys.posts_with_keys(words));
                posts.extend(of_event.map(|(_, key)| (key, state)));
            }
        }
        let grade = seen.statement.rank.and_then(|r| grade(r.rank));
        let past_grade = seen.statement.past_ranks.iter().filter_map(|past| self::grade(past.rank)).max();
        let country = seen.statement.country.as_deref().or_else(|| posts.iter().find_map(|(key, _)| key.country));
        let posts = shared.posts(&posts);
        let ceiling = posts.works.iter().filter_map(|k| k.highest).min().map(|order| order / 10);
        let mut words = seen.statement.name.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty());
        Self {
            index,
            seen,
            day: seen.head.day,
            grade,
            past_grade: if grade.is_none() { past_grade } else { None },
            ceiling: if grade.is_none() { ceiling } else { None },
            demoted: seen.statement.events.iter().any(|e| e.kind == CareerEventKind::Demoted),
            posts,
            report_unit: seen.head.unit.as_deref().and_then(|unit| shared.keys.unit(unit)),
            foreign_name: words.any(|word| !is_vietnamese(word)),
            country,
            has_sign: seen.statement.rank.is_some()
                || !seen.statement.past_ranks.is_empty()
                || !seen.statement.posts.is_empty()
                || !seen.statement.events.is_empty(),
        }
    }
}

impl ObservationFacts<'_> {
    /// The grade of the rank that the text states, a former one if it states no other.
    pub fn grade_ever(&self) -> Option<u16> {
        self.grade.or(self.past_grade)
    }
}

/// Whether few people hold a post of which the words say which it is.
fn is_tie(key: &PostKey) -> bool {
    let is_one = key.single || key.country.is_some() || (key.full_time && (key.unit.is_some() || !key.takes_unit));
    !key.is_bare() && is_one
}

fn changes_post(kind: CareerEventKind) -> bool {
    !matches!(kind, CareerEventKind::Promoted | CareerEventKind::Demoted)
}

/// Returns the grade of a rank: its order in ranks.tsv divided by ten, rounded up. Equal grades are one rank for
/// identification. A professional serviceman's rank (`Thượng tá QNCN`, 129) has the grade of the officer's rank of the
/// same name (`Thượng tá`, 130), because papers leave the addition out. `None` for the press's bare `tướng` (general),
/// which can be any of several grades, and for cadets (below 10).
pub fn grade(rank: Rank) -> Option<u16> {
    (rank.name != "tướng" && rank.order >= 10).then_some(rank.order.div_ceil(10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon;

    #[test]
    fn a_professional_serviceman_has_the_grade_of_the_officer() {
        let grade_of = |name: &str| grade(lexicon::rank(name).unwrap());
        for rank in ["Thượng tá", "Thiếu tá", "Đại úy"] {
            assert_eq!(grade_of(rank), grade_of(&format!("{rank} QNCN")), "{rank}");
        }
        assert!(grade_of("Trung tá") < grade_of("Thượng tá QNCN") && grade_of("Thượng tá QNCN") < grade_of("Đại tá"));
        assert_eq!(grade_of("tướng"), None);
    }
}
