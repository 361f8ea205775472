//! The tables (`tables/*.tsv`) as values, and all their rows in one automaton over words. Each row is somebody's to
//! correct; a test checks each table. What the rows mean is left to the recognizers.

mod table;
mod trie;

use crate::report::Rank;
use std::sync::OnceLock;
#[cfg(test)]
mod tests;
pub use table::{Class, Row};
pub use trie::{Hit, Hits, WordHasher, WordId, push_lower, push_plain};

use super::period::BEGINNINGS;
use super::token::Token;
use table::TABLES;
use trie::Trie;

/// All tables, read once.
#[derive(Debug)]
pub struct Lexicon {
    rows: Vec<Row>,
    trie: Trie,
    /// By word: whether a stretch of time can begin with it.
    beginnings: Vec<bool>,
}

/// The lexicon of this program.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::read)
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self { rows: Vec::new(), trie: Trie::default(), beginnings: Vec::new() };
        for table in TABLES {
            for row in table.rows() {
                let number = lexicon.rows.len();
                for form in &row.forms {
                    lexicon.trie.add(form, row.class, number);
                }
                lexicon.rows.push(row);
            }
        }
        let beginnings: Vec<WordId> = BEGINNINGS.iter().map(|word| lexicon.trie.intern(word)).collect();
        lexicon.trie.freeze();
        let words = beginnings.iter().map(|word| word.number()).max().unwrap_or(0) + 1;
        lexicon.beginnings = (0..words).map(|number| beginnings.iter().any(|word| word.number() == number)).collect();
        lexicon
    }

    /// The row of that number.
    pub fn row(&self, number: usize) -> Option<&Row> {
        self.rows.get(number)
    }

    /// All rows of one table.
    pub fn rows_of(&self, class: Class) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.class == class)
    }

    /// Which word of the lexicon `piece` is, whatever its case and tone placement; its plain form is left in `lower`.
    pub fn word(&self, piece: &str, lower: &mut String) -> WordId {
        self.trie.word(piece, lower)
    }

    /// Whether a stretch of time can begin with the word.
    pub fn begins_stretch(&self, word: WordId) -> bool {
        self.beginnings.get(word.number()).copied().unwrap_or(false)
    }

    /// All rows whose words stand in the text, by place.
    pub fn hits(&self, tokens: &[Token]) -> Hits {
        self.trie.hits(tokens)
    }
}

/// All ranks of ranks.tsv, highest first.
pub fn ranks() -> &'static [Rank] {
    static RANKS: OnceLock<Vec<Rank>> = OnceLock::new();
    RANKS.get_or_init(|| {
        include_str!("tables/ranks.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let order = cells.next()?.parse().ok()?;
                Some(Rank { order, name: cells.next()? })
            })
            .collect()
    })
}

/// The rank of that canonical name.
pub fn rank(name: &str) -> Option<Rank> {
    ranks().iter().copied().find(|rank| rank.name == name)
}
