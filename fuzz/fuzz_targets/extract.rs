//! Fuzzes extraction: any bytes, read as one plain text in UTF-8.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::extract(bytes));
