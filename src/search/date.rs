//! Dates in filters: `2025`, `2024-06`, `6/2024`, `2022-12-26`, `26-12-2022`, `6t2025`, `h1-2025`, `q1-2025`, and in
//! words as reports write them: `tháng 2 năm 2018`, `quý I năm 2018`, `sáu tháng đầu năm 2018`. Each is a range of
//! days; the parts of a year are also the periods that reports review.

mod partial_date;

use crate::extract::period_kind_of;
use crate::report::{Certainty, Dated, Day, Period, PeriodKind, Precision};
use crate::text::fold::fold;
pub use partial_date::is_begun;
use std::fmt;

/// A range of days, as a filter names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayRange {
    Day(Day),
    /// A year or a part of it.
    Period(Period),
}

impl DayRange {
    /// Parses a date, in Vietnamese or ISO order; `None` if it is none.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_ascii_lowercase();
        if let Some(when) = in_short(&typed).map(Self::Period).or_else(|| in_words(&typed)) {
            return Some(when);
        }
        let numbers: Vec<(u16, usize)> = typed
            .split(['-', '/', '.'])
            .map(|n| n.chars().all(|c| c.is_ascii_digit()).then(|| n.parse().ok().map(|v| (v, n.len()))).flatten())
            .collect::<Option<_>>()?;
        let month = |year: u16, month: u16| {
            let kind = PeriodKind::Month(u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?);
            Some(Self::Period(Period { year: year_of(year)?, kind }))
        };
        let day = |year: u16, month: u16, day: u16| {
            Day::new(year_of(year)?, u8::try_from(month).ok()?, u8::try_from(day).ok()?).map(Self::Day)
        };
        match numbers.as_slice() {
            [(y, 4)] => Some(Self::Period(Period { year: year_of(*y)?, kind: PeriodKind::Year })),
            [(y, 4), (m, _)] | [(m, _), (y, 4)] => month(*y, *m),
            [(y, 4), (m, _), (d, _)] | [(d, _), (m, _), (y, 4)] => day(*y, *m, *d),
            _ => None,
        }
    }

    /// Its first and last day; `None` if the calendar has no such days.
    pub fn days(self) -> Option<(Day, Day)> {
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Period(period) => period.first_day().zip(period.last_day()),
        }
    }

    /// Its last day, as the day of a report that it dates: inferred unless the range is one day. `None` if the calendar
    /// has no such day.
    pub fn last_day(self) -> Option<Dated> {
        match self {
            Self::Day(day) => Some(Dated::stated(day)),
            Self::Period(period) => Dated::end_of(period, Certainty::Inferred),
        }
    }

    /// The range that gives this day as its `last_day`. `None` if none does: a whole day that is inferred, or a month
    /// or a year that a text states.
    pub fn ending_on(dated: Dated) -> Option<Self> {
        let period = |kind| Self::Period(Period { year: dated.day.year(), kind });
        match (dated.precision, dated.certainty) {
            (Precision::Day, Certainty::Stated) => Some(Self::Day(dated.day)),
            (Precision::Month, Certainty::Inferred) => Some(period(PeriodKind::Month(dated.day.month()))),
            (Precision::Year, Certainty::Inferred) => Some(period(PeriodKind::Year)),
            _ => None,
        }
    }

    /// Whether a report of this day belongs to it, or one that reviews exactly this period: the review of a half-year
    /// is written after its end.
    pub fn holds(self, day: Option<Day>, period: Option<Period>) -> bool {
        let is_period = matches!(self, Self::Period(mine) if period == Some(mine));
        is_period || self.days().zip(day).is_some_and(|((first, last), day)| first <= day && day <= last)
    }
}

impl fmt::Display for DayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = match self {
            Self::Day(day) => return day.fmt(f),
            Self::Period(period) => period,
        };
        let year = period.year;
        match period.kind {
            PeriodKind::Month(month) => write!(f, "{year:04}-{month:02}"),
            PeriodKind::Quarter(quarter) => write!(f, "q{quarter}-{year:04}"),
            PeriodKind::FirstHalf => write!(f, "6t{year:04}"),
            PeriodKind::SecondHalf => write!(f, "6tc{year:04}"),
            PeriodKind::NineMonths => write!(f, "9t{year:04}"),
            _ => write!(f, "{year:04}"),
        }
    }
}

