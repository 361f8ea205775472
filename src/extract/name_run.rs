//! The shape of a personal name (docs/domain.md §2): the end and the sort of a name that begins at a token. It is not
//! decided here whether a person is meant at all; that takes a rank, a post, a form of address or a list.

use super::cursor::TokenCursor;
use super::function_words::{AND, DEPUTY, HIGHLAND_PREFIXES, INITIAL_D};
use super::lexicon::{RowValue, SurnameShare, TableClass, WordSet};
use super::token::LetterCase;
use super::vietnamese_syllable::is_vietnamese;
use crate::text::words::is_apostrophe;

/// A run of words that can be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameRun {
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// The number of its words; a hyphenated one counts once.
    pub words: usize,
    /// Whether it begins with a known surname.
    pub surname: bool,
    /// Whether some word of it is no Vietnamese syllable.
    pub foreign: bool,
    /// Whether it is written in capitals only.
    pub upper: bool,
}

impl NameRun {
    /// Whether it is a Vietnamese surname with given names.
    pub fn is_full_vietnamese(&self) -> bool {
        self.surname && (2..=6).contains(&self.words) && !self.foreign
    }
}

/// Names of six words occur, longer ones do not (docs/domain.md §2.1).
const MOST_WORDS: usize = 6;

/// The most words of a country's name before a person's.
const LONGEST_COUNTRY: usize = 4;

/// The most particles in a row: `van der`, `de los`.
const PARTICLES: usize = 3;

/// The name that begins at token `at`, if one can.
pub fn name_at(r: &TokenCursor<'_>, at: usize) -> Option<NameRun> {
    let first = r.token(at).filter(|token| token.is_capital())?;
    if first.case == LetterCase::Upper && !is_name_in_capitals(r, at) {
        return None;
    }
    let upper = first.case == LetterCase::Upper;
    let mut name =
        NameRun { start: at, end: at + 1, words: 1, surname: is_surname(r, at), foreign: is_foreign(r, at), upper };
    if is_highlander_prefix(r, at) {
        name.surname = true;
    }
    // Plain words first, then hyphenated parts, each of which may have one more word behind it (`Cay-xỏn Phôm-vi-hẳn`).
    while name.words < MOST_WORDS {
        let Some(next) = next_word(r, &name) else { break };
        name.foreign |= next.foreign;
        name.words += next.words;
        name.end = next.end;
    }
    for _ in 0..MOST_WORDS {
        let Some(end) = hyphenated(r, &name) else { break };
        let joint = r.is_in(name.end - 1, WordSet::NameJoint);
        name.foreign = true;
        name.end = end;
        // `Abd - Rabbu Mansur Salim`: behind `Abd` it is a whole name that goes on, elsewhere the last part of one.
        let mut more = if joint { MOST_WORDS } else { 1 };
        while more > 0
            && let Some(next) = next_word(r, &name).filter(|_| name.words < MOST_WORDS)
        {
            name.words += 1;
            name.end = next.end;
            more -= 1;
        }
    }
    if let Some(end) = small_end(r, &name) {
        name.words += 1;
        name.end = end;
    }
    // `Trên Twitter`, `Theo Reuters`: the first word of the sentence is a preposition and not part of a name.
    let opens = at == 0 || r.ends_sentence(at - 1);
    let preposition =
        opens && name.foreign && !name.surname && !is_foreign(r, at) && r.hit(at, TableClass::Verb).is_some();
    (!preposition && !is_only_initials(r, &name)).then_some(name)
}

/// Whether all words are single letters: rests of an abbreviation (`Sở T T&T T`), or a name that the paper hides. `H`
/// may be the first word of a name of the Highlands, but no name has such words only.
fn is_only_initials(r: &TokenCursor<'_>, name: &NameRun) -> bool {
    name.words >= 2 && has_only_initials(r, name)
}

fn has_only_initials(r: &TokenCursor<'_>, name: &NameRun) -> bool {
    let initial = |at: usize| r.token(at).is_none_or(|token| token.case == LetterCase::Initial || !token.is_capital());
    (name.start..name.end).all(initial)
}

/// A further word of a name.
struct NextWord {
    /// The token after it.
    end: usize,
    /// The number of words: two for a middle name in small letters and the one behind it.
    words: usize,
    foreign: bool,
}

