//! The input of a session: its settings (language, theme, plain mode) and the state saved by the last session.
//! Reading the environment, the arguments and the config file is left to the caller.

use crate::citation::CitationFormat;
use crate::config::{InputMethod, ThemeName};
use crate::keymap::Keymap;
use crate::lang::Lang;
use crate::officials::Place;
use crate::store::Sort;
use crate::theme::OwnStyles;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// The settings of a session, fixed at its start except for the input method.
#[derive(Clone, Debug, Default)]
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
    /// The keys with the user's own; `None` for those of the table.
    pub keymap: Option<Arc<Keymap>>,
    /// Without borders and with ASCII signs only: for screen readers, consoles and slow connections.
    pub plain: bool,
    /// Letters are folded to ASCII: for a locale that is not UTF-8.
    pub ascii: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Built-in typing in input lines.
    pub typing: InputMethod,
    /// Whether to begin at the top of the list, and not where the last session ended.
    pub fresh: bool,
    /// Whether to begin with the reports that came since the reader was last used, if any did.
    pub new_first: bool,
    /// The folder for the session file. `None` if nothing is to be saved.
    pub state: Option<PathBuf>,
    /// The folder of the cache, for what runs beside the reader. `None` for an archive, which others fill, and for a
    /// cache in memory.
    pub cache: Option<PathBuf>,
    /// The config file, to which filters are saved. `None` if no home folder is known.
    pub config_file: Option<PathBuf>,
    /// The user's home folder, for `~/` in a path.
    pub home: Option<String>,
    /// The arguments with which a verb that the reader runs has the same cache and settings.
    pub own_arguments: Vec<String>,
    /// Whether the user has settled the language, so that the one chosen in the last session does not count.
    pub lang_settled: bool,
    /// The format of a copied citation.
    pub citation: CitationFormat,
    /// The programs that get what is in front.
    pub commands: Vec<UserCommand>,
    /// Whether to begin with the tour.
    pub tour: bool,
    /// Saved filters, for the palette: name and filter.
    pub saved_filters: Vec<(String, String)>,
}

/// A program of the user's that gets a text, by its name in the config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserCommand {
    pub name: String,
    /// The program and its arguments; never empty.
    pub words: Vec<String>,
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
    /// The language that was chosen in the palette.
    pub lang: Option<Lang>,
    /// Whether the key for it was told.
    pub theme_told: bool,
    /// The filter of the list.
    pub filter: String,
    /// The order of the list.
    pub sort: Sort,
    /// The id of the selected report.
    pub selected: Option<String>,
    /// Whether the report next to the list had the keys.
    pub in_detail: bool,
    /// Whether it took the whole screen.
    pub zoomed: bool,
    /// The page that lay over list and report.
    pub page: Option<SavedPage>,
}

impl SessionState {
    /// What a session keeps that begins afresh: what was typed before, and how the reader looks.
    #[must_use]
    pub fn afresh(self) -> Self {
        let Self { filters, theme, theme_told, lang, list_share, preview_hidden, .. } = self;
        Self { filters, theme, list_share, preview_hidden, lang, theme_told, ..Self::default() }
    }
}

/// A page or an opened report, as saved for the next session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SavedPage {
    /// The official with this id.
    Official(String),
    /// The post with these words.
    Post(String),
    Unit(String),
    /// The review of uncertain identities.
    Doubts,
    /// The page of the reader's notes.
    Notes,
    /// The reports that tell the story of the report with this id.
    Versions(String),
    /// The line-ups of two reports, by their ids.
    Lineups {
        report: String,
        other: Option<String>,
    },
    /// The texts of two reports, by their ids.
    Texts {
        report: String,
        other: Option<String>,
    },
    /// A report that was opened from a page, with the first visible byte of its text.
    Reading(Place),
}
