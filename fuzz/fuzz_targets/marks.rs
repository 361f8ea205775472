//! Fuzzes what is read of the reader's marks: a file of which some bytes were replaced.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::marks(bytes));
