//! Where somebody is named: one sighting for each place, found in one walk over the tokens (domain.md §3.1). What
//! stands before a name (rank, posts, address) and after it (posts) is read here; who is who is left to `mention`.

use super::lexicon::{Class, WordId, rank as rank_named};
use super::mention::follows_capital;
use super::name::{Name, is_common_surname, name_at};
use super::post::{Post, post_at};
use super::reading::Reading;
use super::{byline, thing};
use crate::report::{Evidence, PostSaid, RankSaid};

/// One place where somebody is named, and what is said there.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The name's tokens.
    pub name: Name,
    /// The rank said with it.
    pub rank: Option<RankSaid>,
    /// Ranks of the past said with it.
    pub past_ranks: Vec<RankSaid>,
    /// The posts said with it.
    pub posts: Vec<PostSaid>,
    /// Why it is a person.
    pub evidence: Evidence,
    /// The country said with it.
    pub country: Option<&'static str>,
    /// Whether these words are a thing's name: `tàu Đô đốc A`.
    pub thing: bool,
    /// The first token of what stands before the name and belongs to it.
    pub from: usize,
    /// The token after the last of what belongs to it.
    pub to: usize,
}

/// What stands before a name.
#[derive(Clone, Debug, Default)]
struct Lead {
    ranks: Vec<(RankSaid, bool)>,
    posts: Vec<Post>,
    address: bool,
    several: bool,
    country: Option<&'static str>,
    name: Option<Name>,
    end: usize,
}

/// What a list's head gives to each of its members.
#[derive(Clone, Debug, Default)]
struct Head {
    posts: Vec<PostSaid>,
    until: usize,
}

/// The farthest that a list's head reaches, in tokens.
const LIST: usize = 400;

/// The most ranks, posts and titles that stand before one name.
const LEAD: usize = 24;

/// All sightings, in order.
pub fn sightings(r: &Reading<'_>, bylines: &byline::Bylines) -> Vec<Sighting> {
    let mut out: Vec<Sighting> = Vec::new();
    let mut head = Head::default();
    let mut at = 0;
    while at < r.tokens.len() {
        if let Some(end) = bylines.skip(at) {
            at = end;
            continue;
        }
        if r.token(at).is_some_and(|token| token.word == WordId::NONE && !token.is_capital()) {
            at += 1;
            continue;
        }
        let lead = lead_at(r, at);
        let Some(name) = lead.name.or_else(|| bare_name(r, at, &lead)) else {
            if let Some(next) = head_of_list(r, &lead) {
                head = Head {
                    posts: lead.posts.iter().map(|post| said(r, post)).collect(),
                    until: r.sentence_end(next, LIST),
                };
                at = next;
            } else {
                at = lead.end.max(inside_unit(r, at)).max(at + 1);
            }
            continue;
        };
        let first = out.len();
        at = person(r, at, &lead, name, &mut out);
        if first < out.len() && at <= head.until {
            for sighting in out.iter_mut().skip(first) {
                sighting.posts.extend(head.posts.iter().cloned());
            }
        }
    }
    out
}

/// The token after an organisation's words that hold a post's: `Bộ Tư lệnh`, `Ban Chỉ huy`.
fn inside_unit(r: &Reading<'_>, at: usize) -> usize {
    r.hit(at, Class::Unit).map_or(at, |hit| hit.end)
}

/// Takes the person of that lead and name, those listed after, and returns where to read on.
fn person(r: &Reading<'_>, from: usize, lead: &Lead, name: Name, out: &mut Vec<Sighting>) -> usize {
    let start = lead.posts.first().map_or(from, |post| post.start.min(from));
    let thing = thing::names_a_thing(r, start, lead.ranks.is_empty() && lead.posts.is_empty() && !lead.address);
    let evidence = if !lead.ranks.is_empty() {
        Evidence::Rank
    } else if !lead.posts.is_empty() {
        Evidence::Post
    } else if lead.address {
        Evidence::Address
    } else {
        Evidence::Form
    };
    let mut sighting = Sighting {
        name,
        rank: lead.ranks.iter().rev().find(|(_, past)| !past).map(|(rank, _)| *rank),
        past_ranks: lead.ranks.iter().filter(|(_, past)| *past).map(|(rank, _)| *rank).collect(),
        posts: lead.posts.iter().map(|post| said(r, post)).collect(),
        evidence,
        country: lead.country,
        thing,
        from,
        to: name.end,
    };
    if thing {
        out.push(sighting);
        return name.end;
    }
    let trail = trail(r, &mut sighting);
    if evidence == Evidence::Form && !sighting.posts.is_empty() {
        sighting.evidence = Evidence::Post;
    }
    sighting.to = trail;
    let shared = sighting.rank.filter(|_| sighting.posts.len() == lead.posts.len());
    let posts: Vec<PostSaid> =
        if lead.several { lead.posts.iter().map(|post| said(r, post)).collect() } else { Vec::new() };
    let strong = evidence != Evidence::Form;
    out.push(sighting);
    if strong { listed(r, trail, shared, &posts, out) } else { trail }
}

