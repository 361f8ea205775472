//! The state of the smaller screens: people of a report, help, palette, menus.

use super::{ActiveInput, InputPurpose, PageLines};
use crate::config::ThemeName;
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::Lang;
use crate::report::Person;
use crate::store::Sort;
use crate::tui::command_search::CommandQuery;
use crate::tui::input_line::InputLine;
use crate::tui::message::FileContent;
use crate::tui::quote_pages::PageSubject;
use crate::tui::text_layout::StyledText;
use std::path::PathBuf;

/// The people of a report, in press order.
#[derive(Debug, Default)]
pub struct PeopleState {
    /// The title of the report.
    pub title: String,
    /// The id of the report.
    pub report: String,
    pub people: Vec<Person>,
    pub selected: usize,
    /// The first person on screen.
    pub top: usize,
    /// The lines of all people, which are searched. The first line of each has a place.
    pub lines: PageLines,
}

impl PeopleState {
    /// Selects a person, and the first of the person's lines.
    pub fn select(&mut self, person: usize) {
        self.selected = person;
        let mut firsts = self.lines.all.iter().enumerate().filter(|(_, line)| !line.continues);
        self.lines.selected = firsts.nth(person).map_or(0, |(n, _)| n);
    }

    /// The person of the line under the cursor.
    pub fn person_of_line(&self) -> usize {
        let before = self.lines.all.iter().take(self.lines.selected + 1).filter(|line| !line.continues).count();
        before.saturating_sub(1)
    }
}

/// The help screen: a scrolled list of lines, narrowed by a query.
#[derive(Debug)]
pub struct HelpState {
    /// The mode in which help was opened. The keys of that mode come first.
    pub of: Mode,
    /// Only lines that match this are shown.
    pub query: String,
    /// The first line on screen.
    pub top: usize,
    /// The input line that was open when help was opened. Typing continues in it afterwards.
    pub typed: Option<ActiveInput>,
    /// The lines, laid out for `laid_out`. `update` lays them out again when the width or the query changes.
    pub lines: Vec<Vec<StyledText>>,
    /// The cache key of `lines`. `None` if nothing is laid out yet.
    pub laid_out: Option<HelpLayout>,
}

/// Everything that the lines of help depend on and that can change while help is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLayout {
    /// The width of the text in cells.
    pub width: usize,
    pub query: String,
}

/// The palette: all commands of a mode, by name.
#[derive(Debug)]
pub struct PaletteState {
    /// The mode in which the palette was opened.
    pub of: Mode,
    /// The query being typed.
    pub line: InputLine,
    /// The reading of the query that gave `shown`.
    pub asked: CommandQuery,
    /// Whether no command has the words of the query, and `shown` are those with its letters in order.
    pub by_letters: bool,
    /// All commands of the mode.
    pub all: Vec<MenuItem>,
    /// The commands that match, as indices into `all`, best first.
    pub shown: Vec<usize>,
    /// The selected command, as an index into `shown`.
    pub selected: usize,
    /// The first command on screen, as an index into `shown`.
    pub top: usize,
}

/// An entry of the palette or of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// Its keys as they are displayed, separated by spaces. In a menu, one letter.
    pub key: String,
    pub name: String,
    /// What else it is called: its name in the other language, and that of the config file. Found by the palette, not
    /// shown.
    pub other_names: String,
    pub action: MenuAction,
}

/// What an entry of the palette or of a menu does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuAction {
    /// Does an action of the screen below.
    Act(Action),
    /// Sorts the list in another order.
    Sort(Sort),
    /// Sets a saved filter, and shows the list.
    Filter(String),
    /// Removes these reports from the cache; `undoable`: unless they are too large for that to be undone.
    Remove { reports: Vec<String>, undoable: bool },
    /// Writes this file in place of the one that is there.
    Replace { file: PathBuf, content: FileContent },
    /// Does nothing but close the menu.
    Nothing,
    /// Shows the theme of this name.
    Theme(ThemeName),
    /// Gives the interface this language.
    Language(Lang),
    /// Opens the line for this purpose.
    Type(InputPurpose),
    /// Opens the page of a subject.
    QuotePage(PageSubject),
    /// Gives what is in front to the user's command of this number.
    Pipe(usize),
}

/// A small menu. Each entry has a letter that chooses it.
#[derive(Debug)]
pub struct MenuState {
    pub title: String,
    pub entries: Vec<MenuItem>,
    pub selected: usize,
}
