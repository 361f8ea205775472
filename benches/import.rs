//! How many reports a second come from a folder into a new cache, and how many when all are known already.

#[path = "support/mod.rs"]
mod support;

use baocao::import::{Options, find, import};
use baocao::store::Store;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::sync::atomic::AtomicBool;

const REPORTS: usize = 2000;

fn bring_in(cache: &std::path::Path, reports: &std::path::Path) -> usize {
    let mut store = Store::open(cache).expect("a cache");
    let (found, _) = find(&[reports.to_owned()]);
    let stop = AtomicBool::new(false);
    let totals = import(&mut store, &found, &Options::default(), &stop, &mut |_| ()).expect("an import");
    assert_eq!((totals.new + totals.known, totals.failed), (REPORTS, 0));
    totals.new
}

fn benches(criterion: &mut Criterion) {
    let reports = tempfile::tempdir().expect("a folder");
    support::write_reports(reports.path(), REPORTS);
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10).throughput(Throughput::Elements(REPORTS as u64));
    group.bench_function("new", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("a folder"),
            |cache| {
                assert_eq!(bring_in(cache.path(), reports.path()), REPORTS);
                cache
            },
            criterion::BatchSize::PerIteration,
        );
    });
    let cache = tempfile::tempdir().expect("a folder");
    bring_in(cache.path(), reports.path());
    group.bench_function("known", |bencher| bencher.iter(|| assert_eq!(bring_in(cache.path(), reports.path()), 0)));
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
