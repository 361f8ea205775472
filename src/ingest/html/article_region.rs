//! Chooses which rows of a page are the article: the region that the markup calls its text, else the largest
//! `<article>`, else the container with the most text of its own. Linear in the rows.
//!
//! The last rule needs a weight that neither prefers the whole page, which contains everything, nor one paragraph's
//! `<div>`. So a container weighs its own text and half of what its inner containers weigh: three paragraphs in one
//! `<div>` outweigh the page around them, and an article cut into three `<div>`s still outweighs each of its parts.

use super::rows::{HtmlRow, HtmlRows, RegionKind};
use std::ops::Range;

/// A region with less unlinked text is no article.
const MIN_ARTICLE_BYTES: usize = 160;
/// A lead outside of the article is at most this many rows above it.
const LEAD_ROWS_ABOVE: usize = 8;
/// A shorter row above the article is no lead.
const MIN_LEAD_BYTES: usize = 80;

/// The rows of the article; all rows if there is no sign of one.
pub(super) fn article(page: &HtmlRows) -> Range<usize> {
    let sums = unlinked_sums(&page.rows);
    if let Some(rows) = largest_region(page, RegionKind::Body, &sums) {
        return rows;
    }
    if let Some(rows) = largest_region(page, RegionKind::Article, &sums) {
        return rows;
    }
    let heaviest = page.containers.iter().max_by_key(|container| container.weight);
    heaviest.map_or(0..page.rows.len(), |container| container.rows.clone())
}

/// The region of that kind with the most unlinked text. `None` if all have too little.
fn largest_region(page: &HtmlRows, kind: RegionKind, sums: &[usize]) -> Option<Range<usize>> {
    let size = |rows: &Range<usize>| {
        let (before, until) = (sums.get(rows.start).unwrap_or(&0), sums.get(rows.end).unwrap_or(&0));
        until.saturating_sub(*before)
    };
    page.regions
        .iter()
        .filter(|region| region.kind == kind && size(&region.rows) >= MIN_ARTICLE_BYTES)
        // Of nested regions with the same text the outermost comes last, and `max_by_key` takes the last.
        .max_by_key(|region| size(&region.rows))
        .map(|region| region.rows.clone())
}

/// The rows of a lead outside of the article: what the markup calls so, else the first long row between the headline
/// element and the article. An empty range if there is none.
pub(super) fn lead(page: &HtmlRows, article: &Range<usize>) -> Range<usize> {
    if let Some(lead) = page.regions.iter().find(|region| region.kind == RegionKind::Lead).map(|region| &region.rows) {
        let is_outside = lead.end <= article.start || lead.start >= article.end;
        return if is_outside { lead.clone() } else { 0..0 };
    }
    let first = article.start.saturating_sub(LEAD_ROWS_ABOVE);
    let above = page.rows.get(first..article.start).unwrap_or_default();
    let Some(heading) = above.iter().rposition(|row| row.is_heading) else { return 0..0 };
    let below_heading = above.get(heading + 1..).unwrap_or_default();
    match below_heading.iter().position(may_be_lead) {
        Some(at) => first + heading + 1 + at..first + heading + 2 + at,
        None => 0..0,
    }
}

fn may_be_lead(row: &HtmlRow) -> bool {
    !row.is_dropped && row.linked_bytes == 0 && row.len() >= MIN_LEAD_BYTES
}

/// Bytes of unlinked text before each row, and in all rows: the size of any range is one subtraction.
fn unlinked_sums(rows: &[HtmlRow]) -> Vec<usize> {
    let mut sum = 0;
    let mut sums = vec![0];
    for row in rows {
        sum += if row.is_dropped { 0 } else { row.len().saturating_sub(row.linked_bytes) };
        sums.push(sum);
    }
    sums
}
