//! The footer shows no key that does nothing where it is shown: each key of each screen's footer is pressed.

use crate::pages::ALL;
use crate::screen::{Screen, fill, open_as};
use baocao::config::InputMethod;
use baocao::keymap::Mode;
use baocao::keymap::chord::Chord;
use baocao::lang::Lang;
use baocao::store::Store;
use baocao::tui::settings::{ReaderSettings, SessionState, UserCommand};
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use tempfile::TempDir;

/// A report of nobody and of no unit.
const BARE: &str = "Tin vắn\n\nHội thi kết thúc tốt đẹp. Hội thi có đông người xem.\n";

/// Which reports are in the cache, the keys that lead to a screen, and words that it shows.
const PLACES: &[(&[&str], &str, &str)] = &[
    (&[], "Ctrl-l", "Chưa có báo cáo"),
    (&[BARE], "Ctrl-l", "Tin vắn"),
    (&[BARE], "Enter", "Hội thi kết thúc"),
    (&[BARE], "/ n u l l Enter", "Không báo cáo nào"),
    (&[BARE], "p", ""),
    (&[BARE], "B", ""),
    (&[BARE], "A", ""),
    (&[BARE], "Enter v", ""),
    (&[BARE], "o", ""),
    (&[BARE], "/", "Tin vắn"),
    (&ALL, "Ctrl-l", "tổng kết"),
    (&ALL, "Enter", "chủ trì hội nghị"),
    (&ALL, "Enter / t h i Enter", "khớp"),
    (&ALL, "Enter }", "chủ trì hội nghị"),
    (&ALL, "Enter S", "chọn"),
    (&ALL, "p", "Thành phần"),
    (&ALL, "o", "Cán bộ"),
    (&ALL, "o t h a o Enter", "Cùng tên"),
    (&ALL, "o b e Enter", "Quá trình"),
    (&ALL, "o b e Enter G", "Quá trình"),
    (&ALL, "Enter d G", "Quân khu 12"),
    (&ALL, "Enter } P 2", "Chính ủy Quân khu 12"),
    (&ALL, "Enter d", "Quân khu 12"),
    (&ALL, "Enter v", "Quân khu 12"),
    (&ALL, "Enter V", ""),
    (&ALL, "p v", "Quân khu 12"),
    (&ALL, "w M", "Chưa chắc"),
    (&ALL, "# u", ""),
    (&ALL, "Enter a x Enter Esc A", "1 ghi chú"),
    (&ALL, "?", "Trợ giúp"),
    (&ALL, ":", ""),
    (&ALL, ",", ""),
    (&ALL, "/ h o i Enter / Ctrl-u", ""),
    (&ALL, "C", "đếm"),
];

/// A folder with a cache of these reports. A reader is opened on a copy: to make the cache again each time is slow.
fn prepared(reports: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    fill(&store, reports);
    store.register().unwrap();
    folder
}

/// A reader on a copy of the cache in `prepared`, after these keys. The folder is to be kept as long as it is used.
fn at(prepared: &TempDir, keys: &str) -> (Screen, TempDir) {
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(prepared.path()).unwrap().map(Result::unwrap).filter(|file| file.path().is_file()) {
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let commands = vec![UserCommand { name: "đếm".to_owned(), words: vec!["wc".to_owned()] }];
    let settings = ReaderSettings { commands, ..ReaderSettings::default() };
    let mut screen = open_as(Store::open(copy.path()).unwrap(), settings, SessionState::default(), (160, 40));
    screen.press(keys);
    (screen, copy)
}

/// The groups of keys that the footer shows, each key as `press` takes it.
fn shown(screen: &Screen) -> Vec<Vec<String>> {
    let text = screen.text();
    let line = text.lines().last().unwrap_or_default().trim();
    line.split("  ").filter(|group| !group.is_empty()).map(keys_of).collect()
}

/// The keys with which the words of a group begin.
fn keys_of(group: &str) -> Vec<String> {
    let key = |word: &str| match word {
        "↓" => Some("Down".to_owned()),
        "↑" => Some("Up".to_owned()),
        _ if Chord::parse(word).is_some() => Some(word.to_owned()),
        // A sequence: each of its letters is a key.
        _ if word.is_ascii() && word.len() == 2 => Some(format!("{} {}", &word[..1], &word[1..])),
        _ => None,
    };
    group.split(' ').map_while(key).collect()
}

/// What a key may change: all but the footer, which may only say that the key does nothing.
type State = (Vec<Cell>, Option<Position>, (usize, usize, usize, bool), InputMethod, Mode);

fn state(screen: &Screen) -> State {
    let (mut buffer, cursor) = screen.draw();
    let (width, height) = (buffer.area.width, buffer.area.height);
    buffer.content.truncate(usize::from(width) * usize::from(height - 1));
    let app = &screen.app;
    let done = (screen.copied.len(), screen.opened.len(), app.undo.len(), screen.ended);
    (buffer.content, cursor, done, app.settings.typing, app.mode())
}

/// Whether one of the keys does something here.
fn does_something(screen: &mut Screen, keys: &[String]) -> bool {
    keys.iter().any(|key| {
        screen.app.notice = None;
        let before = state(screen);
        screen.press(key);
        state(screen) != before
    })
}

#[test]
fn the_list_tells_how_to_leave_it_at_eighty_columns() {
    let cache = prepared(&ALL);
    let footer = |lang| {
        let settings = ReaderSettings { lang, ..ReaderSettings::default() };
        let screen = open_as(Store::open(cache.path()).unwrap(), settings, SessionState::default(), (80, 24));
        screen.text().lines().last().unwrap_or_default().to_owned()
    };
    assert!(footer(Lang::Vi).contains("q thoát"), "{}", footer(Lang::Vi));
    assert!(footer(Lang::En).contains("q quit"), "{}", footer(Lang::En));
}

#[test]
fn every_key_that_a_footer_shows_does_something_there() {
    let mut dead = Vec::new();
    for reports in [&[][..], &[BARE], &ALL] {
        let cache = prepared(reports);
        for (_, keys, words) in PLACES.iter().filter(|place| place.0 == reports) {
            let (mut screen, _folder) = at(&cache, keys);
            let text = screen.text();
            if !text.contains(words) {
                dead.push(format!("{keys}: no «{words}» in\n{text}"));
            }
            // A notice may stand where the keys do.
            screen.app.notice = None;
            let groups = shown(&screen);
            if groups.iter().any(Vec::is_empty) {
                dead.push(format!("{keys}: {groups:?} in\n{}", screen.text()));
            }
            for group in groups {
                let (mut screen, _folder) = at(&cache, keys);
                if !does_something(&mut screen, &group) {
                    dead.push(format!("{group:?} does nothing after {keys:?} in {} reports", reports.len()));
                }
            }
            // The built-in input method is switched on every screen.
            let typing = screen.app.settings.typing;
            screen.press("Ctrl-t");
            if screen.app.settings.typing == typing {
                dead.push(format!("Ctrl-t does nothing after {keys:?}"));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn going_back_from_the_list_names_the_key_of_the_footer() {
    let cache = prepared(&ALL);
    let settings = ReaderSettings { lang: Lang::Vi, ..ReaderSettings::default() };
    let mut screen = open_as(Store::open(cache.path()).unwrap(), settings, SessionState::default(), (80, 24));
    screen.press("Esc");
    let text = screen.text();
    assert!(text.lines().last().unwrap_or_default().contains("; q để thoát"), "{text}");
}
