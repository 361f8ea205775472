//! Every word that the reader itself says, in Vietnamese and English: one table. What stands in braces is filled in
//! by `fill`. Names of keys and actions are in the keymap, kinds of report in `report::KINDS`.

pub mod terms;

pub use terms::roles;

use super::numbers::grouped;
use super::settings::Lang;

/// One thing said in two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Phrase {
    /// In `lang`.
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// In `lang`, with the braces filled in order.
    pub fn fill(self, lang: Lang, parts: &[&str]) -> String {
        let mut pieces = self.say(lang).split("{}");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for (n, piece) in pieces.enumerate() {
            out.push_str(parts.get(n).copied().unwrap_or_default());
            out.push_str(piece);
        }
        out
    }
}

/// Something counted: one and several are told apart where the language does so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountPhrase {
    /// For one.
    pub one: Phrase,
    /// For any other number.
    pub many: Phrase,
}

impl CountPhrase {
    /// With the number in its first braces, in groups of three.
    pub fn count(self, lang: Lang, number: usize) -> String {
        self.fill(lang, number, &[])
    }

    /// The same, with what fills the braces after it.
    pub fn fill(self, lang: Lang, number: usize, rest: &[&str]) -> String {
        let phrase = if number == 1 { self.one } else { self.many };
        let number = grouped(number);
        let parts: Vec<&str> = std::iter::once(number.as_str()).chain(rest.iter().copied()).collect();
        phrase.fill(lang, &parts)
    }
}

const fn n(vi: &'static str, one: &'static str, many: &'static str) -> CountPhrase {
    CountPhrase { one: p(vi, one), many: p(vi, many) }
}

const fn p(vi: &'static str, en: &'static str) -> Phrase {
    Phrase { vi, en }
}

pub(super) const REPORTS_N: CountPhrase = n("{} báo cáo", "{} report", "{} reports");
pub(super) const OFFICIALS_N: CountPhrase = n("{} cán bộ", "{} official", "{} officials");
pub(super) const FILTER: Phrase = p("lọc", "filter");
pub(super) const FIND_HERE: Phrase = p("tìm", "find");
pub(super) const HIDDEN: Phrase = p("ẩn {}", "{} hidden");
pub(super) const REPORTS: Phrase = p("Báo cáo", "Reports");
pub(super) const REPORT: Phrase = p("Báo cáo", "Report");
pub(super) const OFFICIALS: Phrase = p("Cán bộ", "Officials");
pub(super) const PEOPLE: Phrase = p("Thành phần", "People");
pub(super) const HELP: Phrase = p("Trợ giúp", "Help");
pub(super) const COMMANDS: Phrase = p("Lệnh", "Commands");
pub(super) const SORT_BY: Phrase = p("Xếp theo", "Sort by");
pub(super) const SORT_DATE: Phrase = p("ngày, mới trước", "date, newest first");
pub(super) const SORT_ADDED: Phrase = p("lúc nhập, mới trước", "import, newest first");
pub(super) const SORT_TITLE: Phrase = p("tên", "title");
pub(super) const SORT_UNIT: Phrase = p("đơn vị", "unit");
pub(super) const SORT_RELEVANCE: Phrase = p("độ khớp", "relevance");
pub(super) const OPENING: Phrase = p("đang mở…", "opening…");
pub(super) const LOADING: Phrase = p("đang đọc…", "reading…");
pub(super) const EMPTY_CACHE: Phrase = p("Chưa có báo cáo nào.", "There are no reports yet.");
pub(super) const EMPTY_CACHE_HINT: Phrase =
    p("Nhập bằng lệnh: baocao import THƯ-MỤC", "Import some: baocao import FOLDER");
pub(super) const NOTHING_FOUND: Phrase = p("Không báo cáo nào khớp.", "No report answers.");
pub(super) const NOTHING_FOUND_HINT: Phrase =
    p("Sửa bộ lọc bằng /, bỏ bằng Esc.", "Change the filter with /, drop it with Esc.");
