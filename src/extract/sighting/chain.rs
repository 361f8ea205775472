//! The links of a chain of posts behind a name that are no posts themselves (docs/domain.md §3.3): `nay là`, an
//! abbreviation that nobody knows, a title, a term of office, an age or a trade in brackets. They are skipped, so that
//! the posts behind them are not lost.

use super::super::cursor::TokenCursor;
use super::super::date_match::year_at;
use super::super::function_words::{AS, BY, CONCURRENTLY, DAY, MONTH, ONE, UNTIL, UP_TO, YEAR};
use super::super::lexicon::{PersonSign, RowValue, SurnameShare, TableClass, WordSet, form};
use super::super::name_run::{NameRun, name_at, surname_share};
use super::super::organisation_name::term;
use super::super::post::{PostMatch, heads_a_firm, post_at};
use super::super::token::{LetterCase, Token};
use super::Sighting;
use super::after_name::{follows_other, posts_from, separator};
use super::before_name::lead_at;
use crate::report::{Evidence, PostState};

/// Words between two posts that say when the second is held.
#[derive(Clone, Copy)]
pub struct TimeLink {
    /// One past their last token.
    pub end: usize,
    /// Whether the post behind them is a former one.
    pub past: bool,
}

/// The most tokens in brackets behind a name.
const BRACKET: usize = 40;

/// The most tokens of one item in brackets: `trú phường Bến Gỗ`.
const ITEM: usize = 12;

/// The fewest words of a head that ends in an organisation: `Trưởng đồn biên phòng`.
const UNIT_IN_HEAD: usize = 4;

/// The most tokens from the words of an event to a name whose new post `làm` announces; `event` reads that one.
const EVENT: usize = 14;

/// `nay là`, `hiện là`, `từng là` at `next`, or at `end` where no comma is before them. `một`, `nữ`, `vị` before a
/// post say nothing of its time.
pub fn link(r: &TokenCursor<'_>, end: usize, next: usize) -> Option<TimeLink> {
    if let Some(behind) = r.set_end(next, WordSet::PostArticle).filter(|_| next > end) {
        // `một sĩ quan chỉ huy dày dạn`: without an organisation it is a description and no post.
        let described = |post: &PostMatch| post.has_unit || !r.is_word(next, ONE);
        return post_at(r, behind).filter(described).map(|_| TimeLink { end: behind, past: false });
    }
    // `từng giữ các chức vụ: Trưởng phòng B, Giám đốc C`
    let behind_colon = |end: usize| if r.is(end, ':') { end + 1 } else { end };
    [next, end].into_iter().find_map(|at| {
        let now = r.set_end(at, WordSet::NowIs).map(|end| TimeLink { end, past: false });
        now.or_else(|| r.set_end(at, WordSet::OnceWas).map(|end| TimeLink { end: behind_colon(end), past: true }))
    })
}

/// Whether the posts of a chain are told of the past. `từng là` puts all behind it into the past, up to `nay là`.
/// `nguyên` belongs to one post, but also to bare ones behind it, as one organisation is named once for all: `nguyên Bí
/// thư Đảng ủy, Cục trưởng, Thủ trưởng Cơ quan B`, to one held with it: `nguyên Chủ tịch kiêm Giám đốc B`, and from a
/// seat in a committee to the office that goes with it: `nguyên Bí thư Huyện ủy, Chủ tịch UBND huyện B`.
#[derive(Default)]
pub struct PastChain {
    /// Behind `từng là`, or behind a bare post to which `nguyên` belongs.
    past: bool,
    /// Behind a post with `nguyên`.
    former: bool,
    /// Behind a former seat in a committee, and a comma.
    seat: bool,
    /// Directly behind `kiêm`, which joins posts that are held at one time.
    concurrent: bool,
    /// Directly behind a rank with `cựu`, which reaches the post behind it: `cựu thiếu tướng, cục trưởng B`.
    behind_rank: bool,
}

impl PastChain {
    /// At the beginning of a chain: past if a rank of that time stands directly before it (`A, lúc đó là trung tướng`).
    pub fn behind(r: &TokenCursor<'_>, sighting: &Sighting, end: usize) -> Self {
        let name_end = r.span(sighting.name.start, sighting.name.end).end;
        let here = r.token(end.wrapping_sub(1)).map(Token::end);
        let rank = sighting.past_ranks.last().filter(|rank| rank.span.start >= name_end);
        Self { past: rank.is_some_and(|rank| Some(rank.span.end) == here), ..Self::default() }
    }

