//! The facts of a report: its kind, period, issuing organisation, and the day of the event (docs/domain.md §5.5, §5.8).
//! Most of them are in the lead; the headline, the address and the date of the page fill the gaps.

use super::cursor::TokenCursor;
use super::event_day::{DayEvidence, year_in_slug};
use super::function_words::HOME;
use super::lexicon::{TableClass, WordSet, form};
use super::official_document::OfficialDocument;
use super::period::{PeriodMatch, period_at};
use super::report_genre::{event_sentences, has_guests, is_dated, is_other_news, is_told_by_somebody, official_act};
use super::report_kind::{KindEvidence, is_review, kind};
use super::unit_match::UnitMatch;
use crate::report::{Dated, Draft, ParagraphKind, PeriodKind, Person, ReportFacts, ReportKind};
use std::ops::Range;

/// The lead is within this many lines of the body.
const LEAD_LINES: usize = 4;

/// Finds the facts of a report. The order matters: the kind decides which periods fit, and a date without a year takes
/// the year of the period. What the layout of an official document states goes before what its text tells.
pub fn facts(
    draft: &Draft,
    r: &TokenCursor<'_>,
    document: Option<OfficialDocument>,
    units: &[UnitMatch],
    people: &[Person],
) -> ReportFacts {
    let document = document.unwrap_or_default();
    let lines = lines(r);
    let headline =
        lines.iter().find(|line| line.kind == ParagraphKind::Headline).map_or(0..0, |line| line.range.clone());
    let is_below =
        |line: &&FactsLine| r.token(line.range.start).is_some_and(|first| first.start() >= document.heading_end);
    let body =
        lines.iter().filter(is_below).filter(|line| line.kind == ParagraphKind::Body).map(|line| line.range.clone());
    let slug = draft.url.as_deref().and_then(|url| url.trim_end_matches('/').rsplit('/').next());
    let mut ranges = vec![headline];
    ranges.extend(body.take(LEAD_LINES));
    let title = draft.title.as_ref().map(|title| title.text.as_str());
    let kind = kind(r, &KindEvidence { ranges: &ranges, title, slug });
    let periods = periods(r);
    let reviewed = reviewed_period(kind, &ranges, &periods);
    let written = reviewed.filter(|found| is_of_the_event(r, found, kind)).and_then(|found| found.with_year(None));
    let evidence = DayEvidence { draft, r, ranges: &ranges, kind, period: written, periods: &periods };
    let found = evidence.event_day();
    let own: Vec<PeriodMatch> = periods.iter().filter(|s| is_of_the_event(r, s, kind)).copied().collect();
    let day = document.day.map(|stated| Dated::stated(stated.day)).or(found.day);
    let day_of_text = || found.stated.map(|date| r.span(date.start, date.end));
    let year = year(day, &own, slug);
    ReportFacts {
        kind,
        period: reviewed.and_then(|found| found.with_year(year)),
        unit: document.issuer.or_else(|| issuer(r, &ranges, units, people, kind)),
        day,
        day_span: document.day.map(|stated| stated.span).or_else(day_of_text),
        number: document.number,
        place: document.place,
        signer: document.signer,
    }
}

/// A line of the text.
struct FactsLine {
    kind: ParagraphKind,
    /// Its tokens, without the `End`.
    range: Range<usize>,
}

fn lines(r: &TokenCursor<'_>) -> Vec<FactsLine> {
    let mut out = Vec::new();
    let mut start = 0;
    loop {
        let end = r.next(start, form::END);
        let Some(token) = r.token(end) else { return out };
        out.push(FactsLine { kind: token.line, range: start..end });
        start = end + 1;
    }
}

fn periods(r: &TokenCursor<'_>) -> Vec<PeriodMatch> {
    let mut out = Vec::new();
    let mut at = r.next(0, form::PERIOD);
    while at < r.tokens.len() {
        let period = period_at(r, at);
        at = r.next(period.map_or(at + 1, |period| period.end), form::PERIOD);
        out.extend(period);
    }
    out
}

