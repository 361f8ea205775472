//! A filter of the list, or a search in a text, as it was typed and as it was parsed. It is parsed once, when the line
//! changes; the worker, the hits and every frame share the result.

use crate::search::filter::{Filter, FilterProblem, parse};
use std::sync::Arc;

/// Typed text with what the parser made of it. The two always belong together: there is no way to change one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedFilter {
    text: String,
    filter: Arc<Filter>,
    problems: Vec<FilterProblem>,
}

impl TypedFilter {
    /// Parses `text`. This never fails: what is not understood becomes a problem, and the rest still filters.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let (filter, problems) = parse(&text);
        Self { text, filter: Arc::new(filter), problems }
    }

    /// The text as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parsed filter, to be shared with the worker.
    pub fn filter(&self) -> &Arc<Filter> {
        &self.filter
    }

    /// What was not understood, with places in `text`.
    pub fn problems(&self) -> &[FilterProblem] {
        &self.problems
    }

    /// Whether the text is blank.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
