//! A filter of the list, or a search in a text: the typed text together with its parse. It is parsed once, when the
//! line changes; the worker, the hits and every frame share the result.

use crate::report::Span;
use crate::search::filter::{Filter, FilterProblem, FilterProblemKind, parse};
use std::sync::Arc;

/// The sign before a search in a text that is read by the rules of the filter, not as a phrase.
pub const FILTER_RULES: char = '/';

/// Typed text and its parse. The fields are private so that the two cannot get out of step. While the text has a fault,
/// the filter is the last one without.
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

    /// A search in a text. The words are one phrase, because a Vietnamese word has two syllables and is typed as two
    /// words. After `FILTER_RULES` they are read as in the filter of the list: words apart, quotations, OR, fields.
    pub fn search(text: impl Into<String>) -> Self {
        let text = text.into();
        let filter = text.strip_prefix(FILTER_RULES).map_or_else(|| Filter::phrase(&text), |rest| parse(rest).0);
        Self { text, filter: Arc::new(filter), problems: Vec::new() }
    }

    /// Parses `text`; if it has a fault, keeps the filter that held before, so that the last good answer stays: before
    /// the faulty part was begun, if that is the name of a field. What is only half typed is no fault yet.
    #[must_use]
    pub fn replaced_by(&self, text: impl Into<String>) -> Self {
        let mut next = Self::new(text);
        if next.is_faulty() {
            next.filter = self.before_half_a_name(&next).map_or_else(|| self.filter.clone(), Arc::new);
        }
        next
    }

    /// The filter from before somebody began to type the name of a field that is none (`rnak:x`). Until its value came,
    /// its letters were words to search for, and the answer to half a name is no good one. `None` if `next`, which is
    /// faulty, did not come about in that way.
    fn before_half_a_name(&self, next: &Self) -> Option<Filter> {
        if self.is_faulty() {
            return None;
        }
        let names = |problem: &&FilterProblem| matches!(problem.kind, FilterProblemKind::UnknownField(_));
        let Span { start, end } = next.problems.iter().find(names)?.span;
        let (before, after) = (next.text.get(..start)?, next.text.get(end..)?);
        let typed = self.text.strip_prefix(before)?.strip_suffix(after)?;
        if typed.is_empty() {
            return None;
        }
        let (filter, problems) = parse(&format!("{before}{after}"));
        problems.iter().all(|problem| problem.mild).then_some(filter)
    }

    /// Whether a part was not understood that more typing at the end cannot make right.
    pub fn is_faulty(&self) -> bool {
        self.problems.iter().any(|problem| !problem.mild)
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
