//! Whether one report matches a filter: the plain meaning of every condition, word by word over the whole text. The
//! cache finds the same reports faster through its index; a test compares the two.

use crate::report::{CareerEventKind, Day, Period, ReportKind};
use crate::search::date::DayRange;
use crate::search::filter::{Expr, FieldSubject, Filter, MarkState, RankComparison, about_the_event, kinds_of, ranks};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::search::phrase_search::first_place;
use crate::search::required_words::has_all;
use crate::text::words::words;

/// The parts of a report that a filter can test.
#[derive(Clone, Debug, Default)]
pub struct FilterSubject<'a> {
    pub title: &'a str,
    /// In canonical spelling (`text::canonical`).
    pub text: &'a str,
    pub unit: Option<&'a str>,
    pub kind: ReportKind,
    /// The day by which the report is sorted.
    pub day: Option<Day>,
    /// The period that it reviews.
    pub period: Option<Period>,
    pub people: Vec<SubjectPerson<'a>>,
    /// The address if there is one, else the file.
    pub source: &'a str,
    /// The names of the archives that have it, where several are listed as one.
    pub archives: Vec<&'a str>,
    pub tags: Vec<&'a str>,
    /// The reader's notes on it, each with the words that it is about.
    pub notes: Vec<&'a str>,
    /// The reader's notes on the officials whom it names, likewise.
    pub notes_on_people: Vec<&'a str>,
    pub read: bool,
    pub starred: bool,
    /// The day on which it came into the cache.
    pub added: Option<Day>,
    /// Whether it came since the reader was last used.
    pub new: bool,
}

/// The parts of a person in a report that a filter can test.
#[derive(Clone, Debug, Default)]
pub struct SubjectPerson<'a> {
    pub name: &'a str,
    /// Canonical name of the rank.
    pub rank: Option<&'a str>,
    pub posts: Vec<&'a str>,
    /// The events that happen to the person.
    pub events: Vec<CareerEventKind>,
}

/// How the words of a filter are read, which depends on all words of the cache (`WordReading`).
pub trait WordLookup {
    /// The reading of one word.
    fn reading(&self, word: &QueryWord) -> WordReading;
}

impl<F: Fn(&QueryWord) -> WordReading> WordLookup for F {
    fn reading(&self, word: &QueryWord) -> WordReading {
        self(word)
    }
}

/// Whether the report matches.
pub fn matches(filter: &Filter, subject: &FilterSubject, lookup: &dyn WordLookup) -> bool {
    filter.expr.as_ref().is_none_or(|expr| matches_expr(expr, subject, lookup))
}

fn matches_expr(expr: &Expr, subject: &FilterSubject, lookup: &dyn WordLookup) -> bool {
    match expr {
        Expr::And(parts) => {
            let (of_one, others) = about_the_event(parts);
            others.iter().all(|part| matches_expr(part, subject, lookup))
                && (of_one.is_empty()
                    || subject.people.iter().any(|person| of_one.iter().all(|part| matches_person(part, person))))
        }
        Expr::Or(parts) => parts.iter().any(|part| matches_expr(part, subject, lookup)),
        Expr::Not(inner) => !matches_expr(inner, subject, lookup),
        Expr::Text(phrase) => [subject.title, subject.text].iter().any(|text| has_phrase(phrase, text, lookup)),
        Expr::About(field, phrase) => matches_field(*field, phrase, subject),
        Expr::Rank(..) | Expr::Event(_) => subject.people.iter().any(|person| matches_person(expr, person)),
        Expr::Year(first, last) => subject.day.is_some_and(|day| (*first..=*last).contains(&day.year())),
        Expr::From(range) => range.days().zip(subject.day).is_some_and(|((first, _), day)| first <= day),
        Expr::To(range) => range.days().zip(subject.day).is_some_and(|((_, last), day)| day <= last),
        Expr::Date(range) => range.holds(subject.day, subject.period),
        Expr::Added(comparison, range) => subject.added.is_some_and(|day| is_added(*comparison, *range, day)),
        Expr::Is(MarkState::Read) => subject.read,
        Expr::Is(MarkState::Unread) => !subject.read,
        Expr::Is(MarkState::Starred) => subject.starred,
        Expr::Is(MarkState::Noted) => !subject.notes.is_empty(),
        Expr::Is(MarkState::Undated) => subject.day.is_none(),
        Expr::Is(MarkState::New) => subject.new,
        Expr::Is(MarkState::NoUnit) => subject.unit.is_none(),
        Expr::Is(MarkState::NoRank) => subject.people.iter().all(|person| person.rank.is_none()),
        Expr::Is(MarkState::NoOfficial) => subject.people.is_empty(),
        Expr::Is(MarkState::Untagged) => subject.tags.is_empty(),
    }
}

