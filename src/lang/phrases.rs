//! The dictionary of the interface: the texts of the reader and of the command line in Vietnamese and English, one row
//! for each phrase. `{}` in a phrase is filled in by [`Phrase::fill`]. The words for what a key does are in the keymap.
//! The text of reports is never translated.

pub(crate) mod digest;
pub(crate) mod filter_problems;
pub(crate) mod identity_reasons;
pub(crate) mod marks;

use super::{CountPhrase, Phrase};

/// Declares a constant [`Phrase`] for each row, and in tests a list of them all.
macro_rules! phrases {
    ($($name:ident: $vi:literal, $en:literal;)*) => {
        $(pub(crate) const $name: $crate::lang::Phrase = $crate::lang::Phrase { vi: $vi, en: $en };)*
        #[cfg(test)]
        pub(crate) const PHRASES: &[$crate::lang::Phrase] = &[$($name),*];
    };
}
pub(crate) use phrases;

const fn phrase(vi: &'static str, en: &'static str) -> Phrase {
    Phrase { vi, en }
}

const fn counted(vi: &'static str, one: &'static str, many: &'static str) -> CountPhrase {
    CountPhrase { one: Phrase { vi, en: one }, many: Phrase { vi, en: many } }
}

pub(crate) const UNDATED_LEFT_OUT: CountPhrase = counted(
    "bỏ qua {} báo cáo không rõ ngày (tìm bằng is:undated)",
    "{} report without a date is left out: is:undated finds it",
    "{} reports without a date are left out: is:undated finds them",
);
pub(crate) const SYNC_NEW: CountPhrase = counted("{} báo cáo mới.", "{} new report.", "{} new reports.");
pub(crate) const SYNC_PROBLEMS: CountPhrase =
    counted("{} nguồn có lỗi: {}", "{} source had a problem: {}", "{} sources had problems: {}");
pub(crate) const REPORTS_N: CountPhrase = counted("{} báo cáo", "{} report", "{} reports");
pub(crate) const OFFICIALS_N: CountPhrase = counted("{} cán bộ", "{} official", "{} officials");
pub(crate) const COPIED_TEXT: CountPhrase =
    counted("Đã sao chép văn bản ({} ký tự).", "Copied the text ({} character).", "Copied the text ({} characters).");
pub(crate) const RESIDUE: CountPhrase = counted(
    "{} dòng thừa của trang · {} để xem",
    "{} line left over from the page · {} shows it",
    "{} lines left over from the page · {} shows them",
);
pub(crate) const NOTES_N: CountPhrase = counted("{} ghi chú", "{} note", "{} notes");
pub(crate) const NOTE_LINES_MORE: CountPhrase = counted("… còn {} dòng", "… {} more line", "… {} more lines");
pub(crate) const SAME_SENTENCES: CountPhrase =
    counted("… {} câu giữ nguyên", "… {} sentence recurs", "… {} sentences recur");
pub(crate) const MORE_DOUBTS: CountPhrase =
    counted("… còn {} chỗ chưa chắc ở dưới", "… {} more to review below", "… {} more to review below");

pub(crate) const PICKED: CountPhrase = counted("Đã chọn {} báo cáo.", "{} report is picked.", "{} reports are picked.");
pub(crate) const PICKED_STARRED: CountPhrase =
    counted("Đã gắn sao {} báo cáo.", "Starred {} report.", "Starred {} reports.");
pub(crate) const PICKED_UNSTARRED: CountPhrase =
    counted("Đã bỏ sao {} báo cáo.", "Took the star off {} report.", "Took the star off {} reports.");
pub(crate) const PICKED_READ: CountPhrase =
    counted("Đánh dấu đã đọc {} báo cáo.", "Marked {} report read.", "Marked {} reports read.");
pub(crate) const PICKED_UNREAD: CountPhrase =
    counted("Đánh dấu chưa đọc {} báo cáo.", "Marked {} report unread.", "Marked {} reports unread.");
pub(crate) const TAGS_OF_PICKED: CountPhrase =
    counted("Nhãn của {} báo cáo: {}", "Tags of {} report: {}", "Tags of {} reports: {}");
pub(crate) const REMOVE_WHICH: CountPhrase = counted("Xóa {} báo cáo?", "Remove {} report?", "Remove {} reports?");
pub(crate) const REMOVED: CountPhrase =
    counted("Đã xóa {} báo cáo khỏi kho.", "Removed {} report from the cache.", "Removed {} reports from the cache.");
pub(crate) const EXPORT_LIST_TO: CountPhrase =
    counted("Xuất {} báo cáo ra tệp", "Export {} report to", "Export {} reports to");
pub(crate) const EXPORT_PICKED_TO: CountPhrase =
    counted("Xuất {} báo cáo đã chọn ra tệp", "Export {} picked report to", "Export {} picked reports to");
pub(crate) const EXPORTED: CountPhrase =
    counted("Đã xuất {} báo cáo ra {}", "Exported {} report to {}", "Exported {} reports to {}");
pub(crate) const REMOVED_UNDOABLY: CountPhrase = counted(
    "Đã xóa {} báo cáo khỏi kho. {} để hoàn tác.",
    "Removed {} report from the cache. {} undoes it.",
    "Removed {} reports from the cache. {} undoes it.",
);
pub(crate) const SAVED_AGAIN: CountPhrase =
    counted("Đã lưu lại {} báo cáo. {}", "{} report is back. {}", "{} reports are back. {}");
pub(crate) const STEPS_UNDONE: CountPhrase = counted(
    "Đã hoàn tác; còn {} bước hoàn tác được.",
    "Undone; {} more step can be undone.",
    "Undone; {} more steps can be undone.",
);

pub(crate) const PAGES_LISTED: CountPhrase = counted("{} trang", "{} page", "{} pages");
pub(crate) const PAGES_TO_FETCH: CountPhrase =
    counted("Sẽ tải {} trang.", "{} page would be fetched.", "{} pages would be fetched.");
