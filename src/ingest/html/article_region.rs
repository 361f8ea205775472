//! Chooses which rows of a page are the article: those that repeat the text that structured data state; else the region
//! that the markup calls the article's text, else the largest `<article>`, else the container with the most text of its
//! own. An element with far more prose goes before these: class names also stand at teasers and at parts of an article.
//! Linear in the rows, times the depth of the elements.
//!
//! The heaviest container needs a weight that neither prefers the whole page, which contains everything, nor one
//! paragraph's `<div>`. So a container weighs its own text and half of what its inner containers weigh: three
//! paragraphs in one `<div>` outweigh the page around them, and an article cut into three `<div>`s still outweighs each
//! of its
//! parts. The best element is chosen by a sum instead: prose counts for it, links and short lines against it.

use super::doubtful_rows::MIN_PROSE_BYTES;
use super::entries::OtherEntries;
use super::rows::{ElementKind, HtmlRow, HtmlRows, RegionKind};
use super::stated_text::StatedText;
use crate::text::words::folded_words;
use std::ops::Range;

/// A region with less unlinked text is no article.
const MIN_ARTICLE_BYTES: usize = 160;
/// What the markup names as the article has at least this share of the prose of the best element beside it, in percent.
const BESIDE_PERCENT: usize = 10;
/// The heaviest container is the article if it has this share of the prose of the best element, in percent.
const HEAVIEST_PERCENT: usize = 60;
/// Of elements with this share of the best score, in percent, the innermost is taken.
const NEAR_PERCENT: isize = 93;
/// An element whose class names exclude it counts if it has more than this share of the page's prose, in percent.
const MAX_DROPPED_PERCENT: usize = 40;
/// Of the text that structured data state, the article has at least this share, in percent.
const MIN_STATED_PERCENT: usize = 60;
/// What a row that is links counts against the element, at most, in bytes.
const MAX_LINK_PENALTY: isize = 60;
/// What a short row counts against the element, in bytes.
const SHORT_ROW_PENALTY: isize = 10;
/// How many runs of words beside the stated text one of it outweighs.
const WORTH_OF_STATED: isize = 4;
/// What the markup names as the article has at least this share of the prose of the best element around it, in percent.
const NAMED_PERCENT: usize = 25;
/// An article right below the headline has at least this share of the text of the largest one, in percent.
const OWN_PERCENT: usize = 25;
/// If the largest of several elements that the markup calls the article has less than this share of the text of all, in
/// percent, they are its parts.
const WHOLE_PERCENT: usize = 70;
/// A lead outside of the article is at most this many rows above it.
const LEAD_ROWS_ABOVE: usize = 8;
/// A lead that repeats the page's description is at most this many rows above the article.
const DESCRIBED_ROWS_ABOVE: usize = 40;
/// A shorter row may be in a description by chance.
const MIN_DESCRIBED_BYTES: usize = 40;
/// Rows at the top of the article that may have the lead already.
const TOP_ROWS_OF_ARTICLE: usize = 6;
/// A shorter row above the article is no lead.
const MIN_LEAD_BYTES: usize = 80;

/// The rows of the article; all rows if there is no sign of one.
pub(super) fn article(page: &HtmlRows, stated: Option<&StatedText>) -> Range<usize> {
    let by_markup = by_markup(page);
    let Some(repeating) = stated.and_then(|stated| repeating(page, stated)) else { return by_markup };
    let prose = prose_sums(&page.rows);
    // Sites often state the first paragraph only: then the article goes on around it.
    let is_inside = by_markup.start <= repeating.start && repeating.end <= by_markup.end;
    let is_cut = sum(&prose, &repeating) * 100 < sum(&prose, &by_markup) * MIN_STATED_PERCENT;
    if is_inside && is_cut { by_markup } else { repeating }
}

