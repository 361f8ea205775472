//! The day of a report (docs/domain.md §5.5): which date of headline and lead is the event's, and of which year it is.
//! A day and a month take their year from the same date, from the occasion that the date is said of, from the period
//! under review, from an anniversary, or from the page. No other year of the text is used: it may be one of history, of
//! a birth, of a plan or of a case. What addresses hint at gives an inferred day.
//!
//! ```text
//! event date ─▶ year written with it, or said of it by the text ─▶ stated
//!            └▶ year of the page                                ─▶ stated
//!            └▶ year of the addresses, of the file              ─▶ inferred
//! no date    ─▶ page, user, addresses                           ─▶ inferred
//!            └▶ month that opens the lead                         ─▶ stated, the month only
//!            └▶ year that the text celebrates or calls this one ─▶ stated, the year only
//!            └▶ period, file                                    ─▶ inferred
//! ```

mod occasion;
#[cfg(test)]
mod tests;

use super::cursor::TokenCursor;
use super::date_match::{DateMatch, date_at, year_at};
use super::function_words::{CITY_END, DAY, FROM, PHOTO, THIS_YEAR, TODAY, WILL};
use super::lexicon::{EventVerb, TableClass, WordSet, form};
use super::period::PeriodMatch;
use super::report_kind::is_review;
use crate::report::day_in_address::day_in_address;
use crate::report::{Certainty, Dated, Day, Draft, ParagraphKind, Period, PeriodKind, ReportKind};
use std::ops::Range;

/// A page is published at most this many days before the event that it announces.
const MAX_DAYS_AHEAD: i32 = 62;
/// An event reported by a page is at most this many days later than its day of publication, which may be that of
/// another zone of time.
const MAX_DAYS_AFTER_PUBLICATION: i32 = 1;
/// A page is published at most this many days after its event.
const MAX_DAYS_LATE: i32 = 400;
/// Without a page's date, an earlier year is one of history: reports are kept as files since about this one.
const FIRST_YEAR: i16 = 2000;
/// Two dates of one event are at most this many days apart.
const MAX_DAYS_OF_EVENT: i32 = 31;
/// What else happened is reported at most this many days before the event of the report.
const MAX_DAYS_OF_OTHERS: i32 = 7;
/// A period under review ended at most this many days before the event.
const MAX_DAYS_AFTER_PERIOD: i32 = 62;

/// What is known of a report when its day is decided.
pub struct DayEvidence<'a, 't> {
    pub draft: &'a Draft,
    pub r: &'a TokenCursor<'t>,
    /// The tokens of the headline, then of the lines of the lead.
    pub ranges: &'a [Range<usize>],
    pub kind: ReportKind,
    /// The period under review, if the text writes its year.
    pub period: Option<Period>,
    /// All periods of the text.
    pub periods: &'a [PeriodMatch],
}

/// The day of a report, and the date of its text that states it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventDay {
    pub day: Option<Dated>,
    /// `None` if the day is not stated.
    pub stated: Option<DateMatch>,
}

