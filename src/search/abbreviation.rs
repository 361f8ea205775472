//! Abbreviations of units and posts, from the glossary table (docs/domain.md §4). In a query (`cnqp`, `qk7`, `tcct`,
//! `ubkt`) an abbreviation may have several meanings; each of them is searched for. In posts and units as
//! written (`Chủ nhiệm TCCT`) only an abbreviation with one meaning is spelled out.

use crate::extract::spelled_out;
use crate::text::words::{Word, folded_words, words};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What an abbreviation stands for: its words, folded.
type Expansion = Vec<String>;

/// The meanings of a folded abbreviation of two letters or more.
pub fn expansions(folded: &str) -> &'static [Expansion] {
    if folded.chars().nth(1).is_some() { expansions_of_sign(folded) } else { &[] }
}

/// The meanings of a folded abbreviation, including single letters, which mean a unit only before a number (`f308`).
fn expansions_of_sign(folded: &str) -> &'static [Expansion] {
    glossary().get(folded).map_or(&[], Vec::as_slice)
}

/// A post or unit with its abbreviations spelled out (`Chủ nhiệm Tổng cục Chính trị`); `None` if it has none in
/// capitals with exactly one meaning.
pub fn written_out(text: &str) -> Option<String> {
    let all: Vec<Word<'_>> = words(text).collect();
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(first) = all.get(at) {
        let Some(found) = abbreviation_at(&all, at) else {
            at += 1;
            continue;
        };
        out.push_str(text.get(copied..first.start)?);
        out.push_str(&found.meaning);
        copied = found.end;
        at += found.words;
    }
    (copied > 0).then(|| out + text.get(copied..).unwrap_or_default())
}

/// An abbreviation in a text.
struct Abbreviation {
    /// The number of words it consists of.
    words: usize,
    /// One past its last byte.
    end: usize,
    meaning: String,
}

/// The abbreviation that begins at that word, of two words (`TP.HCM`, `QK 7`) rather than of one.
fn abbreviation_at(all: &[Word<'_>], at: usize) -> Option<Abbreviation> {
    // Nearly every word is none, and this tells it without making a string.
    if all.get(at)?.text.contains(char::is_lowercase) {
        return None;
    }
    (1..=2).rev().find_map(|count| {
        let words = all.get(at..at + count)?;
        let (first, last) = (words.first()?, words.last()?);
        let is_near = count == 1 || last.start <= first.end() + ". ".len();
        let letters: String = words.iter().map(|word| word.text).collect();
        let meaning = if is_near { spelled_out(&letters) } else { None }?;
        Some(Abbreviation { words: count, end: last.end(), meaning })
    })
}

/// The meanings by folded abbreviation.
fn glossary() -> &'static HashMap<String, Vec<Expansion>> {
    static GLOSSARY: OnceLock<HashMap<String, Vec<Expansion>>> = OnceLock::new();
    GLOSSARY.get_or_init(|| {
        let mut out: HashMap<String, Vec<Expansion>> = HashMap::new();
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

/// The meanings of a query word, also if a number follows the abbreviation directly (`qk7`, `sd5`).
pub fn meanings(folded: &str) -> Vec<Expansion> {
    let letters = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = folded.get(letters.len()..).unwrap_or_default();
    let mut out = expansions(folded).to_vec();
    if !number.is_empty() && !letters.is_empty() {
        let numbered = expansions_of_sign(letters).iter().cloned();
        out.extend(numbered.map(|meaning| meaning.into_iter().chain([number.to_owned()]).collect::<Expansion>()));
    }
    out
}

/// The most readings of one query. Each abbreviation multiplies their number, so a limit is needed.
const MAX_READINGS: usize = 32;

/// The query as typed, then with its abbreviations spelled out, in every combination of meanings.
pub fn readings(query: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for typed in query.split_whitespace() {
        let meanings = meanings(&folded_words(typed)).into_iter().map(|words| words.join(" "));
        let ways: Vec<String> = std::iter::once(typed.to_owned()).chain(meanings).collect();
        out =
            out.iter().flat_map(|before| ways.iter().map(move |way| joined(before, way))).take(MAX_READINGS).collect();
    }
    out
}

fn joined(before: &str, word: &str) -> String {
    if before.is_empty() { word.to_owned() } else { format!("{before} {word}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_with_one_meaning_are_spelled_out() {
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
    fn the_first_reading_is_the_query_as_typed() {
        let all = readings("tu lenh qk7");
        assert_eq!(all[0], "tu lenh qk7");
        assert!(all.contains(&"tu lenh quan khu 7".to_owned()), "{all:?}");
        assert!(readings("tl tl tl tl tl tl tl tl tl tl").len() <= MAX_READINGS);
    }

    #[test]
    fn abbreviations_with_and_without_a_number() {
        let joined = |typed: &str| meanings(typed).iter().map(|w| w.join(" ")).collect::<Vec<_>>();
        assert!(joined("cnqp").contains(&"cong nghiep quoc phong".to_owned()));
        assert!(joined("qk7").contains(&"quan khu 7".to_owned()));
        assert!(joined("xyzzy").is_empty());
    }
}
