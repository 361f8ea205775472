//! Where a text answers a search: the same words, by the same rules, as the filter of the list.

use crate::report::Span;
use crate::search::highlight::{self, Query};

/// The places of `text` that answer `query`, in order, without overlap.
pub fn hits(text: &str, query: &str) -> Vec<Span> {
    highlight::hits(text, &Query::new(query))
}