impl DayEvidence<'_, '_> {
    /// Decides the day of the report.
    pub fn event_day(&self) -> EventDay {
        let dates = self.event_dates();
        // A date whose year is impossible was not the event's. One without a year is: no later date replaces it.
        let date = dates.iter().find(|date| date.year.is_none() || self.own_day(date).is_some());
        let late = if dates.is_empty() { self.late_date() } else { None };
        if let Some(date) = date.or(late.as_ref()) {
            let stated = self.own_day(date).or_else(|| self.day_of_page(date)).or_else(|| {
                // If the addresses have a day, the text's own year must be that of the date nearest to it.
                let near_address = self.addresses().and_then(|day| near(date, YearHint::Day(day)));
                self.day_of_text(date).filter(|day| near_address.is_none_or(|near| near == *day))
            });
            if let Some(day) = stated {
                // A date with its year in the middle of a sentence may only begin what the text goes on to tell.
                let told =
                    date.year.is_some() && !has_part_of_day(self.r, date.start) && !opens_sentence(self.r, date.start);
                let day = if late.is_some() || told { self.widened(day) } else { Dated::stated(day) };
                return EventDay { day: Some(day), stated: Some(*date) };
            }
        }
        let inferred = |day| Dated::new(day, Certainty::Inferred);
        let hinted = date.and_then(|date| Some(inferred(near(date, self.hint()?)?)));
        let draft = self.draft;
        let day = hinted
            .or_else(|| draft.published.map(inferred))
            .or(draft.days.given)
            .or_else(|| self.addresses().map(inferred))
            .or_else(|| self.stated_month().or_else(|| self.stated_year()).filter(|_| date.is_none()))
            .or_else(|| self.end_of_period())
            .or_else(|| draft.days.file.map(inferred));
        EventDay { day, stated: None }
    }

    /// The first date after the lead that opens a sentence without its year, if the text writes its year elsewhere.
    fn late_date(&self) -> Option<DateMatch> {
        let r = self.r;
        let lead_end = self.ranges.last().map_or(0, |range| range.end);
        let opens = |date: &DateMatch| date.year.is_none() && opens_sentence(r, date.start) && !is_of_picture(r, date);
        let date = dates_in(r, lead_end..r.tokens.len()).into_iter().find(opens)?;
        self.year_of_same_date(&date)
            .or_else(|| self.year_of_near_date(&date))
            .or_else(|| self.year_by_name(&date))
            .map(|_| date)
    }

    /// The day of a date behind the lead, which is that of the event only if the text tells of no later day as past: of
    /// `FIFA cho biết vào ngày 9/6` beside `hôm 13/6` only the month is certain, and beside a day of another month only
    /// the year.
    fn widened(&self, day: Day) -> Dated {
        let r = self.r;
        let told = |date: &DateMatch| {
            let opens = r.is_word(date.start.wrapping_sub(1), DAY) && opens_sentence(r, date.start);
            let past = opens || has_part_of_day(r, date.start) || r.is_word(date.start.wrapping_sub(1), TODAY[0]);
            let end = r.sentence_end(date.end, SENTENCE);
            let plan = (date.end..end).any(|at| r.is_in(at, WordSet::Proposed));
            past && !plan && !self.is_planned(date.start) && !is_past_or_document(r, date.start)
        };
        let later = dates_in(r, 0..r.tokens.len()).into_iter().filter(told).filter_map(|date| {
            let later = date.with_year(day.year())?;
            (1..=MAX_DAYS_AHEAD).contains(&later.days_since(day)).then_some(later)
        });
        let kind = match later.max() {
            None => return Dated::stated(day),
            Some(later) if later.month() == day.month() && later.year() == day.year() => PeriodKind::Month(day.month()),
            Some(_) => PeriodKind::Year,
        };
        Dated::end_of(Period { year: day.year(), kind }, Certainty::Stated).unwrap_or_else(|| Dated::stated(day))
    }

    /// The year of a report that states no day: that of the anniversary which headline or lead celebrates, or of the
    /// occasion that they name with its year, if the text speaks of `năm nay` and of no later year.
    fn stated_year(&self) -> Option<Dated> {
        let r = self.r;
        let of_occasion = || occasion::year_named(r, self.ranges).filter(|year| self.is_this_year(*year));
        let year = occasion::year_celebrated(r, self.ranges).or_else(of_occasion)?;
        let imported = self.draft.days.imported;
        let possible = year >= FIRST_YEAR && imported.is_none_or(|imported| year <= imported.year());
        let dated = Dated::end_of(Period { year, kind: PeriodKind::Year }, Certainty::Stated);
        dated.filter(|dated| possible && !self.looks_back(dated.day))
    }

