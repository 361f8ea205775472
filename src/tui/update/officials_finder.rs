//! Handles the finder of officials: a query, the officials that match, and a preview of the selected one's page.

use super::{close, input_line, moved, official, scrolled};
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::search::query_limit::{MAX_QUERY_CHARS, MAX_QUERY_WORDS, is_too_long};
use crate::tui::app::{App, FinderState, Screen};
use crate::tui::input_line::InputLine;
use crate::tui::message::{Ask, Effect, FinderRow};
use crate::tui::panes;

/// The most officials requested for a query: more than anyone scrolls through.
const LIMIT: usize = 300;
/// How many screens of officials are requested for a query at first: most queries are typed on, and each official costs
/// a look into the cache. The others are requested when the cursor moves on.
const SCREENS_AT_FIRST: usize = 2;

/// Opens the finder with an empty query, which every official matches.
pub fn open(app: &mut App) -> Vec<Effect> {
    let line = InputLine::new("", &[], app.settings.typing);
    app.stack.push(Screen::Finder(Box::new(FinderState { line, ..FinderState::default() })));
    query(app)
}

/// Requests the officials that match the line.
pub fn query(app: &mut App) -> Vec<Effect> {
    let Some(Screen::Finder(finder)) = app.stack.last() else { return Vec::new() };
    let text = finder.line.text().to_owned();
    if is_too_long(&text) {
        let limits = [MAX_QUERY_WORDS.to_string(), MAX_QUERY_CHARS.to_string()];
        app.complain(phrases::QUERY_TOO_LONG.fill(app.settings.lang, &[&limits[0], &limits[1]]));
        return Vec::new();
    }
    let at_first = (rows(app) * SCREENS_AT_FIRST).min(LIMIT);
    let (turn, effect) = app.ask(Ask::Officials(text, at_first));
    if let Some(Screen::Finder(finder)) = app.stack.last_mut() {
        finder.turn = turn;
        finder.settled = false;
        finder.go_on = None;
    }
    vec![effect]
}

/// Handles the officials that match: the first ones of a query, or more of those on screen.
pub fn answered(app: &mut App, turn: u64, found: Vec<FinderRow>, total: usize, all: usize) -> Vec<Effect> {
    app.officials = Some(all);
    let Some(Screen::Finder(finder)) = app.stack.last_mut() else { return Vec::new() };
    if finder.turn != turn {
        return Vec::new();
    }
    (finder.rows, finder.total, finder.all) = (found, total, all);
    finder.selected = finder.go_on.unwrap_or(0);
    finder.settled = true;
    fit(app);
    preview(app)
}

/// Requests all officials that are listed of a query, if only the first ones are here. The cursor is then put on `to`.
fn more(app: &mut App, to: usize) -> Option<Effect> {
    let Some(Screen::Finder(finder)) = app.stack.last() else { return None };
    let listed = finder.total.min(LIMIT);
    if finder.rows.len() >= listed || (finder.settled && to + 1 < finder.rows.len()) {
        return None;
    }
    let text = finder.line.text().to_owned();
    let (turn, effect) = app.ask(Ask::Officials(text, LIMIT));
    if let Some(Screen::Finder(finder)) = app.stack.last_mut() {
        (finder.turn, finder.go_on) = (turn, Some(to));
    }
    Some(effect)
}

/// Requests the page of the selected official, if the screen has room for a preview and it shows another official.
pub fn preview(app: &mut App) -> Vec<Effect> {
    if panes::finder(app).preview.is_none() {
        return Vec::new();
    }
    let Some(Screen::Finder(finder)) = app.stack.last() else { return Vec::new() };
    let Some(id) = finder.rows.get(finder.selected).map(|row| row.official.id.clone()) else { return Vec::new() };
    if finder.preview.as_ref().is_some_and(|page| page.id == id) {
        return Vec::new();
    }
    let (turn, effect) = app.ask(Ask::OfficialPreview(id));
    if let Some(Screen::Finder(finder)) = app.stack.last_mut() {
        finder.preview_turn = turn;
    }
    vec![effect]
}

/// Does an action of the finder.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let page = rows(app);
    let Some(Screen::Finder(finder)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(changed) = finder.line.edit(action) {
        return if changed { query(app) } else { input_line::nothing_changed(app, action) };
    }
    // The rows that are still to come count.
    let at = finder.go_on.filter(|to| *to >= finder.rows.len()).unwrap_or(finder.selected);
    if let Some(to) = moved(action, 1, at, finder.total.min(LIMIT), page) {
        finder.selected = to.min(finder.rows.len().saturating_sub(1));
        let more = more(app, to);
        return more.into_iter().chain(preview(app)).collect();
    }
    match action {
        Action::Open => {
            let id = finder.rows.get(finder.selected).map(|row| row.official.id.clone());
            let Some(id) = id else {
                app.say(phrases::NO_OFFICIALS.say(app.settings.lang));
                return Vec::new();
            };
            official::open(app, id)
        }
        Action::Back => {
            close(app);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The number of officials that fit on screen.
fn rows(app: &App) -> usize {
    let area = panes::inside(panes::finder(app).rows, app.plain());
    (usize::from(area.height) / usize::from(panes::finder_lines(app))).max(1)
}

/// Keeps the selected official in sight.
pub fn fit(app: &mut App) {
    let rows = rows(app);
    let Some(Screen::Finder(finder)) = app.stack.last_mut() else { return };
    finder.selected = finder.selected.min(finder.rows.len().saturating_sub(1));
    finder.top = scrolled(finder.top, finder.selected, finder.rows.len(), rows);
}
