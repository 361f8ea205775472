//! Fuzzes feeds and lists of feeds: any bytes as RSS, Atom, JSON Feed or OPML.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::feed(bytes));