    /// The month of a report that states no day: the one with its year that opens a sentence of headline or lead, or
    /// behind the verb of an occasion (`Hội nghị diễn ra vào tháng 6/2021`), if the lead names no second one and the
    /// text tells of no later time.
    fn stated_month(&self) -> Option<Dated> {
        let r = self.r;
        let inside = |period: &&PeriodMatch| self.ranges.iter().any(|range| range.contains(&period.start));
        let mut months =
            self.periods.iter().filter(inside).filter(|period| matches!(period.kind, PeriodKind::Month(_)));
        let month = months.next().filter(|_| months.next().is_none())?;
        if !is_time_of_event(r, month.start) || dates_in(r, 0..r.tokens.len()).iter().any(|date| date.year.is_some()) {
            return None;
        }
        let period = month.with_year(None)?;
        let imported = self.draft.days.imported;
        let possible = period.year >= FIRST_YEAR && imported.is_none_or(|imported| period.year <= imported.year());
        let dated = Dated::end_of(period, Certainty::Stated);
        let other_year = |at: usize| year_at(r, at).is_some_and(|year| year > period.year);
        dated.filter(|dated| possible && !self.looks_back(dated.day) && !(0..r.tokens.len()).any(other_year))
    }

    /// Whether `năm nay` of the text can be that year: the text has the words, and no later year.
    fn is_this_year(&self, year: i16) -> bool {
        let r = self.r;
        let (mut said, mut at) = (false, 0);
        while at < r.tokens.len() {
            said |= r.is_words(at, &THIS_YEAR);
            if year_at(r, at).is_some_and(|other| other > year) {
                return false;
            }
            at += 1;
        }
        said
    }

    /// The day of a date that has a year, unless that contradicts what else is known.
    fn own_day(&self, date: &DateMatch) -> Option<Day> {
        let day = date.with_year(date.year?).filter(|day| self.is_possible(*day))?;
        (self.page().is_some() || !self.is_history(date, day.year())).then_some(day)
    }

    /// Whether the date of that year is one of history: before the reports that are kept as files, or looked back on.
    fn is_history(&self, date: &DateMatch, year: i16) -> bool {
        year < FIRST_YEAR || date.with_year(year).is_none_or(|day| self.looks_back(day))
    }

    /// Whether an event of that day can be reported by this page, with this address, imported on that day.
    fn is_possible(&self, day: Day) -> bool {
        let not_later = self.draft.days.imported.is_none_or(|imported| day.year() <= imported.year());
        let page = self.page().or(self.addresses());
        // What a page reports has taken place; of the addresses and the user's own day that is less sure.
        let is_reported = self.draft.published.is_none_or(|page| day.days_since(page) <= MAX_DAYS_AFTER_PUBLICATION);
        not_later
            && is_reported
            && page.is_none_or(|page| (-MAX_DAYS_LATE..=MAX_DAYS_AHEAD).contains(&day.days_since(page)))
    }

    /// The day that the page, or the user, gives.
    fn page(&self) -> Option<Day> {
        self.draft.published.or(self.draft.days.given.map(|given| given.day))
    }

    /// The day in the address of the page, or in those of its images.
    fn addresses(&self) -> Option<Day> {
        let address = self.draft.url.as_deref().and_then(day_in_address);
        address.or(self.draft.days.images)
    }

    /// What hints at the year: an address, the name of the address, the file.
    fn hint(&self) -> Option<YearHint> {
        let slug = self.draft.url.as_deref().and_then(|url| url.trim_end_matches('/').rsplit('/').next());
        self.addresses()
            .map(YearHint::Day)
            .or_else(|| slug.and_then(year_in_slug).map(YearHint::Year))
            .or_else(|| self.draft.days.file.map(YearHint::Day))
    }

    /// The day of a date without a year, with the year of the page.
    fn day_of_page(&self, date: &DateMatch) -> Option<Day> {
        near(date, YearHint::Day(self.page()?))
    }

