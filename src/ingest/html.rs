//! Saved pages to drafts: finds the article's headline, lead and lines, and the page's title, address and day. Uses
//! html5ever's tokenizer and builds no tree, so that time and memory are linear in the size of any page: building a
//! tree from hostile nesting is quadratic. Scripts, styles and hidden parts never become text.

mod article_region;
mod attribute_limit;
mod doubtful_rows;
mod element_stack;
mod elements;
mod entries;
mod fonts;
mod left_out;
mod links;
mod meta;
mod page_rules;
mod page_sort;
mod row_builder;
mod rows;
mod script_text;
mod second_opinion;
mod stated_text;
mod structured_data;
mod style_fonts;
mod tags;
#[cfg(test)]
mod tests;

pub use links::{PageLink, PageLinks};
pub use page_rules::{PageRule, RulesOnPage, rules};

use super::plain::{self, MAX_LINES, MarkupHints, address_in};
use super::{UnreadableInput, old_font, paragraph_kinds, prefix, title};
use crate::report::{Draft, ParagraphKind};
use crate::text::words::folded_words;
use article_region::prose_bytes;
use fonts::PageFonts;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TokenSink, Tokenizer, TokenizerOpts};
use row_builder::RowBuilder;
use rows::{HtmlRow, HtmlRows};
use stated_text::StatedText;
use std::collections::HashSet;
use std::ops::Range;

/// The page is handed to the tokenizer in pieces of this size, so that only one of them is copied at a time.
const PIECE_BYTES: usize = 1 << 20;
/// A shorter caption may be the beginning of another one by chance.
const MIN_CUT_CAPTION_BYTES: usize = 40;
/// The headline and a repeated lead are looked for among this many first rows of the article.
const TOP_ROWS: usize = 4;

/// The draft of a page.
pub(super) fn page(markup: &str, mut hints: MarkupHints) -> Result<Draft, UnreadableInput> {
    let mut page = read_rows(markup, &mut hints)?;
    if page.rows.iter().all(|row| row.is_dropped || prose_bytes(row) == 0)
        && let Some(inserted) = script_text::markup_in_scripts(markup)
    {
        // Inserted in one element: the paragraphs of a piece of markup may have none around them.
        let rows = tokenize(&["<body>", &inserted].concat(), RowBuilder::new(PageFonts::default()));
        if !rows.too_many {
            page = HtmlRows { meta: page.meta, ..rows };
            hints.notes.push("the text was found in a script of the page".to_owned());
        }
    }
    let stated = StatedText::new(&page);
    let mut article = article_region::article(&page, stated.as_ref());
    doubtful_rows::mark(&mut page, &article, stated.as_ref());
    if let Some(other) = second_opinion::article(markup, &page, &article) {
        page = HtmlRows { meta: page.meta, ..other };
        article = 0..page.rows.len();
        doubtful_rows::mark(&mut page, &article, None);
    }
    if let Some((kind, what)) = page_sort::no_report(&page, &article, hints.url.as_deref()) {
        return Err(UnreadableInput::NotAReport { kind, what });
    }
    hints.notes.extend(page_sort::paywall_note(&page, &article).map(str::to_owned));
    let text = choose_text(&page, &article);
    let (published, note) = page.meta.published();
    hints.notes.extend(note.map(str::to_owned));
    hints.published = published.or(hints.published);
    hints.images = page.meta.day_of_images();
    hints.title = page.meta.page_title().as_deref().and_then(title::line).or(hints.title);
    hints.url = page.meta.address().and_then(address_in).or(hints.url);
    hints.outlet = page.meta.outlet().and_then(title::line).or(hints.outlet);
    hints.authors = page.meta.authors();
    hints.known_kinds = text.known_kinds;
    hints.doubtful = text.doubtful;
    // The rows are as large as the page, and what follows needs as much again.
    drop(page);
    plain::draft(&text.text, hints)
}

