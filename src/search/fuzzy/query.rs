//! A query against every word of the finder at once: how each typed word answers to each known word is settled before
//! any candidate is looked at, so that a candidate costs a few look-ups.

use super::index::{FinderIndex, IndexedWord};
use super::name_shapes::NameShapes;
use super::skim;
use crate::search::abbreviation::meanings;
use crate::search::fixed_phrases::{PhraseGroups, groupings};
use crate::search::matching::{QueryPhrase, QueryWord, Tier};
use crate::text::telex::syllables::{is_plain_syllable, plausible, take_apart};

/// How one typed word answers to one known word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct WordMatch {
    pub tier: Tier,
    /// All of the known word was typed.
    pub whole: bool,
    /// The keystrokes compose to another word than this one.
    pub disagrees: bool,
    /// What was typed is this word, no tone or mark of which is still to come.
    pub exact: bool,
}

/// One typed word and its answers.
pub(super) struct WordAnswers {
    pub word: QueryWord,
    /// By number of the known word.
    pub pairs: Vec<Option<WordMatch>>,
    /// What it may stand for, as classes of words side by side.
    pub meanings: Vec<Vec<u32>>,
    /// Lower case letters, for initials.
    pub letters: Vec<char>,
    /// A syllable (docs/domain.md §6.5), or the beginning of one, that was typed with tone or marks.
    pub toned_syllable: bool,
    /// A syllable but for tone and marks.
    pub syllable: bool,
}

pub(super) struct FinderQuery {
    pub words: Vec<WordAnswers>,
    /// The ways to take runs of typed words for the name of a rank, post or place: in each the runs, as the first word
    /// and one past the last. Mostly there is one way; `to truong ban` has two (tổ trưởng, trưởng ban).
    pub groupings: Vec<PhraseGroups>,
    /// The folded query for the scorer, and its letters.
    pub folded: String,
    pub mask: u32,
    /// How many letters were typed.
    pub letters: usize,
    /// Some word was typed with a tone or mark.
    pub marked: bool,
    /// Which words of the register answer alike.
    pub kinds: Option<NameShapes>,
}

impl WordAnswers {
    /// Whether it may be initials, or a name without spaces: a syllable with its tone or marks is that syllable, `thằng`
    /// is no Thu Hằng.
    pub fn may_be_spread(&self) -> bool {
        self.letters.len() > 1 && !self.toned_syllable
    }
}

impl FinderQuery {
    pub fn new(typed: &str, register: &FinderIndex) -> Self {
        let open = !typed.ends_with(char::is_whitespace);
        let words: Vec<QueryWord> = QueryPhrase::new(typed, open).map(|p| p.words().to_vec()).unwrap_or_default();
        let groupings = groupings(&words);
        let folded = words.iter().map(QueryWord::folded).collect::<Vec<_>>().join(" ");
        let marked = words.iter().any(QueryWord::is_marked);
        let mask = skim::mask(&folded);
        let letters = folded.chars().filter(|c| *c != ' ').count();
        let words: Vec<WordAnswers> = words.into_iter().map(|word| typed_word(word, register)).collect();
        let kinds = NameShapes::new(&words, register.words().len());
        Self { words, groupings, folded, mask, letters, marked, kinds }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether its letters alone may tell somebody: there are some, and no tone or mark was typed.
    pub fn may_be_scattered(&self) -> bool {
        !self.marked && self.letters >= 4
    }
}

fn typed_word(word: QueryWord, register: &FinderIndex) -> WordAnswers {
    let pairs = register.words().iter().map(|known| pair(&word, known)).collect();
    let classes = |meaning: Vec<String>| meaning.iter().map(|w| register.class_of(w)).collect();
    let meanings =
        if word.is_marked() { Vec::new() } else { meanings(word.folded()).into_iter().filter_map(classes).collect() };
    let letters = word.typed().chars().flat_map(char::to_lowercase).collect();
    let toned_syllable = word.is_marked() && take_apart(word.typed()).is_some_and(|(letters, _)| plausible(&letters));
    let syllable = is_plain_syllable(&word.folded().chars().collect::<Vec<_>>());
    WordAnswers { word, pairs, meanings, letters, toned_syllable, syllable }
}

fn pair(word: &QueryWord, known: &IndexedWord) -> Option<WordMatch> {
    let IndexedWord { prepared: known, squeezed, .. } = known;
    let whole = known.folded.len() == word.folded().len() || word.twin() == Some(&known.folded);
    if let Some(tier) = word.answers_prepared(known) {
        // What is only begun is never as close as what is there whole: `tị` is rather Tỵ than Tịnh.
        let tier = if whole { tier } else { tier.max(Tier::ToneNormal) };
        return Some(WordMatch { tier, whole, disagrees: false, exact: tier == Tier::Exact });
    }
    if word.key_answers(squeezed) {
        let disagrees = word.composes() && !word.keystrokes_agree(known);
        let whole = word.squeezed() == Some(squeezed.as_str());
        return Some(WordMatch { tier: Tier::Squeezed, whole, disagrees, exact: word.keystrokes_are(known) });
    }
    let short = !word.is_marked() || word.folded().len() == 1;
    if short && word.begins(known) {
        return Some(WordMatch { tier: Tier::Initials, whole: false, disagrees: false, exact: false });
    }
    let alike = |open| !word.is_marked() && skim::one_typo(word.folded(), &known.folded, open);
    // A whole word with a typo is likelier than the beginning of one.
    let whole = alike(false);
    (whole || (word.is_prefix() && alike(true))).then_some(WordMatch {
        tier: Tier::Fuzzy,
        whole,
        disagrees: false,
        exact: false,
    })
}
