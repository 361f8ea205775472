//! References to documents (docs/domain.md §5.7): `Nghị quyết số 08-NQ/TW`, `366/QĐ-BQP`, `Nghị quyết 57`. Finds their
//! bounds only; the documents themselves are not known here.

use super::cursor::TokenCursor;
use super::date_match::{number, year_at};
use super::function_words::LAW_SERIES;
use super::lexicon::TableClass;

/// One past the last token of the reference that begins at token `at`; `None` if none begins there.
pub fn reference_at(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let typed = r.hit(at, TableClass::Document).filter(|hit| r.is_capital(at) && r.is_number(hit.end));
    match typed {
        Some(hit) => code_at(r, hit.end).or_else(|| bare_number(r, hit.end)),
        None => (!r.token(at)?.glued || r.is(at.wrapping_sub(1), '(')).then(|| code_at(r, at)).flatten(),
    }
}

/// `57` of `Nghị quyết 57`; not of `Nghị quyết 5 năm`, where the number counts something.
fn bare_number(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let counts = r.hit(at + 1, TableClass::Counter).is_some() || r.is(at + 1, '%');
    (number(r, at).is_some() && !counts).then_some(at + 1)
}

/// `08-NQ/TW`, `202/HD-CT`, `2124/NQ-NS-TƯ`, `12/2017/QH14`.
fn code_at(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.is_number(at) || r.word(at).len() > 4 {
        return None;
    }
    let mut end = at + 1;
    let mut parts = 0;
    if r.is(end, '/') && glued(r, end) && year_at(r, end + 1).is_some() {
        end += 2;
    }
    while parts < 3 && (r.is(end, '-') || r.is(end, '/')) && glued(r, end) && is_sign(r, end + 1) {
        end += 2;
        parts += 1;
    }
    let law = parts == 1 && LAW_SERIES.iter().any(|series| r.word(end - 1).starts_with(series));
    (parts >= 2 || law).then_some(end)
}

fn glued(r: &TokenCursor<'_>, at: usize) -> bool {
    r.token(at).is_some_and(|token| token.glued) && r.token(at + 1).is_some_and(|token| token.glued)
}

/// Whether the word is part of a code: capitals with at most two other letters, such as `NQ`, `QUTƯ`, `CTr`, `TTg`.
fn is_sign(r: &TokenCursor<'_>, at: usize) -> bool {
    let word = r.word(at);
    r.is_capital(at) && word.chars().count() <= 8 && word.chars().filter(|c| c.is_lowercase()).count() <= 2
}