pub(super) const NOTHING_FOUND_HERE: Phrase = p(
    "Không báo cáo nào khớp bộ lọc: / để sửa, Esc để bỏ.",
    "No report answers the filter: / changes it, Esc drops it.",
);
pub(super) const NOTHING_TO_READ: Phrase = p("Không có báo cáo nào để đọc.", "There is no report to read.");
pub(super) const NO_OFFICIALS: Phrase = p("Không cán bộ nào khớp.", "No official answers.");
pub(super) const NO_PEOPLE: Phrase =
    p("Báo cáo này không nêu ai có cấp bậc hay chức vụ.", "This report names nobody with a rank or post.");
pub(super) const NO_REPORT: Phrase = p("Chưa chọn báo cáo.", "No report is selected.");
pub(super) const GONE: Phrase = p("Báo cáo này không còn trong kho.", "This report is no longer in the cache.");
pub(super) const CHAIR: Phrase = p("Chủ trì", "Chaired by");
pub(super) const MADE_TITLE: Phrase = p("tên đặt theo nội dung", "title made from the contents");
pub(super) const UNDATED: Phrase = p("không ngày", "undated");
pub(super) const INFERRED_DAY: Phrase = p("không ghi ngày, ~{} theo kỳ báo cáo", "undated, ~{} by its period");
pub(super) const ALIKE: Phrase = p("gần giống", "resembling");
pub(super) const TIMELINE: Phrase = p("Quá trình", "Career");
pub(super) const IN_REPORTS: Phrase = p("Trong các báo cáo", "In reports");
pub(super) const TOGETHER: Phrase = p("Cùng xuất hiện", "Seen together with");
pub(super) const NAMESAKES: Phrase = p("Cùng tên", "Namesakes");
pub(super) const SINCE: Phrase = p("từ {}", "since {}");
pub(super) const SINCE_FIRST: Phrase = p("từ {} (báo cáo đầu tiên)", "since {} (first report)");
pub(super) const SEEN: CountPhrase = n("{} báo cáo, {} đến {}", "{} report, {} to {}", "{} reports, {} to {}");
pub(super) const COL_ROLE: Phrase = p("Việc", "Role");
pub(super) const COL_RANK: Phrase = p("Cấp bậc", "Rank");
pub(super) const COL_NAME: Phrase = p("Họ tên", "Name");
pub(super) const COL_POSTS: Phrase = p("Chức vụ", "Posts");
pub(super) const BECAUSE_RANK: Phrase = p("cấp bậc đứng trước tên", "a rank stands before the name");
pub(super) const BECAUSE_POST: Phrase = p("chức vụ đứng cạnh tên", "a post stands beside the name");
pub(super) const BECAUSE_ADDRESS: Phrase = p("từ xưng hô đứng trước tên", "a word of address stands before the name");
pub(super) const BECAUSE_LIST: Phrase =
    p("thuộc danh sách có cấp bậc hay chức vụ", "in a list that gives a rank or post");
pub(super) const BECAUSE_FORM: Phrase = p("có dạng một họ tên đầy đủ", "it has the form of a full name");
pub(super) const BECAUSE_AGAIN: Phrase = p("nhắc lại người đã nêu ở trên", "named again after a fuller mention");
pub(super) const NO_PERSON_BELOW: Phrase = p("Không còn ai ở dưới.", "Nobody further down.");
pub(super) const NO_PERSON_ABOVE: Phrase = p("Không còn ai ở trên.", "Nobody further up.");
pub(super) const NO_PERSON: Phrase =
    p("Chưa đứng ở người nào: } đến người kế.", "No person under the cursor: } goes to the next.");
pub(super) const NO_HITS: Phrase = p("«{}» không có trong báo cáo này.", "“{}” is not in this report.");
pub(super) const TITLE_HITS_ONLY: Phrase =
    p("«{}» chỉ có ở tên báo cáo, không có trong văn bản.", "“{}” is in the title only, not in the text.");
pub(super) const ASKS_NO_WORDS: Phrase = p(
    "«{}» không hỏi chữ nào trong văn bản: chỉ để lọc danh sách.",
    "“{}” asks for no words of a text: it filters the list.",
);
pub(super) const NO_SEARCH: Phrase = p("Chưa tìm gì: / để tìm.", "Nothing searched yet: / searches.");
pub(super) const HITS_WRAPPED: Phrase = p(
    "Hết báo cáo, quay lại từ đầu. > tìm tiếp ở báo cáo sau.",
    "End of the report, from its start again. > goes on into the next.",
);
pub(super) const HITS_WRAPPED_UP: Phrase = p("Quay lại từ cuối báo cáo.", "From the end of the report again.");
pub(super) const NO_MORE_REPORTS: Phrase = p("Không còn báo cáo nào phía ấy.", "No more reports that way.");
pub(super) const NO_UNREAD: Phrase = p("Không còn báo cáo chưa đọc phía ấy.", "No unread report that way.");
pub(super) const COPIED_TEXT: CountPhrase =
    n("Đã chép văn bản ({} chữ cái).", "Copied the text ({} letter).", "Copied the text ({} letters).");
