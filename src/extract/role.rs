//! The roles of people at the event, by the verbs of verbs.tsv marked `role`. There are three patterns:
//!
//! - The verb follows the name and its posts (`A chủ trì và phát biểu`). It is then also the deed of the people in a
//!   row before it (`A và B đồng chủ trì`).
//! - The verb precedes the name (`Phát biểu kết luận, A …`, `tham luận của A`). It can then be the deed of a whole list
//!   (`Dự hội nghị có A; B`).
//! - A person to whom something is given receives it (`trao thưởng cho A`, `A được tặng …`).

use super::cursor::TokenCursor;
use super::function_words::{AND, ATTEND, JOINTLY, OF, PASSIVE, RECEIVE, WITH};
use super::lexicon::{RowValue, TableClass, VerbTrait, VerbTraits, VerbUse, WordSet};
use super::organisation_name::end_of;
use super::people_of_text::PeopleOfText;
use super::sighting::Sighting;
use crate::report::Role;

/// The most tokens between a name and a verb behind it.
const REACH: usize = 24;

/// The most tokens between a verb and the name after it if a comma is between them: `Tham luận “…”, A`.
const PARTED: usize = 80;

/// The most people of one list who get its verb.
const LIST: usize = 120;

/// A role that a verb of the text gives, with the traits of that verb.
#[derive(Clone, Debug)]
struct VerbRole {
    role: Role,
    traits: VerbTraits,
}

/// People named in a row, with only commas, semicolons and `và` between them, who have no verb yet.
#[derive(Default)]
struct PendingList {
    people: Vec<PendingPerson>,
    /// The role of receiving, if the row follows a verb of giving.
    received: Option<Role>,
}

/// A person in a row.
struct PendingPerson {
    person: usize,
    /// Whether a semicolon follows. A verb behind the row does not reach back over it.
    semicolon: bool,
}

/// Gives all people their roles, in the order of the text and each verb once.
pub fn roles(r: &TokenCursor<'_>, sightings: &[Sighting], people: &mut PeopleOfText) {
    let mut start = 0;
    let mut attending: Vec<VerbRole> = Vec::new();
    let mut listed = 0;
    let mut row = PendingList::default();
    let mut before: Option<&Sighting> = None;
    for (number, sighting) in sightings.iter().enumerate().filter(|(_, sighting)| !sighting.served) {
        let sentence = sentence_start(r, sighting.from);
        if sentence != start || number == 0 {
            start = sentence;
            attending = opening(r, start, sighting.from);
            listed = 0;
        }
        let Some(person) = people.places.get(&sighting.name.start).map(|mention| mention.person) else { continue };
        let parted = before.and_then(|before| joined(r, before.to, sighting.from));
        before = Some(sighting);
        match (parted, row.people.last_mut()) {
            (Some(semicolon), Some(last)) => last.semicolon = semicolon,
            _ => row = PendingList { people: Vec::new(), received: received(r, start, sighting.from) },
        }
        let next = sightings.iter().skip(number + 1).find(|next| !next.served).map_or(usize::MAX, |next| next.from);
        let of_list = attending.iter().any(|verb| verb.traits.has(VerbTrait::List));
        let mut found: Vec<Role> = row.received.iter().cloned().collect();
        if found.is_empty() && (listed == 0 || (of_list && listed < LIST)) {
            found.extend(attending.iter().map(|verb| verb.role.clone()));
        }
        found.extend(noun_of(r, sighting.from));
        listed += 1;
        let said = after(r, sighting.to, next);
        if !said.is_empty() {
            give_row(r, &row, &said, of_list, people);
            row = PendingList::default();
        }
        row.people.push(PendingPerson { person, semicolon: false });
        found.extend(said);
        give(people, person, found);
    }
}

/// Gives the verbs behind a name to the row of people before it: `A và B chủ trì`. Across a semicolon, and to a
/// list that has its verb already, only `đồng …` (jointly) is given.
fn give_row(r: &TokenCursor<'_>, row: &PendingList, said: &[Role], of_list: bool, people: &mut PeopleOfText) {
    let together = |role: &Role| role.span.of(r.lower).starts_with(JOINTLY);
    let reach = row.people.iter().rposition(|pending| pending.semicolon).map_or(0, |at| at + 1);
    for (place, pending) in row.people.iter().enumerate() {
        let all = place >= reach && !of_list && row.received.is_none();
        give(people, pending.person, said.iter().filter(|role| all || together(role)).cloned());
    }
}

fn give(people: &mut PeopleOfText, person: usize, roles: impl IntoIterator<Item = Role>) {
    let Some(entry) = people.all.get_mut(person) else { return };
    for role in roles {
        if !entry.roles.iter().any(|have| have.verb == role.verb) {
            entry.roles.push(role);
        }
    }
}

/// `Some` if only commas, semicolons, `và` or `cùng` are between two names; the value is whether one is a semicolon.
fn joined(r: &TokenCursor<'_>, from: usize, to: usize) -> Option<bool> {
    let joins = |at: usize| r.is(at, ',') || r.is(at, ';') || r.is_in(at, WordSet::RowJoin);
    (from < to && to - from <= 3 && (from..to).all(joins)).then(|| (from..to).any(|at| r.is(at, ';')))
}

