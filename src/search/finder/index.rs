//! All candidates of the finder, encoded as numbers. Words, context lines (a rank, or a post with its unit) and people
//! are numbered from 0; each different word and line is stored once. Built once, then only read.
//!
//! ```text
//! words             0 Đinh  1 Quốc  2 Hùng  3 Trung  4 tướng  …
//! names             person 0: [0 1 2]       inverted: people_by_name_word  word 2: [0 …]
//! lines             line 0: [3 4]           inverted: lines_by_word        word 3: [0 …]
//! person_lines      person 0: [0 …]         inverted: people_by_line       line 0: [0 …]
//! ```
//!
//! A query is compared with each distinct *word* once (some thousands); after that only numbers are looked up. A key
//! press may have to score a million people, so the data of one person is a few dozen contiguous bytes (`PackedLists`).

mod initials;
mod packed_lists;

pub use initials::{InitialsGroup, NameInitials, mask_of};

use super::Candidate;
use super::quick_reject::letter_mask;
use crate::report::Day;
use crate::search::abbreviation::written_out;
use crate::search::matching::PreparedWord;
use crate::text::telex::squeeze;
use crate::text::words::{Word, folded_words, words};
use foldhash::HashMap;
use packed_lists::PackedLists;
use std::cmp::Reverse;

/// A word that names, ranks or posts have, in every form that a query word is compared with.
#[derive(Debug)]
pub struct IndexedWord {
    pub prepared: PreparedWord,
    /// The key that it shares with its keystrokes (`squeeze`).
    pub squeezed: String,
    /// Its letters in lower case.
    pub letters: Vec<char>,
    /// The number of its letters before the vowel, at least one.
    pub onset_len: usize,
    /// The number of its folded form; words with the same folded form share it.
    pub folded_id: u32,
}

/// A context line: a rank, or a post with its unit.
#[derive(Clone, Copy, Debug)]
pub struct IndexedLine<'a> {
    /// Its words by number, in order.
    pub words: &'a [u32],
    /// The `folded_id` of each of its words.
    pub folded_ids: &'a [u32],
    /// Its abbreviations are spelled out, so it is not the line as written.
    pub spelled_out: bool,
    /// It is a rank or post that people have no longer.
    pub is_former: bool,
}

/// The name, rank and posts of one candidate as numbers of words and lines, which many candidates share.
#[derive(Clone, Copy, Debug)]
pub struct IndexedPerson<'a> {
    /// The position among the candidates.
    pub number: usize,
    /// The words of the name by number, in order.
    pub name: &'a [u32],
    /// The rank, then the posts, then the former ranks and posts, by number of the line.
    pub lines: &'a [u32],
    /// The letters of the folded name as a bit set.
    pub letter_mask: u32,
}

/// Everything the finder knows of the candidates, by number, so that a query compares each distinct word once.
#[derive(Debug, Default)]
pub struct FinderIndex {
    words: Vec<IndexedWord>,
    folded_ids: HashMap<String, u32>,
    /// By line, its word numbers.
    lines: PackedLists<u32>,
    /// By line, the `folded_id` of each word.
    line_folded_ids: PackedLists<u32>,
    /// By line, whether abbreviations are spelled out in it.
    spelled_out: Vec<bool>,
    /// By line, whether it is a former rank or post. What some people have and others had is two lines, so that one
    /// list for each person is enough and a pass can leave out all former lines at once.
    former: Vec<bool>,
    /// By person, the word numbers of the name.
    names: PackedLists<u32>,
    /// By person, the line numbers.
    person_lines: PackedLists<u32>,
    /// By person, the name as written, in UTF-8.
    written_names: PackedLists<u8>,
    /// By person, the letters of the folded name as a bit set.
    letter_masks: Vec<u32>,
    /// By person, the position among all by number of reports, then by last day; the most frequent has 0.
    frequency_ranks: Vec<u32>,
    /// By word, the people who have it in the name; ascending.
    people_by_name_word: PackedLists<u32>,
    lines_by_word: PackedLists<u32>,
    people_by_line: PackedLists<u32>,
    initials: Vec<InitialsGroup>,
}

