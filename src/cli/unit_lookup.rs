//! Finds the unit that an argument names: a whole path, a name or an abbreviation, with or without tones. If several
//! units are possible, the message lists them.

use super::exit_status::Failure;
use super::no_results::no_results;
use super::query_length;
use crate::officials::unit::UnitPath;
use crate::search::abbreviation::readings;
use crate::search::matching::QueryPhrase;
use crate::search::required_words::has_all;
use crate::store::Store;
use crate::text::words::folded_words;

/// Units that the message lists if a query can mean several.
const NAMED: usize = 5;

/// Returns the name of the unit that `typed` means, as reports write it. Names and abbreviations, with or without
/// tones, are understood as by `unit:` in a filter.
///
/// The most certain reading wins:
/// 1. the exact path of a unit of the cache;
/// 2. a name without the units above it (`Cục Chính trị`): it is returned as typed and means all that have it;
/// 3. the only unit whose whole name is typed, perhaps abbreviated;
/// 4. the only unit whose path contains all words, not counting the units below it.
///
/// # Errors
/// `SOME` if no unit matches, a usage error that lists the candidates if several do.
pub fn unit(store: &Store, typed: &str) -> Result<String, Failure> {
    query_length::check(typed)?;
    let known: Vec<UnitPath> = store.register()?.units()?.iter().filter_map(|words| UnitPath::of(words)).collect();
    if let Some(wanted) = UnitPath::of(typed) {
        if let Some(same) = known.iter().find(|unit| **unit == wanted) {
            return Ok(same.shown().to_owned());
        }
        // The name may exist below several units: it means all of them.
        if known.iter().any(|unit| unit.same(&wanted) || unit.within(&wanted)) {
            return Ok(typed.to_owned());
        }
    }
    let plain = plain_abbreviations(typed);
    let phrase = QueryPhrase::new(&plain, false);
    let mut answering: Vec<&UnitPath> = Vec::new();
    for unit in known.iter().filter(|unit| phrase.as_ref().is_some_and(|phrase| has_all(phrase, unit.shown()))) {
        if !answering.iter().any(|other| other.same(unit)) {
            answering.push(unit);
        }
    }
    let ways: Vec<String> = readings(&plain).iter().map(|way| folded_words(way)).collect();
    let whole =
        |unit: &&&UnitPath| ways.contains(&folded_words(unit.shown())) || ways.contains(&folded_words(unit.name()));
    let highest = |unit: &&&UnitPath| !answering.iter().any(|above| !above.same(unit) && unit.within(above));
    let exact: Vec<&&UnitPath> = answering.iter().filter(whole).collect();
    let found = if exact.is_empty() { answering.iter().filter(highest).collect() } else { exact };
    match found.as_slice() {
        [one] => Ok(one.shown().to_owned()),
        [] => Err(no_results(store, &format!("no report speaks of a unit {typed:?}; `baocao list` prints the units"))?),
        several => {
            let names = several.iter().take(NAMED).map(|unit| unit.shown()).collect::<Vec<_>>().join("; ");
            let more = if several.len() > NAMED { "; …" } else { "" };
            Err(Failure::usage(format!("{typed:?} can be {} units: {names}{more}; give more of it", several.len())))
        }
    }
}

/// Replaces `Đ` by `D` in words of capitals and digits (`QĐ9`). Under smart tone, a `Đ` matches only itself, as typed
/// with its mark; in an abbreviation it is just the usual spelling.
fn plain_abbreviations(typed: &str) -> String {
    let is_short = |word: &str| word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let plain = |word: &str| if is_short(word) { word.replace('Đ', "D") } else { word.to_owned() };
    typed.split_whitespace().map(plain).collect::<Vec<_>>().join(" ")
}
