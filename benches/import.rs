//! Speed of the import: reports per second into a new cache, and when all of them are known; the time to add one report
//! to a full cache; and the time of a rebuild compared with that of the import. `BAOCAO_BENCH_REPORTS` sets another
//! number of reports.

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
use baocao::store::Store;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Imports a file or folder as the program does, from opening the cache to closing it. Returns the number of new
/// reports and the seconds it took.
fn import_folder(cache: &Path, reports: &Path) -> (usize, f64) {
    let began = Instant::now();
    let store = Store::open(cache).expect("a cache");
    let found = find(&[reports.to_owned()]);
    let stop = AtomicBool::new(false);
    let totals = import(&store, &found, &ImportOptions::default(), &stop, &mut |_| ()).expect("an import");
    assert_eq!(totals.failed, 0);
    drop(store);
    (totals.new, began.elapsed().as_secs_f64())
}

fn main() {
    let count = support::wanted(20_000);
    let folder = tempfile::tempdir().expect("a folder");
    let (reports, cache) = (folder.path().join("reports"), folder.path().join("cache"));
    support::write_reports(&reports, count);
    let (new, seconds) = import_folder(&cache, &reports);
    assert_eq!(new, count);
    println!("import, new: {count} reports in {seconds:.2} s, {:.0} a second", count as f64 / seconds);
    let (new, known) = import_folder(&cache, &reports);
    assert_eq!(new, 0);
    println!("import, known: {known:.2} s, {:.0} a second", count as f64 / known);

    let one = folder.path().join("one.txt");
    let mut number = count;
    let times = support::milliseconds(30, || {
        number += 1;
        std::fs::write(&one, support::report(number)).expect("a report");
        assert_eq!(import_folder(&cache, &one).0, 1);
    });
    let (half, most) = (support::percentile(&times, 50), support::percentile(&times, 99));
    println!("one report more, cache opened, official pages renewed, cache closed: p50 {half:.1} ms, p99 {most:.1} ms");

    let store = Store::open(&cache).expect("the cache");
    let began = Instant::now();
    store.cache().rebuild().expect("a rebuild");
    let rebuilt = began.elapsed().as_secs_f64();
    println!("rebuild: {rebuilt:.2} s, {:.0} % of the import", 100.0 * rebuilt / seconds);
    println!("cache: {:.1} MiB; {}", store.cache().bytes() as f64 / f64::from(1 << 20), support::memory_words("self"));
}