    /// Takes the separator at `end`, and the link there, into account.
    pub fn follow(&mut self, r: &TokenCursor<'_>, end: usize, link: Option<TimeLink>) {
        if let Some(link) = link {
            *self = Self { past: link.past, ..Self::default() };
        } else if !(r.is(end, ',') || r.is_in(end, WordSet::PostJoin)) {
            *self = Self { behind_rank: self.behind_rank && r.is_dash(end), ..Self::default() };
        }
        self.concurrent = r.is_word(end, CONCURRENTLY) || (r.is(end, ',') && r.is_word(end + 1, CONCURRENTLY));
    }

    /// Takes into account that a former rank has been read.
    pub fn pass_former_rank(&mut self) {
        self.behind_rank = true;
    }

    /// Whether a rank at this place is a former one.
    pub fn is_past(&self) -> bool {
        self.past
    }

    /// Whether the next post of the chain is a former one.
    pub fn holds(&mut self, r: &TokenCursor<'_>, post: &PostMatch) -> bool {
        let reached = std::mem::take(&mut self.behind_rank) && is_reached_by_former_rank(r, post);
        self.past |= self.former && post.end == post.head && post.state == PostState::Holds;
        let concurrent = std::mem::take(&mut self.concurrent) && self.former && post.state == PostState::Holds;
        let office = std::mem::take(&mut self.seat) && goes_with_seat(r, post);
        let was = reached || concurrent || office;
        self.former = post.state == PostState::Former || was;
        self.seat = self.former && is_seat(r, post);
        self.past || was
    }
}

/// Whether the post is a seat in a committee or a board, which its holder leaves together with an office: `Bí thư Huyện
/// ủy`, `Ủy viên Hội đồng quản trị`.
pub fn is_seat(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    (post.start..post.head).any(|at| r.is_in(at, WordSet::CommitteeSeat))
}

/// Whether the post behind a former seat and a comma is the office that went with it: any of the state or the service,
/// and that of a firm behind a seat on its board. What former officials head later is a society.
pub fn goes_with_seat(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let of_firm = || heads_a_firm(r, post.head) && (post.start..post.end).any(|at| r.is_in(at, WordSet::Firm));
    is_reached_by_former_rank(r, post) || (post.state == PostState::Holds && of_firm())
}

/// Whether `nguyên` before a rank also belongs to the post behind it: nobody keeps an office of the service whose rank
/// is a former one. Posts of firms and associations are what officers take up afterwards.
pub fn is_reached_by_former_rank(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    let private = (post.start..post.end).any(|at| r.set_end(at, WordSet::PrivateBody).is_some());
    post.state == PostState::Holds && !private
}

/// The most tokens from the years of a post to the name of its holder.
const YEARS: usize = 16;

/// The most tokens of a day, a month and a year: `ngày 1/8/2008`, `tháng 8 năm 2008`.
const DATE: usize = 7;

/// Whether the clause before token `at` gives the years in which something was: `Từ năm 2009-2016, ông A là …`, `Từ
/// tháng 8/2008 đến tháng 5/2017, ông A là …`.
pub fn is_told_of_years(r: &TokenCursor<'_>, at: usize) -> bool {
    let from = at.saturating_sub(YEARS);
    let mut clause = (from..at).rev().take_while(|token| !r.ends_sentence(*token));
    clause.any(|word| years_end(r, word).is_some_and(|end| end <= at))
}

/// Whether the sentence opens with one year, and the text goes on to a later one: `Năm 2010, ông A là Trưởng phòng B.
/// Năm 2014, …`.
pub fn is_told_of_year(r: &TokenCursor<'_>, at: usize) -> bool {
    let low = at.saturating_sub(YEARS);
    let Some(first) =
        (low..at).rev().find(|token| r.ends_sentence(*token)).map(|end| end + 1).or((low == 0).then_some(0))
    else {
        return false;
    };
    let mut here = first;
    while r.is_in(here, WordSet::YearOpener) || r.is(here, '/') || (r.is_number(here) && year_at(r, here).is_none()) {
        here += 1;
    }
    let Some(year) = year_at(r, here).filter(|_| here > first && r.is(here + 1, ',') && here + 2 == at) else {
        return false;
    };
    (at..r.tokens.len()).any(|token| year_at(r, token).is_some_and(|later| later > year))
}

