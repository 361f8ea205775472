//! RSS, Atom and JSON feeds to drafts, an item each. The parser never expands entities and opens nothing; an item's
//! markup goes the way of pages. Bounded like everything here: what an item holds is at most what the file holds.

use super::plain::{self, MarkupHints};
use super::{UnreadableInput, day, html};
use crate::report::Draft;
use feed_rs::model::Entry;
use feed_rs::parser::{Builder, ParseFeedError};
use memchr::{memchr, memmem};

/// A feed has at most so many items: the parser holds them all, each many times its size in the file.
const MOST_ITEMS: usize = 20_000;
/// And so many elements, the markup inside of items not counted.
const MOST_ELEMENTS: usize = 300_000;

/// The drafts of a feed's items; items without text are told in the notes of the first.
pub(super) fn drafts(text: &str, notes: &[String]) -> Result<Vec<Draft>, UnreadableInput> {
    let markup = without_declaration(text);
    if has_too_many_elements(markup) {
        return Err(UnreadableInput::NotAFeed(format!("it has more than {MOST_ITEMS} items; split it")));
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
    let published = entry.published.or(entry.updated).and_then(|moment| day::of_seconds(moment.timestamp()));
    let address = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let around = MarkupHints {
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
    html::fragment(&markup, around).or_else(|_| plain::draft("", MarkupHints::default()))
}

/// Whether there are more items or elements than one feed may have.
fn has_too_many_elements(markup: &str) -> bool {
    let markup = markup.as_bytes();
    let (mut at, mut items, mut elements) = (0, 0, 0);
    while let Some(found) = markup.get(at..).and_then(|rest| memchr(b'<', rest)) {
        at += found + 1;
        let rest = markup.get(at..).unwrap_or_default();
        if rest.starts_with(b"![CDATA[") {
            at = memmem::find(rest, b"]]>").map_or(markup.len(), |end| at + end);
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            elements += 1;
            items += usize::from(rest.starts_with(b"item") || rest.starts_with(b"entry"));
        }
        if items > MOST_ITEMS || elements > MOST_ELEMENTS {
            return true;
        }
    }
    false
}

/// The text is decoded already; what the declaration says of its encoding no longer holds.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest.trim_start()),
        None => text,
    }
}

fn unreadable(error: &ParseFeedError) -> UnreadableInput {
    let why: String = error.to_string().chars().take(200).collect();
    UnreadableInput::NotAFeed(format!("{}; save the page of the article instead", why.replace(char::is_control, " ")))
}
