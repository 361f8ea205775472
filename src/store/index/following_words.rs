//! Which words follow which anywhere in the cache (bigrams), for planning phrases. Joining the positions of two common
//! words that are never adjacent takes FTS5 some hundredths of a second and finds nothing; here it is one lookup.
//!
//! ```text
//! beside:  word = "tong"   next = "bi cong ket quan the"    sorted, packed like a text
//! ```
//!
//! One row per word, not per pair: a prefix of the second word is then a scan of one short string, and the table is a
//! tenth of the size. A pair is never removed with its report: a pair too many costs one query, which finds nothing.

use super::ReportIndex;
use crate::search::vocabulary::{IndexedTerms, WordPair};
use crate::store::StoreError;
use crate::store::cache::packed_text::{self, TextCell, UnpackedText};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

impl ReportIndex<'_> {
    /// Adds the pairs of some reports. Pairs that this connection has written before are skipped by their hash.
    pub(super) fn note_pairs<'a>(&self, all_terms: impl Iterator<Item = &'a IndexedTerms>) -> Result<(), StoreError> {
        // A list, not a set for each word: of a text of different words, the sets would take eight times as much.
        let mut new: Vec<(&str, &str)> = Vec::new();
        let mut known = self.store.known.borrow_mut();
        for index_terms in all_terms {
            new.extend(index_terms.pairs(|hash| known.pairs.insert(hash)).map(|WordPair { word, next }| (word, next)));
        }
        drop(known);
        new.sort_unstable();
        for pairs in new.chunk_by(|(word, _), (other, _)| word == other) {
            let Some((word, _)) = pairs.first() else { continue };
            let known = self.words_after(word)?.unwrap_or_default();
            let mut words: BTreeSet<&str> = known.split_whitespace().collect();
            let before = words.len();
            words.extend(pairs.iter().map(|(_, next)| *next));
            if words.len() == before {
                continue;
            }
            let all = words.into_iter().collect::<Vec<_>>().join(" ");
            self.store
                .db
                .prepare_cached("INSERT OR REPLACE INTO beside (word, next) VALUES (?1, ?2)")
                .and_then(|mut s| s.execute(params![word, TextCell(&all, packed_text::pack(&all).as_deref())]))
                .map_err(StoreError::when("written"))?;
        }
        Ok(())
    }

    /// The words that follow a word, in order, with one space between.
    pub(super) fn words_after(&self, word: &str) -> Result<Option<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT next FROM beside WHERE word = ?1")
            .and_then(|mut s| s.query_row([word], |row| row.get(0)).optional())
            .map(|found| found.map(|UnpackedText(words)| words))
            .map_err(StoreError::when("read"))
    }
}
