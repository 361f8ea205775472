//! Things found by their names as typed: the commands of the palette, the lines of help. The rules are those of every
//! other search (smart tone, words in any order, the last may go on); keystrokes of an input method that was not there
//! count only where nothing answers without them, and other words than they compose only where those do not either.
//! Last of all, a word of another language is known by what an input method that is on makes of it (`pót` of `post`).
//! Which names there are is left to the caller, who goes through the readings in order.

use crate::report::Span;
use crate::search::highlight::{self, HighlightQuery};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::text::fold::fold;
use crate::text::telex::squeeze;
use crate::text::telex::syllables::is_plain_syllable;
use crate::text::words::words;

/// A parsed query for commands.
#[derive(Clone, Debug, Default)]
pub struct CommandQuery {
    /// `None` if nothing was typed.
    phrase: Option<QueryPhrase>,
    /// Nothing but signs was typed, which no name answers.
    signs: bool,
    /// How the words are read.
    reading: WordReading,
    /// They are what an input method made of words that are not Vietnamese.
    made: bool,
}

impl CommandQuery {
    /// Of what was typed.
    pub fn new(typed: &str) -> Self {
        let phrase = QueryPhrase::new(typed, !typed.ends_with(char::is_whitespace));
        Self { signs: phrase.is_none() && !typed.trim().is_empty(), phrase, reading: WordReading::AsTyped, made: false }
    }

    /// What was typed in every way that it can be read: where one gives nothing, the next is to be tried.
    pub fn readings(typed: &str) -> impl Iterator<Item = Self> {
        let as_typed = Self::new(typed);
        let made = Self { made: true, ..as_typed.clone() };
        let read = WordReading::IN_ORDER.into_iter().map(move |reading| Self { reading, ..as_typed.clone() });
        read.chain(std::iter::once(made))
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
        if self.made {
            let answering = |written: &str| self.typed().iter().any(|word| self.answer(word, written));
            let all = words(name).filter(|written| answering(written.text));
            return all.map(|written| Span::new(written.start, written.end())).collect();
        }
        let stands = |phrase: &QueryPhrase| {
            phrase.words().iter().all(|word| words(name).any(|written| self.answer(word, written.text)))
        };
        let apart = self.phrase.iter().flat_map(QueryPhrase::apart).filter(stands).collect::<Vec<_>>();
        let query = HighlightQuery::from(apart);
        highlight::hits(name, &if self.reading == WordReading::AsTyped { query } else { query.taking_keystrokes() })
    }

    fn typed(&self) -> &[QueryWord] {
        self.phrase.as_ref().map_or(&[], QueryPhrase::words)
    }

    fn answer(&self, word: &QueryWord, written: &str) -> bool {
        if self.made {
            return is_made_of(word, written);
        }
        word.match_word(written).is_some() || word.matches_as(self.reading, written)
    }
}

/// Whether a word is what an input method makes of `written`, which is no Vietnamese syllable: what is one was meant as
/// it was typed.
fn is_made_of(word: &QueryWord, written: &str) -> bool {
    let folded = fold(written);
    let (made, key) = (squeeze(word.folded()), squeeze(&folded));
    let same = if word.is_prefix() { key.starts_with(&made) } else { key == made };
    same && !is_plain_syllable(&folded.chars().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "Lọc danh sách";

    #[test]
    fn tones_count_where_they_were_typed() {
        for typed in ["loc", "lọc", "sach loc", "danh sá", "LOC DANH", ""] {
            assert!(CommandQuery::new(typed).answers(NAME), "{typed}");
        }
        for typed in ["lốc", "lo ", "đanh", "sạch", "locj", "?!"] {
            assert!(!CommandQuery::new(typed).answers(NAME), "{typed}");
        }
        assert!(CommandQuery::new("loc d").begins(NAME) && !CommandQuery::new("danh").begins(NAME));
    }

    #[test]
    fn keystrokes_are_the_last_resort() {
        let read = |typed: &str| CommandQuery::readings(typed).map(|asked| asked.answers(NAME)).collect::<Vec<_>>();
        for typed in ["locj", "loc5", "sachs locj", "danh sa1"] {
            assert_eq!(read(typed), [false, true, true, false], "{typed}");
        }
        // What is composed goes before what has the same letters.
        assert_eq!(read("ddanhs"), [false, false, true, false]);
        assert_eq!(read("lốc"), [false; 4]);
        assert_eq!(read("lọc"), [true, true, true, false]);
    }

    #[test]
    fn what_an_input_method_made_of_another_language_is_known_last() {
        let last = |typed: &str, name: &str| {
            let asked: Vec<_> = CommandQuery::readings(typed).filter(|asked| asked.answers(name)).collect();
            asked.last().map(|asked| asked.hits(name).iter().map(|hit| hit.of(name)).collect::<Vec<_>>().join("|"))
        };
        assert_eq!(last("pót", "Page of the post"), Some("post".to_owned()));
        assert_eq!(last("oficials", "Find officials"), Some("officials".to_owned()));
        assert_eq!(last("ofici ", "Find officials"), None, "a whole word");
        // `danh` is a syllable, and another one than `dành`.
        assert_eq!(last("dành", NAME), None);
    }

    #[test]
    fn the_letters_that_answered_are_told() {
        let said = |asked: &CommandQuery| asked.hits(NAME).iter().map(|hit| hit.of(NAME)).collect::<Vec<_>>().join("|");
        assert_eq!(said(&CommandQuery::new("sach lo")), "Lọ|sách");
        assert_eq!(
            CommandQuery::readings("locj").map(|asked| said(&asked)).collect::<Vec<_>>(),
            ["", "Lọc", "Lọc", ""]
        );
    }
}
