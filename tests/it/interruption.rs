//! Esc while the user is typing restores the state from before. The reports are invented.

use crate::screen::{Screen, cache, open_as};
use baocao::tui::settings::{ReaderSettings, SessionState};
use std::fmt::Write;

/// A report of thirty paragraphs that all contain the words of the queries; the last but one has a unique word.
fn long() -> String {
    let mut text = "Sư đoàn 91 học tập\n\nNgày 7-3-2024, Sư đoàn 91 tổ chức học tập.\n".to_owned();
    for n in 1..=30 {
        let own = if n == 28 { " Đoàn công tác đã ghé cảng Kaliningrad." } else { "" };
        let _ = writeln!(text, "\nTiểu đoàn {n} kiểm tra điều lệnh, nền nếp và kỷ luật trong tháng.{own}");
    }
    text
}

/// Two hundred reports, one per day; every seventh contains an additional word.
fn many() -> Vec<String> {
    let own = |n: usize| if n.is_multiple_of(7) { " Đơn vị thi bơi vũ trang." } else { "" };
    (0..200).map(|n| format!("Sư đoàn {n} họp\n\nNgày {}-3-2024, Sư đoàn {n} họp.{}\n", n % 28 + 1, own(n))).collect()
}

fn opened(reports: &[String], size: (u16, u16)) -> Screen {
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    open_as(cache(&reports), ReaderSettings::default(), SessionState::default(), size)
}

fn selected(screen: &Screen) -> (usize, String) {
    (screen.app.list.selected, screen.app.list.selected_row().unwrap().id.clone())
}

/// Waits until the matching reports are counted, which happens after the first rows. Each visit to the finder and back
/// sends a question to the worker, and the worker finishes counting before it answers the next question.
fn count(screen: &mut Screen) {
    for _ in 0..100 {
        if screen.app.list.window.counted {
            return;
        }
        screen.press("o Esc");
    }
    panic!("the reports were not counted:\n{}", screen.text());
}

#[test]
fn the_search_in_the_text_is_the_former_one_at_the_same_hit() {
    for size in [(80, 24), (120, 30)] {
        let mut screen = opened(&[long()], size);
        screen.press("Enter /").type_text("\"dieu lenh\"").press("Enter n n n n n n n n n n n");
        let before = screen.text();
        assert!(before.contains("12/30"), "{before}");
        for typed in ["", "kaliningrad", "xyz", "k"] {
            screen.press("/ Ctrl-u").type_text(typed).press("Esc");
            assert_eq!(screen.text(), before, "{typed}");
        }
        assert_eq!(screen.press("/ Esc").text(), before);
        assert!(screen.press("n").text().contains("13/30"), "{}", screen.text());
        // Esc in the report clears the active search, as usual.
        screen.press("Esc");
        assert!(!screen.text().contains("/30") && screen.app.in_detail, "{}", screen.text());
    }
}

#[test]
fn a_text_that_was_not_searched_stays_where_it_was_scrolled_to() {
    let mut screen = opened(&[long()], (80, 24));
    screen.press("Enter j j j");
    let before = screen.text();
    assert_eq!(screen.press("/").type_text("kaliningrad").press("Esc").text(), before);
    // The same if the hits come from the filter of the list.
    screen.press("Tab /").type_text("kiem tra").press("Enter Enter n n n n n");
    count(&mut screen);
    let before = screen.text();
    assert_eq!(screen.press("/").type_text("kaliningrad").press("Esc").text(), before);
    let next = screen.press("n").text();
    screen.press("N");
    assert_eq!(screen.press("/ Esc n").text(), next);
}

#[test]
fn the_report_that_was_selected_is_selected_again_under_the_former_filter() {
    for size in [(80, 24), (120, 30)] {
        let mut screen = opened(&many(), size);
        screen.press("g g j j j j j");
        count(&mut screen);
        let (before, text) = (selected(&screen), screen.text());
        for typed in ["boi vu trang", "\"boi vu", "không đâu có", ""] {
            screen.press("/");
            for letter in typed.chars() {
                screen.type_text(&letter.to_string());
            }
            screen.press("Esc");
            assert_eq!(selected(&screen), before, "{typed}");
            count(&mut screen);
            assert_eq!(screen.text(), text, "{typed}");
        }
        // Typed and deleted again, letter by letter and all at once.
        screen.press("/").type_text("boi").press("Ctrl-u Esc");
        assert_eq!(selected(&screen), before);
        screen.press("/").type_text("boi vu trang").press("Esc");
        assert_eq!(selected(&screen), before);
        // The same while a filter is active.
        screen.press("/").type_text("boi").press("Enter j j");
        let before = selected(&screen);
        screen.press("/ Ctrl-u").type_text("doan 14 ").press("Esc");
        assert_eq!((selected(&screen), screen.app.list.filter.text()), (before, "boi"));
    }
}

#[test]
fn enter_keeps_what_was_typed_and_the_report_that_answers_it() {
    let mut screen = opened(&many(), (120, 30));
    screen.press("/").type_text("boi").press("Enter j j");
    let (_, swimming) = selected(&screen);
    screen.press("/ Ctrl-u").type_text("vu trang").press("Enter");
    assert_eq!((selected(&screen).1, screen.app.list.filter.text()), (swimming, "vu trang"));
}

#[test]
fn help_is_where_it_was_read() {
    let mut screen = opened(&[long()], (80, 24));
    screen.press("? /").type_text("esc").press("Enter");
    let before = screen.text();
    screen.press("/").type_text("xyz").press("Esc");
    assert_eq!(screen.text(), before);
}
