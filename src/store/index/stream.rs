//! Streams of row numbers, newest (highest) first, and how they are merged. A leaf reads one SQL condition in batches;
//! a tree of them is an intersection or a union. The one operation is `seek(bound)`: the highest row at or below
//! `bound`. Each condition can therefore skip to where another one is, so that a rare condition leads and a common one
//! is only probed:
//!
//! ```text
//! rare      97           41              12
//! common    97 96 95 ..  43 41 40 ..     13 11      seek(97)=97  seek(41)=41  seek(12)=11
//!           ▲ all agree  ▲ all agree     ▲ 11 < 12: the rare stream seeks 11, and so on
//! ```
//!
//! Batches grow while most of their rows are used, and stay small while the streams jump: a query costs the same to
//! begin as a few hundred rows cost to read.

use super::ReportIndex;
use crate::store::StoreError;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, ToSql, params_from_iter};
use std::sync::atomic::{AtomicBool, Ordering};

/// A condition as a query for numbers of rows.
#[derive(Clone, Debug)]
pub(super) struct RowSource {
    /// The query from its tables to its last condition.
    pub sql: String,
    /// The column of the row number in it.
    pub row: &'static str,
    /// Arguments of each alternative; a row belongs to the source if any alternative finds it. One query each.
    pub alternatives: Vec<Vec<Value>>,
    /// Fetch everything in one batch: FTS5 evaluates a prefix or an OR of phrases completely before it yields the first
    /// row. The same holds for several alternatives, whose rows must be sorted.
    pub read_at_once: bool,
}

/// Conditions combined: intersections and unions, with one SQL condition at each leaf.
#[derive(Clone, Debug)]
pub(super) enum ConditionTree {
    Leaf(RowSource),
    /// All of the first list (at least one) and none of the second.
    All(Vec<ConditionTree>, Vec<ConditionTree>),
    Any(Vec<ConditionTree>),
}

impl ConditionTree {
    /// The same tree in parts that are each quick to read: one for each alternative of the first source that has
    /// several. A row is in the tree if it is in any part, but which rows are newest is known only when all parts are
    /// read.
    pub fn one_by_one(&self) -> Vec<Self> {
        let several = |tree: &Self| matches!(tree, Self::Leaf(source) if source.alternatives.len() > 1);
        match self {
            Self::Leaf(source) => {
                let turn =
                    |turn: &Vec<Value>| Self::Leaf(RowSource { alternatives: vec![turn.clone()], ..source.clone() });
                source.alternatives.iter().map(turn).collect()
            }
            Self::All(positive, negative) if positive.iter().any(several) => {
                let (parted, mut others): (Vec<_>, Vec<_>) = positive.iter().cloned().partition(several);
                let (first, rest) = parted.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
                others.extend_from_slice(rest);
                let parts = first.into_iter().flat_map(Self::one_by_one);
                parts.map(|part| Self::All([vec![part], others.clone()].concat(), negative.clone())).collect()
            }
            other => vec![other.clone()],
        }
    }
}

/// Rows of the first batch if few rows are likely to be read.
const FIRST_BATCH: usize = 16;
/// Rows of a batch if few rows of the last one were used: reading this many costs as much as beginning a query.
const SPARSE_BATCH: usize = 256;
/// The next batch is larger if at least one row in this many was used.
const ROWS_PER_USED: usize = 32;
/// Rows of the largest batch: 64 KiB of numbers.
const LARGEST_BATCH: usize = 8192;

/// Reads the rows of one source in batches, newest first, merged if the source has several alternatives.
pub(super) struct MergedRows<'a> {
    source: &'a RowSource,
    batch: Vec<i64>,
    /// Position in `batch` of the row returned last, or of the next one.
    at: usize,
    /// Rows to read into a batch.
    size: usize,
    /// Size of the smallest batch after the first.
    least: usize,
    /// Number of rows of the batch that were returned.
    used: usize,
    /// Whether `batch` is the last one.
    done: bool,
}

