//! What is indexed of a report: its folded words in their order, the forms of its words with tones and marks, and every
//! word in the vocabulary. Made ready by the threads that read files; written by the one writer.

use super::{Error, Store};
use crate::search::matching::{Entry, vocabulary_of};
use crate::text::telex::squeeze;
use crate::text::words::folded_words;
use rusqlite::params;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A report's words, ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Indexed {
    title: String,
    text: String,
    /// Forms with tones or marks, each once, with a space between.
    forms: String,
    /// Its words and a hash of each, by which the writer knows them again.
    vocabulary: Vec<(u64, Entry)>,
}

impl Indexed {
    pub fn new(title: &str, text: &str) -> Self {
        let vocabulary = vocabulary_of(&[title, text]);
        let mut forms: Vec<&str> = vocabulary.iter().filter(|e| e.is_marked()).map(|e| e.form.as_str()).collect();
        forms.sort_unstable();
        forms.dedup();
        Self {
            title: folded_words(title),
            text: folded_words(text),
            forms: forms.join(" "),
            vocabulary: vocabulary.into_iter().map(|entry| (hash(&entry), entry)).collect(),
        }
    }
}

fn hash(entry: &Entry) -> u64 {
    let mut hasher = DefaultHasher::new();
    entry.hash(&mut hasher);
    hasher.finish()
}

impl Store {
    /// Indexes the report at `row`.
    pub(super) fn index(&mut self, row: i64, indexed: &Indexed) -> Result<(), Error> {
        let when = Error::when("written");
        self.db
            .prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)")
            .and_then(|mut s| s.execute(params![row, indexed.title, indexed.text]))
            .map_err(&when)?;
        self.db
            .prepare_cached("INSERT INTO toned (rowid, forms) VALUES (?1, ?2)")
            .and_then(|mut s| s.execute(params![row, indexed.forms]))
            .map_err(&when)?;
        for (hash, entry) in &indexed.vocabulary {
            if self.words_seen.insert(*hash) {
                self.db
                    .prepare_cached("INSERT OR IGNORE INTO vocabulary (folded, form, squeezed) VALUES (?1, ?2, ?3)")
                    .and_then(|mut s| s.execute(params![entry.folded, entry.form, squeeze(&entry.folded)]))
                    .map_err(&when)?;
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
