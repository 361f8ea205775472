//! The bytes of a name that answered a query, from the places where its words were found.

use super::index::{FinderIndex, IndexedPerson};
use super::initials_match::{self, InitialsMatch};
use super::query::{FinderQuery, WordAnswers, WordMatch};
use super::rank_candidate::{CandidateScorer, MatchPlace};
use super::{Tier, skim};
use crate::report::Span;
use crate::search::matching::PreparedWord;

/// What of the name answered, in order; nothing where rank and posts did.
pub(super) fn spans(
    query: &FinderQuery,
    register: &FinderIndex,
    entry: &IndexedPerson,
    judge: &mut CandidateScorer,
) -> Vec<Span> {
    let name = SpannedName { entry, register, spans: register.name_spans(entry.at) };
    let mut out: Vec<Span> = Vec::new();
    let mut by_words = false;
    for (place, typed) in judge.places(entry) {
        by_words = true;
        match place {
            MatchPlace::Name(at, pair) => out.extend(name.word_span(typed, *at, *pair)),
            MatchPlace::Spread(spread) => name.spread_spans(typed, spread, &mut out),
            MatchPlace::Context(_) => {}
        }
    }
    let letters = || skim::fuzzy(&register.folded_name(entry.at), &query.folded.replace(' ', ""));
    if !by_words && let Some((_, places)) = letters() {
        out.extend(name.letter_spans(&places));
    }
    out.sort_by_key(|span| span.start);
    out
}

/// A name with the places of its words.
struct SpannedName<'a> {
    entry: &'a IndexedPerson<'a>,
    register: &'a FinderIndex,
    spans: Vec<Span>,
}

impl SpannedName<'_> {
    /// The part of a word of the name that was typed.
    fn word_span(&self, typed: &WordAnswers, at: usize, pair: WordMatch) -> Option<Span> {
        let (known, span) = self.word(at)?;
        if pair.whole || matches!(pair.tier, Tier::Squeezed | Tier::Fuzzy) {
            return Some(span);
        }
        let count = typed.word.folded().chars().count();
        Some(Span::new(span.start, span.start + byte_len(known, span, count)))
    }

    fn spread_spans(&self, typed: &WordAnswers, spread: &InitialsMatch, out: &mut Vec<Span>) {
        let Some(lengths) = initials_match::lengths_of(typed, self.register, self.entry, spread) else { return };
        for (at, taken) in (spread.first..).zip(lengths.iter()) {
            let Some((known, span)) = self.word(at) else { return };
            out.push(Span::new(span.start, span.start + byte_len(known, span, taken)));
        }
    }

    /// Single letters of the folded name as places of the name itself.
    fn letter_spans(&self, places: &[usize]) -> Vec<Span> {
        let mut all = Vec::new();
        for at in 0..self.spans.len() {
            if !all.is_empty() {
                all.push(None);
            }
            let Some((known, word)) = self.word(at) else { continue };
            let mut ends = known.lower.char_indices().map(|(at, c)| (at, at + c.len_utf8()));
            for _ in known.folded.chars() {
                let span = ends.next().map(|(from, to)| Span::new(word.start + from, word.start + to));
                all.push(span.filter(|s| s.end <= word.end));
            }
        }
        places.iter().filter_map(|&at| all.get(at).copied().flatten()).collect()
    }

    fn word(&self, at: usize) -> Option<(&PreparedWord, Span)> {
        let known = self.register.word(*self.entry.name.get(at)?)?;
        Some((&known.prepared, *self.spans.get(at)?))
    }
}

/// The bytes of the first `count` letters of a word.
fn byte_len(known: &PreparedWord, span: Span, count: usize) -> usize {
    // A name's word is written as its lower form but for capitals, which have the same length in UTF-8 here; where an
    // apostrophe was dropped the whole word is marked.
    if known.lower.len() != span.len() {
        return span.len();
    }
    known.lower.char_indices().nth(count).map_or(span.len(), |(at, _)| at)
}
