//! All that is highlighted, in one order and without overlap: the one place where it is settled which meaning wins.
//! People win over everything; then references, dates, figures, posts and ranks of nobody, organisations,
//! abbreviations.

use super::cursor::TokenCursor;
use super::lexicon::{RowValue, TableClass, bit, form};
use super::{abbreviation, day, figure, period, post, reference, unit};
use crate::report::{Mark, Meaning, Span};

/// Marks that never overlap.
#[derive(Debug)]
struct DisjointMarks {
    marks: Vec<Mark>,
    /// One bit for each byte of the text: whether a mark has it.
    taken: Vec<u64>,
    /// The same of people's marks alone, once all are in.
    people: Vec<u64>,
}

impl DisjointMarks {
    fn new(bytes: usize) -> Self {
        Self { marks: Vec::new(), taken: vec![0; bytes / 64 + 1], people: Vec::new() }
    }

    /// Whether a person's mark has the byte.
    fn is_of_person(&self, at: usize) -> bool {
        self.people.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// The first byte of the span that a mark has already.
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

    /// Takes the mark unless a byte of it is taken.
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

    /// Takes of the mark what stands before the first byte that is taken: of `Trợ lý Đại tướng A` the aide's word.
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

/// Settles the marks of people and finds all others. `year` stands in for years not written.
pub fn marks(r: &TokenCursor<'_>, people: Vec<Mark>, units: &[unit::UnitMatch]) -> Vec<Mark> {
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

/// What finds the marks of one meaning.
struct Recognizer<F> {
    meaning: Meaning,
    /// What a token has with which such a mark can begin (`lexicon::form`, `lexicon::bit`).
    beginnings: u32,
    /// The token after the mark that begins at a token, and what it stands for.
    find: F,
}

type MarkEnd = Option<(usize, Option<String>)>;
type MarkFinder = fn(&TokenCursor<'_>, usize) -> MarkEnd;

/// In the order in which they go before each other.
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
    Recognizer {
        meaning: Meaning::Post,
        beginnings: bit(TableClass::Post) | bit(TableClass::State),
        find: |r, at| post::post_at(r, at).map(|post| (post.end, None)),
    },
    Recognizer { meaning: Meaning::Rank, beginnings: bit(TableClass::Rank), find: rank_mark },
];

/// Runs a recognizer from every token that it can begin with, and that no person's mark and none of its finds covers.
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

fn date_mark(r: &TokenCursor<'_>, at: usize) -> Option<(usize, Option<String>)> {
    if let Some(date) = day::date_at(r, at) {
        return Some((date.end, date.year.and_then(|year| date.with_year(year)).map(|day| day.to_string())));
    }
    if let Some(stretch) = period::stretch_at(r, at) {
        return Some((stretch.end, stretch.with_year(None).map(|period| period.to_string())));
    }
    period::ordinal_at(r, at).map(|end| (end, None))
}

/// The lowest rank that is a grade; what ranks.tsv has below it is only a word without a name.
const LOWEST_GRADE: u16 = 10;

/// A rank of nobody in particular; `tướng` and `học viên` are only words then.
fn rank_mark(r: &TokenCursor<'_>, at: usize) -> Option<(usize, Option<String>)> {
    let hit = r.hit(at, TableClass::Rank)?;
    let of_a_grade = matches!(r.row(hit)?.value, RowValue::Rank(order) if order >= LOWEST_GRADE);
    (hit.end >= at + 2 && of_a_grade).then_some((hit.end, None))
}
