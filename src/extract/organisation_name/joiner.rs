//! Words and signs that join two parts of an organisation's name (docs/domain.md §3.2): `và`, a dash, `thuộc`, `của`,
//! `tại`, and the comma between two fields of work. What follows must be able to go on the name: a person, a post or
//! another organisation behind such a word begins something new.

use super::super::cursor::TokenCursor;
use super::super::function_words::{ALL, AND, AT, LOCATED, PHOTO};
use super::super::lexicon::{DottedForm, PostPattern, RowValue, TableClass, WordSet, dotted_form};
use super::super::name_run::is_foreign;
use super::super::token::LetterCase;
use super::own_name::{ends_in_field, is_whole_name};
use super::{LONGEST_COUNTRY, NamePiece, OrganisationReader, known, piece_of, tail};

/// The most fields of work between commas in one name.
const FIELDS: usize = 5;

impl OrganisationReader {
    /// Words and signs that join two parts of one name: `và`, `&`, a dash, `thuộc`, `của`, `tại`, the stop of `TP.`.
    pub(super) fn joiner(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let (at, next) = (self.at, self.at + 1);
        // `Trường THCS & THPT Nguyễn Văn A`: the name is the school's.
        if at > self.from && r.is(at, '&') && r.is_capital(next) && r.hit(next, TableClass::Thing).is_some() {
            return Some((next, NamePiece::Known));
        }
        // `Đại sứ của Việt Nam tại Lào`, `Giám đốc của Công ty B`
        let owned = r.is_in(at, WordSet::BelongsTo)
            && self.last == NamePiece::Head
            && (known(r, next).is_some_and(|hit| r.is_capital(next) && hit.class != TableClass::Tail)
                || (r.is_capital(next) && r.hit(next, TableClass::Unit).is_some())
                || small_firm(r, next)
                || (at > self.from && leads_to_office(r, next).is_some()));
        if !owned && (at == self.from || matches!(self.last, NamePiece::Head | NamePiece::Admin)) && !r.is(at, '.') {
            // `Trưởng ban Quản lý và bảo vệ rừng`: the head of the post ends in a field of work.
            let ends_in_field = r.is_word(at, AND) && ends_in_field(r, at);
            let field = at == self.from && ends_in_field && r.is_lower(next);
            // `Ban Tuyên giáo và Dân vận`
            let second = at > self.from && ends_in_field && r.is_capital(next) && !self.begins_other(r, next);
            let second = second.then(|| r.hit(next, TableClass::Tail)).flatten().map(|hit| hit.end);
            return self.field(r).filter(|_| field).or(second).map(|end| (end, NamePiece::Known));
        }
        // `Phòng CSGT - PC 67`
        if let Some(end) = tail::office_code(r, next).filter(|_| r.is_dash(at)) {
            return Some((end, NamePiece::Number));
        }
        // `Công ty Tân Hà - TPC`
        let spaced = r.is_dash(at) && !r.token(at)?.glued;
        let short = |at: usize| r.token(at).is_some_and(|token| token.case == LetterCase::Upper);
        if self.firm && spaced && short(next) && !r.is_capital(next + 1) && !self.begins_other(r, next) {
            let credit = r.is_word(next, PHOTO) || r.is_in(next, WordSet::Media);
            return (!credit).then_some((next + 1, NamePiece::Number));
        }
        // `Công ty Trí Hải - First News`
        if self.firm && spaced && is_foreign(r, next) {
            const WORDS: usize = 4;
            let end =
                (next..next + WORDS).take_while(|word| r.is_capital(*word) && is_foreign(r, *word)).count() + next;
            if end > next && r.is_in(end - 1, WordSet::FirmWord) && !r.is_capital(end) {
                return Some((end, NamePiece::Known));
            }
        }
        // `tàu M / T Pioneer`: the short form of a kind of ships. A name follows, as behind a level of administration.
        let letter = |at: usize| r.is_capital(at) && r.word(at).chars().count() == 1;
        if r.is(at, '/') && letter(at - 1) && letter(next) {
            return Some((next + 1, NamePiece::Admin));
        }
        let glued = r.token(at)?.glued && r.token(next)?.glued;
        if r.is_dash(at) && glued && (r.is_capital(next) || r.is_number(next)) && !self.begins_other(r, next) {
            return Some((next + 1, NamePiece::Capital(2)));
        }
        if r.is(at, '.') && r.token(at)?.glued && dotted_form(r.word(at - 1)) == Some(DottedForm::Place) {
            // A line may be broken behind the stop: `UBND TP.` / `Hà Nội`.
            let broken = r.is_end(next) && r.hit(next + 1, TableClass::Place).is_some();
            let next = if broken { next + 1 } else { next };
            return (r.is_capital(next) || r.is_number(next)).then_some((next, NamePiece::Admin));
        }
        if r.is_in(at, WordSet::BelongsTo) {
            let owner = if r.is_word(next, ALL) { next + 1 } else { next };
            // `Tổ công tác của Thủ tướng`
            let office = leads_to_office(r, owner).filter(|_| at > self.from);
            if let Some(office) = office {
                return Some((office, NamePiece::Known));
            }
            let hit = known(r, owner).filter(|_| !self.begins_person(r, owner));
            // `Giám đốc Sở Xây dựng của thành phố này`: the words point at a place named before.
            let fits = hit.is_some_and(|hit| !r.is_in(hit.end, WordSet::Demonstrative));
            return fits.then_some((owner, NamePiece::Head));
        }
        if let Some(seat) = self.seat(r) {
            return Some(seat);
        }
        if let Some(end) = self.field(r) {
            return Some((end, NamePiece::Known));
        }
        let compound = r.hit(next, TableClass::Tail).is_some()
            || (r.is_lower(next + 1) && r.hit(next + 1, TableClass::Verb).is_none());
        // `Ban Chỉ huy Phòng thủ khu vực 3 - Bến Gỗ`: a number and the place it is at.
        let numbered =
            self.last == NamePiece::Number && at >= self.from + 2 && r.is_number(at - 1) && r.is_lower(at - 2);
        // `Cục Quân lực và Quyết định số 5`, `Tư lệnh Quân khu 9 - Ảnh 1`: a document or a picture is no field of work.
        let other = r.hit(next, TableClass::Document).is_some_and(|hit| r.is_number(hit.end)) || r.is_word(next, PHOTO);
        let joins = !other && (r.is_word(at, AND) || r.is(at, '&') || (r.is_dash(at) && (compound || numbered)));
        (joins && r.is_capital(next) && !self.begins_other(r, next)).then_some((next, NamePiece::Known))
    }

