//! `import`: imports files into the cache and reports each file that could not be read. The work itself is done by the
//! layer of that name.

mod addresses;
mod dry_run;
mod folder_watch;
mod outcome_report;
mod progress;

use super::atomic_file::OutputFile;
use super::exit_status::{DONE, Failure, INTERRUPTED, SOME, VerbResult};
use super::output::{Output, language, say};
use super::session::Session;
use crate::import::{self, FileDate, FileOutcome, ImportOptions, ImportTotals, SavedReport};
use crate::ingest::{self, FileKind, InputFormat};
use crate::lang::numbers::{in_message, plural};
use crate::lang::phrases;
use crate::report::TitleOrigin;
use crate::search::date::DayRange;
use crate::store::{SaveOutcome, Store};
use crate::sync::address_policy::parse_address;
use crate::system::interrupt;
use crate::text::canonical::canonical_text;
use crate::text::nearest::nearest;
use clap::{Args, ValueEnum};
use progress::ImportBar;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Import files and folders into the cache
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("import"))]
pub struct ImportArgs {
    /// Files and folders; `-` is standard input. Texts and Markdown, pages, feeds, records (JSON, CSV), exports of
    /// wallabag, Readeck and Telegram, messages copied from Telegram and Facebook, mail (.eml, .mbox, .mht), the
    /// cache.db of newsboat, documents (.docx, .odt, .rtf, .epub; .pdf and .doc if a program for them is installed, see
    /// `doctor`) and packed files (.zip, .tar, .gz, .zst, .warc) are read. In a folder, other files are counted by
    /// kind; a file named by itself is always tried. A page is fetched by its address (https://…)
    #[arg(value_name = "PATH", required_unless_present_any = ["retry", "watch"])]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadOptions,
    /// The date of reports that have none of their own: a date such as 12-6-2018, 6-2018 or 2018; `path` for one in the
    /// path of the file; `mtime` for the day of the file's last change
    #[arg(long, value_name = "DATE|path|mtime")]
    date: Option<String>,
    /// The address of a file that does not say its own; it must be one report
    #[arg(long, value_name = "ADDRESS")]
    url: Option<String>,
    /// The newspaper, office or site that published the reports that do not say so themselves
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Keep the bytes of pages and documents, so that newer rules can read them again; the setting keep_source does so
    /// always
    #[arg(long, conflicts_with = "dry_run")]
    keep_source: bool,
    /// Import a folder, then new and changed files in it as they come, until Ctrl-C
    #[arg(long, value_name = "DIR", conflicts_with_all = ["paths", "retry", "report", "dry_run", "url"])]
    watch: Option<PathBuf>,
    /// Print JSON: one object per file, as each is finished. A file of thousands of reports has several, all but the
    /// last with "more": true
    #[arg(long)]
    json: bool,
    /// Print what would come in, with its day, title, unit and people, and write nothing
    #[arg(long, conflicts_with = "report")]
    dry_run: bool,
    /// Write what became of every file to this file, as the lines of --json
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Import again what failed by a file that --report wrote
    #[arg(long, value_name = "FILE")]
    retry: Option<PathBuf>,
}

/// Options for reading files, shared by `import` and `extract`.
#[derive(Debug, Default, Args)]
pub struct ReadOptions {
    /// The format of the files, instead of detecting it
    #[arg(long, value_enum, default_value_t)]
    format: FormatArg,
    /// The encoding of the files that are not UTF-8, instead of finding it out: utf-16le, utf-16be, windows-1258,
    /// tcvn3, tcvn5712-1, vni, viscii, vps, viqr
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum FormatArg {
    /// Detected from the content
    #[default]
    Auto,
    /// Plain text, one report
    Text,
    /// A saved page, one report
    Html,
    /// RSS or Atom, one report per item
    Feed,
    /// One JSON object, and report, per line
    Jsonl,
    /// A list of JSON objects, one report each
    Json,
}

impl ReadOptions {
    /// Converts the options for the importer. Fails if the encoding is unknown.
    pub fn options(&self) -> Result<ImportOptions, Failure> {
        if let Some(name) = self.encoding.as_deref().filter(|name| !ingest::knows_encoding(name)) {
            let near = nearest(&name.to_ascii_lowercase(), &ingest::ENCODINGS);
            let meant = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            let known = ingest::ENCODINGS.join(", ");
            return Err(Failure::usage(format!("--encoding cannot be {name:?}{meant} (it can be {known})")));
        }
        let format = match self.format {
            FormatArg::Auto => InputFormat::Auto,
            FormatArg::Text => InputFormat::Text,
            FormatArg::Html => InputFormat::Html,
            FormatArg::Feed => InputFormat::Feed,
            FormatArg::Jsonl => InputFormat::Jsonl,
            FormatArg::Json => InputFormat::Json,
        };
        Ok(ImportOptions { format, encoding: self.encoding.clone(), ..ImportOptions::default() })
    }
}

/// One object of `import --json`.
#[derive(Serialize)]
struct FileOutcomeJson<'a> {
    file: &'a str,
    ok: bool,
    reports: Vec<ImportedReportJson<'a>>,
    problem: Option<&'a str>,
    /// What is in it that is no report, by kind and number; of a file that is none itself, its own kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    left_out: BTreeMap<&'static str, usize>,
    /// Present and true if another object of the same file follows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more: bool,
}

