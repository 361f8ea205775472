//! Officials of the sample reports: careers, namesakes and line-ups as a careful reader finds them.

use baocao::officials::lineup::{Change, compared, lineup};
use baocao::officials::timeline::{DRAWN, draw};
use baocao::officials::{Page, holders};
use baocao::store::Store;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// A cache in memory with all sample reports.
fn samples() -> Store {
    let mut store = Store::in_memory().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let (files, _) = baocao::import::find(&[folder]);
    let (options, stop) = (baocao::import::Options::default(), AtomicBool::new(false));
    baocao::import::import(&mut store, &files, &options, &stop, &mut |_| {}).unwrap();
    store.refresh_officials().unwrap();
    store
}

fn pages(store: &Store, name: &str) -> Vec<Page> {
    let all = store.officials().unwrap();
    let ids = all.iter().filter(|o| o.name == name).map(|o| o.id.clone());
    ids.map(|id| store.official_page(&id).unwrap().unwrap()).collect()
}

/// Name and timeline, as `official` prints them.
fn careers(store: &Store, names: &[&str]) -> String {
    let mut lines = Vec::new();
    for page in names.iter().flat_map(|name| pages(store, name)) {
        lines.push(format!("{}, {} reports", page.name, page.reports_count));
        lines.extend(draw(&page.timeline, 80, DRAWN));
        lines.push(String::new());
    }
    lines.join("\n")
}

#[test]
fn careers_of_the_samples() {
    let store = samples();
    insta::assert_snapshot!(careers(
        &store,
        &[
            "Đỗ Quang Khải",
            "Trịnh Công Lập",
            "Hồ Sĩ Nhã",
            "Vương Bá Nhẫn",
            "Lý Tất Đạt",
            "Kiều Văn Thạnh",
            "Cao Đắc Lộ",
            "Ngô Xuân Thủy",
            "Trần Văn Lượng",
            "Hoàng Minh Thuần",
            "Hoàng Minh Thuận",
            "Khổng Duy Tường",
            "Đinh Hải Triều",
            "Lã Khắc Duệ",
        ]
    ));
}

#[test]
fn namesakes_are_two_and_point_at_each_other() {
    let store = samples();
    let both = pages(&store, "Trần Văn Lượng");
    assert_eq!(both.len(), 2);
    for (own, other) in [(0, 1), (1, 0)] {
        assert_eq!(both[own].namesakes.len(), 1);
        assert_eq!(both[own].namesakes[0].id, both[other].id);
        assert!(!both[own].namesakes[0].why.is_empty());
    }
}

#[test]
fn one_tone_placement_more_is_the_same_man_and_one_tone_more_is_not() {
    let store = samples();
    assert_eq!(pages(&store, "Ngô Xuân Thủy").len() + pages(&store, "Ngô Xuân Thuỷ").len(), 1);
    assert_eq!((pages(&store, "Hoàng Minh Thuần").len(), pages(&store, "Hoàng Minh Thuận").len()), (1, 1));
}

#[test]
fn every_row_of_every_page_stands_in_a_report() {
    let store = samples();
    for official in store.officials().unwrap() {
        let page = store.official_page(&official.id).unwrap().unwrap();
        let places = page.timeline.iter().map(|r| &r.place).chain(page.timeline.iter().map(|r| &r.to.place));
        let places = places.chain(page.rank.iter().chain(&page.posts).map(|n| &n.place));
        let places = places.chain(page.reports.iter().map(|r| &r.place)).chain(page.together.iter().map(|r| &r.place));
        for place in places.chain(page.namesakes.iter().map(|n| &n.place)) {
            let sentence = store.sentence(place).unwrap();
            assert!(sentence.is_some_and(|words| !words.is_empty()), "{}: {place:?}", page.name);
        }
    }
}

#[test]
fn the_commissars_of_a_region_in_order() {
    let store = samples();
    let found = holders::posts("Chính ủy Quân khu 10", &store.holdings("Chính ủy Quân khu 10").unwrap());
    let names: Vec<&str> = found[0].holders.iter().map(|h| h.name.as_str()).collect();
    assert_eq!(names, ["Lý Tất Đạt", "Đỗ Quang Khải", "Hồ Sĩ Nhã"]);
}

#[test]
fn two_years_of_one_conference() {
    let store = samples();
    let year = |year: i16| {
        let all = store.reports_of_unit("Quân khu 10").unwrap();
        let id = all.into_iter().find(|r| r.day.year() == year && r.kind == "tổng kết").unwrap().id;
        store.load(&id).unwrap().unwrap()
    };
    let (older, newer) = (year(2022), year(2023));
    assert_eq!(store.previous_of_kind(&newer.id).unwrap().as_deref(), Some(older.id.as_str()));
    let people = |r: &baocao::report::Report| lineup(&r.id, &r.found, &store.officials_of(&r.id).unwrap());
    let rows = compared(&people(&older), &people(&newer));
    assert!(rows.iter().any(|row| row.change == Change::Stays));
    let found = baocao::officials::compare::compare(&older, &newer);
    assert!(found.shared() >= 50 && found.paragraphs.iter().any(|p| p.recurs) && !found.figures.is_empty());
}
