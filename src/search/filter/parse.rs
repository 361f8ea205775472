//! From typed text to a filter. Every text is a filter: what cannot be understood is told as a problem with its place
//! and left out, and what is only half typed asks nothing yet.

use super::{Compare, Expr, Filter, Problem, ranks};
use crate::report::{KINDS, Span};
use crate::search::date::When;
use crate::search::fields::{About, Field, STATES, Takes, field};
use crate::search::matching::Phrase;
use crate::text::fold::fold;

/// Longer filters are cut here: nobody types them, and each word costs a look-up.
const MAX_BYTES: usize = 4096;
/// Deeper parentheses are left out of account.
const MAX_DEPTH: usize = 40;

/// Parses what was typed.
pub fn parse(typed: &str) -> (Filter, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut end = typed.len().min(MAX_BYTES);
    while !typed.is_char_boundary(end) {
        end -= 1;
    }
    if end < typed.len() {
        let span = Span::new(end, typed.len());
        problems.push(problem(span, "too long: the rest is left out", "quá dài: phần còn lại bị bỏ qua"));
    }
    let text = typed.get(..end).unwrap_or_default();
    let tokens = tokens(text);
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, problems };
    let mut parts = Vec::new();
    while parser.at < tokens.len() {
        parts.extend(parser.alternatives());
        if let Some(token) = parser.tokens.get(parser.at) {
            // Only a closing parenthesis without an opening one stops the parser early.
            parser.at += 1;
            parser.tell(token.span, "no ( before this )", "thiếu ( trước dấu ) này");
        }
    }
    (Filter { expr: all_of(parts) }, parser.problems)
}

/// One piece of the typed text.
struct Token<'a> {
    span: Span,
    what: What<'a>,
}

enum What<'a> {
    Open,
    Close,
    Or,
    And,
    Not,
    /// Words; `open` where the last may go on.
    Text {
        text: &'a str,
        open: bool,
    },
    /// `name:value`.
    Pair {
        name: &'a str,
        sign: &'a str,
        text: &'a str,
        open: bool,
        ended: bool,
    },
}

/// Cuts the text into tokens.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        at += c.len_utf8();
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        let what = match c {
            _ if c.is_whitespace() || c.is_control() => continue,
            '(' => What::Open,
            ')' => What::Close,
            '|' => What::Or,
            '-' | '–' if next.is_some_and(|n| !n.is_whitespace()) => What::Not,
            _ if is_quote(c) => {
                let (inside, open, end) = quoted(text, at);
                at = end;
                What::Text { text: inside, open }
            }
            _ => {
                let (what, end) = run(text, start);
                at = end;
                what
            }
        };
        out.push(Token { span: Span::new(start, at), what });
    }
    out
}

/// A run of characters up to a space, a parenthesis, a bar or a quotation mark; with the quotation after a field's colon.
fn run(text: &str, start: usize) -> (What<'_>, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let stops = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '|') || is_quote(c);
    let mut end = start + rest.find(stops).unwrap_or(rest.len());
    let whole = text.get(start..end).unwrap_or_default();
    match whole {
        "OR" => return (What::Or, end),
        "AND" => return (What::And, end),
        _ => {}
    }
    let (word, star) = whole.strip_suffix('*').map_or((whole, false), |word| (word, true));
    let Some((name, value)) = word.split_once(':').filter(|(name, value)| is_name(name) && !value.starts_with("//"))
    else {
        return (What::Text { text: word, open: star || end == text.len() }, end);
    };
    let sign_len = value.find(|c| !matches!(c, '<' | '>' | '=' | '≥' | '≤')).unwrap_or(value.len());
    let (sign, value) = value.split_at_checked(sign_len).unwrap_or(("", value));
    let opens_quotation = text.get(end..).and_then(|rest| rest.chars().next()).filter(|c| is_quote(*c));
    if let Some(mark) = opens_quotation.filter(|_| value.is_empty() && !star) {
        let (inside, open, after) = quoted(text, end + mark.len_utf8());
        end = after;
        return (What::Pair { name, sign, text: inside, open, ended: end < text.len() }, end);
    }
    (What::Pair { name, sign, text: value, open: star || end == text.len(), ended: end < text.len() }, end)
}

