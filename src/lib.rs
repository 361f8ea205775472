//! `baocao`: a terminal reader for Vietnamese official reports.
//!
//! The layers, lowest first; each imports only what stands above it in this list (a test holds this).

pub mod cli;
pub mod config; // settings and directories
pub mod extract; // canonical text -> people, facts, marks
pub mod import; // files -> ingest -> extract -> store
pub mod ingest; // bytes -> canonical text, never trusting them
pub mod officials; // people of many reports -> officials: identity, careers
pub mod report; // Report, Person, Span, Day …: plain data
pub mod search; // the filter language, hits, fuzzy finding
pub mod store; // the cache: the only SQL in the program
pub mod text; // Vietnamese letters, words, keystrokes, line breaks; what may reach a terminal
pub mod tui; // the reader // one file a verb
