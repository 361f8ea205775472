//! Handles the list: moving, filtering, the marks of rows. With two panes, the detail pane follows the selection.

use super::{
    copy, date_line, input_line, jumps, marks, menu, moved, new_reports, notes, open_report, picked_rows, quote_page,
    report_marks, report_people, scrolled, tags,
};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::store::{MarkChange, ReportMark};
use crate::tui::app::{
    AfterLoad, App, ArrivalPoint, InPlaceRefresh, InputPurpose, InputSnapshot, PreviewPace, TypedFilter,
};
use crate::tui::message::{Ask, Effect, ListRequest, NextRowQuery};
use crate::tui::panes;
use crate::tui::quote_pages::PageSubject;
use std::sync::Arc;

/// The number of rows that a window has above and below those on screen, so that scrolling rarely waits for the worker.
const AROUND: usize = 40;

/// Does an action of the list.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let page = app.list_rows();
    if let Some(to) = moved(action, app.times, app.list.selected, app.list.window.total, page) {
        return move_to(app, to);
    }
    if app.list.settled && app.list.window.total == 0 && needs_a_report(action) {
        let said = if app.list.window.all == 0 { phrases::EMPTY_CACHE } else { phrases::NOTHING_FOUND_HERE };
        app.say(said.say(app.settings.lang));
        return Vec::new();
    }
    if picked_rows::takes(action) && !app.list.picked.is_empty() {
        return picked_rows::act(app, action);
    }
    match action {
        Action::Open => {
            jumps::record(app);
            enter(app)
        }
        Action::OtherPane => enter(app),
        Action::Zoom => {
            (app.zoomed, app.zoomed_in_list) = (true, true);
            enter(app)
        }
        Action::Back if picked_rows::drop_all(app) => Vec::new(),
        Action::Back if app.shows_new() => new_reports::leave(app),
        Action::Back if !app.list.filter.text().is_empty() => set_filter(app, String::new()),
        Action::Back => {
            // The key of the footer, which ends the reader here. It may be bound to something else.
            let bound = [Action::Close, Action::Quit].map(|action| app.keymap.key_of(Mode::List, action));
            let key = bound.into_iter().find(|key| !key.is_empty()).unwrap_or_default();
            let lang = app.settings.lang;
            app.say(phrases::AT_THE_LIST.fill(lang, &[&key]));
            Vec::new()
        }
        Action::Search => input_line::open(app, InputPurpose::Filter),
        Action::Export => input_line::open(app, InputPurpose::Export),
        Action::Sort => menu::open_sort_menu(app),
        Action::Counts => menu::open_counts_menu(app),
        Action::People => {
            if report_people::ready(app) {
                return report_people::open(app);
            }
            jumps::record(app);
            let effects = enter(app);
            app.detail.then = AfterLoad::People(None);
            effects
        }
        Action::Unit | Action::Versions | Action::Compare | Action::CompareChosen | Action::Choose => {
            about(app, action)
        }
        Action::NextUnread | Action::PrevUnread => unread(app, action == Action::PrevUnread),
        Action::PickRow | Action::PickRange | Action::PickAll => picked_rows::pick(app, action),
        Action::Remove => picked_rows::act(app, action),
        Action::AddNote => notes::open(app),
        Action::Star => star(app),
        Action::ToggleRead => toggle_read(app),
        Action::Tags => tags::open(app),
        Action::SetDate => date_line::open(app),
        Action::ClearDate => date_line::clear(app),
        Action::NarrowList | Action::WidenList => move_split(app, action == Action::WidenList),
        Action::TogglePreview => toggle_preview(app),
        Action::SetMark | Action::GoMark => marks::await_letter(app, action),
        Action::CopyText | Action::CopyUrl | Action::CopyCitation => copy::from_list(app, action),
        Action::OpenUrl => {
            let report = app.list.selected_row().map(|row| row.id.clone());
            copy::open_source_of(app, report)
        }
        _ => Vec::new(),
    }
}

/// Whether an action of the list needs a selected report.
fn needs_a_report(action: Action) -> bool {
    let needs_none = [Action::Back, Action::Search, Action::Export, Action::Sort, Action::GoMark];
    let of_panes = [Action::NarrowList, Action::WidenList, Action::TogglePreview];
    !needs_none.contains(&action) && !of_panes.contains(&action)
}

/// Moves the split between list and report by a step.
fn move_split(app: &mut App, wider: bool) -> Vec<Effect> {
    let lang = app.settings.lang;
    if !app.two_panes() {
        app.say(phrases::ONE_PANE.say(lang));
        return Vec::new();
    }
    let now = panes::list_share(app);
    let to = if wider { now + panes::SPLIT_STEP } else { now.saturating_sub(panes::SPLIT_STEP) };
    app.list_share = Some(to.clamp(*panes::LIST_SHARES.start(), *panes::LIST_SHARES.end()));
    Vec::new()
}

