//! What people are called before their names (`đồng chí`, `đ/c`, `ông`, `bà`), at the beginning of a query: a reader who
//! copies a line from a report brings it along. The words are rows of the table of persons; names are not looked at.

use crate::extract::lexicon::{LexiconTable, TABLES, TableClass};
use crate::search::matching::{PreparedWord, QueryWord};
use crate::text::fold::fold;
use crate::text::words::words;
use std::sync::OnceLock;

/// What is typed after such words; nothing where the query does not begin with any, or has nothing else.
pub(super) fn without(typed: &str) -> Option<&str> {
    let typed_words: Vec<_> = words(typed).collect();
    let begins = |address: &&Vec<PreparedWord>| {
        let pairs = address.iter().zip(&typed_words);
        typed_words.len() > address.len()
            && pairs.into_iter().all(|(known, word)| {
                QueryWord::new(word.text, false).is_some_and(|word| word.answers_prepared(known).is_some())
            })
    };
    let longest = addresses().iter().filter(begins).map(Vec::len).max()?;
    typed.get(typed_words.get(longest)?.start..)
}

/// The same where it can be nothing else: an address with a sign in it (`đ/c`), which no name has.
pub(super) fn without_sign(typed: &str) -> Option<&str> {
    let rest = typed.trim_start();
    let folded = fold(rest);
    let after =
        |form: &&str| form.contains('/') && folded.strip_prefix(&fold(form)).is_some_and(|r| r.starts_with(' '));
    let longest = forms().filter(after).map(|form| form.chars().count()).max()?;
    let (start, _) = rest.char_indices().nth(longest)?;
    rest.get(start..)
}

fn forms() -> impl Iterator<Item = &'static str> {
    let persons = TABLES.iter().filter(|table| table.class == TableClass::Person).flat_map(LexiconTable::rows);
    persons.filter(|row| row.value == "address").flat_map(|row| row.forms)
}

fn addresses() -> &'static [Vec<PreparedWord>] {
    static ADDRESSES: OnceLock<Vec<Vec<PreparedWord>>> = OnceLock::new();
    ADDRESSES
        .get_or_init(|| forms().map(|form| words(form).map(|word| PreparedWord::new(word.text)).collect()).collect())
}
