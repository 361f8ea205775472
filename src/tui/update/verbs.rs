//! Handles what the reader has this program do on the command line in its place: import and export. The verb runs
//! beside the reader, with the same cache and settings, so the reader stays usable however long it takes.

use super::list;
use crate::lang::{messages, phrases};
use crate::tui::app::App;
use crate::tui::message::{Effect, FileContent, VerbEnd, VerbJob};

/// Imports what is at a path.
pub fn import(app: &mut App, path: &str) -> Vec<Effect> {
    let path = home_for_tilde(app, path.trim());
    vec![Effect::RunVerb(job(app, &["import", "--", &path], String::new(), String::new()))]
}

/// Exports the picked reports to a file, or those of the list if none is picked. The ending of its name decides the
/// format; the name of a folder ends in `/`.
pub fn export(app: &mut App, path: &str) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(format) = export_format(path.trim()) else {
        app.complain(phrases::EXPORT_ENDING.say(lang));
        return Vec::new();
    };
    let file = home_for_tilde(app, path.trim());
    let done = phrases::EXPORTED.fill(lang, exported(app), &[&file]);
    let ids: Vec<&str> = app.list.picked.ids.iter().map(String::as_str).collect();
    let ids = ids.join("\n");
    let job = if ids.is_empty() {
        let filter = app.list.filter.text().to_owned();
        job(app, &["export", "--format", format, "-o", &file, "--", &filter], ids, done)
    } else {
        job(app, &["export", "--format", format, "-o", &file, "--ids", "-"], ids, done)
    };
    vec![Effect::WriteFile { file: file.into(), content: FileContent::Export(job), replace: false }]
}

/// The number of reports that an export is about.
pub fn exported(app: &App) -> usize {
    if app.list.picked.ids.is_empty() { app.list.window.total } else { app.list.picked.ids.len() }
}

/// The value of `--format` for the name of a file or a folder. `None` if its ending is that of no format.
fn export_format(path: &str) -> Option<&'static str> {
    let path = path.to_ascii_lowercase();
    let formats = [
        ("/", "markdown"),
        (".csv", "csv"),
        (".md", "markdown"),
        (".markdown", "markdown"),
        (".html", "html"),
        (".htm", "html"),
        (".ftm", "ftm"),
        (".ftm.json", "ftm"),
        (".ftm.jsonl", "ftm"),
        (".json", "jsonl"),
        (".jsonl", "jsonl"),
    ];
    formats.iter().find(|(ending, _)| path.ends_with(ending)).map(|(_, format)| *format)
}

/// Writes `~/` out, as a shell would have done.
pub fn home_for_tilde(app: &App, path: &str) -> String {
    match (path.strip_prefix("~/"), &app.settings.home) {
        (Some(rest), Some(home)) => format!("{}/{rest}", home.trim_end_matches('/')),
        _ => path.to_owned(),
    }
}

/// What runs a verb with these words beside the reader. Says that it runs.
fn job(app: &mut App, words: &[&str], input: String, done: String) -> VerbJob {
    app.say(phrases::VERB_RUNS.fill(app.settings.lang, &[words.first().copied().unwrap_or_default()]));
    let own = app.settings.own_arguments.iter().cloned();
    let arguments = own.chain(words.iter().map(|word| (*word).to_owned())).collect();
    VerbJob { arguments, input, done }
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
