//! From typed text to a filter. Every text is a filter: what cannot be understood is told as a problem with its place
//! and left out, and what is only half typed asks nothing yet.

use super::expr::{Expr, FieldSubject, Filter, RankComparison};
use super::kinds::kinds_of;
use super::problem::{FieldProblem, FieldProblemKind, FilterOperator, FilterProblem, FilterProblemKind};
use super::ranks::ranks;
use super::tokens::{FilterToken, FilterTokenKind, QuoteState, tokens};
use crate::report::Span;
use crate::search::date::{DayRange, is_begun};
use crate::search::fields::{FieldValueType, FilterField, STATES, field};
use crate::search::matching::QueryPhrase;
use crate::text::fold::fold;

/// Longer filters are cut here: nobody types them, and each word costs a look-up.
const MAX_BYTES: usize = 4096;
/// Deeper parentheses are left out of account.
const MAX_DEPTH: usize = 40;

/// Parses what was typed.
pub fn parse(typed: &str) -> (Filter, Vec<FilterProblem>) {
    let mut problems = Vec::new();
    let mut end = typed.len().min(MAX_BYTES);
    while !typed.is_char_boundary(end) {
        end -= 1;
    }
    if end < typed.len() {
        let span = Span::new(end, typed.len());
        problems.push(wrong(span, FilterProblemKind::TooLong));
    }
    let text = typed.get(..end).unwrap_or_default();
    let tokens = tokens(text);
    let mut parser = Parser { text, tokens: &tokens, at: 0, depth: 0, problems };
    let mut parts = Vec::new();
    while parser.at < tokens.len() {
        parts.extend(parser.alternatives());
        if let Some(token) = parser.tokens.get(parser.at) {
            // Only a closing parenthesis without an opening one stops the parser early.
            parser.at += 1;
            parser.tell(token.span, FilterProblemKind::NoOpeningParenthesis);
        }
    }
    let expr = all_of(parts);
    let mut problems = parser.problems;
    if let (None, true, Some(token)) = (&expr, problems.is_empty(), tokens.first()) {
        problems.push(wrong(token.span, FilterProblemKind::NoWord));
    }
    if expr.as_ref().is_some_and(ends_before_it_begins) {
        let span = Span::new(0, text.trim_end().len());
        problems.push(wrong(span, FilterProblemKind::NoDay));
    }
    problems.sort_by_key(|problem| (problem.mild, problem.span.start));
    (Filter { expr }, problems)
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [FilterToken<'a>],
    at: usize,
    depth: usize,
    problems: Vec<FilterProblem>,
}

impl Parser<'_> {
    /// Conditions with OR between them, up to the end or a closing parenthesis.
    fn alternatives(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.conditions());
            match self.tokens.get(self.at).map(|t| &t.what) {
                Some(FilterTokenKind::Or) => self.operator(FilterOperator::Or),
                _ => return one_of(parts),
            }
        }
    }

    /// Conditions that must all hold.
    fn conditions(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            match token.what {
                FilterTokenKind::Or | FilterTokenKind::Close => break,
                FilterTokenKind::And => self.operator(FilterOperator::And),
                _ => parts.extend(self.condition()),
            }
        }
        all_of(parts)
    }

    /// Passes over an operator, which stands between two conditions.
    fn operator(&mut self, operator: FilterOperator) {
        let what = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).map(|token| &token.what);
        let (before, after) = (what(self.at.checked_sub(1)), what(Some(self.at + 1)));
        let lacks_before = matches!(before, None | Some(FilterTokenKind::Open | FilterTokenKind::Not));
        let lacks_after = matches!(after, Some(FilterTokenKind::Close | FilterTokenKind::Or | FilterTokenKind::And));
        let span = self.tokens.get(self.at).map_or_else(Span::default, |token| token.span);
        self.at += 1;
        if after.is_none() {
            self.hint(span, FilterProblemKind::UnfinishedOperator(operator));
        } else if lacks_before {
            self.tell(span, FilterProblemKind::NothingBefore(operator));
        } else if lacks_after {
            self.tell(span, FilterProblemKind::NothingAfter(operator));
        }
    }

    /// One condition; nothing where it asks nothing.
    fn condition(&mut self) -> Option<Expr> {
        let mut negated = false;
        let first = self.at;
        while let Some(FilterToken { what: FilterTokenKind::Not, .. }) = self.tokens.get(self.at) {
            negated = !negated;
            self.at += 1;
        }
        let token = self.tokens.get(self.at)?;
        let inner = match &token.what {
            // A lone `-` before an operator asks nothing.
            FilterTokenKind::Or | FilterTokenKind::Close | FilterTokenKind::And | FilterTokenKind::Not => {
                self.lone_dash(first);
                return None;
            }
            FilterTokenKind::Open => self.group(token.span),
            FilterTokenKind::Text { text, open, quotes } => {
                self.at += 1;
                let phrase = QueryPhrase::new(text, *open);
                self.words_told(first, token.span, *quotes, phrase.is_none());
                phrase.map(Expr::Text)
            }
            FilterTokenKind::Pair { name, sign, text, open, ended, quotes } => {
                self.at += 1;
                if *quotes == QuoteState::Opened && !text.trim().is_empty() {
                    self.unclosed(token.span);
                }
                let value = FieldValue { sign, text, phrase: QueryPhrase::new(text, *open), ended: *ended };
                self.pair(token.span, name, &value)
            }
        }?;
        Some(match inner {
            Expr::Not(inner) if negated => *inner,
            inner if negated => Expr::Not(Box::new(inner)),
            inner => inner,
        })
    }

    /// Tells what is wrong with words: no closing quotation mark, nothing between two, a `-` that takes nothing away.
    fn words_told(&mut self, first: usize, span: Span, quotes: QuoteState, wordless: bool) {
        match quotes {
            QuoteState::Opened => self.unclosed(span),
            QuoteState::Closed if wordless => {
                self.tell(span, FilterProblemKind::EmptyQuotation);
            }
            // Between words it is a dash, such as titles have.
            QuoteState::None
                if wordless && matches!(span.of(self.text), "-" | "–") && (first == 0 || self.at_end()) =>
            {
                self.lone_dash(first);
            }
            _ => {}
        }
    }

    /// Tells of a `-` that takes nothing away, which began with token `first`.
    fn lone_dash(&mut self, first: usize) {
        let Some(span) = self.tokens.get(first).map(|token| token.span) else { return };
        if self.at_end() {
            self.hint(span, FilterProblemKind::UnfinishedExclusion);
        } else {
            self.tell(span, FilterProblemKind::EmptyExclusion);
        }
    }

    /// Nothing follows.
    fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Tells of a quotation that goes on to the end.
    fn unclosed(&mut self, span: Span) {
        self.hint(span, FilterProblemKind::NoClosingQuote);
    }

    /// What stands in parentheses; one left open ends with the text.
    fn group(&mut self, span: Span) -> Option<Expr> {
        self.at += 1;
        let begin = self.at;
        if self.depth >= MAX_DEPTH {
            self.tell(span, FilterProblemKind::TooManyParentheses);
            return None;
        }
        self.depth += 1;
        let inner = self.alternatives();
        self.depth -= 1;
        match self.tokens.get(self.at) {
            Some(FilterToken { what: FilterTokenKind::Close, span: close }) => {
                if self.at == begin {
                    let span = Span::new(span.start, close.end);
                    self.tell(span, FilterProblemKind::EmptyParentheses);
                }
                self.at += 1;
            }
            _ => self.hint(span, FilterProblemKind::NoClosingParenthesis),
        }
        inner
    }

    /// `name:value`. A value still to be typed asks nothing.
    fn pair(&mut self, span: Span, name: &str, value: &FieldValue) -> Option<Expr> {
        let Some(field) = field(name) else {
            // As other search lines have it: what is no field is words, side by side as they were typed.
            self.tell(span, FilterProblemKind::UnknownField(name.to_owned()));
            let open = value.phrase.as_ref().map_or(!value.ended, QueryPhrase::is_open);
            return QueryPhrase::new(span.of(self.text), open).map(Expr::Text);
        };
        let read = if value.text.trim().is_empty() { None } else { test(field, value) };
        if read.is_some() {
            return read;
        }
        let empty = value.text.trim().is_empty();
        if comparison(field, value.sign).is_none() && !empty {
            self.field(span, field, name, FieldProblemKind::SignNotTaken, value);
        } else if empty {
            self.field(span, field, name, FieldProblemKind::NoValue, value);
        } else if !value.ended && half_typed(field, value.text) {
            self.field(span, field, name, FieldProblemKind::Unfinished, value);
        } else {
            let kind = match field.takes {
                FieldValueType::Year => FieldProblemKind::NotAYear,
                FieldValueType::From | FieldValueType::To | FieldValueType::Date => FieldProblemKind::NotADate,
                _ => FieldProblemKind::Unknown,
            };
            self.field(span, field, name, kind, value);
        }
        read
    }

    /// Notes what is wrong with a field's value. A value that is missing or unfinished at the very end of the filter is
    /// still being typed, so that problem is mild.
    fn field(&mut self, span: Span, field: &FilterField, name: &str, kind: FieldProblemKind, value: &FieldValue) {
        let mild = matches!(kind, FieldProblemKind::NoValue | FieldProblemKind::Unfinished) && !value.ended;
        let typed = if kind == FieldProblemKind::SignNotTaken { value.sign } else { value.text };
        let problem = FieldProblem { kind, name: name.to_owned(), value: typed.to_owned(), example: field.example };
        self.problems.push(FilterProblem { span, mild, kind: FilterProblemKind::Field(problem) });
    }

    fn tell(&mut self, span: Span, kind: FilterProblemKind) {
        self.problems.push(wrong(span, kind));
    }

    /// Notes a problem that more typing at the end of the filter may solve.
    fn hint(&mut self, span: Span, kind: FilterProblemKind) {
        self.problems.push(FilterProblem { span, mild: true, kind });
    }
}

