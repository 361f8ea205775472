//! The three steps that build clusters from the observations of one name; `identity` describes them with a drawing. The
//! evidence for and against two groups being one person is left to `compatibility`.

use super::compatibility::{WeightedReason, contradiction, support};
use super::constraints::Constraints;
use super::observation_facts::ObservationFacts;
use super::observation_group::ObservationGroup;
use super::reason::ReasonKind;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

/// The minimum confidence, in percent, for joining two clusters.
const MIN_CONFIDENCE: u8 = 50;
/// If the confidences of the two best candidates differ by less than this, in percent, the choice is ambiguous.
const RIVAL_MARGIN: u8 = 10;
/// Each oddity between two clusters lowers the confidence by this much, in percent.
const ODDITY_COST: u8 = 12;
/// All oddities together lower the confidence by no more than this, in percent.
const MAX_ODDITY_COST: u8 = 36;
/// At this confidence or more, in percent, an observation without a post is joined without recording a judgement. There
/// are many such observations, and their judgements would hide the few that need a review.
const UNREMARKABLE: u8 = 80;

/// A judgement about two observations, given by their numbers.
pub struct PairDecision {
    pub joined: bool,
    pub finding: WeightedReason,
    pub this: usize,
    pub that: usize,
    /// The number of observations in the smaller of the two groups: those that are with the wrong person if the
    /// judgement is wrong.
    pub observations: usize,
}

/// Observations that are considered one person, and the judgements that led to it.
pub struct Cluster<'a> {
    pub group: ObservationGroup<'a>,
    pub judgements: Vec<PairDecision>,
}

/// A candidate: a cluster that the next one could be joined to.
struct Fitting {
    finding: WeightedReason,
    /// The distance in time to the next one, in days.
    days: i32,
    /// The index of the cluster.
    cluster: usize,
}

/// The input: the observations of one name in order of time, and the reader's constraints on them.
pub struct Clustering<'f, 'a> {
    pub facts: &'f [ObservationFacts<'a>],
    pub constraints: &'f Constraints,
}

