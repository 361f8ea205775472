//! Untrusted bytes to drafts in canonical text: detects the format, decodes, normalizes, marks captions, bylines,
//! source and residue, and finds the headline. Promises bounded time and memory on any input. Opening files is left to
//! `import`, people and facts to `extract`.
//!
//! ```text
//! bytes ─ decode ─ format ─┬─ plain text ───────────────────┐
//!                          ├─ html ── rows ── article ──────┤
//!                          ├─ feed ── item ─┬─ html ────────┼─ plain::draft ─ paragraph_kinds ─▶ Draft
//!                          │                └─ plain text ──┤
//!                          └─ json ─ lines ─ record ┬─ html ─┤
//!                             markdown ───┘          └─ plain ┘
//! ```

mod author_names;
mod binary;
mod decode;
mod feed;
mod feed_items;
mod feed_list;
mod feed_pieces;
mod file_kinds;
mod format;
mod html;
mod json_text;
mod jsonl_lines;
mod markdown;
mod markup_text;
mod old_font;
mod own_record;
mod paragraph_kinds;
mod phrase_table;
mod plain;
mod printed_lines;
mod publication_day;
mod record;
mod rtf;
mod saved_path;
mod title;
mod title_tones;
mod unpack;

pub use binary::NO_TEXT_LAYER;
pub use feed_items::{FeedItem, FeedItems, feed_items, item_draft};
pub use feed_list::{FEED_SETTINGS, ListedFeed, feeds as listed_feeds};
pub use file_kinds::{FileKind, by_name as kind_by_name};
pub use html::{PageLink, PageLinks, PageRule, RulesOnPage, rules as page_rules};
pub use plain::MAX_TEXT_BYTES;
pub use printed_lines::joined_lines;
pub use unpack::{
    ContainerInput, PartAbout, PartOriginal, SeekableInput, Unpacked, UnpackedPart, YearlessDay, each_part,
    each_part_of, is_container,
};

use crate::report::{Draft, Title, TitleOrigin};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read};

/// A larger document, or a longer line of a file of JSON lines, is refused. Reports have some kilobytes, saved pages up
/// to some megabytes.
pub const MAX_DOCUMENT_BYTES: usize = 16 << 20;
/// Bytes of an input that are read to detect JSON lines, which are then read line by line.
const HEAD_BYTES: u64 = 64 << 10;
/// Further bad lines of a file of JSON lines are only counted.
const MAX_LISTED_LINES: usize = 20;

/// The encodings of Vietnamese files. `--encoding` also takes all names of the web's encodings.
pub const ENCODINGS: [&str; 10] =
    ["utf-8", "utf-16le", "utf-16be", "windows-1258", "tcvn3", "tcvn5712-1", "vni", "viscii", "vps", "viqr"];

/// Whether there is an encoding of that name.
pub fn knows_encoding(name: &str) -> bool {
    decode::knows(name)
}

/// The format of an input. Its names in JSON are kept in caches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputFormat {
    #[default]
    Auto,
    /// Plain text: one report.
    Text,
    /// A saved page: one report.
    Html,
    /// RSS, Atom or JSON feed: a report for each item.
    Feed,
    /// JSON lines: an object, and so a report, for each line.
    Jsonl,
    /// JSON on any number of lines: a list of objects, or one after the other.
    Json,
}

/// What is known about the bytes beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub struct InputHint<'a> {
    /// The format, if the user named one.
    pub format: InputFormat,
    /// The name of the encoding, if the user named one.
    pub encoding: Option<&'a str>,
    /// The file's name: its ending decides if the content does not.
    pub name: &'a str,
}

