//! Things found by their names as typed: the commands of the palette, the lines of help. The rules are those of every
//! other search (smart tone, words in any order, the last may go on); keystrokes of an input method that was not there
//! count only where nothing answers without them, and other words than they compose only where those do not either.
//! Which names there are is left to the caller, who goes through the readings in order.

use crate::report::Span;
use crate::search::highlight::{self, Query};
use crate::search::matching::{Phrase, Reading, Word};
use crate::text::words::words;

/// What was typed, ready to be held against names.
#[derive(Clone, Debug, Default)]
pub struct ByName {
    /// The words; nothing where none was typed.
    phrase: Option<Phrase>,
    /// Nothing but signs was typed, which no name answers.
    signs: bool,
    /// How the words are read.
    reading: Reading,
}

impl ByName {
    /// Of what was typed.
    pub fn new(typed: &str) -> Self {
        let phrase = Phrase::new(typed, !typed.ends_with(char::is_whitespace));
        Self { signs: phrase.is_none() && !typed.trim().is_empty(), phrase, reading: Reading::AsTyped }
    }

    /// What was typed in every way that it can be read: where one gives nothing, the next is to be tried.
    pub fn readings(typed: &str) -> impl Iterator<Item = Self> {
        let as_typed = Self::new(typed);
        Reading::IN_ORDER.into_iter().map(move |reading| Self { reading, ..as_typed.clone() })
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
        highlight::hits(name, &if self.reading == Reading::AsTyped { query } else { query.taking_keystrokes() })
    }

    fn typed(&self) -> &[Word] {
        self.phrase.as_ref().map_or(&[], Phrase::words)
    }

    fn answer(&self, word: &Word, written: &str) -> bool {
        word.answers(written).is_some() || word.answers_read(self.reading, written)
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
        let read = |typed: &str| ByName::readings(typed).map(|asked| asked.answers(NAME)).collect::<Vec<_>>();
        for typed in ["locj", "loc5", "sachs locj", "danh sa1"] {
            assert_eq!(read(typed), [false, true, true], "{typed}");
        }
        // What is composed goes before what has the same letters.
        assert_eq!(read("ddanhs"), [false, false, true]);
        assert_eq!(read("lốc"), [false, false, false]);
        assert_eq!(read("lọc"), [true, true, true]);
    }

    #[test]
    fn the_letters_that_answered_are_told() {
        let said = |asked: &ByName| asked.hits(NAME).iter().map(|hit| hit.of(NAME)).collect::<Vec<_>>().join("|");
        assert_eq!(said(&ByName::new("sach lo")), "Lọ|sách");
        assert_eq!(ByName::readings("locj").map(|asked| said(&asked)).collect::<Vec<_>>(), ["", "Lọc", "Lọc"]);
    }
}
