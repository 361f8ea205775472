//! The settings of a session, given at its start: language, theme, plain mode, where to keep the last place.
//! Reading the environment, the arguments and the config file is left to the caller.

use crate::config::{InputMethod, ThemeName};
use crate::lang::Lang;
use crate::officials::Place;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The settings of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderSettings {
    /// The language of the interface.
    pub lang: Lang,
    pub theme: ThemeName,
    /// No borders, no marks beyond ASCII signs: for screen readers, consoles and slow lines.
    pub plain: bool,
    /// Letters folded to ASCII: for a locale that is not UTF-8.
    pub ascii: bool,
    pub typing: InputMethod,
    /// The folder that keeps the last place and the recent filters; nothing is kept without it.
    pub state: Option<PathBuf>,
    /// Filters with a name, for the palette: name, filter.
    pub saved_filters: Vec<(String, String)>,
}

/// What is kept from one session to the next, in the state folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionState {
    /// Where the reader was.
    pub place: Option<Place>,
    /// Recent filters, newest last.
    pub filters: Vec<String>,
}
