//! The command line: one file per verb.
//!
//! Both people and scripts read the output, so exit codes and JSON keys never change their meaning. A message is one
//! line on standard error and says what was being done, to what, why it failed, and what to do about it.

mod archives;
pub mod args;
mod atomic_file;
mod backup;
mod citation;
mod cite;
mod clean;
mod code_point_positions;
mod compare;
mod completions;
mod config;
mod csv;
mod decisions;
mod demo;
mod digest;
mod doctor;
mod doubt_list;
mod examples;
mod exit_status;
mod export;
mod extract;
mod filter_args;
mod filter_problems;
mod holding_output;
mod html_page;
mod html_text;
mod import;
mod lineup;
mod list;
mod localized;
mod log;
mod man;
mod no_results;
mod notes;
mod official;
mod officials;
mod open_reader;
mod output;
mod output_args;
mod pages;
mod posts;
mod query_length;
mod rebuild;
mod remote;
mod remove;
mod report_json;
mod report_lookup;
mod report_marks;
mod restore;
mod serve;
mod session;
mod show;
mod source;
mod sync;
mod text_cells;
mod text_input;
mod typed_filter;
mod unit;
mod unit_lookup;
mod usage_error;
mod watch;

use crate::lang::numbers::in_message;
use crate::store::{self, CacheRecovery, Store, StoreError};
use crate::text::safe::Safe;
use args::Verb;
use exit_status::{CACHE, DONE, Failure, SOME, VerbResult};
use output::say;
use session::Session;
use std::process::ExitCode;

/// How often a run mends a damaged cache before it gives up.
const MENDINGS: usize = 2;

/// Runs the program and returns its exit code.
///
/// If the verb fails because the cache or the file of marks is damaged, that is mended and the verb runs again. The
/// exit code is then the worse of the two, so that a script notices reports that could not be recovered.
pub fn run() -> ExitCode {
    quote_panics();
    let mut cli = match args::parse(filter_args::for_clap(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(exit_status::USAGE);
            let args: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
            output::speak(localized::language(&args));
            if error.use_stderr() {
                say(&usage_error::line(&error, &args));
            } else {
                print_help(&error, &args);
            }
            return ExitCode::from(code);
        }
    };
    let mut session = Session::new(std::mem::take(&mut cli.global));
    output::speak(session.language_of_messages());
    let (done, worst) = perform_and_mend(&mut session, &cli);
    ExitCode::from(match done {
        Ok(code) => code.max(worst),
        Err(Failure::ReaderGone) => DONE,
        Err(Failure::Message(code, message)) => {
            say(&message);
            code
        }
        Err(Failure::Settings(messages)) => {
            for message in &messages {
                say(message);
            }
            exit_status::USAGE
        }
        Err(Failure::Store(error)) => {
            say(&if error.is_damage() { unmended(&mut session, &error) } else { error.to_string() });
            CACHE
        }
    })
}

/// Prints the help or the version that was asked for, in the language of the user. A failure is ignored: nobody is
/// reading.
fn print_help(error: &clap::Error, args: &[String]) {
    match (error.kind() == clap::error::ErrorKind::DisplayHelp).then(|| localized::help(args)).flatten() {
        Some(help) => {
            let mut out = output::Output::default();
            let _ = out.write(&[&help]).and_then(|()| out.flush());
        }
        None => drop(error.print()),
    }
}

/// Runs the verb; if something is damaged, mends it and runs the verb again. Returns the last result and the worst exit
/// code of mending. A second time is for damage that shows only after the first, or that another process was mending.
fn perform_and_mend(session: &mut Session, cli: &args::Cli) -> (VerbResult, u8) {
    let mut worst = DONE;
    for _ in 0..MENDINGS {
        let done = perform(session, cli);
        let Err(Failure::Store(error)) = &done else { return (done, worst) };
        if !error.is_damage() {
            return (done, worst);
        }
        match recover(session, error) {
            Ok(code) => worst = worst.max(code),
            Err(failure) => return (Err(failure), worst),
        }
    }
    (perform(session, cli), worst)
}

/// What an error of an archive is, which only others can mend; `None` for one of the user's own cache.
fn damage_of_archive(session: &mut Session, error: &StoreError) -> Option<String> {
    let (StoreError::Corrupt { why, .. }, Ok(Some(archive))) = (error, session.archive()) else { return None };
    Some(format!(
        "the archive {} is damaged, or is just being copied ({why}); try again, and tell whoever fills it",
        Safe::path(&archive)
    ))
}

