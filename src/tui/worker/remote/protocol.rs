//! What reader and archive say to each other: one JSON value a line. Each side begins with its `Hello`; only the same
//! version of the protocol is spoken. Every line may come from anybody: it is bounded, and no number in it is larger
//! than `LARGEST_NUMBER`, so that adding some of them never overflows. What a text may do to a terminal is up to
//! `Safe`.
//!
//! ```text
//! reader   {"hello":{"protocol":3,"program":"0.1.0"}}
//! archive  {"hello":{"protocol":3,"program":"0.1.0"}}            or {"refused":"there is no cache"}, and that is all
//! reader   {"marks":{"begins":true,"reports":[…]}}               all marks, then what changes
//! reader   {"ask":{"turn":7,"ask":{"load":"0123…"}}}
//! archive  {"answer":{"turn":7,"answer":{"loaded":{…}}}}         a search has several answers
//! archive  {"answer":{"turn":0,"answer":{"cache_changed":{…}}}}  to no question
//! ```

use super::super::quote_pages::PageParts;
use super::sent_rows::{self, SentRow};
use crate::officials::Place;
use crate::officials::decision::Decision;
use crate::officials::identity::ids::shared_part;
use crate::report::{Day, Report, Span};
use crate::search::filter::Filter;
use crate::store::{
    DecisionStep, ImportPosition, ListRow, ListWindow, MarksPart, OfficialParts, OfficialPreviewParts, SeenBy, Store,
    StoreError, UndoneStep,
};
use crate::tui::message::{Answer, Ask, FinderRow, ListRequest, LoadedReport, NextRowQuery, RowSpan};
use crate::tui::quote_pages::PageSubject;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// The version of what is said here. Raise it with every change.
pub const PROTOCOL: u32 = 3;

/// The most bytes of a line. The longest real one has two reports to compare, of 2 MiB each at most.
pub const LONGEST_LINE: usize = 32 << 20;

/// The largest number that a line may have: more than any count or offset.
const LARGEST_NUMBER: u64 = 1 << 40;

/// The version of the protocol and of the program of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    pub protocol: u32,
    /// The version of the program, for messages.
    pub program: String,
}

impl Hello {
    /// What this program says.
    pub fn own() -> Self {
        Self { protocol: PROTOCOL, program: env!("CARGO_PKG_VERSION").to_owned() }
    }

    /// Why the two cannot speak with each other; `None` if they can. `side` is where the other one is.
    pub fn mismatch(&self, side: &str) -> Option<String> {
        let own = Self::own();
        (self.protocol != own.protocol).then(|| {
            format!(
                "baocao {} {side} speaks version {} of the protocol, this baocao {} version {}; install the same \
                 on both",
                self.program, self.protocol, own.program, own.protocol
            )
        })
    }
}

/// What a reader says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReaderLine {
    Hello(Hello),
    Marks(Box<MarksPart>),
    Ask(QuestionLine),
}

/// A question and the turn by which its answers are known.
#[derive(Debug, Serialize, Deserialize)]
pub struct QuestionLine {
    pub turn: u64,
    pub ask: RemoteQuestion,
}

/// What an archive says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveLine {
    Hello(Hello),
    /// It cannot answer anything, for this reason.
    Refused(String),
    Answer(Box<AnswerLine>),
}

/// An answer and the turn of its question; 0 for what nobody has asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerLine {
    pub turn: u64,
    pub answer: RemoteAnswer,
}

/// The questions and orders that an archive answers; what each is for is said at `Ask`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteQuestion {
    Search(ListRequest),
    Load(String),
    Officials { query: String, limit: usize },
    Official(String),
    OfficialPreview(String),
    Page(PageSubject),
    Judge { official: String, decision: Decision },
    OfficialOf { report: String, person: usize },
    Merge { one: String, other: String },
    Split { official: String, place: Place },
    Undo(String),
    Complete { text: String, cursor: usize },
    Source(String),
    Texts(Vec<String>),
    Ids(RowSpan),
    Unread(NextRowQuery),
    SearchOn { query: NextRowQuery, search: Arc<Filter> },
    Begin,
    HasNew,
    Seen,
}

