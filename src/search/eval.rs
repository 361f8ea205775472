//! Whether one report answers a filter: the plain meaning of every condition, word by word over the whole text. The
//! cache answers the same faster; a test holds the two together.

use crate::report::{Day, Period, ReportKind};
use crate::search::filter::{Expr, FieldSubject, Filter, MarkState, kinds_of, ranks};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::search::phrase_search::first_place;
use crate::search::required_words::has_all;
use crate::text::words::words;

/// What of a report a filter can ask about.
#[derive(Clone, Debug, Default)]
pub struct FilterSubject<'a> {
    /// The title.
    pub title: &'a str,
    /// The canonical text.
    pub text: &'a str,
    /// The unit.
    pub unit: Option<&'a str>,
    /// The kind.
    pub kind: ReportKind,
    /// Where the report stands in order of time.
    pub day: Option<Day>,
    /// The period it reviews.
    pub period: Option<Period>,
    /// Name, canonical rank and posts of each person.
    pub people: Vec<(&'a str, Option<&'a str>, Vec<&'a str>)>,
    /// Address, else file.
    pub source: &'a str,
    /// The reader's tags.
    pub tags: Vec<&'a str>,
    /// Opened before.
    pub read: bool,
    /// Starred.
    pub starred: bool,
}

/// How typed words are read over the whole cache: those that it does not know as they are may be keystrokes.
pub trait WordLookup {
    /// How this one is read.
    fn reading(&self, word: &QueryWord) -> WordReading;
}

impl<F: Fn(&QueryWord) -> WordReading> WordLookup for F {
    fn reading(&self, word: &QueryWord) -> WordReading {
        self(word)
    }
}

/// Whether the report answers.
pub fn answers(filter: &Filter, subject: &FilterSubject, vocabulary: &dyn WordLookup) -> bool {
    filter.expr.as_ref().is_none_or(|expr| holds(expr, subject, vocabulary))
}

fn holds(expr: &Expr, subject: &FilterSubject, vocabulary: &dyn WordLookup) -> bool {
    match expr {
        Expr::And(parts) => parts.iter().all(|part| holds(part, subject, vocabulary)),
        Expr::Or(parts) => parts.iter().any(|part| holds(part, subject, vocabulary)),
        Expr::Not(inner) => !holds(inner, subject, vocabulary),
        Expr::Text(phrase) => [subject.title, subject.text].iter().any(|text| has_phrase(phrase, text, vocabulary)),
        Expr::About(about, phrase) => about_holds(*about, phrase, subject),
        Expr::Rank(compare, phrase) => {
            let meant = ranks(*compare, phrase);
            subject.people.iter().any(|p| p.1.is_some_and(|rank| meant.iter().any(|r| r.name == rank)))
        }
        Expr::Year(first, last) => subject.day.is_some_and(|day| (*first..=*last).contains(&day.year())),
        Expr::From(when) => when.days().zip(subject.day).is_some_and(|((first, _), day)| first <= day),
        Expr::To(when) => when.days().zip(subject.day).is_some_and(|((_, last), day)| day <= last),
        Expr::Date(when) => when.holds(subject.day, subject.period),
        Expr::Is(MarkState::Read) => subject.read,
        Expr::Is(MarkState::Unread) => !subject.read,
        Expr::Is(MarkState::Starred) => subject.starred,
    }
}

fn about_holds(about: FieldSubject, phrase: &QueryPhrase, subject: &FilterSubject) -> bool {
    match about {
        FieldSubject::Unit => subject.unit.is_some_and(|unit| has_all(phrase, unit)),
        FieldSubject::Kind => kinds_of(phrase).contains(&subject.kind),
        FieldSubject::Person => subject.people.iter().any(|p| has_all(phrase, p.0)),
        FieldSubject::Post => subject.people.iter().any(|p| p.2.iter().any(|post| has_all(phrase, post))),
        FieldSubject::Source => has_all(phrase, subject.source),
        FieldSubject::Tag => subject.tags.iter().any(|tag| has_all(phrase, tag)),
    }
}

/// Whether the words of the phrase stand side by side in `text`.
fn has_phrase(phrase: &QueryPhrase, text: &str, vocabulary: &dyn WordLookup) -> bool {
    let readings: Vec<WordReading> = phrase.words().iter().map(|word| vocabulary.reading(word)).collect();
    if readings.iter().all(|reading| *reading == WordReading::AsTyped) {
        return first_place(phrase, text).is_some();
    }
    let texts: Vec<_> = words(text).collect();
    texts.windows(phrase.words().len()).any(|window| {
        let read = phrase.words().iter().zip(&readings).zip(window);
        read.into_iter().all(|((word, reading), written)| word.answers_read(*reading, written.text))
    })
}
