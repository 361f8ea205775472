//! Fuzzes the decoder of keys and pastes: any bytes from a terminal.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::keys(bytes));
