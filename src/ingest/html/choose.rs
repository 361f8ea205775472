//! Which rows of a page are the article: the region that the markup calls its text, else the `<article>`, else the
//! stretch of rows that weighs most, where long rows weigh for and short or linked ones against. Linear in the rows.

use super::walk::{Region, Row, Rows};
use std::ops::Range;

/// A region with less text than this, in bytes, is not the article's.
const LEAST: usize = 160;
/// Rows shorter than this, in bytes, weigh against.
const SHORT: usize = 100;
/// What a row weighs against at least.
const AGAINST: i64 = -60;

/// The rows of the article.
pub(super) fn article(page: &Rows) -> Range<usize> {
    let sizes = sizes(&page.rows);
    let size = |from: usize, to: usize| sizes.get(to).unwrap_or(&0).saturating_sub(*sizes.get(from).unwrap_or(&0));
    let best = |region: Region| {
        let own = page.regions.iter().filter(|(kind, from, to)| *kind == region && size(*from, *to) >= LEAST);
        // Of nested ones with the same text the outermost comes last.
        own.max_by_key(|(_, from, to)| size(*from, *to)).map(|(_, from, to)| *from..*to)
    };
    best(Region::Body)
        .or_else(|| best(Region::Article))
        .unwrap_or_else(|| heaviest(&page.rows, best(Region::Wide).unwrap_or(0..page.rows.len())))
}

/// The rows of the lead, where the markup names one with text.
pub(super) fn lead(page: &Rows) -> Option<Range<usize>> {
    page.regions.iter().find(|(kind, ..)| *kind == Region::Lead).map(|(_, from, to)| *from..*to)
}

/// Bytes of unlinked text before each row, and in all.
fn sizes(rows: &[Row]) -> Vec<usize> {
    let mut sum = 0;
    let mut sizes = vec![0];
    for row in rows {
        sum += if row.dropped { 0 } else { (row.end - row.start).saturating_sub(row.linked) };
        sizes.push(sum);
    }
    sizes
}

/// The stretch within `range` whose weights sum up highest.
fn heaviest(rows: &[Row], range: Range<usize>) -> Range<usize> {
    let (mut best, mut best_sum) = (range.clone(), 0);
    let (mut start, mut sum) = (range.start, 0);
    for (at, row) in rows.iter().enumerate().take(range.end).skip(range.start) {
        if sum <= 0 {
            (start, sum) = (at, 0);
        }
        sum += weight(row);
        if sum > best_sum {
            (best, best_sum) = (start..at + 1, sum);
        }
    }
    best
}

fn weight(row: &Row) -> i64 {
    let length = row.end - row.start;
    if row.caption && !row.dropped {
        0
    } else if row.dropped || row.linked * 2 > length {
        AGAINST * 2
    } else if length < SHORT {
        AGAINST
    } else {
        (length - row.linked) as i64
    }
}
