//! Reports without a date in the reader: where they stand, how they are counted and found.

use crate::screen::open;

const DATED: &str = "\
Quân khu 11 sơ kết

Ngày 10-7-2023, Quân khu 11 họp. Thiếu tướng Cầm Văn Thoại, Chính ủy Quân khu 11 chủ trì.
";

const UNDATED: &str = "\
Quân khu 12 gặp mặt

Quân khu 12 gặp mặt đón xuân. Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 12 chủ trì.
";

#[test]
fn what_has_no_date_stands_last_is_counted_and_found() {
    let mut screen = open(&[UNDATED, DATED]);
    let text = screen.text();
    assert!(text.contains("2 báo cáo (1 không rõ ngày)"), "{text}");
    let (dated, undated) = (text.find("10-07-2023").or(text.find("2023-07-10")), text.find("không rõ  "));
    assert!(dated.is_some() && undated.is_none_or(|undated| dated < Some(undated)), "{text}");
    screen.press("/").type_text("is:undated");
    let text = screen.text();
    assert!(text.contains("Quân khu 12 gặp mặt") && !text.contains("Quân khu 11"), "{text}");
}

#[test]
fn a_filter_by_days_says_how_many_it_leaves_out() {
    let mut screen = open(&[UNDATED, DATED]);
    screen.press("/").type_text("from:2020");
    let text = screen.text();
    assert!(text.contains("bỏ qua 1 báo cáo không rõ ngày"), "{text}");
    screen.press("Esc");
    assert!(!screen.text().contains("bỏ qua"), "{}", screen.text());
}