#[derive(Serialize)]
struct ImportedReportJson<'a> {
    id: &'a str,
    title: &'a str,
    title_from: TitleOrigin,
    known: bool,
    notes: &'a [String],
}

impl<'a> From<&'a SavedReport> for ImportedReportJson<'a> {
    fn from(report: &'a SavedReport) -> Self {
        Self {
            id: &report.id,
            title: &report.title,
            title_from: report.origin,
            known: report.saved == SaveOutcome::Known,
            notes: &report.notes,
        }
    }
}

impl ImportArgs {
    /// Reads `--date`. Fails with the forms of a date that are understood.
    fn file_date(&self) -> Result<FileDate, Failure> {
        match self.date.as_deref() {
            None => Ok(FileDate::Unknown),
            Some("path") => Ok(FileDate::Path),
            Some("mtime") => Ok(FileDate::Modified),
            Some(typed) => DayRange::parse(typed).and_then(DayRange::last_day).map(FileDate::Given).ok_or_else(|| {
                let forms = phrases::DATE_FORMS.say(language());
                Failure::usage(format!("--date cannot be {typed:?}: it can be path, mtime, or a date: {forms}"))
            }),
        }
    }

    /// Reads `--url`. Fails if it is no web address, or if several files are named.
    fn own_address(&self) -> Result<Option<String>, Failure> {
        let Some(typed) = self.url.as_deref() else { return Ok(None) };
        if self.paths.len() != 1 || self.paths.iter().any(|path| path.is_dir() || addresses::is_address(path)) {
            return Err(Failure::usage("--url is the address of one report; name the one file that it belongs to"));
        }
        let parsed = parse_address(typed).map_err(|why| Failure::usage(format!("--url cannot be {typed:?}: {why}")))?;
        Ok(Some(parsed.to_string()))
    }

    /// The cache, which keeps the bytes of what is imported if the user wants that.
    fn store(&self, session: &mut Session) -> Result<Store, Failure> {
        let kept_bytes = session.kept_bytes()?;
        let store = session.store_to_change("nothing was imported")?;
        if self.keep_source {
            store.keep_sources(Some(kept_bytes));
        }
        Ok(store)
    }

    /// Imports, and ends with one sentence of totals, unless JSON is printed.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let options = ImportOptions {
            date: self.file_date()?,
            url: self.own_address()?,
            outlet: self.outlet.as_deref().map(canonical_text).filter(|name| !name.trim().is_empty()),
            ..self.reading.options()?
        };
        if let Some(folder) = &self.watch {
            return folder_watch::run(&self.store(session)?, folder, &options, self.json);
        }
        let mut paths = self.paths.clone();
        if let Some(report) = &self.retry {
            let failures = outcome_report::failures(report)?;
            if failures.is_empty() && paths.is_empty() {
                say(&format!("nothing failed by {report:?}"));
                return Ok(DONE);
            }
            paths.extend(failures);
        }
        if self.dry_run && paths.iter().any(|path| addresses::is_address(path)) {
            return Err(Failure::usage("--dry-run reads files only; save the page, or import it by its address"));
        }
        if self.dry_run {
            return dry_run::run(session, &paths, &options, self.json);
        }
        let (cache, _) = session.folders()?;
        let report = self.report.as_deref().map(|place| OutputFile::new(place, &cache)).transpose()?;
        let store = self.store(session)?;
        let contact = session.config()?.contact.clone();
        let totals = import_paths(&store, &paths, contact.as_deref(), &options, self.json, report)?;
        say_left_out(&totals.left_out);
        say_without_source(store.kept_sources().refused());
        if !self.json {
            say(&sentence(&totals));
        }
        Ok(code(&totals))
    }
}

/// Returns the exit code of an import. An import without any file counts as `SOME`.
pub fn code(totals: &ImportTotals) -> u8 {
    match totals {
        ImportTotals { stopped: true, .. } => INTERRUPTED,
        ImportTotals { failed: 0, files: 1.., .. } => DONE,
        _ => SOME,
    }
}

/// Describes the result of an import in one sentence.
pub fn sentence(totals: &ImportTotals) -> String {
    let ImportTotals { files, new, known, failed, stopped, .. } = totals;
    let stopped = if *stopped { "interrupted; what is counted here is saved: " } else { "" };
    let failed = not_read(*failed);
    let (reports, of_files) = (plural(*new), plural(*files));
    let [new, known, files] = [new, known, files].map(|count| in_message(*count));
    format!("{stopped}{new} report{reports} imported, {known} known already, from {files} file{of_files}{failed}")
}

