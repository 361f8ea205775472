//! The ranks that a promotion or demotion names, and whose they are (docs/domain.md §1.3): `từ Đại tá lên Thiếu tướng
//! cho A, B`, `A được thăng quân hàm Đại tá`, `giáng từ Đại tá xuống Thượng tá`.

use super::super::cursor::TokenCursor;
use super::super::function_words::{AND, ANY_GENERAL, CONSISTS_OF, FROM, PASSIVE, SUFFERS};
use super::super::lexicon::{EventVerb, TableClass, WordSet, rank as rank_named};
use super::receivers::receivers;
use super::{EventParty, EventSentence, EventWords};
use crate::report::StatedRank;

/// A new rank, and the old one if it is named.
pub struct RankChange {
    pub from: Option<StatedRank>,
    pub to: StatedRank,
    /// The tokens of the new rank.
    pub at: usize,
    pub end: usize,
}

/// The people whose rank changes. Behind `cho` or a colon they follow; else they are the subject, before the event's
/// words or, with `được` or `bị`, behind its comma. Another subject behind the comma gives the rank and does not
/// receive it: `Sau lễ thăng quân hàm Đại tá, Bộ trưởng A chúc mừng đồng chí B`.
pub fn rank_parties(
    r: &TokenCursor<'_>,
    words: EventWords,
    change: &RankChange,
    sentence: &EventSentence,
) -> Vec<EventParty> {
    if r.is_in(change.end, WordSet::RankGivenTo) || r.is(change.end, ':') {
        return receivers(r, change.end, sentence);
    }
    if let Some(list) = list_begin(r, change.end) {
        return receivers(r, list, sentence);
    }
    if !sentence.before.is_empty() {
        return sentence.subjects(r, words.at);
    }
    if !r.is(change.end, ',') {
        return receivers(r, change.end, sentence);
    }
    let passive = (words.at.saturating_sub(2)..words.end).any(|at| r.is_any(at, &[PASSIVE, SUFFERS]));
    match (passive, sentence.after.as_slice()) {
        (true, [first, ..]) => vec![*first],
        (false, [giver, receiver]) if (giver.to..receiver.from).any(|at| r.is_in(at, WordSet::Congratulates)) => {
            vec![*receiver]
        }
        _ => Vec::new(),
    }
}

/// The first token of the list that `gồm` leads to behind the new rank: `lên Thiếu tướng, gồm: ông A, P; ông B, Q`.
fn list_begin(r: &TokenCursor<'_>, from: usize) -> Option<usize> {
    let verb = if r.is(from, ',') { from + 1 } else { from };
    r.is_word(verb, CONSISTS_OF).then_some(verb + 1)
}

/// The person of a demotion whose old rank is written before the name, and the new rank behind it: `giáng cấp bậc hàm
/// Trung tướng A xuống Đại tá`.
pub fn lowered_person(
    r: &TokenCursor<'_>,
    words: EventWords,
    sentence: &EventSentence,
) -> Option<(EventParty, RankChange)> {
    let party = sentence.after.first().filter(|party| party.from == words.end)?;
    if !r.is_in(party.to, WordSet::RankDown) {
        return None;
    }
    let (to, end) = rank_at(r, party.to + 1)?;
    Some((*party, RankChange { from: party.rank, to, at: party.to + 1, end }))
}

/// `từ Đại tá lên Thiếu tướng`, `lên Thiếu tướng`, `Thiếu tướng`, within the next few words.
pub fn raise_at(r: &TokenCursor<'_>, after: usize) -> Option<RankChange> {
    let mut from = None;
    let mut at = after;
    // A rank farther away belongs to another clause.
    let stop = after + 16;
    while at < stop && !r.ends_sentence(at) {
        if let Some((said, end)) = rank_at(r, at) {
            if r.is_word(at.wrapping_sub(1), FROM) {
                from = Some(said);
                at = end;
                continue;
            }
            let named =
                r.is_capital(end) && r.hit(end, TableClass::Unit).is_none() && r.hit(end, TableClass::Post).is_none();
            return (!named).then_some(RankChange { from, to: said, at, end });
        }
        if r.is_in(at, WordSet::NoRankGiven) {
            return None;
        }
        at += 1;
    }
    None
}

/// The rank that begins at a token, if it is a grade.
fn rank_at(r: &TokenCursor<'_>, at: usize) -> Option<(StatedRank, usize)> {
    let hit = r.hit(at, TableClass::Rank)?;
    let rank = rank_named(r.row(hit)?.form()).filter(|rank| rank.order >= 10 && rank.name != ANY_GENERAL)?;
    Some((StatedRank { rank, span: r.span(at, hit.end) }, hit.end))
}

/// Whether the words at `at` go on a list of ends of office that is only proposed: `sẽ miễn nhiệm P với ông A; miễn
/// nhiệm Q với ông B`. `start` is where the sentence begins.
pub fn continues_proposal(r: &TokenCursor<'_>, start: usize, at: usize) -> bool {
    let joined = r.is(at.wrapping_sub(1), ';') || r.is(at.wrapping_sub(1), ',') || r.is_word(at.wrapping_sub(1), AND);
    joined && (start..at).any(|before| r.event(before) == Some(EventVerb::Ceased) && is_proposed(r, before))
}

/// Whether the promotion is only proposed: `đề nghị truy thăng quân hàm`.
pub fn is_proposed(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=4).any(|back| at >= back && r.is_in(at - back, WordSet::Proposed))
}
