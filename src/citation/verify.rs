//! Finds the citations in a text of any kind (plain, Markdown, BibTeX, CSL-JSON) and tells whether the cited words
//! stand in a report. White space and the kind of quotation marks make no difference, and `[…]` stands for words that
//! were left out; everything else must be as in the report.

use super::SCHEME;
use crate::report::Report;
use serde_json::Value;
use std::collections::HashMap;

/// The fewest digits of a hash that count as a citation.
const FEWEST_DIGITS: usize = 8;
/// A passage that has less of the cited words than this, in percent, is not taken for a changed form of them.
const LEAST_SHARE: usize = 50;
/// The most words of a quotation and of a paragraph that are compared word by word.
const MOST_WORDS: usize = 2000;

/// How far the parts of a quotation with words left out are looked for, in bytes.
const MOST_WINDOW: usize = 64 << 10;

/// A citation in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCitation {
    /// The line of the text with its key, counted from 1.
    pub line: usize,
    /// The first digits of the report's hash.
    pub hash: String,
    /// The paragraph that it names.
    pub paragraph: Option<usize>,
    /// The cited words. `None` if the citation is of the report as a whole, or they could not be told.
    pub quote: Option<String>,
}

/// What became of cited words in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteCheck {
    /// They stand in this paragraph, counted from 1.
    Stands(usize),
    /// Words like them stand in this paragraph.
    Changed { paragraph: usize, words: Vec<ComparedWords> },
    /// Nothing like them stands in the report.
    Missing,
}

/// Words of a quotation compared with those of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComparedWords {
    Same(String),
    /// Only the quotation has them.
    Cited(String),
    /// Only the report has them.
    Report(String),
}

/// All citations of a text, in order. A key that several fields of one entry repeat is one citation.
pub fn citations(text: &str) -> Vec<FoundCitation> {
    if let Some(items) = csl_items(text) {
        return items;
    }
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(SCHEME) {
        let before = text.get(..at).unwrap_or_default();
        if at < from || before.ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let Some((hash, paragraph, length)) = key(text.get(at + SCHEME.len()..).unwrap_or_default()) else { continue };
        let block = before.rfind("\n\n").map_or(0, |n| n + 2).max(from);
        let quote = paragraph.and_then(|_| quotation(text.get(block..at).unwrap_or_default()));
        found.push(FoundCitation { line: line_of(text, at), hash, paragraph, quote });
        from = at + SCHEME.len() + length;
    }
    found
}

/// Reads what follows the scheme: hash, paragraph, and the number of bytes of both.
fn key(rest: &str) -> Option<(String, Option<usize>, usize)> {
    let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
    let hash = rest.get(..digits).filter(|hash| (FEWEST_DIGITS..=32).contains(&hash.len()))?;
    let number = rest.get(digits..)?.strip_prefix('/').unwrap_or_default();
    let length = number.bytes().take_while(u8::is_ascii_digit).count();
    let paragraph = number.get(..length).and_then(|number| number.parse().ok());
    let taken = digits + if paragraph.is_some() { length + 1 } else { 0 };
    Some((hash.to_ascii_lowercase(), paragraph, taken))
}

/// The citations of a file of CSL-JSON. `None` if the text is none.
fn csl_items(text: &str) -> Option<Vec<FoundCitation>> {
    let begins = text.trim_start().starts_with(['[', '{']);
    let value: Value = begins.then(|| serde_json::from_str(text).ok()).flatten()?;
    let items = match value {
        Value::Array(items) => items,
        one => vec![one],
    };
    let found = items.iter().filter_map(|item| {
        let note = item.get("note").and_then(Value::as_str)?;
        let (hash, paragraph, _) = key(note.get(note.find(SCHEME)? + SCHEME.len()..)?)?;
        let quote = item.get("annote").and_then(Value::as_str).map(str::to_owned);
        let line = line_of(text, text.find(note).unwrap_or(0));
        Some(FoundCitation { line, hash, paragraph, quote })
    });
    Some(found.collect())
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The cited words in what comes before a key: a quotation of Markdown; else what stands in quotation marks before the
/// bracket with the title; else what stood in quotation marks last.
fn quotation(before: &str) -> Option<String> {
    let quoted = before.lines().filter_map(|line| line.trim_start().strip_prefix('>')).map(str::trim);
    let quoted: Vec<&str> = quoted.filter(|line| !line.is_empty() && !line.starts_with('—')).collect();
    if !quoted.is_empty() {
        return Some(unescaped(&quoted.join(" ")));
    }
    let with_title = before.rfind("” (“").or_else(|| before.rfind("” (["));
    let end = with_title.or_else(|| before.rfind('”'))?;
    let head = before.get(..end)?;
    let start = head.rfind('“')? + '“'.len_utf8();
    head.get(start..).map(unescaped)
}

/// A text without the backslashes that Markdown and TeX want before some characters.
fn unescaped(text: &str) -> String {
    let text = text.replace("\\textbackslash ", "\\\\").replace("\\textasciitilde ", "~");
    let text = text.replace("\\textasciicircum ", "^");
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => out.extend(letters.next()),
            _ => out.push(letter),
        }
    }
    out
}

