//! The roles of people at the event, by the verbs of verbs.tsv marked `role`. There are three patterns:
//!
//! - The verb follows the name and its posts (`A chủ trì và phát biểu`). It is then also the deed of the people in a
//!   row before it (`A và B đồng chủ trì`).
//! - The verb precedes the name (`Phát biểu kết luận, A …`, `tham luận của A`). It can then be the deed of a whole list
//!   (`Dự hội nghị có A; B`).
//! - A person to whom something is given receives it (`trao thưởng cho A`, `A được tặng …`).
//!
//! A verb is nobody's deed if it has not happened (`chưa khẳng định`, `sẽ thăm`), if it is part of another word or a
//! noun (`verb`), or if the words show that another one of the sentence is its subject (`subject`).

mod behind_name;
mod subject;
mod verb;

use super::cursor::TokenCursor;
use super::function_words::{AND, JOINTLY, OF, RECEIVE, WITH};
use super::lexicon::{TableClass, VerbTrait, WordSet};
use super::people_of_text::PeopleOfText;
use super::sighting::Sighting;
use crate::report::Role;
use subject::{ClausePart, is_of_family, part_of};
use verb::{VerbRole, role_at};

/// The most tokens between a name and a verb behind it.
const REACH: usize = 24;

/// The most tokens between a verb and the name after it if a comma is between them: `Tham luận “…”, A`.
const PARTED: usize = 80;

/// The most people of one list who get its verb.
const LIST: usize = 120;

/// What stands between two people of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    Comma,
    Semicolon,
    /// A word that joins: `và`, `cùng`.
    Word,
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
    place: ClausePart,
    /// Whether a semicolon follows. A verb behind the row does not reach back over it.
    semicolon: bool,
}

/// The verbs that open a sentence, and the people of the sentence so far.
#[derive(Default)]
struct SentenceOpening {
    start: usize,
    verbs: Vec<VerbRole>,
    /// One past the last of the verbs.
    end: usize,
    /// How many people there were who may have the verbs.
    listed: usize,
}

/// Gives all people their roles, in the order of the text and each verb once.
pub fn roles(r: &TokenCursor<'_>, sightings: &[Sighting], people: &mut PeopleOfText) {
    let mut opening = SentenceOpening::default();
    let mut row = PendingList::default();
    let mut before: Option<&Sighting> = None;
    for (number, sighting) in sightings.iter().enumerate().filter(|(_, sighting)| !sighting.served) {
        let sentence = sentence_start(r, sighting.from);
        if sentence != opening.start || number == 0 {
            opening = SentenceOpening::at(r, sentence, sighting.from);
        }
        let Some(person) = people.places.get(&sighting.name.start).map(|mention| mention.person) else { continue };
        let joint = before.and_then(|before| joint(r, before.to, sighting.from));
        before = Some(sighting);
        let place = row.part_of_next(r, &opening, joint, sighting);
        match (joint, row.people.last_mut()) {
            (Some(joint), Some(last)) if last.place == place => {
                last.semicolon = joint == Joint::Semicolon;
            }
            _ => row = PendingList { people: Vec::new(), received: received(r, opening.start, sighting) },
        }
        let next = sightings.iter().skip(number + 1).find(|next| !next.served).map_or(usize::MAX, |next| next.from);
        let said = behind_name::verbs(r, sighting.to, next, place);
        let mut found: Vec<Role> = row.received.iter().cloned().collect();
        if found.is_empty() && place == ClausePart::Subject && opening.reaches(r, sighting, !said.is_empty()) {
            found.extend(opening.verbs.iter().map(|verb| verb.role.clone()));
        }
        found.extend(noun_of(r, sighting.from));
        opening.listed += usize::from(place == ClausePart::Subject);
        if !said.is_empty() {
            give_row(r, &row, &said, opening.is_of_list(), people);
            row = PendingList::default();
        }
        row.people.push(PendingPerson { person, place, semicolon: false });
        found.extend(said);
        give(people, person, found);
    }
}

