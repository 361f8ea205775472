//! The input and the output of `update`: what has happened (`Message`) and what is to be done (`Effect`), with the
//! questions to the worker (`Ask`) and their answers (`Answer`). All are plain data, so that `update` needs no disk, no
//! clock and no terminal, and the code that performs effects knows no screen.

use super::quote_pages::{PageContent, PageSubject};
use super::worker::PageParts;
use crate::officials::career::FormerTenure;
use crate::officials::decision::Decision;
use crate::officials::{OfficialPage, OfficialSummary, Place};
use crate::report::{Dated, Day, Report, Span};
use crate::search::date::DayRange;
use crate::search::filter::Filter;
use crate::store::{
    DecisionStep, ListWindow, MarkChange, MarksPart, Note, NoteChange, NoteChanged, OfficialNote, OfficialParts,
    OfficialPreviewParts, RemovedReports, Sort, UndoneStep,
};
use crate::sync::event::{SyncProgress, SyncTotals};
use crossterm::event::KeyEvent;
use ratatui::layout::Position;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// The most that is kept of removed reports to undo their removal, in bytes: some eight thousand reports of the usual
/// length, since their texts stay packed. What is removed first is forgotten first.
pub const MAX_UNDO_BYTES: usize = 16 << 20;

/// Something that happened, for `update` to react to.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed or repeated (never a release).
    Key(KeyEvent),
    /// Text was pasted. It may contain anything, including control characters.
    Pasted(String),
    /// The mouse was used. Comes only if the settings turn it on.
    Mouse(MouseInput),
    /// The terminal has a new size, in cells.
    Resized {
        width: u16,
        height: u16,
    },
    /// The reader was suspended and continued. What the terminal shows is unknown, so everything must be drawn again.
    Resumed,
    /// No message has come for a while. Sent only while `App::awaits_rest`.
    Rested,
    /// The terminal can no longer be read.
    Ended,
    Answer(Answer),
    /// An effect was performed, with an outcome that the user should know about.
    EffectDone(EffectOutcome),
    /// A verb that ran beside the reader has ended.
    VerbEnded(VerbEnd),
    /// The run that fetches new reports beside the reader tells something.
    Sync(SyncNews),
    /// A program of the user's has ended.
    CommandEnded {
        /// The turn of its effect.
        turn: u64,
        /// What it has written, or why it could not be run.
        said: Result<String, String>,
    },
}

/// What a run that fetches new reports tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncNews {
    /// How far it is.
    Progress {
        progress: SyncProgress,
        /// Pages a minute; `None` until that can be told.
        per_minute: Option<u64>,
    },
    /// A source or a host gave trouble: one line. The others go on.
    Problem(String),
    /// The settings name no source.
    NoSources,
    /// It has ended, or could not begin for the reason given.
    Ended(Result<SyncTotals, String>),
}

/// What a run that fetches new reports works with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncJob {
    /// The folder of the cache. The run has a connection of its own, as another process would.
    pub cache: PathBuf,
    /// The settings that name the sources. They are read when the run begins. `None` if no home folder is known.
    pub config_file: Option<PathBuf>,
}

/// Something that was done with the mouse, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MouseInput {
    pub kind: MouseKind,
    /// The cell under the pointer.
    pub at: Position,
}

/// What was done with the mouse. Other buttons than the left one mean nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    WheelUp,
    WheelDown,
    Press,
    /// The pointer was moved while the button is held.
    Drag,
    Release,
}

/// A verb of the command line to be run beside the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerbJob {
    pub arguments: Vec<String>,
    /// What it reads from its standard input.
    pub input: String,
    /// What to say if it has done what was asked without a word.
    pub done: String,
}

/// What is written to a file that the user names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// This text: a page.
    Text(String),
    /// What this verb exports into the file, or into the folder.
    Export(VerbJob),
}

/// How a verb of the command line ended that ran beside the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbEnd {
    /// Whether it did what was asked.
    pub done: bool,
    /// The last line that it said.
    pub said: String,
}