/// A field's value as typed.
struct FieldValue<'a> {
    sign: &'a str,
    text: &'a str,
    phrase: Option<QueryPhrase>,
    /// Something follows it, so that it is no longer being typed.
    ended: bool,
}

/// The condition that a field with this value makes; nothing where the value is none of its.
fn test(field: &FilterField, value: &FieldValue) -> Option<Expr> {
    let phrase = value.phrase.clone();
    let compare = comparison(field, value.sign)?;
    match field.takes {
        FieldValueType::Words(FieldSubject::Kind) => {
            phrase.filter(|p| !kinds_of(p).is_empty()).map(|p| Expr::About(FieldSubject::Kind, p))
        }
        FieldValueType::Words(about) => phrase.map(|phrase| Expr::About(about, phrase)),
        FieldValueType::Rank => {
            let phrase = phrase.filter(|p| !ranks(RankComparison::Is, p).is_empty())?;
            Some(Expr::Rank(compare, phrase))
        }
        FieldValueType::Year if compare == RankComparison::Is => {
            years(value.text).map(|(first, last)| Expr::Year(first, last))
        }
        FieldValueType::From => DayRange::parse(value.text).map(Expr::From),
        FieldValueType::To => DayRange::parse(value.text).map(Expr::To),
        FieldValueType::Date if compare == RankComparison::Is => DayRange::parse(value.text).map(Expr::Date),
        FieldValueType::Year | FieldValueType::Date => compared(compare, DayRange::parse(value.text)?),
        FieldValueType::State => {
            // `is:-unread` means another thing than `-is:unread`, if anything.
            let words = value.text.trim().starts_with(char::is_alphanumeric).then(|| fold(value.text))?;
            let typed: String = words.chars().filter(char::is_ascii_alphanumeric).collect();
            let row = STATES.iter().find(|row| row.name == typed || row.aliases.contains(&typed.as_str()))?;
            Some(Expr::Is(row.state))
        }
    }
}

