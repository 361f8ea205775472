//! What the reader says of marks: that something is done only when it is saved, and what could not be saved is taken
//! back.

use crate::screen::{Screen, open_as};
use baocao::extract::extract;
use baocao::ingest::{self, InputHint};
use baocao::keymap::chord::Chord;
use baocao::store::Store;
use baocao::tui::message::Message;
use baocao::tui::settings::{ReaderSettings, SessionState};
use crossterm::event::{KeyEvent, KeyModifiers};
use std::path::Path;

const REPORT: &str = "Sư đoàn 91 học tập\n\nNgày 7-3-2024, Sư đoàn 91 tổ chức học tập.\n";

/// The reader on a cache in a folder with one report.
fn opened(folder: &Path) -> Screen {
    let store = Store::open(folder).unwrap();
    for draft in ingest::read(REPORT.as_bytes(), &InputHint::default()).unwrap() {
        store.cache().save("a.txt", &draft, &extract(&draft)).unwrap();
    }
    let mut screen = open_as(store, ReaderSettings::default(), SessionState::default(), (120, 24));
    screen.press("g g");
    screen
}

/// Sends a key without waiting for the worker.
fn strike(screen: &mut Screen, key: &str) {
    let code = Chord::parse(key).unwrap().code;
    screen.send(Message::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

#[test]
fn nothing_is_said_to_be_done_before_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = opened(folder.path());
    for (key, said) in [("*", "Đã gắn sao."), ("*", "Đã bỏ sao."), ("m a", "Đã đánh dấu “a”.")] {
        key.split(' ').for_each(|key| strike(&mut screen, key));
        assert!(!screen.text().contains(said) && screen.text().contains("Đang lưu"), "{}", screen.text());
        screen.settle();
        assert!(screen.text().contains(said), "{}", screen.text());
    }
    // Two at once: the first answer does not say what the second still waits for.
    strike(&mut screen, "*");
    strike(&mut screen, "*");
    screen.settle();
    assert!(screen.text().contains("Đã bỏ sao."), "{}", screen.text());
}

#[test]
fn what_could_not_be_saved_is_taken_back_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = opened(folder.path());
    screen.press("m a");
    let place = screen.app.marks[&'a'].clone();
    rusqlite::Connection::open(folder.path().join("user.data"))
        .unwrap()
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON mark BEGIN SELECT RAISE(ABORT, 'no room'); END;
                        CREATE TRIGGER full_of_places BEFORE INSERT ON place BEGIN SELECT RAISE(ABORT, 'no room'); END",
        )
        .unwrap();
    let before = screen.press("j").app.list.selected_row().cloned();
    screen.press("*");
    assert!(screen.text().contains("no room") && !screen.text().contains("Đã gắn sao."), "{}", screen.text());
    assert_eq!(screen.app.list.selected_row().cloned(), before);
    screen.press("m a");
    assert_eq!(screen.app.marks[&'a'], place);
    screen.press("m b");
    assert!(!screen.app.marks.contains_key(&'b'));
}

#[test]
fn a_step_whose_undoing_fails_is_there_to_be_undone_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = opened(folder.path());
    let db = |file: &str, sql: &str| {
        rusqlite::Connection::open(folder.path().join(file)).unwrap().execute_batch(sql).unwrap();
    };
    let fault = |table: &str, on: &str| {
        format!("CREATE TRIGGER fault_{table}_{on} BEFORE {on} ON {table} BEGIN SELECT RAISE(ABORT, 'no room'); END;")
    };
    screen.press("* m x a").type_text("đối chiếu").press("Enter");
    screen.press("D Ctrl-u").type_text("6-2021").press("Enter");
    let marked = screen.app.undo.clone();
    assert_eq!(marked.len(), 4, "{marked:?}");
    let tables = ["mark", "place", "note", "dated"];
    for table in tables {
        for on in ["INSERT", "UPDATE", "DELETE"] {
            db("user.data", &fault(table, on));
        }
    }
    for _ in 0..2 {
        screen.press("Z");
        assert!(screen.text().contains("no room"), "{}", screen.text());
        assert_eq!(screen.app.undo, marked);
    }
    // Two at once come back in their order.
    strike(&mut screen, "Z");
    strike(&mut screen, "Z");
    screen.settle();
    assert_eq!(screen.app.undo, marked);
    for table in tables {
        for on in ["INSERT", "UPDATE", "DELETE"] {
            db("user.data", &format!("DROP TRIGGER fault_{table}_{on}"));
        }
    }
    screen.press("Z Z Z Z");
    assert!(screen.app.undo.is_empty() && screen.app.marks.is_empty(), "{}", screen.text());
    assert!(screen.app.list.selected_row().is_some_and(|row| !row.starred));
    // A removed report that could not be saved again is not lost.
    screen.press("X");
    assert_eq!(screen.app.list.window.total, 0, "{}", screen.text());
    db("cache.db", &fault("body", "INSERT"));
    screen.press("Z");
    assert!(screen.text().contains("no room"), "{}", screen.text());
    assert_eq!(screen.app.list.window.total, 0);
    db("cache.db", "DROP TRIGGER fault_body_INSERT");
    screen.press("Z");
    assert_eq!(screen.app.list.window.total, 1, "{}", screen.text());
}
