//! What somebody does at the event, by the verbs of verbs.tsv marked `role`: after the name and its posts
//! (`A chủ trì và phát biểu`), before it (`Phát biểu kết luận, A …`), or of a whole list (`Dự hội nghị có A; B`).

use super::lexicon::Class;
use super::mention::Register;
use super::reading::Reading;
use super::sighting::Sighting;
use crate::report::Role;

/// How far behind the name a verb is looked for, in tokens.
const REACH: usize = 24;

/// The most people that one list names.
const LIST: usize = 120;

/// What makes another word of `dự`: a project, a plan, a draft, a forecast is not attended.
const NOT_ATTENDING: &[&str] =
    &["án", "kiến", "thảo", "báo", "phòng", "toán", "trữ", "bị", "luật", "đoán", "định", "khuyết", "liệu", "trù"];

/// Gives everybody their roles, in order, each verb once.
pub fn roles(r: &Reading<'_>, sightings: &[Sighting], register: &mut Register) {
    let mut start = 0;
    let mut attending: Vec<Role> = Vec::new();
    let mut listed = 0;
    for (number, sighting) in sightings.iter().enumerate().filter(|(_, sighting)| !sighting.served) {
        let before = sentence_start(r, sighting.from);
        if before != start || number == 0 {
            start = before;
            attending = opening(r, start, sighting.from);
            listed = 0;
        }
        let Some((_, person)) = register.places.get(&sighting.name.start).copied() else { continue };
        let next = sightings.iter().skip(number + 1).find(|next| !next.served).map_or(usize::MAX, |next| next.from);
        let mut found: Vec<Role> = Vec::new();
        let of_list = attending.iter().any(|role| matches!(role.verb, "dự" | "chủ trì" | "tiếp" | "đón"));
        if listed == 0 || (of_list && listed < LIST) {
            found.extend(attending.iter().cloned());
        }
        listed += 1;
        found.extend(after(r, sighting.to, next));
        let Some(entry) = register.people.get_mut(person) else { continue };
        for role in found {
            if !entry.roles.iter().any(|have| have.verb == role.verb) {
                entry.roles.push(role);
            }
        }
    }
}

/// The first token of the sentence, looked for a list's length back.
fn sentence_start(r: &Reading<'_>, at: usize) -> usize {
    (at.saturating_sub(REACH * 4)..at)
        .rev()
        .find(|place| r.ends_sentence(*place))
        .map_or(at.saturating_sub(REACH * 4), |p| p + 1)
}

/// The verbs that open a sentence and stand for those named after: up to `có`, `gồm`, `là`, a colon or a comma.
fn opening(r: &Reading<'_>, start: usize, name: usize) -> Vec<Role> {
    let mut out = Vec::new();
    if name.saturating_sub(start) > REACH || name == start {
        return out;
    }
    let mut at = start;
    if r.is_word(at, "cùng") && r.hit(at, Class::Verb).is_none_or(|hit| hit.end == at + 1) {
        at += 1;
    }
    while at < name {
        let Some(role) = role_at(r, at) else { break };
        at = role.1;
        out.push(role.0);
        if r.is_word(at, "và") || r.is(at, ',') {
            at += 1;
        }
    }
    // `dưới sự chủ trì của A`
    let of = name.checked_sub(1).filter(|of| r.is_word(*of, "của"));
    if let Some(of) = of
        && let Some((role, end)) = (of.saturating_sub(2)..of).find_map(|at| role_at(r, at))
        && end == of
    {
        out.push(role);
    }
    out
}

/// The verbs right behind the name and its posts, and those joined to them by `và` or a comma.
fn after(r: &Reading<'_>, from: usize, next: usize) -> Vec<Role> {
    let mut out = Vec::new();
    let mut at = from;
    let mut may_begin = 3;
    let limit = next.min(from + REACH);
    while at < limit && !r.ends_sentence(at) && !r.is(at, ';') && !r.is(at, ':') {
        if let Some((role, end)) = role_at(r, at).filter(|_| may_begin > 0) {
            out.push(role);
            at = end;
            may_begin = 0;
            continue;
        }
        let joins = r.is_word(at, "và") || r.is(at, ',') || r.is_any(at, &["đã", "sẽ", "đang", "vừa", "đồng", "thời"]);
        may_begin = if joins { 1 } else { may_begin.min(3_usize).saturating_sub(1) };
        if out.is_empty() && !joins && may_begin == 0 {
            break;
        }
        if joins && out.is_empty() {
            may_begin = 3;
        }
        at += 1;
    }
    out
}

/// The role verb at a token, in small letters or at a sentence's beginning, and the token after it.
fn role_at(r: &Reading<'_>, at: usize) -> Option<(Role, usize)> {
    let hit = r.hit(at, Class::Verb)?;
    let row = r.row(hit).filter(|row| row.value == "role")?;
    if hit.end == at + 1 && r.is_word(at, "dự") && r.is_any(hit.end, NOT_ATTENDING) {
        return None;
    }
    Some((Role { verb: row.form(), span: r.span(at, hit.end) }, hit.end))
}
