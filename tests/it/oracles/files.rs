//! Files of the user's: settings, decisions, the place of the last session, the cache and the marks.

use baocao::config::Config;
use baocao::extract::people_and_facts;
use baocao::ingest::{self, InputFormat, InputHint};
use baocao::officials::decision_file;
use baocao::search::filter::{self, Filter};
use baocao::store::{CACHE_FILE, Sort, Store, USER_FILE, WindowBounds};
use baocao::tui::worker::{remember, remembered};
use std::sync::OnceLock;

/// Reads the bytes as settings. A fault is one line with its place; what was accepted is printed in a form that is read
/// as the same settings. The place of the last session is read or is none.
pub fn settings(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    std::fs::write(&path, bytes).expect("a file");
    std::fs::write(folder.path().join("reader.json"), bytes).expect("a file");
    let place = remembered(Some(folder.path()));
    remember(Some(folder.path()), &place).expect("a file");
    assert_eq!(remembered(Some(folder.path())), place);
    match Config::read(&path) {
        Err(why) => assert!(!why.to_string().contains(char::is_control), "{:?}", why.to_string()),
        Ok(config) => {
            let printed = config.print();
            std::fs::write(&path, &printed).expect("a file");
            let again = Config::read(&path).map_err(|why| why.to_string()).expect("printed settings are settings");
            assert_eq!(again.print(), printed);
        }
    }
}

/// Reads the bytes as a file of decisions. What was read of it is written in a form that is read as the same.
pub fn decisions(bytes: &[u8]) {
    let (read, bad) = decision_file::import(&String::from_utf8_lossy(bytes));
    for line in bad {
        assert!(!line.to_string().contains(char::is_control), "{line}");
    }
    let written = decision_file::export(&read);
    let (again, bad) = decision_file::import(&written);
    assert!(bad.is_empty(), "{bad:?} of {written:?}");
    assert_eq!(decision_file::export(&again), written);
}

/// The text in the cache of `stored`.
const STORED: &str = "Hội nghị tổng kết\n\nĐại tá Lò Văn Thử, Chính ủy Sư đoàn 999 phát biểu.";

/// Reads a cache of which some bytes were replaced: the first two say where, the others what. Whatever is read of it is
/// read or refused, and what is read as a text is the text that was saved.
pub fn stored(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let (cache, own) = (folder.path().join("cache"), folder.path().join("own"));
    std::fs::create_dir(&cache).expect("a folder");
    let Some(file) = replaced(stored_template(), bytes) else { return };
    std::fs::write(cache.join(CACHE_FILE), file).expect("a file");
    let Ok(store) = Store::open_archive(&cache, &own) else { return };
    let rows = store.index().find(&Filter::default(), Sort::Date, WindowBounds::all());
    for row in rows.map(|found| found.rows).unwrap_or_default() {
        if let Ok(Some(report)) = store.cache().load(&row.id) {
            assert_eq!(report.text, STORED);
        }
    }
    let found = filter::parse("thu person:thử post:\"chính ủy\" ").0;
    let _ = store.index().find(&found, Sort::Date, WindowBounds::all());
    for official in store.register().and_then(|register| register.officials()).unwrap_or_default() {
        let _ = store.register().and_then(|register| register.official_page(&official.id));
    }
    let _ = store.cache().damage();
}

/// A copy of `file` in which some bytes are replaced: the first two of `bytes` say where, the others what.
fn replaced(file: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let [first, second, rest @ ..] = bytes else { return None };
    let mut file = file.to_vec();
    let at = usize::from(u16::from_be_bytes([*first, *second])) * 2 % file.len();
    file.iter_mut().skip(at).zip(rest).for_each(|(old, new)| *old = *new);
    Some(file)
}

/// Opens the marks of which some bytes were replaced, beside a sound cache. Whatever becomes of them is told and stops
/// nothing: the reports are there, a mark can be set, and it is there when the cache is opened again.
pub fn marks(bytes: &[u8]) {
    let Some(file) = replaced(marks_template(), bytes) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(CACHE_FILE), stored_template()).expect("a file");
    std::fs::write(folder.path().join(USER_FILE), file).expect("a file");
    let mended = |_| Store::recover(folder.path()).and_then(|_| Store::open(folder.path()));
    let Ok(store) = Store::open(folder.path()).or_else(mended) else { return };
    let rows = store.index().find(&Filter::default(), Sort::Date, WindowBounds::all());
    assert_eq!(rows.map(|found| found.rows.len()).ok(), Some(1));
    let (marks, notes) = (store.marks(), store.notes());
    let _ = (marks.tags(), marks.places(), marks.of("a"), notes.all(), notes.count());
    for typed in ["is:starred", "tag:xem", "note:giả"] {
        let _ = store.index().find(&filter::parse(typed).0, Sort::Date, WindowBounds::all());
    }
    if marks.set_starred("b", true).is_ok() {
        drop(store);
        let starred = Store::open(folder.path()).and_then(|store| store.marks().of("b"));
        assert_eq!(starred.ok(), Some((false, true)));
    }
}

/// The bytes of a file of marks with a few of each kind.
fn marks_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a cache");
        for report in ["a", "c", "d"] {
            store.marks().set_starred(report, true).expect("a mark");
            store.marks().set_tag(report, "xem lại", true).expect("a tag");
            store.marks().set_place('m', report, 7).expect("a place");
        }
        drop(store);
        std::fs::read(folder.path().join(USER_FILE)).expect("the file")
    })
}

/// The bytes of a cache with one report.
fn stored_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a cache");
        let hint = InputHint { format: InputFormat::Text, encoding: None, name: "a.txt" };
        for draft in ingest::read(STORED.as_bytes(), &hint).expect("a report") {
            store.cache().save("a.txt", &draft, &people_and_facts(&draft)).expect("a report");
        }
        store.register().expect("the register");
        drop(store);
        std::fs::read(folder.path().join(CACHE_FILE)).expect("the file")
    })
}
