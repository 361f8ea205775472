//! The top of an official document: issuer, number, place and day, kind, subject.

use super::super::function_words::{DAY, DOCUMENT_NUMBER, MONTH, YEAR};
use super::super::lexicon::WordSet;
use super::cells::{self, Cell, LayoutLine, is_in_capitals};
use super::{DocumentDay, OfficialDocument};
use crate::report::{Day, Quote, Span};

/// The top is within this many lines that are not blank.
const HEADING_LINES: usize = 24;
/// The text is not looked at beyond this many bytes if none of them is a sign of a document.
const SIGN_BYTES: usize = 1500;
/// A longer number is none.
const MAX_NUMBER_BYTES: usize = 40;
/// A longer name of a place is none.
const MAX_PLACE_BYTES: usize = 60;
/// A kind with more words than its table has is a headline: `BÁO CÁO TỔNG KẾT NĂM 2026`.
const MAX_KIND_BYTES: usize = 120;
/// The subject has at most this many lines.
const SUBJECT_LINES: usize = 4;

/// What a cell of the top is.
enum HeadingCell {
    /// The name of the state or of the Party, or the motto.
    State,
    /// With the part of the cell behind it, if there is one.
    Number(Quote),
    Dateline {
        place: Quote,
        day: DocumentDay,
    },
    /// What a letter is about.
    LetterSubject,
    Kind,
    Other,
}

/// Reads the top of a text.
pub(super) fn read(text: &str) -> Option<OfficialDocument> {
    if !may_be_document(text) {
        return None;
    }
    let mut found = OfficialDocument::default();
    let (mut has_state, mut above_number) = (false, Vec::new());
    let mut rest = cells::lines(text).take(HEADING_LINES).peekable();
    while let Some(line) = rest.next_if(|line| !line.is_text() && found.kind.is_none()) {
        for cell in split_at_number(&line) {
            let sort = sort(&cell);
            if !matches!(sort, HeadingCell::Other) {
                found.heading_end = line.span.end;
            }
            match sort {
                HeadingCell::State => has_state = true,
                HeadingCell::Number(number) if found.number.is_none() => found.number = Some(number),
                HeadingCell::Dateline { place, day } if found.day.is_none() => {
                    (found.place, found.day) = (Some(place), Some(day));
                }
                HeadingCell::LetterSubject => found.subject = Some(cell.span),
                HeadingCell::Kind => found.kind = Some(cell.span),
                HeadingCell::Other if found.number.is_none() && is_in_capitals(cell.text) => {
                    above_number.push(cell.text.to_owned());
                }
                _ => {}
            }
        }
    }
    let signs = [has_state, found.number.is_some(), found.day.is_some()];
    if signs.into_iter().filter(|sign| *sign).count() < 2 {
        return None;
    }
    if found.kind.is_some() {
        found.subject = subject(rest);
    }
    found.heading_end = found.heading_end.max(found.subject.map_or(0, |subject| subject.end));
    found.issuer = issuer(above_number).map(|name| as_in_text(&name, text, found.heading_end).unwrap_or(name));
    Some(found)
}

/// Whether one of the signs is near the beginning: asked of every report, so it has to cost nothing.
fn may_be_document(text: &str) -> bool {
    let mut end = SIGN_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let lower = text.get(..end).unwrap_or_default().to_lowercase();
    let has_number = lower.match_indices(DOCUMENT_NUMBER).any(|(at, word)| {
        let begins_line = lower.get(..at).is_some_and(|before| before.trim_end_matches(' ').ends_with(['\n', '|']));
        let rest = lower.get(at + word.len()..).unwrap_or_default().trim_start_matches([' ', ':', '.']);
        begins_line && rest.starts_with(|c: char| c.is_ascii_digit())
    });
    has_number || WordSet::StateMotto.words().iter().any(|motto| lower.contains(motto))
}

/// The cells of a line; what stands on one line behind a number is a cell too.
fn split_at_number<'t>(line: &LayoutLine<'t>) -> Vec<Cell<'t>> {
    let mut cells = Vec::new();
    for cell in line.cells() {
        let end = number_in(&cell).map_or(0, |number| number.span.end - cell.span.start);
        let behind = cell.text.get(end..).filter(|behind| end > 0 && behind.len() > behind.trim_start().len());
        match behind.map(str::trim_start) {
            Some(behind) => {
                cells.push(Cell::new(cell.text.get(..end).unwrap_or_default(), cell.span.start));
                cells.push(Cell::new(behind, cell.span.end - behind.len()));
            }
            None => cells.push(cell),
        }
    }
    cells
}

fn sort(cell: &Cell<'_>) -> HeadingCell {
    if WordSet::StateMotto.words().iter().any(|motto| cell.plain.starts_with(motto)) {
        return HeadingCell::State;
    }
    if let Some(number) = number_in(cell) {
        return HeadingCell::Number(number);
    }
    if let Some(found) = dateline(cell) {
        return found;
    }
    if WordSet::DocumentSubject.words().iter().any(|words| begins_with(&cell.plain, words)) {
        return HeadingCell::LetterSubject;
    }
    let is_kind = is_in_capitals(cell.text) && cell.text.len() <= MAX_KIND_BYTES && begins_with_kind(&cell.plain);
    if is_kind { HeadingCell::Kind } else { HeadingCell::Other }
}