/// Whether a year may be that of the event, by the words before it. Not if a plan ends in it or something was
/// founded in it; nor if it opens a sentence (`Năm 1990, ông …`), unless the report reviews a year.
fn is_of_the_event(r: &TokenCursor<'_>, period: &PeriodMatch, kind: ReportKind) -> bool {
    if period.kind != PeriodKind::Year || period.start == 0 {
        return true;
    }
    let before = period.start - 1;
    !(r.is_in(before, WordSet::OtherTime) || (!is_review(kind) && r.ends_sentence(before)))
}

/// The year of a period that is written without one, from the first of these that has one: a part of a year, a year,
/// the address, the day of the event. A term of office or a plan of several years says nothing of it.
fn year(day: Option<Dated>, periods: &[PeriodMatch], slug: Option<&str>) -> Option<i16> {
    let of_period =
        |wanted: &dyn Fn(PeriodKind) -> bool| periods.iter().filter(|s| wanted(s.kind)).find_map(|s| s.year);
    of_period(&|part| {
        matches!(
            part,
            PeriodKind::FirstHalf
                | PeriodKind::SecondHalf
                | PeriodKind::Quarter(_)
                | PeriodKind::Month(_)
                | PeriodKind::NineMonths
        )
    })
    .or_else(|| of_period(&|part| part == PeriodKind::Year))
    .or_else(|| slug.and_then(year_in_slug))
    .or_else(|| day.map(|dated| dated.day.year()))
}

/// The period that a report of this kind reviews: the first fitting one of headline and lead, then of the text.
fn reviewed_period(kind: ReportKind, ranges: &[Range<usize>], periods: &[PeriodMatch]) -> Option<PeriodMatch> {
    let fits: fn(PeriodKind) -> bool = match kind {
        ReportKind::HalfYearReview | ReportKind::MilitaryPolitical | ReportKind::Resolution => |part| {
            matches!(
                part,
                PeriodKind::FirstHalf
                    | PeriodKind::SecondHalf
                    | PeriodKind::NineMonths
                    | PeriodKind::Quarter(_)
                    | PeriodKind::Year
                    | PeriodKind::Years(_)
            )
        },
        ReportKind::YearReview => |part| {
            matches!(part, PeriodKind::Year | PeriodKind::Years(_) | PeriodKind::FirstHalf | PeriodKind::NineMonths)
        },
        ReportKind::Briefing => |part| {
            matches!(
                part,
                PeriodKind::Month(_)
                    | PeriodKind::Quarter(_)
                    | PeriodKind::NineMonths
                    | PeriodKind::FirstHalf
                    | PeriodKind::Year
            )
        },
        ReportKind::Congress => |part| matches!(part, PeriodKind::Term(_)),
        ReportKind::Training | ReportKind::Contest | ReportKind::Exercise => {
            |part| !matches!(part, PeriodKind::Term(_) | PeriodKind::Years(_))
        }
        _ => return None,
    };
    let everywhere = !matches!(kind, ReportKind::Training | ReportKind::Contest | ReportKind::Exercise);
    let ranges = if everywhere { ranges } else { ranges.get(..2).unwrap_or(ranges) };
    let chosen = ranges
        .iter()
        .find_map(|range| periods.iter().find(|s| range.contains(&s.start) && fits(s.kind)))
        .or_else(|| periods.iter().find(|s| everywhere && fits(s.kind)));
    chosen.copied()
}