/// Whether cited words stand in a report: in the paragraph that the citation names, else in any.
pub fn check(quote: &str, paragraph: Option<usize>, report: &Report) -> QuoteCheck {
    let parts: Vec<String> =
        quote.replace("[...]", "[…]").split("[…]").map(normal).filter(|part| !part.is_empty()).collect();
    let all: Vec<String> = report.paragraphs.iter().map(|paragraph| normal(paragraph.span.of(&report.text))).collect();
    let named = paragraph.and_then(|number| number.checked_sub(1)).filter(|n| *n < all.len());
    let order = named.into_iter().chain((0..all.len()).filter(|n| Some(*n) != named));
    if let Some(n) = order.into_iter().find(|n| stands(&parts, &all, *n)) {
        return QuoteCheck::Stands(n + 1);
    }
    nearest(&parts.join(" "), &all)
        .map_or(QuoteCheck::Missing, |(n, words)| QuoteCheck::Changed { paragraph: n + 1, words })
}

/// Text as it is compared: white space and the kind of quotation marks make no difference.
fn normal(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(['“', '”', '‘', '’', '«', '»', '\''], "\"")
}

/// Whether the parts follow each other, the first beginning in paragraph `n`.
fn stands(parts: &[String], all: &[String], n: usize) -> bool {
    let (Some(first), Some(paragraph)) = (parts.first(), all.get(n)) else { return false };
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    // Words that were left out may be long, so that a part may stand some paragraphs below.
    let most = if parts.len() > 1 { MOST_WINDOW } else { paragraph.len() + length };
    let mut window = paragraph.clone();
    for more in all.iter().skip(n + 1) {
        if window.len() >= most {
            break;
        }
        window.push(' ');
        window.push_str(more);
    }
    window.match_indices(first.as_str()).take_while(|(at, _)| *at < paragraph.len()).any(|(at, _)| {
        let mut rest = window.get(at + first.len()..).unwrap_or_default();
        parts.iter().skip(1).all(|part| match rest.find(part.as_str()) {
            Some(at) => {
                rest = rest.get(at + part.len()..).unwrap_or_default();
                true
            }
            None => false,
        })
    })
}

/// The paragraph that has most of the words, and the words compared with it. `None` if none has enough of them.
fn nearest(quote: &str, all: &[String]) -> Option<(usize, Vec<ComparedWords>)> {
    let words: Vec<&str> = quote.split(' ').take(MOST_WORDS).collect();
    let shared = |paragraph: &String| {
        let mut there: HashMap<&str, usize> = HashMap::new();
        paragraph.split(' ').for_each(|word| *there.entry(word).or_default() += 1);
        let taken = words.iter().filter(|word| match there.get_mut(**word) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        });
        taken.count()
    };
    let (n, most) = all.iter().map(shared).enumerate().max_by_key(|(n, shared)| (*shared, std::cmp::Reverse(*n)))?;
    if most * 100 < words.len() * LEAST_SHARE {
        return None;
    }
    let there: Vec<&str> = all.get(n)?.split(' ').take(MOST_WORDS).collect();
    Some((n, compared(&words, &there)))
}

/// The words of a quotation and of a paragraph compared, by their longest common subsequence. What the paragraph has
/// before and after the quotation is left out.
fn compared(cited: &[&str], there: &[&str]) -> Vec<ComparedWords> {
    let width = there.len() + 1;
    let mut lengths = vec![0u16; (cited.len() + 1) * width];
    let at = |a: usize, b: usize| a * width + b;
    for (a, one) in cited.iter().enumerate().rev() {
        for (b, other) in there.iter().enumerate().rev() {
            let both = lengths.get(at(a + 1, b + 1)).copied().unwrap_or(0) + 1;
            let either = lengths.get(at(a + 1, b)).max(lengths.get(at(a, b + 1))).copied().unwrap_or(0);
            if let Some(cell) = lengths.get_mut(at(a, b)) {
                *cell = if one == other { both.max(either) } else { either };
            }
        }
    }
    let mut steps: Vec<ComparedWords> = Vec::new();
    let (mut a, mut b) = (0, 0);
    while let Some(one) = cited.get(a) {
        let length = |a, b| lengths.get(at(a, b)).copied().unwrap_or(0);
        match there.get(b) {
            Some(other) if one == other && length(a, b) == length(a + 1, b + 1) + 1 => {
                steps.push(ComparedWords::Same((*one).to_owned()));
                (a, b) = (a + 1, b + 1);
            }
            Some(other) if length(a, b + 1) == length(a, b) && length(a, b) > 0 => {
                steps.push(ComparedWords::Report((*other).to_owned()));
                b += 1;
            }
            _ => {
                steps.push(ComparedWords::Cited((*one).to_owned()));
                a += 1;
            }
        }
    }
    // What stands in the place of cited words at the beginning and at the end belongs to the comparison.
    let cited_only = |step: &&ComparedWords| matches!(step, ComparedWords::Cited(_));
    let before = steps.iter().take_while(|step| matches!(step, ComparedWords::Report(_))).count();
    let replaced = steps.iter().skip(before).take_while(cited_only).count();
    let replaced_at_end = steps.iter().rev().take_while(cited_only).count();
    let after = there.iter().skip(b).take(replaced_at_end).map(|word| ComparedWords::Report((*word).to_owned()));
    joined(steps.into_iter().skip(before.saturating_sub(replaced)).chain(after))
}

