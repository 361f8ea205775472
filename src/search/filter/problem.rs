//! The problems that a filter can have, their spans, and their messages in both languages. The
//! parts that were understood still make a filter; the reader and the command line decide what to do with it.

use crate::lang::phrases::filter_problems as words;
use crate::lang::{Lang, Phrase};
use crate::report::Span;
use crate::search::fields;
use std::fmt;

/// Something in a filter that could not be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterProblem {
    /// Where in the typed text.
    pub span: Span,
    /// The filter is only half typed: more typing at its end may make it right.
    pub mild: bool,
    pub kind: FilterProblemKind,
}

/// The sort of a problem, with the words needed for its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterProblemKind {
    TooLong,
    NoOpeningParenthesis,
    NoClosingParenthesis,
    EmptyParentheses,
    TooManyParentheses,
    NoClosingQuote,
    EmptyQuotation,
    /// The filter has only signs, no words.
    NoWord,
    /// `to:` ends before `from:` begins.
    NoDay,
    /// The filter ends with an operator.
    UnfinishedOperator(FilterOperator),
    NothingBefore(FilterOperator),
    NothingAfter(FilterOperator),
    /// The filter ends with `-`.
    UnfinishedExclusion,
    /// A `-` before something that is no word.
    EmptyExclusion,
    /// There is no field of this name.
    UnknownField(String),
    Field(FieldProblem),
}

/// What is wrong in `field:value`, with all that the sentence for the reader quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub kind: FieldProblemKind,
    /// The field's name as typed.
    pub name: String,
    /// The value as typed, or the sign before it for `SignNotTaken`.
    pub value: String,
    /// A filter that shows the right use of the field.
    pub example: &'static str,
}

/// The sort of a problem with a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblemKind {
    /// The field takes no comparison, or not this one.
    SignNotTaken,
    NoValue,
    Unfinished,
    NotAYear,
    NotADate,
    Unknown,
}

/// A word between two conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterOperator {
    And,
    Or,
}

impl fmt::Display for FilterOperator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::And => "AND",
            Self::Or => "OR",
        })
    }
}

impl FilterProblem {
    /// The message: the problem and its remedy, in one line without a full stop.
    pub fn say(&self, lang: Lang) -> String {
        self.kind.say(lang)
    }
}

impl FilterProblemKind {
    fn say(&self, lang: Lang) -> String {
        let phrase = self.phrase();
        match self {
            Self::UnfinishedOperator(operator) | Self::NothingBefore(operator) | Self::NothingAfter(operator) => {
                phrase.fill(lang, &[&operator.to_string()])
            }
            Self::UnknownField(name) => {
                let near = fields::nearest_name(name);
                near.map_or_else(
                    || phrase.fill(lang, &[name]),
                    |near| words::UNKNOWN_FIELD_NEAR.fill(lang, &[name, near]),
                )
            }
            Self::Field(field) if field.kind == FieldProblemKind::NoValue => {
                phrase.fill(lang, &[&field.name, field.example])
            }
            Self::Field(field) => phrase.fill(lang, &[&field.name, &field.value, field.example]),
            _ => phrase.say(lang).to_owned(),
        }
    }

    fn phrase(&self) -> Phrase {
        match self {
            Self::TooLong => words::TOO_LONG,
            Self::NoOpeningParenthesis => words::NO_OPENING_PARENTHESIS,
            Self::NoClosingParenthesis => words::NO_CLOSING_PARENTHESIS,
            Self::EmptyParentheses => words::EMPTY_PARENTHESES,
            Self::TooManyParentheses => words::TOO_MANY_PARENTHESES,
            Self::NoClosingQuote => words::NO_CLOSING_QUOTE,
            Self::EmptyQuotation => words::EMPTY_QUOTATION,
            Self::NoWord => words::NO_WORD,
            Self::NoDay => words::NO_DAY,
            Self::UnfinishedOperator(_) => words::UNFINISHED_OPERATOR,
            Self::NothingBefore(_) => words::NOTHING_BEFORE,
            Self::NothingAfter(_) => words::NOTHING_AFTER,
            Self::UnfinishedExclusion => words::UNFINISHED_EXCLUSION,
            Self::EmptyExclusion => words::EMPTY_EXCLUSION,
            Self::UnknownField(_) => words::UNKNOWN_FIELD,
            Self::Field(field) => match field.kind {
                FieldProblemKind::SignNotTaken => words::SIGN_NOT_TAKEN,
                FieldProblemKind::NoValue => words::NO_VALUE,
                FieldProblemKind::Unfinished => words::UNFINISHED_VALUE,
                FieldProblemKind::NotAYear => words::NOT_A_YEAR,
                FieldProblemKind::NotADate => words::NOT_A_DATE,
                FieldProblemKind::Unknown => words::UNKNOWN_VALUE,
            },
        }
    }
}
