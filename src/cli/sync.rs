//! `sync`: fetches what is new in the sources of the settings. Prints a line for each new report and a message for each
//! source that had a problem, and nothing at all if nothing is new, so that it can run from cron. The work is in
//! `sync`.

mod event_json;

use super::exit_status::{CACHE, DONE, Failure, INTERRUPTED, SOME, VerbResult};
use super::import::say_without_source;
use super::output::{Output, language, say, told};
use super::session::Session;
use crate::config::SourceSetting;
use crate::lang::numbers::{in_message, plural};
use crate::lang::phrases;
use crate::search::date::DayRange;
use crate::store::{NewsSince, Store};
use crate::sync::clock::SystemClock;
use crate::sync::event::{PageResult, SyncEvent, SyncTotals};
use crate::sync::http::HttpClient;
use crate::sync::moment::shown_here;
use crate::sync::run::{SyncPlan, run};
use crate::sync::sync_lock::{NoSyncLock, SyncLock};
use crate::sync::timer::timer_files;
use crate::system::interrupt;
use crate::text::nearest::nearest;
use crate::text::safe::Safe;
use clap::Args;
use event_json::EventJson;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use std::io::IsTerminal;
use std::sync::atomic::Ordering;

/// Digits of a report's id that are printed.
const ID_DIGITS: usize = 8;

/// Fetch what is new in the sources
///
/// Reads the lists of the sources (`baocao source add`), then fetches the pages that are new in them, newest first: one
/// request at a time to a host, at least two seconds apart, as robots.txt allows. What is interrupted goes on where it
/// was. Prints a line for each new report, a message for each page that gives none, and nothing if nothing is new. Exit
/// code 0: everything was fetched, new or not; 1: a source had a problem, or another run is under way.
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::with_timer())]
pub struct SyncArgs {
    /// Only these sources, also before their next pass is due
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// Take pages since this date, instead of those of the last days by the settings
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Read the lists only, and print which pages would be fetched
    #[arg(long)]
    dry_run: bool,
    /// Print JSON: one object per list, page and source, as it goes
    #[arg(long)]
    json: bool,
    /// Print a systemd timer and a line for cron that run this regularly
    #[arg(long, conflicts_with_all = ["dry_run", "json"])]
    print_timer: bool,
}

impl SyncArgs {
    /// Fetches, or prints the timer.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        if self.print_timer {
            return self.print_timer(session);
        }
        let sources = chosen(session.config()?.sources.clone(), &self.sources)?;
        if sources.is_empty() {
            say("there is no source to fetch; `baocao source add ADDRESS` adds one");
            return Ok(SOME);
        }
        let since = self.since.as_deref().map(since_moment).transpose()?;
        let plan = SyncPlan { sources: &sources, is_forced: !self.sources.is_empty(), since, dry_run_for: None };
        if self.dry_run {
            return dry_run(&client(session)?, &session.store()?, plan, self.json);
        }
        let client = client(session)?;
        let store = session.store_to_change("nothing was fetched")?;
        let _lock = lock(&store)?;
        let mut printer = EventPrinter::new(self.json, false);
        let totals = fetch(&client, &store, plan, &mut printer)?;
        say_without_source(store.kept_sources().refused());
        printer.end()?;
        if totals.new > 0 && !self.json {
            let known =
                if totals.known > 0 { format!(", {} known already", in_message(totals.known)) } else { String::new() };
            say(&format!("{} new report{}{known}", in_message(totals.new), plural(totals.new)));
        }
        Ok(code(&totals))
    }

    fn print_timer(&self, session: &Session) -> VerbResult {
        let program =
            std::env::current_exe().map_or_else(|_| "baocao".to_owned(), |path| path.to_string_lossy().into());
        let mut options = session.own_arguments();
        options.push("sync".to_owned());
        options.extend(self.sources.iter().cloned());
        let mut out = Output::default();
        let files = timer_files(&program, &options);
        for line in files.lines() {
            out.line(&Safe::line(line))?;
        }
        out.flush()?;
        Ok(DONE)
    }
}

