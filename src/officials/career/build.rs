//! Makes tenures of observations, in order of time.

use super::{BoundBasis, Tenure, TenureBound, TenureEvidence, TenureKind, days};
use crate::extract::lexicon;
use crate::officials::identity::grade;
use crate::officials::observation::{EventSeen, Observation};
use crate::officials::post::{PostKey, PostKeys};
use crate::report::{CareerEventKind, PostState, Rank};
use std::rc::Rc;

/// Papers keep an old rank or post for some weeks after it changed; what is seen later than that is held anew.
const GRACE: i32 = 62;

pub fn tenures<'a>(observations: impl Iterator<Item = &'a Observation>) -> Vec<Tenure> {
    let mut career = CareerBuilder::default();
    for seen in observations {
        career.ranks_of(seen);
        career.posts_of(seen);
        career.endings_of(seen);
    }
    let CareerBuilder { mut ranks, mut posts, .. } = career;
    settle_ranks(&mut ranks);
    for tenures in [&mut ranks, &mut posts] {
        // What was before a day stands before what begins on it.
        let began = |t: &Tenure| (t.from.when.day, t.from.known != BoundBasis::By);
        tenures.sort_by(|a, b| (began(a), &a.from.place, &a.text).cmp(&(began(b), &b.from.place, &b.text)));
    }
    ranks.append(&mut posts);
    ranks
}

#[derive(Default)]
struct CareerBuilder {
    keys: PostKeys,
    ranks: Vec<Tenure>,
    posts: Vec<Tenure>,
}

/// What a report says of a rank or post.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Statement {
    Held,
    Begins,
    Ends,
    Past,
}

impl CareerBuilder {
    fn ranks_of(&mut self, seen: &Observation) {
        let said = &seen.said;
        for past in &said.past_ranks {
            self.rank(seen, past.rank, past.at, Statement::Past);
        }
        let change =
            said.events.iter().find(|e| matches!(e.kind, CareerEventKind::Promoted | CareerEventKind::Demoted));
        let named = |words: &Option<String>| words.as_deref().and_then(rank_in);
        if let Some(event) = change {
            if let Some(old) = named(&event.from) {
                self.rank(seen, old, event.at, Statement::Ends);
            }
            if let Some(new) = named(&event.to).or(said.rank.map(|r| r.rank)) {
                self.rank(seen, new, event.at, Statement::Begins);
            }
        }
        if let Some(rank) = said.rank {
            let told = change.and_then(|e| named(&e.to).or(Some(rank.rank)));
            if told != Some(rank.rank) {
                self.rank(seen, rank.rank, rank.at, Statement::Held);
            }
        }
    }

    fn rank(&mut self, seen: &Observation, rank: Rank, at: usize, says: Statement) {
        // The press's bare `tướng` says nothing of the rank.
        if grade(rank).is_some() {
            note(&mut self.ranks, seen, at, rank.name, None, says);
        }
    }

    fn posts_of(&mut self, seen: &Observation) {
        let keys = self.keys.of(seen);
        let mut noted: Vec<(Rc<PostKey>, Statement)> = Vec::new();
        for (post, key) in seen.said.posts.iter().zip(keys) {
            let says = match post.state {
                PostState::Holds | PostState::Acting => Statement::Held,
                PostState::Entering => Statement::Begins,
                PostState::Leaving => Statement::Ends,
                PostState::Former | PostState::Late => Statement::Past,
            };
            note(&mut self.posts, seen, post.at, &post.text, Some(&key), says);
            noted.push((key, says));
        }
        for event in &seen.said.events {
            for (words, key, says) in self.post_changes(event) {
                // The list of posts knows the organisation that the event's words may leave out.
                let means = |k: &PostKey| k.same_post(&key) || (key.unit.is_none() && k.head == key.head);
                let known: Vec<_> = noted.iter().filter(|(k, _)| means(k)).collect();
                let begun = known.iter().any(|(_, said)| *said == Statement::Begins);
                if begun || known.iter().any(|(_, said)| *said == says) {
                    continue;
                }
                let key = known.first().map_or(key, |(post, _)| Rc::clone(post));
                note(&mut self.posts, seen, event.at, words, Some(&key), says);
                noted.push((key, says));
            }
        }
    }