pub(crate) const PAGES_WAITING: CountPhrase = counted("còn {} trang chưa tải", "{} page waits", "{} pages wait");
pub(crate) const LISTS_WAITING: CountPhrase =
    counted("còn {} danh mục chưa đọc", "{} list to be read", "{} lists to be read");
pub(crate) const PAGES_LEFT_OUT: CountPhrase =
    counted("{} trang chưa hoặc không tải:", "{} page would not be fetched:", "{} pages would not be fetched:");

phrases! {
    LEFT_OUT_UNTIL: "trước {} thì chưa: {}", "not before {}: {}";
    PASS_UNFINISHED: "lượt lấy tin từ {} chưa xong", "the pass begun {} has not ended";
    PAGE_READ_AS: "Trang mới nhất được đọc là: {}", "The newest page is read as: {}";
    LAST_PASS: "lấy tin gần nhất {}", "last pass {}";
    NEXT_PASS: "lần sau từ {}", "next from {}";
    NEVER_FETCHED: "chưa lấy tin lần nào", "never fetched";
    FILTER: "lọc", "filter";
    FIND_HERE: "tìm", "find";
    HIDDEN: "ẩn {}", "{} hidden";
    REPORTS: "Báo cáo", "Reports";
    REPORTS_AS_BEFORE: "Báo cáo theo bộ lọc trước", "Reports of the last good filter";
    REPORT: "Báo cáo", "Report";
    OFFICIALS: "Cán bộ", "Officials";
    PEOPLE: "Thành phần", "People";
    HELP: "Trợ giúp", "Help";
    COMMANDS: "Lệnh", "Commands";
    SORT_BY: "Xếp theo", "Sort by";
    SORT_DATE: "ngày, mới trước", "date, newest first";
    SORT_ADDED: "lúc nhập, mới trước", "import, newest first";
    SORT_TITLE: "tiêu đề", "title";
    SORT_RELEVANCE: "độ khớp", "relevance";
    OPENING: "đang mở…", "opening…";
    LOADING: "đang đọc…", "reading…";
    EMPTY_CACHE: "Chưa có báo cáo nào.", "There are no reports yet.";
    EMPTY_CACHE_HINT: "Nhập bằng lệnh: baocao import THƯ-MỤC", "Import some: baocao import FOLDER";
    NOTHING_FOUND: "Không báo cáo nào khớp.", "No report matches.";
    NOTHING_FOUND_HINT: "Sửa bộ lọc bằng /, bỏ bằng Esc.", "Change the filter with /, drop it with Esc.";
    NOTHING_FOUND_HERE:
        "Không báo cáo nào khớp bộ lọc: / để sửa, Esc để bỏ.",
        "No report matches the filter: / changes it, Esc drops it.";
    NOTHING_TO_READ: "Không có báo cáo nào để đọc.", "There is no report to read.";
    NO_OFFICIALS: "Không cán bộ nào khớp.", "No official matches.";
    NOT_IDENTIFIED: "Người này chưa có trang cán bộ.", "This person has no official's page yet.";
    NO_PEOPLE: "Báo cáo này không nêu ai có cấp bậc hay chức vụ.", "This report names nobody with a rank or post.";
    NO_REPORT: "Chưa chọn báo cáo.", "No report is selected.";
    GONE: "Báo cáo này không còn trong kho.", "This report is no longer in the cache.";
    CHAIR: "Chủ trì", "Chaired by";
    MADE_TITLE: "tiêu đề đặt theo nội dung", "title made from the contents";
    ADDRESS_TITLE: "tiêu đề lấy từ địa chỉ", "title made from the address";
    UNDATED: "không rõ ngày", "undated";
    DATE_FORMS:
        "12-6-2018, 2018-06-12, 6-2018, 2018, 6t2018, 9t2018, q2-2018, quý II năm 2018",
        "12-6-2018, 2018-06-12, 6-2018, 2018, h1-2018 (half), 9t2018 (9 months), q2-2018";
    DATE_REFUSED: "Không hiểu ngày này. Hãy viết như: {}", "Not a date. Write it like: {}";
    DATE_SET: "Đã đặt ngày {}.", "Dated {}.";
    DATE_CLEARED: "Báo cáo không có ngày đặt bằng tay.", "The report has no date set by hand.";
    BY_HAND: "đặt bằng tay", "set by hand";
    UNDATED_N: "{} không rõ ngày", "{} undated";
    UNDATED_TITLE: "Không rõ ngày", "Undated";
    FORMER: "trước đây", "formerly";
    LEFT_SINCE: "sau đó đã thôi", "left later";
    INFERRED_DAY: "không ghi ngày, {} theo kỳ báo cáo", "undated, {} by its period";
    ALIKE: "gần giống", "resembling";
    HELD_BEFORE: "từng là {}", "formerly {}";
    HELD_UNDATED: "không rõ lúc nào: {}", "at an unknown time: {}";
    TIMELINE: "Quá trình", "Career";
    IN_REPORTS: "Trong các báo cáo", "In reports";
    STATED_ONCE: "Thấy một lần", "Seen once";
    HOLDER_SEEN_ONCE: "thấy một lần", "seen once";
    NO_SIGN: "Cùng tên, chưa có căn cứ xác định", "Same name, no sign";
    NO_SIGN_EXPLAINED:
        "Các báo cáo này không nêu cấp bậc hay chức vụ của người mang tên này: không rõ là ai, có thể là nhiều người.",
        "These reports give no rank or post of the person named: it is not known who it is, perhaps several people.";
    TOGETHER: "Cùng xuất hiện", "Seen together with";
    NAMESAKES: "Cùng tên", "Namesakes";
    SINCE: "từ {}", "since {}";
    SINCE_FIRST: "từ {} (báo cáo đầu tiên)", "since {} (first report)";
    COL_ROLE: "Việc", "Role";
    COL_RANK: "Cấp bậc", "Rank";
    COL_NAME: "Họ tên", "Name";
    COL_POSTS: "Chức vụ", "Posts";
    BECAUSE_RANK: "cấp bậc đứng trước tên", "a rank stands before the name";
    BECAUSE_POST: "chức vụ đứng cạnh tên", "a post stands beside the name";
    BECAUSE_ADDRESS: "từ xưng hô đứng trước tên", "a word of address stands before the name";
    BECAUSE_LIST: "thuộc danh sách có cấp bậc hay chức vụ", "in a list that gives a rank or post";
    BECAUSE_FORM: "có dạng một họ tên đầy đủ", "it has the form of a full name";
    BECAUSE_AGAIN: "nhắc lại người đã nêu ở trên", "named again after a fuller mention";
    NO_PERSON_BELOW: "Không còn ai ở dưới.", "Nobody further down.";
    NO_PERSON_ABOVE: "Không còn ai ở trên.", "Nobody further up.";
    NO_PERSON: "Con trỏ chưa ở người nào: } đến người kế.", "No person under the cursor: } goes to the next.";
    NO_HITS: "“{}” không có trong báo cáo này.", "“{}” is not in this report.";
    TITLE_HITS_ONLY:
        "“{}” chỉ có ở tiêu đề, không có trong văn bản.",
        "“{}” is in the title only, not in the text.";
    ASKS_NO_WORDS:
        "“{}” chỉ để lọc danh sách, không tìm chữ nào trong văn bản.",
        "“{}” asks for no words of a text: it filters the list.";
    PICKED_N: "đã chọn {}", "{} picked";
    PICKING_N: "đang chọn {}", "picking {}";
    RANGE_BEGUN: "Chọn từ dòng này; {} ở dòng cuối.", "Picking from this row; {} at the last one.";
    REMOVE_YES:
        "xóa khỏi kho, cả nhãn, sao và chỗ đánh dấu; {} để hoàn tác",
        "remove with their tags, stars and marked places; {} undoes it";
    REMOVE_FOR_GOOD:
        "xóa hẳn: nhiều hơn {} MB nên không hoàn tác được",
        "remove for good: more than {} MB, so it cannot be undone";
    REMOVED_ONE: "Đã xóa ({} để hoàn tác): {}", "Removed ({} undoes it): {}";
    REMOVE_NO: "giữ lại", "keep";
    ONE_PANE: "Màn hình hẹp: chỉ có một khung.", "The screen is narrow: there is one pane.";
    PREVIEW_HIDDEN: "Đã ẩn báo cáo cạnh danh sách; {} để hiện.", "The report beside the list is hidden; {} shows it.";
    PREVIEW_SHOWN: "Báo cáo ở cạnh danh sách; {} để ẩn.", "The report is beside the list; {} hides it.";
    NO_HITS_ON_PAGE: "“{}” không có trong trang này.", "“{}” is not on this page.";
    PAGE_HITS_WRAPPED: "Hết trang, quay lại từ đầu.", "End of the page, from its start again.";
    PAGE_HITS_WRAPPED_UP: "Đầu trang, quay lại từ cuối.", "Start of the page, from its end again.";
    NO_PHRASE: "Không có cụm “{}” · // tìm từng từ", "No phrase “{}” here · // finds its words";
    FIND_HINT: "cụm từ · / ở đầu: như bộ lọc", "a phrase · / first: as a filter";
    NO_SEARCH: "Chưa tìm gì: / để tìm.", "Nothing searched yet: / searches.";
    HITS_WRAPPED:
        "Hết báo cáo, quay lại từ đầu. > tìm tiếp ở báo cáo sau.",
        "End of the report, from its start again. > goes on into the next.";
    HITS_WRAPPED_UP: "Quay lại từ cuối báo cáo.", "From the end of the report again.";
    NO_MORE_REPORTS: "Không còn báo cáo nào phía ấy.", "No more reports that way.";
    NO_UNREAD: "Không còn báo cáo chưa đọc phía ấy.", "No unread report that way.";
    COPIED_URL: "Đã sao chép {}", "Copied {}";
    COPIED_CITATION: "Đã sao chép: {}", "Copied: {}";
    NO_URL: "Báo cáo này không ghi địa chỉ nguồn.", "This report gives no source address.";
    OPENING_URL: "Đang mở {}", "Opening {}";
    QUERY_TOO_LONG:
        "Câu tìm quá dài: nhiều nhất {} từ và {} ký tự.",
        "The query is too long: at most {} words and {} characters.";
    CONNECTION_LOST: "Mất kết nối ({}). Đang thử lại; dấu và ghi chú vẫn được lưu.",
        "The connection was lost ({}). Trying again; marks and notes are still saved.";
    CONNECTION_BACK: "Đã kết nối lại.", "Connected again.";
    SAVING: "Đang lưu…", "Saving…";
    STARRED: "Đã gắn sao.", "Starred.";
    UNSTARRED: "Đã bỏ sao.", "Star taken away.";
    MARKED_READ: "Đánh dấu đã đọc.", "Marked read.";
    MARKED_UNREAD: "Đánh dấu chưa đọc.", "Marked unread.";
    TAGS: "nhãn", "tags";
    TAGGED: "nhãn: {}", "tags: {}";
    TAGS_KEPT: "Đã ghi nhãn: {}", "Tagged: {}";
    UNTAGGED: "Không còn nhãn nào.", "All tags are taken away.";
    ALREADY_WIDE: "Báo cáo đã rộng hết màn hình.", "The report is as wide as the screen.";
    NOTES: "Ghi chú", "Notes";
    LINE_FULL:
        "Dòng chỉ nhận {} ký tự; phần dài hơn không được nhận.",
        "The line takes {} characters; the rest was left out.";
    NOTHING_PASTED:
        "Không có dòng nào đang gõ nên không dán được gì.",
        "Nothing is being typed, so nothing was pasted.";
    NOTE_SAVED: "Đã ghi chú. {} để hoàn tác.", "Noted. {} undoes it.";
    NOTE_REMOVED: "Đã xóa ghi chú. {} để hoàn tác.", "The note is removed. {} undoes it.";
    NOTE_OF_BEFORE:
        "(viết trước khi những người cùng tên được tách như bây giờ: có thể về người khác)",
        "(written before those of this name were told apart as now: may be about another)";
    NO_PLACE_HERE: "Dòng này không dẫn câu nào.", "This line quotes no sentence.";
    NO_OTHER_PLACE: "Dòng này chỉ dẫn một câu: {} để mở.", "This line quotes one sentence only: {} opens it.";
    NOTES_ARE_HERE: "Đây đã là trang ghi chú.", "This is the page of notes.";
    NOTHING_TO_WRITE: "Trang này chưa có gì để ghi ra tệp.", "There is nothing on this page to write to a file.";
    NO_OFFICIAL_HERE: "Đưa con trỏ đến dòng một cán bộ.", "Go to the line of an official.";
    NO_NOTES: "Chưa có ghi chú nào: trong báo cáo, {} để ghi chú.", "No notes yet: {} in a report writes one.";
    NO_NOTE_HERE: "Đưa con trỏ đến một ghi chú.", "Go to a note.";
    NOTE_TOO_LONG:
        "Ghi chú quá dài, vẫn ở {} ({} byte, nhiều nhất {})",
        "Too long a note, still in {} ({} bytes, at most {})";
    NOTE_NOT_EDITED: "Ghi chú không đổi: {}", "The note is as it was: {}";
    ONLY_NOTES_IN_EDITOR: "Chỉ ghi chú mới mở trình soạn thảo.", "Only a note is written in the editor.";
    NOTHING_TO_SELECT: "Báo cáo này không có gì để chọn.", "There is nothing to select in this report.";
    NO_NEXT_SELECTION: "Không còn gì phía ấy để chọn.", "Nothing more that way to select.";
    SELECTING_SENTENCES: "chọn câu", "sentences selected";
    SELECTING_PARAGRAPHS: "chọn đoạn", "paragraphs selected";
    SELECTING_ENTITIES: "chọn tên", "names selected";
    REPORT_GONE: "báo cáo không còn trong kho", "the report is no longer in the cache";
    NOT_HERE: "Việc này làm ở danh sách báo cáo.", "This is done in the list of reports.";
    NO_NAMESAKE: "Đưa con trỏ đến dòng một người cùng tên để gộp.", "Go to the line of a namesake to merge with.";
    NO_REPORT_LINE: "Đưa con trỏ đến dòng một báo cáo để tách riêng.", "Go to the line of a report to split it off.";
    MERGED: "Đã gộp làm một. {} để hoàn tác.", "Merged into one. {} undoes it.";
    SPLIT: "Đã tách thành người khác. {} để hoàn tác.", "Split off as another person. {} undoes it.";
    UNDONE: "Đã hoàn tác: {}. {} hoàn tác tiếp.", "Undone: {}. {} undoes the one before.";
    UNDONE_FIRST: "Đã hoàn tác: {}. Không còn gì để hoàn tác.", "Undone: {}. There is nothing more to undo.";
    UNDONE_LAST: "Đã hoàn tác.", "Undone.";
    NO_DECISION: "Không có quyết định nào để hoàn tác.", "There is no decision to undo.";
    NO_JUMP: "Không có chỗ nào để quay lại.", "There is nowhere to go back to.";
    NO_JUMP_ON: "Không có chỗ nào để đi tiếp.", "There is nowhere to go on to.";
    HIGHLIGHT_ALL: "Tô sáng tất cả.", "All highlighted.";
    HIGHLIGHT_PEOPLE: "Chỉ tô sáng cán bộ.", "People highlighted.";
    HIGHLIGHT_NONE: "Không tô sáng.", "Nothing highlighted.";
    EXPANDED: "Viết đầy đủ chữ viết tắt.", "Abbreviations written out.";
    NOT_EXPANDED: "Giữ nguyên chữ viết tắt.", "Abbreviations as written.";
    RAW: "Nguyên văn.", "The raw text.";
    NOT_RAW: "Đã dọn phần thừa của trang.", "What is left over from the page is hidden.";
    THEME_DARK: "Màu cho nền tối.", "Colours for a dark background.";
    THEME_LIGHT: "Màu cho nền sáng.", "Colours for a light background.";
    THEME_DARK_COLORBLIND:
        "Màu cho nền tối, dành cho người mù màu.",
        "Colours for a dark background, for the colour-blind.";
    THEME_LIGHT_COLORBLIND:
        "Màu cho nền sáng, dành cho người mù màu.",
        "Colours for a light background, for the colour-blind.";
    THEME_ANY:
        "Chữ đậm, nghiêng, gạch chân: nền nào cũng đọc được.",
        "Bold, italic, underline: readable on any background.";
    THEME_MONO: "Không màu.", "No colours.";
    THEME_HINT:
        "Chưa rõ màu nền: bấm {} để chọn màu.",
        "Background unknown: {} chooses colours.";
    LEGEND: "Màu và kiểu chữ", "Colours and styles";
    TYPING_OFF: "Bộ gõ tích hợp: tắt.", "Built-in typing: off.";
    TYPING_TELEX: "Bộ gõ tích hợp: Telex.", "Built-in typing: Telex.";
    TYPING_VNI: "Bộ gõ tích hợp: VNI.", "Built-in typing: VNI.";
    COMPOSED_HINT:
        "Bộ gõ của máy đang bật: “{}” hiểu là phím {}.",
        "Your input method is on: “{}” was taken for the key {}.";
    NO_HELP: "Trợ giúp không có mục nào về “{}”.", "Help says nothing of “{}”.";
    NO_COMMAND: "Không lệnh nào khớp.", "No command matches.";
    FILTER_FIELDS: "Bộ lọc", "Filters";
    SIGNS: "Dấu trong danh sách và trên trang", "Signs in the list and on pages";
    MOUSE: "Chuột (nếu đặt mouse = true)", "Mouse (with mouse = true in the settings)";
    ALSO_IN: "cả ở: {}", "also in: {}";
    EVERYWHERE_BUT: "mọi màn hình, trừ: {}", "everywhere but in: {}";
    KEY_ELSEWHERE: "{} ({}) dùng ở: {}", "{} ({}) works in: {}";
    SYNC_BEGINS: "Đang hỏi các nguồn… · {}: dừng", "Asking the sources… · {} stops";
    SYNC_PROGRESS:
        "Lấy tin: {} mới · xong {} trang · còn {}{} · {}: dừng",
        "Fetching: {} new · pages: {} done · {} left{} · {} stops";
    SYNC_RATE: " · {} trang/phút", " · {} a minute";
    SYNC_STOPPING: "Đang dừng lấy tin…", "Fetching is being stopped…";
    SYNC_DONE: "Lấy tin xong:", "Fetching is done:";
    SYNC_STOPPED: "Đã dừng lấy tin:", "Fetching was stopped:";
    SYNC_FAILED: "Không lấy được tin: {}", "Nothing could be fetched: {}";
    SYNC_NO_SOURCES:
        "Chưa có nguồn nào; thêm bằng lệnh: baocao source add ĐỊA-CHỈ",
        "There are no sources yet; baocao source add ADDRESS adds one.";
    SYNC_NOT_HERE: "Kho này do người khác cập nhật, không lấy tin về đây được.",
        "Others fill this archive; nothing can be fetched here.";
    NEW_SINCE_LAST_TIME: "Báo cáo mới về từ lần đọc trước; {}: tất cả báo cáo.",
        "What came since last time; {} shows all reports.";
    AT_THE_LIST: "Đang ở danh sách; {} để thoát.", "This is the list; {} quits.";
    NOT_IN_RAW:
        "Nguyên văn thì không viết đầy đủ chữ viết tắt; {} để thôi.",
        "Raw text is left as it is; {} leaves it.";
    NO_ABBREVIATION:
        "Báo cáo này không có chữ viết tắt nào biết được nghĩa.",
        "No abbreviation of this report is known.";
    NOTHING_TO_COMPLETE: "Không có gì để điền ở đây.", "Nothing to complete here.";
    NOTHING_OLDER: "Chưa gõ gì trước đó.", "Nothing was typed before.";
    NOTHING_TO_UNDO: "Không còn gì để hoàn tác.", "Nothing to undo.";
    TOO_SMALL: "cửa sổ nhỏ quá", "window too small";
    READ_MODE: "nguyên văn", "raw";
    PERSON_N: "người {}", "person {}";
    HIT_N: "khớp {}", "hit {}";
    FINDER_HINT: "gõ tên, cấp bậc, chức vụ, đơn vị", "type a name, rank, post, unit";
    SAVED_FILTER: "Bộ lọc: {}", "Filter: {}";
    UNKNOWN_KEY: "{} không có việc gì ở đây · ? trợ giúp", "{} does nothing here · ? help";
    COPY_CUT:
        "Clipboard không nhận hết: thiếu {} byte cuối. Chọn một phần bằng S rồi chép, hoặc xuất ra tệp.",
        "The clipboard does not take all of it: the last {} bytes are missing. Select a part, or export to a file.";
    COPIED_IN_TMUX_TOO: "(bộ đệm của tmux cũng có)", "(in tmux's buffer too)";
    COPIED_IN_TMUX_ONLY:
        "Chỉ có trong bộ đệm của tmux (phím tiền tố rồi ]): terminal phía sau không có clipboard.",
        "Only in tmux's buffer (prefix ]): the terminal behind it takes no clipboard.";
    COPIED_PERHAPS:
        "(đã gửi; chương trình ở giữa có thể không chuyển tiếp)",
        "(sent; what is in between may not pass it on)";
    COMMAND_WHICH: "Chạy lệnh nào?", "Run which command?";
    RUN_COMMAND: "Chạy lệnh: {}", "Run the command: {}";
    NO_COMMANDS:
        "Chưa có lệnh nào: ghi vào [commands] của tệp cấu hình, như đếm = [\"wc\", \"-w\"]",
        "There is no command yet: write it to [commands] of the config file, as in count = [\"wc\", \"-w\"]";
    NOTHING_TO_PIPE: "Ở đây không có văn bản nào để đưa cho lệnh.", "There is no text here to give to a command.";
    COMMAND_RUNS: "Đang chạy: {}…", "Running: {}…";
    OUTPUT_OF: "Kết quả của lệnh {}", "What {} has written";
    OUTPUT_GONE: "Kết quả không được giữ lại; chạy lại lệnh để xem.", "It is not kept; run the command again.";
    NO_OUTPUT: "Lệnh không ghi gì ra.", "It has written nothing.";
    COPIED_SELECTION: "Đã sao chép phần đang chọn.", "Copied the selection.";
    COPY_FAILED: "Không sao chép được: {}", "It could not be copied: {}";
    NO_BROWSER: "Máy này không có trình duyệt; đã sao chép {}", "There is no browser on this side; copied {}";
    NO_SUSPEND: "Không có dòng lệnh nào để về.", "There is no shell to go back to.";
    WORKER_GONE:
        "Phần đọc kho đã dừng; hãy mở lại chương trình.",
        "The part that reads the cache has stopped; please start again.";
    BEFORE: "trước {}", "before {}";
    FROM: "từ {}", "from {}";
    SEEN_ONCE: "thấy {}", "seen {}";
    FIRST_SEEN: "thấy lần đầu {}", "first seen {}";
    UNTIL: "đến {}", "until {}";
    FROM_TO: "{} đến {}", "{} to {}";
    NO_MORE_BY: "đã thôi trước {}", "left by {}";
    LAST_SEEN: "gần nhất {}", "last seen {}";
    LONG_UNSEEN: "đã lâu không thấy", "not seen for long";
    DISPUTED: "các báo cáo mâu thuẫn nhau", "reports contradict each other";
    PREDECESSOR: "người tiền nhiệm", "the predecessor";
    SUCCESSOR: "người kế nhiệm", "the successor";
    THIS_ONE: "người đang xem", "the one you came from";
    NO_HOLDER: "Không báo cáo nào nêu ai giữ chức này.", "No report has anybody in this post.";
    NO_HOLDER_BETWEEN: "không báo cáo nào nêu ai giữ chức từ {} đến {}", "no report of a holder between {} and {}";
    NO_POST: "Ở đây không nêu chức vụ nào.", "No post is named here.";
    WHICH_POST: "Chức vụ nào?", "Which post?";
    NO_REPORT_HERE: "Đưa con trỏ đến dòng một báo cáo.", "Go to the line of a report.";
    NO_UNIT_HERE: "Ở đây không nêu đơn vị nào.", "No unit is named here.";
    NO_SUCH_UNIT: "Không báo cáo nào nói về đơn vị này.", "No report speaks of this unit.";
    UNIT_NOW: "Hiện nay, theo các báo cáo", "Now, according to the reports";
    UNIT_BEFORE: "Trước đây", "Before";
    UNIT_REPORTS: "Báo cáo, theo kỳ", "Reports, by period";
    UNIT_MERGED: "{} sáp nhập thành {}, {}", "{} was merged into {}, {}";
    UNIT_RENAMED: "{} đổi thành {}, {}", "{} became {}, {}";
    DOUBTS: "Chưa chắc ai là ai", "Uncertain identities";
    DOUBTS_HINT:
        "Chỗ liên quan nhiều báo cáo đứng trước. Một người thì gộp, hai người thì tách; điều đã quyết được giữ.",
        "What touches most reports comes first. Merge one person, split two; what you decide is kept.";
    NO_DOUBTS: "Không còn chỗ nào chưa chắc.", "There is nothing left to review.";
    NO_DOUBT_HERE: "Đưa con trỏ đến dòng một chỗ chưa chắc để quyết.", "Go to the line of a doubt to decide it.";
    ONE_PERSON: "Một người?", "One person?";
    TWO_PERSONS: "Hai người?", "Two persons?";
    SURE: "chắc {}%", "{}% sure";
    JUDGED_ONE: "Đã quyết: {} là một người. {} để hoàn tác.", "Decided: {} is one person. {} undoes it.";
    JUDGED_TWO: "Đã quyết: {} là hai người. {} để hoàn tác.", "Decided: two persons are named {}. {} undoes it.";
    LEFT_FOR_LATER: "Để lại sau: {}.", "Left for later: {}.";
    LAST_DOUBT: "Đã xem hết: về chỗ đầu trang.", "That was the last one: at the top again.";
    NO_DOUBT_OF_NAME: "Không chỗ chưa chắc nào có họ tên khớp.", "Nothing to review has such a name.";
    DOUBTS_OF: "Chưa chắc ai là ai · “{}”", "Uncertain identities · “{}”";
    REPORTS_OF: "{} trong {}", "{} of {}";
    DOUBTS_N: "{} chưa chắc ({})", "{} to review ({})";
    LINEUPS: "So thành phần", "Line-ups compared";
    TEXTS: "So báo cáo", "Reports compared";
    VERSIONS: "Các bản của cùng một tin", "Reports that tell one story";
    NO_VERSIONS: "Không có báo cáo nào khác kể cùng một tin.", "No other report tells the same story.";
    DIFFERENT_NAME: "khác tên", "another name";
    DIFFERENT_RANK: "khác cấp bậc", "another rank";
    DIFFERENT_FIGURE: "khác số liệu", "another figure";
    NEWER: "mới", "newer";
    OLDER: "cũ ", "older";
    NO_PREVIOUS:
        "Không có báo cáo trước cùng loại của đơn vị; {} rồi {} để so với báo cáo khác.",
        "No earlier report of this unit and kind; {}, then {} compares with another.";
    CHOSEN:
        "Đã chọn để so: {}. Bấm {} ở báo cáo khác để so với báo cáo này.",
        "Chosen: {}. {} in another report compares with it.";
    NOT_CHOSEN: "Thôi không chọn báo cáo này nữa.", "No longer chosen.";
    NOTHING_CHOSEN: "Chưa chọn báo cáo để so: {} chọn báo cáo này.", "No report is chosen yet: {} chooses this one.";
    CHOSEN_ITSELF:
        "Chính báo cáo này đã được chọn: sang báo cáo khác để so.",
        "This is the chosen one: go to another to compare.";
    LINEUP_TALLY:
        "{} mới · {} vắng · {} đổi thứ tự · {} đổi cấp bậc hay chức vụ",
        "{} new · {} gone · {} moved · {} of another rank or post";
    LINEUP_NEW: "mới", "new";
    LINEUP_GONE: "vắng", "gone";
    LINEUP_UP: "lên", "up";
    LINEUP_STAYS: "=", "=";
    LINEUP_DOWN: "xuống", "down";
    NOT_GIVEN: "không nêu", "not given";
    RANK_WAS: "cấp bậc trước: {}", "rank was: {}";
    POSTS_WERE: "chức vụ trước: {}", "posts were: {}";
    SHARED: "{}% văn bản mới đã có trong văn bản cũ", "{}% of the newer text is in the older one too";
    FIGURES: "Số liệu", "Figures";
    DOCUMENTS: "Văn bản viện dẫn", "Documents";
    SLOGANS: "Khẩu hiệu", "Slogans";
    FULL_TEXT: "Toàn văn", "Text";
    TEXT_SIGNS:
        "= giữ nguyên · ~ sửa (cũ→mới) · + thêm · - bỏ · > chuyển chỗ",
        "= recurs · ~ changed (old→new) · + new · - gone · > moved";
    TEXT_SIGNS_BESIDE:
        "trái là cũ, phải là mới: = giữ nguyên · ~ sửa · + thêm · - bỏ · > chuyển chỗ",
        "older left, newer right: = recurs · ~ changed · + new · - gone · > moved";
    ID: "mã", "id";
    RANK: "cấp bậc", "rank";
    OFFICIAL: "cán bộ", "official";
    TAG: "nhãn", "tag";
    YEAR: "năm", "year";
    SAVE_FILTER: "Lưu bộ lọc này với một tên", "Save this filter under a name";
    FILTER_NAME: "tên bộ lọc", "name of the filter";
    NO_FILTER_TO_SAVE: "Chưa có bộ lọc nào để lưu: {} để lọc.", "There is no filter to save: {} filters.";
    FILTER_HAS_FAULT:
        "Bộ lọc còn chỗ sai, chưa lưu được: {} để sửa.",
        "The filter has a fault and is not saved: {} edits it.";
    FILTER_SAVED: "Đã lưu bộ lọc “{}” vào tệp cấu hình.", "The filter “{}” is saved in the config file.";
    NO_CONFIG_FILE:
        "Không biết tệp cấu hình ở đâu (chưa đặt HOME), nên không lưu được bộ lọc.",
        "It is not known where the config file is (HOME is not set), so the filter cannot be saved.";
    IMPORT_PATH: "Nhập báo cáo từ tệp hoặc thư mục", "Import a file or folder";
    EXPORT_TO:
        "Xuất các báo cáo đã chọn, hay cả danh sách, ra tệp",
        "Export the picked reports, or those of the list, to a file";
    EXPORT_ENDING:
        "Tên phải có đuôi .csv, .jsonl, .md, .html, .ftm, hoặc / nếu là thư mục Markdown.",
        "The name must end in .csv, .jsonl, .md, .html, .ftm, or in / for a folder of Markdown.";
    EXPORT_HINT: ".csv .jsonl .md .html .ftm, thư mục/", ".csv .jsonl .md .html .ftm, folder/";
    EXPORT_PAGE_TO: "Ghi trang này ra tệp", "Write this page to";
    EXPORT_PAGE_HINT: ".md .txt", ".md .txt";
    EXPORT_PAGE_ENDING:
        "Tên tệp phải có đuôi .md hoặc .txt.",
        "The name of the file must end in .md or .txt.";
    FILE_IS_THERE: "Đã có tệp {}", "There is a file {} already";
    REPLACE_FILE: "ghi đè lên tệp ấy", "replace it";
    PAGE_SAVED: "Đã ghi ra tệp {}.", "Written to {}.";
    PAGE_NOT_SAVED: "Không ghi được tệp {}: {}", "{} could not be written: {}";
    VERB_RUNS: "Đang chạy: baocao {}…", "Running: baocao {}…";
    THEME: "Màu", "Colours";
    IN_VIETNAMESE: "Giao diện tiếng Việt", "Interface in Vietnamese";
    IN_ENGLISH: "Giao diện tiếng Anh", "Interface in English";
    COUNT_BY: "Thống kê theo", "Count by";
    COUNTED_BY: "Thống kê theo {}", "Counted by {}";
    COUNT_NONE: "không có", "none";
    NOTHING_TO_COUNT: "Không có báo cáo nào để thống kê.", "There is no report to count.";
    NO_FILTER_HERE: "Không lọc được theo dòng này.", "No filter selects this line.";
    UNIT: "đơn vị", "unit";
    KIND: "loại", "kind";
    PERIOD: "thời kỳ", "period";
    DATE: "ngày", "date";
    DOCUMENT_NUMBER: "số hiệu", "number";
    PLACE_OF_ISSUE: "địa danh", "issued at";
    SIGNER: "người ký", "signed by";
    PUBLISHED: "ngày đăng", "published";
    OUTLET: "nơi đăng", "outlet";
    KEPT_SOURCE: "bản gốc", "kept source";
    SOURCE: "nguồn", "source";
    SOURCES: "Nguồn", "Sources";
    FILE: "tệp", "file";
    NOTE: "ghi chú", "note";
    SINCE_AND_LAST_SEEN: "từ {}, gần nhất {}", "since {}, last seen {}";
    FIRST_AND_LAST_SEEN: "thấy lần đầu {}, gần nhất {}", "first seen {}, last seen {}";
    NOT_TO_CONFUSE: "Không phải {} ({}) {}: {}", "Not to be confused with {} ({}) {}: {}";
    ONE_PERSON_SURE: "một người? chắc {}%", "one person? {}% sure";
    TWO_PERSONS_SURE: "hai người? chắc {}%", "two persons? {}% sure";
    AND: "{} và {}", "{} and {}";
    BECAME: "đổi tên thành", "renamed";
    MERGED_INTO: "sáp nhập vào", "merged into";
    TEXT_LEGEND:
        "Văn bản ( = giữ nguyên, ~ sửa, + thêm, - bỏ, > chuyển chỗ; [-chữ bỏ-] [chữ thêm])",
        "Text ( = recurs, ~ changed, + new, - gone, > moved; [-words gone-] [words new])";
}