/// What to do about damage that is still there after mending.
fn unmended(session: &mut Session, error: &StoreError) -> String {
    let folder = session.folders().map(|(folder, _)| folder).unwrap_or_default();
    if let Some(told) = damage_of_archive(session, error) {
        return told;
    }
    let (file, then) = match error {
        StoreError::MarksDamaged { path, .. } => (path.clone(), "the newest copy of it in `backups` is then restored"),
        _ => {
            (folder.join(store::CACHE_FILE), "import the files again; marks and decisions are in another file and stay")
        }
    };
    format!("{error}, but this has just failed; move {} away, and {then}", Safe::path(&file))
}

fn perform(session: &mut Session, cli: &args::Cli) -> VerbResult {
    let Some(verb) = &cli.verb else { return open_reader::run(session, &cli.reader, &cli.paths) };
    remote::check_verb(session, verb)?;
    match verb {
        Verb::Import(args) => args.run(session),
        Verb::Source(args) => args.run(session),
        Verb::Sync(args) => args.run(session),
        Verb::List(args) => args.run(session),
        Verb::Show(args) => args.run(session),
        Verb::Officials(args) => args.run(session),
        Verb::Official(args) => args.run(session),
        Verb::Posts(args) => args.run(session),
        Verb::Unit(args) => args.run(session),
        Verb::Lineup(args) => args.run(session),
        Verb::Compare(args) => args.run(session),
        Verb::Decisions(args) => args.run(session),
        Verb::Notes(args) => args.run(session),
        Verb::Cite(args) => args.run(session),
        Verb::Extract(args) => args.run(session),
        Verb::Pages(args) => args.run(session),
        Verb::Export(args) => args.run(session),
        Verb::Remove(args) => args.run(session),
        Verb::Backup(args) => args.run(session),
        Verb::Restore(args) => args.run(session),
        Verb::Rebuild(args) => args.run(session),
        Verb::Watch(args) => args.run(session),
        Verb::Digest(args) => args.run(session),
        Verb::Clean(args) => args.run(session),
        Verb::Serve(args) => args.run(session),
        Verb::Demo(args) => demo::run(session, args),
        Verb::Doctor(args) => args.run(session),
        Verb::Config(args) => args.run(session),
        Verb::Completions(args) => args.run(session),
        Verb::Man(args) => args.run(session),
    }
}

/// Mends what is damaged, with messages about it.
///
/// Returns `DONE` if every report was recovered, else `SOME`.
fn recover(session: &mut Session, error: &StoreError) -> VerbResult {
    let (StoreError::Corrupt { why, .. } | StoreError::MarksDamaged { why, .. }) = error else { return Ok(DONE) };
    let (folder, _) = session.folders()?;
    if let (Some(joined), StoreError::Corrupt { .. }) = (session.joined()?, error) {
        // All that is in it can be taken over again.
        joined.delete()?;
        say(&format!("what joins the archives was damaged ({why}); it is made anew of them"));
        return Ok(DONE);
    }
    if session.archive()?.is_some() || session.remote().is_some() {
        // The cache in the user's own folder is not the one that is damaged; opening has mended the marks already.
        return Ok(DONE);
    }
    let recovered = Store::recover(&folder)?;
    if let Some(marks) = &recovered.marks {
        say(&marks.to_string());
    }
    match recovered.cache {
        CacheRecovery::Sound => Ok(DONE),
        CacheRecovery::InPlace { reports } => {
            say(&format!(
                "what the cache keeps besides the texts was damaged ({why}); it was made anew of all texts ({})",
                in_message(reports)
            ));
            Ok(DONE)
        }
        CacheRecovery::Anew { aside, reports, whole } => {
            let aside = Safe::path(&aside);
            say(&format!("the cache was damaged ({why}); it is kept as {aside}, and a new one was made"));
            if whole {
                say(&format!("all reports are back: {}", in_message(reports)));
                return Ok(DONE);
            }
            let reports = in_message(reports);
            say(&format!("reports that are back: {reports}; some may be missing; import their files again"));
            Ok(SOME)
        }
    }
}

/// Replaces the panic hook by one that prints a single safe line: a panic message can quote a report, which must not
/// control the terminal.
fn quote_panics() {
    std::panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().copied();
        let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        say(&format!("an error of the program itself ({place}: {message}); please report this line"));
    }));
}
