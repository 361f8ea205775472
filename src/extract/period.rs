//! Periods in a text (docs/domain.md §5.5): halves, quarters, months, years, stages, terms of office. `report_facts`
//! decides which of them the report reviews.

use super::cursor::TokenCursor;
use super::date_match::{number, year_at};
use super::function_words::{COHORT, FIRST_PART, HALF, LAST_PART, MONTH, NTH_TIME, OF, QUARTER, STAGE, TERM, YEAR};
use super::lexicon::{NumberWord, WordSet, form, numbers};
use crate::report::{Period, PeriodKind};

/// A period as a text writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodMatch {
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Which part of a year, or from year to year.
    pub kind: PeriodKind,
    /// The year, if it is written.
    pub year: Option<i16>,
}

impl PeriodMatch {
    /// The period, with the given year if none is written.
    pub fn with_year(&self, year: Option<i16>) -> Option<Period> {
        Some(Period { year: self.year.or(year)?, kind: self.kind })
    }
}

/// Quarters by their Roman numbers.
const QUARTERS: [&str; 4] = ["i", "ii", "iii", "iv"];

/// A number of months, the word behind it if any (`đầu`, `cuối`), and the part of the year they are.
const MONTHS: &[(u8, Option<&str>, PeriodKind)] = &[
    (6, Some(FIRST_PART), PeriodKind::FirstHalf),
    (6, Some(LAST_PART), PeriodKind::SecondHalf),
    (6, None, PeriodKind::FirstHalf),
    (9, Some(FIRST_PART), PeriodKind::NineMonths),
    (9, None, PeriodKind::NineMonths),
];

/// The part of a year that typed words name, folded and without the year: `sau thang dau`, `quy tu`, `thang muoi hai`.
/// Accepts more than `period_at`: a word typed as a date means one, while in a text `quý ba` may mean something else.
pub fn period_kind_of(words: &[&str]) -> Option<PeriodKind> {
    let is = |at: usize, word: &str| {
        words.get(at).is_some_and(|typed| typed.chars().eq(word.chars().map(crate::text::fold::fold_char)))
    };
    let month = || {
        let (month, end) = counted(1, &is).filter(|_| is(0, MONTH))?;
        Some((PeriodKind::Month(month), end))
    };
    let (kind, end) = several_months(0, &is).or_else(|| quarter_named(0, &is)).or_else(month)?;
    (end + usize::from(is(end, OF)) == words.len()).then_some(kind)
}

/// The number that begins at word `at`, and the word after it.
fn counted(at: usize, is: &impl Fn(usize, &str) -> bool) -> Option<(u8, usize)> {
    // From twelve down: `mười hai` before `mười`.
    numbers().iter().rev().find_map(|row| {
        let NumberWord::Count(number) = row.value else { return None };
        let spelling = row.forms.iter().find(|s| s.split(' ').zip(at..).all(|(word, at)| is(at, word)))?;
        Some((number, at + spelling.split(' ').count()))
    })
}

/// `6 tháng đầu`, `nửa cuối`, `chín tháng`, and the word after them.
fn several_months(at: usize, is: &impl Fn(usize, &str) -> bool) -> Option<(PeriodKind, usize)> {
    let half = is(at, HALF);
    let (count, end) = if half { (6, at + 1) } else { counted(at, is).filter(|(_, end)| is(*end, MONTH))? };
    let end = if half { end } else { end + 1 };
    let (_, which, kind) =
        MONTHS.iter().find(|(months, which, _)| *months == count && which.map_or(!half, |word| is(end, word)))?;
    Some((*kind, end + usize::from(which.is_some())))
}

/// `quý III`, `quý 3`, `quý ba`, and the word after them.
fn quarter_named(at: usize, is: &impl Fn(usize, &str) -> bool) -> Option<(PeriodKind, usize)> {
    if !is(at, QUARTER) {
        return None;
    }
    let roman = (1..=4).zip(QUARTERS).find(|(_, roman)| is(at + 1, roman)).map(|(quarter, _)| (quarter, at + 2));
    let (quarter, end) = roman.or_else(|| counted(at + 1, is)).filter(|(quarter, _)| *quarter <= 4)?;
    Some((PeriodKind::Quarter(quarter), end))
}

/// The period that begins at token `at`.
pub fn period_at(r: &TokenCursor<'_>, at: usize) -> Option<PeriodMatch> {
    if !r.has(at, form::PERIOD) {
        return None;
    }
    months(r, at).or_else(|| quarter(r, at)).or_else(|| month(r, at)).or_else(|| years(r, at)).or_else(|| year(r, at))
}

