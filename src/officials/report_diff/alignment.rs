//! Decides which sentences of two reports belong together. Sentences that both have once, word for word, are taken
//! first: the longest row of them that is in the same order in both stays, the others of them were moved. Between two
//! of that row, sentences that resemble each other are paired in order. What is left over is compared once more without
//! regard to order, and was moved too.
//!
//! ```text
//! older   A  B  C  D     A and D are in both, word for word
//! newer   A  C' D  B     C and C' resemble each other; B was moved
//! ```
//!
//! Time is bounded: a gap between two equal sentences that is too large for the table is left unpaired, and words that
//! are everywhere say nothing about which sentences belong together.

use super::sentences::{SentenceToken, TokenSentence};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// The least resemblance of a pair in order, and of one out of order, in percent.
const LEAST_IN_ORDER: u32 = 25;
const LEAST_MOVED: u32 = 60;
/// The least tokens of a moved sentence: shorter ones (`Thưa các đồng chí!`) recur by chance.
const LEAST_MOVED_TOKENS: usize = 6;
/// The most cells of a table of 4 bytes each.
const MAX_CELLS: usize = 4_000_000;
/// Two words next to each other that are in more sentences than this are not looked up.
const MAX_PLACES: usize = 64;

/// A sentence of the older report and the one that it is in the newer, as indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SentencePair {
    pub older: usize,
    pub newer: usize,
    /// Whether it stands elsewhere, seen from the sentences around it.
    pub moved: bool,
}

/// Returns the pairs, ordered by the newer report. A sentence is in one pair at most. Those that were not moved are in
/// the same order in both reports.
pub fn pairs(older: &[TokenSentence], newer: &[TokenSentence]) -> Vec<SentencePair> {
    let equal = equal_pairs(older, newer);
    let anchors = longest_rising(&equal);
    let kept: HashSet<usize> = anchors.iter().map(|(_, newer)| *newer).collect();
    let is_long = |n: usize| older.get(n).is_some_and(|sentence| sentence.tokens.len() >= LEAST_MOVED_TOKENS);
    let crossing = equal.iter().filter(|(older, newer)| !kept.contains(newer) && is_long(*older));
    let mut pairs: Vec<SentencePair> =
        crossing.map(|(older, newer)| SentencePair { older: *older, newer: *newer, moved: true }).collect();
    let taken_older: HashSet<usize> = pairs.iter().map(|pair| pair.older).collect();
    let taken_newer: HashSet<usize> = pairs.iter().map(|pair| pair.newer).collect();
    let (mut a, mut b) = (0, 0);
    for (to_a, to_b) in anchors.into_iter().chain([(older.len(), newer.len())]) {
        let mut similar = similarities(older, newer, a..to_a, b..to_b);
        similar.retain(|(older, newer), _| !taken_older.contains(older) && !taken_newer.contains(newer));
        let gap = alignment(&similar, a..to_a, b..to_b);
        pairs.extend(gap.into_iter().map(|(older, newer)| SentencePair { older, newer, moved: false }));
        if to_a < older.len() && to_b < newer.len() {
            pairs.push(SentencePair { older: to_a, newer: to_b, moved: false });
        }
        (a, b) = (to_a + 1, to_b + 1);
    }
    let moved = moved(older, newer, &pairs);
    pairs.extend(moved);
    pairs.sort_by_key(|pair| pair.newer);
    pairs
}

/// The sentences that each report has exactly once, word for word, ordered by the newer report.
fn equal_pairs(older: &[TokenSentence], newer: &[TokenSentence]) -> Vec<(usize, usize)> {
    let key = |sentence: &TokenSentence| hash(sentence.tokens.iter().map(|token| token.spelling));
    // `None` for a sentence that comes more than once.
    let once = |sentences: &[TokenSentence]| -> HashMap<u64, Option<usize>> {
        let mut places = HashMap::new();
        for (n, sentence) in sentences.iter().enumerate() {
            places.entry(key(sentence)).and_modify(|place| *place = None).or_insert(Some(n));
        }
        places
    };
    let (before, after) = (once(older), once(newer));
    let both = newer.iter().enumerate().filter_map(|(b, sentence)| {
        let key = key(sentence);
        after.get(&key).copied().flatten()?;
        Some((before.get(&key).copied().flatten()?, b))
    });
    both.collect()
}

