//! The tables (`tables/*.tsv`) as values, and all their rows in one automaton over words. Each row is somebody's to
//! correct; a test checks each table. What the rows mean is left to the recognizers.

mod hits;
mod table;
mod trie;
mod words;

use crate::report::Rank;
use std::sync::OnceLock;
#[cfg(test)]
mod tests;
pub use hits::{Hits, LexiconHit, bit, form};
pub use table::{LexiconTable, TABLES, TableClass, TableRow};
pub use trie::{WordId, push_plain};
pub use words::{WordHasher, WordKey, WordNumbers};

use super::token::{Token, TokenKind};
use super::{byline, period, sighting};
use trie::Trie;

/// All tables, read once.
#[derive(Debug)]
pub struct Lexicon {
    rows: Vec<TableRow>,
    trie: Trie,
    /// By word: the bits of its form (`form`).
    forms: Vec<u32>,
}

/// The lexicon of this program.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::read)
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self { rows: Vec::new(), trie: Trie::default(), forms: Vec::new() };
        for table in TABLES {
            for row in table.rows() {
                let number = lexicon.rows.len();
                for form in &row.forms {
                    lexicon.trie.add(form, row.class, number);
                }
                lexicon.rows.push(row);
            }
        }
        for (words, bit) in [
            (period::BEGINNINGS, form::STRETCH),
            (byline::BEGINNINGS, form::CREDIT),
            (sighting::SEVERAL, form::SEVERAL),
        ] {
            for word in words {
                let word = lexicon.trie.intern(word).number();
                lexicon.forms.resize(lexicon.forms.len().max(word + 1), 0);
                if let Some(slot) = lexicon.forms.get_mut(word) {
                    *slot |= bit;
                }
            }
        }
        lexicon.trie.freeze();
        lexicon
    }

    /// The row of that number.
    pub fn row(&self, number: usize) -> Option<&TableRow> {
        self.rows.get(number)
    }

    /// All rows of one table.
    pub fn rows_of(&self, class: TableClass) -> impl Iterator<Item = &TableRow> {
        self.rows.iter().filter(move |row| row.class == class)
    }

    /// Which word of the lexicon has that plain form (`push_plain`), in either tone placement.
    pub fn word(&self, key: &WordKey<'_>) -> WordId {
        self.trie.word(key)
    }

    /// All rows whose words stand in the text, by place, instead of what `hits` holds.
    pub fn hits(&self, tokens: &[Token], hits: &mut Hits) {
        self.trie.hits(tokens, hits, |token| {
            let of_kind = match token.kind {
                TokenKind::Number => form::NUMBER,
                TokenKind::End => form::END,
                TokenKind::Sign('(') => form::BRACKET,
                _ if token.is_capital() => form::CAPITAL,
                _ => 0,
            };
            of_kind | self.forms.get(token.word.number()).copied().unwrap_or(0)
        });
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
