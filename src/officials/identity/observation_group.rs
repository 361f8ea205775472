//! A set of observations that are considered one person, with indexes that make comparing two groups fast.
//!
//! Observations are numbered in order of time, so a group is a sorted set of numbers, in which neighbours in time are
//! found at once. It is no list, because one observation after the other is added to a group of very many:
//!
//! ```text
//!   members   0  2  5  6  9        all observations
//!   ranked    0     5     9        those with a day whose text states a rank
//!   capped       2                 those without a rank, but with a post that limits it
//! ```

use super::observation_facts::ObservationFacts;
use crate::officials::post::PostKey;
use crate::officials::unit::UnitPath;
use crate::report::Day;
use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;
use std::rc::Rc;

/// A unit in which the person holds a full-time post.
pub struct UnitService {
    pub unit: UnitPath,
    /// The first and last day on which a report states it; `None` if only reports without a day do.
    pub seen: Option<ServiceDays>,
}

/// The first and last day on which reports state a service.
#[derive(Clone, Copy)]
pub struct ServiceDays {
    pub first: Day,
    pub last: Day,
}

impl ServiceDays {
    /// Returns the days from the first of both to the last of both.
    fn joined(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// Observations of one person. Empty until `add` or `add_all`.
#[derive(Default)]
pub struct ObservationGroup<'a> {
    /// Numbers of all observations.
    pub members: BTreeSet<usize>,
    /// Numbers of the observations with a rank and a day.
    ranked: BTreeSet<usize>,
    /// Numbers of the observations with a rank but without a day, or with a former rank only. Ranks are compared in
    /// order of time, so these contradict none.
    ranked_undated: BTreeSet<usize>,
    /// Numbers of the observations with a day, but without a rank, whose posts limit it.
    capped: BTreeSet<usize>,
    /// The grades of all ranks (`ObservationFacts::grade_ever`).
    pub grades: BTreeSet<u16>,
    /// One row for each unit in which the person holds a full-time post.
    pub works: Vec<UnitService>,
    /// All posts of `ObservationFacts::ties`, each once.
    pub ties: Vec<Rc<PostKey>>,
    /// All posts of `ObservationFacts::seats`, each once.
    pub seats: Vec<Rc<PostKey>>,
    /// All posts of `ObservationFacts::bare`, each once.
    pub bare: Vec<Rc<PostKey>>,
    /// All posts of `ObservationFacts::former`, each once.
    pub former: Vec<Rc<PostKey>>,
    /// Ids of the reports; two groups that share one are two persons.
    pub reports: HashSet<&'a str>,
    pub country: Option<&'a str>,
    /// The country of the report around the name, of those observations that state none.
    pub country_nearby: Option<&'a str>,
    /// Whether a report says that the person is accused of a crime.
    pub accused: bool,
}

impl<'a> ObservationGroup<'a> {
    /// Adds an observation and updates the indexes.
    pub fn add(&mut self, number: usize, fact: &ObservationFacts<'a>) {
        self.members.insert(number);
        if fact.grade.is_some() {
            let ranked = if fact.day.is_some() { &mut self.ranked } else { &mut self.ranked_undated };
            ranked.insert(number);
        } else if fact.past_grade.is_some() {
            self.ranked_undated.insert(number);
        } else if fact.ceiling.is_some() && fact.day.is_some() {
            self.capped.insert(number);
        }
        self.grades.extend(fact.grade_ever());
        for unit in fact.posts.works.iter().filter_map(|post| post.unit.as_ref()) {
            let seen = fact.day.map(|dated| ServiceDays { first: dated.day, last: dated.day });
            self.add_service(unit, seen);
        }
        add_new(&mut self.ties, &fact.posts.ties);
        add_new(&mut self.seats, &fact.posts.seats);
        add_new(&mut self.bare, &fact.posts.bare);
        add_new(&mut self.former, &fact.posts.former);
        self.reports.insert(&fact.seen.head.report);
        self.country = self.country.or(fact.country);
        self.country_nearby = self.country_nearby.or(fact.seen.statement.country_nearby.as_deref());
        self.accused |= fact.seen.statement.accused;
    }

    /// Adds all observations of another group.
    pub fn add_all(&mut self, other: ObservationGroup<'a>) {
        for (own, others) in [
            (&mut self.members, other.members),
            (&mut self.ranked, other.ranked),
            (&mut self.ranked_undated, other.ranked_undated),
            (&mut self.capped, other.capped),
        ] {
            own.extend(others);
        }
        self.grades.extend(other.grades);
        for work in &other.works {
            self.add_service(&work.unit, work.seen);
        }
        add_new(&mut self.ties, &other.ties);
        add_new(&mut self.seats, &other.seats);
        add_new(&mut self.bare, &other.bare);
        add_new(&mut self.former, &other.former);
        self.reports.extend(other.reports);
        self.country = self.country.or(other.country);
        self.country_nearby = self.country_nearby.or(other.country_nearby);
        self.accused |= other.accused;
    }

