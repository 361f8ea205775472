//! Reads a canonical text as a careful reader would: who is named, with which rank and posts, what kind of report
//! it is, of which unit, when. Promises to be linear in the text and to quote: every fact has its place.
//! What ranks, posts, units and verbs there are is said by the tables, which anyone can correct.

mod abbreviation;
mod byline;
mod day;
mod event;
mod facts;
mod figure;
mod holder;
mod kind;
pub mod lexicon;
mod mention;
mod name;
mod organisation;
mod overlap;
mod period;
mod post;
mod reading;
mod reference;
mod role;
mod sighting;
pub mod syllable;
#[cfg(test)]
mod tests;
mod thing;
mod token;
mod unit;

use crate::report::{Draft, Extraction};
use reading::Reading;

/// The version of the rules: raised whenever tables or recognizers change what is found, so that a cache can tell
/// that what it derived is old.
pub const RULES: u32 = 2;

/// Finds people, facts and marks in a draft's text.
pub fn extract(draft: &Draft) -> Extraction {
    let lexicon = lexicon::lexicon();
    let (tokens, lower) = token::tokens(draft, lexicon);
    let hits = lexicon.hits(&tokens);
    let reading = Reading { text: &draft.text, lower: &lower, tokens: &tokens, hits: &hits, lexicon };
    let bylines = byline::bylines(draft, &reading);
    let sightings = sighting::sightings(&reading, &bylines);
    let mut register = mention::people(&reading, &sightings, &bylines);
    let events = event::events(&reading, &sightings, &mut register);
    role::roles(&reading, &sightings, &mut register);
    holder::holders(&reading, &mut register);
    let units = unit::units(&reading);
    let facts = facts::facts(draft, &reading, &units, &register.people);
    let marks = overlap::marks(&reading, register.marks, &units);
    Extraction { facts, people: register.people, bylines: bylines.quotes, events, marks }
}
