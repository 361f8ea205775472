//! A filter as typed becomes a value and a list of problems; it never fails (design.md §4).

/// A parsed filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {}

/// Something in a filter that could not be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the typed text.
    pub span: crate::report::Span,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Parses what was typed.
pub fn parse(_typed: &str) -> (Filter, Vec<Problem>) {
    (Filter::default(), Vec::new())
}
