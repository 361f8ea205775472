//! Reads the words before a name (docs/domain.md §3.1): ranks, posts, titles, forms of address, a branch of service or
//! a country, in any order the press uses. Reading ends at the name, or at the first token that cannot belong to one.

use super::super::cursor::TokenCursor;
use super::super::function_words::{ANY_GENERAL, HOME, MONTH, PEOPLE_OF, YEAR};
use super::super::lexicon::{PersonSign, RowValue, TableClass, WordSet, bit, form, rank as rank_named};
use super::super::name_run::{NameRun, is_common_surname, is_cut, name_at};
use super::super::post::{PostMatch, post_at};
use super::after_name::separator;
use super::{aide_of, chain, is_known_thing, is_of_year, of_another, past_lead, superior};
use crate::report::{PostState, StatedRank};

/// The ranks, posts and forms of address before a name.
#[derive(Clone, Debug, Default)]
pub struct BeforeName {
    pub ranks: Vec<RankBefore>,
    pub posts: Vec<PostMatch>,
    /// Whether there is a form of address, a title or an occupation.
    pub address: bool,
    /// Whether it is a form of address: `ông`, `đồng chí`.
    pub addressed: bool,
    /// Whether it is plural: `các thượng tướng`.
    pub several: bool,
    /// Whether the person is said to be dead: `cố Đại tướng A`.
    pub late: bool,
    pub country: Option<&'static str>,
    /// The name behind it, if there is one.
    pub name: Option<NameRun>,
    /// One past the last token that was read, without the name.
    pub end: usize,
}

/// A rank before a name.
#[derive(Clone, Copy, Debug)]
pub struct RankBefore {
    pub said: StatedRank,
    /// Whether it is a former one: `nguyên Đại tá A`.
    pub past: bool,
}

/// A sighting can begin only at a token with one of these bits.
pub const BEGINNINGS: u32 = form::CAPITAL
    | form::SEVERAL
    | bit(TableClass::Rank)
    | bit(TableClass::Post)
    | bit(TableClass::State)
    | bit(TableClass::Title)
    | bit(TableClass::Person)
    | bit(TableClass::Unit);

/// The most ranks, posts and titles before one name: keeps the walk linear in a text that is only titles.
const LEAD: usize = 24;

/// Reads ranks, posts, titles and forms of address from token `at` up to a name.
pub fn lead_at(r: &TokenCursor<'_>, at: usize) -> BeforeName {
    let mut lead = read_lead(r, at);
    if !lead.posts.is_empty() && of_another::is_sought(r, at) {
        lead.posts.remove(0);
        lead.address = true;
    }
    past_lead::apply(r, at, &mut lead);
    lead
}

fn read_lead(r: &TokenCursor<'_>, at: usize) -> BeforeName {
    let mut lead = BeforeName { end: at, ..BeforeName::default() };
    let mut here = at;
    for _ in 0..LEAD {
        let step = step(r, here, &mut lead);
        if lead.name.is_some() {
            return lead;
        }
        let Some(next) = step else { break };
        here = next;
        lead.end = here;
        // A comma or a dash may be between the parts: `Trung tướng, PGS, TS A`, `Phó Tư lệnh, Trung tướng A`.
        let next = separator(r, behind_aside(r, at, here, &lead)).unwrap_or(here);
        let next = parent_before_rank(r, next, &lead).unwrap_or(next);
        let goes_on = || {
            begins_lead(r, next)
                || (lead.ends_in_title(r) && r.is_capital(next))
                || is_holder_behind_dash(r, here, &lead)
        };
        if next > here && !goes_on() {
            break;
        }
        if next > here {
            if let Some(own) = of_another::own_begin(r, at, next, &lead) {
                return BeforeName { end: own, ..BeforeName::default() };
            }
            // `lãnh đạo Bộ Quốc phòng, Đại tướng A`: the leaders are other people.
            lead.posts.retain(|post| !post.group);
        }
        here = next;
    }
    if lead.end > at {
        lead.name = name_after(r, here, &lead);
    }
    lead
}