    /// The day of a date without a year, with the year that the text gives it.
    fn day_of_text(&self, date: &DateMatch) -> Option<Day> {
        let year = occasion::year(self.r, date)
            .or_else(|| self.year_of_same_date(date).filter(|year| !self.is_history(date, *year)))
            .or_else(|| self.period.and_then(|period| year_after(date, self.kind, period)))
            .or_else(|| self.year_of_work(date))
            .or_else(|| occasion::year_of_anniversary(self.r, date))
            .or_else(|| self.year_of_near_date(date).filter(|year| !self.is_history(date, *year)))
            .or_else(|| self.year_by_name(date))?;
        date.with_year(year).filter(|day| year >= FIRST_YEAR && self.is_possible(*day))
    }

    /// The year of the same day and month elsewhere in the text, if that has one and only one.
    fn year_of_same_date(&self, date: &DateMatch) -> Option<i16> {
        let r = self.r;
        let mut years = Vec::new();
        for other in dates_in(r, 0..r.tokens.len()) {
            let same = (other.day, other.month) == (date.day, date.month);
            if same && !is_past_or_document(r, other.start) && !is_of_picture(r, &other) {
                years.extend(other.year.or_else(|| occasion::year(r, &other)));
            }
        }
        years.sort_unstable();
        years.dedup();
        if let [year] = years.as_slice() { Some(*year) } else { None }
    }

    /// The year of the month, quarter or half whose work the text is about (`kết quả công tác tháng 4-2019`), if the
    /// event is within it or soon after it.
    fn year_of_work(&self, date: &DateMatch) -> Option<i16> {
        let r = self.r;
        let is_work = |start: usize| {
            (start.saturating_sub(4)..start)
                .rev()
                .take_while(|at| !r.ends_sentence(*at))
                .any(|at| r.is_in(at, WordSet::Work))
        };
        let mut years: Vec<i16> = Vec::new();
        for period in self.periods.iter().filter(|period| is_part_of_year(period.kind) && is_work(period.start)) {
            let Some(last) = period.with_year(None).and_then(Period::last_day) else { continue };
            let Some(first) = period.with_year(None).and_then(Period::first_day) else { continue };
            let fits = |year: &i16| {
                let day = date.with_year(*year);
                day.is_some_and(|day| day >= first && day.days_since(last) <= MAX_DAYS_AFTER_PERIOD)
            };
            years.extend([last.year(), last.year() + 1].into_iter().find(fits));
        }
        years.sort_unstable();
        years.dedup();
        if let [year] = years.as_slice() { Some(*year) } else { None }
    }

    /// The year of the whole dates of the text that are within days of this one: `Ngày 21-10 … Ngày 3-10-2018`. Every
    /// whole date must fit. One that is more than a week later is no past time of this event, but of another year's.
    fn year_of_near_date(&self, date: &DateMatch) -> Option<i16> {
        let r = self.r;
        let mut years = Vec::new();
        for other in dates_in(r, 0..r.tokens.len()) {
            let Some(day) = other.year.and_then(|year| other.with_year(year)) else { continue };
            if is_of_picture(r, &other) {
                continue;
            }
            let span = -MAX_DAYS_OF_OTHERS..=MAX_DAYS_OF_EVENT;
            // `Ngày 5-1 … chiều 31-12-2017`: a new year may have begun.
            let near = |year: &i16| date.with_year(*year).is_some_and(|own| span.contains(&own.days_since(day)));
            let year = [day.year(), day.year() + 1].into_iter().find(near);
            let fits = !occasion::is_of_earlier_time(r, &other) && !self.is_planned(other.start);
            // `0` is the year of no report, so that one date that does not fit refuses all.
            years.push(year.filter(|_| fits).unwrap_or(0));
        }
        years.sort_unstable();
        years.dedup();
        if let [year] = years.as_slice() { Some(*year).filter(|year| *year >= FIRST_YEAR) } else { None }
    }