/// The end of a sentence of totals: how many files were not read, if any.
fn not_read(failed: usize) -> String {
    let not_read = |failed: &str| format!(", {failed} not read");
    if failed > 0 { not_read(&in_message(failed)) } else { String::new() }
}

/// Imports files and folders. Prints a message for each file that could not be read, and with `json` an object for
/// every file; these go to `report` too. Pages are fetched in the name of `contact`. An interrupt (Ctrl-C), or a closed
/// output, stops the import; what has been read by then is saved.
pub fn import_paths(
    store: &Store,
    paths: &[PathBuf],
    contact: Option<&str>,
    options: &ImportOptions,
    json: bool,
    report: Option<OutputFile>,
) -> Result<ImportTotals, Failure> {
    if let Some(why) = store.read_only() {
        return Err(Failure::Message(
            super::exit_status::CACHE,
            format!("nothing was imported: the cache cannot be written: {why}"),
        ));
    }
    store.cache().check_small()?;
    let (addresses, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| addresses::is_address(path));
    let found = import::find(&paths);
    let watch = interrupt::Watch::new(INTERRUPTED);
    let stop = &watch.stop;
    let mut outs: Vec<Output> = json.then(Output::default).into_iter().collect();
    if let Some(report) = &report {
        outs.push(report.out()?);
    }
    let mut printer = OutcomePrinter { outs, bar: ImportBar::new(&found), failure: None };
    let fetched = addresses::import_addresses(store, &addresses, contact, stop, &mut |outcome| {
        printer.print(outcome);
    })?;
    let totals = import::import(store, &found, options, stop, &mut |outcome| {
        if !printer.print(&outcome) {
            // The output is closed. Stopping, unlike aborting, saves what has been read.
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    });
    printer.bar.clear();
    let failure = printer.failure.take();
    drop(printer);
    // What is told so far is true, however the import ended.
    report.map_or(Ok(()), OutputFile::keep)?;
    if let Some(failure) = failure {
        return Err(failure);
    }
    let mut totals = totals?;
    totals.files += fetched.files;
    totals.new += fetched.new;
    totals.known += fetched.known;
    totals.failed += fetched.failed;
    totals.stopped |= fetched.stopped;
    if totals.files == 0 && !totals.stopped {
        say(&format!(
            "nothing was imported: no file in {paths:?} is a report (a file named by itself is always tried)"
        ));
    }
    Ok(totals)
}

/// Says what was left out of folders and archives, if anything was.
pub fn say_left_out(left_out: &BTreeMap<FileKind, usize>) {
    if !left_out.is_empty() {
        say(&format!("left out: {}", kinds(left_out)));
    }
}

/// Says how many reports were saved whose bytes are not kept for want of room, if any.
pub fn say_without_source(refused: usize) {
    if refused > 0 {
        say(&format!(
            "the bytes of {refused} of the reports are not kept: there is no more room for them (keep_source_mb in the \
             settings)"
        ));
    }
}

/// Says why a file, or a part of it, was not imported.
fn say_problem(outcome: &FileOutcome, problem: &str) {
    let part = if outcome.reports.is_empty() && outcome.earlier == 0 { "" } else { "in part " };
    say(&format!("{:?} could {part}not be imported: {problem}", outcome.file));
}

/// What was left out, by kind and number.
fn kinds(left_out: &BTreeMap<FileKind, usize>) -> String {
    left_out.iter().map(|(kind, count)| kind.counted(*count)).collect::<Vec<_>>().join(", ")
}

/// Prints the outcome of each file as soon as it is known.
struct OutcomePrinter {
    /// Where outcomes are printed as JSON.
    outs: Vec<Output>,
    bar: ImportBar,
    failure: Option<Failure>,
}

impl OutcomePrinter {
    /// Prints one outcome. Returns `false` if the output cannot be written; the reason is kept in `failure`.
    fn print(&mut self, outcome: &FileOutcome) -> bool {
        if let Some(problem) = &outcome.problem {
            self.bar.aside(|| say_problem(outcome, problem));
        }
        self.bar.add(outcome);
        if self.outs.is_empty() {
            return true;
        }
        let line = FileOutcomeJson {
            file: &outcome.file,
            ok: outcome.problem.is_none() && !outcome.is_left_out(),
            reports: outcome.reports.iter().map(ImportedReportJson::from).collect(),
            problem: outcome.problem.as_deref(),
            left_out: outcome.left_out.iter().map(|(kind, count)| (kind.word(), *count)).collect(),
            more: outcome.more,
        };
        let print = |out: &mut Output| out.json(&line).and_then(|()| out.write(&["\n"])).and_then(|()| out.flush());
        self.failure = self.outs.iter_mut().try_for_each(print).err();
        self.failure.is_none()
    }
}
