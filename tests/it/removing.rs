//! Reports are removed with one key, and come back with another as they were. The reports are invented.

use crate::screen::{Screen, open_as};
use baocao::import::{ImportOptions, find, import};
use baocao::store::Store;
use baocao::tui::settings::{ReaderSettings, SessionState};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

/// Opens the reader on a cache in this folder with `number` pages, three a day, which are kept. Every fifth has
/// no day; all name one official.
fn reader(folder: &Path, number: usize) -> Screen {
    fs::create_dir(folder.join("in")).unwrap();
    for n in 0..number {
        let day = if n % 5 == 4 { String::new() } else { format!("Ngày {}-3-2024, ", n / 3 + 1) };
        let text = format!("{day}Thiếu tướng Lã Khắc Hùng, Tư lệnh Quân khu 10 dự hội nghị thứ {n} của Quân khu.");
        let page = format!("<html><body><article><h1>Tin {n}</h1><p>{text}</p></article></body></html>");
        fs::write(folder.join(format!("in/{n:02}.html")), page).unwrap();
    }
    let store = Store::open(&folder.join("cache")).unwrap();
    store.keep_sources(Some(1 << 20));
    let files = find(&[folder.join("in")]);
    import(&store, &files, &ImportOptions::default(), &AtomicBool::new(false), &mut |_| ()).unwrap();
    open_as(store, ReaderSettings::default(), SessionState::default(), (120, 30))
}

/// All reports as JSON lines, with the marks on them and the hashes of their files; and the notes.
fn exported(folder: &Path) -> String {
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
        command.arg("--cache").arg(folder.join("cache")).args(args).env("HOME", folder).env("LC_ALL", "en_US.UTF-8");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["export", "--format", "jsonl"]) + &run(&["notes", "--json"]) + &run(&["list", "--json"])
}

/// What the list shows of each report, in its order, with the number of officials.
fn shown(screen: &Screen) -> String {
    format!("{:?} {:#?}", screen.app.officials, screen.app.list.window.rows)
}

#[test]
fn what_was_removed_comes_back_with_its_marks_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = reader(folder.path(), 12);
    screen.press("* t").type_text("xem-lai, quý 3").press("Enter m x a").type_text("đối chiếu").press("Enter");
    screen.press("j D Ctrl-u").type_text("6-2021").press("Enter");
    screen.press("G R *");
    // The rows that a search gives have no snippet of another search.
    screen.press("g g /").type_text("hoi nghi").press("Enter");
    let (before, list) = (exported(folder.path()), shown(&screen));
    let places = screen.app.marks.clone();
    screen.press("Space Space G Space X");
    assert_eq!(screen.app.list.window.total, 9, "{}", screen.text());
    assert!(screen.text().contains("Đã xóa 3 báo cáo khỏi kho. Z để hoàn tác."), "{}", screen.text());
    assert!(exported(folder.path()) != before && screen.app.marks.is_empty());
    // A second step: both are undone in the opposite order.
    screen.press("X");
    let text = screen.text();
    assert!(text.contains("Đã xóa (Z để hoàn tác): Tin"), "{text}");
    screen.press("Z");
    assert_eq!(screen.app.list.window.total, 9);
    screen.press("Z");
    assert!(screen.text().contains("Đã lưu lại 3 báo cáo."), "{}", screen.text());
    screen.press("g g");
    assert_eq!(shown(&screen), list);
    assert_eq!((exported(folder.path()), screen.app.marks.clone()), (before, places));
    let store = Store::open(&folder.path().join("cache")).unwrap();
    assert_eq!(store.kept_sources().usage().unwrap().sources, 12);
    assert_eq!(store.cache().damage().unwrap(), None);
}

#[test]
fn more_than_ten_are_removed_after_a_question_and_come_back_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = reader(folder.path(), 14);
    screen.press("Ctrl-a X");
    assert!(screen.text().contains("Xóa 14 báo cáo?") && screen.text().contains("Z để hoàn tác"), "{}", screen.text());
    screen.press("Enter");
    assert_eq!(screen.app.list.window.total, 14, "the answer that keeps them is selected");
    screen.press("X X");
    assert_eq!(screen.app.list.window.total, 0);
    screen.press("Z");
    assert_eq!(screen.app.list.window.total, 14, "{}", screen.text());
}

#[test]
fn an_undoing_waits_for_the_removal_that_it_undoes() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = reader(folder.path(), 12);
    let starred = |screen: &Screen| screen.app.list.window.rows.iter().filter(|row| row.starred).count();
    screen.press("*");
    // All keys arrive before an answer of the worker. One report, two, and a range whose ids have to be asked for.
    for (before, keys) in [("g g", "XZ"), ("g g", "XXZZ"), ("g g v j", "XZ")] {
        screen.press(before).type_text(keys);
        assert_eq!((screen.app.list.window.total, starred(&screen)), (12, 1), "{keys}: {}", screen.text());
        assert_eq!(screen.app.undo.len(), 1, "{keys}");
    }
    // The star too, which was set just before.
    screen.press("G").type_text("*XZZ");
    assert_eq!((screen.app.list.window.total, starred(&screen), screen.app.undo.len()), (12, 1, 1));
    // Of a removal that asks first, nothing is to be undone, and an earlier step is not meant.
    screen.press("g g v G").type_text("XZ");
    assert!(screen.text().contains("Xóa 12 báo cáo?"), "{}", screen.text());
    assert_eq!((starred(&screen), screen.app.undo_waits), (1, 0));
}
