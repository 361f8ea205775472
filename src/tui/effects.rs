//! Performs effects: the one place where the reader touches the world.

use super::app::App;
use super::message::Effect;
use super::terminal::{Terminal, browser};
use super::words;
use super::worker::Worker;
use crate::text::safe::Safe;

/// Performs one effect; `Effect::Quit` is the loop's own business.
pub fn perform(app: &mut App, terminal: &mut Terminal, worker: &Worker, effect: Effect) {
    let lang = app.settings.lang;
    match effect {
        Effect::Ask { turn, ask } => {
            if !worker.ask(turn, ask) {
                app.complain(words::WORKER_GONE.say(lang));
            }
        }
        Effect::Copy(text) => match terminal.copy(&Safe::text(&text)) {
            Ok(copied) if copied.cut > 0 => {
                app.complain(words::COPY_CUT.fill(lang, &[&copied.bytes.to_string(), &copied.cut.to_string()]));
            }
            Ok(_) => {}
            Err(error) => app.complain(words::COPY_FAILED.fill(lang, &[&error.to_string()])),
        },
        Effect::OpenUrl(url) => match browser::open(&url) {
            Ok(()) => {}
            Err(browser::BrowserFailure::Elsewhere) => match terminal.copy(&Safe::text(&url)) {
                Ok(_) => app.say(words::NO_BROWSER.fill(lang, &[&url])),
                Err(error) => app.complain(words::COPY_FAILED.fill(lang, &[&error.to_string()])),
            },
            Err(error) => app.complain(error.to_string()),
        },
        Effect::Redraw => terminal.forget(),
        Effect::Suspend => {
            if !terminal.suspend() {
                app.say(words::NO_SUSPEND.say(lang));
            }
        }
        Effect::Quit => {}
    }
}
