//! Fuzzes records: any bytes as JSON, one value or one a line.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::jsonl(bytes));
