//! The list of reports: what a row shows at every width, the split, several rows at once. The reports are invented.

use crate::screen::{Screen, cache, open_as};
use baocao::tui::app::App;
use baocao::tui::settings::{ReaderSettings, SessionState};
use insta::assert_snapshot;

const REVIEW: &str = "\
Quân khu 15 tổng kết công tác đảng, công tác chính trị và phong trào thi đua quyết thắng năm 2022

Sáng 26-12-2022, Quân khu 15 tổ chức hội nghị tổng kết. Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 15 chủ trì hội nghị.
";

const UNDATED: &str = "\
Chuyện kể ở một đồn biên phòng xa, nơi người lính và dân bản cùng mở đường lên cao nguyên đá

Đường lên đồn dốc đứng, mưa là không ai đi được. Hội nghị nào cũng nhắc chuyện ấy.
";

const HALF: &str = "\
Tổng cục Công nghiệp quốc phòng sơ kết 6 tháng đầu năm 2023, triển khai nhiệm vụ 6 tháng cuối năm

Ngày 10-7-2023, Tổng cục Công nghiệp quốc phòng sơ kết công tác. Thiếu tướng Cầm Văn Thoại, Chính ủy Tổng cục chủ trì.
";

const ALL: [&str; 3] = [REVIEW, UNDATED, HALF];

fn sized(width: u16, height: u16) -> Screen {
    open_as(cache(&ALL), ReaderSettings::default(), SessionState::default(), (width, height))
}

/// For each row on screen, the column where the title begins and how many of its letters are shown.
fn titles(screen: &Screen) -> Vec<(usize, usize)> {
    let app: &App = &screen.app;
    let width = usize::from(baocao::tui::panes::panes(app).list.unwrap().width);
    let text: String =
        screen.text().lines().map(|line| line.chars().take(width).chain(['\n']).collect::<String>()).collect();
    let begin = |title: &str| {
        // The first letters are enough to find it, and short enough to be shown at every width.
        let head: String = title.chars().take(16).collect();
        let line = text.lines().find(|line| line.contains(&head)).unwrap_or_else(|| panic!("no {head}\n{text}"));
        let at = line.rfind(&head).unwrap();
        let shown = line[at..].chars().zip(title.chars()).take_while(|(a, b)| a == b).count();
        (line[..at].chars().count(), shown)
    };
    app.list.window.rows.iter().map(|row| begin(&row.title)).collect()
}

#[test]
fn every_row_shows_its_title_at_one_place_at_every_width() {
    let mut screen = sized(30, 20);
    for width in 30..=300 {
        screen.resize(width, 20);
        let titles = titles(&screen);
        assert!(titles.iter().all(|title| title.0 == titles[0].0), "{width}: {titles:?}\n{}", screen.text());
        assert!(titles.iter().all(|title| title.1 >= 18), "{width}: {titles:?}\n{}", screen.text());
    }
}

#[test]
fn the_rows_at_a_hundred_and_twenty_columns() {
    let mut screen = sized(120, 16);
    // Tags, hits, and a report without a date.
    screen.press("t").type_text("xem-lai, quý 3").press("Enter /").type_text("tong").press("Enter");
    assert_snapshot!("rows_with_tags_and_hits", screen.picture());
    screen.press("Esc \\");
    assert_snapshot!("rows_without_the_report_beside_them", screen.picture());
    screen.resize(40, 12);
    assert_snapshot!("rows_of_two_lines", screen.picture());
}

#[test]
fn a_column_that_is_nearly_empty_is_not_shown() {
    let plain: Vec<String> =
        (0..8).map(|n| format!("Chuyện thứ {n} ở một nơi không tên\n\nKhông có gì để nói về nơi ấy.\n")).collect();
    let all: Vec<&str> = plain.iter().map(String::as_str).chain([REVIEW]).collect();
    let mut screen = open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (80, 20));
    assert!(screen.text().contains("26-12-2022 Quân khu 15 tổng kết"), "{}", screen.text());
    assert!(screen.text().contains("—          Chuyện thứ"), "{}", screen.text());
    // By itself the report has its unit.
    screen.press("/").type_text("quân khu 15").press("Enter");
    assert!(screen.text().contains("26-12-2022 Quân khu 15 Quân khu 15 tổng kết"), "{}", screen.text());
}

#[test]
fn columns_stand_still_while_rows_scroll() {
    let dated = |n: usize| format!("Tin số {n}\n\nNgày {}-3-2024, tin của ngày ấy.\n", n + 1);
    let texts: Vec<String> =
        (0..28).map(dated).chain((0..30).map(|n| format!("Chuyện {n}\n\nKhông ngày.\n"))).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (80, 15));
    let column = |screen: &Screen| screen.app.list.columns.columns.date;
    for _ in 0..45 {
        assert_eq!(column(&screen), 10);
        screen.press("j");
    }
    // After a jump the rows on screen decide.
    screen.press("g g").press("G");
    assert_eq!(column(&screen), 1);
}

#[test]
fn the_split_moves_the_report_goes_and_comes_and_both_are_kept() {
    let mut screen = sized(120, 20);
    let list = |screen: &Screen| baocao::tui::panes::panes(&screen.app).list.unwrap().width;
    let before = list(&screen);
    screen.press("> >");
    assert!(list(&screen) >= before + 10);
    screen.press("< < <");
    assert!(list(&screen) < before);
    let narrow = list(&screen);
    screen.press("\\");
    assert_eq!(list(&screen), 120);
    // The report is one key away all the same, and the way back too.
    screen.press("Enter");
    assert!(screen.text().contains("tổ chức hội nghị tổng kết") || screen.text().contains("sơ kết công tác"));
    screen.press("Esc q");
    let kept = screen.remembered.clone().unwrap();
    let mut again = open_as(cache(&ALL), ReaderSettings::default(), kept, (120, 20));
    assert_eq!(list(&again), 120);
    again.press("\\");
    assert_eq!(list(&again), narrow);
    assert!(again.app.detail.report.is_some(), "the report that was not loaded while it was hidden");
    // As far as either can be of use.
    for _ in 0..30 {
        again.press("<");
    }
    assert!(list(&again) >= 24);
    for _ in 0..30 {
        again.press(">");
    }
    assert!(list(&again) <= 90);
    again.resize(80, 20);
    again.press("<");
    assert!(again.text().contains("chỉ có một khung"), "{}", again.text());
}

#[test]
fn a_screen_that_becomes_wide_shows_the_selected_report() {
    let mut screen = sized(80, 24);
    assert!(screen.app.detail.report.is_none());
    screen.resize(120, 30);
    assert!(screen.app.detail.report.is_some(), "{}", screen.text());
    assert!(screen.text().contains("Ngày 10-7-2023, Tổng cục"), "{}", screen.text());
}
