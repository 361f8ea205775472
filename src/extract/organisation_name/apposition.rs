//! The end of a post that stands behind a name, between two signs or before the verb of the sentence:
//!
//! ```text
//! A, giám đốc chi nhánh khai thác đường sắt B, cho biết          a verb that is a field of work
//! A - tư lệnh nhóm tàu sân bay tác chiến - nói                   nouns that no table knows
//! A, phó trưởng phòng thuộc văn phòng C xác nhận                 an owner in small letters
//!    └ opened by the sign              └ closed
//! ```
//!
//! The holder's name closes a post as well, if the words before it are known as part of names: `Giám đốc công ty khai
//! thác cát Nguyễn Văn A`.
//!
//! What is between the signs is the post, so words are read here that elsewhere may be the predicate. Three things keep
//! the verb of the sentence out: the words must begin as a name goes on, must contain none that only clauses have, and
//! must be closed. A run of words is looked at once, at the end of a post, and is short.

use super::super::cursor::TokenCursor;
use super::super::function_words::{AGAINST, AND, AT, COMMITTEE, EXAM, LOCATED, OF, ONE, YEAR};
use super::super::level_place::NameOf;
use super::super::lexicon::{TableClass, WordSet};
use super::super::name_run::{is_common_surname, is_foreign, name_at};
use super::super::post::{heads_a_firm, post_at};
use super::super::sighting::are_years_over;
use super::super::token::LetterCase;
use super::own_name::is_named_before;
use super::{NamePiece, OrganisationReader, tail, wants_a_name};

/// The most tokens of such an end.
const LONGEST: usize = 18;

/// The most words of the head of a post or of an organisation.
const LONGEST_HEAD: usize = 4;

/// How sure it is that the words go on the name, on which depends what may close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// Behind a head whose name is still to come, or behind a word such as `thuộc`.
    Awaited,
    /// Behind words that may be the whole name.
    Further,
}

impl OrganisationReader {
    /// One past the last word of the post, if what follows is such an end.
    pub(super) fn apposition(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        if !matches!(self.of, NameOf::Post) || self.last == NamePiece::Admin || !r.is_lower(self.at) {
            return None;
        }
        let (first, opening) = self.opening(r)?;
        // `người phát ngôn của cơ quan này`: the words point at one named before.
        if r.is_in(first, WordSet::Demonstrative) {
            return None;
        }
        let closed = if self.apposed { closed_at(r, first, opening) } else { None };
        let end = closed.or_else(|| before_holder(r, first).filter(|_| self.is_surely_name(r)))?;
        Some((end, NamePiece::Half))
    }

    /// Whether the words at `self.at` are such as go on a name even where no sign opens the post.
    fn is_surely_name(&self, r: &TokenCursor<'_>) -> bool {
        if r.is_word(self.at, AND) {
            return self.last == NamePiece::Half || known_end(r, self.at + 1).is_some();
        }
        let head = r.is_in(self.at, WordSet::SmallHead) || r.hit(self.at, TableClass::Thing).is_some();
        let link = !r.is_in(self.at, WordSet::ResponsibleFor) && self.link_to_body(r).is_some();
        head || known_end(r, self.at).is_some() || link
    }

    /// `Giám đốc một ngân hàng`: an organisation that the text does not name.
    pub(super) fn unnamed(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let next = self.at + 1;
        let fits = self.at == self.from && r.is_word(self.at, ONE) && r.is_lower(next);
        fits.then(|| r.set_end(next, WordSet::PrivateBody)).flatten()
    }

