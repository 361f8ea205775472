//! What can happen to the reader (`Message`) and what it wants done (`Effect`). Both are plain data: `update` turns the
//! one into the other without touching a disk, a clock or a terminal, and the loop and the worker perform effects
//! without knowing any screen.

use super::settings::SessionState;
use super::topic_pages::{Topic, TopicContent};
use crate::officials::{OfficialPage, OfficialSummary, Place};
use crate::report::{Report, Span};
use crate::search::filter::Filter;
use crate::store::{ListWindow, Sort};
use crossterm::event::KeyEvent;
use std::sync::Arc;

/// Something that happened, for `update` to react to.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed (never a release).
    Key(KeyEvent),
    /// Text was pasted. It may contain anything, control characters included.
    Pasted(String),
    /// The terminal has another size, in cells.
    Resized {
        width: u16,
        height: u16,
    },
    /// The terminal was left and entered again: what it shows is unknown.
    Resumed,
    /// The terminal can no longer be read.
    Ended,
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

/// What the worker found. `turn` is the turn of the `Ask` that this answers. A screen remembers the turn it waits for
/// and drops answers to any other: a newer question has replaced theirs.
#[derive(Debug)]
pub enum Answer {
    Found {
        turn: u64,
        /// The rows and the counts.
        found: ListWindow,
        /// The row of the report that was to be kept, among all that answer.
        kept: Option<usize>,
        /// Another answer follows: with the count, or with the window around the report that was to be kept.
        more: bool,
    },
    /// To `Ask::Load`. `report` is `None` if it is no longer in the cache; `tags` are sorted.
    Loaded {
        turn: u64,
        report: Option<Box<Report>>,
        tags: Vec<String>,
    },
    /// To `Ask::Tags`: the report's tags, in order.
    Tags {
        turn: u64,
        tags: Vec<String>,
    },
    Officials {
        turn: u64,
        /// The best matches, best first.
        rows: Vec<FinderRow>,
        total: usize,
        /// How many officials there are.
        all: usize,
    },
    /// To `Ask::Official` and `Ask::OfficialAgain`. `None` if there is no such official.
    Official {
        turn: u64,
        page: Option<Box<OfficialPage>>,
    },
    /// To `Ask::Topic`. `None` if the cache knows nothing of it.
    Topic {
        turn: u64,
        content: Option<Box<TopicContent>>,
    },
    OfficialOf {
        turn: u64,
        id: Option<String>,
    },
    /// To `Ask::Complete`: values that the word before the cursor may become.
    Completed {
        turn: u64,
        /// The part of the line to replace.
        span: Span,
        /// What can take its place.
        values: Vec<String>,
    },
    /// To `Ask::Unread` and `Ask::SearchOn`.
    Row {
        turn: u64,
        /// Its place among all that answer the filter, and the report's id.
        row: Option<(usize, String)>,
    },
    /// To `Ask::Merge`, `Ask::Split`, `Ask::Judge` and `Ask::Undo`.
    Decided {
        turn: u64,
        /// The id that the official whose page was open has after the decision. `None` if there was nothing to undo.
        id: Option<String>,
        /// How many officials there are now.
        officials: usize,
    },
    Begun {
        turn: u64,
        /// How many officials there are.
        officials: usize,
        marks: Vec<(char, Place)>,
        /// Sentences about the cache for the user, such as that it was repaired.
        notices: Vec<String>,
    },
    /// An order was carried out.
    Done {
        turn: u64,
    },
    /// Something could not be done. The footer says so; it is never fatal.
    Failed {
        turn: u64,
        /// A whole sentence: what was being done, to what, and why it failed.
        why: String,
    },
}

impl Answer {
    /// Whether no other answer to the same question follows.
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
    pub official: OfficialSummary,
    /// The parts of the name that answer.
    pub hits: Vec<Span>,
    /// The name only resembles the query.
    pub fuzzy: bool,
}

/// Something to be done outside the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Ask {
        /// Given back with the answer.
        turn: u64,
        ask: Ask,
    },
    /// Put text on the user's clipboard.
    Copy(String),
    /// Open an address (`http`, `https`) in the user's browser.
    OpenUrl(String),
    /// Draw every cell again.
    Redraw,
    /// Leave the terminal and stop until continued.
    Suspend,
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
    /// A report by id. The newest replaces one that waits.
    Load(String),
    /// The officials that answer a query, at most this many. The newest replaces one that waits.
    Officials(String, usize),
    /// An official's page by id. The newest replaces one that waits.
    Official(String),
    /// The same of a page that is open: no newer question replaces it. Answered by `Answer::Official`.
    OfficialAgain(String),
    /// The page of a topic.
    Topic(Topic),
    /// Settle a doubtful decision about the official of this id: are the two mentions one person?
    Judge { official: String, this: Place, that: Place, one: bool },
    /// Which official a person of a report is: the report's id, the person's number.
    OfficialOf(String, usize),
    /// The two officials are one person: their ids.
    Merge(String, String),
    /// Split the mentions in the report of this place off the official of this id, as another person.
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
