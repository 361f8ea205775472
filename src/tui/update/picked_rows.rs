//! Picks several rows of the list, one by one, as a range, or all that match the filter, and acts on them together. The
//! ids of rows that are not loaded come from the worker, so an action on an open range waits for its answer.

use super::{input_line, list, orders, report_marks, tags};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::officials::Place;
use crate::store::{MarkChange, RemovedReports, ReportMark};
use crate::tui::app::{App, InputPurpose, MenuAction, MenuItem, MenuState, Screen, StateBefore};
use crate::tui::message::{Ask, Effect, MAX_UNDO_BYTES, RowSpan};
use std::sync::Arc;

/// The most reports that are removed without a question.
const REMOVED_UNASKED: usize = 10;

/// Picks rows or drops them.
pub fn pick(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::PickRow => one(app),
        Action::PickRange if app.list.picked.anchor.is_some() => ask_for_range(app, None),
        Action::PickRange => {
            app.list.picked.anchor = Some(app.list.selected);
            let key = app.keymap.key_of(Mode::List, Action::PickRange);
            app.say(phrases::RANGE_BEGUN.fill(app.settings.lang, &[&key]));
            Vec::new()
        }
        _ => ask_for(app, 0, app.list.window.total, None),
    }
}

/// Picks the selected row, or drops it, and goes on to the next one.
fn one(app: &mut App) -> Vec<Effect> {
    let Some(id) = app.list.selected_row().map(|row| row.id.clone()) else { return Vec::new() };
    if !app.list.picked.ids.remove(&id) {
        app.list.picked.ids.insert(id);
    }
    list::select(app, app.list.selected + 1)
}

/// Drops all picked rows. Returns whether there were any.
pub fn drop_all(app: &mut App) -> bool {
    let any = !app.list.picked.is_empty();
    app.list.picked.ids.clear();
    app.list.picked.anchor = None;
    any
}

/// Requests the ids of the open range.
fn ask_for_range(app: &mut App, then: Option<Action>) -> Vec<Effect> {
    let (anchor, selected) = (app.list.picked.anchor.unwrap_or(app.list.selected), app.list.selected);
    let first = anchor.min(selected);
    ask_for(app, first, anchor.max(selected) - first + 1, then)
}

fn ask_for(app: &mut App, offset: usize, limit: usize, then: Option<Action>) -> Vec<Effect> {
    let (filter, sort) = (app.list.filter.filter().clone(), app.list.sort);
    let (turn, effect) = app.ask(Ask::Ids(RowSpan { filter, sort, offset, limit }));
    app.list.picked.turn = turn;
    app.list.picked.then = then;
    vec![effect]
}

/// Picks the rows whose ids were requested, and does what waited for them.
pub fn answered(app: &mut App, turn: u64, ids: Vec<String>) -> Vec<Effect> {
    if turn != app.list.picked.turn {
        return Vec::new();
    }
    app.list.picked.ids.extend(ids);
    app.list.picked.anchor = None;
    if let Some(action) = app.list.picked.then.take() {
        let effects = act(app, action);
        if !orders::can_undo_later(app) {
            // It asks first, so nothing is done yet that was to be undone.
            app.undo_waits = 0;
        }
        return effects;
    }
    app.say(phrases::PICKED.count(app.settings.lang, app.list.picked.ids.len()));
    Vec::new()
}

/// Whether the action is done to the picked rows together.
pub fn takes(action: Action) -> bool {
    matches!(action, Action::Star | Action::ToggleRead | Action::Tags | Action::Remove | Action::Export)
}

/// Does an action to all picked rows; to the selected one if none is picked.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    if app.list.picked.anchor.is_some() {
        return ask_for_range(app, Some(action));
    }
    let selected = app.list.selected_row();
    let ids: Vec<String> = if app.list.picked.ids.is_empty() {
        selected.map(|row| row.id.clone()).into_iter().collect()
    } else {
        app.list.picked.ids.iter().cloned().collect()
    };
    // All get the state that the selected row does not have; if that is not picked, the first one that is loaded.
    let loaded = || app.list.window.rows.iter().find(|row| ids.contains(&row.id));
    let sample = selected.filter(|row| ids.contains(&row.id)).or_else(loaded);
    let (read, starred) = sample.map_or((false, false), |row| (row.read, row.starred));
    let lang = app.settings.lang;
    match action {
        Action::Star if starred => {
            set(app, &ids, &ReportMark::Starred(false), phrases::PICKED_UNSTARRED.count(lang, ids.len()))
        }
        Action::Star => set(app, &ids, &ReportMark::Starred(true), phrases::PICKED_STARRED.count(lang, ids.len())),
        Action::ToggleRead if read => {
            set(app, &ids, &ReportMark::Read(false), phrases::PICKED_UNREAD.count(lang, ids.len()))
        }
        Action::ToggleRead => set(app, &ids, &ReportMark::Read(true), phrases::PICKED_READ.count(lang, ids.len())),
        Action::Tags => tags::open_for_picked(app, ids),
        Action::Export => input_line::open(app, InputPurpose::Export),
        _ => removal(app, ids),
    }
}

