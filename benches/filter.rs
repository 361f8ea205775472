//! What a keystroke costs: the first window of a filter over 20,000 reports, the whole count behind it, and finding
//! officials among 10,000. `BAOCAO_BENCH_REPORTS` takes another number of reports.

#[path = "support/mod.rs"]
mod support;

use baocao::import::{Options, find, import};
use baocao::search::filter::parse;
use baocao::search::fuzzy::{Candidate, Finder};
use baocao::store::{Sort, Store};
use criterion::{Criterion, criterion_group, criterion_main};
use std::sync::atomic::AtomicBool;

const ROWS: usize = 60;

/// As typed, key by key and whole: words, tones, phrases, keystrokes, fields.
const FILTERS: &[&str] = &[
    "h",
    "hu",
    "hun",
    "hung",
    "hưng",
    "tong ket quan khu 21 ",
    "\"tổng kết công tác\" ",
    "\"quan khu 2",
    "quoocs hungf ",
    "-hung unit:\"quan khu\" ",
    "person:hùng ",
    "rank:>=thieu-tuong year:2015 ",
];

const NAMES: &[&str] =
    &["h", "hung", "hưng", "nguyen van h", "hung nguyen", "nvh", "ddinh quoocs hungf", "dinh quoc hugn"];

fn filters(criterion: &mut Criterion) {
    let reports = std::env::var("BAOCAO_BENCH_REPORTS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir().expect("a folder");
    let (texts, cache) = (folder.path().join("reports"), folder.path().join("cache"));
    support::write_reports(&texts, reports);
    let mut store = Store::open(&cache).expect("a cache");
    let (found, _) = find(&[texts]);
    import(&mut store, &found, &Options::default(), &AtomicBool::new(false), &mut |_| ()).expect("an import");
    let never = AtomicBool::new(false);
    for typed in FILTERS {
        let filter = parse(typed).0;
        // Another filter in between, so that no answer is kept from the last time.
        let other = parse("is:starred ").0;
        criterion.bench_function(&format!("filter/first {ROWS}/{typed}"), |bencher| {
            bencher.iter(|| store.find_first(&filter, Sort::Date, 0, ROWS, &never).expect("rows"));
        });
        criterion.bench_function(&format!("filter/count/{typed}"), |bencher| {
            bencher.iter(|| {
                store.count(&other, Sort::Date, &never).expect("a count");
                store.count(&filter, Sort::Date, &never).expect("a count")
            });
        });
    }
}

fn officials(criterion: &mut Criterion) {
    let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đinh", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"];
    let middles = ["Văn", "Thế", "Quốc", "Đình", "Hữu", "Trọng", "Xuân", "Thị", "Khắc", "Viết", "Mạnh", "Đức"];
    let given = ["Hùng", "Hưng", "Thắng", "Tuấn", "Toàn", "Đạt", "Vượng", "Hòa", "Thủy", "Sơn", "Hiến", "Hiền"];
    let one = |list: &[&'static str], n: usize| list.get(n % list.len()).copied().unwrap_or_default();
    let people: Vec<Candidate> = (0..10_000)
        .map(|n| Candidate {
            name: format!(
                "{} {} {} {}",
                one(&families, n),
                one(&middles, n / 12),
                one(&middles, n / 1728),
                one(&given, n / 144)
            ),
            rank: Some(one(&["Đại tá", "Thiếu tướng", "Trung tướng"], n).to_owned()),
            posts: vec![format!("{} Quân khu {}", one(&["Chính ủy", "Tư lệnh", "Phó Tư lệnh"], n), n % 9)],
            reports: n % 40,
            last: None,
        })
        .collect();
    let finder = Finder::new(&people);
    for typed in NAMES {
        criterion.bench_function(&format!("officials/{typed}"), |bencher| bencher.iter(|| finder.find(typed, 100)));
    }
}

criterion_group!(all, filters, officials);
criterion_main!(all);
