//! Official documents by their layout, as decree 30/2020/NĐ-CP fixes it and documents of the Party have it too: who
//! issued it, its number and sign, place and day, kind and subject at the top; the signature at the end. Each is a line
//! of its own there and no sentence, so the recognizers of running text find none of them.
//!
//! ```text
//! ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM        cells beside each other, or one below
//! TỈNH A                             Độc lập - Tự do - Hạnh phúc             the other, however the file was made
//! Số: 12/BC-UBND                   A, ngày 05 tháng 7 năm 2026
//!                    BÁO CÁO                                                 kind
//!        Kết quả công tác 6 tháng đầu năm 2026                               subject
//! …
//! Nơi nhận:                        TM. ỦY BAN NHÂN DÂN                       signature: on whose behalf,
//! - Lưu: VT.                       KT. CHỦ TỊCH                              in whose place,
//!                                  PHÓ CHỦ TỊCH                              the post of who signs,
//!                                  Trần Văn B                                and the name
//! ```
//!
//! `layout` needs the text alone, because `ingest` sorts the lines of a document by it. Which words there are is in
//! `word_sets.tsv`.

mod cells;
mod heading;
mod signer;
#[cfg(test)]
mod tests;

pub use signer::add_signer;

use super::function_words::DOCUMENT_SUBJECT;
use super::lexicon::WordSet;
use crate::report::{Day, Quote, Span};
use cells::{LayoutLine, is_in_capitals};

/// The signature is within this many last lines.
const CLOSING_LINES: usize = 60;
/// The post stands at most this many lines above the mark of a signature.
const LINES_ABOVE_MARK: usize = 3;

/// A document with this layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficialDocument {
    /// Its number and sign, without the spaces in it: `12/BC-UBND`.
    pub number: Option<Quote>,
    /// Where it was issued.
    pub place: Option<Quote>,
    /// The day on which it was issued, and the words that state it.
    pub day: Option<DocumentDay>,
    /// Who issued it, in the letters of its running text if that names it too.
    pub issuer: Option<String>,
    /// The words for its kind (`BÁO CÁO`); none in a letter.
    kind: Option<Span>,
    /// What it is about.
    pub subject: Option<Span>,
    /// One past the last byte of heading, kind and subject.
    pub heading_end: usize,
    /// From the first line of the signature to the end. `None` if there is none.
    pub signature: Option<Span>,
    /// The name of who signed. `layout` leaves it to `add_signer`, which knows names.
    pub signer: Option<Quote>,
}

/// A day with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentDay {
    pub day: Day,
    pub span: Span,
}

/// The layout of a text. `None` if it is no such document: at least two of the name of the state or the Party, a number
/// and a line of place and day have to stand at its top.
pub fn layout(text: &str) -> Option<OfficialDocument> {
    let mut found = heading::read(text)?;
    found.signature = signature(text, found.heading_end);
    Some(found)
}

impl OfficialDocument {
    /// Whether the line that begins at that byte is one of its layout and no running text.
    pub fn has_in_layout(&self, line: usize) -> bool {
        line < self.heading_end || self.signature.is_some_and(|signature| line >= signature.start)
    }

    /// The title: kind and subject, or what a letter is about.
    pub fn title(&self, text: &str) -> Option<String> {
        let subject = self.subject.map(|span| one_line(span.of(text)));
        let Some(kind) = self.kind.map(|span| one_line(span.of(text))) else {
            return subject.map(|subject| without_short_form(&subject));
        };
        let kind = if heading::is_kind_alone(&kind) { sentence_case(&kind) } else { kind };
        let Some(subject) = subject else { return Some(kind) };
        Some(format!("{kind} {}", if is_in_capitals(&subject) { subject } else { small_initial(&subject) }))
    }
}

/// `V/v báo cáo` in words.
fn without_short_form(subject: &str) -> String {
    let rest = subject.get(..3).filter(|short| short.eq_ignore_ascii_case("v/v")).and_then(|_| subject.get(3..));
    let rest = rest.map(|rest| rest.trim_start_matches([':', '.', ' ']));
    rest.map_or_else(|| subject.to_owned(), |rest| format!("{DOCUMENT_SUBJECT} {rest}"))
}

/// A word in capitals as a sentence begins.
fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// The subject behind its kind: with a small letter, unless it begins with a name or an abbreviation.
fn small_initial(subject: &str) -> String {
    let mut words = subject.split(' ');
    let first = words.next().unwrap_or_default();
    let is_plain = first.chars().skip(1).all(char::is_lowercase) && words.next().is_some_and(begins_small);
    if !is_plain {
        return subject.to_owned();
    }
    let mut letters = subject.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn begins_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of the signature: from those who receive copies, or from whom somebody signs for, to the end.
fn signature(text: &str, from: usize) -> Option<Span> {
    let mut lines: Vec<LayoutLine<'_>> = Vec::new();
    for line in cells::lines(text).filter(|line| line.span.start >= from) {
        if lines.len() == CLOSING_LINES {
            lines.remove(0);
        }
        lines.push(line);
    }
    let begins = |line: &LayoutLine<'_>| {
        line.cells().iter().any(|cell| {
            WordSet::Recipients.words().iter().any(|words| cell.plain.starts_with(words)) || cell.signs_for().is_some()
        })
    };
    let marked = |line: &LayoutLine<'_>| line.cells().iter().any(|cell| is_signed_mark(&cell.plain));
    let first = lines
        .iter()
        .position(begins)
        .or_else(|| lines.iter().position(marked).map(|at| at.saturating_sub(LINES_ABOVE_MARK)))?;
    Some(Span::new(lines.get(first)?.span.start, lines.last()?.span.end))
}

/// Whether the words stand for a signature that the text cannot show: `(Đã ký)`.
fn is_signed_mark(plain: &str) -> bool {
    WordSet::SignedMark.words().contains(&plain)
}
