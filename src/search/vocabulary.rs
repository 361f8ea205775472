//! The words of texts as the index holds them: folded in their order, and each different word once with what its
//! spellings share. Every text of an import passes here, so words met before are kept ready. What a typed word means
//! is left to `matching`.

mod pairs;

pub use pairs::WordPair;

use super::matching::{beginnings, form, plain_folded};
use crate::text::byte_runs::{ByteRun, LONGEST, RunCache, stretches};
use crate::text::fold::fold_char;
use crate::text::words::words;
use foldhash::fast::RandomState;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;

/// Stands before the beginning of a word where texts are listed under it; never part of a word.
pub const BEGINNING: char = '_';

/// What the index holds of some texts.
#[derive(Clone, Debug, Default)]
pub struct IndexedTerms {
    /// The folded words of each text in their order, with one space between.
    pub folded: Vec<String>,
    /// What the texts are listed under, whatever the place, with one space between: the forms that carry a tone or
    /// mark, and the beginnings of words, each after `BEGINNING`.
    pub listed: String,
    /// Folded word and form of each different word, one behind the other.
    letters: String,
    /// Where each of them stands in `letters`.
    places: Vec<WordSlot>,
    pairs: pairs::Pairs,
}

#[derive(Clone, Copy, Debug)]
struct WordSlot {
    hash: u64,
    start: u32,
    form: u32,
    end: u32,
}

/// A different word of some texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistinctWord<'a> {
    /// A hash of both, the same in every run.
    pub hash: u64,
    /// The token of the index.
    pub folded: &'a str,
    /// What its spellings share.
    pub form: &'a str,
}

impl IndexedTerms {
    /// The words of `texts`.
    pub fn of(texts: &[&str]) -> Self {
        KNOWN.with_borrow_mut(|known| known.read(texts))
    }

    /// Each different word, in no order.
    pub fn different(&self) -> impl Iterator<Item = DistinctWord<'_>> {
        self.places.iter().filter_map(|place| {
            Some(DistinctWord {
                hash: place.hash,
                folded: self.letters.get(place.start as usize..place.form as usize)?,
                form: self.letters.get(place.form as usize..place.end as usize)?,
            })
        })
    }

    /// The different pairs of words side by side whose hash is wanted, in no order. A hash is that of the same two
    /// words in every text of a run.
    pub fn pairs(&self, wanted: impl FnMut(u64) -> bool) -> impl Iterator<Item = WordPair<'_>> {
        self.pairs.within(&self.folded, wanted)
    }

    fn add(&mut self, word: &CompactWord) {
        let start = self.letters.len();
        self.letters.push_str(&word.letters);
        let end = self.letters.len();
        let (start, form, end) = (number(start), number(start + word.folded().len()), number(end));
        self.places.push(WordSlot { hash: word.hash, start, form, end });
        if word.marked {
            self.list(word.form());
        }
    }

    fn list(&mut self, under: &str) {
        if !self.listed.is_empty() {
            self.listed.push(' ');
        }
        self.listed.push_str(under);
    }
}

/// Stretches of text whose words are kept ready for the next text, at most.
const MOST_KNOWN: usize = if cfg!(test) { 50 } else { 20_000 };

thread_local! {
    // The texts of one import share nearly all their words.
    static KNOWN: RefCell<VocabularyTable> = RefCell::default();
}

/// The words met so far.
#[derive(Default)]
struct VocabularyTable {
    by_stretch: RunCache<NumberRange>,
    /// The numbers of the words of stretches, one run behind the other.
    numbers: Vec<u32>,
    by_hash: HashMap<u64, u32, RandomState>,
    all: Vec<CompactWord>,
    by_beginning: HashMap<Box<str>, NonZeroU32>,
    beginnings: Vec<WordPrefix>,
    /// Counts the readings, so that each word is taken once in one of them.
    turn: u32,
    /// What is being read: its memory serves the next reading.
    scratch: IndexedTerms,
    folded: Vec<u8>,
    pairs: pairs::PairCollector,
}

