//! What happens to ranks and posts (docs/domain.md §1.3): appointments, elections, promotions, retirements, with their
//! direction. In `bổ nhiệm RANK NAME, OLD POST, giữ chức NEW POST` the post after the name is the old one; in
//! `thăng quân hàm từ R1 lên R2 cho A, B` the rank goes to all of the list. Only what is said of somebody named in
//! the same sentence counts.

use super::cursor::TokenCursor;
use super::grammar::{ACTING, AND, ANY_GENERAL, AS, FROM, IN_CHARGE_END, NO_LONGER, ONCE, REPLACING, TO};
use super::lexicon::{EventVerb, PersonSign, TableClass, WordSet, bit, rank as rank_named};
use super::mention::PeopleOfText;
use super::sighting::{Sighting, posts_from, said};
use crate::report::{CareerEvent, CareerEventKind, PostSaid, PostState, RankSaid, Span};

/// How far from a name its event can be, in tokens.
const FAR: usize = 60;

/// Somebody named, with what belongs to the name.
#[derive(Clone, Copy, Debug)]
struct EventParty {
    person: usize,
    from: usize,
    to: usize,
    rank: Option<RankSaid>,
}

/// Finds all events and writes what they change into the people.
pub fn events(r: &TokenCursor<'_>, sightings: &[Sighting], register: &mut PeopleOfText) -> Vec<CareerEvent> {
    let mut parties: Vec<EventParty> = sightings
        .iter()
        .filter(|sighting| !sighting.served)
        .filter_map(|sighting| {
            let (_, person) = register.places.get(&sighting.name.start)?;
            Some(EventParty { person: *person, from: sighting.from, to: sighting.to, rank: sighting.rank })
        })
        .collect();
    parties.sort_by_key(|party| party.from);
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        at = r.next(at, bit(TableClass::Event));
        let Some(hit) = r.hit(at, TableClass::Event) else { break };
        let Some(verb) = r.event(at) else { break };
        let sentence = EventSentence::around(r, at, &parties);
        match verb {
            EventVerb::Promoted => promotion(r, at, hit.end, &sentence, register, &mut out),
            EventVerb::TakesUp | EventVerb::Appointed | EventVerb::Elected => {
                appointment(r, at, hit.end, verb, &sentence, register, &mut out);
            }
            EventVerb::HandedOver => {
                if !hand_over(r, at, &sentence, register, &mut out) {
                    change(r, at, CareerEventKind::HandedOver, &sentence, register, &mut out);
                }
            }
            EventVerb::Ceased => {
                if !leaves(r, at, hit.end, &sentence, register, &mut out) {
                    change(r, at, CareerEventKind::Ceased, &sentence, register, &mut out);
                }
            }
            EventVerb::Retired => change(r, at, CareerEventKind::Retired, &sentence, register, &mut out),
            EventVerb::Died => change(r, at, CareerEventKind::Died, &sentence, register, &mut out),
            EventVerb::Demoted => change(r, at, CareerEventKind::Demoted, &sentence, register, &mut out),
        }
        at = hit.end;
    }
    for person in &mut register.people {
        person.posts.sort_by_key(|post| post.span.start);
    }
    out.dedup_by_key(|event| (event.person, event.kind as u8, event.to.clone()));
    out
}

/// The parties of one sentence, before and after the event's words.
struct EventSentence {
    before: Vec<EventParty>,
    after: Vec<EventParty>,
    end: usize,
    start: usize,
}

impl EventSentence {
    fn around(r: &TokenCursor<'_>, at: usize, parties: &[EventParty]) -> Self {
        let start = (at.saturating_sub(FAR)..at)
            .rev()
            .find(|place| r.ends_sentence(*place))
            .map_or(at.saturating_sub(FAR), |p| p + 1);
        let end = r.sentence_end(at, 4 * FAR);
        let first = parties.partition_point(|party| party.from < start);
        let inside: Vec<EventParty> =
            parties.iter().skip(first).take_while(|party| party.from < end).take(FAR).copied().collect();
        let (before, after) = inside.into_iter().partition(|party| party.from < at);
        Self { before, after, end, start }
    }

