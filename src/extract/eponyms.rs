//! Things named after people: streets, ships, schools, awards and museums (docs/domain.md §2.4). Two tables decide that
//! no person is meant. things.tsv has the words before a name that make it a thing's, whoever it is called after
//! (`phố Nguyễn Văn A`). eponyms.tsv has the people of history after whom streets are named: their bare names stand for
//! streets without any such word (`tại Nguyễn Trãi, quận 5`).

use super::cursor::TokenCursor;
use super::function_words::{AND, BY, CONSISTS_OF, IS, NAME, OF, ONE, THIS};
use super::lexicon::{LexiconHit, TableClass, WordSet, bit, form};
use super::name_run::NameRun;
use super::token::LetterCase;

/// The most tokens from the beginning of a word such as `phố` to the name: `tuyến phố ẩm thực A`.
const BACK: usize = 5;

/// The most tokens from the head of a list of things to the name.
const ROW: usize = 60;

/// Whether the name is joined to that of a thing (`ngã tư A – B`) or is one of a list of things (`các tuyến đường A, 36
/// B, C`, `3 phường (A, B, C)`). Only names, numbers and signs may be between the head and the name.
fn is_in_row_of_things(r: &TokenCursor<'_>, start: usize) -> bool {
    let (mut listed, mut opened) = (false, false);
    for back in 1..=ROW {
        let Some(here) = start.checked_sub(back) else { return false };
        let joins = r.is_word(here, AND);
        if r.is_lower(here) && !joins {
            let from = (0..BACK).filter_map(|more| here.checked_sub(more)).rfind(|from| is_thing(r, *from, here + 1));
            // `16 đường A và B` is the number of a house and somebody else.
            let counted = |from: usize| opened && r.is_number(from - 1);
            let several = |from: usize| from > 0 && (r.has(from - 1, form::SEVERAL) || counted(from));
            return back > 1 && from.is_some_and(|from| !listed || several(from));
        }
        // `các huyện: A, B`, `3 phường (A, B)`: the head must be plural.
        let opens = r.is(here, ':') || r.is(here, '(');
        let sign = joins || r.is(here, ',') || r.is(here, ';') || opens;
        listed |= sign;
        opened |= opens;
        if !(sign || r.is_capital(here) || r.is_number(here) || r.is_dash(here)) {
            return false;
        }
    }
    false
}

/// Whether a row of things.tsv covers exactly the tokens `from..end`.
fn is_thing(r: &TokenCursor<'_>, from: usize, end: usize) -> bool {
    r.has(from, bit(TableClass::Thing))
        && r.hits.at(from).any(|hit| hit.class == TableClass::Thing && hit.end == end)
        && !ends_other_word(r, from, end)
}

/// Whether the tokens are the second half of a word that has nothing to do with the thing: `yêu cầu A` asks A and is
/// no bridge.
fn ends_other_word(r: &TokenCursor<'_>, from: usize, end: usize) -> bool {
    let Some(before) = from.checked_sub(1) else { return false };
    let other = |hit: LexiconHit| hit.class != TableClass::Thing && hit.end == end;
    end == from + 1 && (r.set_end(before, WordSet::EndsLikeThing) == Some(end) || r.hits.at(before).any(other))
}

/// Whether the name, whose rank or post begins at token `start`, is that of a character: its actor is named in brackets
/// (`Trung tá A (do B thủ vai)`, `Trung tá A (B đóng)`) or behind `do`, or plays it (`B vào vai Trung tá A`).
pub fn is_played(r: &TokenCursor<'_>, start: usize, name: NameRun) -> bool {
    const BRACKET: usize = 16;
    const ACTOR: usize = 8;
    let inside = name.end + 1;
    if r.is(name.end, '(') {
        let close = (inside..inside + BRACKET).find(|at| r.is(*at, ')') || r.is_end(*at)).unwrap_or(inside);
        let played = |at: usize| r.set_end(at, WordSet::Played);
        let last = || r.is_capital(inside) && (inside + 1..close).any(|at| played(at) == Some(close));
        return r.is_word(inside, BY) && (inside..close).any(|at| played(at).is_some()) || last();
    }
    let by_actor = r.is_word(name.end, BY) && r.is_capital(inside);
    let plays = |at: usize| r.set_end(at, WordSet::PlaysRole);
    by_actor && (inside..inside + ACTOR).take_while(|at| !r.ends_sentence(*at)).any(|at| plays(at).is_some())
        || (2..=4).filter_map(|back| start.checked_sub(back)).any(|from| plays(from) == Some(start))
}

