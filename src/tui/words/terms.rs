//! What reports are about, in the reader's language: kinds, periods, roles. The text of a report is never translated;
//! these are the program's own terms for what it found.

use crate::report::{Period, ReportKind, YearPart};
use crate::tui::settings::Lang;

/// What somebody does at an event: the verb of `verbs.tsv`, and English for it.
const ROLES: &[(&str, &str)] = &[
    ("biểu dương", "commends"),
    ("bày tỏ", "expresses"),
    ("báo cáo", "reports"),
    ("bế mạc", "closes"),
    ("chào xã giao", "pays a courtesy call"),
    ("chúc Tết", "gives Tết wishes"),
    ("chúc mừng", "congratulates"),
    ("chỉ đạo", "directs"),
    ("chủ trì", "chairs"),
    ("đồng chủ trì", "co-chairs"),
    ("chứng kiến", "witnesses"),
    ("công bố", "announces"),
    ("cắt băng", "cuts the ribbon"),
    ("duyệt", "reviews"),
    ("dâng hoa", "lays flowers"),
    ("dâng hương", "offers incense"),
    ("dẫn đầu", "leads"),
    ("dự", "attends"),
    ("ghi nhận", "acknowledges"),
    ("gặp mặt", "meets"),
    ("hội đàm", "holds talks"),
    ("khai mạc", "opens"),
    ("khẳng định", "affirms"),
    ("kiểm tra", "inspects"),
    ("ký", "signs"),
    ("kết luận", "concludes"),
    ("làm trưởng đoàn", "heads the delegation"),
    ("làm việc", "works with"),
    ("nhấn mạnh", "stresses"),
    ("nhận", "receives"),
    ("phát biểu", "speaks"),
    ("quán triệt", "explains"),
    ("tham luận", "presents a paper"),
    ("thông báo", "informs"),
    ("thăm", "visits"),
    ("thị sát", "tours"),
    ("tiếp", "hosts"),
    ("trao", "presents"),
    ("trình bày", "sets out"),
    ("tặng", "gives"),
    ("yêu cầu", "demands"),
    ("đánh giá", "assesses"),
    ("điều hành", "conducts"),
    ("đón", "welcomes"),
    ("đề nghị", "proposes"),
    ("đọc", "reads out"),
    ("đối thoại", "holds a dialogue"),
    ("động viên", "encourages"),
];

/// English for kinds whose name is too long for a row of the list.
const SHORT_KINDS: &[(ReportKind, &str)] = &[
    (ReportKind::HalfYearReview, "interim"),
    (ReportKind::MilitaryPolitical, "mil.-pol."),
    (ReportKind::Resolution, "resolution"),
    (ReportKind::Study, "study"),
    (ReportKind::Training, "training"),
    (ReportKind::Decision, "appointments"),
    (ReportKind::NewYear, "New Year"),
    (ReportKind::Reception, "reception"),
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What somebody does at an event.
pub fn role(verb: &str, lang: Lang) -> &str {
    match lang {
        Lang::Vi => verb,
        Lang::En => ROLES.iter().find(|row| row.0 == verb).map_or(verb, |row| row.1),
    }
}

/// What somebody does at an event, all of it.
pub fn roles<'a>(verbs: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>, lang: Lang) -> String {
    verbs.into_iter().map(|verb| role(verb.as_ref(), lang)).collect::<Vec<_>>().join(", ")
}

/// A kind of report.
pub fn kind(kind: ReportKind, lang: Lang) -> &'static str {
    if lang == Lang::Vi { kind.name() } else { kind.english() }
}

/// A kind of report in a few letters.
pub fn short_kind(kind: ReportKind, lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => kind.name(),
        Lang::En => SHORT_KINDS.iter().find(|row| row.0 == kind).map_or(kind.english(), |row| row.1),
    }
}

/// A period in words.
pub fn period(period: Period, lang: Lang) -> String {
    if lang == Lang::Vi {
        return period.to_string();
    }
    let year = period.year;
    match period.part {
        YearPart::Month(month) => {
            let name = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
            format!("{name} {year}")
        }
        YearPart::Quarter(quarter) => format!("quarter {quarter} of {year}"),
        YearPart::FirstHalf => format!("first half of {year}"),
        YearPart::NineMonths => format!("nine months of {year}"),
        YearPart::SecondHalf => format!("second half of {year}"),
        YearPart::Year => year.to_string(),
        YearPart::Stretch(last) => format!("{year}-{last}"),
        YearPart::Term(last) => format!("term {year}-{last}"),
    }
}

/// A period in figures: `6T 2023`, `H1 2023`.
pub fn short_period(period: Period, lang: Lang) -> String {
    let year = period.year;
    let part = match (period.part, lang) {
        (YearPart::Year, _) => return year.to_string(),
        (YearPart::Stretch(last) | YearPart::Term(last), _) => return format!("{year}-{last}"),
        (YearPart::Month(month), Lang::Vi) => format!("T{month}"),
        (YearPart::Month(month), Lang::En) => {
            let name = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
            name.chars().take(3).collect()
        }
        (YearPart::Quarter(quarter), _) => format!("Q{quarter}"),
        (YearPart::FirstHalf, Lang::Vi) => "6T".to_owned(),
        (YearPart::FirstHalf, Lang::En) => "H1".to_owned(),
        (YearPart::NineMonths, Lang::Vi) => "9T".to_owned(),
        (YearPart::NineMonths, Lang::En) => "9M".to_owned(),
        (YearPart::SecondHalf, Lang::Vi) => "6T cuối".to_owned(),
        (YearPart::SecondHalf, Lang::En) => "H2".to_owned(),
    };
    format!("{part} {year}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::{TableClass, TableRow, lexicon};
    use crate::report::KINDS;

    #[test]
    fn every_role_has_english() {
        let verbs: Vec<_> =
            lexicon().rows_of(TableClass::Verb).filter(|row| row.value == "role").map(TableRow::form).collect();
        assert!(verbs.len() > 40);
        for verb in verbs {
            assert_ne!(role(verb, Lang::En), verb);
            assert_eq!(role(verb, Lang::Vi), verb);
        }
    }

    #[test]
    fn periods_and_kinds_are_said_in_both_languages() {
        let said = |text: &str, lang| {
            let one: Period = text.parse().unwrap();
            (period(one, lang), short_period(one, lang))
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(said("6 tháng đầu năm 2025", Lang::Vi), pair("6 tháng đầu năm 2025", "6T 2025"));
        assert_eq!(said("6 tháng đầu năm 2025", Lang::En), pair("first half of 2025", "H1 2025"));
        assert_eq!(said("tháng 5 năm 2022", Lang::En), pair("May 2022", "May 2022"));
        assert_eq!(said("nhiệm kỳ 2020-2025", Lang::En), pair("term 2020-2025", "2020-2025"));
        for row in KINDS {
            let short = short_kind(row.0, Lang::En);
            assert!(short.chars().count() <= 13, "{short}");
        }
    }
}
