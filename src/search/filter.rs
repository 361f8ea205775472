//! The filter language: `parse` turns any typed text into a filter and a list of problems; it never fails. Words are
//! joined by AND; there are `"phrases"`, `-not`, `OR`, parentheses and the fields of `fields::FIELDS`. The last word of
//! the text may be the beginning of a word, as may one that ends in `*`. A filter prints as text that parses back to
//! the same filter.

mod as_json;
mod event_conditions;
pub mod expr;
mod kinds;
mod parse;
mod print;
mod problem;
mod ranks;
mod tokens;

pub use event_conditions::{about_the_event, has_negation};
pub use expr::{Expr, FieldSubject, Filter, MarkState, RankComparison};
pub use kinds::kinds_of;
pub use parse::parse;
pub use problem::{FieldProblem, FieldProblemKind, FilterOperator, FilterProblem, FilterProblemKind};
pub use ranks::ranks;

#[cfg(test)]
mod tests;
