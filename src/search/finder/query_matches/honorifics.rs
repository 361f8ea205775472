//! Honorifics (`đồng chí`, `đ/c`, `ông`, `bà`) at the beginning of a query: a reader who copies a line from a report
//! copies them too. The words are rows of the table of persons; names are not looked at here.

use crate::extract::lexicon::{LexiconTable, PersonSign, RowValue, TABLES, TableClass};
use crate::search::matching::{PreparedWord, QueryWord};
use crate::text::fold::fold;
use crate::text::words::{Word, words};
use std::sync::OnceLock;

/// The query after an honorific; `None` if it does not begin with one, or if nothing follows it. The honorific may also
/// be a name (`Ông Văn Tám`): the caller tries the whole query first.
pub fn after_honorific(typed: &str) -> Option<&str> {
    let typed_words: Vec<_> = words(typed).collect();
    let longest = honorifics().iter().filter(|words| begins_with(&typed_words, words)).map(Vec::len).max()?;
    typed.get(typed_words.get(longest)?.start..)
}

/// The query after an abbreviation that no name can be, because it contains a slash (`đ/c`).
pub fn after_abbreviation(typed: &str) -> Option<&str> {
    let rest = typed.trim_start();
    let folded = fold(rest);
    let begins = |form: &&str| form.contains('/') && folded.strip_prefix(&fold(form)).is_some_and(begins_with_space);
    let longest = forms().filter(begins).map(|form| form.chars().count()).max()?;
    // Folding keeps the number of characters, so a length in characters of the folded form fits the query.
    let (start, _) = rest.char_indices().nth(longest)?;
    rest.get(start..)
}

fn begins_with_space(text: &str) -> bool {
    text.starts_with(' ')
}

/// Whether the query begins with an honorific and has more words after it.
fn begins_with(typed: &[Word<'_>], honorific: &[PreparedWord]) -> bool {
    typed.len() > honorific.len() && honorific.iter().zip(typed).all(|(known, word)| matches_word(word.text, known))
}

fn matches_word(typed: &str, known: &PreparedWord) -> bool {
    QueryWord::new(typed, false).is_some_and(|word| word.match_prepared(known).is_some())
}

fn forms() -> impl Iterator<Item = &'static str> {
    let persons = TABLES.iter().filter(|table| table.class == TableClass::Person).flat_map(LexiconTable::rows);
    persons.filter(|row| row.value == RowValue::Person(PersonSign::Address)).flat_map(|row| row.forms)
}

fn honorifics() -> &'static [Vec<PreparedWord>] {
    static HONORIFICS: OnceLock<Vec<Vec<PreparedWord>>> = OnceLock::new();
    HONORIFICS
        .get_or_init(|| forms().map(|form| words(form).map(|word| PreparedWord::new(word.text)).collect()).collect())
}
