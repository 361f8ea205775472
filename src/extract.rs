//! Reads a canonical text as a careful reader would: who is named, with which rank and posts, what kind of report
//! it is, of which unit, when. Promises to be linear in the text and to quote: every fact has its place.
//! What ranks, posts, units and verbs there are is said by the tables, which anyone can correct.

mod byline;
pub mod lexicon;
mod mention;
mod name;
mod post;
mod reading;
mod sighting;
mod syllable;
mod thing;
mod token;

use crate::report::{Draft, Extraction};
use reading::Reading;

/// The version of the rules: raised whenever tables or recognizers change what is found, so that a cache can tell
/// that what it derived is old.
pub const RULES: u32 = 1;

/// Finds people, facts and marks in a draft's text.
pub fn extract(draft: &Draft) -> Extraction {
    let lexicon = lexicon::lexicon();
    let tokens = token::tokens(draft, lexicon);
    let hits = lexicon.hits(&tokens);
    let reading = Reading { text: &draft.text, tokens: &tokens, hits: &hits, lexicon };
    let bylines = byline::bylines(draft, &reading);
    let sightings = sighting::sightings(&reading, &bylines);
    let register = mention::people(&reading, &sightings, &bylines);
    Extraction { people: register.people, bylines: bylines.quotes, ..Extraction::default() }
}
