//! Foreign names and posts, the country of a foreigner, and names that are hard to tell from other words, in sentences
//! of our own by kind (`foreign.tsv`), with all people wanted, one a cell: `name = post; post @ country`, of which
//! posts and country may be missing.

use super::read;
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
    include_str!("foreign.tsv").lines().skip(1).map(row).collect()
}

/// The people of a text as the table writes them.
fn people(text: &str) -> Vec<String> {
    let line = |person: &crate::report::Person| {
        let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
        let posts = if posts.is_empty() { String::new() } else { format!(" = {}", posts.join("; ")) };
        let country = person.country.as_ref().map(|country| format!(" @ {country}")).unwrap_or_default();
        format!("{}{posts}{country}", person.name)
    };
    read(text).people.iter().map(line).collect()
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
    a_country_in_any_spelling_ends_before_the_name: "spelling",
    a_foreigner_is_of_the_country_of_the_post: "country",
    particles_are_part_of_a_foreign_name: "particle",
    a_number_is_part_of_the_name_of_a_king: "king",
    a_consul_has_a_country_and_a_seat: "seat",
    a_firm_with_its_country_is_no_foreigner: "firm",
    words_glued_by_a_site_are_cut: "glued",
    a_given_name_that_is_a_word_behind_a_rank: "given",
    a_rare_surname_in_a_list_of_people: "rare",
    an_office_in_the_sentence_gives_its_country: "sentence",
    an_administration_is_no_acting_official: "power",
    an_adviser_does_not_hold_the_post_he_advises: "adviser",
    the_region_of_a_command_is_no_person: "region",
    an_armed_group_or_a_sect_is_no_person: "group",
    ships_named_in_a_row_are_no_people: "ships",
    a_vietnamese_official_is_of_no_foreign_country: "home",
}
