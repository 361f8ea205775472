//! The row number of a report follows its date: `days since 1970 << 20 | some bits of its hash`. So newest first is
//! `ORDER BY row DESC`, a stretch of time is a range of rows, and the order of one day's reports seldom depends
//! on the order in which they were imported.

use crate::report::Day;
use std::ops::Range;

/// Bits below the day: room for about a million reports a day.
const BITS: u32 = 20;

/// Bits of the hash: enough that two reports of one day seldom wish for the same row, few enough that neighbours of an
/// ordinary day are near, because the index is written in distances.
const WISHED: u32 = 10;

/// Rows that are tried from the wished one on before the end of the day.
pub(in crate::store) const NEIGHBOURS: i64 = 8;

/// How many rows a day has.
pub(in crate::store) const ROWS_A_DAY: i64 = 1 << BITS;

/// Days since 1970-01-01; earlier ones are negative.
fn number(day: Day) -> i64 {
    // Gregorian reckoning with the year beginning in March, so that the leap day comes last.
    let (year, month) = (i64::from(day.year()), i64::from(day.month()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day.day()) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The rows of one day.
pub fn rows_of(day: Day) -> Range<i64> {
    let first = number(day) << BITS;
    first..first + ROWS_A_DAY
}

/// The day to which a row belongs.
pub(in crate::store) fn day_of(row: i64) -> Option<Day> {
    // The way back of `number`.
    let days = (row >> BITS) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    Day::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Where a report of that day and id would like to stand.
pub(in crate::store) fn wished(day: Day, id: &str) -> i64 {
    let bits = id.get(..5).and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or(0) >> (20 - WISHED);
    rows_of(day).start + bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        let day = |text: &str| number(text.parse().unwrap());
        assert_eq!([day("1970-01-01"), day("1969-12-31"), day("2000-03-01"), day("2022-12-26")], [0, -1, 11017, 19352]);
    }

    #[test]
    fn a_later_day_has_later_rows() {
        let rows = |text: &str| rows_of(text.parse().unwrap());
        assert_eq!(rows("2024-02-29").end, rows("2024-03-01").start);
        let row = wished("2024-02-29".parse().unwrap(), "fffff000");
        assert!(rows("2024-02-29").contains(&row));
        for day in ["1969-12-31", "1970-01-01", "1999-12-31", "2000-02-29", "2024-03-01", "2026-11-21"] {
            assert_eq!(day_of(rows(day).start + 77), day.parse().ok());
        }
    }
}
