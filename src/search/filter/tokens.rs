//! Cuts a typed filter into tokens: operators, words, quotations, `name:value`. Every character belongs to a token or
//! separates two. `parse` decides what the tokens mean together.

use crate::report::Span;
use crate::search::fields::field;

/// A token of the typed text.
pub struct FilterToken<'a> {
    /// In bytes of the typed text.
    pub span: Span,
    pub what: FilterTokenKind<'a>,
}

/// What a token of the filter language is.
pub enum FilterTokenKind<'a> {
    Open,
    Close,
    /// `OR`, `HOẶC` or `|`
    Or,
    And,
    /// `-` or `!` before something, or `NOT`
    Not,
    /// Words; with `open`, the last may be the beginning of one.
    Text {
        text: &'a str,
        open: bool,
        quotes: QuoteState,
    },
    /// A field and its value, `name:value`, with the comparison sign between them.
    Pair {
        name: &'a str,
        sign: &'a str,
        text: &'a str,
        open: bool,
        ended: bool,
        quotes: QuoteState,
    },
}

/// Whether words are in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteState {
    None,
    /// They are, but the closing one is missing.
    Opened,
    Closed,
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<FilterToken<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        at += c.len_utf8();
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        let what = match c {
            _ if c.is_whitespace() || c.is_control() => continue,
            '(' => FilterTokenKind::Open,
            ')' => FilterTokenKind::Close,
            '|' => FilterTokenKind::Or,
            '-' | '–' | '!' if next.is_some_and(|n| !n.is_whitespace()) => FilterTokenKind::Not,
            _ if is_quote(c) => {
                let (inside, open, end, quotes) = quoted(text, at);
                at = end;
                FilterTokenKind::Text { text: inside, open, quotes }
            }
            _ => {
                let (what, end) = run(text, start);
                at = end;
                what
            }
        };
        out.push(FilterToken { span: Span::new(start, at), what });
    }
    out
}

/// A run of characters up to a space, a parenthesis, a bar or a quotation mark; with the quotation after a field's
/// colon.
fn run(text: &str, start: usize) -> (FilterTokenKind<'_>, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let stops = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '|') || is_quote(c);
    let mut end = start + rest.find(stops).unwrap_or(rest.len());
    let whole = text.get(start..end).unwrap_or_default();
    match whole {
        // A Telex input method turns the keys `OR` into `Ỏ`, which is no Vietnamese word.
        "OR" | "HOẶC" | "Ỏ" => return (FilterTokenKind::Or, end),
        "AND" => return (FilterTokenKind::And, end),
        "NOT" => return (FilterTokenKind::Not, end),
        _ => {}
    }
    // `://` is part of an address, not a field and its value.
    let (word, star) = whole.strip_suffix('*').map_or((whole, false), |word| (word, true));
    let Some((name, value)) = word.split_once(':').filter(|(name, value)| is_name(name) && !value.starts_with("//"))
    else {
        return (FilterTokenKind::Text { text: word, open: star || end == text.len(), quotes: QuoteState::None }, end);
    };
    let sign_len = value.find(|c| !matches!(c, '<' | '>' | '=' | '≥' | '≤')).unwrap_or(value.len());
    let (sign, value) = value.split_at_checked(sign_len).unwrap_or(("", value));
    let opens_quotation = text.get(end..).and_then(|rest| rest.chars().next()).filter(|c| is_quote(*c));
    if let Some(mark) = opens_quotation.filter(|_| value.is_empty() && !star) {
        let (inside, open, after, quotes) = quoted(text, end + mark.len_utf8());
        end = after;
        return (FilterTokenKind::Pair { name, sign, text: inside, open, ended: end < text.len(), quotes }, end);
    }
    let (open, ended) = (star || end == text.len(), end < text.len());
    (FilterTokenKind::Pair { name, sign, text: value, open, ended, quotes: QuoteState::None }, end)
}

/// The quotation that begins at `start`, after the opening mark: its text, whether its last word may be the beginning
/// of one, where it ends, and whether it is closed.
fn quoted(text: &str, start: usize) -> (&str, bool, usize, QuoteState) {
    let rest = text.get(start..).unwrap_or_default();
    let Some((len, mark)) = rest.char_indices().find(|(_, c)| is_quote(*c)) else {
        // After a space the last word is complete, inside quotation marks as elsewhere.
        let open = !rest.ends_with(char::is_whitespace);
        return (rest, open, text.len(), QuoteState::Opened);
    };
    let inside = rest.get(..len).unwrap_or_default();
    let end = start + len + mark.len_utf8();
    let star = text.get(end..).is_some_and(|rest| rest.starts_with('*'));
    (inside, star, end + usize::from(star), QuoteState::Closed)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Whether a text before a colon may be meant as the name of a field.
fn is_name(text: &str) -> bool {
    // A single letter before a colon is no field name (`A: …`), except the `í` that an input method makes of `is`.
    let long = text.chars().count() >= 2 || (!text.is_ascii() && field(text).is_some());
    long && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'))
}
