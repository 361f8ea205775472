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

#[test]
fn while_something_is_typed_a_click_does_nothing() {
    let mut screen = opened();
    screen.press("/").type_text("hùng");
    send(&mut screen, MouseKind::Press, 10, 4);
    assert_eq!(screen.app.mode(), Mode::Line);
}
