//! Fuzzes the readers of archives, mail, tables and documents: any bytes, opened as a container.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::unpack(bytes));