/// Where the numbers of the words of a stretch stand: nearly always there is one.
#[derive(Clone, Copy, Debug)]
struct NumberRange {
    start: u32,
    end: u32,
}

/// A word, in little room: an import goes through all of them again and again.
struct CompactWord {
    hash: u64,
    /// A hash of the folded word alone.
    folded_hash: u64,
    /// Folded word and form, one behind the other.
    letters: Box<str>,
    /// The folded word and a space, where they are so short that they can be appended by a move of fixed length.
    token: [u8; SHORT],
    /// Bytes of `token`; none of a long word.
    token_len: u8,
    marked: bool,
    /// Bytes of the folded word.
    folded: u32,
    /// The reading in which it was met last.
    turn: u32,
    /// Their numbers; none of a word that is not kept.
    beginnings: [Option<NonZeroU32>; BEGINNINGS],
}

/// Nearly all folded words take fewer bytes.
const SHORT: usize = 16;

/// No word has more beginnings.
const BEGINNINGS: usize = 4;

/// A beginning of words, as texts are listed under it.
struct WordPrefix {
    listed: String,
    /// The reading in which it was met last.
    turn: u32,
}

impl CompactWord {
    fn new(writing: &str) -> Self {
        let (folded, form) = (plain_folded(writing), form(writing));
        let mut hasher = DefaultHasher::new();
        (&folded, &form).hash(&mut hasher);
        let mut token = [0; SHORT];
        let spaced = token.iter_mut().zip(folded.bytes().chain([b' ']));
        spaced.for_each(|(to, from)| *to = from);
        let len = if folded.len() < SHORT { folded.len() + 1 } else { 0 };
        Self {
            hash: hasher.finish(),
            folded_hash: pairs::hash_of(&folded),
            letters: [folded.as_str(), form.as_str()].concat().into(),
            token,
            token_len: u8::try_from(len).unwrap_or(0),
            marked: !form.chars().eq(form.chars().map(fold_char)),
            folded: number(folded.len()),
            turn: 0,
            beginnings: [None; BEGINNINGS],
        }
    }

    fn folded(&self) -> &str {
        self.letters.get(..self.folded as usize).unwrap_or_default()
    }

    fn form(&self) -> &str {
        self.letters.get(self.folded as usize..).unwrap_or_default()
    }

    /// Its beginnings as texts are listed under them.
    fn listed(&self) -> impl Iterator<Item = String> {
        beginnings(self.folded(), self.form()).into_iter().map(|beginning| format!("{BEGINNING}{beginning}"))
    }

    /// Adds the folded word and a space.
    fn push_token(&self, out: &mut Vec<u8>) {
        if self.token_len > 0 {
            out.extend_from_slice(&self.token);
            out.truncate(out.len() - SHORT + usize::from(self.token_len));
        } else {
            out.extend_from_slice(self.folded().as_bytes());
            out.push(b' ');
        }
    }
}

