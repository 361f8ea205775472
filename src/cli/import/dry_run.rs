//! `import --dry-run`: prints what would come in, and writes nothing: of each report its day, title, unit and people,
//! and of each file that could not be read the reason. It counts as the import would: a text that is in the cache, or
//! came earlier, is known.

use super::{code, not_read, say_left_out, say_problem};
use crate::cli::exit_status::{Failure, VerbResult};
use crate::cli::output::{Output, say};
use crate::cli::report_json::ExtractionJson;
use crate::cli::session::Session;
use crate::import::{self, ImportOptions, ImportTotals};
use crate::lang::numbers::{in_message, plural};
use crate::report::{Draft, Extraction, Title};
use crate::store::{CACHE_FILE, KnownIds, id_of};
use crate::text::safe::Safe;
use std::collections::HashSet;
use std::path::PathBuf;

/// Further people of a report are only counted.
const MAX_PEOPLE: usize = 5;

/// Reads all files and prints their reports; with `json` one object a report, as `extract` does.
pub fn run(session: &mut Session, paths: &[PathBuf], options: &ImportOptions, json: bool) -> VerbResult {
    let known = known_ids(session)?;
    let mut seen: HashSet<String> = HashSet::new();
    let mut out = Output::default();
    let mut totals = ImportTotals::default();
    for file in &import::find(paths) {
        let (mut new, mut old) = (0_usize, 0_usize);
        let outcome = import::read_only(file, options, &mut |draft, extraction| {
            let id = id_of(&draft.text);
            if known.contains(&id) || !seen.insert(id) {
                old += 1;
            } else {
                new += 1;
            }
            if json {
                out.json(&ExtractionJson::of(&file.name, &draft, &extraction))?;
                return out.write(&["\n"]);
            }
            out.line(&Safe::line(&line(&file.name, &draft, &extraction)))
        })?;
        out.flush()?;
        if let Some(problem) = &outcome.problem {
            say_problem(&outcome, problem);
        }
        totals.new += new;
        totals.known += old;
        totals.files += usize::from(!outcome.is_left_out());
        totals.failed += usize::from(outcome.problem.is_some());
        for (kind, count) in outcome.left_out {
            *totals.left_out.entry(kind).or_default() += count;
        }
    }
    if !json {
        say_left_out(&totals.left_out);
        say(&sentence(&totals));
    }
    Ok(code(&totals))
}

/// The ids of the reports that are in the cache, if there is one.
fn known_ids(session: &mut Session) -> Result<KnownIds, Failure> {
    let (folder, _) = session.folders()?;
    if folder.join(CACHE_FILE).exists() { Ok(session.store()?.cache().known_ids()?) } else { Ok(KnownIds::default()) }
}

/// What an import would come to, in one sentence.
fn sentence(totals: &ImportTotals) -> String {
    let (reports, of_files, failed) = (plural(totals.new), plural(totals.files), not_read(totals.failed));
    let [new, known, files] = [totals.new, totals.known, totals.files].map(in_message);
    format!(
        "{new} report{reports} would be imported, {known} known already, from {files} file{of_files}{failed}; nothing \
         was written"
    )
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
