//! Turns a page's tokens into rows of text, with the meaning of the markup around each row, in one pass and without a
//! tree: a stack of open elements knows where regions begin and end. Time and memory are linear in the page. Choosing
//! the article among the rows is left to `article_region`.
//!
//! In the middle of a page the state looks like this:
//!
//! ```text
//! tokens   … <div class="detail"> <p> Ngày 3-7, <a href=…> đơn vị │ </a> sơ kết. </p> </div> …
//!
//! stack    html  body  div (region Body, first_row 4)  p (block)  a (link)
//! line     "Ngày 3-7, đơn vị"   linked_bytes 9         the row that is being written
//! rows     [0] [1] [2] [3]                             finished: byte ranges of `out.text`
//!
//! at </p>     line becomes rows[4]; its length is added to the weight of the div, the innermost container
//! at </div>   regions += Body, rows 4..5;  containers += rows 4..5 and weight; half of the weight is added to the body
//! ```

use super::element_stack::{CaptureTarget, ElementStack, OpenElement};
use super::elements::{self, ElementRole, WordRoles};
use super::fonts::PageFonts;
use super::left_out::{LeftOutReason, LeftOutText};
use super::rows::{Container, HtmlRow, HtmlRows, PageElement, Region, RegionKind};
use crate::ingest::plain::MAX_LINES;
use html5ever::LocalName;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;
use std::collections::HashSet;

/// Rows beyond this are not kept: the article alone may have half as many, so a page with more is no report.
const MAX_ROWS: usize = 2 * MAX_LINES;
/// A longer row is no caption.
const MAX_CAPTION_BYTES: usize = 900;
/// Words of headline elements and date slots are collected up to here; what does not fit is lost.
const MAX_CAPTURE_BYTES: usize = 1000;
/// Scripts with structured data are collected up to here; longer ones are cut, and so are searched for the day only.
const MAX_SCRIPT_BYTES: usize = 512 << 10;
/// Scripts with structured data beyond this many bytes in all are not parsed: each costs several times its size.
const MAX_SCRIPTS_BYTES: usize = 2 << 20;
/// Elements whose words are collected at the same time: a byline may contain the day.
const MAX_CAPTURES: usize = 4;
/// Elements beyond this number are not kept; their rows belong to the last one around them that is.
const MAX_ELEMENTS: u32 = 200_000;
/// A shorter row weighs nothing when the article is looked for: menus have many rows, but short ones.
const MIN_WEIGHED_BYTES: usize = 80;
/// A longer row is no label of a form.
const MAX_LABEL_BYTES: usize = 100;

/// What becomes of text that the tokenizer does not read as markup.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RawUse {
    Ignored,
    PageTitle,
    StructuredData,
    /// A style sheet, which may name old fonts.
    Styles,
}

/// The content of a `<script>`, `<title>` or the like that is open.
struct RawContent {
    used_as: RawUse,
    words: String,
}

/// Words that are collected for the page's headline or date.
struct Capture {
    /// The depth of the element that captures; deeper ones only add to it.
    depth: usize,
    words: String,
}

/// The pass over a page's tokens. The tokenizer hands out shared references only, hence the `RefCell`.
pub(super) struct RowBuilder {
    state: RefCell<BuilderState>,
}

#[derive(Default)]
struct BuilderState {
    out: HtmlRows,
    /// Whether navigation, hidden parts and elements that class names exclude are read too.
    is_lenient: bool,
    /// The numbers of the start tags of elements that are read although their names exclude them.
    to_read: HashSet<u32>,
    /// Number of start tags so far.
    tags: u32,
    /// Bytes outside of links of the line that is being left out.
    left_out_bytes: usize,
    /// The row that is being written.
    line: String,
    linked_bytes: usize,
    stack: ElementStack,
    images: usize,
    /// The number that the row after the last image gets.
    row_after_image: Option<usize>,
    raw: Option<RawContent>,
    captures: Vec<Capture>,
    /// Bytes of structured data so far.
    script_bytes: usize,
}

impl RowBuilder {
    /// Begins a pass that leaves out navigation, forms, hidden parts and elements that class names exclude.
    pub fn new(fonts: PageFonts) -> Self {
        Self::with(BuilderState::default(), fonts)
    }

    /// Begins a pass that reads those of them whose start tags have these numbers.
    pub fn with_elements(to_read: HashSet<u32>, fonts: PageFonts) -> Self {
        Self::with(BuilderState { to_read, ..BuilderState::default() }, fonts)
    }

    /// Begins a pass that reads all of them but scripts and the like.
    pub fn lenient(fonts: PageFonts) -> Self {
        Self::with(BuilderState { is_lenient: true, ..BuilderState::default() }, fonts)
    }

    fn with(mut state: BuilderState, fonts: PageFonts) -> Self {
        state.out.fonts = fonts;
        Self { state: RefCell::new(state) }
    }