/// What stands in quotation marks from `start` on, whether its last word may go on, and where it ends.
fn quoted(text: &str, start: usize) -> (&str, bool, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let Some((len, mark)) = rest.char_indices().find(|(_, c)| is_quote(*c)) else { return (rest, true, text.len()) };
    let inside = rest.get(..len).unwrap_or_default();
    let end = start + len + mark.len_utf8();
    let star = text.get(end..).is_some_and(|rest| rest.starts_with('*'));
    (inside, star, end + usize::from(star))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// What can be meant as a field's name.
fn is_name(text: &str) -> bool {
    text.chars().count() >= 2 && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_'))
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    depth: usize,
    problems: Vec<Problem>,
}

impl Parser<'_> {
    /// Conditions with OR between them, up to the end or a closing parenthesis.
    fn alternatives(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.conditions());
            match self.tokens.get(self.at).map(|t| &t.what) {
                Some(What::Or) => self.at += 1,
                _ => return one_of(parts),
            }
        }
    }

    /// Conditions that must all hold.
    fn conditions(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            match token.what {
                What::Or | What::Close => break,
                What::And => self.at += 1,
                _ => parts.extend(self.condition()),
            }
        }
        all_of(parts)
    }

    /// One condition; nothing where it asks nothing.
    fn condition(&mut self) -> Option<Expr> {
        let mut negated = false;
        while let Some(Token { what: What::Not, .. }) = self.tokens.get(self.at) {
            negated = !negated;
            self.at += 1;
        }
        let token = self.tokens.get(self.at)?;
        let inner = match &token.what {
            // A lone `-` before an operator or at the end asks nothing.
            What::Or | What::Close | What::And | What::Not => return None,
            What::Open => self.group(token.span),
            What::Text { text, open } => {
                self.at += 1;
                Phrase::new(text, *open).map(Expr::Text)
            }
            What::Pair { name, sign, text, open, ended } => {
                self.at += 1;
                let value = Value { sign, text, phrase: Phrase::new(text, *open), ended: *ended };
                self.pair(token.span, name, &value)
            }
        }?;
        Some(match inner {
            Expr::Not(inner) if negated => *inner,
            inner if negated => Expr::Not(Box::new(inner)),
            inner => inner,
        })
    }

    /// What stands in parentheses; one left open ends with the text.
    fn group(&mut self, span: Span) -> Option<Expr> {
        self.at += 1;
        if self.depth >= MAX_DEPTH {
            self.tell(span, "too many parentheses", "quá nhiều dấu ngoặc");
            return None;
        }
        self.depth += 1;
        let inner = self.alternatives();
        self.depth -= 1;
        if let Some(Token { what: What::Close, .. }) = self.tokens.get(self.at) {
            self.at += 1;
        }
        inner
    }

    /// `name:value`. A value still to be typed asks nothing.
    fn pair(&mut self, span: Span, name: &str, value: &Value) -> Option<Expr> {
        let Some(field) = field(name) else {
            self.tell(
                span,
                &format!("no field {name}: (Tab lists them)"),
                &format!("không có trường {name}: (Tab để xem)"),
            );
            return value.phrase.clone().map(Expr::Text);
        };
        if value.text.trim().is_empty() {
            if value.ended {
                let (en, vi) = (format!("{name}: wants a value, such as"), format!("{name}: cần một giá trị, ví dụ"));
                self.tell(span, &format!("{en} {}", field.example), &format!("{vi} {}", field.example));
            }
            return None;
        }
        let read = test(field, value);
        if read.is_none() && (value.ended || !half_typed(field, value.text)) {
            let (en, vi) =
                (format!("{name}: does not know «{}»", value.text), format!("{name}: không hiểu «{}»", value.text));
            self.tell(span, &format!("{en}; try {}", field.example), &format!("{vi}; ví dụ {}", field.example));
        }
        read
    }

    fn tell(&mut self, span: Span, en: &str, vi: &str) {
        self.problems.push(problem(span, en, vi));
    }
}

