//! Fuzzes the text of documents: any bytes as the XML of DOCX, ODT and EPUB, and as RTF.
#![no_main]

#[path = "../../tests/it/oracles.rs"]
#[allow(dead_code)]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| oracles::documents(bytes));
