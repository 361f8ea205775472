//! What is indexed of a report: its folded words in their order, the forms of its words with tones and marks, the
//! beginnings of its words, and every word in the vocabulary. Prepared by the threads that read files; written by the
//! single writer.

use super::ReportIndex;
use crate::search::vocabulary::IndexedTerms;
use crate::store::{StoreError, cache};
use crate::text::telex::squeeze;
use rusqlite::params;

/// Raised when words are folded, split or indexed in another way, so that `rebuild` indexes everything again.
pub(in crate::store) const VERSION: i64 = 3;

/// How many pages of the index one step of merging writes: some 16 MiB.
const PAGES_A_MERGE: u32 = 4000;
/// A step that changes fewer rows has merged nothing: one is that of the command.
const MERGED_CHANGES: u64 = 2;

/// The index terms of a report: those of its title and of its text.
pub(in crate::store) fn index_terms(title: &str, text: &str) -> IndexedTerms {
    IndexedTerms::of(&[title, text])
}

impl ReportIndex<'_> {
    /// Indexes reports under their rows. Sorted by row first: FTS5 writes one segment for each ascending run of rowids,
    /// and a row below the one before it would begin another, to be merged later.
    pub(in crate::store) fn add(&self, mut rows: Vec<(i64, &IndexedTerms)>) -> Result<(), StoreError> {
        let when = StoreError::when("written");
        rows.sort_unstable_by_key(|(row, _)| *row);
        let mut words = self
            .store
            .db
            .prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)")
            .map_err(&when)?;
        for (row, index_terms) in &rows {
            let cell = |n| index_terms.folded.get(n).map(String::as_str).unwrap_or_default();
            words.execute(params![row, cell(0), cell(1)]).map_err(&when)?;
        }
        let mut listed =
            self.store.db.prepare_cached("INSERT INTO listed (rowid, under) VALUES (?1, ?2)").map_err(&when)?;
        for (row, index_terms) in &rows {
            listed.execute(params![row, index_terms.listed]).map_err(&when)?;
        }
        let mut vocabulary = self
            .store
            .db
            .prepare_cached("INSERT OR IGNORE INTO vocabulary (folded, form, squeezed) VALUES (?1, ?2, ?3)")
            .map_err(&when)?;
        let mut known = self.store.known.borrow_mut();
        for word in rows.iter().flat_map(|(_, index_terms)| index_terms.distinct_words()) {
            if known.words.insert(word.hash) {
                vocabulary.execute(params![word.folded, word.form, squeeze(word.folded)]).map_err(&when)?;
            }
        }
        drop(known);
        self.note_pairs(rows.iter().map(|(_, index_terms)| *index_terms))
    }

    /// Drops from the terms of a waiting report what `add` would not write, because this connection has written it
    /// before. Returns `KnownRows::times_forgotten`: if it is another when the report is saved, another process may
    /// have emptied the tables since, and the terms must be prepared anew.
    pub(in crate::store) fn drop_known(&self, terms: &mut IndexedTerms) -> u64 {
        let known = self.store.known.borrow();
        terms.drop_known(|word| known.words.contains(word), |pair| known.pairs.contains(pair));
        known.times_forgotten
    }

    /// Merges the segments that an import has left, as far as eight or more are of one size. In short transactions: the
    /// write-ahead log stays small, other processes get their turn, and a kill leaves what is done so far.
    pub(in crate::store) fn merge_segments(&self) -> Result<(), StoreError> {
        for table in ["words", "listed"] {
            let merge = format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', {PAGES_A_MERGE})");
            loop {
                // Counted inside of the transaction: marking the file changes rows too, and does so before each
                // transaction on a disk that refuses the checkpoint.
                let changes = self.store.write(|| {
                    let before = self.store.db.total_changes();
                    self.store.db.execute_batch(&merge).map_err(StoreError::when("written"))?;
                    Ok(self.store.db.total_changes() - before)
                })?;
                // FTS5's way to say that there was nothing to merge.
                if changes < MERGED_CHANGES {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Removes the report at `row` from the index. Its words stay in the vocabulary, where a word without reports does
    /// no harm.
    pub(in crate::store) fn remove(&self, row: i64) -> Result<(), StoreError> {
        for sql in ["DELETE FROM words WHERE rowid = ?1", "DELETE FROM listed WHERE rowid = ?1"] {
            self.store
                .db
                .prepare_cached(sql)
                .and_then(|mut s| s.execute([row]))
                .map_err(StoreError::when("written"))?;
        }
        Ok(())
    }

    /// Empties the index, the vocabulary and the word pairs.
    pub(in crate::store) fn empty(&self) -> Result<(), StoreError> {
        self.store
            .db
            .execute_batch(
                "DELETE FROM vocabulary; DELETE FROM beside; INSERT INTO words (words) VALUES ('delete-all');
                 INSERT INTO listed (listed) VALUES ('delete-all');",
            )
            .map_err(StoreError::when("written"))
    }

    /// Whether the index has the current version, passes FTS5's integrity check, and has exactly the reports of the
    /// cache.
    pub(in crate::store) fn is_sound(&self) -> Result<bool, StoreError> {
        let version = "SELECT coalesce((SELECT value FROM main.meta WHERE name = 'index'), 0)";
        if cache::number(&self.store.db, version)? != VERSION {
            return Ok(false);
        }
        for table in ["words", "listed"] {
            let strange = format!(
                "SELECT (SELECT count(*) FROM {table}_docsize) <> (SELECT count(*) FROM report)
                        OR EXISTS (SELECT 1 FROM report WHERE row NOT IN (SELECT id FROM {table}_docsize))"
            );
            let whole = format!("INSERT INTO {table} ({table}) VALUES ('integrity-check')");
            if cache::number(&self.store.db, &strange)? != 0 || self.store.db.execute_batch(&whole).is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
