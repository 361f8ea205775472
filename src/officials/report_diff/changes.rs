//! What differs between two sentences that belong together: the longest common row of tokens stays, the rest was
//! changed. A rank, a name, a date or a number is one token, so it changes as a whole.

use super::sentences::{SentenceToken, TokenSentence};
use crate::report::Span;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// The most tokens of a sentence that are compared one by one: the time grows with the product of the two numbers.
const MOST_TOKENS: usize = 500;

/// Words of the older sentence and those in their place in the newer. One of the two spans may be empty, if words were
/// only added or only left out; it then stands where the words would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub older: Span,
    pub newer: Span,
}

/// The changes from one sentence to the other, in order. None if they are spelt alike.
pub fn changes(older: &TokenSentence, newer: &TokenSentence) -> Vec<Change> {
    if older.tokens.len().max(newer.tokens.len()) > MOST_TOKENS {
        let same = older.tokens.len() == newer.tokens.len()
            && older.tokens.iter().zip(&newer.tokens).all(|(a, b)| a.spelling == b.spelling);
        return if same { Vec::new() } else { vec![Change { older: older.span, newer: newer.span }] };
    }
    let spellings = |sentence: &TokenSentence| sentence.tokens.iter().map(|token| token.spelling).collect::<Vec<_>>();
    let steps = capture_diff_slices(Algorithm::Myers, &spellings(older), &spellings(newer));
    let mut changed: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for step in steps {
        let (old, new) = (step.old_range(), step.new_range());
        match (step, changed.last_mut()) {
            (DiffOp::Equal { .. }, _) => {}
            (_, Some(last)) if is_one_change(last, &(old.clone(), new.clone()), older) => {
                (last.0.end, last.1.end) = (old.end, new.end);
            }
            _ => changed.push((old, new)),
        }
    }
    changed.into_iter().map(|(old, new)| Change { older: span_of(older, old), newer: span_of(newer, new) }).collect()
}

/// Whether two changes are read as one: a single word that happens to be equal stands between them, and one of them is
/// more than the exchange of a token for another.
fn is_one_change(
    before: &(Range<usize>, Range<usize>),
    after: &(Range<usize>, Range<usize>),
    older: &TokenSentence,
) -> bool {
    let size = |change: &(Range<usize>, Range<usize>)| change.0.len().max(change.1.len());
    let between = older.tokens.get(before.0.end..after.0.start).unwrap_or_default();
    matches!(between, [word] if word.shape == word.spelling) && size(before).max(size(after)) > 1
}

/// The span of a range of tokens; if it is empty, the empty span behind the token before.
fn span_of(sentence: &TokenSentence, range: Range<usize>) -> Span {
    let first = range.start;
    let tokens: &[SentenceToken] = sentence.tokens.get(range).unwrap_or_default();
    if let (Some(begin), Some(end)) = (tokens.first(), tokens.last()) {
        return Span::new(begin.span.start, end.span.end);
    }
    let before = first.checked_sub(1).and_then(|n| sentence.tokens.get(n));
    let at = before.map_or(sentence.span.start, |token| token.span.end);
    Span::new(at, at)
}

/// What opens and what closes a bracket or a quotation.
const BRACKETS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('“', '”'), ('«', '»')];

/// Extends the words of a change by the bracket right before or behind them whose other half they hold. Tokens are
/// words, so a change begins and ends with one: of `(CTĐ, CTCT) năm 2023` it would be `CTĐ, CTCT) năm 2023`.
pub fn whole_brackets(text: &str, sentence: Span, words: Span) -> Span {
    if words.is_empty() {
        return words;
    }
    let mut whole = words;
    for (open, close) in BRACKETS {
        let (mut opened, mut unopened) = (0_usize, 0_usize);
        for c in words.of(text).chars() {
            if c == open {
                opened += 1;
            } else if c == close && opened > 0 {
                opened -= 1;
            } else if c == close {
                unopened += 1;
            }
        }
        let before = Span::new(sentence.start, whole.start).of(text);
        if unopened > 0 && before.ends_with(open) {
            whole.start -= open.len_utf8();
        }
        let behind = Span::new(whole.end, sentence.end.max(whole.end)).of(text);
        if opened > 0 && behind.starts_with(close) {
            whole.end += close.len_utf8();
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_holds_both_halves_of_a_bracket_or_none() {
        for (text, words, whole) in [
            ("tác (CTĐ, CTCT) năm nay", "CTĐ, CTCT) năm", "(CTĐ, CTCT) năm"),
            ("mở lớp “Đi trước” và", "mở lớp “Đi trước", "mở lớp “Đi trước”"),
            ("họp (kín) sớm", "kín", "kín"),
            ("họp (kín) sớm", "(kín) sớm", "(kín) sớm"),
            ("họp) sớm", "họp) sớm", "họp) sớm"),
        ] {
            let start = text.find(words).unwrap();
            let span = Span::new(start, start + words.len());
            assert_eq!(whole_brackets(text, Span::new(0, text.len()), span).of(text), whole, "{text}");
        }
        let text = "họp (kín, gấp) sớm";
        let sentence = Span::new(text.find("kín").unwrap(), text.len());
        let words = Span::new(sentence.start, text.find(" sớm").unwrap());
        assert_eq!(whole_brackets(text, sentence, words), words, "the other half is of another sentence");
    }
}