/// The next word of the name, if it continues.
fn next_word(r: &TokenCursor<'_>, name: &NameRun) -> Option<NextWord> {
    let mut next = name.end;
    let last = r.token(name.end - 1)?;
    let initial =
        last.case == LetterCase::Initial && (r.word(name.end - 1).is_ascii() || r.word(name.end - 1) == INITIAL_D);
    if r.is(next, '.') && initial && r.token(next)?.glued {
        // `Michael A. Bills`, also where the line was broken after the full stop. Behind initials alone
        // (`Ảnh: H.Y.T.`) the line ends.
        next += 1;
        if r.is_end(next) && r.is_capital(next + 1) && !has_only_initials(r, name) {
            next += 1;
        }
    } else if r.is_end(next)
        && is_incomplete(r, name)
        && r.is_capital(next + 1)
        && r.hit(next + 1, TableClass::Verb).is_none()
    {
        // Not `… quan hệ với ông Kim⏎Theo báo này, …`.
        next += 1;
    }
    let token = r.token(next)?;
    // `Peter O ' Neill`, of a text that was split into words: one word, and a foreign one.
    let apostrophe = (token.is('\'') || token.is('’')) && !token.glued;
    if last.case == LetterCase::Initial && name.words >= 2 && apostrophe && r.is_capital(next + 1) {
        return Some(NextWord { end: next + 2, words: 0, foreign: true });
    }
    // `Robert B. "Abe" Marlow`
    let quote = |at: usize| r.is(at, '"') || r.is(at, '“') || r.is(at, '”');
    if name.foreign && quote(next) && r.is_capital(next + 1) && quote(next + 2) && is_foreign(r, next + 3) {
        return r.is_capital(next + 3).then_some(NextWord { end: next + 4, words: 1, foreign: true });
    }
    if let Some(after) = particles(r, name, next) {
        return r.is_capital(after).then_some(NextWord { end: after + 1, words: 1, foreign: true });
    }
    // `Leopold III`: a king's number belongs to the name.
    if name.foreign && !name.upper && token.case == LetterCase::Upper && is_roman(r.word(next)) {
        return Some(NextWord { end: next + 1, words: 1, foreign: false });
    }
    if is_small_middle_name(r, name, next) {
        return Some(NextWord { end: next + 2, words: 2, foreign: false });
    }
    if !token.is_capital() || stops(r, name, next) {
        return None;
    }
    // `NGUYỄN VĂN A Chủ tịch`: a change between capitals only and normal case ends the name; a single letter fits both.
    let same_style = match token.case {
        LetterCase::Upper => name.upper,
        LetterCase::Capital => !name.upper,
        _ => true,
    };
    same_style.then(|| NextWord { end: next + 1, words: 1, foreign: is_foreign(r, next) })
}

/// Whether `văn` or `thị` in small letters stands between a surname and a given name: `Nguyễn văn A`.
fn is_small_middle_name(r: &TokenCursor<'_>, name: &NameRun, next: usize) -> bool {
    let given = |at: usize| r.token(at).is_some_and(|token| token.case == LetterCase::Capital && !token.foreign);
    name.words == 1 && name.surname && !name.upper && r.is_lower(next) && given(next + 1) && {
        r.is_in(next, WordSet::MiddleName) && r.hits.at(next).all(|hit| hit.end == next + 1)
    }
}

/// The end of a name whose last syllable is misspelled with a small letter: `Chủ tịch Trung Quốc Tập Cận bình.` Behind
/// a country only, where two words are a foreigner's whose name mostly has three, and if a sign follows the syllable,
/// which is no word of the tables.
fn small_end(r: &TokenCursor<'_>, name: &NameRun) -> Option<usize> {
    let at = name.end;
    if name.words != 2 || !name.surname || name.foreign || name.upper || !r.is_lower(at) {
        return None;
    }
    let closed = r.is(at + 1, ',') || r.is(at + 1, ')') || r.is(at + 1, ';') || r.ends_sentence(at + 1);
    let country = || {
        let before = (1..=LONGEST_COUNTRY).filter_map(|back| name.start.checked_sub(back));
        before.into_iter().any(|from| r.country_at(from).is_some_and(|hit| hit.end == name.start))
    };
    let known = || r.hits.at(at).any(|hit| !matches!(hit.class, TableClass::Surname | TableClass::Place));
    (closed && is_vietnamese(r.word(at)) && !known() && country()).then_some(at + 1)
}

/// The token behind the particles of a foreign name at `next` (`van der`, `de la`, `al-`); `None` if there is none.
fn particles(r: &TokenCursor<'_>, name: &NameRun, next: usize) -> Option<usize> {
    let particle = |at: usize| r.is_in(at, WordSet::NameParticle) && r.is_lower(at);
    if !particle(next) || !(name.foreign || r.is_dash(next + 1)) {
        return None;
    }
    let end = (next..next + PARTICLES).find(|at| !particle(*at)).unwrap_or(next + PARTICLES);
    Some(if r.is_dash(end) { end + 1 } else { end })
}