/// The issuing organisation, from the first of these that has one: the subject of `tổ chức` in the lead, the
/// headline if it opens with an organisation, the posts of those named first, the organisation that headline and lead
/// name most. Where the report tells no event of a kind, a mere mention is not enough: the posts count only where the
/// lead tells an official event, and nothing counts in other news.
fn issuer(
    r: &TokenCursor<'_>,
    ranges: &[Range<usize>],
    units: &[UnitMatch],
    people: &[Person],
    kind: ReportKind,
) -> Option<String> {
    let (headline, lead) = ranges.split_first()?;
    if kind == ReportKind::Other && is_other_news(r, headline) {
        return None;
    }
    let units: Vec<UnitMatch> = units.iter().filter(|unit| issues_reports(r, unit)).cloned().collect();
    let end = ranges.last().map_or(0, |range| range.end);
    let near = units.get(..units.partition_point(|unit| unit.start < end)).unwrap_or_default();
    let line = |range: &Range<usize>| {
        let held = range.clone().filter(|at| r.is_in(*at, WordSet::EventHeld));
        held.into_iter().find_map(|at| issuer_before(r, at, &units))
    };
    if kind != ReportKind::Other {
        return lead
            .iter()
            .find_map(line)
            .or_else(|| units.iter().find(|unit| opens(headline, unit)).and_then(issuing))
            .or_else(|| issuer_of_posts(r, &units, people))
            .or_else(|| most_named(near).filter(|_| kind != ReportKind::Funeral));
    }
    let sentence = lead.iter().flat_map(|range| event_sentences(r, range)).next();
    let heads = |unit: &&UnitMatch| opens(headline, unit) && is_issuer_of_headline(r, unit.end, lead);
    sentence.as_ref().and_then(line).or_else(|| units.iter().find(heads).and_then(issuing)).or_else(|| {
        // `Sáng 5-3, Đại tá A, Phó Tư lệnh Quân khu 10, chủ trì hội nghị`
        let sentence = sentence.filter(|_| has_guests(r, lead))?;
        let act = official_act(r, &sentence)?;
        let of_actor = |unit: &&UnitMatch| sentence.start <= unit.start && unit.end <= act && !unit.short;
        issuer_of_posts(r, &near.iter().filter(of_actor).cloned().collect::<Vec<_>>(), people)
    })
}

/// Whether a headline opens with the organisation.
fn opens(headline: &Range<usize>, unit: &UnitMatch) -> bool {
    unit.start == headline.start && !headline.is_empty()
}

/// Whether the organisation before token `at` of a headline is who reports (`Quân khu 9: Tôn vinh …`), and not who is
/// quoted (`Công an Hải Âu: 'Không có …'`) or gives information of something else.
fn is_issuer_of_headline(r: &TokenCursor<'_>, at: usize, lead: &[Range<usize>]) -> bool {
    let quoted = ['"', '“', '\'', '‘'].iter().any(|sign| r.is(at + 1, *sign));
    let first = lead.first().is_some_and(|range| is_dated(r, range.clone()) && !is_told_by_somebody(r, range.clone()));
    r.is(at, ':') && !quoted && first
}

/// Whether an organisation of this sort issues reports: an official one of this country, and no place.
fn issues_reports(r: &TokenCursor<'_>, unit: &UnitMatch) -> bool {
    let foreign = (unit.start..unit.end).any(|at| {
        r.is_capital(at)
            && r.hit(at, TableClass::Country).and_then(|hit| r.country(hit)).is_some_and(|name| name != HOME)
    });
    !foreign && r.is_in(unit.start, WordSet::OfficialBody)
}

