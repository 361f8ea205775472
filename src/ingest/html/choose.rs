//! Which rows of a page are the article: the region that the markup calls its text, else the `<article>`, else the
//! container with the heaviest text of its own, where half of what its inner containers weigh counts for it too.
//! Linear in the rows.

use super::row_builder::{HtmlLine, HtmlLines, LineRegion};
use std::ops::Range;

/// A region with less text than this, in bytes, is not the article's.
const LEAST: usize = 160;
/// A lead outside the article stands among so many rows above it.
const ABOVE: usize = 8;
/// And has at least so many bytes.
const SHORTEST_LEAD: usize = 80;

/// The rows of the article.
pub(super) fn article(page: &HtmlLines) -> Range<usize> {
    let sizes = sizes(&page.rows);
    let size = |from: usize, to: usize| sizes.get(to).unwrap_or(&0).saturating_sub(*sizes.get(from).unwrap_or(&0));
    let best = |region: LineRegion| {
        let own = page.regions.iter().filter(|(kind, from, to)| *kind == region && size(*from, *to) >= LEAST);
        // Of nested ones with the same text the outermost comes last.
        own.max_by_key(|(_, from, to)| size(*from, *to)).map(|(_, from, to)| *from..*to)
    };
    let heaviest = || page.containers.iter().max_by_key(|(.., weight)| *weight).map(|(from, to, _)| *from..*to);
    best(LineRegion::Body).or_else(|| best(LineRegion::Article)).or_else(heaviest).unwrap_or(0..page.rows.len())
}

/// The rows of the lead where it stands outside the article: what the markup calls so, else sentences between the
/// headline element and the article.
pub(super) fn lead(page: &HtmlLines, article: &Range<usize>) -> Range<usize> {
    let outside = |lead: &Range<usize>| lead.end <= article.start || lead.start >= article.end;
    let named = page.regions.iter().find(|(kind, ..)| *kind == LineRegion::Lead).map(|(_, from, to)| *from..*to);
    if let Some(lead) = named {
        return if outside(&lead) { lead } else { 0..0 };
    }
    let above = article.start.saturating_sub(ABOVE)..article.start;
    let rows = page.rows.get(above.clone()).unwrap_or_default();
    let Some(heading) = rows.iter().rposition(|row| row.heading) else { return 0..0 };
    let between = rows.get(heading + 1..).unwrap_or_default();
    let is_lead = |row: &&HtmlLine| !row.dropped && row.linked == 0 && row.end - row.start >= SHORTEST_LEAD;
    match between.iter().position(|row| is_lead(&row)) {
        Some(at) => above.start + heading + 1 + at..above.start + heading + 2 + at,
        None => 0..0,
    }
}

/// Bytes of unlinked text before each row, and in all.
fn sizes(rows: &[HtmlLine]) -> Vec<usize> {
    let mut sum = 0;
    let mut sizes = vec![0];
    for row in rows {
        sum += if row.dropped { 0 } else { (row.end - row.start).saturating_sub(row.linked) };
        sizes.push(sum);
    }
    sizes
}