/// The token behind brackets, years or words of that time that stand between a post and the comma before its holder:
/// `Chủ tịch UBND xã B (huyện C), ông A`, `Với cương vị Giám đốc B từ năm 2003 đến năm 2009, bà A`, `Giám đốc B lúc bấy
/// giờ, ông A`. `here` if there are none.
fn behind_aside(r: &TokenCursor<'_>, at: usize, here: usize, lead: &BeforeName) -> usize {
    const ASIDE: usize = 16;
    if lead.posts.is_empty() || !lead.ranks.is_empty() {
        return here;
    }
    let mut end = here;
    if let Some(then) = chain::that_time_end(r, here) {
        end = then;
    } else if r.is(here, '(') {
        let close = (here..here + ASIDE).take_while(|inside| !r.is_end(*inside)).find(|inside| r.is(*inside, ')'));
        let Some(close) = close else { return here };
        end = close + 1;
    } else if at > 0 && r.is_in(at - 1, WordSet::BeforeNewPost) {
        let years = |word: &usize| {
            r.is_number(*word)
                || r.is_any(*word, &[YEAR, MONTH])
                || r.is_dash(*word)
                || r.is(*word, '/')
                || r.is_in(*word, WordSet::TermWord)
        };
        end = (here..here + ASIDE).find(|word| !years(word)).unwrap_or(here);
    }
    let holder = r.hit(end + 1, TableClass::Rank).is_some() || r.person_sign(end + 1) == Some(PersonSign::Address);
    let dashed = r.is_dash(end) && chain::is_of_that_time(r, here);
    if end > here && (r.is(end, ',') || dashed) && holder { end } else { here }
}

/// Whether the whole name of the holder follows a post behind a dash: `Giám đốc Công ty B - Nguyễn Văn A`.
fn is_holder_behind_dash(r: &TokenCursor<'_>, dash: usize, lead: &BeforeName) -> bool {
    let spaced = r.is_dash(dash) && r.token(dash + 1).is_some_and(|next| !next.glued);
    let name = name_at(r, dash + 1).filter(|name| name.is_full_vietnamese() && !name.upper && name.words >= 3);
    spaced
        && lead.ranks.is_empty()
        && lead.posts.last().is_some_and(|post| post.has_unit && post.name.is_none())
        && name.is_some_and(|name| is_common_surname(r, name.start) && !is_known_thing(r, name))
}

/// The rank behind the organisations above a post: `Phó Tư lệnh Quân khu B, Quân đội C, Trung tướng A`.
fn parent_before_rank(r: &TokenCursor<'_>, at: usize, lead: &BeforeName) -> Option<usize> {
    let open = r.is(at.wrapping_sub(1), ',') && lead.posts.last().is_some_and(|post| post.has_unit);
    superior::before_rank(r, at).filter(|_| open).map(|(rank, _)| rank)
}

impl BeforeName {
    fn ends_in_title(&self, r: &TokenCursor<'_>) -> bool {
        (1..=6).any(|back| {
            self.end
                .checked_sub(back)
                .is_some_and(|at| r.hit(at, TableClass::Title).is_some_and(|hit| hit.end == self.end))
        })
    }
}

