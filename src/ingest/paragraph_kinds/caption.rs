//! Finds captions of photographs (docs/domain.md §5.2): lines after the editor's toolbar or with a photographer's
//! credit, stock phrases, lines that occur twice, and short sentences of a person and an action. The phrases are rows
//! of `tables/captions.tsv`.

use super::line::{SourceLine, begins_with_words};
use super::{is_vietnamese_letter, residue, set};
use crate::extract::lexicon;
use crate::ingest::phrase_table::IngestTable;
use crate::report::ParagraphKind::{Byline, Caption, Headline, Residue};
use crate::text::words::{folded_words, words};
use std::sync::OnceLock;

/// A longer line is no caption, even with a sure sign of one.
const MAX_LABELLED_CHARS: usize = 400;
/// A longer line is no caption if only its form is that of one.
const MAX_CAPTION_CHARS: usize = 220;
/// Short lines under the byline are captions if there are at most this many: more are another article.
const MAX_LINES_BELOW_BYLINE: usize = 6;
/// An end of a line that begins with `Ảnh:` and is longer than this is no credit.
const MAX_CREDIT_CHARS: usize = 60;

/// What a phrase shows about the line it is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CaptionSign {
    /// A caption begins with it: "view of the conference".
    Stock,
    /// Begins a description of a photograph: who is in it. Ranks of the lexicon are such words too.
    Subject,
    /// What people do in photographs.
    Action,
    /// Tenses and verbs of speech: the line is text, because photographs neither speak nor have a past.
    Text,
}

static CAPTIONS: IngestTable<CaptionSign> = IngestTable {
    file: "captions.tsv",
    text: include_str!("../tables/captions.tsv"),
    kinds: &[
        ("stock", CaptionSign::Stock),
        ("who", CaptionSign::Subject),
        ("does", CaptionSign::Action),
        ("text", CaptionSign::Text),
    ],
};

/// The table, ready to compare. Stock phrases are folded. The others keep their diacritics, which `đã` (past tense)
/// needs to differ from `đá` (stone), and are in lower case; actions and signs of text have a space on both sides.
struct CaptionPhrases {
    stock: Vec<String>,
    subjects: Beginnings,
    actions: Vec<String>,
    text: Vec<String>,
    /// Forms of address and occupations, in lower case.
    persons: Beginnings,
}

/// Phrases in lower case that a line may begin with, by their first word. There are hundreds, and every short line of
/// every text is asked, so only those with the line's first word are compared.
struct Beginnings {
    by_first_word: foldhash::HashMap<String, Vec<String>>,
    /// The length in chars of the longest.
    longest: usize,
}

impl Beginnings {
    fn new(phrases: impl Iterator<Item = String>) -> Self {
        let mut all = Self { by_first_word: foldhash::HashMap::default(), longest: 0 };
        for phrase in phrases {
            all.longest = all.longest.max(phrase.chars().count());
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            all.by_first_word.entry(first).or_default().push(phrase);
        }
        all
    }

    /// The phrases that the line begins with, whole and in any case, in the order of the table.
    fn of(&self, text: &str) -> impl Iterator<Item = &str> {
        // One char more than the longest phrase, to see that its last word ends there.
        let lower: String = text.chars().take(self.longest + 1).flat_map(char::to_lowercase).collect();
        let same_first = lower.split(' ').next().and_then(|first| self.by_first_word.get(first));
        same_first.into_iter().flatten().map(String::as_str).filter(move |phrase| begins_with_words(&lower, phrase))
    }
}

fn phrases_with(sign: CaptionSign) -> impl Iterator<Item = &'static str> {
    CAPTIONS.rows().filter(move |row| row.kind == sign).map(|row| row.words)
}

fn phrases() -> &'static CaptionPhrases {
    static PHRASES: OnceLock<CaptionPhrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let ranks = lexicon::ranks().iter().map(|rank| rank.name.to_lowercase());
        CaptionPhrases {
            stock: phrases_with(CaptionSign::Stock).map(folded_words).collect(),
            subjects: Beginnings::new(phrases_with(CaptionSign::Subject).map(str::to_lowercase).chain(ranks)),
            actions: phrases_with(CaptionSign::Action).map(|words| format!(" {words} ")).collect(),
            text: phrases_with(CaptionSign::Text).map(|words| format!(" {words} ")).collect(),
            persons: Beginnings::new(lexicon::forms_before_names().map(str::to_lowercase)),
        }
    })
}

