//! A filter as typed becomes a value and a list of problems; it never fails.
//! Words are AND; `"a phrase"`, `-not`, `OR`, parentheses and the fields of `fields::FIELDS`. A word at the very end of
//! what was typed may go on, as may one that ends in `*`. A filter prints as text that parses back to itself.

pub mod expr;
mod kinds;
mod parse;
mod print;
mod problem;
mod ranks;
mod tokens;

pub use expr::{Expr, FieldSubject, Filter, MarkState, RankComparison};
pub use kinds::kinds_of;
pub use parse::parse;
pub use problem::{FieldProblem, FieldProblemKind, FilterOperator, FilterProblem, FilterProblemKind};
pub use ranks::ranks;

#[cfg(test)]
mod tests;
