//! Words and signs between two parts of an organisation's name that only a post or a firm has (docs/domain.md §3.2):
//!
//! ```text
//! Ủy viên HĐQT của PVG                           an abbreviation that no table knows
//! cố vấn tại Trung tâm Luật biển                 the organisation of an adviser
//! Phó hiệu trưởng phụ trách chuyên môn Trường B  what the holder is in charge of
//! chỉ huy thủy quân lục chiến Mỹ ở Thái Bình Dương
//! Chương trình PMB -280                          a number that a space parts
//! Văn phòng luật sư B và cộng sự                 the partners of a firm
//! ```

use super::super::cursor::TokenCursor;
use super::super::function_words::{AT, LOCATED, OF};
use super::super::lexicon::{TableClass, WordSet};
use super::super::name_run::{is_common_surname, is_foreign, name_at};
use super::super::post::heads_a_firm;
use super::super::token::LetterCase;
use super::{LONGEST_COUNTRY, NamePiece, OrganisationReader, tail};

/// The most words of a head of a post.
const LONGEST_HEAD: usize = 4;

impl OrganisationReader {
    /// The token behind such a link, with what stands behind it as far as it is certain, and the sort of piece.
    pub(super) fn link(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let abbreviation = || self.of_abbreviation(r).map(|end| (end, NamePiece::Number));
        let body = || self.adviser_s_body(r).map(|next| (next, NamePiece::Head));
        let charge = || self.charge(r).map(|end| (end, NamePiece::Known));
        let sea = || self.sea(r).map(|end| (end, NamePiece::Place));
        let number = || self.parted_number(r).map(|end| (end, NamePiece::Number));
        let second = || self.second_name(r).map(|end| (end, NamePiece::Capital(2)));
        let firm = || self.firm_of_post(r).map(|end| (end, NamePiece::Capital(2)));
        let whole = || self.charge_of_unit(r).map(|unit| (unit, NamePiece::Head));
        let small = || self.below_small(r).map(|unit| (unit, NamePiece::Head));
        let unnamed = || self.unnamed(r).map(|end| (end, NamePiece::Head));
        let partners = || self.partners(r).map(|end| (end, NamePiece::Known));
        abbreviation()
            .or_else(firm)
            .or_else(partners)
            .or_else(unnamed)
            .or_else(whole)
            .or_else(small)
            .or_else(body)
            .or_else(charge)
            .or_else(sea)
            .or_else(number)
            .or_else(second)
    }

    /// `Ủy viên HĐQT của PVG`: one word in capitals, behind which no name goes on.
    fn of_abbreviation(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let next = self.at + 1;
        let upper = r.token(next).is_some_and(|token| token.case == LetterCase::Upper);
        let other = [TableClass::Rank, TableClass::Post, TableClass::State, TableClass::Person];
        // `HĐQT` is a head that has no further word.
        let head = || r.token(self.at.wrapping_sub(1)).is_some_and(|token| token.case == LetterCase::Upper);
        let open = matches!(self.last, NamePiece::Head | NamePiece::Known);
        let fits = (open || (self.last == NamePiece::Capital(1) && head()))
            && r.is_word(self.at, OF)
            && r.is_lower(self.at)
            && upper
            && !r.is_capital(next + 1)
            && other.iter().all(|class| r.hit(next, *class).is_none());
        fits.then_some(next + 1)
    }

    /// `văn phòng luật sư Hải Âu và đồng sự`: the partners of a firm that is named after one of them.
    fn partners(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let end = r.set_end(self.at, WordSet::AndPartners).filter(|_| self.at > self.from)?;
        (self.from.saturating_sub(2)..self.at).any(|at| r.is_in(at, WordSet::OfPartners)).then_some(end)
    }

    /// `CEO của General Holding`: foreign words behind the head of a firm's post.
    fn firm_of_post(&self, r: &TokenCursor<'_>) -> Option<usize> {
        const WORDS: usize = 3;
        let next = self.at + 1;
        if self.at != self.from || !r.is_word(self.at, OF) || !heads_a_firm(r, self.from) {
            return None;
        }
        let foreign = |word: &usize| r.is_capital(*word) && is_foreign(r, *word) && r.country_at(*word).is_none();
        let end = next + (next..=next + WORDS).take_while(foreign).count();
        (end > next && end <= next + WORDS && !r.is_capital(end)).then_some(end)
    }