pub(super) const COPIED_URL: Phrase = p("Đã chép {}", "Copied {}");
pub(super) const COPIED_CITATION: Phrase = p("Đã chép: {}", "Copied: {}");
pub(super) const NO_URL: Phrase = p("Báo cáo này không ghi địa chỉ nguồn.", "This report gives no source address.");
pub(super) const OPENING_URL: Phrase = p("Đang mở {}", "Opening {}");
pub(super) const STARRED: Phrase = p("Đã gắn sao.", "Starred.");
pub(super) const UNSTARRED: Phrase = p("Đã bỏ sao.", "Star taken away.");
pub(super) const MARKED_READ: Phrase = p("Đánh dấu đã đọc.", "Marked read.");
pub(super) const MARKED_UNREAD: Phrase = p("Đánh dấu chưa đọc.", "Marked unread.");
pub(super) const TAGS: Phrase = p("nhãn", "tags");
pub(super) const TAGGED: Phrase = p("nhãn: {}", "tags: {}");
pub(super) const TAGS_KEPT: Phrase = p("Đã ghi nhãn: {}", "Tagged: {}");
pub(super) const UNTAGGED: Phrase = p("Không còn nhãn nào.", "No tags any more.");
pub(super) const MARK_WHICH: Phrase = p("Đánh dấu bằng chữ nào?", "Mark with which letter?");
pub(super) const GO_WHICH: Phrase = p("Đến dấu nào? {}", "Go to which mark? {}");
pub(super) const MARK_SET: Phrase = p("Đã đánh dấu «{}».", "Marked as «{}».");
pub(super) const NO_MARKS: Phrase =
    p("Chưa đánh dấu chỗ nào: {} để đánh dấu.", "No place is marked yet: {} marks one.");
pub(super) const ALREADY_WIDE: Phrase = p("Báo cáo đã rộng hết màn hình.", "The report is as wide as the screen.");
pub(super) const NO_MARK: Phrase = p("Không có dấu «{}».", "There is no mark «{}».");
pub(super) const NOT_HERE: Phrase = p("Việc này làm ở danh sách báo cáo.", "This is done in the list of reports.");
pub(super) const NO_NAMESAKE: Phrase =
    p("Đứng ở dòng một người cùng tên để nhập làm một.", "Stand on the line of a namesake to merge with.");
pub(super) const NO_REPORT_LINE: Phrase =
    p("Đứng ở dòng một báo cáo để tách riêng.", "Stand on the line of a report to split it off.");
pub(super) const MERGED: Phrase = p("Đã nhập làm một. {} để hoàn tác.", "Merged into one. {} takes it back.");
pub(super) const SPLIT: Phrase =
    p("Đã tách thành người khác. {} để hoàn tác.", "Split off as another person. {} takes it back.");
