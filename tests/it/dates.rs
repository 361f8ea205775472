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

/// Opens the line for the date, replaces what is in it, and keeps it.
fn set_date(screen: &mut crate::screen::Screen, date: &str) {
    screen.press("D").press("Ctrl-u").type_text(date).press("Enter");
}

#[test]
fn a_date_is_set_by_hand_shown_as_such_and_taken_back() {
    let mut screen = open(&[UNDATED, DATED]);
    screen.press("G");
    set_date(&mut screen, "12-6-2024");
    let text = screen.text();
    assert!(text.contains("12-06-2024 (đặt bằng tay)") && text.contains("Đã đặt ngày 12-06-2024"), "{text}");
    let (first, second) = (text.find(" 12-06-2024").unwrap(), text.find(" 10-07-2023").unwrap());
    assert!(first < second, "it stands where its date belongs: {text}");
    assert!(!text.contains("1 không rõ ngày"), "{text}");
    screen.press("D");
    assert!(screen.text().contains("12-06-2024"), "the present date is in the line: {}", screen.text());
    screen.press("Ctrl-u").press("Enter");
    let text = screen.text();
    assert!(!text.contains("đặt bằng tay)") && text.contains("1 không rõ ngày"), "{text}");
    set_date(&mut screen, "6-2024");
    assert!(screen.text().contains("~06-2024 (đặt bằng tay)"), "{}", screen.text());
    screen.press("_");
    assert!(screen.text().contains("1 không rõ ngày"), "{}", screen.text());
}

#[test]
fn a_date_set_while_reading_is_shown_there() {
    let mut screen = open(&[UNDATED, DATED]);
    screen.press("G").press("Enter");
    set_date(&mut screen, "quý II năm 2024");
    assert!(screen.text().contains("~06-2024 (đặt bằng tay)"), "{}", screen.text());
}

#[test]
fn a_date_that_nobody_can_read_is_refused_and_changes_nothing() {
    let mut screen = open(&[UNDATED]);
    for date in ["31-2-2024", "hôm qua", "13/2024"] {
        set_date(&mut screen, date);
        let text = screen.text();
        assert!(text.contains("Không hiểu ngày này") && text.contains("12-6-2018"), "{date}: {text}");
        assert!(text.contains(date), "the line stays open: {text}");
        screen.press("Esc");
        assert!(screen.text().contains("1 không rõ ngày"), "{date}: {}", screen.text());
    }
}