/// Marks captions with a sure sign: the toolbar before them, a stock phrase, a photographer's credit.
pub(super) fn mark_labelled(lines: &mut [SourceLine<'_>]) {
    let mut after_toolbar = false;
    for nth in 0..lines.len() {
        let Some(line) = lines.get_mut(nth) else { break };
        let is_toolbar = residue::is_toolbar(line);
        let has_toolbar = after_toolbar || (line.begins_with(residue::TOOLBAR) && !is_toolbar);
        let fits = line.is_unmarked() && line.chars_up_to(MAX_LABELLED_CHARS) <= MAX_LABELLED_CHARS;
        if fits && (has_toolbar || is_stock(line) || has_credit(line.text)) {
            set(line, Caption);
        }
        after_toolbar = is_toolbar;
        if is_credit_line(lines, nth) {
            for at in [nth, nth - 1] {
                if let Some(line) = lines.get_mut(at) {
                    line.kind = Some(Caption);
                }
            }
        }
    }
}

/// Marks short lines that occur twice: Vietnamese sites print a caption under the photograph and again in a gallery. In
/// other languages they may be anything, such as cells of a table. Sorts the lines, so that a text of many equal lines
/// costs no more.
pub(super) fn mark_doubled(lines: &mut [SourceLine<'_>]) {
    if !lines.iter().any(|line| line.text.chars().any(is_vietnamese_letter)) {
        return;
    }
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

/// Marks short lines that have the form of a caption (a person and an action), and then short lines that have captions
/// around them.
pub(super) fn mark_descriptions(lines: &mut [SourceLine<'_>]) {
    let first_text = lines.iter().position(|line| !matches!(line.kind, Some(Residue | Headline)));
    let signed = lines
        .iter()
        .rposition(|line| line.kind == Some(Byline))
        .filter(|at| lines.len() - at <= MAX_LINES_BELOW_BYLINE);
    for (nth, line) in lines.iter_mut().enumerate() {
        if fits(line) && Some(nth) != first_text && is_description(line) {
            set(line, Caption);
        }
    }
    for nth in 1..lines.len() {
        let kind_and_number = |at: usize| lines.get(at).map(|line| (line.kind, line.number));
        let (above, below) = (kind_and_number(nth - 1), kind_and_number(nth + 1));
        let Some(line) = lines.get(nth).filter(|line| fits(line)) else { continue };
        // Between two captions with no blank line, or under the byline.
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

/// Whether an unmarked line is short and one sentence.
fn fits(line: &SourceLine<'_>) -> bool {
    line.is_unmarked() && line.chars_up_to(MAX_CAPTION_CHARS) <= MAX_CAPTION_CHARS && is_one_sentence(line.text)
}

/// Whether there is no full stop inside, except after abbreviations of up to three letters (`TP. …`), and no second
/// clause behind a semicolon: photographs show one thing, and a report tells who else did what.
fn is_one_sentence(text: &str) -> bool {
    if text.ends_with('.') && text.contains("; ") {
        return false;
    }
    let stops = memchr::memchr_iter(b'.', text.as_bytes()).filter_map(|at| text.split_at_checked(at));
    stops.filter(|(_, rest)| rest.starts_with(". ")).all(|(before, _)| {
        before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase) && word.chars().count() <= 3)
    })
}

fn is_stock(line: &SourceLine<'_>) -> bool {
    phrases().stock.iter().any(|start| line.begins_with(start))
        && is_one_sentence(line.text)
        && !has_sign_of_text(&spaced_words(line.text))
}

/// Whether a line has a word that shows it to be text; `spaced` are its `spaced_words`.
fn has_sign_of_text(spaced: &str) -> bool {
    phrases().text.iter().any(|word| spaced.contains(word.as_str()))
}

/// The words in lower case with a space around each, diacritics kept.
fn spaced_words(text: &str) -> String {
    words(text).fold(" ".to_owned(), |all, word| all + &word.text.to_lowercase() + " ")
}

/// Whether the line ends in `Ảnh: NAME`, or has a gallery's marks (`- Ảnh 1`, "from left to right").
fn has_credit(text: &str) -> bool {
    // Most lines have no colon, and looking for one byte is cheap.
    let credit = memchr::memchr(b':', text.as_bytes()).and_then(|_| text.rfind("Ảnh:").or_else(|| text.rfind("ảnh:")));
    let Some(at) = credit else {
        return text.contains("(từ trái qua)") || text.contains(" - Ảnh 1");
    };
    let credit = text.get(at..).unwrap_or_default();
    at > 0 && !text.starts_with("Tin") && !text.starts_with("Bài") && credit.chars().count() <= MAX_CREDIT_CHARS
}

/// Whether this is a line `Ảnh: …` right under a short line: then both belong to a photograph.
fn is_credit_line(lines: &[SourceLine<'_>], nth: usize) -> bool {
    let (Some(line), Some(above)) = (lines.get(nth), nth.checked_sub(1).and_then(|n| lines.get(n))) else {
        return false;
    };
    line.kind == Some(Byline)
        && line.text.starts_with("Ảnh:")
        && line.number == above.number + 1
        && (above.kind == Some(Caption) || fits(above))
}

/// Whether the line has the form of a caption: it begins with a person, has an action, and has no sign of text.
fn is_description(line: &SourceLine<'_>) -> bool {
    if names_somebody(line.text) {
        return true;
    }
    let Some(who) = phrases().subjects.of(line.text).next() else { return false };
    let spaced = spaced_words(line.text);
    if has_sign_of_text(&spaced) || line.text.contains(':') {
        return false;
    }
    phrases().actions.iter().any(|action| spaced.contains(action.as_str())) || is_only_a_name(line.text, who)
}

/// Whether the line is a form of address or an occupation and a name, and nothing else: `Chị Nguyễn Thị A.` Authors
/// sign with neither. A name of one word may be an author's with it (`Anh Tuấn`).
pub(super) fn names_somebody(text: &str) -> bool {
    // Checked first because it copies nothing: nearly all lines of a text end in a word in small letters.
    let ends_in_name = text.split_whitespace().next_back().is_some_and(|word| word.starts_with(char::is_uppercase));
    if !ends_in_name {
        return false;
    }
    phrases().persons.of(text).any(|who| is_only_a_name(text, who))
}

/// Whether the line is a rank and a name and nothing else; `who` is what it begins with.
fn is_only_a_name(text: &str, who: &str) -> bool {
    let name: Vec<&str> = text.trim_end_matches('.').split_whitespace().skip(who.split(' ').count()).collect();
    (2..=6).contains(&name.len()) && name.iter().all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        CAPTIONS.check();
    }
}
