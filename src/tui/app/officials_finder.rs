//! The finder of officials, an official's page, and the other quote pages.

use super::page_cursor::PageLines;
use crate::officials::OfficialPage;
use crate::store::OfficialNote;
use crate::tui::input_line::InputLine;
use crate::tui::message::FinderRow;
use crate::tui::quote_pages::{PageContent, PageSubject};

/// The finder: a query, the officials that match, and a preview of the selected one's page.
#[derive(Debug, Default)]
pub struct FinderState {
    /// The query being typed.
    pub line: InputLine,
    /// The best matches, best first.
    pub rows: Vec<FinderRow>,
    /// The number of officials that match.
    pub total: usize,
    /// The number of officials in the cache.
    pub all: usize,
    /// The selected official, as an index into `rows`.
    pub selected: usize,
    /// The first row on screen.
    pub top: usize,
    /// The turn of the last query.
    pub turn: u64,
    /// Where the cursor goes when more of the officials that match arrive. `None` for the first ones of a query.
    pub go_on: Option<usize>,
    /// Whether the answer to the last query has arrived.
    pub settled: bool,
    /// The turn of the last question for a preview.
    pub preview_turn: u64,
    /// The page of the selected official; that of an earlier one while the new page is being loaded.
    pub preview: Option<Box<OfficialPage>>,
}

/// An official's page on screen.
#[derive(Debug, Default)]
pub struct OfficialPageState {
    /// The id of the official.
    pub id: String,
    /// The turn of the last question for the page.
    pub turn: u64,
    /// The content. `None` until the worker has answered.
    pub page: Option<Box<OfficialPage>>,
    /// Whether the cache has no such official.
    pub gone: bool,
    /// The reader's notes on the official, the oldest first.
    pub notes: Vec<OfficialNote>,
    pub lines: PageLines,
}

/// Any other page on screen: a post, a unit, a comparison, the review of doubts.
#[derive(Debug)]
pub struct QuotePageState {
    pub subject: PageSubject,
    /// The turn of the last question for the page.
    pub turn: u64,
    /// The content. `None` until the worker has answered.
    pub content: Option<Box<PageContent>>,
    /// Whether the cache knows nothing of this subject.
    pub gone: bool,
    /// Whether a comparison shows what recurs.
    pub unfolded: bool,
    pub lines: PageLines,
}