/// The draft of markup that is an article's text and nothing else, such as an item of a feed.
pub(super) fn fragment(markup: &str, mut hints: MarkupHints) -> Result<Draft, UnreadableInput> {
    let page = read_rows(markup, &mut hints)?;
    let mut text = ChosenText::default();
    for row in page.rows.iter().filter(|row| !row.is_dropped) {
        let words = page.text_of(row);
        text.push(words, kind_by_markup(row, words));
    }
    hints.known_kinds = text.known_kinds;
    plain::draft(&text.text, hints)
}

/// The text of a page's article, with headline and lead on top if they are outside of the article's element.
fn choose_text(page: &HtmlRows, article: &Range<usize>) -> ChosenText {
    let mut text = ChosenText::default();
    let rows = page.rows.get(article.clone()).unwrap_or_default();
    let top: Vec<String> = rows.iter().take(TOP_ROWS).map(|row| folded_words(page.text_of(row))).collect();
    let headline = page.meta.headline().map(folded_words);
    if let Some(words) = page.meta.headline()
        && !headline.as_ref().is_some_and(|headline| top.contains(headline))
    {
        text.push(words, Some(ParagraphKind::Headline));
    }
    for row in page.rows.get(article_region::lead(page, article)).unwrap_or_default() {
        let words = page.text_of(row);
        if !top.contains(&folded_words(words)) && !paragraph_kinds::is_residue(words) {
            text.push(words, None);
        }
    }
    let repeated = repeated_captions(page, rows);
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_dropped) {
        let words = page.text_of(row);
        let is_headline = headline.as_ref().is_some_and(|headline| *headline == folded_words(words));
        let kind = if repeated.contains(&at) {
            Some(ParagraphKind::Residue)
        } else if is_headline {
            Some(ParagraphKind::Headline)
        } else {
            kind_by_markup(row, words)
        };
        text.push(words, kind);
        if row.is_doubtful && !is_headline {
            text.doubtful.push(text.line);
        }
    }
    text
}

/// The captions that another caption has too, by their places among the rows: galleries print each of theirs once for
/// the page and once cut off or for small screens. Of equal ones the first stays.
fn repeated_captions(page: &HtmlRows, rows: &[HtmlRow]) -> HashSet<usize> {
    let captions = rows.iter().enumerate().filter(|(_, row)| row.is_caption && !row.is_dropped);
    let mut captions: Vec<(String, usize)> = captions.map(|(at, row)| (folded_words(page.text_of(row)), at)).collect();
    // Those that begin alike are then side by side, and of equal ones the first is last.
    captions.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
    let pairs = captions.windows(2).filter_map(|pair| if let [one, next] = pair { Some((one, next)) } else { None });
    let is_repeated =
        |one: &str, next: &str| one == next || (one.len() >= MIN_CUT_CAPTION_BYTES && next.starts_with(one));
    pairs.filter(|(one, next)| is_repeated(&one.0, &next.0)).map(|(one, _)| one.1).collect()
}

/// Whether a value that may be either is markup.
pub(super) fn is_markup(text: &str) -> bool {
    ["<p>", "<p ", "</p>", "<br", "</div>", "</a>", "<table", "</span>", "</li>"].iter().any(|tag| text.contains(tag))
}

/// A text that is put together from rows.
#[derive(Default)]
struct ChosenText {
    text: String,
    /// By line number, as in `MarkupHints`.
    known_kinds: Vec<(usize, ParagraphKind)>,
    /// The numbers of lines that are residue unless their words say otherwise.
    doubtful: Vec<usize>,
    /// The number of the last line.
    line: usize,
}

impl ChosenText {
    /// Adds a paragraph, after a blank line.
    fn push(&mut self, words: &str, kind: Option<ParagraphKind>) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.line += 2;
        }
        self.text.push_str(words);
        if let Some(kind) = kind {
            self.known_kinds.push((self.line, kind));
        }
    }
}

