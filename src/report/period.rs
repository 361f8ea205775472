//! The period that a report reviews: a year, a half, a quarter, a month, a term (docs/domain.md §5.5). `Display` writes
//! it as Vietnamese texts do, and `FromStr` parses that form; the cache and JSON use it.

use super::Day;
use crate::lang::{Lang, months};
use std::fmt;
use std::str::FromStr;

/// The kind of a period: which part of its year it covers, or that it covers several years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    /// `tháng 5 năm 2022`; 1 to 12.
    Month(u8),
    /// `quý I năm 2024`; 1 to 4.
    Quarter(u8),
    /// `6 tháng đầu năm 2025`.
    FirstHalf,
    /// `9 tháng năm 2021`.
    NineMonths,
    /// `6 tháng cuối năm 2025`.
    SecondHalf,
    Year,
    /// `giai đoạn 2021-2025`: several years; the value is the last one.
    Years(i16),
    /// `nhiệm kỳ 2020-2025`: a term of office; the value is its last year.
    Term(i16),
}

/// A period: a year and a part of it, or several years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// The year, or the first of several.
    pub year: i16,
    pub kind: PeriodKind,
}

impl Period {
    /// Returns the last day of the period, by which an undated report is sorted. `None` if the month does not exist.
    pub fn last_day(self) -> Option<Day> {
        let end_of = |year: i16, month: u8| (28..=31).rev().find_map(|d| Day::new(year, month, d));
        match self.kind {
            PeriodKind::Month(month) => end_of(self.year, month),
            PeriodKind::Quarter(quarter) => end_of(self.year, quarter.saturating_mul(3)),
            PeriodKind::FirstHalf => end_of(self.year, 6),
            PeriodKind::NineMonths => end_of(self.year, 9),
            PeriodKind::SecondHalf | PeriodKind::Year => end_of(self.year, 12),
            PeriodKind::Years(last) | PeriodKind::Term(last) => end_of(last, 12),
        }
    }

    /// Returns the first day of the period. `None` if the month does not exist.
    pub fn first_day(self) -> Option<Day> {
        let month = match self.kind {
            PeriodKind::Month(month) => month,
            PeriodKind::Quarter(quarter) => quarter.saturating_mul(3).saturating_sub(2).max(1),
            PeriodKind::SecondHalf => 7,
            _ => 1,
        };
        Day::new(self.year, month, 1)
    }

    /// Formats the period in words of the interface language: `first half of 2025`.
    pub fn say(self, lang: Lang) -> String {
        if lang == Lang::Vi {
            return self.to_string();
        }
        let year = self.year;
        match self.kind {
            PeriodKind::Month(month) => {
                format!("{} {year}", months::name(month))
            }
            PeriodKind::Quarter(quarter) => format!("quarter {quarter} of {year}"),
            PeriodKind::FirstHalf => format!("first half of {year}"),
            PeriodKind::NineMonths => format!("nine months of {year}"),
            PeriodKind::SecondHalf => format!("second half of {year}"),
            PeriodKind::Year => year.to_string(),
            PeriodKind::Years(last) => format!("{year}-{last}"),
            PeriodKind::Term(last) => format!("term {year}-{last}"),
        }
    }

    /// Formats the period in short form, for narrow columns: `6T 2023` in Vietnamese, `H1 2023` in English.
    pub fn short(self, lang: Lang) -> String {
        let year = self.year;
        let part = match (self.kind, lang) {
            (PeriodKind::Year, _) => return year.to_string(),
            (PeriodKind::Years(last) | PeriodKind::Term(last), _) => return format!("{year}-{last}"),
            (PeriodKind::Month(month), Lang::Vi) => format!("T{month}"),
            (PeriodKind::Month(month), Lang::En) => months::short_name(month).to_owned(),
            (PeriodKind::Quarter(quarter), _) => format!("Q{quarter}"),
            (PeriodKind::FirstHalf, Lang::Vi) => "6T".to_owned(),
            (PeriodKind::FirstHalf, Lang::En) => "H1".to_owned(),
            (PeriodKind::NineMonths, Lang::Vi) => "9T".to_owned(),
            (PeriodKind::NineMonths, Lang::En) => "9M".to_owned(),
            (PeriodKind::SecondHalf, Lang::Vi) => "6T cuối".to_owned(),
            (PeriodKind::SecondHalf, Lang::En) => "H2".to_owned(),
        };
        format!("{part} {year}")
    }
}

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.kind {
            PeriodKind::Month(month) => write!(f, "tháng {month} năm {year}"),
            PeriodKind::Quarter(quarter) => {
                let roman = ROMAN.get(usize::from(quarter).wrapping_sub(1)).copied().unwrap_or("I");
                write!(f, "quý {roman} năm {year}")
            }
            PeriodKind::FirstHalf => write!(f, "6 tháng đầu năm {year}"),
            PeriodKind::NineMonths => write!(f, "9 tháng năm {year}"),
            PeriodKind::SecondHalf => write!(f, "6 tháng cuối năm {year}"),
            PeriodKind::Year => write!(f, "năm {year}"),
            PeriodKind::Years(last) => write!(f, "giai đoạn {year}-{last}"),
            PeriodKind::Term(last) => write!(f, "nhiệm kỳ {year}-{last}"),
        }
    }
}

