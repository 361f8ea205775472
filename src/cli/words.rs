//! What the command line prints for people, in Vietnamese and English: one table. Messages on standard error and what
//! is for programs (JSON, CSV) do not depend on the language; what reports say is never translated.

use crate::report::{Kind, Period};
use crate::tui::settings::Lang;
use crate::tui::words::Phrase;

const fn p(vi: &'static str, en: &'static str) -> Phrase {
    Phrase { vi, en }
}

// A report.
pub(super) const ID: Phrase = p("mã", "id");
pub(super) const KIND: Phrase = p("loại", "kind");
pub(super) const UNIT: Phrase = p("đơn vị", "unit");
pub(super) const PERIOD: Phrase = p("thời kỳ", "period");
pub(super) const DATE: Phrase = p("ngày", "date");
pub(super) const PUBLISHED: Phrase = p("ngày đăng", "published");
pub(super) const SOURCE: Phrase = p("nguồn", "source");
pub(super) const FILE: Phrase = p("tệp", "file");
pub(super) const NOTE: Phrase = p("ghi chú", "note");

// An official.
pub(super) const SINCE: Phrase = p("từ {}, gần nhất {}", "since {}, last seen {}");
pub(super) const SINCE_FIRST: Phrase = p("thấy lần đầu {}, gần nhất {}", "first seen {}, last seen {}");
pub(super) const SEEN: Phrase = p("{} báo cáo, {} đến {}", "{} reports, {} to {}");
pub(super) const TOGETHER: Phrase = p("Cùng xuất hiện", "Appears with");
pub(super) const NOT_TO_CONFUSE: Phrase = p("Không phải {} ({}) {}: {}", "Not to be confused with {} ({}) {}: {}");
pub(super) const ONE_PERSON: Phrase = p("một người? chắc {} %", "one person? {} % sure");
pub(super) const TWO_PERSONS: Phrase = p("hai người? chắc {} %", "two persons? {} % sure");
pub(super) const AND: Phrase = p("{} và {}", "{} and {}");

// A post.
pub(super) const FROM: Phrase = p("từ {}", "from {}");
pub(super) const BEFORE: Phrase = p("trước {}", "before {}");
pub(super) const SEEN_ON: Phrase = p("thấy {}", "seen {}");
pub(super) const UNTIL: Phrase = p("{}, đến {}", "{}, until {}");
pub(super) const NO_MORE_BY: Phrase = p("{}, đến {} đã thôi", "{}, no more by {}");
pub(super) const LAST: Phrase = p("{}, gần nhất {}", "{}, last {}");
pub(super) const DISPUTED: Phrase = p("các báo cáo mâu thuẫn nhau", "reports contradict each other");
pub(super) const NO_HOLDER: Phrase =
    p("không báo cáo nào nêu ai giữ từ {} đến {}", "no report of a holder between {} and {}");
const RENAMED: Phrase = p("đổi tên thành", "renamed");
const MERGED: Phrase = p("sáp nhập vào", "merged into");

// A unit.
pub(super) const NOW: Phrase = p("Hiện nay, theo các báo cáo", "Now, as far as the reports tell");
pub(super) const FORMERLY: Phrase = p("Trước đây", "Before");
pub(super) const REPORTS: Phrase = p("Báo cáo", "Reports");

// Two reports.
pub(super) const OLDER: Phrase = p("cũ ", "older");
pub(super) const NEWER: Phrase = p("mới", "newer");
pub(super) const SHARED: Phrase =
    p("{} % văn bản mới đã có trong văn bản cũ", "{} % of the newer text stands in the older too");
pub(super) const FIGURES: Phrase = p("Số liệu", "Figures");
pub(super) const DOCUMENTS: Phrase = p("Văn kiện", "Documents");
pub(super) const SLOGANS: Phrase = p("Khẩu hiệu", "Slogans");
pub(super) const TEXT: Phrase = p(
    "Văn bản ( = lặp lại, ~ lặp lại một phần, + mới, - không còn; [ ] chữ mới)",
    "Text ( = recurs, ~ recurs in part, + new, - gone; [ ] new words)",
);
pub(super) const NEW: Phrase = p("mới ", "new ");
pub(super) const GONE: Phrase = p("vắng", "gone");
pub(super) const UP: Phrase = p("lên ", "up  ");
pub(super) const DOWN: Phrase = p("xuống", "down");
pub(super) const RANK_WAS: Phrase = p("[cấp bậc trước: {}]", "[rank was {}]");
pub(super) const POSTS_WERE: Phrase = p("[chức vụ trước: {}]", "[posts were {}]");
pub(super) const NOT_GIVEN: Phrase = p("không nêu", "not given");

/// What somebody does at an event: the verbs of verbs.tsv that are roles, in English.
const ROLES: [(&str, &str); 47] = [
    ("biểu dương", "praises"),
    ("bày tỏ", "expresses"),
    ("báo cáo", "reports"),
    ("bế mạc", "closes"),
    ("chào xã giao", "pays a courtesy call"),
    ("chúc Tết", "wishes a happy New Year"),
    ("chúc mừng", "congratulates"),
    ("chỉ đạo", "directs"),
    ("chủ trì", "chairs"),
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
    ("nhấn mạnh", "emphasises"),
    ("nhận", "receives"),
    ("phát biểu", "speaks"),
    ("quán triệt", "explains"),
    ("tham luận", "presents a paper"),
    ("thông báo", "informs"),
    ("thăm", "visits"),
    ("thị sát", "surveys"),
    ("tiếp", "receives guests"),
    ("trao", "hands over"),
    ("trình bày", "presents"),
    ("tặng", "gives"),
    ("yêu cầu", "demands"),
    ("đánh giá", "assesses"),
    ("điều hành", "conducts"),
    ("đón", "welcomes"),
    ("đề nghị", "proposes"),
    ("đọc", "reads"),
    ("đối thoại", "holds a dialogue"),
    ("động viên", "encourages"),
];

/// A role in `lang`; as the text has it where the table does not know it.
pub(super) fn role(verb: &str, lang: Lang) -> &str {
    let english = ROLES.iter().find(|row| lang == Lang::En && row.0 == verb);
    english.map_or(verb, |row| row.1)
}

/// Roles in `lang`, in their order.
pub(super) fn roles<'a>(verbs: impl Iterator<Item = &'a str>, lang: Lang) -> String {
    verbs.map(|verb| role(verb, lang)).collect::<Vec<_>>().join(", ")
}

/// A kind of report in `lang`.
pub(super) fn kind(kind: Kind, lang: Lang) -> &'static str {
    if lang == Lang::Vi { kind.name() } else { kind.english() }
}

/// A period in `lang`.
pub(super) fn period(period: Period, lang: Lang) -> String {
    if lang == Lang::Vi { period.to_string() } else { period.english() }
}

/// What became of a unit, by its word in units_history.tsv.
pub(super) fn became(how: &str, lang: Lang) -> &str {
    match how {
        "renamed" => RENAMED.say(lang),
        "merged" => MERGED.say(lang),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_of_the_verb_table_has_an_english_word() {
        let table = include_str!("../extract/tables/verbs.tsv");
        let roles = table.lines().filter(|line| line.split('\t').nth(2) == Some("role"));
        for verb in roles.filter_map(|line| line.split('\t').next()) {
            assert!(ROLES.iter().any(|row| row.0 == verb), "{verb}: add its English to ROLES in src/cli/words.rs");
        }
        assert_eq!(role("chủ trì", Lang::En), "chairs");
        assert_eq!(role("chủ trì", Lang::Vi), "chủ trì");
    }
}
