//! Whether two groups of mentions of one name can be one person, and how likely: contradictions part them, what
//! continues joins them (docs/domain.md §0.5 to §0.9, §7.1). The figures are judgements of experts of the field put
//! into percent; what is below `Judgement::SURE` is listed for review.

use super::facts::MentionFacts;
use super::group::MentionGroup;
use super::reason::{RankOnDay, Reason, ReasonKind};
use crate::text::fold::fold;

/// Papers keep an old rank or post for some weeks after it changed.
const GRACE: i64 = 62;
/// A year in the measure of `facts::days`.
const YEAR: i64 = 372;

/// What speaks for or against one person, and how strongly in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightedReason {
    pub reason: Reason,
    pub confidence: u8,
}

fn finding(confidence: u8, because: ReasonKind) -> WeightedReason {
    WeightedReason { reason: because.into(), confidence }
}

/// How two neighbouring mentions in time go together.
enum NeighbourFit {
    Fits,
    /// Odd, yet possible.
    Odd,
    No(WeightedReason),
}

/// Why the two cannot be one person; otherwise how many oddities there are between them. `tied` says that they share
/// a post that few hold.
pub fn contradiction(
    facts: &[MentionFacts<'_>],
    a: &MentionGroup<'_>,
    b: &MentionGroup<'_>,
    tied: bool,
) -> Result<u8, WeightedReason> {
    if a.reports.iter().any(|report| b.reports.contains(report)) {
        return Err(finding(99, ReasonKind::OneReport));
    }
    let odd_country = country(facts, a, b, tied)?;
    if let Some(no) = two_places_at_once(a, b) {
        return Err(no);
    }
    let (few, many) = if a.members.len() <= b.members.len() { (a, b) } else { (b, a) };
    let mut odd = odd_country;
    for number in few.with_rank() {
        let (before, after) = many.ranked_around(number);
        let capped = many.capped_after(number);
        for (earlier, later) in
            [before.map(|n| (n, number)), after.map(|n| (number, n)), capped.map(|n| (number, n))].into_iter().flatten()
        {
            let (Some(earlier), Some(later)) = (facts.get(earlier), facts.get(later)) else { continue };
            match rank_step(earlier, later, tied) {
                NeighbourFit::Fits => {}
                NeighbourFit::Odd => odd = odd.saturating_add(1),
                NeighbourFit::No(why) => return Err(why),
            }
        }
    }
    Ok(odd)
}

fn country(
    facts: &[MentionFacts<'_>],
    a: &MentionGroup<'_>,
    b: &MentionGroup<'_>,
    tied: bool,
) -> Result<u8, WeightedReason> {
    match (a.country, b.country) {
        (Some(x), Some(y)) if fold(x) != fold(y) => Err(finding(95, ReasonKind::Countries(x.to_owned(), y.to_owned()))),
        (Some(land), None) | (None, Some(land)) if !tied => {
            let native = if a.country.is_none() { a } else { b };
            let placed =
                native.has_rank() || native.members.iter().any(|&n| facts.get(n).is_some_and(|f| !f.works.is_empty()));
            if placed { Err(finding(80, ReasonKind::Foreign(land.to_owned()))) } else { Ok(1) }
        }
        _ => Ok(0),
    }
}

/// Two full-time posts in units that have nothing to do with each other, held over the same time.
fn two_places_at_once(a: &MentionGroup<'_>, b: &MentionGroup<'_>) -> Option<WeightedReason> {
    let related = |x: &crate::officials::unit::UnitPath, y: &crate::officials::unit::UnitPath| {
        x.related(y) || x.is_generic() || y.is_generic()
    };
    if a.works.iter().any(|x| b.works.iter().any(|y| related(&x.unit, &y.unit))) {
        return None;
    }
    let at_once = a.works.iter().find_map(|x| {
        b.works
            .iter()
            .find(|y| {
                let shared = x.last.min(y.last) - x.first.max(y.first);
                let inside = (x.first < y.first && y.last < x.last) || (y.first < x.first && x.last < y.last);
                let one_day = x.first == x.last && (x.first, x.last) == (y.first, y.last);
                shared > GRACE || inside || one_day
            })
            .map(|y| (x, y))
    });
    at_once.map(|(x, y)| finding(90, ReasonKind::TwoPlaces(x.unit.to_string(), y.unit.to_string())))
}

fn rank_step(earlier: &MentionFacts<'_>, later: &MentionFacts<'_>, tied: bool) -> NeighbourFit {
    let Some(from) = earlier.grade else { return NeighbourFit::Fits };
    let apart = later.day - earlier.day;
    let Some(to) = later.grade else {
        let low = later.ceiling.is_some_and(|highest| highest < from);
        let post = later.works.first().map_or_else(String::new, |p| p.head.clone());
        return if low {
            NeighbourFit::No(finding(75, ReasonKind::PostTooLow { rank: rank_name(earlier), post }))
        } else {
            NeighbourFit::Fits
        };
    };
    let steps = i64::from(to.abs_diff(from));
    if to < from {
        let fell = || ReasonKind::RankFell { later: rank_on_day(later), earlier: rank_on_day(earlier) };
        return match () {
            () if later.demoted => NeighbourFit::Fits,
            () if steps == 1 && apart <= GRACE => NeighbourFit::Odd,
            () if fell().has_inferred_day() => {
                if tied {
                    NeighbourFit::Odd
                } else {
                    NeighbourFit::No(finding(50, fell()))
                }
            }
            () => NeighbourFit::No(finding(85, fell())),
        };
    }
    match steps {
        // Four years is the rule between two ranks, one the least ever met (docs/domain.md §1.1, §7.1).
        2.. if apart < (steps - 1) * YEAR + YEAR / 2 => {
            if tied {
                NeighbourFit::Odd
            } else {
                NeighbourFit::No(finding(70, ReasonKind::RoseTooFast { steps, months: apart / 31 }))
            }
        }
        2.. if apart < steps * 2 * YEAR => NeighbourFit::Odd,
        _ => NeighbourFit::Fits,
    }
}

fn rank_name(fact: &MentionFacts<'_>) -> &'static str {
    fact.seen.said.rank.map_or("", |seen| seen.rank.name)
}

fn rank_on_day(fact: &MentionFacts<'_>) -> RankOnDay {
    RankOnDay { rank: rank_name(fact), when: fact.seen.head.dated() }
}

/// What speaks for one person, where nothing speaks against it.
pub fn support(facts: &[MentionFacts<'_>], a: &MentionGroup<'_>, b: &MentionGroup<'_>) -> WeightedReason {
    if let Some(post) = a.shared_post(b) {
        return finding(95, ReasonKind::SamePost(shown(&post)));
    }
    let former_of = |x: &MentionGroup<'_>, y: &MentionGroup<'_>| {
        x.former.iter().find(|f| y.ties.iter().any(|t| f.same_post(t))).cloned()
    };
    if let Some(post) = former_of(a, b).or_else(|| former_of(b, a)) {
        return finding(95, ReasonKind::HeldBefore(shown(&post)));
    }
    for x in &a.works {
        for y in &b.works {
            if x.unit.same(&y.unit) || x.unit.within(&y.unit) || y.unit.within(&x.unit) {
                return finding(85, ReasonKind::SameUnit(x.unit.to_string()));
            }
            if x.unit.became(&y.unit) {
                return finding(85, ReasonKind::UnitBecame(x.unit.to_string(), y.unit.to_string()));
            }
        }
    }
    if let Some(found) = bare(facts, a, b).or_else(|| bare(facts, b, a)) {
        return found;
    }
    moved(facts, a, b)
}

/// A mention without a post of its own.
fn bare(facts: &[MentionFacts<'_>], bare: &MentionGroup<'_>, other: &MentionGroup<'_>) -> Option<WeightedReason> {
    if !bare.works.is_empty() {
        return None;
    }
    let of_unit = bare
        .members
        .iter()
        .filter_map(|&n| facts.get(n)?.report_unit.as_ref())
        .find(|unit| other.works.iter().any(|w| w.unit.same(unit) || w.unit.within(unit) || unit.within(&w.unit)));
    if let Some(unit) = of_unit {
        return Some(finding(85, ReasonKind::InUnitReport(unit.to_string())));
    }
    if bare.members.iter().any(|&n| facts.get(n).is_some_and(|f| f.foreign_name)) {
        return Some(finding(85, ReasonKind::RareName));
    }
    let both_ranked = bare.has_rank() && other.has_rank();
    Some(if both_ranked {
        finding(70, ReasonKind::NoPostRanksAgree)
    } else {
        finding(55, ReasonKind::NoPostNothingAgainst)
    })
}

/// Different units, one after the other: a transfer, or another person.
fn moved(facts: &[MentionFacts<'_>], a: &MentionGroup<'_>, b: &MentionGroup<'_>) -> WeightedReason {
    let (before, after) = if a.first() <= b.first() { (a, b) } else { (b, a) };
    let fact = |n: Option<usize>| n.and_then(|n| facts.get(n));
    let high = |g: &MentionGroup<'_>| g.ties.iter().any(|t| t.high);
    let last = fact(before.members.last().copied());
    let rank_before = fact(before.ranked_around(usize::MAX).0);
    let gap = fact(after.members.first().copied()).zip(last).map_or(0, |(x, y)| x.day - y.day);
    let long = u8::from(gap > 5 * YEAR) * 10;
    match (rank_before, after.has_rank()) {
        (Some(_), true) => finding(70 - long, ReasonKind::MovedRanksAgree),
        (Some(f), false) if f.grade >= Some(15) && high(after) => {
            finding(65 - long, ReasonKind::GeneralTookCivilianPost)
        }
        (None, false) if high(before) && high(after) => finding(60 - long, ReasonKind::HighPostAfterHighPost),
        (None, true) => finding(30, ReasonKind::OfficialThenOfficer),
        _ => finding(45, ReasonKind::OnlyTheName),
    }
}

fn shown(post: &crate::officials::post::PostKey) -> String {
    post.unit.as_ref().map_or_else(|| post.head.clone(), |unit| format!("{} {unit}", post.head))
}