/// Reads one rank, post, title, form of address or branch at `here`. `None` if there is none.
fn step(r: &TokenCursor<'_>, here: usize, lead: &mut BeforeName) -> Option<usize> {
    if let Some(hit) = r.hit(here, TableClass::Title).filter(|hit| !lead.is_empty() || is_titled(r, here, hit.end)) {
        let end = hit.end;
        lead.address |= lead.is_empty();
        return Some(if r.is(end, '.') { end + 1 } else { end });
    }
    let state = r.hit(here, TableClass::State).filter(|hit| r.hit(hit.end, TableClass::Rank).is_some());
    let rank_at = state.map_or(here, |hit| hit.end);
    let state = state.and_then(|hit| r.row(hit)).map(|row| row.value);
    let past = state == Some(RowValue::State(PostState::Former));
    if let Some(end) = rank_step(r, rank_at, past, lead) {
        lead.late |= state == Some(RowValue::State(PostState::Late));
        return Some(end);
    }
    // `Cố vấn của Tổng thống B`: the name is that of who is served.
    if let Some(post) = post_at(r, here).filter(|post| aide_of::office_served(r, post).is_none()) {
        // `nữ hoàng`, `nghị sĩ` are posts of foreigners; of others they may be figures of speech.
        let foreign = post.name.is_some_and(|name| name.foreign && name.start == post.end);
        let person = !foreign && r.hit(here, TableClass::Person).is_some_and(|hit| hit.end >= post.end);
        if !person {
            lead.name = post.name;
            lead.end = post.end;
            if post.group && !post.has_unit {
                lead.address = true;
            } else {
                lead.posts.push(post);
            }
            return Some(post.end);
        }
    }
    if let Some(hit) = r.hit(here, TableClass::Person) {
        if is_inside_name(r, here, hit.end) {
            return None;
        }
        if r.person_sign(here) == Some(PersonSign::Plain) && is_named_like_a_spirit(r, here, hit.end) {
            lead.address = true;
            lead.addressed = true;
            return Some(here + 1);
        }
        if r.person_sign(here) == Some(PersonSign::Plain) || begins_name(r, here, hit.end, lead) {
            return None;
        }
        lead.address = true;
        lead.addressed |= r.person_sign(here) == Some(PersonSign::Address);
        lead.several |= r.is_in(here, WordSet::SeveralAddressed);
        return Some(hit.end);
    }
    // `hai cựu thứ trưởng A và B`
    let listed = bit(TableClass::Rank) | bit(TableClass::Post) | bit(TableClass::State);
    if r.has(here, form::SEVERAL) && r.has(here + 1, listed) {
        lead.several = true;
        return Some(here + 1);
    }
    if !lead.ranks.is_empty() {
        lead.posts.retain(|post| !post.aide);
        return branch_step(r, here, lead);
    }
    // `nhà báo Mỹ A`, `du khách người Mỹ A`
    let land = if r.is_word(here, PEOPLE_OF) { here + 1 } else { here };
    if lead.address
        && let Some(hit) = r.country_at(land).filter(|hit| foreigner_follows(r, hit.end))
    {
        lead.country = r.country(hit);
        return Some(hit.end);
    }
    None
}

/// Whether a form of address with a capital inside a sentence belongs to the name of a street or a place: `số 5 Hai Bà
/// Trưng`, `đường Ông Ích Khiêm`.
fn is_inside_name(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    let inside = at > 0 && r.is_capital(at) && !r.ends_sentence(at - 1) && r.is_capital(end);
    inside
        && ([at, at - 1].iter().any(|from| r.hit(*from, TableClass::Eponym).is_some_and(|eponym| eponym.end > end))
            || r.is_number(at - 1) && !r.is_capital(end + 1))
}

/// Whether `ông Công`, `ông Táo` are here somebody's surname: a whole name begins with the second word.
fn is_named_like_a_spirit(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    let name = name_at(r, at + 1).filter(|name| name.is_full_vietnamese() && name.words >= 3);
    end == at + 2 && name.is_some_and(|name| name.end > end)
}

/// Whether a title is the first word before a name: `GS Phan A`, `PGS, TS Phan A`.
fn is_titled(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    let next = if r.is(end, '.') || r.is(end, ',') { end + 1 } else { end };
    r.is_capital(at)
        && (r.hit(next, TableClass::Title).is_some()
            || name_at(r, next).is_some_and(|name| name.surname && name.words >= 2))
}

impl BeforeName {
    fn is_empty(&self) -> bool {
        self.ranks.is_empty() && self.posts.is_empty() && !self.address
    }
}

fn rank_step(r: &TokenCursor<'_>, at: usize, past: bool, lead: &mut BeforeName) -> Option<usize> {
    let hit = r.hit(at, TableClass::Rank)?;
    let row = r.row(hit)?;
    let rank = rank_named(row.form())?;
    // `tướng` and `học viên` are ranks only directly before a name; elsewhere they are common nouns.
    let named = || r.is_capital(hit.end) || r.country_at(hit.end).is_some();
    if rank.order < 10 || (rank.name == ANY_GENERAL && (!named() || is_rest_of_word(r, at))) {
        return None;
    }
    lead.ranks.push(RankBefore { said: StatedRank { rank, span: r.span(at, hit.end) }, past });
    Some(hit.end)
}

