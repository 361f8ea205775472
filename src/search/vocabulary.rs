//! The words of texts as the index holds them: folded in their order, and each different word once with what its
//! spellings share. Every text of an import passes here, so words met before are kept ready. What a typed word means
//! is left to `matching`.

use super::matching::{beginnings, form, plain_folded};
use crate::text::fold::fold_char;
use crate::text::words::words;
use foldhash::fast::RandomState;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A word of the vocabulary: all that answers depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry {
    /// Folded as written: the token of the index.
    pub folded: String,
    /// What two spellings share, with tones and marks.
    pub form: String,
}

/// Stands before the beginning of a word where texts are listed under it; never part of a word.
pub const BEGINNING: char = '_';

/// What the index holds of some texts.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// The folded words of each text in their order, with one space between.
    pub folded: Vec<String>,
    /// What the texts are listed under, whatever the place, with one space between: the forms that carry a tone or mark,
    /// and the beginnings of words, each after `BEGINNING`.
    pub listed: String,
    /// Folded word and form of each different word, one behind the other.
    letters: String,
    /// Where each of them stands in `letters`.
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    hash: u64,
    start: u32,
    form: u32,
    end: u32,
}

/// A different word of some texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Different<'a> {
    /// A hash of both, the same in every run.
    pub hash: u64,
    /// The token of the index.
    pub folded: &'a str,
    /// What its spellings share.
    pub form: &'a str,
}

impl Wording {
    /// The words of `texts`.
    pub fn of(texts: &[&str]) -> Self {
        KNOWN.with_borrow_mut(|known| known.read(texts))
    }

    /// Each different word, in no order.
    pub fn different(&self) -> impl Iterator<Item = Different<'_>> {
        self.places.iter().filter_map(|place| {
            Some(Different {
                hash: place.hash,
                folded: self.letters.get(place.start as usize..place.form as usize)?,
                form: self.letters.get(place.form as usize..place.end as usize)?,
            })
        })
    }

    fn add(&mut self, word: &Known) {
        let start = self.letters.len();
        self.letters.push_str(&word.folded);
        let form = self.letters.len();
        self.letters.push_str(&word.form);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (start, form, end) = (number(start), number(form), number(self.letters.len()));
        self.places.push(Place { hash: word.hash, start, form, end });
        if word.marked {
            self.list(&word.form);
        }
    }

    fn list(&mut self, under: &str) {
        if !self.listed.is_empty() {
            self.listed.push(' ');
        }
        self.listed.push_str(under);
    }
}

/// Writings of words that are kept ready for the next text, at most.
const MOST_KNOWN: usize = if cfg!(test) { 50 } else { 20_000 };

thread_local! {
    // The texts of one import share nearly all their words.
    static KNOWN: RefCell<Words> = RefCell::default();
}

/// The words met so far.
#[derive(Default)]
struct Words {
    by_writing: Writings,
    by_hash: HashMap<u64, usize, RandomState>,
    all: Vec<Known>,
    by_beginning: HashMap<Box<str>, usize>,
    beginnings: Vec<Beginning>,
    /// Counts the readings, so that each word is taken once in one of them.
    turn: u64,
}

/// Numbers of words by how they are written. Nearly all words of Vietnamese take at most 16 bytes, and are compared at
/// once.
#[derive(Default)]
struct Writings {
    short: HashMap<u128, usize, RandomState>,
    long: HashMap<Box<str>, usize, RandomState>,
}

struct Known {
    folded: String,
    form: String,
    hash: u64,
    marked: bool,
    /// Their numbers; none of a word that is not kept.
    beginnings: Vec<usize>,
    /// The reading in which it was met last.
    turn: u64,
}

/// A beginning of words, as texts are listed under it.
struct Beginning {
    listed: String,
    /// The reading in which it was met last.
    turn: u64,
}

impl Writings {
    fn get(&self, writing: &str) -> Option<usize> {
        match short(writing) {
            Some(short) => self.short.get(&short),
            None => self.long.get(writing),
        }
        .copied()
    }

    fn insert(&mut self, writing: &str, number: usize) {
        match short(writing) {
            Some(short) => self.short.insert(short, number),
            None => self.long.insert(writing.into(), number),
        };
    }

    fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

/// A short word with zeros behind it; no two words have the same, for none has a zero.
fn short(writing: &str) -> Option<u128> {
    let mut short = [0; size_of::<u128>()];
    short.get_mut(..writing.len())?.copy_from_slice(writing.as_bytes());
    Some(u128::from_le_bytes(short))
}

impl Known {
    fn new(writing: &str) -> Self {
        let (folded, form) = (plain_folded(writing), form(writing));
        let mut hasher = DefaultHasher::new();
        (&folded, &form).hash(&mut hasher);
        let marked = !form.chars().eq(form.chars().map(fold_char));
        Self { folded, form, hash: hasher.finish(), marked, beginnings: Vec::new(), turn: 0 }
    }

