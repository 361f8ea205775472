//! The end of an organisation's name in small letters, where capitals give no sign (docs/domain.md §3.2): a level
//! (`UBND tỉnh`), a term of office (`khóa XVII`), a purpose (`về các vấn đề xã hội`, `phòng, chống thiên tai`), a
//! number (`21/3`), and the nouns between a head and a name (`Nhà máy xi măng Bến Gỗ`).
//!
//! All of these are read only as far as closed classes of words go. A post that is cut short is a smaller mistake than
//! one that swallows the verb of its sentence.

use super::super::cursor::TokenCursor;
use super::super::function_words::{AGAINST, ALL, AND, COHORT, NUMBER_WORD, PREVENT, TERM};
use super::super::lexicon::{TableClass, WordSet};
use super::super::name_run::name_at;
use super::super::token::LetterCase;

/// The most words in small letters between the head of an organisation and its proper name.
const NOUNS: usize = 6;

/// The most words in small letters that end a name behind a word with a capital: `Ca múa nhạc dân gian`.
const LOWER_CASE_WORDS: usize = 4;

/// The token after a level, if one ends the name at `at`: `tỉnh` of `Chủ tịch UBND tỉnh, …`. The text means the one
/// it is about. A level is also the first half of common nouns (`bộ phận`, `xã hội`), so something must show that the
/// name ends behind it; only the levels of the administration are certain.
pub fn level(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let end = r.set_end(at, WordSet::Level)?;
    let longer = r.hit(at, TableClass::Tail).is_some_and(|hit| hit.end > end);
    let sure = r.set_end(at, WordSet::Ruled) == Some(end)
        && r.hit(end, TableClass::Post).is_none()
        && !r.is_in(end, WordSet::AfterRuled);
    (!longer && (ends_name(r, end) || sure)).then_some(end)
}

/// Whether no further word of an organisation's name can follow: a sign, a capital, a verb, a joining word.
pub fn ends_name(r: &TokenCursor<'_>, at: usize) -> bool {
    !r.is_lower(at)
        || r.hit(at, TableClass::Verb).is_some()
        || r.hit(at, TableClass::Event).is_some()
        || r.hit(at, TableClass::Person).is_some()
        || r.is_in(at, WordSet::EndsName)
        || informs(r, at)
        || term(r, at).is_some()
}

/// Whether `thông tin` at `at` is the verb, by what follows: `thông tin với báo chí`, `thông tin:`.
pub fn informs(r: &TokenCursor<'_>, at: usize) -> bool {
    let end = r.set_end(at, WordSet::Informs).filter(|_| r.is_lower(at));
    end.is_some_and(|end| r.is(end, ':') || r.is_in(end, WordSet::Informed))
}

/// The token after a term of office: `khóa XVII`, `các khoá VIII, X`, `nhiệm kỳ 2011-2016`.
pub fn term(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let first = if r.is_word(at, ALL) { at + 1 } else { at };
    if r.is_any(first, &COHORT) {
        let mut end = ordinal(r, first + 1)?;
        while let Some(next) = (r.is(end, ',') || r.is_word(end, AND)).then(|| ordinal(r, end + 1)).flatten() {
            end = next;
        }
        return Some(end);
    }
    if !TERM.iter().any(|words| r.is_words(first, words)) {
        return None;
    }
    let years = ordinal(r, first + 2)?;
    Some(if r.is_dash(years) && r.is_number(years + 1) { years + 2 } else { years })
}

/// A number in digits or in Roman letters.
fn ordinal(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let roman = || !r.word(at).is_empty() && r.word(at).bytes().all(|letter| b"IVXL".contains(&letter));
    (r.is_number(at) || roman()).then_some(at + 1)
}

/// The token after a number, with its slash or comma: `21/3` of `Trạm ra-đa 21/3`, `12,7mm` of a gun.
pub fn number(r: &TokenCursor<'_>, at: usize) -> usize {
    let glued = |at: usize| r.token(at).is_some_and(|token| token.glued);
    let goes_on = glued(at + 1) && glued(at + 2);
    let measured = r.is(at + 1, ',') && r.word(at + 2).starts_with(|first: char| first.is_ascii_digit());
    if goes_on && (measured || (r.is(at + 1, '/') && r.is_number(at + 2))) { at + 3 } else { at + 1 }
}

