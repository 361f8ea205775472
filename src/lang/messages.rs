//! Messages in Vietnamese: errors, notices and progress, from messages.tsv, whose rows are keyed by the English words
//! that the source has. A message is made in English, wherever something happens, and is translated where it is shown,
//! so that the layers below know no language, and JSON and the log keep the English words.
//!
//! A finished message is matched against the rows, and what fills a hole is matched again: an error quotes its cause.
//! Of several readings of a message the one with the most words of rows wins. What no row knows (names of files, words
//! of the system) stays as it is, so a message never loses anything; only numbers take the signs of Vietnamese. Tests
//! check that every message has a row.

mod pattern;

use super::{Lang, numbers};
use pattern::Pattern;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The longest message that is translated, in bytes. Longer ones quote a text at length.
const MAX_BYTES: usize = 8 << 10;
/// How many rows are tried for one message and all its parts. A message that quotes many separators, as a hostile name
/// of a file does, would take long otherwise; what is not read by then stays in English.
const MAX_TRIES: usize = 40_000;

/// A row of messages.tsv.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// Whether the English is a literal of the source. Otherwise it is put together there, or comes from the system or
    /// a library.
    pub is_literal: bool,
    pub en: &'static str,
    pub vi: &'static str,
}

/// The rows of messages.tsv, in order. A test makes sure that none is malformed, because such a row is left out.
pub fn rows() -> impl Iterator<Item = MessageRow> {
    let lines = include_str!("messages.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let is_literal = match cells.next()? {
            "ours" => true,
            "other" => false,
            _ => return None,
        };
        Some(MessageRow { is_literal, en: cells.next()?, vi: cells.next()? })
    })
}

/// A message in `lang`. What has no row stays in English.
pub fn say(message: &str, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::En => Cow::Borrowed(message),
        Lang::Vi => vietnamese(message).map_or(Cow::Borrowed(message), Cow::Owned),
    }
}

/// A message in Vietnamese; `None` if no row matches it or a part of it.
pub fn vietnamese(message: &str) -> Option<String> {
    if message.len() > MAX_BYTES {
        return None;
    }
    let mut translator = Translator { known: HashMap::new(), tries: 0 };
    translator.best(message, false).map(|reading| reading.text)
}

/// One way to read a message.
#[derive(Clone)]
struct Reading {
    /// Letters of the rows that it is made of.
    letters: usize,
    text: String,
}

/// Translates one message. Its parts recur in different readings and are read once.
struct Translator<'t> {
    /// By the part, and whether it stands in code.
    known: HashMap<(&'t str, bool), Option<Reading>>,
    tries: usize,
}

impl<'t> Translator<'t> {
    /// The best reading of a part. In code, between backticks, a single word is a name and stays.
    fn best(&mut self, part: &'t str, is_code: bool) -> Option<Reading> {
        if part.is_empty() || (is_code && !part.contains(' ')) {
            return None;
        }
        if let Some(known) = self.known.get(&(part, is_code)) {
            return known.clone();
        }
        let mut best: Option<Reading> = None;
        for pattern in patterns().for_part(part) {
            self.tries += 1;
            if self.tries > MAX_TRIES || !pattern.may_match(part) {
                continue;
            }
            let mut matches: Vec<Vec<&'t str>> = Vec::new();
            pattern.each_match(part, &mut |found| matches.push(found.to_vec()));
            for found in matches {
                let reading = self.filled(pattern, &found);
                if reading.letters > best.as_ref().map_or(0, |best| best.letters) {
                    best = Some(reading);
                }
            }
        }
        self.known.insert((part, is_code), best.clone());
        best
    }

    /// The Vietnamese of a row with what was found in the holes of its English.
    fn filled(&mut self, pattern: &Pattern, found: &[&'t str]) -> Reading {
        let mut letters = pattern.letters();
        let mut said = Vec::with_capacity(found.len());
        for (n, part) in found.iter().enumerate() {
            let reading = if pattern.is_quoted(n) { None } else { self.best(part, pattern.is_code(n)) };
            letters += reading.as_ref().map_or(0, |reading| reading.letters);
            let other = reading.map(|reading| reading.text).or_else(|| numbers::in_vietnamese(part));
            said.push(other.map_or(Cow::Borrowed(*part), Cow::Owned));
        }
        Reading { letters, text: pattern.fill(&said) }
    }
}

/// The rows, taken apart once.
#[derive(Default)]
struct Patterns {
    /// Those that begin with words, by the first character: a part can match few of them.
    by_first: HashMap<char, Vec<Pattern>>,
    /// Those that begin with a hole.
    others: Vec<Pattern>,
}

impl Patterns {
    /// Those that a part may match, as far as its first character tells.
    fn for_part(&self, part: &str) -> impl Iterator<Item = &Pattern> {
        let first = part.chars().next().and_then(|first| self.by_first.get(&first));
        first.into_iter().flatten().chain(&self.others)
    }
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let mut all = Patterns::default();
        for pattern in rows().map(|row| Pattern::of(row.en, row.vi)) {
            match pattern.first() {
                Some(first) => all.by_first.entry(first).or_default().push(pattern),
                None => all.others.push(pattern),
            }
        }
        all
    })
}

#[cfg(test)]
mod tests;
