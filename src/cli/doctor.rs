//! `doctor`: shows where everything is and whether it works: cache, settings, locale, terminal, colours. It goes on
//! after each fault, so that one run shows all of them, and makes and mends nothing: that is left to other verbs.

use super::damage_of_archive;
use super::exit_status::{CACHE, DONE, Failure, USAGE, VerbResult};
use super::output::{Output, language, say, told};
use super::session::{Session, shown};
use crate::extract::RULES;
use crate::import::HelpedFormat;
use crate::lang::Lang;
use crate::lang::numbers::{in_message as number, plural};
use crate::store::{OtherJoined, Store};
use crate::text::safe::Safe;
use crate::tui::terminal;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;

/// Show where everything is and whether it works
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Check every page and every text of the cache, which takes a minute for a million reports
    #[arg(long)]
    full: bool,
}

impl DoctorArgs {
    /// Prints the whole table. It continues after each fault, so that one run shows all of them, and returns the worst
    /// code.
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
        match session.config() {
            Err(Failure::Message(wrong, message)) => {
                row(&mut out, "", &Safe::line(&message))?;
                code = wrong.max(USAGE);
            }
            Err(Failure::Settings(messages)) => {
                messages.iter().try_for_each(|message| row(&mut out, "", &Safe::line(message)))?;
                code = USAGE;
            }
            _ => {}
        }
        code = code.max(cache(session, &mut out, self.full)?);
        for format in HelpedFormat::ALL {
            let value = format.installed().map_or_else(
                || format!("{} files cannot be read: install {}", format.name(), format.to_install()),
                |path| format!("{} files are read by {}", format.name(), shown(&path)),
            );
            row(&mut out, "documents", &Safe::line(&value))?;
        }
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
    let (label, value) = (told(label), told(value.as_str()));
    // The widest label is `plain mode`, or `chế độ đơn giản`.
    let width = if language() == Lang::Vi { 15 } else { 12 };
    out.write(&[&format!("{label:<width$}"), " ", Safe::line(&value).as_str(), "\n"])
}

