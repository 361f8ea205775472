//! Reads and writes decisions as a text file that colleagues can share and keep under version control. Tab-separated,
//! one line for each decision, sorted, so that two versions of the file differ exactly where the decisions do.
//!
//! ```text
//! decision  name         report   byte  other_report  other_byte
//! # Lê Văn Thử: 1 same, 0 apart
//! same      Lê Văn Thử   5f0c…    10    91ab…         2040
//! ```

use super::decision::{Decision, Verdict, effective};
use super::observation::Place;
use crate::text::canonical::canonical_text;
use std::collections::BTreeMap;

/// The header line of a file of decisions.
const HEADER: &str = "decision\tname\treport\tbyte\tother_report\tother_byte";

/// Writes the decisions in force as a file: the header, then for each name a comment line and its decisions. Names and
/// lines are sorted.
pub fn export(decisions: &[Decision]) -> String {
    let mut names: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for decision in effective(decisions) {
        let verdict = match decision.verdict {
            Verdict::Same => "same",
            Verdict::Apart => "apart",
        };
        // Either observation may be the first; the file has them in one order.
        let (Decision { name, .. }, (one, other)) = (&decision, decision.pair());
        let line = format!("{verdict}\t{name}\t{}\t{}\t{}\t{}", one.report, one.at, other.report, other.at);
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
    /// The line number, from 1.
    pub line: usize,
    /// What is wrong, for people.
    pub why: &'static str,
}

/// Reads a file of decisions. Returns the decisions, and the lines that could not be read. Empty lines and lines that
/// begin with `#` are ignored.
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

/// Returns the lines in canonical text, with their numbers from 1. Each cell is converted on its own, because canonical
/// text has no tabs.
fn canonical_lines(file: &str) -> impl Iterator<Item = (usize, String)> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    file.lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.split('\t').map(canonical_text).collect::<Vec<_>>().join("\t")))
}

fn parse(line: &str) -> Result<Decision, &'static str> {
    // A carriage return or the like within a cell, which canonical text has as a line break: written again, the rest
    // would be a line of its own.
    if line.contains('\n') {
        return Err("a cell has a line break in it");
    }
    let mut cells = line.split('\t').map(str::trim);
    let mut cell = || cells.next().filter(|c| !c.is_empty()).ok_or("six cells are needed, parted by tabs");
    let verdict = match cell()? {
        "same" => Verdict::Same,
        "apart" => Verdict::Apart,
        _ => return Err("the first cell is “same” or “apart”"),
    };
    let name = cell()?.to_owned();
    let mut place = || {
        let report = cell()?.to_owned();
        let at = cell()?.parse().map_err(|_| "a byte is a whole number")?;
        Ok::<_, &'static str>(Place { report: report.into(), at })
    };
    let (this, that) = (place()?, place()?);
    Ok(Decision { verdict, name, this, that })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::identify;
    use crate::officials::merge_split::split;
    use crate::officials::testing::seen;

    #[test]
    fn decisions_travel_as_a_file() {
        let seen =
            ["r1", "r2", "r3", "r4"].map(|id| seen(id, "2020-01-10").rank("Đại tá").post("Chính ủy Quân khu 10"));
        let decisions = split(&seen, &[], &identify(&seen, &[])[0], &[1, 2]);
        let file = export(&decisions);
        assert!(file.starts_with("decision\tname\treport\tbyte"), "{file}");
        let (back, bad) = import(&file);
        assert_eq!(bad, []);
        // Either observation of a pair may be the first.
        let pairs = |decisions: &[Decision]| {
            let pair = |it: &Decision| (it.verdict, it.name.clone(), it.pair().0.clone(), it.pair().1.clone());
            let mut pairs: Vec<_> = decisions.iter().map(pair).collect();
            pairs.sort();
            pairs
        };
        assert_eq!(pairs(&back), pairs(&decisions));
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
