//! Finds where a report matches a search: words of the text by the same rules as the filter of the list, and for the
//! fields about people the names, posts and ranks that match. Facts that are no words of the text (unit, kind) have no
//! hits. If the title is a line of the text, its hits are among those of the text.

use crate::report::{CareerEventKind, Extraction, ParagraphKind, Person, Report, Span};
use crate::search::filter::{Expr, FieldSubject, Filter, ranks};
use crate::search::filter_match::{self, FilterSubject, SubjectPerson};
use crate::search::highlight::{self, HighlightQuery};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::search::required_words::has_all;
use crate::text::words::words;

/// The spans of the report's text that match a filter, in order and without overlap. The report must be known to match
/// the filter (it is in the list): this only finds out where.
pub fn hits(report: &Report, filter: &Filter) -> Vec<Span> {
    let mut found = highlight::hits(&report.text, &HighlightQuery::from(filter));
    for asked in filter.conditions() {
        found.extend(report.extraction.people.iter().flat_map(|person| of_person(asked, person, &report.text)));
        if let Expr::Event(kind) = asked {
            let events = report.extraction.events.iter();
            found.extend(events.filter(|event| kind.is_none_or(|kind| event.kind == kind)).map(|event| event.span));
        }
    }
    highlight::flat(found)
}

/// The hits of a search that was typed in the report. Unlike a report of the list, this one may not match at all, so
/// there are none unless it matches the whole search, tags and marks aside. Words of two paragraphs are no phrase.
pub fn own_hits(report: &Report, filter: &Filter) -> Vec<Span> {
    if !matches(report, filter) {
        return Vec::new();
    }
    let mut found = hits(report, filter);
    found.retain(|hit| !hit.of(&report.text).contains('\n'));
    found
}

/// Why a report has no hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHitReason {
    /// The words of the query are not in it.
    Words,
    /// Only the title matches, and the title is not a line of the text.
    AllButTitle,
    /// The query has only facts, such as a unit or a date, that no words of the text can show.
    Question,
}

/// The reason why the report has no hits for a query. Only meaningful if it has none.
pub fn lacks(report: &Report, filter: &Filter) -> NoHitReason {
    if asks_nothing(filter) {
        return NoHitReason::Question;
    }
    if in_title(report, filter).is_empty() || !matches(report, filter) {
        NoHitReason::Words
    } else {
        NoHitReason::AllButTitle
    }
}

/// Whether a search is not empty, but has no condition that can have hits in a text.
pub fn asks_nothing(filter: &Filter) -> bool {
    !filter.is_everything() && !filter.conditions().into_iter().any(can_be_marked)
}

/// Whether a condition can have hits in a text.
fn can_be_marked(asked: &Expr) -> bool {
    matches!(
        asked,
        Expr::Text(_) | Expr::Rank(..) | Expr::Event(_) | Expr::About(FieldSubject::Person | FieldSubject::Post, _)
    )
}

/// The span of the title in the text. `None` if the title is not a line of the text.
pub fn title_line(report: &Report) -> Option<Span> {
    let mut lines = report.paragraphs.iter().filter(|line| line.kind == ParagraphKind::Headline);
    let line = lines.find(|line| line.span.of(&report.text).trim() == report.title.text)?.span;
    let start = line.start + line.of(&report.text).find(report.title.text.as_str())?;
    Some(Span::new(start, start + report.title.text.len()))
}

/// Whether a byte of the text belongs to the title.
pub fn is_in_title(report: &Report, at: usize) -> bool {
    title_line(report).is_some_and(|line| line.start <= at && at < line.end)
}

/// The spans of the title that match a filter, as byte ranges of the title.
pub fn in_title(report: &Report, filter: &Filter) -> Vec<Span> {
    highlight::hits(&report.title.text, &HighlightQuery::from(filter))
}

