//! The automaton: all rows of all tables in one tree of words, walked once from every word of a text. Words are
//! compared in small letters with tone and i/y spelled either way (docs/domain.md §6.2), never folded. Costs at most
//! the longest row's words for each word of the text.

use super::hits::{Hits, bit};
use super::table::TableClass;
use super::words::{WordHasher, WordKey, WordNumbers};
use crate::extract::token::{Token, pieces};
use crate::text::letter::push_lower;
use crate::text::syllable::{split_tone, tone_normal, with_tone};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// A word of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(u32);

impl WordId {
    /// A word in no table.
    pub const NONE: Self = Self(0);

    /// Its number; words in tables have numbers from 1.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// Words and their tree.
#[derive(Debug, Default)]
pub struct Trie {
    words: WordNumbers,
    /// Words as they stand in the tables, met before.
    met: HashMap<Box<str>, WordId>,
    nodes: Vec<TrieBuilderNode>,
    /// Children by node and word.
    children: HashMap<(u32, u32), u32, BuildHasherDefault<WordHasher>>,
    frozen: PackedTrie,
}

/// A node while rows are added.
#[derive(Debug, Default)]
struct TrieBuilderNode {
    children: Vec<(u32, u32)>,
    rows: Vec<(TableClass, u32)>,
}

/// The tree when all rows are in: nodes, children and rows each in one piece of memory.
#[derive(Debug, Default)]
struct PackedTrie {
    nodes: Vec<PackedNode>,
    /// Word and node, by node, sorted.
    children: Vec<(u32, u32)>,
    rows: Vec<(TableClass, u32)>,
    /// The node of each first word, by word; 0 where no row begins so.
    roots: Vec<u32>,
}

/// Where a node's children and rows begin; they end where the next node's begin.
#[derive(Clone, Copy, Debug)]
struct PackedNode {
    children: u32,
    rows: u32,
    /// The bits of the tables of its rows.
    classes: u32,
}

impl Trie {
    /// Adds one form of a row.
    pub fn add(&mut self, form: &str, class: TableClass, row: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(TrieBuilderNode::default());
        }
        let mut node = 0;
        for piece in pieces(form) {
            let WordId(word) = self.intern(piece);
            node = self.child(node, word);
        }
        if let Some(node) = self.nodes.get_mut(node)
            && !node.rows.iter().any(|have| have.0 == class)
        {
            node.rows.push((class, number(row)));
        }
    }

    /// To be called once, when all rows are in.
    pub fn freeze(&mut self) {
        self.met = HashMap::new();
        self.children = HashMap::default();
        let mut frozen = PackedTrie { roots: vec![0; self.words.count() + 1], ..PackedTrie::default() };
        for mut node in std::mem::take(&mut self.nodes) {
            node.children.sort_unstable();
            let classes = node.rows.iter().fold(0, |all, (class, _)| all | bit(*class));
            let (children, rows) = (number(frozen.children.len()), number(frozen.rows.len()));
            frozen.nodes.push(PackedNode { children, rows, classes });
            frozen.children.extend(node.children);
            frozen.rows.extend(node.rows);
        }
        let (children, rows) = (number(frozen.children.len()), number(frozen.rows.len()));
        frozen.nodes.push(PackedNode { children, rows, classes: 0 });
        for (word, node) in frozen.children_of(0).map(<[_]>::to_vec).unwrap_or_default() {
            if let Some(slot) = frozen.roots.get_mut(word as usize) {
                *slot = node;
            }
        }
        self.frozen = frozen;
    }

    /// The word of that plain form (`push_plain`), in either tone placement.
    pub fn word(&self, key: &WordKey<'_>) -> WordId {
        WordId(self.words.get(key).unwrap_or(0))
    }

    /// All rows whose words stand in the text; instead of what `out` holds; `form` tells the
    /// bits of a token that no table gives.
    pub fn hits(&self, tokens: &[Token], out: &mut Hits, form: impl Fn(&Token) -> u32) {
        out.begin(tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            let mut bits = form(token);
            let mut node = self.frozen.roots.get(token.word.number()).copied().unwrap_or(0);
            let mut end = at + 1;
            while node != 0 {
                let Some((classes, rows)) = self.frozen.rows_of(node) else { break };
                bits |= classes;
                out.extend(rows, end);
                let Some(next) = tokens.get(end).filter(|next| next.word != WordId::NONE) else { break };
                node = self.frozen.child(node, next.word);
                end += 1;
            }
            out.close(bits);
        }
    }

