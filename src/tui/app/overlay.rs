//! The smaller screens: people of a report, help, palette, menus.

use super::ActiveInput;
use crate::report::Person;
use crate::store::Sort;
use crate::tui::action::Action;
use crate::tui::command_search::CommandQuery;
use crate::tui::keymap::Mode;
use crate::tui::line_editor::InputLine;
use crate::tui::text_layout::StyledText;
use crate::tui::topic_pages::Topic;

/// The people of a report, in its order.
#[derive(Debug, Default)]
pub struct PeopleState {
    pub title: String,
    pub report: String,
    pub people: Vec<Person>,
    pub selected: usize,
    /// The first one on screen.
    pub top: usize,
}

/// The help screen: its keys, narrowed by a query.
#[derive(Debug)]
pub struct HelpState {
    /// The screen it was opened from: its keys come first.
    pub of: Mode,
    /// Only rows that match this are shown.
    pub query: String,
    /// The first row on screen.
    pub top: usize,
    /// The line that was being typed, which goes on afterwards.
    pub typed: Option<ActiveInput>,
    /// The lines for `laid_out`; `update` lays them out again when width or query changes.
    pub lines: Vec<Vec<StyledText>>,
    pub laid_out: Option<HelpLayout>,
}

/// What the lines of help depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLayout {
    pub width: usize,
    pub query: String,
}

/// The palette: everything that can be done on a screen, by name.
#[derive(Debug)]
pub struct PaletteState {
    /// The screen it was opened from.
    pub of: Mode,
    /// What is looked for.
    pub line: InputLine,
    pub asked: CommandQuery,
    /// Everything that can be done there.
    pub all: Vec<MenuItem>,
    /// Indices of those that answer, best first.
    pub shown: Vec<usize>,
    /// The selected one of them.
    pub selected: usize,
    /// The first one on screen.
    pub top: usize,
}

/// A line of the palette or of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The key, as people read it.
    pub key: String,
    pub name: String,
    /// What it does when it is chosen.
    pub todo: MenuAction,
}

/// What an entry of the palette or of a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuAction {
    /// An action of the screen below.
    Act(Action),
    /// Another order of the list.
    Sort(Sort),
    /// A filter that has a name.
    Filter(String),
    /// The page of a topic.
    Topic(Topic),
}

/// A small menu whose entries have a letter each.
#[derive(Debug)]
pub struct MenuState {
    /// What it is about.
    pub title: String,
    /// Its lines; the key of each is one letter.
    pub entries: Vec<MenuItem>,
    pub selected: usize,
}
