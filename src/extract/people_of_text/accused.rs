//! Who is accused of a crime. The text calls them so directly before the name (`bị cáo A`) or says it directly behind
//! name and posts (`A bị truy tố`); in a list it is said of all (`bị cáo A và B`). The press calls such people by posts
//! of any time of their lives, so that posts alone do not show who is who.

use super::super::cursor::TokenCursor;
use super::super::function_words::AND;
use super::super::lexicon::WordSet;
use super::super::sighting::Sighting;
use super::PeopleOfText;

/// The most words of what an accused is called.
const LONGEST: usize = 3;

/// The most tokens of what is said in brackets behind the posts of an accused.
const BRACKET: usize = 16;

/// The most signs and words between the posts of an accused and what is said of all in the list.
const CLOSING: usize = 2;

/// Marks the people whom the text calls accused.
pub fn mark(r: &TokenCursor<'_>, sightings: &[Sighting], people: &mut PeopleOfText) {
    let mut before: Option<&Sighting> = None;
    let mut listed = false;
    for sighting in sightings {
        let goes_on = listed && before.is_some_and(|last| is_next(r, last, sighting));
        listed = goes_on || is_called(r, sighting);
        if listed || is_said_of(r, sighting.to) {
            let person = people.places.get(&sighting.name.start).map(|place| place.person);
            if let Some(entry) = person.and_then(|person| people.all.get_mut(person)) {
                entry.accused = true;
            }
        }
        before = Some(sighting);
    }
}

/// Whether a word for an accused stands directly before the name.
fn is_called(r: &TokenCursor<'_>, sighting: &Sighting) -> bool {
    let start = sighting.name.start;
    let mut before = (1..=LONGEST).filter_map(|back| start.checked_sub(back));
    before.any(|from| r.set_end(from, WordSet::Accused) == Some(start))
}

/// Whether the name stands in a list right behind that of `last`, with nothing before it.
fn is_next(r: &TokenCursor<'_>, last: &Sighting, sighting: &Sighting) -> bool {
    let gap = behind_bracket(r, last.to)..sighting.name.start;
    let joins = |at: usize| r.is(at, ',') || r.is(at, ';') || r.is(at, ')') || r.is_word(at, AND);
    gap.len() <= LONGEST && gap.into_iter().all(joins)
}

/// The token behind the bracket in which more is said of a person than the posts that end before token `at`: `A (Giám
/// đốc B, thuộc bộ C) và D`. `at` if it is in none.
fn behind_bracket(r: &TokenCursor<'_>, at: usize) -> usize {
    let ends = |here: &usize| r.is(*here, ')') || r.is(*here, '(') || r.is(*here, ';') || r.ends_sentence(*here);
    let close = (at..at + BRACKET).find(ends).filter(|close| r.is(*close, ')'));
    close.map_or(at, |close| close + 1)
}

/// Whether it is said directly behind a person.
fn is_said_of(r: &TokenCursor<'_>, to: usize) -> bool {
    let to = behind_bracket(r, to);
    let closes = |at: &usize| r.is(*at, ')') || r.is(*at, ',');
    let from = (to..to + CLOSING).find(|at| !closes(at)).unwrap_or(to + CLOSING);
    r.is_in(from, WordSet::AccusedOf)
}
