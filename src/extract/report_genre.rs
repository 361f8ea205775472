//! Whether a report is of the genre that has a kind and an issuing organisation (docs/domain.md §5.8): it tells of an
//! official event, and says who held it. Other news (crime, business, other countries) may have the same words; a kind
//! shown for it would be wrong and would hide its headline in the list.

use super::cursor::TokenCursor;
use super::function_words::HOME_COUNTRY;
use super::lexicon::{TableClass, WordSet, bit};
use super::name::is_foreign as is_foreign_word;
use super::token::LetterCase;
use crate::report::ReportKind;
use std::ops::Range;

/// A line of the report in which a sign of a kind stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignLine {
    Headline,
    /// A line of the lead.
    Lead,
}

/// The most tokens between the official and what the official does.
const SUBJECT: usize = 40;

/// The most tokens behind a headline in which the lead names who holds the event.
const LEAD: usize = 60;

/// Whether the sign at token `at` tells the event of the report and not something in passing.
pub fn tells_event(r: &TokenCursor<'_>, line: SignLine, range: &Range<usize>, at: usize, kind: ReportKind) -> bool {
    let start = sentence_start(r, range.start, at);
    let end = r.sentence_end(at, 80).min(range.end);
    if is_in_passing(r, start, at, kind) || is_foreign(r, start..end) {
        return false;
    }
    match kind {
        ReportKind::Inspection | ReportKind::Visit | ReportKind::NewYear | ReportKind::Reception => {
            // `Kiểm tra công tác tại Lữ đoàn 9`: a headline may leave out who does it.
            let headed = line == SignLine::Headline && (at == start || r.is(at - 1, ':')) && official_in(r, at..end);
            headed || is_deed_of_official(r, start, at)
        }
        // A promotion or a death is told of somebody, by whoever reports it.
        ReportKind::Decision | ReportKind::Funeral => official_in(r, start..end),
        // `Sơ kết công tác 6 tháng đầu năm`: a headline that opens with the event leaves to the lead who holds it.
        _ if line == SignLine::Headline => {
            official_in(r, start..end) || (at == start && official_in(r, at..range.end + LEAD))
        }
        _ => official_in(r, start..end) && is_held(r, start..end),
    }
}

/// Whether a headline or a lead names an official or an organisation that holds official events.
pub fn official_in(r: &TokenCursor<'_>, range: Range<usize>) -> bool {
    first_official(r, range).is_some()
}

/// Whether lines of the lead are in the words of reports of the services.
pub fn is_of_a_service(r: &TokenCursor<'_>, ranges: &[Range<usize>]) -> bool {
    ranges.iter().any(|range| has(r, range.clone(), WordSet::Service))
}

/// Whether a headline tells what happened (a crime, an accident), or tells it of another country.
pub fn is_other_news(r: &TokenCursor<'_>, headline: &Range<usize>) -> bool {
    headline.clone().any(|at| is_incident(r, at)) || is_foreign(r, headline.clone())
}

/// Whether a word tells of an incident and is no part of another word (`vụ` of `nhiệm vụ`).
fn is_incident(r: &TokenCursor<'_>, at: usize) -> bool {
    let part = |from: usize| r.set_end(from, WordSet::NoIncident).is_some_and(|end| end > at);
    r.is_in(at, WordSet::Incident) && !part(at) && !at.checked_sub(1).is_some_and(part)
}

fn has(r: &TokenCursor<'_>, mut range: Range<usize>, set: WordSet) -> bool {
    range.any(|at| r.is_in(at, set))
}

/// The first token of the sentence that holds token `at`, in a line that begins at `from`.
fn sentence_start(r: &TokenCursor<'_>, from: usize, at: usize) -> usize {
    (from..at).rev().find(|place| r.ends_sentence(*place)).map_or(from, |end| end + 1)
}

/// Whether the event is named in passing: as an occasion, as what is asked for, as what has not been done.
fn is_in_passing(r: &TokenCursor<'_>, start: usize, at: usize, kind: ReportKind) -> bool {
    if kind == ReportKind::Visit && (r.is_in(at + 1, WordSet::NoVisit) || r.is_in(at + 2, WordSet::NoVisit)) {
        return true;
    }
    // What is done to somebody is a report's event where it is an appointment or a funeral.
    let of_person = matches!(kind, ReportKind::Decision | ReportKind::Funeral);
    at > start && !of_person && r.is_in(at - 1, WordSet::InPassing)
}

/// Whether the sentence is about another country: it names one, or a foreigner and no organisation of this country, and
/// neither this country nor a place in it.
fn is_foreign(r: &TokenCursor<'_>, range: Range<usize>) -> bool {
    let (mut foreign, mut foreigner) = (false, false);
    for at in range.clone().filter(|at| r.is_capital(*at)) {
        match r.hit(at, TableClass::Country).and_then(|hit| r.country(hit)) {
            Some(HOME_COUNTRY) => return false,
            Some(_) => foreign = true,
            None if r.hit(at, TableClass::Place).is_some() => return false,
            None => foreigner |= is_foreigner(r, at),
        }
    }
    let here = |at: usize| r.is_capital(at) && r.hit(at, TableClass::Unit).is_some();
    foreign || (foreigner && !range.into_iter().any(here))
}

/// Whether the word may be a foreigner's name.
fn is_foreigner(r: &TokenCursor<'_>, at: usize) -> bool {
    r.token(at).is_some_and(|token| token.case == LetterCase::Capital) && is_foreign_word(r, at)
}

/// The first token of an official or an official organisation.
fn first_official(r: &TokenCursor<'_>, range: Range<usize>) -> Option<usize> {
    let wanted = bit(TableClass::Rank) | bit(TableClass::Post) | bit(TableClass::Unit);
    let mut at = r.next(range.start, wanted);
    while at < range.end {
        if is_official(r, at) {
            return Some(at);
        }
        at = r.next(at + 1, wanted);
    }
    None
}

fn is_official(r: &TokenCursor<'_>, at: usize) -> bool {
    let unit = r.is_capital(at) && r.hit(at, TableClass::Unit).is_some() && r.is_in(at, WordSet::OfficialBody);
    unit || r.hit(at, TableClass::Rank).is_some() || r.hit(at, TableClass::Post).is_some()
}

/// Whether the words before token `at` name an official, who does at once what the sign says (`Đại tá A đã đến thăm`),
/// or a delegation whoever leads it.
fn is_deed_of_official(r: &TokenCursor<'_>, start: usize, at: usize) -> bool {
    let from = start.max(at.saturating_sub(SUBJECT));
    let delegation = (from..at).any(|here| r.is_in(here, WordSet::Delegation));
    let deed = (from..at).rev().find(|here| !r.is_in(*here, WordSet::GoesTo));
    let named = deed.is_some_and(|here| !r.is_lower(here)) || at == start;
    let silent = !(from..at).any(|here| r.is_saying(here));
    silent && (delegation || named) && official_in(r, from..at)
}

/// Whether the sentence says that the event is held or opened, or calls it one.
fn is_held(r: &TokenCursor<'_>, mut range: Range<usize>) -> bool {
    let sets = [WordSet::KindFollows, WordSet::EventHeld, WordSet::EventNoun];
    range.any(|here| sets.iter().any(|set| r.is_in(here, *set)))
}