/// Whether the word before begins a line in small letters: a site has lost the first letter of the line, and `hủ tướng`
/// is no rank.
fn is_rest_of_word(r: &TokenCursor<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| r.is_lower(*before)) else { return false };
    before == 0 || r.is_end(before - 1)
}

/// Whether a word of persons.tsv is in fact surname and middle name, each with a capital: in `Thượng tá Võ Sỹ Ngần`,
/// `võ sỹ` is no boxer, in `Vũ Công Thạo` nobody dances. Without a rank not in capitals only, as headlines are.
fn begins_name(r: &TokenCursor<'_>, at: usize, end: usize, lead: &BeforeName) -> bool {
    let name = name_at(r, at).filter(|name| name.is_full_vietnamese() && name.words >= 3);
    let sure = |name: &NameRun| !name.upper || !lead.ranks.is_empty();
    let name = name.filter(|name| name.end > end && sure(name));
    end > at + 1 && name.is_some() && (at..end).all(|word| r.is_capital(word))
}

/// `Hải quân`, `Công an`, `Hàn Quốc` between rank and name.
fn branch_step(r: &TokenCursor<'_>, at: usize, lead: &mut BeforeName) -> Option<usize> {
    if let Some(hit) = r.country_at(at) {
        let alone = hit.end == at + 1 && r.is_capital(at);
        if !alone || foreigner_follows(r, hit.end) {
            lead.country = r.country(hit);
            return Some(hit.end);
        }
        return None;
    }
    let hit =
        [TableClass::Tail, TableClass::Unit].iter().filter_map(|class| r.hit(at, *class)).max_by_key(|hit| hit.end)?;
    (hit.end >= at + 2 && hit.end <= at + 3 && r.is_capital(hit.end)).then_some(hit.end)
}

fn foreigner_follows(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_capital(at) && name_at(r, at).is_some_and(|name| name.foreign || name.words >= 2)
}

/// The name behind everything that was read.
fn name_after(r: &TokenCursor<'_>, at: usize, lead: &BeforeName) -> Option<NameRun> {
    let name = name_at(r, at)?;
    let by_post_only = lead.ranks.is_empty() && !lead.address;
    if by_post_only {
        // After a post, only a name that cannot be part of an organisation. `post_at` has looked for the holder
        // already.
        return (name.is_full_vietnamese() && name.words >= 3).then_some(name);
    }
    // `Trung tá Công binh về hưu`: the first half of a word, which is the branch.
    if !lead.ranks.is_empty() && name.words == 1 && is_branch(r, at) {
        return None;
    }
    // `Trung úy công an Quảng Nam`: the place of the service.
    let service = |from: usize| {
        [TableClass::Tail, TableClass::Unit].iter().any(|class| r.hit(from, *class).is_some_and(|hit| hit.end == at))
    };
    let in_place = r.hit(at, TableClass::Place).is_some_and(|hit| hit.end == name.end);
    if in_place && !lead.addressed && (2..=3).filter_map(|back| at.checked_sub(back)).any(service) {
        return None;
    }
    // Behind an occupation alone: `giáo viên Trường Múa rối`, `nghệ nhân Đồng Văn`.
    let weak = lead.ranks.is_empty() && !lead.addressed;
    if weak && (is_cut(r, name) || r.hit(at, TableClass::District).is_some_and(|hit| hit.end == name.end)) {
        return None;
    }
    if weak && (is_group_s(r, name) || is_of_year(r, name) || ends_at_home(r, name)) {
        return None;
    }
    // `sinh viên Khoa Y`: what begins an organisation is seldom a surname.
    if weak && r.hit(at, TableClass::Unit).is_some() && !is_common_surname(r, at) {
        return None;
    }
    let known = is_known_thing(r, name) && (lead.ranks.is_empty() || name.words == 1 || !name.surname);
    let thing = r.hit(at, TableClass::Unit).is_some_and(|hit| hit.end >= name.end) || known;
    // `ông Kho`, `bà Nga`: somebody of that given name, if the text has named one.
    let called = is_word(r, name) && (lead.addressed || !lead.ranks.is_empty()) && !r.is_capital(name.end);
    (!thing || called || name.surname && name.words >= 2 && lead.address && !known).then_some(name)
}

