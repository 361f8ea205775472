//! Time to the first screen: runs the program in a pseudo-terminal over 20,000 reports and measures until the newest
//! rows are on screen, then the time of each key of a filter until the screen stops changing, and the peak memory. For
//! comparison, it measures the cache alone: opening it with the newest 60 rows, one whole report, and the counts.
//! `BAOCAO_BENCH_REPORTS` sets another number of reports.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench says what it measured"
)]

#[path = "support/mod.rs"]
mod support;

use baocao::import::{ImportOptions, find, import};
use baocao::search::filter::Filter;
use baocao::store::{Sort, Store, WindowBounds};
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use support::session::Session;

const ROWS: usize = 60;
/// Typed one by one into the filter, which `/` opens.
const KEYS: &str = "hung";

fn line(what: &str, times: &[f64]) {
    let (half, most) = (support::percentile(times, 50), support::percentile(times, 99));
    println!("{what:32} p50 {half:7.2} ms, p99 {most:7.2} ms");
}

fn store_alone(cache: &Path) {
    let newest = |store: &Store| {
        store.index().find(&Filter::default(), Sort::Date, WindowBounds::first(ROWS)).expect("rows").rows
    };
    let open = || Store::open(cache).expect("the cache");
    line("open and newest 60", &support::milliseconds(50, || assert_eq!(newest(&open()).len(), ROWS)));
    let store = open();
    let id = newest(&store).pop().expect("a row").id;
    line(
        "one report whole",
        &support::milliseconds(50, || drop(black_box(store.cache().load(&id).expect("a report")))),
    );
    let counts = || {
        black_box(store.cache().counts().expect("counts"));
    };
    line("counts", &support::milliseconds(50, counts));
}

/// Runs one session. Returns the milliseconds to the first rows, those to the screen after each key, and the memory
/// used.
fn session(cache: &Path, home: &Path) -> (f64, Vec<f64>, String) {
    let mut session = Session::start(cache, home, "tổng kết");
    session.press("/");
    let times = KEYS.chars().map(|key| session.press(&key.to_string())).collect();
    (session.first_rows, times, session.memory())
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (reports, cache) = (folder.path().join("reports"), folder.path().join("cache"));
    let count = support::wanted(20_000);
    support::write_reports(&reports, count);
    let store = Store::open(&cache).expect("a cache");
    let found = find(&[reports]);
    import(&store, &found, &ImportOptions::default(), &AtomicBool::new(false), &mut |_| ()).expect("an import");
    drop(store);
    println!("{count} reports");
    store_alone(&cache);
    let sessions: Vec<_> = (0..10).map(|_| session(&cache, folder.path())).collect();
    let sorted = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times
    };
    line("start to first rows on screen", &sorted(sessions.iter().map(|s| s.0).collect()));
    for (n, key) in KEYS.char_indices() {
        let times = sorted(sessions.iter().filter_map(|s| s.1.get(n).copied()).collect());
        line(&format!("key {key} to a screen that stands"), &times);
    }
    println!("{}", sessions.last().map(|s| s.2.as_str()).unwrap_or_default());
}
