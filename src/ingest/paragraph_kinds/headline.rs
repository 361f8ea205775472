//! The headline (docs/domain.md §5.1): the first line that is no residue, when it is short, ends no sentence and a text
//! follows; or the line that repeats the page's own title. A second copy of it further down is residue.

use super::line::SourceLine;
use super::set;
use crate::report::ParagraphKind::{Headline, Residue};
use crate::text::words::folded_words;

/// A headline has at most so many characters.
const LONGEST: usize = 220;
/// A line that ends a sentence, or is at least so many bytes long, is a text to have a headline.
const SHORTEST_TEXT: usize = 120;
/// The page's title is looked for in so many lines.
const TOP: usize = 8;

/// Marks the headline, and its copies as residue.
pub(super) fn mark(lines: &mut [SourceLine<'_>], title: Option<&str>) {
    let said = lines.iter().position(|line| line.kind == Some(Headline));
    let Some(at) = said.or_else(|| titled(lines, title)).or_else(|| untitled(lines)) else { return };
    let Some(headline) = lines.get_mut(at) else { return };
    set(headline, Headline);
    let words = headline.folded.clone();
    for copy in lines.iter_mut().skip(at + 1).filter(|line| line.is_open() || line.kind == Some(Headline)) {
        if copy.kind == Some(Headline) || (!words.is_empty() && copy.folded == words) {
            copy.kind = Some(Residue);
        }
    }
}

fn titled(lines: &[SourceLine<'_>], title: Option<&str>) -> Option<usize> {
    let title = folded_words(title?);
    lines.iter().take(TOP).position(|line| line.is_open() && !title.is_empty() && line.folded == title)
}

fn untitled(lines: &[SourceLine<'_>]) -> Option<usize> {
    let at = lines.iter().position(SourceLine::is_open)?;
    let first = lines.get(at)?;
    let fits = first.chars_up_to(LONGEST) <= LONGEST
        && !first.text.ends_with(['.', ';', ':', ','])
        && first.folded.contains(' ')
        && !first.text.starts_with(['-', '+', '*', '•']);
    let text_follows = lines
        .iter()
        .skip(at + 1)
        .any(|line| line.is_open() && (line.ends_a_sentence() || line.text.len() >= SHORTEST_TEXT));
    (fits && text_follows).then_some(at)
}