/// The token after `số 5`.
pub fn numbered(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    (r.is_word(at, NUMBER_WORD) && r.is_number(at + 1)).then(|| number(r, at + 1))
}

/// The token after the code of an office of the police: `PC 67`, `PA05`.
pub fn office_code(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if r.is_in(at, WordSet::OfficeCode) && r.is_capital(at) && r.is_number(at + 1) {
        return Some(at + 2);
    }
    let upper = r.token(at).is_some_and(|token| token.case == LetterCase::Upper);
    let letters = r.word(at).trim_end_matches(|sign: char| sign.is_ascii_digit());
    let digits = r.word(at).len() - letters.len();
    (upper && letters.len() == 2 && digits == 2).then_some(at + 1)
}

/// The token after a purpose: `về hợp tác và đầu tư`, `về phòng, chống tham nhũng`. Only bodies are named so, and
/// only fields of work follow that tails.tsv knows: `phát biểu về …` is no name.
pub fn purpose(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.is_in(at, WordSet::Purpose) {
        return None;
    }
    let first = if r.is_word(at + 1, ALL) { at + 2 } else { at + 1 };
    let mut end = against(r, first).or_else(|| r.hit(first, TableClass::Tail).map(|hit| hit.end))?;
    while let Some(next) = r.is_word(end, AND).then(|| r.hit(end + 1, TableClass::Tail)).flatten() {
        end = next.end;
    }
    ends_name(r, end).then_some(end)
}

/// The token after `phòng, chống thiên tai`, with or without the comma, in any case.
pub fn against(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.is_word(at, PREVENT) {
        return None;
    }
    let chong = if r.is(at + 1, ',') || r.is_dash(at + 1) { at + 2 } else { at + 1 };
    if !r.is_word(chong, AGAINST) {
        return None;
    }
    let mut end = r.hit(chong + 1, TableClass::Tail).map(|hit| hit.end).or_else(|| plain_nouns(r, chong + 1, 3))?;
    // `phòng, chống thiên tai và tìm kiếm cứu nạn`
    while let Some(next) = (r.is_word(end, AND) || r.is(end, ',')).then(|| r.hit(end + 1, TableClass::Tail)).flatten() {
        let verb = r.hit(end + 1, TableClass::Verb).is_some_and(|verb| verb.end >= next.end);
        if verb {
            break;
        }
        end = next.end;
    }
    Some(end)
}

/// The token after up to `most` words in small letters of which no table knows another use, if the name visibly ends
/// behind them.
pub fn plain_nouns(r: &TokenCursor<'_>, at: usize, most: usize) -> Option<usize> {
    let end = plain_end(r, at, most);
    (end > at && ends_name(r, end) && r.hit(end, TableClass::Place).is_none()).then_some(end)
}

/// The token after the lower-case end of a name that has begun with a word with a capital: `múa nhạc dân gian`.
pub fn lower_case_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let plain = plain_end(r, at, LOWER_CASE_WORDS);
    // `Quan trắc tài nguyên và môi trường`: a field of work that the tables know begins inside.
    let field = |word: &usize| r.hit(*word, TableClass::Tail).is_some_and(|hit| hit.end > plain);
    let end = (at + 1..plain).find(field).unwrap_or(plain);
    (end > at + 1 && ends_name(r, end)).then_some(end)
}

/// The token after nouns in small letters behind the head of an organisation, if they lead to its proper name or
/// number: `xi măng` of `Nhà máy xi măng Bến Gỗ`. What follows must not be the name of a person.
pub fn nouns(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let mut end = noun_end(r, at);
    // `đầu tư và công nghệ HVC`
    if end > at && r.is_word(end, AND) && r.is_lower(end + 1) {
        end = r.hit(end + 1, TableClass::Tail).map_or(end, |_| noun_end(r, end + 1));
    }
    let place = [TableClass::Place, TableClass::Country].iter().any(|class| r.hit(end, *class).is_some());
    let person = !place && name_at(r, end).is_some_and(|name| name.is_full_vietnamese() && name.words >= 3);
    let leads = (r.is_capital(end) && !person && r.hit(end, TableClass::Rank).is_none()) || r.is_number(end);
    (end > at && leads).then_some(end)
}