/// The organisation that ends directly before token `at`, or with words of manner and brackets between (`đã long trọng
/// tổ chức`). A name that goes on over a lower-case `tổ chức` ends before it: `Quân khu tổ chức Hội nghị`.
fn issuer_before(r: &TokenCursor<'_>, at: usize, units: &[UnitMatch]) -> Option<String> {
    let place = units.partition_point(|unit| unit.start + 1 < at);
    let (before, unit) = units.get(..place)?.split_last().map(|(unit, before)| (before, unit))?;
    // `Quân khu 9 phối hợp với Sở Y tế tổ chức`: the first of two holds the event.
    let joined = |first: &&UnitMatch| {
        first.end < unit.start && (first.end..unit.start).all(|here| r.is_in(here, WordSet::HeldWith))
    };
    let first = before.last().filter(joined).filter(|_| unit.end <= at);
    let from = unit.start.saturating_sub(3);
    let scene = (from..unit.start).rev().take_while(|here| !r.is(*here, ',') && !r.ends_sentence(*here));
    if scene.into_iter().any(|here| r.is_in(here, WordSet::HeldAt)) {
        return None;
    }
    if unit.end > at {
        // `Ban Tổ chức`
        return r.is_lower(at).then(|| r.words(unit.start, at));
    }
    let mut here = unit.end;
    while here < at {
        let bracket = || r.is(here, '(').then(|| (here..at).find(|end| r.is(*end, ')')).map(|end| end + 1)).flatten();
        here = r.set_end(here, WordSet::HeldManner).or_else(bracket).or_else(|| (here + 1 == at).then_some(at))?;
    }
    (!r.is(at - 1, '(')).then(|| first.and_then(issuing).or_else(|| issuing(unit))).flatten()
}

/// The first organisation in the posts of the people named first. Those who are only members of a body do not speak for
/// it: `Ủy viên Bộ Chính trị, Tư lệnh Quân khu 9`.
fn issuer_of_posts(r: &TokenCursor<'_>, units: &[UnitMatch], people: &[Person]) -> Option<String> {
    let posts = people.iter().flat_map(|person| &person.posts);
    posts.take(40).find_map(|post| {
        let first = units.partition_point(|unit| r.span(unit.start, unit.end).start < post.span.start);
        let inside = units.iter().skip(first).filter(|unit| !is_of_member(r, unit.start));
        inside.take_while(|unit| r.span(unit.start, unit.end).end <= post.span.end).find_map(issuing)
    })
}

/// Whether a post before token `at` is that of a mere member of the body that is named there.
fn is_of_member(r: &TokenCursor<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at).any(|from| r.set_end(from, WordSet::MemberPost).is_some_and(|end| end >= at))
}

/// The organisation itself if its Party committee or its command is named: `Đảng ủy Quân khu 1` is the Quân khu.
fn issuing(unit: &UnitMatch) -> Option<String> {
    let name = unit.name.trim();
    let committee = WordSet::PartyCommittee.words().iter().find_map(|head| name.strip_prefix(head));
    let command = WordSet::Command
        .words()
        .iter()
        .find_map(|head| name.strip_prefix(head)?.strip_prefix(' '))
        .filter(|rest| WordSet::Commanded.words().iter().any(|head| rest.starts_with(head)));
    let issuer = committee.map(str::trim).or(command).unwrap_or(name);
    let issuer = without_abbreviation(issuer);
    // One word alone names no organisation, `Hội` of `Hội nghị` least of all; an abbreviation may.
    let names_one = issuer.contains(' ') || issuer.chars().skip(1).any(char::is_uppercase);
    names_one.then_some(issuer)
}

/// The name without the abbreviation that the text explains inside it: `Cục B Quân đội nhân dân (QĐND) Việt Nam`.
fn without_abbreviation(name: &str) -> String {
    let inside = name.split_once(" (").and_then(|(before, rest)| Some((before, rest.split_once(") ")?)));
    match inside {
        Some((before, (short, behind))) if short.chars().all(char::is_uppercase) => format!("{before} {behind}"),
        _ => name.to_owned(),
    }
}

/// The organisation that is named most often; of several the first.
fn most_named(units: &[UnitMatch]) -> Option<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in units.iter().filter(|unit| !unit.short).take(200).filter_map(issuing) {
        match counts.iter_mut().find(|(have, _)| *have == name) {
            Some(entry) => entry.1 += 1,
            None => counts.push((name, 1)),
        }
    }
    // `max_by_key` returns the last of equal elements; reversed, that is the one named first.
    counts.into_iter().rev().max_by_key(|entry| entry.1).map(|entry| entry.0)
}
