//! The report of an import as a file (`--report`), and the failures of such a report, to be tried again (`--retry`).
//! Its lines are those of `--json`.

use crate::cli::exit_status::Failure;
use crate::import;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A longer line is none of such a report.
const MAX_LINE_BYTES: u64 = 64 << 20;

/// What is read of a line.
#[derive(Deserialize)]
struct OutcomeLine {
    file: String,
    problem: Option<String>,
}

/// The files of a report that could not be read, or not whole, each once and in order. Standard input cannot be read
/// again and is left out.
pub fn failures(report: &Path) -> Result<Vec<PathBuf>, Failure> {
    let could_not =
        |why: &dyn std::fmt::Display| Failure::some(format!("the report {report:?} could not be read: {why}"));
    let file = File::open(report).map_err(|error| could_not(&import::why(&error)))?;
    let mut input = BufReader::new(file);
    let mut failures: Vec<PathBuf> = Vec::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let count = input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line);
        if count.map_err(|error| could_not(&import::why(&error)))? == 0 {
            break;
        }
        let outcome: OutcomeLine = serde_json::from_slice(&line).map_err(|_| {
            could_not(&format_args!("line {number} is not an outcome of an import; give a file that --report wrote"))
        })?;
        let path = PathBuf::from(&outcome.file);
        if outcome.problem.is_some() && outcome.file != "-" && failures.last() != Some(&path) {
            failures.push(path);
        }
    }
    Ok(failures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_those_with_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("r.jsonl");
        let lines = "{\"file\":\"a\",\"ok\":true,\"reports\":[],\"problem\":null}\n{\"file\":\"b\",\"problem\":\"x\"}\n\
            {\"file\":\"-\",\"problem\":\"x\"}\n{\"file\":\"c\",\"problem\":null,\"left_out\":{\"picture\":1}}\n";
        std::fs::write(&report, lines).unwrap();
        assert_eq!(failures(&report).unwrap(), [PathBuf::from("b")]);
        std::fs::write(&report, "{\"text\":\"no outcome\"}\n").unwrap();
        assert!(matches!(failures(&report), Err(Failure::Message(_, why)) if why.contains("line 1")));
        assert!(failures(&folder.path().join("none")).is_err());
    }
}