    /// The year behind the name of an occasion elsewhere in the text, if the sentence of the date names it without one:
    /// `phục vụ Cúp Sông Gấm … Cúp Sông Gấm 2018`. From autumn on what is prepared may be of the next year, unless the
    /// text goes on with days of the same year.
    fn year_by_name(&self, date: &DateMatch) -> Option<i16> {
        let r = self.r;
        let year = occasion::year_by_name(r, date)?;
        let day = date.with_year(year)?;
        let follows = |other: &DateMatch| {
            let later = other.year.is_none().then(|| other.with_year(year)).flatten();
            later.is_some_and(|later| (1..=MAX_DAYS_AHEAD).contains(&later.days_since(day)))
        };
        let goes_on = || dates_in(r, 0..r.tokens.len()).iter().any(follows);
        (date.month < occasion::PLANNING_MONTH || goes_on()).then_some(year)
    }

    /// Whether the words before the date say that it is planned.
    fn is_planned(&self, start: usize) -> bool {
        let r = self.r;
        let before = (start.saturating_sub(4)..start).rev().take_while(|at| !r.ends_sentence(*at));
        before.into_iter().any(|at| r.is_in(at, WordSet::Planned))
    }

    /// The last day of the period under review. Not of a term or a plan of several years, which says nothing of when a
    /// report was made.
    fn end_of_period(&self) -> Option<Dated> {
        let period = self.period.filter(|period| !matches!(period.kind, PeriodKind::Term(_) | PeriodKind::Years(_)))?;
        let imported = self.draft.days.imported;
        let end = Dated::end_of(period, Certainty::Inferred);
        end.filter(|end| imported.is_none_or(|imported| end.day.year() <= imported.year()))
    }

    /// The dates of headline and lead that may be the event's, the most probable first: with a part of the day, then
    /// those that open a sentence, then those behind a date opener that are neither an anniversary nor a document's.
    fn event_dates(&self) -> Vec<DateMatch> {
        let r = self.r;
        let all = self.ranges.iter().flat_map(|range| dates_in(r, range.clone()));
        let dates: Vec<DateMatch> = all
            .filter(|date| !is_background(r, date.start) && !is_of_picture(r, date) && !is_to_come(r, date))
            .collect();
        let cued = |date: &DateMatch| {
            r.is_in(date.start.wrapping_sub(1), WordSet::EventDateOpener) && !is_past_or_document(r, date.start)
        };
        let rating = |date: &DateMatch| {
            if has_part_of_day(r, date.start) || is_today(r, date.start) {
                Some(0)
            } else if opens_sentence(r, date.start) {
                Some(1)
            } else {
                cued(date).then_some(2)
            }
        };
        let mut rated: Vec<(i32, DateMatch)> = dates.iter().filter_map(|date| Some((rating(date)?, *date))).collect();
        rated.sort_by_key(|(rating, _)| *rating);
        // The press writes the day of the event without its year. Beside such a date, one with a year is another's,
        // unless both are of the same days.
        let yearless: Vec<DateMatch> = rated.iter().map(|(_, date)| *date).filter(|date| date.year.is_none()).collect();
        let is_others = |date: &DateMatch| {
            let same_days = |other: &DateMatch| {
                let both = date.year.and_then(|year| date.with_year(year).zip(other.with_year(year)));
                both.is_some_and(|(day, other)| other.days_since(day).abs() <= MAX_DAYS_OF_EVENT)
            };
            date.year.is_some() && !yearless.is_empty() && !yearless.iter().any(same_days)
        };
        // `Sáng 12-6-2018, …` opens a sentence; `vụ việc xảy ra tối 10-8-2017` beside `Ngày 11-1` is looked back on.
        let opens = |date: &DateMatch| {
            (0..=3)
                .filter_map(|back| date.start.checked_sub(back))
                .any(|at| r.is_in(at, WordSet::PartOfDay) && (at == 0 || r.ends_sentence(at - 1)))
        };
        rated.retain(|(rating, date)| (*rating == 0 && opens(date)) || !is_others(date));
        // `Ngày 15-1, công an cho biết … Khi bị chặn vào chiều 9-1-2017, ông …`: the report is of the later day, with
        // which the text begins.
        let opening = rated.first().and_then(|(_, told)| {
            let (year, day) = told.year.and_then(|year| Some((year, told.with_year(year)?)))?;
            let is_after = |own: Day| (1..=MAX_DAYS_OF_EVENT).contains(&own.days_since(day));
            // In January the year of the earlier one is over.
            let later =
                |date: &DateMatch| [year, year + 1].into_iter().filter_map(|year| date.with_year(year)).any(is_after);
            let begins =
                |date: &DateMatch| date.year.is_none() && date.start < told.start && opens_sentence(r, date.start);
            rated.iter().position(|(_, date)| begins(date) && later(date))
        });
        if let Some(opening) = opening {
            let first = rated.remove(opening);
            rated.insert(0, first);
        }
        rated.into_iter().map(|(_, date)| date).collect()
    }

