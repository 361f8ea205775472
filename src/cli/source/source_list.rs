//! `source list`: the sources with where they stand, and the known outlets.

use crate::cli::exit_status::{DONE, SOME, VerbResult};
use crate::cli::output::{Output, say};
use crate::cli::session::Session;
use crate::config::SourceSetting;
use crate::lang::{Lang, phrases};
use crate::store::SourceState;
use crate::sync::moment::shown_here;
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
    /// When the last pass ended; `null` if there was none.
    last: Option<String>,
    /// When the next one is due.
    next: Option<String>,
    new: usize,
    known: usize,
    failed: usize,
    /// Number of pages that wait.
    left: usize,
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
        let state = fetched.as_ref().map(|fetched| fetched.source(&source.name)).transpose()?.unwrap_or_default();
        let left = fetched.as_ref().map_or(Ok(0), |fetched| fetched.waiting(&source.name))?;
        rows.push((source, state, left));
    }
    let mut out = Output::default();
    if json {
        out.json_array(rows.iter().map(|(source, state, left)| source_json(source, state, *left)))?;
    } else {
        for (source, state, left) in &rows {
            out.line(&Safe::line(&line(source, state, *left, lang)))?;
            if let Some(problem) = &state.problem {
                out.line(&Safe::line(&format!("  {problem}")))?;
            }
        }
    }
    out.flush()?;
    Ok(if sources.is_empty() { SOME } else { DONE })
}

fn source_json<'a>(source: &'a SourceSetting, state: &'a SourceState, left: usize) -> SourceJson<'a> {
    let moment =
        |second: Option<i64>| second.and_then(|second| Timestamp::from_second(second).ok()).map(|m| m.to_string());
    SourceJson {
        name: &source.name,
        address: &source.address,
        only: &source.only,
        skip: &source.skip,
        days: source.days,
        every: source.every,
        allow_private: source.allow_private,
        last: moment(state.ended),
        next: moment(state.next),
        new: state.new,
        known: state.known,
        failed: state.failed,
        left,
        all_new: state.all_new,
        failures: state.failures,
        problem: state.problem.as_deref(),
    }
}

/// A source in one line: name, address, last pass, and what is left.
fn line(source: &SourceSetting, state: &SourceState, left: usize, lang: Lang) -> String {
    let here = |second: i64| Timestamp::from_second(second).ok().map(shown_here);
    let last = match state.ended.and_then(here) {
        Some(moment) => phrases::LAST_PASS.fill(lang, &[&moment]),
        None => phrases::NEVER_FETCHED.say(lang).to_owned(),
    };
    let mut parts = vec![source.name.clone(), source.address.clone(), last];
    if state.ended.is_some() {
        parts.push(phrases::REPORTS_N.count(lang, state.all_new));
    }
    if left > 0 {
        parts.push(phrases::PAGES_WAITING.count(lang, left));
    }
    if let Some(next) = state.next.and_then(here) {
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
