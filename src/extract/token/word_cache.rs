//! The stretches of text met before, each with the tokens it is made of: texts share nearly all their words, and what a
//! word is need not be found out again for each text. Kept by each thread for its next text; forgets all when there
//! are too many. Where tokens stand and what stands between them is left to `token`.

use super::{LetterCase, TokenKind, is_word_char, scan};
use crate::extract::lexicon::{Lexicon, WordId, WordKey, push_plain};
use crate::extract::syllable::is_syllable;
use crate::text::byte_runs::{ByteRun, LONGEST, RunCache};
use crate::text::letter::{is_letter, push_lower};
use std::cell::RefCell;

/// Stretches that are kept, at most.
const MOST: usize = if cfg!(test) { 50 } else { 20_000 };

thread_local! {
    static STORED: RefCell<CacheTable> = RefCell::default();
}

/// A token of a stretch.
pub(super) struct CachedToken {
    /// First byte in the stretch.
    pub start: u32,
    /// In bytes.
    pub len: u32,
    pub kind: TokenKind,
    pub case: LetterCase,
    pub word: WordId,
    pub foreign: bool,
    /// A word with a capital in small letters; none for one whose small letters would take more or less room.
    pub small: Option<Box<str>>,
}

/// What was found out so far.
#[derive(Default)]
struct CacheTable {
    by_stretch: RunCache<CachedRun>,
    /// The pieces of all, one run behind the other; at the end perhaps those of one that is not kept.
    pieces: Vec<CachedToken>,
    /// How many of `pieces` are kept.
    kept: usize,
    /// The words that ASCII signs are.
    signs: Vec<WordId>,
}

/// Where the pieces of a stretch stand.
#[derive(Clone, Copy)]
struct CachedRun {
    start: u32,
    end: u32,
}

/// What is known of words, and the lexicon to learn more by.
pub(super) struct WordCache<'a> {
    stored: &'a mut CacheTable,
    lexicon: &'a Lexicon,
}

/// Lends what this thread has met. There is one lexicon in a program, so words stay what they are.
pub(super) fn with<T>(lexicon: &Lexicon, read: impl FnOnce(&mut WordCache<'_>) -> T) -> T {
    STORED.with_borrow_mut(|stored| {
        if stored.signs.is_empty() {
            let word = |sign: u8| lexicon.word(&WordKey::new(&mut plain(&char::from(sign).to_string())));
            stored.signs = (0..128).map(word).collect();
        }
        read(&mut WordCache { stored, lexicon })
    })
}

impl WordCache<'_> {
    /// The word that an ASCII sign is.
    pub fn sign(&self, sign: u8) -> WordId {
        self.stored.signs.get(usize::from(sign)).copied().unwrap_or(WordId::NONE)
    }

    /// The tokens of a stretch.
    pub fn pieces(&mut self, stretch: &ByteRun<'_>) -> &[CachedToken] {
        let CachedRun { start, end } = match self.stored.by_stretch.get(stretch) {
            Some(run) => run,
            None => self.learn(stretch),
        };
        self.stored.pieces.get(start as usize..end as usize).unwrap_or_default()
    }

    fn learn(&mut self, stretch: &ByteRun<'_>) -> CachedRun {
        let stored = &mut *self.stored;
        if stored.by_stretch.len() >= MOST {
            stored.by_stretch = RunCache::default();
            stored.kept = 0;
        }
        stored.pieces.truncate(stored.kept);
        push_pieces(stretch.text, self.lexicon, &mut stored.pieces);
        let run = CachedRun { start: number(stored.kept), end: number(stored.pieces.len()) };
        if stretch.text.len() <= LONGEST {
            stored.by_stretch.insert(stretch, run);
            stored.kept = stored.pieces.len();
        }
        run
    }
}

fn push_pieces(text: &str, lexicon: &Lexicon, out: &mut Vec<CachedToken>) {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        plain.clear();
        let (kind, case, len) = if is_word_char(c) {
            let word = scan(rest, &mut plain);
            if c.is_ascii_digit() || (!is_letter(c) && c.is_numeric()) {
                (TokenKind::Number, LetterCase::None, word.len)
            } else {
                (TokenKind::Word, word.case, word.len)
            }
        } else {
            push_plain(c, &mut plain);
            (TokenKind::Sign(c), LetterCase::None, c.len_utf8())
        };
        let (piece, tail) = rest.split_at(len);
        rest = tail;
        if c.is_whitespace() {
            continue;
        }
        let capital = matches!(case, LetterCase::Capital | LetterCase::Upper | LetterCase::Initial);
        let small = capital.then(|| small_letters(piece, &plain)).flatten();
        let key = WordKey::new(&mut plain);
        let word = lexicon.word(&key);
        let foreign = capital && !(piece.len() <= 16 && is_syllable(&key));
        out.push(CachedToken { start: number(at), len: number(len), kind, case, word, foreign, small });
    }
}

/// A word in small letters, where they take the same room; `plain`: its plain form (`push_plain`).
fn small_letters(word: &str, plain: &str) -> Option<Box<str>> {
    if plain.len() == word.len() && !word.contains('`') {
        return Some(plain.into());
    }
    let mut small = String::with_capacity(word.len());
    word.chars().for_each(|c| push_lower(c, &mut small));
    (small.len() == word.len()).then(|| small.into())
}

fn plain(text: &str) -> String {
    let mut plain = String::new();
    text.chars().for_each(|c| push_plain(c, &mut plain));
    plain
}

/// Of a text that is known to be short enough.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;
    use crate::extract::lexicon::lexicon;
    use crate::report::{Draft, Paragraph, ParagraphKind, Span};
    use proptest::prelude::*;

    proptest! {
        /// More stretches than are kept, in texts one after the other, are read as each line by itself.
        #[test]
        fn what_was_met_before_changes_nothing(
            texts in prop::collection::vec("([a-cA-CĐđứỨ1-2'’”–,.` ]|Đại tá|ủy|İ){1,60}", 1..5)
        ) {
            for text in &texts {
                let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span: Span::new(0, text.len()) }];
                let draft = Draft { text: text.clone(), paragraphs, ..Draft::default() };
                let (mut found, mut lower) = (Vec::new(), String::new());
                tokens(&draft, lexicon(), &mut found, &mut lower);
                let mut expect = Vec::new();
                push_pieces(text, lexicon(), &mut expect);
                prop_assert_eq!(found.len(), expect.len() + 1);
                let (mut end, mut small) = (0, text.clone());
                for (token, piece) in found.iter().zip(&expect) {
                    let start = piece.start as usize;
                    prop_assert_eq!((token.start(), token.end()), (start, start + piece.len as usize));
                    prop_assert_eq!((token.kind, token.case, token.word), (piece.kind, piece.case, piece.word));
                    prop_assert_eq!((token.foreign, token.glued), (piece.foreign, start > 0 && start == end));
                    end = token.end();
                    if let Some(letters) = &piece.small {
                        small.replace_range(token.start()..token.end(), letters);
                    }
                }
                prop_assert_eq!(&lower, &small);
            }
        }
    }
}
