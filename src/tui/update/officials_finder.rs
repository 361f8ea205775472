//! Handles the finder of officials: a query, the officials that match, and a preview of the selected one's page.

use super::{close, input_line, moved, official, scrolled};
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::search::query_limit::{MAX_QUERY_CHARS, MAX_QUERY_WORDS, is_too_long};
use crate::tui::app::{App, FinderState, Screen};
use crate::tui::input_line::InputLine;
use crate::tui::message::{Ask, Effect};
use crate::tui::panes;

/// The most officials requested for a query: more than anyone scrolls through.
const LIMIT: usize = 300;

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
    let (turn, effect) = app.ask(Ask::Officials(text, LIMIT));
    if let Some(Screen::Finder(finder)) = app.stack.last_mut() {
        finder.turn = turn;
        finder.settled = false;
    }
    vec![effect]
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
    if let Some(to) = moved(action, 1, finder.selected, finder.rows.len(), page) {
        finder.selected = to;
        return preview(app);
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
