//! All highlights of a text, without overlaps. Only this module decides which meaning wins: people first, then
//! references, dates, figures, posts and ranks without a name, organisations, abbreviations.
//!
//! A bitmap with one bit per byte of the text records the covered bytes, so adding a mark costs its length / 64 and no
//! search among the marks before it.
//!
//! ```text
//! text       Trợ lý Đại tướng A
//! marks             rrrrrrrrr n      rank and name are added first
//! post       pppppppppppppppppp     is cut before the first covered byte: `Trợ lý`
//! ```

use super::cursor::TokenCursor;
use super::lexicon::{RowValue, TableClass, WordSet, bit, form};
use super::{abbreviation, date_match, figure, period, post, reference, unit_match};
use crate::report::{Mark, Meaning, Span};

/// Marks that never overlap.
#[derive(Debug)]
struct DisjointMarks {
    marks: Vec<Mark>,
    /// One bit per byte of the text: whether a mark covers it.
    taken: Vec<u64>,
    /// A copy of `taken` with only the marks of people in it.
    people: Vec<u64>,
}

impl DisjointMarks {
    fn new(bytes: usize) -> Self {
        Self { marks: Vec::new(), taken: vec![0; bytes / 64 + 1], people: Vec::new() }
    }

    /// Whether a mark of a person covers the byte.
    fn is_of_person(&self, at: usize) -> bool {
        self.people.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// The first byte of the span that a mark covers already; `None` if all are free. Looks at 64 bytes at a time.
    fn first_taken(&self, span: Span) -> Option<usize> {
        let mut at = span.start;
        while at < span.end {
            let rest = self.taken.get(at / 64).map_or(0, |bits| bits >> (at % 64));
            if rest != 0 {
                return Some(at + rest.trailing_zeros() as usize).filter(|at| *at < span.end);
            }
            at = (at / 64 + 1) * 64;
        }
        None
    }

    /// Adds the mark unless one of its bytes is covered.
    fn take(&mut self, mark: Mark) {
        let span = mark.span;
        if span.is_empty() || self.first_taken(span).is_some() {
            return;
        }
        let mut at = span.start;
        while at < span.end {
            let until = span.end.min((at / 64 + 1) * 64);
            if let Some(bits) = self.taken.get_mut(at / 64) {
                *bits |= (u64::MAX >> (64 - (until - at))) << (at % 64);
            }
            at = until;
        }
        self.marks.push(mark);
    }

    /// Adds the part of the mark before the first byte that is covered: of `Trợ lý Đại tướng A` the aide's word.
    fn take_beginning(&mut self, text: &str, mut mark: Mark) {
        if let Some(end) = self.first_taken(mark.span) {
            let words = Span::new(mark.span.start, end).of(text).trim_end();
            mark.span = Span::new(mark.span.start, mark.span.start + words.len());
        }
        self.take(mark);
    }

    fn plain(&mut self, span: Span, meaning: Meaning, value: Option<String>) {
        self.take(Mark { span, meaning, person: None, value });
    }
}

/// Adds the marks of people, then finds all others.
pub fn marks(r: &TokenCursor<'_>, people: Vec<Mark>, units: &[unit_match::UnitMatch]) -> Vec<Mark> {
    let mut settled = DisjointMarks::new(r.text.len());
    let (posts, others): (Vec<_>, Vec<_>) = people.into_iter().partition(|mark| mark.meaning == Meaning::Post);
    let (names, ranks): (Vec<_>, Vec<_>) = others.into_iter().partition(|mark| mark.meaning == Meaning::Name);
    for mark in names.into_iter().chain(ranks) {
        settled.take(mark);
    }
    for mark in posts {
        settled.take_beginning(r.text, mark);
    }
    settled.people.clone_from(&settled.taken);
    let own = abbreviation::definitions(r);
    for recognizer in BEFORE_UNITS {
        each(r, recognizer, &mut settled);
    }
    for unit in units {
        let said = r.words(unit.start, unit.end);
        let value = (unit.name != said).then(|| unit.name.clone());
        settled.plain(r.span(unit.start, unit.end), Meaning::Unit, value);
    }
    let find =
        |_: &TokenCursor<'_>, at| abbreviation::abbreviation_at(r, at, &own).map(|(end, value)| (end, Some(value)));
    each(r, &Recognizer { meaning: Meaning::Abbreviation, beginnings: form::CAPITAL, find }, &mut settled);
    settled.marks.sort_unstable_by_key(|mark| mark.span.start);
    settled.marks
}

/// Finds the marks of one meaning.
struct Recognizer<F> {
    meaning: Meaning,
    /// Only a token with one of these bits can begin such a mark (`lexicon::form`, `lexicon::bit`).
    beginnings: u32,
    /// The token after the mark that begins at a token, and its value.
    find: F,
}

type MarkEnd = Option<(usize, Option<String>)>;
type MarkFinder = fn(&TokenCursor<'_>, usize) -> MarkEnd;

/// Those that win over organisations, the strongest first.
const BEFORE_UNITS: &[Recognizer<MarkFinder>] = &[
    Recognizer {
        meaning: Meaning::Reference,
        beginnings: form::NUMBER | bit(TableClass::Document),
        find: |r, at| reference::reference_at(r, at).map(|end| (end, None)),
    },
    Recognizer { meaning: Meaning::Date, beginnings: form::NUMBER | form::PERIOD, find: date_mark },
    Recognizer {
        meaning: Meaning::Figure,
        beginnings: form::NUMBER,
        find: |r, at| figure::figure_at(r, at).map(|figure| (figure.end, Some(figure.value))),
    },
    Recognizer { meaning: Meaning::Post, beginnings: bit(TableClass::Post) | bit(TableClass::State), find: post_mark },
    Recognizer { meaning: Meaning::Rank, beginnings: bit(TableClass::Rank), find: rank_mark },
];

/// Runs a recognizer from every token that can begin one of its marks and is covered neither by a person's mark nor by
/// a mark that it has just found.
fn each(
    r: &TokenCursor<'_>,
    recognizer: &Recognizer<impl Fn(&TokenCursor<'_>, usize) -> MarkEnd>,
    settled: &mut DisjointMarks,
) {
    let mut at = r.next(0, recognizer.beginnings);
    while at < r.tokens.len() {
        let mut end = at + 1;
        let free = r.token(at).is_some_and(|token| !settled.is_of_person(token.start()));
        if free && let Some((found, value)) = (recognizer.find)(r, at) {
            settled.plain(r.span(at, found), recognizer.meaning, value);
            end = end.max(found);
        }
        at = r.next(end, recognizer.beginnings);
    }
}

/// A post without a name. The head may be part of a longer word that is none: `cấp ủy viên`, `ban chỉ huy quân sự xã`.
fn post_mark(r: &TokenCursor<'_>, at: usize) -> Option<(usize, Option<String>)> {
    let covers = |from: usize| r.set_end(from, WordSet::PostInWord).is_some_and(|end| end > at);
    let post = post::post_at(r, at)?;
    (!(at.saturating_sub(2)..=at).any(covers)).then_some((post.end, None))
}

fn date_mark(r: &TokenCursor<'_>, at: usize) -> Option<(usize, Option<String>)> {
    if let Some(date) = date_match::date_at(r, at) {
        return Some((date.end, date.year.and_then(|year| date.with_year(year)).map(|day| day.to_string())));
    }
    if let Some(found) = period::period_at(r, at) {
        return Some((found.end, found.with_year(None).map(|period| period.to_string())));
    }
    period::ordinal_at(r, at).map(|end| (end, None))
}

/// The lowest order in ranks.tsv that is a grade; the rows below are common nouns unless a name follows.
const LOWEST_GRADE: u16 = 10;

/// A rank without a name. `tướng` (one word) and `học viên` (no grade) are only words then.
fn rank_mark(r: &TokenCursor<'_>, at: usize) -> Option<(usize, Option<String>)> {
    let hit = r.hit(at, TableClass::Rank)?;
    let of_a_grade = matches!(r.row(hit)?.value, RowValue::Rank(order) if order >= LOWEST_GRADE);
    (hit.end >= at + 2 && of_a_grade).then_some((hit.end, None))
}
