//! `decisions`: lists the judgements about identities to review, and carries out the user's decisions about namesakes:
//! merge, split, undo, and export to or import from a file to share. What a decision means for the clusters is computed
//! in `officials::merge_split`.

use super::atomic_file::OutputFile;
use super::doubt_list::DoubtListArgs;
use super::exit_status::{DONE, Failure, VerbResult};
use super::output::{Output, say};
use super::report_lookup::resolve;
use super::session::Session;
use crate::import;
use crate::lang::numbers::{in_message, plural};
use crate::officials::decision::{Decision, effective};
use crate::officials::decision_file::{self, export};
use crate::officials::merge_split::{merged, split};
use crate::officials::{Observation, Official};
use crate::store::{NameRegister, Store};
use crate::text::safe::Safe;
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Review and decide about namesakes: list, merge, split, undo; export and import the decisions
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("decisions"))]
pub struct DecisionsArgs {
    #[command(subcommand)]
    what: DecisionsAction,
}

#[derive(Debug, Subcommand)]
enum DecisionsAction {
    /// List the identities to review, those that touch most reports first
    List(DoubtListArgs),
    /// Declare two officials of one name to be one person
    Merge {
        /// Id of the first official
        #[arg(value_name = "ID")]
        one: String,
        /// Id of the second official
        #[arg(value_name = "ID2")]
        other: String,
    },
    /// Declare an official's mentions in these reports to be another person
    Split {
        /// The official's id
        #[arg(value_name = "ID")]
        official: String,
        /// The reports' ids, or their beginnings
        #[arg(value_name = "REPORT", required = true)]
        reports: Vec<String>,
    },
    /// Undo the last decision
    Undo,
    /// Print all decisions as a file to share and to keep
    Export {
        /// Write to this file instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Add the decisions of a file to those made here; where the two conflict, the file wins
    Import {
        /// The file, or - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

impl DecisionsArgs {
    /// Runs one of the six actions.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        match &self.what {
            DecisionsAction::List(list) => list.run(session),
            DecisionsAction::Merge { one, other } => merge(&store, one, other),
            DecisionsAction::Split { official, reports } => split_off(&store, official, reports),
            DecisionsAction::Undo => undo(&store),
            DecisionsAction::Export { output } => write(&store, output.as_ref(), &session.folders()?.0),
            DecisionsAction::Import { file } => read(&store, file),
        }
    }
}

/// All officials and observations of the name that an official with this id has.
fn register(store: &Store, id: &str) -> Result<NameRegister, Failure> {
    store
        .register()?
        .register_of(id)?
        .ok_or_else(|| Failure::some(format!("there is no official {id:?}; `baocao officials` prints the ids")))
}

fn find<'a>(register: &'a NameRegister, id: &str) -> Result<&'a Official, Failure> {
    register.officials.iter().find(|official| official.id == id).ok_or_else(|| {
        Failure::usage(format!("{id:?} is not an official of that name: only namesakes can be one person"))
    })
}

fn merge(store: &Store, one: &str, other: &str) -> VerbResult {
    let known = register(store, one)?;
    let (a, b) = (find(&known, one)?, find(&known, other)?);
    if a.id == b.id {
        return Err(Failure::usage(format!("{one:?} is one official already")));
    }
    let decisions = merged(&known.observations, &store.register()?.decisions_of(&a.key)?, a, b);
    decide(store, &a.key, &decisions)
}

/// Splits off the official's observations in the named reports. At least one observation must remain.
fn split_off(store: &Store, id: &str, reports: &[String]) -> VerbResult {
    let known = register(store, id)?;
    let official = find(&known, id)?;
    let named = reports.iter().map(|report| resolve(store, report)).collect::<Result<Vec<_>, _>>()?;
    let in_named = |seen: &Observation| named.iter().any(|named| **named == *seen.head.report);
    let off: Vec<usize> =
        official.observations.iter().copied().filter(|&i| known.observations.get(i).is_some_and(in_named)).collect();
    if off.is_empty() {
        return Err(Failure::some("the official is named in none of these reports"));
    }
    if off.len() == official.observations.len() {
        return Err(Failure::usage("these are all reports of the official; leave at least one"));
    }
    let decisions = split(&known.observations, &store.register()?.decisions_of(&official.key)?, official, &off);
    decide(store, &official.key, &decisions)
}

