//! Whether one report answers a filter: the plain meaning of every condition, word by word over the whole text. The
//! cache answers the same faster; a test holds the two together.

use crate::report::{Day, KINDS, Period, ReportKind};
use crate::search::abbreviation::{meanings, written_out};
use crate::search::fields::{FieldSubject, MarkState};
use crate::search::filter::{Expr, Filter, ranks};
use crate::search::fixed_phrases::{PhraseGroups, groupings};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::search::phrase_search::first_place;
use crate::text::words::words;
use std::cell::OnceCell;

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

/// The kinds that the words mean: those called so, else those that have all the words in one of their names. `khác` is
/// itself and not `tiếp khách`.
pub fn kinds_of(phrase: &QueryPhrase) -> Vec<ReportKind> {
    let closed = phrase.closed();
    let (whole, part) = (RequiredWords::new(&closed), RequiredWords::new(phrase));
    let called = |name: &str| words(name).count() == closed.words().len() && whole.in_value(name);
    let meant = |test: &dyn Fn(&str) -> bool| {
        let rows = KINDS.iter().filter(|row| test(row.1) || test(row.2));
        rows.map(|row| row.0).collect::<Vec<_>>()
    };
    let so_called = meant(&called);
    if so_called.is_empty() { meant(&|name| part.in_value(name)) } else { so_called }
}

/// Words that a value must have, ready to be held against many values.
pub struct RequiredWords<'a> {
    phrase: &'a QueryPhrase,
    /// What each word may stand for, where it is an abbreviation.
    meanings: Vec<Vec<Vec<String>>>,
    /// The ways to take runs of them for names, which stay together.
    groupings: Vec<PhraseGroups>,
}

impl<'a> RequiredWords<'a> {
    /// All words of the phrase.
    pub fn new(phrase: &'a QueryPhrase) -> Self {
        let typed = phrase.words();
        let meant = |word: &QueryWord| if word.is_marked() { Vec::new() } else { meanings(word.folded()) };
        let groupings = if typed.len() < 2 { Vec::new() } else { groupings(typed) };
        Self { phrase, meanings: typed.iter().map(meant).collect(), groupings }
    }

    /// Whether `value`, as it is or with its abbreviations spelled out, has a word for each typed one, in any order,
    /// abbreviations and keystrokes understood; and side by side those that together name a rank, a post, a unit or a place.
    pub fn in_value(&self, value: &str) -> bool {
        self.in_writing(value) || written_out(value).is_some_and(|value| self.in_writing(&value))
    }

    fn in_writing(&self, value: &str) -> bool {
        let texts: Vec<_> = words(value).collect();
        let answers = |word: &QueryWord, at: usize| {
            texts.get(at).is_some_and(|text| {
                word.answers(text.text).is_some()
                    || (word.squeezed().is_some() && word.answers_read(WordReading::Composed, text.text))
            })
        };
        let folded = OnceCell::new();
        let stands = |meaning: &Vec<String>| {
            let folded = folded.get_or_init(|| texts.iter().map(crate::text::words::Word::folded).collect::<Vec<_>>());
            stands_in(meaning, folded)
        };
        let typed = self.phrase.words();
        let each = typed
            .iter()
            .zip(&self.meanings)
            .all(|(word, meanings)| (0..texts.len()).any(|at| answers(word, at)) || meanings.iter().any(stands));
        let side_by_side = |&(first, end): &(usize, usize)| {
            let group = typed.get(first..end).unwrap_or_default();
            (0..texts.len()).any(|from| group.iter().enumerate().all(|(n, word)| answers(word, from + n)))
        };
        let together = |groups: &PhraseGroups| groups.iter().all(side_by_side);
        each && (self.groupings.is_empty() || self.groupings.iter().any(together))
    }
}

/// Whether `value` has all the words, as `Wanted` says.
pub fn has_all(phrase: &QueryPhrase, value: &str) -> bool {
    RequiredWords::new(phrase).in_value(value)
}

/// Whether the words stand side by side in `folded`.
fn stands_in(meaning: &[String], folded: &[String]) -> bool {
    folded.windows(meaning.len()).any(|window| window == meaning)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_abbreviations_and_by_what_those_stand_for() {
        let has = |typed: &str, value: &str| has_all(&QueryPhrase::new(typed, false).unwrap(), value);
        for typed in ["tcct", "tong cuc chinh tri", "tổng cục chính trị chủ nhiệm", "TCCT"] {
            assert!(has(typed, "Chủ nhiệm TCCT"), "{typed}");
        }
        for typed in ["tong cuc", "tổng cúc", "tphcm"] {
            assert_eq!(has(typed, "Chủ nhiệm TCCT"), typed == "tong cuc", "{typed}");
        }
        assert!(has("tphcm", "Chủ tịch UBND TP HCM") && has("uy ban nhan dan", "Chủ tịch UBND TP HCM"));
        assert!(!has("ban chap hanh", "Ủy viên BCH"), "of several meanings none is taken");
    }
}