/// Joins neighbouring words of one sort.
fn joined(steps: impl Iterator<Item = ComparedWords>) -> Vec<ComparedWords> {
    let mut out: Vec<ComparedWords> = Vec::new();
    for step in steps {
        match (out.last_mut(), &step) {
            (Some(ComparedWords::Same(words)), ComparedWords::Same(word))
            | (Some(ComparedWords::Cited(words)), ComparedWords::Cited(word))
            | (Some(ComparedWords::Report(words)), ComparedWords::Report(word)) => {
                words.push(' ');
                words.push_str(word);
            }
            _ => out.push(step),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::super::{Citation, CitationFormat};
    use super::*;
    use crate::report::{Span, TitleOrigin};

    #[test]
    fn what_is_cited_in_any_format_is_found_again() {
        let report = report(TitleOrigin::Text);
        for words in ["Sáng nay, đơn vị sơ kết.", "Sơ kết “đợt 1” & 2", "Hết {1} 5%.", "Kết quả tốt.\nHết {1}"]
        {
            let start = report.text.find(words).unwrap();
            let cited = Citation::of(&report, Some(Span::new(start, start + words.len())), None);
            for format in
                [CitationFormat::Plain, CitationFormat::Markdown, CitationFormat::Bibtex, CitationFormat::CslJson]
            {
                let mut text = cited.write(format);
                if format != CitationFormat::CslJson {
                    text = format!("Như đã “nói” ở trên.\n\n{text}\n\nCòn “điều” khác.\n");
                }
                let found = citations(&text);
                assert_eq!(found.len(), 1, "{text}");
                assert_eq!(found[0].hash, "1f2e3d4c5b6a7988");
                let quote = found[0].quote.as_deref().unwrap();
                assert_eq!(
                    check(quote, found[0].paragraph, &report),
                    QuoteCheck::Stands(found[0].paragraph.unwrap()),
                    "{quote} of {text}"
                );
            }
        }
    }

    #[test]
    fn changed_words_are_shown_and_others_are_missing() {
        let report = report(TitleOrigin::Text);
        let same = |words: &str| ComparedWords::Same(words.to_owned());
        assert_eq!(
            check("Sáng nay, đơn vị tổng kết.", Some(2), &report),
            QuoteCheck::Changed {
                paragraph: 2,
                words: vec![
                    same("Sáng nay, đơn vị"),
                    ComparedWords::Report("sơ".to_owned()),
                    ComparedWords::Cited("tổng".to_owned()),
                    same("kết.")
                ]
            }
        );
        assert_eq!(check("hoàn toàn không có ở đây", Some(2), &report), QuoteCheck::Missing);
        assert_eq!(check("Kết quả tốt.", Some(1), &report), QuoteCheck::Stands(2), "of another paragraph");
        assert_eq!(check("Sáng nay […] Kết quả tốt.", Some(2), &report), QuoteCheck::Stands(2));
        let turned = check("Kết quả […] Sáng nay", Some(2), &report);
        assert!(matches!(turned, QuoteCheck::Changed { .. }), "not in this order: {turned:?}");
    }

    #[test]
    fn several_citations_of_a_text_keep_apart_and_what_is_none_is_left_out() {
        let text = "“Một” (“A”, baocao:0123456789abcdef/1) và “hai” (“B”, baocao:fedcba98/22).\n\
            “A”, ngày 1-1-2020, baocao:0123456789abcdef\nxbaocao:0123456789abcdef/1 baocao:12/1";
        let found: Vec<_> = citations(text).into_iter().map(|c| (c.line, c.paragraph, c.quote)).collect();
        assert_eq!(
            found,
            [(1, Some(1), Some("Một".to_owned())), (1, Some(22), Some("hai".to_owned())), (2, None, None)]
        );
    }

    #[test]
    fn any_text_is_taken() {
        for text in
            ["", "baocao:", "“” (“baocao:01234567/1", "[", "{\"note\":\"baocao:\"}", "> \n> — baocao:012345678/0"]
        {
            let _ = citations(text);
        }
        let report = report(TitleOrigin::Text);
        assert_eq!(check("", None, &report), QuoteCheck::Missing);
    }
}
