//! Where sources stand, over a store in memory: nothing is listed twice, nothing that a list named is lost.

use super::lists::{NamedList, SavedList};
use super::pages::{NewPage, PageOutcome, PageStanding};
use super::{SourceState, StoppedHost};
use crate::store::Store;

fn page(address: &'static str, moment: Option<i64>, changed: Option<&'static str>) -> NewPage<'static> {
    NewPage { address, title: None, moment, changed, own_text: None }
}

fn list(pages: Vec<NewPage<'static>>) -> SavedList<'static> {
    SavedList { source: "bao", address: "list", now: 5, pages, ..SavedList::default() }
}

#[test]
fn a_page_waits_once_and_again_when_it_changes() {
    let store = Store::in_memory().unwrap();
    let state = store.fetch_state().unwrap();
    state.begin_lists("bao", "list").unwrap();
    let pages = vec![page("a", Some(1), Some("1")), page("b", Some(2), None), page("c", None, None)];
    assert_eq!(state.save_list(&list(pages.clone())).unwrap(), 3);
    assert_eq!(state.next_list("bao").unwrap(), None);
    let order: Vec<String> = (0..3).map(|n| state.next_page("bao", 0, n).unwrap().unwrap().address).collect();
    assert_eq!(order, ["b", "a", "c"], "newest first, undated last");
    let done = PageOutcome::Fetched { etag: Some("e".into()), modified: None, report: Some("r".into()) };
    state.end_page("a", &done).unwrap();
    state.end_page("b", &PageOutcome::GivenUp { why: "none".into() }).unwrap();
    assert_eq!(state.save_list(&list(pages)).unwrap(), 0, "the same list again");
    assert_eq!(state.waiting("bao").unwrap(), 1);
    assert_eq!(state.save_list(&list(vec![page("a", Some(1), Some("2"))])).unwrap(), 1, "another version");
    let again = state.next_page("bao", 0, 0).unwrap().unwrap();
    assert_eq!((again.address.as_str(), again.etag.as_deref(), again.report.as_deref()), ("a", Some("e"), Some("r")));
    state.end_page("a", &PageOutcome::Later { not_before: 100, why: "503".into(), is_try: true }).unwrap();
    assert_eq!(state.next_page("bao", 99, 0).unwrap().unwrap().address, "c");
    assert_eq!(state.next_page("bao", 100, 0).unwrap().unwrap().address, "c", "what was put off comes last");
    assert_eq!(state.next_page("bao", 100, 1).unwrap().unwrap().tries, 1);
    let standing = |source: &str, address, now| state.standing(source, &page(address, None, None), now).unwrap();
    assert_eq!(standing("bao", "a", 99), PageStanding::PutOff { not_before: 100, why: "503".into() });
    assert_eq!(standing("bao", "a", 100), PageStanding::ToFetch);
    assert_eq!(standing("bao", "b", 99), PageStanding::GivenUp { why: "none".into() });
    assert_eq!(standing("khac", "c", 99), PageStanding::OfSource("bao".into()));
    assert_eq!(standing("bao", "d", 99), PageStanding::ToFetch);
    assert_eq!(state.waiting_pages("bao").unwrap().len(), 2);
}

#[test]
fn a_page_of_several_lists_is_fetched_once_until_one_says_that_it_changed() {
    let store = Store::in_memory().unwrap();
    let state = store.fetch_state().unwrap();
    let says = |source: &'static str, changed: Option<&'static str>| {
        let list = SavedList { source, ..list(vec![page("a", Some(1), changed)]) };
        state.save_list(&list).unwrap()
    };
    let fetched = || {
        let done = PageOutcome::Fetched { etag: None, modified: None, report: Some("r".into()) };
        state.end_page("a", &done).unwrap();
    };
    let (first, later) = (Some("2026-06-30T03:00:00Z"), Some("2026-07-01T03:00:00Z"));
    assert_eq!(says("feed", None), 1);
    fetched();
    assert_eq!(says("sitemap", first), 0, "the first word of it");
    assert_eq!((says("sitemap", first), says("news", first), says("feed", None)), (0, 0, 0));
    assert_eq!(says("news", later), 1, "changed, whoever says so");
    fetched();
    assert_eq!((says("sitemap", first), says("sitemap", later), says("news", later)), (0, 0, 0), "not before that");
    let named = page("a", Some(1), Some("2026-07-02T03:00:00Z"));
    let standing = |named| state.standing("feed", named, 9).unwrap();
    assert_eq!(standing(&named), PageStanding::ToFetch);
    assert_eq!(standing(&page("a", None, first)), PageStanding::Fetched);
}

#[test]
fn lists_of_an_index_are_read_when_it_says_so() {
    let store = Store::in_memory().unwrap();
    let state = store.fetch_state().unwrap();
    let named = |changed| NamedList { address: "month", changed, moment: Some(1) };
    let index = |changed| SavedList { lists: vec![named(changed)], ..list(Vec::new()) };
    state.save_list(&index(Some("1"))).unwrap();
    assert_eq!(state.next_list("bao").unwrap().unwrap().address, "month");
    state.save_list(&SavedList { address: "month", etag: Some("e"), ..list(Vec::new()) }).unwrap();
    state.save_list(&index(Some("1"))).unwrap();
    assert_eq!(state.next_list("bao").unwrap(), None, "it has not changed");
    state.save_list(&index(Some("2"))).unwrap();
    assert_eq!(state.next_list("bao").unwrap().unwrap().etag.as_deref(), Some("e"));
    state.end_list("bao", "month", true, 9).unwrap();
    state.save_list(&index(Some("2"))).unwrap();
    assert_eq!(state.next_list("bao").unwrap(), None);
    state.save_list(&index(None)).unwrap();
    assert!(state.next_list("bao").unwrap().is_some(), "the index tells nothing of it");
}

#[test]
fn what_is_known_survives_a_rebuild_and_the_removal_of_a_source() {
    let store = Store::in_memory().unwrap();
    let state = store.fetch_state().unwrap();
    let saved = SourceState { begun: Some(3), failures: 2, all_new: 7, ..SourceState::default() };
    state.save_source("bao", &saved).unwrap();
    state
        .save_list(&SavedList { etag: Some("e"), ..list(vec![page("a", None, None), page("b", None, None)]) })
        .unwrap();
    state.end_page("a", &PageOutcome::GivenUp { why: "none".into() }).unwrap();
    state.save_robots("https://bao.example.vn", "User-agent: *", 10).unwrap();
    state.stop_host(&StoppedHost { host: "bao.example.vn".into(), until: 50, why: "429".into() }).unwrap();
    store.cache().rebuild().unwrap();
    assert_eq!(state.source("bao").unwrap(), saved);
    assert_eq!(state.robots("https://bao.example.vn", 9).unwrap().as_deref(), Some("User-agent: *"));
    assert_eq!(state.robots("https://bao.example.vn", 10).unwrap(), None);
    assert_eq!((state.stopped_hosts(49).unwrap().len(), state.stopped_hosts(50).unwrap().len()), (1, 0));
    state.forget_source("bao").unwrap();
    assert_eq!((state.waiting("bao").unwrap(), state.source("bao").unwrap()), (0, SourceState::default()));
    let again = list(vec![page("a", None, None), page("b", None, None)]);
    assert_eq!(state.save_list(&again).unwrap(), 1, "a was dealt with");
}

#[test]
fn the_text_of_a_feed_is_kept_until_its_page_is_dealt_with() {
    let store = Store::in_memory().unwrap();
    let state = store.fetch_state().unwrap();
    let with_text = |address| NewPage { own_text: Some("<p>Lời</p>"), ..page(address, None, None) };
    state.save_list(&list(vec![with_text("a"), with_text("b"), page("c", None, None)])).unwrap();
    assert_eq!(state.own_text("a").unwrap().as_deref(), Some("<p>Lời</p>"));
    state.end_page("a", &PageOutcome::Later { not_before: 9, why: "503".into(), is_try: true }).unwrap();
    assert!(state.own_text("a").unwrap().is_some());
    state.end_page("a", &PageOutcome::GivenUp { why: "404".into() }).unwrap();
    assert_eq!((state.own_text("a").unwrap(), state.own_text("c").unwrap()), (None, None));
    state.save_list(&list(vec![with_text("a")])).unwrap();
    assert_eq!(state.own_text("a").unwrap(), None, "it was dealt with");
    state.forget_source("bao").unwrap();
    assert_eq!(state.own_text("b").unwrap(), None);
}
