//! Finds the first occurrence of a phrase in a text without cutting the whole text into words. Only words that begin
//! with the first letter of the phrase, or of its first word's other spelling (`13`, `XIII`), are looked at. Gives the
//! same result as matching the phrase at every word, keystrokes aside; a property test checks this. Linear in the
//! length of the text, also if it is one line without a space, as JSON and base64 are.
//!
//! ```text
//! phrase        hội nghị                        first letter h
//! text          … Nghị quyết Hội nghị lần …
//! candidates               ↑                    h or H at the beginning of a word, by bytes
//!                                 letters beyond ASCII (đ, ố) are candidates too: the first byte does not
//!                                               determine the letter
//! ```

use super::matching::QueryPhrase;
use crate::text::char_class::is_letter_or_digit;
use crate::text::fold::fold_char;
use crate::text::words::{Word as Written, words};

/// Where a phrase was found: its first and last word in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhrasePlace<'a> {
    pub first: Written<'a>,
    pub last: Written<'a>,
}

/// The first occurrence of the phrase in `text`; `None` if there is none.
pub fn first_place<'a>(phrase: &QueryPhrase, text: &'a str) -> Option<PhrasePlace<'a>> {
    let first = phrase.words().first()?;
    let letter = first.folded().chars().next()?;
    if !letter.is_ascii() {
        return words(text).find_map(|word| place_at(phrase, text, word.start));
    }
    // A number may be written in Roman letters, and the other way round.
    let other = first.twin().and_then(|twin| twin.bytes().next()).unwrap_or(letter as u8);
    FirstLetters { letter: letter as u8, other }.starts(text).find_map(|start| place_at(phrase, text, start))
}

/// The occurrence of the phrase at byte `start`, where a word begins; `None` if the phrase is not there.
fn place_at<'a>(phrase: &QueryPhrase, text: &'a str, start: usize) -> Option<PhrasePlace<'a>> {
    let mut rest = words(text.get(start..)?).map(|word| Written { start: start + word.start, text: word.text });
    let mut place: Option<PhrasePlace<'a>> = None;
    for word in phrase.words() {
        let last = rest.next().filter(|written| word.match_word(written.text).is_some())?;
        let first = place.map_or(last, |place| place.first);
        place = Some(PhrasePlace { first, last });
    }
    place
}

/// The two folded letters (lower-case ASCII) or digits with which the first word may begin.
#[derive(Clone, Copy)]
struct FirstLetters {
    letter: u8,
    other: u8,
}

impl FirstLetters {
    /// The byte offsets of the words of `text` whose first letter folds to one of these. The cheap
    /// byte test rejects most bytes, so the exact tests behind it may be slower.
    fn starts(self, text: &str) -> impl Iterator<Item = usize> {
        let mut words = WordStarts::new(text);
        let mut previous = b' ';
        let candidates = text.bytes().enumerate().filter_map(move |(at, byte)| {
            let after_other = !previous.is_ascii_alphanumeric();
            previous = byte;
            (after_other && self.may_be(byte)).then_some(at)
        });
        candidates.filter(move |at| self.is_first_at(text, *at) && words.is_start(*at))
    }

    /// Whether a character with this first byte may fold to one of the letters. In UTF-8 every character beyond ASCII
    /// begins with a byte of at least 0xc0, and its continuation bytes (0x80 to 0xbf) are skipped.
    fn may_be(self, byte: u8) -> bool {
        let lower = byte.to_ascii_lowercase();
        lower == self.letter || lower == self.other || byte >= 0xc0
    }

    fn is_first_at(self, text: &str, at: usize) -> bool {
        let first = text.get(at..).and_then(|rest| rest.chars().next());
        first.map(fold_char).is_some_and(|c| c == char::from(self.letter) || c == char::from(self.other))
    }
}

/// Tells for ascending places of a text whether a word begins there. Remembers the last word that it had to look up, so
/// that no part of the text is split twice: a text without spaces has a candidate every few bytes, and splitting it
/// anew for each would take a time that grows with the square of its length.
struct WordStarts<'a> {
    text: &'a str,
    /// Start and end of the last word that was looked up.
    start: usize,
    end: usize,
}

impl<'a> WordStarts<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, start: 0, end: 0 }
    }

    /// Whether a word begins at that letter or digit. `at` must not be below that of the call before.
    fn is_start(&mut self, at: usize) -> bool {
        match self.text.get(..at).and_then(|before| before.chars().next_back()) {
            None | Some(' ' | '\n') => true,
            Some(c) if is_letter_or_digit(c) => false,
            // An apostrophe or a combining mark may join the letter to the word before, so split the text up to here.
            Some(_) => {
                if at >= self.end {
                    self.look_up(at);
                }
                self.start == at
            }
        }
    }

    /// Finds the first word that ends behind `at`. Splitting may begin at the end of an earlier word, or behind a
    /// space, where no word goes on.
    fn look_up(&mut self, at: usize) {
        let gap = self.text.get(self.end..at).unwrap_or_default();
        let from = self.end + gap.rfind([' ', '\n']).unwrap_or(0);
        let rest = self.text.get(from..).unwrap_or_default();
        let found = words(rest).find(|word| from + word.end() > at);
        (self.start, self.end) =
            found.map_or((self.text.len(), self.text.len()), |word| (from + word.start, from + word.end()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_text_without_spaces_is_read_once() {
        // With work for the whole text before at each candidate, each of these would take hours.
        for part in ["\"person\":\"nothing\",", "p’p’p’p’", "-p\u{301}\u{301}p", "/pQx9+p="] {
            let text = format!("{} Phạm Quốc", part.repeat((1 << 20) / part.len()));
            let place = first_place(&QueryPhrase::new("pham quoc", false).unwrap(), &text).unwrap();
            assert_eq!((place.first.text, place.last.text), ("Phạm", "Quốc"), "{part}");
            assert_eq!(first_place(&QueryPhrase::new("phan", true).unwrap(), &text), None);
        }
    }

    proptest! {
        #[test]
        fn the_first_place_is_that_of_matching_at_every_word(
            text in "[a-dđĐăâñÑH’'\u{301} .,“”\n2-7ÀKivxIX]{0,40}",
            typed in "[a-dđăn2-7h'’ivx]{1,2}( [a-dđ2-7ivx]{1,2}){0,2}",
            open in any::<bool>(),
        ) {
            let Some(phrase) = QueryPhrase::new(&typed, open) else { return Ok(()) };
            let all: Vec<Written> = words(&text).collect();
            let by_hand = all.windows(phrase.words().len()).find(|window| {
                phrase.words().iter().zip(*window).all(|(word, written)| word.match_word(written.text).is_some())
            });
            let expect = by_hand.map(|window| PhrasePlace { first: window[0], last: window[window.len() - 1] });
            prop_assert_eq!(first_place(&phrase, &text), expect);
        }
    }
}