/// Whether the years in which a post was held stand behind it at token `at`, and a last one among them: `giai đoạn
/// 2009-2014`, `từ tháng 8/2009 đến năm 2014`. A term of office (`nhiệm kỳ`) may still go on.
pub fn are_years_over(r: &TokenCursor<'_>, at: usize) -> bool {
    let opened = if r.is(at, '(') || r.is(at, ',') { at + 1 } else { at };
    years_end(r, opened).is_some()
}

/// Whether words behind a post at token `at` say that it was held then: `Giám đốc B lúc bấy giờ`.
pub fn is_of_that_time(r: &TokenCursor<'_>, at: usize) -> bool {
    r.set_end(at, WordSet::ThatTime).is_some()
}

/// The token behind such words, if a sign closes them. Before a verb they may say when it was done: `Đại tá A, Trưởng
/// phòng B lúc đó đã có mặt`.
pub fn that_time_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let end = r.set_end(at, WordSet::ThatTime)?;
    (r.is(end, ',') || r.is_dash(end) || r.is(end, ')') || r.ends_sentence(end)).then_some(end)
}

/// The token behind the second of two years, if the words before the first begin at token `at`.
fn years_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let first = date_end(r, r.set_end(at, WordSet::YearsOf)?)?;
    let between = r.is_dash(first) || r.is_any(first, &[UNTIL, UP_TO]);
    date_end(r, first + 1).filter(|_| between)
}

/// The token behind the year of a date that may have a day and a month: `2008`, `năm 2008`, `tháng 8/2008`.
fn date_end(r: &TokenCursor<'_>, from: usize) -> Option<usize> {
    let part = |at: &usize| {
        r.is_number(*at) || r.is(*at, '/') || r.is(*at, '.') || r.is_dash(*at) || r.is_any(*at, &[DAY, MONTH, YEAR])
    };
    let year = (from..from + DATE).take_while(part).find(|at| year_at(r, *at).is_some())?;
    Some(year + 1)
}

/// The separator behind an item at `next` that is no post, if a post follows that separator. In brackets any short item
/// is skipped, elsewhere only one that is certain to belong to the person: `A, quê Bến Gỗ, Chủ tịch B`.
pub fn skipped(r: &TokenCursor<'_>, next: usize, open: bool) -> Option<usize> {
    let end = title(r, next)
        .or_else(|| term(r, next))
        .or_else(|| unknown_abbreviation(r, next))
        .or_else(|| occupation(r, next))
        .or_else(|| (open || r.is_in(next, WordSet::OwnItem)).then(|| item_end(r, next)).flatten())?;
    let after = separator(r, end)?;
    let after = link(r, after, after).map_or(after, |link| link.end);
    is_own_post(r, after).then_some(end)
}

/// The end of titles such as `PGS.TS`, `Tiến sĩ`, `Anh hùng LLVT nhân dân`.
fn title(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let mut end = r.hit(at, TableClass::Title)?.end;
    while let Some(hit) = r.hit(if r.is(end, '.') { end + 1 } else { end }, TableClass::Title) {
        end = hit.end;
    }
    Some(end)
}

/// The end of an occupation that stands alone between separators: `phi công`.
fn occupation(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let end = r.hit(at, TableClass::Person)?.end;
    (r.person_sign(at) == Some(PersonSign::Noun) && separator(r, end).is_some()).then_some(end)
}

/// One word in capitals that stands alone between separators.
fn unknown_abbreviation(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let upper = r.token(at).is_some_and(|token| token.case == LetterCase::Upper);
    let alone = separator(r, at + 1).is_some();
    (upper && alone && r.hit(at, TableClass::Rank).is_none()).then_some(at + 1)
}

/// The end of an item in brackets that names no other person.
fn item_end(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    let end =
        (at..at + ITEM).find(|here| r.is(*here, ',') || r.is(*here, ')') || r.is(*here, ';') || r.is_end(*here))?;
    let person = |here: usize| {
        r.hit(here, TableClass::Rank).is_some()
            || r.hit(here, TableClass::Person).is_some_and(|hit| r.is_capital(hit.end))
            || name_at(r, here).is_some_and(|name| name.is_full_vietnamese() && name.words >= 3)
    };
    (end > at && r.is(end, ',') && !(at..end).any(person)).then_some(end)
}

/// Whether a post of the person before begins at `at`: without a holder of its own.
fn is_own_post(r: &TokenCursor<'_>, at: usize) -> bool {
    post_at(r, at).is_some_and(|post| post.name.is_none() && (!post.group || post.has_unit))
}

