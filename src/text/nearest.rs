//! "Did you mean": the known word that is nearest to an unknown one, by the number of chars that were left out, added,
//! mistaken, or typed in the wrong order.

/// Returns the known word with the smallest edit distance; `None` if all are too far away. One edit is allowed, plus
/// one for every four chars typed. Ties go to a word with the same first letter (which is rarely mistyped), then to the
/// first in sorted order.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let allowed = 1 + word.chars().count() / 4;
    let first = word.chars().next();
    let nearness = |k: &&'a str| (strsim::osa_distance(word, k), k.chars().next() != first, *k);
    known.iter().map(nearness).filter(|near| near.0 <= allowed).min().map(|near| near.2)
}

/// All known words for a message, each between backticks, so that none is taken for a word of the message and
/// translated.
pub fn in_code(known: &[&str]) -> String {
    let quoted: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("lsit", &["list", "show"]), Some("list"));
        assert_eq!(nearest("stra", &["sort", "star"]), Some("star"), "two in the wrong order are one mistake");
        assert_eq!(nearest("vn", &["auto", "en", "vi"]), Some("vi"), "the first letter is rarely wrong");
        assert_eq!(nearest("offcials", &["official", "officials"]), Some("officials"));
        assert_eq!(nearest("xyz", &["list", "show"]), None);
    }
}