/// The rows of a tree of conditions.
pub(super) enum RowStream<'a> {
    Leaf(MergedRows<'a>),
    All(Vec<RowStream<'a>>, Vec<RowStream<'a>>),
    Any(Vec<RowStream<'a>>),
}

impl RowSource {
    /// Number of rows at or above `from`.
    pub fn count(&self, index: &ReportIndex<'_>, mut from: i64, stop: &AtomicBool) -> Result<usize, StoreError> {
        if stop.load(Ordering::Relaxed) {
            return Err(StoreError::Interrupted);
        }
        let [args] = self.alternatives.as_slice() else {
            let rows = self.read(index, i64::MAX, usize::MAX >> 1, stop)?;
            return Ok(rows.partition_point(|row| *row >= from));
        };
        let Self { sql, row, .. } = self;
        let step = index.store.thresholds.count_step;
        let few = format!("SELECT count(*) FROM (SELECT 1 FROM {sql} AND {row} >= ? LIMIT {step})");
        // Counts in steps, so that `stop` is seen in between. OFFSET passes rows over at half the cost of counting
        // them, and the index is read faster upwards than downwards.
        let next = format!("SELECT {row} FROM {sql} AND {row} >= ? ORDER BY {row} LIMIT 1 OFFSET {step}");
        let rest = format!("SELECT count(*) FROM {sql} AND {row} >= ?");
        let counted = |sql, from| Ok(number(index, sql, args, from)?.unwrap_or_default() as usize);
        if self.read_at_once {
            return counted(&rest, from);
        }
        let mut total = counted(&few, from)?;
        if total < step {
            return Ok(total);
        }
        total = 0;
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(StoreError::Interrupted);
            }
            let Some(later) = number(index, &next, args, from)? else { return Ok(total + counted(&rest, from)?) };
            total += step;
            from = later;
        }
    }

    /// The highest rows at or below `bound`, at most `most`, highest first.
    fn read(
        &self,
        index: &ReportIndex<'_>,
        bound: i64,
        most: usize,
        stop: &AtomicBool,
    ) -> Result<Vec<i64>, StoreError> {
        let when = StoreError::when("read");
        let RowSource { sql, row, alternatives, .. } = self;
        let sql = format!("SELECT {row} FROM {sql} AND {row} <= ? ORDER BY {row} DESC LIMIT ?");
        let mut statement = index.store.db.prepare_cached(&sql).map_err(&when)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let tail: [&dyn ToSql; 2] = [&bound, &most];
        let mut all = Vec::new();
        for args in alternatives {
            if stop.load(Ordering::Relaxed) {
                return Err(StoreError::Interrupted);
            }
            let args = args.iter().map(|arg| arg as &dyn ToSql).chain(tail);
            let mut rows = statement.query(params_from_iter(args)).map_err(&when)?;
            while let Some(row) = rows.next().map_err(&when)? {
                all.push(row.get(0).map_err(&when)?);
            }
        }
        if alternatives.len() > 1 {
            all.sort_unstable_by(|one: &i64, other| other.cmp(one));
        }
        if self.read_at_once {
            all.dedup();
        }
        Ok(all)
    }

    /// Calls `take` with all rows in batches of `size`, highest first. Only for a source of one alternative.
    pub fn each_batch(
        &self,
        index: &ReportIndex<'_>,
        size: usize,
        stop: &AtomicBool,
        mut take: impl FnMut(&[i64]),
    ) -> Result<(), StoreError> {
        let mut bound = i64::MAX;
        loop {
            let rows = self.read(index, bound, size, stop)?;
            take(&rows);
            match rows.last().and_then(|last| last.checked_sub(1)) {
                Some(below) if rows.len() >= size => bound = below,
                _ => return Ok(()),
            }
        }
    }

    /// Number of rows above `row`, which is its position in the list; `None` if the source does not have it.
    pub fn place_of(&self, index: &ReportIndex<'_>, row: i64, stop: &AtomicBool) -> Result<Option<usize>, StoreError> {
        let mut stream = MergedRows::new(self, 1);
        if stream.seek(index, row, stop)? != Some(row) {
            return Ok(None);
        }
        self.count(index, row.saturating_add(1), stop).map(Some)
    }
}

/// The result of a query about the rows from `from` on; `None` if it has no row.
fn number(index: &ReportIndex<'_>, sql: &str, args: &[Value], from: i64) -> Result<Option<i64>, StoreError> {
    let args = args.iter().map(|arg| arg as &dyn ToSql).chain([&from as &dyn ToSql]);
    let read =
        index.store.db.prepare(sql).and_then(|mut s| s.query_row(params_from_iter(args), |row| row.get(0)).optional());
    read.map_err(StoreError::when("read"))
}

