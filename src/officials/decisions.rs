//! What the reader decided about namesakes: this mention and that are one person, or two. Kept apart from everything
//! derived, and put in terms of reports and names, so that decisions outlive rebuilds, re-imports and better rules.
//! A file of decisions is plain lines that colleagues can share and keep under version control.

use super::Official;
use super::identity::identify;
use super::observation::{Observation, Place};
use crate::text::canonical::canonical_text;
use crate::text::syllable::name_key;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One person, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The two mentions are one person.
    Same,
    /// They are two.
    Apart,
}

/// A decision about two mentions of one name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// The name, as written.
    pub name: String,
    /// The one mention.
    pub this: Place,
    /// The other.
    pub that: Place,
}

impl Decision {
    /// The key of the name it is about.
    pub fn key(&self) -> String {
        name_key(&self.name)
    }

    /// Whether `other` is about the same two mentions.
    fn same_pair(&self, other: &Self) -> bool {
        (&self.this, &self.that) == (&other.this, &other.that) || (&self.this, &self.that) == (&other.that, &other.this)
    }
}

/// The observation that a decision's place means: in that report, of those with the name, the nearest. Rules may move
/// a first mention; they do not change which report it is in.
pub(super) fn observation_at(observations: &[Observation], among: &[usize], place: &Place) -> Option<usize> {
    among
        .iter()
        .copied()
        .filter_map(|i| Some((i, observations.get(i)?)))
        .filter(|(_, seen)| seen.head.report == place.report)
        .min_by_key(|(_, seen)| (seen.said.at.abs_diff(place.at), seen.place))
        .map(|(i, _)| i)
}

/// The decisions that count: of several about one pair of mentions, the last.
pub fn effective(decisions: &[Decision]) -> Vec<Decision> {
    let mut kept: Vec<Decision> = Vec::new();
    for decision in decisions {
        kept.retain(|old| !old.same_pair(decision));
        kept.push(decision.clone());
    }
    kept
}

/// The decisions after which the two officials are one. `observations` are all of the name, `decisions` those made so
/// far. Decisions that part the two are taken back rather than contradicted, so that a merge undoes a split.
pub fn merged(observations: &[Observation], decisions: &[Decision], one: &Official, other: &Official) -> Vec<Decision> {
    let wanted: Vec<usize> = one.observations.iter().chain(&other.observations).copied().collect();
    let among = &wanted;
    let within = |place: &Place, of: &Official| {
        observation_at(observations, among, place).is_some_and(|i| of.observations.contains(&i))
    };
    let parts_them = |d: &Decision| {
        d.verdict == Verdict::Apart
            && ((within(&d.this, one) && within(&d.that, other)) || (within(&d.this, other) && within(&d.that, one)))
    };
    let kept = effective(decisions).into_iter().filter(|d| !parts_them(d)).collect();
    let all = wanted.clone();
    without_idle(observations, toward(observations, kept, &[wanted]), &all)
}

/// The decisions after which the observations `off` (indices) are an official of their own, apart from the rest of
/// `official`.
pub fn split(
    observations: &[Observation],
    decisions: &[Decision],
    official: &Official,
    off: &[usize],
) -> Vec<Decision> {
    let (wanted, rest): (Vec<usize>, Vec<usize>) = official.observations.iter().partition(|i| off.contains(i));
    let joins_them = |d: &Decision| {
        let side =
            |place: &Place| observation_at(observations, &official.observations, place).map(|i| off.contains(&i));
        d.verdict == Verdict::Same && side(&d.this).zip(side(&d.that)).is_some_and(|(a, b)| a != b)
    };
    let kept = effective(decisions).into_iter().filter(|d| !joins_them(d)).collect();
    without_idle(observations, toward(observations, kept, &[wanted, rest]), &official.observations)
}

/// No more decisions than this are tried whether they are needed; of a name with more, a few may be idle.
const MOST_TRIED: usize = 200;

/// Leaves out the decisions about mentions `among` these that change nothing any more: what an earlier step needed, and
/// what a later link made needless. Who is who stays the same.
fn without_idle(observations: &[Observation], mut decisions: Vec<Decision>, among: &[usize]) -> Vec<Decision> {
    let who = |decisions: &[Decision]| -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> =
            identify(observations, decisions).into_iter().map(|official| official.observations).collect();
        groups.sort();
        groups
    };
    let within = |place: &Place| observation_at(observations, among, place).is_some();
    let wanted = who(&decisions);
    let mut at = decisions.len().min(MOST_TRIED);
    while at > 0 {
        at -= 1;
        let Some(tried) = decisions.get(at).filter(|d| within(&d.this) && within(&d.that)).cloned() else { continue };
        decisions.remove(at);
        if who(&decisions) != wanted {
            decisions.insert(at, tried);
        }
    }
    decisions
}

/// Adds the fewest decisions found that make each of `wanted` one official with nobody else in it.
fn toward(observations: &[Observation], mut decisions: Vec<Decision>, wanted: &[Vec<usize>]) -> Vec<Decision> {
    // Each round settles one mention for good; in practice one or two suffice.
    for _ in 0..=2 * observations.len() {
        let officials = identify(observations, &decisions);
        let Some((verdict, anchor, other)) = wanted.iter().find_map(|group| amiss(&officials, group)) else { break };
        let (Some(a), Some(b)) = (observations.get(anchor), observations.get(other)) else { break };
        let (this, that) = (a.name_place(), b.name_place());
        let new = Decision { verdict, name: a.said.name.clone(), this, that };
        decisions.retain(|old| !old.same_pair(&new));
        decisions.push(new);
    }
    decisions
}

