//! Foreign names and posts, the country of a foreigner, and names that are hard to tell from other words, in sentences
//! of our own by kind (`foreign.tsv`), with all people wanted, one a cell: `name = post; post @ country`, of which
//! posts and country may be missing.

use super::kind_table::{check, people_differ};
use super::read;

/// The kinds of the table, each with the rule that its sentences show.
const KINDS: &[(&str, &str)] = &[
    ("spelling", "a country in any spelling ends before the name"),
    ("country", "a foreigner is of the country of the post"),
    ("particle", "particles are part of a foreign name"),
    ("king", "a number is part of the name of a king"),
    ("seat", "a consul has a country and a seat"),
    ("firm", "a firm with its country is no foreigner"),
    ("glued", "words glued by a site are cut"),
    ("given", "a given name that is a word behind a rank"),
    ("rare", "a rare surname in a list of people"),
    ("sentence", "an office in the sentence gives its country"),
    ("nearby", "without a country in the sentence that of the offices and forces around it counts"),
    ("power", "an administration is no acting official"),
    ("adviser", "an adviser does not hold the post he advises"),
    ("region", "the region of a command is no person"),
    ("group", "an armed group or a sect is no person"),
    ("ships", "ships named in a row are no people"),
    ("home", "a vietnamese official is of no foreign country"),
];

/// The people of a text as the table writes them.
fn people(text: &str) -> Vec<String> {
    let line = |person: &crate::report::Person| {
        let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
        let posts = if posts.is_empty() { String::new() } else { format!(" = {}", posts.join("; ")) };
        let country = person.country_shown().map(|country| format!(" @ {country}")).unwrap_or_default();
        format!("{}{posts}{country}", person.name)
    };
    read(text).people.iter().map(line).collect()
}

#[test]
fn sentences_have_the_foreigners_wanted() {
    check(include_str!("foreign.tsv"), KINDS, |row| people_differ(row, &people(&row.text)));
}
