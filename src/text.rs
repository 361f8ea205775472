//! Vietnamese text, letter by letter: one spelling of every character, folding for search, syllables, raw keystrokes,
//! sentences, line breaks, and output that is safe to send to a terminal. Knows nothing of reports. Lengths are in
//! bytes unless a function documents characters or cells.

pub mod byte_runs;
pub mod canonical;
pub mod char_class;
pub mod collate;
pub mod fold;
pub mod markdown;
pub mod nearest;
pub mod roman_numeral;
pub mod safe;
pub mod sentence_bounds;
pub mod telex;
pub mod tone_marks;
pub mod words;
pub mod wrap;
