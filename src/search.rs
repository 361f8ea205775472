//! The filter language, the matching of query words against texts, and the officials finder. No I/O: the same input
//! always gives the same result; the per-thread caches only make it faster. A word typed without tone and mark matches
//! every tone; a syllable typed with a tone or mark matches only itself (smart tone).

pub mod abbreviation;
pub mod counts;
pub mod date;
pub mod event_names;
pub mod fields;
pub mod filter;
pub mod filter_match;
pub mod finder;
pub mod fixed_phrases;
pub mod highlight;
pub mod matching;
pub mod phrase_search;
pub mod query_limit;
pub mod required_words;
pub mod vocabulary;

pub use fields::complete;
