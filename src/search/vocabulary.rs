//! The words of texts as the search index stores them: folded, in their order; and each distinct word once, with the
//! common form of its spellings (`matching::form`). Every text of an import passes through here, so words seen before
//! are looked up in a cache. `matching` decides what a query word means.

mod distinct_word_pairs;

pub use distinct_word_pairs::WordPair;

use super::matching::{beginnings, form, plain_folded};
use crate::text::byte_runs::{ByteRun, LONGEST, RunCache, byte_runs};
use crate::text::fold::fold_char;
use crate::text::words::words;
use foldhash::fast::RandomState;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;

/// Marks the beginning of a word among the listed terms; never part of a word.
pub const BEGINNING: char = '_';

/// The terms that the index stores for some texts.
///
/// The distinct words are in one string, because an import of a thousand texts holds a million of them until they are
/// written:
///
/// ```text
/// texts       "Mỹ, mĩ"  "Hà"
/// folded      "my mi"   "ha"
/// listed      "mĩ _m _my _mi hà _h _ha"
/// letters     m y m ĩ m i m ĩ h a h à          folded word and form of each distinct word
/// slots       └──┬──┘ └──┬──┘ └──┬──┘
/// ```
#[derive(Clone, Debug, Default)]
pub struct IndexedTerms {
    /// The folded words of each text in their order, with one space between.
    pub folded: Vec<String>,
    /// The terms under which the texts are listed without positions, with one space between: the forms that have a tone
    /// or mark, and the short beginnings of words (`matching::beginnings`), each after `BEGINNING`.
    pub listed: String,
    /// Folded word and form of each distinct word, one after the other.
    letters: String,
    /// Where each of them is in `letters`.
    slots: Vec<WordSlot>,
    pairs: distinct_word_pairs::DistinctWordPairs,
}

/// A distinct word, as byte offsets into `IndexedTerms::letters`: `start..form` is the folded word, `form..end` the
/// form.
#[derive(Clone, Copy, Debug)]
struct WordSlot {
    hash: u64,
    start: u32,
    form: u32,
    end: u32,
}

/// A distinct word of some texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistinctWord<'a> {
    /// A hash of both strings, the same in every run of the program.
    pub hash: u64,
    /// The folded word: a token of the index.
    pub folded: &'a str,
    /// The common form of its spellings.
    pub form: &'a str,
}

/// Thresholds of the cache of words. Results do not depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VocabularyLimits {
    /// The cache is emptied once it has this many words or byte runs, so that texts in an unknown encoding, all of
    /// whose words are new, do not fill the memory.
    pub cached_words: usize,
}

impl Default for VocabularyLimits {
    fn default() -> Self {
        Self { cached_words: 20_000 }
    }
}

impl VocabularyLimits {
    /// Limits so small that the texts of a test reach them.
    pub fn tiny() -> Self {
        Self { cached_words: 50 }
    }
}

thread_local! {
    // The texts of an import share nearly all their words. A cache for each thread needs no lock; the price is that
    // each thread learns the words by itself.
    static CACHE: RefCell<VocabularyTable> = RefCell::default();
}

impl IndexedTerms {
    /// Indexes `texts` (of one report: its title and its text).
    pub fn of(texts: &[&str]) -> Self {
        CACHE.with_borrow_mut(|cache| cache.index(texts))
    }

    /// Each distinct word, in no order.
    pub fn distinct_words(&self) -> impl Iterator<Item = DistinctWord<'_>> {
        self.slots.iter().filter_map(|slot| {
            Some(DistinctWord {
                hash: slot.hash,
                folded: self.letters.get(slot.start as usize..slot.form as usize)?,
                form: self.letters.get(slot.form as usize..slot.end as usize)?,
            })
        })
    }

    /// The distinct pairs of neighbouring words whose hash is wanted, in no order. In one run of the program the same
    /// two words have the same hash in every text.
    pub fn pairs(&self, wanted: impl FnMut(u64) -> bool) -> impl Iterator<Item = WordPair<'_>> {
        self.pairs.within(&self.folded, wanted)
    }

    /// Drops the distinct words and the pairs whose hashes are known. They are two thirds of the memory, and after the
    /// first reports of an import hardly any of them is new.
    pub fn drop_known(&mut self, known_word: impl Fn(u64) -> bool, known_pair: impl Fn(u64) -> bool) {
        let mut rest = Self::default();
        for slot in self.slots.iter().filter(|slot| !known_word(slot.hash)) {
            let Some(letters) = self.letters.get(slot.start as usize..slot.end as usize) else { continue };
            let start = offset(rest.letters.len());
            rest.letters.push_str(letters);
            let form = start + (slot.form - slot.start);
            rest.slots.push(WordSlot { hash: slot.hash, start, form, end: offset(rest.letters.len()) });
        }
        (self.letters, self.slots) = (rest.letters, rest.slots);
        self.pairs.drop_known(known_pair);
    }

    fn add(&mut self, word: &CompactWord) {
        let start = self.letters.len();
        self.letters.push_str(&word.letters);
        let end = self.letters.len();
        let (start, form, end) = (offset(start), offset(start + word.folded().len()), offset(end));
        self.slots.push(WordSlot { hash: word.hash, start, form, end });
        if word.is_marked {
            self.list(word.form());
        }
    }

    fn list(&mut self, term: &str) {
        if !self.listed.is_empty() {
            self.listed.push(' ');
        }
        self.listed.push_str(term);
    }
}

