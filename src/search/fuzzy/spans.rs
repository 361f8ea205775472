//! The bytes of a name that answered a query, from the places where its words were found.

use super::judge::{Judge, Place, Reading};
use super::query::{Pair, Query, Typed};
use super::spread::{self, Spread};
use super::{Entry, Finder, Tier, score};
use crate::report::Span;
use crate::search::matching::Prepared;

/// What of the name answered, in order; nothing where rank and posts did.
pub(super) fn spans(query: &Query, finder: &Finder, entry: &Entry, reading: Reading) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut judge = Judge::new(query, finder, reading);
    judge.judge(entry);
    let mut by_words = false;
    for (place, typed) in judge.places() {
        by_words = true;
        match place {
            Place::Name(at, pair) => out.extend(name_span(entry, finder, typed, *at, *pair)),
            Place::Spread(spread) => spread_spans(typed, finder, entry, spread, &mut out),
            Place::Context(_) => {}
        }
    }
    if !by_words && let Some((_, places)) = score::fuzzy(&entry.folded, &query.folded.replace(' ', "")) {
        out.extend(letter_spans(entry, finder, &places));
    }
    out.sort_by_key(|span| span.start);
    out
}

/// The part of a word of the name that was typed.
fn name_span(entry: &Entry, finder: &Finder, typed: &Typed, at: usize, pair: Pair) -> Option<Span> {
    let word = entry.name.get(at)?;
    let known = finder.words.get(word.id as usize)?;
    if pair.whole || matches!(pair.tier, Tier::Squeezed | Tier::Fuzzy) {
        return Some(word.span);
    }
    let count = typed.word.folded().chars().count();
    Some(Span::new(word.span.start, word.span.start + byte_len(&known.prepared, word.span, count)))
}

/// The bytes of the first `count` letters of a word.
fn byte_len(known: &Prepared, span: Span, count: usize) -> usize {
    // A name's word is written as its lower form but for capitals, which have the same length in UTF-8 here; where an
    // apostrophe was dropped the whole word is marked.
    if known.lower.len() != span.len() {
        return span.len();
    }
    known.lower.char_indices().nth(count).map_or(span.len(), |(at, _)| at)
}

fn spread_spans(typed: &Typed, finder: &Finder, entry: &Entry, spread: &Spread, out: &mut Vec<Span>) {
    let lengths = spread::lengths_of(typed, finder, entry, spread).unwrap_or_default();
    let names = entry.name.get(spread.first..spread.end).unwrap_or_default();
    for (name, taken) in names.iter().zip(lengths) {
        let Some(known) = finder.words.get(name.id as usize) else { return };
        out.push(Span::new(name.span.start, name.span.start + byte_len(&known.prepared, name.span, taken)));
    }
}

/// Single letters of the folded name as places of the name itself.
fn letter_spans(entry: &Entry, finder: &Finder, places: &[usize]) -> Vec<Span> {
    let mut all = Vec::new();
    for word in &entry.name {
        if !all.is_empty() {
            all.push(None);
        }
        let Some(known) = finder.words.get(word.id as usize) else { continue };
        let mut ends = known.prepared.lower.char_indices().map(|(at, c)| (at, at + c.len_utf8()));
        for _ in known.prepared.folded.chars() {
            let span = ends.next().map(|(from, to)| Span::new(word.span.start + from, word.span.start + to));
            all.push(span.filter(|s| s.end <= word.span.end));
        }
    }
    places.iter().filter_map(|&at| all.get(at).copied().flatten()).collect()
}