    /// The first token that may close the end, if the words at `self.at` go on the name.
    fn opening(&self, r: &TokenCursor<'_>) -> Option<(usize, Opening)> {
        let at = self.at;
        if let Some(body) = self.link_to_body(r) {
            return Some((body, Opening::Awaited));
        }
        let begun = at > self.from;
        let before = at.wrapping_sub(1);
        let level = r.is_in(before, WordSet::Level) || r.is_in(before, WordSet::Admin);
        let upper = |at: usize| r.token(at).is_some_and(|token| token.case == LetterCase::Upper);
        // `trạm CSGT cửa ô B`, `Nhà nước C (NC) tự xưng`
        let open_word = (r.is_lower(before) && !level) || upper(before) || (r.is(before, ')') && upper(before - 1));
        if r.is_word(at, AND) {
            let next = at + 1;
            let verb = r.hit(next, TableClass::Verb).is_some() && !r.is_in(next, WordSet::Activity);
            let field = r.is_lower(next) && !verb && !self.begins_other(r, next) && !is_clause_word(r, next);
            let person = r.hit(next, TableClass::Person).is_some() && !r.is_in(next, WordSet::Activity);
            let known = person || r.is_in(next, WordSet::EndsName);
            return (begun && field && open_word && !known).then_some((next + 1, Opening::Further));
        }
        let other = [TableClass::Person, TableClass::Post, TableClass::Rank, TableClass::State, TableClass::Event];
        if other.iter().any(|class| r.hit(at, *class).is_some()) || r.is_in(at, WordSet::EndsName) {
            return None;
        }
        let activity = r.set_end(at, WordSet::Activity);
        let tail = r.hit(at, TableClass::Tail).map(|hit| hit.end);
        let noun = r.set_end(at, WordSet::VerbAndNoun).filter(|_| r.is(before, ')'));
        let field = activity.max(tail).max(noun);
        let verb = r.hit(at, TableClass::Verb).filter(|hit| field.is_none_or(|end| end < hit.end));
        if let Some(verb) = verb {
            // `Trung tâm Luật tranh cử (TLC)`
            let named = begun && r.is(verb.end, '(') && upper(verb.end + 1);
            return named.then_some((verb.end, Opening::Further));
        }
        if is_clause_word(r, at) || informs(r, at) {
            return None;
        }
        let next = field.unwrap_or(at + 1);
        let awaited = self.ends_in_head(r) || (!begun && self.head_takes_field(r));
        let small_head = || r.is_in(at, WordSet::SmallHead) || is_named_before(r, at, self.from);
        if awaited || (!begun && small_head() && activity.is_none()) {
            return Some((next, Opening::Awaited));
        }
        let further = begun && activity.is_none() && open_word && !matches!(self.last, NamePiece::Place);
        further.then_some((next, Opening::Further))
    }

    /// The token behind `thuộc`, `của`, `tại`, `chống`, `phụ trách` and the first word of the body that follows.
    fn link_to_body(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let (at, next) = (self.at, self.at + 1);
        let unit = |at: usize| r.hit(at, TableClass::Unit).map(|hit| hit.end);
        if let Some(owner) = r.set_end(at, WordSet::BelongsTo) {
            let body = unit(owner)
                .or_else(|| r.set_end(owner, WordSet::SmallHead))
                .or_else(|| r.set_end(owner, WordSet::InService))
                .or_else(|| r.hit(owner, TableClass::Thing).map(|hit| hit.end))
                .or_else(|| r.seat_at(owner).map(|(_, end)| end));
            let foreign = || (r.is_capital(owner) && is_foreign(r, owner)).then_some(owner + 1);
            // `giám đốc của Sea Air`: of the head of a firm it is the firm.
            let office = (r.is_capital(owner) && unit(owner).is_some()) || heads_a_firm(r, self.from);
            return body.or_else(foreign).filter(|_| office || !self.begins_person(r, owner));
        }
        if r.is_word(at, AT) || r.is_word(at, LOCATED) {
            // A place alone is rather where something happens, or an address.
            let body = unit(next).filter(|end| !r.is_in(*end - 1, WordSet::Admin) && !r.is_in(next, WordSet::Ruled));
            return body.filter(|_| !r.is_in(next, WordSet::EventNoun) && r.is_word(at, AT));
        }
        if r.is_in(at, WordSet::Purpose) {
            let adviser = (1..=LONGEST_HEAD)
                .filter_map(|back| self.from.checked_sub(back))
                .any(|from| r.set_end(from, WordSet::PostedAt) == Some(self.from));
            return adviser.then_some(next);
        }
        // `Trưởng Ban Chấm thi năm 2018 tỉnh B`
        if r.is_word(at, YEAR) && r.is_number(next) {
            let exam = (self.from..at).any(|word| r.is_word(word, EXAM));
            return exam.then_some(next + 1);
        }
        if r.is_word(at, AGAINST) {
            let alliance = |word: usize| r.is_in(word, WordSet::SmallHead);
            return (self.from..at).any(alliance).then_some(next);
        }
        let charge = r.set_end(at, WordSet::ResponsibleFor)?;
        (r.is_lower(charge) || r.token(charge).is_some_and(|token| token.case == LetterCase::Upper))
            .then_some(charge + 1)
    }

