//! The automaton: all forms of all tables in one trie over words. Words are compared in lower case, with tone and i/y
//! spelled either way (docs/domain.md §6.2), but never folded: `tá` is not `tả`.
//!
//! It is walked from every word of the text, at most as deep as the longest form has words, so finding all rows is
//! linear in the text. There are no failure links: forms are short, and most walks end at their first word.
//!
//! It is built with a hash map of all children, then packed into flat arrays (`freeze`), because the walk is bound by
//! memory: packed, the trie fits in the L2 cache. Children and rows of a node begin where the node says and end where
//! those of the next node begin:
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
    building: TrieBuilder,
    frozen: PackedTrie,
}

/// What is needed only while forms are added. The reader waits for the tables before it shows the first report, so a
/// word is split and respelled once, however many forms have it.
#[derive(Debug, Default)]
struct TrieBuilder {
    /// Words as the tables write them.
    interned: foldhash::HashMap<&'static str, WordId>,
    /// What stands between two blanks of a form: which of `chunk_words` are its words.
    chunks: foldhash::HashMap<&'static str, (usize, usize)>,
    chunk_words: Vec<WordId>,
    /// Child by node and word. The root is node 0; the others are numbered as they come.
    children: HashMap<(u32, u32), u32, BuildHasherDefault<WordHasher>>,
    /// The rows of a node, in the order of the tables.
    rows: Vec<(u32, TableClass, u32)>,
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
    pub fn add(&mut self, form: &'static str, class: TableClass, row: usize) {
        let mut node = 0;
        // No word of a form has a blank in it, so what stands between two blanks is split alike in every form.
        for chunk in form.split(' ') {
            let (start, end) = self.chunk(chunk);
            for at in start..end {
                let Some(word) = self.building.chunk_words.get(at).copied() else { break };
                node = self.building.child(node, word);
            }
        }
        self.building.rows.push((node, class, number(row)));
    }

    /// Which of `chunk_words` are the words of a chunk.
    fn chunk(&mut self, chunk: &'static str) -> (usize, usize) {
        if let Some(words) = self.building.chunks.get(chunk) {
            return *words;
        }
        let start = self.building.chunk_words.len();
        for piece in pieces(chunk) {
            let word = self.intern(piece);
            self.building.chunk_words.push(word);
        }
        let words = (start, self.building.chunk_words.len());
        self.building.chunks.insert(chunk, words);
        words
    }

    /// Packs the trie. Call it once, after the last `add`; before, nothing is found.
    pub fn freeze(&mut self) {
        let TrieBuilder { children, mut rows, .. } = std::mem::take(&mut self.building);
        let mut frozen = PackedTrie { roots: vec![0; self.words.count() + 1], ..PackedTrie::default() };
        // Every node but the root is the child of one.
        let nodes = number(children.len() + 1);
        let mut children: Vec<((u32, u32), u32)> = children.into_iter().collect();
        children.sort_unstable();
        // Stable: of two rows of one table with the same form, the first counts.
        rows.sort_by_key(|(node, ..)| *node);
        let (mut children, mut rows) = (children.into_iter().peekable(), rows.into_iter().peekable());
        for node in 0..nodes {
            let begin =
                PackedNode { children: number(frozen.children.len()), rows: number(frozen.rows.len()), classes: 0 };
            while let Some(((_, word), child)) = children.next_if(|((parent, _), _)| *parent == node) {
                frozen.children.push((word, child));
            }
            let mut classes = 0;
            while let Some((_, class, row)) = rows.next_if(|(of, ..)| *of == node) {
                if classes & bit(class) == 0 {
                    frozen.rows.push((class, row));
                }
                classes |= bit(class);
            }
            frozen.nodes.push(PackedNode { classes, ..begin });
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
    pub fn intern(&mut self, piece: &'static str) -> WordId {
        if let Some(word) = self.building.interned.get(piece) {
            return *word;
        }
        let mut spellings = spellings(piece);
        let known = spellings.iter_mut().find_map(|spelling| self.words.get(&WordKey::new(spelling)));
        let word = known.unwrap_or_else(|| number(self.words.count() + 1));
        for mut spelling in spellings {
            self.words.add(&mut spelling, word);
        }
        self.building.interned.insert(piece, WordId(word));
        WordId(word)
    }
}

impl TrieBuilder {
    /// The child of a node for a word; a new one if there is none yet.
    fn child(&mut self, node: u32, word: WordId) -> u32 {
        let next = number(self.children.len() + 1);
        *self.children.entry((node, word.0)).or_insert(next)
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
