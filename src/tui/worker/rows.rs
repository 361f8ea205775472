//! Windows of the list, and walks along it: where a report stands among those that answer, the next row of some sort.

use crate::search::filter::{self, Filter};
use crate::store::{Error, Found, Row, Sort, Store};
use std::collections::HashSet;

/// How many rows are read at once on a walk.
const STEP: usize = 500;
/// A walk gives up after so many rows: the selection is then kept by its place, not by its report.
const FARTHEST: usize = 20_000;

/// The window at `offset`, or around the report `keep` where that answers; and where it stands.
pub fn window(
    store: &Store,
    filter: &Filter,
    sort: Sort,
    offset: usize,
    limit: usize,
    keep: Option<&str>,
) -> Result<(Found, Option<usize>), Error> {
    let found = store.find(filter, sort, offset, limit)?;
    let Some(keep) = keep else { return Ok((found, None)) };
    let at = |rows: &[Row]| rows.iter().position(|row| row.id == keep);
    if let Some(n) = at(&found.rows) {
        let place = found.offset + n;
        return Ok((found, Some(place)));
    }
    let mut from = found.offset + found.rows.len();
    while from < found.total.min(FARTHEST) {
        let step = store.find(filter, sort, from, STEP)?;
        if let Some(n) = at(&step.rows) {
            let place = from + n;
            return Ok((store.find(filter, sort, place.saturating_sub(limit / 2), limit)?, Some(place)));
        }
        if step.rows.is_empty() {
            break;
        }
        from += step.rows.len();
    }
    Ok((found, None))
}

/// The next row after `from` (before it, where `back`) that is `wanted`: its place and id.
pub fn next(
    store: &Store,
    filter: &Filter,
    sort: Sort,
    from: usize,
    back: bool,
    wanted: &dyn Fn(&Row) -> bool,
) -> Result<Option<(usize, String)>, Error> {
    let mut edge = if back { from } else { from + 1 };
    loop {
        let start = if back { edge.saturating_sub(STEP) } else { edge };
        let count = if back { edge - start } else { STEP };
        let rows = store.find(filter, sort, start, count)?.rows;
        let at = if back { rows.iter().rposition(wanted) } else { rows.iter().position(wanted) };
        if let Some((n, row)) = at.and_then(|n| rows.get(n).map(|row| (n, row))) {
            return Ok(Some((start + n, row.id.clone())));
        }
        if rows.is_empty() || (back && start == 0) {
            return Ok(None);
        }
        edge = if back { start } else { start + rows.len() };
    }
}

/// The next row of the list whose report answers `query` too.
pub fn next_with(
    store: &Store,
    list: &str,
    sort: Sort,
    from: usize,
    back: bool,
    query: &str,
) -> Result<Option<(usize, String)>, Error> {
    let (both, _) = filter::parse(&format!("({list}) ({query})"));
    let (list, _) = filter::parse(list);
    let mut answering = HashSet::new();
    let mut at = 0;
    loop {
        let rows = store.find(&both, sort, at, STEP)?.rows;
        if rows.is_empty() || at > FARTHEST {
            break;
        }
        at += rows.len();
        answering.extend(rows.into_iter().map(|row| row.id));
    }
    if answering.is_empty() {
        return Ok(None);
    }
    next(store, &list, sort, from, back, &|row| answering.contains(&row.id))
}
