//! The words under photographs (docs/domain.md §5.2): after the editor's toolbar, signed with a photographer, stock
//! phrases, doubled lines, and short sentences of who does what. The phrases are rows of `tables/captions.tsv`.

use super::line::{SourceLine, begins_with_words};
use super::{residue, set};
use crate::extract::lexicon;
use crate::report::ParagraphKind::{Byline, Caption, Headline, Residue};
use crate::text::words::{folded_words, words};
use std::sync::OnceLock;

/// A caption with a photographer has at most so many characters.
const LONGEST_SIGNED: usize = 400;
/// One without.
const LONGEST: usize = 220;
/// Under the byline stand at most so many captions.
const LINES_BELOW: usize = 6;
/// A photographer's name has at most so many characters.
const LONGEST_CREDIT: usize = 60;

/// The table, folded; `does` and `told` with a space before and after.
struct CaptionPhrases {
    stock: Vec<String>,
    who: Vec<String>,
    does: Vec<String>,
    told: Vec<String>,
}

fn phrases() -> &'static CaptionPhrases {
    static PHRASES: OnceLock<CaptionPhrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let rows: Vec<(&str, &str)> = include_str!("../tables/captions.tsv")
            .lines()
            .skip(1)
            .filter_map(|row| {
                let mut cells = row.split('\t');
                Some((cells.next()?, cells.next()?))
            })
            .collect();
        let of = |part: &'static str| rows.iter().filter(move |row| row.0 == part).map(|row| row.1);
        // Who and what is shown is told apart by tone (`đã` is not `đá`), so these keep theirs.
        let spaced = |words: &str| format!(" {words} ");
        CaptionPhrases {
            stock: of("stock").map(folded_words).collect(),
            who: of("who")
                .map(str::to_lowercase)
                .chain(lexicon::ranks().iter().map(|rank| rank.name.to_lowercase()))
                .collect(),
            does: of("does").map(spaced).collect(),
            told: of("told").map(spaced).collect(),
        }
    })
}

