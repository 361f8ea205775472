//! Ranks and posts before a comma that are not those of the person named behind it (docs/domain.md §3.3). The words
//! before them show it:
//!
//! ```text
//! Báo cáo Thủ tướng, Bộ trưởng A …               the object of an adverbial
//! Thừa ủy quyền của Tư lệnh, Đại tá A …          the one who is spoken for
//! Trong khuôn viên Phủ Chủ tịch, Phó Chủ tịch A  a place
//! Sau lễ trao quân hàm Đại tá, Bộ trưởng A …     a rank that is given
//! ```
//!
//! A post that is dropped wrongly is missing; one that is kept wrongly says of a person what the text does not.

use super::super::cursor::TokenCursor;
use super::super::function_words::{AS, CONSISTS_OF, HAS, IS, OF, ONE};
use super::super::lexicon::{EventVerb, PersonSign, PostPattern, RowValue, TableClass, WordSet, form};
use super::super::post::post_at;
use super::before_name::{BeforeName, lead_at};

/// The most tokens from the beginning of a clause to the post in it.
const CLAUSE: usize = 24;

/// The most words in small letters between an opener and its object: `Gửi thư cho Bộ trưởng`.
const OBJECT_GAP: usize = 4;

/// The most words before the opener in its clause: `Sau khi nghe …`, `và báo cáo …`.
const BEFORE_OPENER: usize = 5;

/// If what `lead` has read from token `at` up to the separator before `next` is another's, the token at which the
/// person's own ranks and posts begin.
pub fn own_begin(r: &TokenCursor<'_>, at: usize, next: usize, lead: &BeforeName) -> Option<usize> {
    if is_of_kin(r, at) {
        return Some(next);
    }
    if lead.posts.is_empty() {
        let given = !lead.ranks.is_empty() && at > 0 && r.is_in(at - 1, WordSet::BeforeGivenRank);
        return given.then_some(next);
    }
    if !lead.ranks.is_empty() {
        return None;
    }
    let another = names_a_place(r, at)
        || is_handed_over(r, at)
        || is_joined_to_other(r, at, next, lead)
        || speaks_for_another(r, at)
        || (r.is_in(next, WordSet::AddressOnly) && !is_held(r, at) && opens_as_circumstance(r, at))
        || (is_object(r, at) && !is_source(r, at, next));
    another.then(|| behind_joined_post(r, next, lead))
}

/// `Con trai của thuyền trưởng tàu B, anh A`, `tài xế của Chủ tịch, anh A`: the rank or post at `at` is that of a
/// relative, or of the one for whom the person works.
pub fn is_of_kin(r: &TokenCursor<'_>, at: usize) -> bool {
    // `con gái của một đại tá`
    let at = if r.is_in(at.wrapping_sub(1), WordSet::PostArticle) { at - 1 } else { at };
    let owned = r.is_word(at.wrapping_sub(1), OF);
    let end = if owned { at - 1 } else { at };
    let is_other = |from: usize| {
        let kin = r.person_sign(from) == Some(PersonSign::Kin);
        let works = owned && r.person_sign(from) == Some(PersonSign::Noun);
        (kin || works) && r.hit(from, TableClass::Person).is_some_and(|hit| hit.end == end)
    };
    (1..=3).filter_map(|back| end.checked_sub(back)).any(is_other)
}

/// `Ứng viên đại biểu Quốc hội A`: the post at `at` is sought and not held.
pub fn is_sought(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=4).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::Candidate) == Some(at))
}

/// Whether the person at token `at` is one whom somebody says to be: `nói mình tên A là trung tướng`, `tự xưng là Đại
/// tá A`. Neither rank nor post is anybody's.
pub fn is_feigned(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=4).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::Feigns) == Some(at))
}

