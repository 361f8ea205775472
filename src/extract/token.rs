//! A text as tokens: words, numbers, signs and line ends, each with its place, its case and its word in the
//! lexicon. Made once; every recognizer reads tokens, none reads letters again. Lines that are residue or source
//! give no tokens.

mod word_cache;

use super::lexicon::{Lexicon, WordId, WordSet, push_plain};
use crate::report::{Draft, ParagraphKind, Span};
use crate::text::byte_runs::byte_runs;
use crate::text::letter::{is_capital, is_letter, is_letter_or_digit as is_word_char, is_mark};
use crate::text::words::is_apostrophe;
use word_cache::{CachedToken, WordCache};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, or digits and letters that begin with a digit.
    Number,
    /// One other character.
    Sign(char),
    /// The end of a line.
    End,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// `dự`
    Lower,
    /// `Hùng`, `McCain`
    Capital,
    /// `HÙNG`, `UBND`
    Upper,
    /// `A`, `Y`, `Đ`: one capital letter
    Initial,
    /// No word.
    None,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the text.
    start: u32,
    /// Byte after the last.
    end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub case: LetterCase,
    /// Which word of the lexicon it is; `WordId::NONE` for others.
    pub word: WordId,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// Whether it is a word with a capital that can be no Vietnamese syllable.
    pub foreign: bool,
    /// What the line is for.
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

    /// Where it stands.
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

/// The tokens of a draft's headline, body and captions, and the text in small letters, instead of what the buffers hold.
/// The tokens end with an `End`; a text of more bytes than 32 bits can count has none.
pub fn tokens(draft: &Draft, lexicon: &Lexicon, tokens: &mut Vec<Token>, lower: &mut String) {
    let room = if u32::try_from(draft.text.len()).is_ok() { draft.text.len() } else { 0 };
    tokens.clear();
    lower.clear();
    tokens.reserve(room / 5 + 2);
    lower.reserve(draft.text.len() + 8);
    let mut maker = Tokenizer { text: &draft.text, tokens, lower };
    word_cache::with(lexicon, |met| {
        for paragraph in draft.paragraphs.iter().filter(|_| room > 0) {
            if !matches!(paragraph.kind, ParagraphKind::Residue | ParagraphKind::Source | ParagraphKind::Byline) {
                maker.line(paragraph.span, paragraph.kind, met);
            }
        }
    });
    let rest = draft.text.get(maker.lower.len()..).unwrap_or_default();
    maker.lower.push_str(rest);
}

/// The pieces of a table's form: what `tokens` would make tokens of.
pub fn pieces(form: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = form;
    while let Some(c) = rest.chars().next() {
        let len = if is_word_char(c) { word_len(rest) } else { c.len_utf8() };
        let (piece, tail) = rest.split_at(len);
        if !c.is_whitespace() {
            out.push(piece);
        }
        rest = tail;
    }
    out
}

/// Makes tokens, line by line.
struct Tokenizer<'a> {
    text: &'a str,
    tokens: &'a mut Vec<Token>,
    /// The text so far, its words with a capital in small letters, every byte in its place.
    lower: &'a mut String,
}

impl Tokenizer<'_> {
    fn line(&mut self, span: Span, line: ParagraphKind, met: &mut WordCache<'_>) {
        let text = span.of(self.text);
        let first = self.tokens.len();
        let mut end = 0;
        for stretch in byte_runs(text) {
            self.signs(span.start + end, text.get(end..stretch.start).unwrap_or_default(), first, line, met);
            let at = span.start + stretch.start;
            for piece in met.pieces(&stretch) {
                self.piece(at, piece, first, line);
            }
            end = stretch.end();
        }
        self.signs(span.start + end, text.get(end..).unwrap_or_default(), first, line, met);
        let (start, end) = (bytes(span.end), bytes(span.end));
        let (kind, case, word) = (TokenKind::End, LetterCase::None, WordId::NONE);
        self.tokens.push(Token { start, end, kind, case, word, glued: false, foreign: false, line });
    }

    /// Adds the signs and spaces from byte `at` on, ASCII all; `first` is the first token of the line.
    fn signs(&mut self, at: usize, between: &str, first: usize, line: ParagraphKind, met: &WordCache<'_>) {
        for (at, sign) in (at..).zip(between.bytes()).filter(|(_, byte)| !char::from(*byte).is_whitespace()) {
            let (start, end) = (bytes(at), bytes(at + 1));
            let glued = self.is_glued(start, first);
            let (kind, case, word) = (TokenKind::Sign(char::from(sign)), LetterCase::None, met.sign(sign));
            self.tokens.push(Token { start, end, kind, case, word, glued, foreign: false, line });
        }
    }

    /// Adds a piece of the stretch that begins at byte `at`.
    fn piece(&mut self, at: usize, piece: &CachedToken, first: usize, line: ParagraphKind) {
        let at = at + piece.start as usize;
        if let Some(small) = &piece.small
            && let Some(between) = self.text.get(self.lower.len()..at)
        {
            self.lower.push_str(between);
            self.lower.push_str(small);
        }
        let start = bytes(at);
        let glued = self.is_glued(start, first);
        let &CachedToken { len, kind, case, word, foreign, .. } = piece;
        self.tokens.push(Token { start, end: start + len, kind, case, word, glued, foreign, line });
    }

    /// Whether a token that begins there follows one of its line at once.
    fn is_glued(&self, start: u32, first: usize) -> bool {
        self.tokens.len() > first && self.tokens.last().is_some_and(|last| last.end == start)
    }
}

/// A place in a text that is known to be short enough.
fn bytes(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// How far a word goes and how it is written.
struct WordScan {
    len: usize,
    case: LetterCase,
}

/// The word at the beginning of `rest`, its plain form added to `plain`; an apostrophe after one or two letters belongs
/// to it (`H'Nhinh`).
fn scan(rest: &str, plain: &mut String) -> WordScan {
    let (mut chars, mut letters) = (0, 0);
    let (mut capital, mut all_upper, mut numeric) = (false, true, false);
    let mut len = rest.len();
    let mut small = false;
    for (at, c) in rest.char_indices() {
        let letter = is_letter(c);
        if letter || is_word_char(c) || is_mark(c) {
            chars += 1;
        } else if chars > 2 || !joins(rest, at, c) {
            len = at;
            break;
        }
        let upper = letter && is_capital(c);
        // `Đại táLê`: the space between rank and name was lost.
        if upper && small && WordSet::RankEnd.words().contains(&plain.as_str()) {
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
fn joins(rest: &str, at: usize, sign: char) -> bool {
    let next = rest.get(at + sign.len_utf8()..).and_then(|tail| tail.chars().next());
    (is_apostrophe(sign) || sign == '”')
        && rest.starts_with(is_capital)
        && next.is_some_and(|next| is_capital(next) || (is_apostrophe(sign) && next.is_alphabetic()))
}

/// Bytes of the word at the beginning of `rest`.
fn word_len(rest: &str) -> usize {
    scan(rest, &mut String::new()).len
}
