//! Residue of a site's pages (docs/domain.md §5.4): toolbars, comment forms, section labels, lists of links, view
//! counters, lone dashes. The phrases are rows of `tables/residue.tsv`; several of them glued into one line are found
//! too.

use super::line::{SourceLine, begins_with_words};
use super::set;
use crate::ingest::day;
use crate::report::ParagraphKind;
use crate::text::words::folded_words;
use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Labels of sections stand above the text, at most this many lines down.
const TOP: usize = 6;
/// A line that begins with a phrase of residue and is longer than this, in characters, is text.
const LONGEST_START: usize = 200;
/// A link of a list is at most this long, in characters.
const LONGEST_LINK: usize = 200;
/// Glued phrases are looked for in lines up to this many bytes.
const LONGEST_GLUED: usize = 300;

/// The table, folded.
struct ResiduePhrases {
    line: HashSet<String, RandomState>,
    start: Vec<String>,
    top: HashSet<String, RandomState>,
    list: HashSet<String, RandomState>,
    /// All phrases of `line` and `list` without spaces.
    glued: Vec<String>,
}

fn phrases() -> &'static ResiduePhrases {
    static PHRASES: OnceLock<ResiduePhrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let rows: Vec<(&str, String)> = include_str!("../tables/residue.tsv")
            .lines()
            .skip(1)
            .filter_map(|row| {
                let mut cells = row.split('\t');
                Some((cells.next()?, folded_words(cells.next()?)))
            })
            .collect();
        let of = |place: &str| rows.iter().filter(|row| row.0 == place).map(|row| row.1.clone()).collect::<Vec<_>>();
        let mut glued: Vec<String> = [of("line"), of("list")].concat().iter().map(|p| p.replace(' ', "")).collect();
        glued.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        ResiduePhrases {
            line: of("line").into_iter().collect(),
            start: of("start"),
            top: of("top").into_iter().collect(),
            list: of("list").into_iter().collect(),
            glued,
        }
    })
}

/// Marks the lines that are residue.
pub(super) fn mark(lines: &mut [SourceLine<'_>]) {
    let mut in_list = false;
    let mut above_text = true;
    for (nth, line) in lines.iter_mut().enumerate() {
        if !line.is_open() {
            in_list = false;
            continue;
        }
        let opens_list = phrases().list.contains(without_count(&line.folded));
        let is_link = in_list && !line.ends_a_sentence() && line.chars_up_to(LONGEST_LINK) <= LONGEST_LINK;
        let is_label = above_text && nth < TOP && phrases().top.contains(line.folded.as_str());
        if opens_list || is_link || is_label || is_residue(line) {
            set(line, ParagraphKind::Residue);
            in_list = opens_list || (in_list && is_link);
        } else {
            in_list = false;
            above_text = false;
        }
    }
}

/// Whether the line is residue whatever stands around it.
fn is_residue(line: &SourceLine<'_>) -> bool {
    if !line.is_short() {
        return false;
    }
    let words = without_count(&line.folded);
    words.is_empty() && !line.text.chars().any(char::is_alphanumeric)
        || phrases().line.contains(words)
        || day::of_slot(line.text).is_some()
        || is_start(line)
        || is_glued(line)
}

fn is_start(line: &SourceLine<'_>) -> bool {
    line.chars_up_to(LONGEST_START) <= LONGEST_START
        && phrases().start.iter().any(|start| begins_with_words(&line.folded, start))
}

/// `binh luan 0` without its count.
fn without_count(folded: &str) -> &str {
    folded.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()
}

/// Whether the line is nothing but phrases of residue run together: `Tìm kiếm theo:Chuyên mục này…`.
fn is_glued(line: &SourceLine<'_>) -> bool {
    if line.text.len() > LONGEST_GLUED {
        return false;
    }
    let mut rest = line.folded.as_str();
    while !rest.is_empty() {
        let Some(tail) = phrases().glued.iter().find_map(|phrase| after_letters(rest, phrase)) else { return false };
        rest = tail.trim_start_matches(' ');
    }
    !line.folded.is_empty()
}

/// What follows in `words` where their letters begin with those of `phrase`; spaces between them do not count.
fn after_letters<'a>(words: &'a str, phrase: &str) -> Option<&'a str> {
    let mut rest = words.chars();
    for letter in phrase.chars() {
        if rest.find(|c| *c != ' ')? != letter {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Whether this is the toolbar label that qdnd.vn's editor leaves before each caption.
pub(super) fn is_toolbar(line: &SourceLine<'_>) -> bool {
    line.folded == "leftcenterrightdel"
}