    /// Whether the last words read are the head of an organisation, so that its name must follow: `công ty`, `chi
    /// nhánh`, `lực lượng`, `Trưởng Đội`.
    fn ends_in_head(&self, r: &TokenCursor<'_>) -> bool {
        // `cán bộ` ends in no `bộ`, `quốc phòng` in no `phòng`. A committee or a level needs no name.
        let whole = |from: usize| from >= self.from || r.is_capital(from) || from + 1 < self.at;
        let named = |from: usize| r.is_lower(from) || r.is_in(from, WordSet::Section);
        let last = self.at.wrapping_sub(1);
        let compound = self.at.checked_sub(2).and_then(|from| r.set_end(from, WordSet::EndsLikeHead)) == Some(self.at);
        let complete =
            compound || r.is_any(last, &COMMITTEE) || r.is_in(last, WordSet::Admin) || r.is_in(last, WordSet::Ruled);
        !complete
            && (1..=LONGEST_HEAD).filter_map(|back| self.at.checked_sub(back)).any(|from| {
                let unit = r.hit(from, TableClass::Unit).filter(|hit| hit.end == self.at && r.is_unit_head(*hit));
                unit.is_some_and(|_| whole(from) && named(from))
                    || [WordSet::SmallHead, WordSet::Firm].iter().any(|set| r.set_end(from, *set) == Some(self.at))
            })
    }

    /// Whether the head of the post is one that a field of work follows: `Tổ trưởng xử lý vi phạm`, `giám đốc nghiên
    /// cứu`.
    fn head_takes_field(&self, r: &TokenCursor<'_>) -> bool {
        let department = self.from > 0 && r.is_in(self.from - 1, WordSet::Department);
        let head = (1..=LONGEST_HEAD)
            .filter_map(|back| self.from.checked_sub(back))
            .any(|from| r.set_end(from, WordSet::FieldHead) == Some(self.from));
        let official = r.is_in(self.at, WordSet::OfficialAct);
        department || (head && r.is_in(self.at, WordSet::Activity) && !official)
    }
}

/// Where the words that begin before token `from` are closed; `None` if they are a clause.
fn closed_at(r: &TokenCursor<'_>, from: usize, opening: Opening) -> Option<usize> {
    let awaited = opening == Opening::Awaited;
    let mut end = from;
    while end < from + LONGEST {
        // `Trung tâm Luật biển (CLB)`
        let short = r.token(end + 1).is_some_and(|token| token.case == LetterCase::Upper) && r.is(end + 2, ')');
        if r.is(end, '(') && short {
            end += 3;
            continue;
        }
        let closed = match r.token(end)?.kind {
            _ if r.is(end, ')') || r.is(end, '(') => true,
            _ if r.is(end, ',') => is_predicate(r, end + 1) || begins_next(r, end + 1),
            _ if r.is_dash(end) && r.token(end + 1).is_some_and(|next| !next.glued) => {
                r.is_lower(end + 1) || begins_next(r, end + 1)
            }
            _ if r.is(end, ';') || r.ends_sentence(end) => awaited,
            _ if r.is_saying(end) || is_tense(r, end) || informs(r, end) || are_years_over(r, end) => true,
            // `đặc phái viên về B của Tổng thống C`: who is served is read behind the post.
            _ if r.is_word(end, OF) => post_at(r, end + 1).is_some_and(|post| post.name.is_some()),
            _ => awaited && !r.is_lower(end - 1) && is_finite(r, end),
        };
        if closed {
            // `của tổ chức này`: the words point at one named before.
            return (!r.is_in(end - 1, WordSet::Demonstrative)).then_some(end);
        }
        if breaks(r, end) {
            return None;
        }
        end = known_end(r, end).unwrap_or(end + 1);
    }
    None
}

