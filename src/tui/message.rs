//! What can happen to the reader (`Message`) and what it asks of the world (`Effect`). Both are plain data: `update`
//! turns the one into the other without touching a disk, a clock or a terminal, and the loop and the worker perform
//! effects without knowing any screen.

use super::pages::{Topic, TopicContent};
use super::settings::SessionState;
use crate::officials::{OfficialPage, OfficialSummary, Place};
use crate::report::{Report, Span};
use crate::search::filter::Filter;
use crate::store::{ListWindow, Sort};
use crossterm::event::KeyEvent;
use std::sync::Arc;

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
    /// The terminal can no longer be read.
    Ended,
    /// The worker's answer.
    Answer(Answer),
    /// An effect was performed, and there is something to tell about it.
    EffectDone(EffectOutcome),
}

/// What came of an effect that the user should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EffectOutcome {
    /// The worker has stopped: the question will not be answered.
    WorkerGone,
    /// The terminal takes less text than was copied. Both numbers are bytes.
    CopyCut { kept: usize, cut: usize },
    /// Nothing was copied; the reason as the system gives it.
    CopyFailed(String),
    /// The user's browser is on another machine, so this address was copied instead.
    UrlCopied(String),
    /// The browser could not be started: a whole sentence.
    BrowserFailed(String),
    /// The terminal cannot be left and entered again.
    CannotSuspend,
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
        found: ListWindow,
        /// Where the report that was to be kept stands among all that answer.
        kept: Option<usize>,
        /// A second answer follows: with the count, or with the window around the report that was to be kept.
        more: bool,
    },
    /// To `Ask::Load`; nothing where the report is gone.
    Loaded {
        /// Of the question.
        turn: u64,
        /// The report whole.
        report: Option<Box<Report>>,
        /// Its tags, in order.
        tags: Vec<String>,
    },
    /// To `Ask::Tags`: the report's tags, in order.
    Tags {
        /// Of the question.
        turn: u64,
        /// The tags.
        tags: Vec<String>,
    },
    /// To `Ask::Officials`.
    Officials {
        /// Of the question.
        turn: u64,
        /// Those that answer best, best first.
        rows: Vec<FinderRow>,
        /// How many answer.
        total: usize,
        /// How many officials there are.
        all: usize,
    },
    /// To `Ask::Official`; nothing where there is none such.
    Official {
        /// Of the question.
        turn: u64,
        /// The page.
        page: Option<Box<OfficialPage>>,
    },
    /// To `Ask::Topic`; nothing where there is nothing such.
    Topic {
        /// Of the question.
        turn: u64,
        /// What is known.
        content: Option<Box<TopicContent>>,
    },
    /// To `Ask::OfficialOf`.
    OfficialOf {
        /// Of the question.
        turn: u64,
        /// The official's id.
        id: Option<String>,
    },
    /// To `Ask::Complete`: values that the word before the cursor may become.
    Completed {
        /// Of the question.
        turn: u64,
        /// The part of the line to replace.
        span: Span,
        /// What may stand there.
        values: Vec<String>,
    },
    /// To `Ask::Unread` and `Ask::SearchOn`.
    Row {
        /// Of the question.
        turn: u64,
        /// Its place among all that answer the filter, and the report's id.
        row: Option<(usize, String)>,
    },
    /// To `Ask::Merge`, `Ask::Split`, `Ask::Judge` and `Ask::Undo`.
    Decided {
        /// Of the order.
        turn: u64,
        /// The official whose page was open, under the id after the decision; nothing where there was nothing to undo.
        id: Option<String>,
        /// How many officials there are now.
        officials: usize,
    },
    /// To `Ask::Begin`.
    Begun {
        /// Of the question.
        turn: u64,
        /// How many officials there are.
        officials: usize,
        /// The marked places.
        marks: Vec<(char, Place)>,
        /// What a person should be told about the cache.
        notices: Vec<String>,
    },
    /// An order was carried out.
    Done {
        /// Of the order.
        turn: u64,
    },
    /// Something could not be done; said in the footer, never fatal.
    Failed {
        /// Of the question.
        turn: u64,
        /// What was being done, to what, and why it failed.
        why: String,
    },
}

