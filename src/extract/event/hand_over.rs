//! Offices that pass from one person to another (docs/domain.md §1.3): `bàn giao`, `thay`.
//!
//! ```text
//! A bàn giao chức vụ P cho B          A leaves the post, B takes it over
//! bàn giao chức vụ P giữa A và B      the same
//! B nhận bàn giao chức vụ P từ A      the same
//! B thay A làm P, B kế nhiệm A làm P  the same
//! B, P, kế nhiệm A                    the same
//! ```

use super::super::cursor::TokenCursor;
use super::super::function_words::{AND, AS, BETWEEN, FROM, OF, TO};
use super::super::lexicon::{EventVerb, TableClass, WordSet};
use super::super::post::PostMatch;
use super::super::sighting::{posts_from, stated_post};
use super::{EventParty, EventReader, EventSentence, EventWords, PostChange, new_post_at};
use crate::report::{CareerEvent, CareerEventKind, PostState, StatedPost};

/// A post that is handed over, with the one who leaves it and the one who takes it over.
struct Passed<'a> {
    posts: &'a [PostMatch],
    giver: Option<EventParty>,
    taker: EventParty,
    /// One past the last token of the posts.
    end: usize,
}

impl EventReader<'_> {
    /// `A, OLD bàn giao chức vụ cho B`: A leaves the post, B takes it over. `false` if no successor is named.
    pub(super) fn hand_over(&mut self, words: EventWords, sentence: &EventSentence) -> bool {
        let (r, at) = (self.r, words.at);
        let Some(giver) = sentence.subjects(r, at).last().copied() else { return false };
        let taker =
            sentence.after.first().copied().filter(|taker| {
                taker.from.saturating_sub(at) <= 12 && (at..taker.from).any(|place| r.is_word(place, TO))
            });
        let Some(taker) = taker else { return false };
        let (posts, end) = posts_from(r, new_post_at(r, words.end));
        if !posts.is_empty() && end <= taker.from && is_of_office(r, words) {
            self.pass(words, &Passed { posts: &posts, giver: Some(giver), taker, end });
            return true;
        }
        self.pass_last_post(giver, taker);
        true
    }

    /// `bàn giao cương vị P giữa A và B`: A leaves the post and B takes it over. `false` if the post or one of the two
    /// is not named.
    pub(super) fn hand_over_between(&mut self, words: EventWords, sentence: &EventSentence) -> bool {
        let r = self.r;
        let (posts, end) = posts_from(r, new_post_at(r, words.end));
        let [giver, taker] = sentence.after.as_slice() else { return false };
        let between = is_of_office(r, words) && r.is_in(end, WordSet::ChangeOf) && giver.from <= end + 2;
        if posts.is_empty() || !between || !(giver.to..taker.from).any(|at| r.is_word(at, AND)) {
            return false;
        }
        self.pass(words, &Passed { posts: &posts, giver: Some(*giver), taker: *taker, end });
        true
    }

    /// `B nhận bàn giao chức vụ P từ A`: B takes over, and A leaves if the text names A. `false` if the words are not
    /// of one who receives. No event if what is received is no office.
    pub(super) fn take_over(&mut self, words: EventWords, sentence: &EventSentence) -> bool {
        let (r, at) = (self.r, words.at);
        if at == 0 || !r.is_in(at - 1, WordSet::TakesOver) {
            return false;
        }
        let Some(taker) = sentence.subjects(r, at).last().copied() else { return true };
        let from = |party: &&EventParty| r.is_any(party.from.wrapping_sub(1), &[FROM, OF]);
        let giver = sentence.after.first().filter(from).copied();
        let (posts, end) = posts_from(r, new_post_at(r, words.end));
        if posts.is_empty() {
            if let Some(giver) = giver.filter(|giver| giver.from <= words.end + 1) {
                self.pass_last_post(giver, taker);
            }
        } else if is_of_office(r, words) {
            self.pass(words, &Passed { posts: &posts, giver, taker, end });
        }
        true
    }

    /// `B thay A làm P`, `B kế nhiệm A làm P`: of two people in a row the first takes over the post that the other
    /// leaves.
    pub(super) fn successions(&mut self, parties: &[EventParty]) {
        const GAP: usize = 6;
        let r = self.r;
        for pair in parties.windows(2) {
            let [taker, giver] = pair else { continue };
            let Some((at, end)) = replacing(r, giver.from).filter(|(at, _)| (taker.to..taker.to + GAP).contains(at))
            else {
                continue;
            };
            let other = |place: usize| r.ends_sentence(place) || r.is(place, ';') || r.is_in(place, WordSet::NotDone);
            if (taker.to..at).any(other) {
                continue;
            }
            if !r.is_word(giver.to, AS) {
                self.succession(*taker, *giver, at);
                continue;
            }
            let (posts, behind) = posts_from(r, giver.to + 1);
            if !posts.is_empty() {
                let words = EventWords { verb: EventVerb::HandedOver, at, end };
                self.pass(words, &Passed { posts: &posts, giver: Some(*giver), taker: *taker, end: behind });
            }
        }
    }

    /// `B, P, kế nhiệm A`: the post said with the name of the one is that which the other held. Only where signs alone
    /// are between, and a sign or a time ends the clause: `B, P, được chọn kế nhiệm A làm Q` is of another post.
    fn succession(&mut self, taker: EventParty, giver: EventParty, at: usize) {
        let r = self.r;
        let sign = |place: usize| r.is(place, ',') || r.is_dash(place) || r.is(place, ')');
        let closed = sign(giver.to) || r.ends_sentence(giver.to) || r.is_in(giver.to, WordSet::DateCue);
        if !r.is_in(at, WordSet::Succeeds) || at == taker.to || !(taker.to..at).all(sign) || !closed {
            return;
        }
        let said = r.span(taker.from, taker.to);
        let Some(person) = self.people.all.get(taker.person) else { return };
        let held = |post: &&StatedPost| post.state == PostState::Holds && said.start <= post.span.start;
        let Some(post) = person.posts.iter().filter(held).rfind(|post| post.span.end <= said.end).cloned() else {
            return;
        };
        let event = CareerEvent {
            kind: CareerEventKind::Ceased,
            person: giver.person,
            span: r.span(at, giver.to),
            from: Some(post.text.clone()),
            to: None,
        };
        self.people.give_post(giver.person, StatedPost { state: PostState::Former, ..post });
        self.out.push(event);
    }

    /// Gives the posts to the one and takes them from the other.
    fn pass(&mut self, words: EventWords, passed: &Passed<'_>) {
        let r = self.r;
        let giver = passed.giver.map(|giver| (giver, CareerEventKind::Ceased));
        for (party, kind) in giver.into_iter().chain([(passed.taker, CareerEventKind::Appointed)]) {
            let change = PostChange { posts: passed.posts, kind, in_charge: false, from: words.at, to: passed.end };
            self.enter(party, &change);
        }
        self.handed_over.extend(passed.posts.iter().map(|post| stated_post(r, post).span));
    }

    /// Tells that the last post of `giver` goes to `taker`, where the words of the event name none.
    fn pass_last_post(&mut self, giver: EventParty, taker: EventParty) {
        let post = self.last_post(giver).or_else(|| self.last_post(taker));
        let span = self.r.span(giver.from.min(taker.from), taker.to.max(giver.to));
        let kind = CareerEventKind::HandedOver;
        self.out.push(CareerEvent { kind, person: giver.person, span, from: post.clone(), to: None });
        self.out.push(CareerEvent { kind, person: taker.person, span, from: None, to: post });
    }
}

