//! The words of the interface in its two languages, Vietnamese and English: the types of a phrase and the dictionary of
//! all phrases, and the forms of numbers, months and roles. If a type of a higher layer has a name for the user, a
//! method `phrase` or `say` next to its definition returns it as a phrase of this layer. Choosing the language is up to
//! `cli`. The text of reports is never translated.

pub mod help;
pub mod messages;
pub mod months;
pub mod numbers;
pub(crate) mod phrases;
#[cfg(test)]
mod plurals;
pub mod roles;

use numbers::grouped;
use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    /// The other language of the interface.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

/// A text of the interface in both languages. Each `{}` in it is a placeholder for `fill`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub vi: &'static str,
    pub en: &'static str,
}

impl Phrase {
    /// The text in `lang`, with its placeholders as they are.
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// The text in `lang`, with its placeholders replaced by `parts` in order; by nothing if there are too few parts.
    pub fn fill(self, lang: Lang, parts: &[&str]) -> String {
        let mut pieces = self.say(lang).split("{}");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for (n, piece) in pieces.enumerate() {
            out.push_str(parts.get(n).copied().unwrap_or_default());
            out.push_str(piece);
        }
        out
    }
}

/// A phrase with a number in it, in the singular and the plural. In Vietnamese both are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountPhrase {
    /// The phrase for the number one.
    pub one: Phrase,
    /// The phrase for any other number, zero included.
    pub many: Phrase,
}

impl CountPhrase {
    /// The text in `lang`, with `number` in place of its first placeholder, in groups of three digits.
    pub fn count(self, lang: Lang, number: usize) -> String {
        self.fill(lang, number, &[])
    }

    /// Like `count`, with `rest` in place of the further placeholders.
    pub fn fill(self, lang: Lang, number: usize, rest: &[&str]) -> String {
        let phrase = if number == 1 { self.one } else { self.many };
        let number = grouped(number, lang);
        let parts: Vec<&str> = std::iter::once(number.as_str()).chain(rest.iter().copied()).collect();
        phrase.fill(lang, &parts)
    }
}