/// Whether one person alone fulfils a condition about people.
pub fn matches_person(expr: &Expr, person: &SubjectPerson) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| matches_person(part, person)),
        Expr::Or(parts) => parts.iter().any(|part| matches_person(part, person)),
        Expr::Not(inner) => !matches_person(inner, person),
        Expr::Event(kind) => kind.map_or(!person.events.is_empty(), |kind| person.events.contains(&kind)),
        Expr::Rank(comparison, phrase) => {
            let wanted = ranks(*comparison, phrase);
            person.rank.is_some_and(|rank| wanted.iter().any(|known| known.name == rank))
        }
        Expr::About(FieldSubject::Person, phrase) => has_all(phrase, person.name),
        Expr::About(FieldSubject::Post, phrase) => person.posts.iter().any(|post| has_all(phrase, post)),
        _ => false,
    }
}

/// Whether what a report says of this person is what the filter asks for, in a report that matches. Everybody is meant
/// by a filter that asks for nobody; where it asks for several people, each of them is.
pub fn concerns(filter: &Filter, person: &SubjectPerson) -> bool {
    filter.expr.as_ref().and_then(|expr| concerns_expr(expr, person)).unwrap_or(true)
}

/// The same for a condition; `None` if it is not about people.
fn concerns_expr(expr: &Expr, person: &SubjectPerson) -> Option<bool> {
    match expr {
        Expr::And(parts) => {
            let (of_one, _) = about_the_event(parts);
            if !of_one.is_empty() {
                return Some(of_one.iter().all(|part| matches_person(part, person)));
            }
            parts.iter().filter_map(|part| concerns_expr(part, person)).reduce(|one, other| one || other)
        }
        // An alternative that is not about people can be why the report matches.
        Expr::Or(parts) => {
            let parts: Option<Vec<bool>> = parts.iter().map(|part| concerns_expr(part, person)).collect();
            parts.map(|parts| parts.contains(&true))
        }
        Expr::Event(_) | Expr::Rank(..) | Expr::About(FieldSubject::Person | FieldSubject::Post, _) => {
            Some(matches_person(expr, person))
        }
        _ => None,
    }
}

/// Whether a report of that day of import is meant. The bounds are those of `added_bounds`.
fn is_added(comparison: RankComparison, range: DayRange, day: Day) -> bool {
    added_bounds(comparison, range)
        .is_some_and(|(first, last)| first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last))
}

/// The first and the last day of import that are meant; `None` in the pair for no bound, and for the whole if the
/// calendar has no such days.
pub fn added_bounds(comparison: RankComparison, range: DayRange) -> Option<(Option<Day>, Option<Day>)> {
    let (first, last) = range.days()?;
    Some(match comparison {
        RankComparison::Is => (Some(first), Some(last)),
        RankComparison::AtLeast => (Some(first), None),
        RankComparison::AtMost => (None, Some(last)),
        RankComparison::Above => (Some(last.next()?), None),
        RankComparison::Below => (None, Some(first.previous()?)),
    })
}

fn matches_field(field: FieldSubject, phrase: &QueryPhrase, subject: &FilterSubject) -> bool {
    match field {
        FieldSubject::Unit => subject.unit.is_some_and(|unit| has_all(phrase, unit)),
        FieldSubject::Kind => kinds_of(phrase).contains(&subject.kind),
        FieldSubject::Person => subject.people.iter().any(|person| has_all(phrase, person.name)),
        FieldSubject::Post => subject.people.iter().any(|p| p.posts.iter().any(|post| has_all(phrase, post))),
        FieldSubject::Source => has_all(phrase, subject.source),
        FieldSubject::Archive => subject.archives.iter().any(|archive| has_all(phrase, archive)),
        FieldSubject::Note => subject.notes.iter().chain(&subject.notes_on_people).any(|note| has_all(phrase, note)),
        FieldSubject::Tag => subject.tags.iter().any(|tag| has_all(phrase, tag)),
    }
}

/// Whether the words of the phrase are next to each other in `text`.
fn has_phrase(phrase: &QueryPhrase, text: &str, lookup: &dyn WordLookup) -> bool {
    // Only keystroke readings need every word of the text; otherwise the byte scan finds the phrase much faster.
    let readings: Vec<WordReading> = phrase.words().iter().map(|word| lookup.reading(word)).collect();
    if readings.iter().all(|reading| *reading == WordReading::AsTyped) {
        return first_place(phrase, text).is_some();
    }
    let texts: Vec<_> = words(text).collect();
    texts.windows(phrase.words().len()).any(|window| {
        let read = phrase.words().iter().zip(&readings).zip(window);
        read.into_iter().all(|((word, reading), written)| word.matches_as(*reading, written.text))
    })
}
