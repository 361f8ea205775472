//! The automaton: all rows of all tables in one tree of words, walked once from every word of a text. Words are
//! compared in small letters with tone and i/y spelled either way (domain.md §6.2), never folded. Costs at most the
//! longest row's words for each word of the text.

use super::table::Class;
use crate::extract::token::{Token, pieces};
use crate::text::syllable::{split_tone, tone_normal, with_tone};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// A row whose words stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its table.
    pub class: Class,
    /// The row's number.
    pub row: usize,
    /// The token after its last.
    pub end: usize,
}

/// The hits of a text, by the token they begin at.
#[derive(Debug, Default)]
pub struct Hits {
    hits: Vec<Hit>,
    first: Vec<u32>,
    /// By token, one bit for each table that has a hit there; most questions are answered here.
    classes: Vec<u32>,
}

impl Hits {
    /// All hits that begin at token `at`, the shortest first.
    pub fn at(&self, at: usize) -> &[Hit] {
        let edge = |at: usize| self.first.get(at).map_or(self.hits.len(), |n| *n as usize);
        self.hits.get(edge(at)..edge(at + 1)).unwrap_or_default()
    }

    /// The longest hit of a table that begins at token `at`.
    pub fn longest(&self, at: usize, class: Class) -> Option<Hit> {
        if self.classes.get(at).is_none_or(|classes| classes & bit(class) == 0) {
            return None;
        }
        self.at(at).iter().rev().find(|hit| hit.class == class).copied()
    }
}

/// The bit of a table among those of a token.
fn bit(class: Class) -> u32 {
    1 << class as u32
}

/// Words and their tree.
#[derive(Debug, Default)]
pub struct Trie {
    words: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
    nodes: Vec<Node>,
    /// The node of each first word, by word; 0 where no row begins so.
    roots: Vec<u32>,
}

#[derive(Debug, Default)]
struct Node {
    children: Vec<(u32, u32)>,
    rows: Vec<(Class, u32)>,
    /// The bits of the tables of `rows`.
    classes: u32,
}

impl Trie {
    /// Adds one form of a row.
    pub fn add(&mut self, form: &str, class: Class, row: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut node = 0;
        for piece in pieces(form) {
            let WordId(word) = self.intern(piece);
            node = self.child(node, word);
        }
        if let Some(node) = self.nodes.get_mut(node)
            && !node.rows.iter().any(|have| have.0 == class)
        {
            node.rows.push((class, u32::try_from(row).unwrap_or(u32::MAX)));
            node.classes |= bit(class);
        }
    }

    /// To be called once, when all rows are in.
    pub fn freeze(&mut self) {
        for node in &mut self.nodes {
            node.children.sort_unstable();
        }
        self.roots = vec![0; self.words.len() + 1];
        if let Some(root) = self.nodes.first() {
            for (word, node) in &root.children {
                if let Some(slot) = self.roots.get_mut(*word as usize) {
                    *slot = *node;
                }
            }
        }
    }

    /// The word, whatever its case and tone placement; leaves its plain form in `lower`.
    pub fn word(&self, piece: &str, lower: &mut String) -> WordId {
        lower.clear();
        for c in piece.chars() {
            push_plain(c, lower);
        }
        WordId(self.words.get(lower.as_str()).copied().unwrap_or(0))
    }

    /// All rows whose words stand in the text.
    pub fn hits(&self, tokens: &[Token]) -> Hits {
        let mut out = Hits {
            hits: Vec::with_capacity(tokens.len()),
            first: Vec::with_capacity(tokens.len() + 1),
            classes: Vec::with_capacity(tokens.len()),
        };
        for (at, token) in tokens.iter().enumerate() {
            out.first.push(u32::try_from(out.hits.len()).unwrap_or(u32::MAX));
            let mut node = self.roots.get(token.word.0 as usize).copied().unwrap_or(0);
            let mut end = at + 1;
            let mut classes = 0;
            while node != 0 {
                let Some(here) = self.nodes.get(node as usize) else { break };
                classes |= here.classes;
                out.hits.extend(here.rows.iter().map(|(class, row)| Hit { class: *class, row: *row as usize, end }));
                let Some(next) = tokens.get(end).filter(|next| next.word != WordId::NONE) else { break };
                let Ok(place) = here.children.binary_search_by_key(&next.word.0, |child| child.0) else { break };
                node = here.children.get(place).map_or(0, |child| child.1);
                end += 1;
            }
            out.classes.push(classes);
        }
        out.first.push(u32::try_from(out.hits.len()).unwrap_or(u32::MAX));
        out
    }

    /// The word's number, a new one if it stands in no table yet.
    pub fn intern(&mut self, piece: &str) -> WordId {
        let spellings = spellings(piece);
        let known = spellings.iter().find_map(|spelling| self.words.get(spelling.as_str()).copied());
        let word = known.unwrap_or_else(|| u32::try_from(self.words.len() + 1).unwrap_or(u32::MAX));
        for spelling in spellings {
            self.words.entry(spelling.into_boxed_str()).or_insert(word);
        }
        WordId(word)
    }

    fn child(&mut self, node: usize, word: u32) -> usize {
        let next = self.nodes.len();
        let Some(here) = self.nodes.get_mut(node) else { return 0 };
        if let Some((_, child)) = here.children.iter().find(|(have, _)| *have == word) {
            return *child as usize;
        }
        here.children.push((word, u32::try_from(next).unwrap_or(u32::MAX)));
        self.nodes.push(Node::default());
        next
    }
}

/// Small letters; one sign for all dashes, one for all apostrophes.
pub fn push_plain(c: char, out: &mut String) {
    match c {
        '–' | '—' => out.push('-'),
        '’' | '‘' | 'ʼ' | '´' | '`' => out.push('\''),
        _ => push_lower(c, out),
    }
}

/// Small letters; those of Vietnamese are told without the tables of Unicode.
pub fn push_lower(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' | 'à'..='ö' | 'đ' | 'ă' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        // The capitals of this block stand at even places, each before its small letter.
        '\u{1ea0}'..='\u{1ef9}' => out.push(char::from_u32(u32::from(c) | 1).unwrap_or(c)),
        _ => out.extend(c.to_lowercase()),
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

/// A hash good enough for some thousands of short words that we chose ourselves, and fast.
#[derive(Default)]
pub struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, eight: u64) {
        self.0 = (self.0.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.mix(rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
