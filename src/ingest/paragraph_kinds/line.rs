//! A line of a text with what the other modules here need of it: its number and bytes, its folded words, how it ends.
//! Folds only lines that can be a label, so that long texts cost nothing.

use crate::report::{ParagraphKind, Span};
use crate::text::words::folded_words;

/// Longer lines are text, even if they have the words of a label.
const MAX_LABEL_BYTES: usize = 400;

/// A line that is not blank.
#[derive(Debug)]
pub(super) struct SourceLine<'a> {
    /// Its number in the text, from 0, blank lines counted.
    pub number: usize,
    /// Its bytes in the text, without the spaces around it.
    pub span: Span,
    pub text: &'a str,
    /// Its folded words with one space between; empty for lines too long to be a label.
    pub folded: String,
    /// `None` until a step has marked it.
    pub kind: Option<ParagraphKind>,
}

impl SourceLine<'_> {
    /// Whether no step has marked it yet.
    pub fn is_unmarked(&self) -> bool {
        self.kind.is_none()
    }

    /// Whether it is short enough for a caption, a byline, a label.
    pub fn is_short(&self) -> bool {
        self.text.len() <= MAX_LABEL_BYTES
    }

    /// Its number of characters, but at most `max + 1`: counting stops there.
    pub fn chars_up_to(&self, max: usize) -> usize {
        // A character has at most four bytes. Counting a whole line is vectorized, and counting a part of it is not.
        if self.text.len() > 4 * max { max + 1 } else { self.text.chars().count().min(max + 1) }
    }

    /// Whether it ends as sentences do, closing quotes and brackets aside.
    pub fn ends_a_sentence(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ']).ends_with(['.', '!', '?', '…', ';', ':'])
    }

    /// Whether the folded line begins with these folded words, whole.
    pub fn begins_with(&self, folded_words: &str) -> bool {
        begins_with_words(&self.folded, folded_words)
    }
}

/// Whether `text` begins with `words`, at a word's end.
pub(super) fn begins_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The lines of `text` that are not blank.
pub(super) fn lines(text: &str) -> Vec<SourceLine<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for (number, whole) in text.split('\n').enumerate() {
        let trimmed = whole.trim();
        if !trimmed.is_empty() {
            let start = at + (whole.len() - whole.trim_start().len());
            let folded = if trimmed.len() <= MAX_LABEL_BYTES { folded_words(trimmed) } else { String::new() };
            found.push(SourceLine {
                number,
                span: Span::new(start, start + trimmed.len()),
                text: trimmed,
                folded,
                kind: None,
            });
        }
        at += whole.len() + 1;
    }
    found
}
