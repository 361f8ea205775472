//! What people do at an event: sentences of our own by kind (`roles.tsv`), with the people and their roles, one a cell:
//! `name: role, role`. A row names everybody of its sentence.

use super::kind_table::{check, people_differ};
use super::read;

/// The kinds of the table, each with the rule that its sentences show.
const KINDS: &[(&str, &str)] = &[
    ("word", "a verb that is part of a longer word is no role"),
    ("noun", "a verb that is a noun is no role"),
    ("guard-noun", "to have a visit or a speech is to visit or speak"),
    ("not-done", "what has not happened is no role"),
    ("guard-not-done", "what only begins like a denial is one"),
    ("passive", "what is done to a person is no role"),
    ("object", "a verb joined to the clause is not that of its object"),
    ("guard-object", "a verb right behind an object is its own"),
    ("circumstance", "a person of an opening adverbial does not do what the subject does"),
    ("owner", "a verb behind the owner of the subject is not the owners"),
    ("guard-owner", "a word of ownership inside a post is no owner of the person"),
    ("asked", "what is asked of a person has not been done"),
    ("clause", "the verbs of a clause that somebody opens are those of others"),
    ("guard-clause", "what one says goes on with the speaker"),
    ("told", "what somebody tells of others is not theirs"),
    ("guard-told", "what somebody tells of themselves is"),
    ("opening", "the verb that opens a sentence is that of the person behind the comma"),
    ("given", "who is given something receives it, not the one whose family is"),
];

#[test]
fn everybody_has_the_roles_that_the_sentence_says() {
    check(include_str!("roles.tsv"), KINDS, |row| {
        let line = |person: &crate::report::Person| {
            let roles: Vec<&str> = person.roles.iter().map(|role| role.verb).collect();
            format!("{}: {}", person.name, roles.join(", ")).trim_end_matches([':', ' ']).to_owned()
        };
        people_differ(row, &read(&row.text).people.iter().map(line).collect::<Vec<_>>())
    });
}
