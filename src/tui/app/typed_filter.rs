//! A filter of the list, or a search in a text: the typed text together with its parse. It is parsed once, when the
//! line changes; the worker, the hits and every frame share the result.

use crate::search::filter::{Filter, FilterProblem, parse};
use std::sync::Arc;

/// Typed text and its parse. The fields are private so that the two cannot get out of step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedFilter {
    text: String,
    filter: Arc<Filter>,
    problems: Vec<FilterProblem>,
}

impl TypedFilter {
    /// Parses `text`. This never fails: a part that is not understood becomes a problem, and the rest still filters.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let (filter, problems) = parse(&text);
        Self { text, filter: Arc::new(filter), problems }
    }

    /// The text as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parsed filter. It is in an `Arc` because the worker gets it too.
    pub fn filter(&self) -> &Arc<Filter> {
        &self.filter
    }

    /// The parts that were not understood; their spans are byte ranges of `text`.
    pub fn problems(&self) -> &[FilterProblem] {
        &self.problems
    }

    /// Whether the text is blank.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}
