//! Splits a text into tokens: words, numbers, signs and line ends, each with its bytes, its case and its word in the
//! lexicon. Done once per text; recognizers compare tokens and never look at letters again. Lines of residue, source or
//! byline give no tokens, so no recognizer sees them.

mod glued_words;
mod word_cache;

use super::lexicon::{Lexicon, WordId, push_plain};
use crate::report::{Draft, ParagraphKind, Span};
use crate::text::byte_runs::byte_runs;
use crate::text::char_class::{is_capital, is_letter, is_letter_or_digit as is_word_char, is_mark};
use crate::text::words::is_apostrophe;
use word_cache::{CachedToken, WordCache};

/// Runs of letters that each thread remembers at most. A newspaper's texts have about this many different ones; more
/// would only keep rare words, at some 100 bytes each.
const CACHED_RUNS: usize = 20_000;

/// What the characters of a token are; recognizers ask for this before they look at letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    /// Digits, or digits and letters that begin with a digit.
    Number,
    /// A character that is neither letter nor digit.
    Sign(char),
    /// The end of a line; takes no bytes.
    End,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// All letters are small: `dự`.
    Lower,
    /// The first letter is a capital, not all are: `Hùng`, `McCain`.
    Capital,
    /// All letters are capitals: `HÙNG`, `UBND`.
    Upper,
    /// The word is one capital letter: `A`, `Y`, `Đ`.
    Initial,
    /// The token is no word.
    None,
}

/// One token, in 24 bytes: a long report has tens of thousands, and most rules walk over all of them.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the text.
    start: u32,
    /// Byte after the last.
    end: u32,
    pub kind: TokenKind,
    pub case: LetterCase,
    /// Its word in the lexicon; `WordId::NONE` if no table has it.
    pub word: WordId,
    /// Whether it follows the token before it without a space.
    pub glued: bool,
    /// Whether it is a capitalised word that cannot be a Vietnamese syllable.
    pub foreign: bool,
    /// The kind of its line.
    pub line: ParagraphKind,
}

impl Token {
    /// First byte in the text.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Byte after the last.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// Its bytes in the text.
    pub fn span(&self) -> Span {
        Span::new(self.start(), self.end())
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.case, LetterCase::Capital | LetterCase::Upper | LetterCase::Initial)
    }

    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    /// Whether it is a hyphen or a dash.
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, TokenKind::Sign('-' | '–' | '—'))
    }
}

/// Fills the buffers with the tokens of a draft's headline, body and captions, and with the text in lower case.
///
/// Each line ends with an `End` token. A text longer than 4 GiB gets no tokens, because byte offsets are 32 bits
/// wide.
/// `lower` has the same length as the text and every word at the same bytes: words whose lower case would take more or
/// fewer bytes (`İ`) stay as they are.
pub fn tokens(draft: &Draft, lexicon: &Lexicon, tokens: &mut Vec<Token>, lower: &mut String) {
    tokens_with(CACHED_RUNS, draft, lexicon, tokens, lower);
}

/// As `tokens`, with a cache of at most `cached_runs` runs.
fn tokens_with(cached_runs: usize, draft: &Draft, lexicon: &Lexicon, tokens: &mut Vec<Token>, lower: &mut String) {
    let room = if u32::try_from(draft.text.len()).is_ok() { draft.text.len() } else { 0 };
    tokens.clear();
    lower.clear();
    // A token takes about five bytes or more, the space included. A wrong guess only costs a reallocation.
    tokens.reserve(room / 5 + 2);
    lower.reserve(draft.text.len() + 8);
    let mut maker = Tokenizer { text: &draft.text, tokens, lower };
    word_cache::with(lexicon, cached_runs, |cache| {
        for paragraph in draft.paragraphs.iter().filter(|_| room > 0) {
            if !matches!(paragraph.kind, ParagraphKind::Residue | ParagraphKind::Source | ParagraphKind::Byline) {
                maker.line(paragraph.span, paragraph.kind, cache);
            }
        }
    });
    let rest = draft.text.get(maker.lower.len()..).unwrap_or_default();
    maker.lower.push_str(rest);
}

/// Splits a form of a table as `tokens` splits a text.
pub fn pieces(form: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = form;
    while let Some(c) = rest.chars().next() {
        let len = if is_word_char(c) { word_len(rest) } else { c.len_utf8() };
        let (piece, tail) = rest.split_at(len);
        if let Some((first, second)) = glued_words::split_glued(piece) {
            out.extend([first, second]);
        } else if !c.is_whitespace() {
            out.push(piece);
        }
        rest = tail;
    }
    out
}

/// Appends the tokens of one line after another.
struct Tokenizer<'a> {
    text: &'a str,
    tokens: &'a mut Vec<Token>,
    /// The text in lower case up to the last capitalised word. The text between two capitalised words is lower case
    /// already and is copied as one piece when the second one comes.
    lower: &'a mut String,
}

