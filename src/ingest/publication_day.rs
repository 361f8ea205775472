//! Reads the day of publication in the spellings of pages, feeds and JSON: `2026-01-04T08:30:00+07:00`, `Chủ nhật,
//! 04/01/2026`, `Sun, 04 Jan 2026 …`, `ngày 4 tháng 1 năm 2026`. The day always comes before the month
//! (docs/domain.md §5.5), and moments are days of Vietnam. The day of the event inside a text is left to `extract`.

use crate::report::Day;
use crate::text::words::{folded_words, words};
use jiff::{Timestamp, tz};

/// The beginnings of English months, folded: feeds write those.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// What a date slot may begin with, folded: days of the week. A longer one comes after its beginning (they are tried
/// from the end).
const WEEKDAYS: [&str; 8] =
    ["chu nhat", "thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay", "chu nhat ngay"];
/// Words that a date slot may have besides the numbers, folded.
const SLOT_WORDS: [&str; 9] = ["ngay", "thang", "nam", "luc", "gmt", "gio", "phut", "am", "pm"];
/// Sites that print the hour of the page view instead of the date (docs/domain.md §5.5).
const CLOCK_SITES: &[&str] = &["tapchiqptd.vn"];
/// The tag at the beginning of their articles. The true day, if the page has it, comes next.
const CLOCK_TAG: &str = "QPTD";
/// Characters after the tag in which the day may be.
const TAG_REACH_CHARS: usize = 30;
/// A longer line is no date slot.
const MAX_SLOT_BYTES: usize = 80;
/// A shorter text is no moment with a zone: `2026-01-04T08:30Z`.
const MIN_MOMENT_BYTES: usize = 17;
/// A day is looked for in this many first words.
const MAX_WORDS: usize = 24;
/// Vietnam's offset from UTC; the country has no summer time.
const UTC_OFFSET_HOURS: i8 = 7;

/// The day in Vietnam at a moment, in seconds since 1970.
pub(super) fn of_seconds(seconds: i64) -> Option<Day> {
    let date = Timestamp::from_second(seconds).ok()?.to_zoned(tz::TimeZone::fixed(tz::offset(UTC_OFFSET_HOURS))).date();
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

/// Whether the site of this address shows the hour of the page view as its date. Compares whole labels of the host's
/// name.
pub(super) fn is_clock_site(address: &str) -> bool {
    let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    CLOCK_SITES.iter().any(|site| host == *site || host.strip_suffix(site).is_some_and(|sub| sub.ends_with('.')))
}

/// The day right after such a site's tag: `QPTD - Thứ Hai, 11/01/2016`.
pub(super) fn after_tag(line: &str) -> Option<Day> {
    let rest = line.strip_prefix(CLOCK_TAG)?.trim_start_matches([' ', '-', '–']);
    of(&rest.chars().take(TAG_REACH_CHARS).collect::<String>())
}

/// The day that the value of a record's field states: also as a number of seconds, milliseconds or microseconds since
/// 1970, and as eight digits (`20251218`). Outside of such a field a number is no date.
pub(super) fn of_value(value: &str) -> Option<Day> {
    let value = value.trim();
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return of(value);
    }
    let number: i64 = value.parse().ok()?;
    match value.len() {
        8 => make(value.get(..4)?, value.get(4..6)?, value.get(6..)?),
        9 | 10 => of_seconds(number),
        12 | 13 => of_seconds(number / 1000),
        15 | 16 => of_seconds(number / 1_000_000),
        _ => None,
    }
}

/// The first day that `text` states.
pub(super) fn of(text: &str) -> Option<Day> {
    let text = text.trim();
    // A moment with its zone: by then it may be the next day in Vietnam, or still the day before.
    if text.len() >= MIN_MOMENT_BYTES {
        let moment = text.parse::<Timestamp>().ok().or_else(|| {
            let moment = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text);
            moment.ok()
        });
        if let Some(moment) = moment {
            return of_seconds(moment.as_second());
        }
    }
    let parts: Vec<&str> = words(text).take(MAX_WORDS).map(|word| word.text).collect();
    (0..parts.len()).find_map(|at| parts.get(at..).and_then(at_start))
}

/// The day of a line that has nothing else in it: a page's date slot.
pub(super) fn of_slot(line: &str) -> Option<Day> {
    if line.len() > MAX_SLOT_BYTES {
        return None;
    }
    let folded = folded_words(line);
    let rest = WEEKDAYS.iter().rev().find_map(|day| folded.strip_prefix(day)).unwrap_or(&folded);
    let is_slot = rest
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_ascii_digit()) || SLOT_WORDS.contains(&word));
    if is_slot { of(line) } else { None }
}

