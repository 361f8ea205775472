//! Matches a query with names: the commands of the palette, the lines of help. The rules are those of every other
//! search: smart tone, words in any order, the last word may be a prefix. A query has up to four readings, from the
//! most to the least likely. The caller, who has the names, tries them in order and stops at the first that matches any
//! name:
//!
//! ```text
//! 1. as typed                                                    loc    matches Lọc
//! 2. as keystrokes, typed with the input method off              locj   matches Lọc
//! 3. as keystrokes, for any word with those letters              ddanhs matches danh
//! 4. as what an input method made of a word of another language  pót    matches post
//! ```

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
    /// The words. `None` if there are none.
    phrase: Option<QueryPhrase>,
    /// Whether the query has only punctuation, which no name matches. A blank query matches every name.
    signs: bool,
    /// How the words are read, in readings 1 to 3.
    reading: WordReading,
    /// Reading 4: the words are what an input method made of words that are not Vietnamese.
    made: bool,
}

impl CommandQuery {
    /// The first reading of a query: as typed.
    pub fn new(typed: &str) -> Self {
        let phrase = QueryPhrase::new(typed, !typed.ends_with(char::is_whitespace));
        Self { signs: phrase.is_none() && !typed.trim().is_empty(), phrase, reading: WordReading::AsTyped, made: false }
    }

    /// All readings of a query, the most likely first. Try the next one only if no name matches.
    pub fn readings(typed: &str) -> impl Iterator<Item = Self> {
        let as_typed = Self::new(typed);
        let made = Self { made: true, ..as_typed.clone() };
        let read = WordReading::IN_ORDER.into_iter().map(move |reading| Self { reading, ..as_typed.clone() });
        read.chain(std::iter::once(made))
    }

    /// Whether the name has all words of the query, in any order.
    pub fn matches(&self, name: &str) -> bool {
        !self.signs && self.typed().iter().all(|word| words(name).any(|written| self.matches_word(word, written.text)))
    }

    /// Whether the name begins with the words of the query, in their order.
    pub fn begins(&self, name: &str) -> bool {
        let mut written = words(name);
        !self.signs && self.typed().iter().all(|word| written.next().is_some_and(|w| self.matches_word(word, w.text)))
    }

    /// The parts of the name that match, in order, as byte spans. Reading 4 marks whole words, because the letters of
    /// `pót` and `post` do not correspond.
    pub fn hits(&self, name: &str) -> Vec<Span> {
        if self.made {
            let matching = |written: &str| self.typed().iter().any(|word| self.matches_word(word, written));
            let all = words(name).filter(|written| matching(written.text));
            return all.map(|written| Span::new(written.start, written.end())).collect();
        }
        let stands = |phrase: &QueryPhrase| {
            phrase.words().iter().all(|word| words(name).any(|written| self.matches_word(word, written.text)))
        };
        let apart = self.phrase.iter().flat_map(QueryPhrase::apart).filter(stands).collect::<Vec<_>>();
        let query = HighlightQuery::from(apart);
        highlight::hits(name, &if self.reading == WordReading::AsTyped { query } else { query.taking_keystrokes() })
    }

    fn typed(&self) -> &[QueryWord] {
        self.phrase.as_ref().map_or(&[], QueryPhrase::words)
    }

    /// Whether a word of a name matches a word of the query in this reading.
    fn matches_word(&self, word: &QueryWord, written: &str) -> bool {
        if self.made {
            return is_made_of(word, written);
        }
        word.match_word(written).is_some() || word.matches_as(self.reading, written)
    }
}

/// Whether `word` is what an input method makes of the keys `written`. Only if `written` is not a Vietnamese syllable:
/// someone who types `dành` means `dành`, and not the keys of `danh`. Both sides are squeezed, which drops everything
/// that an input method may take for a tone or mark key.
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
            assert!(CommandQuery::new(typed).matches(NAME), "{typed}");
        }
        for typed in ["lốc", "lo ", "đanh", "sạch", "locj", "?!"] {
            assert!(!CommandQuery::new(typed).matches(NAME), "{typed}");
        }
        assert!(CommandQuery::new("loc d").begins(NAME) && !CommandQuery::new("danh").begins(NAME));
    }

    #[test]
    fn keystrokes_are_the_last_resort() {
        let read = |typed: &str| CommandQuery::readings(typed).map(|asked| asked.matches(NAME)).collect::<Vec<_>>();
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
            let asked: Vec<_> = CommandQuery::readings(typed).filter(|asked| asked.matches(name)).collect();
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