/// `6 tháng đầu năm 2025`, `9 tháng đầu năm`, `9 tháng năm 2021`, `nửa đầu năm 2018`.
fn months(r: &TokenCursor<'_>, at: usize) -> Option<PeriodMatch> {
    if !r.is_word(at, HALF) && !r.is_word(at + 1, MONTH) {
        return None;
    }
    let (kind, end) = several_months(at, &|at, word| r.is_word(at, word))?;
    let of = end + usize::from(r.is_word(end, OF));
    let of_year = r.is_word(of, YEAR);
    let year = year_at(r, if of_year { of + 1 } else { of });
    // Without these checks a duration would be read as a part of a year.
    let is_of_year = if r.is_word(end - 1, MONTH) {
        // `9 tháng tù`, `9 tháng 10 ngày` are durations.
        year.is_some() || of_year && r.is_in(of + 1, WordSet::ThisOrLastYear)
    } else {
        // `nửa đầu tháng 4` is no half of a year.
        !r.is_word(at, HALF) || of_year
    };
    let end = match year {
        Some(_) => of + 1 + usize::from(of_year),
        None if of_year => of + 1,
        None => end,
    };
    is_of_year.then_some(PeriodMatch { start: at, end, kind, year })
}

/// `quý III năm 2018`, `quý 3/2018`; `quý ba năm 2018`, but not `quý ba mẹ`.
fn quarter(r: &TokenCursor<'_>, at: usize) -> Option<PeriodMatch> {
    let (kind, end) = quarter_named(at, &|at, word| r.is_word(at, word))?;
    let in_words = !r.is_number(at + 1) && !r.is_any(at + 1, &QUARTERS);
    Some(with_year(r, at, end, kind)).filter(|period| !in_words || period.year.is_some())
}

/// `tháng 5 năm 2022`, `tháng 5/2022`, `tháng 5`.
fn month(r: &TokenCursor<'_>, at: usize) -> Option<PeriodMatch> {
    let month = number(r, at + 1).filter(|month| r.is_word(at, MONTH) && (1..=12).contains(month))?;
    Some(with_year(r, at, at + 2, PeriodKind::Month(u8::try_from(month).ok()?)))
}

fn with_year(r: &TokenCursor<'_>, start: usize, end: usize, kind: PeriodKind) -> PeriodMatch {
    let joined = r.is_word(end, YEAR) || r.is(end, '/') || r.is(end, '-');
    let year = joined.then(|| year_at(r, end + 1)).flatten();
    PeriodMatch { start, end: if year.is_some() { end + 2 } else { end }, kind, year }
}

/// `giai đoạn 2021-2025`, `nhiệm kỳ 2025 - 2030`, `(2021-2025)`.
fn years(r: &TokenCursor<'_>, at: usize) -> Option<PeriodMatch> {
    let stage = r.is_words(at, &STAGE).then_some(at + 2);
    let term = TERM.iter().any(|term| r.is_words(at, term)).then_some(at + 2);
    let brackets = (r.is(at, '(') && r.is(at + 4, ')')).then_some(at + 1);
    let from = stage.or(term).or(brackets)?;
    let first = year_at(r, from)?;
    let last = year_at(r, from + 2).filter(|last| r.is_dash(from + 1) && *last > first)?;
    let kind = if term.is_some() { PeriodKind::Term(last) } else { PeriodKind::Years(last) };
    // The bracket is not part of the period.
    let start = if stage.or(term).is_none() { from } else { at };
    Some(PeriodMatch { start, end: from + 3, kind, year: Some(first) })
}

/// `năm 2022`, and `năm 2021-2025` as a stage of several years.
fn year(r: &TokenCursor<'_>, at: usize) -> Option<PeriodMatch> {
    let year = year_at(r, at + 1).filter(|_| r.is_word(at, YEAR))?;
    // `năm 2021-2025` is a stage of several years.
    if r.is_dash(at + 2)
        && let Some(last) = year_at(r, at + 3).filter(|last| *last > year)
    {
        return Some(PeriodMatch { start: at, end: at + 4, kind: PeriodKind::Years(last), year: Some(year) });
    }
    Some(PeriodMatch { start: at, end: at + 2, kind: PeriodKind::Year, year: Some(year) })
}

/// The token after an ordinal of a term or an event: `khóa XIII`, `lần thứ IX`.
pub fn ordinal_at(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.has(at, form::PERIOD) {
        return None;
    }
    let number = if r.is_any(at, &COHORT) {
        at + 1
    } else if r.is_words(at, &NTH_TIME) {
        at + 2
    } else {
        return None;
    };
    let roman = r.is_capital(number) && r.word(number).chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    (roman || r.is_number(number)).then_some(number + 1)
}
