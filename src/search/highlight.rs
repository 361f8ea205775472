//! The spans to mark in a text for a query: exactly the characters that match, as byte spans of the original text; and
//! a line of text around the first of them (snippet).

use crate::report::Span;
use crate::search::filter::Filter;
use crate::search::matching::{QueryPhrase, QueryWord, WordReading};
use crate::search::phrase_search::first_place;
use crate::text::fold::fold_char;
use crate::text::words::{Word as Written, words};

/// The words and phrases to mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HighlightQuery {
    phrases: Vec<QueryPhrase>,
    /// Keystrokes match even if some word matches as typed.
    keys: bool,
}

impl HighlightQuery {
    /// The words of a typed filter; those in quotation marks must be next to each other, the last may be the beginning
    /// of one.
    pub fn new(typed: &str) -> Self {
        Self::from(&crate::search::filter::parse(typed).0)
    }

    /// Whether there is nothing to mark.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The same, with keystrokes matching at once: for a cache that has no word as it was typed.
    #[must_use]
    pub fn taking_keystrokes(self) -> Self {
        Self { keys: true, ..self }
    }

    /// The words and phrases.
    pub fn phrases(&self) -> &[QueryPhrase] {
        &self.phrases
    }
}

impl From<&Filter> for HighlightQuery {
    fn from(filter: &Filter) -> Self {
        Self { phrases: filter.phrases().into_iter().cloned().collect(), keys: false }
    }
}

impl From<Vec<QueryPhrase>> for HighlightQuery {
    fn from(phrases: Vec<QueryPhrase>) -> Self {
        Self { phrases, keys: false }
    }
}

impl From<QueryPhrase> for HighlightQuery {
    fn from(phrase: QueryPhrase) -> Self {
        Self { phrases: vec![phrase], keys: false }
    }
}

/// The spans of `text` that match, ascending, none overlapping. A phrase gives one span from its first word to its
/// last.
pub fn hits(text: &str, query: &HighlightQuery) -> Vec<Span> {
    if query.is_empty() {
        return Vec::new();
    }
    let texts: Vec<Written> = words(text).collect();
    flat(query.phrases.iter().flat_map(|phrase| phrase_hits(phrase, &texts, query.keys)).collect())
}

/// The spans, ascending; those that overlap become one.
pub fn flat(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut flat: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match flat.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => flat.push(span),
        }
    }
    flat
}

/// The first span that matches. Keystrokes count only if nothing matches as typed; then words that they compose come
/// before words that only have the same letters.
fn first_hit(text: &str, query: &HighlightQuery) -> Option<Span> {
    let plain = if query.keys { None } else { first_plain_hit(text, query) };
    if plain.is_some() {
        return plain;
    }
    let may_be_keys = query.keys || query.phrases.iter().any(has_keystrokes);
    if !may_be_keys {
        return None;
    }
    [WordReading::Composed, WordReading::Keys].into_iter().find_map(|reading| first_hit_read(text, query, reading))
}

fn has_keystrokes(phrase: &QueryPhrase) -> bool {
    phrase.words().iter().any(|word| word.squeezed().is_some())
}

/// The first span that matches as typed or in that reading.
fn first_hit_read(text: &str, query: &HighlightQuery, reading: WordReading) -> Option<Span> {
    first_of(query.phrases.iter().filter_map(|phrase| first_phrase_hit(phrase, text, reading)))
}

/// The first span of one phrase. Reads the text word by word and stops at the hit, so that a snippet of a long text
/// with an early hit is cheap; the window holds as many words as the phrase has.
fn first_phrase_hit(phrase: &QueryPhrase, text: &str, reading: WordReading) -> Option<Span> {
    let mut window: Vec<Written> = Vec::with_capacity(phrase.words().len());
    words(text).find_map(|word| {
        if window.len() == phrase.words().len() {
            window.remove(0);
        }
        window.push(word);
        hit_at_start(phrase, &window, &|word, written| matches_read(word, written, reading))
    })
}

/// The first span that matches, keystrokes aside.
fn first_plain_hit(text: &str, query: &HighlightQuery) -> Option<Span> {
    first_of(query.phrases.iter().filter_map(|phrase| {
        let place = first_place(phrase, text)?;
        Some(span_of_phrase(phrase, &place.first, &place.last))
    }))
}

/// The span that begins first, the longest of several.
fn first_of(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.min_by_key(|span| (span.start, std::cmp::Reverse(span.end)))
}