fn set(app: &mut App, ids: &[String], mark: &ReportMark, said: String) -> Vec<Effect> {
    let change = |report: &String| MarkChange { report: report.clone(), mark: mark.clone() };
    report_marks::change(app, ids.iter().map(change).collect(), said)
}

/// Removes the reports at once if they are few, because that can be undone; of more it asks first.
fn removal(app: &mut App, ids: Vec<String>) -> Vec<Effect> {
    match ids.len() {
        0 => Vec::new(),
        1..=REMOVED_UNASKED => remove(app, ids, true),
        _ => confirm_removal(app, ids, true),
    }
}

/// Asks whether the reports are to be removed. The answer that keeps them is selected.
fn confirm_removal(app: &mut App, reports: Vec<String>, undoable: bool) -> Vec<Effect> {
    let lang = app.settings.lang;
    let title = phrases::REMOVE_WHICH.count(lang, reports.len());
    let entry =
        |key: &str, name: String, action| MenuItem { key: key.to_owned(), name, other_names: String::new(), action };
    let yes = if undoable {
        phrases::REMOVE_YES.fill(lang, &[&undo_key(app)])
    } else {
        phrases::REMOVE_FOR_GOOD.fill(lang, &[&(MAX_UNDO_BYTES >> 20).to_string()])
    };
    let key = app.keymap.key_of(Mode::List, Action::Remove);
    let entries = vec![
        entry(&key, yes, MenuAction::Remove { reports, undoable }),
        entry("n", phrases::REMOVE_NO.say(lang).to_owned(), MenuAction::Nothing),
    ];
    app.stack.push(Screen::Menu(MenuState { title, entries, selected: 1 }));
    Vec::new()
}

/// The key that undoes a removal.
fn undo_key(app: &App) -> String {
    app.keymap.key_of(Mode::List, Action::UndoMark)
}

/// Removes the reports from the cache. The selection goes to the next row that stays. `undoable`: unless they are too
/// large for that to be undone.
pub fn remove(app: &mut App, reports: Vec<String>, undoable: bool) -> Vec<Effect> {
    let rows = &app.list.window.rows;
    let here = app.list.selected.saturating_sub(app.list.window.offset).min(rows.len());
    let (before, after) = rows.split_at(here);
    let mut near = after.iter().chain(before.iter().rev());
    app.list.picked.keep = near.find(|row| !reports.contains(&row.id)).map(|row| row.id.clone());
    let (_, effect) = orders::send_silently(app, Ask::Remove { reports, undoable }, StateBefore::Same);
    if undoable {
        orders::allow_undo(app);
    }
    orders::show_saving(app);
    vec![effect]
}

/// Reads the list again after reports were removed, and says what was removed and how to undo that.
pub fn removed(app: &mut App, reports: usize, undo: Option<&RemovedReports>) -> Vec<Effect> {
    app.list.picked.ids.clear();
    let (lang, key) = (app.settings.lang, undo_key(app));
    let said = match undo {
        None => phrases::REMOVED.count(lang, reports),
        Some(undo) => match undo.only_title() {
            Some(title) => phrases::REMOVED_ONE.fill(lang, &[&key, title]),
            None => phrases::REMOVED_UNDOABLY.fill(lang, reports, &[&key]),
        },
    };
    app.say(said);
    for (letter, report, _) in undo.iter().flat_map(|undo| undo.places()) {
        if app.marks.get(&letter).is_some_and(|place| *place.report == *report) {
            app.marks.remove(&letter);
        }
    }
    let keep = app.list.picked.keep.take();
    list::ask_anew(app, keep)
}

/// Asks before reports are removed for good, because they are too large for that to be undone.
pub fn too_many_to_undo(app: &mut App, reports: Vec<String>) -> Vec<Effect> {
    app.notice = None;
    app.undo_waits = 0;
    confirm_removal(app, reports, false)
}

/// Has removed reports saved again.
pub fn save_again(app: &mut App, removed: Arc<RemovedReports>) -> Vec<Effect> {
    let (_, effect) = orders::send_silently(app, Ask::SaveAgain(removed), StateBefore::Same);
    orders::show_saving(app);
    vec![effect]
}

/// Reads the list again after removed reports were saved again, and selects the first of them.
pub fn saved_again(app: &mut App, removed: &RemovedReports) -> Vec<Effect> {
    let (lang, steps) = (app.settings.lang, app.undo.len());
    app.say(phrases::SAVED_AGAIN.fill(lang, removed.len(), &[&report_marks::undone_words(lang, steps)]));
    for (letter, report, at) in removed.places() {
        app.marks.entry(letter).or_insert_with(|| Place { report: report.into(), at });
    }
    list::ask_anew(app, removed.first().map(str::to_owned))
}
