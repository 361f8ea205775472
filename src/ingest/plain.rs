//! Decoded text to a draft: canonical spelling, paragraphs with their kinds, headline, address, and notes of what was
//! repaired. No text is dropped: residue of a page is marked as such and stays where it is. All formats end here.

use super::{UnreadableInput, paragraph_kinds, publication_day, title};
use crate::report::{Day, DayHints, Draft, Paragraph, ParagraphKind, Title, TitleOrigin};
use crate::text::canonical::canonical;

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
    /// What was repaired so far, for the reader.
    pub notes: Vec<String>,
}

/// A text of more lines than this, blank ones not counted, is no report. Each line costs a `Paragraph` in memory and
/// cache.
pub(super) const MAX_LINES: usize = 100_000;
/// A longer text is no report but a book of a thousand pages. What `extract` finds takes many times the text's size in
/// memory, so this bounds what one hostile file can make the program allocate.
pub(super) const MAX_TEXT_BYTES: usize = 2 << 20;
/// A date slot is one of this many first paragraphs.
const SLOT_PARAGRAPHS: usize = 8;
/// A longer address is no address.
const MAX_ADDRESS_BYTES: usize = 2048;

/// The draft of a text.
pub(super) fn draft(decoded: &str, hints: MarkupHints) -> Result<Draft, UnreadableInput> {
    if decoded.len() > MAX_TEXT_BYTES {
        return Err(UnreadableInput::TooLarge { limit: MAX_TEXT_BYTES });
    }
    let spelled = canonical(decoded);
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
    let paragraphs = paragraph_kinds::paragraphs(&text, &hints.known_kinds, hints.title.as_deref());
    let of_kind = |kind| paragraphs.iter().find(|p| p.kind == kind).map(|p| p.span.of(&text));
    let source = of_kind(ParagraphKind::Source).and_then(address_in);
    let url = hints.url.as_deref().and_then(address_in).or(source);
    // Whether the title comes from the page or from the text: readers see which.
    let marked = hints.title.is_some() || hints.known_kinds.iter().any(|(_, kind)| *kind == ParagraphKind::Headline);
    let origin = if marked { TitleOrigin::Page } else { TitleOrigin::Text };
    let title = of_kind(ParagraphKind::Headline)
        .or(hints.title.as_deref())
        .and_then(title::line)
        .map(|text| Title { text, origin })
        .or_else(|| url.as_deref().and_then(|url| title::from_address(url, &text)));
    let published = hints.published.or_else(|| stated_day(&text, &paragraphs, url.as_deref()));
    Ok(Draft {
        text,
        paragraphs,
        title,
        url,
        published,
        days: DayHints { images: hints.images, ..DayHints::default() },
        notes,
    })
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