pub(super) const UNDONE: Phrase = p("Đã lấy lại quyết định gần nhất.", "The last decision is taken back.");
pub(super) const NO_DECISION: Phrase = p("Không có quyết định nào để lấy lại.", "There is no decision to take back.");
pub(super) const NO_JUMP: Phrase = p("Chưa nhảy đi đâu.", "No jump to go back from.");
pub(super) const HIGHLIGHT_ALL: Phrase = p("Tô tất cả.", "All highlighted.");
pub(super) const HIGHLIGHT_PEOPLE: Phrase = p("Chỉ tô cán bộ.", "People highlighted.");
pub(super) const HIGHLIGHT_NONE: Phrase = p("Không tô.", "Nothing highlighted.");
pub(super) const EXPANDED: Phrase = p("Viết ra chữ tắt.", "Abbreviations written out.");
pub(super) const NOT_EXPANDED: Phrase = p("Chữ tắt để nguyên.", "Abbreviations as written.");
pub(super) const RAW: Phrase = p("Nguyên văn.", "The raw text.");
pub(super) const NOT_RAW: Phrase = p("Đã dọn phần thừa của trang.", "What the page left behind is hidden.");
pub(super) const RESIDUE: CountPhrase = n(
    "{} dòng thừa của trang · {} để xem",
    "{} line the page left behind · {} shows it",
    "{} lines the page left behind · {} shows them",
);
pub(super) const TYPING_OFF: Phrase = p("Bộ gõ sẵn có: tắt.", "Built-in typing: off.");
pub(super) const TYPING_TELEX: Phrase = p("Bộ gõ sẵn có: Telex.", "Built-in typing: Telex.");
pub(super) const TYPING_VNI: Phrase = p("Bộ gõ sẵn có: VNI.", "Built-in typing: VNI.");
pub(super) const COMPOSED_HINT: Phrase =
    p("Bộ gõ của máy đang bật: «{}» hiểu là phím {}.", "Your input method is on: «{}» was taken for the key {}.");
pub(super) const NO_HELP: Phrase = p("Trợ giúp không nói gì về «{}».", "Help says nothing of “{}”.");
pub(super) const NO_COMMAND: Phrase = p("Không lệnh nào khớp.", "No command answers.");
pub(super) const FILTER_FIELDS: Phrase = p("Bộ lọc", "Filters");
pub(super) const FILTER_SYNTAX: &[(Phrase, Phrase)] = &[
    (
        p("hội nghị", "hội nghị"),
        p(
            "có cả hai từ, ở tên hay văn bản; gõ dấu thì đúng dấu",
            "both words, in title or text; tones typed are respected",
        ),
    ),
    (p("\"tổng kết năm\"", "\"tổng kết năm\""), p("các từ liền nhau", "the words side by side")),
    (p("-từ", "-word"), p("không có từ ấy", "not this word")),
    (p("a OR b, (a OR b) c", "a OR b, (a OR b) c"), p("một trong hai", "either of them")),
];
pub(super) const SIGNS: Phrase = p("Dấu trong danh sách và trên trang", "Signs in the list and on pages");
pub(super) const SIGNS_TOLD: &[(&str, Phrase)] = &[
    ("•", p("chưa đọc", "unread")),
    ("★", p("đã gắn sao", "starred")),
    ("~2024-06", p("văn bản không ghi ngày: suy ra từ kỳ của báo cáo", "the text gives no day: taken from its period")),
    ("~", p("chỉ gần giống điều đã gõ", "only resembles what was typed")),
    ("?", p("văn bản không nói", "the texts do not say")),
];
pub(super) const KEY_ELSEWHERE: Phrase = p("{} ({}) dùng ở: {}", "{} ({}) works in: {}");
pub(super) const AT_THE_LIST: Phrase = p("Đang ở danh sách; {} để thoát.", "This is the list; {} quits.");
pub(super) const NOT_IN_RAW: Phrase =
    p("Nguyên văn thì không viết ra chữ tắt; {} để thôi.", "Raw text is left as it is; {} leaves it.");
pub(super) const NO_ABBREVIATION: Phrase =
    p("Báo cáo này không có chữ tắt nào biết được nghĩa.", "No abbreviation of this report is known.");
pub(super) const NOTHING_TO_COMPLETE: Phrase = p("Không có gì để điền ở đây.", "Nothing to complete here.");
pub(super) const NOTHING_OLDER: Phrase = p("Chưa gõ gì trước đó.", "Nothing was typed before.");
pub(super) const NOTHING_TO_UNDO: Phrase = p("Không còn gì để lấy lại.", "Nothing to undo.");
pub(super) const TOO_SMALL: Phrase = p("cửa sổ nhỏ quá", "window too small");
pub(super) const READ_MODE: Phrase = p("nguyên văn", "raw");
pub(super) const PERSON_N: Phrase = p("người {}", "person {}");
pub(super) const HIT_N: Phrase = p("khớp {}", "hit {}");
pub(super) const FINDER_HINT: Phrase = p("gõ tên, cấp bậc, chức vụ, đơn vị", "type a name, rank, post, unit");
pub(super) const SAVED_FILTER: Phrase = p("Bộ lọc: {}", "Filter: {}");
pub(super) const UNKNOWN_KEY: Phrase = p("{} không có việc gì ở đây · ? trợ giúp", "{} does nothing here · ? help");
pub(super) const COPY_CUT: Phrase =
    p("Chỉ chép được {} byte; còn {} byte quá dài.", "Only {} bytes were copied; {} were too many.");