fn code(totals: &SyncTotals) -> u8 {
    match totals {
        SyncTotals { stopped: true, .. } => INTERRUPTED,
        SyncTotals { problems: 0, .. } => DONE,
        _ => SOME,
    }
}

/// The sources of these names; all if there are none.
pub fn chosen(all: Vec<SourceSetting>, names: &[String]) -> Result<Vec<SourceSetting>, Failure> {
    for name in names {
        if !all.iter().any(|source| source.name == *name) {
            let known: Vec<&str> = all.iter().map(|source| source.name.as_str()).collect();
            let hint = nearest(name, &known)
                .map_or_else(|| "`baocao source list` prints all".to_owned(), |near| format!("did you mean {near:?}?"));
            return Err(Failure::usage(format!("there is no source {name:?}; {hint}")));
        }
    }
    Ok(all.into_iter().filter(|source| names.is_empty() || names.contains(&source.name)).collect())
}

/// The first moment of a date as typed, here.
fn since_moment(typed: &str) -> Result<Timestamp, Failure> {
    let first = DayRange::parse(typed).and_then(DayRange::days).and_then(|(first, _)| NewsSince::first_second(first));
    let moment = first.and_then(|second| Timestamp::from_second(second).ok());
    moment.ok_or_else(|| {
        let forms = phrases::DATE_FORMS.say(language());
        Failure::usage(format!("--since cannot be {typed:?}: it can be a date: {forms}"))
    })
}

/// The client that connects as the environment says (its proxy, its certificates), and names the user's contact.
pub fn client(session: &mut Session) -> Result<HttpClient, Failure> {
    HttpClient::of_environment(session.config()?.contact.as_deref()).map_err(Failure::usage)
}

fn lock(store: &Store) -> Result<Option<SyncLock>, Failure> {
    let Some(folder) = store.folder() else { return Ok(None) };
    SyncLock::take(folder).map(Some).map_err(|error| match error {
        NoSyncLock::Busy => Failure::some(format!("nothing was fetched: {error}")),
        NoSyncLock::Unusable { .. } => Failure::Message(CACHE, format!("nothing was fetched: {error}")),
    })
}

fn fetch(
    client: &HttpClient,
    store: &Store,
    plan: SyncPlan<'_>,
    printer: &mut EventPrinter,
) -> Result<SyncTotals, Failure> {
    let watch = interrupt::Watch::new(INTERRUPTED);
    let stop = &watch.stop;
    let totals = run(store, client, &SystemClock, plan, stop, &mut |event| {
        if !printer.print(&event) {
            // The output is closed: what is under way is still saved.
            stop.store(true, Ordering::Relaxed);
        }
    });
    printer.clear();
    Ok(totals?)
}

/// Reads the lists for a cache without changing it.
fn dry_run(client: &HttpClient, store: &Store, plan: SyncPlan<'_>, json: bool) -> VerbResult {
    let aside = Store::in_memory()?;
    let mut printer = EventPrinter::new(json, true);
    let plan = SyncPlan { dry_run_for: Some(store), ..plan };
    let totals = fetch(client, &aside, plan, &mut printer)?;
    let (planned, left_out) = (printer.planned, printer.left_out);
    printer.end()?;
    if !json {
        let others = if left_out > 0 { format!(", {left_out} would not") } else { String::new() };
        let (planned, plural) = (in_message(planned), plural(planned));
        say(&format!("{planned} page{plural} would be fetched{others}; nothing was saved"));
    }
    Ok(code(&totals))
}

/// Prints what happens as it happens.
struct EventPrinter {
    out: Output,
    json: bool,
    bar: Option<ProgressBar>,
    /// Pages that a run would fetch, and those that it would leave out, as a dry run told them.
    planned: usize,
    left_out: usize,
    /// Whether sources that are not due are told: a dry run is there to be read.
    is_dry: bool,
    failure: Option<Failure>,
}