/// The cache of words.
///
/// A text is cut into byte runs (`text::byte_runs`). Nearly every run is one word that was seen before. A known run
/// costs one look-up of at most 16 bytes; its words need not be cut, folded or hashed again.
///
/// ```text
/// byte run       runs             numbers           words                      prefixes
/// "Hùng"     ──> 5..6         ──> [… 17 …]      ──> 17: hung|hùng, [3, 4]  ──> 3: _h   4: _hu
/// "A/B"      ──> 6..8         ──> [… 2 9 …]         2: a|a …
/// ```
#[derive(Default)]
struct VocabularyTable {
    limits: VocabularyLimits,
    /// For each byte run, where its words are in `numbers`.
    runs: RunCache<NumberRange>,
    /// The numbers of the words of all runs.
    numbers: Vec<u32>,
    /// By `CompactWord::hash`. Two words of one hash would become one; with 64 bits and 20,000 words the odds are one
    /// in a hundred billion.
    word_numbers: HashMap<u64, u32, RandomState>,
    words: Vec<CompactWord>,
    /// The numbers of prefixes, which begin at 1.
    prefix_numbers: HashMap<Box<str>, NonZeroU32>,
    prefixes: Vec<WordPrefix>,
    /// The number of the current report. Each word and prefix keeps the number of the report in which it was last seen,
    /// so that it is added once per report without a set that has to be cleared.
    report: u32,
    /// Buffers of the report that is indexed, reused for the next.
    terms: IndexedTerms,
    folded: Vec<u8>,
    pairs: distinct_word_pairs::WordPairCollector,
}

/// A range of `VocabularyTable::numbers`: the words of one byte run, nearly always one.
#[derive(Clone, Copy, Debug)]
struct NumberRange {
    start: u32,
    end: u32,
}

/// Nearly all folded words are shorter, in bytes.
const SHORT: usize = 16;

/// No word has more beginnings (`matching::beginnings`).
const MAX_BEGINNINGS: usize = 4;

/// A word of the cache, small, because an import reads all of them again and again.
struct CompactWord {
    /// Of folded word and form.
    hash: u64,
    /// Of the folded word alone.
    folded_hash: u64,
    /// Folded word and form, one after the other.
    letters: Box<str>,
    /// The folded word and a space, if they fit: copying a fixed length is one instruction, copying a string is a call.
    token: [u8; SHORT],
    /// The number of bytes used of `token`; 0 for a long word.
    token_len: u8,
    /// The form has a tone or mark.
    is_marked: bool,
    /// The number of bytes of the folded word in `letters`.
    folded_len: u32,
    /// The report in which it was last seen.
    report: u32,
    /// The numbers of its beginnings; none of a word that is not cached.
    prefixes: [Option<NonZeroU32>; MAX_BEGINNINGS],
}

/// A beginning of words.
struct WordPrefix {
    /// As texts are listed under it, with `BEGINNING`.
    term: String,
    /// The report in which it was last seen.
    report: u32,
}

impl CompactWord {
    fn new(written: &str) -> Self {
        let (folded, form) = (plain_folded(written), form(written));
        let mut hasher = DefaultHasher::new();
        (&folded, &form).hash(&mut hasher);
        let mut token = [0; SHORT];
        token.iter_mut().zip(folded.bytes().chain([b' '])).for_each(|(to, from)| *to = from);
        let token_len = if folded.len() < SHORT { folded.len() + 1 } else { 0 };
        Self {
            hash: hasher.finish(),
            folded_hash: distinct_word_pairs::hash_of(&folded),
            letters: [folded.as_str(), form.as_str()].concat().into(),
            token,
            token_len: u8::try_from(token_len).unwrap_or(0),
            is_marked: !form.chars().eq(form.chars().map(fold_char)),
            folded_len: offset(folded.len()),
            report: 0,
            prefixes: [None; MAX_BEGINNINGS],
        }
    }

    fn folded(&self) -> &str {
        self.letters.get(..self.folded_len as usize).unwrap_or_default()
    }

