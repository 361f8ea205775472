//! What can happen to the reader (`Message`) and what it asks of the world (`Effect`). Both are plain data: `update`
//! turns the one into the other without touching a disk, a clock or a terminal, and the loop and the worker perform
//! effects without knowing any screen.

use super::place::Place;
use crate::report::Report;
use crate::store::{Found, Sort};
use crossterm::event::KeyEvent;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed (never a release).
    Key(KeyEvent),
    /// Text was pasted, as one piece; may hold anything.
    Pasted(String),
    /// The terminal has this many cells now.
    Resized {
        /// Columns.
        width: u16,
        /// Lines.
        height: u16,
    },
    /// The terminal was left and entered again: what stands on it is unknown.
    Resumed,
    /// A signal, or the loss of the terminal, asks the reader to end.
    Ended,
    /// The worker's answer.
    Answer(Answer),
}

/// What the worker found. Each answer carries the turn of its question; an answer to another turn than the one the
/// screen waits for is of no interest any more.
#[derive(Debug)]
pub enum Answer {
    /// To `Ask::Search`.
    Found {
        /// Of the question.
        turn: u64,
        /// The rows and the counts.
        found: Found,
        /// Where the report that was to be kept stands among all that answer.
        kept: Option<usize>,
    },
    /// To `Ask::Load`; nothing where the report is gone.
    Loaded {
        /// Of the question.
        turn: u64,
        /// The report whole.
        report: Option<Box<Report>>,
    },
    /// Something could not be done; said in the footer, never fatal.
    Failed {
        /// Of the question.
        turn: u64,
        /// What was being done, to what, and why it failed.
        why: String,
    },
}

/// Something the reader asks of the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the worker.
    Ask {
        /// Given back with the answer.
        turn: u64,
        /// What.
        ask: Ask,
    },
    /// Put text on the user's clipboard.
    Copy(String),
    /// Open an address (`http`, `https`) in the user's browser.
    OpenUrl(String),
    /// Draw every cell anew.
    Redraw,
    /// Leave the terminal and stop until continued.
    Suspend,
    /// End.
    Quit,
}

/// A question to the worker, or an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A window of the reports that answer a filter. The newest replaces one that waits.
    Search {
        /// As typed.
        filter: String,
        /// The order.
        sort: Sort,
        /// The first row wanted; where `keep` is found, the window is laid around it instead.
        offset: usize,
        /// How many rows.
        limit: usize,
        /// The id of a report that should stay selected.
        keep: Option<String>,
    },
    /// A report whole. The newest replaces one that waits.
    Load(String),
    /// Set or take away the read mark.
    Read(String, bool),
    /// Set or take away the star.
    Star(String, bool),
    /// Remember where the reader is, for the next start.
    Remember(Place),
}
