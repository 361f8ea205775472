//! A row of messages.tsv taken apart: the words and holes of its English, which a message is matched with, and those of
//! its Vietnamese, which are filled with what was found.

use std::borrow::Cow;

/// At most so many ends of a hole are tried, as of a hole before `: ` in a message with many colons.
const MAX_ENDS: usize = 16;

/// A part of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(&'static str),
    Hole(Hole),
}

/// A place that something is put into. In the English it is written as in the source: `{}`, `{why}`, `{path:?}`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hole {
    /// Its name, or its number for `{}`.
    name: String,
    kind: HoleKind,
    /// Whether it stands between backticks.
    is_code: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HoleKind {
    Any,
    /// A value between quotation marks, or a list of such values.
    Quoted,
    /// A number, in a hole named `count`: other words before a noun are no number of it.
    Number,
    /// Nothing, or the `s` of a plural: the Vietnamese leaves it out.
    Plural,
}

/// A row, taken apart.
#[derive(Debug)]
pub(super) struct Pattern {
    en: Vec<Piece>,
    vi: Vec<Piece>,
    letters: usize,
}

impl Pattern {
    /// Takes a row apart. A hole that the Vietnamese leaves out is a plural.
    pub(super) fn of(en: &'static str, vi: &'static str) -> Self {
        let (mut en, vi) = (pieces(en), pieces(vi));
        let names: Vec<&str> = holes(&vi).map(|hole| hole.name.as_str()).collect();
        for piece in &mut en {
            if let Piece::Hole(hole) = piece
                && !names.contains(&hole.name.as_str())
            {
                hole.kind = HoleKind::Plural;
            }
        }
        let letters = words(&en).flat_map(str::chars).filter(|c| c.is_alphabetic()).count();
        Self { en, vi, letters }
    }

    /// Letters of the English that are not in holes: how much of a message the row explains.
    pub(super) fn letters(&self) -> usize {
        self.letters
    }

    /// Whether the hole of this position holds a value that is never translated.
    pub(super) fn is_quoted(&self, n: usize) -> bool {
        holes(&self.en).nth(n).is_some_and(|hole| hole.kind != HoleKind::Any)
    }

    /// Whether the hole of this position stands between backticks.
    pub(super) fn is_code(&self, n: usize) -> bool {
        holes(&self.en).nth(n).is_some_and(|hole| hole.is_code)
    }

    /// The first character of the words that it begins with; `None` if it begins with a hole.
    pub(super) fn first(&self) -> Option<char> {
        match self.en.first()? {
            Piece::Words(words) => words.chars().next(),
            Piece::Hole(_) => None,
        }
    }

    /// A quick look that leaves out nearly all rows: whether the words are there, and at the ends where they must be.
    pub(super) fn may_match(&self, text: &str) -> bool {
        let begins = !matches!(self.en.first(), Some(Piece::Words(words)) if !text.starts_with(words));
        let ends = !matches!(self.en.last(), Some(Piece::Words(words)) if !text.ends_with(words));
        begins && ends && words(&self.en).all(|words| text.contains(words))
    }

    /// Calls `take` with what is in the holes, for each way in which the English matches all of `text`.
    pub(super) fn each_match<'t>(&self, text: &'t str, take: &mut dyn FnMut(&[&'t str])) {
        each_match(&self.en, text, &mut Vec::new(), take);
    }

    /// The Vietnamese, with these parts in the holes of the English.
    pub(super) fn fill(&self, parts: &[Cow<'_, str>]) -> String {
        let mut out = String::new();
        for piece in &self.vi {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Hole(hole) => {
                    // A value may stand in a message twice: between quotation marks, and bare in a command.
                    let same = |known: &Hole| known.name == hole.name && known.kind == hole.kind;
                    let place = holes(&self.en).position(same);
                    let place = place.or_else(|| holes(&self.en).position(|known| known.name == hole.name));
                    out.push_str(place.and_then(|n| parts.get(n)).map_or("", |part| part.as_ref()));
                }
            }
        }
        out
    }
}

fn holes(pieces: &[Piece]) -> impl Iterator<Item = &Hole> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Hole(hole) => Some(hole),
        Piece::Words(_) => None,
    })
}

fn words(pieces: &[Piece]) -> impl Iterator<Item = &'static str> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(*words),
        Piece::Hole(_) => None,
    })
}