/// Whether a capital at `at` begins a word of the tables for a service, whose second half is in small letters: `Công
/// binh`, `Pháo binh`.
fn is_branch(r: &TokenCursor<'_>, at: usize) -> bool {
    let service = [TableClass::Tail, TableClass::Unit].iter().filter_map(|class| r.hit(at, *class));
    r.is_lower(at + 1) && service.into_iter().any(|hit| hit.end > at + 1) && r.hit(at, TableClass::Verb).is_none()
}

/// Whether the words behind an occupation name its organisation or people and nobody: `dân quân Taliban`, `tiểu thương
/// An Phú`. One foreign word is nobody's name there, two words with a rare surname seldom are. Behind those who are
/// called after their place or their firm (`cư dân`, `ông chủ`) two words are no name without a common surname, and
/// behind a group (`nhóm khủng bố Free Dawn`) no foreign words are.
fn is_group_s(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let before = || (1..=3).filter_map(|back| name.start.checked_sub(back));
    let ends = |set: WordSet| before().any(|from| r.set_end(from, set) == Some(name.start));
    let rare = name.words == 2 && !is_common_surname(r, name.start);
    let grouped = || {
        let occupation = |from: &usize| r.hit(*from, TableClass::Person).is_some_and(|hit| hit.end == name.start);
        let from = before().rfind(occupation);
        let group = |from: usize| (1..=2).filter_map(move |back| from.checked_sub(back));
        from.is_some_and(|from| group(from).any(|at| r.set_end(at, WordSet::GroupWord) == Some(from)))
    };
    ends(WordSet::MemberOf) && ((name.words == 1 && name.foreign) || (rare && name.surname))
        || (rare && !name.foreign && ends(WordSet::CalledAfterPlace))
        || (name.foreign && grouped())
}

/// Whether foreign words end in the name of this country: `công nhân Sanko Việt Nam` is of a firm.
fn ends_at_home(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let ends = |at: usize| r.country_at(at).is_some_and(|hit| hit.end == name.end && r.country(hit) == Some(HOME));
    name.foreign && (name.start + 1..name.end).any(ends)
}

/// Whether a name of one word is also another word of the tables: `Kho`, `Nga`. Then it is a person's only where the
/// text has somebody of that name.
pub fn is_word(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let mut hits = r.hits.at(name.start);
    name.words == 1
        && hits.all(|hit| hit.end == name.end)
        && r.hits.at(name.start).any(|hit| hit.class != TableClass::Surname)
}

/// Whether such a word is a person's name all the same: behind a rank it cannot begin an organisation, because a verb
/// or the end of the clause follows at once (`Thượng úy Trường bị thương`). Not a country or a place, of which officers
/// are too.
pub fn is_called_by_rank(r: &TokenCursor<'_>, name: NameRun, lead: &BeforeName) -> bool {
    let place = [TableClass::Country, TableClass::Place, TableClass::District, TableClass::Abbreviation];
    let names = |class: &TableClass| r.hit(name.start, *class).is_some();
    let organisation = [TableClass::Unit, TableClass::Tail].iter().any(|class| r.hit(name.end, *class).is_some());
    let ends = r.ends_sentence(name.end) || r.is(name.end, ',') || r.is(name.end, ';') || r.is(name.end, ')');
    let verb = r.hit(name.end, TableClass::Verb).is_some() && r.is_lower(name.end) && !organisation;
    !lead.ranks.is_empty()
        && !lead.several
        && lead.end == name.start
        && !r.is(name.start.wrapping_sub(1), ',')
        && !place.iter().any(names)
        && (ends || verb)
}

fn begins_lead(r: &TokenCursor<'_>, at: usize) -> bool {
    [TableClass::Rank, TableClass::Title].iter().any(|class| r.hit(at, *class).is_some())
        || post_at(r, at).is_some()
        || r.hit(at, TableClass::Person).is_some()
        || r.hit(at, TableClass::State).is_some_and(|hit| r.hit(hit.end, TableClass::Rank).is_some())
}
