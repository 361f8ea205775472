//! `doctor`: shows where everything is and whether it works: cache, settings, locale, terminal, colours.

use super::exit_status::{CACHE, DONE, Failure, USAGE, VerbResult};
use super::output::{Output, say};
use super::session::{Session, shown};
use crate::extract::RULES;
use crate::lang::Lang;
use crate::store::Store;
use crate::text::safe::Safe;
use crate::tui::terminal;
use clap::Args;

/// Show where everything is and whether it works
#[derive(Debug, Args)]
pub struct DoctorArgs {}

impl DoctorArgs {
    /// Prints the whole table. It continues after each fault, so that one run shows all of them, and returns the worst
    /// code.
    #[allow(clippy::unused_self, reason = "called like every other verb")]
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let mut out = Output::default();
        let mut code = DONE;
        row(&mut out, "version", &Safe::words(env!("CARGO_PKG_VERSION")))?;
        let config = session.config_file().map_or_else(
            || "none: no home folder is known".to_owned(),
            |path| {
                format!(
                    "{}{}",
                    shown(&path),
                    if path.exists() { "" } else { " (no such file: the default settings apply)" }
                )
            },
        );
        row(&mut out, "settings", &Safe::line(&config))?;
        if let Err(Failure::Message(wrong, message)) = session.config() {
            row(&mut out, "", &Safe::line(&message))?;
            code = wrong.max(USAGE);
        }
        code = code.max(cache(session, &mut out)?);
        if let Ok(lang) = session.lang() {
            let name = if lang == Lang::Vi { "vi, Vietnamese" } else { "en, English" };
            row(&mut out, "language", &Safe::words(name))?;
        }
        for (label, value) in terminal::report() {
            row(&mut out, label, &value)?;
        }
        out.flush()?;
        Ok(code)
    }
}

fn row(out: &mut Output, label: &str, value: &Safe) -> Result<(), Failure> {
    out.write(&[&format!("{label:<12}"), value.as_str(), "\n"])
}

/// Prints the rows about the cache and returns the exit code. It neither creates a cache nor recovers a damaged one.
fn cache(session: &mut Session, out: &mut Output) -> VerbResult {
    let (folder, state) = match session.folders() {
        Ok(folders) => folders,
        // The faulty settings were reported above; they may name the folder, so it is unknown.
        Err(Failure::Message(USAGE, _)) => {
            row(out, "cache", &Safe::words("not known while the settings are wrong; --cache names one"))?;
            return Ok(USAGE);
        }
        Err(Failure::Message(code, message)) => {
            row(out, "cache", &Safe::line(&message))?;
            return Ok(code);
        }
        Err(failure) => return Err(failure),
    };
    let whole = |folder: &std::path::Path| shown(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
    row(out, "cache", &whole(&folder))?;
    row(out, "state", &whole(&state))?;
    if !folder.join(crate::store::CACHE_FILE).exists() {
        row(out, "health", &Safe::words("there is no cache yet; `baocao import PATH` makes one"))?;
        return Ok(DONE);
    }
    match looked_at(&folder, out) {
        Ok(code) => Ok(code),
        Err(Failure::Store(error)) => {
            row(out, "health", &Safe::line(&error.to_string()))?;
            Ok(CACHE)
        }
        Err(failure) => Err(failure),
    }
}

/// Opens the cache and prints its counts, the version of its rules and its health.
fn looked_at(folder: &std::path::Path, out: &mut Output) -> VerbResult {
    let store = Store::open_and_tell(folder, &mut |line| say(line))?;
    for notice in store.notices() {
        row(out, "", &Safe::line(notice))?;
    }
    let counts = store.cache().counts()?;
    let line = format!(
        "{} reports ({} unread, {} starred), {} officials, {:.1} MiB",
        counts.reports,
        counts.unread,
        counts.starred,
        counts.officials,
        store.cache().bytes() as f64 / f64::from(1 << 20)
    );
    row(out, "holds", &Safe::line(&line))?;
    let rules = store.cache().rules()?;
    let rules = if rules == i64::from(RULES) {
        format!("{rules}, the newest")
    } else {
        format!("{rules}; the newest are {RULES}: `baocao rebuild` finds people and facts again")
    };
    row(out, "rules", &Safe::line(&rules))?;
    let damage = store.cache().damage()?;
    let health = damage.as_deref().map_or_else(
        || "good".to_owned(),
        |why| format!("damaged: {why}; the next import mends it, or `baocao rebuild`"),
    );
    row(out, "health", &Safe::line(&health))?;
    Ok(if damage.is_some() { CACHE } else { DONE })
}