/// The outcome of an effect, if the user should know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EffectOutcome {
    /// The worker has stopped: the question will not be answered.
    WorkerGone,
    /// Text was put on the clipboard.
    Copied {
        /// What to say of it.
        said: String,
        route: ClipboardRoute,
        /// Bytes at the end that did not go.
        cut: usize,
    },
    /// Nothing was copied, for the reason that the system gave.
    CopyFailed(String),
    /// The user's browser is on another machine, so this address was copied instead.
    UrlCopied(String),
    /// The browser could not be started. The text is a whole sentence for the user.
    BrowserFailed(String),
    /// The text was written to this file.
    Saved(PathBuf),
    /// There is such a file already, so nothing was written: the user is asked.
    FileIsThere { file: PathBuf, content: FileContent },
    /// The text was not written, for the reason that the system gave.
    SaveFailed { file: PathBuf, why: String },
    /// The reader cannot be suspended on this system.
    CannotSuspend,
    /// What the user's editor has saved.
    Edited(String),
    /// The editor has saved more bytes than a note may have. Its file was kept.
    EditedTooLong { bytes: usize, file: PathBuf },
    /// The editor could not be started, or ended with a failure, for this reason.
    EditFailed(String),
}

/// The way that a copied text took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClipboardRoute {
    /// To the terminal, which puts it on the clipboard of its machine.
    Terminal,
    /// Into a buffer of tmux, and through it to the terminal.
    TmuxAndTerminal,
    /// Into a buffer of tmux only: the terminal behind it has no clipboard that tmux knows of.
    TmuxOnly,
    /// Through a multiplexer that does not tell whether it passes it on.
    Unknown,
}

/// The date that a report has now, after it was set by hand or taken back.
#[derive(Clone, Debug)]
pub struct DateChanged {
    pub turn: u64,
    /// The id of the report.
    pub report: String,
    pub day: Option<Dated>,
    /// Whether it is the reader's; else it is what text and page tell.
    pub by_hand: bool,
    /// The date that the reader had set before.
    pub before: Option<DayRange>,
}