impl<'a> Clustering<'_, 'a> {
    /// Runs the three steps. Returns one cluster for each official of this name, and one of the observations without a
    /// sign of an official, sorted by first observation.
    pub fn clusters(&self) -> Vec<Cluster<'a>> {
        let mut clusters = self.reader_clusters();
        let taken: HashSet<usize> = clusters.iter().flat_map(|cluster| cluster.group.members.iter().copied()).collect();
        let free = (0..self.facts.len()).filter(|n| !taken.contains(n));
        let (known, unknown): (Vec<usize>, Vec<usize>) = free.partition(|&n| self.may_join(n));
        for number in known {
            self.add_to_cluster(&mut clusters, number);
        }
        // Clusters with posts come first, then those whose posts leave out which they are, so that one without a post
        // is added to a person and never joins two of them.
        clusters.sort_by_key(|cluster| (cluster.group.is_bare(), cluster.group.has_no_post(), cluster.group.first()));
        let mut people: Vec<Cluster<'a>> = Vec::new();
        for next in clusters {
            self.join_cluster(&mut people, next);
        }
        let unknown = self.join_by_story(&mut people, unknown);
        people.extend(self.without_sign(unknown));
        people.sort_by_key(|person| person.group.first());
        people
    }

    /// Whether an observation is compared with others at all: it has a sign of an official, or a name that few share.
    fn may_join(&self, number: usize) -> bool {
        self.facts.get(number).is_some_and(|fact| fact.has_sign || fact.foreign_name)
    }

    /// Adds observations without a sign to the one person whom another report of the same story names: of an event that
    /// two papers tell, one may leave out who somebody is. Returns the numbers of the others.
    fn join_by_story(&self, people: &mut [Cluster<'a>], numbers: Vec<usize>) -> Vec<usize> {
        let story = |number: usize| self.facts.get(number).and_then(|fact| fact.seen.head.story);
        let stories = |person: &Cluster<'_>| person.group.members.iter().filter_map(|&member| story(member)).collect();
        // Once for each person. Who is added adds no story to these.
        let told_of: Vec<HashSet<i64>> = people.iter().map(stories).collect();
        let mut others = Vec::new();
        for number in numbers {
            let Some(fact) = self.facts.get(number) else { continue };
            let mut own = ObservationGroup::default();
            own.add(number, fact);
            let told = story(number);
            let same_story =
                |(_, told_of): &(&mut Cluster<'_>, &HashSet<i64>)| told.is_some_and(|it| told_of.contains(&it));
            let mut telling = people.iter_mut().zip(&told_of).filter(same_story).map(|(person, _)| person);
            let fits = |person: &Cluster<'_>| self.count_oddities(&own, &person.group, false).is_ok();
            match (telling.next(), telling.next()) {
                (Some(person), None) if fits(person) => person.group.add(number, fact),
                _ => others.push(number),
            }
        }
        others
    }

    /// Collects the observations of which the reports say nothing but the name. They are no person: nothing tells whose
    /// they are, so they are only kept apart from those that the reader separated from them.
    fn without_sign(&self, numbers: Vec<usize>) -> Vec<Cluster<'a>> {
        let mut clusters: Vec<Cluster<'a>> = Vec::new();
        for number in numbers {
            let Some(fact) = self.facts.get(number) else { continue };
            let mut own = ObservationGroup::default();
            own.add(number, fact);
            match clusters.iter_mut().find(|other| !self.constraints.separate(&own, &other.group)) {
                Some(cluster) => cluster.group.add(number, fact),
                None => clusters.push(Cluster { group: own, judgements: Vec::new() }),
            }
        }
        clusters
    }

    /// Step 1: builds a cluster for each set of observations that the reader joined, directly or through other
    /// observations.
    fn reader_clusters(&self) -> Vec<Cluster<'a>> {
        let mut clusters: Vec<Cluster<'a>> = Vec::new();
        for &(a, b) in &self.constraints.must_link {
            let finding = by_reader(ReasonKind::ReaderJoined);
            let judgement = PairDecision { joined: true, finding, this: a, that: b, observations: 1 };
            let mut merged = Cluster { group: ObservationGroup::default(), judgements: vec![judgement] };
            for number in [a, b] {
                if let Some(at) = clusters.iter().position(|cluster| cluster.group.contains(number)) {
                    let old = clusters.swap_remove(at);
                    merged.group.add_all(old.group);
                    merged.judgements.extend(old.judgements);
                } else if let Some(fact) = self.facts.get(number) {
                    merged.group.add(number, fact);
                }
            }
            clusters.push(merged);
        }
        clusters
    }

    /// Step 2: adds an observation to the best compatible cluster in the same post or unit, or starts a new one.
    /// Candidates are ordered by: same post before same unit, fewer oddities, nearness in time, earlier first
    /// observation. The last criterion makes the order total and the result deterministic.
    fn add_to_cluster(&self, clusters: &mut Vec<Cluster<'a>>, number: usize) {
        let Some(fact) = self.facts.get(number) else { return };
        let mut own = ObservationGroup::default();
        own.add(number, fact);
        let mut candidates = Vec::new();
        for (i, other) in clusters.iter().map(|cluster| &cluster.group).enumerate() {
            let same_post = own.shared_post(other).is_some();
            if (same_post || own.shares_unit(other))
                && let Ok(oddities) = self.count_oddities(&own, other, same_post)
            {
                let days = self.days_to_nearest(number, other);
                candidates.push(((Reverse(same_post), oddities, days, other.first()), i));
            }
        }
        match candidates.into_iter().min().and_then(|(_, i)| clusters.get_mut(i)) {
            Some(cluster) => cluster.group.add(number, fact),
            None => clusters.push(Cluster { group: own, judgements: Vec::new() }),
        }
    }

    /// Step 3: joins a cluster to the person it fits best, or makes a new person of it.
    fn join_cluster(&self, people: &mut Vec<Cluster<'a>>, next: Cluster<'a>) {
        let mut fitting: Vec<Fitting> = Vec::new();
        let mut against: Vec<PairDecision> = Vec::new();
        let this = next.group.first();
        let smaller = |person: &Cluster<'_>| next.group.members.len().min(person.group.members.len());
        for (i, person) in people.iter().enumerate() {
            let apart = |finding| {
                let (that, observations) = (person.group.first(), smaller(person));
                PairDecision { joined: false, finding, this, that, observations }
            };
            let same_post = next.group.shared_post(&person.group).is_some();
            match self.count_oddities(&next.group, &person.group, same_post) {
                Err(why) => against.push(apart(why)),
                Ok(oddities) => {
                    let mut finding = support(self.facts, &next.group, &person.group);
                    let cost = oddities.saturating_mul(ODDITY_COST).min(MAX_ODDITY_COST);
                    finding.confidence = finding.confidence.saturating_sub(cost);
                    if finding.confidence >= MIN_CONFIDENCE {
                        let days = self.days_to_nearest(next.group.first(), &person.group);
                        fitting.push(Fitting { finding, days, cluster: i });
                    } else {
                        // Weak support for one person is the reason for two, with the complementary confidence.
                        let confidence = 100 - finding.confidence;
                        against.push(apart(WeightedReason { confidence, ..finding }));
                    }
                }
            }
        }
        fitting.sort_by_key(|fit| (Reverse(fit.finding.confidence), fit.days, fit.cluster));
        if next.group.is_bare() {
            prefer_same_rank(&next.group, people, &mut fitting);
        }
        let second = fitting.get(1).map(|fit| fit.finding.confidence);
        let Some(Fitting { mut finding, cluster, .. }) = fitting.into_iter().next() else {
            people.push(Cluster { judgements: next.judgements.into_iter().chain(against).collect(), ..next });
            return;
        };
        let rivals = second.is_some_and(|second| finding.confidence - second < RIVAL_MARGIN);
        if rivals && next.group.is_bare() && !next.group.has_no_post() {
            // Two hold the post in full: it is not known whose this one is.
            finding.reason.rivals = true;
            finding.confidence = MIN_CONFIDENCE;
            let that = people.get(cluster).map_or(this, |person| person.group.first());
            let apart = PairDecision { joined: false, finding, this, that, observations: next.group.members.len() };
            people.push(Cluster { judgements: next.judgements.into_iter().chain([apart]).collect(), ..next });
            return;
        }
        if rivals {
            finding.reason.rivals = true;
            finding.confidence = finding.confidence.min(MIN_CONFIDENCE);
        }
        let Some(person) = people.get_mut(cluster) else { return };
        if !is_unremarkable(&next.group, person, &finding) {
            let (before, after) = person.group.around(this);
            let that = before.or(after).unwrap_or(this);
            let observations = next.group.members.len().min(person.group.members.len());
            person.judgements.push(PairDecision { joined: true, finding, this, that, observations });
        }
        person.judgements.extend(next.judgements);
        person.group.add_all(next.group);
    }

    /// Returns the number of oddities between the two groups; an error with the reason if they cannot be one person.
    fn count_oddities(
        &self,
        a: &ObservationGroup<'_>,
        b: &ObservationGroup<'_>,
        same_post: bool,
    ) -> Result<u8, WeightedReason> {
        if self.constraints.separate(a, b) {
            return Err(by_reader(ReasonKind::ReaderParted));
        }
        contradiction(self.facts, a, b, same_post)
    }

    /// Returns the days between an observation and the nearest one of a group; `i32::MAX` if the observation has no
    /// day, or the group has no other observation with one. The nearest in time is a neighbour by number, because
    /// observations are numbered in order of time.
    fn days_to_nearest(&self, number: usize, group: &ObservationGroup<'_>) -> i32 {
        let day = |number: usize| self.facts.get(number)?.day.map(|dated| dated.day);
        let Some(own) = day(number) else { return i32::MAX };
        let (before, after) = group.around(number);
        let neighbours = [before, after].into_iter().flatten().filter_map(day);
        neighbours.map(|other| other.days_since(own).abs()).min().unwrap_or(i32::MAX)
    }
}

