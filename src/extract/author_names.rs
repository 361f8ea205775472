//! Bylines, the names of authors and photographers (docs/domain.md §5.3): lines `Tin, ảnh: …`, photo credits `Ảnh: …`,
//! and lines that are only names. Recognizers of people skip their tokens, because authors are not people of the
//! report.

use super::cursor::TokenCursor;
use super::function_words::{AND, IN, PHOTO};
use super::lexicon::{TableClass, WordSet, form};
use super::name_run::name_at;
use super::official_document::OfficialDocument;
use super::organisation_name::end_of;
use super::token::TokenKind;
use crate::report::{Draft, ParagraphKind, Quote, Span};
use crate::text::words::folded_words;
use std::ops::Range;

/// The bylines and the tokens that they take.
#[derive(Debug, Default)]
pub struct Bylines {
    pub quotes: Vec<Quote>,
    /// Token ranges of bylines, in order.
    taken: Vec<Range<usize>>,
}

impl Bylines {
    /// One past the last token of the byline that contains token `at`; `None` if no byline does.
    pub fn skip(&self, at: usize) -> Option<usize> {
        let place = self.taken.partition_point(|range| range.end <= at);
        self.taken.get(place).filter(|range| range.start <= at).map(|range| range.end)
    }
}

/// Finds all bylines: lines that are nothing else, and credits inside other lines. The names and capitals in the layout
/// of an official document are none.
pub fn bylines(draft: &Draft, r: &TokenCursor<'_>, document: Option<&OfficialDocument>) -> Bylines {
    let mut out = Bylines::default();
    let mut line_start = 0;
    let mut next = 0;
    loop {
        let at = r.next(next, form::END | form::CREDIT);
        let Some(token) = r.token(at) else { break };
        next = at + 1;
        if token.kind == TokenKind::End {
            let start = r.span(line_start, at).start;
            let is_layout = document.is_some_and(|document| document.has_in_layout(start));
            if let Some(names) = author_line(r, line_start, at).filter(|_| !is_layout) {
                out.quotes.extend(names);
                out.taken.push(line_start..at);
            }
            line_start = at + 1;
        } else if let Some(end) = credit_at(r, at).filter(|_| out.taken.last().is_none_or(|range| range.end <= at)) {
            let close = credit_names(r, end, &mut out.quotes);
            out.taken.push(at..close);
        }
    }
    for paragraph in draft.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Byline) {
        out.quotes.extend(names_of_line(&draft.text, paragraph.span));
    }
    out.quotes.sort_by_key(|quote| quote.span);
    out.quotes.dedup();
    out
}

/// `Ảnh:`, `Tin, ảnh:`, `Bài và ảnh:`, `Thực hiện:`; the token after the colon.
fn credit_at(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.is_in(at, WordSet::CreditWork) || !(r.is_capital(at) || r.is_word(at, PHOTO)) {
        return None;
    }
    // `Trong ảnh: A trao đổi với B` describes the picture.
    if at > 0 && r.is_word(at - 1, IN) {
        return None;
    }
    for end in at + 1..at + 7 {
        if r.is(end, ':') {
            return Some(end + 1);
        }
        if !(r.is(end, ',') || r.is(end, '-') || r.is(end, '&') || r.is_in(end, WordSet::CreditJoin)) {
            return None;
        }
    }
    None
}

/// Reads the names after the colon; the token after them.
fn credit_names(r: &TokenCursor<'_>, from: usize, quotes: &mut Vec<Quote>) -> usize {
    let mut at = from;
    loop {
        // `Ảnh: Bộ Công an`: who supplied it is no author.
        if let Some(hit) = r.hit(at, TableClass::Unit).filter(|hit| hit.end > at + 1 && r.is_capital(at)) {
            // Behind the credit the text may go on at once: `Ảnh: Công an TP Bến Gỗ Chủ tịch UBND TP A cho biết`.
            let end = end_of(r, hit.end);
            let begins_post = |at: &usize| r.is_capital(*at) && r.hit(*at, TableClass::Post).is_some();
            return (hit.end..end).find(begins_post).unwrap_or(end);
        }
        let is_initial =
            |at: usize| r.is(at + 1, '.') && r.token(at + 1).is_some_and(|dot| dot.glued) && r.is_capital(at);
        let end = if is_initial(at) {
            let mut after = at + 2;
            while is_initial(after) {
                after += 2;
            }
            name_at(r, after).map_or(after, |name| name.end)
        } else {
            match name_at(r, at).filter(|name| name.words <= 4) {
                Some(name) => name.end,
                // A source such as `TTXVN` is no name.
                None if r.is_capital(at) => at + 1,
                None => return at,
            }
        };
        if end > at + 1 {
            quotes.push(Quote { text: r.words(at, end), span: r.span(at, end) });
        }
        at = end;
        let joins = r.is_dash(at) || r.is(at, ',') || r.is(at, '/') || r.is(at, ';') || r.is_word(at, AND);
        if !joins || !r.is_capital(at + 1) {
            return at;
        }
        at += 1;
    }
}