/// The words `thay`, `kế nhiệm` directly before the person whose name and posts begin at token `from`: their first
/// token and one past their last.
fn replacing(r: &TokenCursor<'_>, from: usize) -> Option<(usize, usize)> {
    let starts = (1..=3).filter_map(|back| from.checked_sub(back));
    let mut found = starts.filter_map(|at| Some((at, r.set_end(at, WordSet::Replaces)?)));
    found.rfind(|(_, end)| (*end..from).all(|place| r.is_in(place, WordSet::ReplacedPerson)))
}

/// Whether the words are of an office and not of a duty: with `bàn giao nhiệm vụ P` the one who follows is often only
/// put in charge.
fn is_of_office(r: &TokenCursor<'_>, words: EventWords) -> bool {
    (words.at..words.end).all(|at| !r.is_in(at, WordSet::Duty))
}

/// Whether `bàn giao` at `at` is that of an office: `bàn giao chức vụ`, `bàn giao công việc P`, `bàn giao giữa A và B`,
/// `lễ bàn giao`. Suspects, goods and houses are handed over too.
pub(super) fn hands_over_office(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    const OBJECT: usize = 6;
    let office = |place: usize| r.is_in(place, WordSet::BeforeNewPost) || r.hit(place, TableClass::Post).is_some();
    let event =
        (1..=2).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::EventNoun) == Some(at));
    event
        || (at + 2..(at + OBJECT).min(end)).any(office)
        || (at..(at + 24).min(end)).any(|place| r.is_word(place, BETWEEN))
}
