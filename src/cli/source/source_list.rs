//! `source list`: the sources with where they stand, and the known outlets.

use crate::cli::exit_status::{DONE, SOME, VerbResult};
use crate::cli::output::{Output, say};
use crate::cli::session::Session;
use crate::config::SourceSetting;
use crate::lang::{Lang, phrases};
use crate::store::{FetchState, SourceState, StoreError};
use crate::sync::moment::{in_utc, shown_here};
use crate::sync::outlets::known_outlets;
use crate::text::safe::Safe;
use jiff::Timestamp;
use serde::Serialize;

/// A source, as `--json` prints it. Moments are RFC 3339 in UTC.
#[derive(Serialize)]
struct SourceJson<'a> {
    name: &'a str,
    address: &'a str,
    only: &'a [String],
    skip: &'a [String],
    days: u32,
    every: u32,
    allow_private: bool,
    /// When the last pass began; `null` if there was none.
    begun: Option<String>,
    /// Whether that pass has not ended: it was interrupted, or is under way.
    unfinished: bool,
    /// When a pass last ended; `null` if none has.
    last: Option<String>,
    /// When the next one is due.
    next: Option<String>,
    new: usize,
    known: usize,
    failed: usize,
    /// Number of pages that wait.
    left: usize,
    /// Number of lists that the unfinished pass has still to read.
    lists_left: usize,
    /// New reports of all passes.
    all_new: usize,
    /// Passes in a row that had a problem.
    failures: u32,
    problem: Option<&'a str>,
}

#[derive(Serialize)]
struct OutletJson {
    name: &'static str,
    title: &'static str,
    address: &'static str,
    note: &'static str,
}

/// A source with where it stands.
#[derive(Default)]
struct SourceRow {
    state: SourceState,
    /// Pages that are known and were not fetched yet.
    left: usize,
    /// Lists that a pass which has not ended is still to read.
    lists_left: usize,
}

/// Prints the sources and where they stand.
pub fn print(session: &mut Session, json: bool) -> VerbResult {
    let sources = session.config()?.sources.clone();
    let lang = session.lang()?;
    if sources.is_empty() && !json {
        say("there are no sources; `baocao source add ADDRESS` adds one, `source list --outlets` prints known outlets");
        return Ok(SOME);
    }
    let store = session.store()?;
    // A cache that cannot be written, and in which nothing was ever fetched, has no such tables.
    let fetched = store.fetch_state().ok();
    let mut rows = Vec::new();
    for source in &sources {
        rows.push((source, fetched.as_ref().map(|fetched| row(fetched, source)).transpose()?.unwrap_or_default()));
    }
    let mut out = Output::default();
    if json {
        out.json_array(rows.iter().map(|(source, row)| source_json(source, row)))?;
    } else {
        for (source, row) in &rows {
            out.line(&Safe::line(&line(source, row, lang)))?;
            if let Some(problem) = &row.state.problem {
                out.line(&Safe::line(&format!("  {problem}")))?;
            }
        }
    }
    out.flush()?;
    Ok(if sources.is_empty() { SOME } else { DONE })
}

fn row(fetched: &FetchState<'_>, source: &SourceSetting) -> Result<SourceRow, StoreError> {
    let state = fetched.source(&source.name)?;
    let lists_left = if state.unfinished().is_some() { fetched.pending_lists(&source.name)?.len() } else { 0 };
    Ok(SourceRow { state, left: fetched.waiting(&source.name)?, lists_left })
}

fn source_json<'a>(source: &'a SourceSetting, row: &'a SourceRow) -> SourceJson<'a> {
    let SourceRow { state, left, lists_left } = row;
    let moment = |second: Option<i64>| second.and_then(|second| Timestamp::from_second(second).ok()).map(in_utc);
    SourceJson {
        name: &source.name,
        address: &source.address,
        only: &source.only,
        skip: &source.skip,
        days: source.days,
        every: source.every,
        allow_private: source.allow_private,
        begun: moment(state.begun),
        unfinished: state.unfinished().is_some(),
        last: moment(state.ended),
        next: moment(state.next),
        new: state.new,
        known: state.known,
        failed: state.failed,
        left: *left,
        lists_left: *lists_left,
        all_new: state.all_new,
        failures: state.failures,
        problem: state.problem.as_deref(),
    }
}

/// A source in one line: name, address, last pass, and what is left. Of a pass that was interrupted, or is under way,
/// when it began and which part of it is left.
fn line(source: &SourceSetting, row: &SourceRow, lang: Lang) -> String {
    let state = &row.state;
    let here = |second: i64| Timestamp::from_second(second).ok().map(shown_here);
    let mut parts = vec![source.name.clone(), source.address.clone()];
    match (state.unfinished().and_then(here), state.ended.and_then(here)) {
        (Some(begun), _) => parts.push(phrases::PASS_UNFINISHED.fill(lang, &[&begun])),
        (None, Some(ended)) => parts.push(phrases::LAST_PASS.fill(lang, &[&ended])),
        (None, None) => parts.push(phrases::NEVER_FETCHED.say(lang).to_owned()),
    }
    if state.begun.is_some() {
        parts.push(phrases::REPORTS_N.count(lang, state.all_new));
    }
    if row.lists_left > 0 {
        parts.push(phrases::LISTS_WAITING.count(lang, row.lists_left));
    }
    if row.left > 0 {
        parts.push(phrases::PAGES_WAITING.count(lang, row.left));
    }
    if let Some(next) = state.next.filter(|_| state.unfinished().is_none()).and_then(here) {
        parts.push(phrases::NEXT_PASS.fill(lang, &[&next]));
    }
    parts.join(" · ")
}

/// Prints the outlets that can be added by name.
pub fn print_outlets(json: bool) -> VerbResult {
    let mut out = Output::default();
    if json {
        out.json_array(known_outlets().iter().map(|known| OutletJson {
            name: known.name,
            title: known.title,
            address: known.address,
            note: known.note,
        }))?;
    } else {
        for known in known_outlets() {
            let note = if known.note.is_empty() { String::new() } else { format!(" · {}", known.note) };
            out.line(&Safe::line(&format!("{} · {} · {}{note}", known.name, known.title, known.address)))?;
        }
    }
    out.flush()?;
    Ok(DONE)
}
