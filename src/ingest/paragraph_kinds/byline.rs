//! Finds bylines and sources (docs/domain.md §5.3): `Tin, ảnh: …`, a lone name at the end, `Nguồn: …`. Marks whole
//! lines; the names in them are left to `extract`. The words are rows of `tables/bylines.tsv`.

use super::caption;
use super::line::SourceLine;
use super::{is_vietnamese_letter, set};
use crate::extract::lexicon;
use crate::ingest::phrase_table::IngestTable;
use crate::report::ParagraphKind::{Byline, Source};
use crate::text::roman_numeral::arabic;
use crate::text::words::{folded_words, words};
use std::sync::OnceLock;

/// A longer signature is a name or a sentence.
const MAX_SIGNATURE_WORDS: usize = 3;
/// Longer words before a colon are no head of a byline.
const MAX_HEAD_BYTES: usize = 60;
/// Longer words after the colon are no names.
const MAX_NAMES_CHARS: usize = 100;
/// A longer credit is a sentence.
const MAX_AGENCY_BYTES: usize = 100;
/// A lone name has at most this many unmarked lines below it: the author signs at the end.
const MAX_LINES_BELOW: usize = 5;
/// A longer line is no signature, and above it is text.
const MAX_LINE_CHARS: usize = 200;
/// `Theo …` with more words is a sentence.
const MAX_SOURCE_WORDS: usize = 10;
/// `Theo …` is a source only within this many last lines.
const SOURCE_LINES: usize = 3;
/// More authors are a list of people.
const MAX_AUTHORS: usize = 4;

/// What words of a byline are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BylineWord {
    /// The words before the colon.
    Head,
    /// A line of its own that is no name: an agency, "the editors".
    Signature,
}

static BYLINES: IngestTable<BylineWord> = IngestTable {
    file: "bylines.tsv",
    text: include_str!("../tables/bylines.tsv"),
    kinds: &[("head", BylineWord::Head), ("signature", BylineWord::Signature)],
};

/// The words of the table, folded.
struct BylineWords {
    heads: Vec<String>,
    signatures: Vec<String>,
}

fn byline_words() -> &'static BylineWords {
    static WORDS: OnceLock<BylineWords> = OnceLock::new();
    WORDS.get_or_init(|| BylineWords {
        heads: folded(BylineWord::Head).collect(),
        signatures: folded(BylineWord::Signature).collect(),
    })
}

/// The folded words of one sort.
fn folded(sort: BylineWord) -> impl Iterator<Item = String> {
    BYLINES.rows().filter(move |row| row.kind == sort).map(|row| folded_words(row.words))
}