/// Whether the words before the post, or the post behind the comma, show that the first is somebody else's: several
/// hold it (`ý kiến của hai bộ trưởng, Bí thư A`), the subject before takes it (`sau khi B sang làm Bộ trưởng, Đại tá
/// A`), it is that of whom something is for (`cố vấn cho Thủ tướng, ông A`), or nobody holds both (`Thủ tướng, Bộ
/// trưởng A`).
fn is_joined_to_other(r: &TokenCursor<'_>, at: usize, next: usize, lead: &BeforeName) -> bool {
    let before = at.wrapping_sub(1);
    let several = r.is_number(before) || r.has(at, form::SEVERAL) || r.has(before, form::SEVERAL);
    let receiver = r.is_in(before, WordSet::Addressee) && r.hit(next, TableClass::Person).is_some();
    let both = lead.posts.first().is_some_and(|post| r.set_end(post.start, WordSet::HighestOffice) == Some(post.end))
        && r.is_in(next, WordSet::NoHighestOffice);
    // `Khi còn làm Bí thư, ông A …` has no subject of its own.
    let subject = |start: usize| {
        (start..before).any(|at| r.hit(at, TableClass::Person).is_some() || (at > start && r.is_capital(at)))
    };
    // `A - phó đội trưởng làm tổ trưởng, trung úy B`
    let titled = |start: usize| {
        let sign = start.wrapping_sub(1);
        let behind_name = (r.is(sign, ',') || r.is_dash(sign)) && r.is_capital(sign.wrapping_sub(1));
        behind_name && post_at(r, start).is_some_and(|post| post.name.is_none() && post.end == before)
    };
    let taken = r.is_word(before, AS) && {
        let start = clause_start(r, at);
        subject(start) || titled(start)
    };
    // `bước xuống từ ô tô của một giám đốc, ông A …`: somebody who is not named.
    let unnamed = r.is_word(before, ONE) && r.is_in(before.wrapping_sub(1), WordSet::BeforeObject);
    several || receiver || both || taken || unnamed
}

/// Whether the post at `at` is the object of the adverbial that opens its clause.
pub fn is_object(r: &TokenCursor<'_>, at: usize) -> bool {
    opener(r, at).is_some()
}

/// The first token of the words whose object begins at `at`: `báo cáo` of `Báo cáo Thủ tướng`, or the preposition of a
/// circumstance. A noun is no such word: `Báo cáo do A trình bày`.
fn opener(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let start = clause_start(r, at);
    if start == at || r.is_any(at - 1, &[HAS, CONSISTS_OF, IS]) {
        return None;
    }
    let passed_on = r.is_in(at - 1, WordSet::BeforeObject);
    (start..at).take(BEFORE_OPENER + 1).find(|from| {
        if passed_on && *from == start && r.is_in(*from, WordSet::Circumstance) {
            return true;
        }
        let Some(end) = r.set_end(*from, WordSet::TakesObject) else { return false };
        end <= at
            && at - end <= OBJECT_GAP
            && (end..at).all(|word| r.is_lower(word) && !r.is_in(word, WordSet::NoObject))
    })
}

/// Whether a post that ends at `end`, behind the comma of a clause with the person named from token `from`, is the
/// subject of the main clause: `Tiếp Đại sứ A, Chủ tịch nước khẳng định …`. Then a verb follows it directly. Behind
/// `Theo A, …` a verb of saying is A's, if no post (`titled`) was before the name.
pub fn opens_main_clause(r: &TokenCursor<'_>, from: usize, titled: bool, end: usize) -> bool {
    let verb = r.hit(end, TableClass::Verb).is_some()
        && !r.is_in(end, WordSet::EndsName)
        && !r.is_in(end, WordSet::Preposition);
    let Some(opener) = opener(r, from).filter(|_| verb || r.is_in(end, WordSet::BeforeVerb)) else { return false };
    // `Nghe Đại tá A, Chính ủy trình bày`: the verb tells what A does.
    if r.is_in(opener, WordSet::Perceives) {
        return false;
    }
    !r.is_in(opener, WordSet::Source) || titled || r.is_in(end, WordSet::BeforeVerb)
}

