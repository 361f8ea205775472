//! What the tables have at each token of a text, and which tokens a recognizer need look at: for each token the bits of
//! the tables that have a row there and of its own form, so that a walk leaps from one token it wants to the next.

use super::table::TableClass;

/// A row whose words stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LexiconHit {
    /// Its table.
    pub class: TableClass,
    /// The row's number.
    pub row: usize,
    /// The token after its last.
    pub end: usize,
}

/// A hit as it is kept.
#[derive(Clone, Copy, Debug)]
struct PackedHit {
    class: TableClass,
    row: u32,
    end: u32,
}

/// The hits of a text, by the token they begin at.
#[derive(Debug, Default)]
pub struct Hits {
    hits: Vec<PackedHit>,
    first: Vec<u32>,
    bits: Vec<u32>,
}

/// The bits of a token's own form.
pub mod form {
    /// A word with a capital.
    pub const CAPITAL: u32 = 1 << 31;
    /// A number.
    pub const NUMBER: u32 = 1 << 30;
    /// The end of a line.
    pub const END: u32 = 1 << 29;
    /// An opening bracket.
    pub const BRACKET: u32 = 1 << 28;
    /// A word that a stretch of time or an ordinal can begin with.
    pub const PERIOD: u32 = 1 << 27;
    /// A word that the line of an author or a photographer can begin with.
    pub const CREDIT: u32 = 1 << 26;
    /// A word that speaks of several: `các`, `hai`.
    pub const SEVERAL: u32 = 1 << 25;
}

/// The bit of a table among those of a token.
pub const fn bit(class: TableClass) -> u32 {
    1 << class as u32
}

impl Hits {
    /// Forgets all, for a text of so many tokens.
    pub fn begin(&mut self, tokens: usize) {
        self.hits.clear();
        self.first.clear();
        self.bits.clear();
        self.hits.reserve(tokens);
        self.first.reserve(tokens + 1);
        self.bits.reserve(tokens);
        self.first.push(0);
    }

    /// Adds rows to the token that is not closed yet, all with one end.
    pub fn extend(&mut self, rows: &[(TableClass, u32)], end: usize) {
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        self.hits.extend(rows.iter().map(|(class, row)| PackedHit { class: *class, row: *row, end }));
    }

    /// Closes a token.
    pub fn close(&mut self, bits: u32) {
        self.bits.push(bits);
        self.first.push(u32::try_from(self.hits.len()).unwrap_or(u32::MAX));
    }

    /// All hits that begin at token `at`, the shortest first.
    pub fn at(&self, at: usize) -> impl DoubleEndedIterator<Item = LexiconHit> + '_ {
        self.kept(at).iter().map(PackedHit::hit)
    }

    /// The longest hit of a table that begins at token `at`.
    pub fn longest(&self, at: usize, class: TableClass) -> Option<LexiconHit> {
        if !self.has(at, bit(class)) {
            return None;
        }
        self.kept(at).iter().rev().find(|hit| hit.class == class).map(PackedHit::hit)
    }

    /// Whether the token has one of these bits.
    pub fn has(&self, at: usize, wanted: u32) -> bool {
        self.bits.get(at).is_some_and(|bits| bits & wanted != 0)
    }

    /// The first token from `at` on that has one of these bits; the number of tokens if there is none.
    pub fn next(&self, at: usize, wanted: u32) -> usize {
        let rest = self.bits.get(at..).unwrap_or_default();
        rest.iter().position(|bits| bits & wanted != 0).map_or(self.bits.len(), |found| at + found)
    }

    fn kept(&self, at: usize) -> &[PackedHit] {
        let edge = |at: usize| self.first.get(at).map_or(self.hits.len(), |n| *n as usize);
        self.hits.get(edge(at)..edge(at + 1)).unwrap_or_default()
    }
}

impl PackedHit {
    fn hit(&self) -> LexiconHit {
        LexiconHit { class: self.class, row: self.row as usize, end: self.end as usize }
    }
}
