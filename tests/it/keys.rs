//! The keys that lead around: q and Ctrl-c, the jump list, the user's own keys, the themes; and the session that begins
//! where the last one ended.

use crate::pages::{reading, sized};
use crate::screen::{Screen, cache, open_as};
use baocao::config::{SettingLine, ThemeName};
use baocao::keymap::{Keymap, Mode};
use baocao::store::Sort;
use baocao::tui::app::Screen as Place;
use baocao::tui::message::Message;
use baocao::tui::settings::{ReaderSettings, SessionState};

const REPORT: &str =
    "Quân khu 12 họp\n\nSáng 22-12-2020, Trung tướng Ma Đình Khánh, Chính ủy Quân khu 12 chủ trì họp.\n";
const OTHER: &str =
    "Quân khu 14 họp\n\nSáng 22-12-2021, Trung tướng Ma Đình Khánh, Chính ủy Quân khu 14 chủ trì họp.\n";

fn notice(screen: &Screen) -> String {
    screen.text().lines().last().unwrap_or_default().to_owned()
}

fn with(settings: ReaderSettings, remembered: SessionState) -> Screen {
    open_as(cache(&[REPORT, OTHER]), settings, remembered, (120, 24))
}

#[test]
fn q_closes_what_is_in_front_and_ends_from_the_list() {
    for opened in ["?", "p", "d", "w", ",", "Enter", "Enter ?", "Enter p", "Enter d", "z"] {
        let mut screen = sized(120, 30);
        let (list, keys) = (screen.text(), opened.split(' ').count());
        screen.press(opened);
        for n in 0..keys {
            assert!(!screen.ended, "{opened}: {n}");
            screen.press("q");
        }
        let lines = |text: &str| text.lines().skip(1).take(20).map(str::to_owned).collect::<Vec<_>>();
        assert!(!screen.ended && screen.app.stack.is_empty() && !screen.app.in_detail, "{opened}");
        assert_eq!(lines(&screen.text()).len(), lines(&list).len());
        screen.press("q");
        assert!(screen.ended, "{opened}");
    }
    let mut screen = sized(120, 30);
    screen.press("? /").type_text("sao").press("Enter q");
    assert!(screen.app.stack.is_empty() && !screen.ended, "help is closed with the search in it");
    screen.press("Enter p Q");
    assert!(screen.ended, "Q ends from everywhere");
}

#[test]
fn q_ends_from_everywhere_for_those_who_want_it() {
    let keymap = Keymap::with_own(&[], true).unwrap();
    let mut screen =
        with(ReaderSettings { keymap: Some(keymap), ..ReaderSettings::default() }, SessionState::default());
    screen.press("Enter p q");
    assert!(screen.ended);
}

#[test]
fn ctrl_c_gives_up_what_is_being_typed_first() {
    let mut screen = sized(120, 30);
    let before = screen.picture();
    screen.press("/").type_text("không có").press("Ctrl-c");
    assert_eq!(screen.picture(), before, "as Esc does");
    screen.press("o").type_text("hùng").press("Ctrl-c");
    assert!(screen.app.stack.is_empty() && !screen.ended);
    screen.press(":").type_text("sao").press("Ctrl-c");
    assert!(screen.app.stack.is_empty() && !screen.ended);
    screen.press("g Ctrl-c");
    assert!(screen.app.pending.is_empty() && !screen.ended, "an incomplete sequence");
    screen.press("m Ctrl-c");
    assert!(screen.app.awaiting.is_none() && !screen.ended);
    screen.press("Ctrl-c");
    assert!(screen.ended);
}