/// The first token of the clause that holds `at`: behind a sign or the end of a sentence.
fn clause_start(r: &TokenCursor<'_>, at: usize) -> usize {
    let parts = |here: usize| {
        r.ends_sentence(here)
            || [',', ';', ':', '(', ')', '"', '“', '”'].iter().any(|sign| r.is(here, *sign))
            || (r.is_dash(here) && r.token(here).is_some_and(|dash| !dash.glued))
    };
    (0..CLAUSE)
        .map_while(|back| at.checked_sub(back + 1))
        .find(|here| parts(*here))
        .map_or_else(|| at.saturating_sub(CLAUSE), |before| before + 1)
}

/// `Theo báo cáo của Phó Bí thư, Chủ tịch A, tình hình ổn định`: both posts are those of A, who is the source, as no
/// verb follows the name.
fn is_source(r: &TokenCursor<'_>, at: usize, next: usize) -> bool {
    if !r.is_in(clause_start(r, at), WordSet::Source) {
        return false;
    }
    let Some(name) = lead_at(r, next).name else { return false };
    r.is(name.end, ',') && post_at(r, name.end + 1).is_none()
}

/// The token after a post that is joined to the dropped one: `của Tư lệnh, Chính ủy Quân khu, Đại tá A`, where the
/// organisation is that of both. `next` if there is none.
fn behind_joined_post(r: &TokenCursor<'_>, next: usize, lead: &BeforeName) -> usize {
    let bare = lead.posts.first().is_some_and(|post| {
        !post.has_unit && r.value(post.start, TableClass::Post) == Some(RowValue::Post(PostPattern::TakesUnit))
    });
    let joined = post_at(r, next).filter(|post| bare && post.has_unit && post.name.is_none() && r.is(post.end, ','));
    let own = |at: usize| r.hit(at, TableClass::Rank).is_some() || r.is_in(at, WordSet::AddressOnly);
    joined.map(|post| post.end + 1).filter(|at| own(*at)).unwrap_or(next)
}

/// `Chứng kiến lễ bàn giao chức vụ Tư lệnh, Bí thư A …`: the post that is handed over.
fn is_handed_over(r: &TokenCursor<'_>, at: usize) -> bool {
    let mut from = at;
    while from > 0 && at - from < 3 && r.is_in(from - 1, WordSet::BeforeNewPost) {
        from -= 1;
    }
    let begins = (1..=4).filter_map(|back| from.checked_sub(back));
    begins.into_iter().chain([from]).any(|begin| {
        matches!(r.event(begin), Some(EventVerb::HandedOver | EventVerb::Ceased))
            && r.hit(begin, TableClass::Event).is_some_and(|hit| (from..=at).contains(&hit.end))
    })
}

/// `Khi còn làm Bí thư, ông A`, `Với cương vị Chủ tịch, bà A`: the post is the subject's own.
fn is_held(r: &TokenCursor<'_>, at: usize) -> bool {
    at > 0 && r.is_in(at - 1, WordSet::BeforeNewPost)
}

/// `Phủ Chủ tịch`, `Nhà khách Thủ tướng`: the post is part of the name of a place.
fn names_a_place(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=2).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::PlaceOfOffice) == Some(at))
}

/// `thừa ủy quyền của Bộ trưởng, Trung tướng A`: the post before the comma is another person's.
fn speaks_for_another(r: &TokenCursor<'_>, at: usize) -> bool {
    let ends_before = |end: usize| {
        (1..=2).filter_map(|back| end.checked_sub(back)).any(|from| r.set_end(from, WordSet::SpeaksFor) == Some(end))
    };
    ends_before(at) || (at > 0 && r.is_word(at - 1, OF) && ends_before(at - 1))
}

/// `Sau khi gặp Thủ tướng Phần Lan, bà A nói`: up to the comma the sentence gives a time, place or source, and the post
/// in it, which begins at `at`, is another person's.
fn opens_as_circumstance(r: &TokenCursor<'_>, at: usize) -> bool {
    let start = (0..CLAUSE).map_while(|back| at.checked_sub(back)).find(|here| *here == 0 || r.ends_sentence(here - 1));
    start.is_some_and(|start| {
        start < at && r.is_in(start, WordSet::Circumstance) && (start..at).all(|here| !r.is(here, ','))
    })
}
