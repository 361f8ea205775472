//! Where a report answers a search: words of the text by the same rules as the filter of the list, and for its fields of
//! people the names, posts and ranks that answered. What the text does not say in so many words (unit, kind) is not
//! marked.

use crate::report::{Person, Report, Span};
use crate::search::eval::has_all;
use crate::search::fields::About;
use crate::search::filter::{Expr, parse, ranks};
use crate::search::highlight::{self, Query};
use crate::search::matching::Phrase;

/// The places of the report's text that answer `query`, in order, without overlap.
pub fn hits(report: &Report, query: &str) -> Vec<Span> {
    let filter = parse(query).0;
    let mut found = highlight::hits(&report.text, &Query::from(&filter));
    for asked in filter.asked() {
        found.extend(report.found.people.iter().flat_map(|person| of_person(asked, person, &report.text)));
    }
    highlight::flat(found)
}

/// What of a person answers one condition.
fn of_person(asked: &Expr, person: &Person, text: &str) -> Vec<Span> {
    match asked {
        Expr::About(About::Person, phrase) if has_all(phrase, &person.name) => {
            person.mentions.iter().flat_map(|mention| within(mention.span, phrase, text)).collect()
        }
        Expr::About(About::Post, phrase) => {
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

/// The rank that stands right before a name, spelled as where it was read.
fn rank_before(name: Span, rank: Span, text: &str) -> Option<Span> {
    let before = text.get(..name.start)?.trim_end();
    let start = before.len().checked_sub(rank.len())?;
    let same = before.get(start..)?.to_lowercase() == rank.of(text).to_lowercase();
    same.then(|| Span::new(start, before.len()))
}

/// The words of the phrase in a piece of the text: side by side where they stand so, else each.
fn within(span: Span, phrase: &Phrase, text: &str) -> Vec<Span> {
    let piece = span.of(text);
    let found = highlight::hits(piece, &Query::from(phrase.clone()));
    let found = if found.is_empty() { highlight::hits(piece, &Query::from(phrase.apart())) } else { found };
    found.into_iter().map(|hit| Span::new(span.start + hit.start, span.start + hit.end)).collect()
}
