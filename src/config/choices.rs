//! Settings that are one of a few words, each as an enum: the words are turned into values once, when the config file is
//! read, so that nothing behind it compares strings.

use crate::lang::Lang;
use crate::system::terminal_env::ColourChoice;

/// A setting that is one of a few words.
pub trait Choice: Copy + PartialEq + 'static {
    /// Each word of the config file and its value, in the order of messages and documentation.
    const WORDS: &'static [(&'static str, Self)];

    /// The value of a word; `None` if it is none of `WORDS`.
    fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|row| row.0 == word).map(|row| row.1)
    }

    /// The word of this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.1 == self).map_or("", |row| row.0)
    }
}

/// The colours of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// No colour: bold, underline, italic and reverse carry the meaning.
    Mono,
}

/// How keys are composed into Vietnamese letters for users without an input method of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputMethod {
    /// Keys are taken as they come.
    #[default]
    Off,
    /// `huwng` becomes `hưng`.
    Telex,
    /// `hu7ng` becomes `hưng`.
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
    const WORDS: &'static [(&'static str, Self)] =
        &[("dark", Self::Dark), ("light", Self::Light), ("mono", Self::Mono)];
}

impl Choice for InputMethod {
    const WORDS: &'static [(&'static str, Self)] = &[("off", Self::Off), ("telex", Self::Telex), ("vni", Self::Vni)];
}