/// The token after what a person is in charge of, behind `phụ trách`: `các vấn đề khủng bố và tình báo`.
pub fn charge(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let from = if r.is_word(at, ALL) { at + 1 } else { at };
    // `phụ trách Đông Á - Thái Bình Dương`
    if let Some(end) = r.set_end(from, WordSet::Sea).filter(|end| r.is_capital(from) && !r.is_capital(*end)) {
        return Some(end);
    }
    let mut end = noun_end(r, from);
    if end > from && r.is_word(end, AND) {
        end = noun_end(r, end + 1).max(end);
    }
    (end > from && !r.is_word(end, AND) && ends_name(r, end)).then_some(end)
}

/// The token after a field of work in small letters that no table knows, behind the head of a department: `tín dụng` of
/// `trưởng phòng tín dụng`. Two words at least, as a single one is as likely a verb.
pub fn field(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let end = noun_end(r, at);
    (end > at + 1 && ends_name(r, end)).then_some(end)
}

/// The token after the field of work that a verb at `at` begins: `tuần tra kiểm soát giao thông số 2`, `chấm thi tỉnh`.
/// Behind `và` or a comma another such verb may follow (`hướng dẫn luật và điều tra tai nạn`). It may also be that of
/// the sentence (`đội vận động quần chúng, kiểm tra bài vở của hai cậu bé`): where small letters go on behind it, the
/// name ends before it.
pub fn activity(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    const WORDS: usize = 14;
    let (mut end, mut joined) = (r.set_end(at, WordSet::Activity)?, None);
    while end < at + WORDS {
        let joins = r.is(end, ',') || r.is_word(end, AND);
        let next = if let Some(verb) = r.set_end(end + 1, WordSet::Activity).filter(|_| joins) {
            joined.get_or_insert(end);
            verb
        } else if let Some(end) = numbered(r, end) {
            end
        } else if r.is_word(end, AND) {
            joined.get_or_insert(end);
            r.hit(end + 1, TableClass::Tail).map_or(end, |hit| hit.end)
        } else {
            let verb = r.set_end(end, WordSet::Activity).filter(|_| end == at + 2);
            let tail = || r.hit(end, TableClass::Tail).filter(|_| r.is_lower(end)).map(|hit| hit.end);
            let from = if r.is_word(end, ALL) { end + 1 } else { end };
            if from > end {
                joined.get_or_insert(end);
            }
            verb.or_else(tail).unwrap_or_else(|| plain_end(r, from, 1).max(end))
        };
        if next == end || (next == end + 1 && r.is_word(end, ALL)) {
            break;
        }
        end = next;
    }
    let open = r.is_lower(end) && r.hit(end, TableClass::Unit).is_none();
    let end = joined.filter(|_| open).unwrap_or(end);
    (!open || ends_name(r, end)).then_some(end)
}

/// The token after rows of tails.tsv and words of which no table knows another use.
fn noun_end(r: &TokenCursor<'_>, at: usize) -> usize {
    let mut end = at;
    while end < at + NOUNS {
        let tail = r.hit(end, TableClass::Tail).filter(|_| r.is_lower(end));
        let next = tail.map_or_else(|| plain_end(r, end, 1), |hit| hit.end);
        if next == end {
            break;
        }
        end = next;
    }
    end
}

/// The token after words in small letters that are no verb, person, post, rank, country or joining word.
fn plain_end(r: &TokenCursor<'_>, at: usize, most: usize) -> usize {
    const OTHER: [TableClass; 8] = [
        TableClass::Verb,
        TableClass::Event,
        TableClass::Person,
        TableClass::Post,
        TableClass::Rank,
        TableClass::State,
        TableClass::Country,
        TableClass::Unit,
    ];
    let plain = |at: &usize| {
        r.is_lower(*at)
            && OTHER.iter().all(|class| r.hit(*at, *class).is_none())
            && !r.is_in(*at, WordSet::EndsName)
            && !r.is_in(*at, WordSet::Level)
    };
    (at..at + most).take_while(plain).last().map_or(at, |last| last + 1)
}
