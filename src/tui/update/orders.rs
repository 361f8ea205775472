//! Sends orders to the worker, says what was done once it is saved, and takes back on the screen what was not.

use super::report_marks;
use crate::lang::phrases;
use crate::tui::app::{App, StateBefore, UnconfirmedOrder, UndoStep};
use crate::tui::message::{Ask, Effect, MAX_UNDO_BYTES};

/// The most steps that can be undone.
const UNDO_STEPS: usize = 1000;

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
    app.unconfirmed.push(UnconfirmedOrder { turn, said: None, before, undoable: false, undoes: None });
    (turn, effect)
}

/// Lets the order that was sent last give back its step of undoing if it fails: what was to come back would else be
/// lost. `place` is where the step was among the steps.
pub fn give_back(app: &mut App, place: usize, step: UndoStep) {
    if let Some(order) = app.unconfirmed.last_mut() {
        order.undoes = Some((place, step));
    }
}

/// Lets the order that was sent last be undone later, with the key for that.
pub fn allow_undo(app: &mut App) {
    if let Some(order) = app.unconfirmed.last_mut() {
        order.undoable = true;
    }
}

/// Whether an order is being saved that can be undone once that is done.
pub fn can_undo_later(app: &App) -> bool {
    app.unconfirmed.iter().any(|order| order.undoable)
}

/// Keeps how to undo the order of this turn, unless it is itself an undoing. Called before `confirm`.
pub fn keep_undo(app: &mut App, turn: u64, step: UndoStep) {
    if let Some(order) = app.unconfirmed.iter_mut().find(|order| order.turn == turn && order.undoable) {
        order.undoable = false;
        app.undo.push(step);
        forget_oldest(app);
    }
}

/// Forgets the oldest steps where they are too many, or the removed reports among them too large. With the removal goes
/// what was done before it: marks on reports that do not come back.
fn forget_oldest(app: &mut App) {
    let mut room = MAX_UNDO_BYTES;
    let is_too_large = |step: &UndoStep| match step {
        UndoStep::Removed(removed) => {
            let fits = removed.bytes() <= room;
            room = room.saturating_sub(removed.bytes());
            !fits
        }
        _ => false,
    };
    let too_large = app.undo.len() - app.undo.iter().rev().position(is_too_large).unwrap_or(app.undo.len());
    let surplus = app.undo.len().saturating_sub(UNDO_STEPS);
    app.undo.drain(..surplus.max(too_large));
}

/// Says that something is being saved, until the answer says what.
pub fn show_saving(app: &mut App) {
    app.say(phrases::SAVING.say(app.settings.lang));
}

/// The worker has carried out the order of this turn, if it is one. Says so, unless another order is still being saved
/// or the notice of a later key is on screen.
pub fn confirm(app: &mut App, turn: u64) {
    let Some(at) = app.unconfirmed.iter().position(|order| order.turn == turn) else { return };
    if let Some(StateBefore::Place { letter, place }) = app.unconfirmed.get(at).map(|order| order.before.clone()) {
        keep_undo(app, turn, UndoStep::Place { letter, place });
    }
    let order = app.unconfirmed.remove(at);
    if order.undoable {
        // It changed nothing, so an undoing that waits for it has nothing to undo.
        app.undo_waits = app.undo_waits.saturating_sub(1);
    }
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
    let order = app.unconfirmed.remove(at);
    if order.undoable {
        // Nothing is left to undo of it: an earlier step is not meant.
        app.undo_waits = app.undo_waits.saturating_sub(1);
    }
    if let Some((place, step)) = order.undoes {
        app.undo.insert(place.min(app.undo.len()), step);
    }
    match order.before {
        StateBefore::Same => {}
        StateBefore::Marks(before) => drop(report_marks::show(app, &before)),
        StateBefore::Place { letter, place: Some(place) } => {
            app.marks.insert(letter, place);
        }
        StateBefore::Place { letter, place: None } => {
            app.marks.remove(&letter);
        }
    }
}