/// A field's value as typed.
struct Value<'a> {
    sign: &'a str,
    text: &'a str,
    phrase: Option<Phrase>,
    /// Something follows it, so that it is no longer being typed.
    ended: bool,
}

/// The condition that a field with this value makes; nothing where the value is none of its.
fn test(field: &Field, value: &Value) -> Option<Expr> {
    let phrase = value.phrase.clone();
    match field.takes {
        Takes::Words(About::Kind) => {
            phrase.filter(|p| KINDS.iter().any(|k| kind_answers(p, *k))).map(|p| Expr::About(About::Kind, p))
        }
        Takes::Words(about) => phrase.map(|phrase| Expr::About(about, phrase)),
        Takes::Rank => {
            let compare = match value.sign {
                "" | "=" => Compare::Is,
                ">" => Compare::Above,
                ">=" | "=>" | "≥" => Compare::AtLeast,
                "<" => Compare::Below,
                "<=" | "=<" | "≤" => Compare::AtMost,
                _ => return None,
            };
            let phrase = phrase.filter(|p| !ranks(Compare::Is, p).is_empty())?;
            Some(Expr::Rank(compare, phrase))
        }
        Takes::Year => years(value.text).map(|(first, last)| Expr::Year(first, last)),
        Takes::From => When::parse(value.text).map(Expr::From),
        Takes::To => When::parse(value.text).map(Expr::To),
        Takes::Date => When::parse(value.text).map(Expr::Date),
        Takes::State => {
            let typed: String = fold(value.text).chars().filter(char::is_ascii_alphanumeric).collect();
            let row = STATES.iter().find(|row| row.1 == typed || row.2.contains(&typed.as_str()))?;
            Some(Expr::Is(row.0))
        }
    }
}

/// Whether a kind has all the words, in either language.
pub(in crate::search) fn kind_answers(typed: &Phrase, row: (crate::report::Kind, &str, &str)) -> bool {
    [row.1, row.2].iter().any(|name| super::super::eval::has_all(typed, name))
}

/// `2025` or `2020-2023`.
fn years(typed: &str) -> Option<(i16, i16)> {
    let year = |text: &str| {
        let digits = text.len() == 4 && text.chars().all(|c| c.is_ascii_digit());
        digits.then(|| text.parse::<i16>().ok()).flatten().filter(|y| *y >= 1000)
    };
    let typed = typed.trim();
    if let Some(one) = year(typed) {
        return Some((one, one));
    }
    let (first, last) = typed.split_once("..").or_else(|| typed.split_once(['-', '–']))?;
    let (first, last) = (year(first.trim())?, year(last.trim())?);
    Some((first.min(last), first.max(last)))
}

/// Whether more letters could still make a value of it, so that nothing is said while they are typed.
fn half_typed(field: &Field, typed: &str) -> bool {
    match field.takes {
        Takes::Words(_) => false,
        Takes::Rank => typed.trim().is_empty(),
        Takes::State => {
            let typed = fold(typed);
            STATES.iter().any(|row| row.1.starts_with(&typed) || row.2.iter().any(|name| name.starts_with(&typed)))
        }
        Takes::Year | Takes::From | Takes::To | Takes::Date => {
            typed.chars().count() < 10 && typed.chars().all(|c| c.is_ascii_digit() || "-/.–qtcuy".contains(c))
        }
    }
}

fn problem(span: Span, en: &str, vi: &str) -> Problem {
    Problem { span, message: en.to_owned(), message_vi: vi.to_owned() }
}

/// All of the conditions as one, flat.
fn all_of(parts: Vec<Expr>) -> Option<Expr> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Expr::And(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() > 1 { Some(Expr::And(flat)) } else { flat.pop() }
}

/// Any of the conditions as one, flat.
fn one_of(parts: Vec<Expr>) -> Option<Expr> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Expr::Or(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() > 1 { Some(Expr::Or(flat)) } else { flat.pop() }
}
