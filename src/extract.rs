//! Reads a canonical text as a careful reader would: who is named, with which rank and posts, what kind of report
//! it is, of which unit, when. Promises to be linear in the text and to quote: every fact has its place.
//! What ranks, posts, units and verbs there are is said by the tables, which anyone can correct.

mod abbreviation;
mod byline;
mod cursor;
mod day;
mod event;
mod facts;
mod figure;
mod grammar;
mod kind;
pub mod lexicon;
mod mark_overlaps;
mod mention;
mod name;
mod named_things;
mod organisation;
mod period;
mod post;
mod reference;
mod role;
mod sighting;
pub mod syllable;
#[cfg(test)]
mod tests;
mod token;
mod unit;
mod unnamed_holder;

use crate::report::{Draft, Extraction};
pub use abbreviation::spelled_out;
use cursor::TokenCursor;
use lexicon::{Hits, Lexicon};
pub use period::part_of_year;
use std::cell::Cell;
use token::Token;

/// The version of the rules: raised whenever tables or recognizers change what is found, so that a cache can tell
/// that what it derived is old.
pub const RULES: u32 = 4;

/// What a text is read by; its memory serves the thread's next text.
#[derive(Default)]
struct ExtractionBuffers {
    tokens: Vec<Token>,
    lower: String,
    hits: Hits,
}

/// In bytes: the memory that a longer text took is given back.
const USUAL: usize = 64 << 10;

thread_local! {
    static BUFFERS: Cell<ExtractionBuffers> = Cell::default();
}

/// Finds people, facts and marks in a draft's text.
pub fn extract(draft: &Draft) -> Extraction {
    read(draft, true)
}

/// The same but for the marks, which come out empty: all that a cache keeps of a text.
pub fn people_and_facts(draft: &Draft) -> Extraction {
    read(draft, false)
}

fn read(draft: &Draft, marked: bool) -> Extraction {
    let lexicon = lexicon::lexicon();
    let mut buffers = BUFFERS.take();
    token::tokens(draft, lexicon, &mut buffers.tokens, &mut buffers.lower);
    lexicon.hits(&buffers.tokens, &mut buffers.hits);
    let found = recognize(draft, &buffers, lexicon, marked);
    if draft.text.len() <= USUAL {
        BUFFERS.set(buffers);
    }
    found
}

fn recognize(draft: &Draft, buffers: &ExtractionBuffers, lexicon: &Lexicon, marked: bool) -> Extraction {
    let ExtractionBuffers { tokens, lower, hits } = buffers;
    let reading = TokenCursor { text: &draft.text, lower, tokens, hits, lexicon };
    let bylines = byline::bylines(draft, &reading);
    let sightings = sighting::sightings(&reading, &bylines);
    let mut register = mention::people(&reading, &sightings, &bylines);
    let events = event::events(&reading, &sightings, &mut register);
    role::roles(&reading, &sightings, &mut register);
    if marked {
        unnamed_holder::holders(&reading, &mut register);
    }
    let units = unit::units(&reading);
    let facts = facts::facts(draft, &reading, &units, &register.people);
    let marks = if marked { mark_overlaps::marks(&reading, register.marks, &units) } else { Vec::new() };
    Extraction { facts, people: register.people, bylines: bylines.quotes, events, marks }
}
