//! Everybody who can be found, as numbers: names are numbers of words, ranks and posts numbers of lines, each different
//! word and line kept once, and for each of them who has it. Built once, then only read; what it holds for one person is
//! some dozens of bytes side by side, because a key may look at a million of them.

use super::Candidate;
use super::initials_index::{self, NameInitials};
use super::packed_lists::PackedLists;
use super::skim;
use crate::report::{Day, Span};
use crate::search::abbreviation::written_out;
use crate::search::matching::PreparedWord;
use crate::text::telex::squeeze;
use crate::text::words::{folded_words, words};
use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::HashMap;

/// A word of the register.
#[derive(Debug)]
pub(super) struct IndexedWord {
    pub prepared: PreparedWord,
    /// The key of its keystrokes.
    pub squeezed: String,
    /// Its letters in lower case.
    pub letters: Vec<char>,
    /// How many of them are the consonants before the vowel, at least one.
    pub onset: usize,
    /// The words that fold to the same share a class.
    pub class: u32,
}

/// A rank, or a post with its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexedLine<'a> {
    /// Its words by number, in order.
    pub words: &'a [u32],
    /// Their classes.
    pub classes: &'a [u32],
    /// It is not what is written: abbreviations are spelled out.
    pub spelled_out: bool,
}

/// One person.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexedPerson<'a> {
    /// Place among the candidates.
    pub at: usize,
    /// The words of the name by number, in order.
    pub name: &'a [u32],
    /// The rank, then the posts, by number of the line.
    pub beside: &'a [u32],
    /// Letters of the folded name, a bit each.
    pub mask: u32,
}

#[derive(Debug, Default)]
pub(super) struct FinderIndex {
    words: Vec<IndexedWord>,
    class_of: HashMap<String, u32>,
    /// Ranks and posts, as numbers of words.
    lines: PackedLists<u32>,
    /// The same as classes.
    classes: PackedLists<u32>,
    /// Which of them are not as they are written.
    spelled_out: Vec<bool>,
    names: PackedLists<u32>,
    beside: PackedLists<u32>,
    /// Names as they are written.
    written: PackedLists<u8>,
    masks: Vec<u32>,
    /// By person, the place among all, those seen most often first, then those seen last.
    seen: Vec<u32>,
    /// By word, who has it in the name, in order.
    named: PackedLists<u32>,
    /// By word, the lines it is in.
    lines_with: PackedLists<u32>,
    /// By line, who has it.
    holders: PackedLists<u32>,
    /// Those whose names have the same initials.
    initials: Vec<(NameInitials, Vec<u32>)>,
}

/// What is needed only while the register is built.
#[derive(Default)]
struct IndexBuilder {
    register: FinderIndex,
    words: HashMap<String, u32>,
    /// Of a rank or post, and of what it is with its abbreviations spelled out.
    lines: HashMap<String, Vec<u32>>,
    initials: HashMap<NameInitials, usize>,
    seen: Vec<(Reverse<usize>, Reverse<Option<Day>>)>,
}

impl FinderIndex {
    /// The candidates, in their order.
    pub fn new(candidates: impl IntoIterator<Item: Borrow<Candidate>>) -> Self {
        let mut building = IndexBuilder::default();
        for candidate in candidates {
            building.add(candidate.borrow());
        }
        let IndexBuilder { mut register, seen, .. } = building;
        let mut order: Vec<u32> = (0..).take(seen.len()).collect();
        order.sort_by_key(|at| seen.get(*at as usize));
        register.seen = vec![0; order.len()];
        for (place, at) in (0..).zip(order) {
            if let Some(seen) = register.seen.get_mut(at as usize) {
                *seen = place;
            }
        }
        register.named = register.names.inverted(register.words.len());
        register.lines_with = register.lines.inverted(register.words.len());
        register.holders = register.beside.inverted(register.lines.len());
        register
    }

    /// How many people.
    pub fn len(&self) -> usize {
        self.masks.len()
    }

