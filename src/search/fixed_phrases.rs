//! Query words that together name a rank, a post, a unit or a place must be found next to each other, in whichever
//! order the other words are: `bo truong` does not match `Thứ trưởng Bộ Quốc phòng`, nor `ha giang` a Hạ sĩ from Lạng
//! Giang, nor `trung doan 32` a man called Trung in Sư đoàn 32. The names are those of the tables.
//!
//! Two names may overlap in a query. Then each is one way to group its words, and a match in any grouping counts:
//!
//! ```text
//! query       to truong ban
//! grouping    [to truong] ban          tổ trưởng
//! grouping    to [truong ban]          trưởng ban
//! ```

use crate::extract::lexicon::{LexiconTable, TABLES, TableClass};
use crate::search::matching::{PreparedWord, QueryWord};
use crate::text::words::words;
use std::sync::OnceLock;

/// The groups of one grouping, in order; each as its first query word and one past its last.
pub type PhraseGroups = Vec<(usize, usize)>;

/// Each overlap can double the number of groupings, so further ones are left out.
const MAX_GROUPINGS: usize = 8;

/// The groupings of a query, at least one. Takes the longest name at each word, from left to right; if two names
/// overlap, there is one grouping for each. A depth-first search over the choices, with a stack instead of recursion.
pub fn groupings(typed: &[QueryWord]) -> Vec<PhraseGroups> {
    let lengths: Vec<usize> = (0..typed.len()).map(|at| longest_name(typed.get(at..).unwrap_or_default())).collect();
    let mut done = Vec::new();
    // Groupings of the words before `at`, still to be continued.
    let mut open: Vec<(usize, PhraseGroups)> = vec![(0, Vec::new())];
    while let Some((at, groups)) = open.pop() {
        let Some(from) = (at..typed.len()).find(|&at| lengths.get(at).is_some_and(|len| *len > 0)) else {
            done.push(groups);
            continue;
        };
        let end = from + lengths.get(from).copied().unwrap_or(1);
        // A name that begins inside this one and reaches beyond it may be the one that is meant.
        let overlapping = (from + 1..end).find(|&at| lengths.get(at).is_some_and(|len| at + len > end));
        if let Some(overlapping) = overlapping.filter(|_| done.len() + open.len() + 2 < MAX_GROUPINGS) {
            open.push((overlapping, groups.clone()));
        }
        open.push((end, groups.into_iter().chain([(from, end)]).collect()));
    }
    done
}

/// The length, in words, of the longest name of a rank, post, unit (with its number) or place with which the words
/// begin; 0 if there is none.
fn longest_name(typed: &[QueryWord]) -> usize {
    let longest = names().iter().filter(|name| begins_with(typed, name)).map(Vec::len).max().unwrap_or(0);
    let is_numbered = longest > 0 && typed.get(longest).is_some_and(is_number);
    longest + usize::from(is_numbered)
}

fn begins_with(typed: &[QueryWord], name: &[PreparedWord]) -> bool {
    let beginning = typed.get(..name.len());
    beginning.is_some_and(|typed| typed.iter().zip(name).all(|(word, known)| word.match_prepared(known).is_some()))
}

/// Whether the word is a number, in digits or in Roman letters.
fn is_number(word: &QueryWord) -> bool {
    [Some(word.folded()), word.twin()].into_iter().flatten().any(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Names of ranks, posts, units and places, of two to five words.
fn names() -> &'static [Vec<PreparedWord>] {
    static NAMES: OnceLock<Vec<Vec<PreparedWord>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let rows = TABLES.iter().filter(|table| has_names(table)).flat_map(LexiconTable::rows);
        let prepared = rows.map(|row| words(row.form()).map(|word| PreparedWord::new(word.text)).collect());
        prepared.filter(|name: &Vec<PreparedWord>| (2..=5).contains(&name.len())).collect()
    })
}

fn has_names(table: &LexiconTable) -> bool {
    matches!(table.class, TableClass::Rank | TableClass::Post | TableClass::Unit | TableClass::Place)
}