fn each_match<'t>(pieces: &[Piece], text: &'t str, found: &mut Vec<&'t str>, take: &mut dyn FnMut(&[&'t str])) {
    let Some((first, rest)) = pieces.split_first() else {
        if text.is_empty() {
            take(found);
        }
        return;
    };
    let ends = match first {
        Piece::Words(words) => {
            if let Some(behind) = text.strip_prefix(words) {
                each_match(rest, behind, found, take);
            }
            return;
        }
        Piece::Hole(hole) => match hole.kind {
            HoleKind::Quoted => quoted_bytes(text).into_iter().collect(),
            HoleKind::Number => number_bytes(text).into_iter().collect(),
            HoleKind::Plural if text.starts_with('s') => vec![1, 0],
            HoleKind::Plural => vec![0],
            HoleKind::Any => ends_of(text, rest.first()),
        },
    };
    for end in ends {
        if let Some((inside, behind)) = text.split_at_checked(end) {
            found.push(inside);
            each_match(rest, behind, found, take);
            found.pop();
        }
    }
}

/// Where a hole may end, in bytes, before the piece `next`. Two holes side by side are told apart by what the second
/// can begin with: an addition begins with a blank or a sign, a value with a quotation mark, a plural is an `s`.
fn ends_of(text: &str, next: Option<&Piece>) -> Vec<usize> {
    match next {
        None => vec![text.len()],
        Some(Piece::Words(words)) => text.match_indices(words).map(|(at, _)| at).take(MAX_ENDS).collect(),
        Some(Piece::Hole(hole)) => {
            let begins = |(_, c): &(usize, char)| match hole.kind {
                HoleKind::Any => matches!(c, ' ' | ';' | ',' | '('),
                HoleKind::Number => c.is_ascii_digit(),
                HoleKind::Quoted => matches!(c, '"' | '['),
                HoleKind::Plural => matches!(c, 's' | ' ' | ';' | ','),
            };
            let inner = text.char_indices().skip(1).filter(begins).map(|(at, _)| at).take(MAX_ENDS);
            std::iter::once(0).chain(inner).chain(std::iter::once(text.len())).collect()
        }
    }
}

/// The length in bytes of a number at the start, with the signs between its groups of digits.
fn number_bytes(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let number = text.get(..end)?.trim_end_matches(['.', ',']);
    (!number.is_empty()).then_some(number.len())
}

/// The length in bytes of a value between quotation marks, as `{:?}` writes it, or of a list of such values.
fn quoted_bytes(text: &str) -> Option<usize> {
    let mut in_quotes = false;
    let mut escaped = false;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '"' => in_quotes = !in_quotes,
            '[' if !in_quotes => depth += 1,
            ']' if !in_quotes => depth = depth.checked_sub(1)?,
            _ if in_quotes || depth > 0 => {}
            _ => return None,
        }
        if !in_quotes && depth == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// Takes a cell apart. A brace that begins no hole, as in `{ days = 365 }`, is a part of the words.
fn pieces(cell: &'static str) -> Vec<Piece> {
    let mut out = Vec::new();
    let (mut rest, mut from, mut unnamed, mut ticks) = (cell, 0, 0_usize, 0);
    while let Some(open) = rest.get(from..).and_then(|part| part.find('{')).map(|at| from + at) {
        let inside = rest.get(open + 1..).and_then(|behind| behind.split_once('}')).map(|(inside, _)| inside);
        let Some((name, kind)) = inside.and_then(hole_of) else {
            from = open + 1;
            continue;
        };
        let before = rest.get(..open).unwrap_or_default();
        ticks += before.matches('`').count();
        if !before.is_empty() {
            out.push(Piece::Words(before));
        }
        let name = if name.is_empty() { unnamed.to_string() } else { name.to_owned() };
        unnamed += usize::from(inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(':')));
        out.push(Piece::Hole(Hole { name, kind, is_code: ticks % 2 == 1 }));
        rest = rest.get(open + inside.map_or(0, str::len) + 2..).unwrap_or_default();
        from = 0;
    }
    if !rest.is_empty() {
        out.push(Piece::Words(rest));
    }
    out
}

/// The name and kind of what stands between braces; `None` if it is no hole.
fn hole_of(inside: &str) -> Option<(&str, HoleKind)> {
    let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let kind = match (name, format) {
        (_, "?") => HoleKind::Quoted,
        ("count", _) => HoleKind::Number,
        _ => HoleKind::Any,
    };
    (is_name && !format.contains(' ')).then_some((name, kind))
}

#[cfg(test)]
pub(super) fn hole_names(cell: &'static str) -> Vec<(String, bool)> {
    holes(&pieces(cell)).map(|hole| (hole.name.clone(), hole.kind == HoleKind::Quoted)).collect()
}