/// Whether a word is the number of a king: `II`, `XIV`. A single letter is an initial.
fn is_roman(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether the name cannot end where its line does: a surname alone, or `Văn`, `Thị`.
fn is_incomplete(r: &TokenCursor<'_>, name: &NameRun) -> bool {
    let open = (name.words == 1 && name.surname) || r.is_in(name.end - 1, WordSet::MiddleName);
    open && !name.foreign && name.words < 3
}

/// Whether a rank, a post or an organisation begins at `next`, so that the name ends before it.
fn stops(r: &TokenCursor<'_>, name: &NameRun, next: usize) -> bool {
    // Only rows of two words and more: a single word is as likely part of the name.
    let long = |class| r.hit(next, class).is_some_and(|hit| hit.end >= next + 2);
    (name.words == 1 && begins_word(r, next))
        || (name.words >= 3 && long(TableClass::Verb) && begins_word(r, next))
        || long(TableClass::Rank)
        || (long(TableClass::Post) && r.is_capital(next) && !is_rest_of_name(r, name, next))
        || (name.words >= 2 && long(TableClass::Unit))
        || (name.words >= 2
            && name.upper
            && (long(TableClass::Verb) || r.hit(next, TableClass::Verb).is_some() && name.words >= 3))
        || (name.words >= 3 && name.surname && !name.foreign && long(TableClass::Place))
}

/// Whether a capitalised word is the first half of a word of the tables whose second half is in small letters: `Quân
/// nhạc`, `Công trình`. No given name is.
fn begins_word(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_lower(at + 1) && r.hits.at(at).any(|hit| hit.end > at + 1)
}

/// Whether the words are rather an organisation's name that goes on in small letters (`Đoàn Múa rối`) or a post with a
/// word of its own (`Phó Tỉnh trưởng`): the first word is also the head of such a name, and the word behind the second
/// is no verb. For names without a rank or form of address, which would decide it.
pub fn is_cut(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let head = r.hit(name.start, TableClass::Unit).is_some_and(|hit| hit.end == name.start + 1 && r.is_unit_head(hit));
    let deputy = name.words == 2 && r.is_word(name.start, DEPUTY);
    deputy
        || name.words == 2
            && head
            && r.token(name.end).is_some_and(|token| token.case == LetterCase::Lower)
            && r.hit(name.end, TableClass::Verb).is_none()
            && !r.is_word(name.end, AND)
}

/// Whether the words of a post are in fact given names: behind a surname alone, each with a capital. `Lục Quốc Vương`
/// is a name; the post (king) is written `Quốc vương`.
fn is_rest_of_name(r: &TokenCursor<'_>, name: &NameRun, next: usize) -> bool {
    let all_capital = |end: usize| (next..end).all(|at| r.is_capital(at));
    name.words == 1
        && name.surname
        && !name.upper
        && r.hit(next, TableClass::Post).is_some_and(|hit| hit.end == next + 2 && all_capital(hit.end))
}

/// The end of the name with a hyphenated part: `-xỏn` of `Cay-xỏn`, `-un` of `Jong-un`, ` - in` of a text that was
/// split into words and joined again.
fn hyphenated(r: &TokenCursor<'_>, name: &NameRun) -> Option<usize> {
    let dash = r.token(name.end).filter(|token| token.is_dash())?;
    let next = r.token(name.end + 1)?;
    let fits = if dash.glued && next.glued {
        // No name ends in an abbreviation: `Công ty Cửa Sông-TKV`.
        let short = next.case == LetterCase::Upper && !name.upper;
        next.case == LetterCase::Lower || (next.is_capital() && !short && (name.foreign || is_foreign(r, name.end + 1)))
    } else {
        // A Korean name with spaces around its hyphen: `Moon Jae - in`.
        let part = r.word(name.end + 1);
        let korean =
            name.words == 2 && part.len() <= 4 && part.is_ascii() && r.hit(name.end + 1, TableClass::Person).is_none();
        let small = next.case == LetterCase::Lower && (korean || is_foreign(r, name.end + 1));
        // `Chan - o - cha`: no name ends in a part of one letter.
        let before_letter = name.end >= 2 && r.is_lower(name.end - 1) && r.is_dash(name.end - 2);
        let behind_letter = || {
            before_letter && r.word(name.end - 1).len() == 1 && next.case == LetterCase::Lower && {
                part.is_ascii() && r.hits.at(name.end + 1).all(|hit| hit.end == name.end + 2)
            }
        };
        // `Kim Son - hui`: all of it could be Vietnamese, but a surname of Korea and letters without marks are not.
        let romanised = || korean && part.len() > 1 && is_romanised_korean(r, name);
        // `Abdul - Rahim al - Masri`
        let joint = || next.is_capital() && r.is_in(name.end - 1, WordSet::NameJoint) && is_foreign(r, name.end + 1);
        // `Nana Akufo - Addo thông báo`: both halves are foreign, and a verb follows. Elsewhere the dash may stand
        // before somebody or something else: `Đại tá Cornell Park - Reuters đưa tin`.
        let double = || {
            let whole = name.words >= 2 && is_foreign(r, name.end - 1) && is_foreign(r, name.end + 1);
            let acts = r.is_saying(name.end + 2) || r.hit(name.end + 2, TableClass::Verb).is_some();
            whole && acts && next.case == LetterCase::Capital && !r.is_in(name.end + 1, WordSet::Media)
        };
        let spaced = !dash.glued && !next.glued;
        let any_foreign = || small || joint() || behind_letter() || double();
        spaced && (name.foreign && any_foreign() || next.case == LetterCase::Lower && romanised())
    };
    // `Nguyễn Văn A-phó chủ tịch`: the dash stands for a comma.
    let other = [TableClass::Verb, TableClass::Post, TableClass::State, TableClass::Rank];
    // `Ông A - quan chức B`: an occupation of two words; one alone may be part of a name (`Chan - o - cha`).
    let words = |end: usize| end > name.end + 2;
    let occupation = r.hit(name.end + 1, TableClass::Person).is_some_and(|hit| words(hit.end))
        || r.set_end(name.end + 1, WordSet::InService).is_some_and(words);
    let begins_other = other.iter().any(|class| r.hit(name.end + 1, *class).is_some());
    (fits && !begins_other && !occupation).then_some(name.end + 2)
}

/// Whether the two words of a name are spelled as Koreans are in Latin letters: a surname of theirs, and no mark.
fn is_romanised_korean(r: &TokenCursor<'_>, name: &NameRun) -> bool {
    let plain = |at: usize| r.word(at).bytes().all(|letter| letter.is_ascii_alphabetic());
    r.is_in(name.start, WordSet::KoreanSurname) && (name.start..name.end).all(plain)
}

/// Whether a word in capitals begins a name rather than an abbreviation.
fn is_name_in_capitals(r: &TokenCursor<'_>, at: usize) -> bool {
    r.token(at).is_some_and(|token| !token.foreign)
        && r.hit(at, TableClass::Abbreviation).is_none_or(|hit| hit.end > at + 1 || is_surname(r, at))
        && r.token(at + 1).is_some_and(|next| matches!(next.case, LetterCase::Upper | LetterCase::Initial))
        && r.token(at + 1).is_some_and(|token| !token.foreign)
}

/// Whether the word is a surname of the table, with a capital.
pub fn is_surname(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_capital(at) && r.hit(at, TableClass::Surname).is_some()
}

/// Whether the surname is common enough to show that a name without rank, post or address is a person's.
pub fn is_common_surname(r: &TokenCursor<'_>, at: usize) -> bool {
    surname_share(r, at).is_some_and(SurnameShare::is_common)
}

/// How many people have the surname at a token; `None` if there is none.
pub fn surname_share(r: &TokenCursor<'_>, at: usize) -> Option<SurnameShare> {
    match r.value(at, TableClass::Surname).filter(|_| r.is_capital(at))? {
        RowValue::Surname(share) => Some(share),
        _ => None,
    }
}

/// Whether the words are a newspaper, an agency, a site or a firm (`Sea Airlines`), a work or a contest (`The Sea`,
/// `Sea Cup`), or begin with two words of one: `Tuổi Trẻ`, `Tuổi Trẻ Online`.
pub fn is_media(r: &TokenCursor<'_>, name: NameRun) -> bool {
    if name.foreign && name.words >= 2 && r.is_in(name.start, WordSet::WorkOpener) {
        return true;
    }
    if name.foreign && name.words >= 2 && r.is_in(name.end - 1, WordSet::FirmWord) {
        return true;
    }
    let end = r.set_end(name.start, WordSet::Media);
    end.is_some_and(|end| end >= name.end || (end >= name.start + 2 && !name.surname))
}

/// Whether the word is neither a Vietnamese syllable nor a known surname.
pub fn is_foreign(r: &TokenCursor<'_>, at: usize) -> bool {
    let Some(token) = r.token(at) else { return false };
    let foreign = if token.is_capital() { token.foreign } else { !is_vietnamese(r.word(at)) };
    foreign && r.hit(at, TableClass::Surname).is_none()
}

/// Whether the word is a prefix of Highland names: `Y`, `A`, `H'`, `K'` before another name (docs/domain.md §2.2).
fn is_highlander_prefix(r: &TokenCursor<'_>, at: usize) -> bool {
    let word = r.word(at);
    let prefixed = word.chars().take(3).skip(1).any(|c| is_apostrophe(c) || c == '”');
    prefixed || (HIGHLAND_PREFIXES.contains(&word) && r.is_capital(at + 1))
}
