//! The state of the reader: one struct per screen, and a stack of the open screens. Only `update` changes it; `view`
//! draws it, and `panes` computes the size of its parts.

mod applicable;
mod detail;
mod jumps;
mod list;
mod new_reports;
mod officials_finder;
mod overlays;
mod page_cursor;
mod resumed_session;
mod sync_status;
mod typed_filter;
mod unconfirmed;

pub use detail::{AfterLoad, ArrivalPoint, DetailState, HighlightMode, PersonAt, SearchPosition};
pub use jumps::{JumpList, JumpPlace, ReportPane, ReportPosition};
pub use list::{InPlaceRefresh, ListState, PickedRows, PreviewPace, SORTS};
pub use new_reports::BehindNew;
pub use officials_finder::{FinderState, OfficialPageState, QuotePageState};
pub use overlays::{HelpLayout, HelpState, MenuAction, MenuItem, MenuState, PaletteState, PeopleState};
pub use page_cursor::{DoubtPlaces, PageLine, PageLineKind, PageLines, PageSearch};
pub use resumed_session::ResumedSession;
pub use sync_status::SyncStatus;
pub use typed_filter::{FILTER_RULES, TypedFilter};
pub use unconfirmed::{StateBefore, UnconfirmedOrder, UndoStep};

use super::input_line::InputLine;
use super::message::{Ask, Effect};
use super::settings::{ReaderSettings, SessionState};
use crate::config::ThemeName;
use crate::keymap::chord::Chord;
use crate::keymap::{Keymap, Mode};
use crate::lang::{Lang, messages};
use crate::officials::Place;
use crate::report::Span;
use crate::store::Note;
use crate::theme::Theme;
use ratatui::layout::Size;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The whole state of the reader.
#[derive(Debug)]
pub struct App {
    /// The settings of this session. Only the input method changes while the reader runs.
    pub settings: ReaderSettings,
    /// The keys of this session.
    pub keymap: Arc<Keymap>,
    pub theme: Theme,
    /// The theme to begin the next session with. `None` if the user never chose one.
    pub chosen_theme: Option<ThemeName>,
    /// The language to begin the next session with. `None` if the user never chose one.
    pub chosen_lang: Option<Lang>,
    /// Columns and lines of the terminal, in cells.
    pub size: Size,
    pub list: ListState,
    /// The report next to the list, or on a narrow screen in its place.
    pub detail: DetailState,
    /// Whether the keys go to the detail pane.
    pub in_detail: bool,
    /// Whether the detail pane takes the whole screen.
    pub zoomed: bool,
    /// Whether that was asked for in the list, where the same key then leads back.
    pub zoomed_in_list: bool,
    /// The share of the screen that the list has beside the report, in percent. `None` for the usual one.
    pub list_share: Option<u16>,
    /// Whether the report is not shown beside the list, however wide the screen is.
    pub preview_hidden: bool,
    /// Whether the key that changes the theme was told in an earlier session.
    pub theme_told: bool,
    /// What is left to restore of the last session. `update::begin` takes it.
    pub resumed: ResumedSession,
    /// The run that fetches new reports, while there is one.
    pub sync: Option<SyncStatus>,
    /// What the list of new reports was put before, until the user leaves that. `None` if it was not.
    pub behind_new: Option<BehindNew>,
    /// The screens over list and detail, bottom first; the last one is in front.
    pub stack: Vec<Screen>,
    /// The input line (filter, search or tags) while it is open.
    pub line: Option<ActiveInput>,
    /// The number of officials in the cache. `None` until the worker reports it.
    pub officials: Option<usize>,
    /// The number of judgements about identities to review; 0 until the worker reports it.
    pub doubts: usize,
    /// Replaces the footer until the next key.
    pub notice: Option<StatusNotice>,
    /// The keys of an incomplete sequence, such as the first `g` of `gg`.
    pub pending: Vec<Chord>,
    /// Set while the next letter names a mark to set or to go to.
    pub awaiting: Option<AwaitedLetter>,
    /// The last search in a text.
    pub last_search: String,
    /// The id of the report that was chosen to compare others with.
    pub chosen: Option<String>,
    /// The reader's marks: letter to place.
    pub marks: BTreeMap<char, Place>,
    pub jumps: JumpList,
    /// Whether the last command was a jump back or on: Tab then jumps on.
    pub jumped_back: bool,
    /// Whether the hint that an input method is on was shown: once a session is enough.
    pub input_method_hinted: bool,
    /// The turn of the last `Ask::OfficialOf`.
    pub official_turn: u64,
    /// Orders that the worker has not answered yet, oldest first.
    pub unconfirmed: Vec<UnconfirmedOrder>,
    /// How to undo what was marked in this session, the last step at the end.
    pub undo: Vec<UndoStep>,
    /// How many steps are to be undone once the orders are carried out that can be undone: theirs come first.
    pub undo_waits: usize,
    /// The number typed before a key, as in `5j`. `None` if none was.
    pub count: Option<usize>,
    /// How often the action that is being done is repeated. 1 unless a number was typed.
    pub times: usize,
    /// The turn of the last decision about namesakes (merge, split, judge, undo).
    pub decision_turn: u64,
    /// The turn of the last `Ask::Unread` or `Ask::SearchOn`.
    pub row_turn: u64,
    /// Whether that was `Ask::Unread`. It decides what the notice says if there is no such row.
    pub row_unread: bool,
    /// Where to arrive in the report of that row.
    pub row_arrive: ArrivalPoint,
    /// The last letter that was a command. An input method may compose the next key with it.
    pub last_letter: Option<char>,
    /// Whether the line between list and report is being dragged.
    pub drags_split: bool,
    /// The step of the tour, counted from 0. `None` without a tour.
    pub tour: Option<usize>,
    /// The turn of the last question for the source of a report.
    pub source_turn: u64,
    /// The user's command that waits for the texts of reports: the turn of the question, and its number.
    pub awaiting_texts: Option<(u64, usize)>,
    /// The turn of the last question. Turns start at 1: a field that awaits turn 0 awaits nothing.
    pub turn: u64,
}

