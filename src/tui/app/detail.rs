//! The state of a report on screen: its laid-out page, the scroll position, the person under the cursor, the hits.

use super::TypedFilter;
use crate::officials::Place;
use crate::report::{Day, Evidence, Report, Span};
use crate::store::Note;
use crate::tui::report_layout::{PageOptions, ReportPage};
use crate::tui::text_selection::TextSelection;

/// The state of a detail pane.
#[derive(Debug, Default)]
pub struct DetailState {
    /// The report. `None` until the worker has loaded it.
    pub report: Option<Box<Report>>,
    /// The turn and the report id of the awaited `Ask::Load`. `None` if nothing is being loaded.
    pub wanted: Option<(u64, String)>,
    /// Whether the requested report is no longer in the cache.
    pub gone: bool,
    /// Where to arrive once the report is loaded.
    pub arrive: ArrivalPoint,
    /// What to do once the report is loaded, besides showing it.
    pub then: AfterLoad,
    /// The tags of the report, sorted.
    pub tags: Vec<String>,
    /// The reader's notes on the report and its passages, in the order of the text.
    pub notes: Vec<Note>,
    /// The day on which the report was imported.
    pub imported: Option<Day>,
    /// What is selected. While something is, keys go to the selection.
    pub selection: Option<TextSelection>,
    pub page: ReportPage,
    /// Whether the content of the page has changed: `update` lays it out again before it is drawn.
    pub page_outdated: bool,
    /// The first row on screen.
    pub top: usize,
    /// How the page is laid out.
    pub look: PageOptions,
    pub highlight: HighlightMode,
    /// Every mention of a person, in text order.
    pub mentions: Vec<PersonAt>,
    /// The mention under the cursor, as an index into `mentions`.
    pub mention: Option<usize>,
    /// The search in the text: the list's filter, or what was typed after `/` in this pane.
    pub query: TypedFilter,
    /// Whether `query` was typed after `/` in this pane.
    pub own_query: bool,
    /// The spans of the text that match `query`, in text order.
    pub hits: Vec<Span>,
    /// The hit under the cursor, as an index into `hits`.
    pub hit: Option<usize>,
    /// The word that a jump led to. It is highlighted until the next movement.
    pub spot: Option<Span>,
    /// The place where the last session ended. Used once: when that report is opened again, with no filter or with
    /// that of the session.
    pub last_place: Option<Place>,
    /// The filter of the list when the last session ended.
    pub last_filter: String,
}

/// The search in a report and the scroll position: what Esc in the input line restores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPosition {
    /// The id of the report shown.
    pub report: Option<String>,
    pub query: TypedFilter,
    /// Whether `query` was typed after `/` in the detail pane.
    pub own_query: bool,
    /// The hit under the cursor, as an index into the hits.
    pub hit: Option<usize>,
    /// The word that a jump led to.
    pub spot: Option<Span>,
    /// The first row on screen.
    pub top: usize,
    /// The first byte of that row. Row numbers change with the width of the page, bytes do not.
    pub first: Option<usize>,
}

/// A mention of a person, as the cursor in the text visits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonAt {
    pub span: Span,
    /// The index of the person in the people of the report.
    pub person: usize,
    /// Why these words count as a mention of this person.
    pub evidence: Evidence,
}

/// Where to arrive in a report that has just been loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArrivalPoint {
    /// At the first hit if there is one, else at the beginning.
    #[default]
    Start,
    /// At the last hit.
    LastHit,
    /// At this byte, the target of a jump. The word there is highlighted.
    At(usize),
    /// With this byte in the first row: where the last session ended.
    Top(usize),
    /// Where the reader was before a jump: the byte `top` in the first row, `mention` under the cursor.
    Position { top: usize, mention: Option<usize> },
}

/// What to do with a report that has just been loaded, besides showing it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterLoad {
    #[default]
    Stay,
    /// Show its people, with this person selected. `None` selects the one under the cursor.
    People(Option<usize>),
    CopyText,
    CopyUrl,
    CopyCitation,
}

/// Which marks of a text are highlighted. One key cycles through the modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HighlightMode {
    /// Marks of every meaning.
    #[default]
    All,
    /// Only ranks, names and posts.
    People,
    None,
}

impl DetailState {
    /// The place of the first visible character; at the top of the page the beginning of the text, because the head of
    /// the page may show the first lines of it, or not, by its width. `None` if no report is loaded.
    pub fn place(&self) -> Option<Place> {
        let report = self.report.as_ref()?;
        let at = if self.top == 0 { 0 } else { self.page.first_byte(self.top).unwrap_or(0) };
        Some(Place { report: report.id.as_str().into(), at })
    }

    /// A snapshot of the search and the scroll position.
    pub fn search_position(&self) -> SearchPosition {
        SearchPosition {
            report: self.report.as_ref().map(|report| report.id.clone()),
            query: self.query.clone(),
            own_query: self.own_query,
            hit: self.hit,
            spot: self.spot,
            top: self.top,
            first: self.page.first_byte(self.top),
        }
    }

    /// The mention under the cursor, if there is one.
    pub fn person(&self) -> Option<PersonAt> {
        self.mention.and_then(|n| self.mentions.get(n)).copied()
    }

    /// The hit under the cursor, if there is one.
    pub fn current_hit(&self) -> Option<Span> {
        self.hit.and_then(|n| self.hits.get(n)).copied()
    }

    /// The id of the report that is being loaded, else of the one shown.
    pub fn id(&self) -> Option<&str> {
        match &self.wanted {
            Some((_, id)) => Some(id),
            None => self.report.as_ref().map(|report| report.id.as_str()),
        }
    }
}
