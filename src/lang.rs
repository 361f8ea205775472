//! The two languages of the interface: a phrase in both, the dictionary of all phrases, forms of numbers and months.
//! A type of a higher layer that has a name for the user has a method `phrase` or `say` beside its definition, which
//! answers with phrases of this layer. Choosing the language is left to `cli`; the text of reports is never translated.

pub mod months;
pub mod numbers;
pub(crate) mod phrases;
pub mod roles;

use numbers::grouped;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// One thing said in two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Phrase {
    /// In `lang`.
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// In `lang`, with the braces filled in order.
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

/// Something counted: one and several are told apart where the language does so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountPhrase {
    /// For one.
    pub one: Phrase,
    /// For any other number.
    pub many: Phrase,
}

impl CountPhrase {
    /// With the number in its first braces, in groups of three.
    pub fn count(self, lang: Lang, number: usize) -> String {
        self.fill(lang, number, &[])
    }

    /// The same, with what fills the braces after it.
    pub fn fill(self, lang: Lang, number: usize, rest: &[&str]) -> String {
        let phrase = if number == 1 { self.one } else { self.many };
        let number = grouped(number);
        let parts: Vec<&str> = std::iter::once(number.as_str()).chain(rest.iter().copied()).collect();
        phrase.fill(lang, &parts)
    }
}