/// Shows the report beside the list, or no longer.
fn toggle_preview(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    if app.size.width < panes::TWO_PANES {
        app.say(phrases::ONE_PANE.say(lang));
        return Vec::new();
    }
    app.preview_hidden = !app.preview_hidden;
    let key = app.keymap.key_of(Mode::List, Action::TogglePreview);
    let said = if app.preview_hidden { phrases::PREVIEW_HIDDEN } else { phrases::PREVIEW_SHOWN };
    app.say(said.fill(lang, &[&key]));
    follow(app)
}

/// Opens the page of the selected report's unit or a comparison with the report, or chooses the report for one.
fn about(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(row) = app.list.selected_row().cloned() else { return Vec::new() };
    match action {
        Action::Unit => quote_page::open_unit(app, row.unit),
        Action::Versions => quote_page::open(app, PageSubject::Versions(row.id)),
        Action::Choose => {
            quote_page::choose(app, row.id, &row.title);
            Vec::new()
        }
        _ => quote_page::compare(app, action, row.id, PageSubject::Texts),
    }
}

/// Requests the rows of the first screen, with the report `keep` selected if there is one.
pub fn first_search(app: &mut App, keep: Option<String>) -> Effect {
    ask_for_rows(app, keep, true)
}

/// Requests the window around the selection, or around the report `keep`.
fn search(app: &mut App, keep: Option<String>) -> Effect {
    ask_for_rows(app, keep, false)
}

/// Requests a window centred on the selected row. If a report is to be kept, the request is for the top of the list,
/// and the worker moves the window to that report if it matches.
fn ask_for_rows(app: &mut App, keep: Option<String>, first_screen: bool) -> Effect {
    let rows = app.list_rows();
    let limit = rows + 2 * AROUND;
    let offset = if keep.is_some() { 0 } else { app.list.selected.saturating_sub(limit / 2) };
    let on_screen = (app.list.top + rows).saturating_sub(offset);
    let (filter, sort) = (app.list.filter.filter().clone(), app.list.sort);
    let request = ListRequest { filter, sort, offset, limit, on_screen, keep, first_screen };
    let (turn, effect) = app.ask(Ask::Search(request));
    app.list.turn = turn;
    app.list.settled = false;
    effect
}

/// Sets another filter. The selection stays on the same report if that matches. While the filter is being typed, this
/// is the report that was selected when the line was opened; otherwise a half-typed filter would lose the selection. A
/// filter with a fault changes no row: the last good answer stays.
pub fn set_filter(app: &mut App, filter: String) -> Vec<Effect> {
    let keep = match app.line.as_ref().map(|typed| &typed.before) {
        Some(InputSnapshot::Filter { report, .. }) => report.clone(),
        _ => selected_id(app),
    };
    let filter = app.list.filter.replaced_by(filter);
    if filter.is_faulty() && Arc::ptr_eq(filter.filter(), app.list.filter.filter()) {
        // The filter in force is the one before. Its rows are on screen, or on their way.
        app.list.filter = filter;
        return Vec::new();
    }
    restore_search(app, filter, keep)
}

/// Sets a filter and requests its rows, with the report `keep` selected if that matches.
pub fn restore_search(app: &mut App, filter: TypedFilter, keep: Option<String>) -> Vec<Effect> {
    app.list.filter = filter;
    ask_anew(app, keep)
}

/// The id of the selected report; if its row is not loaded, that of the report in the detail pane.
pub fn selected_id(app: &App) -> Option<String> {
    app.list.selected_row().map(|row| row.id.as_str()).or(app.detail.id()).map(str::to_owned)
}

/// Requests the rows again, keeping the selected report.
pub fn refresh(app: &mut App) -> Vec<Effect> {
    let keep = selected_id(app);
    ask_anew(app, keep)
}

/// Requests the rows again because another process has changed the cache. The selected report stays selected, and on
/// the same line of the screen if that is possible; until the answer arrives, nothing changes.
pub fn refresh_in_place(app: &mut App) -> Vec<Effect> {
    let keep = selected_id(app);
    app.list.asked_top = None;
    let effect = search(app, keep.clone());
    app.list.in_place = Some(InPlaceRefresh { turn: app.list.turn, keep });
    vec![effect]
}

/// Requests the rows after filter or order have changed: row numbers of before mean nothing any more.
pub fn ask_anew(app: &mut App, keep: Option<String>) -> Vec<Effect> {
    (app.list.selected, app.list.top) = (0, 0);
    app.list.asked_top = None;
    let effect = search(app, keep);
    app.list.other_rows_turn = app.list.turn;
    vec![effect]
}