/// Prints the rows about the cache and returns the exit code. It neither creates a cache nor recovers a damaged one.
fn cache(session: &mut Session, out: &mut Output, full: bool) -> VerbResult {
    let (folder, state) = match session.folders() {
        Ok(folders) => folders,
        // The faulty settings were reported above; they may name the folder, so it is unknown.
        Err(Failure::Message(USAGE, _) | Failure::Settings(_)) => {
            row(out, "cache", &Safe::words("not known while the settings are wrong; --cache names one"))?;
            return Ok(USAGE);
        }
        Err(Failure::Message(code, message)) => {
            row(out, "cache", &Safe::line(&message))?;
            return Ok(code);
        }
        Err(failure) => return Err(failure),
    };
    let whole = |folder: &Path| shown(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
    row(out, "cache", &whole(&folder))?;
    row(out, "state", &whole(&state))?;
    // Faulty settings were reported above; they may name an archive, which is then not looked at.
    let archive = session.archive().unwrap_or_default();
    let joined = session.joined().unwrap_or_default();
    let mut unread = DONE;
    for archive in session.archives().unwrap_or_default() {
        row(out, "archive", &whole(&archive))?;
        // Of a single one, the error is that of opening it below.
        if let Some(error) = joined.as_ref().and_then(|_| Store::open_served(&archive).err()) {
            row(out, "", &Safe::line(&error.to_string()))?;
            unread = CACHE;
        }
    }
    for other in OtherJoined::all(&folder, joined.as_ref()) {
        row(out, "joined", &Safe::line(&other_joined(&other)))?;
    }
    if let Some(joined) = &joined {
        row(out, "joined", &whole(joined.folder()))?;
        if !joined.exists() {
            row(
                out,
                "health",
                &Safe::words("nothing is taken over from the archives yet; any verb that reads does so"),
            )?;
            return Ok(unread);
        }
    }
    if archive.is_none() && !folder.join(crate::store::CACHE_FILE).exists() {
        row(out, "health", &Safe::words("there is no cache yet; `baocao import PATH` makes one"))?;
        return Ok(DONE);
    }
    match looked_at(&folder, archive.as_deref(), out, full) {
        Ok(code) => Ok(code.max(unread)),
        Err(Failure::Store(error)) => {
            let told = damage_of_archive(session, &error).unwrap_or_else(|| error.to_string());
            row(out, "health", &Safe::line(&told))?;
            Ok(CACHE)
        }
        Err(failure) => Err(failure),
    }
}

/// What is told of a joined cache of other archives than those that are read now.
fn other_joined(other: &OtherJoined) -> String {
    let mebibytes = other.bytes as f64 / f64::from(1 << 20);
    let folder = shown(&other.folder);
    if other.archives.is_empty() {
        return format!("{folder} ({mebibytes:.1} MiB) is of archives that it does not name; it can be deleted");
    }
    let archives: Vec<String> = other.archives.iter().map(|archive| format!("{archive:?}")).collect();
    format!(
        "{folder} ({mebibytes:.1} MiB) is of {}, which are not read now; it can be deleted, and is made anew when they \
         are",
        archives.join(", ")
    )
}

/// Opens the cache and prints its counts, the version of its rules and its health.
fn looked_at(folder: &Path, archive: Option<&Path>, out: &mut Output, full: bool) -> VerbResult {
    let store = match archive {
        Some(archive) => Store::open_archive(archive, folder)?,
        None => Store::open_and_tell(folder, &mut |line| say(line))?,
    };
    for notice in store.notices() {
        row(out, "", &Safe::line(notice))?;
    }
    let counts = store.cache().counts()?;
    let line = format!(
        "{} report{plural} ({} unread, {} starred), {} official{of_officials}, {:.1} MiB",
        number(counts.reports),
        number(counts.unread),
        number(counts.starred),
        number(counts.officials),
        store.cache().bytes() as f64 / f64::from(1 << 20),
        plural = plural(counts.reports),
        of_officials = plural(counts.officials)
    );
    row(out, "holds", &Safe::line(&line))?;
    let kept = store.kept_sources().usage()?;
    if kept.sources > 0 {
        let megabytes = kept.packed_bytes as f64 / 1e6;
        row(out, "sources", &Safe::line(&format!("{} kept, {megabytes:.1} MB of the cache", kept.sources)))?;
    }
    let rules = store.cache().rules()?;
    let rules = if rules == i64::from(RULES) {
        format!("{rules}, the newest")
    } else if archive.is_some() {
        format!("{rules}; the newest are {RULES}: whoever fills the archive can have people and facts found again")
    } else {
        format!("{rules}; the newest are {RULES}: `baocao rebuild` finds people and facts again")
    };
    row(out, "rules", &Safe::line(&rules))?;
    let (marks, marks_are_sound) = marks(&store)?;
    row(out, "marks", &Safe::line(&marks))?;
    let (health, is_sound) = if full { full_check(&store)? } else { quick_check(&store)? };
    row(out, "health", &Safe::line(&health))?;
    Ok(if is_sound && marks_are_sound { DONE } else { CACHE })
}

/// What is to be told of the file of the reader's marks and its copies, and whether it is sound.
fn marks(store: &Store) -> Result<(String, bool), Failure> {
    let copies = store.marks_backups();
    let copied = match copies.last() {
        Some(last) => format!("copies: {} in {}, the newest of {}", copies.len(), shown(parent(&last.path)), last.day),
        None => "no copies yet".to_owned(),
    };
    Ok(match store.cache().marks_damage()? {
        None => (format!("good; {copied}"), true),
        Some(why) => (format!("damaged: {why}; `baocao rebuild` reads back what can be read; {copied}"), false),
    })
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// What the quick check says, and whether nothing is damaged.
fn quick_check(store: &Store) -> Result<(String, bool), Failure> {
    let check = store.cache().quick_check()?;
    Ok(match check.damage {
        Some(why) => (damaged(store, &why), false),
        None if check.whole => ("good".to_owned(), true),
        None => {
            let texts = number(check.texts);
            (format!("good, as far as a sample tells (texts: {texts}); `baocao doctor --full` checks all"), true)
        }
    })
}

/// What the check of every page and text says, and whether nothing is damaged. Shows how far it is.
fn full_check(store: &Store) -> Result<(String, bool), Failure> {
    let mebibytes = store.cache().bytes() >> 20;
    let total = store.cache().counts()?.reports;
    let bar = ProgressBar::new(total as u64);
    // Without a terminal nothing is drawn.
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(told(&format!("{mebibytes} MiB of pages, then the texts")));
    bar.tick();
    let damage = store.cache().damage_and_tell(&mut |read| bar.set_position(read as u64))?;
    bar.finish_and_clear();
    Ok(match damage {
        Some(why) => (damaged(store, &why), false),
        None => (format!("good: all pages and texts ({})", number(total)), true),
    })
}

fn damaged(store: &Store, why: &str) -> String {
    if store.archive().is_some() {
        return format!("damaged: {why}; tell whoever fills the archive");
    }
    format!("damaged: {why}; `baocao rebuild` makes a new cache of what can be read, and keeps the damaged one")
}