impl EventPrinter {
    fn new(json: bool, is_dry: bool) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            let style = ProgressStyle::with_template("{spinner} {pos}/{len} {per_sec} {msg}");
            style.map(|style| bar.clone().with_style(style)).unwrap_or(bar)
        });
        Self { out: Output::default(), json, bar, planned: 0, left_out: 0, is_dry, failure: None }
    }

    /// Prints one event. False if the output cannot be written.
    fn print(&mut self, event: &SyncEvent) -> bool {
        if self.failure.is_some() {
            return false;
        }
        if let (SyncEvent::Progress(progress), Some(bar)) = (event, &self.bar) {
            bar.set_length((progress.pages_done + progress.pages_left) as u64);
            bar.set_position(progress.pages_done as u64);
            let said = format!("sources {}/{}, {} new", progress.sources_done, progress.sources, progress.new);
            bar.set_message(told(&said));
        }
        self.planned += usize::from(matches!(event, SyncEvent::Planned { .. }));
        self.left_out += usize::from(matches!(event, SyncEvent::LeftOut(_)));
        let done = if self.json { self.print_json(event) } else { self.print_line(event) };
        self.failure = done.err();
        self.failure.is_none()
    }

    fn print_json(&mut self, event: &SyncEvent) -> Result<(), Failure> {
        let Some(line) = EventJson::of(event) else { return Ok(()) };
        self.out.json(&line)?;
        self.out.write(&["\n"])?;
        self.out.flush()
    }

    fn print_line(&mut self, event: &SyncEvent) -> Result<(), Failure> {
        let line = match event {
            SyncEvent::Page { source, title, result: PageResult::New { id }, instead, .. } => {
                let note = instead.as_ref().map(|why| told(&format!(" (the text of the feed: {why})")));
                report_line(id, title.as_deref(), source, &note.unwrap_or_default())
            }
            SyncEvent::Page { source, title, result: PageResult::NewVersion { id, earlier }, .. } => {
                let note = told(&format!(" (newer version of {})", shown_id(earlier)));
                report_line(id, title.as_deref(), source, &note)
            }
            SyncEvent::Page { address, result: PageResult::NoReport { why }, .. } => {
                self.aside(&format!("the page {address} gives no report: {why}"));
                return Ok(());
            }
            SyncEvent::Page { address, result: PageResult::Later { until, why }, .. } => {
                self.aside(&format!("the page {address} is asked for again after {}: {why}", shown_here(*until)));
                return Ok(());
            }
            SyncEvent::Planned { source, address, title, moment } => {
                let day = moment.map(|moment| format!("{} ", moment.strftime("%Y-%m-%d"))).unwrap_or_default();
                format!("{day}{} · {source} · {address}", title.as_deref().unwrap_or("—"))
            }
            SyncEvent::LeftOut(page) => {
                let not_before = page.until.map(|until| format!(" before {}", shown_here(until))).unwrap_or_default();
                self.aside(&format!("the page {} would not be fetched{not_before}: {}", page.address, page.why));
                return Ok(());
            }
            SyncEvent::List { address, pages, note: Some(note), .. } if self.is_dry => {
                self.aside(&format!("pages in the list {address}: {pages}; {note}"));
                return Ok(());
            }
            SyncEvent::NotDue { source, next } if self.is_dry => {
                let next = shown_here(*next);
                self.aside(&format!("the source {source:?} is not due before {next}; `sync {source}` fetches it now"));
                return Ok(());
            }
            SyncEvent::SourceDone(summary) => {
                if let Some(problem) = &summary.problem {
                    self.aside(&format!("the source {:?}: {problem}", summary.source));
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        match &self.bar {
            Some(bar) if std::io::stdout().is_terminal() => {
                let out = &mut self.out;
                bar.suspend(|| out.line(&Safe::line(&line)).and_then(|()| out.flush()))
            }
            _ => self.out.line(&Safe::line(&line)).and_then(|()| self.out.flush()),
        }
    }

    fn aside(&self, message: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| say(message)),
            None => say(message),
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn end(mut self) -> Result<(), Failure> {
        self.clear();
        self.failure.take().map_or(Ok(()), Err)
    }
}

fn shown_id(id: &str) -> &str {
    id.get(..ID_DIGITS).unwrap_or(id)
}

fn report_line(id: &str, title: Option<&str>, source: &str, note: &str) -> String {
    format!("{}  {} · {source}{note}", shown_id(id), title.unwrap_or("—"))
}
