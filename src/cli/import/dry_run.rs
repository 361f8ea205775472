//! `import --dry-run`: prints what would come in, without a cache: of each report its day, title, unit and people, and
//! of each file that could not be read the reason.

use super::kinds;
use crate::cli::exit_status::{DONE, SOME, VerbResult};
use crate::cli::output::{Output, say};
use crate::cli::report_json::ExtractionJson;
use crate::import::{self, ImportOptions};
use crate::ingest::FileKind;
use crate::lang::numbers::{in_message, plural};
use crate::report::{Draft, Extraction, Title};
use crate::text::safe::Safe;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Further people of a report are only counted.
const MAX_PEOPLE: usize = 5;

/// Reads all files and prints their reports; with `json` one object a report, as `extract` does.
pub fn run(paths: &[PathBuf], options: &ImportOptions, json: bool) -> VerbResult {
    let found = import::find(paths);
    let mut out = Output::default();
    let (mut reports, mut failed) = (0_usize, 0_usize);
    let mut left_out: BTreeMap<FileKind, usize> = BTreeMap::new();
    for file in &found {
        if let import::InputOrigin::LeftOut(kind) = file.origin {
            *left_out.entry(kind).or_default() += 1;
            continue;
        }
        import::read_only(file, options, &mut |read| match read {
            Ok((draft, extraction)) => {
                reports += 1;
                if json {
                    out.json(&ExtractionJson::of(&file.name, &draft, &extraction))?;
                    return out.write(&["\n"]);
                }
                out.line(&Safe::line(&line(&file.name, &draft, &extraction)))
            }
            Err(why) => {
                failed += 1;
                out.flush()?;
                say(&format!("{:?} could not be imported: {why}", file.name));
                Ok(())
            }
        })?;
        out.flush()?;
    }
    if !json {
        let (reports, failed, plural) = (in_message(reports), in_message(failed), plural(reports));
        say(&format!("{reports} report{plural} would be imported, {failed} not read; nothing was written"));
        if !left_out.is_empty() {
            say(&format!("left out: {}", kinds(&left_out)));
        }
    }
    Ok(if failed > 0 || reports == 0 { SOME } else { DONE })
}

/// A report in one line: `2026-01-04 · title · unit · people · file`. What is not known has a dash.
fn line(file: &str, draft: &Draft, found: &Extraction) -> String {
    let day = found.facts.day.map(|day| day.to_string());
    let title = Title::of(draft, &found.facts).text;
    let people: Vec<&str> = found.people.iter().take(MAX_PEOPLE).map(|person| person.name.as_str()).collect();
    let more = found.people.len().saturating_sub(people.len());
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    let people = (!people.is_empty()).then(|| people.join(", ") + &more);
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "—".to_owned());
    [or_dash(day), title, or_dash(found.facts.unit.clone()), or_dash(people), file.to_owned()].join(" · ")
}