pub(crate) const FILTER_SYNTAX: &[(Phrase, Phrase)] = &[
    (
        phrase("hội nghị", "hội nghị"),
        phrase(
            "có cả hai từ, ở tiêu đề hay văn bản; gõ dấu thì đúng dấu",
            "both words, in title or text; tones typed are respected",
        ),
    ),
    (phrase("\"tổng kết năm\"", "\"tổng kết năm\""), phrase("các từ liền nhau", "the words side by side")),
    (phrase("-từ", "-word"), phrase("không có từ ấy", "not this word")),
    (phrase("a OR b, (a OR b) c", "a OR b, (a OR b) c"), phrase("một trong hai", "either of them")),
];

/// The signs of the list and of pages, each with the one of plain mode: for help.
pub(crate) const SIGNS_TOLD: &[(&str, &str, Phrase)] = &[
    ("•", ".", phrase("chưa đọc", "unread")),
    ("»", "n", phrase("chưa đọc, mới về từ lần đọc trước", "unread, and new since last time")),
    ("★", "*", phrase("đã gắn sao", "starred")),
    (
        "—",
        "—",
        phrase("không rõ ngày: không gì cho biết ngày của báo cáo", "no date: nothing tells the day of the report"),
    ),
    (
        "×3",
        "×3",
        phrase("số chỗ khớp bộ lọc trong báo cáo", "the number of places in the report that match the filter"),
    ),
    ("+3", "+3", phrase("số báo cáo khác kể cùng một tin", "how many other reports tell the same story")),
    ("#", "#", phrase("nhãn của báo cáo", "a tag of the report")),
    ("+", "+", phrase("đã chọn để đánh dấu, xóa nhiều báo cáo một lượt", "picked, to mark or remove several at once")),
    ("◆", "=", phrase("đã chọn để so với báo cáo khác", "chosen to be compared with another")),
    (
        "~06-2024",
        "~06-2024",
        phrase("văn bản không ghi ngày: suy ra từ kỳ của báo cáo", "the text gives no day: taken from its period"),
    ),
    ("✎", "✎", phrase("ghi chú của người đọc", "a note of the reader")),
    ("~", "~", phrase("chỉ gần giống điều đã gõ", "only resembles what was typed")),
    ("?", "?", phrase("văn bản không nói", "the texts do not say")),
];

