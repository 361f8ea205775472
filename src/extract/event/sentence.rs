//! The people of the sentence that tells of an event, and which of them it concerns (docs/domain.md §1.3): mostly the
//! last one named before its words, and those listed with that one. A word between that shows another subject (`;`, a
//! verb of speaking, a pronoun, the giver of a decision) leaves nobody.

use super::super::cursor::TokenCursor;
use super::super::function_words::{AND, PASSIVE, REPLACING};
use super::super::lexicon::{EventVerb, PersonSign, TableClass, WordSet, form};
use super::super::name_run::name_at;
use super::{EventParty, FAR, dismissal};

/// The people named in the sentence of an event, before and after its words.
pub(super) struct EventSentence {
    pub(super) before: Vec<EventParty>,
    pub(super) after: Vec<EventParty>,
    pub(super) end: usize,
    pub(super) start: usize,
}

impl EventSentence {
    pub(super) fn around(r: &TokenCursor<'_>, at: usize, parties: &[EventParty]) -> Self {
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

    /// The people before the event's words whom it concerns: the last one named, and those listed before if a word of
    /// the sentence includes them (`cùng`, `đều`). Empty if something between name and words shows another subject: a
    /// semicolon, a verb of speaking, a pronoun.
    pub(super) fn subjects(&self, r: &TokenCursor<'_>, at: usize) -> Vec<EventParty> {
        let before = self.without_replaced(r, at);
        let Some(last) = before.last().copied() else { return Vec::new() };
        let between = last.to..at;
        let other_subject = between.clone().any(|place| {
            r.is(place, ';')
                || r.is(place, ':')
                || r.is_saying(place)
                || is_pronoun(r, place)
                // `A, người mới được bổ nhiệm làm Tư lệnh`: told of A.
                || (r.is_in(place, WordSet::OtherHolder) && !(place == last.to + 1 && r.is(last.to, ',')))
        }) || names_another(r, self.before.last().map_or(last.to, |party| party.to), at);
        // With 24 tokens between, the person named is rarely the subject any more.
        if other_subject || at.saturating_sub(last.to) > 24 || gives(r, last.to, at) {
            return Vec::new();
        }
        let together = between.clone().any(|place| r.is_in(place, WordSet::Together))
            || (self.start..last.from).any(|place| r.is_in(place, WordSet::Comrades));
        let mut out = vec![last];
        let mut all = together;
        for pair in before.windows(2).rev() {
            let [first, second] = pair else { break };
            let mut gap = first.to..second.from;
            let joins = |place: usize| r.is(place, ',') || r.is_word(place, AND) || (together && r.is(place, ';'));
            if gap.len() > 2 || !gap.clone().all(joins) {
                break;
            }
            // `A và B được thăng quân hàm`, `Các đại tá A, B được thăng quân hàm`.
            all |= out.len() == 1 && gap.any(|place| r.is_word(place, AND));
            all |= r.has(first.from, form::SEVERAL);
            out.push(*first);
        }
        if !all {
            return vec![last];
        }
        out.reverse();
        out
    }

    /// The people before the event without the one who is replaced: `A thay B giữ chức P`.
    fn without_replaced(&self, r: &TokenCursor<'_>, at: usize) -> &[EventParty] {
        let replaced = |party: &EventParty| {
            (1..=2).filter_map(|back| party.from.checked_sub(back)).any(|at| r.is_word(at, REPLACING))
        };
        // `thay B nghỉ hưu`: the event is B's own.
        if !matches!(r.event(at), Some(EventVerb::TakesUp | EventVerb::Appointed | EventVerb::Elected)) {
            let acted = r.is_in(at, WordSet::Dismisses) && dismissal::by_agent(r, self);
            return if acted { self.before.split_last().map_or(&[], |(_, others)| others) } else { &self.before };
        }
        let passive = |party: &EventParty| (party.to..=at).any(|place| r.is_word(place, PASSIVE));
        match self.before.split_last() {
            Some((_, others)) if dismissal::by_agent(r, self) => others,
            // `để thay B được điều động`: B is the subject of what follows.
            Some((last, others)) if replaced(last) && !others.is_empty() && !passive(last) => others,
            _ => &self.before,
        }
    }
}

/// Whether a name that no recognizer takes for a person's stands directly before the event at `at`: `sau khi Kê Bun
/// tiếp quản vị trí P`. The event is told of it and not of the person named before `from`.
fn names_another(r: &TokenCursor<'_>, from: usize, at: usize) -> bool {
    let Some(end) = (0..3).filter_map(|back| at.checked_sub(back)).find(|end| *end > from && r.is_capital(*end - 1))
    else {
        return false;
    };
    let start = (from..end).rev().take_while(|word| r.is_capital(*word)).last().unwrap_or(end);
    let name = name_at(r, start).filter(|name| name.end == end && name.words >= 2);
    let known = [TableClass::Unit, TableClass::Place, TableClass::Country, TableClass::Tail, TableClass::Title];
    let other = |at: usize| known.iter().any(|class| r.hit(at, *class).is_some());
    name.is_some_and(|name| name.start > from && !other(start) && !r.is(start.wrapping_sub(1), ','))
}

/// Whether the person named before token `from` gives what the event at `at` tells of: `A ký quyết định bổ nhiệm`. A
/// person who receives the decision is not its giver: `A nhận quyết định bổ nhiệm`.
fn gives(r: &TokenCursor<'_>, from: usize, at: usize) -> bool {
    let received = (from..at).any(|place| r.is_in(place, WordSet::Receives));
    !received && (from..=at).any(|place| r.is_in(place, WordSet::GivesDecision))
}

/// Whether a form of address has no name behind it, as in `ông đã`: it means a person named elsewhere.
fn is_pronoun(r: &TokenCursor<'_>, at: usize) -> bool {
    r.hit(at, TableClass::Person).is_some_and(|hit| !r.is_capital(hit.end))
        && r.person_sign(at) == Some(PersonSign::Address)
}
