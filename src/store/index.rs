//! What is indexed of a report: its folded words in their order, the forms of its words with tones and marks, and every
//! word in the vocabulary. Made ready by the threads that read files; written by the one writer.

use super::{Error, Store};
use crate::search::vocabulary::Wording;
use crate::text::telex::squeeze;
use rusqlite::params;

/// What the index holds of a report.
pub(super) fn wording(title: &str, text: &str) -> Wording {
    Wording::of(&[title, text])
}

impl Store {
    /// Indexes reports by their rows. In order of rows: the index is written in stretches of ascending rows, and each
    /// row below the one before would begin another.
    pub(super) fn index(&mut self, mut rows: Vec<(i64, &Wording)>) -> Result<(), Error> {
        let when = Error::when("written");
        rows.sort_unstable_by_key(|(row, _)| *row);
        let mut words =
            self.db.prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)").map_err(&when)?;
        for (row, wording) in &rows {
            let cell = |n| wording.folded.get(n).map(String::as_str).unwrap_or_default();
            words.execute(params![row, cell(0), cell(1)]).map_err(&when)?;
        }
        let mut toned = self.db.prepare_cached("INSERT INTO toned (rowid, forms) VALUES (?1, ?2)").map_err(&when)?;
        for (row, wording) in &rows {
            toned.execute(params![row, wording.forms]).map_err(&when)?;
        }
        let mut vocabulary = self
            .db
            .prepare_cached("INSERT OR IGNORE INTO vocabulary (folded, form, squeezed) VALUES (?1, ?2, ?3)")
            .map_err(&when)?;
        for word in rows.iter().flat_map(|(_, wording)| wording.different()) {
            if self.words_seen.insert(word.hash) {
                vocabulary.execute(params![word.folded, word.form, squeeze(word.folded)]).map_err(&when)?;
            }
        }
        Ok(())
    }

    /// Takes the report at `row` out of the index. Its words stay in the vocabulary: a word too many there costs nothing.
    pub(super) fn unindex(&self, row: i64) -> Result<(), Error> {
        for sql in ["DELETE FROM words WHERE rowid = ?1", "DELETE FROM toned WHERE rowid = ?1"] {
            self.db.prepare_cached(sql).and_then(|mut s| s.execute([row])).map_err(Error::when("written"))?;
        }
        Ok(())
    }
}