/// The first mention that is missing in the official of `wanted`, or that is there and should not be.
fn amiss(officials: &[Official], wanted: &[usize]) -> Option<(Verdict, usize, usize)> {
    let &anchor = wanted.first()?;
    let found = officials.iter().find(|o| o.observations.contains(&anchor))?;
    let missing = wanted.iter().find(|i| !found.observations.contains(i)).map(|&i| (Verdict::Same, anchor, i));
    let foreign = || found.observations.iter().find(|i| !wanted.contains(i)).map(|&i| (Verdict::Apart, anchor, i));
    missing.or_else(foreign)
}

/// The head of a file of decisions.
const HEADER: &str = "decision\tname\treport\tbyte\tother_report\tother_byte";

/// The decisions as a file: a line of headings, then a comment for each name and its decisions, one line each,
/// tab-separated; names and lines sorted, so that two versions of the file differ where decisions do.
pub fn export(decisions: &[Decision]) -> String {
    let mut names: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for decision in effective(decisions) {
        let verdict = match decision.verdict {
            Verdict::Same => "same",
            Verdict::Apart => "apart",
        };
        let Decision { name, this, that, .. } = &decision;
        let line = format!("{verdict}\t{name}\t{}\t{}\t{}\t{}", this.report, this.at, that.report, that.at);
        names.entry((decision.key(), name.clone())).or_default().push(line);
    }
    let mut out = format!("{HEADER}\n");
    for ((_, name), mut lines) in names {
        lines.sort();
        let same = lines.iter().filter(|line| line.starts_with("same")).count();
        out.push_str(&["# ", &name, ": ", &same.to_string(), " same, "].concat());
        out.push_str(&[&(lines.len() - same).to_string(), " apart\n", &lines.join("\n"), "\n"].concat());
    }
    out
}

/// A line of a file of decisions that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BadDecisionLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Reads a file of decisions: those that could be read, and the lines that could not. Empty lines and lines that begin
/// with `#` are comments.
pub fn import(file: &str) -> (Vec<Decision>, Vec<BadDecisionLine>) {
    let (mut decisions, mut bad) = (Vec::new(), Vec::new());
    for (n, line) in canonical_lines(file) {
        if line.trim().is_empty() || line.starts_with('#') || line == HEADER {
            continue;
        }
        match parse(&line) {
            Ok(decision) => decisions.push(decision),
            Err(why) => bad.push(BadDecisionLine { line: n, why }),
        }
    }
    (decisions, bad)
}

/// Canonical text has no tabs, so cells are made canonical one by one.
fn canonical_lines(file: &str) -> impl Iterator<Item = (usize, String)> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    file.lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.split('\t').map(canonical_text).collect::<Vec<_>>().join("\t")))
}

fn parse(line: &str) -> Result<Decision, &'static str> {
    let mut cells = line.split('\t').map(str::trim);
    let mut cell = || cells.next().filter(|c| !c.is_empty()).ok_or("six cells are needed, parted by tabs");
    let verdict = match cell()? {
        "same" => Verdict::Same,
        "apart" => Verdict::Apart,
        _ => return Err("the first cell is «same» or «apart»"),
    };
    let name = cell()?.to_owned();
    let mut place = || {
        let report = cell()?.to_owned();
        let at = cell()?.parse().map_err(|_| "a byte is a whole number")?;
        Ok::<_, &'static str>(Place { report, at })
    };
    let (this, that) = (place()?, place()?);
    Ok(Decision { verdict, name, this, that })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::seen;

    /// Three mentions with nothing to tell them apart, and a fourth of a fifth kind of evidence: one official by rule.
    fn mentions() -> Vec<Observation> {
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
        let seen = mentions();
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
        let seen = mentions();
        let decisions = split(&seen, &[], &identify(&seen, &[])[0], &[3]);
        let two = identify(&seen, &decisions);
        assert_eq!(two.len(), 2);
        let decisions = merged(&seen, &decisions, &two[0], &two[1]);
        assert_eq!(decisions, []);
        assert_eq!(groups(&seen, &decisions), [[0, 1, 2, 3]]);
    }

    #[test]
    fn a_merge_after_any_split_leaves_no_trace() {
        let seen = mentions();
        for off in [vec![0], vec![1, 2], vec![0, 3], vec![0, 2], vec![1]] {
            let decisions = split(&seen, &[], &identify(&seen, &[])[0], &off);
            let two = identify(&seen, &decisions);
            assert_eq!(two.len(), 2, "{off:?}");
            assert_eq!(merged(&seen, &decisions, &two[0], &two[1]), [], "{off:?}");
        }
    }

    #[test]
    fn no_decision_is_kept_that_changes_nothing() {
        let seen = mentions();
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

    #[test]
    fn decisions_travel_as_a_file() {
        let seen = mentions();
        let decisions = split(&seen, &[], &identify(&seen, &[])[0], &[1, 2]);
        let file = export(&decisions);
        assert!(file.starts_with("decision\tname\treport\tbyte"), "{file}");
        let (mut back, bad) = import(&file);
        assert_eq!(bad, []);
        let mut decisions = decisions;
        back.sort();
        decisions.sort();
        assert_eq!(back, decisions);
        assert_eq!(export(&back), file);
        let comments: Vec<&str> = file.lines().filter(|line| line.starts_with('#')).collect();
        let same = decisions.iter().filter(|d| d.verdict == Verdict::Same).count();
        assert_eq!(comments, [format!("# Lê Văn Thử: {same} same, {} apart", decisions.len() - same)]);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_are_read() {
        let (good, bad) = import("# ours\nsame\tLê Văn Thử\tr1\t10\tr2\t10\nperhaps\ta\tb\t1\tc\t2\napart\tx\ty\n");
        assert_eq!(good.len(), 1);
        assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [3, 4]);
    }
}