pub(super) const COPY_FAILED: Phrase = p("Không chép được: {}", "It could not be copied: {}");
pub(super) const NO_BROWSER: Phrase =
    p("Bên này không có trình duyệt; đã chép {}", "There is no browser on this side; copied {}");
pub(super) const NO_SUSPEND: Phrase = p("Không có dòng lệnh nào để về.", "There is no shell to go back to.");
pub(super) const WORKER_GONE: Phrase = p(
    "Phần đọc kho đã dừng; hãy mở lại chương trình.",
    "The part that reads the cache has stopped; please start again.",
);
pub(super) const BEFORE: Phrase = p("trước {}", "before {}");
pub(super) const FIRST_SEEN: Phrase = p("thấy từ {}", "seen from {}");
pub(super) const UNTIL: Phrase = p("đến {}", "until {}");
pub(super) const NO_MORE_BY: Phrase = p("đã thôi trước {}", "no more by {}");
pub(super) const LAST_SEEN: Phrase = p("thấy đến {}", "last seen {}");
pub(super) const DISPUTED: Phrase = p("các báo cáo nói khác nhau", "reports contradict each other");
pub(super) const PREDECESSOR: Phrase = p("người tiền nhiệm", "the predecessor");
pub(super) const SUCCESSOR: Phrase = p("người kế nhiệm", "the successor");
pub(super) const THIS_ONE: Phrase = p("người đang xem", "the one you came from");
pub(super) const NO_HOLDER: Phrase = p("Không báo cáo nào nêu ai giữ chức này.", "No report has anybody in this post.");
pub(super) const NO_HOLDER_BETWEEN: Phrase =
    p("không báo cáo nào nêu ai giữ chức từ {} đến {}", "no report of a holder between {} and {}");
pub(super) const NO_POST: Phrase = p("Ở đây không nêu chức vụ nào.", "No post is named here.");
pub(super) const WHICH_POST: Phrase = p("Chức vụ nào?", "Which post?");
pub(super) const NO_REPORT_HERE: Phrase = p("Đứng ở dòng một báo cáo.", "Stand on the line of a report.");
pub(super) const NO_UNIT_HERE: Phrase = p("Ở đây không nêu đơn vị nào.", "No unit is named here.");
pub(super) const NO_SUCH_UNIT: Phrase = p("Không báo cáo nào nói về đơn vị này.", "No report speaks of this unit.");
pub(super) const UNIT_NOW: Phrase = p("Hiện nay, theo các báo cáo", "Now, as far as the reports tell");
pub(super) const UNIT_BEFORE: Phrase = p("Trước đây", "Before");
pub(super) const UNIT_REPORTS: Phrase = p("Báo cáo, theo kỳ", "Reports, by period");
pub(super) const UNIT_MERGED: Phrase = p("{} nhập thành {}, {}", "{} was merged into {}, {}");
pub(super) const UNIT_RENAMED: Phrase = p("{} đổi thành {}, {}", "{} became {}, {}");
pub(super) const DOUBTS: Phrase = p("Chưa chắc ai là ai", "Not sure who is who");
pub(super) const DOUBTS_HINT: Phrase = p(
    "Xem từng chỗ: một người thì nhập, hai người thì tách; điều đã quyết được giữ lại.",
    "Look at each: merge where it is one person, split where it is two; what you decide is kept.",
);
pub(super) const NO_DOUBTS: Phrase = p("Không còn chỗ nào chưa chắc.", "There is nothing left to review.");
pub(super) const MORE_DOUBTS: CountPhrase =
    n("… còn {} cán bộ chưa chắc ở dưới", "… {} more official to review below", "… {} more officials to review below");
pub(super) const NO_DOUBT_HERE: Phrase =
    p("Đứng ở dòng một chỗ chưa chắc để quyết.", "Stand on the line of a doubt to decide it.");
