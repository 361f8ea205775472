//! Who gets or leaves the post of an event (docs/domain.md §1.3): the people of the list behind `cho`, `đối với` or
//! `của`, the subject of a passive verb, and the one who is replaced.

use super::super::cursor::TokenCursor;
use super::super::function_words::{OF, REPLACING};
use super::super::lexicon::{EventVerb, TableClass, WordSet};
use super::super::post::PostMatch;
use super::super::sighting::stated_post;
use super::{EventParty, EventSentence, EventWords};
use crate::report::{CareerEvent, CareerEventKind};

/// The most tokens of the years of a post.
const TERM: usize = 8;

/// The people of the list behind `cho`, which ends at a gap, another event, or the end of the sentence.
pub(super) fn receivers(r: &TokenCursor<'_>, from: usize, sentence: &EventSentence) -> Vec<EventParty> {
    let mut out: Vec<EventParty> = Vec::new();
    let mut last = from;
    for party in &sentence.after {
        let gap = party.from.saturating_sub(last);
        // A list has short gaps (commas, a rank, a post); its first name may come after words like `cho các đồng chí`.
        let other = (last..party.from).any(|place| r.hit(place, TableClass::Event).is_some());
        // `cho 12 sĩ quan, Bộ trưởng A …`: the receivers are not named, and the next person is another.
        let unnamed = out.is_empty()
            && (last..party.from).any(|place| r.is(place, ','))
            && !(last..party.from).any(|place| r.is(place, ':'));
        // The items of a list with semicolons may be long: `A, Cục trưởng Quản lý kho, bãi, bến; ông B`.
        let item = r.is(party.from.wrapping_sub(1), ';');
        if unnamed || other || (gap > 6 && !out.is_empty() && !item) || gap > 24 {
            break;
        }
        out.push(*party);
        last = party.to;
    }
    out
}

/// `giữ chức NEW thay B`: the one before leaves the post.
pub(super) fn replaced(
    r: &TokenCursor<'_>,
    posts: &[PostMatch],
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
        span: r.span(end, before.to),
        from: Some(posts.iter().map(|post| stated_post(r, post).text).collect::<Vec<_>>().join(", ")),
        to: None,
    })
}

/// Whether the person before the words is the one appointed or elected: `A được bầu`, `A trúng cử`, `A giữ chức`. With
/// `bầu`, `bổ nhiệm` alone the subject does it to somebody else: `A nói đại hội sẽ bầu Bí thư`.
pub(super) fn is_done_to_subject(r: &TokenCursor<'_>, words: EventWords) -> bool {
    words.verb == EventVerb::TakesUp
        || (words.at.saturating_sub(6)..words.end).any(|at| r.is_in(at, WordSet::Receives))
        || r.is_in(words.end, WordSet::BeforeNewPost)
        || (words.at..words.end).any(|at| r.is_in(at, WordSet::WinsElection))
}

/// The token behind the years of a post that is taken away: `xóa tư cách P giai đoạn 2011-2016 đối với A`.
pub(super) fn behind_term(r: &TokenCursor<'_>, end: usize) -> usize {
    let inside = |at: &usize| r.is_number(*at) || r.is_dash(*at) || r.is_in(*at, WordSet::TermWord);
    // `Chủ tịch HĐND tỉnh khóa IX, nhiệm kỳ 2016-2021 đối với A`
    let end = if r.is(end, ',') && r.is_in(end + 1, WordSet::TermWord) { end + 1 } else { end };
    (end..end + TERM).find(|at| !inside(at)).unwrap_or(end)
}

/// `trao quyết định giữ chức NEW cho A`.
pub(super) fn receivers_of_post(r: &TokenCursor<'_>, end: usize, sentence: &EventSentence) -> Vec<EventParty> {
    let given = r.set_end(end, WordSet::PostGivenTo).or_else(|| r.is(end, ':').then_some(end + 1));
    // `giữ chức P cho đến năm 1990, sau đó ông B …`: nobody is given the post.
    let near = |given: usize| {
        sentence.after.iter().find(|party| party.from >= given).is_some_and(|first| first.from <= given + 4)
    };
    if given.is_some_and(near) { receivers(r, end, sentence) } else { Vec::new() }
}

/// The people behind a post that ends: `cách chức Bí thư Huyện ủy của ông A`, `miễn nhiệm chức P đối với các ông A, B`.
pub(super) fn holders_of_post(r: &TokenCursor<'_>, end: usize, sentence: &EventSentence) -> Vec<EventParty> {
    let owned = r.is_word(end, OF) && sentence.after.iter().any(|party| (end..=end + 4).contains(&party.from));
    if owned { receivers(r, end, sentence) } else { receivers_of_post(r, end, sentence) }
}
