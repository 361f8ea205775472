//! Splits a text into words. Search, the index and highlighting share this one rule; if they differed, a match in the
//! index could not be found again in the text.
//! A word is a run of letters, digits and combining marks; an apostrophe between two letters belongs to it (`H'Nhinh`).
//! Everything else separates words, hyphens and dots included (docs/domain.md §6.6).

use super::char_class::{is_letter_or_digit as is_word_char, is_mark};
use super::fold::fold_char;
use std::ops::Range;

/// The bytes of one word and where they begin, so that a match can be highlighted in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Byte offset of its beginning in the text.
    pub start: usize,
    /// The word as written.
    pub text: &'a str,
}

impl Word<'_> {
    /// Byte offset one past its last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The word folded, without apostrophes and stray combining marks: the token of the index.
    pub fn folded(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        push_folded(self.text, &mut out);
        out
    }

    /// For each character of the folded word, the bytes in the text that it stands for, ascending. A combining mark
    /// belongs to the letter before it; an apostrophe belongs to no letter.
    pub fn letter_ranges(&self) -> Vec<Range<usize>> {
        let mut letters: Vec<Range<usize>> = Vec::new();
        for (at, c) in self.text.char_indices() {
            let (start, end) = (self.start + at, self.start + at + c.len_utf8());
            if is_mark(c) {
                if let Some(letter) = letters.last_mut().filter(|letter| letter.end == start) {
                    letter.end = end;
                }
            } else if !is_apostrophe(c) {
                letters.push(start..end);
            }
        }
        letters
    }
}

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.find(|(_, c)| is_word_char(*c))?;
        let mut end = text.len();
        while let Some(&(at, c)) = rest.peek() {
            let joins = is_word_char(c)
                || is_mark(c)
                || (is_apostrophe(c) && text.get(at + c.len_utf8()..).is_some_and(|t| t.starts_with(is_word_char)));
            if !joins {
                end = at;
                break;
            }
            rest.next();
        }
        Some(Word { start, text: text.get(start..end)? })
    })
}

/// The folded words of `text`, joined by single spaces: what the index stores.
pub fn folded_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        push_folded(word.text, &mut out);
    }
    out
}

/// Whether a character is used as the apostrophe inside names of minorities (docs/domain.md §2.2).
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`')
}

fn push_folded(word: &str, out: &mut String) {
    out.extend(word.chars().filter(|c| !is_apostrophe(*c) && !is_mark(*c)).map(fold_char));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_places() {
        let text = "Đ/c H’Nhinh, 6-NQ/TW…";
        let found: Vec<_> = words(text).map(|w| (w.start, w.text, w.folded())).collect();
        let expect = [
            (0, "Đ", "d"),
            (3, "c", "c"),
            (5, "H’Nhinh", "hnhinh"),
            (16, "6", "6"),
            (18, "NQ", "nq"),
            (21, "TW", "tw"),
        ];
        assert_eq!(found, expect.map(|(s, t, f)| (s, t, f.to_owned())));
        assert_eq!(folded_words(text), "d c hnhinh 6 nq tw");
    }

    #[test]
    fn each_letter_knows_its_bytes() {
        let text = "– H’A\u{301}n İ";
        let letters =
            |word: Word<'_>| word.letter_ranges().into_iter().map(|at| text.get(at).unwrap()).collect::<Vec<_>>();
        let found: Vec<_> = words(text).map(letters).collect();
        assert_eq!(found, [vec!["H", "A\u{301}", "n"], vec!["İ"]]);
        assert!(words(text).all(|word| word.folded().chars().count() == word.letter_ranges().len()));
    }
}
