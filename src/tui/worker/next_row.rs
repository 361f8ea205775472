//! The next row of the list, down or up from the selected one, that is unread or whose report matches a search. Reads
//! ids only, some hundreds at a time, so that a list of any length costs what lies between the two rows.

use crate::search::filter::Filter;
use crate::store::{Store, StoreError, WindowBounds};
use crate::tui::message::NextRowQuery;
use std::collections::HashSet;

/// The number of ids that are read at once.
const STEP: usize = 500;
/// The most matching reports that are collected for a search, from the top of the list. It bounds memory and time
/// (20 000 ids of 32 bytes). Matches further down are not found.
const FARTHEST: usize = 20_000;

/// The row number and id of the next report of the list whose id is `wanted`. `None` if there is none. Reads the list
/// in steps of `STEP` ids, which is much cheaper than reading rows:
///
/// ```text
/// top of the list                   from                   end of the list
///              ◀── 2 ──┼─── 1 ────┤  ●  ├──── 1 ───┼── 2 ──▶
///              back                                   forward
/// ```
pub fn next(
    store: &Store,
    query: &NextRowQuery,
    wanted: &dyn Fn(&str) -> Result<bool, StoreError>,
) -> Result<Option<(usize, String)>, StoreError> {
    let NextRowQuery { filter, sort, from, back } = query;
    let mut edge = if *back { *from } else { from + 1 };
    loop {
        let offset = if *back { edge.saturating_sub(STEP) } else { edge };
        let limit = if *back { edge - offset } else { STEP };
        let ids = store.index().by_story().find_ids(filter, *sort, WindowBounds { offset, limit })?;
        let read = ids.len();
        let mut places: Vec<(usize, String)> = ids.into_iter().enumerate().collect();
        if *back {
            places.reverse();
        }
        for (n, id) in places {
            if wanted(&id)? {
                return Ok(Some((offset + n, id)));
            }
        }
        if read == 0 || (*back && offset == 0) {
            return Ok(None);
        }
        edge = if *back { offset } else { offset + read };
    }
}

/// The row number and id of the next report of the list that matches `search` too. Evaluates both filters as one on the
/// index, which is faster than evaluating `search` for each report on the way.
pub fn next_with(store: &Store, query: &NextRowQuery, search: &Filter) -> Result<Option<(usize, String)>, StoreError> {
    let both = query.filter.and(search);
    let matching: HashSet<String> =
        store.index().by_story().find_ids(&both, query.sort, WindowBounds::first(FARTHEST))?.into_iter().collect();
    if matching.is_empty() {
        return Ok(None);
    }
    next(store, query, &|id| Ok(matching.contains(id)))
}