/// The index while it is built, with the maps from text to number that queries do not need.
#[derive(Default)]
pub struct IndexBuilder {
    index: FinderIndex,
    words: HashMap<String, u32>,
    /// By word, its letters as a bit set.
    word_masks: Vec<u32>,
    /// For a rank or post as written, its line, and the line with its abbreviations spelled out if it has any.
    lines: HashMap<String, (u32, Option<u32>)>,
    /// The same for former ones.
    former_lines: HashMap<String, (u32, Option<u32>)>,
    initials_groups: HashMap<NameInitials, usize>,
    frequencies: Vec<(Reverse<usize>, Reverse<Option<Day>>)>,
}

impl FinderIndex {
    /// The number of people.
    pub fn len(&self) -> usize {
        self.letter_masks.len()
    }

    /// The person of that number.
    pub fn person(&self, number: usize) -> Option<IndexedPerson<'_>> {
        let letter_mask = *self.letter_masks.get(number)?;
        Some(IndexedPerson { number, name: self.names.get(number), lines: self.person_lines.get(number), letter_mask })
    }

    /// The position of a person among all by number of reports, then by last day; it breaks ties between equal scores.
    pub fn frequency_rank(&self, person: usize) -> u32 {
        self.frequency_ranks.get(person).copied().unwrap_or(u32::MAX)
    }

    /// All words, by number.
    pub fn words(&self) -> &[IndexedWord] {
        &self.words
    }

    /// The word of that number.
    pub fn word(&self, number: u32) -> Option<&IndexedWord> {
        self.words.get(number as usize)
    }

    /// The `folded_id` of a folded word; `None` if no word of the index folds to it.
    pub fn folded_id(&self, folded: &str) -> Option<u32> {
        self.folded_ids.get(folded).copied()
    }

    /// The number of context lines.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The context line of that number.
    pub fn line(&self, line: usize) -> IndexedLine<'_> {
        let spelled_out = self.spelled_out.get(line).copied().unwrap_or(false);
        let is_former = self.is_former_line(line);
        IndexedLine { words: self.lines.get(line), folded_ids: self.line_folded_ids.get(line), spelled_out, is_former }
    }

    /// Whether the context line of that number is a former rank or post.
    pub fn is_former_line(&self, line: usize) -> bool {
        self.former.get(line).copied().unwrap_or(false)
    }

    /// Whether anybody has a former rank or post.
    pub fn has_former_lines(&self) -> bool {
        self.former.contains(&true)
    }

    /// The people who have that word in the name, ascending.
    pub fn people_by_name_word(&self, word: usize) -> &[u32] {
        self.people_by_name_word.get(word)
    }

    /// The context lines that contain that word.
    pub fn lines_by_word(&self, word: usize) -> &[u32] {
        self.lines_by_word.get(word)
    }

    /// The people who have that context line, ascending.
    pub fn people_by_line(&self, line: usize) -> &[u32] {
        self.people_by_line.get(line)
    }

    /// All people, grouped by initials.
    pub fn initials(&self) -> &[InitialsGroup] {
        &self.initials
    }

    /// By person, the letters of the folded name as a bit set.
    pub fn letter_masks(&self) -> &[u32] {
        &self.letter_masks
    }

    /// The words of a person's name as written.
    pub fn name_words(&self, person: usize) -> impl Iterator<Item = Word<'_>> {
        words(self.written_name(person))
    }

    /// A person's name, folded, with one space between words.
    pub fn folded_name(&self, person: usize) -> String {
        folded_words(self.written_name(person))
    }

    fn written_name(&self, person: usize) -> &str {
        std::str::from_utf8(self.written_names.get(person)).unwrap_or_default()
    }
}

