//! RSS, Atom and JSON feeds to drafts, one for each item. The markup inside an item is read as that of a page. The
//! parser expands no entities and opens nothing, so an item is never larger than its file; the number of items is
//! bounded here.

use super::plain::{self, MarkupHints};
use super::{UnreadableInput, html, publication_day};
use crate::report::Draft;
use feed_rs::model::Entry;
use feed_rs::parser::{Builder, ParseFeedError};
use memchr::{memchr, memmem};

/// A feed with more items is refused. The parser keeps all of them in memory, each many times its size in the file: a
/// feed of 16 MiB that is nothing but `<item/>` would take gigabytes.
const MAX_ITEMS: usize = 20_000;
/// A feed with more elements is refused, for the same reason. Markup inside of `CDATA` is not counted.
const MAX_ELEMENTS: usize = 300_000;
/// The parser's message is cut here: it may quote the file.
const MAX_MESSAGE_CHARS: usize = 200;

/// The drafts of a feed's items. Items without text are counted in the notes of the first draft.
pub(super) fn drafts(text: &str, notes: &[String]) -> Result<Vec<Draft>, UnreadableInput> {
    let markup = without_declaration(text);
    if has_too_many_elements(markup) {
        return Err(UnreadableInput::NotAFeed(format!("it has more than {MAX_ITEMS} items; split it")));
    }
    let parser = Builder::new().build();
    let feed = parser.parse(markup.as_bytes()).map_err(|error| unreadable(&error))?;
    let mut empty = 0;
    let mut drafts = Vec::new();
    for entry in feed.entries {
        match draft(entry, notes) {
            Ok(draft) => drafts.push(draft),
            Err(_) => empty += 1,
        }
    }
    match drafts.first_mut() {
        Some(first) if empty > 0 => first.notes.push(format!("left out: {empty} items of the feed without text")),
        Some(_) => {}
        None => return Err(UnreadableInput::Empty),
    }
    Ok(drafts)
}

fn draft(entry: Entry, notes: &[String]) -> Result<Draft, UnreadableInput> {
    let title = entry.title.map(|title| title.content);
    let published =
        entry.published.or(entry.updated).and_then(|moment| publication_day::of_seconds(moment.timestamp()));
    let address = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let hints = MarkupHints {
        title: title.clone(),
        url: address.map(|link| link.href.clone()),
        published,
        notes: notes.to_vec(),
        ..MarkupHints::default()
    };
    let body = entry.content.and_then(|content| content.body);
    let words =
        body.into_iter().chain(entry.summary.map(|summary| summary.content)).find(|text| !text.trim().is_empty());
    let markup = format!("<h1>{}</h1>\n{}", title.unwrap_or_default(), words.unwrap_or_default());
    html::fragment(&markup, hints).or_else(|_| plain::draft("", MarkupHints::default()))
}

/// Whether there are more items or elements than one feed may have. Counts without parsing, before memory is spent.
fn has_too_many_elements(markup: &str) -> bool {
    let markup = markup.as_bytes();
    let mut at = 0;
    let mut items = 0;
    let mut elements = 0;
    while let Some(found) = markup.get(at..).and_then(|rest| memchr(b'<', rest)) {
        at += found + 1;
        let rest = markup.get(at..).unwrap_or_default();
        if rest.starts_with(b"![CDATA[") {
            at = memmem::find(rest, b"]]>").map_or(markup.len(), |end| at + end);
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            elements += 1;
            items += usize::from(rest.starts_with(b"item") || rest.starts_with(b"entry"));
        }
        if items > MAX_ITEMS || elements > MAX_ELEMENTS {
            return true;
        }
    }
    false
}

/// Cuts the XML declaration off: the text is decoded already, and the encoding that it declares is no longer true.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest.trim_start()),
        None => text,
    }
}

fn unreadable(error: &ParseFeedError) -> UnreadableInput {
    let why: String = error.to_string().chars().take(MAX_MESSAGE_CHARS).collect();
    UnreadableInput::NotAFeed(format!("{}; save the page of the article instead", why.replace(char::is_control, " ")))
}
