//! Draws the palette as a popup over the screen that it acts on: the query, then the commands that match it, each with
//! its keys. The letters that match are highlighted.

use super::canvas::{Canvas, PaneFrame};
use super::menu;
use crate::lang::phrases;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{App, MenuItem, PaletteState};
use crate::tui::choices;
use crate::tui::command_search::CommandQuery;
use crate::tui::text_layout;
use ratatui::layout::{Position, Rect};

/// Draws the palette over the screen it was opened from.
pub fn draw(app: &App, palette: &PaletteState, paint: &mut Canvas<'_>) {
    let area = choices::palette(app, palette);
    paint.clear(area);
    let edge = PaneFrame { title: phrases::COMMANDS.say(app.settings.lang), active: true, ..PaneFrame::default() };
    let inner = paint.frame(area, &edge);
    let x = paint.text(inner.x + 1, inner.y, 2, ": ", ThemeRole::Key);
    let room = inner.right().saturating_sub(x + 1);
    let (shown, cursor) = palette.line.shown(usize::from(room).max(1));
    paint.text(x, inner.y, room, shown, ThemeRole::Title);
    paint.cursor = Some(Position::new(x + (cursor as u16).min(room), inner.y));
    let (rows, from) = choices::palette_rows(palette, inner);
    let entries = palette.shown.iter().filter_map(|n| palette.all.get(*n));
    for (n, entry) in entries.enumerate().skip(from).take(usize::from(rows.height)) {
        let line = Rect { y: rows.y + (n - from) as u16, height: 1, ..rows };
        draw_entry(paint, line, entry, &palette.asked);
        if n == palette.selected {
            menu::mark_selected(app, paint, line);
        }
    }
    if palette.shown.is_empty() {
        let said = phrases::NO_COMMAND.say(app.settings.lang);
        paint.text(rows.x + 2, rows.y, rows.width.saturating_sub(2), said, ThemeRole::Dim);
    }
}

/// Draws a command with its keys on the right. The letters of its name that match the query `asked` are highlighted.
fn draw_entry(paint: &mut Canvas<'_>, area: Rect, entry: &MenuItem, asked: &CommandQuery) {
    let x = area.x + 2;
    // A saved filter stands here too, and may be long: it gets half of the line.
    let key = wrap::shorten(&entry.key, usize::from(area.width / 2));
    let key_x = area.right().saturating_sub(wrap::width(&key) as u16 + 1);
    let room = key_x.saturating_sub(x + 1);
    let name = wrap::shorten(&entry.name, usize::from(room));
    let hits = asked.hits(&name).into_iter().map(|hit| (hit, ThemeRole::Hit));
    paint.pieces(x, area.y, room, &text_layout::styled_pieces(&name, hits, ThemeRole::Text));
    paint.text(key_x, area.y, area.right().saturating_sub(key_x), &key, ThemeRole::Key);
}
