//! Handles the answers of the worker. Each goes to the screen that awaits its turn; any other answer is outdated and is
//! dropped.

use super::{
    detail, list, notes, official, officials_finder, open_report, orders, quote_page, report_people, text_search,
};
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::officials::OfficialPage;
use crate::report::Span;
use crate::store::{ListWindow, OfficialNote};
use crate::tui::app::{AfterLoad, App, CompletionCycle, Screen, UndoStep};
use crate::tui::list_columns::ChosenColumns;
use crate::tui::message::{Answer, ConnectionNews, Effect, LoadedReport};
use std::sync::Arc;

/// Applies an answer to the state and returns the effects that follow from it.
pub fn answer(app: &mut App, answer: Answer) -> Vec<Effect> {
    keep_undo_step(app, &answer);
    if let Answer::Failed { turn, .. } = answer {
        orders::take_back(app, turn);
    } else {
        orders::confirm(app, answer.turn());
    }
    match answer {
        // Drop partial rows that end before the selected row: they would move the selection. The full answer follows.
        Answer::Found { found, kept: None, more: true, .. } if (1..=app.list.selected).contains(&found.total) => {}
        Answer::Found { turn, kept: None, more: true, .. } if is_in_place(app, turn) => {}
        Answer::Found { turn, found, kept, .. } if is_in_place(app, turn) => return refreshed(app, found, kept),
        Answer::Found { turn, found, kept, .. } => return found_rows(app, turn, found, kept),
        Answer::CacheChanged { officials, doubts } => {
            (app.officials, app.doubts) = (Some(officials), doubts);
            return list::refresh_in_place(app);
        }
        Answer::Loaded { turn, loaded } => return report_loaded(app, turn, loaded),
        Answer::NoteChanged { changed, .. } => return notes::changed(app, &changed),
        Answer::Tags { turn, tags } => super::tags::answered(app, turn, tags),
        Answer::DateChanged(set) => return super::date_line::answered(app, &set),
        Answer::Officials { turn, rows, total, all } => return officials_finder::answered(app, turn, rows, total, all),
        Answer::Official { turn, page, notes } => official_page(app, turn, page, notes),
        Answer::QuotePage { turn, content } => quote_page::answered(app, turn, content),
        Answer::OfficialOf { turn, id } if turn == app.official_turn => {
            let Some(id) = id else {
                app.say(phrases::NOT_IDENTIFIED.say(app.settings.lang));
                return Vec::new();
            };
            return official::open(app, id);
        }
        Answer::Completed { turn, span, values } => return completed(app, turn, span, values),
        Answer::Source { turn, url } if turn == app.source_turn => return super::copy::open_url(app, url),
        Answer::Texts { turn, text } => return super::pipe::texts(app, turn, text),
        Answer::Ids { turn, ids } => return super::picked_rows::answered(app, turn, ids),
        Answer::Removed { reports, undo, officials, doubts, .. } => {
            (app.officials, app.doubts) = (Some(officials), doubts);
            return super::picked_rows::removed(app, reports, undo.as_deref());
        }
        Answer::TooManyToUndo { reports, .. } => return super::picked_rows::too_many_to_undo(app, reports),
        Answer::SavedAgain { removed, officials, doubts, .. } => {
            (app.officials, app.doubts) = (Some(officials), doubts);
            return super::picked_rows::saved_again(app, &removed);
        }
        Answer::Row { turn, row } if turn == app.row_turn => return row_found(app, row),
        Answer::Decided { turn, id, undone, officials, doubts, .. } if turn == app.decision_turn => {
            (app.officials, app.doubts) = (Some(officials), doubts);
            return official::decided(app, id, undone);
        }
        Answer::Begun { officials, doubts, marks, notices, .. } => {
            (app.officials, app.doubts) = (Some(officials), doubts);
            app.marks = marks.into_iter().collect();
            if let Some(notice) = notices.into_iter().next() {
                app.complain(notice);
            }
        }
        Answer::HasNew { has_new, .. } => return super::new_reports::answered(app, has_new),
        Answer::Failed { why, .. } => app.complain(why),
        Answer::Connection(ConnectionNews::Lost(why)) => {
            app.complain(phrases::CONNECTION_LOST.fill(app.settings.lang, &[&why]));
        }
        Answer::Connection(ConnectionNews::Back) => {
            app.say(phrases::CONNECTION_BACK.say(app.settings.lang));
            // What has come meanwhile.
            return list::refresh_in_place(app);
        }
        Answer::OfficialParts { .. }
        | Answer::OfficialPreviewParts { .. }
        | Answer::PageParts { .. }
        | Answer::Row { .. }
        | Answer::Source { .. }
        | Answer::OfficialOf { .. }
        | Answer::Decided { .. }
        | Answer::MarksChanged { .. }
        | Answer::Done { .. } => {}
    }
    Vec::new()
}