/// An answer of the worker. `turn` is the turn of the `Ask` that it answers. A screen remembers the turn that it awaits
/// and drops answers to any other turn: a newer question has replaced them.
#[derive(Debug)]
pub enum Answer {
    /// To `Ask::Search`. The only question with several answers.
    Found {
        turn: u64,
        /// The rows and the counts.
        found: ListWindow,
        /// The row number of the report that was to be kept. `None` if it does not match, or is not found yet.
        kept: Option<usize>,
        /// Whether another answer follows: with the count, or with the window around the report that was to be kept.
        more: bool,
    },
    /// To `Ask::Load`: the report.
    Loaded {
        turn: u64,
        /// `None` if the report is no longer in the cache.
        loaded: Option<Box<LoadedReport>>,
    },
    /// To `Ask::SetDate`: the date that the report has now.
    DateChanged(DateChanged),
    /// To `Ask::Tags`: the report's tags, sorted.
    Tags { turn: u64, tags: Vec<String> },
    /// To `Ask::Officials`: the best matches and the counts.
    Officials {
        turn: u64,
        /// At most as many as requested, best first.
        rows: Vec<FinderRow>,
        /// The number of officials that match.
        total: usize,
        /// The number of officials in the cache.
        all: usize,
    },
    /// To `Ask::Official`, `Ask::OfficialAgain` and `Ask::OfficialPreview`.
    Official {
        turn: u64,
        /// `None` if there is no such official.
        page: Option<Box<OfficialPage>>,
        /// The reader's notes on the official.
        notes: Vec<OfficialNote>,
    },
    /// To `Ask::QuotePage`. `None` if the cache knows nothing of the subject.
    QuotePage { turn: u64, content: Option<Box<PageContent>> },
    /// To `Ask::OfficialParts`. `None` if there is no such official.
    OfficialParts { turn: u64, parts: Option<Box<OfficialParts>> },
    /// To `Ask::OfficialPreviewParts`. `None` if there is no such official.
    OfficialPreviewParts { turn: u64, parts: Option<Box<OfficialPreviewParts>> },
    /// To `Ask::PageParts`. `None` if the cache knows nothing of the subject.
    PageParts { turn: u64, parts: Option<Box<PageParts>> },
    /// To `Ask::OfficialOf`. `None` if the person was not identified.
    OfficialOf { turn: u64, id: Option<String> },
    /// To `Ask::Complete` and `Ask::CompleteTag`.
    Completed {
        turn: u64,
        /// The part of the line that a completion replaces, in bytes.
        span: Span,
        /// The completions; empty if there are none.
        values: Vec<String>,
    },
    /// To `Ask::Unread` and `Ask::SearchOn`.
    Row {
        turn: u64,
        /// The row number in the list and the report's id. `None` if no row matches.
        row: Option<(usize, String)>,
    },
    /// To `Ask::Merge`, `Ask::Split`, `Ask::Judge` and `Ask::Undo`.
    Decided {
        turn: u64,
        /// The id that the official whose page was open has after the decision. `None` if there was nothing to undo.
        id: Option<String>,
        /// The decisions that were undone. `None` unless it was to undo.
        undone: Option<UndoneStep>,
        /// The step that was made, for a reader on another machine. `None` if nothing was decided.
        step: Option<DecisionStep>,
        /// The number of officials after the decision.
        officials: usize,
        /// The number of judgements left to review.
        doubts: usize,
    },
    /// To `Ask::Begin`, at the start of the session.
    Begun {
        turn: u64,
        /// The number of officials in the cache.
        officials: usize,
        /// The number of judgements about identities to review.
        doubts: usize,
        marks: Vec<(char, Place)>,
        /// Sentences about the cache for the user, such as that it was repaired.
        notices: Vec<String>,
    },
    /// To no question: another process has changed the cache since the last search.
    CacheChanged {
        /// The number of officials in the cache now.
        officials: usize,
        /// The number of judgements about identities to review now.
        doubts: usize,
    },
    /// To no question: the line to an archive on another machine was lost, or is there again.
    Connection(ConnectionNews),
    /// The answer to `Ask::HasNew`.
    HasNew {
        turn: u64,
        /// Whether anything came since the reader was last used.
        has_new: bool,
    },
    /// An order was carried out.
    Done { turn: u64 },
    /// To `Ask::ChangeMarks`: the changes that undo it.
    MarksChanged { turn: u64, undo: Vec<MarkChange> },
    /// To `Ask::ChangeNote`: what was changed.
    NoteChanged { turn: u64, changed: NoteChanged },
    /// To `Ask::Remove`, with the counts of what is left.
    Removed {
        turn: u64,
        /// The number of reports that were removed.
        reports: usize,
        /// What was removed, to save it again. `None` if that was not asked for.
        undo: Option<Arc<RemovedReports>>,
        /// The number of officials that are left.
        officials: usize,
        /// The number of judgements left to review.
        doubts: usize,
    },
    /// To `Ask::Remove`: nothing was removed, because these reports are more than can be given back.
    TooManyToUndo { turn: u64, reports: Vec<String> },
    /// To `Ask::SaveAgain`: the reports are in the cache again, with their marks.
    SavedAgain {
        turn: u64,
        removed: Arc<RemovedReports>,
        /// The number of officials now.
        officials: usize,
        /// The number of judgements to review now.
        doubts: usize,
    },
    /// To `Ask::Source`. `None` if the report gives no address.
    Source { turn: u64, url: Option<String> },
    /// To `Ask::Texts`: all of them as one text.
    Texts { turn: u64, text: String },
    /// To `Ask::Ids`, in the order of the list.
    Ids { turn: u64, ids: Vec<String> },
    /// A question could not be answered, or an order not carried out. The footer shows why; it is never fatal.
    Failed {
        turn: u64,
        /// A whole sentence for the user: what was being done, to what, and why it failed.
        why: String,
    },
}

impl Answer {
    /// Whether this is the last answer to its question.
    pub fn is_last(&self) -> bool {
        !matches!(self, Self::Found { more: true, .. })
    }

    /// The turn of the question.
    pub fn turn(&self) -> u64 {
        match self {
            Self::Found { turn, .. }
            | Self::Loaded { turn, .. }
            | Self::DateChanged(DateChanged { turn, .. })
            | Self::Tags { turn, .. }
            | Self::Officials { turn, .. }
            | Self::Official { turn, .. }
            | Self::QuotePage { turn, .. }
            | Self::OfficialParts { turn, .. }
            | Self::OfficialPreviewParts { turn, .. }
            | Self::PageParts { turn, .. }
            | Self::OfficialOf { turn, .. }
            | Self::Completed { turn, .. }
            | Self::Row { turn, .. }
            | Self::Decided { turn, .. }
            | Self::Begun { turn, .. }
            | Self::HasNew { turn, .. }
            | Self::Done { turn }
            | Self::MarksChanged { turn, .. }
            | Self::NoteChanged { turn, .. }
            | Self::Removed { turn, .. }
            | Self::TooManyToUndo { turn, .. }
            | Self::SavedAgain { turn, .. }
            | Self::Ids { turn, .. }
            | Self::Texts { turn, .. }
            | Self::Source { turn, .. }
            | Self::Failed { turn, .. } => *turn,
            // Turns begin at 1, so no screen awaits this one.
            Self::CacheChanged { .. } | Self::Connection(_) => 0,
        }
    }
}

