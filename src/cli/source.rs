//! `source`: adds, lists, checks and removes the sources that `sync` fetches; reads and writes lists of feeds (OPML).
//! The sources are settings, so that they can be edited and shared; where they stand is in the cache.

mod add;
mod check;
mod opml_files;
mod source_list;

use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::output::say;
use super::session::Session;
use crate::config::remove_source;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Name the sources that `sync` fetches: add, list, check, remove; lists of feeds in and out
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("source"))]
pub struct SourceArgs {
    #[command(subcommand)]
    what: SourceAction,
}

#[derive(Debug, Subcommand)]
enum SourceAction {
    /// Add a source: a feed, a sitemap, a page that links to reports, a site to choose from, or a known outlet by name
    Add(add::AddArgs),
    /// List the sources, with their last pass and what is left
    List {
        /// Print JSON: an array of objects
        #[arg(long)]
        json: bool,
        /// List the outlets that can be added by name instead
        #[arg(long)]
        outlets: bool,
    },
    /// Read the lists of a source and its newest page, and save nothing
    Check {
        /// The source, or a known outlet
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Remove sources; their reports stay
    Remove {
        /// The names of the sources
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
    /// Add the feeds of a list that another reader exported (OPML)
    ImportOpml {
        /// The file, or - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Take also those that are machines of the own network
        #[arg(long)]
        allow_private: bool,
    },
    /// Print the sources as a list for other readers (OPML)
    ExportOpml {
        /// Write to this file instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

impl SourceArgs {
    /// Runs one of the six actions.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        match &self.what {
            SourceAction::Add(add) => add.run(session),
            SourceAction::List { outlets: true, json } => source_list::print_outlets(*json),
            SourceAction::List { json, .. } => source_list::print(session, *json),
            SourceAction::Check { name } => check::run_verb(session, name),
            SourceAction::Remove { names } => remove(session, names),
            SourceAction::ImportOpml { file, allow_private } => opml_files::import(session, file, *allow_private),
            SourceAction::ExportOpml { output } => opml_files::export(session, output.as_deref()),
        }
    }
}

/// The config file, to be edited.
fn config_file(session: &Session) -> Result<PathBuf, Failure> {
    session.config_file().ok_or_else(|| {
        Failure::usage("no home folder is known (HOME is not set); name the settings with --config FILE")
    })
}

fn remove(session: &mut Session, names: &[String]) -> VerbResult {
    let sources = super::sync::chosen(session.config()?.sources.clone(), names)?;
    let path = config_file(session)?;
    let store = session.store()?;
    for source in &sources {
        remove_source(&path, &source.name).map_err(|why| Failure::Message(SOME, why))?;
        if store.read_only().is_none() {
            store.fetch_state()?.forget_source(&source.name)?;
        }
        say(&format!("the source {:?} was removed; its reports stay", source.name));
    }
    Ok(DONE)
}
