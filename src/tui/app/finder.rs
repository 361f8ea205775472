//! The finder of officials and an official's page.

use crate::officials::{Page, Place};
use crate::tui::line::Line;
use crate::tui::message::Candidate;
use crate::tui::theme::Role;

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
    /// Its lines at the present width.
    pub lines: Vec<PageLine>,
    /// The width they are laid out for.
    pub width: usize,
    /// The line under the cursor.
    pub selected: usize,
    /// The first line on screen.
    pub top: usize,
}

/// One line of an official's page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLine {
    /// Its words, by meaning.
    pub pieces: Vec<(String, Role)>,
    /// Where it is said.
    pub place: Option<Place>,
    /// The official it speaks of, where that is another.
    pub official: Option<String>,
    /// What sort of line it is, for what can be decided about it.
    pub sort: LineSort,
}

/// What sort of line of an official's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineSort {
    /// Any other.
    #[default]
    Plain,
    /// A report in which the official appears.
    Report,
    /// Somebody of the same name.
    Namesake,
}