/// What happened to the line to an archive on another machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectionNews {
    /// It was lost, for this reason. It is tried again until it is there, or the reader quits.
    Lost(String),
    Back,
}

/// A report that was loaded, with what the reader has made of it.
#[derive(Debug)]
pub struct LoadedReport {
    pub report: Box<Report>,
    /// The reader's tags, sorted.
    pub tags: Vec<String>,
    /// The reader's notes, in the order of the text.
    pub notes: Vec<Note>,
    /// The day on which it was imported.
    pub imported: Option<Day>,
}

/// An official that matches a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinderRow {
    pub official: OfficialSummary,
    /// The parts of the name that match, in bytes.
    pub hits: Vec<Span>,
    /// Whether the name only resembles the query.
    pub fuzzy: bool,
    /// The former ranks and posts that match; empty if the official matches without them.
    pub former: Vec<FormerRow>,
}

/// A former rank or post of an official that matches a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerRow {
    pub tenure: FormerTenure,
    /// The words of its text that match, in bytes.
    pub hits: Vec<Span>,
}

/// Something to do outside the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Ask {
        /// Returned with the answer.
        turn: u64,
        ask: Ask,
    },
    /// Put text on the user's clipboard. Answered by `EffectOutcome::Copied`, which says `said`.
    Copy { text: String, said: String },
    /// Run a program of the user's with this text as its input. Answered by `Message::CommandEnded`.
    RunCommand { turn: u64, words: Vec<String>, input: String },
    /// Write a file. If there is one already and it is not to be replaced, nothing is written and the answer is
    /// `EffectOutcome::FileIsThere`.
    WriteFile { file: PathBuf, content: FileContent, replace: bool },
    /// Open an address (`http`, `https`) in the user's browser.
    OpenUrl(String),
    /// Have the user edit a text in an editor, in a file in this folder, else in the system's temporary one. Answered
    /// by `EffectOutcome::Edited` or one of its failures.
    Edit { text: String, folder: Option<PathBuf> },
    /// Run this program beside the reader. Answered by `Message::VerbEnded`.
    RunVerb(VerbJob),
    /// Fetch new reports beside the reader. Tells by `Message::Sync`.
    Sync(SyncJob),
    /// Stop doing so, once what is under way is saved.
    StopSync,
    /// Draw every cell again.
    Redraw,
    /// Restore the terminal and stop the process until it is continued (Ctrl-Z).
    Suspend,
    /// Save the state for the next session, and end.
    Quit,
}

/// A request for a window of the reports that match a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListRequest {
    pub filter: Arc<Filter>,
    pub sort: Sort,
    /// The row number of the first row wanted. If `keep` matches the filter, the window is moved to that report
    /// instead.
    pub offset: usize,
    /// The most rows of the window.
    pub limit: usize,
    /// The number of rows at the beginning of the window up to the last one on screen. In a window from row 0, these
    /// are answered before the others are read.
    pub on_screen: usize,
    /// The id of a report that should stay selected.
    pub keep: Option<String>,
    /// Whether nothing has been drawn yet. The first rows are then answered even if the list moves to `keep`
    /// afterwards: drawing the screen twice is better than showing an empty one.
    pub first_screen: bool,
}

/// Rows of the list that follow one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowSpan {
    pub filter: Arc<Filter>,
    pub sort: Sort,
    /// The row number of the first.
    pub offset: usize,
    pub limit: usize,
}

/// Where to look for the next row of the list that satisfies a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextRowQuery {
    pub filter: Arc<Filter>,
    pub sort: Sort,
    /// The row number to start from. That row itself is not considered.
    pub from: usize,
    /// Whether to look towards the top of the list.
    pub back: bool,
}

