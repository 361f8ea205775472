//! Fetching new reports from the reader: reading goes on, the list grows without moving the selection, and one key
//! begins and stops. The servers are the test's own: a page is answered when the test lets it.

use crate::screen::{Screen, open_as};
use baocao::extract::extract;
use baocao::ingest::{self, InputHint};
use baocao::store::Store;
use baocao::sync::fetch::{Fetch, FetchAnswer, FetchFailure, FetchPurpose, FetchRequest};
use baocao::tui::message::SyncNews;
use baocao::tui::settings::{ReaderSettings, SessionState};
use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

const HELD: &str =
    "Giao ban tháng 9\n\nNgày 5-9-2026, Sư đoàn Giả định tổ chức giao ban. Đại tá Đàm Quốc Hưng chủ trì.\n";

/// A site with a feed of three pages. Each page waits for a permit.
struct Site {
    permits: Mutex<Receiver<()>>,
}

impl Fetch for Site {
    fn fetch(&self, request: &FetchRequest) -> Result<FetchAnswer, FetchFailure> {
        let answer =
            |status, body: String| Ok(FetchAnswer { status, body: body.into_bytes(), ..FetchAnswer::default() });
        match request.purpose {
            FetchPurpose::Robots => answer(404, String::new()),
            FetchPurpose::List => answer(200, feed()),
            FetchPurpose::Page => {
                // The test has ended: nobody lets anything pass any more.
                let _ = self.permits.lock().unwrap().recv();
                answer(200, page(request.url.path()))
            }
        }
    }
}

fn feed() -> String {
    let item = |n: usize| {
        format!(
            "<item><title>Hội nghị số {n} của Quân khu Thử nghiệm</title><link>https://tin.example.vn/{n}.html</link>\
             <pubDate>Sat, 28 Nov 2026 0{n}:00:00 +0700</pubDate></item>"
        )
    };
    let items: String = (1..=3).map(item).collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Tin</title>{items}</channel></rss>")
}

fn page(path: &str) -> String {
    let n = path.trim_matches(|c: char| !c.is_ascii_digit());
    let line = |line: usize| {
        format!(
            "<p>Hội nghị số {n} nghe báo cáo phần {n}{line} về công tác huấn luyện của các đơn vị trong toàn Quân khu, \
             thảo luận và thống nhất nhiều nội dung quan trọng.</p>"
        )
    };
    let lines = (1..=4).map(line).collect::<Vec<_>>().concat();
    let title = format!("Hội nghị số {n} của Quân khu Thử nghiệm");
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>Ngày {n}-10-2026, Quân khu Thử \
         nghiệm tổ chức hội nghị. Thiếu tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm chủ trì.</p>{lines}\
         </article></body></html>"
    )
}

/// A reader on a cache on disk with one report, and the sender of permits for pages.
fn open(folder: &Path, config: &str) -> (Screen, Sender<()>) {
    let store = Store::open(&folder.join("cache")).unwrap();
    for draft in ingest::read(HELD.as_bytes(), &InputHint { name: "a.txt", ..InputHint::default() }).unwrap() {
        store.cache().save("a.txt", &draft, &extract(&draft)).unwrap();
    }
    fs::write(folder.join("config.toml"), config).unwrap();
    let settings = ReaderSettings {
        cache: Some(folder.join("cache")),
        config_file: Some(folder.join("config.toml")),
        ..ReaderSettings::default()
    };
    let mut screen = open_as(store, settings, SessionState::default(), (110, 14));
    let (permit, permits) = channel();
    let permits = Arc::new(Mutex::new(Some(permits)));
    screen.fetch = Some(Arc::new(move || {
        let permits = permits.lock().unwrap().take().expect("one run a test");
        Box::new(Site { permits: Mutex::new(permits) }) as Box<dyn Fetch>
    }));
    (screen, permit)
}

const SOURCES: &str = "[sources.tin]\naddress = \"https://tin.example.vn/rss.xml\"\ndays = 300\n";

/// Waits until so many reports are new.
fn wait_for_new(screen: &mut Screen, wanted: usize) {
    loop {
        match screen.next_news() {
            SyncNews::Progress { progress, .. } if progress.new >= wanted => return,
            SyncNews::Progress { .. } => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn new_reports_come_while_reading_goes_on_and_do_not_move_the_selection() {
    let folder = tempfile::tempdir().unwrap();
    let (mut screen, permit) = open(folder.path(), SOURCES);
    screen.press("f");
    assert!(screen.text().contains("Đang hỏi các nguồn… · f: dừng"), "{}", screen.text());
    permit.send(()).unwrap();
    wait_for_new(&mut screen, 1);
    screen.wait_for_change();
    assert_eq!((screen.app.list.window.total, screen.app.list.selected), (2, 1), "below what came");
    assert_eq!(screen.app.list.selected_row().unwrap().title, "Giao ban tháng 9");
    insta::assert_snapshot!("reports_come_while_reading", screen.picture());
    // Everything else works meanwhile.
    screen.press("Enter");
    assert!(screen.app.in_detail);
    screen.press("q / h ộ i Enter");
    assert_eq!(screen.app.list.window.total, 1);
    screen.press("Esc");
    permit.send(()).unwrap();
    permit.send(()).unwrap();
    wait_for_new(&mut screen, 3);
    while screen.app.sync.is_some() {
        screen.next_news();
    }
    assert_eq!(screen.app.list.window.total, 4);
    assert!(screen.text().contains("Lấy tin xong: 3 báo cáo mới."), "{}", screen.text());
    // The header counts the officials of the new reports too.
    while screen.app.officials != Some(2) {
        screen.wait_for_change();
    }
}

#[test]
fn the_same_key_stops_and_what_came_until_then_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (mut screen, permit) = open(folder.path(), SOURCES);
    screen.press("Ctrl-r");
    permit.send(()).unwrap();
    wait_for_new(&mut screen, 1);
    screen.press("Ctrl-r");
    assert!(screen.text().contains("Đang dừng lấy tin…"), "{}", screen.text());
    permit.send(()).unwrap();
    while screen.app.sync.is_some() {
        screen.next_news();
    }
    assert!(screen.text().contains("Đã dừng lấy tin: "), "{}", screen.text());
    assert!((2..=3).contains(&screen.app.list.window.total));
}

#[test]
fn what_stands_in_the_way_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut screen, _permit) = open(folder.path(), "");
    screen.press("f");
    assert_eq!(screen.next_news(), SyncNews::NoSources);
    assert!(screen.text().contains("baocao source add"), "{}", screen.text());
    fs::write(folder.path().join("config.toml"), "sauces = 1\n").unwrap();
    screen.press("f");
    screen.next_news();
    assert!(screen.app.notice.as_ref().unwrap().text.contains("không có thiết lập `sauces`"));
    assert!(screen.app.sync.is_none());
}
