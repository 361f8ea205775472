//! The verbs behind a name and its posts (`A chủ trì và phát biểu`): the first within a few words, the others behind
//! `và` or a comma. Of the clause that a verb opens (`A yêu cầu các đơn vị rà soát, kiểm tra …`) the verbs are those of
//! others; only what one says goes on with the person (`…, đồng thời nhấn mạnh`).

use super::super::cursor::TokenCursor;
use super::super::function_words::{AND, JOINTLY, PASSIVE, RECEIVE, WHO};
use super::super::lexicon::{PersonSign, TableClass, VerbTrait, WordSet};
use super::super::organisation_name::end_of;
use super::subject::ClausePart;
use super::verb::{VerbRole, is_noun, role_at};
use super::{REACH, Role};

/// The number of tokens within which the first verb may begin behind the name, or behind a sign that may stand there.
const FIRST: usize = 3;

/// The verbs of the person whose name and posts end before token `from`; `next` is where the next person begins.
pub(super) fn verbs(r: &TokenCursor<'_>, from: usize, next: usize, place: ClausePart) -> Vec<Role> {
    let mut reader = VerbReader {
        out: Vec::new(),
        may_begin: FIRST,
        passive: false,
        denied: false,
        clause: false,
        tells: false,
        last: from,
    };
    let limit = next.min(from + REACH);
    let mut at = from;
    while at < limit && place != ClausePart::NoDoer && !is_over(r, at, place) {
        let Some(after) = reader.step(r, at) else { break };
        at = after;
    }
    reader.out
}

/// Whether what follows at `at` is not the person's any more.
fn is_over(r: &TokenCursor<'_>, at: usize, place: ClausePart) -> bool {
    let others = at > 0 && r.is(at - 1, ',') && r.is_in(at, WordSet::OtherSubject);
    // `ông B` of whom the text has no full name
    let called = || {
        r.person_sign(at) == Some(PersonSign::Address)
            && r.hit(at, TableClass::Person).is_some_and(|hit| r.is_capital(hit.end))
    };
    // `A gặp B và nhấn mạnh`, but `A gặp B, người nhấn mạnh`
    let relative = || r.is(at, ',') && r.is_word(at + 1, WHO);
    let joined =
        || (r.is(at, ',') && !relative()) || r.is_word(at, AND) || (is_jointly(r, at) && role_at(r, at).is_none());
    r.ends_sentence(at)
        || r.is(at, ';')
        || r.is(at, ':')
        || others
        || called()
        || (place == ClausePart::Object && joined())
}

/// Reads the verbs one after the other.
struct VerbReader {
    out: Vec<Role>,
    /// The number of tokens within which a verb may still begin: three after the name; once a verb was found, only one
    /// after `và` or a comma.
    may_begin: usize,
    passive: bool,
    /// The words before the next verb say that it has not happened.
    denied: bool,
    /// A verb before opens a clause in which others act.
    clause: bool,
    /// The person only tells something (`cho biết`), and no role has been found: only `đồng thời` returns to them.
    tells: bool,
    /// One past the last verb; before there is one, where the name ends.
    last: usize,
}

impl VerbReader {
    /// Reads what begins at `at`. Returns the token to continue at, `None` if no verb of the person can follow.
    fn step(&mut self, r: &TokenCursor<'_>, at: usize) -> Option<usize> {
        if let Some(end) = r.set_end(at, WordSet::NoDenial) {
            self.may_begin = self.may_begin.saturating_sub(1);
            return Some(end);
        }
        if r.is_in(at, WordSet::NotDone) {
            if self.out.is_empty() {
                return None;
            }
            self.denied = true;
        }
        if r.is_saying(at) {
            // `A cho biết đã chỉ đạo …, đồng thời nhấn mạnh`
            let end = r.hit(at, TableClass::Verb)?.end;
            if !self.has_begun() {
                (self.last, self.tells, self.may_begin) = (end, true, 2);
            }
            self.clause = true;
            return Some(end);
        }
        if let Some((verb, end)) = role_at(r, at).filter(|_| self.may_begin > 0) {
            self.take(r, verb, at, end);
            return Some(end);
        }
        // `Phó Giám đốc Trung tâm A, Bộ B trình bày`: skip the parent organisation.
        if !self.has_begun()
            && r.is(at, ',')
            && r.is_capital(at + 1)
            && let Some(hit) = r.hit(at + 1, TableClass::Unit)
        {
            self.may_begin = FIRST;
            self.last = end_of(r, hit.end);
            return Some(self.last);
        }
        self.pass(r, at).then_some(at + 1)
    }

    /// Passes a word that is no verb of a role. `false` if no verb can follow.
    fn pass(&mut self, r: &TokenCursor<'_>, at: usize) -> bool {
        self.passive |= r.is_word(at, PASSIVE);
        let parts = r.is(at, ',') || r.is_word(at, AND);
        let joins = is_joint(r, at);
        let begun = self.has_begun();
        self.may_begin = match (joins, begun) {
            (true, true) => 1,
            (true, false) => FIRST,
            (false, _) => self.may_begin.min(FIRST).saturating_sub(1),
        };
        self.denied &= !parts;
        begun || joins || self.may_begin > 0
    }

    fn has_begun(&self) -> bool {
        !self.out.is_empty() || self.clause
    }

    /// Takes the verb at `at..end` if it is a deed of the person.
    fn take(&mut self, r: &TokenCursor<'_>, verb: VerbRole, at: usize, end: usize) {
        self.may_begin = 0;
        // `A cho biết đã ký`, `A lên tiếng khẳng định`, but `A cho biết báo cáo này …`
        let least = usize::from(self.tells && !verb.traits.has(VerbTrait::Says));
        let directly =
            (least..=FIRST).contains(&(at - self.last)) && (self.last..at).all(|between| is_joint(r, between));
        let goes_on = at >= 2 && is_jointly(r, at - 2);
        let is_said = verb.traits.has(VerbTrait::Says) && (goes_on || (!self.tells && is_parted(r, at)));
        let own = !self.clause || directly || is_said;
        if own && !self.denied && !is_noun(r, &verb, self.last, at, end) {
            self.tells = false;
            self.clause |= verb.traits.has(VerbTrait::Clause);
            self.out.extend(done(verb, self.passive));
            self.last = end;
        }
    }
}

/// Whether the token joins verbs, or stands between a name and its verb: `và`, a comma, `đã`.
fn is_joint(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_word(at, AND) || r.is(at, ',') || r.is_in(at, WordSet::BeforeVerb)
}

/// Whether the token is the first of `đồng thời`.
fn is_jointly(r: &TokenCursor<'_>, at: usize) -> bool {
    r.is_word(at, JOINTLY.trim_end())
}

/// Whether a comma or `và` is directly before the verb at `at`, or before its tense: in `Bộ A đã yêu cầu` another does
/// it.
fn is_parted(r: &TokenCursor<'_>, at: usize) -> bool {
    let parts = |at: usize| r.is(at, ',') || r.is_word(at, AND);
    let before = (1..=2).filter_map(|back| at.checked_sub(back)).find(|at| !r.is_in(*at, WordSet::BeforeVerb));
    before.is_some_and(parts)
}

/// The role of a verb. Behind `được` (`passive`) a verb of giving means that the person receives something; other
/// passive verbs are no deed of the person: `None`.
fn done(verb: VerbRole, passive: bool) -> Option<Role> {
    if passive && verb.traits.has(VerbTrait::Giving) {
        return Some(Role { verb: RECEIVE, ..verb.role });
    }
    (!passive || !verb.traits.has(VerbTrait::Passive)).then_some(verb.role)
}
