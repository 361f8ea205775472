//! The bounds of a tenure in words of the interface language: `from 2018-01-01, until ~2019-02-02`. The words depend on
//! how each bound is known. Also how many reports name an official, and when. The form of a day is left to the caller,
//! because the interface and the command line differ.

use super::OfficialPage;
use super::career::{BoundBasis, TenureBound};
use crate::lang::numbers::grouped;
use crate::lang::{Lang, phrases};
use crate::report::Dated;

/// The number of an official's reports with the first and the last day, and how many have no day:
/// `11 reports, 2018-12-13 to 2019-01-05 (9 undated)`.
pub fn reports(page: &OfficialPage, lang: Lang, day: impl Fn(Dated) -> String) -> String {
    let count = phrases::REPORTS_N.count(lang, page.reports_count);
    let (Some(first), Some(last)) = (page.first, page.last) else {
        return format!("{count}, {}", phrases::UNDATED.say(lang));
    };
    let (first, last) = (day(first), day(last));
    let days = if first == last { first } else { phrases::FROM_TO.fill(lang, &[&first, &last]) };
    match page.reports.iter().filter(|report| report.when.is_none()).count() {
        0 => format!("{count}, {days}"),
        undated => {
            let undated = phrases::UNDATED_N.fill(lang, &[&grouped(undated, lang)]);
            format!("{count}, {days} ({undated})")
        }
    }
}

/// How many of the reports of a name are concerned: `1 of 3 reports`.
pub fn reports_of(reports: usize, among: usize, lang: Lang) -> String {
    phrases::REPORTS_OF.fill(lang, &[&grouped(reports, lang), &phrases::REPORTS_N.count(lang, among)])
}

/// Formats both bounds in words; `day` formats the day of a bound. The end is left out if it adds nothing.
pub fn say(from: &TenureBound, to: &TenureBound, lang: Lang, day: impl Fn(&TenureBound) -> String) -> String {
    let once = to.known == BoundBasis::Seen && from.when.day == to.when.day;
    let begin = match from.known {
        BoundBasis::Event => phrases::FROM,
        BoundBasis::By => phrases::BEFORE,
        BoundBasis::Seen if once => phrases::SEEN_ONCE,
        BoundBasis::Seen => phrases::FIRST_SEEN,
    };
    let begin = begin.fill(lang, &[&day(from)]);
    // Who is first named where the end of the tenure is told was not seen before: only the end is known.
    let ends_as_seen = from.known == BoundBasis::Seen && to.known == BoundBasis::Event;
    if ends_as_seen && from.when == to.when {
        return phrases::UNTIL.fill(lang, &[&day(to)]);
    }
    let end = match to.known {
        BoundBasis::By if from.known == BoundBasis::By => return begin,
        BoundBasis::Seen if once => return begin,
        BoundBasis::Event => phrases::UNTIL,
        BoundBasis::By => phrases::NO_MORE_BY,
        BoundBasis::Seen => phrases::LAST_SEEN,
    };
    format!("{begin}, {}", end.fill(lang, &[&day(to)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::seen;
    use crate::officials::{Observation, Place, identify, page_of};

    fn bound(day: &str, known: BoundBasis) -> TenureBound {
        let place = Place { report: "r".into(), at: 0 };
        TenureBound { when: Dated::stated(day.parse().unwrap()), known, place }
    }

    #[test]
    fn who_is_first_named_at_the_end_was_not_seen_before() {
        let said = |from: &str, known: BoundBasis| {
            let to = bound("2018-09-06", BoundBasis::Event);
            say(&bound(from, known), &to, Lang::En, |bound| bound.when.to_string())
        };
        assert_eq!(said("2018-09-06", BoundBasis::Seen), "until 2018-09-06");
        assert_eq!(said("2017-07-11", BoundBasis::Seen), "first seen 2017-07-11, until 2018-09-06");
        assert_eq!(said("2018-09-06", BoundBasis::Event), "from 2018-09-06, until 2018-09-06");
    }

    #[test]
    fn reports_are_counted_with_their_days_and_those_without() {
        let said = |observations: &[Observation]| {
            let officials = identify(observations, &[]);
            reports(&page_of(&officials[0], &officials, observations, Vec::new()), Lang::En, |day| day.to_string())
        };
        let post = "Chính ủy Lữ đoàn 901";
        let report = |id: &str, day: &str| seen(id, day).rank("Đại tá").post(post);
        let (first, last) = (report("a", "2018-12-13"), report("b", "2019-01-05"));
        let undated = || report("c", "2019-01-05").undated();
        assert_eq!(said(std::slice::from_ref(&first)), "1 report, 2018-12-13");
        assert_eq!(said(&[first.clone(), undated()]), "2 reports, 2018-12-13 (1 undated)");
        assert_eq!(said(&[first, last, undated()]), "3 reports, 2018-12-13 to 2019-01-05 (1 undated)");
        assert_eq!(said(&[undated()]), "1 report, undated");
    }
}
