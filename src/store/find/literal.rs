//! A closed phrase in the ways it is usually written: small letters, capitals, a capital at its beginning or at each word. One of
//! them in a text is the phrase, found without reading the text word by word; a text without them may still have it.

use crate::search::matching::Phrase;
use crate::text::syllable::tone_normal;
use aho_corasick::AhoCorasick;

/// The usual writings of one phrase.
pub(super) struct Literal {
    writings: AhoCorasick,
}

impl Literal {
    pub fn new(phrase: &Phrase) -> Option<Self> {
        let words: Vec<String> = phrase.words().iter().map(|w| w.typed().to_lowercase()).collect();
        let typed = words.join(" ");
        let each: Vec<String> = words.iter().map(|w| capital(w)).collect();
        let mut all = vec![typed.clone(), capital(&typed), each.join(" "), typed.to_uppercase(), tone_normal(&typed)];
        all.push(capital(&tone_normal(&typed)));
        all.sort_unstable();
        all.dedup();
        Some(Self { writings: AhoCorasick::new(all).ok()? })
    }

    /// Whether one of the writings stands in `text`, given in bytes, with no letter of a word beside it.
    pub fn stands_in(&self, text: &[u8]) -> bool {
        self.writings.find_iter(text).any(|found| {
            let before = found.start().checked_sub(1).and_then(|at| text.get(at));
            let after = text.get(found.end());
            // Anything but a space, a full stop or a comma is left to the reading word by word; none of these is a
            // part of another character.
            let parts =
                |c: Option<&u8>| c.is_none_or(|c| matches!(c, b' ' | b'\n' | b',' | b'.' | b';' | b':' | b'(' | b')'));
            parts(before) && parts(after)
        })
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
