//! The mouse, where it is turned on: wheel, click, drag of the split.

use crate::screen::{Screen, cache, open_as};
use baocao::keymap::Mode;
use baocao::tui::message::{Message, MouseInput, MouseKind};
use baocao::tui::settings::{ReaderSettings, SessionState};
use ratatui::layout::Position;

fn opened() -> Screen {
    let lines: Vec<String> = (1..60).map(|n| format!("Dòng thứ {n} của báo cáo dài.\n\n")).collect();
    let lines = lines.concat();
    let long =
        format!("Quân khu 12 tổng kết năm 2022\n\nSáng 26-12-2022, Trung tướng Lã Khắc Hùng chủ trì.\n\n{lines}");
    let short =
        "Trao quyết định\n\nNgày 3-3-2024, Thượng tướng Lã Khắc Hùng, Thứ trưởng Bộ Quốc phòng trao quyết định.\n";
    let settings = ReaderSettings { mouse: true, ..ReaderSettings::default() };
    open_as(cache(&[&long, short]), settings, SessionState::default(), (120, 24))
}

/// The reader on a report that names two people.
fn opened_on_two_people() -> Screen {
    let text = "Sáng 1-2-2022, Đại tá Lò Văn Thử, Chính ủy Sư đoàn 999 và Thiếu tá Đỗ Thị Lộ dự.";
    let settings = ReaderSettings { mouse: true, ..ReaderSettings::default() };
    open_as(cache(&[text]), settings, SessionState::default(), (120, 24))
}

fn send(screen: &mut Screen, kind: MouseKind, x: u16, y: u16) {
    screen.send(Message::Mouse(MouseInput { kind, at: Position::new(x, y) }));
    screen.settle();
}

#[test]
fn a_click_selects_a_row_and_a_second_one_opens_it() {
    let mut screen = opened();
    send(&mut screen, MouseKind::Press, 10, 3);
    assert_eq!((screen.app.list.selected, screen.app.mode()), (1, Mode::List));
    assert!(screen.text().contains("Dòng thứ 1 "), "{}", screen.text());
    send(&mut screen, MouseKind::Press, 10, 3);
    assert_eq!(screen.app.mode(), Mode::Detail);
    send(&mut screen, MouseKind::Press, 10, 2);
    assert_eq!((screen.app.list.selected, screen.app.mode()), (0, Mode::List));
    // Below the last row there is nothing to select.
    send(&mut screen, MouseKind::Press, 10, 12);
    assert_eq!(screen.app.list.selected, 0);
    send(&mut screen, MouseKind::Press, 100, 10);
    assert_eq!(screen.app.mode(), Mode::Detail);
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let mut screen = opened();
    screen.press("j");
    for _ in 0..2 {
        send(&mut screen, MouseKind::WheelDown, 100, 10);
    }
    assert_eq!((screen.app.detail.top, screen.app.mode()), (6, Mode::List));
    send(&mut screen, MouseKind::WheelUp, 100, 10);
    assert_eq!(screen.app.detail.top, 3);
    send(&mut screen, MouseKind::WheelUp, 10, 10);
    assert_eq!(screen.app.list.selected, 0);
    screen.press("?");
    let before = screen.text();
    send(&mut screen, MouseKind::WheelDown, 10, 10);
    assert_ne!(screen.text(), before);
}

#[test]
fn the_split_is_dragged_and_stays_where_it_is_let_go() {
    let mut screen = opened();
    let width = |screen: &Screen| baocao::tui::panes::panes(&screen.app).list.unwrap().width;
    let at = width(&screen);
    send(&mut screen, MouseKind::Drag, 70, 10);
    assert_eq!(width(&screen), at, "nothing was taken hold of");
    send(&mut screen, MouseKind::Press, at, 10);
    send(&mut screen, MouseKind::Drag, 60, 12);
    assert_eq!(width(&screen), 60);
    send(&mut screen, MouseKind::Drag, 2, 12);
    assert!(width(&screen) >= 24, "the list keeps some room");
    send(&mut screen, MouseKind::Drag, 60, 12);
    send(&mut screen, MouseKind::Release, 60, 12);
    send(&mut screen, MouseKind::Drag, 80, 12);
    assert_eq!(width(&screen), 60);
}

