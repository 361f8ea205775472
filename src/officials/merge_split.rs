//! Computes the decisions that merge two officials or split one. Rules can undo a single decision (a split observation
//! may be joined again through a third one), so decisions are added until `identify` gives the wanted result. Then
//! those that turn out to be redundant are removed.

use super::Official;
use super::decision::{Decision, Verdict, effective, observation_at};
use super::identity::identify;
use super::observation::{Observation, Place};

/// Returns the decisions after which the two officials are one. `observations` are all observations of the name,
/// `decisions` the decisions so far. Decisions that separate the two are withdrawn rather than contradicted, so that a
/// merge undoes a split.
pub fn merged(observations: &[Observation], decisions: &[Decision], one: &Official, other: &Official) -> Vec<Decision> {
    let both: Vec<usize> = one.observations.iter().chain(&other.observations).copied().collect();
    let belongs_to = |place: &Place, official: &Official| {
        observation_at(observations, &both, place).is_some_and(|i| official.observations.contains(&i))
    };
    let separates_them = |d: &Decision| {
        d.verdict == Verdict::Apart
            && ((belongs_to(&d.this, one) && belongs_to(&d.that, other))
                || (belongs_to(&d.this, other) && belongs_to(&d.that, one)))
    };
    let kept = effective(decisions).into_iter().filter(|d| !separates_them(d)).collect();
    let enough = with_missing(observations, kept, std::slice::from_ref(&both));
    without_needless(observations, enough, &both)
}

/// Returns the decisions after which the observations `off` (indices) are an official of their own, separate from the
/// rest of `official`.
pub fn split(
    observations: &[Observation],
    decisions: &[Decision],
    official: &Official,
    off: &[usize],
) -> Vec<Decision> {
    let (wanted, rest): (Vec<usize>, Vec<usize>) = official.observations.iter().partition(|i| off.contains(i));
    let joins_them = |d: &Decision| {
        let is_off =
            |place: &Place| observation_at(observations, &official.observations, place).map(|i| off.contains(&i));
        d.verdict == Verdict::Same && is_off(&d.this).zip(is_off(&d.that)).is_some_and(|(a, b)| a != b)
    };
    let kept = effective(decisions).into_iter().filter(|d| !joins_them(d)).collect();
    let enough = with_missing(observations, kept, &[wanted, rest]);
    without_needless(observations, enough, &official.observations)
}

/// The maximum number of decisions tested for redundancy; if a name has more, a few redundant ones may remain.
const MAX_TRIED: usize = 200;

/// Removes redundant decisions about the observations `among`: those that only an intermediate step needed, and those
/// that a later decision made redundant. The resulting officials stay the same.
///
/// Each trial identifies the name again, and identification is itself quadratic in the number of clusters. That is
/// acceptable: a name has a handful of decisions, each made by hand, `MAX_TRIED` limits them, and it runs once for each
/// merge or split. Testing several at once (by bisection, say) would be wrong: two decisions can each be redundant
/// alone but not together.
fn without_needless(observations: &[Observation], mut decisions: Vec<Decision>, among: &[usize]) -> Vec<Decision> {
    let concerns = |place: &Place| observation_at(observations, among, place).is_some();
    let wanted = sorted_members(observations, &decisions);
    // Newest first: of two decisions with the same effect, the newer one is removed and the older one kept.
    let mut at = decisions.len().min(MAX_TRIED);
    while at > 0 {
        at -= 1;
        let Some(tried) = decisions.get(at).filter(|d| concerns(&d.this) && concerns(&d.that)).cloned() else {
            continue;
        };
        decisions.remove(at);
        if sorted_members(observations, &decisions) != wanted {
            decisions.insert(at, tried);
        }
    }
    decisions
}

/// Returns the observations of each official in sorted order: the grouping, without ids and reasons, for comparison.
fn sorted_members(observations: &[Observation], decisions: &[Decision]) -> Vec<Vec<usize>> {
    let mut members: Vec<Vec<usize>> =
        identify(observations, decisions).into_iter().map(|official| official.observations).collect();
    members.sort();
    members
}

/// Adds decisions until each group of `wanted` is exactly one official.
fn with_missing(observations: &[Observation], mut decisions: Vec<Decision>, wanted: &[Vec<usize>]) -> Vec<Decision> {
    // Each round fixes one observation permanently, so this many rounds are enough; in practice one or two are.
    for _ in 0..=2 * observations.len() {
        let officials = identify(observations, &decisions);
        let Some(pair) = wanted.iter().find_map(|members| misplaced(&officials, members)) else { break };
        let (Some(a), Some(b)) = (observations.get(pair.anchor), observations.get(pair.other)) else { break };
        let (this, that) = (a.name_place(), b.name_place());
        let new = Decision { verdict: pair.verdict, name: a.statement.name.as_ref().to_owned(), this, that };
        decisions.retain(|old| !old.same_pair(&new));
        decisions.push(new);
    }
    decisions
}

