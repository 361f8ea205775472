//! A second opinion on a page of which little text was found: `dom_smoothie`, which builds a tree and scores its
//! elements as the reader view of Firefox does. What it takes for the article is read as a page again, and used where
//! ours is far shorter. On Vietnamese pages ours is better, so it is not asked about pages of which we found much.
//!
//! A tree of a hostile page costs the square of its size, or worse. So the library is given no page that is large, deep
//! or full of elements that are never closed: `TreeCost` counts these during the pass over the page's tokens.

use super::article_region::prose_bytes;
use super::attribute_limit::limit_attributes;
use super::fonts::PageFonts;
use super::row_builder::RowBuilder;
use super::rows::HtmlRows;
use super::tokenize;
use dom_smoothie::{Config, Readability};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A larger page is not given to the library, in bytes: a tree takes many times the size of the page.
const MAX_PAGE_BYTES: usize = 2 << 20;
/// The library is asked if the article has less than this share of the page's prose, in percent.
const ASK_PERCENT: usize = 40;
/// Its article is taken if ours has less than this share of its prose, in percent.
const TAKE_PERCENT: usize = 30;
/// With less prose, in bytes, its article is a notice.
const MIN_PROSE: usize = 300;

/// Elements that a tree opens again in each paragraph until they are closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// What a tree of the page would cost.
#[derive(Debug, Default)]
pub(super) struct TreeCost {
    /// Number of start tags.
    elements: usize,
    /// The depth of the deepest element.
    depth: usize,
    /// Number of formatting elements that are open now.
    formatting: usize,
    /// Number of formatting elements that would be opened again, at most.
    reopened: usize,
}

impl TreeCost {
    const MAX_ELEMENTS: usize = 15_000;
    const MAX_DEPTH: usize = 100;
    const MAX_REOPENED: usize = 150_000;

    /// Counts a start tag inside of `depth` elements.
    pub fn start(&mut self, name: &str, depth: usize) {
        self.elements += 1;
        self.depth = self.depth.max(depth + 1);
        self.reopened += self.formatting;
        self.formatting += usize::from(FORMATTING.contains(&name));
    }

    /// Counts an end tag.
    pub fn end(&mut self, name: &str) {
        self.formatting -= usize::from(self.formatting > 0 && FORMATTING.contains(&name));
    }

    /// Whether a tree is built in some hundredths of a second.
    pub fn is_bearable(&self) -> bool {
        self.elements <= Self::MAX_ELEMENTS && self.depth <= Self::MAX_DEPTH && self.reopened <= Self::MAX_REOPENED
    }
}

/// The article by the second opinion, as rows of a page of its own. `None` if ours is to be kept. A fault of the
/// library costs its opinion only.
pub(super) fn article(markup: &str, page: &HtmlRows, ours: &Range<usize>) -> Option<HtmlRows> {
    let prose = |page: &HtmlRows, range: &Range<usize>| -> usize {
        let rows = page.rows.get(range.clone()).unwrap_or_default().iter();
        rows.filter(|row| !row.is_doubtful).map(prose_bytes).sum()
    };
    let own = prose(page, ours);
    let is_little = own * 100 < prose(page, &(0..page.rows.len())) * ASK_PERCENT;
    // Of several entries the library takes the longest, or all.
    let has_entries = own >= MIN_PROSE && page.elements.iter().filter(|element| element.is_entry).nth(1).is_some();
    // The library knows nothing of fonts, and leaves the styles out that name them.
    if !is_little || has_entries || page.fonts.is_decoded() || !page.cost.is_bearable() || markup.len() > MAX_PAGE_BYTES
    {
        return None;
    }
    let config = Config { max_elements_to_parse: TreeCost::MAX_ELEMENTS * 2, ..Config::default() };
    let markup = limit_attributes(markup).markup;
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        Readability::new(&*markup, None, Some(config)).and_then(|mut parser| parser.parse())
    }));
    let theirs = tokenize(&parsed.ok()?.ok()?.content, RowBuilder::new(PageFonts::default()));
    let found = prose(&theirs, &(0..theirs.rows.len()));
    (!theirs.too_many && found >= MIN_PROSE && own * 100 < found * TAKE_PERCENT).then_some(theirs)
}
