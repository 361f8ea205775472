//! Plain mode as a screen reader tells it: after each key it speaks the rows that have changed, from the top, and then
//! stands on the row of the cursor. The session is kept as a golden file that can be read aloud. The reports are
//! invented.

use crate::officials::samples;
use crate::pages::ALL;
use crate::screen::{Screen, cache, open_as};
use baocao::tui::settings::{ReaderSettings, SessionState};
use insta::assert_snapshot;
use std::fmt::Write as _;

fn opened(width: u16, height: u16) -> Screen {
    let plain = ReaderSettings { plain: true, ..ReaderSettings::default() };
    open_as(cache(&ALL), plain, SessionState::default(), (width, height))
}

fn rows(screen: &Screen) -> Vec<String> {
    screen.text().lines().map(str::to_owned).collect()
}

/// Presses a key and writes down what is heard: the rows that changed, and the row of the cursor.
fn hear(screen: &mut Screen, key: &str, out: &mut String) {
    let before = rows(screen);
    screen.press(key);
    let after = rows(screen);
    writeln!(out, "[{key}]").unwrap();
    for (n, row) in after.iter().enumerate().filter(|(n, row)| before.get(*n) != Some(*row) && !row.is_empty()) {
        writeln!(out, "{n:>2} {row}").unwrap();
    }
    let (_, cursor) = screen.draw();
    let at = cursor.expect("the cursor stands somewhere in plain mode");
    writeln!(out, "   cursor on row {}", at.y).unwrap();
}

#[test]
fn a_session_is_heard_row_by_row() {
    let mut screen = opened(80, 24);
    let mut out = rows(&screen).join("\n") + "\n";
    for key in ["j", "j", "Enter", "}", "Esc", "p", "j", "Esc", "Esc", "o", "Esc", "k", "k", "[", "z", "Esc"] {
        hear(&mut screen, key, &mut out);
    }
    assert_snapshot!(out);
}

#[test]
fn help_tells_the_signs_that_the_list_has_in_plain_mode_and_without() {
    let open = |plain| {
        let settings = ReaderSettings { plain, ..ReaderSettings::default() };
        open_as(cache(&ALL), settings, SessionState::default(), (80, 400))
    };
    for (is_plain, unread, starred, chosen) in [(true, ".", "*", "="), (false, "•", "★", "◆")] {
        let mut screen = open(is_plain);
        screen.press("* s j");
        let list = screen.text();
        let row = list.lines().find(|row| row.contains(starred)).unwrap_or_else(|| panic!("{list}"));
        assert!(row.contains(unread) && row.contains(chosen), "{row}");
        screen.press("?");
        let help = screen.text();
        for (sign, said) in [(unread, "chưa đọc"), (starred, "đã gắn sao"), (chosen, "đã chọn để so với báo cáo khác")]
        {
            let told = |line: &str| {
                let words = line.trim_matches(['│', ' ']);
                words.strip_prefix(sign).is_some_and(|rest| rest.trim() == said)
            };
            assert!(help.lines().any(told), "{sign} {said}: {help}");
        }
    }
}

#[test]
fn each_row_of_a_unit_and_of_people_says_whose_post_it_is() {
    let plain = |plain| ReaderSettings { plain, ..ReaderSettings::default() };
    let mut screen = open_as(samples(), plain(true), SessionState::default(), (120, 60));
    screen.press("/").type_text("unit:qk10").press("Enter d");
    let (held, before) =
        ("Phó Tư lệnh Quân khu 10: Đại tá Đào Duy Sắt", "Chính ủy Quân khu 10: Trung tướng Lý Tất Đạt");
    assert!(screen.text().contains(held) && screen.text().contains(before), "{}", screen.text());
    screen.press("Esc p");
    let text = screen.text();
    let rows: Vec<&str> = text.lines().map(str::trim).collect();
    let chair = rows.iter().position(|row| row.ends_with("Trung tướng Hồ Sĩ Nhã")).unwrap();
    assert!(
        rows[chair + 1].starts_with("chủ trì") && rows[chair + 2].starts_with("Bí thư Đảng ủy, Chính ủy"),
        "{text}"
    );
    // A file is read row by row, too, and its rows are joined to lines of Markdown.
    let mut screen = open_as(samples(), plain(false), SessionState::default(), (120, 60));
    screen.press("/").type_text("unit:qk10").press("Enter d E").type_text("~/trang.txt").press("Enter");
    assert!(screen.saved.last().is_some_and(|(_, text)| text.contains(held)), "{:?}", screen.saved);
}

#[test]
fn every_row_is_words_and_the_cursor_is_on_the_selected_one() {
    for keys in ["j", "Enter", "Enter p j", "o", "w", "[", "Enter d", "Enter } e", "?", ":", "A", "# y"] {
        let mut screen = opened(80, 24);
        screen.press(keys);
        let drawn = |c: char| ('\u{2500}'..='\u{259f}').contains(&c) || matches!(c, '●' | '▶' | '▌');
        let timeline = screen.text().contains("Quá trình");
        for (n, row) in rows(&screen).iter().enumerate().filter(|_| !timeline) {
            assert!(!row.contains(drawn), "{keys}, row {n}: {row}");
        }
        let (_, cursor) = screen.draw();
        let row = cursor.map(|at| rows(&screen)[usize::from(at.y)].clone());
        assert!(row.as_ref().is_some_and(|row| !row.trim().is_empty()), "{keys}: {row:?}\n{}", screen.text());
    }
}

#[test]
fn a_step_in_the_list_changes_the_two_rows_it_is_about() {
    let mut screen = opened(80, 24);
    let before = rows(&screen);
    screen.press("j");
    let after = rows(&screen);
    let changed: Vec<usize> = (0..before.len()).filter(|n| before[*n] != after[*n]).collect();
    // The number in the title, the row that was selected and the one that is.
    assert!(changed.len() <= 3, "{changed:?}");
}
