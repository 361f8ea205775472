//! The palette: found in both languages and by letters, and what it can do beyond the keys.

use crate::pages::sized;
use crate::screen::{Screen, cache, open_as};
use baocao::lang::Lang;
use baocao::tui::app::Screen as Place;
use baocao::tui::message::{Message, VerbEnd};
use baocao::tui::settings::{ReaderSettings, SessionState};
use std::fs;

/// The names of the commands that the palette shows for what is typed.
fn found(screen: &mut Screen, typed: &str) -> Vec<String> {
    screen.press(":").type_text(typed);
    let Some(Place::Palette(palette)) = screen.app.stack.last() else { panic!("no palette") };
    let names = palette.shown.iter().map(|n| palette.all[*n].name.clone()).collect();
    screen.press("Esc");
    names
}

#[test]
fn commands_are_found_in_both_languages_and_by_their_letters() {
    let mut screen = sized(100, 30);
    for (typed, name) in [
        ("so voi bao cao", "So với báo cáo trước cùng loại của đơn vị"),
        ("compare with the unit", "So với báo cáo trước cùng loại của đơn vị"),
        ("next-unread", "Báo cáo chưa đọc kế tiếp"),
        ("cmpare prvious", "So với báo cáo trước cùng loại của đơn vị"),
        ("theme dark colorblind", "Màu cho nền tối, dành cho người mù màu"),
        ("theme mono", "Màu: Không màu"),
        ("import", "Nhập báo cáo từ tệp hoặc thư mục"),
        ("tieng anh", "Giao diện tiếng Anh"),
        ("lang", "Giao diện tiếng Việt"),
        ("ngon ngu", "Giao diện tiếng Việt"),
        ("count by year", "Thống kê theo: năm"),
    ] {
        let names = found(&mut screen, typed);
        assert_eq!(names.first().map(String::as_str).unwrap_or_default(), name, "{typed}: {names:?}");
    }
    screen.press(":").type_text("english").press("Enter");
    assert!(screen.text().contains("Interface in English"), "{}", screen.text());
    assert_eq!(screen.press("j").app.remembered().lang, Some(Lang::En));
    assert!(found(&mut screen, "cau dan chung").is_empty() && !found(&mut screen, "danh dau").is_empty());
}

#[test]
fn each_command_shows_its_keys() {
    let mut screen = sized(100, 40);
    screen.press(":");
    let Some(Place::Palette(palette)) = screen.app.stack.last() else { panic!("no palette") };
    let without: Vec<_> = palette.all.iter().filter(|entry| entry.key.is_empty()).map(|entry| &entry.name).collect();
    // Themes, languages, import and the name of a filter have no keys of their own.
    assert_eq!(without.len(), 10, "{without:?}");
    assert!(screen.text().contains('#'), "{}", screen.text());
}

#[test]
fn a_filter_is_saved_and_offered_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let settings = ReaderSettings { config_file: Some(file.clone()), ..ReaderSettings::default() };
    let mut screen = open_as(cache(&crate::pages::ALL), settings, SessionState::default(), (100, 24));
    screen.press("/").type_text("unit:\"quân khu 12\"").press("Enter :").type_text("luu bo loc").press("Enter");
    assert!(screen.text().contains("tên bộ lọc"), "{}", screen.text());
    screen.type_text("của tôi").press("Enter");
    assert!(screen.text().contains("Đã lưu bộ lọc “của tôi”"), "{}", screen.text());
    let saved = fs::read_to_string(&file).unwrap();
    assert!(saved.contains("\"của tôi\" = 'unit:\"quân khu 12\"'"), "{saved}");
    // From a page, the saved filter leads to the list.
    screen.press("/ Ctrl-u Enter Enter p :").type_text("cua toi").press("Enter");
    assert!(screen.app.stack.is_empty() && !screen.app.in_detail);
    assert_eq!(screen.app.list.filter.text(), "unit:\"quân khu 12\"");
    // There must be a filter, and a whole one.
    screen.press("Esc :").type_text("luu bo loc").press("Enter");
    assert!(screen.text().contains("Chưa có bộ lọc nào để lưu: / để lọc."), "{}", screen.text());
    screen.press("/").type_text("year:2x quân").press("Enter :").type_text("luu bo loc").press("Enter");
    assert!(screen.text().contains("Bộ lọc còn chỗ sai") && screen.app.line.is_none(), "{}", screen.text());
    screen.press("Esc /").type_text("quân").press("Enter");
    // What cannot be saved is told, and nothing is lost.
    fs::write(&file, "lang = 3\n").unwrap();
    screen.press(":").type_text("luu bo loc").press("Enter").type_text("hai").press("Enter");
    screen.settle();
    assert!(screen.text().contains("không lưu được bộ lọc"), "{}", screen.text());
    assert_eq!(fs::read_to_string(&file).unwrap(), "lang = 3\n");
}

#[test]
fn import_and_export_run_beside_the_reader() {
    let settings = ReaderSettings {
        own_arguments: vec!["--cache".into(), "/c".into()],
        home: Some("/home/a/".into()),
        ..ReaderSettings::default()
    };
    let mut screen = open_as(cache(&crate::pages::ALL), settings, SessionState::default(), (100, 24));
    screen.press(":").type_text("nhập báo cáo").press("Enter").type_text("~/tin tức").press("Enter");
    assert_eq!(screen.ran[0].arguments, ["--cache", "/c", "import", "--", "/home/a/tin tức"]);
    screen
        .press("/")
        .type_text("-hưng")
        .press("Enter :")
        .type_text("xuất")
        .press("Enter")
        .type_text("a.txt")
        .press("Enter");
    assert!(screen.text().contains(".csv, .jsonl"), "{}", screen.text());
    screen.press(":").type_text("xuất").press("Enter").type_text("b.CSV").press("Enter");
    assert_eq!(screen.ran[1].arguments[2..], ["export", "--format", "csv", "-o", "b.CSV", "--", "-hưng"]);
    screen.send(Message::VerbEnded(VerbEnd { done: false, said: "b.CSV exists".into() }));
    assert!(screen.text().contains("b.CSV exists"), "{}", screen.text());
    screen.settle();
    screen.press(":").type_text("nhập báo cáo").press("Enter Enter");
    assert_eq!(screen.ran.len(), 2, "a blank line does nothing");
}

#[test]
fn a_key_that_the_palette_shows_works_in_it() {
    let mut screen = sized(120, 30);
    screen.press(": F4");
    assert!(matches!(screen.app.stack.last(), Some(Place::QuotePage(_))), "{}", screen.text());
    screen.press("Esc : F1");
    assert!(screen.text().contains("Trợ giúp"), "{}", screen.text());
}

#[test]
fn no_command_is_cut_where_there_is_room() {
    let mut screen = sized(120, 60);
    screen.press(":");
    for _ in 0..60 {
        let text = screen.text();
        assert!(!text.lines().any(|line| line.starts_with("││") && line.contains('…')), "{text}");
        screen.press("Down");
    }
}

#[test]
fn help_is_there_in_a_menu_and_leads_back_to_it() {
    for key in ["F1", "?"] {
        let mut screen = sized(100, 30);
        screen.press(",").press(key);
        assert!(screen.text().contains("Trợ giúp"), "{key}: {}", screen.text());
        screen.press("Esc");
        assert!(matches!(screen.app.stack.last(), Some(Place::Menu(_))), "{}", screen.text());
    }
}
