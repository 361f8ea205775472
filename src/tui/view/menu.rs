//! Draws a small menu as a popup over the screen that it acts on. Each entry begins with the letter that chooses it.

use super::canvas::{Canvas, PaneFrame};
use crate::theme::ThemeRole;
use crate::tui::app::{App, MenuItem, MenuState};
use crate::tui::choices;
use ratatui::layout::{Position, Rect};

/// Draws a menu over the screen it was opened from.
pub fn draw(app: &App, menu: &MenuState, paint: &mut Canvas<'_>) {
    let area = choices::menu(app, menu);
    paint.clear(area);
    let inner = paint.frame(area, &PaneFrame { title: &menu.title, active: true, ..PaneFrame::default() });
    for (n, entry) in menu.entries.iter().enumerate().take(usize::from(inner.height)) {
        let line = Rect { y: inner.y + n as u16, height: 1, ..inner };
        draw_entry(paint, line, entry);
        if n == menu.selected {
            mark_selected(app, paint, line);
            paint.cursor = Some(Position::new(line.x, line.y));
        }
    }
}

/// Draws an entry: its letter, then its name.
fn draw_entry(paint: &mut Canvas<'_>, area: Rect, entry: &MenuItem) {
    let x = paint.text(area.x + 2, area.y, 3, &entry.key, ThemeRole::Key) + 2;
    paint.text(x, area.y, area.right().saturating_sub(x), &entry.name, ThemeRole::Text);
}

/// Marks the drawn line of a selected entry, of a menu or of the palette: by a sign before it, and by colour if there
/// is any.
pub fn mark_selected(app: &App, paint: &mut Canvas<'_>, area: Rect) {
    paint.text(area.x, area.y, 1, paint.selection(), ThemeRole::Key);
    if !app.plain() {
        paint.select(area);
    }
}
