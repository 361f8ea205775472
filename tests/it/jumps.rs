//! The jump list as the user sees it: back and forward over reports, their people and the pages. Every screen is
//! compared in full with what it was when it was left.

use crate::pages::{reading, sized};
use crate::screen::Screen;

fn press(screen: &mut Screen, keys: &str) -> String {
    screen.press(keys);
    screen.picture()
}

fn notice(screen: &Screen) -> String {
    screen.text().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn from_a_sentence_back_to_the_people_of_the_report_and_on_again() {
    let mut screen = sized(120, 30);
    let list = screen.picture();
    let people = press(&mut screen, "p j");
    let sentence = press(&mut screen, "Enter");
    assert_ne!(sentence, people);
    assert_eq!(press(&mut screen, "Ctrl-o"), people);
    assert_eq!(press(&mut screen, "Ctrl-o"), list);
    screen.press("Ctrl-o");
    assert!(notice(&screen).contains("Không có chỗ nào để quay lại"), "{}", screen.text());
    assert_eq!(press(&mut screen, "Alt-o"), people);
    assert_eq!(press(&mut screen, "Alt-Right"), sentence);
    screen.press("Alt-Right");
    assert!(notice(&screen).contains("Không có chỗ nào để đi tiếp"), "{}", screen.text());
}

#[test]
fn over_pages_and_reports_in_one_list() {
    let mut screen = reading(120, 30);
    let report = press(&mut screen, "} }");
    let official = press(&mut screen, "e j");
    let sentence = press(&mut screen, "Enter");
    assert_eq!(press(&mut screen, "Ctrl-o"), official);
    let unit = press(&mut screen, "d");
    assert_eq!(press(&mut screen, "Ctrl-o"), official);
    assert_eq!(press(&mut screen, "Alt-Left"), report);
    // Screens closed on the way are opened again, with the cursor where it was.
    assert_eq!(press(&mut screen, "Alt-o"), official);
    assert_eq!(press(&mut screen, "Alt-o"), unit);
    // A new jump discards the places ahead.
    assert_eq!(press(&mut screen, "Ctrl-o"), official);
    assert_eq!(press(&mut screen, "Enter"), sentence);
    screen.press("Alt-o");
    assert!(notice(&screen).contains("Không có chỗ nào để đi tiếp"), "{}", screen.text());
}

#[test]
fn a_page_that_esc_closed_is_opened_again_where_it_was_left() {
    let mut screen = sized(120, 30);
    let list = screen.picture();
    screen.press("o").type_text("khac hung");
    let page = press(&mut screen, "Enter j j");
    let sentence = press(&mut screen, "Enter");
    assert_eq!(press(&mut screen, "Esc"), page);
    assert_eq!(press(&mut screen, "Esc Esc"), list);
    assert_eq!(press(&mut screen, "Ctrl-o"), page);
    assert_eq!(press(&mut screen, "Enter"), sentence);
    assert_eq!(press(&mut screen, "Ctrl-o"), page);
    assert_eq!(press(&mut screen, "Ctrl-o"), list);
}

#[test]
fn a_narrow_screen_comes_back_to_the_report_and_its_place() {
    let mut screen = reading(40, 12);
    let report = press(&mut screen, "Space } }");
    let page = press(&mut screen, "e");
    screen.press("End Enter");
    assert_eq!(screen.app.stack.len(), 2, "{}", screen.text());
    screen.press("Ctrl-o");
    assert_ne!(screen.picture(), page, "the cursor is on the last line");
    assert_eq!(press(&mut screen, "Ctrl-o"), report);
}
