//! Tells pages that are no reports from those that are: error pages, front pages, lists of articles. And notes where a
//! page has a request to subscribe in place of its text. The words are rows of `tables/page_words.tsv`.

use super::doubtful_rows::MIN_PROSE_BYTES;
use super::rows::{HtmlRow, HtmlRows};
use crate::ingest::FileKind;
use crate::ingest::phrase_table::IngestTable;
use crate::text::words::folded_words;
use std::ops::Range;

/// A page with more prose than this, in bytes, is no error page, whatever its title.
const MAX_ERROR_PROSE: usize = 300;
/// A page with more prose than this, in bytes, has an article, whatever else is on it.
const MAX_LIST_PROSE: usize = 250;
/// A list of articles has at least this many rows that are links.
const MIN_LINKS: usize = 30;
/// And at least this share of its text is in links, in percent.
const LINKS_PERCENT: usize = 75;
/// An article with less prose may be cut off.
const MAX_CUT_PROSE: usize = 1500;
/// A longer row is no request to subscribe.
const MAX_REQUEST_BYTES: usize = 400;

/// What the words of a page show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PageSign {
    /// The title of an error page begins with them.
    Error,
    /// A line with them asks to subscribe or log in.
    Paywall,
}

static WORDS: IngestTable<PageSign> = IngestTable {
    file: "page_words.tsv",
    text: include_str!("../tables/page_words.tsv"),
    kinds: &[("error", PageSign::Error), ("paywall", PageSign::Paywall)],
};

/// What the page is instead of a report. `None` if it may be one. `address` is what the path of its file tells, for a
/// page that does not state its own.
pub(super) fn no_report(
    page: &HtmlRows,
    article: &Range<usize>,
    address: Option<&str>,
) -> Option<(FileKind, &'static str)> {
    let prose = prose(page, article);
    let titles = page.meta.title.as_deref().into_iter().chain(page.meta.headline());
    if prose <= MAX_ERROR_PROSE && titles.map(folded_words).any(|title| begins_with_a_sign(&title)) {
        return Some((FileKind::ErrorPage, "it is an error page of a site; fetch the page of the report again"));
    }
    if page.meta.is_article() || page.meta.published().0.is_some() {
        return None;
    }
    let is_root = page.meta.address().or(address).is_some_and(is_root);
    let links = page.rows.iter().filter(|row| is_link(row)).count();
    let (all, linked) =
        page.rows.iter().fold((0, 0), |(all, linked), row| (all + row.len(), linked + row.linked_bytes));
    let is_list = links >= MIN_LINKS && linked * 100 >= all * LINKS_PERCENT && prose <= MAX_LIST_PROSE;
    if is_root && (page.meta.is_site() || is_list) {
        return Some((FileKind::FrontPage, "it is the front page of a site; import the pages of its reports"));
    }
    is_list.then_some((FileKind::LinkList, "it is a list of links to other pages; import those"))
}

/// The note on a page whose text is for subscribers or may be cut off.
pub(super) fn paywall_note(page: &HtmlRows, article: &Range<usize>) -> Option<&'static str> {
    let rows = page.rows.get(article.clone()).unwrap_or_default();
    let asks = |row: &HtmlRow| {
        let words = if row.len() <= MAX_REQUEST_BYTES { folded_words(page.text_of(row)) } else { String::new() };
        signs(PageSign::Paywall).any(|sign| words.contains(&sign))
    };
    let is_cut = prose(page, article) <= MAX_CUT_PROSE && (page.meta.data.is_for_subscribers || rows.iter().any(asks));
    is_cut.then_some("the page asks to subscribe or log in: its text may be only a part of the report")
}

fn signs(wanted: PageSign) -> impl Iterator<Item = String> {
    WORDS.rows().filter(move |row| row.kind == wanted).map(|row| folded_words(row.words))
}

fn begins_with_a_sign(title: &str) -> bool {
    signs(PageSign::Error)
        .any(|sign| title.strip_prefix(sign.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Bytes of prose of the article's rows that are not doubtful.
fn prose(page: &HtmlRows, article: &Range<usize>) -> usize {
    let rows = page.rows.get(article.clone()).unwrap_or_default().iter();
    let own =
        rows.filter(|row| !row.is_doubtful && !row.is_dropped).map(|row| row.len().saturating_sub(row.linked_bytes));
    own.filter(|bytes| *bytes >= MIN_PROSE_BYTES).sum()
}

fn is_link(row: &HtmlRow) -> bool {
    // Spaces are not counted as linked.
    row.linked_bytes * 10 >= row.len() * 7
}

/// Whether an address has no path: `https://bao.example.vn/`.
fn is_root(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    matches!(path, "" | "index.html" | "index.htm" | "index.php" | "vi" | "vi/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        WORDS.check();
    }

    #[test]
    fn a_root_has_no_path() {
        assert!(is_root("https://bao.example.vn") && is_root("https://bao.example.vn/"));
        assert!(!is_root("https://bao.example.vn/tin") && !is_root("bao"));
    }
}
