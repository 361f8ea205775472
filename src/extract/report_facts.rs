//! The facts of a report: its kind, period, issuing organisation, and the day of the event (docs/domain.md §5.5, §5.8).
//! Most of them are in the lead; the headline, the address and the date of the page fill the gaps.

use super::cursor::TokenCursor;
use super::date_match::{DateMatch, date_at};
use super::function_words::{CITY_END, DAY};
use super::lexicon::{TableClass, WordSet, form};
use super::period::{PeriodMatch, period_at};
use super::report_kind::{KindEvidence, kind};
use super::unit_match::UnitMatch;
use crate::report::{Draft, ParagraphKind, Period, PeriodKind, Person, ReportFacts, ReportKind};
use std::ops::Range;

/// The lead is within this many lines of the body.
const LEAD_LINES: usize = 4;

/// Finds the facts of a report. The order matters: the kind decides which periods fit, and a date without a year takes
/// the year of the period.
pub fn facts(draft: &Draft, r: &TokenCursor<'_>, units: &[UnitMatch], people: &[Person]) -> ReportFacts {
    let lines = lines(r);
    let headline =
        lines.iter().find(|line| line.kind == ParagraphKind::Headline).map_or(0..0, |line| line.range.clone());
    let body = lines.iter().filter(|line| line.kind == ParagraphKind::Body).map(|line| line.range.clone());
    let slug = draft.url.as_deref().and_then(|url| url.trim_end_matches('/').rsplit('/').next());
    let mut ranges = vec![headline];
    ranges.extend(body.take(LEAD_LINES));
    let title = draft.title.as_ref().map(|title| title.text.as_str());
    let kind = kind(r, &KindEvidence { ranges: &ranges, title, slug });
    let date = event_date(r, &ranges);
    let periods = periods(r);
    let own: Vec<PeriodMatch> = periods.iter().filter(|s| is_of_the_event(r, s, kind)).copied().collect();
    let year = year(draft, date, &own, slug);
    let period = period(kind, &ranges, &periods, year);
    let day = date.and_then(|date| {
        let year = date.year.or_else(|| year_of_event(date, kind, period, draft, year))?;
        date.with_year(year)
    });
    ReportFacts {
        kind,
        period,
        unit: issuer(r, &ranges, units, people),
        day,
        day_span: day.and(date).map(|date| r.span(date.start, date.end)),
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

/// The date of the event, from headline and lead: the first one with a part of the day, else the first one that opens a
/// sentence, else the first one behind a date opener that is neither an anniversary nor a document's.
fn event_date(r: &TokenCursor<'_>, ranges: &[Range<usize>]) -> Option<DateMatch> {
    let mut dates = Vec::new();
    for range in ranges {
        let mut at = r.next(range.start, form::NUMBER);
        while at < range.end {
            let date = date_at(r, at);
            at = r.next(date.map_or(at + 1, |date| date.end), form::NUMBER);
            dates.extend(date);
        }
    }
    let best = |fits: &dyn Fn(&DateMatch) -> bool| dates.iter().find(|date| fits(date)).copied();
    best(&|date| has_part_of_day(r, date.start)).or_else(|| best(&|date| opens_sentence(r, date.start))).or_else(|| {
        best(&|date| {
            r.is_in(date.start.wrapping_sub(1), WordSet::EventDateOpener) && !is_past_or_document(r, date.start)
        })
    })
}

/// `Sáng 26-12`, `chiều ngày 26-12`, `Sáng nay (26-12)`.
fn has_part_of_day(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=3).any(|back| at >= back && r.is_in(at - back, WordSet::PartOfDay))
}

/// `Ngày 26-12,` at the beginning of a sentence or after a tag such as `QK7 Online -`.
fn opens_sentence(r: &TokenCursor<'_>, at: usize) -> bool {
    let Some(word) = at.checked_sub(1).filter(|word| r.is_word(*word, DAY)) else { return false };
    let opener = (0..5).find_map(|back| {
        word.checked_sub(back)
            .filter(|at| r.is_capital(*at) && (*at == 0 || r.ends_sentence(at - 1) || r.is_dash(at - 1)))
    });
    opener.is_some_and(|opener| (opener..word).all(|at| !r.is(at, ',') || at + 1 == word))
        && !is_past_or_document(r, at)
}

/// A date of a document, an anniversary, a birth: `Nghị quyết số 08-NQ/TW ngày 26-1-2022`, `Ngày thành lập (22-12)`.
fn is_past_or_document(r: &TokenCursor<'_>, at: usize) -> bool {
    // Nine tokens: enough for `Nghị quyết số 08-NQ/TW ngày`, whose code alone is five.
    let near = at.saturating_sub(9);
    // Only within the sentence: a document in the headline or the sentence before does not count.
    let from = (near..at).rev().find(|place| r.ends_sentence(*place)).map_or(near, |end| end + 1);
    (from..at).any(|back| {
        r.hit(back, TableClass::Document).is_some_and(|_| r.is_capital(back))
            || r.is_in(back, WordSet::OtherDate) && !r.is_word(back + 1, CITY_END)
    })
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

/// The year of the report, from the first of these that has one: a part of a year, a year, the date of the event, the
/// address, the date of the page, a term.
fn year(draft: &Draft, date: Option<DateMatch>, periods: &[PeriodMatch], slug: Option<&str>) -> Option<i16> {
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
    .or_else(|| date.and_then(|date| date.year))
    .or_else(|| slug.and_then(year_in_slug))
    .or_else(|| draft.published.map(crate::report::Day::year))
    .or_else(|| of_period(&|part| matches!(part, PeriodKind::Term(_) | PeriodKind::Years(_))))
}

/// The first number of four digits in an address, if it is a year of this century.
fn year_in_slug(slug: &str) -> Option<i16> {
    let mut numbers = slug.split('-').filter(|part| part.len() == 4);
    numbers.find_map(|part| part.parse().ok()).filter(|year| (2000..2100).contains(year))
}

/// The year of a date written without one. A review of year N takes place in the last months of N or the first months
/// of N + 1; a review of the first half in the year itself.
fn year_of_event(
    date: DateMatch,
    kind: ReportKind,
    period: Option<Period>,
    draft: &Draft,
    year: Option<i16>,
) -> Option<i16> {
    if let Some(published) = draft.published {
        // A page is published within weeks of its event, so a month later in the year than the page's was last year's.
        // The month right after the page's is still this year's: some events are announced.
        let same = published.year();
        return Some(if date.month > published.month() + 1 { same - 1 } else { same });
    }
    match period {
        Some(Period { year, kind: PeriodKind::Year }) if date.month <= 3 && is_review(kind) => Some(year + 1),
        Some(Period { year, kind: PeriodKind::Quarter(4) | PeriodKind::Month(12) | PeriodKind::SecondHalf })
            if date.month <= 2 =>
        {
            Some(year + 1)
        }
        None | Some(Period { kind: PeriodKind::Term(_) | PeriodKind::Years(_), .. }) => year,
        Some(period) => Some(period.year),
    }
}

/// Whether reports of this kind look back on their period.
fn is_review(kind: ReportKind) -> bool {
    matches!(
        kind,
        ReportKind::YearReview | ReportKind::MilitaryPolitical | ReportKind::Briefing | ReportKind::HalfYearReview
    )
}

/// The period that a report of this kind reviews: the first fitting one of headline and lead, then of the text.
fn period(kind: ReportKind, ranges: &[Range<usize>], periods: &[PeriodMatch], year: Option<i16>) -> Option<Period> {
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
        .or_else(|| periods.iter().find(|s| everywhere && fits(s.kind)))?;
    chosen.with_year(year)
}

/// The issuing organisation, from the first of these that has one: the subject of `tổ chức` in the lead, the
/// headline if it opens with an organisation, the posts named first, the organisation named most.
fn issuer(r: &TokenCursor<'_>, ranges: &[Range<usize>], units: &[UnitMatch], people: &[Person]) -> Option<String> {
    let (headline, lead) = ranges.split_first()?;
    let held = |range: &Range<usize>| range.clone().filter(|at| r.is_in(*at, WordSet::EventHeld));
    lead.iter()
        .find_map(|range| held(range).find_map(|at| issuer_before(r, at, units)))
        .or_else(|| units.iter().find(|unit| unit.start == headline.start && !headline.is_empty()).and_then(issuing))
        .or_else(|| issuer_of_posts(r, units, people))
        .or_else(|| most_named(units))
}

/// The organisation that ends directly before token `at`, or with one token between.
fn issuer_before(r: &TokenCursor<'_>, at: usize, units: &[UnitMatch]) -> Option<String> {
    let place = units.partition_point(|unit| unit.end <= at);
    let unit = units.get(place.checked_sub(1)?)?;
    if at - unit.end > 1 || r.is(at - 1, '(') {
        return None;
    }
    issuing(unit)
}

/// The first organisation in the posts of the people named first.
fn issuer_of_posts(r: &TokenCursor<'_>, units: &[UnitMatch], people: &[Person]) -> Option<String> {
    let posts = people.iter().flat_map(|person| &person.posts);
    posts.take(40).find_map(|post| {
        let first = units.partition_point(|unit| r.span(unit.start, unit.end).start < post.span.start);
        let inside = units.iter().skip(first);
        inside.take_while(|unit| r.span(unit.start, unit.end).end <= post.span.end).find_map(issuing)
    })
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
    // One word alone names no organisation, `Hội` of `Hội nghị` least of all; an abbreviation may.
    let names_one = issuer.contains(' ') || issuer.chars().skip(1).any(char::is_uppercase);
    names_one.then(|| issuer.to_owned())
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