impl<'a> RowStream<'a> {
    /// Opens the streams of a tree. `limit` is the number of rows that are likely to be read, `LARGEST_BATCH` or more
    /// for all.
    pub fn new(tree: &'a ConditionTree, limit: usize) -> Self {
        match tree {
            ConditionTree::Leaf(source) => {
                RowStream::Leaf(MergedRows::new(source, limit.clamp(FIRST_BATCH, LARGEST_BATCH)))
            }
            ConditionTree::All(positive, negative) => {
                // Streams that are intersected skip rows, so each reads more than `limit` rows, but not many at a time.
                let few = positive.len() + negative.len() > 1 && limit < LARGEST_BATCH;
                let limit = if few { 4 * FIRST_BATCH } else { limit };
                let rows = |trees: &'a [ConditionTree]| trees.iter().map(|tree| RowStream::new(tree, limit)).collect();
                RowStream::All(rows(positive), rows(negative))
            }
            ConditionTree::Any(parts) => RowStream::Any(parts.iter().map(|tree| RowStream::new(tree, limit)).collect()),
        }
    }

    /// The highest row at or below `bound` that is in the tree.
    pub fn seek(&mut self, index: &ReportIndex<'_>, bound: i64, stop: &AtomicBool) -> Result<Option<i64>, StoreError> {
        match self {
            RowStream::Leaf(stream) => stream.seek(index, bound, stop),
            RowStream::All(positive, negative) => shared(positive, negative, index, bound, stop),
            RowStream::Any(parts) => {
                let mut highest = None;
                for part in parts {
                    highest = highest.max(part.seek(index, bound, stop)?);
                    // No other part can have a higher row.
                    if highest == Some(bound) {
                        break;
                    }
                }
                Ok(highest)
            }
        }
    }
}

/// Intersection: the highest row at or below `bound` that all `positive` streams have and no `negative` one.
fn shared(
    positive: &mut [RowStream<'_>],
    negative: &mut [RowStream<'_>],
    index: &ReportIndex<'_>,
    mut bound: i64,
    stop: &AtomicBool,
) -> Result<Option<i64>, StoreError> {
    'row: loop {
        // Leapfrog: in turn, every stream seeks the lowest row seen so far, until all agree on one.
        let mut agreed = 0;
        let count = positive.len();
        for at in (0..count).cycle() {
            if agreed == count {
                break;
            }
            let Some(rows) = positive.get_mut(at) else { return Ok(None) };
            let Some(row) = rows.seek(index, bound, stop)? else { return Ok(None) };
            agreed = if row < bound { 1 } else { agreed + 1 };
            bound = row;
        }
        for rows in &mut *negative {
            if rows.seek(index, bound, stop)? == Some(bound) {
                let Some(below) = bound.checked_sub(1) else { return Ok(None) };
                bound = below;
                continue 'row;
            }
        }
        return Ok(Some(bound));
    }
}

impl<'a> MergedRows<'a> {
    /// `size` is the number of rows in the first batch.
    fn new(source: &'a RowSource, size: usize) -> Self {
        Self { source, batch: Vec::new(), at: 0, size, least: size.max(SPARSE_BATCH), used: 0, done: false }
    }

    /// The highest row at or below `bound`.
    fn seek(&mut self, index: &ReportIndex<'_>, bound: i64, stop: &AtomicBool) -> Result<Option<i64>, StoreError> {
        loop {
            // Rows are sought in falling order, mostly one after the other: test the next one before a binary search.
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
            self.fetch(index, bound, stop)?;
        }
    }

    fn fetch(&mut self, index: &ReportIndex<'_>, bound: i64, stop: &AtomicBool) -> Result<(), StoreError> {
        // Much of the last batch was used: read a larger one. Little was: the streams jump, so keep it small.
        let below = self.batch.last().and_then(|last| last.checked_sub(1));
        self.size = match below {
            _ if self.source.read_at_once => usize::MAX >> 1,
            Some(_) if self.used * ROWS_PER_USED >= self.batch.len() => (self.size * 4).min(LARGEST_BATCH),
            Some(_) => self.least,
            None => self.size,
        };
        self.used = 0;
        let bound = below.map_or(bound, |below| below.min(bound));
        self.batch = self.source.read(index, bound, self.size, stop)?;
        self.at = 0;
        self.done = self.batch.len() < self.size;
        Ok(())
    }
}
