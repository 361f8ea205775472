//! Whether a run of words that could be a person's name is rather the proper name of the organisation before it:
//! `Chủ tịch Tập đoàn Tân Hoàng Sa`, `Hạt trưởng Hạt kiểm lâm Krông Búk`, `nghị sĩ bang Oregon A`. Precision goes
//! first: a person of two words right behind a firm's head is not found there.

use super::super::cursor::TokenCursor;
use super::super::level_place::{NameOf, level_place};
use super::super::lexicon::{SurnameShare, TableClass, WordSet, bit};
use super::super::name_run::{NameRun, is_common_surname, is_foreign, is_media, name_at, surname_share};
use super::super::post::heads_a_firm;
use super::super::token::LetterCase;
use super::{NamePiece, OrganisationReader};

impl OrganisationReader {
    /// Whether the name behind the pieces read so far is the organisation's own or a place.
    pub(super) fn is_of_organisation(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        let at = self.at;
        is_media(r, name)
            || (r.is_in(at, WordSet::HighlandPlace) && name.foreign)
            || self.is_of_firm(r, name)
            || is_of_state(r, name)
            || self.is_seat(r, name)
            || is_inside_seat(r, at)
            || self.is_governed(r, name)
            || self.is_firm_of_post(r, name)
            || self.is_of_paper(r, name)
    }

    /// Directly behind the head of a firm's name the whole run is the firm's, unless it is a name of three words with a
    /// frequent surname or a middle name that ends in no place. A foreign run is a person's if it has a hyphen
    /// (`Lee Sang-hee`) or no Vietnamese syllable.
    fn is_of_firm(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        if !self.firm {
            return false;
        }
        let direct = self.at == self.from || self.last == NamePiece::Head;
        if name.foreign {
            let hyphen = (name.start..name.end).any(|word| r.is_dash(word));
            let native = (name.start..name.end).any(|word| r.is_capital(word) && !is_foreign(r, word));
            return !hyphen && (direct || native);
        }
        let frequent = surname_share(r, name.start).is_some_and(SurnameShare::is_frequent);
        let sure = r.is_in(name.start + 1, WordSet::MiddleName) || (frequent && !ends_in_place(r, name));
        let person = (3..=4).contains(&name.words) && sure;
        let short = name.words == 2 && self.last != NamePiece::Place;
        (direct && !person) || short
    }

    /// `chức thị trưởng New York`: a city right behind the head of a post.
    fn is_seat(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        self.at == self.from && r.seat_at(self.at).is_some_and(|(_, end)| end == name.end)
    }

    /// `Ông A, thị trưởng B, nói`: behind a person's name a governor's post ends with the place.
    fn is_governed(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        let post = (1..=2).filter_map(|back| self.at.checked_sub(back));
        let mut governor = post.filter(|from| r.set_end(*from, WordSet::Governor) == Some(self.at));
        self.at == self.from
            && (r.is(name.end, ',') || r.is(name.end, ')'))
            && governor.any(|from| from >= 2 && r.is(from - 1, ',') && r.is_capital(from - 2))
    }

    /// Behind the head of a firm's post two words are the firm if they close the post of the person before (`Bị can A,
    /// tổng giám đốc Hải Khang - Ảnh …`) or the holder follows (`Tổng giám đốc Văn Khang - ông A`), and so are foreign
    /// words before the whole name of the holder (`Chủ tịch HĐQT Sealand Trần Văn A`).
    fn is_firm_of_post(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        if !heads_a_firm(r, self.from) {
            return false;
        }
        if name.foreign && !self.is_owned(r, name) {
            let holder = (name.start + 1..name.end).find(|at| is_common_surname(r, *at)).and_then(|at| name_at(r, at));
            return is_foreign(r, name.start)
                && holder.is_some_and(|own| own.end == name.end && own.words >= 3 && own.is_full_vietnamese());
        }
        if name.foreign {
            // `Ông A, giám đốc Vinasao Bến Gỗ, nói`: foreign and Vietnamese words together.
            return is_foreign(r, name.start) && (name.start..name.end).any(|word| !is_foreign(r, word));
        }
        if name.words != 2 || self.at != self.from {
            return false;
        }
        let dash = r.is_dash(name.end);
        let holder =
            r.is_in(name.end + 1, WordSet::AddressOnly) || (r.is_capital(name.end + 1) && r.is_dash(name.end + 2));
        self.is_owned(r, name) || (dash && holder)
    }

    /// Whether the post is of the person before it, and a sign closes it behind the words of the name: `Bị can A, tổng
    /// giám đốc Hải Khang - Ảnh …`.
    fn is_owned(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        const BACK: usize = 6;
        let sign = |at: &usize| r.is(*at, ',') || r.is(*at, '(') || r.is_dash(*at);
        let before = (1..=BACK).filter_map(|back| self.at.checked_sub(back)).find(sign);
        let owned = before.is_some_and(|at| at > 0 && (r.is_capital(at - 1) || r.is(at - 1, ')')));
        let dash = r.is_dash(name.end);
        owned && (r.is(name.end, ',') || r.is(name.end, ')') || r.is(name.end, '.') || dash)
    }

    /// `Tổng biên tập tờ Moscow Ocean Herald`: a place is part of the paper's name.
    fn is_of_paper(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        let place = [TableClass::Place, TableClass::Country]
            .iter()
            .any(|class| self.at > 1 && r.hit(self.at - 1, *class).is_some_and(|hit| hit.end == self.at));
        name.foreign && place && r.is_lower(self.at - 2) && r.is_in(self.at - 2, WordSet::NamedHead)
    }
}