/// Names that follow `,`, `;` or `và` with nothing before them, as in `các thượng tướng A, B và C`.
fn listed(r: &Reading<'_>, from: usize, rank: Option<RankSaid>, posts: &[PostSaid], out: &mut Vec<Sighting>) -> usize {
    let mut end = from;
    for _ in 0..LIST {
        let next = if r.is(end, ',') && r.is_word(end + 1, "và") {
            end + 2
        } else if r.is(end, ',') || r.is(end, ';') || r.is_any(end, &["và", "cùng"]) {
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
        {
            return end;
        }
        let mut sighting = Sighting {
            name,
            rank,
            past_ranks: Vec::new(),
            posts: posts.to_vec(),
            evidence: Evidence::List,
            country: None,
            thing: false,
            from: next,
            to: name.end,
        };
        end = trail(r, &mut sighting);
        if sighting.posts.len() > posts.len() {
            sighting.rank = None;
        }
        sighting.to = end;
        out.push(sighting);
    }
    end
}

/// Whether the words are a place, a country or an organisation.
pub fn is_known_thing(r: &Reading<'_>, name: Name) -> bool {
    [Class::Place, Class::Country, Class::Unit, Class::Abbreviation].iter().any(|class| {
        r.hit(name.start, *class).is_some_and(|hit| hit.end >= name.end.min(name.start + 2) && hit.end > name.start)
    })
}

/// A name with nothing before it that can only be a person's: surname and two or three more words.
fn bare_name(r: &Reading<'_>, at: usize, lead: &Lead) -> Option<Name> {
    if !lead.ranks.is_empty() || !lead.posts.is_empty() || lead.address || !r.is_capital(at) {
        return None;
    }
    let joined = at > 0 && r.is_dash(at - 1) && r.token(at).is_some_and(|token| token.glued);
    if joined || follows_capital(r, at) {
        return None;
    }
    // `số 5 Trần Thánh Tông` is an address.
    if at > 0 && r.is_number(at - 1) {
        return None;
    }
    let name = name_at(r, at)?;
    let ages = r.is(name.end, '(') && (r.is_number(name.end + 1) || r.is_any(name.end + 1, &["sinh", "sn"]))
        || (r.is_word(name.end, "sinh") && r.is_any(name.end + 1, &["năm", "ngày"]));
    let posted = separator(r, name.end).is_some_and(|next| post_at(r, next).is_some_and(|post| post.name.is_none()));
    let fits = name.is_full_vietnamese()
        && !name.upper
        && is_common_surname(r, at)
        && ((3..=4).contains(&name.words) || (name.words == 2 && (ages || posted)));
    let fits = fits || (name.words >= 2 && !name.upper && (posted || ages) && (name.foreign || name.surname));
    // `Hồ Hòa Bình`: a lake, not somebody of the family Hồ.
    let lake = r
        .hit(at, Class::Thing)
        .is_some_and(|hit| r.hit(hit.end, Class::Place).is_some_and(|place| place.end >= name.end));
    (fits && !lake && !is_known_thing(r, name)).then_some(name)
}

/// Reads ranks, posts, titles and addresses from token `at` up to a name.
fn lead_at(r: &Reading<'_>, at: usize) -> Lead {
    let mut lead = Lead { end: at, ..Lead::default() };
    let mut here = at;
    for _ in 0..LEAD {
        let step = step(r, here, &mut lead);
        if lead.name.is_some() {
            return lead;
        }
        let Some(next) = step else { break };
        here = next;
        lead.end = here;
        // A comma or a dash parts `Trung tướng, PGS, TS A` and `Phó Tư lệnh, Trung tướng A`.
        let next = separator(r, here).unwrap_or(here);
        if next > here && !begins_lead(r, next) && !(lead.ends_in_title(r) && r.is_capital(next)) {
            break;
        }
        if next > here {
            // `thay mặt lãnh đạo Bộ Quốc phòng, Đại tướng A`: the leaders are others.
            let for_another = speaks_for_another(r, at);
            lead.posts.retain(|post| !post.group && !for_another);
        }
        here = next;
    }
    if lead.end > at {
        lead.name = name_after(r, here, &lead);
    }
    lead
}

/// `thừa ủy quyền của Bộ trưởng, Trung tướng A`: the post before the comma is another's.
fn speaks_for_another(r: &Reading<'_>, at: usize) -> bool {
    let words = |from: usize, words: &[&str]| words.iter().enumerate().all(|(i, word)| r.is_word(from + i, word));
    let pairs: &[&[&str]] = &[
        &["thay", "mặt"],
        &["ủy", "quyền"],
        &["uỷ", "quyền"],
        &["quyết", "định"],
        &["thừa", "lệnh"],
        &["phân", "công"],
        &["chỉ", "đạo"],
    ];
    (2..=3).any(|back| {
        at >= back && pairs.iter().any(|pair| words(at - back, pair) && (back == 2 || r.is_word(at - 1, "của")))
    })
}

impl Lead {
    fn ends_in_title(&self, r: &Reading<'_>) -> bool {
        (1..=6).any(|back| {
            self.end.checked_sub(back).is_some_and(|at| r.hit(at, Class::Title).is_some_and(|hit| hit.end == self.end))
        })
    }
}

/// Takes one rank, post, title, address or branch at `here`; the token after it, or nothing.
fn step(r: &Reading<'_>, here: usize, lead: &mut Lead) -> Option<usize> {
    if let Some(hit) = r.hit(here, Class::Title).filter(|hit| !lead.is_empty() || is_titled(r, here, hit.end)) {
        let end = hit.end;
        lead.address |= lead.is_empty();
        return Some(if r.is(end, '.') { end + 1 } else { end });
    }
    let past = r.hit(here, Class::State).filter(|hit| r.hit(hit.end, Class::Rank).is_some());
    let rank_at = past.map_or(here, |hit| hit.end);
    if let Some(end) =
        rank_step(r, rank_at, past.is_some_and(|hit| r.row(hit).is_some_and(|row| row.value == "former")), lead)
    {
        return Some(end);
    }
    if let Some(post) = post_at(r, here) {
        let person = r.hit(here, Class::Person).is_some_and(|hit| hit.end >= post.end);
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
    if let Some(hit) = r.hit(here, Class::Person) {
        let row = r.row(hit)?;
        if row.value == "plain" {
            return None;
        }
        lead.address = true;
        lead.several |= r.is_any(here, &["các", "hai", "những"]);
        return Some(hit.end);
    }
    if r.is_any(here, &["các", "hai", "ba", "những"]) && r.hit(here + 1, Class::Rank).is_some() {
        lead.several = true;
        return Some(here + 1);
    }
    if !lead.ranks.is_empty() {
        lead.posts.retain(|post| !post.aide);
        return branch_step(r, here, lead);
    }
    if lead.address
        && let Some(hit) = r.hit(here, Class::Country).filter(|hit| foreigner_follows(r, hit.end))
    {
        lead.country = r.row(hit).map(|row| row.value);
        return Some(hit.end);
    }
    None
}

/// `GS Phan A`, `PGS, TS Phan A`: a title may open what stands before a name.
fn is_titled(r: &Reading<'_>, at: usize, end: usize) -> bool {
    let next = if r.is(end, '.') || r.is(end, ',') { end + 1 } else { end };
    r.is_capital(at)
        && (r.hit(next, Class::Title).is_some() || name_at(r, next).is_some_and(|name| name.surname && name.words >= 2))
}

impl Lead {
    fn is_empty(&self) -> bool {
        self.ranks.is_empty() && self.posts.is_empty() && !self.address
    }
}

fn rank_step(r: &Reading<'_>, at: usize, past: bool, lead: &mut Lead) -> Option<usize> {
    let hit = r.hit(at, Class::Rank)?;
    let row = r.row(hit)?;
    let rank = rank_named(row.form())?;
    // `tướng` and `học viên` are ranks only of somebody named.
    if rank.order < 10 || (rank.name == "tướng" && !r.is_capital(hit.end) && r.hit(hit.end, Class::Country).is_none())
    {
        return None;
    }
    lead.ranks.push((RankSaid { rank, span: r.span(at, hit.end) }, past));
    Some(hit.end)
}

/// `Hải quân`, `Công an`, `Hàn Quốc` between rank and name.
fn branch_step(r: &Reading<'_>, at: usize, lead: &mut Lead) -> Option<usize> {
    if let Some(hit) = r.hit(at, Class::Country) {
        let alone = hit.end == at + 1 && r.is_capital(at);
        if !alone || foreigner_follows(r, hit.end) {
            lead.country = r.row(hit).map(|row| row.value);
            return Some(hit.end);
        }
        return None;
    }
    let hit = [Class::Tail, Class::Unit].iter().filter_map(|class| r.hit(at, *class)).max_by_key(|hit| hit.end)?;
    (hit.end >= at + 2 && hit.end <= at + 3 && r.is_capital(hit.end)).then_some(hit.end)
}

fn foreigner_follows(r: &Reading<'_>, at: usize) -> bool {
    r.is_capital(at) && name_at(r, at).is_some_and(|name| name.foreign || name.words >= 2)
}

/// The name after a lead that has come to an end.
fn name_after(r: &Reading<'_>, at: usize, lead: &Lead) -> Option<Name> {
    let name = name_at(r, at)?;
    let by_post_only = lead.ranks.is_empty() && !lead.address;
    if by_post_only {
        // After a post, only what cannot be part of an organisation; `post_at` has looked already.
        return (name.is_full_vietnamese() && name.words >= 3).then_some(name);
    }
    let known = is_known_thing(r, name) && (lead.ranks.is_empty() || name.words == 1);
    let thing = r.hit(at, Class::Unit).is_some_and(|hit| hit.end >= name.end) || known;
    (!thing || name.surname && name.words >= 2 && lead.address && !known).then_some(name)
}

fn begins_lead(r: &Reading<'_>, at: usize) -> bool {
    [Class::Rank, Class::Title].iter().any(|class| r.hit(at, *class).is_some())
        || post_at(r, at).is_some()
        || r.hit(at, Class::Person).is_some()
        || r.hit(at, Class::State).is_some_and(|hit| r.hit(hit.end, Class::Rank).is_some())
}

/// The token after a separator of posts: comma, dash, `kiêm`, `đồng thời là`.
fn separator(r: &Reading<'_>, at: usize) -> Option<usize> {
    if r.is(at, ',') || (r.is_dash(at) && !r.is_number(at + 1)) {
        return Some(if r.is_word(at + 1, "kiêm") { at + 2 } else { at + 1 });
    }
    if r.is_word(at, "kiêm") {
        return Some(at + 1);
    }
    if r.is_word(at, "đồng") && r.is_word(at + 1, "thời") {
        return Some(if r.is_word(at + 2, "là") { at + 3 } else { at + 2 });
    }
    None
}

/// Reads what follows the name: posts, ranks of the past in brackets; the token after the last of it.
fn trail(r: &Reading<'_>, sighting: &mut Sighting) -> usize {
    let before = sighting.posts.len();
    let mut end = sighting.name.end;
    end = skip_birth(r, skip_age(r, end));
    let open = r.is(end, '(');
    while let Some(next) = trail_separator(r, end, open) {
        let past = r.hit(next, Class::State).map_or(next, |hit| hit.end);
        if (past > next || open)
            && let Some(hit) = r.hit(past, Class::Rank)
            && let Some(rank) = r.row(hit).and_then(|row| rank_named(row.form()))
        {
            let said = RankSaid { rank, span: r.span(past, hit.end) };
            sighting.rank = sighting.rank.or(Some(said));
            end = hit.end;
            continue;
        }
        let Some(post) = post_at(r, next) else {
            match parent_unit(r, end, next) {
                Some(after) if !sighting.posts.is_empty() => {
                    end = after;
                    continue;
                }
                _ => break,
            }
        };
        if post.aide && follows_other(r, post.end) {
            // `A, Trợ lý Đại tướng B, Bộ trưởng …`: what follows is B's.
            sighting.posts.push(said(r, &post));
            end = post.end;
            break;
        }
        if post.name.is_some() || follows_other(r, post.end) {
            break;
        }
        if r.is_word(end, "và") && (next_person(r, post.end) || sighting.posts.len() == before) {
            break;
        }
        if sighting.posts.len() == before && belongs_to_speaker(r, sighting.from, post.end) {
            break;
        }
        sighting.posts.push(said(r, &post));
        end = post.end;
        if r.is(end, ')') {
            end += 1;
            break;
        }
    }
    end
}

/// `, sinh năm 1962`, `, 41 tuổi`: what stands between a name and its posts.
fn skip_birth(r: &Reading<'_>, at: usize) -> usize {
    if !r.is(at, ',') {
        return at;
    }
    let born = r.is_any(at + 1, &["sinh", "sn"]) && r.is_any(at + 2, &["năm", "ngày"]) && r.is_number(at + 3);
    let end = match () {
        () if born => at + 4,
        () if r.is_number(at + 1) && r.is_word(at + 2, "tuổi") => at + 3,
        () => return at,
    };
    if r.is(end, ',') { end } else { at }
}

/// `nhiệm vụ cho đồng chí A, Chủ tịch nước nêu rõ`: who is given something is not who then speaks.
fn belongs_to_speaker(r: &Reading<'_>, from: usize, end: usize) -> bool {
    from > 0 && r.is_any(from - 1, &["cho", "với", "tới"]) && r.value(end, Class::Verb) == Some("say")
}

/// The posts that begin at token `at`, in a row, and the token after them: `Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 10`.
pub fn posts_from(r: &Reading<'_>, at: usize) -> (Vec<Post>, usize) {
    let mut posts = Vec::new();
    let mut end = at;
    let mut next = at;
    while let Some(post) = post_at(r, next).filter(|post| post.name.is_none() && !follows_other(r, post.end)) {
        end = post.end;
        posts.push(post);
        let Some(after) = separator(r, end).or_else(|| r.is_word(end, "và").then_some(end + 1)) else { break };
        next = after;
    }
    (posts, end)
}

/// `(48 tuổi)`, `(SN 1975, quê Nam Định)`: what brackets after a name say of the person.
fn skip_age(r: &Reading<'_>, at: usize) -> usize {
    if !r.is(at, '(')
        || !(r.is_number(at + 1)
            || r.is_any(at + 1, &["sn", "sinh", "trái", "phải", "giữa", "ảnh", "bên", "đứng", "ngoài", "thứ"]))
    {
        return at;
    }
    (at..at + 24).find(|close| r.is(*close, ')')).map_or(at, |close| close + 1)
}

fn trail_separator(r: &Reading<'_>, at: usize, open: bool) -> Option<usize> {
    if open && r.is(at, '(') {
        return Some(at + 1);
    }
    if r.is_word(at, "và") || (r.is_word(at, "là") && !r.is_end(at + 1)) {
        return Some(at + 1);
    }
    separator(r, at)
}

/// `, Tổng cục Hậu cần` after a post: the parent organisation, which is no part of what is quoted.
fn parent_unit(r: &Reading<'_>, end: usize, next: usize) -> Option<usize> {
    if !(r.is(end, ',') || r.is_dash(end)) || !r.is_capital(next) {
        return None;
    }
    let hit = r.hit(next, Class::Unit)?;
    let mut at = hit.end;
    while r.is_capital(at) || r.is_number(at) || r.hit(at, Class::Tail).is_some() {
        at = r.hit(at, Class::Tail).map_or(at + 1, |hit| hit.end);
    }
    separator(r, at).is_some_and(|after| post_at(r, after).is_some()).then_some(at)
}

/// Whether a rank with a name follows directly: the post was the next person's.
fn follows_other(r: &Reading<'_>, at: usize) -> bool {
    r.hit(at, Class::Rank).is_some_and(|hit| r.is_capital(hit.end))
}

/// Whether after `và POST` a rank follows, so that the post begins the next person.
fn next_person(r: &Reading<'_>, at: usize) -> bool {
    follows_other(r, at) || (r.is(at, ',') && follows_other(r, at + 1))
}

/// Where the members begin, if the posts read are the head of a list.
fn head_of_list(r: &Reading<'_>, lead: &Lead) -> Option<usize> {
    if lead.posts.is_empty() || !lead.ranks.is_empty() {
        return None;
    }
    let mut at = lead.end;
    // `hai phó tư lệnh người Mỹ khác là thiếu tướng A`
    for _ in 0..4 {
        if r.is(at, ':') || r.is_any(at, &["gồm", "là"]) {
            let members =
                if r.is_word(at, "gồm") && r.is(at + 1, ':') || r.is_any(at + 1, &["có"]) { at + 2 } else { at + 1 };
            let begins = r.hit(members, Class::Rank).is_some()
                || r.hit(members, Class::Person).is_some()
                || r.hit(members, Class::Post).is_some()
                || (r.is_capital(members) && name_at(r, members).is_some_and(|name| name.surname && name.words >= 2));
            return begins.then_some(members);
        }
        let filler = r.hit(at, Class::Country).map(|hit| hit.end).or_else(|| r.is_lower(at).then_some(at + 1))?;
        at = filler;
    }
    None
}

/// A post as it is quoted.
pub fn said(r: &Reading<'_>, post: &Post) -> PostSaid {
    PostSaid { text: r.words(post.start, post.end), span: r.span(post.start, post.end), state: post.state }
}
