//! The place behind a word of its level (docs/domain.md §2.4): `tỉnh Bình Định`, `Huyện ủy Mai Sơn`. Behind the place,
//! or at once where the text has named it before (`Chủ tịch UBND tỉnh`), the name of the holder may follow without any
//! sign between, so the whole run of capitalised words is weighed: what the tables know as a place, where a name can
//! begin, and how common its surname is.

use super::cursor::TokenCursor;
use super::lexicon::{SurnameShare, TableClass, WordSet};
use super::name_run::surname_share;

/// What the level word belongs to. Behind a post a person is expected, behind an organisation alone the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf {
    Post,
    Unit,
}

/// The most words of a run that are weighed: three of a place and four of a name.
const RUN: usize = 7;

/// The number of the capitalised words from token `at`, behind a word of level, that name the place; 0 if a person's
/// name begins at once. Reads at most `RUN` tokens.
pub fn level_place(r: &TokenCursor<'_>, at: usize, of: NameOf) -> usize {
    let run = capitals(r, at);
    let ward = r.is_in(at.wrapping_sub(1), WordSet::Ward);
    if let Some(known) = known_words(r, at, ward) {
        // `Hoàng Mai` is a district and `Hoàng Mai Lan` a name; one word is no person behind a place.
        // `Châu Thành A` is a district with a letter.
        let letter = r.word(at + known).chars().nth(1).is_none();
        let common = surname_share(r, at).is_some_and(SurnameShare::is_common);
        let one_left = run == known + 1 && run == 3 && common && !letter;
        return if one_left && !ward { 0 } else { known.min(run) };
    }
    let best = (0..=3).filter_map(|words| Some((weight(r, at, run, words)?, words)));
    // Of equal weights the longest name wins: `Lê Trần Nguyên Vỹ` is one name and no place `Lê`.
    let Some((weight, words)) = best.max_by_key(|(weight, words)| (*weight, usize::MAX - words)) else {
        return if run <= 3 { run } else { 2 };
    };
    // Names of wards and communes are no closed class, and many are a person's: only behind a post, and only for a
    // surname that nearly always is one, somebody is meant.
    let certain = if ward { of == NameOf::Post && weight >= Weight::FREQUENT } else { true };
    if words == 0 && !(certain && run >= 3) { run.min(3) } else { words }
}

/// The weights of the signs that a name begins; the sum of a frequent surname and a usual length is certain.
struct Weight;

impl Weight {
    /// A surname of the table.
    const RARE: i32 = 0;
    const COMMON: i32 = 1;
    const FREQUENT_SURNAME: i32 = 3;
    /// Three or four words, as nearly all names have.
    const USUAL_LENGTH: i32 = 3;
    /// Two words behind a place.
    const SHORT: i32 = 1;
    /// `Văn`, `Thị` behind the surname.
    const MIDDLE_NAME: i32 = 3;
    /// Most places have two words.
    const PLACE_OF_TWO: i32 = 1;
    /// A name of usual length with a frequent surname or a middle name.
    const FREQUENT: i32 = Self::USUAL_LENGTH + Self::FREQUENT_SURNAME;
}

/// How likely the run is a place of so many words and then a person's name; `None` if it cannot be.
fn weight(r: &TokenCursor<'_>, at: usize, run: usize, words: usize) -> Option<i32> {
    let name = at + words;
    let length = run.checked_sub(words)?;
    // `phường Cầu Ông Đồ`: places are named after somebody with a form of address, and no surname is one.
    if r.is_in(name, WordSet::AddressOnly) {
        return None;
    }
    let share = surname_share(r, name)?;
    // At once only a name that begins with a common surname: the place is the usual thing behind its level.
    if words == 0 && !share.is_common() || !(2..=5).contains(&length) {
        return None;
    }
    let of_surname = match share {
        share if share.is_frequent() => Weight::FREQUENT_SURNAME,
        share if share.is_common() => Weight::COMMON,
        _ => Weight::RARE,
    };
    let of_length = match length {
        3 | 4 => Weight::USUAL_LENGTH,
        2 if words > 0 => Weight::SHORT,
        5 => 0,
        _ => return None,
    };
    let middle = if r.is_in(name + 1, WordSet::MiddleName) && length >= 3 { Weight::MIDDLE_NAME } else { 0 };
    let of_place = if words == 2 { Weight::PLACE_OF_TWO } else { 0 };
    Some(of_surname + of_length + middle + of_place)
}

/// The number of capitalised words from token `at`, up to a rank, a post or an organisation.
fn capitals(r: &TokenCursor<'_>, at: usize) -> usize {
    let long = |word: usize, class| r.hit(word, class).is_some_and(|hit| hit.end > word + 1);
    let ends = |word: usize| {
        word > at && (long(word, TableClass::Rank) || long(word, TableClass::Post) || long(word, TableClass::Unit))
    };
    (at..at + RUN).take_while(|word| r.is_capital(*word) && !ends(*word)).count().max(1)
}

/// The words of the longest place or district that begins at `at`; of a ward or commune also those of a person of
/// history, after whom many are named.
fn known_words(r: &TokenCursor<'_>, at: usize, ward: bool) -> Option<usize> {
    let eponym = r.hit(at, TableClass::Eponym).filter(|_| ward);
    let places = [TableClass::Place, TableClass::District].iter().filter_map(|class| r.hit(at, *class));
    places.chain(eponym).map(|hit| hit.end - at).max()
}
