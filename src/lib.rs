//! `baocao`: a terminal reader for Vietnamese official reports.
//!
//! The layers, lowest first; each imports only what stands before it in this list (a test holds this).

// Vietnamese letters, words, keystrokes, line breaks; what may reach a terminal.
pub mod text;
// What differs between systems: terminals, signals, modes of files.
pub mod system;
// The two languages of the interface: phrases, the dictionary, numbers and months.
pub mod lang;
// Report, Person, Span, Day …: plain data.
pub mod report;
// Canonical text -> people, facts, marks.
pub mod extract;
// Bytes -> canonical text, never trusting them.
pub mod ingest;
// People of many reports -> officials: identity, careers.
pub mod officials;
// The filter language, hits, fuzzy finding.
pub mod search;
// The cache: the only SQL in the program.
pub mod store;
// Files -> ingest -> extract -> store.
pub mod import;
// Settings and directories.
pub mod config;
// The reader.
pub mod tui;
// The command line: one file a verb.
pub mod cli;
