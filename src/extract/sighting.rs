//! Finds the sightings of people in one walk over the tokens (docs/domain.md §3.1): each name with the ranks and posts
//! before it (`before_name`) and after it (`after_name`), and the official whom the person serves (`aide_of`).
//! `people_of_text` decides which sightings are the same person.
//!
//! ```text
//! nguyên Phó Tư lệnh, Trung tướng   Nguyễn Văn A   , Bí thư Đảng ủy, kiêm Chính ủy
//! before_name                       name           after_name
//! from                                                                             to
//! ```

mod after_name;
mod aide_of;
mod before_name;
mod chain;
mod commune_name;
mod labelled_post;
mod list_head;
mod of_another;
mod past_lead;
mod rare_surname;
mod superior;

pub use after_name::posts_from;
pub use aide_of::name_served;
pub use chain::are_years_over;
pub use of_another::is_of_kin;

use super::country_of_foreigner::{country_led, country_of};
use super::cursor::TokenCursor;
use super::function_words::{AND, AT, BORN, LOCATED, YEARS_OLD};
use super::lexicon::{DottedForm, PersonSign, SurnameShare, TableClass, WordSet, dotted_form};
use super::name_run::{NameRun, is_common_surname, is_cut, is_media, name_at, surname_share};
use super::organisation_name::{end_of, holder_of};
use super::people_of_text::follows_capital;
use super::post::{PostMatch, post_at};
use super::token::TokenKind;
use super::{author_names, eponyms};
use crate::report::{Evidence, StatedPost, StatedRank};
use after_name::{read_posts_after, separator};
use before_name::{BeforeName, is_called_by_rank, is_word, lead_at};
use list_head::{ListHead, list_head};
use rare_surname::{is_certain, is_listed};

/// One occurrence of a person's name, with the facts that the text attaches to it there.
#[derive(Clone, Debug)]
pub struct Sighting {
    pub name: NameRun,
    /// The present rank given with the name.
    pub rank: Option<StatedRank>,
    /// Former ranks given with the name.
    pub past_ranks: Vec<StatedRank>,
    /// The posts given with the name.
    pub posts: Vec<StatedPost>,
    /// The reason why the words are read as a person's name.
    pub evidence: Evidence,
    /// The country named with it.
    pub country: Option<&'static str>,
    /// Whether the name is one word that also means something else (`Kho`), so that it makes nobody a person.
    pub word: bool,
    /// Whether the words name a thing: `tàu Đô đốc A`.
    pub thing: bool,
    /// Whether the person is named only in an aide's post: the general of `Trợ lý Đại tướng A`.
    pub served: bool,
    /// Whether the text says here that the person is dead: `cố Đại tướng A`, `mộ Đại tướng A`.
    pub late: bool,
    /// The first token of rank, posts and name.
    pub from: usize,
    /// One past the last token of name and posts.
    pub to: usize,
}

/// The most tokens, and the most names, of one list: keeps the walk linear in a text without full stops.
const LIST: usize = 400;

/// Finds all sightings, in the order of the text.
pub fn sightings(r: &TokenCursor<'_>, bylines: &author_names::Bylines) -> Vec<Sighting> {
    let mut out: Vec<Sighting> = Vec::new();
    let mut head = ListHead::default();
    let mut at = 0;
    loop {
        at = r.next(at, before_name::BEGINNINGS);
        if at >= r.tokens.len() {
            commune_name::mark(r, &mut out);
            return out;
        }
        if let Some(end) = bylines.skip(at) {
            at = end;
            continue;
        }
        if let Some(end) = labelled_post::read(r, at, &mut out) {
            at = end;
            continue;
        }
        let lead = lead_at(r, at);
        let Some(name) = lead
            .name
            .or_else(|| bare_name(r, at, &lead, out.last().map(|last| last.to)))
            .or_else(|| voice_of_unit(r, at))
        else {
            if let Some((found, next)) = list_head(r, at, &lead) {
                head = found;
                at = next;
            } else {
                at = lead.end.max(inside_unit(r, at)).max(inside_people(r, at)).max(at + 1);
            }
            continue;
        };
        let first = out.len();
        at = person(r, at, &lead, name, &mut out);
        head.give(at, out.get_mut(first..).unwrap_or_default());
        for sighting in out.iter_mut().skip(first).filter(|sighting| sighting.country.is_none()) {
            sighting.country = country_of(r, sighting.name, &sighting.posts)
                .or_else(|| country_led(r, sighting.from, sighting.name, sighting.to));
        }
    }
}

