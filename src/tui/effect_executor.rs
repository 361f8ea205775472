//! Performs effects: the one place where the reader touches the clipboard, the browser and the worker. It neither reads
//! nor changes the state. An outcome that the user should know about is returned to `update` as an `EffectOutcome`;
//! `update` chooses the words.

use super::message::{Effect, EffectOutcome, FileContent, Message};
use super::terminal::{Terminal, browser, text_file};
use super::worker::{SyncRun, Worker, run_command, run_verb};
use crate::store::LONGEST_NOTE;
use crate::text::safe::Safe;
use std::cell::RefCell;
use std::sync::mpsc::Sender;

/// What works for the reader beside its own thread.
pub struct Helpers {
    pub worker: Worker,
    /// The run that fetches new reports, while there is one.
    pub sync: RefCell<Option<SyncRun>>,
    /// Where verbs and runs send what they have to tell.
    pub later: Sender<Vec<Message>>,
}

/// Performs one effect. Returns its outcome, or `None` if there is nothing that the user should know. `Effect::Quit`
/// does nothing here: only the event loop can end itself.
pub fn perform(terminal: &mut Terminal, helpers: &Helpers, effect: Effect) -> Option<EffectOutcome> {
    match effect {
        Effect::Ask { turn, ask } => (!helpers.worker.ask(turn, ask)).then_some(EffectOutcome::WorkerGone),
        Effect::Copy { text, said } => Some(copy(terminal, &text, said)),
        Effect::RunCommand { turn, words, input } => {
            run_command(turn, words, input, helpers.later.clone());
            None
        }
        Effect::WriteFile { file, content, replace: false } if text_file::is_there(&file) => {
            Some(EffectOutcome::FileIsThere { file, content })
        }
        Effect::WriteFile { file, content: FileContent::Text(text), .. } => Some(match text_file::save(&file, &text) {
            Ok(()) => EffectOutcome::Saved(file),
            Err(error) => EffectOutcome::SaveFailed { file, why: error.to_string() },
        }),
        Effect::OpenUrl(url) => open_url(terminal, url),
        Effect::Edit { text, folder } => Some(terminal.edit(&text, folder.as_deref(), LONGEST_NOTE)),
        Effect::RunVerb(job) | Effect::WriteFile { content: FileContent::Export(job), .. } => {
            run_verb(job, helpers.later.clone());
            None
        }
        Effect::Sync(job) => {
            let later = helpers.later.clone();
            // Nobody listens any more if the reader has ended.
            let tell = move |news| drop(later.send(vec![Message::Sync(news)]));
            helpers.sync.replace(Some(SyncRun::begin(job, tell)));
            None
        }
        Effect::StopSync => {
            if let Some(sync) = &*helpers.sync.borrow() {
                sync.stop();
            }
            None
        }
        Effect::Redraw => {
            terminal.forget();
            None
        }
        Effect::Suspend => (!terminal.suspend()).then_some(EffectOutcome::CannotSuspend),
        Effect::Quit => None,
    }
}

fn copy(terminal: &mut Terminal, text: &str, said: String) -> EffectOutcome {
    match terminal.copy(&Safe::text(text)) {
        Ok(copied) => EffectOutcome::Copied { said, route: copied.route, cut: copied.cut },
        Err(error) => EffectOutcome::CopyFailed(error.to_string()),
    }
}

/// Opens an address in the browser. Over SSH, the user's browser is on another machine, so the address is copied for
/// the user to paste.
fn open_url(terminal: &mut Terminal, url: String) -> Option<EffectOutcome> {
    match browser::open(&url) {
        Ok(()) => None,
        Err(browser::BrowserFailure::Elsewhere) => match terminal.copy(&Safe::text(&url)) {
            Ok(_) => Some(EffectOutcome::UrlCopied(url)),
            Err(error) => Some(EffectOutcome::CopyFailed(error.to_string())),
        },
        Err(error) => Some(EffectOutcome::BrowserFailed(error.to_string())),
    }
}
