//! Abbreviations (docs/domain.md §4). A definition in the text itself, `expansion (ABBR)`, takes precedence over the
//! glossary. If the glossary has several meanings, all are returned, with ` | ` between them. Search expands
//! abbreviations without a text, and then only those of one meaning (`spelled_out`).

use super::cursor::TokenCursor;
use super::lexicon::{LexiconTable, RowValue, TABLES, TableClass, form};
use super::token::{LetterCase, TokenKind};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The most tokens of an explanation in brackets.
const LONGEST: usize = 16;

/// The meaning of an abbreviation in capitals, which a number may follow (`TCCT`, `QK1`); `None` if the glossary has no
/// meaning for it or several.
pub fn spelled_out(word: &str) -> Option<String> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.is_empty() || letters.chars().any(char::is_lowercase) {
        return None;
    }
    let words = of_one_meaning().get(letters)?;
    let number = word.get(letters.len()..).unwrap_or_default();
    Some(if number.is_empty() { (*words).to_owned() } else { format!("{words} {number}") })
}

fn of_one_meaning() -> &'static HashMap<&'static str, &'static str> {
    static ABBREVIATIONS: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    ABBREVIATIONS.get_or_init(|| {
        let mut out = HashMap::new();
        // Only this table is read: building the whole lexicon takes several milliseconds, which a query of the finder
        // would wait for.
        for row in TABLES.iter().filter(|table| table.class == TableClass::Abbreviation).flat_map(LexiconTable::rows) {
            let RowValue::Abbreviation(meaning) = row.value else { continue };
            let plain = |short: &&str| !short.contains(' ') && short.chars().count() > 1 && !meaning.contains('|');
            out.extend(row.forms.into_iter().filter(plain).map(|short| (short, meaning)));
        }
        out
    })
}

/// The abbreviations that the text defines, and their meaning.
pub fn definitions(r: &TokenCursor<'_>) -> HashMap<String, String> {
    let mut out = HashMap::new();
    let mut next = 0;
    loop {
        let open = r.next(next, form::BRACKET);
        if r.token(open).is_none() {
            return out;
        }
        next = open + 1;
        let mut signs = Vec::new();
        let mut at = open + 1;
        while let Some(token) = r.token(at).filter(|token| token.case == LetterCase::Upper && signs.len() < 3) {
            signs.push(token.span().of(r.text));
            at += 1;
            if r.is(at, ',') || r.is(at, '&') || r.is_dash(at) {
                at += 1;
            }
        }
        if !signs.is_empty() && r.is(at, ')') {
            define(r, open, &signs, &mut out);
        } else {
            explain(r, open, &mut out);
        }
    }
}

/// `expansion (ABBR)`: finds the words before the bracket whose first letters are the abbreviations in it.
fn define(r: &TokenCursor<'_>, open: usize, signs: &[&str], out: &mut HashMap<String, String>) {
    let mut end = open;
    for sign in signs.iter().rev() {
        let mut start = end;
        for letter in sign.chars().rev() {
            let Some(word) = word_before(r, start) else { return };
            let initial = r.word(word).chars().next();
            if !initial.is_some_and(|c| c.to_uppercase().eq(letter.to_uppercase())) {
                return;
            }
            start = word;
        }
        out.entry((*sign).to_owned()).or_insert_with(|| r.words(start, end).trim_end_matches([',', ' ']).to_owned());
        end = start;
    }
}

/// `TCKT (Tổng cục Khí tài)`: the words in the bracket begin with the letters of the abbreviation before it.
fn explain(r: &TokenCursor<'_>, open: usize, out: &mut HashMap<String, String>) {
    let Some(sign) = open.checked_sub(1).filter(|at| r.token(*at).is_some_and(|token| token.case == LetterCase::Upper))
    else {
        return;
    };
    let mut letters = r.word(sign).chars();
    for at in open + 1..=open + LONGEST {
        let Some(token) = r.token(at) else { return };
        match token.kind {
            TokenKind::Sign(')') if letters.as_str().is_empty() && at > open + 2 => {
                out.entry(r.word(sign).to_owned()).or_insert_with(|| r.words(open + 1, at));
                return;
            }
            TokenKind::Word | TokenKind::Number => {
                let initial = r.word(at).chars().next().into_iter().flat_map(char::to_uppercase);
                if letters.next().is_none_or(|letter| !initial.eq(letter.to_uppercase())) {
                    return;
                }
            }
            TokenKind::Sign(',' | '-' | '–' | '&') => {}
            _ => return,
        }
    }
}

/// The nearest word before a token in its line, at most three signs back.
fn word_before(r: &TokenCursor<'_>, from: usize) -> Option<usize> {
    (0..from)
        .rev()
        .take(4)
        .take_while(|at| !r.is_end(*at))
        .find(|at| r.token(*at).is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)))
}

/// The abbreviation that begins at token `at`: one past its last token, and its meaning. `own` are the definitions of
/// the text.
pub fn abbreviation_at(r: &TokenCursor<'_>, at: usize, own: &HashMap<String, String>) -> Option<(usize, String)> {
    let token = r.token(at)?;
    if !token.is_capital() {
        return None;
    }
    if let Some(meaning) = own.get(r.word(at)) {
        return Some((at + 1, meaning.clone()));
    }
    let hit = r.hit(at, TableClass::Abbreviation)?;
    let row = r.row(hit)?;
    let RowValue::Abbreviation(meaning) = row.value else { return None };
    let as_written = r.span(at, hit.end).of(r.text);
    (as_written == row.form() && row.form().chars().count() > 1).then(|| (hit.end, meaning.to_owned()))
}
