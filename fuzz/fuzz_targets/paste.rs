//! Fuzzes keys and pastes in the reader: any bytes from a terminal, in each line of typing.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::paste(bytes));
