//! Typed words as words of the index. What a typed word can mean (completions of a prefix, the other spelling, what
//! keystrokes compose) is looked up in `vocabulary`, so that the index itself holds whole words only and no query needs
//! a scan.
//!
//! A plain word can be two things: `hung` is a word, `huwng` is how hưng is typed. It is read as typed if the cache has
//! such a word, else as keystrokes.

use super::ReportIndex;
use crate::search::matching::{QueryWord, VocabularyEntry, WordReading};
use crate::store::StoreError;
use rusqlite::params;

/// The words of the index that a typed word can mean.
#[derive(Clone, Debug, Default)]
pub(super) struct IndexWords {
    /// Folded tokens, in order.
    pub tokens: Vec<String>,
    /// Forms with tones and marks, for a word that was typed with them.
    pub forms: Option<Vec<String>>,
    /// The typed word was read as keystrokes.
    pub by_keys: bool,
    /// Set if there are more tokens than listed here: the prefix that all of them have, and the other spelling.
    pub more: Option<(String, Option<String>)>,
}

impl ReportIndex<'_> {
    /// What a typed word can mean in this cache.
    pub(super) fn terms(&self, word: &QueryWord) -> Result<IndexWords, StoreError> {
        if word.is_marked() {
            let entries: Vec<VocabularyEntry> =
                self.entries(word)?.into_iter().filter(|entry| word.matches_entry(entry)).collect();
            let mut tokens: Vec<String> = entries.iter().map(|e| e.folded.clone()).collect();
            let mut forms: Vec<String> = entries.into_iter().map(|e| e.form).collect();
            tokens.dedup();
            forms.sort_unstable();
            forms.dedup();
            return Ok(IndexWords { tokens, forms: Some(forms), by_keys: false, more: None });
        }
        if !self.is_read_as_typed(word)? {
            return self.terms_of_keys(word);
        }
        let most = self.store.thresholds.words_of_prefix;
        // One token more than the limit shows that there are more.
        let tokens = self.tokens(word, most + 1)?;
        let more = (tokens.len() > most && word.is_prefix())
            .then(|| (word.folded().to_owned(), word.twin().map(str::to_owned)));
        Ok(IndexWords { tokens, forms: None, by_keys: false, more })
    }

    /// The word read as keystrokes: what they compose, with tones and marks; if the cache has no such word, any word of
    /// those letters.
    fn terms_of_keys(&self, word: &QueryWord) -> Result<IndexWords, StoreError> {
        let entries = self.entries_of_keys(word)?;
        let composed: Vec<&VocabularyEntry> = entries.iter().filter(|entry| word.composes_entry(entry)).collect();
        let forms = (!composed.is_empty()).then(|| sorted(composed.iter().map(|entry| entry.form.clone())));
        let read: Vec<&VocabularyEntry> = if composed.is_empty() { entries.iter().collect() } else { composed };
        let tokens = sorted(read.into_iter().map(|entry| entry.folded.clone()));
        Ok(IndexWords { tokens, forms, by_keys: true, more: None })
    }

    /// How a typed word is read.
    pub(super) fn reading(&self, word: &QueryWord) -> Result<WordReading, StoreError> {
        if self.is_read_as_typed(word)? {
            return Ok(WordReading::AsTyped);
        }
        Ok(if self.is_composed(word)? { WordReading::Composed } else { WordReading::Keys })
    }

    /// Whether the word is read as typed, not as keystrokes (`QueryWord::reading`).
    pub(super) fn is_read_as_typed(&self, word: &QueryWord) -> Result<bool, StoreError> {
        if word.squeezed().is_none() {
            return Ok(true);
        }
        if self.tokens(word, 1)?.is_empty() {
            return Ok(false);
        }
        if !word.composes() {
            return Ok(true);
        }
        let is_plain = |entry: &VocabularyEntry| entry.is_plain() && word.matches_entry(entry);
        Ok(self.entries(word)?.iter().any(is_plain) || !self.is_composed(word)?)
    }

    /// Whether the vocabulary has what the keystrokes compose.
    fn is_composed(&self, word: &QueryWord) -> Result<bool, StoreError> {
        Ok(self.entries_of_keys(word)?.iter().any(|entry| word.composes_entry(entry)))
    }

    /// The first tokens that the word can mean, at most `most`, in order.
    fn tokens(&self, word: &QueryWord, most: usize) -> Result<Vec<String>, StoreError> {
        let folded = word.folded();
        let twin = word.twin().unwrap_or(folded);
        let sql = if word.is_prefix() {
            "SELECT folded FROM (SELECT DISTINCT folded FROM vocabulary WHERE folded >= ?1 AND folded < ?2 LIMIT ?4)
             UNION SELECT folded FROM vocabulary WHERE folded = ?3 ORDER BY 1"
        } else {
            "SELECT DISTINCT folded FROM vocabulary WHERE folded IN (?1, ?3) AND ?2 NOTNULL ORDER BY 1 LIMIT ?4"
        };
        self.strings(sql, params![folded, after(folded), twin, most])
    }

    /// The words with the letters of one read as keystrokes, tones and marks ignored.
    fn entries_of_keys(&self, word: &QueryWord) -> Result<Vec<VocabularyEntry>, StoreError> {
        // `?2 NOTNULL` is always true: it lets both statements take the same parameters.
        let key = word.squeezed().unwrap_or_default();
        let sql = if word.is_prefix() {
            "SELECT folded, form FROM vocabulary WHERE squeezed >= ?1 AND squeezed < ?2 ORDER BY 1, 2"
        } else {
            "SELECT folded, form FROM vocabulary WHERE squeezed = ?1 AND ?2 NOTNULL ORDER BY 1, 2"
        };
        self.read_entries(sql, params![key, after(key)])
    }

    fn entries(&self, word: &QueryWord) -> Result<Vec<VocabularyEntry>, StoreError> {
        let folded = word.folded();
        let twin = word.twin().unwrap_or(folded);
        let sql = if word.is_prefix() {
            "SELECT folded, form FROM vocabulary WHERE folded >= ?1 AND folded < ?2
             UNION SELECT folded, form FROM vocabulary WHERE folded = ?3 ORDER BY 1, 2"
        } else {
            "SELECT folded, form FROM vocabulary WHERE folded IN (?1, ?3) AND ?2 NOTNULL ORDER BY 1, 2"
        };
        self.read_entries(sql, params![folded, after(folded), twin])
    }

    fn read_entries(&self, sql: &str, args: &[&dyn rusqlite::ToSql]) -> Result<Vec<VocabularyEntry>, StoreError> {
        let entry = |row: &rusqlite::Row<'_>| Ok(VocabularyEntry { folded: row.get(0)?, form: row.get(1)? });
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map(args, entry)?.collect())
            .map_err(StoreError::when("read"))
    }

    fn strings(&self, sql: &str, args: &[&dyn rusqlite::ToSql]) -> Result<Vec<String>, StoreError> {
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map(args, |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }
}

/// Greater than every word that begins with `prefix`, as no character is greater than U+10FFFF.
fn after(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

/// In order, each once.
fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}
