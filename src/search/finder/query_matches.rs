//! A query compared with every word of the index, before any candidate is looked at: a candidate then costs a few
//! look-ups by word number.
//!
//! ```text
//! query      hung            chinh
//! terms      0               1
//! matches    word 2 Hùng     word 9 Chính          by word number: `None`, or how the query word matches that word
//! ```

pub mod honorifics;

use super::index::{FinderIndex, IndexedWord};
use super::quick_reject::letter_mask;
use super::typo::one_typo;
use crate::search::abbreviation::meanings;
use crate::search::fixed_phrases::{PhraseGroups, groupings};
use crate::search::matching::{QueryPhrase, QueryWord, Tier};
use crate::text::telex::syllables::{is_plain_syllable, plausible, take_apart};

/// How a query word matches a word of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordMatch {
    pub tier: Tier,
    /// The query word is all of the indexed word, not its beginning.
    pub whole: bool,
    /// Same letters as keystrokes, but the keystrokes compose a word with another tone or mark.
    pub keystrokes_disagree: bool,
    /// The same word, tones and marks included.
    pub exact: bool,
}

/// A query word with how it matches each word of the index.
pub struct QueryTerm {
    pub word: QueryWord,
    /// How it matches each word of the index, by word number.
    pub matches: Vec<Option<WordMatch>>,
    /// The meanings of the word as an abbreviation (`cnqp`), each as the `folded_id`s of its words.
    pub meanings: Vec<Vec<u32>>,
    /// Lower-case letters, to compare with initials.
    pub letters: Vec<char>,
    /// A Vietnamese syllable (docs/domain.md §6.5) or the beginning of one, typed with tone or marks.
    pub is_toned_syllable: bool,
    /// A Vietnamese syllable once tone and marks are added.
    pub is_plain_syllable: bool,
}

/// A query prepared to be matched against the people of an index.
pub struct FinderQuery<'a> {
    pub index: &'a FinderIndex,
    pub terms: Vec<QueryTerm>,
    /// The ways to group query words that together name a rank, post, unit or place; never empty. Usually one way;
    /// `to truong ban` has two (tổ trưởng, trưởng ban). A candidate is scored by the way that suits it best.
    pub groupings: Vec<PhraseGroups>,
    /// The query folded, without spaces.
    pub folded_letters: String,
    /// The number of letters in the query, spaces left out.
    pub letter_count: usize,
    /// The letters of the folded query as a bit set.
    pub letter_mask: u32,
    /// Some word was typed with a tone or mark.
    pub is_marked: bool,
}

impl QueryTerm {
    /// Whether the word may be initials or a name without spaces. A syllable typed with its tone or marks is only that
    /// syllable: `thằng` does not mean Thu Hằng.
    pub fn may_be_initials(&self) -> bool {
        self.letters.len() > 1 && !self.is_toned_syllable
    }

    fn new(word: QueryWord, index: &FinderIndex) -> Self {
        let matches = index.words().iter().map(|known| match_word(&word, known)).collect();
        let letters = word.typed().chars().flat_map(char::to_lowercase).collect();
        let is_toned_syllable = word.is_marked() && begins_syllable(word.typed());
        let is_plain_syllable = is_plain_syllable(&word.folded().chars().collect::<Vec<_>>());
        Self { meanings: indexed_meanings(&word, index), word, matches, letters, is_toned_syllable, is_plain_syllable }
    }
}

impl<'a> FinderQuery<'a> {
    /// Reads a query. The last word may be the beginning of one unless a space follows it.
    pub fn new(typed: &str, index: &'a FinderIndex) -> Self {
        let prefix = !typed.ends_with(char::is_whitespace);
        let words: Vec<QueryWord> = QueryPhrase::new(typed, prefix).map(|p| p.words().to_vec()).unwrap_or_default();
        let groupings = groupings(&words);
        let folded_letters: String = words.iter().map(QueryWord::folded).collect();
        let (letter_count, letter_mask) = (folded_letters.chars().count(), letter_mask(&folded_letters));
        let is_marked = words.iter().any(QueryWord::is_marked);
        let terms = words.into_iter().map(|word| QueryTerm::new(word, index)).collect();
        Self { index, terms, groupings, folded_letters, letter_count, letter_mask, is_marked }
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether some of its words together name a rank, post, unit or place.
    pub fn has_phrases(&self) -> bool {
        self.groupings.iter().any(|phrases| !phrases.is_empty())
    }

    /// Whether a name may match by its letters alone, in order with others between. With a tone or mark in the query
    /// never, and with under four letters too many names would match.
    pub fn may_match_letters(&self) -> bool {
        !self.is_marked && self.letter_count >= 4
    }
}

/// The meanings of an abbreviation whose words all occur in the index. A word typed with a tone or mark abbreviates
/// nothing.
fn indexed_meanings(word: &QueryWord, index: &FinderIndex) -> Vec<Vec<u32>> {
    if word.is_marked() {
        return Vec::new();
    }
    let folded_ids = |meaning: Vec<String>| meaning.iter().map(|word| index.folded_id(word)).collect();
    meanings(word.folded()).into_iter().filter_map(folded_ids).collect()
}

fn begins_syllable(typed: &str) -> bool {
    take_apart(typed).is_some_and(|(letters, _)| plausible(&letters))
}

/// How a query word matches a word of the index, in the order of closeness: as it is written, as keystrokes, as the
/// beginning of a word in the middle of the query, with one typo.
fn match_word(word: &QueryWord, known: &IndexedWord) -> Option<WordMatch> {
    let IndexedWord { prepared: known, squeezed, .. } = known;
    if let Some(tier) = word.match_prepared(known) {
        let whole = known.folded.len() == word.folded().len() || word.twin() == Some(&known.folded);
        // The beginning of a word is never as close as a whole one: `tị` rather means Tỵ than Tịnh.
        let tier = if whole { tier } else { tier.max(Tier::ToneNormal) };
        return Some(WordMatch { tier, whole, keystrokes_disagree: false, exact: tier == Tier::Exact });
    }
    if word.matches_key(squeezed) {
        return Some(WordMatch {
            tier: Tier::Squeezed,
            whole: word.squeezed() == Some(squeezed.as_str()),
            keystrokes_disagree: word.composes() && !word.keystrokes_agree(known),
            exact: word.keystrokes_are_exactly(known),
        });
    }
    // A toned word in the middle is complete as typed; only a single letter (`đ`) still abbreviates.
    let may_be_begun = !word.is_marked() || word.folded().len() == 1;
    if may_be_begun && word.may_begin(known) {
        return Some(WordMatch { tier: Tier::Initials, whole: false, keystrokes_disagree: false, exact: false });
    }
    if word.is_marked() {
        return None;
    }
    // A tone or mark is typed with care: such a word has no typos (see the rule of `finder`). For the others a whole
    // word with a typo is likelier than the beginning of one, so it is tested first.
    let whole = one_typo(word.folded(), &known.folded, false);
    let begun = || word.is_prefix() && one_typo(word.folded(), &known.folded, true);
    let typo = WordMatch { tier: Tier::Fuzzy, whole, keystrokes_disagree: false, exact: false };
    (whole || begun()).then_some(typo)
}
