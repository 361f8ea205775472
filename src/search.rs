//! The filter language, what in a text answers a filter, and fuzzy finding of officials. Pure.
//! What is typed plain matches every tone; a syllable typed with a tone or mark matches only it (smart tone).

pub mod abbreviation;
pub mod date;
pub mod eval;
pub mod fields;
pub mod filter;
pub mod fixed_phrases;
pub mod fuzzy;
pub mod highlight;
pub mod matching;
pub mod phrase_search;
pub mod required_words;
pub mod vocabulary;

pub use fields::complete;