/// The names of a line that is only names, perhaps with `(thực hiện)` or `(Theo …)` behind.
fn author_line(r: &TokenCursor<'_>, start: usize, end: usize) -> Option<Vec<Quote>> {
    // A line of more than twelve tokens is prose.
    if end <= start || end - start > 12 || !r.is_capital(start) {
        return None;
    }
    let mut names = Vec::new();
    let mut at = start;
    loop {
        let from = at;
        if r.is(at + 1, '.') && r.token(at + 1).is_some_and(|dot| dot.glued) && r.is_capital(at + 2) {
            at += 2;
        }
        let name = name_at(r, at)?;
        let plain = (2..=4).contains(&name.words) || at > from;
        if !plain || name.foreign || super::sighting::is_known_thing(r, name) {
            return None;
        }
        names.push(Quote { text: r.words(from, name.end), span: r.span(from, name.end) });
        at = name.end;
        if r.is_dash(at) || r.is(at, ',') || r.is(at, '&') || r.is_word(at, AND) {
            at += 1;
        } else {
            break;
        }
    }
    let tail = at == end || (r.is(at, '(') && r.is(end - 1, ')'));
    tail.then_some(names)
}

/// The names of a line that ingest has recognized as a byline.
fn names_of_line(text: &str, span: Span) -> Vec<Quote> {
    let line = span.of(text);
    let from = label_end(line);
    let names = line.get(from..).unwrap_or_default();
    let until = end_of_names(names);
    let mut out = Vec::new();
    let mut start = span.start + from;
    for piece in pieces(names.get(..until).unwrap_or_default()) {
        let name = without_number(without_words_before(piece.trim_matches(|c: char| !c.is_alphanumeric())));
        if let Some(offset) = piece.find(name).filter(|_| !name.is_empty()) {
            let place = Span::new(start + offset, start + offset + name.len());
            out.push(Quote { text: super::cursor::one_line(name).into_owned(), span: place });
        }
        start += piece.len();
    }
    out
}

/// Where the label of a byline ends: behind the first colon that is no clock's.
fn label_end(line: &str) -> usize {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_clock = |at: usize| {
        let (before, after) = line.split_at_checked(at).unwrap_or((line, ""));
        is_digit(before.chars().next_back()) && is_digit(after.chars().nth(1))
    };
    line.match_indices(':').map(|(at, _)| at).find(|at| !is_clock(*at)).map_or(0, |colon| colon + 1)
}

/// A name without the number behind it, which is of the day: `dpa 30.4., 14:58`. Nothing remains of a number alone.
fn without_number(name: &str) -> &str {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    match name.rsplit_once(' ') {
        Some((before, last)) if is_number(last) => before.trim_end(),
        None if is_number(name) => "",
        _ => name,
    }
}

/// Academic titles and the like, which have a full stop and a name behind them, in lower case.
const TITLES: [&str; 16] =
    ["dr", "prof", "mr", "mrs", "ms", "st", "gs", "pgs", "ts", "ths", "bs", "ks", "cn", "ls", "ds", "ncs"];

/// Where the names of a byline end: before a bracket, or a full stop that is not that of an initial (`John F. Muster`)
/// or of a title (`Dr. Muster`).
fn end_of_names(names: &str) -> usize {
    let ends = names.match_indices(['(', '.']).filter(|(at, sign)| {
        let word = names.get(..*at).and_then(|before| before.rsplit([' ', '.']).next()).unwrap_or_default();
        *at > 3 && (*sign == "(" || (word.chars().count() > 1 && !TITLES.contains(&word.to_lowercase().as_str())))
    });
    ends.map(|(at, _)| at).next().unwrap_or(names.len())
}

/// The parts of a list of names, each with the sign behind it. A hyphen without spaces parts two names of two words or
/// more (`KIM ANH-HOÀI LAM`), and not one name (`Jean-Luc Exemple`).
fn pieces(names: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for (at, sign) in names.match_indices([',', '-', '–', '/', ';', '&']) {
        let end = at + sign.len();
        let before = names.get(begin..at).unwrap_or_default();
        let after = names.get(end..).unwrap_or_default();
        let is_glued = sign == "-" && !before.ends_with(' ') && !after.starts_with(' ');
        let next = after.split([',', '-', '–', '/', ';', '&']).next().unwrap_or_default();
        let two_words = |part: &str| part.trim().contains(' ');
        if !is_glued || (two_words(before) && two_words(next)) {
            pieces.extend(names.get(begin..end));
            begin = end;
        }
    }
    pieces.extend(names.get(begin..));
    pieces
}

/// Words before the name of an author on pages in other languages, folded.
const BEFORE_AUTHOR: [&str; 10] = ["by", "von", "par", "por", "de", "door", "af", "av", "autor", "author"];

/// The name without `By` and the like before it.
pub fn without_words_before(name: &str) -> &str {
    match name.split_once(' ') {
        Some((first, rest)) if BEFORE_AUTHOR.contains(&folded_words(first).as_str()) => rest.trim_start(),
        _ => name,
    }
}
