//! A text as tokens: words, numbers, signs and line ends, each with its place, its case and its word in the
//! lexicon. Made once; every recognizer reads tokens, none reads letters again. Lines that are residue or source
//! give no tokens.

use super::lexicon::{Lexicon, WordId, push_lower};
use super::syllable::is_syllable;
use crate::report::{Draft, ParagraphKind, Span};
use crate::text::words::is_apostrophe;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
pub enum Case {
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
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
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
    /// Where it stands.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper | Case::Initial)
    }

    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is a hyphen or a dash.
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Sign('-' | '–' | '—'))
    }
}

/// The tokens of a draft's headline, body and captions. Ends with an `End`.
pub fn tokens(draft: &Draft, lexicon: &Lexicon) -> Vec<Token> {
    let mut out = Vec::with_capacity(draft.text.len() / 5 + 2);
    let mut lower = String::new();
    for paragraph in &draft.paragraphs {
        if matches!(paragraph.kind, ParagraphKind::Residue | ParagraphKind::Source | ParagraphKind::Byline) {
            continue;
        }
        push_line(paragraph.span, &draft.text, paragraph.kind, lexicon, &mut lower, &mut out);
    }
    out
}

/// The text with its words that have a capital in small letters, every byte in its place. A word whose small letters
/// would take more or less room stays as it is.
pub fn lowered(text: &str, tokens: &[Token]) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for token in tokens.iter().filter(|token| token.is_capital()) {
        let Some(between) = text.get(out.len()..token.start) else { continue };
        out.push_str(between);
        let word = token.span().of(text);
        word.chars().for_each(|c| push_lower(c, &mut out));
        if out.len() != token.end {
            out.truncate(token.start);
            out.push_str(word);
        }
    }
    let rest = text.get(out.len()..).unwrap_or_default();
    out.push_str(rest);
    out
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

/// Whether a word can hold the character; the letters of Vietnamese are told without a look-up.
fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{1ea0}'..='\u{1ef9}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' => true,
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Whether it is a letter; those of Vietnamese are told without a look-up.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        '\u{1ea0}'..='\u{1ef9}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' => true,
        _ => c.is_alphabetic(),
    }
}

fn push_line(span: Span, text: &str, line: ParagraphKind, lexicon: &Lexicon, lower: &mut String, out: &mut Vec<Token>) {
    let mut rest = span.of(text);
    let mut at = span.start;
    let mut glued = false;
    while let Some(c) = rest.chars().next() {
        let (kind, case, len) = if is_word_char(c) {
            let len = word_len(rest);
            if c.is_ascii_digit() || (!is_letter(c) && c.is_numeric()) {
                (Kind::Number, Case::None, len)
            } else {
                (Kind::Word, case_of(rest, len), len)
            }
        } else {
            (Kind::Sign(c), Case::None, c.len_utf8())
        };
        let (piece, tail) = rest.split_at(len);
        rest = tail;
        if c.is_whitespace() {
            glued = false;
        } else {
            let word = lexicon.word(piece, lower);
            let foreign = matches!(case, Case::Capital | Case::Upper | Case::Initial)
                && !(piece.len() <= 16 && is_syllable(lower));
            out.push(Token { start: at, end: at + len, kind, case, word, glued, foreign, line });
            glued = true;
        }
        at += len;
    }
    out.push(Token {
        start: span.end,
        end: span.end,
        kind: Kind::End,
        case: Case::None,
        word: WordId::NONE,
        glued: false,
        foreign: false,
        line,
    });
}

/// Bytes of the word at the beginning of `rest`; an apostrophe after one or two letters belongs to it (`H'Nhinh`).
fn word_len(rest: &str) -> usize {
    let mut letters = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_word_char(c) || (c >= '\u{300}' && is_combining_mark(c)) {
            letters += 1;
            continue;
        }
        let joins = letters <= 2
            && (is_apostrophe(c) || c == '”')
            && rest.starts_with(char::is_uppercase)
            && chars.peek().is_some_and(|(_, next)| next.is_uppercase() || (is_apostrophe(c) && next.is_alphabetic()));
        if !joins {
            return at;
        }
    }
    rest.len()
}

fn case_of(rest: &str, len: usize) -> Case {
    let (word, _) = rest.split_at(len);
    if word.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Case::Lower;
    }
    let mut letters = word.chars().filter(|c| is_letter(*c));
    if !letters.next().is_some_and(char::is_uppercase) {
        return Case::Lower;
    }
    let (mut more, mut all_upper) = (false, true);
    for c in letters {
        more = true;
        all_upper &= c.is_uppercase();
    }
    match (more, all_upper) {
        (false, _) if word.chars().any(char::is_numeric) => Case::Upper,
        (false, _) => Case::Initial,
        (true, true) => Case::Upper,
        (true, false) => Case::Capital,
    }
}
