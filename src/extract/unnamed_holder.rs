//! Posts used instead of a name: `đồng chí Chính ủy` means the person to whom the text has given that post, if there is
//! exactly one. The words are highlighted as that person's. They are no mention, because they contain no name.

use super::cursor::TokenCursor;
use super::function_words::COMRADE;
use super::lexicon::{TableClass, WordSet, bit};
use super::people_of_text::PeopleOfText;
use super::post::{PostMatch, post_at};
use crate::report::{Mark, Meaning, PostState};
use std::collections::HashMap;

/// The person who holds a post, by the row of its head; `None` if several do.
type UnnamedHolders = HashMap<usize, Option<usize>>;

/// Marks all posts that mean a person by a form of address alone.
pub fn holders(r: &TokenCursor<'_>, people: &mut PeopleOfText) {
    let alone = alone(r);
    if alone.is_empty() {
        return;
    }
    let held = held(r, people);
    for (at, post) in alone {
        let person = head_row(r, at).and_then(|row| held.get(&row).copied().flatten());
        let before = person.and_then(|person| people.all.get(person)?.mentions.first());
        let span = r.span(post.start, post.end);
        // Before the holder is named for the first time, the text may mean another person with the same post.
        if before.is_some_and(|first| first.span.end <= span.start) {
            people.marks.push(Mark { span, meaning: Meaning::Post, person, value: None });
        }
    }
}

/// The posts behind `đồng chí` that have neither name nor organisation, with the token where each begins.
fn alone(r: &TokenCursor<'_>) -> Vec<(usize, PostMatch)> {
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        at = r.next(at, bit(TableClass::Person));
        let Some(hit) = r.hit(at, TableClass::Person) else { return out };
        let one = r.row(hit).is_some_and(|row| row.form() == COMRADE) && !r.is_in(at, WordSet::SeveralAddressed);
        let post = post_at(r, hit.end).filter(|post| one && post.name.is_none() && !post.group && !post.has_unit);
        if let Some(post) = post.filter(|post| post.state == PostState::Holds && !is_continued(r, post.end)) {
            out.push((hit.end, post));
        }
        at = hit.end;
    }
}

/// Whether a name, a rank or another post follows, so that the post belongs to the person named next.
fn is_continued(r: &TokenCursor<'_>, at: usize) -> bool {
    let next = if r.is(at, ',') || r.is_dash(at) || r.is_in(at, WordSet::PostJoin) { at + 1 } else { at };
    r.is_capital(at)
        || r.is(at, ':')
        || [TableClass::Rank, TableClass::Post].iter().any(|class| r.hit(next, *class).is_some())
}

fn head_row(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    r.hit(at, TableClass::Post).map(|hit| hit.row)
}

/// The holders of all posts that the text gives to named people.
fn held(r: &TokenCursor<'_>, people: &PeopleOfText) -> UnnamedHolders {
    let mut out = UnnamedHolders::new();
    for (person, entry) in people.all.iter().enumerate() {
        for post in entry.posts.iter().filter(|post| post.state == PostState::Holds) {
            let token = r.tokens.partition_point(|token| token.start() < post.span.start);
            let Some(row) = head_row(r, token) else { continue };
            let holder = out.entry(row).or_insert(Some(person));
            if *holder != Some(person) {
                *holder = None;
            }
        }
    }
    out
}