impl Answer {
    /// Whether nothing more follows to the same question.
    pub fn is_last(&self) -> bool {
        !matches!(self, Self::Found { more: true, .. })
    }

    /// The turn of the question.
    pub fn turn(&self) -> u64 {
        match self {
            Self::Found { turn, .. }
            | Self::Loaded { turn, .. }
            | Self::Tags { turn, .. }
            | Self::Officials { turn, .. }
            | Self::Official { turn, .. }
            | Self::Topic { turn, .. }
            | Self::OfficialOf { turn, .. }
            | Self::Completed { turn, .. }
            | Self::Row { turn, .. }
            | Self::Decided { turn, .. }
            | Self::Begun { turn, .. }
            | Self::Done { turn }
            | Self::Failed { turn, .. } => *turn,
        }
    }
}

/// An official that answers a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinderRow {
    /// The official.
    pub official: OfficialSummary,
    /// The parts of the name that answer.
    pub hits: Vec<Span>,
    /// The name only resembles what was typed.
    pub fuzzy: bool,
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

/// A window of the reports that answer a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRequest {
    pub filter: Arc<Filter>,
    pub sort: Sort,
    /// The first row wanted. If `keep` answers the filter, the window is laid around that report instead.
    pub offset: usize,
    /// The most rows of the window.
    pub limit: usize,
    /// How many rows of the window are on screen. If the window begins at the first row of all, these are answered
    /// before the others are read.
    pub on_screen: usize,
    /// The id of a report that should stay selected.
    pub keep: Option<String>,
    /// Nothing has been drawn yet. The first rows are then answered even if the list moves to `keep` afterwards: a
    /// screen that is drawn twice is better than an empty one.
    pub first_screen: bool,
}

/// A walk along the list from one row to the next that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct RowWalk {
    pub filter: Arc<Filter>,
    pub sort: Sort,
    /// The row to start from, which itself does not count.
    pub from: usize,
    /// Towards the top of the list.
    pub back: bool,
}

/// A question to the worker, or an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A window of the reports that answer a filter. The newest replaces one that waits.
    Search(ListRequest),
    /// A report whole. The newest replaces one that waits.
    Load(String),
    /// The officials that answer a query, at most this many. The newest replaces one that waits.
    Officials(String, usize),
    /// An official's page by id. The newest replaces one that waits.
    Official(String),
    /// The same of a page that is open: no newer question replaces it. Answered by `Answer::Official`.
    OfficialAgain(String),
    /// The page of a topic.
    Topic(Topic),
    /// What the reader says of a doubtful decision about the official of this id.
    Judge {
        /// The official's id.
        official: String,
        /// The one mention.
        this: Place,
        /// The other.
        that: Place,
        /// They are one person, or two.
        one: bool,
    },
    /// Which official a person of a report is: the report's id, the person's number.
    OfficialOf(String, usize),
    /// The two officials are one person: their ids.
    Merge(String, String),
    /// What this report says is about another person than the official of this id.
    Split(String, Place),
    /// Take the last decision about namesakes back; the id of the official whose page is open.
    Undo(String),
    /// What the word before this byte of a filter may become.
    Complete(String, usize),
    /// Mark a place with a letter.
    Mark(char, Place),
    /// Set or take away the read mark.
    Read(String, bool),
    /// Set or take away the star.
    Star(String, bool),
    /// The tags of the report of this id.
    Tags(String),
    /// Give a report tags, and take others away.
    Tag {
        /// Its id.
        report: String,
        /// The tags that it gets.
        on: Vec<String>,
        /// The tags that it loses.
        off: Vec<String>,
    },
    /// What the tag before this byte of a line of tags may become. Answered by `Answer::Completed`.
    CompleteTag(String, usize),
    /// The next report (or the one before) after a row of the list that is unread.
    Unread(RowWalk),
    /// The next report of the list (or the one before) whose text answers a search.
    SearchOn(RowWalk, Arc<Filter>),
    /// What is known beyond the list: asked once, after the first search.
    Begin,
    /// Keep for the next session.
    Remember(SessionState),
}
