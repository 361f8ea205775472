//! The year of the occasion that a date is said of: `hội nghị triển khai công tác năm 2019 diễn ra ngày 11-1`. The year
//! must stand in the words that name the occasion, and these must be tied to the date: before it without a comma, or
//! behind it as the object of a verb of holding or attending. Any other year of the sentence may be one of history.

use crate::extract::cursor::TokenCursor;
use crate::extract::date_match::{DateMatch, date_at, number, year_at};
use crate::extract::function_words::YEAR;
use crate::extract::lexicon::{TableClass, WordSet, form};
use crate::extract::token::LetterCase;
use crate::report::Day;
use std::ops::Range;

/// A sentence is looked at this many tokens around the date. The limit keeps the rule linear.
const MAX_TOKENS: usize = 60;
/// A year this many tokens behind the word for its occasion is another's.
const MAX_NAME_TOKENS: usize = 18;
/// Between the name of the occasion and the date: `bế mạc tối`, `của Bộ Giao thông vận tải diễn ra vào sáng`.
const MAX_TOKENS_TO_DATE: usize = 9;
/// An anniversary is celebrated at most this many days before or after it.
const ANNIVERSARY_DAYS: i32 = 90;
/// From this month on, what is planned is mostly of the next year.
pub const PLANNING_MONTH: u8 = 10;

/// The year of the occasion that the date is said of; `None` if there is none, or the sentence names several.
pub fn year(r: &TokenCursor<'_>, date: &DateMatch) -> Option<i16> {
    let sentence = sentence_of(r, date);
    let mut years: Vec<i16> = Vec::new();
    let mut at = r.next(sentence.start, form::NUMBER);
    while at < sentence.end {
        let outside = at < date.start || at >= date.end;
        if outside
            && let Some(occasion) = occasion_of(r, at, &sentence)
            && is_tied(r, &occasion, date)
        {
            years.extend(occasion.year_of(r, date.month));
        }
        at = r.next(at + 1, form::NUMBER);
    }
    only_one(years)
}

/// The words that name an occasion, with the year at their end.
struct Occasion {
    /// The first word for an occasion in them; in a name without such a word its last word.
    start: usize,
    /// One past the year.
    end: usize,
    year: i16,
}

impl Occasion {
    /// The year of a date of that month. What is reviewed in spring is the year before; what is planned in autumn is
    /// the year after. `None` in the months in which it may be either.
    fn year_of(&self, r: &TokenCursor<'_>, month: u8) -> Option<i16> {
        let names = |set| (self.start..self.end).any(|at| r.is_in(at, set));
        if names(WordSet::Planning) {
            (month < PLANNING_MONTH).then_some(self.year)
        } else if names(WordSet::Reviewing) {
            match month {
                1..=3 => Some(self.year + 1),
                PLANNING_MONTH.. => Some(self.year),
                _ => None,
            }
        } else {
            Some(self.year)
        }
    }
}

/// The occasion whose name ends in the year at token `at`: `hội nghị … năm 2019`, `Liên hoan … 2017`, or a name and a
/// year directly before a verb of holding: `Cúp Sông Gấm 2018 khai mạc`.
fn occasion_of(r: &TokenCursor<'_>, at: usize, sentence: &Range<usize>) -> Option<Occasion> {
    let year = year_at(r, at)?;
    let before = at.checked_sub(1)?;
    // `139/2018`, `5-2017`, `2011-2020` and sums are no years of an occasion.
    let glued = r.token(at)?.glued && !r.is(before, '"');
    let joined = r.is_dash(at + 1) || r.is(at + 1, '/') || (r.is(at + 1, '.') && r.is_number(at + 2));
    if glued || joined || r.is_dash(before) || r.is(before, '/') {
        return None;
    }
    let first = if r.is_word(before, YEAR) { before } else { at };
    let last_word = first.checked_sub(1)?;
    if r.is_in(last_word, WordSet::OtherTime) {
        return None;
    }
    let low = first.saturating_sub(MAX_NAME_TOKENS).max(sentence.start);
    let mut start = None;
    for at in (low..first).rev() {
        if r.is(at, ';') || r.is_in(at, WordSet::OtherYear) {
            break;
        }
        if r.is_in(at, WordSet::Occasion) {
            start = Some(at);
        }
    }
    let is_name = first == at && r.is_capital(last_word) && r.is_in(at + 1, WordSet::TakesPlace);
    let start = start.or(is_name.then_some(last_word))?;
    Some(Occasion { start, end: at + 1, year })
}

