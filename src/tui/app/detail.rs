//! A report as it is read: the page, where the reader is on it, the person under the cursor, the hits.

use super::TypedFilter;
use crate::officials::Place;
use crate::report::{Evidence, Report, Span};
use crate::tui::report_layout::{PageOptions, ReportPage};

/// The state of a detail pane.
#[derive(Debug, Default)]
pub struct DetailState {
    /// The report, once read.
    pub report: Option<Box<Report>>,
    /// The id asked for, and the question about it that is awaited.
    pub wanted: Option<(u64, String)>,
    /// The report asked for is no longer in the cache.
    pub gone: bool,
    /// Where to arrive once it is read.
    pub arrive: ArrivalPoint,
    /// What to do once it is read, beyond showing it.
    pub then: AfterLoad,
    /// Its tags, in order.
    pub tags: Vec<String>,
    pub page: ReportPage,
    /// What the page shows has changed: `update` lays it out again before it is drawn.
    pub page_outdated: bool,
    /// The first row on screen.
    pub top: usize,
    /// How the page is laid out.
    pub look: PageOptions,
    pub highlight: HighlightMode,
    /// Every mention of a person, in order of the text.
    pub mentions: Vec<PersonAt>,
    /// The one under the cursor.
    pub mention: Option<usize>,
    /// The search in the text: the list's filter, or what was typed after `/` here.
    pub query: TypedFilter,
    /// Whether that was typed after `/` here.
    pub own_query: bool,
    /// The places of the text that match the search, in order.
    pub hits: Vec<Span>,
    /// The hit under the cursor.
    pub hit: Option<usize>,
    /// The word that a jump led to; lit until the next movement.
    pub spot: Option<Span>,
    /// Where the last session ended.
    pub last_place: Option<Place>,
}

/// The search in a report and the reader's place in it, to be restored if a line of typing is given up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPosition {
    /// The report shown: its id.
    pub report: Option<String>,
    pub query: TypedFilter,
    /// Whether that was typed after `/` here.
    pub own_query: bool,
    /// The hit under the cursor.
    pub hit: Option<usize>,
    /// Words that a jump led to.
    pub spot: Option<Span>,
    /// The first row on screen.
    pub top: usize,
    /// The first byte of that row: it finds the row again on a page of another width.
    pub first: Option<usize>,
}

/// A mention of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonAt {
    pub span: Span,
    /// Index into the report's people.
    pub person: usize,
    /// Why these words are taken for this person.
    pub evidence: Evidence,
}

/// Where to arrive in a report that has just been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArrivalPoint {
    /// At its beginning, or at its first hit if there is a search.
    #[default]
    Start,
    /// At its last hit.
    LastHit,
    /// At this byte, which a jump leads to: its words are lit.
    At(usize),
    /// With this byte in the first row: where the last session ended.
    Top(usize),
    /// Where the reader was before a jump: this byte in the first row, this mention under the cursor.
    Position { top: usize, mention: Option<usize> },
}

/// What to do with a report that has just been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterLoad {
    #[default]
    Stay,
    /// Show its people with this one selected, else the one under the cursor.
    People(Option<usize>),
    CopyText,
    CopyUrl,
    CopyCitation,
}

/// Which marks of a text are lit. One key cycles through them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HighlightMode {
    /// Everything that means something.
    #[default]
    All,
    /// Ranks, names and posts.
    People,
    None,
}

impl DetailState {
    /// The place of the first visible letter.
    pub fn place(&self) -> Option<Place> {
        let report = self.report.as_ref()?;
        Some(Place { report: report.id.clone(), at: self.page.first_byte(self.top).unwrap_or(0) })
    }

    /// The search and the reader's place.
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

    /// The mention under the cursor.
    pub fn person(&self) -> Option<PersonAt> {
        self.mention.and_then(|n| self.mentions.get(n)).copied()
    }

    /// The hit under the cursor.
    pub fn current_hit(&self) -> Option<Span> {
        self.hit.and_then(|n| self.hits.get(n)).copied()
    }

    /// The id of the report shown or awaited.
    pub fn id(&self) -> Option<&str> {
        match &self.wanted {
            Some((_, id)) => Some(id),
            None => self.report.as_ref().map(|report| report.id.as_str()),
        }
    }
}
