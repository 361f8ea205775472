//! Counting the reports of the list: the pages in the reader, and `list --count-by`. The reports are invented.

use crate::pages::sized;
use crate::screen::{cache, open_as};
use baocao::search::counts::CountField;
use baocao::search::filter::parse;
use baocao::store::Sort;
use baocao::tui::app::Screen as Place;
use baocao::tui::settings::{ReaderSettings, SessionState};
use insta::assert_snapshot;
use std::sync::atomic::AtomicBool;

/// Every line of every page of counts is a filter that gives as many reports as the line says, where no report names
/// two officials of one name.
#[test]
fn each_count_is_that_of_its_filter() {
    let store = cache(&crate::pages::ALL);
    for (field, ..) in CountField::ALL {
        for typed in ["", "2023", "quân khu OR sư đoàn"] {
            let never = AtomicBool::new(false);
            let (filter, problems) = parse(typed);
            assert!(problems.is_empty(), "{typed}");
            let counts = store.index().counts(&filter, field, &never).unwrap();
            assert_eq!(counts.total, store.index().count(&filter, Sort::default(), &never).unwrap());
            assert!(counts.total == 0 || !counts.values.is_empty(), "{field:?} {typed}");
            for count in &counts.values {
                let condition = field.filter(count.value.as_deref());
                if condition.is_empty() {
                    continue;
                }
                let (narrowed, problems) = parse(&format!("({typed}) {condition}").replace("() ", ""));
                assert!(problems.is_empty(), "{condition}: {problems:?}");
                let found = store.index().count(&narrowed, Sort::default(), &never).unwrap();
                assert_eq!(found, count.reports, "{field:?}: {typed} {condition}");
            }
        }
    }
}

#[test]
fn one_unit_is_counted_once_however_it_is_spelt() {
    let of =
        |n: usize, unit: &str| format!("{unit} họp ngày {n}\n\nNgày {n}-3-2024, {unit} tổ chức hội nghị sơ kết.\n");
    let texts = [
        of(1, "Bộ Quốc phòng"),
        of(2, "Bộ Quốc Phòng"),
        of(3, "Bộ Quốc phòng"),
        of(4, "Tỉnh ủy Thanh Hóa"),
        of(5, "Tỉnh uỷ Thanh Hoá"),
    ];
    let store = cache(&texts.each_ref().map(String::as_str));
    let never = AtomicBool::new(false);
    let counts = store.index().counts(&parse("").0, CountField::Unit, &never).unwrap();
    let told: Vec<_> = counts.values.iter().map(|count| (count.value.as_deref().unwrap(), count.reports)).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], ("Bộ Quốc phòng", 3));
    assert_eq!(told[1].1, 2);
    for count in &counts.values {
        let (filter, _) = parse(&CountField::Unit.filter(count.value.as_deref()));
        assert_eq!(store.index().count(&filter, Sort::default(), &never).unwrap(), count.reports, "{count:?}");
    }
}

#[test]
fn a_longer_name_is_counted_for_itself_and_what_has_none_is_a_filter_too() {
    let of = |n: usize, head: &str| format!("{head}\n\nNgày {n}-3-2024, {head}.\n");
    let texts = [
        of(1, "Quân khu 15 tổ chức hội nghị sơ kết, Thiếu tướng Lã Khắc Hùng chủ trì"),
        of(2, "Bộ Tư lệnh Quân khu 15 tổ chức hội nghị sơ kết, Trung tướng Lã Khắc Hùng Anh chủ trì"),
        of(3, "Chuyện kể bên bếp lửa"),
    ];
    let store = cache(&texts.each_ref().map(String::as_str));
    let ids = store.index().find_ids(&parse("").0, Sort::Date, baocao::store::WindowBounds::all()).unwrap();
    store.marks().set_tag(&ids[0], "theo dõi", true).unwrap();
    store.marks().set_tag(&ids[1], "theo dõi thêm", true).unwrap();
    let never = AtomicBool::new(false);
    for field in [CountField::Unit, CountField::Rank, CountField::Official, CountField::Tag] {
        let counts = store.index().counts(&parse("").0, field, &never).unwrap();
        let values = if field == CountField::Unit { 2 } else { 3 };
        assert_eq!(counts.values.len(), values, "{field:?}: {counts:?}");
        for count in &counts.values {
            let (filter, problems) = parse(&field.filter(count.value.as_deref()));
            assert!(problems.is_empty() && !filter.is_everything(), "{count:?} {problems:?}");
            let found = store.index().count(&filter, Sort::default(), &never).unwrap();
            assert_eq!(found, count.reports, "{field:?} {count:?}");
        }
    }
}

#[test]
fn counts_of_more_and_of_fewer_digits_stand_in_one_column() {
    let of = |n: usize, unit: &str| format!("{unit} họp {n}\n\nNgày {n}-3-2024, {unit} tổ chức hội nghị sơ kết.\n");
    let texts: Vec<String> = (1..13).map(|n| of(n, "Quân khu 15")).chain([of(20, "Quân khu 16")]).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (100, 20));
    screen.press("# u");
    let text = screen.text();
    let bars: Vec<usize> = text.lines().filter_map(|line| line.find('█')).collect();
    assert!(bars.len() >= 2 && bars.iter().all(|at| *at == bars[0]), "{text}");
}

#[test]
fn reports_without_a_value_do_not_shorten_the_bars_of_the_others() {
    let dated = |n: usize, year: usize| format!("Hội nghị {n}\n\nNgày {n}-3-{year}, Quân khu 15 tổ chức hội nghị.\n");
    let bare = |n: usize| format!("Ghi chép số {n}\n\nĐơn vị số {n} trồng rau, nuôi cá, sửa đường.\n");
    let of = |count: usize, year| (1..=count).map(move |n| dated(n, year));
    let texts: Vec<String> = of(8, 2023).chain(of(4, 2024)).chain((1..40).map(bare)).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (100, 20));
    screen.press("# y");
    let text = screen.text();
    let cells = |what: &str| {
        let line = text.lines().rfind(|line| line.contains(what)).unwrap_or_else(|| panic!("{what}: {text}"));
        line.matches('█').count()
    };
    assert_eq!(cells(" 2023 "), 2 * cells(" 2024 "), "{text}");
    assert_eq!(cells(" không rõ ngày "), 0, "{text}");
}

#[test]
fn the_list_is_counted_and_a_line_filters_it() {
    let mut screen = sized(100, 20);
    screen.press("# r");
    assert_snapshot!(screen.picture());
    let line = screen.text().lines().find(|line| line.contains("Thiếu tướng")).unwrap().to_owned();
    screen.press("Enter");
    assert!(screen.app.stack.is_empty());
    assert!(screen.app.list.filter.text().starts_with("rank:=\""), "{}", screen.app.list.filter.text());
    screen.press("Ctrl-o");
    assert!(screen.text().contains(&line), "a jump back leads to the counts: {}", screen.text());
    // Another field of the same filter, and a filter with alternatives.
    screen.press("q Esc /").type_text("quân khu OR sư đoàn").press("Enter # y # u Enter");
    assert!(
        screen.app.list.filter.text().starts_with("(quân khu OR sư đoàn) unit:=\""),
        "{}",
        screen.app.list.filter.text()
    );
    assert!(screen.app.list.filter.problems().is_empty());
}

#[test]
fn the_counts_of_nothing_say_so() {
    let mut screen = open_as(cache(&[]), ReaderSettings::default(), SessionState::default(), (80, 12));
    screen.press("# y");
    assert!(!matches!(screen.app.stack.last(), Some(Place::QuotePage(page)) if page.content.is_some()));
    screen.press("Enter q q");
}
