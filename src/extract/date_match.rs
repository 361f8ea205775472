//! Days in a text (docs/domain.md §5.5): `26-12`, `26/12/2022`, `26.12.2022`, `ngày 20 tháng 7 năm 2024`, and ranges
//! of days. The day always comes before the month. `report_facts` decides which date is the event's.

use super::cursor::TokenCursor;
use super::function_words::{DAY, EARLY_DAY, MONTH, YEAR};
use super::lexicon::{TableClass, WordSet};
use super::token::TokenKind;
use crate::report::Day;

/// A day as a text writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMatch {
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Day of the month; of a range the first.
    pub day: u8,
    pub month: u8,
    /// The year, if it is written.
    pub year: Option<i16>,
}

impl DateMatch {
    /// The day, with the given year if none is written.
    pub fn with_year(&self, year: i16) -> Option<Day> {
        Day::new(self.year.unwrap_or(year), self.month, self.day)
    }
}

/// The date that begins at token `at`.
pub fn date_at(r: &TokenCursor<'_>, at: usize) -> Option<DateMatch> {
    let day = number(r, at).filter(|day| (1..=31).contains(day))?;
    if r.token(at)?.glued && !r.is(at.wrapping_sub(1), '(') {
        return None;
    }
    in_words(r, at, day).or_else(|| in_signs(r, at, day)).or_else(|| range(r, at, day))
}

/// `20 tháng 7 năm 2024`, `20 tháng 7`.
fn in_words(r: &TokenCursor<'_>, at: usize, day: i16) -> Option<DateMatch> {
    let before = at.wrapping_sub(1);
    if !r.is_word(at + 1, MONTH) || !(r.is_in(before, WordSet::DateOpener) || r.is_word(before, EARLY_DAY)) {
        return None;
    }
    let month = number(r, at + 2)?;
    let year_follows = r.is_word(at + 3, YEAR) || r.is(at + 3, '/') || r.is(at + 3, '-');
    let year = if year_follows { year_at(r, at + 4) } else { None };
    date(at, if year.is_some() { at + 5 } else { at + 3 }, day, month, year)
}

/// Reads a date written with signs: `26-12`, `26/12/2022`.
fn in_signs(r: &TokenCursor<'_>, at: usize, day: i16) -> Option<DateMatch> {
    let sign = separator(r, at + 1)?;
    let month = number(r, at + 2)?;
    if separator(r, at + 3) == Some(sign) && r.is_number(at + 4) {
        let year = year_at(r, at + 4);
        // `1-2-3`: a score or a code, no date.
        if year.is_none() && sign == '-' && separator(r, at + 5).is_none() {
            return None;
        }
        return year.and_then(|year| date(at, at + 5, day, month, Some(year))).or_else(|| range(r, at, day));
    }
    if sign == '-' && separator(r, at + 3) == Some('/') && r.is_number(at + 4) {
        return range(r, at, day);
    }
    // A bare `26-12` may also be a ratio or a score: it is a date only behind a cue, in brackets or behind a capital
    // (`Hà Nội 26-12`). `2.9` may also be a decimal, so a dot needs `ngày` or a part of the day.
    let cued =
        at > 0 && (r.is_in(at - 1, WordSet::DateCue) || (sign != '.' && (r.is(at - 1, '(') || r.is_capital(at - 1))));
    let year = r.is_word(at + 3, YEAR).then(|| year_at(r, at + 4)).flatten();
    let before = at.wrapping_sub(1);
    let counted = r.hit(at + 3, TableClass::Counter).is_some() && !r.is_in(before, WordSet::DateOpener);
    if !cued
        || (sign == '.' && !(r.is_word(before, DAY) || r.is_in(before, WordSet::PartOfDay)))
        || (counted && year.is_none())
    {
        return None;
    }
    date(at, if year.is_some() { at + 5 } else { at + 3 }, day, month, year)
}

/// `1-4/6/2022`, `1-4/6`, `29/9-2/10`, `5 và 6-7`.
fn range(r: &TokenCursor<'_>, at: usize, day: i16) -> Option<DateMatch> {
    let joined = separator(r, at + 1) == Some('-')
        || ((r.is_in(at + 1, WordSet::RangeJoin) || r.is(at + 1, ','))
            && at > 0
            && r.is_in(at - 1, WordSet::RangeOpener));
    if !joined {
        return None;
    }
    let last = number(r, at + 2).filter(|last| day < *last && *last <= 31)?;
    let sign = separator(r, at + 3)?;
    let month = number(r, at + 4)?;
    let year = (separator(r, at + 5) == Some(sign)).then(|| year_at(r, at + 6)).flatten();
    // Only checks that the last day exists in the month.
    date(at, last as usize, last, month, year)?;
    date(at, if year.is_some() { at + 7 } else { at + 5 }, day, month, year)
}

fn date(start: usize, end: usize, day: i16, month: i16, year: Option<i16>) -> Option<DateMatch> {
    let (day, month) = (u8::try_from(day).ok()?, u8::try_from(month).ok()?);
    // Without a year 29-2 may exist: check against a leap year.
    Day::new(year.unwrap_or(2024), month, day)?;
    Some(DateMatch { start, end, day, month, year })
}

/// The sign between two parts of a date, if it has no space around it; a dash counts as a hyphen.
fn separator(r: &TokenCursor<'_>, at: usize) -> Option<char> {
    let token = r.token(at)?;
    let next = r.token(at + 1)?;
    match token.kind {
        TokenKind::Sign('–') if token.glued && next.glued => Some('-'),
        TokenKind::Sign(sign @ ('-' | '/' | '.')) if token.glued && next.glued => Some(sign),
        _ => None,
    }
}

/// The number of a token of digits.
pub fn number(r: &TokenCursor<'_>, at: usize) -> Option<i16> {
    r.token(at).filter(|token| token.kind == TokenKind::Number)?;
    r.word(at).parse().ok()
}

/// The year at a token: four digits, from 1900 to 2099.
pub fn year_at(r: &TokenCursor<'_>, at: usize) -> Option<i16> {
    number(r, at).filter(|year| r.word(at).len() == 4 && (1900..=2099).contains(year))
}
