//! All that is highlighted, in one order and without overlap: the one place where it is settled which meaning wins.
//! People win over everything; then references, dates, figures, posts and ranks of nobody, organisations,
//! abbreviations.

use super::reading::Reading;
use super::{abbreviation, day, figure, period, post, reference, unit};
use crate::extract::lexicon::Class;
use crate::report::{Mark, Meaning, Span};
use std::collections::BTreeMap;

/// Marks that never overlap.
#[derive(Debug, Default)]
struct Settled {
    marks: BTreeMap<usize, Mark>,
}

impl Settled {
    /// Takes the mark unless a byte of it is taken.
    fn take(&mut self, mark: Mark) {
        let before = self.marks.range(..mark.span.end).next_back();
        if !mark.span.is_empty() && before.is_none_or(|(_, have)| have.span.end <= mark.span.start) {
            self.marks.insert(mark.span.start, mark);
        }
    }

    /// Takes of the mark what stands before the first byte that is taken: of `Trợ lý Đại tướng A` the aide's word.
    fn take_beginning(&mut self, text: &str, mut mark: Mark) {
        let inside = self.marks.range(mark.span.start..mark.span.end).next().map(|(start, _)| *start);
        if let Some(end) = inside {
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
pub fn marks(r: &Reading<'_>, people: Vec<Mark>, units: &[unit::Unit]) -> Vec<Mark> {
    let mut settled = Settled::default();
    let (posts, others): (Vec<_>, Vec<_>) = people.into_iter().partition(|mark| mark.meaning == Meaning::Post);
    let (names, ranks): (Vec<_>, Vec<_>) = others.into_iter().partition(|mark| mark.meaning == Meaning::Name);
    for mark in names.into_iter().chain(ranks) {
        settled.take(mark);
    }
    for mark in posts {
        settled.take_beginning(r.text, mark);
    }
    let own = abbreviation::definitions(r);
    each(r, |at| reference::reference_at(r, at).map(|end| (end, None)), Meaning::Reference, &mut settled);
    each(r, |at| date_mark(r, at), Meaning::Date, &mut settled);
    each(
        r,
        |at| figure::figure_at(r, at).map(|figure| (figure.end, Some(figure.value))),
        Meaning::Figure,
        &mut settled,
    );
    each(r, |at| post::post_at(r, at).map(|post| (post.end, None)), Meaning::Post, &mut settled);
    each(r, |at| rank_mark(r, at), Meaning::Rank, &mut settled);
    for unit in units {
        let said = r.words(unit.start, unit.end);
        let value = (unit.name != said).then(|| unit.name.clone());
        settled.plain(r.span(unit.start, unit.end), Meaning::Unit, value);
    }
    each(
        r,
        |at| abbreviation::abbreviation_at(r, at, &own).map(|(end, value)| (end, Some(value))),
        Meaning::Abbreviation,
        &mut settled,
    );
    settled.marks.into_values().collect()
}

/// Runs a recognizer from every token that none of its finds covers.
fn each(
    r: &Reading<'_>,
    find: impl Fn(usize) -> Option<(usize, Option<String>)>,
    meaning: Meaning,
    settled: &mut Settled,
) {
    let mut at = 0;
    while at < r.tokens.len() {
        match find(at) {
            Some((end, value)) => {
                settled.plain(r.span(at, end), meaning, value);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
}

fn date_mark(r: &Reading<'_>, at: usize) -> Option<(usize, Option<String>)> {
    if let Some(date) = day::date_at(r, at) {
        return Some((date.end, date.year.and_then(|year| date.with_year(year)).map(|day| day.to_string())));
    }
    if let Some(stretch) = period::stretch_at(r, at) {
        return Some((stretch.end, stretch.with_year(None).map(|period| period.to_string())));
    }
    period::ordinal_at(r, at).map(|end| (end, None))
}

/// A rank of nobody in particular; `tướng` and `học viên` are only words then.
fn rank_mark(r: &Reading<'_>, at: usize) -> Option<(usize, Option<String>)> {
    let hit = r.hit(at, Class::Rank)?;
    (hit.end >= at + 2 && r.row(hit)?.value != "5").then_some((hit.end, None))
}
