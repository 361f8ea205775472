//! A day in an address or a path: `/2024/01/15/anh.jpg`, `/bao-2024-01-15.html`, `/20240115/`. Sites that keep their
//! pages or pictures by day write it so. Such a day hints at when a page was published; it states nothing.

use super::Day;

/// Signs between the parts of a day.
const SEPARATORS: [char; 4] = ['/', '-', '_', '.'];

/// The first day that an address has, in the order year, month, day.
pub fn day_in_address(address: &str) -> Option<Day> {
    runs_of_digits(address).find_map(|run| match run.digits.len() {
        8 => day(run.digits.get(..4)?, run.digits.get(4..6)?, run.digits.get(6..)?),
        4 => {
            let (month, rest) = next_part(run.rest)?;
            let (of_month, _) = next_part(rest)?;
            day(run.digits, month, of_month)
        }
        _ => None,
    })
}

/// The first day that the path of a file has: as in an address, or in the order of Vietnamese texts, `26-12-2022`.
pub fn day_in_path(path: &str) -> Option<Day> {
    let day_first = |run: DigitRun<'_>| {
        let (month, rest) = next_part(run.rest).filter(|_| run.digits.len() <= 2)?;
        let (year, _) = next_part(rest)?;
        day(year, month, run.digits)
    };
    day_in_address(path).or_else(|| runs_of_digits(path).find_map(day_first))
}

/// Digits with no digit next to them, and what follows them.
#[derive(Clone, Copy)]
struct DigitRun<'a> {
    digits: &'a str,
    rest: &'a str,
}

fn runs_of_digits(text: &str) -> impl Iterator<Item = DigitRun<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.get(rest.find(|c: char| c.is_ascii_digit())?..)?;
        let (digits, after) = split_digits(rest);
        rest = after;
        Some(DigitRun { digits, rest: after })
    })
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The digits behind the separator that `text` begins with.
fn next_part(text: &str) -> Option<(&str, &str)> {
    let (digits, rest) = split_digits(text.strip_prefix(SEPARATORS)?);
    (!digits.is_empty()).then_some((digits, rest))
}

/// A day of this century. Month and day have at most two digits, the year has four.
fn day(year: &str, month: &str, day: &str) -> Option<Day> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let year: i16 = year.parse().ok().filter(|year| (2000..2100).contains(year))?;
    Day::new(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_in_the_addresses_of_pages_and_pictures() {
        let found = |address: &str| day_in_address(address).map(|day| day.to_string());
        for address in [
            "https://bao.example.vn/2024/01/15/hoi-nghi.html",
            "https://bao.example.vn/anh/2024/1/15/quan-khu.jpg?w=600",
            "https://bao.example.vn/hoi-nghi-2024-01-15.html",
            "https://bao.example.vn/20240115/anh.jpg",
        ] {
            assert_eq!(found(address).as_deref(), Some("2024-01-15"), "{address}");
        }
        for address in [
            "https://bao.example.vn/2024/13/15/",
            "https://bao.example.vn/hoi-nghi-2024.html",
            "https://bao.example.vn/tin-1972-01-15.html",
            "https://bao.example.vn/bai-202401151234.html",
            "https://bao.example.vn/15-01-2024.html",
        ] {
            assert_eq!(found(address), None, "{address}");
        }
    }

    #[test]
    fn the_path_of_a_file_may_have_the_day_first() {
        let found = |path: &str| day_in_path(path).map(|day| day.to_string());
        assert_eq!(found("tin/26-12-2022.txt").as_deref(), Some("2022-12-26"));
        assert_eq!(found("tin/2022/12/26/a.txt").as_deref(), Some("2022-12-26"));
        assert_eq!(found("tin/quy-4-2022.txt"), None);
    }
}