/// Saves decisions as one undo step and prints the officials that the name has now. `key` is the name key.
fn decide(store: &Store, key: &str, decisions: &[Decision]) -> VerbResult {
    store.register()?.decide(key, decisions)?;
    let now: Vec<String> = store
        .register()?
        .officials()?
        .into_iter()
        .filter(|o| crate::text::tone_marks::name_key(&o.name) == key)
        .map(|o| format!("{} ({}, {} report{plural})", o.name, o.id, in_message(o.reports), plural = plural(o.reports)))
        .collect();
    say(&format!("decided; the officials of this name are now: {}", now.join("; ")));
    Ok(DONE)
}

fn undo(store: &Store) -> VerbResult {
    match store.register()?.undo_decision()? {
        Some(step) => {
            say(&format!("the last step, about {:?}, was taken back", step.key));
            Ok(DONE)
        }
        None => Err(Failure::some("there is no decision to take back")),
    }
}

fn write(store: &Store, output: Option<&PathBuf>, cache: &Path) -> VerbResult {
    let file = export(&store.register()?.decisions()?);
    // `Safe` would replace the tabs between cells, so each cell is made safe by itself.
    let safe =
        |line: &str| line.split('\t').map(|cell| Safe::line(cell).as_str().to_owned()).collect::<Vec<_>>().join("\t");
    let lines = file.lines().map(safe).collect::<Vec<_>>().join("\n") + "\n";
    let target = output.map(|path| OutputFile::new(path, cache)).transpose()?;
    let mut out = target.as_ref().map_or_else(|| Ok(Output::default()), OutputFile::out)?;
    out.write(&[&lines])?;
    out.flush()?;
    drop(out);
    target.map_or(Ok(()), OutputFile::keep)?;
    Ok(DONE)
}

/// Damaged lines that are reported one by one; of more, only the number is given.
const MAX_REPORTED: usize = 20;
/// A file of decisions is small. A larger one is something else and is not read into memory.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// Imports a file, all or nothing: if any line is damaged, no decision is saved.
///
/// Decisions are saved per name, and only for names where they change anything, so that importing a file twice adds no
/// undo step. The file's decisions come after the existing ones, and the later of two conflicting ones is effective.
fn read(store: &Store, path: &PathBuf) -> VerbResult {
    let mut bytes = Vec::new();
    let opened: std::io::Result<Box<dyn Read>> = if path.as_os_str() == "-" {
        Ok(Box::new(std::io::stdin()))
    } else {
        std::fs::File::open(path).map(|file| Box::new(file) as Box<dyn Read>)
    };
    let taken = opened.and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes));
    taken
        .map_err(|error| Failure::some(format!("the decisions {path:?} could not be read: {}", import::why(&error))))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Failure::some(format!(
            "{path:?} is not a file of decisions: it is larger than {} MiB",
            MAX_FILE_BYTES >> 20
        )));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| Failure::some(format!("the decisions {path:?} are not UTF-8 text")))?;
    let (decisions, bad) = decision_file::import(&text);
    if !bad.is_empty() {
        bad.iter().take(MAX_REPORTED).for_each(|line| say(&format!("the decisions {path:?} are damaged: {line}")));
        let more = if bad.len() > MAX_REPORTED { format!(" ({} in all)", bad.len()) } else { String::new() };
        return Err(Failure::some(format!("nothing was imported from {path:?}; mend or delete these lines{more}")));
    }
    let mut by_name: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
    for decision in decisions {
        by_name.entry(decision.key()).or_default().push(decision);
    }
    let mut steps = 0;
    for (key, new) in by_name {
        let old = store.register()?.decisions_of(&key)?;
        let all = effective(&[old.clone(), new].concat());
        if effective(&old) != all {
            store.register()?.decide(&key, &all)?;
            steps += 1;
        }
    }
    let (steps, plural) = (in_message(steps), plural(steps));
    say(&format!("decisions about {steps} name{plural} were added"));
    Ok(DONE)
}