/// A screen that lies over list and detail.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there are only a few screens at a time")]
pub enum Screen {
    /// A report that was opened from a page, not from the list. Esc returns to that page.
    Reading(Box<DetailState>),
    People(PeopleState),
    Finder(Box<FinderState>),
    Official(Box<OfficialPageState>),
    /// Any other page of lines: a post, a unit, a comparison, the review of doubts.
    QuotePage(Box<QuotePageState>),
    Help(Box<HelpState>),
    Palette(Box<PaletteState>),
    Menu(MenuState),
}

/// What the input line is open for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputPurpose {
    Filter,
    /// A search in the text of a report.
    Find,
    /// A search in the lines of a page.
    FindOnPage,
    /// A search in the help screen.
    Help,
    /// Editing the tags of a report.
    Tags,
    /// Setting the date of a report.
    Date,
    /// Writing or changing a note.
    Note,
    /// A search in the review of identities, by name.
    Doubts,
    /// The name under which the filter is to be saved.
    SaveFilter,
    /// The path of what is to be imported.
    Import,
    /// The path of the file to export the reports of the list to.
    Export,
    /// The path of the file to write the page to.
    ExportPage,
}

/// The open input line, and what Esc restores.
#[derive(Debug)]
pub struct ActiveInput {
    pub purpose: InputPurpose,
    pub line: InputLine,
    /// What giving up with Esc restores.
    pub before: InputSnapshot,
    /// The turn of the last question: completions, or the present tags of the report.
    pub turn: u64,
    /// Whether the cycle through the completions begins at the last one (Shift-Tab).
    pub from_the_end: bool,
    /// The completions that Tab goes through, in a circle.
    pub offered: Option<CompletionCycle>,
}