    /// Whether the text speaks of a later time than this day as past: a month or a day more than `MAX_DAYS_AHEAD` after
    /// it that is no plan.
    fn looks_back(&self, day: Day) -> bool {
        let r = self.r;
        let is_plan = |start: usize| self.is_planned(start);
        let is_later = |later: Day| later.days_since(day) > MAX_DAYS_AHEAD;
        let months = self.periods.iter().filter(|period| matches!(period.kind, PeriodKind::Month(_)));
        let later_month =
            |period: &PeriodMatch| period.with_year(None).and_then(Period::first_day).is_some_and(is_later);
        let later_year = |period: &PeriodMatch| {
            period.kind == PeriodKind::Year && period.year.is_some_and(|year| year > day.year() + 1)
        };
        self.tells_until_later(day)
            || months.into_iter().any(|period| later_month(period) && !is_plan(period.start))
            || self.periods.iter().any(|period| later_year(period) && !is_plan(period.start))
            || dates_in(r, 0..r.tokens.len()).iter().any(|date| {
                date.year.and_then(|year| date.with_year(year)).is_some_and(is_later) && !is_plan(date.start)
            })
    }
}

impl DayEvidence<'_, '_> {
    /// Whether the text tells what happened up to a later day of the same year: `Đến ngày 6-5, trung tâm mở niêm
    /// phong`. A report of this day could not know it.
    fn tells_until_later(&self, day: Day) -> bool {
        let r = self.r;
        let opened = |date: &DateMatch| {
            (1..=UNTIL_WORDS).filter_map(|back| date.start.checked_sub(back)).any(|from| {
                let begins = from == 0 || r.ends_sentence(from - 1);
                begins && r.set_end(from, WordSet::UntilThen) == Some(date.start)
            })
        };
        let is_plan =
            |date: &DateMatch| (date.end..r.sentence_end(date.end, SENTENCE)).any(|at| r.is_in(at, WordSet::Proposed));
        dates_in(r, 0..r.tokens.len()).iter().filter(|date| date.year.is_none() && opened(date)).any(|date| {
            let later = date.with_year(day.year()).is_some_and(|later| later.days_since(day) > 1);
            later && !is_plan(date)
        })
    }
}

/// The most words of `WordSet::UntilThen`.
const UNTIL_WORDS: usize = 3;
/// A sentence is looked at this many tokens from a date. The limit keeps the rules linear.
const SENTENCE: usize = 60;
/// The most tokens between the words that open a sentence and a date that they put before the event.
const OPENING: usize = 8;

