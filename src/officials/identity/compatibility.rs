//! Compares two groups of observations of one name: `contradiction` decides whether they can be one person, `support`
//! how much evidence there is for it (docs/domain.md §0.5 to §0.9, §7.1). The percentages are estimates by people who
//! know the field and are not measured. A judgement below `IdentityJudgement::SURE` is listed for review, so only the
//! order of the percentages and that threshold matter.

use super::observation_facts::ObservationFacts;
use super::observation_group::{ObservationGroup, UnitService};
use super::reason::{RankOnDay, Reason, ReasonKind};
use super::service::Service;
use crate::officials::post::PostKey;
use crate::officials::post_words::PostWords;
use crate::officials::unit::UnitPath;
use crate::report::{Dated, Day};
use crate::text::fold::fold;

/// Papers keep printing an old rank or post for some weeks after it changed, so contradictions within this many months
/// do not count.
const GRACE_MONTHS: i16 = 2;
/// After more months than this without an observation, a continued career is less likely.
const LONG_GAP_MONTHS: i16 = 5 * 12;
/// The grade of Thiếu tướng (major general): `Rank::order` 150.
const LOWEST_GENERAL: u16 = 15;

/// The reason why two groups are one person or two, and its confidence in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightedReason {
    pub reason: Reason,
    pub confidence: u8,
}

fn finding(confidence: u8, because: ReasonKind) -> WeightedReason {
    WeightedReason { reason: because.into(), confidence }
}

/// Whether two observations that are neighbours in time can be one person.
enum NeighbourFit {
    Fits,
    Odd,
    Contradicts(WeightedReason),
}

/// Returns the number of oddities between the two groups; an error with the reason if they cannot be one person. If
/// they share a post that few people hold (`tied`), some contradictions only count as oddities, because an error in one
/// report is then more likely than two people of one name in one post.
///
/// Ranks are compared only between neighbours in time:
///
/// ```text
/// few     ─────────5──────────────      5 is compared with its neighbours 3 and 8 of the other group,
/// many    0──2──3─────8──9──12────      not with 0, 2, 9 and 12
/// ```
///
/// That is enough, because the ranks within each group have been compared before. It costs one binary search for each
/// observation of the smaller group.
pub fn contradiction(
    facts: &[ObservationFacts<'_>],
    a: &ObservationGroup<'_>,
    b: &ObservationGroup<'_>,
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
                NeighbourFit::Contradicts(why) => return Err(why),
            }
        }
    }
    Ok(odd)
}