/// Why no report could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableInput {
    #[error("there is no text in it")]
    Empty,
    #[error("it is larger than {} MiB; split it, or give the part you want", limit >> 20)]
    TooLarge { limit: usize },
    #[error("it has more than {limit} lines; split it, or give the part you want")]
    TooManyLines { limit: usize },
    /// What it is instead, and what to do.
    #[error("it is not text: {0}")]
    NotText(String),
    /// What a page is instead, and what to do.
    #[error("it is not a report: {what}")]
    NotAReport { kind: FileKind, what: &'static str },
    /// The number of feeds listed.
    #[error("it is a list of feeds (OPML, {feeds} of them), no report; `baocao source import-opml FILE` takes them")]
    FeedList { feeds: usize },
    /// Why the parser refused it.
    #[error("it is not a feed that can be read: {0}")]
    NotAFeed(String),
    /// Why a line is no JSON object.
    #[error("it is not a JSON object that can be read ({0}); each line must be one whole object")]
    NotARecord(String),
    /// Names of keys that are known for a text, and those that there are.
    #[error("there is no text in it under a key that is known for one ({keys} …); its keys are: {found}")]
    NoText { keys: String, found: String },
    /// What is wrong with an archive, mailbox or table.
    #[error("{0}")]
    Broken(String),
    /// The name of the old Vietnamese encoding that it is probably in.
    #[error("its letters look like the old encoding {0}; read it with --encoding {0}, or save it as UTF-8")]
    Legacy(&'static str),
    #[error("the encoding “{0}” is not known; {known} are", known = ENCODINGS.join(", "))]
    UnknownEncoding(String),
    /// A problem with one line of a file of JSON lines.
    #[error("line {number}: {why}")]
    Line {
        /// The number of the line, from 1.
        number: usize,
        why: String,
    },
    /// A problem with one object of a list of records, or row of a table.
    #[error("record {number}: {why}")]
    Record {
        /// The number of the record, from 1.
        number: usize,
        why: String,
    },
}

/// Why an input could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Unreadable(#[from] UnreadableInput),
}

/// Reads the reports of one file. Bad lines of a file of JSON lines become notes of its first report.
pub fn read(bytes: &[u8], hint: &InputHint<'_>) -> Result<Vec<Draft>, UnreadableInput> {
    let mut drafts = Vec::new();
    let mut problems = Vec::new();
    let mut unlisted = 0_usize;
    each_in_memory(bytes, hint, &mut |found| match found {
        Ok(draft) => drafts.push(draft),
        Err(why) if problems.len() < MAX_LISTED_LINES => problems.push(why),
        Err(_) => unlisted += 1,
    })?;
    let Some(first) = drafts.first_mut() else {
        return Err(problems.into_iter().next().unwrap_or(UnreadableInput::Empty));
    };
    first.notes.extend(problems.iter().map(|why| format!("left out: {why}")));
    if unlisted > 0 {
        first.notes.push(format!("left out besides, lines: {unlisted}"));
    }
    Ok(drafts)
}

/// Reads the reports of an input of any length, and hands each to `take` as it is read. JSON lines may be longer in all
/// than `MAX_DOCUMENT_BYTES`, because one line at a time is in memory; a bad line is handed over as an error and the
/// following lines are read. Any other input that is larger is refused without being read to its end.
pub fn each(
    mut input: impl BufRead,
    hint: &InputHint<'_>,
    take: &mut dyn FnMut(Result<Draft, UnreadableInput>),
) -> Result<(), ReadFailure> {
    let mut bytes = Vec::new();
    input.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes)?;
    // The first line decides, so it has to be whole.
    if !bytes.contains(&b'\n') && jsonl_lines::may_be_records(&bytes) {
        input.by_ref().take(MAX_DOCUMENT_BYTES as u64).read_until(b'\n', &mut bytes)?;
    }
    if jsonl_lines::are_records(&bytes, hint) {
        return Ok(jsonl_lines::each(bytes.as_slice().chain(input), take)?);
    }
    if json_text::is_json(&bytes, hint) {
        return Ok(json_text::each(bytes.as_slice().chain(input), take)?);
    }
    input.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(each_in_memory(&bytes, hint, take)?)
}

