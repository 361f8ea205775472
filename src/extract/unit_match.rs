//! Organisations in a text (docs/domain.md §3.5): where each name ends, and which full name a short form such as
//! `Tổng cục` has in this text. Names in units.tsv are recognized in any case; other names begin with a head of
//! units.tsv, and `organisation_name` finds their end.

use super::cursor::TokenCursor;
use super::function_words::AND;
use super::lexicon::{RowValue, TableClass, UnitValue, WordSet, bit};
use super::organisation_name::end_of;
use super::token::LetterCase;
use std::collections::HashMap;

/// An organisation named in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMatch {
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Its full name if the text or the table gives one, else the words themselves.
    pub name: String,
    /// Whether it is a short form (`Quân khu`) for which the text has given no full name before.
    pub short: bool,
}

/// The organisations read so far, and the full names that the text has given for short forms.
#[derive(Debug, Default)]
struct FullNames {
    units: Vec<UnitMatch>,
    /// By short form in lower case, the unit that it means: an index into `units`, of the one named last.
    full: HashMap<String, usize>,
}

/// All organisations of a text, in order.
pub fn units(r: &TokenCursor<'_>) -> Vec<UnitMatch> {
    let mut names = FullNames::default();
    let mut at = r.next(0, bit(TableClass::Unit));
    while at < r.tokens.len() {
        let end = names.read(r, at).unwrap_or(at + 1);
        at = r.next(end, bit(TableClass::Unit));
    }
    names.units
}

impl FullNames {
    /// Adds the organisation that begins at token `at`. Returns one past its last token; `None` if none begins there.
    fn read(&mut self, r: &TokenCursor<'_>, at: usize) -> Option<usize> {
        let hit = r.hit(at, TableClass::Unit)?;
        let RowValue::Unit(value) = r.row(hit)?.value else { return None };
        let full_name = match value {
            UnitValue::FullName(name) => Some(name),
            UnitValue::Head => None,
        };
        let known = full_name.is_some();
        if !(r.is_capital(at) || known && hit.end > at + 1) || is_place_word(r, at, hit.end) {
            return None;
        }
        let end = end_of(r, hit.end);
        if end == hit.end && !known {
            // `Hội` of `Hội nghị`, `Bộ` of `Bộ đội` are the first half of another word.
            if end == at + 1 && r.is_lower(end) && r.hit(end, TableClass::Verb).is_none() && !r.is_word(end, AND) {
                return None;
            }
            // A head alone: `Tổng cục`, `Bộ CHQS tỉnh`.
            let name = self.name_of(&r.small_words(at, end)).map(str::to_owned);
            let short = name.is_none();
            self.units.push(UnitMatch { start: at, end, short, name: name.unwrap_or_else(|| r.words(at, end)) });
            return Some(end);
        }
        let said = r.words(at, end);
        let said = without_definition(&said);
        let name = match full_name {
            Some(full_name) if end == hit.end => self.defined(r, at, end).unwrap_or(full_name).to_owned(),
            Some(full_name) => said.replacen(&r.words(at, hit.end), full_name, 1),
            None => self.name_of(without_definition(&r.small_words(at, end))).unwrap_or(said).to_owned(),
        };
        self.units.push(UnitMatch { start: at, end, name, short: false });
        self.remember(r, at, end);
        Some(end)
    }

    /// The meaning that the text itself has given to an abbreviation; it takes precedence over the table.
    fn defined(&self, r: &TokenCursor<'_>, at: usize, end: usize) -> Option<&str> {
        let short = end == at + 1 && r.token(at).is_some_and(|token| token.case == LetterCase::Upper);
        if short { self.name_of(&r.small_words(at, end)) } else { None }
    }

    fn name_of(&self, small: &str) -> Option<&str> {
        self.full.get(small).and_then(|unit| self.units.get(*unit)).map(|unit| unit.name.as_str())
    }

    /// Remembers the last unit as the meaning of its head alone and of the abbreviation in brackets behind it.
    fn remember(&mut self, r: &TokenCursor<'_>, at: usize, end: usize) {
        let unit = self.units.len() - 1;
        let heads = r.hits.at(at).filter(|hit| hit.class == TableClass::Unit);
        let heads = heads.filter(|hit| r.is_unit_head(*hit));
        let sign = if r.is(end, '(') && r.is(end + 2, ')') {
            Some(end + 1)
        } else {
            (end > at + 3 && r.is(end - 1, ')')).then(|| end - 2)
        };
        let sign = sign.filter(|sign| r.token(*sign).is_some_and(|token| token.case == LetterCase::Upper));
        for hit in heads {
            let head = r.small_words(at, hit.end);
            if let Some(sign) = sign {
                self.keep(&format!("{head} {}", r.small_words(sign, sign + 1)), unit);
            }
            self.keep(&head, unit);
        }
        if let Some(sign) = sign {
            self.keep(&r.small_words(sign, sign + 1), unit);
        }
    }

    fn keep(&mut self, small: &str, unit: usize) {
        match self.full.get_mut(small) {
            Some(slot) => *slot = unit,
            None => {
                self.full.insert(small.to_owned(), unit);
            }
        }
    }
}

/// `Tổng cục Công nghiệp quốc phòng (CNQP)` without the brackets.
fn without_definition(name: &str) -> &str {
    match name.split_once(" (") {
        Some((before, rest)) if rest.ends_with(')') => before,
        _ => name,
    }
}

/// `tỉnh`, `huyện`, `TP`: administrative words name a place, not an organisation.
fn is_place_word(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    (end == at + 1 || r.is_in(at, WordSet::PlaceWordStart)) && r.is_in(at, WordSet::PlaceWord)
}