impl PendingList {
    /// The place of the person `next`, whom `joint` joins to the row. `A và B` are in one place. Behind a comma
    /// the object of an opening clause gives way to the subject (`Sau khi gặp B, A`), if the sentence has none before.
    fn part_of_next(
        &self,
        r: &TokenCursor<'_>,
        opening: &SentenceOpening,
        joint: Option<Joint>,
        next: &Sighting,
    ) -> ClausePart {
        let last = joint.and_then(|joint| Some((joint, self.people.last()?.place)));
        match last {
            Some((joint, place)) if joint == Joint::Word || self.received.is_some() => place,
            Some((_, place)) if place != ClausePart::Subject && opening.listed > 0 => ClausePart::Object,
            _ => part_of(r, opening.start, next.from, next.name.start),
        }
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

/// What joins two people of a row; `None` if something else than commas, semicolons, `và` or `cùng` is between them.
fn joint(r: &TokenCursor<'_>, from: usize, to: usize) -> Option<Joint> {
    let is_word = |at: usize| r.is_in(at, WordSet::RowJoin);
    let joins = |at: usize| r.is(at, ',') || r.is(at, ';') || is_word(at);
    if from >= to || to - from > 3 || !(from..to).all(joins) {
        return None;
    }
    Some(if (from..to).any(|at| r.is(at, ';')) {
        Joint::Semicolon
    } else if (from..to).any(is_word) {
        Joint::Word
    } else {
        Joint::Comma
    })
}

/// The role of receiving, from `trao thưởng cho A` or `tặng hoa cho các đồng chí: A`.
fn received(r: &TokenCursor<'_>, start: usize, sighting: &Sighting) -> Option<Role> {
    let mut at = sighting.from.checked_sub(1)?;
    if r.is(at, ':') {
        at = at.checked_sub(1)?;
    }
    // `cho các đồng chí: A`
    at = (0..=3).filter_map(|back| at.checked_sub(back)).find(|at| r.is_in(*at, WordSet::GivenToPerson))?;
    // `cho gia đình ông A`, `cho liệt sĩ A`
    let fallen = |word: usize| r.is_in(word, WordSet::Fallen);
    if is_of_family(r, at + 1, sighting.name.start) || (at + 1..sighting.name.start).any(fallen) {
        return None;
    }
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

impl SentenceOpening {
    /// The verbs that open the sentence at `start`, which are the deeds of the people named after them, the first of
    /// them at token `name`.
    fn at(r: &TokenCursor<'_>, start: usize, name: usize) -> Self {
        let mut out = Self { start, end: start, ..Self::default() };
        let parted = name > 0 && r.is(name - 1, ',');
        if name.saturating_sub(start) > if parted { PARTED } else { REACH } || name == start {
            return out;
        }
        let mut at = start;
        if r.is_word(at, WITH) && r.hit(at, TableClass::Verb).is_none_or(|hit| hit.end == at + 1) {
            at += 1;
        }
        while at < name {
            let Some((role, end)) = role_at(r, at) else { break };
            (at, out.end) = (end, end);
            out.verbs.push(role);
            if r.is_word(at, AND) || r.is(at, ',') {
                at += 1;
            }
        }
        out
    }

    fn is_of_list(&self) -> bool {
        self.verbs.iter().any(|verb| verb.traits.has(VerbTrait::List))
    }

    /// Whether the verbs are those of the person: the first one behind them, or, of a list, any. A comma, a colon or
    /// `có` must part the name from the object of the verb, or the name have a verb of its own (`with_verb`): in `Kiểm
    /// tra giấy tờ của A`, `Chứng kiến A làm` somebody else does it.
    fn reaches(&self, r: &TokenCursor<'_>, sighting: &Sighting, with_verb: bool) -> bool {
        const TAIL: usize = 3;
        if self.verbs.is_empty() || self.listed > if self.is_of_list() { LIST } else { 0 } {
            return false;
        }
        let between = self.end..sighting.from;
        let leads = |at: usize| r.is(at, ':') || r.is_in(at, WordSet::NoObject);
        let other = |at: usize| [TableClass::Verb, TableClass::Unit].iter().any(|class| r.hit(at, *class).is_some());
        let comma = between.clone().rev().find(|at| r.is(*at, ','));
        let parted =
            comma.is_some_and(|comma| sighting.from <= comma + 1 + TAIL && !(comma + 1..sighting.from).any(other));
        parted || between.clone().any(leads) || with_verb || r.is_saying(sighting.to)
    }
}