/// The rows of the article by names and by where the prose is.
fn by_markup(page: &HtmlRows) -> Range<usize> {
    let sums = unlinked_sums(&page.rows);
    let headline = headline_row(page);
    let prose = prose_sums(&page.rows);
    let others = OtherEntries::of(page, &prose);
    let named = largest_region(page, RegionKind::Body, &sums, headline, &others)
        .or_else(|| largest_region(page, RegionKind::Article, &sums, headline, &others));
    let containers = page.containers.iter().filter(|container| !others.have(&container.rows));
    let heaviest = containers.max_by_key(|container| container.weight).map(|c| c.rows.clone());
    let scores = score_sums(page, &prose, &others);
    let best = best_element(page, &scores);
    let size = |rows: &Range<usize>| sum(&prose, rows);
    let Some(best) = best else { return named.or(heaviest).unwrap_or(0..page.rows.len()) };
    match named {
        // Beside what is named as the article, other text is the site's; around it may be the rest of the article.
        Some(named)
            if size(&named) * 100
                >= size(&best) * if contains(&best, &named) { NAMED_PERCENT } else { BESIDE_PERCENT } =>
        {
            whole(page, &named, &best, &sums)
        }
        Some(_) => best,
        None => match heaviest {
            Some(heavy) if size(&heavy) * 100 >= size(&best) * HEAVIEST_PERCENT => heavy,
            _ => best,
        },
    }
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The innermost element whose rows repeat most of the stated text and little else.
fn repeating(page: &HtmlRows, stated: &StatedText) -> Option<Range<usize>> {
    let mut sums = vec![(0_usize, 0_usize)];
    for row in &stated.rows {
        let last = sums.last().copied().unwrap_or_default();
        sums.push((last.0 + row.0, last.1 + row.1));
    }
    let worth = |rows: &Range<usize>| {
        let (from, to) = (sums.get(rows.start)?, sums.get(rows.end)?);
        let (all, same) = (to.0 - from.0, to.1 - from.1);
        Some((same as isize * WORTH_OF_STATED - (all - same) as isize, same))
    };
    let best = page.elements.iter().filter_map(|element| Some((worth(&element.rows)?, element.rows.clone())));
    let ((_, same), rows) = best.max_by_key(|((worth, _), rows)| (*worth, std::cmp::Reverse(rows.len())))?;
    (same * 100 >= stated.runs * MIN_STATED_PERCENT).then_some(rows)
}

/// The element with the highest score, and of those with nearly that score the innermost.
fn best_element(page: &HtmlRows, scores: &[isize]) -> Option<Range<usize>> {
    let score = |rows: &Range<usize>| {
        scores.get(rows.end).copied().unwrap_or_default() - scores.get(rows.start).copied().unwrap_or_default()
    };
    let is_container =
        |kind: ElementKind| matches!(kind, ElementKind::Other | ElementKind::Article | ElementKind::Table);
    let all = || page.elements.iter().filter(|element| is_container(element.kind));
    let best = all().map(|element| score(&element.rows)).max().filter(|score| *score > 0)?;
    let near = all().filter(|element| score(&element.rows) * 100 >= best * NEAR_PERCENT);
    near.min_by_key(|element| element.rows.len()).map(|element| element.rows.clone())
}

/// Sums of what the rows say for an article: prose for it, links and short lines against it.
fn score_sums(page: &HtmlRows, prose: &[usize], others: &OtherEntries) -> Vec<isize> {
    let all = prose.last().copied().unwrap_or_default();
    let mut headlines = vec![0];
    for row in &page.rows {
        headlines.push(headlines.last().copied().unwrap_or_default() + usize::from(row.is_heading));
    }
    let mut is_out = vec![false; page.rows.len()];
    // Elements are in the order in which they begin: one that ends before this row is inside of one that is out.
    let mut out_until = 0;
    for element in page.elements.iter().filter(|element| element.has_drop_word) {
        let rows = &element.rows;
        let is_little = sum(prose, rows) * 100 <= all * MAX_DROPPED_PERCENT;
        if rows.end > out_until && is_little && sum(&headlines, rows) == 0 && !element.has_text_inside {
            is_out.get_mut(rows.clone()).unwrap_or_default().fill(true);
            out_until = rows.end;
        }
    }
    for rows in others.rows.iter().filter(|_| others.has_own) {
        is_out.get_mut(rows.clone()).unwrap_or_default().fill(true);
    }
    let mut total = 0;
    let mut sums = vec![0];
    for (row, is_out) in page.rows.iter().zip(is_out) {
        let len = row.len() as isize;
        let own = len - row.linked_bytes as isize;
        total += if row.is_dropped || is_out {
            0
        } else if prose_bytes(row) > 0 {
            own
        } else if row.linked_bytes as isize * 2 >= len {
            -len.min(MAX_LINK_PENALTY)
        } else {
            -SHORT_ROW_PENALTY
        };
        sums.push(total);
    }
    sums
}

/// Bytes of a row outside of links, if it is prose.
pub(super) fn prose_bytes(row: &HtmlRow) -> usize {
    let own = row.len().saturating_sub(row.linked_bytes);
    if own >= MIN_PROSE_BYTES && row.linked_bytes <= own && !row.is_dropped { own } else { 0 }
}

/// Bytes of prose before each row, and in all rows.
pub(super) fn prose_sums(rows: &[HtmlRow]) -> Vec<usize> {
    let mut sums = vec![0];
    for row in rows {
        sums.push(sums.last().copied().unwrap_or_default() + prose_bytes(row));
    }
    sums
}

/// The sum of a range, by sums from the beginning.
pub(super) fn sum(sums: &[usize], rows: &Range<usize>) -> usize {
    sums.get(rows.end).unwrap_or(&0).saturating_sub(*sums.get(rows.start).unwrap_or(&0))
}

/// The article, if the markup calls several elements its text, one below the other: from the first to the last of those
/// inside the best element, or the `<article>` around, if the largest has little of their text.
fn whole(page: &HtmlRows, named: &Range<usize>, best: &Range<usize>, sums: &[usize]) -> Range<usize> {
    // Inner regions come first.
    let articles = page.regions.iter().filter(|region| region.kind == RegionKind::Article);
    let around = articles.map(|region| &region.rows).find(|rows| contains(rows, named)).unwrap_or(best);
    let mut hull = named.clone();
    let mut parts = 0;
    let mut from = usize::MAX;
    // In reverse order of their ends an outer region comes before those inside of it.
    for region in page.regions.iter().rev().filter(|region| region.kind == RegionKind::Body) {
        let rows = &region.rows;
        // Beyond a headline is another article.
        let between = rows.end.min(named.end)..rows.start.max(named.start);
        let is_other = page.rows.get(between).is_some_and(|rows| rows.iter().any(|row| row.is_heading));
        if rows.end <= from && (contains(best, rows) || contains(around, rows)) && !is_other {
            parts += sum(sums, rows);
            from = rows.start;
            hull = hull.start.min(rows.start)..hull.end.max(rows.end);
        }
    }
    if sum(sums, named) * 100 < parts * WHOLE_PERCENT { hull } else { named.clone() }
}

/// The first row of a headline element that agrees with the page's titles.
pub(super) fn headline_row(page: &HtmlRows) -> Option<usize> {
    let words = page.meta.headline()?;
    page.rows.iter().position(|row| row.is_heading && page.text_of(row) == words)
}

/// The region of that kind with the most unlinked text. `None` if all have too little. Pages that load further articles
/// below the one that was asked for have several regions: one at or below the headline goes before larger ones below
/// the next headline.
fn largest_region(
    page: &HtmlRows,
    kind: RegionKind,
    sums: &[usize],
    headline: Option<usize>,
    others: &OtherEntries,
) -> Option<Range<usize>> {
    let size = |rows: &Range<usize>| {
        let (before, until) = (sums.get(rows.start).unwrap_or(&0), sums.get(rows.end).unwrap_or(&0));
        until.saturating_sub(*before)
    };
    let regions = || {
        let of_kind = page.regions.iter().filter(|region| region.kind == kind);
        let rows = of_kind.map(|region| &region.rows).filter(|rows| size(rows) >= MIN_ARTICLE_BYTES);
        rows.filter(|rows| !others.have(rows))
    };
    // Of nested regions with the same text the outermost comes last, and `max_by_key` takes the last.
    let largest = regions().max_by_key(|rows| size(rows))?;
    let own = headline.and_then(|headline| {
        let is_other = |rows: &Range<usize>| {
            page.rows.get(rows.end..largest.end).is_some_and(|rows| rows.iter().any(|row| row.is_heading))
        };
        let above = regions().filter(|rows| rows.end > headline && rows.end <= largest.start && is_other(rows));
        above.filter(|rows| size(rows) * 100 >= size(largest) * OWN_PERCENT).max_by_key(|rows| size(rows))
    });
    Some(own.unwrap_or(largest).clone())
}

/// The rows of a lead outside of the article: what the markup calls so; else the row above it that says what the page's
/// description does; else the first long row between the headline element and the article. An empty range if there is
/// none.
pub(super) fn lead(page: &HtmlRows, article: &Range<usize>) -> Range<usize> {
    let is_outside = |lead: &Range<usize>| lead.end <= article.start || lead.start >= article.end;
    let mut named = page.regions.iter().filter(|region| region.kind == RegionKind::Lead).map(|region| &region.rows);
    match named.next() {
        Some(lead) if is_outside(lead) => lead.clone(),
        Some(_) => 0..0,
        None => described(page, article).or_else(|| below_headline(page, article)).unwrap_or_default(),
    }
}

/// The row above the article, not far from it, whose words are those of the page's description.
fn described(page: &HtmlRows, article: &Range<usize>) -> Option<Range<usize>> {
    let description = page.meta.description()?;
    let first = article.start.saturating_sub(DESCRIBED_ROWS_ABOVE);
    let begins_so = |row: &HtmlRow| !row.is_dropped && repeats_description(page.text_of(row), &description);
    let above = page.rows.get(first..article.start)?;
    if page.rows.get(article.clone())?.iter().take(TOP_ROWS_OF_ARTICLE).any(begins_so) {
        return None;
    }
    let at = first + above.iter().rposition(begins_so)?;
    Some(at..at + 1)
}

/// Whether a row says what the description does. The description may be cut off, and so may be what the page shows.
pub(super) fn repeats_description(row: &str, description: &str) -> bool {
    let is_long = row.len() >= MIN_DESCRIBED_BYTES;
    let words = if is_long { folded_words(row) } else { String::new() };
    is_long && (words.starts_with(description) || description.starts_with(&words))
}

/// The first long row between the headline element and the article.
fn below_headline(page: &HtmlRows, article: &Range<usize>) -> Option<Range<usize>> {
    let first = article.start.saturating_sub(LEAD_ROWS_ABOVE);
    let above = page.rows.get(first..article.start)?;
    let heading = above.iter().rposition(|row| row.is_heading)?;
    let at = first + heading + 1 + above.get(heading + 1..)?.iter().position(may_be_lead)?;
    Some(at..at + 1)
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
