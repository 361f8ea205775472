//! Fuzzes what a site answers: feeds, sitemaps, pages of links, rules for robots.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::listing(bytes));