/// Whether a former rank of the person before begins at `at`: `nguyên Thượng tá`, and no name behind it.
fn is_own_former_rank(r: &TokenCursor<'_>, at: usize) -> bool {
    let state = r
        .hit(at, TableClass::State)
        .filter(|hit| matches!(r.row(*hit).map(|row| row.value), Some(RowValue::State(PostState::Former))));
    let rank = state.and_then(|state| r.hit(state.end, TableClass::Rank));
    rank.is_some_and(|rank| !r.is_capital(rank.end))
}

/// The separator before the first post or former rank in brackets behind a name, if other items are before it: `(71
/// tuổi, nguyên Chính ủy …)`, `(58 tuổi, nguyên Thượng tá, …)`, `(thợ máy bậc 4, Đội trưởng …)`.
pub fn bracketed_post(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if !r.is(at, '(') || is_own_post(r, at + 1) || r.hit(at + 1, TableClass::State).is_some() {
        return None;
    }
    let mut here = at + 1;
    while here < at + BRACKET {
        let end = item_end(r, here)?;
        if is_own_post(r, end + 1) || is_own_former_rank(r, end + 1) {
            return Some(end);
        }
        here = end + 1;
    }
    None
}

/// One past the bracket that closes the one a name is followed by.
pub fn closing_bracket(r: &TokenCursor<'_>, at: usize) -> Option<usize> {
    if at > 0 && r.is(at - 1, ')') {
        return Some(at);
    }
    (at..at + BRACKET).take_while(|here| !r.is_end(*here)).find(|here| r.is(*here, ')')).map(|close| close + 1)
}

/// `bộ trưởng các bộ`, `giám đốc những sở ấy`: several people, and no post of the one named before.
pub fn is_of_several(r: &TokenCursor<'_>, post: &PostMatch) -> bool {
    !post.has_unit && r.has(post.end, form::SEVERAL)
}

/// The post at `next`, behind the separator at `end` that follows a person. Two words at its end that `post_at` takes
/// for the holder are rather the place of its organisation, as the post has a holder already: `Trung tá A, Trưởng đồn
/// biên phòng Sơn Gấm`, `Thượng úy A - Đội phó Công an Thạch Gấm cho biết`.
pub fn post_of(r: &TokenCursor<'_>, sighting: &Sighting, end: usize, next: usize) -> Option<PostMatch> {
    let post = post_at(r, next)?;
    let named = sighting.evidence != Evidence::Form || sighting.name.words >= 3;
    let open = named && sighting.posts.is_empty() && (r.is(end, ',') || r.is_dash(end));
    let place = post.name.filter(|name| open && is_rather_a_place(r, &post, *name));
    Some(place.map_or(post, |place| PostMatch { end: place.end, name: None, ..post }))
}

/// Whether two words right behind an organisation are its place: the tables know them as one, or they begin with a
/// surname that few have, of which most are words of places too. Behind a word of level it is decided already
/// (`level_place`).
fn is_rather_a_place(r: &TokenCursor<'_>, post: &PostMatch, name: NameRun) -> bool {
    let known = [TableClass::District, TableClass::Place]
        .iter()
        .any(|class| r.hit(name.start, *class).is_some_and(|hit| hit.end >= name.end));
    // `Trưởng đồn biên phòng` holds the organisation in its head.
    let named = post.has_unit || post.end >= post.start + UNIT_IN_HEAD;
    let frequent = surname_share(r, name.start).is_some_and(SurnameShare::is_frequent);
    named
        && name.start == post.end
        && name.words == 2
        && !name.foreign
        && !name.upper
        && !r.is_capital(name.end)
        && !r.is_in(name.start.wrapping_sub(1), WordSet::Admin)
        && (known || !frequent)
}

/// The most posts between commas that lead to the next person.
const POSTS: usize = 4;

/// Whether the posts behind a comma lead to a name of their own: behind token `end`, `, Chủ tịch B Nguyễn Văn A`.
pub fn leads_to_other(r: &TokenCursor<'_>, mut end: usize) -> bool {
    for _ in 0..POSTS {
        if !r.is(end, ',') {
            return false;
        }
        if follows_other(r, end + 1) {
            return true;
        }
        let Some(post) = post_at(r, end + 1) else { return false };
        if post.name.is_some() {
            return true;
        }
        end = post.end;
    }
    false
}

