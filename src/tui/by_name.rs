//! Things found by their names as typed: the commands of the palette, the lines of help. The rules are those of every
//! other search (smart tone, words in any order, the last may go on); keystrokes of an input method that was not there
//! count only where nothing answers without them, which the caller can tell.

use crate::report::Span;
use crate::search::highlight::{self, Query};
use crate::search::matching::{Phrase, Word};
use crate::text::words::words;

/// What was typed, ready to be held against names.
#[derive(Clone, Debug, Default)]
pub struct ByName {
    /// The words; nothing where none was typed.
    phrase: Option<Phrase>,
    /// Nothing but signs was typed, which no name answers.
    signs: bool,
    /// Words count as keystrokes too.
    keys: bool,
}

impl ByName {
    /// Of what was typed.
    pub fn new(typed: &str) -> Self {
        let phrase = Phrase::new(typed, !typed.ends_with(char::is_whitespace));
        Self { signs: phrase.is_none() && !typed.trim().is_empty(), phrase, keys: false }
    }

    /// The same, its words taken as keystrokes too.
    #[must_use]
    pub fn taking_keystrokes(self) -> Self {
        Self { keys: true, ..self }
    }

    /// Whether the name has all the words, in any order.
    pub fn answers(&self, name: &str) -> bool {
        !self.signs && self.typed().iter().all(|word| words(name).any(|written| self.answer(word, written.text)))
    }

    /// Whether the name begins with the words as they were typed.
    pub fn begins(&self, name: &str) -> bool {
        let mut written = words(name);
        !self.signs && self.typed().iter().all(|word| written.next().is_some_and(|w| self.answer(word, w.text)))
    }

    /// The letters of the name that answer, in order.
    pub fn hits(&self, name: &str) -> Vec<Span> {
        let stands = |phrase: &Phrase| {
            phrase.words().iter().all(|word| words(name).any(|written| self.answer(word, written.text)))
        };
        let apart = self.phrase.iter().flat_map(Phrase::apart).filter(stands).collect::<Vec<_>>();
        let query = Query::from(apart);
        highlight::hits(name, &if self.keys { query.taking_keystrokes() } else { query })
    }

    fn typed(&self) -> &[Word] {
        self.phrase.as_ref().map_or(&[], Phrase::words)
    }

    fn answer(&self, word: &Word, written: &str) -> bool {
        let keyed = || self.keys && words(written).any(|w| word.squeezed_answers(&w.folded()));
        word.answers(written).is_some() || keyed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "Lọc danh sách";

    #[test]
    fn tones_count_where_they_were_typed() {
        for typed in ["loc", "lọc", "sach loc", "danh sá", "LOC DANH", ""] {
            assert!(ByName::new(typed).answers(NAME), "{typed}");
        }
        for typed in ["lốc", "lo ", "đanh", "sạch", "locj", "?!"] {
            assert!(!ByName::new(typed).answers(NAME), "{typed}");
        }
        assert!(ByName::new("loc d").begins(NAME) && !ByName::new("danh").begins(NAME));
    }

    #[test]
    fn keystrokes_are_the_last_resort() {
        for typed in ["locj", "loc5", "ddanhs", "sachs locj"] {
            assert!(ByName::new(typed).taking_keystrokes().answers(NAME), "{typed}");
        }
        assert!(!ByName::new("lốc").taking_keystrokes().answers(NAME));
    }

    #[test]
    fn the_letters_that_answered_are_told() {
        let said = |asked: &ByName| asked.hits(NAME).iter().map(|hit| hit.of(NAME)).collect::<Vec<_>>().join("|");
        assert_eq!(said(&ByName::new("sach lo")), "Lọ|sách");
        assert_eq!(said(&ByName::new("locj").taking_keystrokes()), "Lọc");
        assert_eq!(said(&ByName::new("locj")), "");
    }
}