/// Whether the occasion is what the date is said of.
fn is_tied(r: &TokenCursor<'_>, occasion: &Occasion, date: &DateMatch) -> bool {
    if occasion.end <= date.start {
        let between = occasion.end..date.start;
        return between.len() <= MAX_TOKENS_TO_DATE
            && !between.clone().any(|at| r.is(at, ',') || r.is(at, ';') || r.is_in(at, WordSet::OtherYear));
    }
    // Behind the date, the object of a verb: `Sáng 26-12, Quân khu 10 tổ chức hội nghị … năm 2022`; or directly behind
    // it: `ngày 15-4, trong kế hoạch hợp tác năm 2017`.
    let mut starts = (occasion.start..occasion.end).filter(|at| r.is_in(*at, WordSet::Occasion));
    starts.any(|start| {
        let behind = |set| (start.saturating_sub(3).max(date.end)..start).any(|at| r.is_in(at, set));
        behind(WordSet::TakesPlace) || (behind(WordSet::WithinFrame) && start - date.end <= 5)
    })
}

/// The year that the text writes behind the name of an occasion, if the sentence of the date has that name without one.
/// `None` if the names of the sentence have several years.
pub fn year_by_name(r: &TokenCursor<'_>, date: &DateMatch) -> Option<i16> {
    let sentence = sentence_of(r, date);
    let mut years: Vec<i16> = Vec::new();
    let mut at = r.next(0, form::NUMBER);
    while at < r.tokens.len() {
        if let Some((name, year)) = name_and_year(r, at)
            && names_again(r, &sentence, &name)
        {
            years.push(year);
        }
        at = r.next(at + 1, form::NUMBER);
    }
    only_one(years)
}

/// The name that the year at token `at` is part of: the abbreviation before it, or the last two words, each with a
/// capital, which tell an occasion from others (`… Cúp Sông Gấm 2018`).
fn name_and_year(r: &TokenCursor<'_>, at: usize) -> Option<(Range<usize>, i16)> {
    let year = year_at(r, at)?;
    let last = at.checked_sub(1).filter(|last| r.is_capital(*last))?;
    let abbreviation = r.token(last)?.case == LetterCase::Upper;
    let start = if abbreviation { last } else { last.checked_sub(1).filter(|first| r.is_capital(*first))? };
    let glued = r.token(at)?.glued || r.is_dash(at + 1) || r.is(at + 1, '/');
    let other = [TableClass::Document, TableClass::Place].iter().any(|class| r.hit(start, *class).is_some());
    (!glued && !other).then_some((start..at, year))
}

/// Whether a sentence has the words of a name, without a year behind them.
fn names_again(r: &TokenCursor<'_>, sentence: &Range<usize>, name: &Range<usize>) -> bool {
    let same = |at: usize| {
        let words = name.clone().zip(at..);
        words.into_iter().all(|(own, other)| r.is_capital(other) && r.word(own) == r.word(other))
            && year_at(r, at + name.len()).is_none()
    };
    sentence.clone().any(|at| !name.contains(&at) && same(at))
}

/// The year of an anniversary near the date: `kỷ niệm 60 năm (1957 - 2017)`, `(19-5-1890 - 19-5-2018)`.
pub fn year_of_anniversary(r: &TokenCursor<'_>, date: &DateMatch) -> Option<i16> {
    let mut years: Vec<i16> = Vec::new();
    let mut at = r.next(0, form::NUMBER);
    while at < r.tokens.len() {
        years.extend(anniversary_at(r, at, date));
        at = r.next(at + 1, form::NUMBER);
    }
    only_one(years)
}

/// The last year of an anniversary that one of the ranges celebrates: `kỷ niệm 60 năm (1957 - 2017)`. `None` if there
/// are several.
pub fn year_celebrated(r: &TokenCursor<'_>, ranges: &[Range<usize>]) -> Option<i16> {
    only_one(ranges.iter().flat_map(|range| numbers_in(r, range)).filter_map(|at| years_in_brackets(r, at)).collect())
}

