//! The finder of officials, an official's page, and the pages of other topics.

use super::page_cursor::PageLines;
use crate::officials::OfficialPage;
use crate::tui::line_editor::InputLine;
use crate::tui::message::FinderRow;
use crate::tui::topic_pages::{Topic, TopicContent};

/// The finder: a query, the officials that match, and a preview of the selected one's page.
#[derive(Debug, Default)]
pub struct FinderState {
    /// What is looked for.
    pub line: InputLine,
    /// Who answers, best first.
    pub rows: Vec<FinderRow>,
    pub total: usize,
    /// How many officials there are.
    pub all: usize,
    pub selected: usize,
    /// The first row on screen.
    pub top: usize,
    /// The question whose answer is awaited.
    pub turn: u64,
    /// The answer to it has come.
    pub settled: bool,
    /// The question about the preview that is awaited.
    pub preview_turn: u64,
    /// The page of the selected official.
    pub preview: Option<Box<OfficialPage>>,
}

/// An official's page on screen.
#[derive(Debug, Default)]
pub struct OfficialPageState {
    /// The id asked for.
    pub id: String,
    /// The question whose answer is awaited.
    pub turn: u64,
    /// The page, once known.
    pub page: Option<Box<OfficialPage>>,
    /// There is none such.
    pub gone: bool,
    pub lines: PageLines,
}

/// A page that is no official's: a post, a unit, a comparison, what is to be reviewed.
#[derive(Debug)]
pub struct TopicPageState {
    /// What was asked for.
    pub topic: Topic,
    /// The question whose answer is awaited.
    pub turn: u64,
    /// What is known, once it is.
    pub content: Option<Box<TopicContent>>,
    /// There is nothing such.
    pub gone: bool,
    pub lines: PageLines,
}