    /// `cố vấn tại Trung tâm B`, `giảng viên khoa Địa lý tại Đại học B`. Of other posts `tại` begins the place of an
    /// event.
    fn adviser_s_body(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let next = self.at + 1;
        let adviser = (1..=LONGEST_HEAD)
            .filter_map(|back| self.from.checked_sub(back))
            .any(|from| r.set_end(from, WordSet::PostedAt) == Some(self.from));
        let body = r.is_capital(next) && r.hit(next, TableClass::Unit).is_some();
        (r.is_word(self.at, AT) && adviser && body).then_some(next)
    }

    /// `phụ trách chuyên môn`: a field of nouns in small letters behind which the name visibly ends or goes on with a
    /// capital.
    fn charge(&self, r: &TokenCursor<'_>) -> Option<usize> {
        if self.last == NamePiece::Admin {
            return None;
        }
        tail::charge(r, r.set_end(self.at, WordSet::ResponsibleFor).filter(|_| r.is_lower(self.at))?)
    }

    /// `phó trưởng phòng thuộc văn phòng B`: the token of the organisation in small letters. `thuộc`, other than `của`,
    /// begins no owner of anything else.
    fn below_small(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let unit = r.set_end(self.at, WordSet::BelongsTo).filter(|_| !r.is_word(self.at, OF) && r.is_lower(self.at))?;
        let head = r.hit(unit, TableClass::Unit).filter(|hit| r.is_lower(unit) && r.is_unit_head(*hit))?;
        let named = r.is_capital(head.end) || r.is_number(head.end) || r.hit(head.end, TableClass::Tail).is_some();
        named.then_some(unit)
    }

    /// `Phó Giám đốc Công an tỉnh phụ trách Công an tỉnh B`: the token of the organisation.
    fn charge_of_unit(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let unit =
            r.set_end(self.at, WordSet::ResponsibleFor).filter(|_| r.is_lower(self.at) && self.at > self.from)?;
        (r.is_capital(unit) && r.hit(unit, TableClass::Unit).is_some()).then_some(unit)
    }

    /// `ở Thái Bình Dương` behind the country whose forces are commanded there.
    fn sea(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let next = self.at + 1;
        let located = r.is_word(self.at, LOCATED) || r.is_word(self.at, AT);
        let from = self.at.saturating_sub(LONGEST_COUNTRY).max(self.from);
        let country = || (from..self.at).any(|at| r.country_at(at).is_some_and(|hit| hit.end == self.at));
        r.set_end(next, WordSet::Sea).filter(|end| located && r.is_capital(*end - 1) && country())
    }

    /// `PMB -280`: a hyphen glued to the number only. `tàu QNg - 0412`: the number of a fishing boat behind the letters
    /// of its province, with any spaces.
    fn parted_number(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let (at, next) = (self.at, self.at + 1);
        if !r.is_dash(at) || !r.is_number(next) || at <= self.from {
            return None;
        }
        let glued = |at: usize| r.token(at).is_some_and(|token| token.glued);
        let upper = r.token(at - 1).is_some_and(|before| before.case == LetterCase::Upper);
        let boat = || {
            let letters = r.word(at - 1);
            let capitals = letters.chars().filter(|letter| letter.is_uppercase()).count();
            let of_boat = (self.from..at).any(|word| r.is_in(word, WordSet::Boat));
            of_boat && (2..=4).contains(&letters.chars().count()) && capitals > 1
        };
        let parted = !glued(at) && glued(next) && upper;
        (parted || boat()).then_some(next + 1)
    }

    /// `Công ty thủy lợi Sông Gấm – Bến Mây cho biết`: a firm named after two places. No common surname, and a verb
    /// behind it, as the holder or the credit of a picture may follow a dash too.
    fn second_name(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let (at, next) = (self.at, self.at + 1);
        let spaced = r.is_dash(at) && r.token(next).is_some_and(|token| !token.glued);
        let place =
            matches!(self.last, NamePiece::Place) || matches!(self.last, NamePiece::Capital(words) if words > 1);
        let area = || (self.from..at).any(|word| r.is_in(word, WordSet::StateWord));
        if !(self.firm || area()) || !spaced || !place {
            return None;
        }
        let name = name_at(r, next).filter(|name| name.words == 2 && !name.foreign && !name.upper)?;
        let other = [TableClass::Rank, TableClass::Post, TableClass::Person, TableClass::Title, TableClass::Unit];
        let fits = !is_common_surname(r, next)
            && r.is_lower(name.end)
            && r.hit(name.end, TableClass::Verb).is_some()
            && other.iter().all(|class| r.hit(next, *class).is_none());
        fits.then_some(name.end)
    }
}
