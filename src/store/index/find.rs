//! Lists: a window of the rows that answer a filter, and how many there are. A filter becomes streams of rows, newest
//! first, which are crossed until the window is full (`plan`, `stream`); where the index cannot tell all, each row is
//! held against its text (`check`). `find_first` gives the window before the count is known; a search that is no longer
//! wanted is stopped by its flag.

use super::plan::{QueryPlan, RowGoal};
use super::post_filter::PostFilter;
use super::stream::{ConditionTree, RowStream};
use super::{ListWindow, ReportIndex, Sort};
use crate::search::filter::Filter;
use crate::store::{StoreError, cache};
use crate::text::collate;
use rusqlite::params;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Windows that begin later than this are cut out of the whole list instead of being counted off.
const FAR: usize = 2000;

/// Which state of the cache and of the reader's marks.
type CacheState = (i64, i64, u64);

/// What has been found out, good as long as nothing changes.
#[derive(Debug, Default)]
pub(in crate::store) struct FindCache {
    /// How many reports there are.
    all: Option<(CacheState, usize)>,
    matches: Option<FilterMatches>,
}

/// Reports that are looked into in vain before the index is asked for exactly what is wanted.
const PATIENCE: usize = if cfg!(test) { 1 } else { 512 };

/// And so many more for each report that was not looked into in vain.
const HOPE: usize = if cfg!(test) { 1 } else { 64 };

/// Which of the rows that answer are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MatchingRows {
    /// As many of the newest as were asked for, or all.
    All,
    /// Fewer of the newest.
    First,
    /// Some that were found before all were looked for.
    Some,
}

/// What is known of all that answers the last filter.
#[derive(Debug)]
struct FilterMatches {
    filter: Filter,
    sort: Sort,
    version: CacheState,
    total: usize,
    /// Their rows in order; nothing where they were only counted.
    rows: Option<Vec<i64>>,
}

