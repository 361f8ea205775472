//! Officials at the size of a national archive: 100,000 reports that name 10,000 officials, the most frequent one in
//! 2,000 of them. Measures the page of that official, the identification among its 2,000 observations, and the import
//! of one report (which identifies again only the names in it). `BAOCAO_BENCH_REPORTS` sets a smaller number of
//! reports.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench says what it built, and stops if it cannot"
)]

use baocao::extract::lexicon;
use baocao::officials::identify;
use baocao::report::{
    Dated, Day, Draft, Evidence, Extraction, Mention, Person, PostState, ReportFacts, ReportKind, Span, StatedPost,
    StatedRank,
};
use baocao::store::{PreparedReport, Store};
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Instant;

const OFFICIALS: usize = 10_000;
const FREQUENT: usize = 2_000;
const PEOPLE: usize = 10;

/// A linear congruential generator: pseudo-random numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn name(number: usize) -> String {
    const SURNAMES: [&str; 10] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"];
    const MIDDLE: [&str; 10] = ["Văn", "Hữu", "Đức", "Quang", "Minh", "Xuân", "Công", "Thế", "Mạnh", "Ngọc"];
    const GIVEN: [&str; 10] = ["An", "Bình", "Cường", "Dũng", "Hải", "Hùng", "Khoa", "Long", "Sơn", "Thắng"];
    let pick = |from: &[&'static str; 10], place: u32| from[number / 10_usize.pow(place) % 10];
    format!("{} {} {} {}", pick(&SURNAMES, 0), pick(&MIDDLE, 1), pick(&GIVEN, 2), pick(&GIVEN, 3))
}

/// Makes a report with the extraction that names these officials, each with a rank and a post in a unit of their own.
fn report(number: usize, people: &[usize]) -> PreparedReport {
    const RANKS: [&str; 4] = ["Đại tá", "Thiếu tướng", "Trung tướng", "Thượng tướng"];
    let day = Day::new(2015 + (number % 10) as i16, 1 + (number / 10 % 12) as u8, 1 + (number / 120 % 28) as u8);
    let mut text = format!("Hội nghị số {number} của Quân khu {}.\n", number % 40);
    let mut found = Extraction {
        facts: ReportFacts {
            kind: ReportKind::YearReview,
            unit: Some(format!("Quân khu {}", number % 40)),
            day: day.map(Dated::stated),
            ..ReportFacts::default()
        },
        ..Extraction::default()
    };
    for official in people {
        // Officials rise in rank over the years.
        let rank = RANKS[(number % 10) * 4 / 10];
        let mut piece = |words: &str| {
            let start = text.len();
            text.push_str(words);
            let span = Span::new(start, text.len());
            text.push(' ');
            span
        };
        let (rank_at, name_at) = (piece(rank), piece(&name(*official)));
        let post = format!("Phó Tư lệnh Quân khu {}", official % 40);
        let span = piece(&post);
        found.people.push(Person {
            name: name(*official),
            rank: lexicon::rank(rank).map(|rank| StatedRank { rank, span: rank_at }),
            past_ranks: Vec::new(),
            posts: vec![StatedPost { text: post, span, state: PostState::Holds, above: None }],
            mentions: vec![Mention { span: name_at, evidence: Evidence::Rank }],
            roles: Vec::new(),
            country: None,
            country_nearby: None,
            late: false,
            foreign_name: false,
            accused: false,
        });
    }
    PreparedReport::new("bench.txt", Draft { text, ..Draft::default() }, &found)
}

/// Chooses the officials of a report. Number 0 is the most frequent: it is in every fiftieth of 100,000 reports.
fn people(number: usize, reports: usize, dice: &mut Dice) -> Vec<usize> {
    let mut people: Vec<usize> = Vec::with_capacity(PEOPLE);
    if number.is_multiple_of(reports / FREQUENT.min(reports)) {
        people.push(0);
    }
    while people.len() < PEOPLE {
        let one = 1 + dice.roll(OFFICIALS - 1);
        if !people.contains(&one) {
            people.push(one);
        }
    }
    people
}

fn archive(folder: &std::path::Path, reports: usize, dice: &mut Dice) -> Store {
    let store = Store::open(folder).unwrap();
    let began = Instant::now();
    for start in (0..reports).step_by(500) {
        let some: Vec<PreparedReport> =
            (start..(start + 500).min(reports)).map(|n| report(n, &people(n, reports, dice))).collect();
        store.cache().save_all(&some).unwrap();
    }
    let saved = began.elapsed();
    let officials = store.register().expect("the register").officials().unwrap().len();
    let identified = began.elapsed().saturating_sub(saved);
    eprintln!("{reports} reports saved in {saved:.1?}; {officials} officials identified in {identified:.1?}");
    store
}

fn officials(criterion: &mut Criterion) {
    let reports = std::env::var("BAOCAO_BENCH_REPORTS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(7);
    let store = archive(folder.path(), reports, &mut dice);
    let all = store.register().expect("the register").officials().unwrap();
    let frequent = all.iter().max_by_key(|official| official.reports).unwrap();
    eprintln!("{} officials; {} in {} reports", all.len(), frequent.name, frequent.reports);
    let mut group = criterion.benchmark_group("officials");
    group.sample_size(20);
    group.bench_function("page of the most frequent", |b| {
        b.iter(|| store.register().expect("the register").official_page(&frequent.id).unwrap());
    });
    let known = store.register().expect("the register").register_of(&frequent.id).unwrap().unwrap().observations;
    group.bench_function("who is who among its mentions", |b| b.iter(|| identify(&known, &[])));
    let mut number = reports;
    group.bench_function("import of one report", |b| {
        b.iter_batched(
            || {
                number += 1;
                report(number, &(0..PEOPLE).map(|_| 1 + dice.roll(OFFICIALS - 1)).collect::<Vec<_>>())
            },
            |one| {
                store.cache().save_all(std::slice::from_ref(&one)).unwrap();
                store.register().map(|_| ()).expect("the register");
            },
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, officials);
criterion_main!(benches);
