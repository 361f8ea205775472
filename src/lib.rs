//! `baocao`: a terminal reader for Vietnamese official reports.
//!
//! The layers, lowest first; each imports only layers listed before it (a test checks this).

// Vietnamese letters, words, keystrokes, line breaks; text that is safe to print on a terminal.
pub mod text;
// What differs between operating systems: terminals, signals, file modes.
pub mod system;
// The two languages of the interface: phrases, the dictionary, numbers and months.
pub mod lang;
// Report, Person, Span, Day …: plain data.
pub mod report;
// Canonical text -> people, facts, marks.
pub mod citation;
pub mod extract;
// Untrusted bytes -> canonical text.
pub mod ingest;
// Persons of many reports -> officials: identity, careers.
pub mod officials;
// The filter language, hits, fuzzy finding.
pub mod search;
// What is new since a moment: reports and facts.
pub mod digest;
// The cache: the only SQL in the program.
pub mod store;
// Files -> ingest -> extract -> store.
pub mod import;
// Settings and directories.
pub mod config;
// New reports by themselves: lists of sources, pages, politeness.
pub mod sync;
// What each meaning on the screen looks like.
pub mod theme;
// The keys of the reader and what they do.
pub mod keymap;
// The reader.
pub mod tui;
// The command line: one file per verb.
pub mod cli;