/// The token after the words of an organisation at `at`, so that no post is read inside them: `Bộ Tư lệnh` is no
/// `Tư lệnh`.
fn inside_unit(r: &TokenCursor<'_>, at: usize) -> usize {
    r.hit(at, TableClass::Unit).map_or(at, |hit| hit.end)
}

/// The token after the words at `at` that name many people and are no address, whose last word may be one elsewhere:
/// `bà con An Phú`.
fn inside_people(r: &TokenCursor<'_>, at: usize) -> usize {
    let plain = r.person_sign(at) == Some(PersonSign::Plain);
    r.hit(at, TableClass::Person).filter(|_| plain).map_or(at, |hit| hit.end)
}

/// Adds the sighting of that name and those of the list behind it. Returns the token to continue at.
fn person(r: &TokenCursor<'_>, from: usize, lead: &BeforeName, name: NameRun, out: &mut Vec<Sighting>) -> usize {
    let start = lead.posts.first().map_or(from, |post| post.start.min(from));
    let thing = eponyms::names_a_thing(r, start, lead.ranks.is_empty() && lead.posts.is_empty() && !lead.address)
        || eponyms::is_of_occupation(r, start, name)
        || eponyms::is_place_of_member(r, name)
        || eponyms::runs_into_sentence(r, name)
        || (evidence_of(lead) == Evidence::Form && eponyms::is_between_things(r, name))
        || eponyms::is_played(r, start, name)
        || (!lead.ranks.is_empty()
            && lead.posts.is_empty()
            && (eponyms::is_beast(r, start, name) || eponyms::is_one_of_things(r, start)))
        || out.last().is_some_and(|last| is_next_thing(r, last, from, lead))
        || is_called_thing(r, lead, name, out);
    let evidence = evidence_of(lead);
    let mut sighting = Sighting::new(r, from, lead, name, evidence);
    sighting.thing = thing;
    if thing {
        mark_row_of_things(r, &sighting, out);
        out.push(sighting);
        return name.end;
    }
    sighting.to = read_posts_after(r, &mut sighting);
    if evidence == Evidence::Form && !sighting.posts.is_empty() {
        sighting.evidence = Evidence::Post;
    }
    if of_another::is_feigned(r, start) {
        sighting.rank = None;
        sighting.past_ranks.clear();
        sighting.posts.clear();
    }
    // `Thượng tướng A, Tư lệnh B, C`: after a post of A's own the rank is no longer one of the whole list.
    let shared = sighting.rank.filter(|_| sighting.posts.len() == lead.posts.len());
    let posts: Vec<StatedPost> =
        if lead.several { lead.posts.iter().map(|post| stated_post(r, post)).collect() } else { Vec::new() };
    let next_clause = shared.is_some() && !lead.several && list_head::opens_clause(r, sighting.to);
    let strong = evidence != Evidence::Form && !next_clause;
    let (first, mut end) = (out.len(), sighting.to);
    match aide_of::superior_at(r, end) {
        Some(superior) => end = aide_of::read(r, sighting, &superior, out),
        None => out.push(sighting),
    }
    if strong {
        end = listed(r, end, shared, &posts, out);
    }
    match list_head::told_of_all(r, end) {
        Some(post) => {
            let listed = out.iter_mut().skip(first).filter(|sighting| !sighting.served);
            listed.for_each(|sighting| sighting.posts.push(stated_post(r, &post)));
            post.end
        }
        None => end,
    }
}

/// Whether a name that stands alone or behind a post is that of a firm or another thing, as the text has called it
/// before: `nhà phân phối B … ông A, Chủ tịch B`, `B khẳng định …`.
fn is_called_thing(r: &TokenCursor<'_>, lead: &BeforeName, name: NameRun, out: &[Sighting]) -> bool {
    let same =
        |other: NameRun| other.words == name.words && r.words(other.start, other.end) == r.words(name.start, name.end);
    // Words before a person may look like a thing that is called so: `tử tù trốn trại Nguyễn Văn A`.
    let persons = lead.posts.is_empty() && (name.start..name.end).any(|at| r.is_in(at, WordSet::MiddleName));
    lead.ranks.is_empty() && !lead.address && !persons && out.iter().any(|one| one.thing && same(one.name))
}

