//! Abbreviations of units and posts in what is typed (`cnqp`, `qk7`, `tcct`, `ubkt`), through the glossary table
//! (domain.md §4). Gives the words that an abbreviation stands for, folded; which of them are meant is the text's to say.

use crate::text::words::folded_words;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a folded abbreviation can stand for: each expansion as folded words.
pub fn expansions(folded: &str) -> &'static [Vec<String>] {
    glossary().get(folded).map_or(&[], Vec::as_slice)
}

/// The glossary by folded abbreviation.
fn glossary() -> &'static HashMap<String, Vec<Vec<String>>> {
    static GLOSSARY: OnceLock<HashMap<String, Vec<Vec<String>>>> = OnceLock::new();
    GLOSSARY.get_or_init(|| {
        let mut out: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for line in include_str!("../extract/tables/glossary.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(short), Some(long)) = (cells.next(), cells.next()) else { continue };
            let key: String = folded_words(short).split(' ').collect();
            for expansion in long.split('|') {
                let words: Vec<String> = folded_words(expansion).split(' ').map(str::to_owned).collect();
                if key.chars().count() > 1 && words.len() > 1 {
                    out.entry(key.clone()).or_default().push(words);
                }
            }
        }
        out
    })
}

/// A typed word as an abbreviation: its expansions, also where a number follows it directly (`qk7`, `sd5`).
pub fn meanings(folded: &str) -> Vec<Vec<String>> {
    let letters = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = folded.get(letters.len()..).unwrap_or_default();
    let mut out = expansions(folded).to_vec();
    if !number.is_empty() && !letters.is_empty() {
        for words in expansions(letters) {
            let mut words = words.clone();
            words.push(number.to_owned());
            out.push(words);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_with_and_without_a_number() {
        let said = |typed: &str| meanings(typed).iter().map(|w| w.join(" ")).collect::<Vec<_>>();
        assert!(said("cnqp").contains(&"cong nghiep quoc phong".to_owned()));
        assert!(said("qk7").contains(&"quan khu 7".to_owned()));
        assert!(said("xyzzy").is_empty());
    }
}
