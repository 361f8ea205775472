//! A page's tokens to rows of text with what the markup says of each, in one pass and without a tree: a stack of open
//! elements, never deeper than 256, knows where regions begin and end. Choosing among the rows is left to `choose`.

use super::elements::{self, ElementRole};
use super::meta::PageMetadata;
use crate::ingest::plain::MOST_LINES;
use html5ever::LocalName;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;
use std::collections::HashMap;

/// Elements deeper than this are read but not remembered.
const DEEPEST: usize = 256;
/// Rows beyond this are not kept; a page with so many is no report.
const MOST_ROWS: usize = 2 * MOST_LINES;
/// Captions are at most so many bytes long.
const LONGEST_CAPTION: usize = 900;
/// Words of headline elements and date slots are collected up to so many bytes.
const LONGEST_CAPTURE: usize = 1000;
/// Scripts with structured data are collected up to so many bytes.
const LONGEST_SCRIPT: usize = 64 << 10;
/// Rows of fewer bytes than this weigh nothing when the article is looked for.
const SHORTEST_TEXT: usize = 80;
/// A label of a form is at most so many bytes long.
const LONGEST_LABEL: usize = 100;

/// One line of the page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HtmlLine {
    /// Where it stands in `Rows::text`, in bytes.
    pub start: usize,
    /// And where it ends.
    pub end: usize,
    /// How many of its bytes are links.
    pub linked: usize,
    /// Whether it stands under a photograph.
    pub caption: bool,
    /// Whether it is a headline element.
    pub heading: bool,
    /// Whether it is no part of any article.
    pub dropped: bool,
}

/// What a stretch of rows is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LineRegion {
    /// An `<article>`.
    Article,
    /// The article's text.
    Body,
    /// The lead.
    Lead,
}

/// A page as rows.
#[derive(Debug, Default)]
pub(super) struct HtmlLines {
    /// The text of all rows.
    pub text: String,
    /// The rows, in order.
    pub rows: Vec<HtmlLine>,
    /// Stretches of rows: what, first row, row after the last.
    pub regions: Vec<(LineRegion, usize, usize)>,
    /// Containers with text of their own: first row, row after the last, weight.
    pub containers: Vec<(usize, usize, usize)>,
    /// What the page says about itself.
    pub meta: PageMetadata,
    /// Whether there were more rows than are kept.
    pub too_many: bool,
}

/// An open element.
struct OpenElement {
    name: LocalName,
    block: bool,
    /// The first row after its beginning.
    row: usize,
    /// Images before it.
    images: usize,
    region: Option<LineRegion>,
    never: bool,
    caption: bool,
    centred: bool,
    link: bool,
    container: bool,
    /// Bytes of text in it: its own rows and half of its containers'.
    weight: usize,
    captures: Option<CaptureTarget>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CaptureTarget {
    Headline { called_so: bool },
    Slot,
}

/// What becomes of text that is no markup.
enum RawText {
    Nothing,
    Title,
    Json,
}

/// The state of one pass.
pub(super) struct RowBuilder {
    state: RefCell<BuilderState>,
}

#[derive(Default)]
struct BuilderState {
    out: HtmlLines,
    /// Whether regions that are said to be no text are left out.
    strict: bool,
    line: String,
    linked: usize,
    stack: Vec<OpenElement>,
    /// How many elements of each name are on the stack.
    open: HashMap<LocalName, usize>,
    /// Elements open beyond `DEEPEST`.
    beyond: usize,
    never: usize,
    links: usize,
    content: usize,
    pre: usize,
    images: usize,
    /// The number of rows when the last image was met.
    image_row: Option<usize>,
    raw: Option<(RawText, String)>,
    captured: Option<(usize, String)>,
}

impl RowBuilder {
    /// A pass; `strict` leaves out navigation, forms and what class names call no article.
    pub fn new(strict: bool) -> Self {
        Self { state: RefCell::new(BuilderState { strict, ..BuilderState::default() }) }
    }

