//! The table rows that begin at each token of a text, and 32 bits per token by which a recognizer decides whether it
//! needs to look at the token at all.
//!
//! Rows are stored one behind the other for the whole text, with the index of each token's first row (compressed sparse
//! rows); most tokens have none. The bits of a token record the tables with a row there and the form of the token
//! itself, so a recognizer finds its next candidate by scanning one array of integers (`next`), 4 bytes a token,
//! without touching tokens or rows:
//!
//! ```text
//! token   0 Trung      1 tướng   2 Nguyễn   3 .
//! first   0            1         1          2        2
//! hits    [Rank, end 2]          [Surname, end 3]
//! bits    CAPITAL|Rank -         CAPITAL|Surname     END
//! ```
//!
//! Bit 0 to 18 are the tables (`bit`), bit 25 to 31 the forms (`form`); new tables grow from below, new forms from
//! above.

use super::table::TableClass;

/// A row whose words begin at a token of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LexiconHit {
    pub class: TableClass,
    /// Number of the row in the lexicon.
    pub row: usize,
    /// One past its last token.
    pub end: usize,
}

/// A hit in 12 bytes instead of 24: a long report has thousands.
#[derive(Clone, Copy, Debug)]
struct PackedHit {
    class: TableClass,
    row: u32,
    end: u32,
}

/// The hits of a text. Its vectors keep their memory for the next text of the thread.
#[derive(Debug, Default)]
pub struct Hits {
    /// All hits, by the token they begin at, the shortest of a token first.
    hits: Vec<PackedHit>,
    /// By token: the index of its first hit. One entry more than there are tokens.
    first: Vec<u32>,
    /// By token: the bits of its tables and of its form.
    bits: Vec<u32>,
}

/// The bits of a token that describe its own form.
pub mod form {
    /// A word that begins with a capital.
    pub const CAPITAL: u32 = 1 << 31;
    /// A token of digits.
    pub const NUMBER: u32 = 1 << 30;
    /// The end of a line.
    pub const END: u32 = 1 << 29;
    /// The sign of an opening bracket.
    pub const BRACKET: u32 = 1 << 28;
    /// A word that a period or an ordinal can begin with.
    pub const PERIOD: u32 = 1 << 27;
    /// A word that the credit of an author or a photographer can begin with.
    pub const CREDIT: u32 = 1 << 26;
    /// A word that announces several people or things: `các`, `hai`.
    pub const SEVERAL: u32 = 1 << 25;
}

/// The bit that a token has if a row of the table begins there.
pub const fn bit(class: TableClass) -> u32 {
    1 << class as u32
}

impl Hits {
    /// Empties everything and reserves memory for a text of that many tokens.
    pub fn begin(&mut self, tokens: usize) {
        self.hits.clear();
        self.first.clear();
        self.bits.clear();
        self.hits.reserve(tokens);
        self.first.reserve(tokens + 1);
        self.bits.reserve(tokens);
        self.first.push(0);
    }

    /// Adds rows that end at the same token to the token that is being filled.
    pub fn extend(&mut self, rows: &[(TableClass, u32)], end: usize) {
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        self.hits.extend(rows.iter().map(|(class, row)| PackedHit { class: *class, row: *row, end }));
    }

    /// Finishes a token: rows added from now belong to the next token.
    pub fn close(&mut self, bits: u32) {
        self.bits.push(bits);
        self.first.push(u32::try_from(self.hits.len()).unwrap_or(u32::MAX));
    }

    /// All hits that begin at token `at`, the shortest first.
    pub fn at(&self, at: usize) -> impl DoubleEndedIterator<Item = LexiconHit> + '_ {
        self.packed(at).iter().map(PackedHit::hit)
    }

    /// The longest hit of a table that begins at token `at`.
    pub fn longest(&self, at: usize, class: TableClass) -> Option<LexiconHit> {
        if !self.has(at, bit(class)) {
            return None;
        }
        self.packed(at).iter().rev().find(|hit| hit.class == class).map(PackedHit::hit)
    }

    /// Whether the token has one of these bits.
    pub fn has(&self, at: usize, wanted: u32) -> bool {
        self.bits.get(at).is_some_and(|bits| bits & wanted != 0)
    }

    /// The first token at or after `at` that has one of these bits; the number of tokens if there is none, and `at` if
    /// that is beyond: a loop that goes on from `at + 1` must come to its limit, also if that is beyond the text.
    pub fn next(&self, at: usize, wanted: u32) -> usize {
        let rest = self.bits.get(at..).unwrap_or_default();
        rest.iter().position(|bits| bits & wanted != 0).map_or(self.bits.len().max(at), |found| at + found)
    }

    fn packed(&self, at: usize) -> &[PackedHit] {
        self.hits.get(self.first_hit(at)..self.first_hit(at + 1)).unwrap_or_default()
    }

    /// The index of the first hit of a token; behind the last token, the number of hits.
    fn first_hit(&self, at: usize) -> usize {
        self.first.get(at).map_or(self.hits.len(), |n| *n as usize)
    }
}

impl PackedHit {
    fn hit(&self) -> LexiconHit {
        LexiconHit { class: self.class, row: self.row as usize, end: self.end as usize }
    }
}