/// Whether a rank and a name go on a row of things: `tàu khu trục Đô đốc A và Đô đốc B`. Only with the same rank; the
/// officer behind a ship's name mostly has another.
fn is_next_thing(r: &TokenCursor<'_>, last: &Sighting, from: usize, lead: &BeforeName) -> bool {
    let same = lead.ranks.last().is_some_and(|rank| last.rank.is_some_and(|of| of.rank.order == rank.said.rank.order));
    let joined = from == last.to + 1 && (r.is(last.to, ',') || r.is_word(last.to, AND));
    last.thing && joined && same && lead.ranks.len() == 1 && lead.posts.is_empty() && !lead.address
}

/// Marks the names before a thing that are in one row with it, of the same rank: `Đô đốc A, Đô đốc B, đây là hai con
/// voi`.
fn mark_row_of_things(r: &TokenCursor<'_>, thing: &Sighting, out: &mut [Sighting]) {
    let order = |sighting: &Sighting| sighting.rank.map(|said| said.rank.order);
    let mut from = thing.from;
    for before in out.iter_mut().rev() {
        let joined = from == before.to + 1 && (r.is(before.to, ',') || r.is_word(before.to, AND));
        if !joined || order(before).is_none() || order(before) != order(thing) || !before.posts.is_empty() {
            return;
        }
        before.thing = true;
        from = before.from;
    }
}

/// The evidence that the name behind `lead` is a person's: the strongest there is.
fn evidence_of(lead: &BeforeName) -> Evidence {
    if !lead.ranks.is_empty() {
        Evidence::Rank
    } else if !lead.posts.is_empty() {
        Evidence::Post
    } else if lead.address {
        Evidence::Address
    } else {
        Evidence::Form
    }
}

impl Sighting {
    /// A name with nothing around it that says more of the person.
    pub fn bare(name: NameRun, evidence: Evidence) -> Self {
        Self {
            name,
            rank: None,
            past_ranks: Vec::new(),
            posts: Vec::new(),
            evidence,
            country: None,
            word: false,
            thing: false,
            served: false,
            late: false,
            from: name.start,
            to: name.end,
        }
    }

    /// From a name and what is before it.
    fn new(r: &TokenCursor<'_>, from: usize, lead: &BeforeName, name: NameRun, evidence: Evidence) -> Self {
        Self {
            name,
            rank: lead.ranks.iter().rev().find(|rank| !rank.past).map(|rank| rank.said),
            past_ranks: lead.ranks.iter().filter(|rank| rank.past).map(|rank| rank.said).collect(),
            posts: posts_before(r, lead, name),
            evidence,
            country: lead.country,
            word: is_word(r, name) && !is_called_by_rank(r, name, lead),
            thing: false,
            served: false,
            late: lead.late,
            from,
            to: name.end,
        }
    }
}

/// The posts before a name, with the organisations above them that the text names there too.
fn posts_before(r: &TokenCursor<'_>, lead: &BeforeName, name: NameRun) -> Vec<StatedPost> {
    let mut posts: Vec<StatedPost> = lead.posts.iter().map(|post| stated_post(r, post)).collect();
    let behind = lead.posts.last().filter(|post| r.is(post.end, ',')).map(|post| post.end + 1);
    if let (Some(post), Some((_, above))) = (posts.last_mut(), behind.and_then(|at| superior::before_rank(r, at))) {
        post.above = Some(above);
    }
    let bare = lead.posts.last().is_some_and(|post| !post.has_unit);
    if let Some(post) = posts.last_mut().filter(|post| bare && post.above.is_none()) {
        post.above = superior::behind_name(r, name.end);
    }
    superior::share(r, &lead.posts, &mut posts);
    posts
}