#[test]
fn opening_a_report_from_the_list_is_a_jump_and_tab_goes_on_after_ctrl_o() {
    let mut screen = sized(120, 30);
    let list = screen.picture();
    screen.press("Enter }");
    let report = screen.picture();
    screen.press("d");
    let unit = screen.picture();
    assert_eq!(screen.press("Ctrl-o").picture(), report);
    let told = screen.press("Ctrl-o").picture();
    assert!(!screen.app.in_detail);
    assert_eq!(told.lines().next(), list.lines().next());
    assert_eq!(screen.press("Tab").picture(), report, "right after Ctrl-o, Tab is Ctrl-i");
    assert_eq!(screen.press("Tab").picture(), unit, "and after that too");
    screen.press("Ctrl-o");
    assert_eq!(screen.press("Ctrl-i").picture(), unit, "where the terminal tells them apart");
    // Otherwise Tab goes to the other pane.
    screen.press("Ctrl-o j Tab");
    assert!(!screen.app.in_detail && screen.app.stack.is_empty(), "{}", screen.text());
}

#[test]
fn own_keys_work_and_are_shown() {
    let line = |name: &str, keys: &[&str]| SettingLine {
        name: name.to_owned(),
        values: keys.iter().map(|key| (*key).to_owned()).collect(),
        ..SettingLine::default()
    };
    let keymap = Keymap::with_own(&[line("people", &["g p"]), line("sort", &["S"])], false).unwrap();
    let mut screen =
        with(ReaderSettings { keymap: Some(keymap), ..ReaderSettings::default() }, SessionState::default());
    screen.press("g p");
    assert!(matches!(screen.app.stack.last(), Some(Place::People(_))), "{}", screen.text());
    screen.press("Esc p");
    assert!(screen.app.stack.is_empty() && notice(&screen).contains('p'), "{}", notice(&screen));
    screen.press("S");
    assert!(matches!(screen.app.stack.last(), Some(Place::Menu(_))));
    screen.press("Esc ? /").type_text("xếp theo ngày").press("Enter");
    assert!(screen.text().contains("  S "), "{}", screen.text());
    screen.press("q");
    assert!(screen.text().contains("gp "), "the footer has the own key: {}", screen.text());
}

#[test]
fn a_session_begins_where_the_last_one_ended() {
    let mut before = with(ReaderSettings::default(), SessionState::default());
    before.press("/").type_text("quân khu").press("Enter , t j Enter w Q");
    let kept = before.remembered.clone().unwrap();
    let mut again = with(ReaderSettings::default(), kept.clone());
    assert_eq!(again.app.list.filter.text(), "quân khu");
    assert_eq!(again.app.list.sort, Sort::Title);
    assert_eq!(again.app.list.selected, before.app.list.selected);
    assert!(matches!(again.app.stack.last(), Some(Place::QuotePage(_))), "{}", again.text());
    assert_eq!(again.text(), before.text());
    again.press("q");
    assert!(again.app.in_detail, "the report had the keys");
    // A jump back leads from the page to the list.
    let mut again = with(ReaderSettings::default(), kept.clone());
    again.press("Ctrl-o");
    assert!(again.app.stack.is_empty(), "{}", again.text());
    let fresh = with(ReaderSettings { fresh: true, ..ReaderSettings::default() }, kept);
    assert_eq!((fresh.app.list.filter.text(), fresh.app.list.sort), ("", Sort::Date));
    assert!(fresh.app.stack.is_empty() && !fresh.app.in_detail && fresh.app.list.selected == 0);
    assert!(!fresh.app.list.history.is_empty(), "what was typed is kept");
}

#[test]
fn a_report_left_at_its_top_begins_at_its_top_at_any_width() {
    let line = "Các đơn vị đã bàn cách nắm tư tưởng bộ đội và chăm lo đời sống gia đình cán bộ ở xa.";
    let long = format!("Sư đoàn 91 họp\n\nNgày 7-3-2024, Sư đoàn 91 họp.\n\n{}", format!("{line}\n\n").repeat(60));
    let opened = |kept, size| open_as(cache(&[&long]), ReaderSettings::default(), kept, size);
    let mut before = opened(SessionState::default(), (120, 40));
    before.press("Enter Q");
    let kept = before.remembered.clone().unwrap();
    for size in [(100, 30), (80, 12), (60, 12), (200, 20)] {
        let again = opened(kept.clone(), size);
        assert!(again.app.in_detail && again.app.detail.top == 0, "{size:?}: {}", again.text());
    }
}

