//! A query against every word of the finder at once: how each typed word answers to each known word is settled before
//! any candidate is looked at, so that a candidate costs a few look-ups.

use super::score;
use super::{Finder, Known};
use crate::extract::lexicon::{Class, TABLES, Table};
use crate::search::abbreviation::meanings;
use crate::search::matching::{Phrase, Prepared, Tier, Word};
use crate::text::words::words;
use std::sync::OnceLock;

/// How one typed word answers to one known word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub tier: Tier,
    /// All of the known word was typed.
    pub whole: bool,
    /// The keystrokes compose to another word than this one.
    pub disagrees: bool,
}

/// One typed word and its answers.
pub(super) struct Typed {
    pub word: Word,
    /// By number of the known word.
    pub pairs: Vec<Option<Pair>>,
    /// What it may stand for, as classes of words side by side.
    pub meanings: Vec<Vec<u32>>,
    /// Lower case letters, for initials.
    pub letters: Vec<char>,
}

/// Runs of typed words, first and one past the last, in order.
pub(super) type Groups = Vec<(usize, usize)>;

pub(super) struct Query {
    pub words: Vec<Typed>,
    /// The ways to take runs of typed words for the name of a rank, post or place: in each the runs, as the first word
    /// and one past the last. Mostly there is one way; `to truong ban` has two (tổ trưởng, trưởng ban).
    pub groupings: Vec<Groups>,
    /// The folded query for the scorer, and its letters.
    pub folded: String,
    pub mask: u32,
    /// Some word was typed with a tone or mark.
    pub marked: bool,
}

impl Query {
    pub fn new(typed: &str, finder: &Finder) -> Self {
        let open = !typed.ends_with(char::is_whitespace);
        let words: Vec<Word> = Phrase::new(typed, open).map(|p| p.words().to_vec()).unwrap_or_default();
        let groupings = groupings(&words);
        let folded = words.iter().map(Word::folded).collect::<Vec<_>>().join(" ");
        let marked = words.iter().any(Word::is_marked);
        let mask = score::mask(&folded);
        let words = words.into_iter().map(|word| typed_word(word, finder)).collect();
        Self { words, groupings, folded, mask, marked }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn typed_word(word: Word, finder: &Finder) -> Typed {
    let pairs = finder.words.iter().map(|known| pair(&word, known)).collect();
    let classes = |meaning: Vec<String>| meaning.iter().map(|w| finder.class_of.get(w).copied()).collect();
    let meanings =
        if word.is_marked() { Vec::new() } else { meanings(word.folded()).into_iter().filter_map(classes).collect() };
    let letters = word.typed().chars().flat_map(char::to_lowercase).collect();
    Typed { word, pairs, meanings, letters }
}

fn pair(word: &Word, known: &Known) -> Option<Pair> {
    let Known { prepared: known, squeezed } = known;
    let whole = known.folded.len() == word.folded().len();
    if let Some(tier) = word.answers_prepared(known) {
        return Some(Pair { tier, whole, disagrees: false });
    }
    if word.key_answers(squeezed) {
        let disagrees = word.composes() && !word.keystrokes_agree(known);
        let whole = word.squeezed() == Some(squeezed.as_str());
        return Some(Pair { tier: Tier::Squeezed, whole, disagrees });
    }
    let short = !word.is_marked() || word.folded().len() == 1;
    if short && word.begins(known) {
        return Some(Pair { tier: Tier::Initials, whole: false, disagrees: false });
    }
    let alike = |open| !word.is_marked() && score::one_typo(word.folded(), &known.folded, open);
    // A whole word with a typo is likelier than the beginning of one.
    let whole = alike(false);
    (whole || (word.is_prefix() && alike(true))).then_some(Pair { tier: Tier::Fuzzy, whole, disagrees: false })
}

/// No more ways to read a query than this are tried.
const MOST_GROUPINGS: usize = 8;

/// The ways to take runs of typed words for names of ranks, posts and places: the longest at each place, and where
/// two overlap, a way for each.
fn groupings(typed: &[Word]) -> Vec<Groups> {
    let longest: Vec<usize> = (0..typed.len()).map(|at| longest_name(typed.get(at..).unwrap_or_default())).collect();
    let mut done = Vec::new();
    let mut open: Vec<(usize, Groups)> = vec![(0, Vec::new())];
    while let Some((at, groups)) = open.pop() {
        let Some(from) = (at..typed.len()).find(|&at| longest.get(at).is_some_and(|len| *len > 0)) else {
            done.push(groups);
            continue;
        };
        let end = from + longest.get(from).copied().unwrap_or(1);
        // A name that begins inside this one may be the one meant.
        let inside = (from + 1..end).find(|&at| longest.get(at).is_some_and(|len| at + len > end));
        if let Some(inside) = inside.filter(|_| done.len() + open.len() + 2 < MOST_GROUPINGS) {
            open.push((inside, groups.clone()));
        }
        open.push((end, groups.into_iter().chain([(from, end)]).collect()));
    }
    done
}

/// How many of the words, from the first on, are the longest name of a rank, post or place; 0 where none is.
fn longest_name(typed: &[Word]) -> usize {
    let answers = |name: &&Vec<Prepared>| {
        let window = typed.get(..name.len());
        window.is_some_and(|w| w.iter().zip(*name).all(|(w, n)| w.answers_prepared(n).is_some()))
    };
    names().iter().filter(answers).map(Vec::len).max().unwrap_or(0)
}

/// Names of ranks, posts and places of two words and more.
fn names() -> &'static [Vec<Prepared>] {
    static NAMES: OnceLock<Vec<Vec<Prepared>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let tables = TABLES.iter().filter(|table| matches!(table.class, Class::Rank | Class::Post | Class::Place));
        let rows = tables.flat_map(Table::rows);
        let mut out: Vec<Vec<Prepared>> =
            rows.map(|row| words(row.form()).map(|w| Prepared::new(w.text)).collect()).collect();
        out.retain(|name: &Vec<Prepared>| (2..=5).contains(&name.len()));
        out
    })
}