    /// What was found.
    pub fn finish(self) -> HtmlLines {
        let mut state = self.state.into_inner();
        while state.pop() {}
        state.end_line();
        state.out
    }
}

impl TokenSink for RowBuilder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::NullCharacterToken => state.text("\0"),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                state.start(&tag);
                if let Some(kind) = elements::raw_kind(&tag.name) {
                    return TokenSinkResult::RawData(kind);
                }
                if &*tag.name == "plaintext" {
                    return TokenSinkResult::Plaintext;
                }
            }
            Token::TagToken(tag) => state.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl BuilderState {
    fn text(&mut self, text: &str) {
        if let Some((raw, words)) = &mut self.raw {
            let most = if matches!(raw, RawText::Json) { LONGEST_SCRIPT } else { LONGEST_CAPTURE };
            if !matches!(raw, RawText::Nothing) && words.len() + text.len() <= most {
                words.push_str(text);
            }
            return;
        }
        if let Some((_, words)) = &mut self.captured
            && words.len() + text.len() <= LONGEST_CAPTURE
        {
            words.push_str(text);
        }
        if self.never > 0 {
            return;
        }
        for c in text.chars() {
            if !c.is_whitespace() {
                self.line.push(c);
                self.linked += if self.links > 0 { c.len_utf8() } else { 0 };
            } else if c == '\n' && self.pre > 0 {
                self.end_line();
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    /// Puts the line down as a row.
    fn end_line(&mut self) {
        let line = self.line.trim_end();
        self.out.too_many |= self.out.rows.len() >= MOST_ROWS;
        if !line.is_empty() && !self.out.too_many {
            let start = self.out.text.len();
            self.out.text.push_str(line);
            let said = self.stack.iter().rev().take(8);
            let after_image = self.image_row == Some(self.out.rows.len()) && line.len() <= LONGEST_CAPTION;
            let centred = said.clone().take_while(|open| !open.block || open.centred).any(|open| open.centred);
            let row = HtmlLine {
                start,
                end: self.out.text.len(),
                linked: self.linked,
                caption: said.clone().any(|open| open.caption) || (after_image && centred),
                heading: said.clone().any(|open| matches!(open.captures, Some(CaptureTarget::Headline { .. }))),
                dropped: false,
            };
            self.out.rows.push(row);
            let unlinked = (row.end - row.start).saturating_sub(row.linked * 2);
            if unlinked >= SHORTEST_TEXT && !row.caption {
                self.weigh(unlinked);
            }
        }
        self.line.clear();
        self.linked = 0;
    }

    /// Adds to the innermost container.
    fn weigh(&mut self, weight: usize) {
        if let Some(open) = self.stack.iter_mut().rev().find(|open| open.container) {
            open.weight += weight;
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        self.raw = elements::raw_kind(name).map(|_| (raw_use(tag), String::new()));
        self.out.meta.note(name, tag);
        while self.beyond == 0 && self.stack.last().is_some_and(|open| elements::closes(name, &open.name)) {
            self.pop();
        }
        match name {
            "img" | "picture" => {
                self.images += 1;
                self.image_row = Some(self.out.rows.len() + usize::from(!self.line.trim().is_empty()));
            }
            "br" => self.end_line(),
            // Cells of one row stay on its line, apart.
            "td" | "th" if !self.line.is_empty() && !self.line.ends_with(' ') => self.line.push(' '),
            "td" | "th" => {}
            _ if elements::is_block(name) => self.end_line(),
            _ => {}
        }
        if elements::is_void(name) {
            return;
        }
        if self.stack.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        let open = self.look_at(tag);
        self.push(open);
    }

    /// What the markup says of an element.
    fn look_at(&self, tag: &Tag) -> OpenElement {
        let name: &str = &tag.name;
        let parts = elements::parts(tag);
        let has = |part| parts.contains(&part);
        let region = match name {
            "html" | "body" | "head" | "a" | "span" => None,
            _ if has(ElementRole::Body) => Some(LineRegion::Body),
            _ if has(ElementRole::Lead) => Some(LineRegion::Lead),
            "article" => Some(LineRegion::Article),
            _ => None,
        };
        let page = matches!(name, "html" | "body" | "main" | "article" | "form" | "table" | "tbody" | "tr");
        let around = matches!(name, "header" | "footer") && self.content == 0;
        let called_off = has(ElementRole::Drop) && region.is_none() && !page;
        let never = name == "script"
            || elements::raw_kind(name).is_some()
            || (self.strict && (elements::is_never_text(name) || around || called_off || elements::is_hidden(tag)));
        let headline = if has(ElementRole::Title) || name == "h1" {
            Some(CaptureTarget::Headline { called_so: has(ElementRole::Title) })
        } else {
            None
        };
        OpenElement {
            name: tag.name.clone(),
            block: elements::is_block(name),
            row: self.out.rows.len(),
            images: self.images,
            region,
            never,
            caption: name == "figcaption" || (has(ElementRole::Caption) && region.is_none()),
            centred: elements::is_centred(tag) || name == "center",
            link: name == "a",
            container: elements::is_container(name),
            weight: 0,
            captures: headline
                .or((has(ElementRole::Date) || name == "time").then_some(CaptureTarget::Slot))
                .filter(|_| !page),
        }
    }

    fn push(&mut self, open: OpenElement) {
        self.never += usize::from(open.never);
        self.links += usize::from(open.link);
        self.pre += usize::from(&*open.name == "pre");
        self.content += usize::from(matches!(open.region, Some(LineRegion::Body | LineRegion::Article)));
        if open.captures.is_some() && self.captured.is_none() {
            self.captured = Some((self.stack.len(), String::new()));
        }
        *self.open.entry(open.name.clone()).or_default() += 1;
        self.stack.push(open);
    }

    fn end(&mut self, name: &LocalName) {
        if let Some((raw, words)) = self.raw.take() {
            match raw {
                RawText::Title if self.out.meta.title.is_none() => self.out.meta.title = Some(words),
                RawText::Json => self.out.meta.note_json(&words),
                _ => {}
            }
        }
        let block = elements::is_block(name);
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if self.open.get(name).is_some_and(|count| *count > 0) {
            // The end of an inline element does not reach out of its block.
            let reach = self.stack.iter().rposition(|open| open.name == *name || (open.block && !block));
            if let Some(at) = reach.filter(|at| self.stack.get(*at).is_some_and(|open| open.name == *name)) {
                while self.stack.len() > at && self.pop() {}
                return;
            }
        }
        if block && !matches!(&**name, "td" | "th") {
            self.end_line();
        }
    }

    /// Closes the innermost element; whether there was one.
    fn pop(&mut self) -> bool {
        let Some(last) = self.stack.last() else { return false };
        if last.block && !matches!(&*last.name, "td" | "th") || last.caption || last.region.is_some() {
            self.end_line();
        }
        let Some(open) = self.stack.pop() else { return false };
        self.never -= usize::from(open.never);
        self.links -= usize::from(open.link);
        self.pre -= usize::from(&*open.name == "pre");
        self.content -= usize::from(matches!(open.region, Some(LineRegion::Body | LineRegion::Article)));
        if let Some(count) = self.open.get_mut(&open.name) {
            *count -= 1;
            if *count == 0 {
                self.open.remove(&open.name);
            }
        }
        if self.captured.as_ref().is_some_and(|(depth, _)| *depth == self.stack.len())
            && let (Some((_, words)), Some(capture)) = (self.captured.take(), open.captures)
        {
            match capture {
                CaptureTarget::Headline { called_so } => self.out.meta.note_headline(&words, called_so),
                CaptureTarget::Slot => self.out.meta.note_slot(&words),
            }
        }
        let rows = self.out.rows.len();
        if let Some(region) = open.region
            && open.row < rows
        {
            self.out.regions.push((region, open.row, rows));
        }
        if open.weight > 0 {
            self.out.containers.push((open.row, rows, open.weight));
            self.weigh(open.weight / 2);
        }
        match &*open.name {
            "table" | "figure" => self.close_picture(&open),
            "form" if self.strict => self.close_form(open.row),
            _ => {}
        }
        true
    }

    /// A table or figure of photographs: what little text it has are captions.
    fn close_picture(&mut self, open: &OpenElement) {
        let images = self.images - open.images;
        let rows = self.out.rows.get_mut(open.row..).unwrap_or_default();
        let short = |rows: &[HtmlLine]| rows.iter().all(|row| row.end - row.start <= LONGEST_CAPTION);
        if images > 0 && rows.len() <= images * 2 && short(rows) {
            for row in rows {
                row.caption = true;
            }
        }
    }

    /// A form of short labels is a form; one with sentences in it is the page itself, as some systems wrap it.
    fn close_form(&mut self, first: usize) {
        let rows = self.out.rows.get_mut(first..).unwrap_or_default();
        if rows.iter().all(|row| row.end - row.start <= LONGEST_LABEL) {
            for row in rows {
                row.dropped = true;
            }
        }
    }
}

fn raw_use(tag: &Tag) -> RawText {
    match &*tag.name {
        "title" => RawText::Title,
        "script" if elements::attribute(tag, "type").is_some_and(|kind| kind.contains("ld+json")) => RawText::Json,
        _ => RawText::Nothing,
    }
}