    /// Those that the event's words follow: the last named, and with `cùng` or in a row those before it.
    fn subjects(&self, r: &TokenCursor<'_>, at: usize) -> Vec<EventParty> {
        let Some(last) = self.before.last().copied() else { return Vec::new() };
        let between = last.to..at;
        let spoken = between
            .clone()
            .any(|place| r.is(place, ';') || r.is(place, ':') || r.is_saying(place) || is_pronoun(r, place));
        if spoken || at.saturating_sub(last.to) > 24 {
            return Vec::new();
        }
        let together = between.clone().any(|place| r.is_in(place, WordSet::Together))
            || (self.start..last.from).any(|place| r.is_in(place, WordSet::Comrades));
        let mut out = vec![last];
        for pair in self.before.windows(2).rev() {
            let [first, second] = pair else { break };
            let joined = second.from.saturating_sub(first.to) <= 2
                && (first.to..second.from).all(|place| r.is(place, ',') || r.is(place, ';') || r.is_word(place, AND));
            if !joined || !together {
                break;
            }
            out.push(*first);
        }
        out.reverse();
        out
    }
}

/// `ông`, `bà`, `đồng chí` with no name after it: somebody named elsewhere.
fn is_pronoun(r: &TokenCursor<'_>, at: usize) -> bool {
    r.hit(at, TableClass::Person).is_some_and(|hit| !r.is_capital(hit.end))
        && r.person_sign(at) == Some(PersonSign::Address)
}

/// `thăng quân hàm từ R1 lên R2 cho A`, `A được thăng quân hàm R2`.
fn promotion(
    r: &TokenCursor<'_>,
    at: usize,
    after: usize,
    sentence: &EventSentence,
    register: &mut PeopleOfText,
    out: &mut Vec<CareerEvent>,
) {
    let Some(raise) = raise_at(r, after).filter(|_| !is_proposed(r, at)) else { return };
    let given = r.is_in(raise.end, WordSet::RankGivenTo);
    let of_list = given || r.is(raise.end, ':');
    let subjects = if of_list || sentence.before.is_empty() {
        receivers(r, raise.end, sentence)
    } else {
        sentence.subjects(r, at)
    };
    for party in subjects {
        let Some(person) = register.people.get_mut(party.person) else { continue };
        let old = raise.from.or(party.rank.filter(|rank| rank.rank.order < raise.to.rank.order));
        if let Some(old) = old.filter(|old| old.rank != raise.to.rank) {
            person.past_ranks.push(old);
        }
        person.past_ranks.extend(
            person
                .rank
                .filter(|rank| rank.rank.order < raise.to.rank.order && old.is_none_or(|old| old.rank != rank.rank)),
        );
        if person.rank.is_none_or(|rank| rank.rank.order < raise.to.rank.order) {
            person.rank = Some(raise.to);
        }
        out.push(CareerEvent {
            kind: CareerEventKind::Promoted,
            person: party.person,
            span: clause(r, at.min(party.from), raise.end.max(party.to)),
            from: old.map(|old| old.rank.name.to_owned()),
            to: Some(raise.to.rank.name.to_owned()),
        });
    }
}

/// Whether it is only proposed or to come: `đề nghị truy thăng quân hàm`.
fn is_proposed(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=4).any(|back| at >= back && r.is_in(at - back, WordSet::Proposed))
}

/// The parties a list after `cho` names: those in a row, each with its posts.
fn receivers(r: &TokenCursor<'_>, from: usize, sentence: &EventSentence) -> Vec<EventParty> {
    let mut out: Vec<EventParty> = Vec::new();
    let mut last = from;
    for party in &sentence.after {
        let gap = party.from.saturating_sub(last);
        let other = (last..party.from).any(|place| r.hit(place, TableClass::Event).is_some());
        if other || (gap > 6 && !out.is_empty()) || gap > 24 {
            break;
        }
        out.push(*party);
        last = party.to;
    }
    out
}

struct RankChange {
    from: Option<RankSaid>,
    to: RankSaid,
    end: usize,
}

/// `từ Đại tá lên Thiếu tướng`, `lên Thiếu tướng`, `Thiếu tướng`, within the next few words.
fn raise_at(r: &TokenCursor<'_>, after: usize) -> Option<RankChange> {
    let mut from = None;
    let mut at = after;
    let stop = after + 16;
    while at < stop && !r.ends_sentence(at) {
        if let Some((said, end)) = rank_at(r, at) {
            if r.is_word(at.wrapping_sub(1), FROM) {
                from = Some(said);
                at = end;
                continue;
            }
            let named =
                r.is_capital(end) && r.hit(end, TableClass::Unit).is_none() && r.hit(end, TableClass::Post).is_none();
            return (!named).then_some(RankChange { from, to: said, end });
        }
        if r.is_in(at, WordSet::NoRankGiven) {
            return None;
        }
        at += 1;
    }
    None
}

fn rank_at(r: &TokenCursor<'_>, at: usize) -> Option<(RankSaid, usize)> {
    let hit = r.hit(at, TableClass::Rank)?;
    let rank = rank_named(r.row(hit)?.form()).filter(|rank| rank.order >= 10 && rank.name != ANY_GENERAL)?;
    Some((RankSaid { rank, span: r.span(at, hit.end) }, hit.end))
}