/// Whether the date tells when a picture was taken: it is in a caption, or in a sentence that a credit ends or opens
/// (`Đại tá A trao quà ngày 12-6-2018. Ảnh: B`), as papers print old pictures beside the news.
fn is_of_picture(r: &TokenCursor<'_>, date: &DateMatch) -> bool {
    if r.token(date.start).is_some_and(|token| token.line == ParagraphKind::Caption) {
        return true;
    }
    let low = date.start.saturating_sub(SENTENCE);
    let from = (low..date.start).rev().find(|at| r.ends_sentence(*at)).map_or(low, |end| end + 1);
    let end = r.sentence_end(date.end, SENTENCE);
    // `… 2018. Ảnh: B`, `… 2018 (ảnh tư liệu)`; the credit of a picture before stands where this sentence begins.
    let credit = |at: usize| r.is_word(at, PHOTO) && r.is(at + 1, ':');
    let in_brackets = |at: usize| r.is(at, '(') && r.is_word(at + 1, PHOTO);
    let dashed = |at: usize| r.is_dash(at) && credit(at + 1);
    let inside = (date.end..end).any(|at| in_brackets(at) || dashed(at));
    // `Bức ảnh được đăng lên mạng hôm 12-6-2018`. News of a picture itself leaves out the year.
    let pictured = || {
        let picture = (from..date.start).find(|at| r.is_in(*at, WordSet::Picture));
        picture.is_some_and(|picture| (picture..date.start).any(|at| r.is_in(at, WordSet::MakesPicture)))
    };
    let posted = date.year.is_some() && !opens_sentence(r, date.start) && pictured();
    let behind = r.is(end, '.') && credit(end + 1);
    let opens = credit(from) && (from == 0 || r.is_end(from - 1));
    // `(Ảnh chụp ngày 12-6-2018)`
    let taken = (2..=4).filter_map(|back| date.start.checked_sub(back)).any(in_brackets);
    inside || behind || opens || taken || posted
}

/// Whether the sentence of a date opens with words that put it before the event: `Trước đó, sáng 28-6-2018, …`.
fn is_background(r: &TokenCursor<'_>, at: usize) -> bool {
    let low = at.saturating_sub(OPENING);
    let first = (low..at).rev().find(|token| r.ends_sentence(*token)).map(|end| end + 1);
    first.or((low == 0).then_some(0)).is_some_and(|first| r.is_in(first, WordSet::BackgroundOpener))
}

/// Whether a month is the time of what its sentence tells: it opens the sentence (`Trong tháng 6/2021, …`), or follows
/// the verb of an occasion.
fn is_time_of_event(r: &TokenCursor<'_>, at: usize) -> bool {
    let word = at.wrapping_sub(1);
    let first = if r.is_in(word, WordSet::TimeLink) { word } else { at };
    let plan = (at..r.sentence_end(at, SENTENCE)).any(|at| r.is_in(at, WordSet::Proposed));
    let opens = first == 0 || r.ends_sentence(first - 1);
    let held = || (1..=2).filter_map(|back| first.checked_sub(back)).any(|from| r.is_in(from, WordSet::Held));
    !plan && (opens || (first < at && held()))
}

/// The most tokens between the words of an event and the day from which it takes effect.
const EFFECT: usize = 24;