/// Whether a row is an address and nothing else.
fn is_address(words: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| words.starts_with(start)) && !words.contains(' ')
}

/// The kind of a row by its markup alone.
fn kind_by_markup(row: &HtmlRow, words: &str) -> Option<ParagraphKind> {
    // 95 %: a dash or bullet before the link does not make it text. An address is written out to be read.
    let is_link =
        !is_address(words) && row.linked_bytes * 20 >= words.split_whitespace().map(str::len).sum::<usize>() * 19;
    if row.is_caption {
        Some(ParagraphKind::Caption)
    } else if is_link && !words.ends_with('.') && !row.is_heading {
        // A row that is nothing but a link leads to another page.
        Some(ParagraphKind::Residue)
    } else {
        None
    }
}

/// The rows of a page. Elements that are left out by their names and hold its text all the same are read in a second
/// pass; if nothing remains without navigation and hidden parts, all of them are. Text in old fonts is read once more.
fn read_rows(markup: &str, hints: &mut MarkupHints) -> Result<HtmlRows, UnreadableInput> {
    let page = attribute_limit::limit_attributes(markup);
    if page.cut_tags > 0 {
        let tags = page.cut_tags;
        hints.notes.push(format!("attributes beyond the 256 that a tag may have were left out, in tags: {tags}"));
    }
    let mut fonts = PageFonts::of(&page.markup, hints.decoded_from);
    let mut rows = tokenize(&page.markup, RowBuilder::new(fonts.clone()));
    if let Some(decided) = rows.fonts.decided() {
        fonts = decided;
        rows = tokenize(&page.markup, RowBuilder::new(fonts.clone()));
    }
    let to_read = left_out::to_read(&rows);
    if !to_read.is_empty() {
        rows = tokenize(&page.markup, RowBuilder::with_elements(to_read, fonts.clone()));
    }
    if rows.left_out.is_any && rows.rows.iter().all(|row| row.is_dropped) {
        rows = tokenize(&page.markup, RowBuilder::lenient(fonts));
    }
    rows.prefer_printed_title();
    hints.notes.extend(old_font::note(rows.fonts.decoded));
    if rows.too_many { Err(UnreadableInput::TooManyLines { limit: MAX_LINES }) } else { Ok(rows) }
}

fn tokenize(markup: &str, builder: RowBuilder) -> HtmlRows {
    run(markup, builder).finish()
}

/// The attributes of a tag: the value of the one with that name.
pub(super) type TagAttributes<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Calls `take` for each start tag of that name, with its attributes. Names are in lower case.
pub(super) fn each_tag(markup: &str, name: &str, take: &mut dyn FnMut(TagAttributes<'_>)) {
    let page = attribute_limit::limit_attributes(markup);
    for tag in run(&page.markup, tags::TagCollector::new(name)).finish() {
        take(&|attribute| elements::attribute(&tag, attribute).map(str::to_owned));
    }
}

/// Which rules of the table of pages find something on a page.
pub(super) fn rules_on_page(markup: &str) -> RulesOnPage {
    let page = attribute_limit::limit_attributes(markup);
    run(&page.markup, page_rules::RuleFinder::new()).finish()
}

/// What a page links to, and how much it shows.
pub(super) fn page_links(markup: &str) -> PageLinks {
    let page = attribute_limit::limit_attributes(markup);
    run(&page.markup, links::LinkCollector::default()).finish()
}

/// Runs the tokenizer over a page.
fn run<S: TokenSink>(markup: &str, sink: S) -> S {
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut rest = markup;
    while !rest.is_empty() {
        let piece = prefix(rest, PIECE_BYTES);
        queue.push_back(StrTendril::from(piece));
        rest = rest.get(piece.len()..).unwrap_or_default();
        // The tokenizer stops at the end of a script, so that a browser can run it, and continues when fed again.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
    }
    tokenizer.end();
    tokenizer.sink
}