    fn add_service(&mut self, unit: &UnitPath, seen: Option<ServiceDays>) {
        match self.works.iter_mut().find(|work| work.unit == *unit) {
            Some(work) => {
                work.seen = work.seen.zip(seen).map(|(own, other)| own.joined(other)).or(work.seen).or(seen);
            }
            None => self.works.push(UnitService { unit: unit.clone(), seen }),
        }
    }

    /// Returns the nearest members with a rank and a day before and after observation `number`; `None` if there is
    /// none.
    pub fn ranked_around(&self, number: usize) -> (Option<usize>, Option<usize>) {
        around(&self.ranked, number)
    }

    /// Returns the next member after observation `number` that has no rank but a post that limits it.
    pub fn capped_after(&self, number: usize) -> Option<usize> {
        around(&self.capped, number).1
    }

    /// Returns the nearest members before and after observation `number`, not counting itself; `None` if there is none.
    pub fn around(&self, number: usize) -> (Option<usize>, Option<usize>) {
        around(&self.members, number)
    }

    /// Returns a member with a rank: the last one in time, else one without a day.
    pub fn last_ranked(&self) -> Option<usize> {
        self.ranked.last().or(self.ranked_undated.last()).copied()
    }

    /// Iterates over the members with a day that have a rank, then over those whose posts limit it.
    pub fn with_rank(&self) -> impl Iterator<Item = usize> {
        self.ranked.iter().chain(&self.capped).copied()
    }

    /// Whether any observation gives a rank.
    pub fn has_rank(&self) -> bool {
        !self.ranked.is_empty() || !self.ranked_undated.is_empty()
    }

    /// Whether an observation gives a rank and has a day.
    pub fn has_dated_rank(&self) -> bool {
        !self.ranked.is_empty()
    }

    /// Whether no observation has a post whose words say which it is.
    pub fn is_bare(&self) -> bool {
        self.ties.is_empty() && self.seats.is_empty()
    }

    /// Whether no observation has a post.
    pub fn has_no_post(&self) -> bool {
        self.is_bare() && self.bare.is_empty()
    }

    /// Iterates over the posts whose words say which they are.
    pub fn stated_posts(&self) -> impl Iterator<Item = &PostKey> + Clone {
        self.ties.iter().chain(&self.seats).map(AsRef::as_ref)
    }

    /// Returns a post of this group that is short for one of the other (`PostKey::is_short_for`); `None` if there is
    /// none. A bare post that is short for another of its own group says nothing of the other group.
    pub fn short_post(&self, other: &ObservationGroup<'_>) -> Option<Rc<PostKey>> {
        let meant = |own: &&Rc<PostKey>| other.stated_posts().any(|post| own.is_short_for(post));
        let own = |bare: &&Rc<PostKey>| self.stated_posts().any(|post| bare.is_short_for(post));
        let bare = self.bare.iter().filter(|bare| !own(bare));
        bare.chain(&self.ties).chain(&self.seats).find(meant).cloned()
    }

    /// Whether observation `number` is a member.
    pub fn contains(&self, number: usize) -> bool {
        self.members.contains(&number)
    }

    /// The number of the first observation; `usize::MAX` if there is none.
    pub fn first(&self) -> usize {
        self.members.first().copied().unwrap_or(usize::MAX)
    }

    /// Returns a post that few people hold and that both groups have; `None` if there is none.
    pub fn shared_post(&self, other: &ObservationGroup<'_>) -> Option<Rc<PostKey>> {
        self.ties.iter().find(|a| other.ties.iter().any(|b| a.same_post(b))).cloned()
    }

    /// Whether both have a full-time post in the same unit.
    pub fn shares_unit(&self, other: &ObservationGroup<'_>) -> bool {
        self.works.iter().any(|x| other.works.iter().any(|y| x.unit.same(&y.unit)))
    }
}

fn around(sorted: &BTreeSet<usize>, number: usize) -> (Option<usize>, Option<usize>) {
    let after = sorted.range((Bound::Excluded(number), Bound::Unbounded)).next();
    (sorted.range(..number).next_back().copied(), after.copied())
}

fn add_new(own: &mut Vec<Rc<PostKey>>, others: &[Rc<PostKey>]) {
    for key in others {
        if !own.contains(key) {
            own.push(Rc::clone(key));
        }
    }
}
