//! Decoded text to a draft: canonical spelling, paragraphs with their kinds, headline, address, and notes of what was
//! repaired. No text is dropped: residue of a page is marked as such and stays where it is. All formats end here.

use super::decode::legacy::Legacy;
use super::{UnreadableInput, paragraph_kinds, publication_day, title};
use crate::extract::official_document::{self, OfficialDocument};
use crate::report::{Day, DayHints, Draft, Paragraph, ParagraphKind, Title, TitleOrigin};
use crate::text::canonical::canonical;
use crate::text::words::folded_words;
use std::borrow::Cow;
use std::collections::HashSet;

/// What the markup around a text has shown of it.
#[derive(Clone, Debug, Default)]
pub(super) struct MarkupHints {
    /// The page's or item's own title.
    pub title: Option<String>,
    /// The address it was taken from.
    pub url: Option<String>,
    pub published: Option<Day>,
    /// The day in the addresses of its images.
    pub images: Option<Day>,
    /// Kinds that the markup gives to lines: the line's number, from 0 and blank lines counted, and the kind; in order.
    pub known_kinds: Vec<(usize, ParagraphKind)>,
    /// Numbers of lines, in order, that are residue of the page unless their words show that they are something else.
    pub doubtful: Vec<usize>,
    /// The names of the authors. Those that the text does not name get a last line.
    pub authors: Vec<String>,
    /// The name of the publisher.
    pub outlet: Option<String>,
    /// What was repaired so far, for the reader.
    pub notes: Vec<String>,
    /// The old encoding that the whole document was decoded from.
    pub decoded_from: Option<Legacy>,
}

/// A text of more lines than this, blank ones not counted, is no report. Each line costs a `Paragraph` in memory and
/// cache.
pub(super) const MAX_LINES: usize = 100_000;
/// A longer text is no report but a book of a thousand pages. What `extract` finds takes many times the text's size in
/// memory, so this bounds what one hostile file can make the program allocate.
pub const MAX_TEXT_BYTES: usize = 2 << 20;
/// A date slot is one of this many first paragraphs.
const SLOT_PARAGRAPHS: usize = 8;
/// A longer line names an author, but is no byline.
const MAX_BYLINE_BYTES: usize = 160;
/// A byline has at most this many words besides the names: `By`, the office, the day.
const MAX_OTHER_WORDS: usize = 6;
/// A longer address is no address.
const MAX_ADDRESS_BYTES: usize = 2048;

/// The draft of a text.
pub(super) fn draft(decoded: &str, mut hints: MarkupHints) -> Result<Draft, UnreadableInput> {
    if decoded.len() > MAX_TEXT_BYTES {
        return Err(UnreadableInput::TooLarge { limit: MAX_TEXT_BYTES });
    }
    let mut spelled = canonical(&with_authors(decoded, &mut hints));
    // One text saved with and without its last line end is one report.
    spelled.text.truncate(spelled.text.trim_end().len());
    if !spelled.text.chars().any(char::is_alphanumeric) {
        return Err(UnreadableInput::Empty);
    }
    if spelled.text.lines().filter(|line| !line.trim().is_empty()).nth(MAX_LINES).is_some() {
        return Err(UnreadableInput::TooManyLines { limit: MAX_LINES });
    }
    let mut notes = hints.notes;
    note(&mut notes, spelled.controls, "control character", "shown as �");
    note(&mut notes, spelled.invisible, "invisible or direction character", "dropped");
    let text = spelled.text;
    // Whether the title comes from the page or from the text: readers see which.
    let marked = hints.title.is_some() || hints.known_kinds.iter().any(|(_, kind)| *kind == ParagraphKind::Headline);
    let document = official_document::layout(&text);
    if let Some(document) = &document {
        mark_layout(document, &text, &mut hints.known_kinds);
    }
    let paragraphs = paragraph_kinds::paragraphs(&text, &hints.known_kinds, &hints.doubtful, hints.title.as_deref());
    let of_kind = |kind| paragraphs.iter().find(|p| p.kind == kind).map(|p| p.span.of(&text));
    let source = of_kind(ParagraphKind::Source).and_then(address_in);
    let url = hints.url.as_deref().and_then(address_in).or(source);
    let origin = if marked { TitleOrigin::Page } else { TitleOrigin::Text };
    // The line that looks like a headline may be another's, if the page states its title.
    let stated = hints.title.as_deref();
    let headline = of_kind(ParagraphKind::Headline).filter(|line| stated.is_none_or(|title| title::same(line, title)));
    // The headline of a document is only a part of its title.
    let of_document = document.filter(|_| !marked).and_then(|document| document.title(&text));
    let title = of_document
        .as_deref()
        .or(headline)
        .or(stated)
        .and_then(title::line)
        .map(|text| Title { text, origin })
        .or_else(|| url.as_deref().and_then(|url| title::from_address(url, &text)));
    let published = hints.published.or_else(|| stated_day(&text, &paragraphs, url.as_deref()));
    Ok(Draft {
        text,
        paragraphs,
        title,
        url,
        outlet: hints.outlet,
        published,
        days: DayHints { images: hints.images, ..DayHints::default() },
        notes,
        restored: None,
    })
}

