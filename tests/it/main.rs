//! The integration tests: the program from outside. One binary, because linking one per file would cost most of the
//! time.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should say so loudly"
)]

mod careers;
mod commands;
mod comparing;
mod counts;
mod dates;
mod drawing;
mod fetching;
mod finding;
mod footer;
#[cfg(unix)]
mod fuzzing;
mod import;
mod ingest;
mod interruption;
mod journeys;
mod jumps;
mod keys;
mod list;
mod mouse;
mod new_reports;
mod notes;
mod officials;
mod oracles;
mod pages;
mod palette;
mod pictures;
mod plain_mode;
#[cfg(unix)]
mod pty;
mod readme;
#[cfg(unix)]
mod remote;
mod removing;
mod safety;
mod samples;
mod saving;
mod screen;
mod stories;
mod sync;
#[cfg(unix)]
mod terminal;
mod text_search;
mod tidy;
mod tour;