/// Marks captions that say so themselves: after the toolbar, stock phrases, with a photographer.
pub(super) fn mark_signed(lines: &mut [SourceLine<'_>]) {
    let mut after_toolbar = false;
    for nth in 0..lines.len() {
        let Some(line) = lines.get_mut(nth) else { break };
        let toolbar = residue::is_toolbar(line);
        let labelled = after_toolbar || (line.begins_with("leftcenterrightdel") && !toolbar);
        let fits = line.is_open() && line.chars_up_to(LONGEST_SIGNED) <= LONGEST_SIGNED;
        if fits && (labelled || is_stock(line) || is_signed(line.text)) {
            set(line, Caption);
        }
        after_toolbar = toolbar;
        if is_credit_line(lines, nth) {
            for at in [nth, nth - 1] {
                if let Some(line) = lines.get_mut(at) {
                    line.kind = Some(Caption);
                }
            }
        }
    }
}

/// Marks short lines that stand twice in the text.
pub(super) fn mark_doubled(lines: &mut [SourceLine<'_>]) {
    let fitting = lines.iter().enumerate().filter(|(_, line)| fits(line) && line.folded.contains(' '));
    let mut fitting: Vec<(&str, usize)> = fitting.map(|(nth, line)| (line.folded.as_str(), nth)).collect();
    fitting.sort_unstable();
    let same = fitting.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
    let doubled: Vec<usize> = same.flatten().map(|(_, nth)| *nth).collect();
    for nth in doubled {
        if let Some(line) = lines.get_mut(nth) {
            set(line, Caption);
        }
    }
}

/// Marks short lines that say who does what, as captions do and sentences of a report seldom.
pub(super) fn mark_shown(lines: &mut [SourceLine<'_>]) {
    let first_text = lines.iter().position(|line| !matches!(line.kind, Some(Residue | Headline)));
    let signed = lines.iter().rposition(|line| line.kind == Some(Byline)).filter(|at| lines.len() - at <= LINES_BELOW);
    for (nth, line) in lines.iter_mut().enumerate() {
        if fits(line) && Some(nth) != first_text && is_shown(line) {
            set(line, Caption);
        }
    }
    for nth in 1..lines.len() {
        let kind_and_number = |at: usize| lines.get(at).map(|line| (line.kind, line.number));
        let (above, below) = (kind_and_number(nth - 1), kind_and_number(nth + 1));
        let Some(line) = lines.get(nth).filter(|line| fits(line)) else { continue };
        // A line within a block of captions, and short lines under the byline, are captions too.
        let within = above == Some((Some(Caption), line.number.saturating_sub(1)))
            && below == Some((Some(Caption), line.number + 1));
        let under = signed.is_some_and(|signed| nth > signed);
        if (within || under)
            && let Some(line) = lines.get_mut(nth)
        {
            set(line, Caption);
        }
    }
}

fn fits(line: &SourceLine<'_>) -> bool {
    line.is_open() && line.chars_up_to(LONGEST) <= LONGEST && is_one_sentence(line.text)
}

/// No full stop inside, but for short abbreviations such as `TP. …`.
fn is_one_sentence(text: &str) -> bool {
    let stops = memchr::memchr_iter(b'.', text.as_bytes()).filter_map(|at| text.split_at_checked(at));
    stops.filter(|(_, rest)| rest.starts_with(". ")).all(|(before, _)| {
        before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase) && word.chars().count() <= 3)
    })
}

fn is_stock(line: &SourceLine<'_>) -> bool {
    phrases().stock.iter().any(|start| line.begins_with(start)) && is_one_sentence(line.text) && !is_told(line.text)
}

fn is_told(text: &str) -> bool {
    let spaced = spaced_words(text);
    phrases().told.iter().any(|word| spaced.contains(word.as_str()))
}

/// The words in lower case with a space around each; tones and marks stay.
fn spaced_words(text: &str) -> String {
    words(text).fold(" ".to_owned(), |all, word| all + &word.text.to_lowercase() + " ")
}

/// Ends in `Ảnh: NAME`, or carries a photograph's own mark.
fn is_signed(text: &str) -> bool {
    // Most lines have no colon.
    let credit = memchr::memchr(b':', text.as_bytes()).and_then(|_| text.rfind("Ảnh:").or_else(|| text.rfind("ảnh:")));
    let Some(at) = credit else {
        return text.contains("(từ trái qua)") || text.contains(" - Ảnh 1");
    };
    let credit = text.get(at..).unwrap_or_default();
    at > 0 && !text.starts_with("Tin") && !text.starts_with("Bài") && credit.chars().count() <= LONGEST_CREDIT
}

/// A line `Ảnh: …` right under a short line: both belong to a photograph.
fn is_credit_line(lines: &[SourceLine<'_>], nth: usize) -> bool {
    let (Some(line), Some(above)) = (lines.get(nth), nth.checked_sub(1).and_then(|n| lines.get(n))) else {
        return false;
    };
    line.kind == Some(Byline)
        && line.text.starts_with("Ảnh:")
        && line.number == above.number + 1
        && (above.kind == Some(Caption) || fits(above))
}

fn is_shown(line: &SourceLine<'_>) -> bool {
    let lower = line.text.to_lowercase();
    let Some(who) = phrases().who.iter().find(|who| begins_with_words(&lower, who)) else { return false };
    if is_told(&lower) || line.text.contains(':') {
        return false;
    }
    let spaced = spaced_words(line.text);
    phrases().does.iter().any(|does| spaced.contains(does.as_str())) || is_only_a_name(line.text, who)
}

/// `Trung tướng Nguyễn Văn A.`: a rank, a name and no more.
fn is_only_a_name(text: &str, who: &str) -> bool {
    let name: Vec<&str> = text.trim_end_matches('.').split_whitespace().skip(who.split(' ').count()).collect();
    (2..=6).contains(&name.len()) && name.iter().all(|word| word.starts_with(char::is_uppercase))
}