/// The state that typing in the line changes, as it was when the line was opened. Results are live, so giving up must
/// undo them.
#[derive(Debug)]
pub enum InputSnapshot {
    Filter {
        filter: TypedFilter,
        /// The id of the selected report.
        report: Option<String>,
        /// The turn of the list's last question. If the list still has this turn, nothing has changed.
        turn: u64,
        /// The search and the scroll position of the detail pane.
        position: SearchPosition,
    },
    Find(SearchPosition),
    FindOnPage {
        search: PageSearch,
        /// The line under the cursor.
        selected: usize,
        /// The first line on screen.
        top: usize,
    },
    Help {
        query: String,
        /// The first row on screen.
        top: usize,
    },
    /// The names that the review of identities was searched for.
    Doubts(String),
    /// The date changes only when the line is kept, so there is nothing to restore.
    Date {
        /// The id of the report.
        report: String,
    },
    /// Tags for several reports at once, with their ids.
    TagsOfPicked(Vec<String>),
    /// The note that is being written. It changes only when the line is kept.
    Note(Box<Note>),
    /// Nothing happens before the line is kept.
    Nothing,
    /// Tags change only when the line is kept, so there is nothing to restore.
    Tags {
        /// The id of the report.
        report: String,
        /// The tags that the report has in the cache. `None` until the worker reports them.
        known: Option<Vec<String>>,
    },
}

/// The completions that Tab goes through, in a circle.
#[derive(Debug)]
pub struct CompletionCycle {
    /// The part of the line that the current completion occupies, in bytes.
    pub span: Span,
    /// The completions; the last one is what the user typed.
    pub values: Vec<String>,
    /// The index of the current completion in `values`.
    pub at: usize,
    /// The whole line with the current completion in it. If the line differs, the user has typed since, and Tab asks
    /// for new completions.
    pub line: String,
}

/// What the next letter does, after the key that sets a mark or goes to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwaitedLetter {
    /// Marks the present place.
    Set,
    /// Goes to the marked place.
    Go,
}

/// One sentence for the user, shown in place of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusNotice {
    pub text: String,
    /// Whether something went wrong; such a notice is drawn in another style.
    pub problem: bool,
}

impl App {
    /// The state before the worker has answered anything. `remembered` comes from the last session; `size` is in cells.
    pub fn new(settings: ReaderSettings, remembered: SessionState, size: impl Into<Size>) -> Self {
        let remembered = if settings.fresh { remembered.afresh() } else { remembered };
        let mut settings = settings;
        let chosen_lang = remembered.lang;
        settings.lang = chosen_lang.filter(|_| !settings.lang_settled).unwrap_or(settings.lang);
        let chosen_theme = remembered.theme;
        let tour = settings.tour.then_some(0);
        let theme = chosen_theme.filter(|_| !settings.theme_settled).unwrap_or(settings.theme);
        Self {
            theme: Theme::new(theme, settings.sixteen, &settings.own_styles),
            chosen_theme,
            chosen_lang,
            keymap: settings.keymap.clone().unwrap_or_else(Keymap::of_the_table),
            settings,
            size: size.into(),
            list_share: remembered.list_share,
            preview_hidden: remembered.preview_hidden,
            list: ListState {
                history: remembered.filters,
                // One with a fault is shown with it, over all reports: there is no answer of before.
                filter: TypedFilter::default().replaced_by(remembered.filter.as_str()),
                sort: remembered.sort,
                ..ListState::default()
            },
            detail: DetailState {
                last_place: remembered.place,
                last_filter: remembered.filter,
                ..DetailState::default()
            },
            in_detail: remembered.in_detail,
            zoomed: remembered.zoomed && remembered.in_detail,
            zoomed_in_list: false,
            theme_told: remembered.theme_told,
            resumed: ResumedSession { selected: remembered.selected, page: remembered.page },
            sync: None,
            behind_new: None,
            stack: Vec::new(),
            line: None,
            officials: None,
            doubts: 0,
            notice: None,
            pending: Vec::new(),
            awaiting: None,
            last_search: String::new(),
            chosen: None,
            marks: BTreeMap::new(),
            jumps: JumpList::default(),
            jumped_back: false,
            input_method_hinted: false,
            official_turn: 0,
            unconfirmed: Vec::new(),
            undo: Vec::new(),
            undo_waits: 0,
            count: None,
            times: 1,
            decision_turn: 0,
            row_turn: 0,
            row_unread: false,
            row_arrive: ArrivalPoint::Start,
            last_letter: None,
            drags_split: false,
            tour,
            source_turn: 0,
            awaiting_texts: None,
            turn: 0,
        }
    }

