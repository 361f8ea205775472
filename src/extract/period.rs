//! Stretches of time in a text (domain.md §5.5): halves, quarters, months, years, terms.

use super::day::{number, year_at};
use super::lexicon::form;
use super::reading::Reading;
use crate::report::{Part, Period};

/// A stretch of time as a text writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first token.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// Which part of a year, or from year to year.
    pub part: Part,
    /// The year, where written.
    pub year: Option<i16>,
}

impl Stretch {
    /// The period, with the year given where none is written.
    pub fn with_year(&self, year: Option<i16>) -> Option<Period> {
        Some(Period { year: self.year.or(year)?, part: self.part })
    }
}

/// The words that a stretch or an ordinal can begin with; the lexicon knows them by number.
pub const BEGINNINGS: &[&str] =
    &["6", "06", "9", "(", "sáu", "chín", "tháng", "quý", "giai", "nhiệm", "năm", "khóa", "lần"];

/// The stretch that begins at token `at`.
pub fn stretch_at(r: &Reading<'_>, at: usize) -> Option<Stretch> {
    // Most words begin none; they are passed over quickly.
    if !r.has(at, form::STRETCH) {
        return None;
    }
    months(r, at).or_else(|| quarter(r, at)).or_else(|| month(r, at)).or_else(|| years(r, at)).or_else(|| year(r, at))
}

/// `6 tháng đầu năm 2025`, `9 tháng đầu năm`, `9 tháng năm 2021`.
fn months(r: &Reading<'_>, at: usize) -> Option<Stretch> {
    let six = r.is_any(at, &["6", "06", "sáu"]);
    if !(six || r.is_any(at, &["9", "chín"])) || !r.is_word(at + 1, "tháng") {
        return None;
    }
    let part = match () {
        () if six && r.is_word(at + 2, "đầu") => Part::FirstHalf,
        () if six && r.is_word(at + 2, "cuối") => Part::SecondHalf,
        () if !six && (r.is_any(at + 2, &["đầu", "năm", "của"]) || r.is_number(at + 2)) => Part::NineMonths,
        () => return None,
    };
    let mut end = if r.is_any(at + 2, &["đầu", "cuối", "của"]) { at + 3 } else { at + 2 };
    if r.is_word(end, "năm") {
        end += 1;
    }
    let year = year_at(r, end);
    Some(Stretch { start: at, end: if year.is_some() { end + 1 } else { end }, part, year })
}

/// `quý III năm 2018`, `quý 3/2018`.
fn quarter(r: &Reading<'_>, at: usize) -> Option<Stretch> {
    if !r.is_word(at, "quý") {
        return None;
    }
    let names = [["i", "1"], ["ii", "2"], ["iii", "3"], ["iv", "4"]];
    let which = names.iter().position(|names| r.is_any(at + 1, names))?;
    let part = Part::Quarter(u8::try_from(which + 1).ok()?);
    Some(with_year(r, at, at + 2, part))
}

/// `tháng 5 năm 2022`, `tháng 5/2022`, `tháng 5`.
fn month(r: &Reading<'_>, at: usize) -> Option<Stretch> {
    let month = number(r, at + 1).filter(|month| r.is_word(at, "tháng") && (1..=12).contains(month))?;
    Some(with_year(r, at, at + 2, Part::Month(u8::try_from(month).ok()?)))
}

fn with_year(r: &Reading<'_>, start: usize, end: usize, part: Part) -> Stretch {
    let joined = r.is_word(end, "năm") || r.is(end, '/') || r.is(end, '-');
    let year = joined.then(|| year_at(r, end + 1)).flatten();
    Stretch { start, end: if year.is_some() { end + 2 } else { end }, part, year }
}

/// `giai đoạn 2021-2025`, `nhiệm kỳ 2025 - 2030`, `(2021-2025)`.
fn years(r: &Reading<'_>, at: usize) -> Option<Stretch> {
    let stretch = (r.is_word(at, "giai") && r.is_word(at + 1, "đoạn")).then_some(at + 2);
    let term = (r.is_word(at, "nhiệm") && r.is_any(at + 1, &["kỳ", "kì"])).then_some(at + 2);
    let brackets = (r.is(at, '(') && r.is(at + 4, ')')).then_some(at + 1);
    let from = stretch.or(term).or(brackets)?;
    let first = year_at(r, from)?;
    let last = year_at(r, from + 2).filter(|last| r.is_dash(from + 1) && *last > first)?;
    let part = if term.is_some() { Part::Term(last) } else { Part::Stretch(last) };
    let start = if brackets.is_some() && stretch.is_none() && term.is_none() { from } else { at };
    Some(Stretch { start, end: from + 3, part, year: Some(first) })
}

/// `năm 2022`.
fn year(r: &Reading<'_>, at: usize) -> Option<Stretch> {
    let year = year_at(r, at + 1).filter(|_| r.is_word(at, "năm"))?;
    // `năm 2021-2025` is a stretch.
    if r.is_dash(at + 2)
        && let Some(last) = year_at(r, at + 3).filter(|last| *last > year)
    {
        return Some(Stretch { start: at, end: at + 4, part: Part::Stretch(last), year: Some(year) });
    }
    Some(Stretch { start: at, end: at + 2, part: Part::Year, year: Some(year) })
}

/// `khóa XIII`, `lần thứ IX`: which of a row of terms; the token after it.
pub fn ordinal_at(r: &Reading<'_>, at: usize) -> Option<usize> {
    if !r.has(at, form::STRETCH) {
        return None;
    }
    let number = if r.is_any(at, &["khóa", "khoá"]) {
        at + 1
    } else if r.is_word(at, "lần") && r.is_word(at + 1, "thứ") {
        at + 2
    } else {
        return None;
    };
    let roman = r.is_capital(number) && r.word(number).chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    (roman || r.is_number(number)).then_some(number + 1)
}