/// The year of the one occasion that the ranges name with its year, unless it is planned or reviewed.
pub fn year_named(r: &TokenCursor<'_>, ranges: &[Range<usize>]) -> Option<i16> {
    let years = ranges.iter().flat_map(|range| {
        numbers_in(r, range).into_iter().filter_map(|at| {
            let low = at.saturating_sub(MAX_TOKENS).max(range.start);
            let start = (low..at).rev().find(|at| r.ends_sentence(*at)).map_or(low, |end| end + 1);
            let occasion = occasion_of(r, at, &(start..range.end))?;
            let other = |at| r.is_in(at, WordSet::Planning) || r.is_in(at, WordSet::Reviewing);
            (!(occasion.start..occasion.end).any(other)).then_some(occasion.year)
        })
    });
    only_one(years.collect())
}

/// The tokens of numbers in a range.
fn numbers_in(r: &TokenCursor<'_>, range: &Range<usize>) -> Vec<usize> {
    let (mut numbers, mut at) = (Vec::new(), r.next(range.start, form::NUMBER));
    while at < range.end {
        numbers.push(at);
        at = r.next(at + 1, form::NUMBER);
    }
    numbers
}

/// The only different year of several.
fn only_one(mut years: Vec<i16>) -> Option<i16> {
    years.sort_unstable();
    years.dedup();
    if let [year] = years.as_slice() { Some(*year) } else { None }
}

/// The last year of the range that begins at token `at` behind a bracket, if it is an anniversary near `date`.
fn anniversary_at(r: &TokenCursor<'_>, at: usize, date: &DateMatch) -> Option<i16> {
    at.checked_sub(1).filter(|before| r.is(*before, '('))?;
    // `19-5-1890 - 19-5-2018`. The first year may be before those that `date_at` reads.
    if let (Some(first_day), Some(second)) = (number(r, at), date_at(r, at + 6).filter(|_| r.is_dash(at + 5))) {
        let to = second.year?;
        let rises = number(r, at + 4).is_some_and(|from| (1000..to).contains(&from));
        let same = first_day == i16::from(second.day) && number(r, at + 2) == Some(i16::from(second.month));
        let anniversary = second.with_year(to).filter(|_| rises && same)?;
        let is_near =
            |year: &i16| date.with_year(*year).is_some_and(|day| day.days_since(anniversary).abs() <= ANNIVERSARY_DAYS);
        return [to, to - 1, to + 1].into_iter().find(is_near);
    }
    years_in_brackets(r, at)
}

/// The second of two years in brackets that are those of something celebrated before them: `(1957 - 2017)`.
fn years_in_brackets(r: &TokenCursor<'_>, at: usize) -> Option<i16> {
    at.checked_sub(1).filter(|before| r.is(*before, '('))?;
    let (from, to) = (year_at(r, at)?, year_at(r, at + 2).filter(|_| r.is_dash(at + 1) && r.is(at + 3, ')'))?);
    let low = at.saturating_sub(MAX_TOKENS / 2);
    let celebrated = (low..at).rev().take_while(|at| !r.ends_sentence(*at)).any(|at| r.is_in(at, WordSet::Celebrating));
    (from < to && celebrated && Day::new(to, 1, 1).is_some()).then_some(to)
}

/// Whether the sentence compares with the time of the date, or tells of a document, a foundation or a birth of that
/// day: the date may be of any earlier year.
pub fn is_of_earlier_time(r: &TokenCursor<'_>, date: &DateMatch) -> bool {
    let sentence = sentence_of(r, date);
    let document = |at: usize| at < date.start && r.hit(at, TableClass::Document).is_some() && r.is_capital(at);
    sentence.into_iter().any(|at| r.is_in(at, WordSet::EarlierTime) || document(at))
}

/// The tokens of the sentence around a date, at most `MAX_TOKENS` on each side.
fn sentence_of(r: &TokenCursor<'_>, date: &DateMatch) -> Range<usize> {
    let low = date.start.saturating_sub(MAX_TOKENS);
    let start = (low..date.start).rev().find(|at| r.ends_sentence(*at)).map_or(low, |end| end + 1);
    start..r.sentence_end(date.end, MAX_TOKENS)
}