/// Two observations that are not yet grouped as wanted, and the decision that would correct it.
struct MisplacedPair {
    verdict: Verdict,
    anchor: usize,
    other: usize,
}

/// Returns the first observation that the official of `wanted` lacks, otherwise the first that it should not have;
/// `None` if `wanted` is exactly one official. The first of `wanted` is the anchor of every decision.
fn misplaced(officials: &[Official], wanted: &[usize]) -> Option<MisplacedPair> {
    let &anchor = wanted.first()?;
    let official = officials.iter().find(|official| official.observations.contains(&anchor))?;
    if let Some(&other) = wanted.iter().find(|i| !official.observations.contains(i)) {
        return Some(MisplacedPair { verdict: Verdict::Same, anchor, other });
    }
    let foreign = official.observations.iter().find(|i| !wanted.contains(i));
    foreign.map(|&other| MisplacedPair { verdict: Verdict::Apart, anchor, other })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::seen;

    /// Four observations that the rules take for one official.
    fn observations() -> Vec<Observation> {
        vec![
            seen("r1", "2018-01-10").rank("Đại tá").post("Phó Tham mưu trưởng Quân khu 10"),
            seen("r2", "2019-01-10").rank("Đại tá").post("Phó Tham mưu trưởng Quân khu 10"),
            seen("r3", "2020-01-10").rank("Đại tá"),
            seen("r4", "2021-01-10").rank("Thiếu tướng").post("Phó Tư lệnh Quân khu 10"),
        ]
    }

    fn groups(observations: &[Observation], decisions: &[Decision]) -> Vec<Vec<usize>> {
        identify(observations, decisions).into_iter().map(|o| o.observations).collect()
    }

    #[test]
    fn a_split_takes_off_what_was_named_and_nothing_else() {
        let seen = observations();
        for off in [vec![3], vec![0], vec![1, 2], vec![0, 3], vec![0, 2]] {
            let official = &identify(&seen, &[])[0];
            assert_eq!(official.observations, [0, 1, 2, 3]);
            let decisions = split(&seen, &[], official, &off);
            let rest: Vec<usize> = (0..4).filter(|i| !off.contains(i)).collect();
            let found = groups(&seen, &decisions);
            assert!(found.contains(&off) && found.contains(&rest), "{off:?}: {found:?}");
        }
    }

    #[test]
    fn a_merge_undoes_a_split_and_leaves_no_trace() {
        let seen = observations();
        let decisions = split(&seen, &[], &identify(&seen, &[])[0], &[3]);
        let two = identify(&seen, &decisions);
        assert_eq!(two.len(), 2);
        let decisions = merged(&seen, &decisions, &two[0], &two[1]);
        assert_eq!(decisions, []);
        assert_eq!(groups(&seen, &decisions), [[0, 1, 2, 3]]);
    }

    #[test]
    fn a_merge_after_any_split_leaves_no_trace() {
        let seen = observations();
        for off in [vec![0], vec![1, 2], vec![0, 3], vec![0, 2], vec![1]] {
            let decisions = split(&seen, &[], &identify(&seen, &[])[0], &off);
            let two = identify(&seen, &decisions);
            assert_eq!(two.len(), 2, "{off:?}");
            assert_eq!(merged(&seen, &decisions, &two[0], &two[1]), [], "{off:?}");
        }
    }

    #[test]
    fn no_decision_is_kept_that_changes_nothing() {
        let seen = observations();
        let official = &identify(&seen, &[])[0];
        let decisions = split(&seen, &[], official, &[0, 2]);
        for idle in 0..decisions.len() {
            let mut fewer = decisions.clone();
            fewer.remove(idle);
            assert_ne!(groups(&seen, &fewer), groups(&seen, &decisions), "{:?} is idle", decisions[idle]);
        }
    }

    #[test]
    fn a_merge_joins_what_the_rules_part() {
        let seen = vec![
            seen("r1", "2020-01-10").rank("Trung tướng").post("Tư lệnh Quân khu 10"),
            seen("r2", "2021-01-10").rank("Đại tá").post("Sư đoàn trưởng Sư đoàn 900"),
            seen("r3", "2021-02-10").rank("Đại tá").post("Sư đoàn trưởng Sư đoàn 900"),
        ];
        let two = identify(&seen, &[]);
        assert_eq!(two.len(), 2);
        let decisions = merged(&seen, &[], &two[0], &two[1]);
        assert_eq!(groups(&seen, &decisions), [[0, 1, 2]]);
    }
}
