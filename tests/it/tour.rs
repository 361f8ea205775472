//! The tour of `baocao demo`: each step is told, and done by the key it names.

use crate::screen::{Screen, cache, open_as};
use baocao::lang::Lang;
use baocao::tui::settings::{ReaderSettings, SessionState};

const REVIEW: &str = "\
Quân khu 12 tổng kết công tác năm 2022

Sáng 26-12-2022, Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 12 chủ trì hội nghị tổng kết công tác năm 2022.
";

const DECISION: &str = "\
Trao quyết định bổ nhiệm cán bộ

Ngày 3-3-2024, tại Hà Nội, Thượng tướng Lã Khắc Hùng, Thứ trưởng Bộ Quốc phòng trao quyết định.
";

fn toured(lang: Lang, height: u16) -> Screen {
    let settings = ReaderSettings { tour: true, lang, ..ReaderSettings::default() };
    open_as(cache(&[REVIEW, DECISION]), settings, SessionState::default(), (120, height))
}

/// The line above the footer.
fn told(screen: &Screen) -> String {
    let text = screen.text();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len() - 2].trim().to_owned()
}

#[test]
fn each_step_is_done_by_the_key_that_it_names() {
    for lang in [Lang::Vi, Lang::En] {
        let mut screen = toured(lang, 24);
        for (n, keys) in ["j", "Enter", "}", "e", "Enter", "o h u n g Enter", "Esc Esc Esc Esc / h o i Enter", "?"]
            .iter()
            .enumerate()
        {
            let line = told(&screen);
            assert!(line.starts_with(&format!("{}/8  ", n + 1)), "step {} of {}", n + 1, screen.text());
            // Another key is no step, and holds nothing up.
            screen.press("Ctrl-l");
            assert_eq!(told(&screen), line);
            screen.press(keys);
        }
        assert!(screen.app.tour.is_none());
        assert!(!told(&screen).contains("8/8"), "{}", screen.text());
    }
}

#[test]
fn the_way_back_that_it_names_leads_from_the_finder_to_the_list() {
    let mut screen = toured(Lang::En, 24);
    screen.press("j Enter } e Enter o").type_text("hung").press("Enter");
    assert!(told(&screen).starts_with("7/8  Back in the list (Esc), /"), "{}", screen.text());
    screen.press("Esc Esc Esc Esc");
    // What is to be typed is told until it is typed.
    for key in ["/", "h", "o", "i"] {
        screen.press(key);
        assert!(told(&screen).starts_with("7/8"), "{}", screen.text());
    }
    screen.press("Enter");
    assert!(told(&screen).starts_with("8/8"), "{}", screen.text());
}

#[test]
fn a_small_screen_has_no_line_for_it() {
    let screen = toured(Lang::Vi, 8);
    assert!(!screen.text().contains("1/8"), "{}", screen.text());
}

#[test]
fn the_source_of_a_line_is_opened_from_a_page() {
    let mut screen = toured(Lang::Vi, 24);
    screen.press("A a q Enter S a").type_text("x").press("Enter A g x");
    assert!(screen.text().contains("không ghi địa chỉ nguồn"), "{}", screen.text());
    assert!(screen.opened.is_empty());
}
