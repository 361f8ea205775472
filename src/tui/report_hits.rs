//! Where a report matches a search: words of the text by the same rules as the filter of the list, and for the fields
//! about people the names, posts and ranks that matched. Facts that are no words of the text (unit, kind) are not
//! marked. If the title is a line of the text, its hits are among those of the text.

use crate::report::{ParagraphKind, Period, Person, Report, Span};
use crate::search::evaluate::{self, FilterSubject, SubjectPerson};
use crate::search::filter::{Expr, FieldSubject, Filter, ranks};
use crate::search::highlight::{self, HighlightQuery};
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::search::required_words::has_all;
use crate::text::words::words;

/// The places of the report's text that answer a filter, in order, without overlap: those of a filter that the report
/// is known to answer.
pub fn hits(report: &Report, filter: &Filter) -> Vec<Span> {
    let mut found = highlight::hits(&report.text, &HighlightQuery::from(filter));
    for asked in filter.conditions() {
        found.extend(report.found.people.iter().flat_map(|person| of_person(asked, person, &report.text)));
    }
    highlight::flat(found)
}

/// The same of a search that was typed in the report: none, unless title and text answer all of it.
pub fn own_hits(report: &Report, filter: &Filter) -> Vec<Span> {
    if matches(report, filter) { hits(report, filter) } else { Vec::new() }
}

/// Why a report has no hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHitReason {
    /// The words asked for are not in it.
    Words,
    /// It is in the title only, and the title is no line of the text.
    AllButTitle,
    /// Everything asked for is a fact, such as a unit or a date, that no words of the text can show.
    Question,
}

/// Why the report has no hits of the query.
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

/// Whether a search, though not empty, asks for nothing that can be marked in a text.
pub fn asks_nothing(filter: &Filter) -> bool {
    !filter.is_everything() && !filter.conditions().into_iter().any(can_be_marked)
}

/// Whether the text of a report shows where it answers this condition.
fn can_be_marked(asked: &Expr) -> bool {
    matches!(asked, Expr::Text(_) | Expr::Rank(..) | Expr::About(FieldSubject::Person | FieldSubject::Post, _))
}

/// Where the title is in the text; `None` if it is no line of it.
pub fn title_line(report: &Report) -> Option<Span> {
    let mut lines = report.paragraphs.iter().filter(|line| line.kind == ParagraphKind::Headline);
    let line = lines.find(|line| line.span.of(&report.text).trim() == report.title.text)?.span;
    let start = line.start + line.of(&report.text).find(report.title.text.as_str())?;
    Some(Span::new(start, start + report.title.text.len()))
}

/// Whether a byte of the text is in the line that is the title.
pub fn is_in_title(report: &Report, at: usize) -> bool {
    title_line(report).is_some_and(|line| line.start <= at && at < line.end)
}

/// The places of the title that answer.
pub fn in_title(report: &Report, filter: &Filter) -> Vec<Span> {
    highlight::hits(&report.title.text, &HighlightQuery::from(filter))
}

/// Whether title and text match all of a filter. Tags and marks are ignored: they are not in the text.
fn matches(report: &Report, filter: &Filter) -> bool {
    let facts = &report.found.facts;
    let subject = FilterSubject {
        title: &report.title.text,
        text: &report.text,
        unit: facts.unit.as_deref(),
        kind: facts.kind,
        day: facts.day.or(report.published).or_else(|| facts.period.and_then(Period::last_day)),
        period: facts.period,
        people: report
            .found
            .people
            .iter()
            .map(|person| SubjectPerson {
                name: &person.name,
                rank: person.rank.map(|said| said.rank.name),
                posts: person.posts.iter().map(|post| post.text.as_str()).collect(),
            })
            .collect(),
        source: report.url.as_deref().unwrap_or(&report.file),
        ..FilterSubject::default()
    };
    // A word is read as typed if the report has it so, else as the Telex keys of a word, else as raw keys.
    let reading = |word: &QueryWord| {
        let stands = |reading: &WordReading| {
            let texts = [&report.title.text, &report.text];
            texts.iter().any(|text| words(text).any(|said| word.matches_as(*reading, said.text)))
        };
        WordReading::IN_ORDER.into_iter().find(stands).unwrap_or(WordReading::Keys)
    };
    let asked = Filter { expr: filter.expr.clone().and_then(of_the_text) };
    evaluate::matches(&asked, &subject, &reading)
}

/// The condition without the parts that no text can answer (tags, read and starred); `None` if nothing is left.
fn of_the_text(expr: Expr) -> Option<Expr> {
    match expr {
        Expr::About(FieldSubject::Tag, _) | Expr::Is(_) => None,
        Expr::And(parts) => {
            let parts: Vec<Expr> = parts.into_iter().filter_map(of_the_text).collect();
            (!parts.is_empty()).then_some(Expr::And(parts))
        }
        Expr::Or(parts) => parts.into_iter().map(of_the_text).collect::<Option<Vec<Expr>>>().map(Expr::Or),
        Expr::Not(part) => of_the_text(*part).map(|part| Expr::Not(Box::new(part))),
        other => Some(other),
    }
}

/// What of a person answers one condition.
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

/// The rank right before a name, if it is spelled as at the place where it was read.
fn rank_before(name: Span, rank: Span, text: &str) -> Option<Span> {
    let before = text.get(..name.start)?.trim_end();
    let start = before.len().checked_sub(rank.len())?;
    let same = before.get(start..)?.to_lowercase() == rank.of(text).to_lowercase();
    same.then(|| Span::new(start, before.len()))
}

/// The words of the phrase in a piece of the text: as one hit if they are adjacent, else each by itself.
fn within(span: Span, phrase: &QueryPhrase, text: &str) -> Vec<Span> {
    let piece = span.of(text);
    let found = highlight::hits(piece, &HighlightQuery::from(phrase.clone()));
    let found = if found.is_empty() { highlight::hits(piece, &HighlightQuery::from(phrase.apart())) } else { found };
    found.into_iter().map(|hit| Span::new(span.start + hit.start, span.start + hit.end)).collect()
}
