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
fn the_list_is_counted_and_a_line_filters_it() {
    let mut screen = sized(100, 20);
    screen.press("# r");
    assert_snapshot!(screen.picture());
    let line = screen.text().lines().find(|line| line.contains("Thiếu tướng")).unwrap().to_owned();
    screen.press("Enter");
    assert!(screen.app.stack.is_empty());
    assert!(screen.app.list.filter.text().starts_with("rank:\""), "{}", screen.app.list.filter.text());
    screen.press("Ctrl-o");
    assert!(screen.text().contains(&line), "a jump back leads to the counts: {}", screen.text());
    // Another field of the same filter, and a filter with alternatives.
    screen.press("q Esc /").type_text("quân khu OR sư đoàn").press("Enter # y # u Enter");
    assert!(
        screen.app.list.filter.text().starts_with("(quân khu OR sư đoàn) unit:\""),
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
