//! The words for marks: letters that name places in reports.

use super::phrases;

phrases! {
    MARK_WHICH: "Đánh dấu bằng chữ cái nào?", "Mark with which letter?";
    GO_WHICH: "Đến dấu nào? {}", "Go to which mark? {}";
    MARK_SET: "Đã đánh dấu “{}”.", "Marked as “{}”.";
    MARK_MOVED:
        "Đã chuyển dấu “{}” đến đây từ chỗ khác. {} để hoàn tác.",
        "The mark “{}” is here now and no longer elsewhere. {} undoes it.";
    NO_MARKS: "Chưa đánh dấu chỗ nào: {} để đánh dấu.", "No place is marked yet: {} marks one.";
    NO_MARK: "Không có dấu “{}”.", "There is no mark “{}”.";
}
