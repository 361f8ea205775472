//! Abbreviations of units and posts, through the glossary table (docs/domain.md §4): in what is typed (`cnqp`, `qk7`,
//! `tcct`, `ubkt`) the words that one stands for, folded, of which the text says which are meant; and posts and units
//! as they are written (`Chủ nhiệm TCCT`) with theirs spelled out, where they have one meaning.

use crate::extract::spelled_out;
use crate::text::words::{Word, folded_words, words};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a folded abbreviation can stand for: each expansion as folded words.
pub fn expansions(folded: &str) -> &'static [Vec<String>] {
    if folded.chars().nth(1).is_some() { of_letters(folded) } else { &[] }
}

/// The same, signs of a single letter too, which are signs only before a number (`f308`).
fn of_letters(folded: &str) -> &'static [Vec<String>] {
    glossary().get(folded).map_or(&[], Vec::as_slice)
}

/// A post or unit with its abbreviations spelled out (`Chủ nhiệm Tổng cục Chính trị`); nothing where it has none in
/// capitals that stands for one thing alone.
pub fn written_out(text: &str) -> Option<String> {
    let all: Vec<Word<'_>> = words(text).collect();
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(first) = all.get(at) {
        // `TP.HCM` and `QK 7` are two words and one abbreviation.
        let longest = (1..=2).rev().find_map(|count| {
            let part = all.get(at..at + count)?;
            let last = part.last()?;
            let near = count == 1 || last.start <= first.end() + ". ".len();
            let letters: String = part.iter().map(|word| word.text).collect();
            near.then(|| spelled_out(&letters)).flatten().map(|long| (count, last.end(), long))
        });
        at += match longest {
            Some((count, end, long)) => {
                out.push_str(text.get(copied..first.start)?);
                out.push_str(&long);
                copied = end;
                count
            }
            None => 1,
        };
    }
    (copied > 0).then(|| out + text.get(copied..).unwrap_or_default())
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
                if words.len() > 1 {
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
        for words in of_letters(letters) {
            let mut words = words.clone();
            words.push(number.to_owned());
            out.push(words);
        }
    }
    out
}

/// No more readings of a query than this are tried.
const READINGS: usize = 32;

/// A query as typed, then with its abbreviations written out, in every way they can be read.
pub fn readings(query: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for typed in query.split_whitespace() {
        let long = meanings(&folded_words(typed));
        let ways = std::iter::once(typed.to_owned()).chain(long.iter().map(|words| words.join(" ")));
        let ways: Vec<String> = ways.collect();
        let joined = |before: &String| {
            let before = before.clone();
            let space = if before.is_empty() { "" } else { " " };
            ways.iter().map(move |way| format!("{before}{space}{way}")).collect::<Vec<_>>()
        };
        out = out.iter().flat_map(joined).take(READINGS).collect();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_written_out_where_an_abbreviation_has_one_meaning() {
        for (written, expect) in [
            ("Chủ nhiệm TCCT", Some("Chủ nhiệm Tổng cục Chính trị")),
            ("Chủ tịch UBND TP.HCM", Some("Chủ tịch Ủy ban nhân dân Thành phố Hồ Chí Minh")),
            ("Giám đốc Công an TP. HCM, TCCT", Some("Giám đốc Công an Thành phố Hồ Chí Minh, Tổng cục Chính trị")),
            ("Tư lệnh QK7", Some("Tư lệnh Quân khu 7")),
            ("Tư lệnh QK 7", Some("Tư lệnh Quân khu 7")),
            ("Tư lệnh Quân khu 7", None),
            ("Ủy viên BCH", None),
            ("bt", None),
            ("", None),
        ] {
            assert_eq!(written_out(written).as_deref(), expect, "{written}");
        }
    }

    #[test]
    fn a_query_is_read_as_typed_first() {
        let all = readings("tu lenh qk7");
        assert_eq!(all[0], "tu lenh qk7");
        assert!(all.contains(&"tu lenh quan khu 7".to_owned()), "{all:?}");
        assert!(readings("tl tl tl tl tl tl tl tl tl tl").len() <= READINGS);
    }

    #[test]
    fn abbreviations_with_and_without_a_number() {
        let said = |typed: &str| meanings(typed).iter().map(|w| w.join(" ")).collect::<Vec<_>>();
        assert!(said("cnqp").contains(&"cong nghiep quoc phong".to_owned()));
        assert!(said("qk7").contains(&"quan khu 7".to_owned()));
        assert!(said("xyzzy").is_empty());
    }
}