/// Moves the selection to a row. The detail pane follows at once, or when the keys rest if this is one of many
/// movements.
fn move_to(app: &mut App, to: usize) -> Vec<Effect> {
    if app.list.preview == PreviewPace::Rested {
        app.list.preview = PreviewPace::Moving;
        return select(app, to);
    }
    app.list.selected = to.min(app.list.window.total.saturating_sub(1));
    app.list.preview = PreviewPace::Due;
    Vec::new()
}

/// Lets the detail pane follow the selection once no key has moved it for a while.
pub fn rest(app: &mut App) -> Vec<Effect> {
    match std::mem::take(&mut app.list.preview) {
        PreviewPace::Due => follow(app),
        PreviewPace::Rested | PreviewPace::Moving => Vec::new(),
    }
}

/// Selects a row; the detail pane follows if it is on screen.
pub fn select(app: &mut App, to: usize) -> Vec<Effect> {
    app.list.selected = to.min(app.list.window.total.saturating_sub(1));
    follow(app)
}

/// Loads the selected report into the detail pane, if the pane is on screen and shows another report.
pub fn follow(app: &mut App) -> Vec<Effect> {
    let shown = app.two_panes() || app.in_detail;
    let Some(id) = app.list.selected_row().map(|row| row.id.clone()).filter(|_| shown) else { return Vec::new() };
    if app.detail.id() == Some(id.as_str()) {
        return Vec::new();
    }
    open_report::beside_list(app, id, ArrivalPoint::Start)
}

/// Moves the keys to the detail pane and loads the selected report there, which marks it read.
pub fn enter(app: &mut App) -> Vec<Effect> {
    let Some(id) = app.list.selected_row().map(|row| row.id.clone()) else { return Vec::new() };
    app.in_detail = true;
    let mut effects = Vec::new();
    if app.detail.id() != Some(id.as_str()) {
        effects.extend(open_report::beside_list(app, id, ArrivalPoint::Start));
    }
    effects.extend(mark_read(app));
    effects
}

/// Marks the selected report as read. `None` if it is read already, or its row is not loaded.
pub fn mark_read(app: &mut App) -> Option<Effect> {
    let report = app.list.selected_row().filter(|row| !row.read)?.id.clone();
    let change = MarkChange { report, mark: ReportMark::Read(true) };
    Some(report_marks::change_silently(app, vec![change]))
}

/// Stars or unstars the selected report.
pub fn star(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some((report, starred)) = app.list.selected_row().map(|row| (row.id.clone(), !row.starred)) else {
        return Vec::new();
    };
    let said = if starred { phrases::STARRED } else { phrases::UNSTARRED }.say(lang);
    report_marks::change(app, vec![MarkChange { report, mark: ReportMark::Starred(starred) }], said)
}

/// Marks the selected report read or unread.
pub fn toggle_read(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some((report, read)) = app.list.selected_row().map(|row| (row.id.clone(), !row.read)) else {
        return Vec::new();
    };
    let said = if read { phrases::MARKED_READ } else { phrases::MARKED_UNREAD }.say(lang);
    report_marks::change(app, vec![MarkChange { report, mark: ReportMark::Read(read) }], said)
}

/// Asks the worker for the next (or previous) unread report of the list.
pub fn unread(app: &mut App, back: bool) -> Vec<Effect> {
    let query = next_row(app, back);
    let (turn, effect) = app.ask(Ask::Unread(query));
    app.row_turn = turn;
    app.row_unread = true;
    vec![effect]
}

/// The query for a row of the list below the selected one, above it if `back`.
pub fn next_row(app: &App, back: bool) -> NextRowQuery {
    let filter = app.list.filter.filter().clone();
    NextRowQuery { filter, sort: app.list.sort, from: app.list.selected, back }
}

/// Keeps the selected row on screen, and requests the rows on screen that are not loaded. `None` if they all are, or
/// were requested already.
pub fn fit(app: &mut App) -> Option<Effect> {
    let rows = app.list_rows();
    let total = app.list.window.total;
    app.list.selected = app.list.selected.min(total.saturating_sub(1));
    app.list.top = scrolled(app.list.top, app.list.selected, total, rows);
    if let Some(areas) = app.list_areas() {
        let (lang, mut columns) = (app.settings.lang, app.list.columns);
        columns.fit(&app.list, rows, areas.rows.width, lang);
        app.list.columns = columns;
    }
    if !app.list.settled {
        return None;
    }
    let found = &app.list.window;
    let wanted_to = (app.list.top + rows).min(total);
    let at_hand = found.offset <= app.list.top && wanted_to <= found.offset + found.rows.len();
    if at_hand || app.list.asked_top == Some(app.list.top) {
        return None;
    }
    app.list.asked_top = Some(app.list.top);
    Some(search(app, None))
}