/// The role of receiving, from `trao thưởng cho A` or `tặng hoa cho các đồng chí: A`.
fn received(r: &TokenCursor<'_>, start: usize, from: usize) -> Option<Role> {
    let mut at = from.checked_sub(1)?;
    if r.is(at, ':') {
        at = at.checked_sub(1)?;
    }
    // `cho các đồng chí: A`
    at = (0..=3).filter_map(|back| at.checked_sub(back)).find(|at| r.is_in(*at, WordSet::GivenToPerson))?;
    let giving = (start.max(at.saturating_sub(REACH))..at).rev().find_map(|verb| role_at(r, verb))?;
    giving.0.traits.has(VerbTrait::Giving).then(|| Role { verb: RECEIVE, span: r.span(at, at + 1) })
}

/// `tham luận của A`, `dưới sự chủ trì của A`.
fn noun_of(r: &TokenCursor<'_>, name: usize) -> Option<Role> {
    let of = name.checked_sub(1).filter(|of| r.is_word(*of, OF))?;
    let (verb, _) = (of.saturating_sub(2)..of).find_map(|at| role_at(r, at).filter(|(_, end)| *end == of))?;
    verb.traits.has(VerbTrait::Noun).then_some(verb.role)
}

/// The first token of the sentence; in a very long sentence, the token `REACH * 4` before `at`.
fn sentence_start(r: &TokenCursor<'_>, at: usize) -> usize {
    (at.saturating_sub(REACH * 4)..at)
        .rev()
        .find(|place| r.ends_sentence(*place))
        .map_or(at.saturating_sub(REACH * 4), |p| p + 1)
}

/// The verbs that open a sentence, which are the deeds of the people named after them.
fn opening(r: &TokenCursor<'_>, start: usize, name: usize) -> Vec<VerbRole> {
    let mut out = Vec::new();
    let parted = name > 0 && r.is(name - 1, ',');
    if name.saturating_sub(start) > if parted { PARTED } else { REACH } || name == start {
        return out;
    }
    let mut at = start;
    if r.is_word(at, WITH) && r.hit(at, TableClass::Verb).is_none_or(|hit| hit.end == at + 1) {
        at += 1;
    }
    while at < name {
        let Some(role) = role_at(r, at) else { break };
        at = role.1;
        out.push(role.0);
        if r.is_word(at, AND) || r.is(at, ',') {
            at += 1;
        }
    }
    out
}

/// The verbs right behind the name and its posts, and those joined to them by `và` or a comma.
fn after(r: &TokenCursor<'_>, from: usize, next: usize) -> Vec<Role> {
    let mut out = Vec::new();
    let mut at = from;
    // The number of tokens within which a verb may still begin: three after the name; once a verb was found, only one
    // after `và` or a comma.
    let mut may_begin = 3;
    let mut passive = false;
    let limit = next.min(from + REACH);
    let others = |at: usize| at > 0 && r.is(at - 1, ',') && r.is_in(at, WordSet::OtherSubject);
    while at < limit && !r.ends_sentence(at) && !r.is(at, ';') && !r.is(at, ':') && !others(at) {
        if let Some((verb, end)) = role_at(r, at).filter(|_| may_begin > 0) {
            out.extend(done(verb, passive));
            at = end;
            may_begin = 0;
            continue;
        }
        // `Phó Giám đốc Trung tâm A, Bộ B trình bày`: skip the parent organisation.
        if out.is_empty()
            && r.is(at, ',')
            && r.is_capital(at + 1)
            && let Some(hit) = r.hit(at + 1, TableClass::Unit)
        {
            at = end_of(r, hit.end);
            may_begin = 3;
            continue;
        }
        passive |= r.is_word(at, PASSIVE);
        let joins = r.is_word(at, AND) || r.is(at, ',') || r.is_in(at, WordSet::BeforeVerb);
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

/// The role of a verb. Behind `được` (`passive`) a verb of giving means that the person receives something; other
/// passive verbs are no deed of the person: `None`.
fn done(verb: VerbRole, passive: bool) -> Option<Role> {
    if passive && verb.traits.has(VerbTrait::Giving) {
        return Some(Role { verb: RECEIVE, ..verb.role });
    }
    (!passive || !verb.traits.has(VerbTrait::Passive)).then_some(verb.role)
}

/// The verb of a role that begins at token `at`, and one past its last token; `None` if there is none.
fn role_at(r: &TokenCursor<'_>, at: usize) -> Option<(VerbRole, usize)> {
    let hit = r.hit(at, TableClass::Verb)?;
    let row = r.row(hit)?;
    let RowValue::Verb(VerbUse::Role, traits) = row.value else { return None };
    let honour = at > 0 && r.is_in(at - 1, WordSet::Honour);
    if hit.end == at + 1 && r.is_word(at, ATTEND) && (honour || r.is_in(hit.end, WordSet::NotAttending)) {
        return None;
    }
    let role = Role { verb: row.form(), span: r.span(at, hit.end) };
    Some((VerbRole { role, traits }, hit.end))
}