/// Adds the names behind `,`, `;` or `và` that have no rank, post or address of their own, as in `các thượng tướng A, B
/// và C`: they share rank and posts of the first. Returns one past the last token.
fn listed(
    r: &TokenCursor<'_>,
    from: usize,
    rank: Option<StatedRank>,
    posts: &[StatedPost],
    out: &mut Vec<Sighting>,
) -> usize {
    let mut end = from;
    for _ in 0..LIST {
        let next = if r.is(end, ',') && r.is_word(end + 1, AND) {
            end + 2
        } else if r.is(end, ',') || r.is(end, ';') || r.is_in(end, WordSet::ListJoin) {
            end + 1
        } else {
            return end;
        };
        let lead = lead_at(r, next);
        let Some(name) = name_at(r, next) else { return end };
        let fits =
            (name.is_full_vietnamese() && name.words <= 4) || (name.foreign && name.words >= 2 && rank.is_some());
        if lead.name.is_some_and(|found| found.start > next)
            || !lead.posts.is_empty()
            || !fits
            || is_known_thing(r, name)
            || is_district(r, name)
            || is_cut(r, name)
        {
            return end;
        }
        let mut sighting = Sighting { rank, posts: posts.to_vec(), ..Sighting::bare(name, Evidence::List) };
        end = read_posts_after(r, &mut sighting);
        if sighting.posts.len() > posts.len() {
            sighting.rank = None;
        }
        sighting.to = end;
        out.push(sighting);
    }
    end
}

/// Whether the tables know the words as a place, a country, an organisation or an abbreviation.
pub fn is_known_thing(r: &TokenCursor<'_>, name: NameRun) -> bool {
    if name.foreign && r.hit(name.start, TableClass::Seat).is_some_and(|hit| hit.end >= name.end) {
        return true;
    }
    [TableClass::Place, TableClass::Country, TableClass::Unit, TableClass::Abbreviation].iter().any(|class| {
        r.hit(name.start, *class).is_some_and(|hit| hit.end >= name.end.min(name.start + 2) && hit.end > name.start)
    }) || is_media(r, name)
}

/// Whether an item of a list is rather a district whose first word is also a rare surname: `Cô Tô, Cát Hải, Vân Đồn`.
fn is_district(r: &TokenCursor<'_>, name: NameRun) -> bool {
    !is_common_surname(r, name.start) && r.hit(name.start, TableClass::District).is_some_and(|hit| hit.end >= name.end)
}

/// A name without rank, post or address that can only be a person's: mostly a common surname and two or three more
/// words, or with an age or a post behind it. `behind` is where the person before ends.
fn bare_name(r: &TokenCursor<'_>, at: usize, lead: &BeforeName, behind: Option<usize>) -> Option<NameRun> {
    if !lead.ranks.is_empty() || !lead.posts.is_empty() || lead.address || !r.is_capital(at) {
        return None;
    }
    let joined = at > 0 && r.is_dash(at - 1) && r.token(at).is_some_and(|token| token.glued);
    if joined || follows_capital(r, at) {
        return None;
    }
    // `số 5 Trần Thánh Tông` is an address, `tại Thái Hoà Viên` and `P. Long Sơn Mỹ` are places.
    if at > 0 && (r.is_number(at - 1) || r.is_any(at - 1, &[AT, LOCATED]) || is_behind_short_level(r, at)) {
        return None;
    }
    // `khu vực Châu Thành A`, `bang A`: the name of a place follows.
    if (1..=2).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::StateWord) == Some(at)) {
        return None;
    }
    let name = name_at(r, at)?;
    // An age or a year of birth behind the name.
    // `Tân Thuận (100% vốn)` is a firm.
    let closes =
        |at: usize| r.is(at, ')') || r.is(at, ',') || r.is(at, ';') || r.is_dash(at) || r.is_word(at, YEARS_OLD);
    let age = |at: usize| r.is_number(at) && closes(at + 1);
    let ages = r.is(name.end, '(') && (age(name.end + 1) || r.is_in(name.end + 1, WordSet::Born))
        || (r.is_word(name.end, BORN) && r.is_in(name.end + 1, WordSet::BornWhen));
    let own = |post: &PostMatch| post.name.is_none() || aide_of::office_served(r, post).is_some();
    let posted = separator(r, name.end).and_then(|next| post_at(r, next)).is_some_and(|post| own(&post));
    let fits = name.is_full_vietnamese()
        && !name.upper
        && is_common_surname(r, at)
        && ((3..=4).contains(&name.words) || (name.words == 2 && (ages || posted)));
    let fits = fits || is_certain(r, name) || (!name.upper && is_listed(r, name, behind));
    // `Từ Lầu Năm Góc`: the surname is the preposition before a seat of power.
    let seat = (at + 1..name.end).any(|at| r.hit(at, TableClass::Seat).is_some_and(|hit| hit.end == name.end));
    let fits = fits && !seat && (ages || posted || !eponyms::names_a_street(r, name));
    let fits = fits || (name.words >= 2 && !name.upper && (posted || ages) && (name.foreign || name.surname));
    // `Hồ Hòa Bình` is a lake and no person of the family Hồ, `Thạch Thất Hà Nội` a district and its city.
    let place = |at: usize| [TableClass::Place, TableClass::District].iter().filter_map(move |class| r.hit(at, *class));
    let ends_in_place = |at: usize| place(at).any(|place| place.end >= name.end);
    let lake = r.hit(at, TableClass::Thing).is_some_and(|hit| ends_in_place(hit.end))
        || place(at).any(|first| ends_in_place(first.end));
    let other = |name| is_known_thing(r, name) || is_cut(r, name) || (name.words <= 2 && ends_organisation(r, name));
    (fits && !lake && !other(name) && !is_of_year(r, name) && !is_before_place(r, name)).then_some(name)
}

