//! Whether two folded words differ by one typo.

/// Whether one inserted, missing or wrong letter, or two exchanged neighbours, turn `typed` into `known`; if `prefix`,
/// into the beginning of `known`. Equal words count too. Words under three letters have no room for a typo.
///
/// Compares bytes: folded words are ASCII but for letters of other languages.
pub fn one_typo(typed: &str, known: &str, prefix: bool) -> bool {
    let (typed, known) = (typed.as_bytes(), known.as_bytes());
    if typed.len() < 3 || known.len() + 1 < typed.len() || (!prefix && known.len() > typed.len() + 1) {
        return false;
    }
    // With at most one typo, everything after the first difference must be equal once the typo is skipped.
    let same = typed.iter().zip(known).take_while(|(letter, other)| letter == other).count();
    let rest_matches = |typed_from: usize, known_from: usize| {
        let rest = typed.get(typed_from..).unwrap_or_default();
        let known_rest = known.get(known_from..).unwrap_or_default();
        if prefix { known_rest.starts_with(rest) } else { known_rest == rest }
    };
    let exchanged = match (typed.get(same..same + 2), known.get(same..same + 2)) {
        (Some([first, second]), Some(other)) => other == [*second, *first],
        _ => false,
    };
    let wrong = rest_matches(same + 1, same + 1);
    let inserted = rest_matches(same + 1, same);
    let missing = rest_matches(same, same + 1);
    wrong || inserted || missing || (exchanged && rest_matches(same + 2, same + 2))
}