/// The text of a document in whatever encoding it is. `named` is what its server calls the encoding, which is asked
/// only if the bytes do not tell themselves: servers are often wrong about it.
pub fn text_of(bytes: &[u8], named: Option<&str>) -> Result<String, UnreadableInput> {
    let by_content = decode::decode(bytes, None);
    let named = named.filter(|name| knows_encoding(name));
    let decoded = match (by_content, named) {
        (Err(_), Some(name)) => decode::decode(bytes, Some(name))?,
        (decoded, _) => decoded?,
    };
    Ok(decoded.text)
}

/// The format of a decoded document by its content.
pub fn format_of(text: &str) -> InputFormat {
    format::detect(text, "")
}

/// What a page links to, and how much text it shows.
pub fn page_links(markup: &str) -> PageLinks {
    html::page_links(markup)
}

/// Which rules of the table of pages (`page_rules`) find something on a page.
pub fn rules_on_page(markup: &str) -> RulesOnPage {
    html::rules_on_page(markup)
}

/// The address of a page by the path of its file, as in a mirror that `wget -r` has made.
pub fn address_in_path(path: &str) -> Option<String> {
    saved_path::address_of(path)
}

/// Whether the bytes begin as a JSON object does. If not, they are no JSON lines.
pub fn begins_as_object(head: &[u8]) -> bool {
    jsonl_lines::may_be_records(head)
}

/// Whether an input that begins with `head` is JSON lines in UTF-8, judged by the first line, which must be whole.
pub fn is_json_lines(head: &[u8], hint: &InputHint<'_>) -> bool {
    jsonl_lines::are_records(head, hint)
}

/// Reads the reports of an input that is in memory.
fn each_in_memory(
    bytes: &[u8],
    hint: &InputHint<'_>,
    take: &mut dyn FnMut(Result<Draft, UnreadableInput>),
) -> Result<(), UnreadableInput> {
    if bytes.is_empty() {
        return Err(UnreadableInput::Empty);
    }
    if jsonl_lines::are_records(bytes, hint) {
        return jsonl_lines::each(bytes, take).map_err(|why| UnreadableInput::NotText(why.to_string()));
    }
    if hint.format == InputFormat::Auto && is_container(bytes, hint.name) {
        return container(bytes, hint, take);
    }
    document(bytes, hint, take)
}

/// Whether an input that begins so is certainly a page, feed, record, document or container, whatever its name.
pub fn is_known_format(head: &[u8]) -> bool {
    is_container(head, "") || format::is_known(head)
}

/// Whether an input that begins so is JSON in UTF-8, but not JSON lines by the name of the file.
pub fn is_json(head: &[u8], name: &str) -> bool {
    json_text::is_json(head, &InputHint { name, ..InputHint::default() })
}

/// Reads the reports in a container that is in memory.
fn container(
    bytes: &[u8],
    hint: &InputHint<'_>,
    take: &mut dyn FnMut(Result<Draft, UnreadableInput>),
) -> Result<(), UnreadableInput> {
    let mut input = io::Cursor::new(bytes);
    each_part(ContainerInput::File(&mut input, bytes.len() as u64), hint.name, &mut |found| {
        match found {
            Unpacked::Part(part) => part_drafts(&part, hint.encoding, take),
            Unpacked::Problem(why) => take(Err(UnreadableInput::Broken(why))),
            Unpacked::LeftOut(_) => {}
        }
        true
    })
}

/// Reads the reports of a part of a container. What the container says of it is used where the part says nothing.
pub fn part_drafts(part: &UnpackedPart, encoding: Option<&str>, take: &mut dyn FnMut(Result<Draft, UnreadableInput>)) {
    let format = match (part.is_records, part.about.is_text) {
        (true, _) => InputFormat::Json,
        (_, true) => InputFormat::Text,
        _ => InputFormat::Auto,
    };
    let hint = InputHint { format, encoding, name: &part.name };
    let in_part = |why: UnreadableInput| match why {
        UnreadableInput::Record { number, why } => {
            UnreadableInput::Record { number: number + part.records_before, why }
        }
        why => why,
    };
    let named = |why: UnreadableInput| {
        let why = in_part(why);
        let is_counted = matches!(why, UnreadableInput::NotAReport { .. });
        if part.name.is_empty() || is_counted { why } else { UnreadableInput::Broken(format!("{}: {why}", part.name)) }
    };
    let read = document(&part.bytes, &hint, &mut |found| {
        take(found.map(|draft| part.about.complete(draft)).map_err(named));
    });
    if let Err(why) = read {
        take(Err(named(why)));
    }
}