/// All spans of a phrase, in the first reading that has any.
fn phrase_hits(phrase: &QueryPhrase, texts: &[Written], keys: bool) -> Vec<Span> {
    let may_be_keys = keys || has_keystrokes(phrase);
    let is_tried = |reading: &WordReading| if *reading == WordReading::AsTyped { !keys } else { may_be_keys };
    let mut readings = WordReading::IN_ORDER.into_iter().filter(is_tried);
    let hits = readings.find_map(|reading| {
        let hits = windows(phrase, texts, &|word, written| matches_read(word, written, reading));
        (!hits.is_empty()).then_some(hits)
    });
    hits.unwrap_or_default()
}

fn windows(phrase: &QueryPhrase, texts: &[Written], matches: &dyn Fn(&QueryWord, &Written) -> bool) -> Vec<Span> {
    texts.windows(phrase.words().len()).filter_map(|window| hit_at_start(phrase, window, matches)).collect()
}

/// The span of the phrase if the texts begin with it.
fn hit_at_start(
    phrase: &QueryPhrase,
    texts: &[Written],
    matches: &dyn Fn(&QueryWord, &Written) -> bool,
) -> Option<Span> {
    let texts = texts.get(..phrase.words().len())?;
    if !phrase.words().iter().zip(texts).all(|(word, written)| matches(word, written)) {
        return None;
    }
    Some(span_of_phrase(phrase, texts.first()?, texts.last()?))
}

/// The span from the first word of a phrase to its last. If the last word is a prefix, only the typed letters of it are
/// marked.
fn span_of_phrase(phrase: &QueryPhrase, first: &Written, last: &Written) -> Span {
    let prefix = phrase.words().last().filter(|word| word.is_prefix() && matches_plain(word, last));
    let len = prefix.map_or(last.text.len(), |word| word.matched_len(last.text));
    Span::new(first.start, last.start + len)
}

/// Whether a word matches as typed or in that reading.
fn matches_read(word: &QueryWord, written: &Written, reading: WordReading) -> bool {
    matches_plain(word, written)
        || (reading != WordReading::AsTyped && may_be_keys_of(word, written) && word.matches_as(reading, written.text))
}

/// Whether the first letters allow `word` to be the keystrokes of `written`. A cheap test that rules out most words of
/// a text. `w` is one key for ư, so it counts as u.
fn may_be_keys_of(word: &QueryWord, written: &Written) -> bool {
    let typed = word.squeezed().and_then(|key| key.chars().next());
    let first = written.text.chars().next().map(fold_char);
    typed == first.map(|c| if c == 'w' { 'u' } else { c })
}

fn matches_plain(word: &QueryWord, written: &Written) -> bool {
    word.match_word(written.text).is_some()
}

/// A line of at most `width` characters around the first hit of `text`, and the hits in that line; `None` if there is
/// no hit. Line breaks become spaces; `…` marks text that was left out.
pub fn snippet(text: &str, query: &HighlightQuery, width: usize) -> Option<(String, Vec<Span>)> {
    snippet_around(first_hit(text, query)?, text, query, width)
}

/// The line of `snippet`, computed from the beginning of a text alone, so that the rest need not be decompressed;
/// `None` if the rest of the text could change the line. `part` must end between two words.
pub fn early_snippet(part: &str, query: &HighlightQuery, width: usize) -> Option<(String, Vec<Span>)> {
    let first = first_plain_hit(part, query).filter(|_| !query.keys)?;
    // With more than `width` characters after the hit, the line ends before `part` does.
    let room = part.get(first.end..)?.chars().take(width + 1).count();
    if room > width { snippet_around(first, part, query, width) } else { None }
}

/// A line of at most `width` characters around the word that begins at that byte; `None` if no word follows.
pub fn line_at(text: &str, at: usize, width: usize) -> Option<String> {
    let first = words(text.get(at..)?).next()?;
    let span = Span::new(at + first.start, at + first.end());
    snippet_around(span, text, &HighlightQuery::default(), width).map(|(line, _)| line)
}