/// Whether the short form of a level of the administration stands before the token: `P. Long Sơn Mỹ`, `TX. Hương Lĩnh`.
fn is_behind_short_level(r: &TokenCursor<'_>, at: usize) -> bool {
    at >= 2 && r.is(at - 1, '.') && r.is_capital(at - 2) && dotted_form(r.word(at - 2)) == Some(DottedForm::Place)
}

/// Whether a name without a frequent surname is rather an event or a work with its year: `xuân Mậu Thân 1968`, `World
/// Cup 2018`.
fn is_of_year(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let year = r.is_number(name.end) && r.word(name.end).len() == 4;
    year && !surname_share(r, name.start).is_some_and(SurnameShare::is_frequent)
        && matches!(r.word(name.end).get(..2), Some("19" | "20"))
}

/// Whether the first word is no surname but another word before a place: `Từ Hà Nội, nhóm này …`, `Shangri - La Bắc
/// Kinh`. Elsewhere a place behind a surname is somebody's given name.
fn is_before_place(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let place = [TableClass::Place, TableClass::District, TableClass::Country, TableClass::Seat];
    let rest = place.iter().any(|class| r.hit(name.start + 1, *class).is_some_and(|hit| hit.end == name.end));
    let joined = name.start > 0 && r.is_dash(name.start - 1);
    rest && (joined || r.is_in(name.start, WordSet::Where))
}

/// Whether a short name without rank, post or address ends that of an organisation which begins in front of it:
/// `Bệnh viện Đa khoa An Phú, Tư lệnh …`. What follows the comma begins something new then.
fn ends_organisation(r: &TokenCursor<'_>, name: NameRun) -> bool {
    const WORDS: usize = 6;
    let at = name.start;
    let words = (1..=WORDS).filter_map(|back| at.checked_sub(back));
    let mut words = words.take_while(|from| r.token(*from).is_some_and(|token| token.kind == TokenKind::Word));
    words.any(|from| {
        let unit = r.hit(from, TableClass::Unit).filter(|hit| r.is_capital(from) && hit.end <= at);
        unit.is_some_and(|unit| end_of(r, unit.end) >= name.end)
    })
}

/// The person behind an organisation whose voice they are: `Đại diện Công ty B Nguyễn Văn A cho biết`. Only a whole
/// name with a common surname and a verb behind it.
fn voice_of_unit(r: &TokenCursor<'_>, at: usize) -> Option<NameRun> {
    let hit = r.hit(at, TableClass::Unit)?;
    let voice = (1..=2).filter_map(|back| at.checked_sub(back)).find_map(|from| r.set_end(from, WordSet::VoiceOfUnit));
    if voice != Some(at) {
        return None;
    }
    let name = holder_of(r, hit.end)?;
    let said = r.hit(name.end, TableClass::Verb).is_some() || r.is(name.end, ',');
    (said && name.words >= 3 && is_common_surname(r, name.start)).then_some(name)
}

/// The post as a quotation.
pub fn stated_post(r: &TokenCursor<'_>, post: &PostMatch) -> StatedPost {
    StatedPost {
        text: r.words(post.start, post.end),
        span: r.span(post.start, post.end),
        state: post.state,
        above: None,
    }
}