/// `bổ nhiệm A, OLD, giữ chức NEW`; `A được bầu làm NEW`; `bổ nhiệm chức vụ NEW cho A`.
fn appointment(
    r: &TokenCursor<'_>,
    at: usize,
    after: usize,
    verb: EventVerb,
    sentence: &EventSentence,
    register: &mut PeopleOfText,
    out: &mut Vec<CareerEvent>,
) {
    let mut place = after;
    while r.is_in(place, WordSet::BeforeNewPost) && r.hit(place, TableClass::Post).is_none() {
        if r.is_word(place, ACTING) && r.hit(place, TableClass::State).is_some() {
            break;
        }
        place += 1;
    }
    let taken = r.is_in(at, WordSet::InCharge);
    let (posts, end) = posts_from(r, place);
    if posts.is_empty() {
        if verb != EventVerb::TakesUp {
            takes_as(r, after, verb, sentence, register, out);
        }
        return;
    }
    let taken = taken || posts.first().is_some_and(|post| r.is_word(post.start.wrapping_sub(1), IN_CHARGE_END));
    let leaves = at > 0 && r.is_word(at - 1, NO_LONGER);
    let subjects = match sentence.subjects(r, at) {
        subjects if subjects.is_empty() => receivers_of_post(r, end, sentence),
        subjects => subjects,
    };
    let past = (1..=4).any(|back| at >= back && r.is_word(at - back, ONCE));
    if past {
        return;
    }
    let kind = match () {
        () if leaves => CareerEventKind::Ceased,
        () if verb == EventVerb::Elected || follows_election(r, at) => CareerEventKind::Elected,
        () => CareerEventKind::Appointed,
    };
    for party in &subjects {
        enter(r, *party, &posts, kind, taken, (at, end), register, out);
    }
    if kind != CareerEventKind::Ceased && !taken {
        out.extend(replaced(r, &posts, end, sentence));
    }
}

/// `giữ chức NEW thay B`: the one before leaves the post.
fn replaced(
    r: &TokenCursor<'_>,
    posts: &[super::post::PostMatch],
    end: usize,
    sentence: &EventSentence,
) -> Option<CareerEvent> {
    if !r.is_word(end, REPLACING) {
        return None;
    }
    let before = sentence.after.iter().find(|party| party.from > end)?;
    let linked = (end + 1..before.from).all(|place| r.is_in(place, WordSet::ReplacedPerson));
    linked.then(|| CareerEvent {
        kind: CareerEventKind::Ceased,
        person: before.person,
        span: clause(r, end, before.to),
        from: Some(posts.iter().map(|post| said(r, post).text).collect::<Vec<_>>().join(", ")),
        to: None,
    })
}

/// `bổ nhiệm A làm NEW`: the post stands after the name.
fn takes_as(
    r: &TokenCursor<'_>,
    after: usize,
    verb: EventVerb,
    sentence: &EventSentence,
    register: &mut PeopleOfText,
    out: &mut Vec<CareerEvent>,
) {
    let parties = receivers(r, after, sentence);
    let Some(last) = parties.last() else { return };
    let Some(link) = (last.to..(last.to + 3).min(sentence.end)).find(|at| r.is_word(*at, AS)) else { return };
    let (posts, end) = posts_from(r, link + 1);
    let kind = if verb == EventVerb::Elected { CareerEventKind::Elected } else { CareerEventKind::Appointed };
    for party in &parties {
        enter(r, *party, &posts, kind, false, (after - 1, end), register, out);
    }
}

/// `trao quyết định giữ chức NEW cho A`.
fn receivers_of_post(r: &TokenCursor<'_>, end: usize, sentence: &EventSentence) -> Vec<EventParty> {
    let given = r.is_in(end, WordSet::PostGivenTo) || r.is(end, ':');
    if given { receivers(r, end, sentence) } else { Vec::new() }
}

/// Whether an election's word stands shortly before.
fn follows_election(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=6).any(|back| at >= back && r.event(at - back) == Some(EventVerb::Elected))
}

/// The posts that somebody holds until a new one: all that stand between the name and it (`Phó Tư lệnh kiêm Tham mưu
/// trưởng Quân khu 10, giữ chức …`), else the last that the text gives before.
fn held_before(
    r: &TokenCursor<'_>,
    person: &crate::report::Person,
    party: EventParty,
    new: &[super::post::PostMatch],
) -> Option<String> {
    let held = || person.posts.iter().filter(|post| post.state == PostState::Holds);
    let between = new.first().filter(|post| post.start > party.from).map(|post| r.span(party.from, post.start));
    let beside: Vec<&str> = held()
        .filter(|post| between.is_some_and(|span| span.start <= post.span.start && post.span.end <= span.end))
        .map(|post| post.text.as_str())
        .collect();
    if beside.is_empty() { held().next_back().map(|post| post.text.clone()) } else { Some(beside.join(", ")) }
}

