//! Mentions that are taken for one person, with what must be known of them to compare them with others quickly.
//! Facts are numbered in order of time, so a group's members are sorted numbers.

use super::facts::MentionFacts;
use crate::officials::post::PostKey;
use crate::officials::unit::UnitPath;
use std::collections::HashSet;
use std::rc::Rc;

/// A unit in which somebody holds a full-time post, from when to when it is seen.
pub struct UnitService {
    pub unit: UnitPath,
    pub first: i64,
    pub last: i64,
}

#[derive(Default)]
pub struct MentionGroup<'a> {
    /// Numbers of facts, sorted.
    pub members: Vec<usize>,
    /// Those with a rank.
    ranked: Vec<usize>,
    /// Those without one, whose posts bound it.
    capped: Vec<usize>,
    pub works: Vec<UnitService>,
    pub ties: Vec<Rc<PostKey>>,
    pub former: Vec<Rc<PostKey>>,
    pub reports: HashSet<&'a str>,
    pub country: Option<&'a str>,
}

impl<'a> MentionGroup<'a> {
    pub fn add(&mut self, number: usize, fact: &MentionFacts<'a>) {
        insert(&mut self.members, number);
        if fact.grade.is_some() {
            insert(&mut self.ranked, number);
        } else if fact.ceiling.is_some() {
            insert(&mut self.capped, number);
        }
        for unit in fact.works.iter().filter_map(|post| post.unit.as_ref()) {
            self.work(unit, fact.day, fact.day);
        }
        add_new(&mut self.ties, &fact.ties);
        add_new(&mut self.former, &fact.former);
        self.reports.insert(&fact.seen.head.report);
        self.country = self.country.or(fact.seen.said.country.as_deref());
    }

    pub fn absorb(&mut self, other: MentionGroup<'a>) {
        for (own, others) in
            [(&mut self.members, other.members), (&mut self.ranked, other.ranked), (&mut self.capped, other.capped)]
        {
            own.extend(others);
            own.sort_unstable();
        }
        for work in &other.works {
            self.work(&work.unit, work.first, work.last);
        }
        add_new(&mut self.ties, &other.ties);
        add_new(&mut self.former, &other.former);
        self.reports.extend(other.reports);
        self.country = self.country.or(other.country);
    }

    fn work(&mut self, unit: &UnitPath, first: i64, last: i64) {
        match self.works.iter_mut().find(|work| work.unit == *unit) {
            Some(work) => (work.first, work.last) = (work.first.min(first), work.last.max(last)),
            None => self.works.push(UnitService { unit: unit.clone(), first, last }),
        }
    }

    /// The last member with a rank before that number, and the next after it.
    pub fn ranked_around(&self, number: usize) -> (Option<usize>, Option<usize>) {
        around(&self.ranked, number)
    }

    /// The same for members without rank whose posts bound it.
    pub fn capped_after(&self, number: usize) -> Option<usize> {
        around(&self.capped, number).1
    }

    /// The members just before and after that number.
    pub fn around(&self, number: usize) -> (Option<usize>, Option<usize>) {
        around(&self.members, number)
    }

    /// Those whose rank matters: with a rank, or bounded by posts.
    pub fn with_rank(&self) -> impl Iterator<Item = usize> {
        self.ranked.iter().chain(&self.capped).copied()
    }

    pub fn has_rank(&self) -> bool {
        !self.ranked.is_empty()
    }

    pub fn first(&self) -> usize {
        self.members.first().copied().unwrap_or(usize::MAX)
    }

    /// Whether the two have a post in common that few hold.
    pub fn shared_post(&self, other: &MentionGroup<'_>) -> Option<Rc<PostKey>> {
        self.ties.iter().find(|a| other.ties.iter().any(|b| a.same_post(b))).cloned()
    }
}

fn insert(sorted: &mut Vec<usize>, number: usize) {
    if let Err(at) = sorted.binary_search(&number) {
        sorted.insert(at, number);
    }
}

fn around(sorted: &[usize], number: usize) -> (Option<usize>, Option<usize>) {
    let at = sorted.partition_point(|n| *n < number);
    let after = sorted.get(at..).unwrap_or_default().iter().find(|n| **n != number);
    (at.checked_sub(1).and_then(|b| sorted.get(b)).copied(), after.copied())
}

fn add_new(own: &mut Vec<Rc<PostKey>>, others: &[Rc<PostKey>]) {
    for key in others {
        if !own.contains(key) {
            own.push(Rc::clone(key));
        }
    }
}