impl IndexBuilder {
    /// Adds the next person; person numbers are positions.
    pub fn add(&mut self, candidate: &Candidate<'_>) {
        let name: Vec<u32> = words(candidate.name).map(|word| self.word(word.text)).collect();
        let posts = candidate.posts.iter().map(String::as_str);
        let present = candidate.rank.into_iter().chain(posts).map(|line| (line, false));
        let former = candidate.former.iter().map(|one| (one.text.as_str(), true));
        let mut lines = Vec::with_capacity(2 * (candidate.posts.len() + candidate.former.len() + 1));
        for (line, is_former) in present.chain(former) {
            let (written, spelled_out) = self.lines(line, is_former);
            lines.push(written);
            lines.extend(spelled_out);
        }
        self.add_to_initials_group(&name);
        let masks = name.iter().filter_map(|word| self.word_masks.get(*word as usize));
        self.index.letter_masks.push(masks.fold(0, |all, mask| all | mask));
        self.index.names.push(name);
        self.index.person_lines.push(lines);
        self.index.written_names.push(candidate.name.bytes());
        self.frequencies.push((Reverse(candidate.reports), Reverse(candidate.last)));
    }

    /// Adds the next person, who has that name, to the group of the same initials.
    fn add_to_initials_group(&mut self, name: &[u32]) {
        let index = &mut self.index;
        let person = index.len() as u32;
        let letters = name.iter().filter_map(|word| index.word(*word)).map(|word| word.letters.as_slice());
        let initials = NameInitials::new(letters);
        let group = *self.initials_groups.entry(initials.clone()).or_insert(index.initials.len());
        match index.initials.get_mut(group) {
            Some(group) => group.people.push(person),
            None => index.initials.push(InitialsGroup { initials, people: vec![person] }),
        }
    }

    /// The number of a word, which is added if it is new.
    fn word(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let index = &mut self.index;
        let number = index.words.len() as u32;
        let prepared = PreparedWord::new(word);
        let next = index.folded_ids.len() as u32;
        let folded_id = *index.folded_ids.entry(prepared.folded.clone()).or_insert(next);
        let letters: Vec<char> = prepared.lower.chars().collect();
        let onset_len = initials::onset_len(&letters);
        let squeezed = squeeze(&prepared.folded);
        self.word_masks.push(letter_mask(&prepared.folded));
        index.words.push(IndexedWord { prepared, squeezed, letters, onset_len, folded_id });
        self.words.insert(word.to_owned(), number);
        number
    }

    /// The lines of a rank or post: as written, and a second one with its abbreviations spelled out if it has any, so
    /// that both `tcct` and `chinh tri` find `Chủ nhiệm TCCT`.
    fn lines(&mut self, written: &str, is_former: bool) -> (u32, Option<u32>) {
        let known = if is_former { &self.former_lines } else { &self.lines };
        if let Some(lines) = known.get(written) {
            return *lines;
        }
        let lines = (self.add_line(written, false), written_out(written).map(|long| self.add_line(&long, true)));
        self.index.former.resize(self.index.lines.len(), is_former);
        let known = if is_former { &mut self.former_lines } else { &mut self.lines };
        known.insert(written.to_owned(), lines);
        lines
    }

    fn add_line(&mut self, line: &str, spelled_out: bool) -> u32 {
        let numbers: Vec<u32> = words(line).map(|word| self.word(word.text)).collect();
        let index = &mut self.index;
        let known = numbers.iter().filter_map(|number| index.words.get(*number as usize));
        let folded_ids: Vec<u32> = known.map(|word| word.folded_id).collect();
        index.lines.push(numbers);
        index.line_folded_ids.push(folded_ids);
        index.spelled_out.push(spelled_out);
        index.lines.len() as u32 - 1
    }

    /// The index of all that were added.
    pub fn finish(self) -> FinderIndex {
        let Self { mut index, frequencies, .. } = self;
        index.frequency_ranks = ranks_of(&frequencies);
        index.people_by_name_word = index.names.inverted(index.words.len());
        index.lines_by_word = index.lines.inverted(index.words.len());
        index.people_by_line = index.person_lines.inverted(index.lines.len());
        index
    }
}

/// For each value its position in ascending order; equal values keep their order.
fn ranks_of<T: Ord>(values: &[T]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(values.len()).collect();
    order.sort_by_key(|at| values.get(*at as usize));
    let mut ranks = vec![0; order.len()];
    for (rank, at) in (0..).zip(order) {
        if let Some(slot) = ranks.get_mut(at as usize) {
            *slot = rank;
        }
    }
    ranks
}
