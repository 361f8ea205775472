//! Draws the palette and small menus, as popups over the screen that they act on.

use super::canvas::{Canvas, PaneFrame};
use super::popup;
use crate::lang::phrases;
use crate::text::wrap;
use crate::tui::app::{App, MenuItem, MenuState, PaletteState};
use crate::tui::command_search::CommandQuery;
use crate::tui::text_layout;
use crate::tui::theme::ThemeRole;
use ratatui::layout::{Position, Rect};

/// The greatest width of the palette, in cells.
const WIDEST: u16 = 72;

/// Draws the palette over the screen it was opened from.
pub fn draw(app: &App, palette: &PaletteState, paint: &mut Canvas<'_>, area: Rect) {
    let area = popup(area, WIDEST, area.height.min(22));
    paint.clear(area);
    let edge = PaneFrame { title: phrases::COMMANDS.say(app.settings.lang), active: true, ..PaneFrame::default() };
    let inner = paint.frame(area, &edge);
    let x = paint.text(inner.x + 1, inner.y, 2, ": ", ThemeRole::Key);
    let room = inner.right().saturating_sub(x + 1);
    let (shown, cursor) = palette.line.shown(usize::from(room).max(1));
    paint.text(x, inner.y, room, shown, ThemeRole::Title);
    paint.cursor = Some(Position::new(x + (cursor as u16).min(room), inner.y));
    let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    let entries = palette.shown.iter().filter_map(|n| palette.all.get(*n));
    let from = palette.top.max((palette.selected + 1).saturating_sub(usize::from(rows.height)));
    for (n, entry) in entries.enumerate().skip(from).take(usize::from(rows.height)) {
        let line = Rect { y: rows.y + (n - from) as u16, height: 1, ..rows };
        draw_entry(app, paint, line, entry, n == palette.selected, Some(&palette.asked));
    }
    if palette.shown.is_empty() {
        let said = phrases::NO_COMMAND.say(app.settings.lang);
        paint.text(rows.x + 2, rows.y, rows.width.saturating_sub(2), said, ThemeRole::Dim);
    }
}

/// Draws a menu over the screen it was opened from.
pub fn menu(app: &App, menu: &MenuState, paint: &mut Canvas<'_>, area: Rect) {
    let widest = menu.entries.iter().map(|entry| wrap::width(&entry.name)).max().unwrap_or(0) as u16;
    let area = popup(area, widest + 10, menu.entries.len() as u16 + 2);
    paint.clear(area);
    let inner = paint.frame(area, &PaneFrame { title: &menu.title, active: true, ..PaneFrame::default() });
    for (n, entry) in menu.entries.iter().enumerate().take(usize::from(inner.height)) {
        let line = Rect { y: inner.y + n as u16, height: 1, ..inner };
        draw_entry(app, paint, line, entry, n == menu.selected, None);
        if n == menu.selected {
            paint.cursor = Some(Position::new(line.x, line.y));
        }
    }
}

/// Draws an entry. In the palette, for which `asked` is the query, the matching letters are highlighted and the key is
/// on the right. In a menu the key comes first, because there it is pressed to choose the entry.
fn draw_entry(
    app: &App,
    paint: &mut Canvas<'_>,
    area: Rect,
    entry: &MenuItem,
    selected: bool,
    asked: Option<&CommandQuery>,
) {
    if selected {
        paint.text(area.x, area.y, 1, paint.selection(), ThemeRole::Key);
    }
    let x = area.x + 2;
    if let Some(asked) = asked {
        let key_x = area.right().saturating_sub(wrap::width(&entry.key) as u16 + 1);
        let room = key_x.saturating_sub(x + 1);
        let name = wrap::shorten(&entry.name, usize::from(room));
        let hits = asked.hits(&name).into_iter().map(|hit| (hit, ThemeRole::Hit));
        paint.pieces(x, area.y, room, &text_layout::lit(&name, hits, ThemeRole::Text));
        paint.text(key_x, area.y, area.right().saturating_sub(key_x), &entry.key, ThemeRole::Key);
    } else {
        let x = paint.text(x, area.y, 3, &entry.key, ThemeRole::Key) + 2;
        paint.text(x, area.y, area.right().saturating_sub(x), &entry.name, ThemeRole::Text);
    }
    if selected && !app.plain() {
        paint.select(area);
    }
}
