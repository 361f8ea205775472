//! Aligns the paragraphs of two reports: pairs those that have the most runs of words in common, keeping the order of
//! both. A paragraph without a counterpart is a row of its own, at its position in the order.
//!
//! ```text
//! older   0  1  -  2
//! newer   0  -  1  2       the rows (0,0) (1,-) (-,1) (2,2)
//! ```

use super::{ComparedParagraph, Comparison, shingles};
use crate::report::Report;
use std::collections::HashMap;

/// The minimum similarity of a pair, in percent of the runs of both paragraphs.
const MIN_SIMILARITY: u32 = 10;
/// The maximum size of the alignment table, in cells of 4 bytes. If it would be larger, nothing is paired, so that time
/// and memory stay bounded.
const MAX_CELLS: usize = 4_000_000;

/// Returns the paragraphs of both reports as aligned rows of indices into `older_paragraphs` and `paragraphs` of
/// `found`. Every paragraph is in exactly one row.
pub fn pairs(older: &Report, newer: &Report, found: &Comparison) -> Vec<(Option<usize>, Option<usize>)> {
    let (before, after) = (found.older_paragraphs.len(), found.paragraphs.len());
    let mut rows = Vec::with_capacity(before + after);
    let (mut old, mut new) = (0, 0);
    for (a, b) in alignment(&similarities(older, newer, found), before, after) {
        rows.extend((old..a).map(|n| (Some(n), None)));
        rows.extend((new..b).map(|n| (None, Some(n))));
        rows.push((Some(a), Some(b)));
        (old, new) = (a + 1, b + 1);
    }
    rows.extend((old..before).map(|n| (Some(n), None)));
    rows.extend((new..after).map(|n| (None, Some(n))));
    rows
}

/// Returns the similarity of each pair of paragraphs, in percent; pairs below `MIN_SIMILARITY` are left out. An index
/// from run to paragraphs makes the cost proportional to the common runs, not to the number of pairs.
fn similarities(older: &Report, newer: &Report, found: &Comparison) -> HashMap<(usize, usize), u32> {
    let runs = |report: &Report, paragraphs: &[ComparedParagraph]| -> Vec<Vec<u64>> {
        paragraphs.iter().map(|p| shingles::runs_of(p.span.of(&report.text))).collect()
    };
    let (before, after) = (runs(older, &found.older_paragraphs), runs(newer, &found.paragraphs));
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (n, runs) in before.iter().enumerate() {
        for run in runs {
            places.entry(*run).or_default().push(n);
        }
    }
    let mut shared: HashMap<(usize, usize), u32> = HashMap::new();
    for (b, runs) in after.iter().enumerate() {
        for a in runs.iter().filter_map(|run| places.get(run)).flatten() {
            *shared.entry((*a, b)).or_default() += 1;
        }
    }
    let length = |all: &[Vec<u64>], n: usize| all.get(n).map_or(0, Vec::len) as u32;
    let percent = |((a, b), count): ((usize, usize), u32)| {
        ((a, b), 200 * count / (length(&before, a) + length(&after, b)).max(1))
    };
    shared.into_iter().map(percent).filter(|(_, percent)| *percent >= MIN_SIMILARITY).collect()
}

/// Returns the pairs with the greatest total similarity that are in the same order in both reports: the alignment of
/// two sequences by dynamic programming.
///
/// ```text
///                 b   b+1              totals[a][b] = the best total of paragraphs a… and b…
///          a    [ ? ][ 1 ]             1  leave paragraph b unpaired
///          a+1  [ 2 ][ 3 ]             2  leave paragraph a unpaired
///                                      3  pair a with b, and add their similarity
/// ```
///
/// The table is filled from the end, and then followed from the beginning to read off the pairs.
fn alignment(similarity: &HashMap<(usize, usize), u32>, before: usize, after: usize) -> Vec<(usize, usize)> {
    let cells = (before + 1).saturating_mul(after + 1);
    if cells > MAX_CELLS || similarity.is_empty() {
        return Vec::new();
    }
    // The greatest total similarity of the paragraphs from `a` and from `b` to the end. It has one row and one column
    // more than there are paragraphs; these stay 0.
    let mut totals = vec![0_u32; cells];
    let at = |a: usize, b: usize| a * (after + 1) + b;
    let total = |totals: &[u32], a: usize, b: usize| totals.get(at(a, b)).copied().unwrap_or(0);
    let paired =
        |totals: &[u32], a: usize, b: usize| similarity.get(&(a, b)).map(|own| own + total(totals, a + 1, b + 1));
    for a in (0..before).rev() {
        for b in (0..after).rev() {
            let apart = total(&totals, a + 1, b).max(total(&totals, a, b + 1));
            let value = apart.max(paired(&totals, a, b).unwrap_or(0));
            if let Some(cell) = totals.get_mut(at(a, b)) {
                *cell = value;
            }
        }
    }
    let (mut found, mut a, mut b) = (Vec::new(), 0, 0);
    while a < before && b < after {
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

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::super::{compare, pairs};

    #[test]
    fn paragraphs_pair_in_the_order_of_both_and_the_rest_stands_where_it_belongs() {
        let old = report(
            "old",
            &[
                "Hội nghị đánh giá kết quả công tác năm qua của toàn đơn vị.",
                "Đơn vị tổ chức trồng cây xanh quanh doanh trại.",
                "Toàn đơn vị tặng quà cho 12 gia đình chính sách ở địa phương.",
            ],
        );
        let new = report(
            "new",
            &[
                "Hội nghị đánh giá kết quả công tác năm qua của toàn đơn vị, rút kinh nghiệm.",
                "Lần đầu có lớp học ngoại ngữ buổi tối.",
                "Toàn đơn vị tặng quà cho 15 gia đình chính sách ở địa phương.",
            ],
        );
        let found = pairs(&old, &new, &compare(&old, &new));
        assert_eq!(found, [(Some(0), Some(0)), (Some(1), None), (None, Some(1)), (Some(2), Some(2))]);
    }

    #[test]
    fn every_paragraph_stands_once() {
        let old = report("old", &["a b c d", "e f g h", "a b c d"]);
        let new = report("new", &["e f g h", "a b c d", "", "x"]);
        let found = compare(&old, &new);
        let rows = pairs(&old, &new, &found);
        let old_ones: Vec<usize> = rows.iter().filter_map(|row| row.0).collect();
        let new_ones: Vec<usize> = rows.iter().filter_map(|row| row.1).collect();
        assert_eq!(old_ones, (0..found.older_paragraphs.len()).collect::<Vec<_>>());
        assert_eq!(new_ones, (0..found.paragraphs.len()).collect::<Vec<_>>());
    }
}
