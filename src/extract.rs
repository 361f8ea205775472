//! Finds in a canonical text the people it names, with their ranks and posts, and the facts of the report: its kind,
//! unit and day. Takes time linear in the length of the text. Every fact is a quotation: it carries its span in the
//! text. Which ranks, posts, units and verbs exist is data, in tables that anyone can correct (docs/tables.md).
//!
//! Each step works on the results of the steps before it:
//!
//! ```text
//! token ──> lexicon ──> sighting ──> people_of_text ──> event, role ──> unit_match, report_facts ──> text_marks
//! tokens    rows of     each name    people of          career events   organisations, kind and      highlights,
//!           tables      with rank    the report         and roles       day of the report            no overlaps
//!                       and posts
//! ```

mod abbreviation;
mod author_names;
mod country_of_foreigner;
mod cursor;
mod date_match;
mod eponyms;
mod event;
mod event_day;
mod figure;
pub(crate) mod function_words;
mod level_place;
pub mod lexicon;
mod name_run;
pub(crate) mod official_document;
mod organisation_name;
mod people_of_text;
mod period;
mod post;
mod reference;
mod report_facts;
mod report_genre;
mod report_kind;
mod role;
mod sighting;
#[cfg(test)]
mod tests;
mod text_marks;
mod token;
mod unit_match;
mod unnamed_holder;
pub mod vietnamese_syllable;

use crate::report::{Draft, Extraction};
pub use abbreviation::spelled_out;
pub use author_names::without_words_before;
use cursor::TokenCursor;
use lexicon::{Hits, Lexicon};
pub use period::period_kind_of;
use std::cell::Cell;
use token::Token;

/// The version of the rules. Raise it whenever a change of tables or recognizers changes the results, so that a cache
/// knows that its derived data is out of date.
pub const RULES: u32 = 5;

/// Tokens, lower-case text and hits of one text. Each thread keeps its buffers, so that these large vectors are
/// allocated once per thread and not once per text.
#[derive(Default)]
struct ExtractionBuffers {
    tokens: Vec<Token>,
    lower: String,
    hits: Hits,
}

/// The buffers of a text longer than this many bytes are freed, so that one huge file does not hold its memory for
/// the life of the thread.
const LONGEST_REUSED: usize = 64 << 10;

thread_local! {
    static BUFFERS: Cell<ExtractionBuffers> = Cell::default();
}

/// Finds people, facts and marks in a draft's text.
pub fn extract(draft: &Draft) -> Extraction {
    read(draft, true)
}

/// As `extract`, but leaves `marks` empty. A cache stores this result; marks are found when a report is shown.
pub fn people_and_facts(draft: &Draft) -> Extraction {
    read(draft, false)
}

fn read(draft: &Draft, marked: bool) -> Extraction {
    let lexicon = lexicon::lexicon();
    // Taken out of the cell, not borrowed: after a panic the thread starts with empty buffers instead of broken ones.
    let mut buffers = BUFFERS.take();
    token::tokens(draft, lexicon, &mut buffers.tokens, &mut buffers.lower);
    lexicon.hits(&buffers.tokens, &mut buffers.hits);
    let found = recognize(draft, &buffers, lexicon, marked);
    if draft.text.len() <= LONGEST_REUSED {
        BUFFERS.set(buffers);
    }
    found
}

fn recognize(draft: &Draft, buffers: &ExtractionBuffers, lexicon: &Lexicon, marked: bool) -> Extraction {
    let ExtractionBuffers { tokens, lower, hits } = buffers;
    let cursor = TokenCursor { text: &draft.text, lower, tokens, hits, lexicon };
    let mut document = official_document::layout(&draft.text);
    let bylines = author_names::bylines(draft, &cursor, document.as_ref());
    let mut sightings = sighting::sightings(&cursor, &bylines);
    if let Some(document) = &mut document {
        official_document::add_signer(&cursor, document, &mut sightings);
    }
    let mut people = people_of_text::people(&cursor, &sightings, &bylines);
    let events = event::events(&cursor, &sightings, &mut people);
    country_of_foreigner::nearby::countries(&cursor, &sightings, &mut people);
    role::roles(&cursor, &sightings, &mut people);
    if marked {
        unnamed_holder::holders(&cursor, &mut people);
    }
    let units = unit_match::units(&cursor);
    let facts = report_facts::facts(draft, &cursor, document, &units, &people.all);
    let marks = if marked { text_marks::marks(&cursor, people.marks, &units) } else { Vec::new() };
    Extraction { facts, people: people.all, bylines: bylines.quotes, events, marks }
}