    /// Closes what is still open and returns the rows.
    pub fn finish(self) -> HtmlRows {
        let mut state = self.state.into_inner();
        while state.close_innermost() {}
        state.end_line();
        state.out
    }
}

impl TokenSink for RowBuilder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.add_text(&text),
            Token::NullCharacterToken => state.add_text("\0"),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                state.start_element(&tag);
                if let Some(kind) = elements::raw_kind_of(&tag) {
                    return TokenSinkResult::RawData(kind);
                }
                if &*tag.name == "plaintext" {
                    return TokenSinkResult::Plaintext;
                }
            }
            Token::TagToken(tag) => state.end_element(&tag.name),
            Token::CommentToken(comment) => state.out.meta.note_comment(&comment),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl BuilderState {
    fn add_text(&mut self, text: &str) {
        if let Some(raw) = &mut self.raw {
            raw.add(text);
            return;
        }
        let text = &*self.out.fonts.shown(text, self.stack.font(), self.line.chars().next_back());
        for capture in &mut self.captures {
            if capture.words.len() + text.len() <= MAX_CAPTURE_BYTES {
                capture.words.push_str(text);
            }
        }
        if self.stack.in_excluded() {
            if !self.stack.in_never_text() && !self.stack.in_link() {
                self.left_out_bytes += text.trim().len();
            }
            return;
        }
        for c in text.chars() {
            if !c.is_whitespace() {
                self.line.push(c);
                self.linked_bytes += if self.stack.in_link() { c.len_utf8() } else { 0 };
            } else if c == '\n' && self.stack.in_preformatted() {
                self.end_line();
            } else {
                self.add_space();
            }
        }
    }

    /// Adds one space, unless the line is empty or ends in one.
    fn add_space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    /// Turns the line into a row, if there is anything in it.
    fn end_line(&mut self) {
        let left_out = std::mem::take(&mut self.left_out_bytes);
        self.stack.count_left_out(left_out, left_out >= MIN_WEIGHED_BYTES);
        let line = self.line.trim_end();
        self.out.too_many |= self.out.rows.len() >= MAX_ROWS;
        if !line.is_empty() && !self.out.too_many {
            let start = self.out.text.len();
            self.out.text.push_str(line);
            let around = self.stack.around_row();
            let after_image = self.row_after_image == Some(self.out.rows.len()) && line.len() <= MAX_CAPTION_BYTES;
            let row = HtmlRow {
                start,
                end: self.out.text.len(),
                linked_bytes: self.linked_bytes,
                is_caption: around.is_caption || (after_image && around.is_centred),
                is_heading: around.is_heading,
                is_dropped: false,
                is_doubtful: false,
                element: self.stack.number_of_innermost(),
            };
            self.out.rows.push(row);
            // Links count twice against the text around them: rows of teasers are half link, half words.
            let weight = row.len().saturating_sub(row.linked_bytes * 2);
            if weight >= MIN_WEIGHED_BYTES && !row.is_caption {
                self.stack.weigh(weight);
            }
        }
        self.line.clear();
        self.linked_bytes = 0;
    }

    fn start_element(&mut self, tag: &Tag) {
        if elements::is_empty_title(tag) {
            return;
        }
        let name: &str = &tag.name;
        self.tags += 1;
        self.out.cost.start(name, self.stack.full_depth());
        self.raw = elements::raw_kind(name).map(|_| {
            let used_as = if name == "style" && self.out.fonts.reads_styles() { RawUse::Styles } else { raw_use(tag) };
            RawContent { used_as, words: String::new() }
        });
        self.out.meta.note(name, tag);
        while self.stack.closed_by_start_of(name) {
            self.close_innermost();
        }
        match name {
            "img" | "picture" => {
                self.images += 1;
                self.row_after_image = Some(self.out.rows.len() + usize::from(!self.line.trim().is_empty()));
            }
            "br" => self.end_line(),
            // The cells of a table's row are one line, with a space between.
            "td" | "th" => self.add_space(),
            _ if elements::is_block(name) => self.end_line(),
            _ => {}
        }
        if elements::is_void(name) || self.stack.skip_if_too_deep() {
            return;
        }
        let open = self.describe(tag);
        self.out.left_out.is_any |= open.left_out.is_some() && elements::raw_kind(name).is_none();
        if open.captures.is_some() && self.captures.len() < MAX_CAPTURES {
            self.captures.push(Capture { depth: self.stack.depth(), words: String::new() });
        } else if open.is_block {
            // Else the words of two lines would be one.
            self.captures.iter_mut().for_each(|capture| capture.words.push(' '));
        }
        let is_named_text = open.region == Some(RegionKind::Body);
        // An element of the site's own may hold paragraphs, and is looked at only if it is not the article's.
        let may_get_rows = open.is_block || (elements::is_own_element(name) && WordRoles::of(tag).has_drop_word);
        let number = may_get_rows.then(|| self.begin_element(tag, is_named_text)).flatten();
        self.stack.push(OpenElement { number, ..open });
    }

    /// Keeps an element that may get rows, and returns its number. `None` beyond those kept. A word of its class names
    /// excludes no element that another of them calls the article's text: `sidebar-grid__content article__content`.
    fn begin_element(&mut self, tag: &Tag, is_named_text: bool) -> Option<u32> {
        let number = u32::try_from(self.out.elements.len()).ok().filter(|number| *number < MAX_ELEMENTS)?;
        let row = self.out.rows.len();
        let words = WordRoles::of(tag);
        self.out.elements.push(PageElement {
            parent: self.stack.number_of_innermost(),
            rows: row..row,
            kind: elements::kind(&tag.name),
            has_drop_word: !is_named_text && words.has_drop_word,
            has_text_inside: false,
            is_series: words.is_series,
            is_about_author: elements::is_about_author(tag),
            is_entry: elements::is_entry(tag),
        });
        Some(number)
    }

    /// Notes for the elements around that the article's text is in them.
    fn note_text_inside(&mut self) {
        let mut around = self.stack.number_of_innermost();
        // An element that knows it already has told those around it.
        while let Some(element) = around.and_then(|number| self.out.elements.get_mut(number as usize))
            && !element.has_text_inside
        {
            element.has_text_inside = true;
            around = element.parent;
        }
    }

    /// Notes where an element ends; one without rows is not kept, unless others have begun after it.
    fn end_of_element(&mut self, number: u32) {
        let end = self.out.rows.len();
        let Some(element) = self.out.elements.get_mut(number as usize) else { return };
        element.rows.end = end;
        if element.rows.is_empty() && number as usize + 1 == self.out.elements.len() {
            self.out.elements.pop();
        }
    }

    /// The element of a start tag, by its name, class names and the elements around it.
    fn describe(&self, tag: &Tag) -> OpenElement {
        let name: &str = &tag.name;
        let roles = elements::roles(tag);
        let has = |role| roles.contains(&role);
        let region = match name {
            "html" | "body" | "head" | "a" | "span" => None,
            // Some systems give such a name to each paragraph.
            _ if has(ElementRole::Body) && elements::is_container(name) => Some(RegionKind::Body),
            _ if has(ElementRole::Lead) => Some(RegionKind::Lead),
            "article" => Some(RegionKind::Article),
            _ => None,
        };
        // Themes put class names for navigation or headlines on these, which hold the whole page or article.
        let holds_page = matches!(name, "html" | "body" | "main" | "article" | "form" | "table" | "tbody" | "tr");
        let is_frame = matches!(name, "header" | "footer") && !self.stack.in_article();
        let is_named_other = has(ElementRole::Drop) && region.is_none() && !holds_page;
        let left_out = if elements::raw_kind(name).is_some() {
            Some(LeftOutReason::Always)
        } else if self.is_lenient || self.to_read.contains(&self.tags) {
            None
        } else if elements::is_never_text(name) {
            Some(LeftOutReason::Always)
        } else if has(ElementRole::Comments) && !holds_page {
            Some(LeftOutReason::Comments)
        } else if elements::is_beside_text(name) || is_named_other {
            Some(LeftOutReason::Named)
        } else if elements::is_hidden(tag) {
            Some(LeftOutReason::Hidden { in_article: self.stack.in_article() })
        } else {
            is_frame.then_some(LeftOutReason::Frame)
        };
        let captures = if holds_page {
            None
        } else if has(ElementRole::Title) || name == "h1" {
            Some(CaptureTarget::Headline { named: has(ElementRole::Title) })
        } else if has(ElementRole::Author) || elements::attribute(tag, "rel").is_some_and(|rel| rel == "author") {
            Some(CaptureTarget::Author { named: true })
        } else if has(ElementRole::Date) || name == "time" {
            Some(CaptureTarget::DateSlot { named: true })
        } else if elements::may_print_day(tag) {
            Some(CaptureTarget::DateSlot { named: false })
        } else if !self.stack.in_excluded() && elements::may_name_author(tag) {
            Some(CaptureTarget::Author { named: false })
        } else {
            None
        };
        OpenElement {
            name: tag.name.clone(),
            is_block: elements::is_block(name),
            first_row: self.out.rows.len(),
            images_before: self.images,
            region,
            left_out,
            left_out_text: LeftOutText {
                prose: 0,
                unlinked: 0,
                has_headline: matches!(captures, Some(CaptureTarget::Headline { .. })),
                has_article: region == Some(RegionKind::Body),
            },
            tag: self.tags,
            is_caption: name == "figcaption" || (has(ElementRole::Caption) && region.is_none()),
            is_centred: elements::is_centred(tag) || name == "center",
            is_link: name == "a",
            is_container: elements::is_container(name),
            weight: 0,
            captures,
            number: None,
            font: self.out.fonts.of_element(tag, self.stack.font()),
        }
    }

    fn end_element(&mut self, name: &LocalName) {
        self.out.cost.end(name);
        match self.raw.take() {
            Some(RawContent { used_as: RawUse::PageTitle, words }) => {
                let title = self.out.fonts.title(words);
                self.out.meta.title.get_or_insert(title);
            }
            Some(RawContent { used_as: RawUse::Styles, words }) => self.out.fonts.read_style(&words),
            Some(RawContent { used_as: RawUse::StructuredData, words }) => {
                self.script_bytes += words.len();
                if self.script_bytes <= MAX_SCRIPTS_BYTES {
                    self.out.meta.data.read(&words);
                }
            }
            _ => {}
        }
        if let Some(depth) = self.stack.depth_ended_by(name) {
            while self.stack.depth() > depth && self.close_innermost() {}
        } else if elements::is_block(name) && !is_cell(name) {
            self.end_line();
        }
    }

    /// Closes the innermost element. `false` if none is open.
    fn close_innermost(&mut self) -> bool {
        let Some(last) = self.stack.innermost() else { return false };
        if (last.is_block && !is_cell(&last.name)) || last.is_caption || last.region.is_some() {
            self.end_line();
        }
        let Some(open) = self.stack.pop() else { return false };
        if let Some(reason) = open.left_out {
            self.out.left_out.note(open.tag, reason, open.left_out_text);
        }
        if let Some(capture) = self.captures.pop_if(|capture| capture.depth == self.stack.depth()) {
            match open.captures {
                Some(CaptureTarget::Headline { named }) => self.out.meta.note_headline(&capture.words, named),
                Some(CaptureTarget::DateSlot { named }) => self.out.meta.note_slot(&capture.words, named),
                Some(CaptureTarget::Author { named: true }) => self.out.meta.note_author(&capture.words),
                Some(CaptureTarget::Author { named: false }) => {
                    self.out.meta.note_likely_author(&capture.words, open.is_link);
                }
                None => {}
            }
        }
        if let Some(number) = open.number {
            self.end_of_element(number);
        }
        let rows = open.first_row..self.out.rows.len();
        if let Some(kind) = open.region
            && !rows.is_empty()
        {
            self.out.regions.push(Region { kind, rows: rows.clone() });
            if kind == RegionKind::Body {
                self.note_text_inside();
            }
        }
        if open.weight > 0 {
            self.out.containers.push(Container { rows, weight: open.weight });
            self.stack.weigh(open.weight / 2);
        }
        match &*open.name {
            "table" | "figure" => self.mark_captions_of(&open),
            "form" if !self.is_lenient => self.drop_form(open.first_row),
            _ => {}
        }
        true
    }

    /// The text in a table or figure of photographs is captions, if there is little of it.
    fn mark_captions_of(&mut self, open: &OpenElement) {
        let images = self.images - open.images_before;
        // Old layouts put the whole article into a table.
        let has_text = self.out.regions.iter().rev().take_while(|region| region.rows.end > open.first_row);
        let has_text = has_text.into_iter().any(|region| region.kind == RegionKind::Body);
        let rows = self.out.rows.get_mut(open.first_row..).unwrap_or_default();
        if images > 0 && !has_text && rows.len() <= images * 2 && rows.iter().all(|row| row.len() <= MAX_CAPTION_BYTES)
        {
            for row in rows {
                row.is_caption = true;
            }
        }
    }

    /// Drops a form of short labels. A form with sentences in it is the page itself, which some systems wrap in a form.
    fn drop_form(&mut self, first_row: usize) {
        let rows = self.out.rows.get_mut(first_row..).unwrap_or_default();
        if rows.iter().all(|row| row.len() <= MAX_LABEL_BYTES) {
            self.out.left_out.is_any |= !rows.is_empty();
            for row in rows {
                row.is_dropped = true;
            }
        }
    }
}

impl RawContent {
    /// Adds a piece of text, if it is wanted and fits.
    fn add(&mut self, text: &str) {
        let max_bytes = match self.used_as {
            RawUse::Ignored => return,
            RawUse::PageTitle => MAX_CAPTURE_BYTES,
            RawUse::StructuredData | RawUse::Styles => MAX_SCRIPT_BYTES,
        };
        if self.words.len() + text.len() <= max_bytes {
            self.words.push_str(text);
        }
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

fn raw_use(tag: &Tag) -> RawUse {
    match &*tag.name {
        "title" => RawUse::PageTitle,
        "script" if elements::attribute(tag, "type").is_some_and(|kind| kind.contains("ld+json")) => {
            RawUse::StructuredData
        }
        _ => RawUse::Ignored,
    }
}
