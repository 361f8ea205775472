//! Handles the mouse, where the settings turn it on: the wheel scrolls what is under the pointer, a click selects (and
//! opens what is selected already), dragging the line between list and report moves the split. While a line is open at
//! the top, only the wheel works.

use super::{act, detail, list, officials_finder, scrolled};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::tui::app::{App, PageLines, Screen};
use crate::tui::message::{Effect, MouseInput, MouseKind};
use crate::tui::{choices, panes};
use ratatui::layout::{Position, Rect};

/// The rows of a turn of the wheel.
const WHEEL_ROWS: usize = 3;

/// Handles an event of the mouse.
pub fn event(app: &mut App, MouseInput { kind, at }: MouseInput) -> Vec<Effect> {
    // A program that was killed may have left the terminal telling of the mouse.
    if !app.settings.mouse {
        return Vec::new();
    }
    match kind {
        MouseKind::WheelUp | MouseKind::WheelDown => wheel(app, kind == MouseKind::WheelDown, at),
        MouseKind::Release => {
            app.drags_split = false;
            Vec::new()
        }
        MouseKind::Drag if app.drags_split => {
            let share = u32::from(at.x) * 100 / u32::from(app.size.width.max(1));
            app.list_share = Some((share as u16).clamp(*panes::LIST_SHARES.start(), *panes::LIST_SHARES.end()));
            Vec::new()
        }
        MouseKind::Press if app.line.is_none() => press(app, at),
        MouseKind::Press | MouseKind::Drag => Vec::new(),
    }
}

/// Scrolls what is under the pointer. In the list the selection moves, as it does with keys.
fn wheel(app: &mut App, down: bool, at: Position) -> Vec<Effect> {
    let action = if down { Action::Down } else { Action::Up };
    if !(app.stack.is_empty() || matches!(app.stack.last(), Some(Screen::Reading(_)))) {
        return (0..WHEEL_ROWS).flat_map(|_| act(app, action)).collect();
    }
    let areas = panes::panes(app);
    app.times = WHEEL_ROWS;
    let effects = if areas.detail.is_some_and(|area| area.contains(at)) {
        detail::scroll(app, action);
        Vec::new()
    } else if areas.list.is_some_and(|area| area.contains(at)) {
        list::act(app, action)
    } else {
        Vec::new()
    };
    app.times = 1;
    effects
}

fn press(app: &mut App, at: Position) -> Vec<Effect> {
    match app.stack.last() {
        Some(Screen::Official(_) | Screen::QuotePage(_)) => return press_on_page(app, at),
        Some(Screen::Finder(_) | Screen::People(_) | Screen::Palette(_) | Screen::Menu(_)) => {
            return press_on_choice(app, at);
        }
        Some(Screen::Reading(_)) | None => {}
        Some(_) => return Vec::new(),
    }
    let areas = panes::panes(app);
    if let (Some(list_area), Some(detail_area)) = (areas.list, areas.detail)
        && (at.x + 1 == detail_area.x || at.x == detail_area.x)
        && list_area.y <= at.y
        && at.y < list_area.bottom()
    {
        app.drags_split = true;
        return Vec::new();
    }
    if areas.detail.is_some_and(|area| area.contains(at)) {
        let is_in_list = app.mode() == Mode::List;
        return if is_in_list { list::act(app, Action::OtherPane) } else { Vec::new() };
    }
    press_on_row(app, at)
}

/// Selects the row of the list under the pointer; opens it if it is selected already.
fn press_on_row(app: &mut App, at: Position) -> Vec<Effect> {
    let Some(rows) = app.list_areas().map(|areas| areas.rows).filter(|rows| rows.contains(at)) else {
        return Vec::new();
    };
    let row = app.list.top + usize::from((at.y - rows.y) / panes::row_height(rows.width));
    if row >= app.list.window.total {
        return Vec::new();
    }
    let was_there = app.mode() == Mode::List && app.list.selected == row;
    (app.in_detail, app.zoomed) = (false, false);
    if was_there { list::act(app, Action::Open) } else { list::select(app, row) }
}

/// Selects the row under the pointer of a screen that one chooses from; opens it if it is selected already.
fn press_on_choice(app: &mut App, at: Position) -> Vec<Effect> {
    let Some(row) = choices::row_at(app, at) else { return Vec::new() };
    let selected = match app.stack.last_mut() {
        Some(Screen::Finder(finder)) => &mut finder.selected,
        Some(Screen::Palette(palette)) => &mut palette.selected,
        Some(Screen::Menu(menu)) => &mut menu.selected,
        Some(Screen::People(people)) if people.selected != row => {
            people.select(row);
            return Vec::new();
        }
        Some(Screen::People(people)) => &mut people.selected,
        _ => return Vec::new(),
    };
    if *selected == row {
        return act(app, Action::Open);
    }
    *selected = row;
    officials_finder::preview(app)
}

/// Puts the cursor on the line of a page under the pointer; opens it if the cursor was there already.
fn press_on_page(app: &mut App, at: Position) -> Vec<Effect> {
    let inner: Rect = panes::inside(panes::middle(app), app.plain());
    if !inner.contains(at) {
        return Vec::new();
    }
    let rows = usize::from(inner.height);
    let Some(lines) = lines_of_page(app) else { return Vec::new() };
    let line = lines.first_of_paragraph(lines.top + usize::from(at.y - inner.y));
    if line >= lines.all.len() {
        return Vec::new();
    }
    let before = lines.selected;
    lines.go(line);
    lines.top = scrolled(lines.top, lines.selected, lines.all.len(), rows);
    if lines.selected == before && lines.selected == line { act(app, Action::Open) } else { Vec::new() }
}

fn lines_of_page(app: &mut App) -> Option<&mut PageLines> {
    match app.stack.last_mut()? {
        Screen::Official(page) => Some(&mut page.lines),
        Screen::QuotePage(page) => Some(&mut page.lines),
        _ => None,
    }
}
