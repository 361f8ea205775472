//! A civil date, written `YYYY-MM-DD`. Only days that exist can be made.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar; ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    year: i16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, or nothing where the calendar has none such.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let month_number = i8::try_from(month).ok()?;
        let day_number = i8::try_from(day).ok()?;
        jiff::civil::Date::new(year, month_number, day_number).ok()?;
        Some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day after; nothing behind the last one of the calendar.
    pub fn next(self) -> Option<Self> {
        self.at_distance(jiff::civil::Date::tomorrow)
    }

    /// The day before; nothing before the first one of the calendar.
    pub fn previous(self) -> Option<Self> {
        self.at_distance(jiff::civil::Date::yesterday)
    }

    fn at_distance(self, step: impl Fn(jiff::civil::Date) -> Result<jiff::civil::Date, jiff::Error>) -> Option<Self> {
        let date = jiff::civil::Date::new(self.year, self.month.try_into().ok()?, self.day.try_into().ok()?).ok()?;
        let date = step(date).ok()?;
        Self::new(date.year(), date.month().try_into().ok()?, date.day().try_into().ok()?)
    }

    /// As Vietnamese texts write it: `26-12-2022`.
    pub fn vietnamese(self) -> String {
        format!("{:02}-{:02}-{:04}", self.day, self.month, self.year)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
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

    #[test]
    fn only_days_that_exist_can_be_made() {
        assert_eq!(Day::new(2024, 2, 29).map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        assert_eq!(Day::new(2023, 2, 29), None);
        assert_eq!("2022-12-26".parse(), Ok(Day::new(2022, 12, 26).unwrap()));
        assert_eq!("26-12-2022".parse::<Day>(), Err(NotADay));
        assert_eq!(Day::new(2022, 1, 5).unwrap().vietnamese(), "05-01-2022");
    }
}
