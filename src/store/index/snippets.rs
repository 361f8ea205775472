//! Snippets: the line of a text that the list shows of a report, around the first hit, or around the person, post or
//! rank that the filter names. Computed apart from the rows, because each needs a text to be unpacked.

use super::{ListRow, ReportIndex};
use crate::search::filter::{Expr, FieldSubject, Filter, ranks};
use crate::search::highlight::{self, HighlightQuery, early_snippet, snippet};
use crate::search::required_words::has_all;
use crate::store::StoreError;
use crate::store::cache::packed_text::UnpackedBytes;
use rusqlite::OptionalExtension;
use std::sync::atomic::{AtomicBool, Ordering};

/// Characters of a snippet: more than a list shows, so that it can be cut to its width.
const SNIPPET_CHARS: usize = 160;

/// The line of the text around its first hit. The first `early` bytes are searched before the rest is checked to be
/// UTF-8.
fn line_of(text: &[u8], query: &HighlightQuery, early: usize) -> Option<String> {
    // Cut at a space: a word cut in two would be another word.
    let early = text.get(..early).and_then(|part| part.get(..part.iter().rposition(|byte| *byte == b' ')?));
    let early = early.and_then(|part| simdutf8::basic::from_utf8(part).ok());
    early
        .and_then(|part| early_snippet(part, query, SNIPPET_CHARS))
        .or_else(|| snippet(simdutf8::basic::from_utf8(text).ok()?, query, SNIPPET_CHARS))
        .map(|(line, _)| line)
}

/// What a snippet is around: the first hit of a query, or the first person that the filter names.
enum SnippetSource {
    Hits(HighlightQuery),
    People,
}

impl ReportIndex<'_> {
    /// Gives a snippet to each row that has none. Reads the text of each. A filter that names neither words nor people
    /// gives none.
    pub fn add_snippets(&self, rows: &mut [ListRow], filter: &Filter, stop: &AtomicBool) -> Result<(), StoreError> {
        let Some(source) = self.snippet_source(filter)? else { return Ok(()) };
        for row in rows.iter_mut().filter(|row| row.snippet.is_none()) {
            self.add_snippet(row, filter, &source, stop)?;
        }
        Ok(())
    }

    /// Gives a snippet to one row: the first that can have one, from position `first` to the end, then from the top.
    /// True if no other row is without one.
    pub fn add_one_snippet(
        &self,
        rows: &mut [ListRow],
        filter: &Filter,
        first: usize,
        stop: &AtomicBool,
    ) -> Result<bool, StoreError> {
        let Some(source) = self.snippet_source(filter)? else { return Ok(true) };
        let (before, after) = rows.split_at_mut(first.min(rows.len()));
        let mut without = after.iter_mut().chain(before).filter(|row| row.snippet.is_none());
        while let Some(row) = without.next() {
            self.add_snippet(row, filter, &source, stop)?;
            if row.snippet.is_some() {
                return Ok(without.next().is_none());
            }
        }
        Ok(true)
    }

    fn snippet_source(&self, filter: &Filter) -> Result<Option<SnippetSource>, StoreError> {
        let query = HighlightQuery::from(filter);
        if query.is_empty() {
            return Ok(asks_for_people(filter).then_some(SnippetSource::People));
        }
        for word in filter.phrases().iter().flat_map(|phrase| phrase.words()) {
            if !self.is_read_as_typed(word)? {
                return Ok(Some(SnippetSource::Hits(query.taking_keystrokes())));
            }
        }
        Ok(Some(SnippetSource::Hits(query)))
    }

    fn add_snippet(
        &self,
        row: &mut ListRow,
        filter: &Filter,
        source: &SnippetSource,
        stop: &AtomicBool,
    ) -> Result<(), StoreError> {
        if stop.load(Ordering::Relaxed) {
            return Err(StoreError::Interrupted);
        }
        // A damaged text is reported when it is opened; in the list it only has no snippet.
        let Some(text) = self.text_of(&row.id)? else { return Ok(()) };
        if let SnippetSource::Hits(query) = source {
            row.hits = simdutf8::basic::from_utf8(&text).ok().map(|text| highlight::hits(text, query).len());
        }
        row.snippet = match source {
            SnippetSource::Hits(query) => line_of(&text, query, self.store.thresholds.early_bytes),
            SnippetSource::People => self.place_of_people(row.number, filter)?.and_then(|at| line_at(&text, at)),
        };
        Ok(())
    }

    /// The text of a report; `None` if it is damaged or gone.
    fn text_of(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT text FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok(row.get(0).ok().map(|UnpackedBytes(text)| text))).optional())
            .map(Option::flatten)
            .map_err(StoreError::when("read"))
    }

    /// Byte of the text at which a name, post or rank is given that the filter names; `None` if there is none. `row` is
    /// the number of the report's row.
    fn place_of_people(&self, row: i64, filter: &Filter) -> Result<Option<usize>, StoreError> {
        let people = self.people_said(row)?;
        let place = |asked: &Expr| {
            people.iter().find_map(|(rank, said)| match asked {
                Expr::About(FieldSubject::Person, phrase) => has_all(phrase, &said.name).then_some(said.at),
                Expr::About(FieldSubject::Post, phrase) => {
                    said.posts.iter().find(|post| has_all(phrase, &post.text)).map(|post| post.at)
                }
                Expr::Rank(compare, phrase) => {
                    let meant = ranks(*compare, phrase);
                    let has = rank.as_ref().is_some_and(|rank| meant.iter().any(|row| row.name == rank));
                    said.rank.as_ref().filter(|_| has).map(|rank| rank.at)
                }
                _ => None,
            })
        };
        Ok(filter.conditions().into_iter().find_map(place))
    }
}

fn asks_for_people(filter: &Filter) -> bool {
    filter
        .conditions()
        .iter()
        .any(|asked| matches!(asked, Expr::About(FieldSubject::Person | FieldSubject::Post, _) | Expr::Rank(..)))
}

/// A line of the text around the word that begins at a byte of it.
fn line_at(text: &[u8], at: usize) -> Option<String> {
    highlight::line_at(simdutf8::basic::from_utf8(text).ok()?, at, SNIPPET_CHARS)
}