#[test]
fn a_hidden_report_and_a_moved_split_come_back_in_a_window_of_any_size() {
    let store = || cache(&crate::pages::ALL);
    let opened = |kept, size| open_as(store(), ReaderSettings::default(), kept, size);
    let mut before = opened(SessionState::default(), (160, 30));
    before.press("> > \\ /").type_text("quân khu").press("Enter");
    let (shown, share) = (before.text(), before.app.list_share);
    assert!(before.app.preview_hidden && share.is_some(), "{shown}");
    let kept = before.app.remembered();
    for size in [(160, 30), (80, 24), (40, 12), (20, 6)] {
        let mut again = opened(kept.clone(), size);
        assert_eq!(again.app.list.filter.text(), "quân khu", "{size:?}");
        assert_eq!((again.app.list_share, again.app.preview_hidden), (share, true), "{size:?}");
        again.resize(160, 30);
        assert_eq!(
            again.text().lines().skip(1).take(28).collect::<Vec<_>>(),
            shown.lines().skip(1).take(28).collect::<Vec<_>>()
        );
        assert!(again.press("\\").text().contains("┐┌"), "{}", again.text());
    }
}

#[test]
fn a_faulty_filter_that_was_kept_is_told_over_all_reports() {
    let kept = SessionState { filter: "gì đó rnak:trung".to_owned(), ..SessionState::default() };
    let again = with(ReaderSettings::default(), kept);
    assert_eq!(again.app.list.window.total, 2, "{}", again.text());
    assert!(again.text().contains("không có trường rnak:"), "{}", again.text());
    assert_eq!(again.app.remembered().filter, "gì đó rnak:trung");
}

#[test]
fn an_official_and_an_opened_report_are_restored_too() {
    let mut before = reading(120, 30);
    before.press("} e");
    let official = before.text();
    let kept = before.app.remembered();
    before.press("Enter");
    let opened = before.app.remembered();
    let store = || cache(&crate::pages::ALL);
    let again = open_as(store(), ReaderSettings::default(), kept, (120, 30));
    assert_eq!(again.text(), official);
    let again = open_as(store(), ReaderSettings::default(), opened, (120, 30));
    assert!(matches!(again.app.stack.last(), Some(Place::Reading(_))), "{}", again.text());
}

#[test]
fn what_a_session_kept_may_be_gone() {
    let mut before = with(ReaderSettings::default(), SessionState::default());
    before.press("/").type_text("quân khu").press("Enter Enter w Q");
    let kept = before.remembered.clone().unwrap();
    let mut again = open_as(cache(&[]), ReaderSettings::default(), kept, (80, 24));
    again.press("q q");
    assert!(again.text().contains("khu"), "{}", again.text());
    again.press("Q");
    assert!(again.ended);
}

#[test]
fn the_theme_changes_with_one_key_and_is_remembered() {
    let any = || ReaderSettings { theme: ThemeName::Any, ..ReaderSettings::default() };
    let mut screen = with(any(), SessionState::default());
    assert!(notice(&screen).contains("T "), "{}", notice(&screen));
    screen.press("j");
    let colourless = screen.picture();
    screen.press("T");
    assert_eq!(screen.app.theme.name, ThemeName::Dark);
    assert!(notice(&screen).contains("nền tối"), "{}", notice(&screen));
    assert_eq!(screen.press("T j").app.theme.name, ThemeName::Light);
    assert_ne!(screen.picture(), colourless);
    let kept = screen.app.remembered();
    assert_eq!(with(any(), kept.clone()).app.theme.name, ThemeName::Light);
    // The config file is stronger.
    let settled = ReaderSettings { theme: ThemeName::Mono, theme_settled: true, ..ReaderSettings::default() };
    assert_eq!(with(settled, kept).app.theme.name, ThemeName::Mono);
    let told = SessionState { theme_told: true, ..SessionState::default() };
    assert!(!notice(&with(any(), told)).contains("T "), "told once");
    let mut seen = vec![screen.app.theme.name];
    for _ in 0..5 {
        seen.push(screen.press("T").app.theme.name);
    }
    seen.sort_by_key(|name| *name as u8);
    seen.dedup();
    assert_eq!(seen.len(), 6, "all themes come round");
}

