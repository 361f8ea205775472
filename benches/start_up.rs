//! From nothing to the first screen's rows: opening a cache of 20,000 reports and asking for the newest 60; one report
//! whole; the counts.

#[path = "support/mod.rs"]
mod support;

use baocao::import::{Options, find, import};
use baocao::search::filter::Filter;
use baocao::store::{Sort, Store};
use criterion::{Criterion, criterion_group, criterion_main};
use std::sync::atomic::AtomicBool;

const REPORTS: usize = 20_000;
const ROWS: usize = 60;

fn benches(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let (reports, cache) = (folder.path().join("reports"), folder.path().join("cache"));
    support::write_reports(&reports, REPORTS);
    let mut store = Store::open(&cache).expect("a cache");
    let (found, _) = find(&[reports]);
    import(&mut store, &found, &Options::default(), &AtomicBool::new(false), &mut |_| ()).expect("an import");
    drop(store);
    let newest = |store: &Store| store.find(&Filter::default(), Sort::Date, 0, ROWS).expect("rows").rows;
    criterion.bench_function("start_up/open and newest 60", |bencher| {
        bencher.iter(|| assert_eq!(newest(&Store::open(&cache).expect("the cache")).len(), ROWS));
    });
    let store = Store::open(&cache).expect("the cache");
    let id = newest(&store).pop().expect("a row").id;
    criterion.bench_function("start_up/load one", |bencher| bencher.iter(|| store.load(&id).expect("a report")));
    criterion.bench_function("start_up/counts", |bencher| bencher.iter(|| store.counts().expect("counts")));
}

criterion_group!(all, benches);
criterion_main!(all);