/// Whether the date is the day from which something takes effect, or one that is only planned: `nghỉ hưu từ ngày
/// 1-7-2019`, `có hiệu lực kể từ ngày …`, `dự kiến ngày …`. It is told before it comes, or after it was called off.
fn is_to_come(r: &TokenCursor<'_>, date: &DateMatch) -> bool {
    let word = date.start.wrapping_sub(1);
    let day = if r.is_word(word, DAY) { word } else { date.start };
    if (1..=3).filter_map(|back| day.checked_sub(back)).any(|from| r.set_end(from, WordSet::ExpectedDay) == Some(day)) {
        return true;
    }
    // `ngày 18-1 tới, phố B khai trương`
    let closed = |at: usize| r.is(at, ',') || r.is(at, ')') || r.ends_sentence(at);
    if r.set_end(date.end, WordSet::NextTime).is_some_and(closed) {
        return true;
    }
    let from_then = r.is_word(day.wrapping_sub(1), FROM);
    // `Từ ngày 2-9-2018, công ty đã chạy lại tàu`: it has gone on since, and the report is later.
    if from_then && date.year.is_some() && r.is(date.end, ',') {
        let clause = date.end + 1..r.sentence_end(date.end + 1, SENTENCE);
        if clause.into_iter().take_while(|at| !r.is(*at, ',')).any(|at| r.is_in(at, WordSet::GoesOn)) {
            return true;
        }
    }
    let clause = (day.saturating_sub(EFFECT)..day).rev().take_while(|at| !r.ends_sentence(*at) && !r.is(*at, ','));
    let at = clause.into_iter().find(|at| {
        let retires = matches!(r.event(*at), Some(EventVerb::Retired));
        retires || (from_then && (r.is_in(*at, WordSet::TakesEffect) || r.is_word(*at, WILL)))
    });
    at.is_some_and(|at| {
        from_then
            || (at.saturating_sub(3)..at)
                .any(|word| r.is_in(word, WordSet::StillToCome) || r.is_in(word, WordSet::Proposed))
    })
}

/// What the year of `ngày 12-6` is completed from, where the text leaves it out.
#[derive(Clone, Copy)]
enum YearHint {
    /// A day near that of the event.
    Day(Day),
    Year(i16),
}

/// The day of a date by a hint. A page is published within weeks of its event, so a month later in the year than the
/// page's was last year's. The month right after the page's is still this year's: some events are announced.
fn near(date: &DateMatch, hint: YearHint) -> Option<Day> {
    match hint {
        YearHint::Year(year) => date.with_year(year),
        YearHint::Day(page) => date.with_year(page.year() - i16::from(date.month > page.month() + 1)),
    }
}

/// The first number of four digits in an address, if it is a year of this century.
pub fn year_in_slug(slug: &str) -> Option<i16> {
    let mut numbers = slug.split('-').filter(|part| part.len() == 4);
    numbers.find_map(|part| part.parse().ok()).filter(|year| (2000..2100).contains(year))
}

/// The year of a date without one, by the period under review. A review of year N takes place in the last months of N
/// or the first months of N + 1; a review of the first half in the year itself.
fn year_after(date: &DateMatch, kind: ReportKind, period: Period) -> Option<i16> {
    match period.kind {
        PeriodKind::Year if date.month <= 3 && is_review(kind) => Some(period.year + 1),
        // A whole year that is reviewed in spring or summer may be the one before.
        PeriodKind::Year if date.month <= 9 && kind == ReportKind::YearReview => None,
        PeriodKind::Quarter(4) | PeriodKind::Month(12) | PeriodKind::SecondHalf if date.month <= 2 => {
            Some(period.year + 1)
        }
        PeriodKind::Term(_) | PeriodKind::Years(_) => None,
        _ => Some(period.year),
    }
}

fn is_part_of_year(kind: PeriodKind) -> bool {
    !matches!(kind, PeriodKind::Year | PeriodKind::Term(_) | PeriodKind::Years(_))
}

/// The dates that begin in a range of tokens.
fn dates_in(r: &TokenCursor<'_>, range: Range<usize>) -> Vec<DateMatch> {
    let mut dates = Vec::new();
    let mut at = r.next(range.start, form::NUMBER);
    while at < range.end {
        let date = date_at(r, at);
        at = r.next(date.map_or(at + 1, |date| date.end), form::NUMBER);
        dates.extend(date);
    }
    dates
}

/// `Sáng 26-12`, `chiều ngày 26-12`, `Sáng nay (26-12)`.
fn has_part_of_day(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=3).any(|back| at >= back && r.is_in(at - back, WordSet::PartOfDay))
}

/// `hôm nay 26-12`, `ngày hôm nay (26-12)`.
fn is_today(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=3).any(|back| at >= back && r.is_words(at - back, &TODAY))
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