/// Marks `Nguồn: …`, `Theo …` and lines that are an address.
pub(super) fn mark_sources(lines: &mut [SourceLine<'_>]) {
    let first_below_text = lines.len().saturating_sub(SOURCE_LINES);
    for (nth, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.is_unmarked()) {
        let named = line.begins_with("nguon") && head(line.text).is_some_and(|(head, _)| head.starts_with("nguon"));
        let is_address = line.text.starts_with("http://") || line.text.starts_with("https://");
        let without_brackets = line.text.trim_start_matches('(').trim_end_matches(')');
        let is_last_words = nth >= first_below_text
            && nth > 0
            && without_brackets.starts_with("Theo ")
            && !line.ends_a_sentence()
            && words(line.text).nth(MAX_SOURCE_WORDS).is_none();
        if (named && !line.begins_with("nguon anh")) || (is_address && !line.text.contains(' ')) || is_last_words {
            set(line, Source);
        }
    }
}

/// Marks lines such as `Tin, ảnh: …`.
pub(super) fn mark_credits(lines: &mut [SourceLine<'_>]) {
    for line in lines.iter_mut().filter(|line| line.is_unmarked()) {
        if let Some((head, names)) = head(line.text)
            && byline_words().heads.contains(&head)
            && (is_names(names) || (head.ends_with("anh") && is_agency(names)))
        {
            set(line, Byline);
        }
    }
}

/// Marks a name, or an author with rank and post, alone on a line under the text.
pub(super) fn mark_lone_names(lines: &mut [SourceLine<'_>]) {
    let mut below = 0;
    for line in lines.iter_mut().skip(1).rev() {
        let is_signed = is_lone_name(line.text) && !caption::names_somebody(line.text);
        if line.is_unmarked() && (is_signed || is_author(line)) {
            set(line, Byline);
        } else if line.is_unmarked() {
            below += 1;
        }
        if below > MAX_LINES_BELOW || line.chars_up_to(MAX_LINE_CHARS) > MAX_LINE_CHARS {
            break;
        }
    }
}

/// Marks lone names among the doubtful lines of a text in Vietnamese: some sites sign in an element of its own. In
/// other languages a few words with capitals may be anything.
pub(super) fn mark_signatures(lines: &mut [SourceLine<'_>], doubtful: &[usize]) {
    for number in doubtful {
        if let Ok(at) = lines.binary_search_by_key(number, |line| line.number)
            && let Some(line) = lines.get_mut(at)
            && line.is_unmarked()
            && line.text.chars().any(is_vietnamese_letter)
            && is_lone_name(line.text)
        {
            set(line, Byline);
        }
    }
}

/// The folded words before the first colon, and what follows it.
fn head(line: &str) -> Option<(String, &str)> {
    let (head, rest) = line.split_once(':')?;
    (head.len() <= MAX_HEAD_BYTES).then(|| (folded_words(head), rest.trim()))
}

/// Whether this can be names: short, and at least half of the words begin with a capital.
fn is_names(text: &str) -> bool {
    if text.chars().nth(MAX_NAMES_CHARS).is_some() || text.is_empty() {
        return false;
    }
    let all = words(text).count();
    let capital = words(text).filter(|w| w.text.starts_with(char::is_uppercase)).count();
    capital * 2 >= all && capital > 0
}

/// Whether this can be who supplied photographs: short and no sentence.
fn is_agency(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.len() <= MAX_AGENCY_BYTES && !text.contains(['.', ';', ':'])
}

/// Whether the line is names of authors or a signature: `KIM ANH`, `Hoàng Nam`, `TUẤN SƠN (thực hiện)`, `VĂN A - THỊ
/// B`.
fn is_lone_name(text: &str) -> bool {
    let bare = text.split_once('(').map_or(text, |(name, note)| if note.ends_with(')') { name } else { text }).trim();
    let is_brief = words(bare).nth(MAX_SIGNATURE_WORDS).is_none();
    if is_brief && byline_words().signatures.contains(&folded_words(bare)) {
        return true;
    }
    let parts = bare.split([',', '-', '–', '/', '&']).flat_map(|part| part.split(" và "));
    let parts: Vec<&str> = parts.take(MAX_AUTHORS + 1).collect();
    !bare.is_empty() && parts.len() <= MAX_AUTHORS && parts.iter().all(|part| is_name(part.trim()))
}

/// Whether this is a name of two to four words with capitals (`KIM ANH`, `Hoàng Nam`, `T.KIM ANH`).
fn is_name(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    // `II. PHƯƠNG HƯỚNG` is the heading of a section.
    let all_caps = !text.chars().any(char::is_lowercase);
    if all_caps && text.split_once(". ").is_some_and(|(number, _)| arabic(&number.to_lowercase()).is_some()) {
        return false;
    }
    let parts: Vec<&str> = text.split([' ', '.']).filter(|part| !part.is_empty()).take(5).collect();
    if !(2..=4).contains(&parts.len()) {
        return false;
    }
    let titled = |part: &&str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_alphabetic() && (all_caps || c.is_lowercase()))
    };
    parts.iter().all(titled)
}

/// Whether the line is a rank and a name in capitals, and ends no sentence: `Đại tá VĂN A, Chủ nhiệm …`.
fn is_author(line: &SourceLine<'_>) -> bool {
    if line.ends_a_sentence() || line.chars_up_to(MAX_LINE_CHARS) > MAX_LINE_CHARS {
        return false;
    }
    let ranked = lexicon::ranks().iter().find_map(|rank| line.text.strip_prefix(rank.name));
    let Some(rest) = ranked else { return false };
    let name: Vec<&str> = rest.split([',', '(']).next().unwrap_or_default().split_whitespace().collect();
    (2..=5).contains(&name.len()) && name.iter().all(|w| w.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_sections_are_no_names() {
        assert!(is_lone_name("T.KIM ANH") && is_lone_name("T. KIM ANH") && is_lone_name("XUÂN MAI"));
        assert!(!is_lone_name("II. PHƯƠNG HƯỚNG") && !is_lone_name("V. KIẾN NGHỊ"));
    }

    #[test]
    fn every_row_of_the_table_is_understood() {
        BYLINES.check();
    }
}