/// `6t2025`, `6tc2025`, `9t2025`, `q1-2025`, `quy1-2025`, `h1-2025` (the first half), and with the year first
/// `2025-q1`, `2025-h1`.
fn in_short(typed: &str) -> Option<Period> {
    if let Some((year, part)) = typed.split_at_checked(4).filter(|(year, _)| year.chars().all(|c| c.is_ascii_digit())) {
        let part = part.trim_start_matches(['-', '/', '.']);
        return if part.starts_with(['h', 'q']) { in_short(&format!("{part}-{year}")) } else { None };
    }
    let (kind, year) = if let Some(rest) = typed.strip_prefix("h1") {
        (PeriodKind::FirstHalf, rest)
    } else if let Some(rest) = typed.strip_prefix("h2") {
        (PeriodKind::SecondHalf, rest)
    } else if let Some(rest) = typed.strip_prefix("6tc") {
        (PeriodKind::SecondHalf, rest)
    } else if let Some(rest) = typed.strip_prefix("6td").or_else(|| typed.strip_prefix("6t")) {
        (PeriodKind::FirstHalf, rest)
    } else if let Some(rest) = typed.strip_prefix("9t") {
        (PeriodKind::NineMonths, rest)
    } else {
        let rest = typed.strip_prefix("quy").or_else(|| typed.strip_prefix('q'))?;
        let quarter = rest.chars().next()?.to_digit(10).filter(|q| (1..=4).contains(q))?;
        (PeriodKind::Quarter(u8::try_from(quarter).ok()?), rest.get(1..)?)
    };
    let year = year.trim_start_matches(['-', '/', '.']);
    let digits = year.len() == 4 && year.chars().all(|c| c.is_ascii_digit());
    Some(Period { year: digits.then(|| year.parse().ok()).flatten().and_then(year_of)?, kind })
}

/// `ngày 10 tháng 7 năm 2023`, `tháng 2/2018`, `năm 2018`, `quý I năm 2018`, `sáu tháng đầu năm 2018`, with tones or
/// without. The parts of a year are read as in texts.
fn in_words(typed: &str) -> Option<DayRange> {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let (year, before) = words.split_last()?;
    let year = (year.len() == 4).then(|| year.parse().ok()).flatten().and_then(year_of)?;
    let number = |word: &str| word.parse::<u8>().ok();
    let kind = match before.strip_suffix(&["nam"]).unwrap_or(before) {
        [] if !before.is_empty() => PeriodKind::Year,
        ["ngay", day, "thang", month] | [day, "thang", month] if number(month).is_some() => {
            return Day::new(year, number(month)?, number(day)?).map(DayRange::Day);
        }
        words => period_kind_of(words)?,
    };
    Some(DayRange::Period(Period { year, kind }))
}

