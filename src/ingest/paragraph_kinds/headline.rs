//! Finds the headline (docs/domain.md §5.1): the line that the markup names, else the one that repeats the page's own
//! title, else the first unmarked line if it is short, ends no sentence and text follows. A copy of it right below is
//! residue, one below text the caption of a photograph.

use super::line::SourceLine;
use super::set;
use crate::ingest::title;
use crate::report::ParagraphKind::{Caption, Headline, Residue};
use crate::text::words::folded_words;

/// A longer line is no headline.
const MAX_HEADLINE_CHARS: usize = 220;
/// A line of at least this size, or that ends a sentence, is text. A text without such a line is a list and has no
/// headline.
const MIN_TEXT_BYTES: usize = 120;
/// Number of first lines that are compared with the page's title.
const TOP_LINES: usize = 8;

/// Marks the headline, and its copies as residue.
pub(super) fn mark(lines: &mut [SourceLine<'_>], title: Option<&str>) {
    let by_markup = lines.iter().position(|line| line.kind == Some(Headline));
    let Some(at) = by_markup.or_else(|| repeats_title(lines, title)).or_else(|| by_form(lines, title)) else { return };
    let Some(headline) = lines.get_mut(at) else { return };
    set(headline, Headline);
    let words = headline.folded.clone();
    let mut text_above = false;
    for line in lines.iter_mut().skip(at + 1) {
        if line.kind == Some(Headline) {
            line.kind = Some(Residue);
        } else if line.is_unmarked() && !words.is_empty() && line.folded == words {
            // Directly below it is a copy of the page's; below text it is under a photograph.
            line.kind = Some(if text_above { Caption } else { Residue });
        }
        text_above |= line.is_unmarked() && is_text(line);
    }
}

/// The line with the words of the page's title.
fn repeats_title(lines: &[SourceLine<'_>], title: Option<&str>) -> Option<usize> {
    let title = folded_words(title?);
    lines.iter().take(TOP_LINES).position(|line| line.is_unmarked() && !title.is_empty() && line.folded == title)
}

/// The first unmarked line, if it has the form of a headline and agrees with the page's title.
fn by_form(lines: &[SourceLine<'_>], title: Option<&str>) -> Option<usize> {
    let at = lines.iter().position(SourceLine::is_unmarked)?;
    let first = lines.get(at)?;
    let fits = title.is_none_or(|title| title::agree(first.text, title))
        && first.chars_up_to(MAX_HEADLINE_CHARS) <= MAX_HEADLINE_CHARS
        && !first.text.ends_with(['.', ';', ':', ','])
        && first.folded.contains(' ')
        && !first.text.starts_with(['-', '+', '*', '•']);
    let text_follows = lines.iter().skip(at + 1).any(|line| line.is_unmarked() && is_text(line));
    (fits && text_follows).then_some(at)
}

/// Whether the line has the form of text: it ends a sentence or is long.
fn is_text(line: &SourceLine<'_>) -> bool {
    line.ends_a_sentence() || line.text.len() >= MIN_TEXT_BYTES
}
