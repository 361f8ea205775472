//! Changes marks of reports (read, star, tags), of one or of many at once: at once on the screen, then in the cache.
//! And undoes what was marked, step by step, also places marked with a letter, dates set by hand and removals.

use super::{notes, orders, picked_rows};
use crate::lang::{Lang, phrases};
use crate::store::{MarkChange, ReportMark};
use crate::tui::app::{App, DetailState, Screen, StateBefore, UndoStep};
use crate::tui::message::{Ask, Effect};
use std::collections::HashMap;

/// Makes changes that can be undone, and says `said` once they are saved.
pub fn change(app: &mut App, changes: Vec<MarkChange>, said: impl Into<String>) -> Vec<Effect> {
    let before = show(app, &changes);
    let (_, effect) = orders::send(app, Ask::ChangeMarks(changes), said, StateBefore::Marks(before));
    orders::allow_undo(app);
    vec![effect]
}

/// Makes changes without a word that are no step to undo: the read mark of a report that is opened.
pub fn change_silently(app: &mut App, changes: Vec<MarkChange>) -> Effect {
    let before = show(app, &changes);
    orders::send_silently(app, Ask::ChangeMarks(changes), StateBefore::Marks(before)).1
}

/// Shows changes in the rows that are loaded and in the reports that are open. Returns what shows again what was there.
pub fn show(app: &mut App, changes: &[MarkChange]) -> Vec<MarkChange> {
    let rows: HashMap<String, usize> =
        app.list.window.rows.iter().enumerate().map(|(n, row)| (row.id.clone(), n)).collect();
    let mut before = Vec::new();
    for MarkChange { report, mark } in changes {
        let mut was = None;
        if let Some(row) = rows.get(report).and_then(|n| app.list.window.rows.get_mut(*n)) {
            was = match mark {
                ReportMark::Read(read) => Some(ReportMark::Read(std::mem::replace(&mut row.read, *read))),
                ReportMark::Starred(on) => Some(ReportMark::Starred(std::mem::replace(&mut row.starred, *on))),
                ReportMark::Tag { tag, on } => set_tag(&mut row.tags, tag, *on),
            };
        }
        if let ReportMark::Tag { tag, on } = mark {
            for shown in open_reports(app).filter(|shown| shown.report.as_ref().is_some_and(|r| r.id == *report)) {
                was = set_tag(&mut shown.tags, tag, *on).or(was);
                shown.page_outdated = true;
            }
        }
        before.extend(was.map(|mark| MarkChange { report: report.clone(), mark }));
    }
    before.reverse();
    before
}

/// The reports that are open: beside the list, and over other screens.
fn open_reports(app: &mut App) -> impl Iterator<Item = &mut DetailState> {
    let opened = app.stack.iter_mut().filter_map(|screen| match screen {
        Screen::Reading(detail) => Some(detail.as_mut()),
        _ => None,
    });
    opened.chain([&mut app.detail])
}

/// Adds a tag to sorted tags, or takes it off. Returns how it was, if it was otherwise.
fn set_tag(tags: &mut Vec<String>, tag: &str, on: bool) -> Option<ReportMark> {
    match (tags.iter().position(|own| own == tag), on) {
        (None, true) => {
            tags.push(tag.to_owned());
            tags.sort();
        }
        (Some(at), false) => drop(tags.remove(at)),
        _ => return None,
    }
    Some(ReportMark::Tag { tag: tag.to_owned(), on: !on })
}

/// Undoes the last step: marks, a place marked with a letter, a note, a date set by hand, a removal. The step stays one
/// to undo if that fails.
///
/// What is still being saved is the last step, and is not known yet. So the undoing waits for it.
pub fn undo(app: &mut App) -> Vec<Effect> {
    if orders::can_undo_later(app) || app.list.picked.then.is_some() {
        app.undo_waits += 1;
        orders::show_saving(app);
        return Vec::new();
    }
    undo_last(app)
}

/// Undoes the steps that waited for what was being saved.
pub fn undo_what_waits(app: &mut App) -> Vec<Effect> {
    if orders::can_undo_later(app) || app.list.picked.then.is_some() {
        return Vec::new();
    }
    let steps = std::mem::take(&mut app.undo_waits);
    (0..steps).flat_map(|_| undo_last(app)).collect()
}

/// Says that a step was undone, and how many more can be.
pub fn undone_words(lang: Lang, left: usize) -> String {
    if left == 0 { phrases::UNDONE_LAST.say(lang).to_owned() } else { phrases::STEPS_UNDONE.count(lang, left) }
}

fn undo_last(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(step) = app.undo.pop() else {
        app.say(phrases::NOTHING_TO_UNDO.say(lang));
        return Vec::new();
    };
    let said = undone_words(lang, app.undo.len());
    let (place, kept) = (app.undo.len(), step.clone());
    let effects = undo_step(app, step, said);
    orders::give_back(app, place, kept);
    effects
}

/// Sends the order that undoes a step.
fn undo_step(app: &mut App, step: UndoStep, said: String) -> Vec<Effect> {
    match step {
        UndoStep::Marks(changes) => {
            let before = show(app, &changes);
            vec![orders::send(app, Ask::ChangeMarks(changes), said, StateBefore::Marks(before)).1]
        }
        UndoStep::Place { letter, place } => {
            let was = match place.clone() {
                Some(place) => app.marks.insert(letter, place),
                None => app.marks.remove(&letter),
            };
            let before = StateBefore::Place { letter, place: was };
            vec![orders::send(app, Ask::Mark(letter, place), said, before).1]
        }
        UndoStep::Note(change) => notes::undo(app, change, said),
        UndoStep::Removed(removed) => picked_rows::save_again(app, removed),
        UndoStep::Date { report, date } => {
            let (_, effect) = orders::send_silently(app, Ask::SetDate { report, date }, StateBefore::Same);
            orders::show_saving(app);
            vec![effect]
        }
    }
}
