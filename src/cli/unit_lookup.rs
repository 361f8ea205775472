//! What somebody means by the words of a query: which unit of the cache; and what is said where nothing answers.

use super::exit_status::Failure;
use crate::officials::unit::UnitPath;
use crate::search::abbreviation::readings;
use crate::search::matching::QueryPhrase;
use crate::search::required_words::has_all;
use crate::store::Store;
use crate::text::safe::Safe;
use crate::text::words::folded_words;

/// No more units than this are named where several are meant.
const NAMED: usize = 5;

/// The unit that is meant, as reports have it: by its name or abbreviation, with or without tones, as `unit:` in a
/// filter understands it.
pub fn unit(store: &Store, typed: &str) -> Result<String, Failure> {
    let known: Vec<UnitPath> = store.register()?.units()?.iter().filter_map(|words| UnitPath::of(words)).collect();
    if let Some(wanted) = UnitPath::of(typed) {
        if let Some(same) = known.iter().find(|unit| **unit == wanted) {
            return Ok(same.shown().to_owned());
        }
        // A name that several units above share (`Cục Chính trị`) means all of them.
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
        [] => Err(nothing(store, &format!("no report speaks of a unit {typed:?}; `baocao list` prints the units"))?),
        several => {
            let names = several.iter().take(NAMED).map(|unit| unit.shown()).collect::<Vec<_>>().join("; ");
            let more = if several.len() > NAMED { "; …" } else { "" };
            Err(Failure::usage(format!("{typed:?} can be {} units: {names}{more}; give more of it", several.len())))
        }
    }
}

/// An abbreviation typed with its `Đ` is no word typed with its marks: `QĐ9`.
fn plain_abbreviations(typed: &str) -> String {
    let is_short = |word: &str| word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let plain = |word: &str| if is_short(word) { word.replace('Đ', "D") } else { word.to_owned() };
    typed.split_whitespace().map(plain).collect::<Vec<_>>().join(" ")
}

/// What is said where nothing answers: `otherwise`, or that there is nothing in the cache yet.
pub fn nothing(store: &Store, otherwise: &str) -> Result<Failure, Failure> {
    if store.cache().counts()?.reports > 0 {
        return Ok(Failure::some(otherwise));
    }
    let place = store.folder().map(|folder| format!(" {}", Safe::path(folder))).unwrap_or_default();
    Ok(Failure::some(format!("the cache{place} is empty; `baocao import FOLDER` brings reports into it")))
}
