//! The bytes of a name that matched, and the words of former ranks and posts, from the places that the scorer found.
//! Pure arithmetic: nothing is matched again.

use super::index::{FinderIndex, IndexedPerson};
use super::query_matches::{FinderQuery, QueryTerm};
use super::score::{InitialsMatch, MatchPlace, MatchPlaces, NamePlace};
use crate::report::Span;
use crate::search::matching::Tier;
use crate::text::words::{Word, words};
use std::collections::BTreeSet;

/// A former rank or post that matches a part of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerMatch {
    /// Its position in `Candidate::former`.
    pub at: usize,
    /// The positions of its words that match.
    words: BTreeSet<usize>,
    /// Its abbreviations match spelled out, so positions of words would mean nothing: all of it counts as matching.
    is_spelled_out: bool,
}

impl FormerMatch {
    /// The spans of the words that match, ascending, in bytes of `written`, the rank or post as written.
    pub fn spans(&self, written: &str) -> Vec<Span> {
        let matches = |at: &usize| self.is_spelled_out || self.words.contains(at);
        let matching = words(written).enumerate().filter(|(at, _)| matches(at));
        matching.map(|(_, word)| Span::new(word.start, word.end())).collect()
    }
}

/// The former ranks and posts at these places, in the order of `Candidate::former`.
pub fn former_matches(person: &IndexedPerson, index: &FinderIndex, places: &MatchPlaces) -> Vec<FormerMatch> {
    let MatchPlaces::Words(places) = places else { return Vec::new() };
    let mut found: Vec<FormerMatch> = Vec::new();
    for place in places {
        let MatchPlace::Context(run) = place else { continue };
        if !run.is_former {
            continue;
        }
        // Each former rank or post has one line as written, perhaps followed by one with abbreviations spelled out.
        let lines = person.lines.iter().take(run.line + 1).map(|line| index.line(*line as usize));
        let written = lines.filter(|line| line.is_former && !line.spelled_out).count();
        let (at, words) = (written.saturating_sub(1), run.at..run.at + run.words);
        if !found.iter().any(|known| known.at == at) {
            found.push(FormerMatch { at, words: BTreeSet::new(), is_spelled_out: false });
        }
        for one in found.iter_mut().filter(|known| known.at == at) {
            one.words.extend(words.clone());
            one.is_spelled_out |= run.is_spelled_out;
        }
    }
    found.sort_by_key(|one| one.at);
    found
}

/// The spans of the name that matched, ascending, in bytes of the name as written; none if only rank and posts matched.
pub fn spans(query: &FinderQuery, person: &IndexedPerson, places: &MatchPlaces) -> Vec<Span> {
    let name = WrittenName { words: query.index.name_words(person.number).collect() };
    let mut spans = match places {
        MatchPlaces::Words(places) => name.place_spans(&query.terms, places),
        MatchPlaces::Letters(letters) => name.letter_spans(letters),
    };
    spans.sort_by_key(|span| span.start);
    spans
}

/// A name with its words as written.
struct WrittenName<'a> {
    words: Vec<Word<'a>>,
}

impl WrittenName<'_> {
    fn place_spans(&self, terms: &[QueryTerm], places: &[MatchPlace]) -> Vec<Span> {
        let mut spans = Vec::new();
        for (term, place) in terms.iter().zip(places) {
            match place {
                MatchPlace::Name(place) => spans.extend(self.word_span(term, place)),
                MatchPlace::Initials(initials) => self.push_initials(initials, &mut spans),
                MatchPlace::Context(_) => {}
            }
        }
        spans
    }

    /// The whole word, or as many of its letters as the query word has if it is only begun.
    fn word_span(&self, term: &QueryTerm, place: &NamePlace) -> Option<Span> {
        let word = self.words.get(place.at)?;
        if place.word_match.whole || matches!(place.word_match.tier, Tier::Squeezed | Tier::Fuzzy) {
            return Some(Span::new(word.start, word.end()));
        }
        Some(first_letters(word, term.word.folded().chars().count()))
    }

    /// The letters of each word that were typed.
    fn push_initials(&self, initials: &InitialsMatch, spans: &mut Vec<Span>) {
        for (at, letters) in (initials.first..).zip(initials.lengths.iter()) {
            spans.extend(self.words.get(at).map(|word| first_letters(word, letters)));
        }
    }

    /// Single letters, given by their positions in the folded name.
    fn letter_spans(&self, letters: &[usize]) -> Vec<Span> {
        let all = self.spans_of_letters();
        letters.iter().filter_map(|letter| all.get(*letter).copied().flatten()).collect()
    }

    /// For each character of the folded name, its span in the name as written; `None` for the spaces between words.
    fn spans_of_letters(&self) -> Vec<Option<Span>> {
        let mut all = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 {
                all.push(None);
            }
            all.extend(word.letter_ranges().into_iter().map(|letter| Some(Span::new(letter.start, letter.end))));
        }
        all
    }
}

/// The span of the first `letters` letters of a word. It is measured in the word as written: its lower-case or folded
/// form may have other lengths in bytes (apostrophes and combining marks are left out, `İ` becomes two characters).
fn first_letters(word: &Word<'_>, letters: usize) -> Span {
    let ranges = word.letter_ranges();
    let last = letters.checked_sub(1).and_then(|at| ranges.get(at.min(ranges.len().checked_sub(1)?)));
    Span::new(word.start, last.map_or(word.start, |letter| letter.end))
}
