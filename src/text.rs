//! Vietnamese text, letter by letter: one spelling of every character, folding for search, syllables, raw keystrokes,
//! line breaks, and output that is safe to send to a terminal. Knows nothing of reports. Lengths are in bytes unless a
//! function documents characters or cells.

pub mod byte_runs;
pub mod canonical;
pub mod collate;
pub mod fold;
pub mod letter;
pub mod numeral;
pub mod safe;
pub mod syllable;
pub mod telex;
pub mod words;
pub mod wrap;
