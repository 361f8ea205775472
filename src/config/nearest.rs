//! «Did you mean»: the known word nearest to one that is not known.

/// The known word that takes the fewest changes of a letter, if they are few.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let allowed = 1 + word.chars().count() / 4;
    let first = word.chars().next();
    let nearness = |k: &&'a str| (changes(word, k), k.chars().next() != first, *k);
    known.iter().map(nearness).filter(|near| near.0 <= allowed).min().map(|near| near.2)
}

/// How many letters must be put in, left out or replaced (Levenshtein).
fn changes(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let at = |n: usize| row.get(n).copied().unwrap_or(usize::MAX);
            let replaced = at(j) + usize::from(a != *b);
            let left = next.last().copied().unwrap_or(usize::MAX);
            next.push(replaced.min(at(j + 1).saturating_add(1)).min(left.saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("lsit", &["list", "show"]), Some("list"));
        assert_eq!(nearest("vn", &["auto", "en", "vi"]), Some("vi"), "the first letter is rarely wrong");
        assert_eq!(nearest("offcials", &["official", "officials"]), Some("officials"));
        assert_eq!(nearest("xyz", &["list", "show"]), None);
    }
}
