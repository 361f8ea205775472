//! The smaller screens: people of a report, help, palette, menus.

use super::Typed;
use crate::report::Person;
use crate::store::Sort;
use crate::tui::action::Action;
use crate::tui::by_name::ByName;
use crate::tui::keymap::Mode;
use crate::tui::line::Line;
use crate::tui::topic::Topic;

/// The people of a report, in its order.
#[derive(Debug, Default)]
pub struct People {
    /// The report's title.
    pub title: String,
    /// The report's id.
    pub report: String,
    /// The people.
    pub people: Vec<Person>,
    /// The selected one.
    pub selected: usize,
    /// The first one on screen.
    pub top: usize,
}

/// The help screen.
#[derive(Debug)]
pub struct Help {
    /// The mode it was asked for in: its keys come first.
    pub of: Mode,
    /// Only rows that answer this are shown.
    pub query: String,
    /// The first row on screen.
    pub top: usize,
    /// The line that was being typed, which goes on afterwards.
    pub typed: Option<Typed>,
}

/// The palette.
#[derive(Debug)]
pub struct Palette {
    /// The mode it was asked for in.
    pub of: Mode,
    /// What is looked for.
    pub line: Line,
    /// The same, ready to be held against names.
    pub asked: ByName,
    /// Everything that can be done there.
    pub all: Vec<Entry>,
    /// Indices of those that answer, best first.
    pub shown: Vec<usize>,
    /// The selected one of them.
    pub selected: usize,
    /// The first one on screen.
    pub top: usize,
}

/// A line of the palette or of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key, as people read it.
    pub key: String,
    /// What it does.
    pub name: String,
    /// The same as data.
    pub todo: Todo,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Todo {
    /// An action of the screen below.
    Act(Action),
    /// Another order of the list.
    Sort(Sort),
    /// A filter that has a name.
    Filter(String),
    /// The page of a topic.
    Topic(Topic),
}

/// A small menu.
#[derive(Debug)]
pub struct Menu {
    /// What it is about.
    pub title: String,
    /// Its lines; the key of each is one letter.
    pub entries: Vec<Entry>,
    /// The selected one.
    pub selected: usize,
}
