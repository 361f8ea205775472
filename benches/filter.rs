//! The cost of a keystroke: the first window of a filter over 20,000 reports, the full count that follows it, and a
//! query of the finder among 10,000 officials.
//!
//! Environment: `BAOCAO_BENCH_REPORTS` and `BAOCAO_BENCH_OFFICIALS` set other sizes; `BAOCAO_BENCH_CACHE` is the folder
//! of an existing cache to use instead; `BAOCAO_BENCH_NAMES` is a file to write the officials' names to, as input for
//! other fuzzy finders.

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
use baocao::search::filter::parse;
use baocao::search::finder::Finder;
use baocao::store::{Sort, Store, WindowBounds};
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use support::people::people;

const ROWS: usize = 60;
const RUNS: usize = 20;

/// Filters as typed, key by key and whole: words, tones, phrases, keystrokes, fields, and mixtures.
const FILTERS: &[&str] = &[
    "",
    "h",
    "hu",
    "hun",
    "hung",
    "hưng",
    "đ",
    "1",
    "20",
    "n",
    "ngu",
    "tong ket quan khu 21 ",
    "\"tổng kết công tác\" ",
    "\"quan khu 2",
    "\"quân khu 2",
    "\"tong h",
    "\"dinh q",
    "\"le van t",
    "\"cong t",
    "quoocs hungf ",
    "hung OR hưng ",
    "bang OR khải ",
    "-hung unit:\"quan khu\" ",
    "unit:qk21 ",
    "person:hùng ",
    "post:\"chính ủy\" ",
    "post:tu-lenh ",
    "rank:>=thieu-tuong year:2015 ",
    "kind:tong-ket hùng ",
    "is:unread ",
];

/// Queries of the finder: key by key, three words, tones, initials, keystrokes, a typo; with a rank, a post, a unit.
const NAMES: &[&str] = &[
    "",
    "h",
    "hu",
    "hun",
    "hung",
    "hưng",
    "n",
    "dinh quoc hung",
    "nguyen van h",
    "nguyen van hung",
    "hung nguyen",
    "nvh",
    "dqh",
    "nguyenvanhung",
    "ddinh quoocs hungf",
    "dinh quoc hugn",
    "thieu tuong hung",
    "hung chinh uy",
    "tu lenh sd 320",
];

/// Opens the given cache, or imports generated reports into a new one in `folder`.
fn store(folder: &Path) -> Store {
    if let Some(cache) = std::env::var_os("BAOCAO_BENCH_CACHE") {
        return Store::open(Path::new(&cache)).expect("the cache");
    }
    let (texts, cache) = (folder.join("reports"), folder.join("cache"));
    support::write_reports(&texts, support::wanted(20_000));
    let store = Store::open(&cache).expect("a cache");
    let found = find(&[texts]);
    let began = Instant::now();
    let totals =
        import(&store, &found, &ImportOptions::default(), &AtomicBool::new(false), &mut |_| ()).expect("an import");
    println!("{} reports imported in {:.1} s", totals.new, began.elapsed().as_secs_f64());
    drop(store);
    Store::open(&cache).expect("the cache")
}

fn filters() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path());
    println!("{} reports; {ROWS} rows; milliseconds", store.cache().counts().expect("counts").reports);
    println!("{:32} {:>9} {:>9} {:>9} {:>9}", "filter", "rows p50", "rows p99", "count", "answers");
    let never = AtomicBool::new(false);
    // The index keeps the last result, so a different filter is counted between the measurements.
    let other = parse("is:starred ").0;
    let forget = || store.index().count(&other, Sort::Date, &never).expect("a count");
    let mut all = Vec::new();
    for typed in FILTERS {
        let filter = parse(typed).0;
        let rows = || {
            let mut found =
                store.index().find_first(&filter, Sort::Date, WindowBounds::first(ROWS), &never).expect("rows");
            store.index().add_snippets(&mut found.rows, &filter, &never).expect("snippets");
            black_box(found);
        };
        forget();
        let times = support::milliseconds(RUNS, rows);
        let began = Instant::now();
        let answers = store.index().count(&filter, Sort::Date, &never).expect("a count");
        let counted = began.elapsed().as_secs_f64() * 1e3;
        let (half, most) = (support::percentile(&times, 50), support::percentile(&times, 99));
        println!("{typed:32} {half:9.2} {most:9.2} {counted:9.1} {answers:9}");
        all.extend(times);
    }
    all.sort_by(f64::total_cmp);
    let (half, most) = (support::percentile(&all, 50), support::percentile(&all, 99));
    println!("{:32} {half:9.2} {most:9.2}", "all of these");
    println!("{}", support::memory_words("self"));
}

fn officials() {
    let all = support::wanted_as("BAOCAO_BENCH_OFFICIALS", 10_000);
    if let Some(file) = std::env::var_os("BAOCAO_BENCH_NAMES") {
        let names: String = people(all).map(|one| one.name + "\n").collect();
        std::fs::write(file, names).expect("the names");
    }
    let began = Instant::now();
    let people: Vec<_> = people(all).collect();
    let finder = Finder::new(&people);
    println!("{all} officials made ready in {:.0} ms", began.elapsed().as_secs_f64() * 1e3);
    println!("{:32} {:>9} {:>9} {:>9}", "officials", "p50", "p99", "answers");
    for typed in NAMES {
        let answers = finder.find(typed, 100).total;
        let times = support::milliseconds(RUNS, || drop(black_box(finder.find(typed, 100))));
        let (half, most) = (support::percentile(&times, 50), support::percentile(&times, 99));
        println!("{typed:32} {half:9.2} {most:9.2} {answers:9}");
    }
    println!("{}", support::memory_words("self"));
}

fn main() {
    let only = std::env::args().find(|arg| arg == "officials");
    if only.is_none() {
        filters();
    }
    officials();
}
