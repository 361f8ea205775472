//! Whether a report is of the genre that has a kind and an issuing organisation (docs/domain.md §5.8): it tells of an
//! official event, and says who held it. Other news (crime, business, other countries) may have the same words; a kind
//! shown for it would be wrong and would hide its headline in the list.

use super::cursor::TokenCursor;
use super::function_words::{HOME, HOME_SHORT, TODAY};
use super::lexicon::{TableClass, WordSet, bit};
use super::name_run::is_foreign as is_foreign_word;
use super::token::{LetterCase, Token};
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
            (headed || is_deed_of_official(r, start, at)) && is_of_home(r, start, at, end)
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

/// Whether the words name a day: `Sáng 5-3`, `Ngày 5-3`, `chiều nay`. A report of an event does so in its lead; a
/// story of somebody's life, an analysis, a letter of a reader mostly does not.
pub fn is_dated(r: &TokenCursor<'_>, mut range: Range<usize>) -> bool {
    let day = |at: usize| r.is_number(at + 1) || r.is_word(at + 1, TODAY[1]);
    // `trưa nay (19-11)`
    let today = |at: usize| r.is_word(at, TODAY[1]) && r.is_number(at + 1 + usize::from(r.is(at + 1, '(')));
    range.any(|at| (r.is_in(at, WordSet::DateOpener) && day(at)) || r.is_words(at, &TODAY) || today(at))
}

/// The sentences of a line that tell an official event: they name the day, and an official or an official organisation
/// that acts as such (`chủ trì`, `trao`, `tổ chức`). An official who gives information of something (`cho biết`) is the
/// source of other news.
pub fn event_sentences(r: &TokenCursor<'_>, line: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    sentences(r, line.clone()).filter(|sentence| {
        is_dated(r, sentence.clone())
            && !is_foreign(r, sentence.clone())
            && official_act(r, sentence).is_some_and(|at| official_in(r, sentence.start..at))
    })
}

/// Whether the lead names who was there: `Cùng dự có …`, or several officials. Police who check a car have no guests.
pub fn has_guests(r: &TokenCursor<'_>, lead: &[Range<usize>]) -> bool {
    let ranks = |range: &Range<usize>| range.clone().filter(|at| r.hit(*at, TableClass::Rank).is_some()).count();
    lead.iter().any(|range| has(r, range.clone(), WordSet::Attendance)) || lead.iter().map(ranks).sum::<usize>() > 2
}

/// Whether the sentence says that an organisation holds an event.
pub fn is_event_held(r: &TokenCursor<'_>, sentence: &Range<usize>) -> bool {
    has(r, sentence.clone(), WordSet::EventHeld) && has(r, sentence.clone(), WordSet::EventNoun)
}

/// Whether somebody is quoted or gives information in the range.
pub fn is_told_by_somebody(r: &TokenCursor<'_>, mut range: Range<usize>) -> bool {
    range.any(|at| r.is_saying(at))
}

fn sentences(r: &TokenCursor<'_>, line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = line.start;
    line.clone().filter_map(move |at| {
        let last = at + 1 == line.end;
        (r.ends_sentence(at) || last).then(|| std::mem::replace(&mut start, at + 1)..at + usize::from(last))
    })
}

/// The first official act of a sentence that tells an event, if nobody speaks before it and it is no plan.
pub fn official_act(r: &TokenCursor<'_>, sentence: &Range<usize>) -> Option<usize> {
    let act = |at: usize| r.is_in(at, WordSet::OfficialAct) && !r.is_in(at + 1, WordSet::NotAttending);
    let other = |at: usize| r.is_saying(at) || r.is_in(at, WordSet::NotYet);
    sentence.clone().find(|at| act(*at) || other(*at)).filter(|at| act(*at))
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
    // `Ủy ban Kiểm tra`, `Đoàn giám sát` are names.
    if kind == ReportKind::Inspection && at > start && r.is_in(at - 1, WordSet::Inspectors) {
        return true;
    }
    // What is done to somebody is a report's event where it is an appointment or a funeral.
    let of_person = matches!(kind, ReportKind::Decision | ReportKind::Funeral);
    let two = at >= start + 2 && r.set_end(at - 2, WordSet::InPassing) == Some(at);
    at > start && !of_person && (two || r.is_in(at - 1, WordSet::InPassing))
}

