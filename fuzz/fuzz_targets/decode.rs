//! Fuzzes decoding: any bytes, in every encoding that a user can name.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::decode(bytes));
