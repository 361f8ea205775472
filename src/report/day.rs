//! A civil date, written `YYYY-MM-DD`. Only days that exist can be constructed. Calendar arithmetic is jiff's:
//! distances are in days, and months are calendar months, which is how people count terms of office.

use jiff::civil::Date;
use jiff::{Span, Unit};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar; ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// Returns the day; `None` if the calendar has no such day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self)
    }

    /// The year, negative before the year 1.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// Returns the day after; `None` after the last day of the calendar (9999-12-31).
    pub fn next(self) -> Option<Self> {
        self.0.tomorrow().ok().map(Self)
    }

    /// Returns the day before; `None` before the first day of the calendar (-9999-01-01).
    pub fn previous(self) -> Option<Self> {
        self.0.yesterday().ok().map(Self)
    }

    /// Returns the number of days from `earlier` to this day; negative if `earlier` is the later one.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.since(earlier.0).map_or(0, |span| span.get_days())
    }

    /// Returns the number of whole calendar months from `earlier` to this day; negative if `earlier` is the later one.
    pub fn months_since(self, earlier: Self) -> i32 {
        earlier.0.until((Unit::Month, self.0)).map_or(0, |span| span.get_months())
    }

    /// Returns the same day of the month, `months` months later. If that month is too short, its last day: 31 January
    /// plus one month is 28 or 29 February. Saturates at the last day of the calendar.
    #[must_use]
    pub fn plus_months(self, months: i16) -> Self {
        Self(self.0.saturating_add(Span::new().months(months)))
    }

    /// Formats the day as Vietnamese texts write it: `26-12-2022`.
    pub fn vietnamese(self) -> String {
        format!("{:02}-{:02}-{:04}", self.day(), self.month(), self.year())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// The text is not a day written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day written YYYY-MM-DD")]
pub struct NotADay;

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().and_then(|p| p.parse::<i16>().ok()).ok_or(NotADay);
        let (year, month, day) = (part()?, part()?, part()?);
        let small = |n: i16| u8::try_from(n).map_err(|_| NotADay);
        Self::new(year, small(month)?, small(day)?).ok_or(NotADay)
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn only_days_that_exist_can_be_made() {
        assert_eq!(Day::new(2024, 2, 29).map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        assert_eq!(Day::new(2023, 2, 29), None);
        assert_eq!("2022-12-26".parse(), Ok(Day::new(2022, 12, 26).unwrap()));
        assert_eq!("26-12-2022".parse::<Day>(), Err(NotADay));
        assert_eq!(Day::new(2022, 1, 5).unwrap().vietnamese(), "05-01-2022");
    }

    #[test]
    fn distances_follow_the_calendar() {
        assert_eq!(day("2024-03-01").days_since(day("2024-02-28")), 2, "a leap year");
        assert_eq!(day("2023-03-01").days_since(day("2023-02-28")), 1);
        assert_eq!(day("2023-02-28").days_since(day("2025-02-28")), -731);
        assert_eq!(day("2024-01-31").plus_months(1), day("2024-02-29"));
        assert_eq!(day("2022-11-15").plus_months(14), day("2024-01-15"));
        assert_eq!(day("9999-12-01").plus_months(12), day("9999-12-31"));
        assert_eq!(day("2024-01-14").months_since(day("2022-11-15")), 13);
        assert_eq!(day("2024-01-15").months_since(day("2022-11-15")), 14);
    }
}
