//! The input of a session: its settings (language, theme, plain mode) and the state saved by the last session.
//! Reading the environment, the arguments and the config file is left to the caller.

use crate::config::{InputMethod, ThemeName};
use crate::lang::Lang;
use crate::officials::Place;
use crate::tui::theme::OwnStyles;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The settings of a session, fixed at its start except for the input method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderSettings {
    /// The language of the interface.
    pub lang: Lang,
    /// The theme to begin with.
    pub theme: ThemeName,
    /// Whether the user has settled the theme, so that the one chosen in the last session does not count.
    pub theme_settled: bool,
    /// The terminal shows only the sixteen named colours.
    pub sixteen: bool,
    /// The user's own styles by meaning.
    pub own_styles: OwnStyles,
    /// Without borders and with ASCII signs only: for screen readers, consoles and slow connections.
    pub plain: bool,
    /// Letters are folded to ASCII: for a locale that is not UTF-8.
    pub ascii: bool,
    /// Built-in typing in input lines.
    pub typing: InputMethod,
    /// The folder for the session file. `None` if nothing is to be saved.
    pub state: Option<PathBuf>,
    /// Saved filters, for the palette: name and filter.
    pub saved_filters: Vec<(String, String)>,
}

/// The state saved from one session to the next, in the state folder. A field that is missing in the file is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionState {
    /// The first visible byte of the report next to the list.
    pub place: Option<Place>,
    /// Recent filters, newest last.
    pub filters: Vec<String>,
    /// The theme that was chosen with the key for it.
    pub theme: Option<ThemeName>,
    /// The share of the screen that the list has beside the report, in percent. `None` for the usual one.
    pub list_share: Option<u16>,
    /// Whether the report is not shown beside the list.
    pub preview_hidden: bool,
}
