//! `extract`: prints what is found in files, without using a cache: one JSON line per report.

use super::exit_status::{DONE, SOME, VerbResult};
use super::import::{ReadOptions, say_left_out};
use super::output::{Output, say};
use super::report_json::ExtractionJson;
use super::session::Session;
use crate::import;
use crate::ingest::FileKind;
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Print the people found in files as JSON, one line per report, without using a cache
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("extract"))]
pub struct ExtractArgs {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadOptions,
}

impl ExtractArgs {
    /// Reads the files one by one and prints each report as it is read. A file that cannot be read is reported and
    /// skipped.
    pub fn run(&self, _session: &mut Session) -> VerbResult {
        let options = self.reading.options()?;
        let found = import::find(&self.paths);
        let mut out = Output::default();
        let mut failed = found.is_empty();
        let mut left_out: BTreeMap<FileKind, usize> = BTreeMap::new();
        for file in &found {
            let outcome = import::read_only(file, &options, &mut |draft, extraction| {
                out.json(&ExtractionJson::of(&file.name, &draft, &extraction))?;
                out.write(&["\n"])
            })?;
            out.flush()?;
            if let Some(why) = &outcome.problem {
                failed = true;
                let part = if outcome.earlier == 0 { "" } else { "in part " };
                say(&format!("{:?} could {part}not be read: {why}", file.name));
            }
            for (kind, count) in outcome.left_out {
                *left_out.entry(kind).or_default() += count;
            }
        }
        say_left_out(&left_out);
        out.flush()?;
        Ok(if failed { SOME } else { DONE })
    }
}
