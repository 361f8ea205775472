//! `import`: files into the cache, with a word on each that could not be read.

use super::out::{DONE, Done, Failure, INTERRUPTED, Out, SOME, say};
use super::session::Session;
use crate::config::nearest;
use crate::import::{self, Arrived, Options, Outcome, Totals};
use crate::ingest::{self, Format};
use crate::report::TitleOrigin;
use crate::store::{Saved, Store};
use crate::system::interrupt;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A bar appears when an import takes longer than this.
const PATIENCE: Duration = Duration::from_secs(1);

/// Import files and folders into the cache
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("import"))]
pub struct Import {
    /// Files and folders; `-` is standard input. In a folder, files ending in .txt .html .htm .xhtml .xml .rss .atom
    /// .jsonl .ndjson are read; a file named by itself is always tried
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Print JSON: an object a file, as it goes
    #[arg(long)]
    json: bool,
}

/// How files are read.
#[derive(Debug, Default, Args)]
pub struct Reading {
    /// The format, where it should not be found out
    #[arg(long, value_enum, default_value_t)]
    format: As,
    /// The encoding, where it should not be found out: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni, viscii
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

/// `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum As {
    /// Found out
    #[default]
    Auto,
    /// Plain text, one report
    Text,
    /// A saved page, one report
    Html,
    /// RSS or Atom, a report an item
    Feed,
    /// A JSON object a line, a report each
    Jsonl,
}

impl Reading {
    /// As the importer wants it.
    pub fn options(&self) -> Result<Options, Failure> {
        if let Some(name) = self.encoding.as_deref().filter(|name| !ingest::knows_encoding(name)) {
            let near = nearest(&name.to_ascii_lowercase(), &ingest::ENCODINGS);
            let meant = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            let known = ingest::ENCODINGS.join(", ");
            return Err(Failure::usage(format!("--encoding cannot be {name:?}{meant} (it can be {known})")));
        }
        let format = match self.format {
            As::Auto => Format::Auto,
            As::Text => Format::Text,
            As::Html => Format::Html,
            As::Feed => Format::Feed,
            As::Jsonl => Format::Jsonl,
        };
        Ok(Options { format, encoding: self.encoding.clone() })
    }
}

/// An object of `import --json`.
#[derive(Serialize)]
struct FileLine<'a> {
    file: &'a str,
    ok: bool,
    reports: Vec<ReportLine<'a>>,
    problem: Option<&'a str>,
}

#[derive(Serialize)]
struct ReportLine<'a> {
    id: &'a str,
    title: &'a str,
    title_from: TitleOrigin,
    known: bool,
    notes: &'a [String],
}

impl<'a> From<&'a Arrived> for ReportLine<'a> {
    fn from(report: &'a Arrived) -> Self {
        Self {
            id: &report.id,
            title: &report.title,
            title_from: report.origin,
            known: report.saved == Saved::Known,
            notes: &report.notes,
        }
    }
}

impl Import {
    /// Runs the verb.
    pub fn run(&self, session: &mut Session) -> Done {
        let options = self.reading.options()?;
        let mut store = session.store()?;
        let totals = bring_in(&mut store, &self.paths, &options, self.json)?;
        if !self.json {
            say(&sentence(&totals));
        }
        Ok(code(&totals))
    }
}

/// The exit code that tells how it went.
pub fn code(totals: &Totals) -> u8 {
    match totals {
        Totals { stopped: true, .. } => INTERRUPTED,
        Totals { failed: 0, files: 1.., .. } => DONE,
        _ => SOME,
    }
}

/// How it went, in one sentence.
pub fn sentence(totals: &Totals) -> String {
    let Totals { files, new, known, failed, stopped } = totals;
    let stopped = if *stopped { "interrupted; what is counted here is saved: " } else { "" };
    let failed = if *failed > 0 { format!(", {failed} not read") } else { String::new() };
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (reports, of_files) = (plural(*new), plural(*files));
    format!("{stopped}{new} report{reports} imported, {known} known already, from {files} file{of_files}{failed}")
}

/// Imports; each file that could not be read is named, each file is printed where JSON is wanted.
pub fn bring_in(store: &mut Store, paths: &[PathBuf], options: &Options, json: bool) -> Result<Totals, Failure> {
    if let Some(why) = store.read_only() {
        return Err(Failure::Said(
            super::out::CACHE,
            format!("nothing was imported: the cache cannot be written: {why}"),
        ));
    }
    store.check_small()?;
    let (found, left_out) = import::find(paths);
    if found.is_empty() {
        let endings = import::ENDINGS.join(" .");
        say(&format!(
            "nothing was imported: there are no files ending in .{endings} in {paths:?} ({} others were left out; a file named by itself is always tried)",
            left_out.files
        ));
        return Ok(Totals::default());
    }
    if left_out.documents > 0 {
        let endings = left_out.endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
        let documents = left_out.documents;
        say(&format!(
            "{documents} documents ({endings}) in {paths:?} were left out; save them as plain text or HTML first"
        ));
    }
    let watch = interrupt::Watch::new(INTERRUPTED);
    let stop = &watch.stop;
    let mut teller = Teller { out: json.then(Out::default), bar: Bar::new(found.len()), failure: None };
    let totals = import::import(store, &found, options, stop, &mut |outcome| {
        if !teller.tell(&outcome) {
            // Nobody hears any more; what is in hand is saved.
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    });
    teller.bar.clear();
    match teller.failure {
        Some(failure) => Err(failure),
        None => Ok(totals?),
    }
}

/// Tells of each file as it goes.
struct Teller {
    out: Option<Out>,
    bar: Bar,
    failure: Option<Failure>,
}

impl Teller {
    /// Says whether it could be told.
    fn tell(&mut self, outcome: &Outcome) -> bool {
        if let Some(problem) = &outcome.problem {
            let part = if outcome.reports.is_empty() { "" } else { "in part " };
            self.bar.aside(|| say(&format!("{:?} could {part}not be imported: {problem}", outcome.file)));
        }
        self.bar.step();
        let Some(out) = &mut self.out else { return true };
        let line = FileLine {
            file: &outcome.file,
            ok: outcome.problem.is_none(),
            reports: outcome.reports.iter().map(ReportLine::from).collect(),
            problem: outcome.problem.as_deref(),
        };
        let printed = out.json(&line).and_then(|()| out.write(&["\n"])).and_then(|()| out.flush());
        self.failure = printed.err();
        self.failure.is_none()
    }
}

/// A progress bar on standard error, where that is a terminal, once it is worth it.
struct Bar {
    files: usize,
    done: usize,
    since: Instant,
    shown: Option<ProgressBar>,
    terminal: bool,
}

impl Bar {
    fn new(files: usize) -> Self {
        Self { files, done: 0, since: Instant::now(), shown: None, terminal: std::io::stderr().is_terminal() }
    }

    fn step(&mut self) {
        self.done += 1;
        if self.terminal && self.shown.is_none() && self.since.elapsed() > PATIENCE {
            let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} {eta}");
            let bar = ProgressBar::new(self.files as u64).with_elapsed(self.since.elapsed());
            self.shown = Some(style.map(|style| bar.clone().with_style(style)).unwrap_or(bar));
        }
        if let Some(bar) = &self.shown {
            bar.set_position(self.done as u64);
        }
    }

    /// Says something without tearing the bar.
    fn aside(&self, say: impl FnOnce()) {
        match &self.shown {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