#[test]
fn a_line_of_a_page_is_chosen_and_opened() {
    let mut screen = opened();
    screen.press("o").type_text("la khac hung").press("Enter");
    let row = screen.text().lines().position(|line| line.contains("Thứ trưởng Bộ Quốc phòng")).unwrap() as u16;
    send(&mut screen, MouseKind::Press, 10, row);
    assert_eq!(screen.app.mode(), Mode::Official);
    send(&mut screen, MouseKind::Press, 10, row);
    assert_eq!(screen.app.mode(), Mode::Detail);
}

/// Clicks the row with these words, twice: it is selected, then opened.
fn click_twice(screen: &mut Screen, words: &str) {
    // The right half may show a preview with the same words.
    let left = |line: &str| line.chars().take(60).collect::<String>();
    let find = |screen: &Screen| screen.text().lines().position(|line| left(line).contains(words));
    let row = |screen: &Screen| find(screen).unwrap_or_else(|| panic!("{words} in:\n{}", screen.text())) as u16;
    let at = row(screen);
    let mode = screen.app.mode();
    send(screen, MouseKind::Press, 50, at);
    assert_eq!(screen.app.mode(), mode, "{words}: only selected\n{}", screen.text());
    assert_eq!(row(screen), at, "{words}");
    send(screen, MouseKind::Press, 50, at);
}

#[test]
fn a_row_of_the_finder_is_chosen_and_opened() {
    let mut screen = opened_on_two_people();
    screen.press("o");
    assert!(screen.text().contains("▌Đại tá") || screen.text().contains("▌Thiếu tá"), "{}", screen.text());
    let other = if screen.text().contains("▌Đại tá") { "Đỗ Thị Lộ " } else { "Lò Văn Thử " };
    // Below the last row and in the preview there is nothing to choose.
    for (x, y) in [(10, 20), (110, 3)] {
        let before = screen.text();
        send(&mut screen, MouseKind::Press, x, y);
        assert_eq!(screen.text(), before);
    }
    click_twice(&mut screen, other);
    assert_eq!(screen.app.mode(), Mode::Official);
    assert!(screen.text().contains(other.trim()), "{}", screen.text());
}

#[test]
fn a_row_of_the_people_of_a_report_is_chosen_and_opened() {
    let mut screen = opened_on_two_people();
    screen.press("p");
    click_twice(&mut screen, "Đỗ Thị Lộ");
    assert_ne!(screen.app.mode(), Mode::People);
}

#[test]
fn a_row_of_a_menu_and_of_the_palette_is_chosen_and_run() {
    let mut screen = opened();
    screen.press(",");
    click_twice(&mut screen, "u  đơn vị");
    assert_eq!((screen.app.mode(), screen.app.list.sort), (Mode::List, baocao::store::Sort::Unit));
    screen.press(":").type_text("a");
    let first = screen.text().lines().position(|line| line.contains("│▌")).unwrap() as u16;
    send(&mut screen, MouseKind::Press, 50, first + 2);
    assert_eq!(screen.text().lines().position(|line| line.contains("│▌")), Some(usize::from(first) + 2));
    send(&mut screen, MouseKind::Press, 50, first + 2);
    assert_ne!(screen.app.mode(), Mode::Palette);
}

#[test]
fn while_something_is_typed_a_click_does_nothing() {
    let mut screen = opened();
    screen.press("/").type_text("hùng");
    send(&mut screen, MouseKind::Press, 10, 4);
    assert_eq!(screen.app.mode(), Mode::Line);
}
