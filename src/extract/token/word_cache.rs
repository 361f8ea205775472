//! Remembers the tokens of each run of letters seen before. Texts share nearly all their words, and classifying a word
//! (its case, its word in the lexicon, whether it is a syllable) costs far more than one hash lookup of its bytes.
//! `token` adds the positions in the text and the signs between runs.
//!
//! The cache is thread-local: reader threads need no lock, and each warms up within a few texts. It costs about 2 MB
//! per thread when full, and is emptied as a whole when it is (an LRU would cost more per lookup than relearning does).
//! It can change no result, only the time: the lexicon never changes, and a run has the same tokens wherever it is.
//! A property test compares texts read through a small cache with each line read alone.
//!
//! ```text
//! by_run   "Tư" -> 0..1        "Nguyễn" -> 1..2        "Đ/c" never: runs contain no ASCII sign
//! tokens   [ Tư | Nguyễn | … ] tokens of all runs, one behind the other
//! ```

use super::{LetterCase, TokenKind, glued_words, is_word_char, scan};
use crate::extract::lexicon::{Lexicon, WordId, WordKey, push_plain};
use crate::extract::vietnamese_syllable::is_syllable;
use crate::text::byte_runs::{ByteRun, LONGEST, RunCache};
use crate::text::char_class::{is_letter, push_lower};
use std::cell::RefCell;

thread_local! {
    static CACHE: RefCell<CacheTable> = RefCell::default();
}

/// A token of a run, with its byte offset in the run.
pub(super) struct CachedToken {
    /// First byte in the run.
    pub start: u32,
    pub len: u32,
    pub kind: TokenKind,
    pub case: LetterCase,
    pub word: WordId,
    pub foreign: bool,
    /// A capitalised word in lower case. `None` if it has no capital, or if its lower case has another length in bytes.
    pub lower: Option<Box<str>>,
}

/// The cache of one thread.
#[derive(Default)]
struct CacheTable {
    by_run: RunCache<CachedRun>,
    /// The tokens of all remembered runs, and behind them perhaps those of one run that is too long to remember.
    tokens: Vec<CachedToken>,
    /// The number of `tokens` that belong to remembered runs.
    remembered: usize,
    /// The word of each ASCII sign, by its byte; empty until the first use.
    signs: Vec<WordId>,
}

/// The range of a run's tokens in `CacheTable::tokens`.
#[derive(Clone, Copy)]
struct CachedRun {
    start: u32,
    end: u32,
}

/// The cache of this thread, on loan.
pub(super) struct WordCache<'a> {
    table: &'a mut CacheTable,
    lexicon: &'a Lexicon,
    most_runs: usize,
}

/// Runs `read` with the cache of this thread, which then remembers at most `most_runs` runs. Every call in a process
/// must pass the same lexicon, because remembered tokens carry its words.
pub(super) fn with<T>(lexicon: &Lexicon, most_runs: usize, read: impl FnOnce(&mut WordCache<'_>) -> T) -> T {
    CACHE.with_borrow_mut(|table| {
        if table.signs.is_empty() {
            let word = |sign: u8| lexicon.word(&WordKey::new(&mut plain_word(&char::from(sign).to_string())));
            table.signs = (0..128).map(word).collect();
        }
        read(&mut WordCache { table, lexicon, most_runs })
    })
}

impl WordCache<'_> {
    /// The word of an ASCII sign.
    pub fn sign(&self, sign: u8) -> WordId {
        self.table.signs.get(usize::from(sign)).copied().unwrap_or(WordId::NONE)
    }

    /// The tokens of a run.
    pub fn tokens(&mut self, run: &ByteRun<'_>) -> &[CachedToken] {
        let CachedRun { start, end } = match self.table.by_run.get(run) {
            Some(cached) => cached,
            None => self.learn(run),
        };
        self.table.tokens.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Tokenizes a run and remembers it, unless it is too long to be likely to come again. The tokens of such a run
    /// stay behind the remembered ones until the next call.
    fn learn(&mut self, run: &ByteRun<'_>) -> CachedRun {
        let table = &mut *self.table;
        if table.by_run.len() >= self.most_runs {
            table.by_run = RunCache::default();
            table.remembered = 0;
        }
        table.tokens.truncate(table.remembered);
        push_tokens(run.text, self.lexicon, &mut table.tokens);
        let cached = CachedRun { start: number(table.remembered), end: number(table.tokens.len()) };
        if run.text.len() <= LONGEST {
            table.by_run.insert(run, cached);
            table.remembered = table.tokens.len();
        }
        cached
    }
}

/// Appends the tokens of some text without a line break.
fn push_tokens(text: &str, lexicon: &Lexicon, out: &mut Vec<CachedToken>) {
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
        // A capitalised word that is no syllable may be two words that were glued together.
        let parts =
            if kind == TokenKind::Word && case == LetterCase::Capital { glued_words::split_glued(piece) } else { None };
        if let Some((first, second)) = parts {
            out.push(classified(first, at, kind, case, &mut plain_word(first), lexicon));
            let second_at = at + first.len();
            out.push(classified(second, second_at, kind, LetterCase::Lower, &mut plain_word(second), lexicon));
            continue;
        }
        out.push(classified(piece, at, kind, case, &mut plain, lexicon));
    }
}

