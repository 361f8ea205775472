//! Tests that nothing is said in English that is wrong for one: `1 reports`. A phrase that counts has two forms
//! (`CountPhrase`), a message a hole for the plural s, or it names the number behind a colon. Vietnamese has no plural.

use super::{messages, phrases};

/// What is counted in messages, in the plural.
const COUNTED: &[&str] = &[
    "addresses",
    "archives",
    "changes",
    "characters",
    "days",
    "decisions",
    "entries",
    "faults",
    "files",
    "filters",
    "folders",
    "hits",
    "hosts",
    "identities",
    "items",
    "letters",
    "lines",
    "lists",
    "marks",
    "messages",
    "names",
    "notes",
    "officials",
    "pages",
    "people",
    "pictures",
    "pieces",
    "ranks",
    "reports",
    "rows",
    "rules",
    "seconds",
    "sentences",
    "sources",
    "steps",
    "tags",
    "texts",
    "times",
    "values",
    "words",
];

/// What is filled in is no number, or never 1: a limit of the program, several of a kind.
const NEVER_ONE: &[&str] = &[
    "{} reports",
    "{} files cannot be read: install {}",
    "{} files are read by {}",
    "No place is marked yet: {} marks one.",
    "The query is too long: at most {} words and {} characters.",
    "The line takes {} characters; the rest was left out.",
    "did not end within {} seconds",
    "{typed:?} can be {} officials: {names}; give the id",
    "{typed:?} can be {} units: {names}{more}; give more of it",
    "it has more than {limit} lines; split it, or give the part you want",
    // Of any number of words, and where copying tore the tables apart.
    ", as found out: {} % of {} marked words are Vietnamese",
    "it has {texts} texts and {listed} rows of reports, and counted {counted}; it is a copy made while reports were \
     being saved",
    "the cache could not be {doing}: another program has held it locked for {seconds} seconds; let it finish, or end \
     it, and try again",
];

/// The first plural that stands in a phrase right behind a number without being the number's to decide: `{} reports`.
fn fixed_plural(phrase: &str) -> Option<String> {
    let parts: Vec<&str> = phrase.split('}').collect();
    // What stands between quotation marks (`{:?}`) is no number.
    parts.windows(2).filter(|two| !two[0].ends_with(":?")).map(|two| two[1]).find_map(|behind| {
        // Behind a hole that is a plural s, the word before has it.
        let words = behind.strip_prefix(' ')?.split('{').next()?.split([',', ';', ':', '(', '·']).next()?;
        let mut near = words.split_whitespace().take(3).peekable();
        // `{reports} of the reports`, `{done} in all lists`: what follows is another group.
        near.next_if(|word| ["of", "in", "is", "are", "has", "and", "to", "for"].contains(word))
            .is_none()
            .then_some(())?;
        let plural = near.take_while(|word| !["of", "in", "are", "is", "to", "and"].contains(word));
        plural.map(str::to_owned).find(|word| COUNTED.contains(&word.as_str()))
    })
}

#[test]
fn what_is_said_with_a_number_can_be_read_with_nought_one_and_two() {
    let phrases = phrases::tests::all().map(|phrase| phrase.en);
    let all: Vec<&str> = messages::rows().map(|row| row.en).chain(phrases).collect();
    for said in &all {
        let is_limit = said.contains("{MAX_") || NEVER_ONE.contains(said);
        assert!(is_limit || fixed_plural(said).is_none(), "{:?} with 1: {said}", fixed_plural(said));
    }
    for known in NEVER_ONE {
        assert!(all.contains(known), "nothing says that any more: {known}");
    }
    // The rule sees what it is for.
    for wrong in ["{same} reports as before", "and {} more faults", "all {} reports are back", "{a}{b} marked words"] {
        assert!(fixed_plural(wrong).is_some(), "{wrong}");
    }
    assert_eq!(fixed_plural("{} report{plural} imported, {known} known already, from {files} file{of_files}"), None);
}