impl PartAbout {
    fn complete(&self, mut draft: Draft) -> Draft {
        if let Some(text) = self.title.as_deref().and_then(title::line).filter(|_| draft.title.is_none()) {
            draft.title = Some(Title { text, origin: TitleOrigin::Page });
        }
        draft.url = draft.url.or_else(|| self.url.as_deref().and_then(plain::address_in));
        draft.published = draft.published.or(self.published);
        draft.outlet = draft.outlet.or_else(|| self.outlet.as_deref().and_then(title::line));
        draft.notes.extend(self.notes.iter().cloned());
        draft
    }
}

/// Reads the reports of an input in memory that is no container.
fn document(
    bytes: &[u8],
    hint: &InputHint<'_>,
    take: &mut dyn FnMut(Result<Draft, UnreadableInput>),
) -> Result<(), UnreadableInput> {
    if json_text::is_json(bytes, hint) {
        return json_text::each(bytes, take).map_err(|why| UnreadableInput::NotText(why.to_string()));
    }
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES });
    }
    if hint.format == InputFormat::Auto && rtf::is_rtf(bytes) {
        let read = rtf::read(bytes);
        let mut hints = plain::MarkupHints::default();
        hints.notes.extend(old_font::note(read.decoded));
        take(Ok(plain::draft(&read.text, hints)?));
        return Ok(());
    }
    let decoded = decode::decode(bytes, hint.encoding)?;
    if format::is_feed_list(&decoded.text) {
        return Err(UnreadableInput::FeedList { feeds: feed_list::feeds(&decoded.text).len() });
    }
    if format::is_sitemap(&decoded.text) {
        let what = "it is a list of links to other pages; import those";
        return Err(UnreadableInput::NotAReport { kind: FileKind::LinkList, what });
    }
    if hint.format == InputFormat::Auto
        && let Some(what) = binary::is_no_report(&decoded.text)
    {
        return Err(UnreadableInput::NotText(what));
    }
    let format = if hint.format == InputFormat::Auto { format::detect(&decoded.text, hint.name) } else { hint.format };
    let hints =
        plain::MarkupHints { notes: decoded.notes, decoded_from: decoded.legacy, ..plain::MarkupHints::default() };
    match format {
        // Not found above: in another encoding, or with a first line that is no record.
        InputFormat::Jsonl => {
            return jsonl_lines::each(decoded.text.as_bytes(), take)
                .map_err(|why| UnreadableInput::NotText(why.to_string()));
        }
        InputFormat::Json => {
            return json_text::each(decoded.text.as_bytes(), take)
                .map_err(|why| UnreadableInput::NotText(why.to_string()));
        }
        InputFormat::Feed => feed::each(&decoded.text, &hints.notes, take)?,
        InputFormat::Html if saved_path::is_part_of_page(hint.name) => {
            let what = "it is a part of a saved page; import that page";
            return Err(UnreadableInput::NotAReport { kind: FileKind::PagePart, what });
        }
        InputFormat::Html => {
            let hints = plain::MarkupHints { url: saved_path::address_of(hint.name), ..hints };
            take(Ok(html::page(&decoded.text, hints)?));
        }
        InputFormat::Text if hint.format == InputFormat::Auto && markdown::is_markdown(hint.name, &decoded.text) => {
            markdown::draft(&decoded.text, &hints.notes, take);
        }
        InputFormat::Text | InputFormat::Auto => take(Ok(plain::draft(&decoded.text, hints)?)),
    }
    Ok(())
}

/// The beginning of a text: at most `max_bytes`, cut between characters.
fn prefix(text: &str, max_bytes: usize) -> &str {
    let mut end = max_bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
