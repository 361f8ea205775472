//! Checks the tables of sentences: each row has a kind, a sentence and what is wanted of it. A kind needs several rows,
//! so that a rule that fits one sentence alone is noticed, and every kind of a table is described beside its test.

use std::collections::{BTreeMap, BTreeSet};

/// The fewest sentences of a kind.
const LEAST_ROWS: usize = 3;

/// A sentence of a table.
pub(super) struct Row {
    pub text: String,
    /// The other cells, in the form that the table's test describes.
    pub wanted: Vec<&'static str>,
}

/// Checks all rows of `table`. `kinds` describes each of its kinds; `differences` lists what is not as wanted in a row.
pub(super) fn check(table: &'static str, kinds: &[(&str, &str)], differences: impl Fn(&Row) -> Vec<String>) {
    let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let mut cells = line.split('\t');
        let (kind, text) = (cells.next().unwrap(), cells.next().unwrap());
        let row = Row { text: text.replace("\\n", "\n"), wanted: cells.collect() };
        rows.entry(kind).or_default().push(row);
    }
    let described: BTreeSet<&str> = kinds.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(described, rows.keys().copied().collect(), "the kinds that are described and those of the table");
    let mut wrong = Vec::new();
    for (kind, meaning) in kinds {
        let rows = &rows[kind];
        assert!(rows.len() >= LEAST_ROWS, "{kind}: {} rows", rows.len());
        let found: Vec<String> = rows.iter().flat_map(&differences).collect();
        if !found.is_empty() {
            wrong.push(format!("{kind} ({meaning}):\n{}", found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Compares the people found in a row with its cells, one a person, in order.
pub(super) fn people_differ(row: &Row, found: &[String]) -> Vec<String> {
    let same = found == row.wanted;
    let line = || format!("{}\n  wanted {:?}\n  found  {found:?}", row.text, row.wanted);
    if same { Vec::new() } else { vec![line()] }
}
