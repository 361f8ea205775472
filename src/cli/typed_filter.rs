//! A filter as typed on the command line: parses its words, refuses a faulty one, and says what no report matches or
//! what a filter leaves out because it has no day.

use super::exit_status::Failure;
use super::filter_args;
use super::filter_problems;
use super::no_results::no_results;
use super::output::{language, say};
use crate::lang::numbers::in_message;
use crate::lang::phrases;
use crate::search::filter::{self, Filter};
use crate::store::Store;
use std::sync::atomic::AtomicBool;

/// Says how many reports without a day a filter leaves out because it asks for days.
pub fn note_undated(store: &Store, filter: &Filter) -> Result<(), Failure> {
    if filter.is_everything() {
        return Ok(());
    }
    match store.index().undated_count(filter, &AtomicBool::new(false))? {
        None | Some(0) => {}
        Some(undated) => say(&phrases::UNDATED_LEFT_OUT.count(language(), undated)),
    }
    Ok(())
}

/// Returns the failure to report if no report matches a filter. It names how many reports there are.
pub fn none_found(store: &Store, words: &[String]) -> Result<Failure, Failure> {
    let typed = text_of(words);
    let all = in_message(store.cache().counts()?.reports);
    no_results(
        store,
        &format!("no report of {all} matches the filter {typed:?}; try fewer words, or type them without tones"),
    )
}

/// The filter as typed, with the quotation marks that the shell has taken away.
pub fn text_of(words: &[String]) -> String {
    words.iter().map(|word| filter_args::as_typed(word)).collect::<Vec<_>>().join(" ")
}

/// Parses a filter from the words of the command line. A filter that is not wholly understood selects nothing: left out
/// silently, the faulty part would widen the answer, and a script would go on with the wrong reports.
pub fn typed_filter(words: &[String]) -> Result<Filter, Failure> {
    let typed = text_of(words);
    let (filter, problems) = filter::parse(&typed);
    if problems.is_empty() {
        return Ok(filter);
    }
    filter_problems::say_all(&typed, &problems);
    Err(Failure::usage("the filter has a fault, so no report was selected; `baocao list --help` names the fields"))
}