/// Of a text that is known to be short enough.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl VocabularyTable {
    fn read(&mut self, texts: &[&str]) -> IndexedTerms {
        if self.is_full() || self.turn == u32::MAX {
            *self = Self::default();
        }
        self.turn += 1;
        let (mut out, mut folded) = (std::mem::take(&mut self.scratch), std::mem::take(&mut self.folded));
        // Words of a text with so many that not all are kept.
        let mut others = HashSet::new();
        for text in texts {
            self.pairs.begin();
            for stretch in stretches(text) {
                let Some(NumberRange { start, end }) = self.by_stretch.get(&stretch).or_else(|| self.learn(&stretch))
                else {
                    self.read_slowly(&stretch, &mut folded, &mut others, &mut out);
                    continue;
                };
                for at in start..end {
                    let Some(number) = self.numbers.get(at as usize) else { continue };
                    self.take(*number, &mut folded, &mut out);
                }
            }
            // The space behind the last word.
            folded.pop();
            out.folded.push(String::from_utf8(folded.clone()).unwrap_or_default());
            folded.clear();
        }
        // Without room for more: many of them wait to be written.
        let done = IndexedTerms { folded: std::mem::take(&mut out.folded), pairs: self.pairs.finish(), ..out.clone() };
        out.listed.clear();
        out.letters.clear();
        out.places.clear();
        (self.scratch, self.folded) = (out, folded);
        done
    }

    /// Adds a word that is kept.
    fn take(&mut self, number: u32, folded: &mut Vec<u8>, out: &mut IndexedTerms) {
        let turn = self.turn;
        let Some(known) = self.all.get_mut(number as usize) else { return };
        self.pairs.word(out.folded.len(), folded.len(), known.folded_hash);
        known.push_token(folded);
        if std::mem::replace(&mut known.turn, turn) == turn {
            return;
        }
        out.add(known);
        for number in known.beginnings.into_iter().flatten() {
            let Some(beginning) = self.beginnings.get_mut(number.get() as usize - 1) else { continue };
            if std::mem::replace(&mut beginning.turn, turn) != turn {
                out.list(&beginning.listed);
            }
        }
    }

    /// Adds the words of a stretch that is not kept.
    fn read_slowly(
        &mut self,
        stretch: &ByteRun<'_>,
        folded: &mut Vec<u8>,
        others: &mut HashSet<u64>,
        out: &mut IndexedTerms,
    ) {
        for word in words(stretch.text) {
            let other = match self.known(word.text) {
                Ok(number) => {
                    self.take(number, folded, out);
                    continue;
                }
                Err(other) => other,
            };
            self.pairs.word(out.folded.len(), folded.len(), other.folded_hash);
            other.push_token(folded);
            if others.insert(other.hash) {
                out.add(&other);
                // Perhaps not for the first time; the index takes it as once.
                other.listed().for_each(|beginning| out.list(&beginning));
            }
        }
    }

    /// Keeps a stretch with its words, where there is room for it.
    fn learn(&mut self, stretch: &ByteRun<'_>) -> Option<NumberRange> {
        if self.is_full() || stretch.text.len() > LONGEST {
            return None;
        }
        let start = self.numbers.len();
        for word in words(stretch.text) {
            let number = self.known(word.text).ok();
            self.numbers.extend(number);
            if number.is_none() {
                self.numbers.truncate(start);
                return None;
            }
        }
        let number = |n| u32::try_from(n).ok();
        let run = NumberRange { start: number(start)?, end: number(self.numbers.len())? };
        self.by_stretch.insert(stretch, run);
        Some(run)
    }

    fn is_full(&self) -> bool {
        self.by_stretch.count().max(self.all.len()) >= MOST_KNOWN
    }

    /// The number of the word of that writing; the word itself where no more are kept.
    fn known(&mut self, writing: &str) -> Result<u32, CompactWord> {
        let mut word = CompactWord::new(writing);
        if let Some(number) = self.by_hash.get(&word.hash) {
            return Ok(*number);
        }
        let room = !self.is_full() && writing.len() <= LONGEST;
        let Some(number) = u32::try_from(self.all.len()).ok().filter(|_| room) else { return Err(word) };
        let mut beginnings = [None; BEGINNINGS];
        beginnings.iter_mut().zip(word.listed()).for_each(|(number, listed)| *number = self.beginning(listed));
        word.beginnings = beginnings;
        self.by_hash.insert(word.hash, number);
        self.all.push(word);
        Ok(number)
    }

    /// The number of a beginning, from 1.
    fn beginning(&mut self, listed: String) -> Option<NonZeroU32> {
        if let Some(number) = self.by_beginning.get(listed.as_str()) {
            return Some(*number);
        }
        let number = NonZeroU32::new(number(self.beginnings.len() + 1))?;
        self.by_beginning.insert(listed.as_str().into(), number);
        self.beginnings.push(WordPrefix { listed, turn: 0 });
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::folded_words;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn entries(wording: &IndexedTerms) -> BTreeSet<(String, String)> {
        wording.different().map(|word| (word.folded.to_owned(), word.form.to_owned())).collect()
    }

    #[test]
    fn each_different_word_is_there_with_its_form() {
        let wording = IndexedTerms::of(&["Mỹ, MĨ", "mi H’Nhinh mỹ"]);
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
                let wording = IndexedTerms::of(&[text]);
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