/// Whether the name, whose rank begins at token `start`, is that of an animal: one is named directly before (`con voi
/// Đô đốc A`) or said to be it behind the name (`Đô đốc A, đây là 4 con voi`).
pub fn is_beast(r: &TokenCursor<'_>, start: usize, name: NameRun) -> bool {
    let before = (2..=3).filter_map(|back| start.checked_sub(back));
    if before.into_iter().any(|from| r.set_end(from, WordSet::Beast) == Some(start)) {
        return true;
    }
    let sign = name.end;
    if !(r.is(sign, ',') || r.is(sign, '(') || r.is_dash(sign) || r.is_word(sign, IS)) {
        return false;
    }
    // `, đây là 4 con voi`, `, một trong những con ngựa`
    const WORDS: usize = 5;
    let may_lead = |at: usize| r.is_number(at) || r.is_any(at, &[THIS, IS, ONE]) || r.has(at, form::SEVERAL);
    let mut at = sign + 1;
    while at <= sign + WORDS && may_lead(at) && !r.is_in(at, WordSet::Beast) {
        at += 1;
    }
    r.is_in(at, WordSet::Beast)
}

/// Whether the rank at token `start` begins the name of one of several ships that the words before are said to be: `hai
/// tàu hộ vệ mang tên lửa là Đô đốc A và Đô đốc B`. No officer may be named between, nor before: `thuyền trưởng hai tàu
/// là Đại úy A và Đại úy B`.
pub fn is_one_of_things(r: &TokenCursor<'_>, start: usize) -> bool {
    const WORDS: usize = 12;
    let Some(link) = start.checked_sub(1).filter(|at| r.is_word(*at, IS) || r.is_word(*at, CONSISTS_OF)) else {
        return false;
    };
    let officer = |at: usize| {
        let classes = [TableClass::Post, TableClass::Rank, TableClass::Person];
        classes.iter().any(|class| r.hit(at, *class).is_some()) || r.is_in(at, WordSet::LeadsForce) || r.is_word(at, BY)
    };
    let mut at = link;
    while let Some(here) = at.checked_sub(1).filter(|here| link - here <= WORDS) {
        if r.ends_sentence(here) || r.is(here, ',') || officer(here) {
            return false;
        }
        let several = here > 0 && (r.has(here - 1, form::SEVERAL) || r.is_number(here - 1));
        if several && r.is_in(here, WordSet::Boat) && r.hit(here, TableClass::Thing).is_some() {
            let owner = |from: usize| r.hits.at(from).any(|hit| hit.class == TableClass::Post && hit.end == here - 1);
            let owned = here >= 2 && (r.is_word(here - 2, OF) || r.is_word(here - 2, BY));
            return !owned && !(here.saturating_sub(BACK)..here).any(owner);
        }
        at = here;
    }
    false
}

/// Whether a name without rank, post or form of address is that of a street: it is a person of history, after whom
/// streets are named, or stands where the place of an event does (`tại Nguyễn Trãi, quận 5`).
pub fn names_a_street(r: &TokenCursor<'_>, name: NameRun) -> bool {
    if r.hit(name.start, TableClass::Eponym).is_some_and(|hit| hit.end == name.end) {
        return true;
    }
    let where_to = name.start > 0 && r.is_in(name.start - 1, WordSet::Where);
    let place = || r.is_in(name.end + 1, WordSet::Admin) || r.hit(name.end + 1, TableClass::Place).is_some();
    where_to && r.is(name.end, ',') && place()
}

