//! Moments as lists, pages and servers write them: the date forms of sitemaps and feeds (W3C, RFC 3339), and those of
//! HTTP (RFC 9110); and as this program writes them.

use jiff::civil::Date;
use jiff::{Timestamp, tz};
use std::time::Duration;

/// A date without an hour or zone is one of Viet Nam.
const UTC_OFFSET_HOURS: i8 = 7;

/// The moment that a `lastmod`, `publication_date` or the like states: `2026-07-01`, `2026-07`, `2026`, or with an hour
/// and a zone.
pub fn moment_of(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    // An hour without a zone: `2026-07-01T08:30:00`, `2026-07-01 08:30`.
    let zone = tz::TimeZone::fixed(tz::offset(UTC_OFFSET_HOURS));
    if let Ok(local) = text.parse::<jiff::civil::DateTime>() {
        return local.to_zoned(zone).ok().map(|moment| moment.timestamp());
    }
    let mut numbers = text.split('-').map(|part| part.parse::<i16>().ok());
    let year = numbers.next()??;
    let mut part = || numbers.next().map_or(Some(1), |number| number.and_then(|number| i8::try_from(number).ok()));
    let date = Date::new(year, part()?, part()?).ok()?;
    date.to_zoned(zone).ok().map(|moment| moment.timestamp())
}

/// A moment as it is saved and as JSON has it: RFC 3339 in UTC, to the second, so that the order of the letters is that
/// of time.
pub fn in_utc(moment: Timestamp) -> String {
    to_second(moment).to_string()
}

/// A moment without the part of a second, which is never saved.
pub fn to_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

/// The end of the month that an address of a sitemap names: `/sitemaps/news-2026-7.xml`, `/2026/07`, `202607`.
pub fn month_in_address(address: &str) -> Option<Timestamp> {
    let path = address.splitn(4, '/').nth(3)?;
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let date = numbers.iter().enumerate().find_map(|(n, number)| {
        let (year, month) = match number.len() {
            4 => (*number, *numbers.get(n + 1)?),
            6 | 8 => (number.get(..4)?, number.get(4..6)?),
            _ => return None,
        };
        let year = year.parse::<i16>().ok().filter(|year| (1990..2100).contains(year))?;
        Date::new(year, month.parse().ok()?, 1).ok()
    })?;
    let end = date.last_of_month().tomorrow().ok()?;
    end.to_zoned(tz::TimeZone::fixed(tz::offset(UTC_OFFSET_HOURS))).ok().map(|moment| moment.timestamp())
}

/// A moment as people write it here: day and minute by the zone of this machine.
pub fn shown_here(moment: Timestamp) -> String {
    moment.to_zoned(tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// How long to wait by the value of `Retry-After`: seconds, or a date of HTTP. `None` if it is neither. A moment of the
/// past is no wait.
pub fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are a long wait, too; the caller caps it.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let moment = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(moment.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_lists_are_read() {
        let read = |text: &str| moment_of(text).map(|moment| moment.to_string());
        assert_eq!(read("2026-07-01T08:30:00+07:00").as_deref(), Some("2026-07-01T01:30:00Z"));
        assert_eq!(read("2026-07-01T08:30:00.5Z").as_deref(), Some("2026-07-01T08:30:00.5Z"));
        assert_eq!(read("2026-07-01T08:30:00").as_deref(), Some("2026-07-01T01:30:00Z"));
        assert_eq!(read(" 2026-07-01 ").as_deref(), Some("2026-06-30T17:00:00Z"));
        assert_eq!(read("2026-7").as_deref(), Some("2026-06-30T17:00:00Z"));
        assert_eq!(read("2026").as_deref(), Some("2025-12-31T17:00:00Z"));
        for text in ["", "yesterday", "2026-13-01", "2026-02-30", "99999-1-1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn sitemaps_by_month_are_told_by_their_address() {
        let read = |path: &str| month_in_address(&format!("https://bao.example.vn{path}")).map(|m| m.to_string());
        let june = Some("2026-06-30T17:00:00Z".to_owned());
        for path in ["/sitemaps/news-2026-6.xml", "/0/2026/06.xml", "/s-202606.xml", "/s?d=20260615"] {
            assert_eq!(read(path), june, "{path}");
        }
        for path in ["/sitemap.xml", "/s-2026-13.xml", "/s-1234.xml", "/2026.xml", ""] {
            assert_eq!(read(path), None, "{path}");
        }
    }

    #[test]
    fn a_wait_is_a_number_or_a_date() {
        let now: Timestamp = "2026-07-01T00:00:00Z".parse().unwrap();
        assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Wed, 01 Jul 2026 00:05:00 GMT", now), Some(Duration::from_secs(300)));
        assert_eq!(retry_after("Tue, 30 Jun 2026 00:05:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("99999999999999999999999", now), Some(Duration::from_secs(u64::from(u32::MAX))));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("", now), None);
    }
}
