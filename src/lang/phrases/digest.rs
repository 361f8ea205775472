//! The words of a digest: its headings, and the kinds of facts that it tells.

use super::{counted, phrases};
use crate::lang::CountPhrase;

phrases! {
    WHATS_NEW: "Tin mới", "What is new";
    SINCE: "từ {}", "since {}";
    SINCE_EVER: "từ đầu đến nay", "since the beginning";
    CHANGES: "Biến động", "Changes";
    NEW_REPORTS: "Báo cáo mới", "New reports";
    NO_UNIT: "Không rõ đơn vị", "Unit not stated";
    APPOINTED: "Bổ nhiệm", "Appointed";
    ELECTED: "Được bầu", "Elected";
    PROMOTED: "Thăng quân hàm", "Promoted";
    HANDED_OVER: "Bàn giao chức vụ", "Post handed over";
    CEASED: "Thôi giữ chức", "Left the post";
    DEMOTED: "Giáng hoặc tước quân hàm", "Demoted";
    RETIRED: "Nghỉ hưu", "Retired";
    DIED: "Từ trần", "Died";
    FIRST_SEEN: "Thấy lần đầu", "First seen";
    LAST_SEEN: "Thấy gần nhất", "Last seen";
    SEEN_BEFORE: "trước đó {}", "before that {}";
}

pub(crate) const NEW_REPORTS_N: CountPhrase = counted("{} báo cáo mới", "{} new report", "{} new reports");
pub(crate) const CHANGES_N: CountPhrase = counted("{} biến động", "{} change", "{} changes");
pub(crate) const OTHER_REPORTS_N: CountPhrase =
    counted("và {} báo cáo khác", "and {} other report", "and {} other reports");
