//! Rows of one condition, newest first, and the rows that several conditions share. Each stream is read in batches and
//! can be asked for the first row at or below another, so that a rare condition leads and a common one only answers.

use crate::store::{Error, Store};
use rusqlite::types::Value;
use rusqlite::{ToSql, params_from_iter};
use std::sync::atomic::{AtomicBool, Ordering};

/// A condition as a query that ends in `<= ? ORDER BY … DESC LIMIT ?`.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// The query.
    pub sql: String,
    /// Its arguments before the last two.
    pub args: Vec<Value>,
    /// Rows of it do not answer.
    pub negative: bool,
    /// Beginning to read costs as much as reading all: read once.
    pub dear: bool,
}

/// Rows of a first batch when one is looked for somewhere else.
const SMALL: usize = 16;
/// Rows of the largest batch.
const LARGE: usize = 8192;

struct Stream<'a> {
    source: &'a Source,
    batch: Vec<i64>,
    at: usize,
    size: usize,
    /// How many rows of the batch were asked for.
    used: usize,
    done: bool,
}

/// The rows that all positive streams share and no negative one has.
pub(super) struct Crossing<'a> {
    positive: Vec<Stream<'a>>,
    negative: Vec<Stream<'a>>,
}

impl<'a> Crossing<'a> {
    /// Over these sources, at least one of them positive; `limit`: how many rows are likely to be asked for.
    pub fn new(sources: &'a [Source], limit: usize) -> Self {
        let several = sources.len() > 1;
        let size = if several { 4 * SMALL } else { limit.clamp(SMALL, LARGE) };
        let stream = |source: &'a Source| Stream { source, batch: Vec::new(), at: 0, size, used: 0, done: false };
        let (negative, positive): (Vec<_>, Vec<_>) = sources.iter().partition(|s| s.negative);
        Self {
            positive: positive.into_iter().map(stream).collect(),
            negative: negative.into_iter().map(stream).collect(),
        }
    }

    /// The highest row at or below `bound` that answers.
    pub fn next(&mut self, store: &Store, mut bound: i64, stop: &AtomicBool) -> Result<Option<i64>, Error> {
        'row: loop {
            // Every stream moves down to the lowest row seen until all stand on the same one.
            let mut agreed = 0;
            let count = self.positive.len();
            for at in (0..count).cycle() {
                if agreed == count {
                    break;
                }
                let Some(stream) = self.positive.get_mut(at) else { return Ok(None) };
                let Some(row) = stream.seek(store, bound, stop)? else { return Ok(None) };
                agreed = if row < bound { 1 } else { agreed + 1 };
                bound = row;
            }
            for stream in &mut self.negative {
                if stream.seek(store, bound, stop)? == Some(bound) {
                    let Some(below) = bound.checked_sub(1) else { return Ok(None) };
                    bound = below;
                    continue 'row;
                }
            }
            return Ok(Some(bound));
        }
    }
}

impl Stream<'_> {
    /// The highest row at or below `bound`.
    fn seek(&mut self, store: &Store, bound: i64, stop: &AtomicBool) -> Result<Option<i64>, Error> {
        loop {
            let rest = self.batch.get(self.at..).unwrap_or_default();
            self.at += if rest.first().is_some_and(|row| *row <= bound) {
                0
            } else {
                rest.partition_point(|row| *row > bound)
            };
            if let Some(row) = self.batch.get(self.at) {
                self.used += 1;
                return Ok(Some(*row));
            }
            if self.done {
                return Ok(None);
            }
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Interrupted);
            }
            self.fetch(store, bound)?;
        }
    }

    fn fetch(&mut self, store: &Store, bound: i64) -> Result<(), Error> {
        // Most of the last batch was of use: a larger one. Little was: the next row is far away.
        let below = self.batch.last().and_then(|last| last.checked_sub(1));
        self.size = match below {
            _ if self.source.dear => usize::MAX >> 1,
            Some(_) if self.used * 4 >= self.batch.len() => (self.size * 4).min(LARGE),
            Some(_) => SMALL,
            None => self.size,
        };
        self.used = 0;
        let bound = below.map_or(bound, |below| below.min(bound));
        let when = Error::when("read");
        let mut statement = store.db.prepare_cached(&self.source.sql).map_err(&when)?;
        let size = self.size as i64;
        let tail: [&dyn ToSql; 2] = [&bound, &size];
        let args = self.source.args.iter().map(|arg| arg as &dyn ToSql).chain(tail);
        let rows = statement.query_map(params_from_iter(args), |row| row.get(0)).map_err(&when)?;
        self.batch = rows.collect::<Result<_, _>>().map_err(&when)?;
        self.at = 0;
        self.done = self.batch.len() < self.size;
        Ok(())
    }
}
