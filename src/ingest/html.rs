//! Saved pages to drafts: the article's headline, lead and lines, what the markup says of them, and what the page says
//! about itself. Uses the tokenizer of html5ever and builds no tree, so that time and memory are linear in the page
//! whatever is in it. Entities are resolved; scripts, styles and hidden parts never become text.

mod attribute_limit;
mod choose;
mod elements;
mod meta;
mod row_builder;

use super::plain::{self, MOST_LINES, MarkupHints, address_in};
use super::{UnreadableInput, paragraph_kinds, title};
use crate::report::{Draft, ParagraphKind};
use crate::text::words::folded_words;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use row_builder::{HtmlLine, HtmlLines, RowBuilder};

/// The page is handed to the tokenizer in pieces of so many bytes.
const PIECE: usize = 1 << 20;
/// The headline is looked for among so many first rows of the article.
const TOP: usize = 4;

/// The draft of a page.
pub(super) fn page(markup: &str, mut around: MarkupHints) -> Result<Draft, UnreadableInput> {
    let rows = rows(markup, &mut around)?;
    let mut text = ChosenText::default();
    let article = choose::article(&rows);
    let headline = rows.meta.headline().map(folded_words);
    let in_article = |row: &HtmlLine| headline.as_deref() == Some(folded_words(rows.of(row)).as_str());
    let top = rows.rows.get(article.clone()).unwrap_or_default();
    if !top.iter().take(TOP).any(in_article)
        && let Some(headline) = rows.meta.headline()
    {
        text.push(headline, Some(ParagraphKind::Headline));
    }
    for row in rows.rows.get(choose::lead(&rows, &article)).unwrap_or_default() {
        let words = rows.of(row);
        let repeated = top.iter().take(TOP).any(|first| folded_words(rows.of(first)) == folded_words(words));
        if !repeated && !paragraph_kinds::is_residue(words) {
            text.push(words, None);
        }
    }
    for row in top.iter().filter(|row| !row.dropped) {
        let kind = if in_article(row) { Some(ParagraphKind::Headline) } else { kind(row, rows.of(row)) };
        text.push(rows.of(row), kind);
    }
    let (published, note) = rows.meta.published();
    around.notes.extend(note.map(str::to_owned));
    around.published = published.or(around.published);
    around.title = rows.meta.page_title().as_deref().and_then(title::line).or(around.title);
    around.url = rows.meta.address.as_deref().and_then(address_in).or(around.url);
    around.said = text.said;
    drop(rows.rows);
    drop(rows.text);
    plain::draft(&text.text, around)
}

/// The draft of a piece of markup that is an article's text and nothing else, such as an item of a feed.
pub(super) fn fragment(markup: &str, mut around: MarkupHints) -> Result<Draft, UnreadableInput> {
    let rows = rows(markup, &mut around)?;
    let mut text = ChosenText::default();
    for row in rows.rows.iter().filter(|row| !row.dropped) {
        text.push(rows.of(row), kind(row, rows.of(row)));
    }
    around.said = text.said;
    plain::draft(&text.text, around)
}

/// Whether a value that may be either is markup.
pub(super) fn is_markup(text: &str) -> bool {
    ["<p>", "<p ", "</p>", "<br", "</div>", "</a>", "<table", "</span>", "</li>"].iter().any(|tag| text.contains(tag))
}

impl HtmlLines {
    fn of(&self, row: &HtmlLine) -> &str {
        self.text.get(row.start..row.end).unwrap_or_default()
    }
}

/// Lines with what is known of them.
#[derive(Default)]
struct ChosenText {
    text: String,
    said: Vec<(usize, ParagraphKind)>,
    /// The number of the next line.
    line: usize,
}

impl ChosenText {
    /// Adds a line, a blank one before it.
    fn push(&mut self, words: &str, kind: Option<ParagraphKind>) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.line += 2;
        }
        self.text.push_str(words);
        if let Some(kind) = kind {
            self.said.push((self.line, kind));
        }
    }
}

/// What the markup alone says of a row.
fn kind(row: &HtmlLine, words: &str) -> Option<ParagraphKind> {
    let all_link = row.linked * 20 >= words.split_whitespace().map(str::len).sum::<usize>() * 19;
    if row.caption {
        Some(ParagraphKind::Caption)
    } else if all_link && !words.ends_with('.') && !row.heading {
        // A row that is nothing but a link leads to another page.
        Some(ParagraphKind::Residue)
    } else {
        None
    }
}

/// The rows of a page: without what is said to be no text, or with it where nothing else is left.
fn rows(markup: &str, around: &mut MarkupHints) -> Result<HtmlLines, UnreadableInput> {
    let (markup, tags) = attribute_limit::bound(markup);
    if tags > 0 {
        around.notes.push(format!("attributes beyond 256 of {tags} tags were left out"));
    }
    let strict = tokenize(&markup, true);
    let rows = if strict.rows.iter().all(|row| row.dropped) { tokenize(&markup, false) } else { strict };
    if rows.too_many { Err(UnreadableInput::TooManyLines { limit: MOST_LINES }) } else { Ok(rows) }
}

fn tokenize(markup: &str, strict: bool) -> HtmlLines {
    let tokenizer = Tokenizer::new(RowBuilder::new(strict), TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut rest = markup;
    while !rest.is_empty() {
        let mut end = rest.len().min(PIECE);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        queue.push_back(StrTendril::from(rest.get(..end).unwrap_or_default()));
        rest = rest.get(end..).unwrap_or_default();
        // A script's end stops the tokenizer once; it goes on when fed again.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
    }
    tokenizer.end();
    tokenizer.sink.finish()
}
