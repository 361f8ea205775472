//! Sends orders to the worker, says what was done once it is saved, and takes back on the screen what was not.

use super::tags;
use crate::lang::phrases;
use crate::tui::app::{App, StateBefore, UnconfirmedOrder};
use crate::tui::message::{Ask, Effect};

/// Sends an order. `said` is shown when it is carried out; `before` is what the screen showed before it.
pub fn send(app: &mut App, ask: Ask, said: impl Into<String>, before: StateBefore) -> (u64, Effect) {
    let (turn, effect) = send_silently(app, ask, before);
    if let Some(order) = app.unconfirmed.last_mut() {
        order.said = Some(said.into());
    }
    show_saving(app);
    (turn, effect)
}

/// Sends an order without a word when it is carried out: its answer says what was done, or it is nothing to be told.
pub fn send_silently(app: &mut App, ask: Ask, before: StateBefore) -> (u64, Effect) {
    let (turn, effect) = app.ask(ask);
    app.unconfirmed.push(UnconfirmedOrder { turn, said: None, before });
    (turn, effect)
}

/// Says that something is being saved, until the answer says what.
pub fn show_saving(app: &mut App) {
    app.say(phrases::SAVING.say(app.settings.lang));
}

/// The worker has carried out the order of this turn, if it is one. Says so, unless another order is still being saved
/// or the notice of a later key is on screen.
pub fn confirm(app: &mut App, turn: u64) {
    let Some(at) = app.unconfirmed.iter().position(|order| order.turn == turn) else { return };
    let order = app.unconfirmed.remove(at);
    let saving = phrases::SAVING.say(app.settings.lang);
    let is_free = app.notice.as_ref().is_none_or(|notice| notice.text == saving);
    let others = app.unconfirmed.iter().any(|other| other.said.is_some());
    if let Some(said) = order.said.filter(|_| is_free && !others) {
        app.say(said);
    }
}

/// The order of this turn, if it is one, was not carried out: shows again what was before it.
pub fn take_back(app: &mut App, turn: u64) {
    let Some(at) = app.unconfirmed.iter().position(|order| order.turn == turn) else { return };
    match app.unconfirmed.remove(at).before {
        StateBefore::Same => {}
        StateBefore::Star { report, starred } => {
            app.list.window.rows.iter_mut().filter(|row| row.id == report).for_each(|row| row.starred = starred);
        }
        StateBefore::Read { report, read } => {
            app.list.window.rows.iter_mut().filter(|row| row.id == report).for_each(|row| row.read = read);
        }
        StateBefore::Mark { letter, place: Some(place) } => {
            app.marks.insert(letter, place);
        }
        StateBefore::Mark { letter, place: None } => {
            app.marks.remove(&letter);
        }
        StateBefore::Tags { report, tags } => tags::show(app, &report, &tags),
    }
}
