//! The open elements of a page during the pass over its tokens. What each letter or tag needs to know ("is this inside
//! a link?", "is a `<div>` open?") is counted at push and pop, so that the query needs no walk over the stack. The
//! walks that remain are bounded by `MAX_DEPTH`: without both, hostile nesting makes the pass quadratic.

use super::elements;
use super::left_out::{LeftOutReason, LeftOutText};
use super::rows::RegionKind;
use crate::ingest::old_font::OldFont;
use html5ever::LocalName;
use std::collections::HashMap;

/// Elements deeper than this are counted, so that their end tags close nothing else, but not kept.
const MAX_DEPTH: usize = 256;

/// Number of innermost elements that decide what a row is. The whole stack would cost its depth for each row.
const ELEMENTS_AROUND_ROW: usize = 8;

/// What the elements around a row make of it.
pub(super) struct RowContext {
    pub is_caption: bool,
    pub is_heading: bool,
    pub is_centred: bool,
}

/// Where the words inside an element go besides its rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CaptureTarget {
    /// A headline element; `named` if a class name calls it so, and not only `<h1>`.
    Headline { named: bool },
    /// The day of publication; `named` if a class name of the table calls it so, and not only a word in it.
    DateSlot { named: bool },
    /// The author; `named` if the markup calls it so, and not only a word of a class name or of an address.
    Author { named: bool },
}

/// An open element, with what its start tag means.
pub(super) struct OpenElement {
    pub name: LocalName,
    pub is_block: bool,
    /// The number of the first row that can be its.
    pub first_row: usize,
    /// Number of images before it.
    pub images_before: usize,
    pub region: Option<RegionKind>,
    /// Why nothing inside it is text of an article. `None` if it may be.
    pub left_out: Option<LeftOutReason>,
    /// What there is in it that is left out.
    pub left_out_text: LeftOutText,
    /// The number of its start tag in the page.
    pub tag: u32,
    pub is_caption: bool,
    pub is_centred: bool,
    pub is_link: bool,
    pub is_container: bool,
    /// Bytes of text, counted as in `rows::Container`.
    pub weight: usize,
    pub captures: Option<CaptureTarget>,
    /// Its number in `HtmlRows::elements`. `None` if it is inline, or beyond those kept.
    pub number: Option<u32>,
    /// The old font that text inside is in. `None` if it is in another one.
    pub font: Option<OldFont>,
}

impl OpenElement {
    fn is_article(&self) -> bool {
        matches!(self.region, Some(RegionKind::Body | RegionKind::Article))
    }
}

/// The open elements, outermost first.
#[derive(Default)]
pub(super) struct ElementStack {
    elements: Vec<OpenElement>,
    /// Number of open elements of each name.
    by_name: HashMap<LocalName, usize>,
    /// Number of open elements deeper than `MAX_DEPTH`.
    too_deep: usize,
    /// Numbers of the open elements that are excluded, links, `<pre>`, or regions of the article.
    excluded: usize,
    never_text: usize,
    links: usize,
    preformatted: usize,
    articles: usize,
}

impl ElementStack {
    /// Whether text here is no text of an article.
    pub fn in_excluded(&self) -> bool {
        self.excluded > 0
    }

    /// Whether text here is no text of an article, and need not be counted either.
    pub fn in_never_text(&self) -> bool {
        self.never_text > 0
    }

    /// Whether text here is part of a link.
    pub fn in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether line breaks of the text are line breaks of the page.
    pub fn in_preformatted(&self) -> bool {
        self.preformatted > 0
    }

    /// Whether this is inside what the markup calls the article.
    pub fn in_article(&self) -> bool {
        self.articles > 0
    }

    /// The number of open elements that are kept; those beyond `MAX_DEPTH` are only counted.
    pub fn depth(&self) -> usize {
        self.elements.len()
    }

    /// The number of all open elements.
    pub fn full_depth(&self) -> usize {
        self.elements.len() + self.too_deep
    }

    /// The element that was opened last. `None` outside all elements.
    pub fn innermost(&self) -> Option<&OpenElement> {
        self.elements.last()
    }