/// The text is not a period in the form that `Display` of `Period` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a period such as “6 tháng đầu năm 2025”")]
pub struct NotAPeriod;

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let number = |s: &str| s.parse::<i16>().map_err(|_| NotAPeriod);
        let range = |s: &str| {
            let (first, last) = s.split_once('-').ok_or(NotAPeriod)?;
            Ok::<_, NotAPeriod>((number(first)?, number(last)?))
        };
        if let Some(rest) = text.strip_prefix("giai đoạn ") {
            return range(rest).map(|(year, last)| Self { year, kind: PeriodKind::Years(last) });
        }
        if let Some(rest) = text.strip_prefix("nhiệm kỳ ") {
            return range(rest).map(|(year, last)| Self { year, kind: PeriodKind::Term(last) });
        }
        let (head, year) = text.rsplit_once("năm ").ok_or(NotAPeriod)?;
        let kind = match head.trim() {
            "" => PeriodKind::Year,
            "6 tháng đầu" => PeriodKind::FirstHalf,
            "6 tháng cuối" => PeriodKind::SecondHalf,
            "9 tháng" => PeriodKind::NineMonths,
            other => match other.split_once(' ') {
                Some(("tháng", n)) => {
                    PeriodKind::Month(n.parse().ok().filter(|n| (1..=12).contains(n)).ok_or(NotAPeriod)?)
                }
                Some(("quý", n)) => {
                    let place = ROMAN.iter().position(|r| *r == n).ok_or(NotAPeriod)?;
                    PeriodKind::Quarter(u8::try_from(place + 1).map_err(|_| NotAPeriod)?)
                }
                _ => return Err(NotAPeriod),
            },
        };
        Ok(Self { year: number(year)?, kind })
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_period_parses_back() {
        let kinds = [
            PeriodKind::Month(5),
            PeriodKind::Quarter(3),
            PeriodKind::FirstHalf,
            PeriodKind::NineMonths,
            PeriodKind::SecondHalf,
            PeriodKind::Year,
            PeriodKind::Years(2025),
            PeriodKind::Term(2025),
        ];
        for kind in kinds {
            let period = Period { year: 2021, kind };
            assert_eq!(period.to_string().parse(), Ok(period));
        }
    }

    #[test]
    fn an_undated_report_stands_at_the_end_of_its_period() {
        let last = |text: &str| text.parse::<Period>().unwrap().last_day().unwrap().to_string();
        assert_eq!(last("6 tháng đầu năm 2025"), "2025-06-30");
        assert_eq!(last("tháng 2 năm 2024"), "2024-02-29");
        assert_eq!(last("quý IV năm 2024"), "2024-12-31");
    }

    #[test]
    fn periods_are_said_in_both_languages() {
        let said = |text: &str, lang| {
            let one: Period = text.parse().unwrap();
            (one.say(lang), one.short(lang))
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(said("6 tháng đầu năm 2025", Lang::Vi), pair("6 tháng đầu năm 2025", "6T 2025"));
        assert_eq!(said("6 tháng đầu năm 2025", Lang::En), pair("first half of 2025", "H1 2025"));
        assert_eq!(said("tháng 5 năm 2022", Lang::En), pair("May 2022", "May 2022"));
        assert_eq!(said("nhiệm kỳ 2020-2025", Lang::En), pair("term 2020-2025", "2020-2025"));
    }
}
