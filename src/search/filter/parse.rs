//! Parses a typed filter by recursive descent. Every text is a filter: a part that cannot be understood becomes a
//! problem with its span and is left out, and a half-typed part is no condition yet.
//!
//! ```text
//! alternatives   conditions (OR conditions)…
//! conditions     condition ([AND] condition)…
//! condition      [-…] ( "(" alternatives ")" | words | name:value )
//! ```

use super::expr::{Expr, FieldSubject, Filter, RankComparison};
use super::kinds::kinds_of;
use super::problem::{FieldProblem, FieldProblemKind, FilterOperator, FilterProblem, FilterProblemKind};
use super::ranks::ranks;
use super::tokens::{FilterToken, FilterTokenKind, QuoteState, tokens};
use crate::report::Span;
use crate::search::date::{DayRange, is_begun};
use crate::search::event_names::{begins_event, event_named};
use crate::search::fields::{FieldValueType, FilterField, STATES, field};
use crate::search::matching::QueryPhrase;
use crate::text::fold::fold;

/// The length in bytes at which a filter is cut. No reader types as much, and each word costs a look-up.
const MAX_BYTES: usize = 4096;
/// Parentheses nested deeper than this are ignored, so that no text overflows the stack.
const MAX_DEPTH: usize = 40;

/// Parses a filter. The problems are sorted, first those that more typing cannot solve, then by position.
pub fn parse(typed: &str) -> (Filter, Vec<FilterProblem>) {
    let mut problems = Vec::new();
    let mut end = typed.len().min(MAX_BYTES);
    while !typed.is_char_boundary(end) {
        end -= 1;
    }
    if end < typed.len() {
        let span = Span::new(end, typed.len());
        problems.push(problem(span, FilterProblemKind::TooLong));
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
            parser.report(token.span, FilterProblemKind::NoOpeningParenthesis);
        }
    }
    let expr = all_of(parts);
    let mut problems = parser.problems;
    if let (None, true, Some(token)) = (&expr, problems.is_empty(), tokens.first()) {
        problems.push(problem(token.span, FilterProblemKind::NoWord));
    }
    if expr.as_ref().is_some_and(ends_before_it_begins) {
        let span = Span::new(0, text.trim_end().len());
        problems.push(problem(span, FilterProblemKind::NoDay));
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
    /// Parses conditions with OR between them, up to the end or a closing parenthesis.
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

    /// Parses conditions that are joined by AND, up to an OR or a closing parenthesis.
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

    /// Skips an operator; reports a problem if there is no condition on one of its sides.
    fn operator(&mut self, operator: FilterOperator) {
        let what = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).map(|token| &token.what);
        let (before, after) = (what(self.at.checked_sub(1)), what(Some(self.at + 1)));
        let lacks_before = matches!(before, None | Some(FilterTokenKind::Open | FilterTokenKind::Not));
        let lacks_after = matches!(after, Some(FilterTokenKind::Close | FilterTokenKind::Or | FilterTokenKind::And));
        let span = self.tokens.get(self.at).map_or_else(Span::default, |token| token.span);
        self.at += 1;
        if after.is_none() {
            self.report_mild(span, FilterProblemKind::UnfinishedOperator(operator));
        } else if lacks_before {
            self.report(span, FilterProblemKind::NothingBefore(operator));
        } else if lacks_after {
            self.report(span, FilterProblemKind::NothingAfter(operator));
        }
    }

    /// Parses one condition; `None` if it is not complete.
    fn condition(&mut self) -> Option<Expr> {
        let mut negated = false;
        let first = self.at;
        while let Some(FilterToken { what: FilterTokenKind::Not, .. }) = self.tokens.get(self.at) {
            negated = !negated;
            self.at += 1;
        }
        let token = self.tokens.get(self.at)?;
        let inner = match &token.what {
            // A lone `-` before an operator is no condition.
            FilterTokenKind::Or | FilterTokenKind::Close | FilterTokenKind::And | FilterTokenKind::Not => {
                self.lone_dash(first);
                return None;
            }
            FilterTokenKind::Open => self.group(token.span),
            FilterTokenKind::Text { text, open, quotes } => {
                self.at += 1;
                let phrase = QueryPhrase::new(text, *open);
                self.check_words(first, token.span, *quotes, phrase.is_none());
                phrase.map(Expr::Text)
            }
            FilterTokenKind::Pair { name, sign, text, open, ended, quotes } => {
                self.at += 1;
                if *quotes == QuoteState::Opened && !text.trim().is_empty() {
                    self.unclosed(token.span);
                }
                let value = FieldValue { sign, text, phrase: QueryPhrase::new(text, *open), ended: *ended };
                self.field_condition(token.span, name, &value)
            }
        }?;
        Some(match inner {
            Expr::Not(inner) if negated => *inner,
            inner if negated => Expr::Not(Box::new(inner)),
            inner => inner,
        })
    }

    /// Reports problems of words: no closing quotation mark, nothing between two, a `-` that excludes nothing.
    fn check_words(&mut self, first: usize, span: Span, quotes: QuoteState, wordless: bool) {
        match quotes {
            QuoteState::Opened => self.unclosed(span),
            QuoteState::Closed if wordless => {
                self.report(span, FilterProblemKind::EmptyQuotation);
            }
            // Between words it is a dash, as in a headline that was pasted: no problem.
            QuoteState::None
                if wordless && matches!(span.of(self.text), "-" | "–") && (first == 0 || self.at_end()) =>
            {
                self.lone_dash(first);
            }
            _ => {}
        }
    }

    /// Reports a `-`, the token `first`, that excludes nothing.
    fn lone_dash(&mut self, first: usize) {
        let Some(span) = self.tokens.get(first).map(|token| token.span) else { return };
        if self.at_end() {
            self.report_mild(span, FilterProblemKind::UnfinishedExclusion);
        } else {
            self.report(span, FilterProblemKind::EmptyExclusion);
        }
    }

    fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Reports a quotation without closing mark.
    fn unclosed(&mut self, span: Span) {
        self.report_mild(span, FilterProblemKind::NoClosingQuote);
    }

    /// Parses what is in parentheses; without a closing one, up to the end.
    fn group(&mut self, span: Span) -> Option<Expr> {
        self.at += 1;
        let begin = self.at;
        if self.depth >= MAX_DEPTH {
            self.report(span, FilterProblemKind::TooManyParentheses);
            return None;
        }
        self.depth += 1;
        let inner = self.alternatives();
        self.depth -= 1;
        match self.tokens.get(self.at) {
            Some(FilterToken { what: FilterTokenKind::Close, span: close }) => {
                if self.at == begin {
                    let span = Span::new(span.start, close.end);
                    self.report(span, FilterProblemKind::EmptyParentheses);
                }
                self.at += 1;
            }
            _ => self.report_mild(span, FilterProblemKind::NoClosingParenthesis),
        }
        inner
    }

    /// The condition of `name:value`; `None` if the value is missing or wrong.
    fn field_condition(&mut self, span: Span, name: &str, value: &FieldValue) -> Option<Expr> {
        let Some(field) = field(name) else {
            // Headlines and times of day have colons too (`Hội nghị: …`, `8:30`). Where no field can be meant, these
            // are words and no fault.
            if !value.text.trim().is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) {
                self.report(span, FilterProblemKind::UnknownField(name.to_owned()));
            }
            let open = value.phrase.as_ref().map_or(!value.ended, QueryPhrase::is_open);
            return QueryPhrase::new(span.of(self.text), open).map(Expr::Text);
        };
        let read = if value.text.trim().is_empty() { None } else { condition_of(field, value) };
        if read.is_some() {
            return read;
        }
        let empty = value.text.trim().is_empty();
        if comparison(field, value.sign).is_none() && !empty {
            self.report_field(span, field, name, FieldProblemKind::SignNotTaken, value);
        } else if empty {
            self.report_field(span, field, name, FieldProblemKind::NoValue, value);
        } else if !value.ended && half_typed(field, value.text) {
            self.report_field(span, field, name, FieldProblemKind::Unfinished, value);
        } else {
            let kind = match field.takes {
                FieldValueType::Year => FieldProblemKind::NotAYear,
                FieldValueType::From | FieldValueType::To | FieldValueType::Date | FieldValueType::Added => {
                    FieldProblemKind::NotADate
                }
                _ => FieldProblemKind::Unknown,
            };
            self.report_field(span, field, name, kind, value);
        }
        read
    }

    /// Notes what is wrong with a field's value. A value that is missing or unfinished at the very end of the filter is
    /// still being typed, so that problem is mild.
    fn report_field(
        &mut self,
        span: Span,
        field: &FilterField,
        name: &str,
        kind: FieldProblemKind,
        value: &FieldValue,
    ) {
        let mild = matches!(kind, FieldProblemKind::NoValue | FieldProblemKind::Unfinished) && !value.ended;
        let typed = if kind == FieldProblemKind::SignNotTaken { value.sign } else { value.text };
        let problem = FieldProblem { kind, name: name.to_owned(), value: typed.to_owned(), example: field.example };
        self.problems.push(FilterProblem { span, mild, kind: FilterProblemKind::Field(problem) });
    }

    fn report(&mut self, span: Span, kind: FilterProblemKind) {
        self.problems.push(problem(span, kind));
    }

    /// Notes a problem that more typing at the end of the filter may solve.
    fn report_mild(&mut self, span: Span, kind: FilterProblemKind) {
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

/// The condition of a field with this value; `None` if the field does not take it.
fn condition_of(field: &FilterField, value: &FieldValue) -> Option<Expr> {
    let phrase = value.phrase.as_ref().map(|phrase| if value.sign == "=" { phrase.whole() } else { phrase.clone() });
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
        FieldValueType::Added => DayRange::parse(value.text).map(|when| Expr::Added(compare, when)),
        FieldValueType::Event => event_named(value.text).map(|row| Expr::Event(row.kind)),
        FieldValueType::Year | FieldValueType::Date => compared(compare, DayRange::parse(value.text)?),
        FieldValueType::State => {
            // The filter below drops all signs; without this check `is:-unread` would be read as `is:unread`.
            let words = value.text.trim().starts_with(char::is_alphanumeric).then(|| fold(value.text))?;
            let typed: String = words.chars().filter(char::is_ascii_alphanumeric).collect();
            let row = STATES
                .iter()
                .find(|row| row.name.replace('-', "") == typed || row.aliases.contains(&typed.as_str()))?;
            Some(Expr::Is(row.state))
        }
    }
}