    /// The second of two places: the seat (`Đại sứ B tại Lào`, behind a country also `tại Thành phố C`), or
    /// the other country of a society (`Hội Hữu nghị B - C`).
    fn seat(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let next = self.at + 1;
        let behind_country = || {
            let from = self.at.saturating_sub(LONGEST_COUNTRY).max(self.from);
            (from..self.at).any(|at| r.country_at(at).is_some_and(|hit| hit.end == self.at))
        };
        let country = r.country_at(next).map(|hit| (hit.end, NamePiece::Place));
        if r.is_word(self.at, AT) || (r.is_word(self.at, LOCATED) && behind_country()) {
            let place = || known(r, next).map(|hit| (hit.end, piece_of(r, next, hit)));
            let fits = |piece| matches!(piece, NamePiece::Place | NamePiece::Admin | NamePiece::Known);
            // `lực lượng Mỹ tại Okinawa`
            let foreign = || {
                let seat = r.seat_at(next).map(|(_, end)| end);
                let end = seat.or_else(|| (r.is_capital(next) && is_foreign(r, next)).then_some(next + 1))?;
                (!r.is_capital(end)).then_some((end, NamePiece::Place))
            };
            let known_place = || place().filter(|place| fits(place.1)).or_else(foreign);
            return country.or_else(|| known_place().filter(|_| behind_country()));
        }
        country.filter(|_| r.is_dash(self.at) && behind_country())
    }

    /// The end of a further field of work: `và thể thao`, or `, Thể thao và Du lịch`, where the comma is inside the
    /// name because `và` and a last field follow, or the owner.
    fn field(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let (at, next) = (self.at, self.at + 1);
        if matches!(self.last, NamePiece::Place | NamePiece::Number) {
            return None;
        }
        if let Some(end) = tail::against(r, next).filter(|_| r.is_word(at, AND) || r.is(at, '&')) {
            return Some(end);
        }
        let hit = r.hit(next, TableClass::Tail).filter(|_| !self.begins_other(r, next))?;
        // `Viện Nghiên cứu Phát triển kinh tế - xã hội Bến Gỗ`
        if r.is_dash(at) && r.is_lower(next) && r.is_lower(at.wrapping_sub(1)) {
            let ends = tail::ends_name(r, hit.end) || tail::level(r, hit.end).is_some();
            return (ends && r.hit(next, TableClass::Verb).is_none_or(|verb| verb.end < hit.end)).then_some(hit.end);
        }
        let verb = |at: usize, end: usize| r.hit(at, TableClass::Verb).is_some_and(|verb| verb.end >= end);
        if r.is_word(at, AND) {
            let closes = tail::ends_name(r, hit.end)
                || r.hit(hit.end, TableClass::Tail).is_some()
                || tail::level(r, hit.end).is_some();
            let fits = r.is_lower(next) && !verb(next, hit.end) && closes;
            return fits.then_some(hit.end);
        }
        if r.is(at, ',') && r.is_capital(next) && (r.is_in(hit.end, WordSet::BelongsTo) || is_whole_name(r, hit.end)) {
            return Some(hit.end);
        }
        // `Văn hóa, Giáo dục, Thanh niên và Nhi đồng`
        let mut hit = hit;
        for _ in 0..FIELDS {
            let further = r.is(hit.end, ',').then(|| r.hit(hit.end + 1, TableClass::Tail)).flatten();
            let other = |class: &TableClass| r.hit(hit.end + 1, *class).is_some();
            let Some(further) = further.filter(|_| ![TableClass::Post, TableClass::Rank].iter().any(other)) else {
                break;
            };
            hit = further;
        }
        // `Quản lý ngân sách, tin học và thống kê`: a row may hold both.
        let plain = r.is_capital(next) || r.hit(next, TableClass::Verb).is_none();
        let joint = (plain && (next..hit.end).any(|at| r.is_word(at, AND))).then_some(hit);
        let last = r.is_word(hit.end, AND).then(|| r.hit(hit.end + 1, TableClass::Tail)).flatten().or(joint)?;
        let named = r.is_capital(next) || (!verb(next, hit.end) && !verb(hit.end + 1, last.end));
        (r.is(at, ',') && named).then_some(last.end)
    }
}

/// The token after the name of an office that only one person holds: `Thủ tướng`, `Chủ tịch nước`.
fn leads_to_office(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let hit = r.hit(at, TableClass::Post)?;
    r.row(hit).filter(|row| row.value == RowValue::Post(PostPattern::Alone)).map(|_| hit.end)
}

/// Whether the head of a firm in small letters and the firm's name begin at the token: `tập đoàn General Motors`.
fn small_firm(r: &TokenCursor<'_>, at: usize) -> bool {
    let head = r.set_end(at, WordSet::Firm).filter(|_| r.is_lower(at));
    head.is_some_and(|end| r.is_capital(end) && r.hit(at, TableClass::Unit).is_some())
}
