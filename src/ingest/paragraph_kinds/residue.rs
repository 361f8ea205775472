//! Finds residue of a site's pages (docs/domain.md §5.4): toolbars, comment forms, section labels, lists of links, view
//! counters, lone dashes. The phrases are rows of `tables/residue.tsv`; several of them run together into one line are
//! found too.

use super::line::{SourceLine, begins_with_words};
use super::set;
use crate::ingest::phrase_table::IngestTable;
use crate::ingest::publication_day;
use crate::report::ParagraphKind;
use crate::text::words::folded_words;
use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::sync::OnceLock;

/// A section label is one of this many first lines.
const TOP_LINES: usize = 6;
/// A longer line is text even if it begins with a phrase of residue.
const MAX_START_CHARS: usize = 200;
/// A longer line ends a list of links.
const MAX_LINK_CHARS: usize = 200;
/// Longer lines are not checked for phrases run together: each position tries every phrase.
const MAX_GLUED_BYTES: usize = 300;

/// The editor's toolbar before each caption of some sites: its labels (left, center, right, del) run together.
pub(super) const TOOLBAR: &str = "leftcenterrightdel";

/// Where a phrase has to be for its line to be residue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ResiduePlace {
    /// It is the whole line, except for a number at the end.
    WholeLine,
    /// The line begins with it.
    Start,
    /// It is the whole line, above the text.
    Top,
    /// It is the whole line, and the lines below it are links.
    List,
}

static RESIDUE: IngestTable<ResiduePlace> = IngestTable {
    file: "residue.tsv",
    text: include_str!("../tables/residue.tsv"),
    kinds: &[
        ("line", ResiduePlace::WholeLine),
        ("start", ResiduePlace::Start),
        ("top", ResiduePlace::Top),
        ("list", ResiduePlace::List),
    ],
};

/// The phrases of the table, folded.
struct ResiduePhrases {
    whole_line: HashSet<String, RandomState>,
    start: Vec<String>,
    top: HashSet<String, RandomState>,
    list: HashSet<String, RandomState>,
    /// All phrases of `whole_line` and `list` without spaces, the longest first, so that none hides a longer one.
    glued: Vec<String>,
}

/// The folded phrases of one place.
fn folded(place: ResiduePlace) -> impl Iterator<Item = String> {
    RESIDUE.rows().filter(move |row| row.kind == place).map(|row| folded_words(row.words))
}

fn phrases() -> &'static ResiduePhrases {
    static PHRASES: OnceLock<ResiduePhrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases = ResiduePhrases {
            whole_line: folded(ResiduePlace::WholeLine).collect(),
            start: folded(ResiduePlace::Start).collect(),
            top: folded(ResiduePlace::Top).collect(),
            list: folded(ResiduePlace::List).collect(),
            glued: Vec::new(),
        };
        let alone = folded(ResiduePlace::WholeLine).chain(folded(ResiduePlace::List));
        phrases.glued = alone.map(|phrase| phrase.replace(' ', "")).collect();
        phrases.glued.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        phrases
    })
}

/// Marks the lines that are residue.
pub(super) fn mark(lines: &mut [SourceLine<'_>]) {
    let mut in_list = false;
    let mut above_text = true;
    for (nth, line) in lines.iter_mut().enumerate() {
        if !line.is_unmarked() {
            in_list = false;
            continue;
        }
        let opens_list = phrases().list.contains(without_count(&line.folded));
        let is_link = in_list && !line.ends_a_sentence() && line.chars_up_to(MAX_LINK_CHARS) <= MAX_LINK_CHARS;
        let is_label = above_text && nth < TOP_LINES && phrases().top.contains(line.folded.as_str());
        if opens_list || is_link || is_label || is_residue(line) {
            set(line, ParagraphKind::Residue);
            in_list = opens_list || (in_list && is_link);
        } else {
            in_list = false;
            above_text = false;
        }
    }
}

/// Whether the line is residue in any surroundings.
fn is_residue(line: &SourceLine<'_>) -> bool {
    if !line.is_short() {
        return false;
    }
    let words = without_count(&line.folded);
    words.is_empty() && !line.text.chars().any(char::is_alphanumeric)
        || phrases().whole_line.contains(words)
        || publication_day::of_slot(line.text).is_some()
        || is_start(line)
        || is_glued(line)
}

/// Whether the line begins with a phrase and is short.
fn is_start(line: &SourceLine<'_>) -> bool {
    line.chars_up_to(MAX_START_CHARS) <= MAX_START_CHARS
        && phrases().start.iter().any(|start| begins_with_words(&line.folded, start))
}

/// `binh luan 0` without its count.
fn without_count(folded: &str) -> &str {
    folded.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()
}

/// Whether the line is nothing but phrases of residue run together: `Tìm kiếm theo:Chuyên mục này…`. Takes the longest
/// phrase that fits and never backtracks: good enough for labels, and linear.
fn is_glued(line: &SourceLine<'_>) -> bool {
    if line.text.len() > MAX_GLUED_BYTES {
        return false;
    }
    let mut rest = line.folded.as_str();
    while !rest.is_empty() {
        let Some(tail) = phrases().glued.iter().find_map(|phrase| after_letters(rest, phrase)) else { return false };
        rest = tail.trim_start_matches(' ');
    }
    !line.folded.is_empty()
}

/// The rest of `words` after the letters of `phrase`, spaces not counted. `None` if the letters differ.
fn after_letters<'a>(words: &'a str, phrase: &str) -> Option<&'a str> {
    let mut rest = words.chars();
    for letter in phrase.chars() {
        if rest.find(|c| *c != ' ')? != letter {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Whether the line is the editor's toolbar and nothing else.
pub(super) fn is_toolbar(line: &SourceLine<'_>) -> bool {
    line.folded == TOOLBAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        RESIDUE.check();
    }
}
