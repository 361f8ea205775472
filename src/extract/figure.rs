//! Figures and the things they count (docs/domain.md §5.6): `1.657 người`, `27 vạn`, `5,6 triệu đồng`, `50%`. A dot
//! groups thousands, a comma separates decimals.

use super::cursor::TokenCursor;
use super::lexicon::{NumberWord, TableClass, number_of};

/// A number with the thing that it counts, and where they end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureMatch {
    /// One past its last token, including the counted thing.
    pub end: usize,
    /// The number with a point for decimals and no grouping.
    pub value: String,
}

/// A unit has at most this many words before its number, as the table knows them: `Bộ Chỉ huy Quân sự`.
const UNIT_WORDS: usize = 5;

/// The figure that begins at token `at`; `None` if it neither counts something nor has a word such as `triệu`.
pub fn figure_at(r: &TokenCursor<'_>, at: usize) -> Option<FigureMatch> {
    // A longer run of digits is an identifier, not a quantity.
    if !r.is_number(at) || !r.word(at).bytes().all(|b| b.is_ascii_digit()) || r.word(at).len() > 12 {
        return None;
    }
    // `Quân khu 10 tổ chức hội nghị`: the number is the unit's.
    let of_unit = |from: usize| r.hits.at(from).any(|hit| hit.class == TableClass::Unit && hit.end >= at);
    if (1..=UNIT_WORDS).filter_map(|back| at.checked_sub(back)).any(of_unit) {
        return None;
    }
    let mut digits = r.word(at).to_owned();
    let mut decimals = String::new();
    let mut end = at + 1;
    // Only groups of exactly three digits without spaces: `5. 100` is the end of a sentence.
    while r.is(end, '.') && glued(r, end) && r.word(end + 1).len() == 3 && r.is_number(end + 1) && digits.len() <= 12 {
        digits.push_str(r.word(end + 1));
        end += 2;
    }
    if r.is(end, ',') && glued(r, end) && r.is_number(end + 1) {
        r.word(end + 1).clone_into(&mut decimals);
        end += 2;
    }
    let mut zeros = 0;
    while let Some(power) = power(r, end) {
        zeros += power;
        end += 1;
    }
    let counted = if r.is(end, '%') { Some(end + 1) } else { r.hit(end, TableClass::Counter).map(|hit| hit.end) };
    if counted.is_none() && zeros == 0 {
        return None;
    }
    Some(FigureMatch { end: counted.unwrap_or(end), value: shifted(&digits, &decimals, zeros.min(18)) })
}

fn glued(r: &TokenCursor<'_>, at: usize) -> bool {
    r.token(at).is_some_and(|token| token.glued) && r.token(at + 1).is_some_and(|token| token.glued)
}

/// The number of zeros that a word such as `triệu` adds (numbers.tsv).
fn power(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    match number_of(r.lower_word(at))? {
        NumberWord::Zeros(zeros) => Some(zeros),
        NumberWord::Count(_) => None,
    }
}

/// The number with its decimal point moved to the right.
fn shifted(digits: &str, decimals: &str, zeros: usize) -> String {
    let mut whole = digits.to_owned();
    let mut rest = decimals.chars();
    for _ in 0..zeros {
        whole.push(rest.next().unwrap_or('0'));
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = rest.as_str().trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}
