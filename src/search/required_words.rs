//! Whether a short value (a unit, a name, a post, a tag) has all the words of a query, in any order. Abbreviations and
//! keystrokes are understood; words that together name a rank, post, unit or place must stay together.

use crate::search::abbreviation::{meanings, written_out};
use crate::search::fixed_phrases::{PhraseGroups, groupings};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::text::fold::fold;
use crate::text::tone_marks::name_key;
use crate::text::words::{Word as Written, words};
use std::cell::OnceCell;

/// The words of a query, prepared to be compared with many values.
pub struct RequiredWords<'a> {
    phrase: &'a QueryPhrase,
    /// For each query word, its meanings as an abbreviation, each as folded words.
    meanings: Vec<Vec<Vec<String>>>,
    /// The ways to group the query words (`fixed_phrases`); empty for a query of one word, which has nothing to group.
    groupings: Vec<PhraseGroups>,
    /// The key of the only value that is meant, if one is.
    whole: Option<WholeValue>,
}

/// The value that a phrase means which is the whole of one.
struct WholeValue {
    key: String,
    /// Whether it was typed with a tone or mark, so that tones count.
    is_toned: bool,
}

/// What is equal for the spellings of one unit, name or tag: capitals, signs, and where a tone stands make no other one
/// (`Bộ Quốc Phòng`, `TP HCM`, `Thanh Hoá`).
pub fn value_key(value: &str) -> String {
    let key = name_key(value);
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl WholeValue {
    fn of(phrase: &QueryPhrase) -> Self {
        let typed: Vec<&str> = phrase.words().iter().map(QueryWord::typed).collect();
        Self { key: value_key(&typed.join(" ")), is_toned: phrase.words().iter().any(QueryWord::is_marked) }
    }

    fn is(&self, value: &str) -> bool {
        let key = value_key(value);
        key == self.key || (!self.is_toned && fold(&key) == fold(&self.key))
    }
}

impl<'a> RequiredWords<'a> {
    /// Prepares the words of the phrase; here they need not be next to each other.
    pub fn new(phrase: &'a QueryPhrase) -> Self {
        let typed = phrase.words();
        let groupings = if typed.len() < 2 { Vec::new() } else { groupings(typed) };
        let whole = phrase.is_whole().then(|| WholeValue::of(phrase));
        Self { phrase, meanings: typed.iter().map(meanings_of).collect(), groupings, whole }
    }

    /// Whether `value` has them all, as it is written or with its abbreviations spelled out (`Chủ nhiệm TCCT`).
    pub fn in_value(&self, value: &str) -> bool {
        if let Some(whole) = &self.whole {
            return whole.is(value);
        }
        self.in_words(&ValueWords::new(value))
            || written_out(value).is_some_and(|value| self.in_words(&ValueWords::new(&value)))
    }

    fn in_words(&self, value: &ValueWords) -> bool {
        let typed = self.phrase.words();
        let has_each = typed.iter().zip(&self.meanings).all(|(word, meanings)| {
            value.positions().any(|at| value.matches(word, at)) || meanings.iter().any(|meaning| value.has(meaning))
        });
        has_each && (self.groupings.is_empty() || self.groupings.iter().any(|groups| self.stay_together(groups, value)))
    }

    /// Whether the words of each group are next to each other in the value.
    fn stay_together(&self, groups: &PhraseGroups, value: &ValueWords) -> bool {
        groups.iter().all(|&(first, end)| {
            let group = self.phrase.words().get(first..end).unwrap_or_default();
            value.positions().any(|from| (from..).zip(group).all(|(at, word)| value.matches(word, at)))
        })
    }
}

/// The meanings of a query word as an abbreviation. A word typed with a tone or mark abbreviates nothing.
fn meanings_of(word: &QueryWord) -> Vec<Vec<String>> {
    if word.is_marked() { Vec::new() } else { meanings(word.folded()) }
}

/// The words of a value.
struct ValueWords<'a> {
    words: Vec<Written<'a>>,
    /// Computed only for a query with an abbreviation.
    folded: OnceCell<Vec<String>>,
}

impl<'a> ValueWords<'a> {
    fn new(value: &'a str) -> Self {
        Self { words: words(value).collect(), folded: OnceCell::new() }
    }

    fn positions(&self) -> impl Iterator<Item = usize> + use<> {
        0..self.words.len()
    }

    /// Whether the word at that position matches as typed, or is the word that the keystrokes compose.
    fn matches(&self, word: &QueryWord, at: usize) -> bool {
        let Some(written) = self.words.get(at) else { return false };
        let is_composed = || word.squeezed().is_some() && word.matches_as(WordReading::Composed, written.text);
        word.match_word(written.text).is_some() || is_composed()
    }

    /// Whether these folded words are next to each other in the value.
    fn has(&self, folded: &[String]) -> bool {
        let all = self.folded.get_or_init(|| self.words.iter().map(Written::folded).collect());
        all.windows(folded.len()).any(|window| window == folded)
    }
}

/// Whether `value` has all the words of the phrase. For many values keep a `RequiredWords`.
pub fn has_all(phrase: &QueryPhrase, value: &str) -> bool {
    RequiredWords::new(phrase).in_value(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_value_is_no_longer_one_and_no_other_one() {
        let is = |typed: &str, value: &str| has_all(&QueryPhrase::new(typed, true).unwrap().whole(), value);
        assert!(is("công an tỉnh", "Công an Tỉnh") && is("cong an tinh", "Công an tỉnh"));
        assert!(!is("công an tỉnh", "Công an tỉnh Hà Giả") && !is("công an t", "Công an tỉnh"));
        assert!(!is("tỉnh công an", "Công an tỉnh"), "the order counts");
        assert!(is("ubnd tp hcm", "UBND TP. HCM") && is("thanh hoá", "Thanh Hóa"));
        assert!(!is("tỉnh ủy an lĩnh", "Tỉnh ủy Ân Lĩnh"), "tones count once one is typed");
    }

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
