//! What the command line prints for people, in Vietnamese and English: one table. Messages on standard error and what
//! is for programs (JSON, CSV) do not depend on the language; what reports say is never translated. Roles, kinds and periods are
//! said in the words of the reader.

use crate::tui::settings::Lang;
use crate::tui::words::Phrase;
pub(super) use crate::tui::words::terms::{kind, period, role, roles};

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

/// What became of a unit, by its word in units_history.tsv.
pub(super) fn became(how: &str, lang: Lang) -> &str {
    match how {
        "renamed" => RENAMED.say(lang),
        "merged" => MERGED.say(lang),
        other => other,
    }
}