fn snippet_around(first: Span, text: &str, query: &HighlightQuery, width: usize) -> Option<(String, Vec<Span>)> {
    let before = text.get(..first.start)?;
    // A third of the room goes before the hit, two thirds after it.
    let lead = width.saturating_sub(first.of(text).chars().count()) / 3;
    let start = before.char_indices().rev().take(lead).last().map_or(first.start, |(at, _)| at);
    // The line begins with a whole word, and not before the paragraph of the hit.
    let paragraph = before.rfind('\n').map_or(0, |at| at + 1);
    let start = if start <= paragraph {
        paragraph
    } else {
        let word = text.get(start..first.start)?.find(' ').map_or(start, |at| start + at + 1);
        word.min(first.start)
    };
    let mut line = String::new();
    if start > 0 {
        line.push('…');
    }
    let room = width.saturating_sub(line.chars().count() + 1);
    let rest = text.get(start..)?;
    let end = rest.char_indices().nth(room).map_or(rest.len(), |(at, _)| at);
    let cut = rest.get(..end)?;
    line.extend(cut.chars().map(|c| if c == '\n' { ' ' } else { c }));
    if end < rest.len() {
        line.push('…');
    }
    let spans = hits(&line, query);
    Some((line, spans))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, typed: &str) -> String {
        let mut out = text.to_owned();
        for span in hits(text, &HighlightQuery::new(typed)).into_iter().rev() {
            out.insert(span.end, ']');
            out.insert(span.start, '[');
        }
        out
    }

    #[test]
    fn exactly_the_letters_that_match_are_marked() {
        for (text, typed, expect) in [
            ("Ông Hùng và bà Hưng", "hung ", "Ông [Hùng] và bà [Hưng]"),
            ("Ông Hùng và bà Hưng", "hưng ", "Ông Hùng và bà [Hưng]"),
            ("Ông Hùng và bà Hưng", "hu", "Ông [Hù]ng và bà [Hư]ng"),
            ("Tổng kết, tổng-kết", "\"tong ket\"", "[Tổng kết], [tổng-kết]"),
            ("kết quả tổng kết", "\"tong ket", "kết quả [tổng kết]"),
            ("H’Nhinh Êban", "hnhi", "[H’Nhi]nh Êban"),
            ("Quốc Hùng", "quoocs hungf ", "[Quốc] [Hùng]"),
            ("một hai", "-mot hai ", "một [hai]"),
            ("HÒA BÌNH", "hoà binh ", "[HÒA] [BÌNH]"),
            ("không", "", "không"),
        ] {
            assert_eq!(marked(text, typed), expect, "{typed}");
        }
    }

    #[test]
    fn a_snippet_is_a_line_around_the_first_hit() {
        let text = "Dòng một dài lắm.\nDòng hai nói về đồng chí Hưng ở đây và còn nói thêm nhiều điều nữa.\nBa";
        let (line, spans) = snippet(text, &HighlightQuery::new("hưng "), 40).unwrap();
        assert_eq!(spans.iter().map(|s| s.of(&line)).collect::<Vec<_>>(), ["Hưng"]);
        assert!(line.chars().count() <= 40 && line.starts_with('…') && line.ends_with('…'), "{line}");
        assert_eq!(snippet(text, &HighlightQuery::new("xyz "), 40), None);
        assert_eq!(snippet("Hưng", &HighlightQuery::new("hưng "), 3).map(|s| s.0).as_deref(), Some("Hư…"));
    }

    proptest! {
        #[test]
        fn the_first_hit_is_the_first_of_all(
            text in "[a-dđoôốơh .]{0,40}",
            typed in "[a-dohsfjw]{1,5}( [a-dohsfjw]{1,4})?",
            keys in any::<bool>(),
        ) {
            let query = HighlightQuery::new(&typed);
            let query = if keys { query.taking_keystrokes() } else { query };
            let first = |reading: WordReading| {
                let matches = |w: &QueryWord, t: &Written| matches_plain(w, t) || w.matches_as(reading, t.text);
                let texts: Vec<Written> = words(&text).collect();
                let all = query.phrases.iter().flat_map(|phrase| windows(phrase, &texts, &matches));
                all.min_by_key(|span| (span.start, std::cmp::Reverse(span.end)))
            };
            let mut levels = WordReading::IN_ORDER.into_iter().skip(usize::from(keys));
            prop_assert_eq!(first_hit(&text, &query), levels.find_map(first), "{:?} {:?}", text, typed);
        }

        #[test]
        fn hits_are_places_of_the_text(
            text in "[a-zđưỡễ’\u{301} .,\nHNÀ-ỹ]{0,60}",
            typed in "[a-zđưỡễ \"*]{0,12}",
            width in 0usize..50,
        ) {
            let query = HighlightQuery::new(&typed);
            let mut before = 0;
            for span in hits(&text, &query) {
                prop_assert!(text.get(span.start..span.end).is_some_and(|t| !t.is_empty()) && span.start >= before);
                before = span.end;
            }
            let part = text.rfind(' ').and_then(|at| text.get(..at)).unwrap_or_default();
            if let Some(early) = early_snippet(part, &query, width) {
                prop_assert_eq!(Some(early), snippet(&text, &query, width));
            }
            if let Some((line, _)) = snippet(&text, &query, width) {
                prop_assert!(line.chars().count() <= width.max(2), "{}", line);
                prop_assert!(!line.contains('\n'));
            }
        }
    }
}