/// Whether the sentence is about another country: it names one, or a foreigner and no organisation of this country, and
/// neither this country nor a place in it.
fn is_foreign(r: &TokenCursor<'_>, range: Range<usize>) -> bool {
    let (mut foreign, mut foreigner) = (false, false);
    for at in range.clone().filter(|at| r.is_capital(*at)) {
        match r.hit(at, TableClass::Country).and_then(|hit| r.country(hit)) {
            Some(HOME) => return false,
            Some(_) => foreign |= !is_in_name(r, at),
            // `hợp tác Việt - Lào`
            None if r.is_word(at, HOME_SHORT) && (r.is_dash(at + 1) || (at > 0 && r.is_dash(at - 1))) => return false,
            None if r.hit(at, TableClass::Place).is_some() => return false,
            None => foreigner |= is_foreigner(r, at),
        }
    }
    let here = |at: usize| r.is_capital(at) && r.hit(at, TableClass::Unit).is_some();
    foreign || (foreigner && !range.into_iter().any(here))
}

/// Whether the country is rather the last word of a person's name: `Tạ Thị Nga`.
fn is_in_name(r: &TokenCursor<'_>, at: usize) -> bool {
    let one_word = r.hit(at, TableClass::Country).is_some_and(|hit| hit.end == at + 1);
    let before = at.checked_sub(1).and_then(|before| Some((before, r.token(before)?)));
    let of_name = |(before, token): (usize, &Token)| {
        let other = [TableClass::Unit, TableClass::Post, TableClass::Rank, TableClass::Country];
        token.case == LetterCase::Capital && other.iter().all(|class| r.hit(before, *class).is_none())
    };
    one_word && before.is_some_and(of_name)
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
    let goes = |here: usize| {
        let two = here.checked_sub(1).and_then(|before| r.set_end(before, WordSet::GoesTo));
        r.is_in(here, WordSet::GoesTo) || two == Some(here + 1)
    };
    let deed = (from..at).rev().find(|here| !goes(*here));
    let named = deed.is_some_and(|here| !r.is_lower(here) || ends_office(r, from, here)) || at == start;
    let silent = !(from..at).any(|here| r.is_saying(here) || r.is_in(here, WordSet::NotYet));
    silent && (delegation || named) && official_in(r, from..at)
}

/// Whether an organisation or a post of the tables ends with the token: `Bộ trưởng Bộ Công an`.
fn ends_office(r: &TokenCursor<'_>, from: usize, last: usize) -> bool {
    let ends = |at: usize, class| r.is_capital(at) && r.hit(at, class).is_some_and(|hit| hit.end == last + 1);
    (from.max(last.saturating_sub(4))..last).any(|at| ends(at, TableClass::Unit) || ends(at, TableClass::Post))
}

/// Whether the event concerns this country: whoever does it is no foreigner, or comes to an organisation or an official
/// of this country.
fn is_of_home(r: &TokenCursor<'_>, start: usize, at: usize, end: usize) -> bool {
    let country = |here: usize| r.hit(here, TableClass::Country).and_then(|hit| r.country(hit));
    let abroad = |range: Range<usize>| {
        range.into_iter().any(|here| {
            r.is_capital(here)
                && (country(here).is_some_and(|name| name != HOME && !is_in_name(r, here)) || is_foreigner(r, here))
        })
    };
    !abroad(start..at) && (start < at || !abroad(at..end)) || (official_in(r, at..end) && !abroad(at..end))
}

/// Whether the sentence says that the event is held or opened, or calls it one.
fn is_held(r: &TokenCursor<'_>, mut range: Range<usize>) -> bool {
    let sets = [WordSet::KindFollows, WordSet::EventHeld, WordSet::EventNoun];
    range.any(|here| sets.iter().any(|set| r.is_in(here, *set)))
}