/// What the mouse does, if the setting `mouse` is on: for help.
pub(crate) const MOUSE_TOLD: &[(Phrase, Phrase)] = &[
    (phrase("con lăn", "wheel"), phrase("cuộn khung dưới con trỏ chuột", "scrolls what is under the pointer")),
    (phrase("nhấp", "click"), phrase("chọn dòng; nhấp lần nữa: mở", "selects a line; a second click opens it")),
    (phrase("kéo", "drag"), phrase("dời vạch giữa danh sách và báo cáo", "moves the line between list and report")),
    (
        phrase("Shift-kéo", "Shift-drag"),
        phrase(
            "bôi đen chữ để sao chép, như thường lệ trong terminal",
            "selects text by the terminal itself, to copy it",
        ),
    ),
];

/// What the meanings are that have a look of their own, by their names in themes.tsv and in the config file: for help,
/// and for `config colours`.
pub(crate) const MEANINGS_TOLD: &[(&str, Phrase)] = &[
    ("rank", phrase("cấp bậc", "a rank")),
    ("name", phrase("họ tên", "a name")),
    ("post", phrase("chức vụ", "a post")),
    ("unit", phrase("đơn vị, cơ quan", "a unit or other organisation")),
    ("date", phrase("ngày, kỳ", "a date or period")),
    ("reference", phrase("số hiệu văn bản", "the number of a document")),
    ("figure", phrase("số liệu", "a figure")),
    ("abbreviation", phrase("chữ viết tắt", "an abbreviation")),
    ("expansion", phrase("chữ viết tắt đã viết đầy đủ", "an abbreviation written out")),
    ("hit", phrase("chỗ khớp", "what matches the search")),
    ("current-hit", phrase("chỗ khớp đang xem", "the match under the cursor")),
    ("current-person", phrase("người tại con trỏ", "the person under the cursor")),
    ("new", phrase("mới so với kỳ trước", "new in a comparison")),
    ("gone", phrase("không còn so với kỳ trước", "gone in a comparison")),
    ("caption", phrase("chú thích ảnh", "the caption of a picture")),
    ("fuzzy", phrase("chỉ gần giống", "only resembles")),
    ("noted", phrase("chỗ có ghi chú", "words with a note")),
    ("residue", phrase("phần thừa của trang", "what is left over from the page")),
    ("text", phrase("chữ thường", "plain text")),
    ("title", phrase("tiêu đề", "a title")),
    ("dim", phrase("chữ phụ", "secondary text")),
    ("border", phrase("khung", "a frame")),
    ("active-border", phrase("khung đang dùng", "the frame that has the keys")),
    ("selected", phrase("dòng đang chọn", "the selected line")),
    ("selected-idle", phrase("dòng đã chọn ở khung kia", "the selected line of the other pane")),
    ("key", phrase("phím", "a key")),
    ("notice", phrase("thông báo", "a notice")),
    ("problem", phrase("lỗi", "a problem")),
    ("star", phrase("dấu sao", "the star")),
    ("unread", phrase("dấu chưa đọc", "the sign for unread")),
];

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lang::Lang;
    use std::collections::HashMap;

    /// All phrases but those that count.
    pub(in crate::lang) fn all() -> impl Iterator<Item = &'static Phrase> {
        PHRASES
            .iter()
            .chain(identity_reasons::PHRASES)
            .chain(filter_problems::PHRASES)
            .chain(digest::PHRASES)
            .chain(marks::PHRASES)
    }

    #[test]
    fn no_english_phrase_has_two_vietnamese_translations() {
        let key = |text: &str| text.trim().trim_end_matches(['.', '?', ':']).to_lowercase();
        let mut seen: HashMap<String, String> = HashMap::new();
        for phrase in all() {
            let vi = key(phrase.vi);
            let known = seen.entry(key(phrase.en)).or_insert_with(|| vi.clone());
            assert_eq!(*known, vi, "two translations of “{}”", phrase.en);
            assert_eq!(phrase.vi.matches("{}").count(), phrase.en.matches("{}").count(), "braces of “{}”", phrase.en);
        }
    }

    #[test]
    fn braces_are_filled_in_order() {
        assert_eq!(COPIED_URL.fill(Lang::En, &["a"]), "Copied a");
        assert_eq!(REPORTS_OF.fill(Lang::Vi, &["3"]), "3 trong ");
    }

    #[test]
    fn one_is_not_several() {
        let said = |count| [Lang::Vi, Lang::En].map(|lang| REPORTS_N.count(lang, count));
        assert_eq!(said(1), ["1 báo cáo", "1 report"]);
        assert_eq!(said(1204), ["1.204 báo cáo", "1,204 reports"]);
    }
}
