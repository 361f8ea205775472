//! Handles what the reader has this program do on the command line in its place: import and export. The verb runs
//! beside the reader, with the same cache and settings, so the reader stays usable however long it takes.

use super::list;
use crate::lang::{messages, phrases};
use crate::tui::app::App;
use crate::tui::message::{Effect, VerbEnd};

/// Imports what is at a path.
pub fn import(app: &mut App, path: &str) -> Vec<Effect> {
    run(app, &["import", "--", home_for_tilde(app, path.trim()).as_str()])
}

/// Exports the reports of the list to a file. The ending of its name decides the format.
pub fn export(app: &mut App, path: &str) -> Vec<Effect> {
    let path = path.trim();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let format = match ending.as_deref() {
        Some("csv") => "csv",
        Some("md" | "markdown") => "markdown",
        Some("jsonl" | "json") => "jsonl",
        _ => {
            app.complain(phrases::EXPORT_ENDING.say(app.settings.lang));
            return Vec::new();
        }
    };
    let (file, filter) = (home_for_tilde(app, path), app.list.filter.text().to_owned());
    run(app, &["export", "--format", format, "-o", &file, "--", &filter])
}

/// Writes `~/` out, as a shell would have done.
pub fn home_for_tilde(app: &App, path: &str) -> String {
    match (path.strip_prefix("~/"), &app.settings.home) {
        (Some(rest), Some(home)) => format!("{}/{rest}", home.trim_end_matches('/')),
        _ => path.to_owned(),
    }
}

fn run(app: &mut App, words: &[&str]) -> Vec<Effect> {
    app.say(phrases::VERB_RUNS.fill(app.settings.lang, &[words.first().copied().unwrap_or_default()]));
    let own = app.settings.own_arguments.iter().cloned();
    vec![Effect::RunVerb(own.chain(words.iter().map(|word| (*word).to_owned())).collect())]
}

/// Tells how a verb ended, and reads the list again: it may have imported something.
pub fn ended(app: &mut App, end: VerbEnd) -> Vec<Effect> {
    if end.done {
        app.say(messages::say(&end.said, app.settings.lang));
    } else {
        app.complain(end.said);
    }
    list::refresh(app)
}
