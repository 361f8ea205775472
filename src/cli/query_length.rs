//! Refuses queries that no name, post or unit can need.

use super::exit_status::Failure;
use crate::search::query_limit::{MAX_QUERY_CHARS, MAX_QUERY_WORDS, is_too_long};

/// A usage error if the query is too long.
pub fn check(query: &str) -> Result<(), Failure> {
    if !is_too_long(query) {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "the query is too long: it may have {MAX_QUERY_WORDS} words and {MAX_QUERY_CHARS} characters; type fewer words"
    )))
}
