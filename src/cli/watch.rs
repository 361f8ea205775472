//! `watch`: filters with a name that digests tell of. They are settings, beside the saved filters, so that they outlive
//! the cache and can be edited and shared; up to where a digest has told of each is kept with the reader's marks.

use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::filter_args;
use super::filter_problems;
use super::output::{Output, say};
use super::session::Session;
use super::text_cells::{cell, cut};
use super::typed_filter::text_of;
use crate::config::{NamedFilters, remove_filter, save_filter};
use crate::lang::numbers::{in_message, plural};
use crate::search::filter;
use crate::store::{SeenBy, Sort};
use crate::sync::moment::in_utc;
use crate::text::nearest::nearest;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// Watch for what matches a filter: add, list and remove what `digest --watch` tells of
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::with_fields("watch"))]
pub struct WatchArgs {
    #[command(subcommand)]
    what: WatchAction,
}

#[derive(Debug, Subcommand)]
enum WatchAction {
    /// Add a watch, or give the one of that name another filter. A digest tells of what comes from now on
    Add {
        /// The name to call it by
        #[arg(value_name = "NAME")]
        name: String,
        /// A filter, as for `list`
        #[arg(value_name = "FILTER", required = true)]
        filter: Vec<String>,
    },
    /// List the watches, with the time of the last digest of each
    List {
        /// Print JSON: an array of objects
        #[arg(long)]
        json: bool,
    },
    /// Remove a watch
    Remove {
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// A watch, as `--json` prints it.
#[derive(Serialize)]
struct WatchJson<'a> {
    name: &'a str,
    filter: &'a str,
    /// The time of the last digest of it, as RFC 3339 in UTC; `null` if there was none.
    last: Option<String>,
}

impl WatchArgs {
    /// Runs one of the three actions.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        match &self.what {
            WatchAction::Add { name, filter } => add(session, &named(name)?, filter),
            WatchAction::List { json } => list(session, *json),
            WatchAction::Remove { name } => remove(session, &named(name)?),
        }
    }
}

/// The name as it is kept: one line, without spaces around it.
fn named(typed: &str) -> Result<String, Failure> {
    let name = filter_args::as_given(typed).trim().to_owned();
    let fault = if name.is_empty() {
        "it is empty"
    } else if name.chars().any(char::is_control) {
        "it has control characters"
    } else {
        return Ok(name);
    };
    Err(Failure::usage(format!("watch: {name:?} cannot be a name: {fault}; give a short word")))
}

fn config_file(session: &Session) -> Result<PathBuf, Failure> {
    session
        .config_file()
        .ok_or_else(|| Failure::usage("no home folder is known (HOME is not set); name the settings with --config"))
}

/// Adds a watch. What is in the cache counts as seen by its digests; one that only gets another filter keeps its place.
fn add(session: &mut Session, name: &str, words: &[String]) -> VerbResult {
    let typed = text_of(words);
    let (filter, problems) = filter::parse(&typed);
    if !problems.is_empty() {
        let fault = filter_problems::in_words(&typed, &problems);
        return Err(Failure::usage(format!(
            "watch: the filter has a fault, so nothing is watched: {fault}; `baocao watch --help` names the fields"
        )));
    }
    if filter.is_everything() {
        return Err(Failure::usage("watch: the filter is empty; `baocao digest` tells of everything without a watch"));
    }
    let path = config_file(session)?;
    let known = session.config_to_change()?.watches.iter().any(|watch| watch.0 == name);
    let store = session.store()?;
    let saved = save_filter(&path, NamedFilters::Watches, name, &typed);
    saved.map_err(Failure::usage)?;
    let seen = SeenBy::WatchDigest(name);
    if !known || store.marks().seen(seen)?.is_none() {
        store.marks().set_seen(seen, store.cache().import_position()?)?;
    }
    let matching = store.index().count(&filter, Sort::Date, &AtomicBool::new(false))?;
    let (matching, plural) = (in_message(matching), plural(matching));
    say(&format!(
        "watching {name:?}; the filter finds {matching} report{plural} of the cache, and `baocao digest --watch \
         {name}` tells of those to come"
    ));
    Ok(DONE)
}

fn list(session: &mut Session, json: bool) -> VerbResult {
    let watches = session.config()?.watches.clone();
    let store = session.store()?;
    let mut rows = Vec::with_capacity(watches.len());
    for (name, filter) in &watches {
        let seen = store.marks().seen(SeenBy::WatchDigest(name))?;
        let last = seen.and_then(|seen| jiff::Timestamp::from_second(seen.at).ok());
        rows.push((WatchJson { name, filter, last: last.map(in_utc) }, last));
    }
    let mut out = Output::default();
    if json {
        out.json_array(rows.iter().map(|row| &row.0))?;
    } else {
        for (watch, last) in &rows {
            let last =
                last.map(|time| time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string());
            let last = last.unwrap_or_else(|| "—".to_owned());
            out.write(&[&cell(watch.name, 20), "  ", &cell(&last, 16), "  ", cut(watch.filter, 400).as_str(), "\n"])?;
        }
    }
    out.flush()?;
    if rows.is_empty() {
        say("there are no watches; `baocao watch add NAME FILTER` adds one");
    }
    Ok(DONE)
}

fn remove(session: &mut Session, name: &str) -> VerbResult {
    let path = config_file(session)?;
    let removed = remove_filter(&path, NamedFilters::Watches, name).map_err(Failure::usage)?;
    if !removed {
        let known: Vec<&str> = session.config()?.watches.iter().map(|watch| watch.0.as_str()).collect();
        let near = nearest(name, &known).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
        return Err(Failure::Message(SOME, format!("there is no watch {name:?}{near}")));
    }
    session.store()?.marks().forget_seen(SeenBy::WatchDigest(name))?;
    say(&format!("watch {name:?} removed"));
    Ok(DONE)
}
