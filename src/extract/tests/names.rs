//! Whose name it is: sentences of our own by kind (`names.tsv`), with the people that are wanted. A row's `wanted` is
//! `-` for nobody, else names with `|` between them; behind a name `=` gives its posts (`; ` between them), `#` the
//! number of its mentions. What a row does not give is not compared.

use super::read;
use std::collections::{BTreeMap, BTreeSet};

/// A sentence and the people wanted.
struct Row {
    kind: &'static str,
    text: String,
    wanted: BTreeMap<&'static str, Wanted>,
}

/// What is wanted of one person.
#[derive(Default)]
struct Wanted {
    posts: Option<&'static str>,
    mentions: Option<usize>,
}

fn rows() -> Vec<Row> {
    include_str!("names.tsv").lines().skip(1).map(row).collect()
}

fn row(line: &'static str) -> Row {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap();
    let (kind, text, wanted) = (cell(), cell(), cell());
    let people = wanted.split('|').filter(|person| *person != "-").map(|person| {
        let (person, posts) = person.split_once('=').map_or((person, None), |(name, posts)| (name, Some(posts)));
        let (name, count) = person.split_once('#').map_or((person, None), |(name, count)| (name, Some(count)));
        (name, Wanted { posts, mentions: count.map(|count| count.parse().unwrap()) })
    });
    Row { kind, text: text.replace("\\n", "\n"), wanted: people.collect() }
}

/// The people of a text that differ from those wanted, each in one line.
fn differences(row: &Row) -> Vec<String> {
    let people = read(&row.text).people;
    let names: BTreeSet<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let mut out = Vec::new();
    if !names.iter().eq(row.wanted.keys()) {
        out.push(format!("{}: found {names:?}", row.text));
    }
    for person in &people {
        let Some(wanted) = row.wanted.get(person.name.as_str()) else { continue };
        let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
        let posts = posts.join("; ");
        if wanted.posts.is_some_and(|wanted| wanted != posts) {
            out.push(format!("{}: {} is “{posts}”", row.text, person.name));
        }
        if wanted.mentions.is_some_and(|wanted| wanted != person.mentions.len()) {
            out.push(format!("{}: {} mentions of {}", row.text, person.mentions.len(), person.name));
        }
    }
    out
}

/// Checks all rows of a kind; fails where there is none.
fn check(kind: &str) {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.kind == kind).collect();
    assert!(rows.len() >= 3, "{kind}: {} rows", rows.len());
    let found: Vec<String> = rows.iter().flat_map(differences).collect();
    assert!(found.is_empty(), "{kind}:\n{}", found.join("\n"));
}

/// One test for each kind, and one that no kind of the table is without a test.
macro_rules! kinds {
    ($($test:ident: $kind:literal,)*) => {
        $(
            #[test]
            fn $test() {
                check($kind);
            }
        )*

        #[test]
        fn every_kind_of_the_table_is_tested() {
            let tested: BTreeSet<&str> = [$($kind),*].into();
            let kinds: BTreeSet<&str> = rows().iter().map(|row| row.kind).collect();
            assert_eq!(tested, kinds);
        }
    };
}

kinds! {
    a_name_behind_a_level_word_is_whole: "behead",
    a_place_behind_a_level_word_is_no_part_of_the_name: "place",
    an_organisation_is_no_person: "org",
    a_person_whose_surname_is_a_word_of_organisations: "guardorg",
    a_deputy_is_no_surname: "deputyhead",
    a_foreigner_behind_organisation_and_country: "foreignorg",
    a_firm_is_not_cut_at_a_surname: "company",
    a_street_a_lake_and_an_age_are_no_person: "street",
    a_ship_is_no_admiral: "ship",
    a_word_that_ends_like_a_thing_hides_nobody: "guardthing",
    the_family_of_somebody_named: "family",
    a_person_behind_an_organisation_or_an_occupation: "behind",
    a_foreign_leader_whose_name_looks_vietnamese: "leader",
    a_post_of_a_country_is_no_name: "guardleader",
    a_firm_s_name_is_no_person: "firm",
    a_given_name_that_is_a_word_counts_behind_the_full_name: "given",
    a_given_name_that_is_a_country_s: "nga",
    a_given_name_alone_is_somebody_behind_an_address: "lone",
    a_given_name_alone_acts: "bare",
    chinese_people_are_called_by_their_surname: "chinese",
    a_name_in_capitals_first_is_shown_as_it_is_spelled_later: "capital",
    a_run_behind_an_organisation_is_its_own_name: "own",
    a_holder_behind_such_a_head_is_found: "guardown",
    a_newspaper_or_a_group_behind_an_occupation_is_no_person: "member",
    a_person_behind_such_an_occupation_is_found: "guardmember",
    a_form_of_address_inside_the_name_of_a_street_is_none: "honoured",
}