/// The answers of an archive; what each has is said at `Answer`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteAnswer {
    Found {
        /// The counts; its rows are in `rows`.
        found: ListWindow,
        rows: Vec<SentRow>,
        kept: Option<usize>,
        more: bool,
    },
    Loaded(Option<Box<LoadedParts>>),
    Officials {
        rows: Vec<FinderRow>,
        total: usize,
        all: usize,
    },
    Official(Option<Box<OfficialParts>>),
    OfficialPreview(Option<Box<OfficialPreviewParts>>),
    Page(Option<Box<PageParts>>),
    OfficialOf(Option<String>),
    Completed {
        span: Span,
        values: Vec<String>,
    },
    Row(Option<RowPlace>),
    Decided {
        id: Option<String>,
        undone: Option<UndoneStep>,
        /// The step of decisions that was made, for the file of the reader's marks. `None` if nothing was decided.
        step: Option<DecisionStep>,
        officials: usize,
        doubts: usize,
    },
    Begun {
        officials: usize,
        doubts: usize,
        notices: Vec<String>,
        seen: Option<ImportPosition>,
    },
    CacheChanged {
        officials: usize,
        doubts: usize,
    },
    HasNew(bool),
    /// To `Seen`: up to where.
    Done(Option<ImportPosition>),
    Source(Option<String>),
    Texts(String),
    Ids(Vec<String>),
    Failed(String),
}

/// What is sent of a report that is opened.
#[derive(Debug, Serialize, Deserialize)]
pub struct LoadedParts {
    #[serde(with = "crate::store::report_parts")]
    report: Box<Report>,
    /// The day of its import.
    imported: Option<Day>,
}

/// A row of the list.
#[derive(Debug, Serialize, Deserialize)]
pub struct RowPlace {
    row: usize,
    id: String,
}

/// What is no line of this protocol, or no answer to the question: why. The other side is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what came was not understood: {0}")]
pub struct Mismatch(pub String);

/// Reads one line, without its end.
pub fn read_line<T: DeserializeOwned>(line: &[u8]) -> Result<T, Mismatch> {
    let value: Value = serde_json::from_slice(line).map_err(|error| Mismatch(error.to_string()))?;
    if !has_only_small_numbers(&value) {
        return Err(Mismatch("a number is too large".to_owned()));
    }
    serde_json::from_value(value).map_err(|error| Mismatch(error.to_string()))
}

/// What a line of an archive answers to a question. `None` if it is no answer. `rows` are those of the last answer to
/// the question, and afterwards those of this one.
pub fn understood(
    line: &[u8],
    turn: u64,
    ask: &Ask,
    marks: &Store,
    rows: &mut Vec<ListRow>,
) -> Result<Option<Answer>, Mismatch> {
    match read_line(line)? {
        ArchiveLine::Answer(line) => line.answer.into_answer(turn, ask, marks, rows).map(Some),
        ArchiveLine::Hello(_) | ArchiveLine::Refused(_) => Ok(None),
    }
}

/// Recursive as deep as `serde_json` reads, which is 128 levels.
fn has_only_small_numbers(value: &Value) -> bool {
    match value {
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => number <= LARGEST_NUMBER,
            (None, Some(number)) => number.unsigned_abs() <= LARGEST_NUMBER,
            (None, None) => false,
        },
        Value::Array(values) => values.iter().all(has_only_small_numbers),
        Value::Object(fields) => fields.values().all(has_only_small_numbers),
        _ => true,
    }
}

/// A value as one line, which is safe on a terminal too.
pub fn line_of(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let json = serde_json::to_string(value)?;
    let mut line = crate::text::safe::json(&json).into_owned().into_bytes();
    line.push(b'\n');
    Ok(line)
}

impl RemoteQuestion {
    /// The question that an archive is asked for an `Ask`. `None` for what is done where the reader is: what changes
    /// the reader's marks, or would change the archive.
    pub fn of(ask: &Ask) -> Option<Self> {
        Some(match ask.clone() {
            Ask::Search(request) => Self::Search(request),
            Ask::Load(id) => Self::Load(id),
            Ask::Officials(query, limit) => Self::Officials { query, limit },
            Ask::Official(id) | Ask::OfficialAgain(id) => Self::Official(id),
            Ask::OfficialPreview(id) => Self::OfficialPreview(id),
            Ask::QuotePage(subject) => Self::Page(subject),
            Ask::Judge { official, decision } => Self::Judge { official, decision },
            Ask::OfficialOf(report, person) => Self::OfficialOf { report, person },
            Ask::Merge(one, other) => Self::Merge { one, other },
            Ask::Split(official, place) => Self::Split { official, place },
            Ask::Undo(official) => Self::Undo(official),
            Ask::Complete(text, cursor) => Self::Complete { text, cursor },
            Ask::Source(id) => Self::Source(id),
            Ask::Texts(ids) => Self::Texts(ids),
            Ask::Ids(rows) => Self::Ids(rows),
            Ask::Unread(query) => Self::Unread(query),
            Ask::SearchOn(query, search) => Self::SearchOn { query, search },
            Ask::Begin => Self::Begin,
            Ask::HasNew => Self::HasNew,
            Ask::Seen => Self::Seen,
            Ask::Mark(..)
            | Ask::ChangeMarks(_)
            | Ask::ChangeNote(_)
            | Ask::Remove { .. }
            | Ask::SaveAgain(_)
            | Ask::Tags(_)
            | Ask::SetDate { .. }
            | Ask::CompleteTag(..)
            | Ask::SaveFilter { .. }
            | Ask::OfficialParts(_)
            | Ask::OfficialPreviewParts(_)
            | Ask::PageParts(_)
            | Ask::TakeMarks(_) => return None,
        })
    }