pub(super) const ONE_PERSON: Phrase = p("Một người?", "One person?");
pub(super) const TWO_PERSONS: Phrase = p("Hai người?", "Two persons?");
pub(super) const SURE: Phrase = p("chắc {} %", "{} % sure");
pub(super) const JUDGED_ONE: Phrase =
    p("Đã quyết: một người. {} để hoàn tác.", "Decided: one person. {} takes it back.");
pub(super) const JUDGED_TWO: Phrase =
    p("Đã quyết: hai người. {} để hoàn tác.", "Decided: two persons. {} takes it back.");
pub(super) const LINEUPS: Phrase = p("So thành phần", "Line-ups compared");
pub(super) const TEXTS: Phrase = p("So báo cáo", "Reports compared");
pub(super) const NEWER: Phrase = p("mới", "newer");
pub(super) const OLDER: Phrase = p("cũ ", "older");
pub(super) const NO_PREVIOUS: Phrase = p(
    "Kho không có báo cáo trước cùng loại của đơn vị này. Chọn báo cáo khác bằng {} rồi so bằng {}.",
    "The cache has no earlier report of this unit and kind. Choose another with {}, then compare with {}.",
);
pub(super) const CHOSEN: Phrase =
    p("Đã chọn để so: {}. {} ở báo cáo khác để so với nó.", "Chosen: {}. {} in another report compares with it.");
pub(super) const NOT_CHOSEN: Phrase = p("Thôi không chọn báo cáo này nữa.", "No longer chosen.");
pub(super) const NOTHING_CHOSEN: Phrase =
    p("Chưa chọn báo cáo để so: {} chọn báo cáo này.", "No report is chosen yet: {} chooses this one.");
pub(super) const CHOSEN_ITSELF: Phrase =
    p("Chính báo cáo này đã được chọn: sang báo cáo khác để so.", "This is the chosen one: go to another to compare.");
pub(super) const LINEUP_TALLY: Phrase = p(
    "{} mới · {} vắng · {} đổi thứ tự · {} đổi cấp bậc hay chức vụ",
    "{} new · {} gone · {} moved · {} of another rank or post",
);
pub(super) const LINEUP_NEW: Phrase = p("mới", "new");
pub(super) const LINEUP_GONE: Phrase = p("vắng", "gone");
pub(super) const LINEUP_UP: Phrase = p("lên", "up");
pub(super) const LINEUP_DOWN: Phrase = p("xuống", "down");
pub(super) const LINEUP_STAYS: Phrase = p("=", "=");
pub(super) const NOT_GIVEN: Phrase = p("không nêu", "not given");
pub(super) const RANK_WAS: Phrase = p("cấp bậc trước: {}", "rank was: {}");
pub(super) const POSTS_WERE: Phrase = p("chức vụ trước: {}", "posts were: {}");
pub(super) const SHARED: Phrase =
    p("{} % văn bản mới đã có trong văn bản cũ", "{} % of the newer text stands in the older too");
pub(super) const FIGURES: Phrase = p("Số liệu", "Figures");
pub(super) const DOCUMENTS: Phrase = p("Văn bản dẫn ra", "Documents");
pub(super) const SLOGANS: Phrase = p("Khẩu hiệu", "Slogans");
pub(super) const FULL_TEXT: Phrase = p("Toàn văn", "Text");
pub(super) const TEXT_SIGNS: Phrase =
    p("= lặp lại · ~ lặp một phần · + mới · - đã bỏ", "= recurs · ~ recurs in part · + new · - gone");
pub(super) const TEXT_SIGNS_BESIDE: Phrase = p(
    "trái là cũ, phải là mới: = lặp lại · ~ lặp một phần · + mới · - đã bỏ",
    "older left, newer right: = recurs · ~ recurs in part · + new · - gone",
);
pub(super) const WHY_RIVALS: Phrase =
    p("; cũng hợp với một người khác cùng tên", "; another official of the name fits as well");
pub(super) const WHY_ONE_REPORT: Phrase = p("một báo cáo nêu cả hai", "one report names both");
pub(super) const WHY_COUNTRIES: Phrase = p("thuộc hai nước: {} và {}", "of two countries: {} and {}");
pub(super) const WHY_FOREIGN: Phrase = p(
    "một người là quan chức {}, người kia không thấy nói thế",
    "one is an official of {}, the other is not said to be",
);
pub(super) const WHY_TWO_PLACES: Phrase =
    p("hai chức vụ cùng lúc: ở «{}» và ở «{}»", "two posts at once: in «{}» and in «{}»");