/// Gives their kinds to the lines of an official document that have the form of others: the names and capitals at its
/// top and in its signature are no bylines, and its subject is the headline, unless the markup names one.
fn mark_layout(document: &OfficialDocument, text: &str, known_kinds: &mut Vec<(usize, ParagraphKind)>) {
    let has_headline = known_kinds.iter().any(|(_, kind)| *kind == ParagraphKind::Headline);
    let is_subject = |start: usize| document.subject.is_some_and(|subject| subject.start == start) && !has_headline;
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let first = start + (line.len() - line.trim_start().len());
        start += line.len() + 1;
        let kind = if is_subject(first) { ParagraphKind::Headline } else { ParagraphKind::Body };
        if document.has_in_layout(first)
            && let Err(at) = known_kinds.binary_search_by_key(&number, |(known, _)| *known)
        {
            known_kinds.insert(at, (number, kind));
        }
    }
}

/// The text with a last line for the authors whom no short line of it names: who wrote it belongs to a report, and
/// pages often state it only in their head. Short lines that name one are bylines.
fn with_authors<'a>(decoded: &'a str, hints: &mut MarkupHints) -> Cow<'a, str> {
    let names: Vec<String> = hints.authors.iter().map(|name| folded_words(name)).collect();
    let last = decoded.trim_end();
    if names.is_empty() || last.is_empty() {
        return Cow::Borrowed(decoded);
    }
    let mut is_named = vec![false; names.len()];
    let mut bylines = Vec::new();
    let mut printed = HashSet::new();
    for (number, line) in last.split('\n').enumerate().filter(|(_, line)| line.len() <= MAX_BYLINE_BYTES) {
        let words = folded_words(line);
        let count = |words: &str| words.split(' ').count();
        let mut is_byline = false;
        for (name, is_named) in names.iter().zip(&mut is_named) {
            let fits = words.contains(name.as_str()) && count(&words) <= count(name) * names.len() + MAX_OTHER_WORDS;
            if fits && !line.trim_end().ends_with(['.', '?', '!']) {
                *is_named = true;
                is_byline = true;
            }
        }
        if is_byline {
            // Pages name the author above the text, and again in a box below it.
            let is_first = printed.insert(words);
            bylines.push((number, if is_first { ParagraphKind::Byline } else { ParagraphKind::Residue }));
        }
    }
    for byline in bylines {
        match hints.known_kinds.binary_search_by_key(&byline.0, |(number, _)| *number) {
            // A row that is nothing but a link is taken for residue; authors' names often are links.
            Ok(at) => {
                if let Some((_, kind)) =
                    hints.known_kinds.get_mut(at).filter(|(_, kind)| *kind == ParagraphKind::Residue)
                {
                    *kind = byline.1;
                }
            }
            Err(at) => hints.known_kinds.insert(at, byline),
        }
    }
    let unnamed = hints.authors.iter().zip(is_named).filter(|(_, is_named)| !is_named);
    let unnamed: Vec<&str> = unnamed.map(|(name, _)| name.as_str()).collect();
    if unnamed.is_empty() {
        return Cow::Borrowed(decoded);
    }
    hints.known_kinds.push((last.split('\n').count() + 1, ParagraphKind::Byline));
    Cow::Owned([last, "\n\n", &unnamed.join(", ")].concat())
}

/// The day in a date slot. On sites that show the hour of viewing there, only the day after the site's tag counts.
fn stated_day(text: &str, paragraphs: &[Paragraph], url: Option<&str>) -> Option<Day> {
    let first = || paragraphs.iter().take(SLOT_PARAGRAPHS).map(|p| p.span.of(text));
    if url.is_some_and(publication_day::is_clock_site) || first().any(|line| publication_day::after_tag(line).is_some())
    {
        return first().find_map(publication_day::after_tag);
    }
    let residue = paragraphs.iter().filter(|p| p.kind == ParagraphKind::Residue);
    residue.take(SLOT_PARAGRAPHS).find_map(|p| publication_day::of_slot(p.span.of(text)))
}

/// The first `http` or `https` address in a line, without the punctuation after it. `None` if it has no host, or a user
/// name, which could pass one site off as another (`https://good.vn@bad.example`).
pub(super) fn address_in(line: &str) -> Option<String> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| line.find(scheme)).min()?;
    let rest = line.get(start..)?;
    let address = rest.split(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`{}|\\^".contains(c)).next()?;
    let address = address.trim_end_matches(['.', ',', ';', ')', ']']);
    let host = address.split("://").nth(1)?.split('/').next()?;
    let sound = !host.is_empty() && !host.contains('@') && address.len() <= MAX_ADDRESS_BYTES;
    sound.then(|| address.to_owned())
}

/// Adds `2 control characters shown as �`, if there were any.
fn note(notes: &mut Vec<String>, count: usize, what: &str, done: &str) {
    if count > 0 {
        let plural = if count == 1 { "" } else { "s" };
        notes.push(format!("{count} {what}{plural} {done}"));
    }
}