/// A question to the worker, or an order to it. Where noted, a newer question replaces one of its kind that still
/// waits.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A window of the reports that match a filter. The newest replaces one that waits.
    Search(ListRequest),
    /// The report with this id. The newest replaces one that waits.
    Load(String),
    /// The officials that match a query, at most this many. The newest replaces one that waits.
    Officials(String, usize),
    /// The page of the official with this id. The newest replaces one that waits.
    Official(String),
    /// The same for a page that is already open. Several may be open, so no newer question replaces this one. Answered
    /// by `Answer::Official`.
    OfficialAgain(String),
    /// The same for the preview beside the finder, perhaps without what no pane has room for
    /// (`OfficialsRegister::official_preview_parts`). The next preview, and the next query of the finder, stop this
    /// one: that of somebody whom thousands of reports name may take longer than the pause between two keys. Answered
    /// by `Answer::Official`, or not at all.
    OfficialPreview(String),
    /// The content of a quote page.
    QuotePage(PageSubject),
    /// What the page of the official with this id is made of, for a reader on another machine. Answered by
    /// `Answer::OfficialParts`.
    OfficialParts(String),
    /// What the preview of the official with this id is made of, for a reader on another machine. Stopped like
    /// `OfficialPreview`. Answered by `Answer::OfficialPreviewParts`, or not at all.
    OfficialPreviewParts(String),
    /// What a quote page is made of, for a reader on another machine. Answered by `Answer::PageParts`.
    PageParts(PageSubject),
    /// Take over marks of a reader on another machine.
    TakeMarks(Box<MarksPart>),
    /// Settle a doubt about the official with this id.
    Judge { official: String, decision: Decision },
    /// The official that a person of a report is identified as: the report's id, the person's index.
    OfficialOf(String, usize),
    /// Decide that the two officials with these ids are one person.
    Merge(String, String),
    /// Decide that the mentions in the report of this place are not of the official with this id.
    Split(String, Place),
    /// Undo the last decision about namesakes. The id is that of the official whose page is open.
    Undo(String),
    /// The completions of the word before a byte offset of a filter.
    Complete(String, usize),
    /// Mark a place with a letter, or take the letter away (`None`).
    Mark(char, Option<Place>),
    /// Change marks of reports: all of them, or none if one fails.
    ChangeMarks(Vec<MarkChange>),
    /// Save a note, or remove one.
    ChangeNote(NoteChange),
    /// The address of the source of the report with this id. Answered by `Answer::Source`.
    Source(String),
    /// The texts of these reports, for a program of the user's. Answered by `Answer::Texts`.
    Texts(Vec<String>),
    /// Remove reports from the cache.
    Remove {
        reports: Vec<String>,
        /// Whether the answer gives back what was removed. If that is more than `MAX_UNDO_BYTES`, nothing is removed.
        undoable: bool,
    },
    /// Save reports again that were removed, with the marks on them.
    SaveAgain(Arc<RemovedReports>),
    /// The ids of the reports of some rows of the list.
    Ids(RowSpan),
    /// The tags of the report with this id.
    Tags(String),
    /// Set the date of a report by hand, or take it back (`None`).
    SetDate {
        /// The id of the report.
        report: String,
        date: Option<DayRange>,
    },
    /// The completions of the tag before a byte offset of a line of tags. Answered by `Answer::Completed`.
    CompleteTag(String, usize),
    /// Save a filter under a name in this config file.
    SaveFilter { file: PathBuf, name: String, filter: String },
    /// The next unread report of the list.
    Unread(NextRowQuery),
    /// The next report of the list that matches a search too.
    SearchOn(NextRowQuery, Arc<Filter>),
    /// Marks, notices and the number of officials. Asked once, after the first search.
    Begin,
    /// Whether anything came since the reader was last used. Asked before the first search.
    HasNew,
    /// Record that the reader has seen the cache as it was at the last search.
    Seen,
}

impl Ask {
    /// Whether this is an order: it changes what the reader has marked or decided, and is carried out in any case,
    /// while a question is given up when nobody needs the answer any more.
    pub fn is_order(&self) -> bool {
        match self {
            Self::Judge { .. }
            | Self::Merge(..)
            | Self::Split(..)
            | Self::Undo(_)
            | Self::Mark(..)
            | Self::ChangeMarks(_)
            | Self::ChangeNote(_)
            | Self::Remove { .. }
            | Self::SaveAgain(_)
            | Self::SaveFilter { .. }
            | Self::SetDate { .. }
            | Self::TakeMarks(_)
            | Self::Seen => true,
            Self::Search(_)
            | Self::Load(_)
            | Self::Officials(..)
            | Self::Official(_)
            | Self::OfficialAgain(_)
            | Self::OfficialPreview(_)
            | Self::QuotePage(_)
            | Self::OfficialParts(_)
            | Self::OfficialPreviewParts(_)
            | Self::PageParts(_)
            | Self::OfficialOf(..)
            | Self::Complete(..)
            | Self::Tags(_)
            | Self::Ids(_)
            | Self::Texts(_)
            | Self::Source(_)
            | Self::CompleteTag(..)
            | Self::Unread(_)
            | Self::SearchOn(..)
            | Self::HasNew
            | Self::Begin => false,
        }
    }
}
