//! What people are called before their names (`đồng chí`, `đ/c`, `ông`, `bà`), at the beginning of a query: a reader who
//! copies a line from a report brings it along. The words are rows of the table of persons; names are not looked at.

use crate::extract::lexicon::{Class, TABLES, Table};
use crate::search::matching::{Prepared, Word};
use crate::text::words::words;
use std::sync::OnceLock;

/// What is typed after such words; nothing where the query does not begin with any, or has nothing else.
pub(super) fn without(typed: &str) -> Option<&str> {
    let typed_words: Vec<_> = words(typed).collect();
    let begins = |address: &&Vec<Prepared>| {
        let pairs = address.iter().zip(&typed_words);
        typed_words.len() > address.len()
            && pairs.into_iter().all(|(known, word)| {
                Word::new(word.text, false).is_some_and(|word| word.answers_prepared(known).is_some())
            })
    };
    let longest = addresses().iter().filter(begins).map(Vec::len).max()?;
    typed.get(typed_words.get(longest)?.start..)
}

fn addresses() -> &'static [Vec<Prepared>] {
    static ADDRESSES: OnceLock<Vec<Vec<Prepared>>> = OnceLock::new();
    ADDRESSES.get_or_init(|| {
        let persons = TABLES.iter().filter(|table| table.class == Class::Person).flat_map(Table::rows);
        let forms = persons.filter(|row| row.value == "address").flat_map(|row| row.forms);
        forms.map(|form| words(form).map(|word| Prepared::new(word.text)).collect()).collect()
    })
}
