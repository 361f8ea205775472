//! Row numbers that follow the date, so that the order of the list is the order of the table:
//!
//! ```text
//! bit 63          20 19              10 9            0
//!     days since 1970 │ 0, or overflow   │ 10 bits of id
//! ```
//!
//! If the row of an id is taken, the next few are tried, then the row after the last of the day (`derived_rows`), which
//! on a crowded day counts up into the middle bits.
//!
//! A report without a day gets a row far below every day of the calendar, `UNDATED.start` plus the number of its body,
//! so that those without a day stand last in the list, the newest import first.
//!
//! Newest first is `ORDER BY row DESC` and stops early; a range of days is a range of rows; and FTS5, whose rowids
//! these are, yields matches in the same order. The bits of the id make the order within a day independent of the order
//! of import, as a rule.

use crate::report::{Certainty, Dated, Day, Precision};
use std::ops::Range;

const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

/// Bits below the day: room for about a million reports a day.
const BITS: u32 = 20;

/// Bits of the id: enough that two reports of one day rarely want the same row, and few enough that the rows of a day
/// lie close together, because FTS5 stores row numbers as differences.
const ID_BITS: u32 = 10;

/// Rows to try, the preferred one first, before the row after the last of the day is taken.
pub(in crate::store) const NEIGHBOURS: i64 = 8;

/// Number of rows of a day.
pub(in crate::store) const ROWS_A_DAY: i64 = 1 << BITS;

/// The rows of reports without a day. The days of the calendar, from the year -9999 to 9999, need 23 bits above `BITS`,
/// so their rows end far above. It is not `i64::MIN`, because the index stores row numbers as differences, and large
/// ones need more bytes.
pub(in crate::store) const UNDATED: Range<i64> = -(1 << 48)..-(1 << 47);

/// The row of a report without a day: `body` is the number of its body, which counts imports.
pub(in crate::store) fn undated_row(body: i64) -> i64 {
    UNDATED.start + body
}

/// Days since 1970-01-01; earlier ones are negative.
pub(in crate::store) fn days_since_1970(day: Day) -> i32 {
    let (month, day_of_month) = (i8::try_from(day.month()), i8::try_from(day.day()));
    let date = month.ok().zip(day_of_month.ok()).and_then(|(month, day_of_month)| {
        let date = jiff::civil::Date::new(day.year(), month, day_of_month).ok()?;
        date.since((jiff::Unit::Day, EPOCH)).ok()
    });
    // A `Day` is a day of the calendar, so there is always a distance.
    date.map_or(0, |distance| distance.get_days())
}

/// The rows of one day.
pub fn rows_of(day: Day) -> Range<i64> {
    let first = i64::from(days_since_1970(day)) << BITS;
    first..first + ROWS_A_DAY
}

/// The day to which a row belongs; `None` if it is a row of `UNDATED`, or beyond the calendar, which only a damaged row
/// is.
pub(in crate::store) fn day_of(row: i64) -> Option<Day> {
    // The shift keeps the sign, so rows of days before 1970 give their day too.
    let days = jiff::Span::new().try_days(row >> BITS).ok()?;
    let date = EPOCH.checked_add(days).ok()?;
    Day::new(date.year(), date.month().try_into().ok()?, date.day().try_into().ok()?)
}

/// The certainty and the precision of a day as one number, which the tables keep beside it: bit 0 is set if a text
/// states it, the bits above are the precision. 0 if there is no day.
pub(in crate::store) fn date_code_of(dated: Option<Dated>) -> u8 {
    let Some(dated) = dated else { return 0 };
    let precision = PRECISIONS.iter().position(|precision| *precision == dated.precision).unwrap_or_default();
    u8::from(!dated.is_inferred()) + 2 * u8::try_from(precision).unwrap_or_default()
}

/// In the order of their numbers.
const PRECISIONS: [Precision; 3] = [Precision::Day, Precision::Month, Precision::Year];

/// The day of a row with the date code that `date_code_of` gave; `None` as for `day_of`.
pub(in crate::store) fn dated_of(row: i64, date_code: u8) -> Option<Dated> {
    let precision = PRECISIONS.get(usize::from(date_code / 2)).copied().unwrap_or_default();
    let certainty = Certainty::from_inferred(date_code.is_multiple_of(2));
    Some(Dated { day: day_of(row)?, certainty, precision })
}

/// The preferred row of a report of that day and id.
pub(in crate::store) fn preferred_row(day: Day, id: &str) -> i64 {
    // Five hexadecimal digits are 20 bits, of which the upper ones are kept.
    let bits = id.get(..5).and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or(0) >> (20 - ID_BITS);
    rows_of(day).start + bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        let day = |text: &str| days_since_1970(text.parse().unwrap());
        assert_eq!([day("1970-01-01"), day("1969-12-31"), day("2000-03-01"), day("2022-12-26")], [0, -1, 11017, 19352]);
    }

    #[test]
    fn every_day_follows_the_one_before_and_comes_back() {
        let mut day: Day = "1500-01-01".parse().unwrap();
        let mut number = -171_664;
        while let Some(next) = day.next().filter(|next| next.year() < 2500) {
            assert_eq!((days_since_1970(day), day_of(rows_of(day).end - 1)), (number, Some(day)));
            (day, number) = (next, number + 1);
        }
        assert_eq!(day, "2499-12-31".parse().unwrap());
        assert_eq!(day_of(i64::MAX), None);
    }

    #[test]
    fn rows_without_a_day_are_below_those_of_every_day() {
        assert!(UNDATED.end < rows_of("-9999-01-01".parse().unwrap_or(Day::new(-9999, 1, 1).unwrap())).start);
        assert!(undated_row(1) < undated_row(2) && UNDATED.contains(&undated_row(1 << 40)));
        assert_eq!(day_of(undated_row(77)), None);
    }

    #[test]
    fn certainty_and_precision_of_a_day_come_back() {
        for text in ["2022-12-26", "~2022-12-26", "2022-12", "~2022-12", "2022", "~2022"] {
            let dated: Dated = text.parse().unwrap();
            let row = rows_of(dated.day).start;
            assert_eq!(dated_of(row, date_code_of(Some(dated))), Some(dated), "{text}");
        }
        assert_eq!((date_code_of(None), dated_of(undated_row(7), 0)), (0, None));
    }

    #[test]
    fn a_later_day_has_later_rows() {
        let rows = |text: &str| rows_of(text.parse().unwrap());
        assert_eq!(rows("2024-02-29").end, rows("2024-03-01").start);
        let row = preferred_row("2024-02-29".parse().unwrap(), "fffff000");
        assert!(rows("2024-02-29").contains(&row));
        for day in ["1969-12-31", "1970-01-01", "1999-12-31", "2000-02-29", "2024-03-01", "2026-11-21"] {
            assert_eq!(day_of(rows(day).start + 77), day.parse().ok());
        }
    }
}