    /// The person at that place.
    pub fn entry(&self, at: usize) -> Option<IndexedPerson<'_>> {
        let mask = *self.masks.get(at)?;
        Some(IndexedPerson { at, name: self.names.get(at), beside: self.beside.get(at), mask })
    }

    /// Where somebody stands among all by how often and how lately seen, the first first.
    pub fn seen(&self, at: usize) -> u32 {
        self.seen.get(at).copied().unwrap_or(u32::MAX)
    }

    /// The words there are, by number.
    pub fn words(&self) -> &[IndexedWord] {
        &self.words
    }

    /// The word of that number.
    pub fn word(&self, id: u32) -> Option<&IndexedWord> {
        self.words.get(id as usize)
    }

    /// The class of a folded word; nothing where nobody has such a word.
    pub fn class_of(&self, folded: &str) -> Option<u32> {
        self.class_of.get(folded).copied()
    }

    /// How many ranks and posts there are.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// The rank or post of that number.
    pub fn line(&self, line: usize) -> IndexedLine<'_> {
        let spelled_out = self.spelled_out.get(line).copied().unwrap_or(false);
        IndexedLine { words: self.lines.get(line), classes: self.classes.get(line), spelled_out }
    }

    /// Who has that word in the name, in order.
    pub fn named(&self, word: usize) -> &[u32] {
        self.named.get(word)
    }

    /// The ranks and posts with that word.
    pub fn lines_with(&self, word: usize) -> &[u32] {
        self.lines_with.get(word)
    }

    /// Who has that rank or post.
    pub fn holders(&self, line: usize) -> &[u32] {
        self.holders.get(line)
    }

    /// Those whose names have the same initials, for each of them.
    pub fn initials(&self) -> impl Iterator<Item = (&NameInitials, &[u32])> {
        self.initials.iter().map(|(initials, people)| (initials, people.as_slice()))
    }

    /// The letters that people's names have, a bit each, in order.
    pub fn masks(&self) -> &[u32] {
        &self.masks
    }

    /// The words of somebody's name as they are written, in bytes of it.
    pub fn name_spans(&self, at: usize) -> Vec<Span> {
        words(self.written(at)).map(|word| Span::new(word.start, word.end())).collect()
    }

    /// Somebody's name, folded.
    pub fn folded_name(&self, at: usize) -> String {
        folded_words(self.written(at))
    }

    fn written(&self, at: usize) -> &str {
        std::str::from_utf8(self.written.get(at)).unwrap_or_default()
    }
}

impl IndexBuilder {
    fn add(&mut self, candidate: &Candidate) {
        let at = self.register.len() as u32;
        let ids: Vec<u32> = words(&candidate.name).map(|word| self.word(word.text)).collect();
        let lines: Vec<u32> = candidate.rank.iter().chain(&candidate.posts).flat_map(|line| self.lines(line)).collect();
        let register = &mut self.register;
        let letters = |id: &u32| register.word(*id).map(|known| known.letters.as_slice());
        let initials = NameInitials::new(ids.iter().filter_map(letters));
        let group = *self.initials.entry(initials.clone()).or_insert(register.initials.len());
        match register.initials.get_mut(group) {
            Some((_, people)) => people.push(at),
            None => register.initials.push((initials, vec![at])),
        }
        register.masks.push(skim::mask(&folded_words(&candidate.name)));
        register.names.push(ids);
        register.beside.push(lines);
        register.written.push(candidate.name.bytes());
        self.seen.push((Reverse(candidate.reports), Reverse(candidate.last)));
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let register = &mut self.register;
        let id = register.words.len() as u32;
        let prepared = PreparedWord::new(word);
        let next = register.class_of.len() as u32;
        let class = *register.class_of.entry(prepared.folded.clone()).or_insert(next);
        let letters: Vec<char> = prepared.lower.chars().collect();
        let onset = initials_index::onset(&letters);
        register.words.push(IndexedWord { squeezed: squeeze(&prepared.folded), prepared, letters, onset, class });
        self.words.insert(word.to_owned(), id);
        id
    }

    /// A post with abbreviations stands there as it is written, and once more with them spelled out.
    fn lines(&mut self, written: &str) -> Vec<u32> {
        if let Some(lines) = self.lines.get(written) {
            return lines.clone();
        }
        let mut lines = vec![self.line(written, false)];
        lines.extend(written_out(written).map(|long| self.line(&long, true)));
        self.lines.insert(written.to_owned(), lines.clone());
        lines
    }

    fn line(&mut self, line: &str, spelled_out: bool) -> u32 {
        let ids: Vec<u32> = words(line).map(|word| self.word(word.text)).collect();
        let register = &mut self.register;
        let classes: Vec<u32> = ids.iter().filter_map(|id| register.word(*id)).map(|known| known.class).collect();
        register.lines.push(ids);
        register.classes.push(classes);
        register.spelled_out.push(spelled_out);
        register.lines.len() as u32 - 1
    }
}