/// Keeps what an order has changed, so that `Z` can undo it.
fn keep_undo_step(app: &mut App, answer: &Answer) {
    match answer {
        Answer::MarksChanged { turn, undo } if !undo.is_empty() => {
            orders::keep_undo(app, *turn, UndoStep::Marks(undo.clone()));
        }
        Answer::DateChanged(set) => {
            let step = UndoStep::Date { report: set.report.clone(), date: set.before };
            orders::keep_undo(app, set.turn, step);
        }
        Answer::NoteChanged { turn, changed } => {
            if let Some(step) = notes::undo_step(changed) {
                orders::keep_undo(app, *turn, step);
            }
        }
        Answer::Removed { turn, undo: Some(removed), .. } if !removed.is_empty() => {
            orders::keep_undo(app, *turn, UndoStep::Removed(Arc::clone(removed)));
        }
        _ => {}
    }
}

/// Applies the rows of a search. One search may be answered several times (see `worker::list_window`): `kept` is the
/// row of the report that was selected before, if the worker has found it.
fn found_rows(app: &mut App, turn: u64, found: ListWindow, kept: Option<usize>) -> Vec<Effect> {
    if turn != app.list.turn {
        return Vec::new();
    }
    // This may be a later answer to the same search, and the user may have moved since the first one. Then the
    // selection must not jump to the kept report: take the counts, and the rows only if they extend those on screen.
    let moved_on = app.list.settled && app.list.selected != 0;
    app.list.settled = true;
    if moved_on && kept.is_some() {
        let shown = &mut app.list.window;
        let same_rows_and_more = found.offset == shown.offset && found.rows.len() >= shown.rows.len();
        let rows = if same_rows_and_more { found.rows } else { std::mem::take(&mut shown.rows) };
        *shown = ListWindow { rows, offset: shown.offset, ..found };
        return Vec::new();
    }
    app.list.window = found;
    if turn == app.list.other_rows_turn {
        app.list.columns = ChosenColumns::default();
    }
    app.list.selected = kept.unwrap_or(app.list.selected);
    app.list.selected = app.list.selected.min(app.list.window.total.saturating_sub(1));
    if !app.detail.own_query && app.detail.query != app.list.filter {
        app.detail.query.clone_from(&app.list.filter);
        text_search::follow_filter(app);
    }
    list::follow(app)
}

/// Whether these are rows that were requested again because another process has changed the cache.
fn is_in_place(app: &App, turn: u64) -> bool {
    turn == app.list.turn && app.list.in_place.as_ref().is_some_and(|request| request.turn == turn)
}

/// Shows the rows of a changed cache. The report that was selected stays so, and on its line of the screen; only at the
/// top of the list the new rows come into view. If the user has moved meanwhile, the row number stays.
fn refreshed(app: &mut App, found: ListWindow, kept: Option<usize>) -> Vec<Effect> {
    app.list.settled = true;
    let same = app.list.in_place.as_ref().is_some_and(|request| request.keep == list::selected_id(app));
    let line = app.list.selected.saturating_sub(app.list.top);
    app.list.window = found;
    if let Some(kept) = kept.filter(|_| same) {
        app.list.selected = kept;
        if app.list.top > 0 {
            app.list.top = kept.saturating_sub(line);
        }
    }
    list::follow(app)
}

