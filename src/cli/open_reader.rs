//! The call without a verb: imports the named files, then opens the reader, or prints the list if standard output is
//! not a terminal.

use super::args::{Cli, ReaderArgs};
use super::exit_status::{CACHE, DONE, Failure, USAGE, VerbResult};
use super::import::{code, import_paths, say_left_out, say_without_source, sentence};
use super::list;
use super::log;
use super::output::{Output, say};
use super::remote::{self, RemoteCommand};
use super::session::Session;
use crate::config::{SettingLine, ThemeName};
use crate::import::ImportOptions;
use crate::search::filter::Filter;
use crate::store::{Sort, Store, WindowBounds, archive_key, host_key};
use crate::system::terminal_env::{self, Background, ColourDepth, TerminalAbilities, TerminalEnv};
use crate::text::nearest::nearest;
use crate::tui::settings::{ReaderSettings, UserCommand};
use crate::tui::worker::ArchiveFollower;
use crate::tui::worker::remote::{RemoteArchive, ServeError, SshConnect, serve};
use crate::tui::{self, ReaderError, ReaderSource, terminal};
use clap::CommandFactory;
use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The pause before a lost line to another machine is tried again for the first time.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// Imports `paths`, then opens the reader or prints the list.
///
/// Without paths, the worker thread of the reader opens the cache while the terminal is being prepared, which is the
/// fastest start. An interrupted import ends the program without opening the reader.
pub fn run(session: &mut Session, reader: &ReaderArgs, paths: &[PathBuf]) -> VerbResult {
    let on_terminal = std::io::stdout().is_terminal();
    if paths.is_empty() || on_terminal {
        check()?;
    }
    if let [path] = paths
        && let Some(verb) = meant(path)
    {
        return Err(Failure::usage(format!("{path:?} is neither a file nor a verb; did you mean `baocao {verb}`?")));
    }
    if let Some(command) = remote::command(session)? {
        if !paths.is_empty() {
            return Err(Failure::usage(format!(
                "nothing can be imported into the archive on {}; copy the files there, and `baocao import` them",
                command.host
            )));
        }
        check()?;
        return read_remote(session, reader, command);
    }
    if paths.is_empty() {
        // The check above has made sure that there is a usable terminal.
        let opening = session.opening()?;
        return read(session, reader, opening);
    }
    let store = session.store()?;
    let contact = session.config()?.contact.clone();
    let totals = import_paths(&store, paths, contact.as_deref(), &ImportOptions::default(), false, None)?;
    let refused = store.kept_sources().refused();
    let worst = code(&totals);
    if worst != DONE || !on_terminal {
        say(&sentence(&totals));
    }
    if totals.stopped {
        return Ok(worst);
    }
    if on_terminal {
        // What was just imported must not be hidden by the filter of the last session.
        let fresh = ReaderArgs { fresh: true, ..reader.clone() };
        let ended = read(session, &fresh, move || Ok(store));
        // Told at the end: a line before the reader would be covered by it at once.
        say_left_out(&totals.left_out);
        say_without_source(refused);
        return ended;
    }
    say_left_out(&totals.left_out);
    say_without_source(refused);
    let mut out = Output::default();
    let found = store.index().find(&Filter::default(), Sort::Date, WindowBounds::all())?;
    list::print(&mut out, &found.rows, session.colours()? != ColourDepth::None, session.lang()?)?;
    out.flush()?;
    Ok(worst)
}

/// An error if the reader cannot run on this terminal.
pub fn check() -> Result<(), Failure> {
    terminal::check().map_err(|why| Failure::Message(USAGE, why.to_string()))
}

/// Imports the reports of a folder, and opens the reader on them with the tour.
pub fn demo(session: &mut Session, reports: &Path, theme: Option<ThemeName>) -> VerbResult {
    let store = session.store()?;
    import_paths(&store, &[reports.to_owned()], None, &ImportOptions::default(), false, None)?;
    let reader = ReaderArgs { fresh: true, tour: true, theme };
    read(session, &reader, move || Ok(store))
}

/// Returns the verb that is nearest to a mistyped one; `None` if `path` exists or looks like a path.
fn meant(path: &Path) -> Option<String> {
    let word = path.to_str().filter(|word| !path.exists() && !word.contains(['/', '.', '\\']))?;
    let command = Cli::command();
    let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    nearest(word, &verbs).map(str::to_owned)
}

