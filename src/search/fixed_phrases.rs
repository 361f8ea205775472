//! Runs of typed words that together name a rank, a post, a unit or a place: they stay together wherever the rest may
//! stand in any order, so that `bo truong` is not put together of `Thứ trưởng Bộ Quốc phòng`, nor `ha giang` of a Hạ sĩ
//! and Lạng Giang, nor `trung doan 32` of Trung and Sư đoàn 32. The names are those of the tables.

use crate::extract::lexicon::{LexiconTable, TABLES, TableClass};
use crate::search::matching::{PreparedWord, QueryWord};
use crate::text::words::words;
use std::sync::OnceLock;

/// Runs of typed words, first and one past the last, in order.
pub type PhraseGroups = Vec<(usize, usize)>;

/// No more ways to read a query than this are tried.
const MOST_GROUPINGS: usize = 8;

/// The ways to take runs of typed words for names of ranks, posts, units and places: the longest at each place, and
/// where two overlap, a way for each.
pub fn groupings(typed: &[QueryWord]) -> Vec<PhraseGroups> {
    let longest: Vec<usize> = (0..typed.len()).map(|at| longest_name(typed.get(at..).unwrap_or_default())).collect();
    let mut done = Vec::new();
    let mut open: Vec<(usize, PhraseGroups)> = vec![(0, Vec::new())];
    while let Some((at, groups)) = open.pop() {
        let Some(from) = (at..typed.len()).find(|&at| longest.get(at).is_some_and(|len| *len > 0)) else {
            done.push(groups);
            continue;
        };
        let end = from + longest.get(from).copied().unwrap_or(1);
        // A name that begins inside this one may be the one meant.
        let inside = (from + 1..end).find(|&at| longest.get(at).is_some_and(|len| at + len > end));
        if let Some(inside) = inside.filter(|_| done.len() + open.len() + 2 < MOST_GROUPINGS) {
            open.push((inside, groups.clone()));
        }
        open.push((end, groups.into_iter().chain([(from, end)]).collect()));
    }
    done
}

/// How many of the words, from the first on, are the longest name of a rank, post, unit (with its number) or place; 0
/// where none is.
fn longest_name(typed: &[QueryWord]) -> usize {
    let answers = |name: &&Vec<PreparedWord>| {
        let window = typed.get(..name.len());
        window.is_some_and(|w| w.iter().zip(*name).all(|(w, n)| w.answers_prepared(n).is_some()))
    };
    let longest = names().iter().filter(answers).map(Vec::len).max().unwrap_or(0);
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let numbered = typed.get(longest).is_some_and(|word| digit(word.folded()) || word.twin().is_some_and(digit));
    longest + usize::from(longest > 0 && numbered)
}

/// Names of ranks, posts, units and places of two words and more.
fn names() -> &'static [Vec<PreparedWord>] {
    static NAMES: OnceLock<Vec<Vec<PreparedWord>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let named = |table: &&LexiconTable| {
            matches!(table.class, TableClass::Rank | TableClass::Post | TableClass::Unit | TableClass::Place)
        };
        let rows = TABLES.iter().filter(named).flat_map(LexiconTable::rows);
        let mut out: Vec<Vec<PreparedWord>> =
            rows.map(|row| words(row.form()).map(|w| PreparedWord::new(w.text)).collect()).collect();
        out.retain(|name: &Vec<PreparedWord>| (2..=5).contains(&name.len()));
        out
    })
}