    /// The word's number, a new one if it stands in no table yet.
    pub fn intern(&mut self, piece: &str) -> WordId {
        if let Some(word) = self.met.get(piece) {
            return *word;
        }
        let spellings = spellings(piece);
        let known = spellings.iter().find_map(|spelling| self.words.get(&WordKey::new(&mut spelling.clone())));
        let word = known.unwrap_or_else(|| number(self.words.count() + 1));
        for mut spelling in spellings {
            self.words.add(&mut spelling, word);
        }
        self.met.insert(piece.into(), WordId(word));
        WordId(word)
    }

    fn child(&mut self, node: usize, word: u32) -> usize {
        let next = number(self.nodes.len());
        let child = *self.children.entry((number(node), word)).or_insert(next);
        if child == next {
            let Some(here) = self.nodes.get_mut(node) else { return 0 };
            here.children.push((word, next));
            self.nodes.push(TrieBuilderNode::default());
        }
        child as usize
    }
}

impl PackedTrie {
    fn children_of(&self, node: u32) -> Option<&[(u32, u32)]> {
        let (here, next) = (self.nodes.get(node as usize)?, self.nodes.get(node as usize + 1)?);
        self.children.get(here.children as usize..next.children as usize)
    }

    /// The rows that end at a node, and the bits of their tables.
    fn rows_of(&self, node: u32) -> Option<(u32, &[(TableClass, u32)])> {
        let (here, next) = (self.nodes.get(node as usize)?, self.nodes.get(node as usize + 1)?);
        Some((here.classes, self.rows.get(here.rows as usize..next.rows as usize)?))
    }

    /// The node after a node by a word; 0 if there is none.
    fn child(&self, node: u32, word: WordId) -> u32 {
        let Some(children) = self.children_of(node) else { return 0 };
        let place = children.binary_search_by_key(&word.0, |child| child.0);
        place.ok().and_then(|place| children.get(place)).map_or(0, |child| child.1)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Small letters; one sign for all dashes, one for all apostrophes.
pub fn push_plain(c: char, out: &mut String) {
    match c {
        '–' | '—' => out.push('-'),
        '’' | '‘' | '\u{2bc}' | '´' | '`' => out.push('\''),
        _ => push_lower(c, out),
    }
}

/// A word in the spellings that count as one: tone on either vowel of open oa, oe, uy; i or y after one consonant.
fn spellings(piece: &str) -> Vec<String> {
    let mut lower = String::new();
    for c in piece.chars() {
        push_plain(c, &mut lower);
    }
    let old = tone_normal(&lower);
    let mut out = vec![old.clone()];
    out.extend(new_style(&old));
    let more: Vec<String> = out.iter().filter_map(|word| other_i(word)).collect();
    out.extend(more);
    out.push(lower);
    out.dedup();
    out
}

/// `hòa` as `hoà`.
fn new_style(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let [.., first, second] = letters.as_mut_slice() else { return None };
    let (bare, tone) = split_tone(*first);
    let tone = tone?;
    if !matches!((bare, *second), ('o', 'a' | 'e') | ('u', 'y')) {
        return None;
    }
    *first = bare;
    *second = with_tone(*second, tone);
    Some(letters.into_iter().collect())
}

/// `sĩ` as `sỹ` and back: the two letters sound alike after h, k, l, m, s, t and qu.
fn other_i(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let (consonant, vowel) = match letters.as_mut_slice() {
        [consonant, vowel] => (*consonant, vowel),
        ['q', 'u', vowel] => ('k', vowel),
        _ => return None,
    };
    let (bare, tone) = split_tone(*vowel);
    let other = match (consonant, bare) {
        ('h' | 'k' | 'l' | 'm' | 's' | 't', 'i') => 'y',
        ('h' | 'k' | 'l' | 'm' | 's' | 't', 'y') => 'i',
        _ => return None,
    };
    *vowel = tone.map_or(other, |tone| with_tone(other, tone));
    Some(letters.into_iter().collect())
}
