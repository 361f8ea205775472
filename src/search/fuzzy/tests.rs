//! The cheap tests before the scorer, against their plain meaning. What people find is tested over a register
//! (tests/it/finding.rs).

use super::score::{fuzzy, in_order, mask, one_typo};
use super::*;
use proptest::prelude::*;

/// Letters to change, add, leave out or exchange to make one word of another.
fn distance(one: &[u8], other: &[u8]) -> usize {
    match (one, other) {
        ([], rest) | (rest, []) => rest.len(),
        ([first, tail @ ..], [letter, rest @ ..]) if first == letter => distance(tail, rest),
        ([_, tail @ ..], [_, rest @ ..]) => {
            let exchanged = one.len() > 1 && other.len() > 1 && one[0] == other[1] && one[1] == other[0];
            let exchanged = if exchanged { distance(&one[2..], &other[2..]) } else { usize::MAX - 1 };
            1 + distance(tail, rest).min(distance(one, rest)).min(distance(tail, other)).min(exchanged)
        }
    }
}

proptest! {
    #[test]
    fn one_typo_is_a_distance_of_one(typed in "[abc]{3,5}", known in "[abc]{0,6}") {
        let near = distance(typed.as_bytes(), known.as_bytes()) <= 1;
        prop_assert_eq!(one_typo(&typed, &known, false), near, "{} {}", typed, known);
    }

    #[test]
    fn a_typo_in_the_beginning_of_a_word(typed in "[abc]{3,5}", known in "[abc]{0,7}") {
        let near = (0..=known.len()).any(|end| distance(typed.as_bytes(), &known.as_bytes()[..end]) <= 1);
        prop_assert_eq!(one_typo(&typed, &known, true), near, "{} {}", typed, known);
    }

    #[test]
    fn the_scorer_sees_only_what_can_match(name in "[a-d ]{0,12}", typed in "[a-d]{1,4}") {
        let matched = fuzzy(&name, &typed);
        prop_assert_eq!(matched.is_some(), in_order(&name, &typed));
        prop_assert!(matched.is_none() || mask(&typed) & !mask(&name) == 0);
    }

    #[test]
    fn any_query_over_any_names(typed in "[a-zđưỡễ0-9 ]{0,16}", names in prop::collection::vec("[A-Za-zĐđưỡễ’ ]{0,16}", 0..6)) {
        let people: Vec<Candidate> = names.into_iter().map(|name| Candidate { name, ..Candidate::default() }).collect();
        let all = find(&typed, &people);
        let few = Finder::new(&people).find(&typed, 2);
        prop_assert_eq!(few.total, all.len());
        prop_assert_eq!(&few.hits[..], &all[..all.len().min(2)]);
        for hit in &all {
            let name = &people[hit.index].name;
            prop_assert!(hit.spans.iter().all(|span| name.get(span.start..span.end).is_some()), "{:?} in {:?}", hit.spans, name);
        }
    }
}

#[test]
fn an_empty_query_gives_everybody_the_most_often_named_first() {
    let people: Vec<Candidate> =
        [3, 9, 5].map(|reports| Candidate { name: "Lê An".to_owned(), reports, ..Candidate::default() }).into();
    assert_eq!(find(" ", &people).iter().map(|hit| hit.index).collect::<Vec<_>>(), [1, 2, 0]);
    assert!(find("an", &[]).is_empty());
}

#[test]
fn a_whole_word_with_a_typo_comes_before_the_beginning_of_one() {
    let person = |name: &str, reports| Candidate { name: name.to_owned(), reports, ..Candidate::default() };
    let people = [person("Lê Văn Thinh", 9), person("Lê Văn Thãi", 1)];
    assert_eq!(find("le van thia", &people).iter().map(|hit| hit.index).collect::<Vec<_>>(), [1, 0]);
}