    /// The posts that an event begins and those that it ends. A Party post is taken on beside the full-time one.
    fn post_changes<'e>(&mut self, event: &'e EventSeen) -> Vec<(&'e str, Rc<PostKey>, Statement)> {
        let about_posts = matches!(
            event.kind,
            CareerEventKind::Appointed
                | CareerEventKind::Elected
                | CareerEventKind::Ceased
                | CareerEventKind::HandedOver
                | CareerEventKind::Retired
        );
        if !about_posts {
            return Vec::new();
        }
        let mut posts = |words: &'e Option<String>| words.as_deref().map_or_else(Vec::new, |w| self.keys.several(w));
        let (new, mut old) = (posts(&event.to), posts(&event.from));
        if !new.is_empty() && new.iter().all(|(_, key)| !key.full_time) {
            old.clear();
        }
        // Who is called elsewhere leaves the unit, not the seats of the Party and the State that came beside.
        let left: Vec<_> =
            old.iter().filter(|(_, key)| key.full_time).filter_map(|(_, key)| key.unit.clone()).collect();
        if !new.is_empty() && !left.is_empty() {
            let of_left = |key: &PostKey| key.unit.as_ref().is_none_or(|unit| left.iter().any(|l| l.related(unit)));
            old.retain(|(_, key)| key.full_time || of_left(key));
        }
        let begins = new.into_iter().map(|(words, key)| (words, key, Statement::Begins));
        begins.chain(old.into_iter().map(|(words, key)| (words, key, Statement::Ends))).collect()
    }

    /// Retirement ends posts, death ends ranks too.
    fn endings_of(&mut self, seen: &Observation) {
        let Some(event) =
            seen.said.events.iter().find(|e| matches!(e.kind, CareerEventKind::Retired | CareerEventKind::Died))
        else {
            return;
        };
        let ranks = if event.kind == CareerEventKind::Died { self.ranks.as_mut_slice() } else { &mut [] };
        // A post last seen before the present full-time one began was left at some time that nobody tells.
        let until_now = |t: &&Tenure| t.to.open() || t.to.place.report == seen.head.report;
        let present = self.posts.iter().filter(until_now).filter(|t| t.full_time());
        let since =
            present.max_by_key(|t| (t.last_seen(), std::cmp::Reverse(t.from.when.day))).map(|t| t.from.when.day);
        let now = |t: &&mut Tenure| t.to.open() && Some(t.last_seen()) >= since;
        for tenure in self.posts.iter_mut().filter(now).chain(ranks.iter_mut().filter(|t| t.to.open())) {
            tenure.to = edge(seen, event.at, BoundBasis::Event);
        }
    }
}

/// The rank in the words of an event.
fn rank_in(words: &str) -> Option<Rank> {
    let wanted = crate::text::syllable::tone_normal(words.trim());
    lexicon::ranks().iter().copied().find(|rank| crate::text::syllable::tone_normal(rank.name) == wanted)
}

fn edge(seen: &Observation, at: usize, known: BoundBasis) -> TenureBound {
    TenureBound { when: seen.head.dated(), known, place: seen.place_of(at) }
}