    fn form(&self) -> &str {
        self.letters.get(self.folded_len as usize..).unwrap_or_default()
    }

    /// Its beginnings as listed terms.
    fn beginning_terms(&self) -> impl Iterator<Item = String> {
        beginnings(self.folded(), self.form()).into_iter().map(|beginning| format!("{BEGINNING}{beginning}"))
    }

    /// Appends the folded word and a space.
    fn push_token(&self, out: &mut Vec<u8>) {
        if self.token_len > 0 {
            // Always copies all 16 bytes, then drops the unused ones: faster than a copy of variable length.
            out.extend_from_slice(&self.token);
            out.truncate(out.len() - SHORT + usize::from(self.token_len));
        } else {
            out.extend_from_slice(self.folded().as_bytes());
            out.push(b' ');
        }
    }
}

/// An offset into a text; texts are far shorter than 4 GB.
fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl VocabularyTable {
    fn new(limits: VocabularyLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    fn index(&mut self, texts: &[&str]) -> IndexedTerms {
        // Report numbers must not repeat, or words of an old report would look as if they had been added already.
        if self.is_full() || self.report == u32::MAX {
            *self = Self::new(self.limits);
        }
        self.report += 1;
        let (mut out, mut folded) = (std::mem::take(&mut self.terms), std::mem::take(&mut self.folded));
        // Words of this report for which there was no room in the cache.
        let mut uncached = HashSet::new();
        for text in texts {
            self.pairs.begin_text();
            for run in byte_runs(text) {
                let Some(NumberRange { start, end }) = self.runs.get(&run).or_else(|| self.cache_run(&run)) else {
                    self.add_uncached(&run, &mut folded, &mut uncached, &mut out);
                    continue;
                };
                for at in start..end {
                    let Some(number) = self.numbers.get(at as usize) else { continue };
                    self.add_cached(*number, &mut folded, &mut out);
                }
            }
            // The space after the last word.
            folded.pop();
            out.folded.push(String::from_utf8(folded.clone()).unwrap_or_default());
            folded.clear();
        }
        // Many results wait in memory until they are written. A clone has no spare capacity; the buffer that grew
        // stays here for the next report.
        let terms = IndexedTerms { folded: std::mem::take(&mut out.folded), pairs: self.pairs.finish(), ..out.clone() };
        out.listed.clear();
        out.letters.clear();
        out.slots.clear();
        (self.terms, self.folded) = (out, folded);
        terms
    }

    /// Adds a cached word: to the folded text always, to the distinct words if it is new in this report.
    fn add_cached(&mut self, number: u32, folded: &mut Vec<u8>, out: &mut IndexedTerms) {
        let report = self.report;
        let Some(word) = self.words.get_mut(number as usize) else { return };
        self.pairs.add_word(out.folded.len(), folded.len(), word.folded_hash);
        word.push_token(folded);
        if std::mem::replace(&mut word.report, report) == report {
            return;
        }
        out.add(word);
        for number in word.prefixes.into_iter().flatten() {
            let Some(prefix) = self.prefixes.get_mut(number.get() as usize - 1) else { continue };
            if std::mem::replace(&mut prefix.report, report) != report {
                out.list(&prefix.term);
            }
        }
    }

    /// Adds the words of a byte run for which there is no room in the cache.
    fn add_uncached(
        &mut self,
        run: &ByteRun<'_>,
        folded: &mut Vec<u8>,
        uncached: &mut HashSet<u64>,
        out: &mut IndexedTerms,
    ) {
        for written in words(run.text) {
            let word = match self.word_number(written.text) {
                Ok(number) => {
                    self.add_cached(number, folded, out);
                    continue;
                }
                Err(word) => word,
            };
            self.pairs.add_word(out.folded.len(), folded.len(), word.folded_hash);
            word.push_token(folded);
            if uncached.insert(word.hash) {
                out.add(&word);
                // A beginning may be listed twice; the index takes it as once.
                word.beginning_terms().for_each(|term| out.list(&term));
            }
        }
    }

    /// Caches a byte run and its words; `None` if there is no room for it.
    fn cache_run(&mut self, run: &ByteRun<'_>) -> Option<NumberRange> {
        if self.is_full() || run.text.len() > LONGEST {
            return None;
        }
        let start = self.numbers.len();
        for word in words(run.text) {
            let number = self.word_number(word.text).ok();
            self.numbers.extend(number);
            if number.is_none() {
                self.numbers.truncate(start);
                return None;
            }
        }
        let range = NumberRange { start: u32::try_from(start).ok()?, end: u32::try_from(self.numbers.len()).ok()? };
        self.runs.insert(run, range);
        Some(range)
    }

    fn is_full(&self) -> bool {
        self.runs.len().max(self.words.len()) >= self.limits.cached_words
    }

    /// The number of a word, which is cached if it is new; the word itself if there is no room for it.
    fn word_number(&mut self, written: &str) -> Result<u32, CompactWord> {
        let mut word = CompactWord::new(written);
        if let Some(number) = self.word_numbers.get(&word.hash) {
            return Ok(*number);
        }
        let has_room = !self.is_full() && written.len() <= LONGEST;
        let Some(number) = u32::try_from(self.words.len()).ok().filter(|_| has_room) else { return Err(word) };
        let mut prefixes = [None; MAX_BEGINNINGS];
        prefixes.iter_mut().zip(word.beginning_terms()).for_each(|(slot, term)| *slot = self.prefix_number(term));
        word.prefixes = prefixes;
        self.word_numbers.insert(word.hash, number);
        self.words.push(word);
        Ok(number)
    }

    /// The number of a beginning, from 1.
    fn prefix_number(&mut self, term: String) -> Option<NonZeroU32> {
        if let Some(number) = self.prefix_numbers.get(term.as_str()) {
            return Some(*number);
        }
        let number = NonZeroU32::new(offset(self.prefixes.len() + 1))?;
        self.prefix_numbers.insert(term.as_str().into(), number);
        self.prefixes.push(WordPrefix { term, report: 0 });
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::folded_words;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn entries(index_terms: &IndexedTerms) -> BTreeSet<(String, String)> {
        index_terms.distinct_words().map(|word| (word.folded.to_owned(), word.form.to_owned())).collect()
    }

    #[test]
    fn each_different_word_is_there_with_its_form() {
        let index_terms = IndexedTerms::of(&["Mỹ, MĨ", "mi H’Nhinh mỹ"]);
        assert_eq!(index_terms.folded, ["my mi", "mi hnhinh my"]);
        let expect = [("my", "mĩ"), ("mi", "mĩ"), ("mi", "mi"), ("hnhinh", "hnhinh")];
        assert_eq!(entries(&index_terms), expect.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        let listed: BTreeSet<_> = index_terms.listed.split(' ').collect();
        assert_eq!(listed, ["mĩ", "_m", "_my", "_mi", "_h", "_hn"].into());
    }

    #[test]
    fn known_terms_are_dropped_and_all_others_stay() {
        let mut terms = IndexedTerms::of(&["Quân khu", "Quân đoàn của quân khu"]);
        let of = |text: &str| IndexedTerms::of(&[text]);
        let words: Vec<u64> = of("Quân của").distinct_words().map(|word| word.hash).collect();
        let mut pairs = Vec::new();
        of("quan khu")
            .pairs(|hash| {
                pairs.push(hash);
                false
            })
            .for_each(drop);
        let (folded, listed) = (terms.folded.clone(), terms.listed.clone());
        terms.drop_known(|word| words.contains(&word), |pair| pairs.contains(&pair));
        let expect = [("khu", "khu"), ("doan", "đoàn")];
        assert_eq!(entries(&terms), expect.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        let pairs: BTreeSet<_> = terms.pairs(|_| true).map(|pair| (pair.word, pair.next)).collect();
        assert_eq!(pairs, [("quan", "doan"), ("doan", "cua"), ("cua", "quan")].into());
        assert_eq!((terms.folded, terms.listed), (folded, listed));
    }

    /// Checks the promises of `IndexedTerms` against an evaluation word by word, without a cache.
    fn check(text: &str, index_terms: &IndexedTerms) -> Result<(), TestCaseError> {
        prop_assert_eq!(&index_terms.folded, &[folded_words(text)]);
        let one_by_one: BTreeSet<_> = words(text).map(|w| (plain_folded(w.text), form(w.text))).collect();
        let listed: BTreeSet<_> = index_terms.listed.split_whitespace().map(str::to_owned).collect();
        let expect = one_by_one.iter().flat_map(|(folded, form)| {
            let begin = beginnings(folded, form).into_iter().map(|b| format!("_{b}"));
            begin.chain((form.chars().any(|c| fold_char(c) != c)).then(|| form.clone()))
        });
        prop_assert_eq!(listed, expect.collect());
        prop_assert_eq!(index_terms.distinct_words().count(), entries(index_terms).len());
        prop_assert_eq!(entries(index_terms), one_by_one);
        Ok(())
    }

    proptest! {
        /// Texts one after the other, with more words than a tiny cache has room for.
        #[test]
        fn words_met_before_change_nothing(texts in prop::collection::vec("[a-hđưứA-D ,]{0,200}", 1..6)) {
            let mut caches = [VocabularyLimits::default(), VocabularyLimits::tiny()].map(VocabularyTable::new);
            for text in &texts {
                for cache in &mut caches {
                    check(text, &cache.index(&[text]))?;
                }
            }
        }
    }
}