/// Whether the name stands between two things of a list, each behind a word that names such things: `thung lũng Vàng,
/// A, thác Bạc`.
pub fn is_between_things(r: &TokenCursor<'_>, name: NameRun) -> bool {
    const ITEM: usize = 8;
    let Some(comma) = name.start.checked_sub(1).filter(|at| r.is(*at, ',') && r.is(name.end, ',')) else {
        return false;
    };
    let thing = |at: usize| r.is_lower(at) && r.hit(at, TableClass::Thing).is_some_and(|hit| r.is_capital(hit.end));
    // The item before: back over its name in capitals to the word for the thing.
    let words = (1..=ITEM).map_while(|back| comma.checked_sub(back)).take_while(|at| !r.is(*at, ','));
    thing(name.end + 1) && words.into_iter().any(thing)
}

/// Whether a name of two words behind a word for who trades or lives somewhere (`tiểu thương A`) is that of a place
/// which the text names elsewhere with its kind: `chợ A`.
pub fn is_place_of_member(r: &TokenCursor<'_>, name: NameRun) -> bool {
    /// The most words of things that are looked at. The limit keeps the rule linear.
    const THINGS: usize = 200;
    let called = |from: usize| r.set_end(from, WordSet::MemberOf) == Some(name.start);
    let member = (1..=3).filter_map(|back| name.start.checked_sub(back)).any(called);
    if !member || name.words != 2 {
        return false;
    }
    let mut at = 0;
    for _ in 0..THINGS {
        at = r.next(at, bit(TableClass::Thing));
        let Some(hit) = r.hit(at, TableClass::Thing) else { return false };
        let same = |word: usize| r.is_capital(hit.end + word) && r.word(hit.end + word) == r.word(name.start + word);
        if (0..name.words).all(same) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a name is only a letter that stands for a person and the first word of the next sentence: `nạn nhân T. Lúc
/// này, …`.
pub fn runs_into_sentence(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let letter = r.token(name.start).is_some_and(|token| token.case == LetterCase::Initial);
    letter && name.words == 2 && r.is_in(name.end - 1, WordSet::ClauseWord) && r.is_lower(name.end)
}

/// Whether the words before the name, of which those from token `start` on are an occupation, are those of a thing:
/// `văn phòng luật sư A` is an office, whoever it is called after.
pub fn is_of_occupation(r: &TokenCursor<'_>, start: usize, name: NameRun) -> bool {
    let before = (1..=BACK).filter_map(|back| start.checked_sub(back));
    start < name.start && before.into_iter().any(|at| is_thing(r, at, name.start))
}

/// Whether the name that begins at token `start` names a thing. `bare`: it has neither rank, post nor form of address.
/// With one of these only a word directly before counts; a bare name is also a thing's at some distance.
pub fn names_a_thing(r: &TokenCursor<'_>, start: usize, bare: bool) -> bool {
    if (1..=BACK).filter_map(|back| start.checked_sub(back)).any(|at| is_thing(r, at, start)) {
        return true;
    }
    if !bare {
        return false;
    }
    if is_in_row_of_things(r, start) {
        return true;
    }
    for back in 1..=BACK {
        let Some(here) = start.checked_sub(back) else { return false };
        let Some(token) = r.token(here) else { return false };
        let ends_here =
            |hit: &LexiconHit| hit.class == TableClass::Thing && hit.end <= start && !ends_other_word(r, here, hit.end);
        if let Some(hit) = r.hits.at(here).rev().find(ends_here) {
            // With words of its own between it and the name: `phố ẩm thực A`.
            // `công ty “ma” A`
            let quote = |at: usize| ['"', '“', '”'].iter().any(|sign| r.is(at, *sign));
            if (hit.end..start).all(|between| r.is_lower(between) || quote(between)) {
                return true;
            }
        }
        // Words of a thing's own name may be between; a verb, a person or a rank ends the search.
        let may_belong = token.case == super::token::LetterCase::Lower
            && r.hit(here, TableClass::Verb).is_none()
            && r.hit(here, TableClass::Person).is_none()
            && r.hit(here, TableClass::Rank).is_none();
        let named = r.is_word(here, NAME) && r.is_in(here.wrapping_sub(1), WordSet::GivenNameToThing);
        if named {
            return true;
        }
        let quote = ['"', '“', '”'].iter().any(|sign| token.is(*sign));
        if !may_belong && !token.is_capital() && !quote {
            return false;
        }
    }
    false
}
