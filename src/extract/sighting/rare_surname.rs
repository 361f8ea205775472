//! Names with a rare surname that stand without rank, post or form of address. Many rare surnames are words of places
//! and firms too (`Sơn`, `Kim`, `Yên`), so such a name is a person's only with a further sign: the form of the name, or
//! its place in a list of people.

use super::super::cursor::TokenCursor;
use super::super::function_words::AND;
use super::super::lexicon::{TableClass, WordSet};
use super::super::name_run::{NameRun, is_common_surname, is_surname, name_at};

/// Whether the form of the name is enough: a surname that is no other word (`Ksor`), one of several words (`Rơ Chăm`),
/// or `Văn`, `Thị` behind the surname.
pub fn is_certain(r: &TokenCursor<'_>, name: NameRun) -> bool {
    if !name.surname || name.upper || !(2..=5).contains(&name.words) {
        return false;
    }
    let surname = r.hit(name.start, TableClass::Surname);
    let compound = surname.is_some_and(|hit| hit.end >= name.start + 2 && hit.end < name.end);
    let unlike_words = surname.is_some() && r.token(name.start).is_some_and(|token| token.foreign);
    let family_behind =
        surname.is_none() && r.token(name.end - 1).is_some_and(|token| token.foreign) && is_surname(r, name.end - 1);
    let middle = name.words >= 3 && r.is_in(name.start + 1, WordSet::MiddleName) && !begins_other(r, name);
    compound || unlike_words || family_behind || middle
}

/// Whether the name is an item of a list of people: behind a person and before the next item, or the first item behind
/// `gồm` or a colon and before a name with a common surname. `behind` is one past the last token of the person before.
pub fn is_listed(r: &TokenCursor<'_>, name: NameRun, behind: Option<usize>) -> bool {
    if !name.is_full_vietnamese() || name.words > 4 || begins_other(r, name) {
        return false;
    }
    let opens = name.start > 0 && (r.is(name.start - 1, ':') || r.is_in(name.start - 1, WordSet::ListVerb));
    let next = separated(r, name.end);
    let before_person = next.is_some_and(|next| is_whole_name(r, next));
    let behind_person = behind.is_some_and(|end| separated(r, end) == Some(name.start));
    // Of two words it may be a place or a firm; then both neighbours must be people.
    let item = next.is_some() || r.is(name.end, '(') || r.ends_sentence(name.end);
    (opens || behind_person) && before_person || (behind_person && item && name.words >= 3)
}

/// The token behind `,`, `;` or `và`.
fn separated(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if r.is_word(at, AND) {
        return Some(at + 1);
    }
    let sign = r.is(at, ',') || r.is(at, ';');
    sign.then(|| if r.is_word(at + 1, AND) { at + 2 } else { at + 1 })
}

/// Whether a name of three or four words with a common surname begins at the token.
fn is_whole_name(r: &TokenCursor<'_>, at: usize) -> bool {
    is_common_surname(r, at)
        && name_at(r, at).is_some_and(|name| name.is_full_vietnamese() && (3..=4).contains(&name.words))
}

/// Whether the words also begin a place, an organisation or a thing.
fn begins_other(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let other = [
        TableClass::Place,
        TableClass::District,
        TableClass::Unit,
        TableClass::Thing,
        TableClass::Tail,
        TableClass::Eponym,
        TableClass::Country,
    ];
    other.iter().any(|class| r.hit(name.start, *class).is_some())
}
