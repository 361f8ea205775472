//! What one pass over a page produces: rows of text, the ranges of rows that the markup names, and the page's metadata.
//! Plain data: `row_builder` fills it, `article_region` finds the article in it.

use super::fonts::PageFonts;
use super::left_out::LeftOutElements;
use super::meta::PageMetadata;
use super::second_opinion::TreeCost;
use crate::text::words::folded_words;
use std::ops::Range;

/// One line of the page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HtmlRow {
    /// Where it begins in `HtmlRows::text`, in bytes.
    pub start: usize,
    /// Where it ends there, in bytes.
    pub end: usize,
    /// Number of its bytes inside links.
    pub linked_bytes: usize,
    /// Whether it belongs to a photograph.
    pub is_caption: bool,
    /// Whether it is in a headline element.
    pub is_heading: bool,
    /// Whether it belongs to a form and so to no article.
    pub is_dropped: bool,
    /// Whether it is probably no part of the article: `article_rows` decides.
    pub is_doubtful: bool,
    /// The number of the innermost element with rows around it. `None` outside of all, and beyond the elements kept.
    pub element: Option<u32>,
}

impl HtmlRow {
    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }
}

/// What the markup calls a range of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RegionKind {
    /// The element is an `<article>`.
    Article,
    /// A class name or id of `pages.tsv` for the article's text.
    Body,
    /// A class name or id of `pages.tsv` for the lead.
    Lead,
}

/// The rows of one element that the markup calls part of the article.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub kind: RegionKind,
    pub rows: Range<usize>,
}

/// The rows of one element that may hold paragraphs.
#[derive(Clone, Debug)]
pub(super) struct Container {
    pub rows: Range<usize>,
    /// Bytes of unlinked text: its own rows', and half of what the containers inside it weigh.
    pub weight: usize,
}

/// What an element is by its name, as far as the choice of the article depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// `<p>`, `<blockquote>`, `<pre>`, `<dd>`: text.
    Paragraph,
    Heading,
    /// `<li>`, an item of a list.
    Item,
    /// `<ul>`, `<ol>` and `<dl>`, which hold the items.
    List,
    /// `<table>` and what it is made of.
    Table,
    /// `<article>` and `<main>`, which pages put around it.
    Article,
    #[default]
    Other,
}

/// An element that begins and ends a line and has rows. Elements are in the order in which they begin, so that those
/// inside of one follow it.
#[derive(Clone, Debug, Default)]
pub(super) struct PageElement {
    /// The number of the innermost element around it.
    pub parent: Option<u32>,
    pub rows: Range<usize>,
    pub kind: ElementKind,
    /// Whether a word in its class names says that it is no part of the article.
    pub has_drop_word: bool,
    /// Whether the markup calls an element in it the article's text.
    pub has_text_inside: bool,
    /// Whether a word in its class names says that it is a series of pictures.
    pub is_series: bool,
    /// Whether a word in its class names says that it names or describes the author.
    pub is_about_author: bool,
    /// Whether a class name calls it an entry of its own (`hentry`), as blogs call each of their articles.
    pub is_entry: bool,
}

/// A page as rows.
#[derive(Debug, Default)]
pub(super) struct HtmlRows {
    /// The text of all rows, one after the other, nothing between.
    pub text: String,
    pub rows: Vec<HtmlRow>,
    /// In the order in which their elements ended, so that an inner region comes before an outer one.
    pub regions: Vec<Region>,
    /// In the order in which their elements ended; only those that weigh anything.
    pub containers: Vec<Container>,
    /// In the order in which they begin.
    pub elements: Vec<PageElement>,
    pub meta: PageMetadata,
    pub left_out: LeftOutElements,
    pub fonts: PageFonts,
    pub cost: TreeCost,
    /// Whether there were more rows than are kept.
    pub too_many: bool,
}

impl HtmlRows {
    /// Compares the page's titles with its headings.
    pub fn prefer_printed_title(&mut self) {
        let Self { text, rows, elements, meta, .. } = self;
        meta.prefer_printed_title(&|title| {
            let headings = elements.iter().filter(|element| element.kind == ElementKind::Heading);
            let rows = headings.filter_map(|heading| rows.get(heading.rows.clone())).flatten();
            // Folding takes a mark and a capital away, so that equal words have about the same length.
            let may_be = |row: &&HtmlRow| row.len() >= title.len() && row.len() <= title.len() * 3;
            rows.filter(may_be).any(|row| folded_words(text.get(row.start..row.end).unwrap_or_default()) == title)
        });
    }

    /// The words of a row.
    pub fn text_of(&self, row: &HtmlRow) -> &str {
        self.text.get(row.start..row.end).unwrap_or_default()
    }
}