#[allow(clippy::too_many_arguments, reason = "one appointment is made of all of these")]
fn enter(
    r: &TokenCursor<'_>,
    party: EventParty,
    posts: &[super::post::PostMatch],
    kind: CareerEventKind,
    taken: bool,
    words: (usize, usize),
    register: &mut PeopleOfText,
    out: &mut Vec<CareerEvent>,
) {
    let state = match kind {
        CareerEventKind::Ceased => PostState::Leaving,
        _ if taken => PostState::Acting,
        _ => PostState::Entering,
    };
    let said: Vec<PostSaid> = posts.iter().map(|post| PostSaid { state, ..said(r, post) }).collect();
    let Some(person) = register.people.get_mut(party.person) else { return };
    let old = held_before(r, person, party, posts);
    let new = said.iter().map(|post| post.text.as_str()).collect::<Vec<_>>().join(", ");
    // Being put in charge gives no post that the press would call theirs.
    if !taken {
        for post in said {
            register.give_post(party.person, post);
        }
    }
    let (from, to) = if kind == CareerEventKind::Ceased { (Some(new), None) } else { (old, Some(new)) };
    out.push(CareerEvent {
        kind,
        person: party.person,
        span: clause(r, words.0.min(party.from), words.1.max(party.to)),
        from,
        to,
    });
}

/// `A thôi giữ chức OLD`: whether the post is said.
fn leaves(
    r: &TokenCursor<'_>,
    at: usize,
    after: usize,
    sentence: &EventSentence,
    register: &mut PeopleOfText,
    out: &mut Vec<CareerEvent>,
) -> bool {
    let (posts, end) = posts_from(r, after);
    let parties = match sentence.subjects(r, at) {
        subjects if subjects.is_empty() => receivers_of_post(r, end, sentence),
        subjects => subjects,
    };
    if posts.is_empty() {
        return false;
    }
    for party in &parties {
        enter(r, *party, &posts, CareerEventKind::Ceased, false, (at, end), register, out);
    }
    !parties.is_empty()
}

/// `A, OLD bàn giao chức vụ cho B`: A leaves the post, B takes it over.
fn hand_over(
    r: &TokenCursor<'_>,
    at: usize,
    sentence: &EventSentence,
    register: &PeopleOfText,
    out: &mut Vec<CareerEvent>,
) -> bool {
    let Some(giver) = sentence.subjects(r, at).last().copied() else { return false };
    let to = sentence
        .after
        .first()
        .copied()
        .filter(|taker| taker.from.saturating_sub(at) <= 12 && (at..taker.from).any(|place| r.is_word(place, TO)));
    let Some(taker) = to else { return false };
    let post = |party: EventParty| register.people.get(party.person)?.posts.last().map(|post| post.text.clone());
    let span = clause(r, giver.from, taker.to);
    let kind = CareerEventKind::HandedOver;
    out.push(CareerEvent { kind, person: giver.person, span, from: post(giver), to: None });
    out.push(CareerEvent { kind, person: taker.person, span, from: None, to: post(giver) });
    true
}

/// Retirements, deaths, hand-overs, dismissals.
fn change(
    r: &TokenCursor<'_>,
    at: usize,
    kind: CareerEventKind,
    sentence: &EventSentence,
    register: &mut PeopleOfText,
    out: &mut Vec<CareerEvent>,
) {
    let mut parties = sentence.subjects(r, at);
    if parties.is_empty() || kind == CareerEventKind::HandedOver {
        let named = sentence.after.iter().take(if kind == CareerEventKind::HandedOver { 2 } else { 1 });
        let reach = |party: &&EventParty| party.from.saturating_sub(at) <= 24;
        let linked = (at..sentence.end.min(at + 24)).any(|place| r.is_in(place, WordSet::ChangeOf));
        if linked {
            parties = named.filter(reach).copied().collect();
        }
    }
    for party in parties {
        let from =
            register.people.get(party.person).and_then(|person| person.posts.last()).map(|post| post.text.clone());
        out.push(CareerEvent {
            kind,
            person: party.person,
            span: clause(r, at.min(party.from), party.to.max(at + 1)),
            from,
            to: None,
        });
    }
}

fn clause(r: &TokenCursor<'_>, from: usize, to: usize) -> Span {
    r.span(from, to)
}
