//! The state of the reader: one struct per screen, and the stack of screens in front. Only `update` changes it; `view`
//! draws it, and `panes` computes how large its parts are.

mod detail;
mod finder;
mod jumps;
mod list;
mod overlay;
mod page_cursor;
mod typed_filter;

pub use detail::{AfterLoad, ArrivalPoint, DetailState, HighlightMode, PersonAt, SearchPosition};
pub use finder::{FinderState, OfficialPageState, TopicPageState};
pub use jumps::{JumpList, JumpPlace, ReportPane, ReportPosition};
pub use list::{ListState, SORTS};
pub use overlay::{HelpLayout, HelpState, MenuAction, MenuItem, MenuState, PaletteState, PeopleState};
pub use page_cursor::{PageLine, PageLineKind, PageLines};
pub use typed_filter::TypedFilter;

use super::chord::Chord;
use super::keymap::Mode;
use super::line_editor::InputLine;
use super::message::{Ask, Effect};
use super::settings::{ReaderSettings, SessionState};
use crate::officials::Place;
use crate::report::Span;
use std::collections::BTreeMap;

/// The whole state of the reader.
#[derive(Debug)]
pub struct App {
    /// The settings of this session. Only the input method changes while the reader runs.
    pub settings: ReaderSettings,
    pub size: (u16, u16),
    /// The list of reports.
    pub list: ListState,
    /// The report next to the list, or on a narrow screen in its place.
    pub detail: DetailState,
    /// Whether the keys go to the detail pane.
    pub in_detail: bool,
    /// The detail pane has the whole screen.
    pub zoomed: bool,
    /// The screens over list and detail; the last one is in front.
    pub stack: Vec<Screen>,
    /// The filter or search line, while something is typed in it.
    pub line: Option<ActiveInput>,
    /// How many officials there are, once known.
    pub officials: Option<usize>,
    /// Shown in place of the footer until the next key.
    pub notice: Option<StatusNotice>,
    /// The keys of an incomplete sequence, such as the first `g` of `gg`.
    pub pending: Vec<Chord>,
    /// A letter is awaited: for a mark to set, or to go to.
    pub awaiting: Option<AwaitedLetter>,
    /// What was searched for last in a text.
    pub last_search: String,
    /// The report chosen to compare others with: its id.
    pub chosen: Option<String>,
    pub marks: BTreeMap<char, Place>,
    pub jumps: JumpList,
    /// The hint that an input method is on was shown: once a session is enough.
    pub input_method_hinted: bool,
    /// The question who a person is, whose answer is awaited.
    pub official_turn: u64,
    /// The decision about namesakes whose answer is awaited.
    pub decision_turn: u64,
    /// The question for a row of the list whose answer is awaited.
    pub row_turn: u64,
    /// It asks for an unread one.
    pub row_unread: bool,
    /// Where to arrive in the report of that row.
    pub row_arrive: ArrivalPoint,
    /// The letter pressed last as a command: an input method may compose the next key with it.
    pub last_letter: Option<char>,
    /// The number of the last question.
    pub turn: u64,
}

/// A screen over list and detail.
#[derive(Debug)]
pub enum Screen {
    /// A report opened from elsewhere than the list: Esc goes back to where it was opened.
    Reading(Box<DetailState>),
    /// The people of a report.
    People(PeopleState),
    /// The finder of officials.
    Finder(Box<FinderState>),
    Official(Box<OfficialPageState>),
    /// Another page of lines.
    Topic(Box<TopicPageState>),
    Help(Box<HelpState>),
    Palette(Box<PaletteState>),
    Menu(MenuState),
}

/// What a line of typing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputPurpose {
    /// To filter the list.
    Filter,
    /// To search in the text.
    Find,
    /// To search in help.
    Help,
    /// To give a report tags.
    Tags,
}

/// A line that is being typed, and what to restore if it is given up.
#[derive(Debug)]
pub struct ActiveInput {
    pub purpose: InputPurpose,
    pub line: InputLine,
    /// What Esc brings back.
    pub before: InputSnapshot,
    /// The question about completions that was asked last.
    pub turn: u64,
    /// The walk through them begins at the last one.
    pub from_the_end: bool,
    /// What was offered to complete the line with.
    pub offered: Option<CompletionWalk>,
}

