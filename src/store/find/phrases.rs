//! Phrases as conditions on the index: which words can stand side by side, and how a phrase whose last word may go on
//! is asked for without joining all that it can go on to. Where reports are to be looked into, says so.

use super::plan::{Aim, Planned, Set, any_of, any_term};
use super::terms::Terms;
use crate::search::filter::Expr;
use crate::search::matching::{Phrase, Word};
use crate::store::{Error, Store};
use rusqlite::params;

/// Phrases of more combinations of words than this are narrowed down by their words alone.
const COMBINATIONS: usize = 128;

/// So few reports are looked into rather than joining the words that a phrase can end with.
const FEW: usize = if cfg!(test) { 1 } else { 4096 };

/// Words of one beginning that are joined at once, at most.
const JOINED: usize = if cfg!(test) { 2 } else { 12 };

/// A phrase whose last word can go on to more words than this is looked for by the beginning of that word.
const ENDINGS: usize = if cfg!(test) { 1 } else { 6 };

impl Store {
    /// Several words that stand side by side.
    pub(super) fn side_by_side(&self, phrase: &Phrase, terms: &[Terms], aim: Aim) -> Result<Planned, Error> {
        let combinations = terms.iter().fold(1_usize, |n, t| n.saturating_mul(t.tokens.len()));
        let listed = terms.iter().filter_map(|t| t.forms.as_ref()).filter_map(|forms| any_of(forms)).map(Set::Listed);
        let mut sets: Vec<Set> = listed.collect();
        let plain = sets.is_empty();
        if aim == Aim::First && combinations <= COMBINATIONS {
            // Most of those that have the words have them with their tones.
            sets.clear();
        }
        let look = || Some(Expr::Text(phrase.clone()));
        let open = phrase.words().last().zip(terms.split_last());
        let many = open.filter(|(_, (ending, _))| ending.tokens.len() > ENDINGS && !ending.by_keys);
        Ok(match many {
            Some((word, (ending, head))) if combinations / ending.tokens.len() <= COMBINATIONS => {
                let heads = phrases(head);
                let before = quoted(&heads).join(" OR ");
                let few = || Ok(ending.tokens.len() > JOINED && self.has_few(&before)?);
                if aim == Aim::First || (aim == Aim::All && few()?) {
                    // The words before are looked for once, not once for each word that the last one can go on to; and
                    // the newest reports with them are looked into, or all of them where they are few.
                    sets.push(Set::Words(before));
                    return Ok(Planned { set: Set::And(sets), left: look() });
                }
                sets.push(Set::Each(begun(&heads, word, ending)));
                Planned { set: Set::And(sets), left: if plain { None } else { look() } }
            }
            _ if combinations <= COMBINATIONS => {
                sets.push(Set::Words(quoted(&phrases(terms)).join(" OR ")));
                Planned { set: Set::And(sets), left: if plain { None } else { look() } }
            }
            _ => {
                sets.extend(terms.iter().filter_map(any_term).map(Set::Words));
                Planned { set: Set::And(sets), left: look() }
            }
        })
    }

    /// Whether so few reports answer an expression over `words` that looking into them is soon done.
    fn has_few(&self, expression: &str) -> Result<bool, Error> {
        let rows = self
            .db
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)")
            .and_then(|mut s| s.query_row(params![expression, FEW + 1], |row| row.get::<_, usize>(0)))
            .map_err(Error::when("read"))?;
        Ok(rows <= FEW)
    }
}

/// Phrases of any of these heads with a word that the typed one goes on to, in parts: the index joins all words of one
/// beginning before it tells the first report, and cannot be stopped meanwhile.
fn begun(heads: &[String], word: &Word, ending: &Terms) -> Vec<String> {
    let mut beginnings = Vec::new();
    if ending.more.is_some() || word.folded().starts_with(|c: char| c.is_ascii_digit()) {
        // Numbers: many, each in few reports, and soon joined.
        beginnings.push(format!("{}\" *", word.folded()));
    } else {
        parted(word.folded().chars().count(), &ending.tokens, &mut beginnings);
    }
    beginnings.extend(word.twin().map(|twin| format!("{twin}\"")));
    let each = |ending: &String| heads.iter().map(|head| format!("\"{head} {ending}")).collect::<Vec<_>>().join(" OR ");
    beginnings.iter().map(each).collect()
}

/// The ends of phrases for all these words, which share the first `length` letters: by their beginnings, each of a few
/// words.
fn parted(length: usize, tokens: &[String], out: &mut Vec<String>) {
    let beginning = |token: &str, letters: usize| token.chars().take(letters).collect::<String>();
    match tokens {
        [] => {}
        [only] => out.push(format!("{only}\"")),
        [first, ..] if tokens.len() <= JOINED => out.push(format!("{}\" *", beginning(first, length))),
        _ => {
            let longer = tokens.chunk_by(|one, next| beginning(one, length + 1) == beginning(next, length + 1));
            longer.for_each(|tokens| parted(length + 1, tokens, out));
        }
    }
}

/// Every combination of the words, each in its place.
fn phrases(terms: &[Terms]) -> Vec<String> {
    terms.iter().fold(vec![String::new()], |before, term| {
        let grown = before.iter().flat_map(|start| {
            term.tokens.iter().map(move |t| if start.is_empty() { t.clone() } else { format!("{start} {t}") })
        });
        grown.collect()
    })
}

fn quoted(phrases: &[String]) -> Vec<String> {
    phrases.iter().map(|phrase| format!("\"{phrase}\"")).collect()
}
