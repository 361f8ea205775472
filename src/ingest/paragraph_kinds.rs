//! What each line of a report is for (docs/domain.md §5.1 to §5.4): headline, text, caption, byline, source, residue.
//! Promises every line that is not blank, in order, with one kind each, in time linear in the text. What the phrases
//! are is said by `tables/*.tsv`; who is named in the lines is left to `extract`.

mod byline;
mod caption;
mod headline;
mod line;
mod residue;

use crate::report::{Paragraph, ParagraphKind};
use line::SourceLine;

/// Kinds that the markup around the text already knows: number of the line, from 0, and kind; in order.
pub(super) type KnownKinds = [(usize, ParagraphKind)];

/// The lines of a canonical text that are not blank.
///
/// `said` is what the markup knew; `title` the page's own title, which marks the line that repeats it as the headline.
pub(super) fn paragraphs(text: &str, said: &KnownKinds, title: Option<&str>) -> Vec<Paragraph> {
    let mut lines = line::lines(text);
    for (number, kind) in said {
        if let Ok(at) = lines.binary_search_by_key(number, |line| line.number)
            && let Some(line) = lines.get_mut(at)
        {
            line.kind = Some(*kind);
        }
    }
    residue::mark(&mut lines);
    byline::mark_sources(&mut lines);
    byline::mark_heads(&mut lines);
    caption::mark_signed(&mut lines);
    headline::mark(&mut lines, title);
    caption::mark_doubled(&mut lines);
    byline::mark_lone_names(&mut lines);
    caption::mark_shown(&mut lines);
    lines.iter().map(|line| Paragraph { kind: line.kind.unwrap_or(ParagraphKind::Body), span: line.span }).collect()
}

/// Gives a kind to a line that has none yet.
fn set(line: &mut SourceLine<'_>, kind: ParagraphKind) {
    line.kind.get_or_insert(kind);
}

/// Whether these words are residue of a page wherever they stand.
pub(super) fn is_residue(words: &str) -> bool {
    let mut lines = line::lines(words);
    residue::mark(&mut lines);
    !lines.is_empty() && lines.iter().all(|line| line.kind == Some(ParagraphKind::Residue))
}