/// Compares the countries. Two different ones are a contradiction. If only one group has a country and they are not
/// `tied`, that is a contradiction if the other group serves in a unit of which no text says that it is foreign, else
/// an oddity. A foreign name needs no country: it is seldom shared, and many reports name a president without his
/// country.
fn country(
    facts: &[ObservationFacts<'_>],
    a: &ObservationGroup<'_>,
    b: &ObservationGroup<'_>,
    tied: bool,
) -> Result<u8, WeightedReason> {
    match (a.country, b.country) {
        (Some(x), Some(y)) if fold(x) != fold(y) => Err(finding(95, ReasonKind::Countries(x.to_owned(), y.to_owned()))),
        (Some(land), None) | (None, Some(land)) if !tied => {
            let (foreigner, native) = if a.country.is_none() { (b, a) } else { (a, b) };
            let short = foreigner.short_post(native).or_else(|| native.short_post(foreigner)).is_some();
            // A name in Vietnamese syllables, and the offices of that country around it.
            let near = native.country_nearby.is_some_and(|near| fold(near) == fold(land));
            match (short || near || has_foreign_name(facts, native), native.works.is_empty()) {
                (true, _) => Ok(0),
                (false, true) => Ok(1),
                (false, false) => Err(finding(80, ReasonKind::Foreign(land.to_owned()))),
            }
        }
        _ => Ok(0),
    }
}

/// Returns a contradiction if the groups hold full-time posts in unrelated units at the same time. One pair of related
/// units rules it out, because a person can hold posts in several units: a Tổng Tham mưu trưởng is also a Thứ trưởng.
fn two_places_at_once(a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> Option<WeightedReason> {
    let pairs = || a.works.iter().flat_map(|x| b.works.iter().map(move |y| (x, y)));
    if pairs().any(|(x, y)| could_be_related(&x.unit, &y.unit)) {
        return None;
    }
    let (x, y) = pairs().find(|(x, y)| at_the_same_time(x, y))?;
    Some(finding(90, ReasonKind::TwoPlaces(x.unit.to_string(), y.unit.to_string())))
}

/// Whether the two units may be related. A unit without a number or place (`Sư đoàn`) could be any unit of its kind,
/// and the units of a ministry of armed forces are seldom said to be its.
fn could_be_related(x: &UnitPath, y: &UnitPath) -> bool {
    let any = |unit: &UnitPath| unit.is_generic() || PostWords::ForceMinistry.contains(unit.name());
    x.related(y) || any(x) || any(y)
}

/// Whether two periods of service overlap by more than the delay of the press explains: by more than `GRACE_MONTHS`,
/// one strictly inside the other, or both seen only on one and the same day. False if one is not dated.
fn at_the_same_time(x: &UnitService, y: &UnitService) -> bool {
    let (Some(x), Some(y)) = (x.seen, y.seen) else { return false };
    let (overlap_start, overlap_end) = (x.first.max(y.first), x.last.min(y.last));
    let inside = (x.first < y.first && y.last < x.last) || (y.first < x.first && x.last < y.last);
    let same_single_day = x.first == x.last && (x.first, x.last) == (y.first, y.last);
    overlap_end > overlap_start.plus_months(GRACE_MONTHS) || inside || same_single_day
}

/// Whether the rank of the later observation can follow that of the earlier one.
fn rank_step(earlier: &ObservationFacts<'_>, later: &ObservationFacts<'_>, tied: bool) -> NeighbourFit {
    let (Some(from), Some(before), Some(after)) = (earlier.grade, earlier.day, later.day) else {
        return NeighbourFit::Fits;
    };
    let Some(to) = later.grade else {
        let low = later.ceiling.is_some_and(|highest| highest < from);
        let post = later.posts.works.first().map_or_else(String::new, |p| p.head.clone());
        return if low {
            NeighbourFit::Contradicts(finding(75, ReasonKind::PostTooLow { rank: rank_name(earlier), post }))
        } else {
            NeighbourFit::Fits
        };
    };
    if to < from {
        if later.demoted {
            return NeighbourFit::Fits;
        }
        let rank_on = |fact: &ObservationFacts<'_>, when: Dated| RankOnDay { rank: rank_name(fact), when };
        fall(rank_on(earlier, before), rank_on(later, after), from - to, tied)
    } else {
        rise(before.day, after.day, to - from, tied)
    }
}

/// Judges a later rank that is `steps` grades lower.
fn fall(earlier: RankOnDay, later: RankOnDay, steps: u16, tied: bool) -> NeighbourFit {
    if tied && steps <= 2 {
        return NeighbourFit::Odd;
    }
    if steps == 1 && later.when.day <= earlier.when.day.plus_months(GRACE_MONTHS) {
        return NeighbourFit::Odd;
    }
    let fell = ReasonKind::RankFell { later, earlier };
    match (fell.has_inferred_day(), tied) {
        (true, true) => NeighbourFit::Odd,
        (true, false) => NeighbourFit::Contradicts(finding(50, fell)),
        (false, _) => NeighbourFit::Contradicts(finding(85, fell)),
    }
}

/// Judges a later rank that is the same or `steps` grades higher. Four years is the rule between two ranks, one year
/// the shortest time ever seen (docs/domain.md §1.1, §7.1). One step is always possible, because the earlier rank may
/// have been about to end. Several steps in less than (steps × 12 − 6) months are a contradiction, in less than two
/// years a step an oddity.
fn rise(earlier: Day, later: Day, steps: u16, tied: bool) -> NeighbourFit {
    if steps < 2 {
        return NeighbourFit::Fits;
    }
    let months = i16::try_from(steps).unwrap_or(i16::MAX).saturating_mul(12);
    if later < earlier.plus_months(months - 6) {
        if tied {
            return NeighbourFit::Odd;
        }
        let months = i64::from(later.months_since(earlier));
        return NeighbourFit::Contradicts(finding(70, ReasonKind::RoseTooFast { steps: i64::from(steps), months }));
    }
    if later < earlier.plus_months(months.saturating_mul(2)) { NeighbourFit::Odd } else { NeighbourFit::Fits }
}

fn rank_name(fact: &ObservationFacts<'_>) -> &'static str {
    fact.seen.statement.rank.map_or("", |seen| seen.rank.name)
}

/// Returns the best evidence that the two groups are one person, given that `contradiction` found none against it. The
/// rules are tried from the strongest to the weakest; the first that applies decides.
pub fn support(facts: &[ObservationFacts<'_>], a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> WeightedReason {
    if let Some(post) = a.shared_post(b) {
        return finding(95, ReasonKind::SamePost(shown(&post)));
    }
    if let Some(post) = held_before(a, b).or_else(|| held_before(b, a)) {
        return finding(95, ReasonKind::HeldBefore(shown(post)));
    }
    if let Some(found) = same_unit(a, b) {
        return found;
    }
    if let Some(post) = a.seats.iter().find(|own| b.seats.iter().any(|other| own.same_post(other))) {
        return finding(75, ReasonKind::SamePost(shown(post)));
    }
    if let Some(found) = short_post(a, b) {
        return found;
    }
    if let Some(found) = no_post(facts, a, b).or_else(|| no_post(facts, b, a)) {
        return found;
    }
    let country = |group: &ObservationGroup<'_>| group.country.or(group.country_nearby).map(fold);
    if let (Some(own), Some(_)) = (a.country.or(b.country), country(a).filter(|own| country(b).as_ref() == Some(own))) {
        return finding(75, ReasonKind::SameCountry(own.to_owned()));
    }
    both_accused(a, b).unwrap_or_else(|| moved(facts, a, b))
}

/// Returns the evidence that both are accused of a crime and are or were of one service: the police, the army,
/// companies, or schools. Few of them are accused at all, and the press calls an accused by the post of any time.
fn both_accused(a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> Option<WeightedReason> {
    let services = |group: &ObservationGroup<'_>| -> Vec<Service> {
        let all = group.stated_posts().map(Service::of);
        all.filter(|service| !matches!(service, Service::State | Service::Association)).collect()
    };
    let (of_a, of_b) = (services(a), services(b));
    let one_service = of_a.iter().any(|own| of_b.contains(own));
    (a.accused && b.accused && one_service).then(|| finding(58, ReasonKind::BothAccused))
}

/// Returns the evidence that both serve in one unit, or that the unit of the one became that of the other. A province
/// is no such unit for those who serve in its police or its schools, only for those who lead it.
fn same_unit(a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> Option<WeightedReason> {
    let within = |x: &UnitPath, y: &UnitPath| !y.is_place() && x.within(y);
    let mut full_time = units_of(a).flat_map(|x| units_of(b).map(move |y| (x, y)));
    let found = full_time.find_map(|(x, y)| {
        if x.same(y) || within(x, y) || within(y, x) {
            Some(finding(85, ReasonKind::SameUnit(x.to_string())))
        } else if x.became(y) {
            Some(finding(85, ReasonKind::UnitBecame(x.to_string(), y.to_string())))
        } else {
            None
        }
    });
    found.or_else(|| side_post_in(a, b)).or_else(|| side_post_in(b, a))
}

/// Returns the evidence that the one holds a side post in a unit in which the other serves (a spokesman, who heads a
/// section). A seat in a committee of the whole country says nothing of the unit.
fn side_post_in(side: &ObservationGroup<'_>, other: &ObservationGroup<'_>) -> Option<WeightedReason> {
    let units = side.stated_posts().filter(|post| !post.full_time && !post.high).filter_map(|post| post.unit.as_ref());
    let related = |unit: &UnitPath, work: &UnitPath| {
        work.same(unit) || (!unit.is_place() && work.within(unit)) || (!work.is_place() && unit.within(work))
    };
    let serves = |unit: &&UnitPath| units_of(other).any(|work| related(unit, work));
    let unit = units.filter(|unit| !is_of_whole_country(unit)).find(serves)?;
    Some(finding(75, ReasonKind::SameUnit(unit.to_string())))
}

/// The units in which a group serves or served full-time.
fn units_of<'g>(group: &'g ObservationGroup<'_>) -> impl Iterator<Item = &'g UnitPath> + Clone {
    group.stated_posts().filter(|post| post.full_time).filter_map(|post| post.unit.as_ref())
}

fn is_of_whole_country(unit: &UnitPath) -> bool {
    PostWords::SpansCountry.words().iter().any(|words| unit.name().contains(words.as_str()))
}

/// Returns the evidence of a post that leaves out which it is (`Bộ trưởng`): the other group holds it in full (`Bộ
/// trưởng Bộ Y tế`), or holds the same one without saying which either.
fn short_post(a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> Option<WeightedReason> {
    if let Some(post) = a.short_post(b).or_else(|| b.short_post(a)) {
        return Some(finding(80, ReasonKind::ShortForPost(shown(&post))));
    }
    let same = a.bare.iter().find(|own| b.bare.iter().any(|other| own.same_post(other)));
    let same = same.filter(|_| a.is_bare() && b.is_bare())?;
    Some(finding(65, ReasonKind::ShortForPost(shown(same))))
}

/// Returns a former post of the group `former` that `holder` holds or held; `None` if there is none.
fn held_before<'g>(former: &'g ObservationGroup<'_>, holder: &ObservationGroup<'_>) -> Option<&'g PostKey> {
    former.former.iter().find(|post| holder.ties.iter().any(|held| post.same_post(held))).map(AsRef::as_ref)
}

/// Returns the evidence that the group `bare`, which has no post, belongs to `other`; `None` if `bare` has a post.
fn no_post(
    facts: &[ObservationFacts<'_>],
    bare: &ObservationGroup<'_>,
    other: &ObservationGroup<'_>,
) -> Option<WeightedReason> {
    if !bare.has_no_post() {
        return None;
    }
    let of_unit = bare
        .members
        .iter()
        .filter_map(|&n| facts.get(n)?.report_unit.as_deref())
        .find(|unit| other.works.iter().any(|w| w.unit.same(unit) || w.unit.within(unit) || unit.within(&w.unit)));
    if let Some(unit) = of_unit {
        return Some(finding(85, ReasonKind::InUnitReport(unit.to_string())));
    }
    if has_foreign_name(facts, bare) {
        return Some(finding(85, ReasonKind::RareName));
    }
    Some(match (bare.has_rank(), other.has_rank()) {
        (true, true) if ranks_agree(bare, other) => finding(70, ReasonKind::NoPostRanksAgree),
        // An officer, and somebody in no armed service of whom no report gives a rank.
        (true, false) if !serves_in(other, &[Service::Army, Service::Police]) => finding(45, ReasonKind::OnlyTheName),
        (true, true) => finding(45, ReasonKind::OnlyTheName),
        _ => finding(55, ReasonKind::NoPostNothingAgainst),
    })
}

fn has_foreign_name(facts: &[ObservationFacts<'_>], group: &ObservationGroup<'_>) -> bool {
    group.members.first().and_then(|&n| facts.get(n)).is_some_and(|fact| fact.foreign_name)
}

/// Whether the ranks of two groups, which do not contradict each other in time, are evidence: both have days, so that
/// the one can have followed the other, or one rank is the same.
fn ranks_agree(a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> bool {
    (a.has_dated_rank() && b.has_dated_rank()) || !a.grades.is_disjoint(&b.grades)
}

/// Whether two groups with ranks are of the army, and have days by which their ranks were compared.
fn are_soldiers(a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> bool {
    a.has_dated_rank()
        && b.has_dated_rank()
        && [a, b].into_iter().any(|group| serves_in(group, &[Service::Army]))
        && ![a, b].into_iter().any(|group| serves_in(group, &[Service::Police]))
}

fn serves_in(group: &ObservationGroup<'_>, services: &[Service]) -> bool {
    group.stated_posts().any(|post| services.contains(&Service::of(post)))
}

/// Whether people move from the one service to the other: it is the same one; or high officials and generals move
/// between the State and the armed services. Of those with ranks only an army and a police differ: an academy, a ship
/// or a company is then of the army, whose name its own may leave out.
fn services_agree(a: &ObservationGroup<'_>, b: &ObservationGroup<'_>, high: bool) -> bool {
    if a.has_rank() && b.has_rank() {
        let differ = |one, other| serves_in(one, &[Service::Army]) && serves_in(other, &[Service::Police]);
        return !differ(a, b) && !differ(b, a);
    }
    let of = |group: &ObservationGroup<'_>| -> Vec<Service> { group.stated_posts().map(Service::of).collect() };
    let (of_a, of_b) = (of(a), of(b));
    let state = |own: &[Service], other: &[Service]| {
        own.contains(&Service::State) && (other.contains(&Service::Army) || other.contains(&Service::Police))
    };
    of_a.is_empty()
        || of_b.is_empty()
        || of_a.iter().any(|own| of_b.contains(own))
        || (high && (state(&of_a, &of_b) || state(&of_b, &of_a)))
}

/// Judges two groups in different units, one after the other: a transfer, or two persons. Confidence below
/// `MIN_CONFIDENCE` of `clustering` means two.
fn moved(facts: &[ObservationFacts<'_>], a: &ObservationGroup<'_>, b: &ObservationGroup<'_>) -> WeightedReason {
    let fact = |n: Option<usize>| n.and_then(|n| facts.get(n));
    let days = |group: &ObservationGroup<'_>| -> Vec<Day> {
        group.members.iter().filter_map(|&n| Some(facts.get(n)?.day?.day)).collect()
    };
    let (days_of_a, days_of_b) = (days(a), days(b));
    // Groups of which one has no day cannot be ordered in time; then the order of the observations decides.
    let in_order = match (days_of_a.first(), days_of_b.first()) {
        (Some(first), Some(second)) if first != second => first < second,
        _ => a.first() <= b.first(),
    };
    let (before, after) = if in_order { (a, b) } else { (b, a) };
    let rank_before = fact(before.last_ranked());
    let (ends, starts) = if in_order { (days_of_a, days_of_b) } else { (days_of_b, days_of_a) };
    let end_and_start = ends.last().zip(starts.first());
    let long_gap = end_and_start.is_some_and(|(end, start)| *start > end.plus_months(LONG_GAP_MONTHS));
    let doubt = if long_gap { 10 } else { 0 };
    let both_high = has_high_post(before) && has_high_post(after);
    let general = |group: &ObservationGroup<'_>| group.grades.last().is_some_and(|grade| *grade >= LOWEST_GENERAL);
    let generals = general(before) || general(after);
    if !services_agree(a, b, generals || both_high) {
        return finding(42, ReasonKind::OnlyTheName);
    }
    // Without days it is not known which was first, and a general may have come before.
    let unordered = end_and_start.is_none();
    match (rank_before.is_some(), after.has_rank()) {
        // Generals are few. Of those below, two of one name and rank in different units are as often two.
        (true, true) if generals || are_soldiers(a, b) => finding(70 - doubt, ReasonKind::MovedRanksAgree),
        (true, false) if general(before) && has_high_post(after) => {
            finding(65 - doubt, ReasonKind::GeneralTookCivilianPost)
        }
        (false, true) if unordered && general(after) && has_high_post(before) => {
            finding(65, ReasonKind::GeneralTookCivilianPost)
        }
        (false, true) if general(after) && both_high => finding(60 - doubt, ReasonKind::HighPostAfterHighPost),
        (false, false) if both_high => finding(60 - doubt, ReasonKind::HighPostAfterHighPost),
        _ if has_foreign_name(facts, a) => finding(60 - doubt, ReasonKind::RareName),
        (false, true) => finding(30, ReasonKind::OfficialThenOfficer),
        _ => finding(45, ReasonKind::OnlyTheName),
    }
}

fn has_high_post(group: &ObservationGroup<'_>) -> bool {
    group.stated_posts().any(|post| post.high)
}

fn shown(post: &PostKey) -> String {
    post.unit.as_ref().map_or_else(|| post.head.clone(), |unit| format!("{} {unit}", post.head))
}
