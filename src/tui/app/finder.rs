//! The finder of officials, an official's page, and the pages of other topics.

use super::lines::Lines;
use crate::officials::Page;
use crate::tui::line::Line;
use crate::tui::message::Candidate;
use crate::tui::topic::{Content, Topic};

/// The finder.
#[derive(Debug, Default)]
pub struct Finder {
    /// What is looked for.
    pub line: Line,
    /// Who answers, best first.
    pub rows: Vec<Candidate>,
    /// How many answer.
    pub total: usize,
    /// How many officials there are.
    pub all: usize,
    /// The selected row.
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
    pub preview: Option<Box<Page>>,
}

/// An official's page on screen.
#[derive(Debug, Default)]
pub struct OfficialPage {
    /// The id asked for.
    pub id: String,
    /// The question whose answer is awaited.
    pub turn: u64,
    /// The page, once known.
    pub page: Option<Box<Page>>,
    /// There is none such.
    pub gone: bool,
    /// Its lines.
    pub lines: Lines,
}

/// A page that is no official's: a post, a unit, a comparison, what is to be reviewed.
#[derive(Debug)]
pub struct TopicPage {
    /// What was asked for.
    pub topic: Topic,
    /// The question whose answer is awaited.
    pub turn: u64,
    /// What is known, once it is.
    pub content: Option<Box<Content>>,
    /// There is nothing such.
    pub gone: bool,
    /// Its lines.
    pub lines: Lines,
}
