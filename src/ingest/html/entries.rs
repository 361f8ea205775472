//! Entries of a page: the articles that blogs put one below the other, each marked as one of its own (`hentry`). Where
//! one has the headline, the others are no part of the article. Linear in the elements of a page.

use super::article_region::{headline_row, sum};
use super::rows::HtmlRows;
use std::ops::Range;

/// An entry with less prose, in bytes, is a heading with its picture, and the article is in the next one.
const MIN_OWN_PROSE: usize = 160;

/// The entries beside the article's own.
#[derive(Default)]
pub(super) struct OtherEntries {
    /// The rows of each, in their order; none is inside of another.
    pub rows: Vec<Range<usize>>,
    /// Whether one of the entries has the headline, and these are those beside it. If not, these are all of them.
    pub has_own: bool,
}

impl OtherEntries {
    /// Finds them. `prose` are the sums of the prose before each row.
    pub fn of(page: &HtmlRows, prose: &[usize]) -> Self {
        let entries = || page.elements.iter().filter(|element| element.is_entry).map(|element| &element.rows);
        if entries().count() < 2 {
            return Self::default();
        }
        let own = headline_row(page).and_then(|row| entries().find(|rows| rows.contains(&row)));
        let own = own.filter(|rows| sum(prose, rows) >= MIN_OWN_PROSE);
        let is_other = |rows: &&Range<usize>| match own {
            Some(own) => rows.start >= own.end || (own.start < rows.start && rows.end <= own.end),
            None => true,
        };
        // Entries are in the order in which they begin: one that ends before this row is inside of the last one.
        let mut others: Vec<Range<usize>> = Vec::new();
        for rows in entries().filter(is_other) {
            if others.last().is_none_or(|last| rows.end > last.end) {
                others.push(rows.clone());
            }
        }
        Self { rows: others, has_own: own.is_some() }
    }

    /// Whether the rows are inside of an entry that is not the article's.
    pub fn have(&self, rows: &Range<usize>) -> bool {
        let until = self.rows.partition_point(|other| other.start <= rows.start);
        let nearest = until.checked_sub(1).and_then(|last| self.rows.get(last));
        self.has_own && nearest.is_some_and(|other| rows.end <= other.end)
    }
}
