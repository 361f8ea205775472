//! Elements that are left out by their names: `class="widget"`, `<aside>`, `hidden`. Most hold menus, teasers and
//! comments, but systems give such names to the element around the article as well. So the pass that leaves them out
//! counts the text in them, and this decides which are to be read in a second pass. Only pages with such an element
//! cost the second pass.

use super::article_region::prose_sums;
use super::rows::HtmlRows;
use std::collections::HashSet;

/// Elements beyond this number are not weighed, and stay left out.
const MAX_ELEMENTS: usize = 5000;
/// An element that holds the headline or the article is read if its prose is at least this share of the text outside,
/// in percent.
const HOLDER_PERCENT: usize = 100;
/// Any other element is read if its prose is at least this share of the text outside, in percent.
const ONLY_TEXT_PERCENT: usize = 400;
/// With less prose, in bytes, such an element is a notice.
const MIN_ONLY_TEXT: usize = 300;
/// With less text, in bytes, what is called the article is none if its lines are short.
const MIN_CUT_LINES: usize = 1000;
/// Text of the article that is hidden until the reader pays has at least this share of the text that is shown, in
/// percent.
const HIDDEN_PERCENT: usize = 200;

/// Why an element is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftOutReason {
    /// It is never text: scripts, menus, buttons.
    Always,
    /// A class name, or the name of an element for what stands beside the text.
    Named,
    /// A class name for comments of readers. They may be longer than the article.
    Comments,
    /// It is not shown. `in_article` if the article is around it.
    Hidden { in_article: bool },
    /// The page's header or footer.
    Frame,
}

/// The text of an open element that is left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LeftOutText {
    /// Bytes of lines that are long enough to be prose, links not counted.
    pub prose: usize,
    /// Bytes of all lines, links not counted.
    pub unlinked: usize,
    pub has_headline: bool,
    /// Whether a class name calls an element in it the article's text.
    pub has_article: bool,
}

impl LeftOutText {
    /// Adds what an element inside it has.
    pub fn add(&mut self, inner: Self) {
        self.prose += inner.prose;
        self.unlinked += inner.unlinked;
        self.has_headline |= inner.has_headline;
        self.has_article |= inner.has_article;
    }
}

/// An element that was left out.
#[derive(Clone, Copy, Debug)]
struct LeftOutElement {
    /// The number of its start tag in the page.
    tag: u32,
    reason: LeftOutReason,
    text: LeftOutText,
}

/// The elements of a page that were left out and have prose.
#[derive(Debug, Default)]
pub(super) struct LeftOutElements {
    /// Whether there is anything that a lenient pass would read.
    pub is_any: bool,
    elements: Vec<LeftOutElement>,
}

impl LeftOutElements {
    /// Takes note of one, when it ends.
    pub fn note(&mut self, tag: u32, reason: LeftOutReason, text: LeftOutText) {
        if (text.prose > 0 || text.has_article) && reason != LeftOutReason::Always && self.elements.len() < MAX_ELEMENTS
        {
            self.elements.push(LeftOutElement { tag, reason, text });
        }
    }
}

/// The numbers of the start tags of elements that hold the page's text and are to be read.
pub(super) fn to_read(page: &HtmlRows) -> HashSet<u32> {
    let outside = prose_sums(&page.rows).last().copied().unwrap_or_default();
    let holds_text = |element: &&LeftOutElement| {
        let text = element.text;
        let has_share = |percent: usize| text.prose > 0 && text.prose * 100 >= outside * percent;
        let is_only_text = has_share(ONLY_TEXT_PERCENT) && text.prose >= MIN_ONLY_TEXT;
        let is_holder = text.has_headline || text.has_article;
        match element.reason {
            LeftOutReason::Always | LeftOutReason::Comments => false,
            // An article whose lines are cut has little that looks like prose.
            LeftOutReason::Named => {
                let has_cut_lines = text.has_article && text.unlinked >= MIN_CUT_LINES.max(outside);
                is_only_text || (is_holder && has_share(HOLDER_PERCENT)) || has_cut_lines
            }
            LeftOutReason::Hidden { in_article } => {
                in_article && has_share(HIDDEN_PERCENT) && text.prose >= MIN_ONLY_TEXT
            }
            // Where no `<article>` is around them, headline and lead stand in a `<header>`.
            LeftOutReason::Frame => text.has_headline && text.prose > 0,
        }
    };
    page.left_out.elements.iter().filter(holds_text).map(|element| element.tag).collect()
}