#[test]
fn a_paste_where_nothing_is_typed_is_told() {
    let mut screen = sized(120, 24);
    let before = screen.text();
    screen.send(Message::Pasted("q x quân khu".to_owned()));
    assert!(screen.text().contains("Không có dòng nào đang gõ"), "{}", screen.text());
    screen.press("j").press("k");
    assert_eq!(screen.text().lines().next(), before.lines().next(), "and changes nothing");
}

#[test]
fn a_pasted_binary_becomes_one_line_of_what_can_be_shown() {
    let bytes: Vec<u8> = (0..=255).cycle().take(40_000).collect();
    let pasted = String::from_utf8_lossy(&bytes).into_owned();
    for keys in ["/", "Enter a", "Enter /", "o", ":", "Enter t", "Enter D", "E"] {
        let mut screen = sized(120, 24);
        screen.press(keys);
        let before = screen.text();
        screen.send(Message::Pasted(pasted.clone()));
        screen.settle();
        let text = screen.text();
        assert!(!text.chars().any(|c| c != '\n' && c.is_control()), "{keys}: {text:?}");
        assert_eq!(text.lines().count(), before.lines().count(), "{keys}");
        // Nothing is lost: what was there before comes back.
        screen.press("Esc").press("Esc").press("Esc");
        assert_eq!(screen.app.list.window.total, crate::pages::ALL.len(), "{keys}");
    }
}

#[test]
fn an_open_range_and_what_can_be_done_to_picked_rows_are_told() {
    let mut screen = sized(120, 24);
    screen.press("v j");
    assert!(screen.text().contains("đang chọn 2"), "{}", screen.text());
    screen.press("v");
    assert!(screen.text().contains("đã chọn 2") && !screen.text().contains("đang chọn"), "{}", screen.text());
    screen.press("j");
    let footer = screen.text().lines().last().unwrap_or_default().to_owned();
    for key in ["* ", "t ", "R ", "E ", "X ", "Esc "] {
        assert!(footer.contains(key), "{key:?} in {footer}");
    }
}

#[test]
fn the_last_step_that_is_undone_is_not_followed_by_a_number() {
    let mut screen = sized(120, 24);
    screen.press("* j * Z");
    assert!(screen.text().contains("còn 1 bước"), "{}", screen.text());
    screen.press("Z");
    assert!(screen.text().contains("Đã hoàn tác.") && !screen.text().contains("còn 0"), "{}", screen.text());
}

#[test]
fn a_mark_that_is_set_elsewhere_is_told_to_have_moved() {
    let mut screen = sized(120, 24);
    screen.press("m a");
    assert!(screen.text().contains("Đã đánh dấu “a”"), "{}", screen.text());
    screen.press("m a");
    assert!(screen.text().contains("Đã đánh dấu “a”"), "the same place: {}", screen.text());
    screen.press("j m a");
    assert!(screen.text().contains("Đã chuyển dấu “a”"), "{}", screen.text());
}

#[test]
fn what_is_widened_from_the_list_leads_back_to_it() {
    let mut screen = sized(120, 24);
    screen.press("z");
    assert_eq!(screen.app.mode(), Mode::Detail);
    screen.press("z");
    assert_eq!((screen.app.mode(), screen.app.zoomed), (Mode::List, false));
    screen.press("Enter z z");
    assert_eq!(screen.app.mode(), Mode::Detail, "from the report to the report");
}
