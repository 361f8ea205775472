//! Where a phrase stands in a text, found without taking the whole text apart: only words that begin with the phrase's
//! first letter, or with that of its other spelling, are looked at. Says what holding every word against the phrase
//! says, keystrokes left out, which a test holds.

use super::matching::QueryPhrase;
use crate::text::fold::fold_char;
use crate::text::letter::is_letter_or_digit;
use crate::text::words::{Word as Written, words};

/// The first place of the phrase in `text`: the words it begins and ends with.
pub fn first_place<'a>(phrase: &QueryPhrase, text: &'a str) -> Option<(Written<'a>, Written<'a>)> {
    let first = phrase.words().first()?;
    let letter = first.folded().chars().next()?;
    if !letter.is_ascii() {
        return words(text).find_map(|word| place_at(phrase, text, word.start));
    }
    // A number may be written in Roman letters, and the other way round.
    let other = first.twin().and_then(|twin| twin.bytes().next()).unwrap_or(letter as u8);
    beginnings(text, letter as u8, other).find_map(|start| place_at(phrase, text, start))
}

/// The place of the phrase at a word that begins there.
fn place_at<'a>(phrase: &QueryPhrase, text: &'a str, start: usize) -> Option<(Written<'a>, Written<'a>)> {
    let mut rest = words(text.get(start..)?).map(|word| Written { start: start + word.start, text: word.text });
    let (mut first, mut last) = (None, None);
    for word in phrase.words() {
        let written = rest.next().filter(|written| word.answers(written.text).is_some())?;
        first = first.or(Some(written));
        last = Some(written);
    }
    first.zip(last)
}

/// Where the words begin whose first letter folds to one of these, small ones of ASCII or digits.
fn beginnings(text: &str, letter: u8, other: u8) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut before = b' ';
    let may_begin = move |(at, byte): (usize, &u8)| {
        let parted = !before.is_ascii_alphanumeric();
        before = *byte;
        // Letters beyond ASCII begin with such a byte.
        let small = byte.to_ascii_lowercase();
        (parted && (small == letter || small == other || *byte >= 0xc0)).then_some(at)
    };
    bytes.iter().enumerate().filter_map(may_begin).filter(move |at| {
        let first = text.get(*at..).and_then(|rest| rest.chars().next());
        first.is_some_and(|c| matches!(fold_char(c), f if f == char::from(letter) || f == char::from(other)))
            && word_begins(text, *at)
    })
}

/// Whether a word begins at a letter or digit.
fn word_begins(text: &str, at: usize) -> bool {
    let Some(before) = text.get(..at) else { return false };
    match before.chars().next_back() {
        None | Some(' ' | '\n') => true,
        Some(c) if is_letter_or_digit(c) => false,
        // An apostrophe or a mark may join it to what stands before: words are parted surely at a space.
        Some(_) => {
            let from = before.rfind([' ', '\n']).unwrap_or(0);
            text.get(from..).is_some_and(|rest| {
                words(rest).map(|word| from + word.start).find(|start| *start >= at).is_some_and(|start| start == at)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_is_the_first_one_that_reading_word_by_word_finds(
            text in "[a-dđĐăâñÑH’'\u{301} .,“”\n2-7ÀKivxIX]{0,40}",
            typed in "[a-dđăn2-7h'’ivx]{1,2}( [a-dđ2-7ivx]{1,2}){0,2}",
            open in any::<bool>(),
        ) {
            let Some(phrase) = QueryPhrase::new(&typed, open) else { return Ok(()) };
            let all: Vec<Written> = words(&text).collect();
            let by_hand = all.windows(phrase.words().len()).find(|window| {
                phrase.words().iter().zip(*window).all(|(word, written)| word.answers(written.text).is_some())
            });
            let expect = by_hand.and_then(|window| Some((*window.first()?, *window.last()?)));
            prop_assert_eq!(first_place(&phrase, &text), expect);
        }
    }
}