/// The day that these words begin with.
fn at_start(parts: &[&str]) -> Option<Day> {
    let [first, rest @ ..] = parts else { return None };
    match (*first, rest) {
        // `2026-01-04T08` is one word up to the colon.
        (year, [month, day, ..]) if year.len() == 4 => make(year, month, leading_digits(day)),
        (day, [word, month, year_word, year, ..]) if is(word, "thang") && is(year_word, "nam") => {
            make(year, month, day)
        }
        // As WordPress writes it: `18 tháng 12, 2025`, `Tháng 12 18, 2025`.
        (day, [word, month, year, ..]) if is(word, "thang") && make(year, month, day).is_some() => {
            make(year, month, day)
        }
        (word, [month, day, year, ..]) if is(word, "thang") => make(year, month, day),
        // The only spelling with the month first: it has to be a word.
        (month, [day, year, ..]) if let Some(month) = named_month(month) => make(year, &month, day),
        (day, [month, year, ..]) => make(year, named_month(month).as_deref().unwrap_or(month), day),
        _ => None,
    }
}

/// The number of a month by its English name or the beginning of it.
fn named_month(word: &str) -> Option<String> {
    let is_word = word.len() >= 3 && word.starts_with(|c: char| c.is_ascii_alphabetic());
    let folded = is_word.then(|| folded_words(word))?;
    MONTHS.iter().position(|name| folded.starts_with(name)).map(|n| (n + 1).to_string())
}

fn is(word: &str, folded: &str) -> bool {
    folded_words(word) == folded
}

fn leading_digits(word: &str) -> &str {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word.get(..end).unwrap_or_default()
}

/// A day of the years 1900 to 2100. The year needs four digits: `1/2/34` could be in any order.
fn make(year: &str, month: &str, day: &str) -> Option<Day> {
    let small = |text: &str| if text.len() <= 2 { text.parse::<u8>().ok() } else { None };
    let year = if year.len() == 4 { year.parse::<i16>().ok()? } else { return None };
    (1900..=2100).contains(&year).then(|| Day::new(year, small(month)?, small(day)?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        of(text).map(|day| day.to_string())
    }

    #[test]
    fn all_spellings_of_a_day() {
        for text in [
            "2026-01-04",
            "2026-01-04T08:30:00+07:00",
            "2026-01-03T18:30:00Z",
            "Chủ nhật, 04/01/2026",
            "Chủ nhật, 4-1-2026 | 08:30 (GMT+7)",
            "08:30 | 04.01.2026",
            "Sun, 04 Jan 2026 08:30:00 +0700",
            "ngày 4 tháng 1 năm 2026",
            "4 tháng 1, 2026",
            "Tháng 1 4, 2026",
            "January 4, 2026",
            "Jan 4 2026 8:30 AM",
            "4 January 2026",
            "2026-01-03T20:30:00+00:00",
            "Sat, 03 Jan 2026 20:30:00 GMT",
        ] {
            assert_eq!(day(text).as_deref(), Some("2026-01-04"), "{text}");
        }
        for text in ["", "31/02/2026", "nhiệm kỳ 2025-2030", "04/01", "1/2/34567", "2026", "20260104", "12/18/2025"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_may_be_a_number() {
        let day = |text: &str| of_value(text).map(|day| day.to_string());
        for value in ["20260104", "1767490200", "1767490200000", "1767490200000000", "04/01/2026"] {
            assert_eq!(day(value).as_deref(), Some("2026-01-04"), "{value}");
        }
        for value in ["", "20261304", "12", "2026", "99999999999999999999"] {
            assert_eq!(day(value), None, "{value}");
        }
    }

    #[test]
    fn a_clock_is_no_date() {
        assert!(is_clock_site("http://tapchiqptd.vn/vi/a.html") && is_clock_site("https://www.tapchiqptd.vn"));
        assert!(!is_clock_site("https://bao.example.vn/tapchiqptd.vn") && !is_clock_site("http://xtapchiqptd.vn"));
        assert_eq!(
            after_tag("QPTD - Thứ Hai, 11/01/2016, 08:21").map(|day| day.to_string()).as_deref(),
            Some("2016-01-11")
        );
        assert_eq!(after_tag("QPTD - Nghị quyết của chi bộ, đơn vị tổ chức học tập ngày 11/01/2016"), None);
    }

    #[test]
    fn a_date_slot_states_nothing_else() {
        assert!(of_slot("Thứ hai, 12/05/2025, 08:30 (GMT+7)").is_some());
        assert!(of_slot("Ngày 12/05/2025, đơn vị tổ chức hội thi").is_none());
    }
}