pub(super) const WHY_POST_TOO_LOW: Phrase = p("{} không xuống làm «{}»", "a {} does not become «{}»");
pub(super) const WHY_RANK_FELL: Phrase =
    p("{} ngày {} sau {} ngày {}, mà không có tin giáng cấp", "{} on {} after {} on {}, and no report of a demotion");
pub(super) const WHY_RANK_FELL_INFERRED: Phrase = p(
    "{} ngày {} sau {} ngày {}, mà không có tin giáng cấp; nhưng có ngày chỉ là suy ra",
    "{} on {} after {} on {}, and no report of a demotion; but a day is only inferred",
);
pub(super) const WHY_ROSE_TOO_FAST: Phrase = p("cao hơn {} cấp chỉ sau {} tháng", "{} ranks higher after {} months");
pub(super) const WHY_SAME_POST: Phrase = p("cùng chức vụ: {}", "the same post: {}");
pub(super) const WHY_HELD_BEFORE: Phrase =
    p("người này từng giữ chức người kia đang giữ: {}", "the one held what the other holds: {}");
pub(super) const WHY_SAME_UNIT: Phrase = p("cùng đơn vị: {}", "the same unit: {}");
pub(super) const WHY_UNIT_BECAME: Phrase =
    p("«{}» và «{}» là một đơn vị trước và sau khi thay đổi", "«{}» and «{}» are one unit before and after a change");
pub(super) const WHY_IN_UNIT_REPORT: Phrase = p(
    "không nêu chức vụ, trong báo cáo của «{}», nơi người kia công tác",
    "named without a post in a report of «{}», where the other serves",
);
pub(super) const WHY_NO_POST_RANKS_AGREE: Phrase =
    p("không nêu chức vụ; cấp bậc phù hợp", "named without a post; the ranks agree");
pub(super) const WHY_NO_POST_NOTHING_AGAINST: Phrase =
    p("không nêu chức vụ và cấp bậc; không có gì mâu thuẫn", "named without a post or a rank; nothing contradicts");
pub(super) const WHY_RARE_NAME: Phrase =
    p("không nêu chức vụ; tên nước ngoài, ít người trùng", "named without a post; a foreign name, which few share");
pub(super) const WHY_MOVED_RANKS_AGREE: Phrase =
    p("sang đơn vị khác; cấp bậc phù hợp", "moved to another unit; the ranks agree");
pub(super) const WHY_CIVILIAN_POST: Phrase = p(
    "tướng lĩnh sang làm dân sự thì báo chí thôi ghi cấp bậc",
    "a general who takes a civilian post loses the rank in the press",
);
pub(super) const WHY_HIGH_POSTS: Phrase = p("chức vụ cao này sau chức vụ cao khác", "one high post after another");
pub(super) const WHY_OFFICIAL_THEN_OFFICER: Phrase = p(
    "cán bộ không có quân hàm, rồi sĩ quan: chỉ giống cái tên",
    "an official without rank, then an officer: only the name is the same",
);
pub(super) const WHY_ONLY_THE_NAME: Phrase = p(
    "đơn vị khác, không có cấp bậc để đối chiếu: chỉ giống cái tên",
    "another unit, and no rank to go by: only the name is the same",
);
pub(super) const WHY_READER_JOINED: Phrase = p("người đọc nhập làm một", "joined by the reader");
pub(super) const WHY_READER_PARTED: Phrase = p("người đọc tách làm hai", "parted by the reader");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_filled_in_order() {
        assert_eq!(COPY_CUT.fill(Lang::En, &["3", "4"]), "Only 3 bytes were copied; 4 were too many.");
        assert_eq!(COPY_CUT.fill(Lang::Vi, &["3"]), "Chỉ chép được 3 byte; còn  byte quá dài.");
    }

    #[test]
    fn one_is_not_several() {
        let said = |count| [Lang::Vi, Lang::En].map(|lang| REPORTS_N.count(lang, count));
        assert_eq!(said(1), ["1 báo cáo", "1 report"]);
        assert_eq!(said(1204), ["1 204 báo cáo", "1 204 reports"]);
    }
}