/// Adds what a report says to the tenure it is about, or begins one.
fn note(
    tenures: &mut Vec<Tenure>,
    seen: &Observation,
    at: usize,
    text: &str,
    post: Option<&Rc<PostKey>>,
    says: Statement,
) {
    let here = TenureEvidence { when: seen.head.dated(), text: text.to_owned(), place: seen.place_of(at) };
    let held = matches!(says, Statement::Held | Statement::Begins);
    let anew = |t: &Tenure| held && !t.to.open() && days(here.when.day) - days(t.to.when.day) > GRACE;
    let found = tenure_of(tenures, text, post).and_then(|i| tenures.get_mut(i)).filter(|t| !anew(t));
    let Some(tenure) = found else {
        tenures.push(begun(seen, at, post, says, here));
        return;
    };
    match says {
        Statement::Held | Statement::Begins => {
            let ended = !tenure.to.open() && here.when.day > tenure.to.when.day;
            tenure.disputed |= ended;
            if tenure.to.open() {
                tenure.to = edge(seen, at, BoundBasis::Seen);
            }
            if says == Statement::Begins && tenure.from.when.day == here.when.day {
                tenure.from = edge(seen, at, BoundBasis::Event);
            }
            let fuller = post.is_some_and(|post| names_unit(post));
            if fuller || !tenure.post.as_ref().is_some_and(|own| names_unit(own)) {
                text.clone_into(&mut tenure.text);
                tenure.post = post.cloned();
            }
            tenure.evidence.push(here);
        }
        Statement::Ends => {
            tenure.to = edge(seen, at, BoundBasis::Event);
            tenure.evidence.push(here);
        }
        // Said of the past: it proves the post, but not that it was held on that day.
        Statement::Past if tenure.to.open() => tenure.to = edge(seen, at, BoundBasis::By),
        Statement::Past => {}
    }
}

/// The tenure that these words are about: of the same post; else, where one of the two leaves the organisation out, the
/// only one held that could be meant.
fn tenure_of(tenures: &[Tenure], text: &str, post: Option<&Rc<PostKey>>) -> Option<usize> {
    let Some(post) = post else { return tenures.iter().rposition(|t| t.text == text) };
    let is = |t: &Tenure, test: &dyn Fn(&PostKey) -> bool| t.post.as_ref().is_some_and(|own| test(own));
    if let Some(same) = tenures.iter().rposition(|t| is(t, &|own| own.same_post(post))) {
        return Some(same);
    }
    let could_be = |own: &PostKey| own.head == post.head && names_unit(own) != names_unit(post);
    let mut held = tenures.iter().enumerate().filter(|(_, t)| t.to.open() && is(t, &could_be)).map(|(i, _)| i);
    held.next().filter(|_| held.next().is_none())
}

/// Whether it says whose post it is, and not only of which sort of unit.
fn names_unit(post: &PostKey) -> bool {
    post.unit.as_ref().is_some_and(|unit| !unit.is_generic())
}

fn begun(seen: &Observation, at: usize, post: Option<&Rc<PostKey>>, says: Statement, here: TenureEvidence) -> Tenure {
    let (from, to) = match says {
        Statement::Held => (BoundBasis::Seen, BoundBasis::Seen),
        Statement::Begins => (BoundBasis::Event, BoundBasis::Seen),
        Statement::Ends => (BoundBasis::Seen, BoundBasis::Event),
        Statement::Past => (BoundBasis::By, BoundBasis::By),
    };
    Tenure {
        line: if post.is_some() { TenureKind::Post } else { TenureKind::Rank },
        text: here.text.clone(),
        post: post.cloned(),
        from: edge(seen, at, from),
        to: edge(seen, at, to),
        disputed: false,
        evidence: vec![here],
    }
}

/// A higher rank ends the one before it: on the day of the promotion where a report tells of it, else by the day it is
/// first seen. A lower rank seen after a higher one disputes both.
fn settle_ranks(ranks: &mut [Tenure]) {
    let height = |t: &Tenure| lexicon::rank(&t.text).and_then(grade).unwrap_or(0);
    let all = ranks.to_vec();
    for own in ranks.iter_mut() {
        let higher = || all.iter().filter(|other| height(other) > height(own) && other.from.known != BoundBasis::By);
        let lower = || all.iter().filter(|other| height(other) < height(own) && other.from.known != BoundBasis::By);
        let after_higher = higher().any(|other| own.last_seen() > other.from.when.day);
        let before_lower = lower().any(|other| other.last_seen() > own.from.when.day);
        let next =
            higher().filter(|other| other.from.when.day >= own.from.when.day).min_by_key(|other| other.from.when.day);
        own.disputed |= own.from.known != BoundBasis::By && (after_higher || before_lower);
        if let Some(next) = next
            && own.to.known != BoundBasis::Event
        {
            let known = if next.from.known == BoundBasis::Event { BoundBasis::Event } else { BoundBasis::By };
            own.to = TenureBound { known, ..next.from.clone() };
        }
    }
}