/// The meaning of a sign before a field's value; `None` if the field does not take it.
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
        FieldValueType::Words(_) | FieldValueType::State | FieldValueType::Event => compare == RankComparison::Is,
        FieldValueType::From => matches!(compare, RankComparison::Is | RankComparison::AtLeast),
        FieldValueType::To => matches!(compare, RankComparison::Is | RankComparison::AtMost),
        FieldValueType::Rank | FieldValueType::Year | FieldValueType::Date | FieldValueType::Added => true,
    };
    takes.then_some(compare)
}

/// Whether the last day of `to:` is before the first day of `from:`.
fn ends_before_it_begins(expr: &Expr) -> bool {
    let Expr::And(parts) = expr else { return false };
    let first = parts.iter().filter_map(|part| if let Expr::From(when) = part { when.days() } else { None });
    let last = parts.iter().filter_map(|part| if let Expr::To(when) = part { when.days() } else { None });
    let (first, last) = (first.map(|days| days.0).max(), last.map(|days| days.1).min());
    first.zip(last).is_some_and(|(first, last)| last < first)
}

/// The condition of a comparison with a range of days; `None` beyond the ends of the calendar.
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

/// The first and the last year of `2025` or `2020-2023`.
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

/// Whether more typing could still make it a value: then the problem is mild.
fn half_typed(field: &FilterField, typed: &str) -> bool {
    match field.takes {
        FieldValueType::Words(_) => false,
        FieldValueType::Rank => typed.trim().is_empty(),
        FieldValueType::Event => begins_event(typed),
        FieldValueType::State => {
            let typed = fold(typed);
            STATES
                .iter()
                .any(|row| row.name.starts_with(&typed) || row.aliases.iter().any(|name| name.starts_with(&typed)))
        }
        FieldValueType::Year => is_begun(typed, |text| years(text).is_some()),
        FieldValueType::From | FieldValueType::To | FieldValueType::Date | FieldValueType::Added => {
            is_begun(typed, |text| DayRange::parse(text).is_some())
        }
    }
}

fn problem(span: Span, kind: FilterProblemKind) -> FilterProblem {
    FilterProblem { span, mild: false, kind }
}

/// The condition that all of these are true, flat; `None` if there are none.
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

/// The condition that one of these is true, flat; `None` if there are none.
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
