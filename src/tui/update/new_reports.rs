//! Begins a session with the reports that came since the reader was last used, leads from these to all reports, and
//! records at the end up to where the cache was seen.

use super::{begin_list, list};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::tui::app::App;
use crate::tui::message::{Ask, Effect};

/// Asks whether there are new reports. Two look-ups in the cache, and everything else waits for the answer: the first
/// rows are not drawn twice.
pub fn begin(app: &mut App) -> Vec<Effect> {
    let (_, effect) = app.ask(Ask::HasNew);
    vec![effect]
}

/// Begins with the new reports if there are any, else where the last session ended. What the user has asked for
/// meanwhile stays.
pub fn answered(app: &mut App, has_new: bool) -> Vec<Effect> {
    if app.list.turn > 0 || app.line.is_some() {
        let (_, beyond) = app.ask(Ask::Begin);
        return vec![beyond];
    }
    if !has_new {
        return begin_list(app);
    }
    app.show_new();
    app.detail.last_place = None;
    let effects = begin_list(app);
    let key = app.keymap.key_of(Mode::List, Action::Back);
    app.say(phrases::NEW_SINCE_LAST_TIME.fill(app.settings.lang, &[&key]));
    effects
}

/// From the new reports to all of them, in the order of the last session. The selected report stays selected.
pub fn leave(app: &mut App) -> Vec<Effect> {
    if let Some(behind) = app.behind_new.take() {
        app.list.sort = behind.sort;
    }
    list::set_filter(app, String::new())
}

/// Before the end, records up to where the cache was seen, unless the list was never shown.
pub fn keep_seen(app: &mut App, effects: &mut Vec<Effect>) {
    let end = effects.iter().position(|effect| *effect == Effect::Quit);
    if let Some(end) = end.filter(|_| app.list.settled) {
        let (_, seen) = app.ask(Ask::Seen);
        effects.insert(end, seen);
    }
}
