//! Whether a short value (a unit, a name, a post, a tag) has all the words of a query, in any order. Abbreviations and
//! keystrokes are understood; words that together name a rank, post, unit or place must stay together.

use crate::search::abbreviation::{meanings, written_out};
use crate::search::fixed_phrases::{PhraseGroups, groupings};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::text::words::words;
use std::cell::OnceCell;

/// Words that a value must have, ready to be held against many values.
pub struct RequiredWords<'a> {
    phrase: &'a QueryPhrase,
    /// What each word may stand for, where it is an abbreviation.
    meanings: Vec<Vec<Vec<String>>>,
    /// The ways to take runs of them for names, which stay together.
    groupings: Vec<PhraseGroups>,
}

impl<'a> RequiredWords<'a> {
    /// All words of the phrase.
    pub fn new(phrase: &'a QueryPhrase) -> Self {
        let typed = phrase.words();
        let meant = |word: &QueryWord| if word.is_marked() { Vec::new() } else { meanings(word.folded()) };
        let groupings = if typed.len() < 2 { Vec::new() } else { groupings(typed) };
        Self { phrase, meanings: typed.iter().map(meant).collect(), groupings }
    }

    /// Whether `value`, as it is or with its abbreviations spelled out, has a word for each typed one, in any order,
    /// abbreviations and keystrokes understood; and side by side those that together name a rank, a post, a unit or a
    /// place.
    pub fn in_value(&self, value: &str) -> bool {
        self.in_writing(value) || written_out(value).is_some_and(|value| self.in_writing(&value))
    }

    fn in_writing(&self, value: &str) -> bool {
        let texts: Vec<_> = words(value).collect();
        let answers = |word: &QueryWord, at: usize| {
            texts.get(at).is_some_and(|text| {
                word.answers(text.text).is_some()
                    || (word.squeezed().is_some() && word.answers_read(WordReading::Composed, text.text))
            })
        };
        let folded = OnceCell::new();
        let stands = |meaning: &Vec<String>| {
            let folded = folded.get_or_init(|| texts.iter().map(crate::text::words::Word::folded).collect::<Vec<_>>());
            stands_in(meaning, folded)
        };
        let typed = self.phrase.words();
        let each = typed
            .iter()
            .zip(&self.meanings)
            .all(|(word, meanings)| (0..texts.len()).any(|at| answers(word, at)) || meanings.iter().any(stands));
        let side_by_side = |&(first, end): &(usize, usize)| {
            let group = typed.get(first..end).unwrap_or_default();
            (0..texts.len()).any(|from| group.iter().enumerate().all(|(n, word)| answers(word, from + n)))
        };
        let together = |groups: &PhraseGroups| groups.iter().all(side_by_side);
        each && (self.groupings.is_empty() || self.groupings.iter().any(together))
    }
}

/// Whether `value` has all the words, as `Wanted` says.
pub fn has_all(phrase: &QueryPhrase, value: &str) -> bool {
    RequiredWords::new(phrase).in_value(value)
}

/// Whether the words stand side by side in `folded`.
fn stands_in(meaning: &[String], folded: &[String]) -> bool {
    folded.windows(meaning.len()).any(|window| window == meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_abbreviations_and_by_what_those_stand_for() {
        let has = |typed: &str, value: &str| has_all(&QueryPhrase::new(typed, false).unwrap(), value);
        for typed in ["tcct", "tong cuc chinh tri", "tổng cục chính trị chủ nhiệm", "TCCT"] {
            assert!(has(typed, "Chủ nhiệm TCCT"), "{typed}");
        }
        for typed in ["tong cuc", "tổng cúc", "tphcm"] {
            assert_eq!(has(typed, "Chủ nhiệm TCCT"), typed == "tong cuc", "{typed}");
        }
        assert!(has("tphcm", "Chủ tịch UBND TP HCM") && has("uy ban nhan dan", "Chủ tịch UBND TP HCM"));
        assert!(!has("ban chap hanh", "Ủy viên BCH"), "of several meanings none is taken");
    }
}