    /// What the worker beside the archive is asked.
    pub fn into_ask(self) -> Ask {
        match self {
            Self::Search(request) => Ask::Search(request),
            Self::Load(id) => Ask::Load(id),
            Self::Officials { query, limit } => Ask::Officials(query, limit),
            Self::Official(id) => Ask::OfficialParts(id),
            Self::OfficialPreview(id) => Ask::OfficialPreviewParts(id),
            Self::Page(subject) => Ask::PageParts(subject),
            Self::Judge { official, decision } => Ask::Judge { official, decision },
            Self::OfficialOf { report, person } => Ask::OfficialOf(report, person),
            Self::Merge { one, other } => Ask::Merge(one, other),
            Self::Split { official, place } => Ask::Split(official, place),
            Self::Undo(official) => Ask::Undo(official),
            Self::Complete { text, cursor } => Ask::Complete(text, cursor),
            Self::Source(id) => Ask::Source(id),
            Self::Texts(ids) => Ask::Texts(ids),
            Self::Ids(rows) => Ask::Ids(rows),
            Self::Unread(query) => Ask::Unread(query),
            Self::SearchOn { query, search } => Ask::SearchOn(query, search),
            Self::Begin => Ask::Begin,
            Self::HasNew => Ask::HasNew,
            Self::Seen => Ask::Seen,
        }
    }
}

impl AnswerLine {
    /// What an archive says of an answer of its worker. `None` for an answer that no reader has asked for. `rows` are
    /// those of the last answer to the same search, if there was one.
    pub fn of(store: &Store, answer: Answer, rows: &[ListRow]) -> Result<Option<Self>, StoreError> {
        let turn = answer.turn();
        let answer = match answer {
            Answer::Found { mut found, kept, more, .. } => {
                let rows = sent_rows::sent(&std::mem::take(&mut found.rows), rows);
                RemoteAnswer::Found { found, rows, kept, more }
            }
            Answer::Loaded { loaded, .. } => RemoteAnswer::Loaded(loaded.map(|loaded| {
                let LoadedReport { report, imported, .. } = *loaded;
                Box::new(LoadedParts { report, imported })
            })),
            Answer::Officials { rows, total, all, .. } => RemoteAnswer::Officials { rows, total, all },
            Answer::OfficialParts { parts, .. } => RemoteAnswer::Official(parts),
            Answer::OfficialPreviewParts { parts, .. } => RemoteAnswer::OfficialPreview(parts),
            Answer::PageParts { parts, .. } => RemoteAnswer::Page(parts),
            Answer::OfficialOf { id, .. } => RemoteAnswer::OfficialOf(id),
            Answer::Completed { span, values, .. } => RemoteAnswer::Completed { span, values },
            Answer::Row { row, .. } => RemoteAnswer::Row(row.map(|(row, id)| RowPlace { row, id })),
            Answer::Decided { id, undone, step, officials, doubts, .. } => {
                RemoteAnswer::Decided { id, undone, step, officials, doubts }
            }
            Answer::Begun { officials, doubts, notices, .. } => {
                RemoteAnswer::Begun { officials, doubts, notices, seen: store.marks().seen(SeenBy::Reader)? }
            }
            Answer::CacheChanged { officials, doubts } => RemoteAnswer::CacheChanged { officials, doubts },
            Answer::HasNew { has_new, .. } => RemoteAnswer::HasNew(has_new),
            Answer::Done { turn: 1.. } => RemoteAnswer::Done(store.marks().seen(SeenBy::Reader)?),
            Answer::Source { url, .. } => RemoteAnswer::Source(url),
            Answer::Texts { text, .. } => RemoteAnswer::Texts(text),
            Answer::Ids { ids, .. } => RemoteAnswer::Ids(ids),
            Answer::Failed { why, .. } => RemoteAnswer::Failed(why),
            // Done with the turn 0 are marks that were taken over, which nobody waits for.
            Answer::Done { turn: 0 }
            | Answer::DateChanged(_)
            | Answer::Tags { .. }
            | Answer::Official { .. }
            | Answer::QuotePage { .. }
            | Answer::MarksChanged { .. }
            | Answer::NoteChanged { .. }
            | Answer::Removed { .. }
            | Answer::TooManyToUndo { .. }
            | Answer::SavedAgain { .. }
            | Answer::Connection(_) => return Ok(None),
        };
        Ok(Some(Self { turn, answer }))
    }
}

