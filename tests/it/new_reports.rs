//! A session that begins with what came since the last one: opened when there is any, left by Esc or q, and marked in
//! the list.

use crate::screen::{Screen, cache, open_as};
use baocao::extract::extract;
use baocao::ingest::{self, InputHint};
use baocao::store::{SeenBy, Store};
use baocao::tui::settings::{ReaderSettings, SessionState};

const OLD: [&str; 2] = [
    "Hội nghị tổng kết năm 2023\n\nNgày 20-12-2023, Quân khu Thử nghiệm tổ chức hội nghị tổng kết. Thiếu tướng Lã Mạnh \
     Hùng, Chính ủy Quân khu Thử nghiệm chủ trì.\n",
    "Giao ban tháng 2\n\nNgày 2-2-2024, Sư đoàn Giả định tổ chức giao ban. Đại tá Đàm Quốc Hưng dự.\n",
];
const NEW: &str =
    "Giao ban tháng 1\n\nNgày 5-1-2024, Sư đoàn Giả định tổ chức giao ban. Đại tá Đàm Quốc Hưng chủ trì.\n";

/// A cache of two reports that the reader has seen; and, if `with_new`, a third one that came since.
fn seen_cache(with_new: bool) -> Store {
    let store = cache(&OLD);
    store.marks().set_seen(SeenBy::Reader, store.cache().import_position().unwrap()).unwrap();
    if with_new {
        for draft in ingest::read(NEW.as_bytes(), &InputHint { name: "new.txt", ..InputHint::default() }).unwrap() {
            store.cache().save("new.txt", &draft, &extract(&draft)).unwrap();
        }
    }
    store
}

fn open_new(store: Store, remembered: SessionState) -> Screen {
    open_as(store, ReaderSettings { new_first: true, ..ReaderSettings::default() }, remembered, (120, 16))
}

fn rows(screen: &Screen) -> usize {
    screen.app.list.window.total
}

#[test]
fn a_session_begins_with_what_is_new_and_esc_or_q_leads_to_all() {
    let mut screen = open_new(seen_cache(true), SessionState::default());
    assert_eq!((rows(&screen), screen.app.list.filter.text()), (1, "is:new"));
    insta::assert_snapshot!("what_came_since_last_time", screen.picture());
    screen.press("Esc");
    assert_eq!((rows(&screen), screen.app.list.filter.text(), screen.app.list.selected), (3, "", 1), "the same report");
    assert!(screen.text().contains("»  05-01-2024"), "still marked as new: {}", screen.text());
    let mut screen = open_new(seen_cache(true), SessionState::default());
    screen.press("q");
    assert_eq!((rows(&screen), screen.ended), (3, false));
    screen.press("q");
    assert!(screen.ended);
}

#[test]
fn a_filter_typed_at_the_list_of_new_reports_is_one_of_all_reports() {
    let mut screen = open_new(seen_cache(true), SessionState::default());
    screen.press("/").type_text("unit:sư-đoàn");
    assert_eq!((rows(&screen), screen.app.list.filter.text()), (2, "unit:sư-đoàn"), "{}", screen.text());
    screen.press("Esc");
    assert_eq!((rows(&screen), screen.app.list.filter.text()), (1, "is:new"));
    screen.press("/").type_text("unit:sư-đoàn").press("Enter");
    assert_eq!(rows(&screen), 2);
}

#[test]
fn without_news_or_where_it_is_switched_off_a_session_begins_as_before() {
    let last = SessionState { filter: "unit:\"sư đoàn\"".to_owned(), ..SessionState::default() };
    let screen = open_new(seen_cache(false), last.clone());
    assert_eq!((rows(&screen), screen.app.list.filter.text()), (1, last.filter.as_str()));
    let screen = open_as(seen_cache(true), ReaderSettings::default(), last.clone(), (120, 16));
    assert_eq!((rows(&screen), screen.app.list.filter.text()), (2, last.filter.as_str()));
    let screen = open_new(cache(&OLD), SessionState::default());
    assert_eq!(rows(&screen), 2, "nothing is new to who has never used the reader");
}

#[test]
fn the_last_session_is_kept_by_who_quits_right_away_and_what_was_seen_is_new_no_more() {
    let last = SessionState {
        filter: "unit:\"sư đoàn\"".to_owned(),
        sort: baocao::store::Sort::Title,
        selected: Some("ab".to_owned()),
        page: Some(baocao::tui::settings::SavedPage::Unit("Sư đoàn Giả định".to_owned())),
        ..SessionState::default()
    };
    let mut screen = open_new(seen_cache(true), last.clone());
    screen.press("Q");
    let kept = screen.remembered.clone().unwrap();
    assert_eq!((kept.filter, kept.sort, kept.selected, kept.page), (last.filter, last.sort, last.selected, last.page));
    // The same cache goes on: nothing of it is new any more.
    screen.press("Esc / i s : n e w Enter");
    assert_eq!(rows(&screen), 0);
}
