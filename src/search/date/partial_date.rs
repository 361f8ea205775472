//! Whether a text is the beginning of a date, so that a half-typed value is not called wrong. The parser of dates
//! decides: it is tried on the text with each of a list of endings. So both always agree; the list only has to contain
//! an ending for every beginning.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// In bytes; nothing longer is the beginning of a date.
const LONGEST: usize = 60;

/// Dates in words and short forms; each of their suffixes is an ending. 2004 is a leap year, so `29-2-` can be
/// continued.
const WHOLE: &[&str] = &[
    "ngay 1 thang 1 nam 2004",
    "thang hai nam 2004",
    "thang ba nam 2004",
    "thang tu nam 2004",
    "thang bon nam 2004",
    "thang nam nam 2004",
    "thang bay nam 2004",
    "thang tam nam 2004",
    "thang muoi mot nam 2004",
    "thang muoi hai nam 2004",
    "quy iii nam 2004",
    "quy iv nam 2004",
    "quy mot nam 2004",
    "quy1-2004",
    "h1-2004",
    "2004-h1",
    "2004-q1",
    "sau thang dau nam 2004",
    "sau thang cuoi nam 2004",
    "chin thang dau cua nam 2004",
    "nua dau nam 2004",
    "nua cuoi nam 2004",
    "6tc2004",
    "6td2004",
];

/// The ways to continue a number: not at all, with a digit, with the rest of a year (`2` and `004`, `20` and `04`), or
/// with a whole year.
const DIGITS: &[&str] = &["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "04", "004", "2004"];

/// The endings that can follow a number in a date or a range of years.
const AFTER: &[&str] = &["", "-1", "-1-1", "-2004", "-1-2004", " thang 1 nam 2004", " nam 2004", ".2004"];

/// Whether `is_whole` accepts some continuation of `typed`: a date, a year or a range of years.
pub fn is_begun(typed: &str, is_whole: impl Fn(&str) -> bool) -> bool {
    let typed = typed.trim_start();
    if typed.len() > LONGEST {
        return false;
    }
    let mut whole = String::with_capacity(LONGEST * 2);
    endings().iter().any(|ending| {
        whole.clear();
        whole.push_str(typed);
        whole.push_str(ending);
        is_whole(&whole)
    })
}

fn endings() -> &'static BTreeSet<String> {
    static ENDINGS: OnceLock<BTreeSet<String>> = OnceLock::new();
    ENDINGS.get_or_init(|| {
        let of_numbers = DIGITS.iter().flat_map(|digits| AFTER.iter().map(move |after| format!("{digits}{after}")));
        let of_words = WHOLE.iter().flat_map(|whole| (0..whole.len()).filter_map(|at| whole.get(at..)));
        of_numbers.chain(of_words.map(str::to_owned)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::date::DayRange;

    fn begins(typed: &str) -> bool {
        is_begun(typed, |text| DayRange::parse(text).is_some())
    }

    #[test]
    fn every_beginning_of_a_date_is_one() {
        for date in [
            "2024-02-29",
            "29/2/2024",
            "31.12.1985",
            "12-2023",
            "1999",
            "6t2025",
            "6tc-2025",
            "9t/2021",
            "quy4-2024",
            "q1-2018",
            "ngày 31 tháng 12 năm 2023",
            "31 tháng 10 năm 2023",
            "tháng 11/2018",
            "tháng mười hai năm 2018",
            "tháng bảy năm 2018",
            "Quý III năm 2018",
            "quý tư năm 2018",
            "quy hai 2018",
            "sáu tháng đầu năm 2018",
            "06 tháng cuối của năm 2018",
            "chín tháng năm 2018",
            "9 tháng đầu năm 2018",
            "nửa cuối năm 2018",
            "năm 2018",
        ] {
            for (at, _) in date.char_indices().skip(1) {
                let typed = date.get(..at).unwrap();
                assert!(begins(typed), "«{typed}» of «{date}»");
            }
        }
    }

    #[test]
    fn what_no_typing_can_mend_is_no_beginning() {
        for typed in [
            "2023-13",
            "q5-2018",
            "q5",
            "2018-q5",
            "2024-02-31",
            "31-2",
            "29-2-2023",
            "32-",
            "20a",
            "20255",
            "2023-1-1-",
            "tháng 13",
            "quý V",
            "chín tháng cuối",
            "ngày 31 tháng 2",
            "hôm qua",
            "2023x",
        ] {
            assert!(!begins(typed), "{typed}");
        }
    }
}