impl ReportIndex<'_> {
    /// The rows that answer `filter`: `limit` of them from `offset` on, and the counts.
    pub fn find(&self, filter: &Filter, sort: Sort, offset: usize, limit: usize) -> Result<ListWindow, StoreError> {
        let never = AtomicBool::new(false);
        self.count(filter, sort, &never)?;
        self.find_first(filter, sort, offset, limit, &never)
    }

    /// The window alone, as soon as it is known. Where `counted` is not set in the answer, `total` is only what was seen
    /// so far; `count` tells the rest. Ends with `Error::Interrupted` soon after `stop` is set.
    pub fn find_first(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
        stop: &AtomicBool,
    ) -> Result<ListWindow, StoreError> {
        self.find_window(filter, sort, (offset, limit), false, stop)
    }

    /// The window, or only its first rows where finding them all would take long: then `counted` is not set. The rows have
    /// no lines of text yet (`add_lines`).
    pub fn find_soon(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
        stop: &AtomicBool,
    ) -> Result<ListWindow, StoreError> {
        self.find_window(filter, sort, (offset, limit), true, stop)
    }

    fn find_window(
        &self,
        filter: &Filter,
        sort: Sort,
        (offset, limit): (usize, usize),
        soon: bool,
        stop: &AtomicBool,
    ) -> Result<ListWindow, StoreError> {
        self.as_of_one_moment(|| {
            let all = self.count_all()?;
            let known = self.look_up(filter, sort, |matches| {
                (matches.total, matches.rows.as_ref().map(|rows| window(rows, offset, limit)))
            })?;
            let near = sort == Sort::Date && offset.saturating_add(limit) <= FAR;
            let mut some = false;
            let (window, total, counted) = match known {
                Some((total, Some(window))) => (window, total, true),
                _ if near => {
                    let wanted = offset + limit + 1;
                    // Some rows of the window, at least one.
                    let enough = if soon { offset + 1 } else { wanted };
                    let (seen, which) = self.matching(filter, (enough, wanted), stop)?;
                    some = which == MatchingRows::Some;
                    let whole = which == MatchingRows::All;
                    let ended = whole && seen.len() < wanted;
                    let total = known.filter(|_| !ended).map(|(total, _)| total);
                    let counted = ended || (whole && total.is_some());
                    (window(&seen, offset, limit), total.unwrap_or(seen.len()), counted)
                }
                _ => self.list(filter, sort, stop, |rows| (window(rows, offset, limit), rows.len(), true))?,
            };
            let mut rows = self.rows_of(&window)?;
            if !soon {
                self.add_lines(&mut rows, filter, (0, false), stop)?;
            }
            Ok(ListWindow { rows, offset, total, all, counted, some })
        })
    }

    /// How many reports answer. What is found out is kept for windows of the same filter and order.
    pub fn count(&self, filter: &Filter, sort: Sort, stop: &AtomicBool) -> Result<usize, StoreError> {
        self.as_of_one_moment(|| {
            if let Some(total) = self.look_up(filter, sort, |matches| matches.total)? {
                return Ok(total);
            }
            if filter.expr.is_none() {
                return self.count_all();
            }
            let plan = self.plan(filter, RowGoal::All)?;
            match (&plan.tree, &plan.left) {
                (ConditionTree::Leaf(source), None) if !source.dear => {
                    let total = source.count(&self.store.db, i64::MIN, stop)?;
                    self.note(filter, sort, total, None)?;
                    Ok(total)
                }
                _ => self.list(filter, sort, stop, <[i64]>::len),
            }
        })
    }

    /// Whether the report of that id answers.
    pub fn answers(&self, filter: &Filter, id: &str) -> Result<bool, StoreError> {
        self.as_of_one_moment(|| {
            let Some((_, row)) = self.store.cache().numbers_of(id)? else { return Ok(false) };
            PostFilter::new(*self, filter)?.holds(row)
        })
    }

    /// Where the report of that id stands among all that answer, from 0; nothing where it does not answer.
    pub fn place_of(
        &self,
        filter: &Filter,
        sort: Sort,
        id: &str,
        stop: &AtomicBool,
    ) -> Result<Option<usize>, StoreError> {
        self.as_of_one_moment(|| {
            let Some((_, row)) = self.store.cache().numbers_of(id)? else { return Ok(None) };
            let listed = self.look_up(filter, sort, |matches| matches.rows.is_some())?.unwrap_or_default();
            if sort == Sort::Date && !listed {
                let plan = self.plan(filter, RowGoal::All)?;
                if let (ConditionTree::Leaf(source), None) = (&plan.tree, &plan.left)
                    && !source.dear
                {
                    return source.place_of(&self.store.db, row, stop);
                }
            }
            self.list(filter, sort, stop, |rows| rows.iter().position(|r| *r == row))
        })
    }

    /// What `look` sees in the list of all rows that answer, in order. The list is kept.
    fn list<T>(
        &self,
        filter: &Filter,
        sort: Sort,
        stop: &AtomicBool,
        look: impl Fn(&[i64]) -> T,
    ) -> Result<T, StoreError> {
        if let Some(seen) = self.look_up(filter, sort, |matches| matches.rows.as_deref().map(&look))?.flatten() {
            return Ok(seen);
        }
        let (mut rows, _) = self.matching(filter, (usize::MAX, usize::MAX), stop)?;
        self.put_in_order(&mut rows, filter, sort)?;
        let seen = look(&rows);
        self.note(filter, sort, rows.len(), Some(rows))?;
        Ok(seen)
    }

    /// Runs `work` within one transaction for reading: what it reads belongs together, and the files are locked once
    /// instead of at each statement.
    fn as_of_one_moment<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if !self.store.db.is_autocommit() {
            return work();
        }
        let reading = self.store.db.unchecked_transaction().map_err(StoreError::when("read"))?;
        let done = work()?;
        reading.finish().map_err(StoreError::when("read"))?;
        Ok(done)
    }

    /// Rows that answer, newest first: at most `limit` of them, and fewer but at least `enough` where the others would
    /// take long.
    fn matching(
        &self,
        filter: &Filter,
        (enough, limit): (usize, usize),
        stop: &AtomicBool,
    ) -> Result<(Vec<i64>, MatchingRows), StoreError> {
        let mut out = Vec::new();
        let mut bound = i64::MAX;
        if limit < usize::MAX {
            let plan = self.plan(filter, RowGoal::First)?;
            let Some(rest) = self.walk(&plan, (bound, PATIENCE), (limit, &mut out), stop)? else {
                return Ok((out, MatchingRows::All));
            };
            if out.len() >= enough {
                return Ok((out, MatchingRows::First));
            }
            // Most of those that were looked into are no answers: the index is asked for more.
            bound = rest;
        }
        let plan = self.plan(filter, RowGoal::All)?;
        let parts = plan.tree.one_by_one();
        if enough == 1 && enough < limit && out.is_empty() && parts.len() > 1 {
            // Those of the first part that has any: better than nothing before the last one is looked for.
            for tree in parts {
                let part = QueryPlan { tree, left: plan.left.clone() };
                self.walk(&part, (bound, usize::MAX), (limit, &mut out), stop)?;
                if !out.is_empty() {
                    return Ok((out, MatchingRows::Some));
                }
            }
            return Ok((out, MatchingRows::All));
        }
        self.walk(&plan, (bound, usize::MAX), (limit, &mut out), stop)?;
        Ok((out, MatchingRows::All))
    }

    /// Adds the rows of a plan at or below `bound` that answer, as long as there are fewer than `limit`. Where more than
    /// `patience` reports were looked into in vain, gives the row to go on from.
    fn walk(
        &self,
        plan: &QueryPlan,
        (mut bound, mut patience): (i64, usize),
        (limit, out): (usize, &mut Vec<i64>),
        stop: &AtomicBool,
    ) -> Result<Option<i64>, StoreError> {
        let mut rows = RowStream::new(&plan.tree, limit);
        let check = plan.left.as_ref().map(|left| PostFilter::new(*self, left)).transpose()?;
        while out.len() < limit {
            if stop.load(Ordering::Relaxed) {
                return Err(StoreError::Interrupted);
            }
            let Some(row) = rows.seek(&self.store.db, bound, stop)? else { break };
            let holds = match &check {
                Some(check) => check.holds(row)?,
                None => true,
            };
            let Some(next) = row.checked_sub(1) else { break };
            bound = next;
            if holds {
                out.push(row);
                patience = patience.saturating_add(HOPE);
            } else if patience == 0 {
                return Ok(Some(bound));
            } else {
                patience -= 1;
            }
        }
        Ok(None)
    }

    fn put_in_order(&self, rows: &mut [i64], filter: &Filter, sort: Sort) -> Result<(), StoreError> {
        match sort {
            Sort::Date => {}
            Sort::Added => {
                let added = self.by_row::<i64>("SELECT row, body FROM report")?;
                rows.sort_by_cached_key(|row| std::cmp::Reverse(added.get(row).copied()));
            }
            Sort::Title => {
                let titles = self.by_row::<String>("SELECT row, title FROM report")?;
                rows.sort_by_cached_key(|row| titles.get(row).map(|title| collate::key(title)));
            }
            Sort::Unit => {
                let units = self.by_row::<Option<String>>("SELECT row, unit FROM report")?;
                let key = |row: &i64| units.get(row).and_then(|u| u.as_ref()).map(|unit| collate::key(unit));
                // Reports of no unit come last.
                rows.sort_by_cached_key(|row| key(row).map_or((1, Vec::new()), |key| (0, key)));
            }
            Sort::Relevance => {
                if let Some(asked) = self.asked_words(filter)? {
                    let scores = self.scores(&asked)?;
                    let score = |row: &i64| scores.get(row).copied().unwrap_or(0.0);
                    rows.sort_by(|a, b| score(a).total_cmp(&score(b)));
                }
            }
        }
        Ok(())
    }

    /// A value of each report by its row.
    fn by_row<T: rusqlite::types::FromSql>(&self, sql: &str) -> Result<HashMap<i64, T>, StoreError> {
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// How well each row answers the words: lower is better; a word in the title counts as several in the text.
    fn scores(&self, asked: &str) -> Result<HashMap<i64, f64>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT rowid, bm25(words, 1.0, 8.0) FROM words WHERE words MATCH ?1")
            .and_then(|mut s| s.query_map(params![asked], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// What `look` sees in what is known of the filter's answers; nothing where none of it is known, or the cache is
    /// another by now.
    fn look_up<T>(
        &self,
        filter: &Filter,
        sort: Sort,
        look: impl FnOnce(&FilterMatches) -> T,
    ) -> Result<Option<T>, StoreError> {
        let held = self.store.found.borrow();
        let Some(matches) = held.matches.as_ref().filter(|m| m.sort == sort && m.filter == *filter) else {
            return Ok(None);
        };
        Ok((matches.version == self.version()?).then(|| look(matches)))
    }

    fn note(&self, filter: &Filter, sort: Sort, total: usize, rows: Option<Vec<i64>>) -> Result<(), StoreError> {
        let version = self.version()?;
        self.store.found.borrow_mut().matches =
            Some(FilterMatches { filter: filter.clone(), sort, version, total, rows });
        Ok(())
    }

    /// Changes with every change of the cache or of the reader's marks, in this process or another.
    fn version(&self) -> Result<CacheState, StoreError> {
        let user: i64 = self
            .store
            .db
            .prepare_cached("PRAGMA user.data_version")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))?;
        Ok((self.store.data_version()?, user, self.store.db.total_changes()))
    }

    fn count_all(&self) -> Result<usize, StoreError> {
        let version = self.version()?;
        if let Some((_, all)) = self.store.found.borrow().all.filter(|known| known.0 == version) {
            return Ok(all);
        }
        let count: i64 = cache::number(&self.store.db, "SELECT count(*) FROM report")?;
        let all = usize::try_from(count).unwrap_or_default();
        self.store.found.borrow_mut().all = Some((version, all));
        Ok(all)
    }
}

fn window(rows: &[i64], offset: usize, limit: usize) -> Vec<i64> {
    rows.iter().skip(offset).take(limit).copied().collect()
}