/// What a line changes while something is typed in it, as it was when the line was opened.
#[derive(Debug)]
pub enum InputSnapshot {
    Filter {
        filter: TypedFilter,
        /// The report that was selected: its id.
        report: Option<String>,
        /// The question that was asked last: while no other was asked, nothing has changed.
        turn: u64,
        /// Where the reader was in the report of the list.
        stand: SearchPosition,
    },
    /// Of a search in the text.
    Find(SearchPosition),
    /// Of a search in help.
    Help {
        /// What was searched for.
        query: String,
        /// The first row on screen.
        top: usize,
    },
    /// Of the tags of a report: nothing is changed before they are kept.
    Tags {
        /// The report: its id.
        report: String,
        /// The tags that it has, once known.
        known: Option<Vec<String>>,
    },
}

/// Completions, through which Tab walks.
#[derive(Debug)]
pub struct CompletionWalk {
    /// The part of the line that they take the place of, as it is now.
    pub span: Span,
    /// What can take its place; what was typed comes last.
    pub values: Vec<String>,
    /// The one that is in the line now.
    pub at: usize,
    /// The line with it: once it is another, something new is offered.
    pub line: String,
}

/// Which letter is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwaitedLetter {
    /// To mark the place.
    Set,
    /// To go to the mark.
    Go,
}

/// A sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusNotice {
    pub text: String,
    pub problem: bool,
}

impl App {
    /// The state before anything is known; `remembered` is from the last session.
    pub fn new(settings: ReaderSettings, remembered: SessionState, size: (u16, u16)) -> Self {
        Self {
            settings,
            size,
            list: ListState { history: remembered.filters, ..ListState::default() },
            detail: DetailState { last_place: remembered.place, ..DetailState::default() },
            in_detail: false,
            zoomed: false,
            stack: Vec::new(),
            line: None,
            officials: None,
            notice: None,
            pending: Vec::new(),
            awaiting: None,
            last_search: String::new(),
            chosen: None,
            marks: BTreeMap::new(),
            jumps: JumpList::default(),
            input_method_hinted: false,
            official_turn: 0,
            decision_turn: 0,
            row_turn: 0,
            row_unread: false,
            row_arrive: ArrivalPoint::Start,
            last_letter: None,
            turn: 0,
        }
    }

    /// Which screen or line receives keys.
    pub fn mode(&self) -> Mode {
        if self.line.is_some() {
            return Mode::Line;
        }
        match self.stack.last() {
            Some(Screen::Reading(_)) => Mode::Detail,
            Some(Screen::People(_)) => Mode::People,
            Some(Screen::Finder(_)) => Mode::Finder,
            Some(Screen::Official(_)) => Mode::Official,
            Some(Screen::Topic(page)) => page.topic.mode(),
            Some(Screen::Help(_)) => Mode::Help,
            Some(Screen::Palette(_)) => Mode::Palette,
            Some(Screen::Menu(_)) => Mode::Menu,
            None if self.in_detail => Mode::Detail,
            None => Mode::List,
        }
    }

    /// The report that is being read: the front one opened from elsewhere, else the one of the list.
    pub fn reading(&self) -> &DetailState {
        let opened = self.stack.iter().rev().find_map(|screen| match screen {
            Screen::Reading(detail) => Some(detail.as_ref()),
            _ => None,
        });
        opened.unwrap_or(&self.detail)
    }

    /// The same, to change it.
    pub fn reading_mut(&mut self) -> &mut DetailState {
        let opened = self.stack.iter_mut().rev().find_map(|screen| match screen {
            Screen::Reading(detail) => Some(detail.as_mut()),
            _ => None,
        });
        opened.unwrap_or(&mut self.detail)
    }

    /// A question to the worker with a turn of its own.
    pub fn ask(&mut self, ask: Ask) -> (u64, Effect) {
        self.turn += 1;
        (self.turn, Effect::Ask { turn: self.turn, ask })
    }

    /// Says something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(StatusNotice { text: text.into(), problem: false });
    }

    /// Says that something went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(StatusNotice { text: text.into(), problem: true });
    }

    /// Whether an answer is awaited that changes the reports or the line on screen.
    pub fn awaits(&self) -> bool {
        let front = match self.stack.last() {
            Some(Screen::Finder(finder)) => !finder.settled,
            Some(Screen::Reading(_)) | None => !self.list.settled,
            Some(_) => false,
        };
        let tags =
            self.line.as_ref().is_some_and(|line| matches!(line.before, InputSnapshot::Tags { known: None, .. }));
        front || tags || self.reading().wanted.is_some()
    }

    /// What to keep for the next session.
    pub fn remembered(&self) -> SessionState {
        SessionState { place: self.detail.place(), filters: self.list.history.clone() }
    }
}
