//! Finds a window of the reports that match a filter, their number, and the position of one of them. Rows are found
//! newest first and no further than the window needs, so the first screen does not wait for the count; a search that is
//! no longer wanted ends soon after its flag is set.
//!
//! ```text
//! Filter ─ plan ─▶ QueryPlan { tree, residual }
//!                    tree: streams of row numbers, newest first, merged  (stream.rs)
//!                    residual: what the index cannot decide              (post_filter.rs)
//!                  ─ scan ─▶ row numbers ─ rows_of ─▶ rows of the list
//! ```
//!
//! The row numbers of all matches of the last filter are kept (`FindCache`), because a reader scrolls and counts the
//! same list again and again. They are valid while `CacheState` is the same.

use super::post_filter::PostFilter;
use super::query_plan::{QueryPlan, RowGoal};
use super::stories::StoryRowChoice;
use super::stream::{ConditionTree, RowStream};
use super::{ListWindow, ReportIndex, Sort, dated_row_numbers};
use crate::search::filter::{Expr, Filter, MarkState};
use crate::store::{StoreError, cache};
use crate::text::collate;
use rusqlite::params;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Date-ordered windows that end later than this are cut out of the whole list, which is then kept, instead of being
/// counted off from the newest report each time.
const FAR_WINDOW_END: usize = 2000;

/// Which state of the cache and of the reader's marks: `data_version` of both files (changes by other connections) and
/// this connection's own changes.
type CacheState = (i64, i64, u64);

/// A part of a list: at most `limit` rows, the first at position `offset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowBounds {
    pub offset: usize,
    pub limit: usize,
}

impl WindowBounds {
    /// The window of the first `limit` rows.
    pub fn first(limit: usize) -> Self {
        Self { offset: 0, limit }
    }

    /// The window of all rows, however many.
    pub fn all() -> Self {
        // Halved, so that an offset can be added.
        Self::first(usize::MAX >> 1)
    }

    fn of(self, rows: &[i64]) -> Vec<i64> {
        rows.iter().skip(self.offset).take(self.limit).copied().collect()
    }
}

/// Row numbers of a window, and the counts that `ListWindow` has.
struct NumberWindow {
    numbers: Vec<i64>,
    total: usize,
    all: usize,
    counted: bool,
    some: bool,
}

/// Results of the last searches, each with the state of the cache for which it is valid.
#[derive(Debug, Default)]
pub(in crate::store) struct FindCache {
    /// Number of reports in the cache.
    all: Option<(CacheState, usize)>,
    matches: Option<FilterMatches>,
}

/// Which of the matching rows were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MatchingRows {
    /// The newest, in the number demanded, or all that there are.
    All,
    /// The newest, but fewer than demanded.
    First,
    /// Those of one alternative, before the others were searched: perhaps not the newest.
    Some,
}

/// The number of rows to find.
#[derive(Clone, Copy, Debug)]
struct RowDemand {
    /// Stop after these if the others would take long.
    enough: usize,
    /// Stop after these in any case.
    limit: usize,
}

impl RowDemand {
    const ALL: Self = Self { enough: usize::MAX, limit: usize::MAX };
}

/// Number of non-matching reports that a scan may read. Reading the newest reports and checking each is quick if most
/// of them match, and hopeless if few do; which of the two is known only by trying.
#[derive(Clone, Copy, Debug)]
struct ProbeBudget {
    /// Non-matching reports to read before the scan is given up.
    misses: usize,
    /// Each match extends `misses` by this many.
    extra_per_hit: usize,
}

impl ProbeBudget {
    const UNLIMITED: Self = Self { misses: usize::MAX, extra_per_hit: 0 };
}

/// All matches of the last filter.
#[derive(Debug)]
struct FilterMatches {
    filter: Filter,
    sort: Sort,
    by_story: bool,
    version: CacheState,
    total: usize,
    /// Their rows in order; `None` if they were only counted.
    rows: Option<Vec<i64>>,
}