/// The first token of the holder, if only words in small letters lead there: `Giám đốc công ty khai thác cát
/// Nguyễn Văn A`, `Phó trưởng phòng thuộc văn phòng B, Đại úy A`.
fn before_holder(r: &TokenCursor<'_>, from: usize) -> Option<usize> {
    let (mut end, mut verb) = (from, false);
    while end < from + LONGEST && r.is_lower(end) && !breaks(r, end) {
        verb = r.is_in(end, WordSet::Activity);
        end = known_end(r, end).unwrap_or(end + 1);
    }
    // `phụ trách tổ điều tra A`: the name is the verb's object. `con tàu A`: it is a thing's.
    if verb || wants_a_name(r, end - 1) {
        return None;
    }
    let ranked = || r.is(end, ',') && r.hit(end + 1, TableClass::Rank).is_some_and(|hit| r.is_capital(hit.end));
    let named = || {
        let name = name_at(r, end)?;
        let native = name.is_full_vietnamese() && name.words >= 3 && is_common_surname(r, end);
        let foreign = name.foreign && name.words >= 2 && is_foreign(r, end) && r.country_at(end).is_none();
        let ends = is_finite(r, name.end) || is_tense(r, name.end) || r.is_saying(name.end) || !r.is_lower(name.end);
        (ends && (native || foreign)).then_some(end)
    };
    if ranked() { Some(end) } else { named() }
}

/// Whether the name cannot go on with the token.
fn breaks(r: &TokenCursor<'_>, at: usize) -> bool {
    let sign = r.is(at, ',') || r.is(at, ';') || r.is(at, ':') || r.ends_sentence(at);
    let person = || name_at(r, at).is_some_and(|name| name.is_full_vietnamese() && name.words >= 3);
    let ranked = || r.hit(at, TableClass::Rank).is_some_and(|hit| r.is_capital(hit.end));
    let addressed = || r.is_in(at, WordSet::AddressOnly) && r.is_capital(at + 1);
    let named = || person() && is_common_surname(r, at) && r.hit(at - 1, TableClass::Thing).is_none();
    let quoted = || r.is(at, '"') || r.is(at, '“');
    sign || is_clause_word(r, at) || is_finite(r, at) || ranked() || addressed() || named() || quoted()
}

/// Whether a verb begins at the token that is no field of work.
fn is_finite(r: &TokenCursor<'_>, at: usize) -> bool {
    let Some(verb) = r.hit(at, TableClass::Verb).filter(|_| r.is_lower(at)) else { return false };
    known_end(r, at).is_none_or(|end| end < verb.end)
}

/// The token behind words in small letters that the tables know as part of a name.
fn known_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.is_lower(at) {
        return None;
    }
    let noun = [WordSet::Activity, WordSet::VerbAndNoun].iter().filter_map(|set| r.set_end(at, *set)).max();
    noun.max(r.hit(at, TableClass::Tail).map(|hit| hit.end))
}

/// Whether `thông tin` is the verb: `Hiệu trưởng nhà trường thông tin, …`.
fn informs(r: &TokenCursor<'_>, at: usize) -> bool {
    let end = r.set_end(at, WordSet::Informs).filter(|_| r.is_lower(at));
    tail::informs(r, at) || end.is_some_and(|end| r.is(end, ',') || r.ends_sentence(end))
}

fn is_clause_word(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_lower(at) && r.is_in(at, WordSet::ClauseWord)
}

/// `đã`, `sẽ`, `hôm nay`: the predicate or its time.
fn is_tense(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_lower(at) && r.is_in(at, WordSet::Tense)
}

/// Whether the predicate of the sentence begins behind a comma.
fn is_predicate(r: &TokenCursor<'_>, at: usize) -> bool {
    let verb = || r.hit(at, TableClass::Verb).is_some() || r.hit(at, TableClass::Event).is_some();
    r.is_lower(at) && (verb() || is_clause_word(r, at) || is_tense(r, at) || r.is_in(at, WordSet::DateCue))
}

/// Whether the next post or the body above begins behind a sign.
fn begins_next(r: &TokenCursor<'_>, at: usize) -> bool {
    let post = [TableClass::Post, TableClass::State].iter().any(|class| r.hit(at, *class).is_some());
    post || (r.is_capital(at) && (r.hit(at, TableClass::Unit).is_some() || tail::office_code(r, at).is_some()))
}