impl RemoteAnswer {
    /// The answer to `ask`, with what only the reader's own marks tell. An error if it is none to that question.
    /// `before` are the rows of the last answer to it, and afterwards those of this one.
    pub fn into_answer(
        self,
        turn: u64,
        ask: &Ask,
        marks: &Store,
        before: &mut Vec<ListRow>,
    ) -> Result<Answer, Mismatch> {
        let unread = |error: StoreError| Mismatch(error.to_string());
        Ok(match (self, ask) {
            (Self::Failed(why), _) => Answer::Failed { turn, why },
            (Self::Found { mut found, mut rows, kept, more }, Ask::Search(request)) => {
                rows.truncate(request.limit.max(request.on_screen));
                found.rows = sent_rows::received(rows, std::mem::take(before))?;
                before.clone_from(&found.rows);
                Answer::Found { turn, found, kept, more }
            }
            (Self::Loaded(None), Ask::Load(_)) => Answer::Loaded { turn, loaded: None },
            (Self::Loaded(Some(parts)), Ask::Load(id)) if parts.report.id.starts_with(id.as_str()) => {
                let LoadedParts { report, imported } = *parts;
                let tags = marks.marks().tags_of(&report.id).map_err(unread)?;
                let notes = marks.notes().of_report(&report.id).map_err(unread)?;
                Answer::Loaded { turn, loaded: Some(Box::new(LoadedReport { report, tags, notes, imported })) }
            }
            (Self::Officials { mut rows, total, all }, Ask::Officials(_, limit)) => {
                rows.truncate(*limit);
                Answer::Officials { turn, rows, total, all }
            }
            (Self::Official(parts), Ask::Official(id) | Ask::OfficialAgain(id)) => {
                let notes = marks.notes().of_name(id).map_err(unread)?;
                let parts = parts.filter(|parts| shared_part(&parts.id) == shared_part(id));
                let (page, notes) = parts.map(|parts| parts.page_and_notes(notes)).unwrap_or_default();
                Answer::Official { turn, page: page.map(Box::new), notes }
            }
            (Self::OfficialPreview(parts), Ask::OfficialPreview(id)) => {
                let parts = parts.filter(|parts| shared_part(parts.id()) == shared_part(id));
                let page = parts.and_then(|parts| parts.page()).map(Box::new);
                Answer::Official { turn, page, notes: Vec::new() }
            }
            (Self::Page(parts), Ask::QuotePage(subject)) => {
                let content = parts.and_then(|parts| parts.content(subject)).map(Box::new);
                Answer::QuotePage { turn, content }
            }
            (Self::OfficialOf(id), Ask::OfficialOf(..)) => Answer::OfficialOf { turn, id },
            (Self::Completed { span, values }, Ask::Complete(text, _)) if text.get(span.start..span.end).is_some() => {
                Answer::Completed { turn, span, values }
            }
            (Self::Row(row), Ask::Unread(_) | Ask::SearchOn(..)) => {
                Answer::Row { turn, row: row.map(|RowPlace { row, id }| (row, id)) }
            }
            (
                Self::Decided { id, undone, officials, doubts, .. },
                Ask::Judge { .. } | Ask::Merge(..) | Ask::Split(..) | Ask::Undo(_),
            ) => Answer::Decided { turn, id, undone, step: None, officials, doubts },
            (Self::Begun { officials, doubts, notices, .. }, Ask::Begin) => {
                let places = marks.marks().places().map_err(unread)?;
                let places =
                    places.into_iter().map(|(letter, report, at)| (letter, Place { report: report.into(), at }));
                let notices = marks.notices().iter().cloned().chain(notices).collect();
                Answer::Begun { turn, officials, doubts, marks: places.collect(), notices }
            }
            (Self::HasNew(has_new), Ask::HasNew) => Answer::HasNew { turn, has_new },
            (Self::Done(_), Ask::Seen) => Answer::Done { turn },
            (Self::Source(url), Ask::Source(_)) => {
                Answer::Source { turn, url: url.filter(|url| url.starts_with("http")) }
            }
            (Self::Texts(text), Ask::Texts(_)) => Answer::Texts { turn, text },
            (Self::Ids(mut ids), Ask::Ids(rows)) => {
                ids.truncate(rows.limit);
                Answer::Ids { turn, ids }
            }
            _ => return Err(Mismatch("an answer to another question".to_owned())),
        })
    }
}
