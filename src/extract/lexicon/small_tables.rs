//! Tables that are looked up by hand and not in every token of a text: number words, short forms with a full stop,
//! short names of units, the sounds of a syllable. Each is parsed once. Their words are not in the automaton.

use super::table::{TableError, TableFile};
use super::value::TableWord;
use std::sync::OnceLock;

pub(crate) const NUMBERS: TableFile = TableFile::new("numbers.tsv", include_str!("../tables/numbers.tsv"));
pub(crate) const DOTTED_FORMS: TableFile =
    TableFile::new("dotted_forms.tsv", include_str!("../tables/dotted_forms.tsv"));
pub(crate) const SHORT_UNITS: TableFile = TableFile::new("short_units.tsv", include_str!("../tables/short_units.tsv"));
pub(crate) const SYLLABLES: TableFile = TableFile::new("syllables.tsv", include_str!("../tables/syllables.tsv"));

/// A row with its value parsed.
#[derive(Clone, Debug)]
pub(crate) struct ParsedRow<T> {
    /// All forms, the canonical one first.
    pub forms: Vec<&'static str>,
    pub value: T,
}

/// The rows of a file, or why one cannot be read.
pub(crate) fn checked_rows<T>(
    file: TableFile,
    parse: fn(&'static str) -> Option<T>,
) -> impl Iterator<Item = Result<ParsedRow<T>, TableError>> {
    file.text_rows().map(move |row| {
        let value = parse(row.value).ok_or_else(|| file.error(&row, row.value))?;
        Ok(ParsedRow { forms: row.forms, value })
    })
}

/// The meaning of a number word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// A number from 1 to 12, as quarters and months are counted.
    Count(u8),
    /// The number of zeros it adds to the figure before it: six for `triệu`.
    Zeros(usize),
}

/// The value of numbers.tsv: `7` or, for a power of ten, `e6`.
pub(crate) fn number_word(cell: &'static str) -> Option<NumberWord> {
    match cell.strip_prefix('e') {
        Some(zeros) => zeros.parse().ok().map(NumberWord::Zeros),
        None => cell.parse().ok().filter(|count| (1..=12).contains(count)).map(NumberWord::Count),
    }
}

/// The number words in the file's order: each before those that begin with it.
pub(crate) fn numbers() -> &'static [ParsedRow<NumberWord>] {
    static ROWS: OnceLock<Vec<ParsedRow<NumberWord>>> = OnceLock::new();
    ROWS.get_or_init(|| checked_rows(NUMBERS, number_word).filter_map(Result::ok).collect())
}

/// What the word counts, if it is one number word, in lower case. Most words before a post are asked, so this is one
/// look-up and no walk over the table.
pub(crate) fn number_of(word: &str) -> Option<NumberWord> {
    static NUMBER_WORDS: OnceLock<foldhash::HashMap<&'static str, NumberWord>> = OnceLock::new();
    let all = NUMBER_WORDS.get_or_init(|| {
        let forms = numbers().iter().flat_map(|row| row.forms.iter().map(|form| (*form, row.value)));
        forms.collect()
    });
    all.get(word).copied()
}

/// The sort of a short form with a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DottedForm {
    /// An administrative unit, whose name may follow the stop: `TP. Huế`.
    Place,
    /// A title or another word; the stop only ends no sentence.
    Other,
}

impl TableWord for DottedForm {
    const WORDS: &'static [(&'static str, Self)] = &[("place", Self::Place), ("other", Self::Other)];
}

/// The sort of the word if it is a short form, after which a full stop does not end the sentence; `None` if it is not.
/// Case counts.
pub(crate) fn dotted_form(word: &str) -> Option<DottedForm> {
    static ROWS: OnceLock<Vec<ParsedRow<DottedForm>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| checked_rows(DOTTED_FORMS, DottedForm::from_word).filter_map(Result::ok).collect());
    rows.iter().find(|row| row.forms.contains(&word)).map(|row| row.value)
}

/// Parts of the names of units and how the press shortens them, in the order in which they are to be shortened.
pub(crate) fn short_units() -> &'static [ParsedRow<&'static str>] {
    static ROWS: OnceLock<Vec<ParsedRow<&'static str>>> = OnceLock::new();
    ROWS.get_or_init(|| checked_rows(SHORT_UNITS, Some).filter_map(Result::ok).collect())
}

/// A part of a syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SyllablePart {
    /// The consonants before the vowel.
    Initial,
    /// The vowel and the final consonant, without a tone.
    Rime,
}

impl TableWord for SyllablePart {
    const WORDS: &'static [(&'static str, Self)] = &[("initial", Self::Initial), ("rime", Self::Rime)];
}

/// All initials, or all rimes.
pub(crate) fn syllable_parts(part: SyllablePart) -> Vec<&'static str> {
    let rows = checked_rows(SYLLABLES, SyllablePart::from_word).filter_map(Result::ok);
    rows.filter(|row| row.value == part).flat_map(|row| row.forms).collect()
}