/// The token of a piece that begins at byte `at` of its run. `plain` is its plain form (`push_plain`).
fn classified(
    piece: &str,
    at: usize,
    kind: TokenKind,
    case: LetterCase,
    plain: &mut String,
    lexicon: &Lexicon,
) -> CachedToken {
    let capital = matches!(case, LetterCase::Capital | LetterCase::Upper | LetterCase::Initial);
    let lower = if capital { lower_case(piece, plain) } else { None };
    let key = WordKey::new(plain);
    let foreign = capital && !(piece.len() <= 16 && is_syllable(&key));
    CachedToken { start: number(at), len: number(piece.len()), kind, case, word: lexicon.word(&key), foreign, lower }
}

/// A word in lower case, if that has the same length in bytes. `plain` is its plain form (`push_plain`), which is the
/// lower case of nearly all words.
fn lower_case(word: &str, plain: &str) -> Option<Box<str>> {
    if plain.len() == word.len() && !word.contains('`') {
        return Some(plain.into());
    }
    let mut lower = String::with_capacity(word.len());
    word.chars().for_each(|c| push_lower(c, &mut lower));
    (lower.len() == word.len()).then(|| lower.into())
}

fn plain_word(text: &str) -> String {
    let mut plain = String::new();
    text.chars().for_each(|c| push_plain(c, &mut plain));
    plain
}

/// A number of bytes or tokens of a text that is known to be shorter than 4 GiB.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::tokens_with;
    use super::*;
    use crate::extract::lexicon::lexicon;
    use crate::report::{Draft, Paragraph, ParagraphKind, Span};
    use proptest::prelude::*;

    proptest! {
        /// Reading texts with more runs than the cache has room for gives the same tokens as reading each line without
        /// it.
        #[test]
        fn the_cache_changes_no_token(
            texts in prop::collection::vec("([a-cA-CĐđứỨ1-2'’”–,.` ]|Đại tá|ủy|İ){1,60}", 1..5),
            cached_runs in prop::sample::select(vec![1, 50, crate::extract::token::CACHED_RUNS]),
        ) {
            for text in &texts {
                let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span: Span::new(0, text.len()) }];
                let draft = Draft { text: text.clone(), paragraphs, ..Draft::default() };
                let (mut found, mut lower) = (Vec::new(), String::new());
                tokens_with(cached_runs, &draft, lexicon(), &mut found, &mut lower);
                let mut expect = Vec::new();
                push_tokens(text, lexicon(), &mut expect);
                prop_assert_eq!(found.len(), expect.len() + 1);
                let (mut end, mut small) = (0, text.clone());
                for (token, piece) in found.iter().zip(&expect) {
                    let start = piece.start as usize;
                    prop_assert_eq!((token.start(), token.end()), (start, start + piece.len as usize));
                    prop_assert_eq!((token.kind, token.case, token.word), (piece.kind, piece.case, piece.word));
                    prop_assert_eq!((token.foreign, token.glued), (piece.foreign, start > 0 && start == end));
                    end = token.end();
                    if let Some(letters) = &piece.lower {
                        small.replace_range(token.start()..token.end(), letters);
                    }
                }
                prop_assert_eq!(&lower, &small);
            }
        }
    }
}