fn begins_with(plain: &str, words: &str) -> bool {
    plain.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn begins_with_kind(plain: &str) -> bool {
    WordSet::DocumentKind.words().iter().any(|kind| begins_with(plain, kind))
}

/// Whether these words are a kind and nothing else.
pub(super) fn is_kind_alone(words: &str) -> bool {
    WordSet::DocumentKind.words().contains(&cells::plain(words).as_str())
}

/// The number that a cell begins with: `Số: 12/BC-UBND`, `Số 08-NQ/TW`. A number that was left blank is none.
fn number_in(cell: &Cell<'_>) -> Option<Quote> {
    let first = cell.text.split([' ', ':', '.']).next()?;
    if first.to_lowercase() != DOCUMENT_NUMBER {
        return None;
    }
    let rest = cell.text.get(first.len()..)?.trim_start_matches([' ', ':', '.']);
    let start = cell.text.len() - rest.len();
    let mut code = String::new();
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        // Around the signs of a number some put spaces.
        let follows = || rest.get(at..).unwrap_or_default().trim_start_matches(' ').starts_with(['/', '-']);
        match c {
            ' ' if code.ends_with(['/', '-']) || follows() => continue,
            _ if !(c.is_alphanumeric() || matches!(c, '/' | '-')) => break,
            _ => code.push(c),
        }
        end = at + c.len_utf8();
    }
    let is_number = code.starts_with(|c: char| c.is_ascii_digit())
        && code.contains(['/', '-'])
        && code.chars().any(char::is_alphabetic)
        && code.len() <= MAX_NUMBER_BYTES;
    let span = Span::new(cell.span.start + start, cell.span.start + start + end);
    is_number.then_some(Quote { text: code, span })
}

/// Place and day: `Hà Nội, ngày 05 tháng 7 năm 2026`, up to the end of the cell.
fn dateline(cell: &Cell<'_>) -> Option<HeadingCell> {
    let lower = cell.text.to_lowercase();
    let at = lower.rfind(DAY).filter(|at| *at > 0 && cell.text.is_char_boundary(*at))?;
    let (place, date) = cell.text.split_at_checked(at)?;
    let place = place.trim().trim_end_matches(',').trim_end();
    let is_place =
        place.starts_with(char::is_uppercase) && place.len() <= MAX_PLACE_BYTES && !place.contains(['.', ':']);
    let words = cells::plain(date);
    let words: Vec<&str> = words.split(' ').collect();
    let [DAY, day, MONTH, month, YEAR, year] = words[..] else { return None };
    let day = Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    let span = Span::new(cell.span.start + at, cell.span.start + at + date.trim_end_matches(['.', ' ']).len());
    let place = Quote { text: place.to_owned(), span: Span::new(cell.span.start, cell.span.start + place.len()) };
    is_place.then_some(HeadingCell::Dateline { place, day: DocumentDay { day, span } })
}

/// The lines of the subject below the kind: the first that is no running text, and those that it goes on in.
fn subject<'t>(lines: impl Iterator<Item = LayoutLine<'t>>) -> Option<Span> {
    let mut found: Option<(Span, &str)> = None;
    let has_letters = |line: &LayoutLine<'_>| line.words().chars().any(char::is_alphabetic);
    for line in lines.filter(has_letters).take(SUBJECT_LINES) {
        let words = line.words();
        let goes_on = found.is_none_or(|(_, above)| {
            words.starts_with(char::is_lowercase) || (is_in_capitals(above) && is_in_capitals(words))
        });
        if line.is_text() || !goes_on || words.ends_with(['.', ';', ':', ',']) {
            break;
        }
        let start = found.map_or(line.span.start, |(span, _)| span.start);
        found = Some((Span::new(start, line.span.end), words));
    }
    found.map(|(span, _)| span)
}

/// Who issued the document: the last line above the number. The ones before are of the organisation above it, unless
/// the last names only the province or district of it.
fn issuer(mut above: Vec<String>) -> Option<String> {
    let last = above.pop()?;
    let is_division = WordSet::Division.words().iter().any(|level| begins_with(&cells::plain(&last), level));
    match above.pop().filter(|_| is_division) {
        Some(before) => Some(format!("{before} {last}")),
        None => Some(last),
    }
}

/// A name in capitals in the letters in which the text below has it.
fn as_in_text(name: &str, text: &str, from: usize) -> Option<String> {
    let rest = text.get(from..)?;
    let (lower, name) = (rest.to_lowercase(), name.to_lowercase());
    let found = lower.match_indices(&name).filter_map(|(at, found)| rest.get(at..at + found.len()));
    let mut found = found.filter(|found| found.to_lowercase() == name && !is_in_capitals(found));
    found.next().map(str::to_owned)
}
