//! Decoded text to a draft: canonical spelling, paragraphs with their kinds, headline, address, and notes of what was
//! repaired. The whole text is kept; what is residue is said to be residue and stays where it was.

use super::{UnreadableInput, day, paragraph_kinds, title};
use crate::report::{Day, Draft, Paragraph, ParagraphKind, Title, TitleOrigin};
use crate::text::canonical::canonical;

/// What the markup around a text knew about it.
#[derive(Clone, Debug, Default)]
pub(super) struct MarkupHints {
    /// The page's or feed's own title.
    pub title: Option<String>,
    /// The address it was taken from.
    pub url: Option<String>,
    /// The day that the page or feed states.
    pub published: Option<Day>,
    /// Kinds of lines that the markup gave, by the lines' numbers, in order.
    pub said: Vec<(usize, ParagraphKind)>,
    /// What was repaired so far.
    pub notes: Vec<String>,
}

/// A text of more lines than this, blank ones not counted, is no report.
pub(super) const MOST_LINES: usize = 100_000;

/// A longer text, in bytes, is no report but a thousand pages: what is found in it would take more room than a reader
/// over SSH has.
pub(super) const LONGEST_TEXT: usize = 2 << 20;
/// A date slot stands among so many first lines of residue.
const MOST_SLOTS: usize = 8;

/// The draft of a text.
pub(super) fn draft(decoded: &str, around: MarkupHints) -> Result<Draft, UnreadableInput> {
    if decoded.len() > LONGEST_TEXT {
        return Err(UnreadableInput::TooLarge { limit: LONGEST_TEXT });
    }
    let spelled = canonical(decoded);
    if !spelled.text.chars().any(char::is_alphanumeric) {
        return Err(UnreadableInput::Empty);
    }
    if spelled.text.lines().filter(|line| !line.trim().is_empty()).nth(MOST_LINES).is_some() {
        return Err(UnreadableInput::TooManyLines { limit: MOST_LINES });
    }
    let mut notes = around.notes;
    note(&mut notes, spelled.controls, "control character", "shown as �");
    note(&mut notes, spelled.invisible, "invisible or direction character", "dropped");
    let text = spelled.text;
    let paragraphs = paragraph_kinds::paragraphs(&text, &around.said, around.title.as_deref());
    let of_kind = |kind| paragraphs.iter().find(|p| p.kind == kind).map(|p| p.span.of(&text));
    let source = of_kind(ParagraphKind::Source).and_then(address_in);
    let url = around.url.as_deref().and_then(address_in).or(source);
    // A headline that the markup named is the page's word; one that stands in the text alone is the text's own.
    let marked = around.title.is_some() || around.said.iter().any(|(_, kind)| *kind == ParagraphKind::Headline);
    let origin = if marked { TitleOrigin::Page } else { TitleOrigin::Given };
    let title = of_kind(ParagraphKind::Headline)
        .or(around.title.as_deref())
        .and_then(title::line)
        .map(|text| Title { text, origin })
        .or_else(|| url.as_deref().and_then(title::from_address));
    let published = around.published.or_else(|| stated_day(&text, &paragraphs, url.as_deref()));
    Ok(Draft { text, paragraphs, title, url, published, notes })
}

/// The day in a date slot; where a site shows the hour of viewing there, the day after the site's tag.
fn stated_day(text: &str, paragraphs: &[Paragraph], url: Option<&str>) -> Option<Day> {
    let first = || paragraphs.iter().take(MOST_SLOTS).map(|p| p.span.of(text));
    if url.is_some_and(day::is_clock_site) || first().any(|line| day::after_tag(line).is_some()) {
        return first().find_map(day::after_tag);
    }
    let residue = paragraphs.iter().filter(|p| p.kind == ParagraphKind::Residue);
    residue.take(MOST_SLOTS).find_map(|p| day::of_slot(p.span.of(text)))
}

/// The first `http` or `https` address in a line, without what punctuation follows it.
pub(super) fn address_in(line: &str) -> Option<String> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| line.find(scheme)).min()?;
    let rest = line.get(start..)?;
    let address = rest.split(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`{}|\\^".contains(c)).next()?;
    let address = address.trim_end_matches(['.', ',', ';', ')', ']']);
    let host = address.split("://").nth(1)?.split('/').next()?;
    let sound = !host.is_empty() && !host.contains('@') && address.len() <= 2048;
    sound.then(|| address.to_owned())
}

fn note(notes: &mut Vec<String>, count: usize, what: &str, done: &str) {
    if count > 0 {
        let plural = if count == 1 { "" } else { "s" };
        notes.push(format!("{count} {what}{plural} {done}"));
    }
}