fn read(
    session: &mut Session,
    reader: &ReaderArgs,
    open: impl FnOnce() -> Result<Store, Failure> + Send + 'static,
) -> VerbResult {
    let settings = settings(session, reader)?;
    if let Some(state) = &settings.state {
        log::begin(state);
    }
    // Opened after what it follows: `open` was made with everything taken over that was there.
    let _follower = follow_archives(session)?;
    tui::run(ReaderSource::Store(open), settings)?;
    Ok(DONE)
}

/// Goes on taking over what arrives in several archives until the returned value is dropped. `None` if there are not
/// several.
pub fn follow_archives(session: &mut Session) -> Result<Option<ArchiveFollower>, Failure> {
    Ok(session.joined()?.and_then(ArchiveFollower::begin))
}

/// Opens the reader on an archive on another machine, with the marks of this one.
fn read_remote(session: &mut Session, reader: &ReaderArgs, command: RemoteCommand) -> VerbResult {
    let settings = settings(session, reader)?;
    if let Some(state) = &settings.state {
        log::begin(state);
    }
    let RemoteCommand { host, words } = command;
    let archive =
        RemoteArchive { host: host.clone(), connect: Box::new(SshConnect { words }), first_pause: FIRST_PAUSE };
    let own = session.folders()?.0;
    let open = move || Store::open_marks(&own, &host).map_err(Failure::from);
    tui::run(ReaderSource::Remote { archive, open_marks: open }, settings)?;
    Ok(DONE)
}

/// Answers a reader on another machine from the cache in `folder`, until standard input ends.
pub fn answer(folder: &Path) -> VerbResult {
    match serve(|| Store::open_served(folder), std::io::stdin().lock(), std::io::stdout()) {
        Ok(()) => Ok(DONE),
        Err(ServeError::Store(error)) => Err(error.into()),
        Err(ServeError::Broken(error)) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::ReaderGone),
        Err(error @ ServeError::Broken(_)) => Err(Failure::Message(CACHE, error.to_string())),
        Err(error) => Err(Failure::Message(USAGE, error.to_string())),
    }
}

impl From<ReaderError> for Failure {
    fn from(error: ReaderError) -> Self {
        Self::Message(USAGE, error.to_string())
    }
}

/// Combines options, config and environment to the settings of the reader. Its state folder is `None` if it cannot be
/// made; then nothing is remembered or logged.
fn settings(session: &mut Session, reader: &ReaderArgs) -> Result<ReaderSettings, Failure> {
    let environment = TerminalEnv::of_process();
    let abilities = TerminalAbilities::of(&environment);
    let (cache, state) = session.folders()?;
    let archive = session.archive()?;
    // Where the reader was in one archive says nothing about another, or about the user's own cache.
    let remote = session.remote().map(str::to_owned);
    let state = match (&remote, &archive) {
        (Some(host), _) => state.join(format!("archive-{}", host_key(host))),
        (None, Some(folder)) => state.join(format!("archive-{}", archive_key(folder))),
        (None, None) => state,
    };
    let colours = session.colours()?;
    let lang = session.lang()?;
    let own_arguments = session.own_arguments();
    let config_file = session.config_file();
    let lang_settled = session.global.lang.is_some() || session.config()?.lang.is_some();
    let config = session.config()?.clone();
    let guessed = match terminal_env::background(&environment) {
        Some(Background::Dark) => ThemeName::Dark,
        Some(Background::Light) => ThemeName::Light,
        None => ThemeName::Any,
    };
    let settled = if colours == ColourDepth::None { Some(ThemeName::Mono) } else { reader.theme.or(config.theme) };
    let (keymap, own_styles) = session.keys_and_styles()?;
    let saved_filters = config.filters.clone();
    let command = |line: &SettingLine| UserCommand { name: line.name.clone(), words: line.values.clone() };
    let commands = config.commands.iter().map(command).collect();
    Ok(ReaderSettings {
        lang,
        theme: settled.unwrap_or(guessed),
        theme_settled: settled.is_some(),
        sixteen: abilities.able < ColourDepth::Indexed,
        own_styles,
        keymap: Some(keymap),
        plain: config.plain || abilities.ascii(),
        ascii: abilities.ascii(),
        mouse: config.mouse,
        typing: config.input_method,
        cache: (archive.is_none() && remote.is_none()).then_some(cache),
        config_file,
        home: std::env::var("HOME").ok().filter(|home| !home.is_empty()),
        own_arguments,
        lang_settled,
        fresh: reader.fresh || !config.restore,
        new_first: config.new_first && !reader.fresh,
        state: crate::store::private_files::make_folder(&state).is_ok().then_some(state),
        tour: reader.tour,
        saved_filters,
        citation: config.citation,
        commands,
    })
}