/// Whether title, text and facts match the whole filter. Conditions about tags and marks are ignored: they are not in
/// the text. Evaluates the filter in memory, as the report is loaded anyway.
fn matches(report: &Report, filter: &Filter) -> bool {
    let facts = &report.extraction.facts;
    let subject = FilterSubject {
        title: &report.title.text,
        text: &report.text,
        unit: facts.unit.as_deref(),
        kind: facts.kind,
        day: facts.day.map(|dated| dated.day),
        period: facts.period,
        people: report
            .extraction
            .people
            .iter()
            .enumerate()
            .map(|(place, person)| SubjectPerson {
                name: &person.name,
                rank: person.rank.map(|said| said.rank.name),
                posts: person.posts.iter().map(|post| post.text.as_str()).collect(),
                events: events_of(&report.extraction, place),
            })
            .collect(),
        source: report.url.as_deref().unwrap_or(&report.file),
        ..FilterSubject::default()
    };
    // A word is read as typed if the report has it in that form, else as the keystrokes of a word of the report, else
    // as keystrokes of any word with those letters.
    let reading = |word: &QueryWord| {
        let stands = |reading: &WordReading| {
            let texts = [&report.title.text, &report.text];
            texts.iter().any(|text| words(text).any(|said| word.matches_as(*reading, said.text)))
        };
        WordReading::IN_ORDER.into_iter().find(stands).unwrap_or(WordReading::Keys)
    };
    let asked = Filter { expr: filter.expr.clone().and_then(of_the_text) };
    filter_match::matches(&asked, &subject, &reading)
}

/// The kinds of the events that happen to person number `place`.
fn events_of(found: &Extraction, place: usize) -> Vec<CareerEventKind> {
    found.events.iter().filter(|event| event.person == place).map(|event| event.kind).collect()
}

/// The condition without the parts that no text can match (tags, marks, the day of import). `None` if nothing is left.
/// A part that is dropped counts as true: AND continues without it, and OR with such a part is dropped as a whole.
fn of_the_text(expr: Expr) -> Option<Expr> {
    match expr {
        Expr::About(FieldSubject::Tag, _) | Expr::Is(_) | Expr::Added(..) => None,
        Expr::And(parts) => {
            let parts: Vec<Expr> = parts.into_iter().filter_map(of_the_text).collect();
            (!parts.is_empty()).then_some(Expr::And(parts))
        }
        Expr::Or(parts) => parts.into_iter().map(of_the_text).collect::<Option<Vec<Expr>>>().map(Expr::Or),
        Expr::Not(part) => of_the_text(*part).map(|part| Expr::Not(Box::new(part))),
        other => Some(other),
    }
}

/// The spans about a person that match one condition: the matching words of mentions or posts, or the rank.
fn of_person(asked: &Expr, person: &Person, text: &str) -> Vec<Span> {
    match asked {
        Expr::About(FieldSubject::Person, phrase) if has_all(phrase, &person.name) => {
            person.mentions.iter().flat_map(|mention| within(mention.span, phrase, text)).collect()
        }
        Expr::About(FieldSubject::Post, phrase) => {
            let posts = person.posts.iter().filter(|post| has_all(phrase, &post.text));
            posts.flat_map(|post| within(post.span, phrase, text)).collect()
        }
        Expr::Rank(compare, phrase) => {
            let meant = ranks(*compare, phrase);
            let Some(said) = person.rank.as_ref().filter(|said| meant.contains(&said.rank)) else { return Vec::new() };
            let before = person.mentions.iter().filter_map(|mention| rank_before(mention.span, said.span, text));
            before.chain([said.span]).collect()
        }
        _ => Vec::new(),
    }
}

/// The span of the rank right before a name. `None` if the words there are not spelled as the known rank is: only one
/// place of the rank is stored, so its other occurrences are found by comparison (letter case aside).
fn rank_before(name: Span, rank: Span, text: &str) -> Option<Span> {
    let before = text.get(..name.start)?.trim_end();
    let start = before.len().checked_sub(rank.len())?;
    let same = before.get(start..)?.to_lowercase() == rank.of(text).to_lowercase();
    same.then(|| Span::new(start, before.len()))
}

/// The hits of the phrase in the part `span` of the text: one hit if its words are adjacent, else one for each word.
fn within(span: Span, phrase: &QueryPhrase, text: &str) -> Vec<Span> {
    let piece = span.of(text);
    let found = highlight::hits(piece, &HighlightQuery::from(phrase.clone()));
    let found = if found.is_empty() { highlight::hits(piece, &HighlightQuery::from(phrase.apart())) } else { found };
    found.into_iter().map(|hit| Span::new(span.start + hit.start, span.start + hit.end)).collect()
}