/// What a sign before a field's value asks for; nothing where it asks nothing of that field.
fn comparison(field: &FilterField, sign: &str) -> Option<RankComparison> {
    let compare = match sign {
        "" | "=" => RankComparison::Is,
        ">" => RankComparison::Above,
        ">=" | "=>" | "≥" => RankComparison::AtLeast,
        "<" => RankComparison::Below,
        "<=" | "=<" | "≤" => RankComparison::AtMost,
        _ => return None,
    };
    let takes = match field.takes {
        FieldValueType::Words(_) | FieldValueType::State => compare == RankComparison::Is,
        FieldValueType::From => matches!(compare, RankComparison::Is | RankComparison::AtLeast),
        FieldValueType::To => matches!(compare, RankComparison::Is | RankComparison::AtMost),
        FieldValueType::Rank | FieldValueType::Year | FieldValueType::Date => true,
    };
    takes.then_some(compare)
}

/// Whether the last day that is asked for comes before the first.
fn ends_before_it_begins(expr: &Expr) -> bool {
    let Expr::And(parts) = expr else { return false };
    let first = parts.iter().filter_map(|part| if let Expr::From(when) = part { when.days() } else { None });
    let last = parts.iter().filter_map(|part| if let Expr::To(when) = part { when.days() } else { None });
    let (first, last) = (first.map(|days| days.0).max(), last.map(|days| days.1).min());
    first.zip(last).is_some_and(|(first, last)| last < first)
}

/// Before or after a stretch of days.
fn compared(compare: RankComparison, when: DayRange) -> Option<Expr> {
    let (first, last) = when.days()?;
    Some(match compare {
        RankComparison::Is => Expr::Date(when),
        RankComparison::AtLeast => Expr::From(when),
        RankComparison::AtMost => Expr::To(when),
        RankComparison::Above => Expr::From(DayRange::Day(last.next()?)),
        RankComparison::Below => Expr::To(DayRange::Day(first.previous()?)),
    })
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
fn half_typed(field: &FilterField, typed: &str) -> bool {
    match field.takes {
        FieldValueType::Words(_) => false,
        FieldValueType::Rank => typed.trim().is_empty(),
        FieldValueType::State => {
            let typed = fold(typed);
            STATES
                .iter()
                .any(|row| row.name.starts_with(&typed) || row.aliases.iter().any(|name| name.starts_with(&typed)))
        }
        FieldValueType::Year => is_begun(typed, |text| years(text).is_some()),
        FieldValueType::From | FieldValueType::To | FieldValueType::Date => {
            is_begun(typed, |text| DayRange::parse(text).is_some())
        }
    }
}

fn wrong(span: Span, kind: FilterProblemKind) -> FilterProblem {
    FilterProblem { span, mild: false, kind }
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
