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
    let ways = if typed.is_whole() { WAYS.get(..1).unwrap_or_default() } else { &WAYS };
    let meant = ways.iter().map(|way| meant(typed, *way)).find(|meant| !meant.is_empty());
    let meant = meant.unwrap_or_else(|| in_english(typed));
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

/// The ranks that the words mean in English: those with exactly this name (`colonel` is no `lieutenant colonel`), else
/// those whose names have all the words. `general` alone means every general, as `tướng` does.
fn in_english(typed: &QueryPhrase) -> Vec<Rank> {
    static NAMES: OnceLock<Vec<(Rank, Vec<&'static str>)>> = OnceLock::new();
    let all = NAMES.get_or_init(lexicon::ranks_in_english);
    let by = |is: &dyn Fn(&str) -> bool| -> Vec<Rank> {
        all.iter().filter(|(_, names)| names.iter().any(|name| is(name))).map(|(rank, _)| *rank).collect()
    };
    let closed = typed.closed();
    let every_general = matches!(closed.words(), [word] if word.folded() == "general");
    let exact = if every_general {
        Vec::new()
    } else {
        by(&|name| words(name).count() == closed.words().len() && has_all(&closed, name))
    };
    if exact.is_empty() { by(&|name| has_all(typed, name)) } else { exact }
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
    // `tướng` is a row of the table, but typed alone it means every general: names of one word count as whole only
    // where that is asked for.
    (names.len() > 1 || typed.is_whole())
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
        let whole = QueryPhrase::new("tướng", false).unwrap().whole();
        assert_eq!(ranks(RankComparison::Is, &whole).iter().map(|rank| rank.name).collect::<Vec<_>>(), ["tướng"]);
        assert_eq!(named("do doc"), ["Đô đốc"]);
        assert_eq!(named("lieutenant-general"), ["Trung tướng"]);
        assert_eq!(named("Lieutenant General"), ["Trung tướng"]);
        assert_eq!(named("colonel"), ["Thượng tá"]);
        assert_eq!(named("senior colonel"), ["Đại tá"]);
        assert_eq!(named("rear-admiral"), ["Chuẩn Đô đốc"]);
        assert!(named("general").len() > 4 && named("general").contains(&"Đại tướng"));
        assert_eq!(named("sergeant x"), [""; 0]);
    }
}
