//! The automaton: all forms of all tables in one trie over words. Words are compared in lower case, with tone and i/y
//! spelled either way (docs/domain.md §6.2), but never folded: `tá` is not `tả`.
//!
//! It is walked from every word of the text, at most as deep as the longest form has words, so finding all rows is
//! linear in the text. There are no failure links: forms are short, and most walks end at their first word.
//!
//! It is built with a hash map and one vector per node, then packed into flat arrays (`freeze`), because the walk is
//! bound by memory: packed, the trie fits in the L2 cache. Children and rows of a node begin where the node says and
//! end where those of the next node begin:
//!
//! ```text
//! roots     by word: the node that the word leads to from the root, 0 if none     [0, 0, 5, 9, …]
//! nodes     [ {children 0, rows 0, classes} {children 7, rows 2, classes} … {end} ]
//! children  [ (word, node) (word, node) … | (word, node) … | … ]    sorted by word within a node
//! rows      [ (class, row) (class, row)   | …                  ]
//! ```
//!
//! The first step is one array access (`roots`), further steps are binary searches in a handful of pairs.

use super::hits::{Hits, bit};
use super::spelling_variants::spellings;
use super::table::TableClass;
use super::word_hash_table::{WordHasher, WordKey, WordNumbers};
use crate::extract::token::{Token, pieces};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// The id of a word of the lexicon, the same for all its spellings. Tokens carry it, so that comparing words is
/// comparing integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(u32);

impl WordId {
    /// A word that is in no table.
    pub const NONE: Self = Self(0);

    /// Its number; words of tables are numbered from 1.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// The words of all tables, and the trie over them.
#[derive(Debug, Default)]
pub struct Trie {
    words: WordNumbers,
    /// Words as the tables write them, so that spellings are derived once for each. Empty after `freeze`.
    interned: HashMap<Box<str>, WordId>,
    /// The nodes while rows are added; empty after `freeze`.
    nodes: Vec<TrieBuilderNode>,
    /// Child by node and word. Empty after `freeze`.
    children: HashMap<(u32, u32), u32, BuildHasherDefault<WordHasher>>,
    frozen: PackedTrie,
}

/// A node while forms are added.
#[derive(Debug, Default)]
struct TrieBuilderNode {
    children: Vec<(u32, u32)>,
    rows: Vec<(TableClass, u32)>,
}

/// The finished trie in flat arrays; see the drawing above.
#[derive(Debug, Default)]
struct PackedTrie {
    nodes: Vec<PackedNode>,
    /// Word and child, sorted by word within each node.
    children: Vec<(u32, u32)>,
    rows: Vec<(TableClass, u32)>,
    /// By word: the child of the root; 0 if no form begins with the word.
    roots: Vec<u32>,
}

/// Where the children and rows of a node begin in the flat arrays.
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

    /// Packs the trie. Call it once, after the last `add`; before, nothing is found.
    pub fn freeze(&mut self) {
        self.interned = HashMap::new();
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

    /// The word with that plain form (`push_plain`), in either tone placement.
    pub fn word(&self, key: &WordKey<'_>) -> WordId {
        WordId(self.words.get(key).unwrap_or(0))
    }

    /// Finds all rows in the text and overwrites `out`; `form` gives the bits of a token that come from no table.
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

    /// The word's id; a new one if no table has had the word in any of its spellings.
    pub fn intern(&mut self, piece: &str) -> WordId {
        if let Some(word) = self.interned.get(piece) {
            return *word;
        }
        let spellings = spellings(piece);
        let known = spellings.iter().find_map(|spelling| self.words.get(&WordKey::new(&mut spelling.clone())));
        let word = known.unwrap_or_else(|| number(self.words.count() + 1));
        for mut spelling in spellings {
            self.words.add(&mut spelling, word);
        }
        self.interned.insert(piece.into(), WordId(word));
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

    /// The bits of the tables of the rows that end at a node, and those rows.
    fn rows_of(&self, node: u32) -> Option<(u32, &[(TableClass, u32)])> {
        let (here, next) = (self.nodes.get(node as usize)?, self.nodes.get(node as usize + 1)?);
        Some((here.classes, self.rows.get(here.rows as usize..next.rows as usize)?))
    }

    /// The child of a node for a word; 0 if there is none (the root is never a child, so 0 is free).
    fn child(&self, node: u32, word: WordId) -> u32 {
        let Some(children) = self.children_of(node) else { return 0 };
        let place = children.binary_search_by_key(&word.0, |child| child.0);
        place.ok().and_then(|place| children.get(place)).map_or(0, |child| child.1)
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