    /// Its beginnings as texts are listed under them.
    fn listed(&self) -> impl Iterator<Item = String> {
        beginnings(&self.folded, &self.form).into_iter().map(|beginning| format!("{BEGINNING}{beginning}"))
    }
}

impl Words {
    fn read(&mut self, texts: &[&str]) -> Wording {
        if self.by_writing.len() >= MOST_KNOWN {
            *self = Self { turn: self.turn, ..Self::default() };
        }
        self.turn += 1;
        let mut out = Wording::default();
        // Words of a text with so many that not all are kept.
        let mut others = HashSet::new();
        for text in texts {
            let mut folded = String::with_capacity(text.len());
            for word in words(text) {
                if !folded.is_empty() {
                    folded.push(' ');
                }
                let at = match self.known(word.text) {
                    Ok(at) => at,
                    Err(other) => {
                        folded.push_str(&other.folded);
                        if others.insert(other.hash) {
                            out.add(&other);
                            // Perhaps not for the first time; the index takes it as once.
                            other.listed().for_each(|beginning| out.list(&beginning));
                        }
                        continue;
                    }
                };
                let turn = self.turn;
                let Some(known) = self.all.get_mut(at) else { continue };
                folded.push_str(&known.folded);
                if std::mem::replace(&mut known.turn, turn) != turn {
                    out.add(known);
                    for number in &known.beginnings {
                        let Some(beginning) = self.beginnings.get_mut(*number) else { continue };
                        if std::mem::replace(&mut beginning.turn, turn) != turn {
                            out.list(&beginning.listed);
                        }
                    }
                }
            }
            out.folded.push(folded);
        }
        // Many of them wait to be written.
        out.places.shrink_to_fit();
        out.letters.shrink_to_fit();
        out.listed.shrink_to_fit();
        out
    }

    /// The number of the word of that writing; the word itself where no more are kept.
    fn known(&mut self, writing: &str) -> Result<usize, Known> {
        if let Some(at) = self.by_writing.get(writing) {
            return Ok(at);
        }
        let mut word = Known::new(writing);
        let full = self.by_writing.len() >= MOST_KNOWN;
        let at = match self.by_hash.get(&word.hash) {
            Some(at) => *at,
            None if full => return Err(word),
            None => {
                word.beginnings = word.listed().map(|listed| self.beginning(listed)).collect();
                self.by_hash.insert(word.hash, self.all.len());
                self.all.push(word);
                self.all.len() - 1
            }
        };
        if !full {
            self.by_writing.insert(writing, at);
        }
        Ok(at)
    }

    /// The number of a beginning.
    fn beginning(&mut self, listed: String) -> usize {
        if let Some(at) = self.by_beginning.get(listed.as_str()) {
            return *at;
        }
        self.by_beginning.insert(listed.as_str().into(), self.beginnings.len());
        self.beginnings.push(Beginning { listed, turn: 0 });
        self.beginnings.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::folded_words;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn entries(wording: &Wording) -> BTreeSet<(String, String)> {
        wording.different().map(|word| (word.folded.to_owned(), word.form.to_owned())).collect()
    }

    #[test]
    fn each_different_word_is_there_with_its_form() {
        let wording = Wording::of(&["Mỹ, MĨ", "mi H’Nhinh mỹ"]);
        assert_eq!(wording.folded, ["my mi", "mi hnhinh my"]);
        let expect = [("my", "mĩ"), ("mi", "mĩ"), ("mi", "mi"), ("hnhinh", "hnhinh")];
        assert_eq!(entries(&wording), expect.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        let listed: BTreeSet<_> = wording.listed.split(' ').collect();
        assert_eq!(listed, ["mĩ", "_m", "_my", "_mi", "_h", "_hn"].into());
    }

    proptest! {
        /// More words than are kept, in readings one after the other, are found as one by one.
        #[test]
        fn words_met_before_change_nothing(texts in prop::collection::vec("[a-hđưứA-D ,]{0,200}", 1..6)) {
            for text in &texts {
                let wording = Wording::of(&[text]);
                prop_assert_eq!(&wording.folded, &[folded_words(text)]);
                let one_by_one: BTreeSet<_> =
                    words(text).map(|w| (plain_folded(w.text), form(w.text))).collect();
                let listed: BTreeSet<_> = wording.listed.split_whitespace().map(str::to_owned).collect();
                let expect = one_by_one.iter().flat_map(|(folded, form)| {
                    let begin = beginnings(folded, form).into_iter().map(|b| format!("_{b}"));
                    begin.chain((form.chars().any(|c| fold_char(c) != c)).then(|| form.clone()))
                });
                prop_assert_eq!(listed, expect.collect());
                prop_assert_eq!(wording.different().count(), entries(&wording).len());
                prop_assert_eq!(entries(&wording), one_by_one);
            }
        }
    }
}