/// Leaves only the candidate of the same rank if all others have another one: `đại tá, phó giám đốc` is the one
/// colonel among the deputy directors of that name.
fn prefer_same_rank(next: &ObservationGroup<'_>, people: &[Cluster<'_>], fitting: &mut Vec<Fitting>) {
    let own = &next.grades;
    let has = |fit: &Fitting, has: &dyn Fn(&BTreeSet<u16>) -> bool| {
        people.get(fit.cluster).is_some_and(|person| has(&person.group.grades))
    };
    let is_ranked = |fit: &Fitting| has(fit, &|grades| !grades.is_empty());
    let all_ranked = fitting.len() > 1 && !own.is_empty() && fitting.iter().all(is_ranked);
    let agrees = |fit: &Fitting| has(fit, &|grades| !grades.is_disjoint(own));
    if all_ranked && fitting.iter().filter(|fit| agrees(fit)).count() == 1 {
        fitting.retain(agrees);
    }
}

/// Whether joining `next` to `person` needs no judgement in the list: `next` has no post, and it fits well, or fits for
/// the same reason and with the same confidence as an earlier one.
fn is_unremarkable(next: &ObservationGroup<'_>, person: &Cluster<'_>, finding: &WeightedReason) -> bool {
    if !next.is_bare() {
        return false;
    }
    let repeated = !finding.reason.rivals && person.judgements.iter().any(|j| j.joined && j.finding == *finding);
    repeated || finding.confidence >= UNREMARKABLE
}

fn by_reader(because: ReasonKind) -> WeightedReason {
    WeightedReason { reason: because.into(), confidence: 100 }
}