    /// The old font that text here is in.
    pub fn font(&self) -> Option<OldFont> {
        self.innermost().and_then(|open| open.font)
    }

    /// What the innermost elements make of a row that ends here.
    pub fn around_row(&self) -> RowContext {
        let outwards = self.elements.iter().rev().take(ELEMENTS_AROUND_ROW);
        RowContext {
            is_caption: outwards.clone().any(|open| open.is_caption),
            is_heading: outwards.clone().any(|open| matches!(open.captures, Some(CaptureTarget::Headline { .. }))),
            // Not beyond the row's own block: a centred page does not centre its paragraphs.
            is_centred: outwards.take_while(|open| !open.is_block || open.is_centred).any(|open| open.is_centred),
        }
    }

    /// Whether the start of an element named `name` implies the end of the innermost one (`<li>` ends `<li>`).
    pub fn closed_by_start_of(&self, name: &str) -> bool {
        self.too_deep == 0 && self.innermost().is_some_and(|open| elements::closes(name, &open.name))
    }

    /// Counts an element that is too deep to be kept. `false` if there is room for it.
    pub fn skip_if_too_deep(&mut self) -> bool {
        let is_full = self.elements.len() >= MAX_DEPTH;
        self.too_deep += usize::from(is_full);
        is_full
    }

    /// Opens an element and counts what it says about the text inside.
    pub fn push(&mut self, open: OpenElement) {
        self.excluded += usize::from(open.left_out.is_some());
        self.never_text += usize::from(open.left_out == Some(LeftOutReason::Always));
        self.links += usize::from(open.is_link);
        self.preformatted += usize::from(&*open.name == "pre");
        self.articles += usize::from(open.is_article());
        *self.by_name.entry(open.name.clone()).or_default() += 1;
        self.elements.push(open);
    }

    /// Closes the innermost element and takes back what it was counted for.
    pub fn pop(&mut self) -> Option<OpenElement> {
        let open = self.elements.pop()?;
        if self.excluded > 0
            && let Some(around) = self.elements.last_mut()
        {
            around.left_out_text.add(open.left_out_text);
        }
        self.excluded -= usize::from(open.left_out.is_some());
        self.never_text -= usize::from(open.left_out == Some(LeftOutReason::Always));
        self.links -= usize::from(open.is_link);
        self.preformatted -= usize::from(&*open.name == "pre");
        self.articles -= usize::from(open.is_article());
        if let Some(count) = self.by_name.get_mut(&open.name) {
            *count -= 1;
            if *count == 0 {
                // Else a page of ever new names would fill the map.
                self.by_name.remove(&open.name);
            }
        }
        Some(open)
    }

    /// The depth to pop down to for the end tag of `name`. `None` if the end tag closes nothing: no such element is
    /// open, or it belongs to one that is too deep, or it is an inline element's and would reach out of its block.
    pub fn depth_ended_by(&mut self, name: &LocalName) -> Option<usize> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        // Without this count, a page of end tags that match nothing would walk the whole stack for each of them.
        self.by_name.get(name).filter(|count| **count > 0)?;
        let is_block = elements::is_block(name);
        let at = self.elements.iter().rposition(|open| open.name == *name || (open.is_block && !is_block))?;
        self.elements.get(at).filter(|open| open.name == *name).map(|_| at)
    }

    /// The number of the innermost element that is kept.
    pub fn number_of_innermost(&self) -> Option<u32> {
        self.elements.iter().rev().take(ELEMENTS_AROUND_ROW).find_map(|open| open.number)
    }

    /// Adds a line that is left out to the innermost element.
    pub fn count_left_out(&mut self, bytes: usize, is_prose: bool) {
        if let Some(open) = self.elements.last_mut() {
            open.left_out_text.unlinked += bytes;
            open.left_out_text.prose += if is_prose { bytes } else { 0 };
        }
    }

    /// Adds to the weight of the innermost container.
    pub fn weigh(&mut self, weight: usize) {
        if let Some(open) = self.elements.iter_mut().rev().find(|open| open.is_container) {
            open.weight += weight;
        }
    }
}