/// A year of four digits.
fn year_of(year: u16) -> Option<i16> {
    i16::try_from(year).ok().filter(|y| (1000..=9999).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_type_them_and_as_they_print() {
        for (typed, printed, first, last) in [
            ("2025", "2025", "2025-01-01", "2025-12-31"),
            ("6/2024", "2024-06", "2024-06-01", "2024-06-30"),
            ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
            ("26.12.2022", "2022-12-26", "2022-12-26", "2022-12-26"),
            ("2022-1-5", "2022-01-05", "2022-01-05", "2022-01-05"),
            ("6t2025", "6t2025", "2025-01-01", "2025-06-30"),
            ("6TC-2025", "6tc2025", "2025-07-01", "2025-12-31"),
            ("h1-2024", "6t2024", "2024-01-01", "2024-06-30"),
            ("H22024", "6tc2024", "2024-07-01", "2024-12-31"),
            ("2024-H1", "6t2024", "2024-01-01", "2024-06-30"),
            ("2024q3", "q3-2024", "2024-07-01", "2024-09-30"),
            ("9t/2021", "9t2021", "2021-01-01", "2021-09-30"),
            ("quy4-2024", "q4-2024", "2024-10-01", "2024-12-31"),
            ("tháng 2 năm 2018", "2018-02", "2018-02-01", "2018-02-28"),
            ("thang 2/2018", "2018-02", "2018-02-01", "2018-02-28"),
            ("ngày 10 tháng 7 năm 2023", "2023-07-10", "2023-07-10", "2023-07-10"),
            ("Quý I năm 2018", "q1-2018", "2018-01-01", "2018-03-31"),
            ("quý 4/2018", "q4-2018", "2018-10-01", "2018-12-31"),
            ("năm 2018", "2018", "2018-01-01", "2018-12-31"),
            ("6 tháng đầu năm 2018", "6t2018", "2018-01-01", "2018-06-30"),
            ("6 thang cuoi nam 2018", "6tc2018", "2018-07-01", "2018-12-31"),
            ("9 tháng năm 2018", "9t2018", "2018-01-01", "2018-09-30"),
            ("6 tháng 2018", "6t2018", "2018-01-01", "2018-06-30"),
            ("sáu tháng đầu năm 2018", "6t2018", "2018-01-01", "2018-06-30"),
            ("sau thang cuoi nam 2018", "6tc2018", "2018-07-01", "2018-12-31"),
            ("Chín tháng năm 2018", "9t2018", "2018-01-01", "2018-09-30"),
            ("chin thang dau cua nam 2018", "9t2018", "2018-01-01", "2018-09-30"),
            ("nửa đầu năm 2018", "6t2018", "2018-01-01", "2018-06-30"),
            ("nua cuoi nam 2018", "6tc2018", "2018-07-01", "2018-12-31"),
            ("quý một năm 2018", "q1-2018", "2018-01-01", "2018-03-31"),
            ("quy hai nam 2018", "q2-2018", "2018-04-01", "2018-06-30"),
            ("quý ba/2018", "q3-2018", "2018-07-01", "2018-09-30"),
            ("quy tu 2018", "q4-2018", "2018-10-01", "2018-12-31"),
            ("tháng năm năm 2018", "2018-05", "2018-05-01", "2018-05-31"),
            ("thang muoi hai nam 2018", "2018-12", "2018-12-01", "2018-12-31"),
        ] {
            let when = DayRange::parse(typed).unwrap();
            assert_eq!(when.to_string(), printed);
            assert_eq!(DayRange::parse(printed), Some(when));
            let (a, b) = when.days().unwrap();
            assert_eq!((a.to_string().as_str(), b.to_string().as_str()), (first, last), "{typed}");
        }
        for typed in [
            "",
            "25",
            "2025-13",
            "31-2-2024",
            "q5-2024",
            "h3-2024",
            "2024-h",
            "2024-h1-2024",
            "6t25",
            "a",
            "2025-",
            "0099",
            "tháng 13 năm 2018",
            "quý V năm 2018",
            "quý năm năm 2018",
            "nửa năm 2018",
            "chín tháng cuối năm 2018",
            "sáu tháng đầu tháng năm 2018",
            "tháng 2",
        ] {
            assert_eq!(DayRange::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_range_can_be_told_from_the_day_that_it_gives() {
        for typed in ["2022-12-26", "2024-02", "2017"] {
            let range = DayRange::parse(typed);
            assert_eq!(range.and_then(DayRange::last_day).and_then(DayRange::ending_on), range, "{typed}");
        }
        for other in ["~2022-12-26", "2024-02", "2017"] {
            assert_eq!(DayRange::ending_on(other.parse().unwrap()), None, "{other}");
        }
    }

    #[test]
    fn a_review_of_the_half_year_held_after_it_belongs_to_it() {
        let when = DayRange::parse("6t2025").unwrap();
        let july = Day::new(2025, 7, 10);
        assert!(when.holds(july, "6 tháng đầu năm 2025".parse().ok()) && !when.holds(july, None));
        assert!(when.holds(Day::new(2025, 3, 1), None) && !when.holds(None, None));
    }
}