impl Tokenizer<'_> {
    /// Adds the tokens of a line, and the `End` behind them.
    fn line(&mut self, span: Span, line: ParagraphKind, cache: &mut WordCache<'_>) {
        let text = span.of(self.text);
        let first = self.tokens.len();
        let mut end = 0;
        for run in byte_runs(text) {
            self.signs(span.start + end, text.get(end..run.start).unwrap_or_default(), first, line, cache);
            for token in cache.tokens(&run) {
                self.cached(span.start + run.start, token, first, line);
            }
            end = run.end();
        }
        self.signs(span.start + end, text.get(end..).unwrap_or_default(), first, line, cache);
        let (start, end) = (bytes(span.end), bytes(span.end));
        let (kind, case, word) = (TokenKind::End, LetterCase::None, WordId::NONE);
        self.tokens.push(Token { start, end, kind, case, word, glued: false, foreign: false, line });
    }

    /// Adds the signs between two runs of letters; they and the spaces are ASCII. `at` is the byte where they begin,
    /// `first` the first token of the line.
    fn signs(&mut self, at: usize, between: &str, first: usize, line: ParagraphKind, cache: &WordCache<'_>) {
        for (at, sign) in (at..).zip(between.bytes()).filter(|(_, byte)| !char::from(*byte).is_whitespace()) {
            let (start, end) = (bytes(at), bytes(at + 1));
            let glued = self.is_glued(start, first);
            let (kind, case, word) = (TokenKind::Sign(char::from(sign)), LetterCase::None, cache.sign(sign));
            self.tokens.push(Token { start, end, kind, case, word, glued, foreign: false, line });
        }
    }

    /// Adds a token that the cache knows, of the run that begins at byte `at`.
    fn cached(&mut self, at: usize, token: &CachedToken, first: usize, line: ParagraphKind) {
        let at = at + token.start as usize;
        if let Some(lower) = &token.lower
            && let Some(between) = self.text.get(self.lower.len()..at)
        {
            self.lower.push_str(between);
            self.lower.push_str(lower);
        }
        let start = bytes(at);
        let glued = self.is_glued(start, first);
        let &CachedToken { len, kind, case, word, foreign, .. } = token;
        self.tokens.push(Token { start, end: start + len, kind, case, word, glued, foreign, line });
    }

    /// Whether a token that begins at `start` directly follows another of its line.
    fn is_glued(&self, start: u32, first: usize) -> bool {
        self.tokens.len() > first && self.tokens.last().is_some_and(|last| last.end == start)
    }
}

/// A byte offset in a text that is known to be shorter than 4 GiB.
fn bytes(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The length of a word in bytes, and its case.
struct WordScan {
    len: usize,
    case: LetterCase,
}

/// Reads the word at the beginning of `rest` and appends its plain form to `plain`. An apostrophe after one or two
/// letters is part of the word (`H'Nhinh`).
fn scan(rest: &str, plain: &mut String) -> WordScan {
    let (mut chars, mut letters) = (0, 0);
    let (mut capital, mut all_upper, mut numeric) = (false, true, false);
    let mut len = rest.len();
    let mut small = false;
    for (at, c) in rest.char_indices() {
        let letter = is_letter(c);
        if letter || is_word_char(c) || is_mark(c) {
            chars += 1;
        } else if chars > 2 || !is_inner_apostrophe(rest, at, c) {
            len = at;
            break;
        }
        let upper = letter && is_capital(c);
        // `Đại táLê`, `ôngLê`: a space or line break was lost.
        if upper && small && glued_words::ends_before(plain, rest, at) {
            len = at;
            break;
        }
        small = letter && !upper;
        push_plain(c, plain);
        if letter {
            if letters == 0 {
                capital = upper;
            } else {
                all_upper &= upper;
            }
            letters += 1;
        } else {
            numeric |= c.is_numeric();
        }
    }
    let case = match letters {
        _ if !capital => LetterCase::Lower,
        1 if numeric => LetterCase::Upper,
        1 => LetterCase::Initial,
        _ if all_upper => LetterCase::Upper,
        _ => LetterCase::Capital,
    };
    WordScan { len, case }
}

/// Whether the sign at byte `at` is an apostrophe inside the word that `rest` begins with.
fn is_inner_apostrophe(rest: &str, at: usize, sign: char) -> bool {
    let next = rest.get(at + sign.len_utf8()..).and_then(|tail| tail.chars().next());
    (is_apostrophe(sign) || sign == '”')
        && rest.starts_with(is_capital)
        && next.is_some_and(|next| is_capital(next) || (is_apostrophe(sign) && next.is_alphabetic()))
}

/// The length in bytes of the word at the beginning of `rest`.
fn word_len(rest: &str) -> usize {
    scan(rest, &mut String::new()).len
}
