//! Who leaves a post by the act of another (docs/domain.md §1.3). The verbs of dismissal (`cách chức`, `sa thải`) have
//! a subject who dismisses and an object who is dismissed:
//!
//! ```text
//! Tổng thống A sa thải Bộ trưởng B            B leaves the post, A keeps it
//! Bộ trưởng B bị Tổng thống A sa thải         the same
//! Giám đốc A cách chức ba trưởng phòng        nobody who is named
//! Giám đốc A cách chức ba người gồm B, C và D B, C and D
//! ```

use super::super::cursor::TokenCursor;
use super::super::function_words::{AND, PASSIVE, SUFFERS};
use super::super::lexicon::{WordSet, form};
use super::{EventParty, EventSentence, EventWords};

/// Whom the words of an event dismiss.
pub(super) enum Dismissal {
    /// The person named directly behind the words, or those of the list that they open.
    Of(Vec<EventParty>),
    /// People who are not named, or somebody who only may be dismissed.
    OfNobody,
}

/// Reads the object of a verb of dismissal. `None` if the words are no such verb, or if whom they concern is named
/// elsewhere in the sentence.
pub(super) fn object(r: &TokenCursor<'_>, words: EventWords, sentence: &EventSentence) -> Option<Dismissal> {
    if !r.is_in(words.at, WordSet::Dismisses) {
        return None;
    }
    let object = sentence.after.first().filter(|party| party.from == words.end);
    let suffered = (1..=2).filter_map(|back| words.at.checked_sub(back)).any(|at| is_passive(r, at));
    match object {
        _ if suffered => None,
        // `dọa sa thải Bộ trưởng A`, `không cách chức ông A`
        Some(_) if (sentence.start..words.at).any(|at| r.is_in(at, WordSet::Demands)) => Some(Dismissal::OfNobody),
        Some(object) => Some(Dismissal::Of(vec![*object])),
        None if is_of_several(r, words.end) => Some(match listed(r, words, sentence) {
            list if list.is_empty() => Dismissal::OfNobody,
            list => Dismissal::Of(list),
        }),
        // Firms dismiss people without a post, and are the subject then.
        None if r.is_in(words.at, WordSet::DismissesAnybody) && !by_agent(r, sentence) => Some(Dismissal::OfNobody),
        None => None,
    }
}

/// Whether the object is several people: `ba quan chức`, `các ông`, `một loạt tướng lĩnh`.
fn is_of_several(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_number(at) || r.has(at, form::SEVERAL) || r.is_in(at, WordSet::Many)
}

/// The people of the list that says who the several are: `ba quan chức gồm A, B và C`. Empty if there is none, or if
/// they only may be dismissed.
fn listed(r: &TokenCursor<'_>, words: EventWords, sentence: &EventSentence) -> Vec<EventParty> {
    const REACH: usize = 12;
    const JOINT: usize = 2;
    let opens = |at: &usize| r.is(*at, ':') || r.is_in(*at, WordSet::OpensList);
    let may_be = || (sentence.start..words.at).any(|at| r.is_in(at, WordSet::Demands));
    let Some(list) = (words.end..(words.end + REACH).min(sentence.end)).find(opens).filter(|_| !may_be()) else {
        return Vec::new();
    };
    let Some(first) = sentence.after.first().filter(|party| (list..=list + REACH / 2).contains(&party.from)) else {
        return Vec::new();
    };
    let mut all = vec![*first];
    for pair in sentence.after.windows(2) {
        let [before, next] = pair else { break };
        let joined = |at: usize| r.is(at, ',') || r.is(at, ';') || r.is_word(at, AND);
        let gap = before.to..next.from;
        if gap.len() > JOINT || gap.is_empty() || !gap.into_iter().all(joined) {
            break;
        }
        all.push(*next);
    }
    all
}

/// Whether the last person before the words is the one who acts in a sentence about another: `Bộ trưởng B bị Tổng thống
/// A sa thải`, `B được Thủ tướng A bổ nhiệm`.
pub(super) fn by_agent(r: &TokenCursor<'_>, sentence: &EventSentence) -> bool {
    let [.., subject, agent] = sentence.before.as_slice() else { return false };
    agent.from > subject.to && is_passive(r, agent.from - 1)
}

/// Whether the verb behind the word at `at` is done to the subject.
fn is_passive(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_word(at, SUFFERS) || r.is_word(at, PASSIVE)
}
