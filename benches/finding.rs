//! Accuracy and speed of the finder: how often it returns the intended person, among 10,000 officials with similar
//! names. Fails if the person is the first hit in fewer than 97 % of the queries, or among the first three in fewer
//! than 99.5 %.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench says what it measured"
)]

#[path = "../tests/it/finding/queries.rs"]
mod queries;

use std::time::Instant;

fn main() {
    let people = queries::register(10_000);
    let began = Instant::now();
    let tally = queries::ask(&people, 20);
    let each = began.elapsed().as_secs_f64() * 1e3 / tally.total as f64;
    println!("{} queries, {each:.2} ms each with making them", tally.total);
    println!("{} give the person first, {} among the first three", tally.first, tally.third);
    let mut kinds: Vec<_> = tally.kinds.iter().collect();
    kinds.sort();
    for (kind, (asked, first)) in kinds {
        println!("  {kind}: {first} of {asked}");
    }
    print!("{}", tally.misses);
    assert!(tally.total >= 200 && tally.kinds.values().all(|kind| kind.0 >= 15), "too few queries: {:?}", tally.kinds);
    tally.assert_at_least(970, 995);
}