/// The longest subsequence of `pairs` in which the first numbers rise too, in `n log n` steps. `ends[length]` is the
/// pair with the smallest first number that ends a rising row of that length so far; `before` leads back along the row.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let first = |n: usize| pairs.get(n).map_or(0, |pair| pair.0);
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for n in 0..pairs.len() {
        let length = ends.partition_point(|end| first(*end) < first(n));
        before.push(length.checked_sub(1).and_then(|last| ends.get(last)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(n) = at {
        row.extend(pairs.get(n));
        at = before.get(n).copied().flatten();
    }
    row.reverse();
    row
}

/// How much the sentences of two ranges resemble each other, in percent; pairs below `LEAST_IN_ORDER` are left out. Two
/// sentences resemble each other by the neighbouring words that both have, once as they are spelt and once by their
/// shapes: a sentence of the same form about another person resembles by half at least. Words that only say who
/// somebody is do not count, unless a sentence has no others: `Phó Chính ủy Quân khu 10` is in many.
fn similarities(
    older: &[TokenSentence],
    newer: &[TokenSentence],
    before: Range<usize>,
    after: Range<usize>,
) -> HashMap<(usize, usize), u32> {
    let runs = |sentences: &[TokenSentence], range: &Range<usize>| -> Vec<Vec<u64>> {
        sentences.get(range.clone()).unwrap_or_default().iter().map(runs_of).collect()
    };
    let (old, new) = (runs(older, &before), runs(newer, &after));
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (n, runs) in old.iter().enumerate() {
        for run in runs {
            let at = places.entry(*run).or_default();
            // One more than is looked up, so that what is everywhere is known as such.
            if at.len() <= MAX_PLACES && at.last() != Some(&n) {
                at.push(n);
            }
        }
    }
    let mut shared: HashMap<(usize, usize), u32> = HashMap::new();
    for (b, runs) in new.iter().enumerate() {
        for a in runs.iter().filter_map(|run| places.get(run)).filter(|at| at.len() <= MAX_PLACES).flatten() {
            *shared.entry((*a, b)).or_default() += 1;
        }
    }
    let length = |all: &[Vec<u64>], n: usize| u32::try_from(all.get(n).map_or(0, Vec::len)).unwrap_or(u32::MAX / 4);
    let percent = |((a, b), count): ((usize, usize), u32)| {
        let percent = 200 * u64::from(count) / u64::from(length(&old, a) + length(&new, b)).max(1);
        ((a + before.start, b + after.start), u32::try_from(percent).unwrap_or(100).min(100))
    };
    shared.into_iter().map(percent).filter(|(_, percent)| *percent >= LEAST_IN_ORDER).collect()
}

/// The hashes of every two neighbouring tokens, by spelling and by shape. A sentence of one token is one run.
fn runs_of(sentence: &TokenSentence) -> Vec<u64> {
    let two = 2.min(sentence.tokens.len().max(1));
    let says_who = |run: &[SentenceToken]| run.iter().all(|token| token.of_person);
    let only_who = sentence.tokens.windows(two).all(says_who);
    let runs = || sentence.tokens.windows(two).filter(|run| only_who || !says_who(run));
    let spelt = runs().map(|run| hash(run.iter().map(|token| token.spelling)));
    let shapes = runs().map(|run| hash(run.iter().map(|token| token.shape).chain([u32::MAX])));
    let mut seen = HashSet::new();
    spelt.chain(shapes).filter(|run| seen.insert(*run)).collect()
}

fn hash(numbers: impl Iterator<Item = u32>) -> u64 {
    let mut hasher = DefaultHasher::new();
    numbers.for_each(|number| number.hash(&mut hasher));
    hasher.finish()
}

/// Returns the pairs with the greatest total similarity that are in the same order in both ranges: the alignment of
/// two sequences by dynamic programming.
///
/// ```text
///                 b   b+1              totals[a][b] = the best total of sentences a… and b…
///          a    [ ? ][ 1 ]             1  leave sentence b unpaired
///          a+1  [ 2 ][ 3 ]             2  leave sentence a unpaired
///                                      3  pair a with b, and add their similarity
/// ```
///
/// The table is filled from the end, and then followed from the beginning to read off the pairs.
fn alignment(
    similarity: &HashMap<(usize, usize), u32>,
    before: Range<usize>,
    after: Range<usize>,
) -> Vec<(usize, usize)> {
    let columns = after.len() + 1;
    let cells = (before.len() + 1).saturating_mul(columns);
    if cells > MAX_CELLS || similarity.is_empty() {
        return Vec::new();
    }
    // One row and one column more than there are sentences; these stay 0.
    let mut totals = vec![0_u32; cells];
    let at = |a: usize, b: usize| (a - before.start) * columns + (b - after.start);
    let total = |totals: &[u32], a: usize, b: usize| totals.get(at(a, b)).copied().unwrap_or(0);
    let paired =
        |totals: &[u32], a: usize, b: usize| similarity.get(&(a, b)).map(|own| own + total(totals, a + 1, b + 1));
    for a in before.clone().rev() {
        for b in after.clone().rev() {
            let apart = total(&totals, a + 1, b).max(total(&totals, a, b + 1));
            let value = apart.max(paired(&totals, a, b).unwrap_or(0));
            if let Some(cell) = totals.get_mut(at(a, b)) {
                *cell = value;
            }
        }
    }
    let (mut found, mut a, mut b) = (Vec::new(), before.start, after.start);
    while a < before.end && b < after.end {
        let value = total(&totals, a, b);
        if paired(&totals, a, b) == Some(value) {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if total(&totals, a + 1, b) == value {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

/// Pairs what is left over, the most similar first, whatever the order.
fn moved(older: &[TokenSentence], newer: &[TokenSentence], pairs: &[SentencePair]) -> Vec<SentencePair> {
    let mut taken_older: HashSet<usize> = pairs.iter().map(|pair| pair.older).collect();
    let mut taken_newer: HashSet<usize> = pairs.iter().map(|pair| pair.newer).collect();
    let long = |sentences: &[TokenSentence], n: usize| {
        sentences.get(n).is_some_and(|sentence| sentence.tokens.len() >= LEAST_MOVED_TOKENS)
    };
    let left = |sentences: &[TokenSentence], taken: &HashSet<usize>| -> Vec<usize> {
        (0..sentences.len()).filter(|n| !taken.contains(n) && long(sentences, *n)).collect()
    };
    let (old, new) = (left(older, &taken_older), left(newer, &taken_newer));
    let those = |sentences: &[TokenSentence], left: &[usize]| -> Vec<TokenSentence> {
        left.iter().filter_map(|n| sentences.get(*n)).cloned().collect()
    };
    let similar = similarities(&those(older, &old), &those(newer, &new), 0..old.len(), 0..new.len());
    let mut similar: Vec<((usize, usize), u32)> =
        similar.into_iter().filter(|(_, percent)| *percent >= LEAST_MOVED).collect();
    similar.sort_unstable_by_key(|(place, percent)| (std::cmp::Reverse(*percent), *place));
    let mut found = Vec::new();
    for ((a, b), _) in similar {
        let Some((older, newer)) = old.get(a).copied().zip(new.get(b).copied()) else { continue };
        if !taken_older.contains(&older) && taken_newer.insert(newer) {
            taken_older.insert(older);
            found.push(SentencePair { older, newer, moved: true });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::sentences::Spellings;
    use super::super::tests::report;
    use super::*;
    use proptest::prelude::*;

    /// The pairs of two reports of one sentence a paragraph: `0-0` in order, `1>3` moved.
    fn paired(old: &[&str], new: &[&str]) -> Vec<String> {
        let mut spellings = Spellings::new();
        let (old, new) = (spellings.sentences(&report("o", old)), spellings.sentences(&report("n", new)));
        let sign = |pair: &SentencePair| if pair.moved { '>' } else { '-' };
        pairs(&old, &new).iter().map(|pair| format!("{}{}{}", pair.older, sign(pair), pair.newer)).collect()
    }

    const CHAIRED: &str = "Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 12 chủ trì hội nghị.";
    const TREES: &str = "Đơn vị tổ chức trồng cây xanh quanh doanh trại vào mùa xuân.";
    const GIFTS: &str = "Toàn đơn vị tặng quà cho 12 gia đình chính sách ở địa phương.";
    const CLASS: &str = "Lần đầu có lớp học ngoại ngữ buổi tối.";

    #[test]
    fn sentences_of_one_form_are_paired_in_the_order_of_both() {
        let new = [
            "Thiếu tướng Bế Quang Hưng, Chính ủy Quân khu 12 chủ trì hội nghị.",
            CLASS,
            "Toàn đơn vị tặng quà cho 15 gia đình chính sách ở địa phương.",
        ];
        assert_eq!(paired(&[CHAIRED, TREES, GIFTS], &new), ["0-0", "2-2"]);
    }

    #[test]
    fn what_stands_elsewhere_was_moved() {
        assert_eq!(paired(&[CHAIRED, TREES, GIFTS], &[TREES, CLASS, CHAIRED, GIFTS]), ["1>0", "0-2", "2-3"]);
        // A paragraph that was split is paired sentence by sentence.
        let whole = format!("{CHAIRED} {TREES} {GIFTS}");
        assert_eq!(paired(&[&whole], &[CHAIRED, TREES, GIFTS]), ["0-0", "1-1", "2-2"]);
    }

    #[test]
    fn a_moved_sentence_is_not_paired_with_one_that_only_resembles_it() {
        let other = "Toàn đơn vị tặng quà cho 12 gia đình chính sách ở biên giới.";
        let long = "Cơ quan chính trị tổ chức học tập nghị quyết cho cán bộ, chiến sĩ.";
        // The sentence like GIFTS stands where GIFTS did, but is not GIFTS.
        let new = [CHAIRED, other, TREES, long, GIFTS];
        assert_eq!(paired(&[CHAIRED, GIFTS, TREES, long], &new), ["0-0", "2-2", "3-3", "1>4"]);
    }

    #[test]
    fn a_sentence_that_comes_twice_is_paired_once() {
        assert_eq!(paired(&[GIFTS], &[GIFTS, TREES, GIFTS]).len(), 1);
    }

    proptest! {
        #[test]
        fn no_sentence_is_in_two_pairs_and_only_moved_ones_cross(
            old in proptest::collection::vec(0_usize..9, 0..12),
            new in proptest::collection::vec(0_usize..9, 0..12),
        ) {
            let text = |n: &usize| {
                [CHAIRED, TREES, GIFTS, CLASS, "Một hai ba.", "Bốn.", "", "năm sáu bảy tám chín mười", "12 34"][*n]
            };
            let mut spellings = Spellings::new();
            let texts = |all: &[usize]| all.iter().map(text).collect::<Vec<_>>();
            let old = spellings.sentences(&report("o", &texts(&old)));
            let new = spellings.sentences(&report("n", &texts(&new)));
            let found = pairs(&old, &new);
            let older: HashSet<usize> = found.iter().map(|pair| pair.older).collect();
            let newer: HashSet<usize> = found.iter().map(|pair| pair.newer).collect();
            prop_assert!(older.len() == found.len() && newer.len() == found.len());
            let kept: Vec<usize> = found.iter().filter(|pair| !pair.moved).map(|pair| pair.older).collect();
            prop_assert!(kept.is_sorted());
        }
    }
}
