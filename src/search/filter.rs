//! A filter as typed becomes a value and a list of problems; it never fails.
//! Words are AND; `"a phrase"`, `-not`, `OR`, parentheses and the fields of `fields::FIELDS`. A word at the very end of
//! what was typed may go on, as may one that ends in `*`. A filter prints as text that parses back to itself.

pub mod expr;
mod kinds;
mod parse;
mod print;
mod ranks;
mod tokens;

pub use expr::{Expr, FieldSubject, Filter, MarkState, RankComparison};
pub use kinds::kinds_of;
pub use parse::parse;
pub use ranks::ranks;

use crate::report::Span;

/// Something in a filter that could not be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterProblem {
    /// Where in the typed text.
    pub span: Span,
    /// More typing at the end mends it: nothing is wrong yet.
    pub mild: bool,
    /// What is wrong and what to do, in English.
    pub message: String,
    /// The same in Vietnamese.
    pub message_vi: String,
}

#[cfg(test)]
mod tests;
