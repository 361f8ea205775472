//! The ranks that `rank:` means: a rank by name, in any spelling of the table of ranks, or all with these words; with a
//! sign before it, all above or below. Words that are no rank mean none, which the parser reports as a problem.

use super::expr::RankComparison;
use crate::extract::lexicon::{self, TABLES, TableClass};
use crate::report::Rank;
use crate::search::matching::QueryPhrase;
use crate::text::fold::fold;
use crate::text::words::words;
use std::sync::OnceLock;

/// The ways to match words with a rank; the first in which any rank matches counts. A whole name comes before a part of
/// one (`đô đốc` is not `phó đô đốc`); keystrokes and words without spaces (`trung-tuwowngs`, `trungtuong`) come last.
const WAYS: [fn(&QueryPhrase, &str) -> bool; 4] = [is_whole, has_all, is_keys, is_joined];

/// The ranks that the words mean, highest first; empty if there is no such rank.
pub fn ranks(compare: RankComparison, typed: &QueryPhrase) -> Vec<Rank> {
    let meant = WAYS.iter().map(|way| meant(typed, *way)).find(|meant| !meant.is_empty()).unwrap_or_default();
    let (Some(lowest), Some(highest)) = (meant.iter().map(|r| r.order).min(), meant.iter().map(|r| r.order).max())
    else {
        return Vec::new();
    };
    let within = |rank: &&Rank| match compare {
        RankComparison::Is => meant.contains(rank),
        RankComparison::Above => rank.order > highest,
        RankComparison::AtLeast => rank.order >= lowest,
        RankComparison::Below => rank.order < lowest,
        RankComparison::AtMost => rank.order <= highest,
    };
    lexicon::ranks().iter().filter(within).copied().collect()
}

/// The ranks with a spelling that matches in that way.
fn meant(typed: &QueryPhrase, way: fn(&QueryPhrase, &str) -> bool) -> Vec<Rank> {
    let spelled = spellings().iter().filter(|(_, forms)| forms.iter().any(|form| way(typed, form)));
    spelled.map(|(rank, _)| *rank).collect()
}

/// Every rank with its spellings.
fn spellings() -> &'static [(Rank, Vec<&'static str>)] {
    static SPELLINGS: OnceLock<Vec<(Rank, Vec<&str>)>> = OnceLock::new();
    SPELLINGS.get_or_init(|| {
        let rows = TABLES.iter().filter(|table| table.class == TableClass::Rank).flat_map(lexicon::LexiconTable::rows);
        rows.filter_map(|row| Some((lexicon::rank(row.form())?, row.forms))).collect()
    })
}

fn is_whole(typed: &QueryPhrase, name: &str) -> bool {
    let (closed, names) = (typed.closed(), words(name).collect::<Vec<_>>());
    let pairs = || closed.words().iter().zip(&names);
    // `tướng` is a row of the table, but typed alone it means every general: names of one word do not count as whole.
    names.len() > 1
        && names.len() == closed.words().len()
        && pairs().all(|(word, name)| word.match_word(name.text).is_some())
}

fn has_all(typed: &QueryPhrase, name: &str) -> bool {
    typed.words().iter().all(|word| words(name).any(|name| word.match_word(name.text).is_some()))
}

fn is_keys(typed: &QueryPhrase, name: &str) -> bool {
    let names: Vec<_> = words(name).collect();
    let matches = |(word, name): (&crate::search::matching::QueryWord, &crate::text::words::Word<'_>)| {
        word.match_word(name.text).is_some() || word.matches_keystrokes(&name.folded())
    };
    names.len() == typed.words().len() && typed.words().iter().zip(&names).all(matches)
}

fn is_joined(typed: &QueryPhrase, name: &str) -> bool {
    let [word] = typed.words() else { return false };
    !word.is_marked() && words(name).count() > 1 && fold(name).replace(' ', "") == word.folded()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_for_generals_means_all_of_them() {
        let named = |typed: &str| {
            let phrase = QueryPhrase::new(typed, false).unwrap();
            ranks(RankComparison::Is, &phrase).iter().map(|rank| rank.name).collect::<Vec<_>>()
        };
        assert!(named("tướng").contains(&"Thiếu tướng") && named("tuong").contains(&"Đại tướng"));
        assert!(!named("tướng").contains(&"Đại tá"));
        assert_eq!(named("do doc"), ["Đô đốc"]);
    }
}
