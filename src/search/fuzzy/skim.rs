//! The scorer behind one function, and the two cheap tests before it: the letters that occur, and their order.
//! fuzzy-matcher knows no Vietnamese, so it sees folded text only, and those only whose letters answer but no words.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::sync::OnceLock;

/// fuzzy-matcher's score of `typed` in `name`, both folded, and the places (in characters) that answered; nothing where
/// the letters do not occur in order.
pub(super) fn fuzzy(name: &str, typed: &str) -> Option<(i64, Vec<usize>)> {
    static MATCHER: OnceLock<SkimMatcherV2> = OnceLock::new();
    if !in_order(name, typed) {
        return None;
    }
    MATCHER.get_or_init(|| SkimMatcherV2::default().ignore_case()).fuzzy_indices(name, typed)
}

/// The letters and digits of a folded text, a bit each.
pub(super) fn mask(folded: &str) -> u32 {
    folded.bytes().fold(0, |mask, b| match b {
        b'a'..=b'z' => mask | 1 << (b - b'a'),
        b'0'..=b'9' => mask | 1 << 26,
        b' ' => mask,
        _ => mask | 1 << 27,
    })
}

/// Whether the letters of `typed` occur in `name` in order, spaces left out.
pub(super) fn in_order(name: &str, typed: &str) -> bool {
    let mut rest = name.chars();
    typed.chars().filter(|c| *c != ' ').all(|c| rest.any(|n| n == c))
}

/// Whether one letter more, less, other, or two exchanged make `known` of `typed`; of its beginning where `open`.
/// Words under three letters have no room for a typo.
pub(super) fn one_typo(typed: &str, known: &str, open: bool) -> bool {
    let (typed, known) = (typed.as_bytes(), known.as_bytes());
    if typed.len() < 3 || known.len() + 1 < typed.len() || (!open && known.len() > typed.len() + 1) {
        return false;
    }
    let same = typed.iter().zip(known).take_while(|(letter, other)| letter == other).count();
    let fits = |from: usize, to: usize| {
        let (typed, known) = (typed.get(from..).unwrap_or_default(), known.get(to..).unwrap_or_default());
        if open { known.starts_with(typed) } else { known == typed }
    };
    let exchanged = match (typed.get(same..same + 2), known.get(same..same + 2)) {
        (Some([first, second]), Some(other)) => other == [*second, *first],
        _ => false,
    };
    fits(same + 1, same + 1) || fits(same + 1, same) || fits(same, same + 1) || (exchanged && fits(same + 2, same + 2))
}
