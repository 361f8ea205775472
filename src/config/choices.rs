//! Settings whose value is one of a few words, each as an enum. The words are parsed once, when the config file is
//! read, so that no later code compares strings.

use crate::citation::CitationFormat;
use crate::lang::Lang;
use crate::system::terminal_env::ColourChoice;
use serde::{Deserialize, Serialize};

/// An enum that is spelled as one of a few words in the config file.
pub trait Choice: Copy + PartialEq + 'static {
    /// All words with their values, in the order in which messages and documentation list them.
    const WORDS: &'static [(&'static str, Self)];

    /// Returns the value of a word; `None` if `WORDS` does not contain it.
    fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|row| row.0 == word).map(|row| row.1)
    }

    /// Returns the word by which the config file spells this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.1 == self).map_or("", |row| row.0)
    }
}

/// The set of colours that the reader uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// For a dark background; no meaning depends on telling red from green.
    DarkColorblind,
    /// For a light background; no meaning depends on telling red from green.
    LightColorblind,
    /// For any background: text in the terminal's own colour with bold, underline and italic; only signs and frames are
    /// coloured, because no colour can be read on both a dark and a light background.
    Any,
    /// No colour: bold, underline, italic and reverse carry the meaning.
    Mono,
}

/// How keys are composed into Vietnamese letters for users without an input method of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputMethod {
    /// Keys are not composed: each one is the letter that it sends.
    #[default]
    Off,
    /// The Telex method: `huwng` becomes `hưng`.
    Telex,
    /// The VNI method: `hu7ng` becomes `hưng`.
    Vni,
}

/// `None` is `auto`: the locale decides.
impl Choice for Option<Lang> {
    const WORDS: &'static [(&'static str, Self)] = &[("auto", None), ("vi", Some(Lang::Vi)), ("en", Some(Lang::En))];
}

impl Choice for ColourChoice {
    const WORDS: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];
}

impl Choice for ThemeName {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("dark-colorblind", Self::DarkColorblind),
        ("light-colorblind", Self::LightColorblind),
        ("any", Self::Any),
        ("mono", Self::Mono),
    ];
}

/// `None` is `auto`: what was chosen in the reader, else what the terminal says of its background.
impl Choice for Option<ThemeName> {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("auto", None),
        ("dark", Some(ThemeName::Dark)),
        ("light", Some(ThemeName::Light)),
        ("dark-colorblind", Some(ThemeName::DarkColorblind)),
        ("light-colorblind", Some(ThemeName::LightColorblind)),
        ("any", Some(ThemeName::Any)),
        ("mono", Some(ThemeName::Mono)),
    ];
}

impl Choice for CitationFormat {
    const WORDS: &'static [(&'static str, Self)] =
        &[("plain", Self::Plain), ("markdown", Self::Markdown), ("bibtex", Self::Bibtex), ("csl-json", Self::CslJson)];
}

impl Choice for InputMethod {
    const WORDS: &'static [(&'static str, Self)] = &[("off", Self::Off), ("telex", Self::Telex), ("vni", Self::Vni)];
}
