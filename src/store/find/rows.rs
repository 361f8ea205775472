//! Rows of a list from their numbers, with a line of text around the first hit.

use crate::search::filter::Filter;
use crate::search::highlight::{Query, early_snippet, snippet};
use crate::store::row::{COLUMNS, read};
use crate::store::text::Bytes;
use crate::store::{Error, Row, Store};
use rusqlite::OptionalExtension;
use std::sync::atomic::{AtomicBool, Ordering};

/// Characters of a snippet: more than a list shows, so that it can be cut to its width.
const SNIPPET: usize = 160;

/// Bytes of a text that are looked into before the rest: most reports name early what they are about.
const EARLY: usize = if cfg!(test) { 40 } else { 1536 };

/// A line of the text around its first hit.
fn line_of(text: &[u8], query: &Query) -> Option<String> {
    let early = text.get(..EARLY).and_then(|part| part.get(..part.iter().rposition(|byte| *byte == b' ')?));
    let early = early.and_then(|part| simdutf8::basic::from_utf8(part).ok());
    early
        .and_then(|part| early_snippet(part, query, SNIPPET))
        .or_else(|| snippet(simdutf8::basic::from_utf8(text).ok()?, query, SNIPPET))
        .map(|(line, _)| line)
}

impl Store {
    /// The rows of those numbers, in their order and without lines of text; numbers of reports that are gone are left out.
    pub(super) fn rows_of(&self, numbers: &[i64]) -> Result<Vec<Row>, Error> {
        let when = Error::when("read");
        let mut statement = self.db.prepare_cached(&format!("SELECT {COLUMNS} WHERE r.row = ?1")).map_err(&when)?;
        let mut out = Vec::with_capacity(numbers.len());
        for number in numbers {
            let found: Option<(i64, Row)> =
                statement.query_map([number], read).and_then(|mut rows| rows.next().transpose()).map_err(&when)?;
            let Some((_, mut row)) = found else { continue };
            row.people = self.people_of(*number)?;
            out.push(row);
        }
        Ok(out)
    }

    /// Gives the rows that have none a line of their text around the first hit, those from `first` on before the others:
    /// until one has any, where `one` is enough. Tells whether all were looked into.
    pub fn add_lines(
        &self,
        rows: &mut [Row],
        filter: &Filter,
        (first, one): (usize, bool),
        stop: &AtomicBool,
    ) -> Result<bool, Error> {
        let mut query = Query::from(filter);
        if query.is_empty() {
            return Ok(true);
        }
        for word in filter.phrases().iter().flat_map(|phrase| phrase.words()) {
            if word.squeezed().is_some() && !self.knows_word(word)? {
                query = query.taking_keystrokes();
                break;
            }
        }
        let (before, after) = rows.split_at_mut(first.min(rows.len()));
        let mut without = after.iter_mut().chain(before).filter(|row| row.snippet.is_none());
        while let Some(row) = without.next() {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Interrupted);
            }
            // A text that is damaged says so when it is opened; the list goes on.
            row.snippet = self.text_of(&row.id)?.and_then(|text| line_of(&text, &query));
            if one && row.snippet.is_some() {
                return Ok(without.next().is_none());
            }
        }
        Ok(true)
    }

    /// The text of a report; nothing where it is damaged or gone.
    fn text_of(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        self.db
            .prepare_cached("SELECT text FROM body WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok(row.get(0).ok().map(|Bytes(text)| text))).optional())
            .map(Option::flatten)
            .map_err(Error::when("read"))
    }

    /// The names of a report's people, in order.
    pub(in crate::store) fn people_of(&self, row: i64) -> Result<Vec<String>, Error> {
        self.db
            .prepare_cached("SELECT name FROM person WHERE report = ?1 ORDER BY place")
            .and_then(|mut s| s.query_map([row], |row| row.get(0))?.collect())
            .map_err(Error::when("read"))
    }
}