/// The token behind a semicolon at `end` if a further post of the same `predicate` follows: `A là Phó Giám đốc B;
/// Trưởng ban C`. Elsewhere a semicolon begins the next person.
pub fn further_predicate(r: &TokenCursor<'_>, end: usize, predicate: bool) -> Option<usize> {
    let own = || is_own_post(r, end + 1) && post_at(r, end + 1).is_some_and(|post| !follows_other(r, post.end));
    (predicate && r.is(end, ';') && own()).then_some(end + 1)
}

/// The token behind brackets at `end` that open behind a post and hold nothing but a further one: `Chủ tịch UBND tỉnh
/// (Trưởng ban)`, `Phó phòng Tham mưu (kiêm người phát ngôn)`.
pub fn further_bracket(r: &TokenCursor<'_>, end: usize) -> Option<usize> {
    if !r.is(end, '(') {
        return None;
    }
    let first = separator(r, end + 1).unwrap_or(end + 1);
    let post = post_at(r, first).filter(|post| post.name.is_none() && !post.group)?;
    r.is(post.end, ')').then_some(first)
}

/// The token behind brackets that hold the years of a post, if the chain goes on: `(giai đoạn 1999-2004), nguyên …`.
pub fn behind_years(r: &TokenCursor<'_>, at: usize) -> usize {
    const YEARS: usize = 12;
    let inside = |word: &usize| {
        r.is_number(*word)
            || r.is_dash(*word)
            || r.is(*word, '/')
            || r.is_any(*word, &[YEAR, MONTH])
            || r.is_in(*word, WordSet::TermWord)
    };
    if !r.is(at, '(') {
        return at;
    }
    let close = (at + 1..at + YEARS).find(|word| !inside(word)).filter(|end| *end > at + 1 && r.is(*end, ')'));
    close.map(|close| close + 1).filter(|end| r.is(*end, ',') && is_own_post(r, end + 1)).unwrap_or(at)
}

/// Whether a rank at `at` is an item of the chain of a person without rank, before a post: `A, thiếu tướng, Phó Tư lệnh
/// B`.
pub fn is_rank_before_post(r: &TokenCursor<'_>, sighting: &Sighting, at: usize) -> bool {
    let Some(hit) = r.hit(at, TableClass::Rank).filter(|_| sighting.rank.is_none()) else { return false };
    // `A, thiếu úy Công an tỉnh B`: the service, and no name behind it.
    let service = r.hit(hit.end, TableClass::Unit).or_else(|| r.country_at(hit.end));
    if service.is_some() && !r.is_capital(hit.end) || r.country_at(hit.end).is_some() {
        return lead_at(r, at).name.is_none();
    }
    let post = separator(r, hit.end).and_then(|next| post_at(r, next));
    post.is_some_and(|post| post.name.is_none() && !follows_other(r, post.end) && !follows_other(r, post.end + 1))
}

/// The posts behind `làm`: `Tổ công tác do Thiếu tá A làm tổ trưởng`. Not behind the words of an appointment, where the
/// post is a new one, nor without `do` behind a person with a post (`untitled` is false): `A, Chính ủy B làm trưởng ban
/// giám khảo` tells what he does at one event.
pub fn served_as(r: &TokenCursor<'_>, from: usize, end: usize, untitled: bool) -> Vec<PostMatch> {
    // `làm trưởng đoàn` is what a person does at one event, and is told as a role.
    let by = from > 0 && r.is_word(from - 1, BY);
    // `A thay ông B làm Chủ tịch C`, `A kế nhiệm B làm …`: the post is A's now.
    if (1..=3).filter_map(|back| from.checked_sub(back)).any(|at| r.is_in(at, WordSet::Replaces)) {
        return Vec::new();
    }
    if !r.is_word(end, AS) || !(by || untitled) || r.hit(end, TableClass::Verb).is_some_and(|verb| verb.end > end + 1) {
        return Vec::new();
    }
    let appointed = (1..EVENT).map_while(|back| from.checked_sub(back)).take_while(|at| !r.ends_sentence(*at));
    if appointed.into_iter().any(|at| r.hit(at, TableClass::Event).is_some()) {
        return Vec::new();
    }
    let (mut posts, behind) = posts_from(r, end + 1);
    if are_years_over(r, behind) {
        for post in &mut posts {
            post.state = PostState::Former;
        }
    }
    posts.into_iter().take_while(|post| !post.group).collect()
}