impl ReportIndex<'_> {
    /// The matching rows of a window, and all counts. Reads no text and no person: see `add_snippets` and `people_of`.
    pub fn find(&self, filter: &Filter, sort: Sort, window: WindowBounds) -> Result<ListWindow, StoreError> {
        let never = AtomicBool::new(false);
        self.count(filter, sort, &never)?;
        self.find_first(filter, sort, window, &never)
    }

    /// The ids of a window of the matching reports, in order. Costs a fraction of reading their rows.
    pub fn find_ids(&self, filter: &Filter, sort: Sort, window: WindowBounds) -> Result<Vec<String>, StoreError> {
        self.in_one_snapshot(|| {
            let found = self.find_numbers(filter, sort, window, false, &AtomicBool::new(false))?;
            self.ids_of(&found.numbers)
        })
    }

    /// The window alone, as soon as it is known. If `counted` is not set in the result, `total` is only what was seen
    /// so far and `count` gives the rest. `StoreError::Interrupted` soon after `stop` is set.
    pub fn find_first(
        &self,
        filter: &Filter,
        sort: Sort,
        window: WindowBounds,
        stop: &AtomicBool,
    ) -> Result<ListWindow, StoreError> {
        self.find_window(filter, sort, window, false, stop)
    }

    /// The window, or only its first rows if finding them all would take long: then `counted` is not set.
    pub fn find_soon(
        &self,
        filter: &Filter,
        sort: Sort,
        window: WindowBounds,
        stop: &AtomicBool,
    ) -> Result<ListWindow, StoreError> {
        self.find_window(filter, sort, window, true, stop)
    }

    fn find_window(
        &self,
        filter: &Filter,
        sort: Sort,
        window: WindowBounds,
        soon: bool,
        stop: &AtomicBool,
    ) -> Result<ListWindow, StoreError> {
        self.in_one_snapshot(|| {
            let NumberWindow { numbers, total, all, counted, some } =
                self.find_numbers(filter, sort, window, soon, stop)?;
            Ok(ListWindow {
                rows: self.rows_of(&numbers)?,
                offset: window.offset,
                total,
                all,
                counted,
                some,
                undated: None,
            })
        })
    }

    fn find_numbers(
        &self,
        filter: &Filter,
        sort: Sort,
        window: WindowBounds,
        soon: bool,
        stop: &AtomicBool,
    ) -> Result<NumberWindow, StoreError> {
        let all = self.count_all()?;
        let known =
            self.look_up(filter, sort, |matches| (matches.total, matches.rows.as_deref().map(|rows| window.of(rows))))?;
        if let Some((total, Some(numbers))) = known {
            return Ok(NumberWindow { numbers, total, all, counted: true, some: false });
        }
        // Any order but the date needs all matches before its first row is known.
        if sort != Sort::Date || window.offset.saturating_add(window.limit) > FAR_WINDOW_END {
            return self.list(filter, sort, stop, |rows| {
                let (numbers, total) = (window.of(rows), rows.len());
                NumberWindow { numbers, total, all, counted: true, some: false }
            });
        }
        // One row more than wanted shows whether the list ends with the window.
        let limit = window.offset + window.limit + 1;
        let enough = if soon { window.offset + 1 } else { limit };
        let (seen, which) = self.matching(filter, RowDemand { enough, limit }, stop)?;
        let whole = which == MatchingRows::All;
        let ended = whole && seen.len() < limit;
        // A count from before is used, unless this search has reached the end of the list and so knows the number
        // itself.
        let total = known.filter(|_| !ended).map(|(total, _)| total);
        Ok(NumberWindow {
            numbers: window.of(&seen),
            total: total.unwrap_or(seen.len()),
            all,
            counted: ended || (whole && total.is_some()),
            some: which == MatchingRows::Some,
        })
    }

    /// Number of matching reports. The count is kept for windows of the same filter and order.
    pub fn count(&self, filter: &Filter, sort: Sort, stop: &AtomicBool) -> Result<usize, StoreError> {
        self.in_one_snapshot(|| {
            if let Some(total) = self.look_up(filter, sort, |matches| matches.total)? {
                return Ok(total);
            }
            if filter.expr.is_none() {
                return self.count_all();
            }
            let plan = self.plan(filter, RowGoal::All)?;
            match (&plan.tree, &plan.residual) {
                // A single exact condition needs no list of its rows.
                (ConditionTree::Leaf(source), None) if !source.read_at_once => {
                    let total = self.count_rows(source, stop)?;
                    self.note(filter, sort, total, None)?;
                    Ok(total)
                }
                _ => self.list(filter, sort, stop, <[i64]>::len),
            }
        })
    }

    /// The number of reports without a day: in the cache if every report matches, else of those that match except for
    /// the conditions on days, which leave them out. `None` if the filter has no such condition.
    pub fn undated_count(&self, filter: &Filter, stop: &AtomicBool) -> Result<Option<usize>, StoreError> {
        let rest = if filter.is_everything() { Some(Filter::default()) } else { filter.without_days() };
        let Some(rest) = rest else { return Ok(None) };
        if rest.is_everything() {
            let copies = if self.by_story { "AND (story IS NULL OR story = body)" } else { "" };
            return self
                .store
                .db
                .prepare_cached(&format!("SELECT count(*) FROM report WHERE row < ?1 {copies}"))
                .and_then(|mut s| s.query_row([dated_row_numbers::UNDATED.end], |row| row.get(0)))
                .map(Some)
                .map_err(StoreError::when("read"));
        }
        let undated = rest.and(&Filter { expr: Some(Expr::Is(MarkState::Undated)) });
        self.in_one_snapshot(|| Ok(Some(self.matching(&undated, RowDemand::ALL, stop)?.0.len())))
    }

    /// Whether the report of that id matches; false if there is none.
    pub fn matches(&self, filter: &Filter, id: &str) -> Result<bool, StoreError> {
        self.in_one_snapshot(|| {
            let Some((_, row)) = self.store.cache().numbers_of(id)? else { return Ok(false) };
            PostFilter::new(self.store.index(), filter)?.matches(row)
        })
    }

    /// Position of the report of that id among all matches, from 0; `None` if it does not match.
    pub fn place_of(
        &self,
        filter: &Filter,
        sort: Sort,
        id: &str,
        stop: &AtomicBool,
    ) -> Result<Option<usize>, StoreError> {
        self.in_one_snapshot(|| {
            let Some((_, row)) = self.store.cache().numbers_of(id)? else { return Ok(None) };
            let listed = self.look_up(filter, sort, |matches| matches.rows.is_some())?.unwrap_or_default();
            // The same for the position in date order: it is the number of rows above.
            if sort == Sort::Date && !listed {
                let plan = self.plan(filter, RowGoal::All)?;
                if let (ConditionTree::Leaf(source), None) = (&plan.tree, &plan.residual)
                    && !source.read_at_once
                {
                    if !self.chooses()? {
                        return source.place_of(self, row, stop);
                    }
                    if filter.expr.is_none() {
                        return self.position_in_all(row, |row| source.place_of(self, row, stop));
                    }
                }
            }
            self.list(filter, sort, stop, |rows| self.position_in(rows, row))
        })
    }

    /// Applies `look` to the row numbers of all matches, in order. The list is kept for later calls.
    pub(super) fn list<T>(
        &self,
        filter: &Filter,
        sort: Sort,
        stop: &AtomicBool,
        look: impl Fn(&[i64]) -> T,
    ) -> Result<T, StoreError> {
        if let Some(seen) = self.look_up(filter, sort, |matches| matches.rows.as_deref().map(&look))?.flatten() {
            return Ok(seen);
        }
        let (mut rows, _) = self.matching(filter, RowDemand::ALL, stop)?;
        self.put_in_order(&mut rows, filter, sort)?;
        let seen = look(&rows);
        self.note(filter, sort, rows.len(), Some(rows))?;
        Ok(seen)
    }

    /// Runs `work` within one transaction for reading: what it reads belongs together even if another process writes
    /// meanwhile, and the files are locked once instead of at each statement.
    pub(super) fn in_one_snapshot<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if !self.store.db.is_autocommit() {
            return work();
        }
        let reading = self.store.db.unchecked_transaction().map_err(StoreError::when("read"))?;
        let done = work()?;
        reading.finish().map_err(StoreError::when("read"))?;
        Ok(done)
    }

    /// Row numbers of matching reports, newest first.
    ///
    /// Two plans are tried. The first reads few index rows and leaves much to be checked in each report, which finds a
    /// screenful at once if matches are common. If its probe budget runs out, matches are rare: the second plan asks
    /// the index for exactly what is wanted, from where the first one stopped.
    fn matching(
        &self,
        filter: &Filter,
        demand: RowDemand,
        stop: &AtomicBool,
    ) -> Result<(Vec<i64>, MatchingRows), StoreError> {
        let choice = StoryRowChoice::new(self, filter)?;
        let mut scan = RowScan { bound: i64::MAX, limit: demand.limit, found: Vec::new(), choice };
        // If every match is wanted, the exact plan is the best one from the beginning.
        if demand.limit < usize::MAX {
            let thresholds = &self.store.thresholds;
            let budget = ProbeBudget { misses: thresholds.probe_misses, extra_per_hit: thresholds.extra_per_hit };
            if self.scan(&self.plan(filter, RowGoal::First)?, &mut scan, budget, stop)? {
                return Ok((scan.found, MatchingRows::All));
            }
            if scan.found.len() >= demand.enough {
                return Ok((scan.found, MatchingRows::First));
            }
        }
        let plan = self.plan(filter, RowGoal::All)?;
        let parts = plan.tree.one_by_one();
        if demand.enough == 1 && demand.enough < demand.limit && scan.found.is_empty() && parts.len() > 1 {
            // The rows of the first alternative that has any, rather than an empty screen until the last is searched.
            for tree in parts {
                let part = QueryPlan { tree, residual: plan.residual.clone() };
                let choice = StoryRowChoice::new(self, filter)?;
                let mut part_scan = RowScan { found: Vec::new(), choice, ..scan };
                self.scan(&part, &mut part_scan, ProbeBudget::UNLIMITED, stop)?;
                if !part_scan.found.is_empty() {
                    return Ok((part_scan.found, MatchingRows::Some));
                }
            }
            return Ok((scan.found, MatchingRows::All));
        }
        self.scan(&plan, &mut scan, ProbeBudget::UNLIMITED, stop)?;
        Ok((scan.found, MatchingRows::All))
    }

    /// Goes down the rows of a plan and collects those that match, until `scan.limit` are found. False if the budget
    /// ran out before: `scan.bound` is then the row to continue at.
    fn scan(
        &self,
        plan: &QueryPlan,
        scan: &mut RowScan<'_>,
        mut budget: ProbeBudget,
        stop: &AtomicBool,
    ) -> Result<bool, StoreError> {
        let mut rows = RowStream::new(&plan.tree, scan.limit);
        let check = plan.residual.as_ref().map(|residual| PostFilter::new(self.store.index(), residual)).transpose()?;
        while scan.found.len() < scan.limit {
            if stop.load(Ordering::Relaxed) {
                return Err(StoreError::Interrupted);
            }
            let Some(row) = rows.seek(self, scan.bound, stop)? else { break };
            let matches = match &check {
                Some(check) => check.matches(row)?,
                None => true,
            };
            let Some(next) = row.checked_sub(1) else { break };
            scan.bound = next;
            let shown = match &mut scan.choice {
                Some(choice) if matches => choice.shows(self, row)?,
                _ => true,
            };
            if matches && !shown {
                continue;
            }
            if matches {
                scan.found.push(row);
                budget.misses = budget.misses.saturating_add(budget.extra_per_hit);
            } else if budget.misses == 0 {
                return Ok(false);
            } else {
                budget.misses -= 1;
            }
        }
        Ok(true)
    }

    /// Sorts rows that come newest first. Every sort is stable, so equal rows stay newest first.
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

    /// One column of all reports, by row number.
    fn by_row<T: rusqlite::types::FromSql>(&self, sql: &str) -> Result<HashMap<i64, T>, StoreError> {
        self.store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The BM25 score of each row for the words: lower is better. A word in the title weighs as much as eight in the
    /// text.
    fn scores(&self, asked: &str) -> Result<HashMap<i64, f64>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT rowid, bm25(words, 1.0, 8.0) FROM words WHERE words MATCH ?1")
            .and_then(|mut s| s.query_map(params![asked], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// Applies `look` to the kept matches of this filter and order; `None` if there are none, or the cache or the marks
    /// have changed since.
    fn look_up<T>(
        &self,
        filter: &Filter,
        sort: Sort,
        look: impl FnOnce(&FilterMatches) -> T,
    ) -> Result<Option<T>, StoreError> {
        let cached = self.store.found.borrow();
        let Some(matches) = cached.matches.as_ref().filter(|m| self.is_of(m, filter, sort)) else {
            return Ok(None);
        };
        Ok((matches.version == self.version()?).then(|| look(matches)))
    }

    /// Keeps the matches of a filter in place of those of the last one.
    fn note(&self, filter: &Filter, sort: Sort, total: usize, rows: Option<Vec<i64>>) -> Result<(), StoreError> {
        let version = self.version()?;
        self.store.found.borrow_mut().matches =
            Some(FilterMatches { filter: filter.clone(), sort, by_story: self.by_story, version, total, rows });
        Ok(())
    }

    fn is_of(&self, matches: &FilterMatches, filter: &Filter, sort: Sort) -> bool {
        matches.sort == sort && matches.by_story == self.by_story && matches.filter == *filter
    }

    /// Differs after every change of the cache or of the reader's marks, by this process or another.
    fn version(&self) -> Result<CacheState, StoreError> {
        let user: i64 = self
            .store
            .db
            .prepare_cached("PRAGMA user.data_version")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .map_err(StoreError::when("read"))?;
        Ok((self.store.data_version()?, user, self.store.db.total_changes()))
    }

    /// The number of rows of the whole list.
    fn count_all(&self) -> Result<usize, StoreError> {
        Ok(self.count_reports()?.saturating_sub(self.hidden_copies()?))
    }

    fn count_reports(&self) -> Result<usize, StoreError> {
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

/// How far a scan down the rows has come.
struct RowScan<'a> {
    /// The highest row that is not checked yet.
    bound: i64,
    /// Maximum number of rows to collect.
    limit: usize,
    found: Vec<i64>,
    /// Which of the matching rows are shown; `None` if all are.
    choice: Option<StoryRowChoice<'a>>,
}