/// Whether the report that is being read awaits the answer to `turn`.
fn waiting(app: &App, turn: u64) -> bool {
    app.reading().wanted.as_ref().is_some_and(|(awaited, _)| *awaited == turn)
}

fn report_loaded(app: &mut App, turn: u64, loaded: Option<Box<LoadedReport>>) -> Vec<Effect> {
    if !waiting(app, turn) {
        return Vec::new();
    }
    let Some(loaded) = loaded else {
        let lang = app.settings.lang;
        let detail = app.reading_mut();
        detail.wanted = None;
        detail.report = None;
        detail.gone = true;
        app.complain(phrases::GONE.say(lang));
        return Vec::new();
    };
    detail::show(app, *loaded);
    let then = std::mem::take(&mut app.reading_mut().then);
    after_load(app, then)
}

/// Does what was deferred until the report was loaded.
pub fn after_load(app: &mut App, then: AfterLoad) -> Vec<Effect> {
    match then {
        AfterLoad::Stay => Vec::new(),
        AfterLoad::People(person) => report_people::show(app, person),
        AfterLoad::CopyText => super::copy::from_detail(app, Action::CopyText),
        AfterLoad::CopyUrl => super::copy::from_detail(app, Action::CopyUrl),
        AfterLoad::CopyCitation => super::copy::from_detail(app, Action::CopyCitation),
    }
}

/// Gives an official's page to whichever awaits it: an open page, or the preview of the finder.
fn official_page(app: &mut App, turn: u64, page: Option<Box<OfficialPage>>, notes: Vec<OfficialNote>) {
    for screen in app.stack.iter_mut().rev() {
        match screen {
            Screen::Official(shown) if shown.turn == turn => {
                shown.gone = page.is_none();
                // A decision may have given the official another id, so there may be no page of the old id any more.
                // Keep the page on screen until the page of the new id arrives.
                if page.is_some() || shown.page.is_none() {
                    if let Some(page) = &page {
                        // The official may have another id than when the page was last left.
                        shown.id.clone_from(&page.id);
                    }
                    shown.page = page;
                    shown.notes = notes;
                    shown.lines.forget();
                }
                return;
            }
            Screen::Finder(finder) if finder.preview_turn == turn => {
                finder.preview = page;
                return;
            }
            _ => {}
        }
    }
}

fn completed(app: &mut App, turn: u64, span: Span, mut values: Vec<String>) -> Vec<Effect> {
    let Some(typed) = app.line.as_mut().filter(|typed| typed.turn == turn) else { return Vec::new() };
    if values.is_empty() {
        app.say(phrases::NOTHING_TO_COMPLETE.say(app.settings.lang));
        return Vec::new();
    }
    let line = typed.line.text().to_owned();
    let first = if typed.from_the_end { values.len() - 1 } else { 0 };
    values.push(span.of(&line).to_owned());
    super::input_line::offer(app, CompletionCycle { span, values, at: first, line }, first)
}

fn row_found(app: &mut App, row: Option<(usize, String)>) -> Vec<Effect> {
    let lang = app.settings.lang;
    let arrive = std::mem::take(&mut app.row_arrive);
    let Some((place, id)) = row else {
        let said = if app.row_unread { phrases::NO_UNREAD } else { phrases::NO_MORE_REPORTS };
        app.say(said.say(lang));
        return Vec::new();
    };
    app.list.selected = place;
    if app.two_panes() || app.in_detail {
        let mut effects = open_report::beside_list(app, id, arrive);
        if app.in_detail {
            effects.extend(list::mark_read(app));
        }
        return effects;
    }
    Vec::new()
}
