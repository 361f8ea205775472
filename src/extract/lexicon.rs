//! The tables (`tables/*.tsv`) as typed values, and all their forms in one automaton over words. Anyone can correct a
//! row; a test checks each table (docs/tables.md explains them). The recognizers decide what a row means in a text.
//!
//! Built once per process, on first use. Imports only `token`, whose words it shares, and no recognizer.

mod hits;
mod small_tables;
mod spelling_variants;
mod table;
mod trie;
mod value;
mod word_hash_table;
mod word_sets;

use crate::report::Rank;
use std::sync::OnceLock;
#[cfg(test)]
mod tests;
pub use hits::{Hits, LexiconHit, bit, form};
pub(crate) use small_tables::{
    DottedForm, NumberWord, SyllablePart, dotted_form, number_of, numbers, short_units, syllable_parts,
};
pub use spelling_variants::push_plain;
pub use table::{LexiconTable, TABLES, TableClass, TableRow};
pub use trie::WordId;
pub use value::{
    CountryValue, EventVerb, KindSign, PersonSign, PostPattern, RowValue, SeatValue, SurnameShare, TableWord,
    UnitValue, VerbTrait, VerbTraits, VerbUse,
};
pub use word_hash_table::{WordHasher, WordKey, WordNumbers};
pub(crate) use word_sets::WordSet;

use super::token::{Token, TokenKind};
use trie::Trie;
use word_sets::WordSetIndex;

/// All tables, read once.
#[derive(Debug)]
pub struct Lexicon {
    /// The rows of all tables of the automaton, by number.
    rows: Vec<TableRow>,
    trie: Trie,
    word_sets: WordSetIndex,
}

/// Word sets with a bit of their own among the bits of a token (`form`), so that a walk over a text can jump to the
/// next word of the set.
const SET_BITS: [(WordSet, u32); 3] =
    [(WordSet::PeriodStart, form::PERIOD), (WordSet::CreditWork, form::CREDIT), (WordSet::Several, form::SEVERAL)];

/// The lexicon of this program.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::read)
}

impl Lexicon {
    fn read() -> Self {
        let mut trie = Trie::default();
        let word_sets = WordSetIndex::read(&mut trie);
        let mut rows = Vec::new();
        for row in TABLES.iter().flat_map(LexiconTable::rows) {
            for form in &row.forms {
                trie.add(form, row.class, rows.len());
            }
            rows.push(row);
        }
        trie.freeze();
        Self { rows, trie, word_sets }
    }

    /// The row of that number.
    pub fn row(&self, number: usize) -> Option<&TableRow> {
        self.rows.get(number)
    }

    /// All rows of one table.
    pub fn rows_of(&self, class: TableClass) -> impl Iterator<Item = &TableRow> {
        self.rows.iter().filter(move |row| row.class == class)
    }

    /// The word of the lexicon with that plain form (`push_plain`), in either tone placement.
    pub fn word(&self, key: &WordKey<'_>) -> WordId {
        self.trie.word(key)
    }

    /// Whether a form of the set can begin with the word; false positives only (`word_sets`).
    pub(crate) fn may_begin(&self, word: WordId, set: WordSet) -> bool {
        self.word_sets.may_begin(word, set)
    }

    /// The forms of the set that the word may begin; the letters are still to be compared (`word_sets`).
    pub(crate) fn forms(&self, word: WordId, set: WordSet) -> impl Iterator<Item = &'static str> + '_ {
        self.word_sets.forms(word, set)
    }

    /// Finds all rows whose words are in the text; overwrites `hits`.
    pub fn hits(&self, tokens: &[Token], hits: &mut Hits) {
        self.trie.hits(tokens, hits, |token| self.form_bits(token));
    }

    /// The bits of a token that come from its form and from the word sets, not from the tables of the automaton.
    fn form_bits(&self, token: &Token) -> u32 {
        let of_kind = match token.kind {
            TokenKind::Number => form::NUMBER,
            TokenKind::End => form::END,
            TokenKind::Sign('(') => form::BRACKET,
            _ if token.is_capital() => form::CAPITAL,
            _ => 0,
        };
        let sets = self.word_sets.mask(token.word);
        let of_sets = SET_BITS.iter().filter(|(set, _)| sets.has(*set));
        of_sets.fold(of_kind, |bits, (_, bit)| bits | bit)
    }
}

/// All ranks of ranks.tsv, highest first.
pub fn ranks() -> &'static [Rank] {
    static RANKS: OnceLock<Vec<Rank>> = OnceLock::new();
    RANKS.get_or_init(|| {
        let rows = TABLES.iter().filter(|table| table.class == TableClass::Rank).flat_map(LexiconTable::rows);
        rows.filter_map(|row| match row.value {
            RowValue::Rank(order) => Some(Rank { order, name: row.form() }),
            _ => None,
        })
        .collect()
    })
}

/// The names of the ranks in English, by which filters know them too (the column `names_en` of ranks.tsv).
pub fn ranks_in_english() -> Vec<(Rank, Vec<&'static str>)> {
    let tables = TABLES.iter().filter(|table| table.class == TableClass::Rank);
    let rows = tables.flat_map(|table| table.file.column("names_en"));
    rows.filter_map(|(form, names)| Some((rank(form)?, names.split('|').collect()))).collect()
}

/// The forms of address and occupations that stand before a name (persons.tsv).
pub fn forms_before_names() -> impl Iterator<Item = &'static str> {
    let rows = TABLES.iter().filter(|table| table.class == TableClass::Person).flat_map(LexiconTable::rows);
    let fits = |value| matches!(value, RowValue::Person(PersonSign::Address | PersonSign::Noun));
    rows.filter(move |row| fits(row.value)).flat_map(|row| row.forms)
}

/// The rank of that canonical name.
pub fn rank(name: &str) -> Option<Rank> {
    ranks().iter().copied().find(|rank| rank.name == name)
}