    /// The screen or line that receives keys.
    pub fn mode(&self) -> Mode {
        if self.line.is_some() {
            return Mode::Line;
        }
        match self.stack.last() {
            Some(Screen::Reading(detail)) if detail.selection.is_some() => Mode::Select,
            Some(Screen::Reading(_)) => Mode::Detail,
            Some(Screen::People(_)) => Mode::People,
            Some(Screen::Finder(_)) => Mode::Finder,
            Some(Screen::Official(_)) => Mode::Official,
            Some(Screen::QuotePage(page)) => page.subject.mode(),
            Some(Screen::Help(_)) => Mode::Help,
            Some(Screen::Palette(_)) => Mode::Palette,
            Some(Screen::Menu(_)) => Mode::Menu,
            None if self.in_detail && self.detail.selection.is_some() => Mode::Select,
            None if self.in_detail => Mode::Detail,
            None => Mode::List,
        }
    }

    /// The report that is being read: the topmost one that was opened from a page, else the one of the list.
    pub fn reading(&self) -> &DetailState {
        let opened = self.stack.iter().rev().find_map(|screen| match screen {
            Screen::Reading(detail) => Some(detail.as_ref()),
            _ => None,
        });
        opened.unwrap_or(&self.detail)
    }

    /// Mutable access to the report that is being read; see `reading`.
    pub fn reading_mut(&mut self) -> &mut DetailState {
        let opened = self.stack.iter_mut().rev().find_map(|screen| match screen {
            Screen::Reading(detail) => Some(detail.as_mut()),
            _ => None,
        });
        opened.unwrap_or(&mut self.detail)
    }

    /// Gives a question to the worker a new turn. Returns the turn and the effect that sends the question.
    pub fn ask(&mut self, ask: Ask) -> (u64, Effect) {
        self.turn += 1;
        (self.turn, Effect::Ask { turn: self.turn, ask })
    }

    /// Shows a notice until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(StatusNotice { text: text.into(), problem: false });
    }

    /// Shows a notice that something went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(StatusNotice { text: self.told(text), problem: true });
    }

    /// A problem in the language of the reader. Errors are made in English, alone or as the end of a phrase.
    fn told(&self, text: impl Into<String>) -> String {
        let text = text.into();
        match messages::say(&text, self.settings.lang) {
            Cow::Owned(told) => told,
            Cow::Borrowed(_) => text,
        }
    }

    /// Whether `Message::Rested` is awaited: a key has moved the selection of the list.
    pub fn awaits_rest(&self) -> bool {
        self.list.preview != PreviewPace::Rested
    }

    /// Whether an awaited answer will change what is on screen. The event loop then delays the next frame a little.
    pub fn awaits(&self) -> bool {
        let front = match self.stack.last() {
            Some(Screen::Finder(finder)) => !finder.settled,
            Some(Screen::Reading(_)) | None => !self.list.settled,
            Some(_) => false,
        };
        let tags =
            self.line.as_ref().is_some_and(|line| matches!(line.before, InputSnapshot::Tags { known: None, .. }));
        front || tags || self.reading().wanted.is_some() || !self.unconfirmed.is_empty()
    }

    /// The state to save for the next session.
    pub fn remembered(&self) -> SessionState {
        let state = SessionState {
            place: self.detail.place(),
            filters: self.list.history.clone(),
            list_share: self.list_share,
            preview_hidden: self.preview_hidden,
            theme: self.chosen_theme,
            lang: self.chosen_lang,
            theme_told: true,
            filter: self.list.filter.text().to_owned(),
            sort: self.list.sort,
            selected: self.list.selected_row().map(|row| row.id.clone()),
            in_detail: self.in_detail,
            zoomed: self.zoomed,
            page: self.stack.iter().rev().find_map(Screen::saved),
        };
        self.before_new(state)
    }
}