/// Whether the words before `at` are a body that is the only one of its name, so that no place follows it: `Văn phòng
/// Chính phủ Lê Hòa Bình`.
pub(super) fn is_of_state_body(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=3).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::StateBody) == Some(at))
}

/// Whether the word before `at` is the short name of a firm (`Công ty Chứng khoán ABX Nguyễn Văn A`) and not its legal
/// form (`TNHH`).
pub(super) fn is_short_name(r: &TokenCursor<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let upper = r.token(before).is_some_and(|token| token.case == LetterCase::Upper) && r.word(before).len() >= 3;
    let form = [TableClass::Thing, TableClass::Unit, TableClass::Tail, TableClass::Abbreviation];
    upper && form.iter().all(|class| r.hit(before, *class).is_none())
}

/// Whether the run ends in a place or a country: `Hoàng Anh Gia Lai`.
fn ends_in_place(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let classes = [TableClass::Place, TableClass::Country, TableClass::District];
    let ends = |at: usize| classes.iter().any(|class| r.hit(at, *class).is_some_and(|hit| hit.end == name.end));
    (name.start + 1..name.end).any(ends)
}

/// Behind `bang`, `khu tự trị`, `khu vực` the name of the state or region comes first; behind `Vùng hải quân`
/// a foreign name is that of the region.
fn is_of_state(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let behind = name.start > 0
        && (1..=2)
            .filter_map(|back| name.start.checked_sub(back))
            .any(|from| r.set_end(from, WordSet::StateWord) == Some(name.start));
    let command = || {
        (1..=4)
            .filter_map(|back| name.start.checked_sub(back))
            .any(|from| r.set_end(from, WordSet::CommandRegion) == Some(name.start))
    };
    let behind = behind || (name.foreign && command());
    let person = !name.foreign && name.words > 2 && is_common_surname(r, name.start);
    behind && !(person && level_place(r, name.start, NameOf::Post) == 0)
}

/// Whether the word at `at` is also one of the last words of the post's head, which ends before token `end`: `Đội` of
/// `đội trưởng Đội`.
pub(super) fn is_named_before(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    const LONGEST: usize = 4;
    let same = |before: usize| r.token(before).zip(r.token(at)).is_some_and(|(one, other)| one.word == other.word);
    (end.saturating_sub(LONGEST)..end).any(same)
}

/// Whether an organisation of units.tsv reaches from one token to another: the head of one, or a whole name.
pub(super) fn ends_unit(r: &TokenCursor<'_>, from: usize, end: usize, head: bool) -> bool {
    r.hit(from, TableClass::Unit).is_some_and(|hit| hit.end == end && r.is_unit_head(hit) == head)
}

/// Whether the word before `at` ends a field of work: `Quản lý` of `Trưởng ban Quản lý`.
pub(super) fn ends_in_field(r: &TokenCursor<'_>, at: usize) -> bool {
    let ends = |from: usize| r.hits.at(from).any(|hit| hit.class == TableClass::Tail && hit.end == at);
    (1..=2).filter_map(|back| at.checked_sub(back)).any(ends)
}

/// Whether the whole name of a person begins at the token, with a common surname.
pub(super) fn is_whole_name(r: &TokenCursor<'_>, at: usize) -> bool {
    let name = name_at(r, at).filter(|name| name.is_full_vietnamese() && (3..=4).contains(&name.words));
    name.is_some_and(|name| is_common_surname(r, name.start))
}

/// Whether the token is inside the name of a foreign party or seat: `Chủ tịch đảng Pheu Thai`.
fn is_inside_seat(r: &TokenCursor<'_>, at: usize) -> bool {
    let begins = |from: &usize| r.has(*from, bit(TableClass::Seat));
    let mut before = (1..=2).filter_map(|back| at.checked_sub(back)).filter(begins);
    before.any(|from| r.hit(from, TableClass::Seat).is_some_and(|hit| hit.end > at))
}

/// The most tokens in which the word is looked for before the name.
const BODY_BEFORE: usize = 300;

/// Whether the first of three foreign words or more behind a post is a body that the text has spoken of before: `Obrec
/// khẳng định … Thư ký Obrec Somkiat Wattana`. A person is called by one word only behind the whole name; so the word
/// alone before a verb, with no rank, post or form of address, is no person's.
pub(super) fn begins_with_body(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let at = name.start;
    if !name.foreign || name.words < 3 || name.surname || !is_foreign(r, at) || !is_foreign(r, at + 1) {
        return false;
    }
    let (word, titles) = (r.word(at), [TableClass::Rank, TableClass::Post, TableClass::Person, TableClass::Title]);
    let same = |other: &usize| r.word(*other) == word;
    let before: Vec<usize> = (at.saturating_sub(BODY_BEFORE)..at).filter(same).collect();
    let alone = |at: usize| {
        let titled = |from: usize| titles.iter().any(|class| r.hit(from, *class).is_some_and(|hit| hit.end == at));
        let joined = r.is_capital(at + 1) || r.is_dash(at + 1) || r.is_dash(at.wrapping_sub(1));
        let capital = !r.ends_sentence(at.wrapping_sub(1)) && r.is_capital(at.wrapping_sub(1));
        !joined && !capital && !(1..=4).filter_map(|back| at.checked_sub(back)).any(titled)
    };
    let acts = |at: usize| r.hit(at + 1, TableClass::Verb).is_some();
    before.iter().all(|at| alone(*at)) && before.iter().any(|at| acts(*at))
}
