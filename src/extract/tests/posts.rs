//! Whose post it is and how far it goes: sentences of our own by kind (`posts.tsv`), with all people that are wanted,
//! one a cell: `rank | name | post; post`, `-` for no rank. A row without people wants nobody.

use super::people;
use std::collections::BTreeSet;

/// A kind, a sentence and the people wanted.
struct Row {
    kind: &'static str,
    text: &'static str,
    wanted: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Row { kind: cells.next().unwrap(), text: cells.next().unwrap(), wanted: cells.collect() }
    };
    include_str!("posts.tsv").lines().skip(1).map(row).collect()
}

/// Checks all rows of a kind; fails where there are fewer than three.
fn check(kind: &str) {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.kind == kind).collect();
    assert!(rows.len() >= 3, "{kind}: {} rows", rows.len());
    let differs = |row: &Row| {
        let found = people(row.text);
        (found != row.wanted).then(|| format!("{}\n  wanted {:?}\n  found  {found:?}", row.text, row.wanted))
    };
    let wrong: Vec<String> = rows.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{kind}:\n{}", wrong.join("\n"));
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
    the_level_is_part_of_a_post: "level",
    a_word_of_level_that_begins_something_else_is_not: "guard",
    an_organisation_is_read_to_its_end: "tail",
    a_verb_ends_an_organisation: "guard-tail",
    abbreviations_of_posts_are_posts: "abbreviation",
    heads_of_posts_of_every_kind: "head",
    the_post_of_an_adverbial_is_anothers: "object",
    the_posts_before_a_comma_are_mostly_ones_own: "guard-object",
    the_giver_of_a_rank_or_post_does_not_hold_it: "giver",
    an_unnamed_third_person_has_the_post: "third",
    a_place_that_holds_a_post_word_gives_no_post: "place",
    every_post_of_a_chain_is_kept: "chain",
    a_list_shares_its_rank_or_post: "list",
    ranks_go_up_and_down: "event",
    posts_as_reports_of_administration_and_party_write_them: "report",
    a_post_behind_a_label_is_of_the_person_named_last: "label",
}
