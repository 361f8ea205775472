//! The report kinds that `kind:` means, by their names in Vietnamese and in English.

use crate::report::{KINDS, ReportKind};
use crate::search::matching::QueryPhrase;
use crate::search::required_words::RequiredWords;
use crate::text::words::words;

/// The kinds that the words mean: those with exactly this name; if there are none, those with all the words in one of
/// their names. Exact names come first because `khác` (other), while it is typed, also begins a word of `tiếp khách`.
pub fn kinds_of(phrase: &QueryPhrase) -> Vec<ReportKind> {
    let closed = phrase.closed();
    let (whole, part) = (RequiredWords::new(&closed), RequiredWords::new(phrase));
    let called = |name: &str| words(name).count() == closed.words().len() && whole.in_value(name);
    let meant = |test: &dyn Fn(&str) -> bool| {
        let rows = KINDS.iter().filter(|row| test(row.1) || test(row.2));
        rows.map(|row| row.0).collect::<Vec<_>>()
    };
    let so_called = meant(&called);
    if so_called.is_empty() { meant(&|name| part.in_value(name)) } else { so_called }
}
