//! How long a query for officials, posts or units may be. Names, posts and units have some twenty words at most, while
//! the time of a query grows faster than its length; a longer one is refused with a message instead of running for
//! minutes.

/// The most words of a query.
pub const MAX_QUERY_WORDS: usize = 32;
/// The most characters of a query.
pub const MAX_QUERY_CHARS: usize = 300;

/// Whether a query has more words or characters than a query may have. Reads no more of it than that.
pub fn is_too_long(query: &str) -> bool {
    query.chars().nth(MAX_QUERY_CHARS).is_some() || query.split_whitespace().nth(MAX_QUERY_WORDS).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters_are_limited() {
        assert!(!is_too_long(""));
        assert!(!is_too_long(&"x ".repeat(MAX_QUERY_WORDS)));
        assert!(is_too_long(&"x ".repeat(MAX_QUERY_WORDS + 1)));
        assert!(!is_too_long(&"đ".repeat(MAX_QUERY_CHARS)));
        assert!(is_too_long(&"đ".repeat(MAX_QUERY_CHARS + 1)));
    }
}
