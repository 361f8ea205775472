//! An official's page: its lines, the one under the cursor lit.

use super::paint::{Edge, Paint};
use crate::tui::app::{App, OfficialPage};
use crate::tui::theme::Role;
use crate::tui::{panes, words};
use ratatui::layout::{Position, Rect};

/// Draws the screen.
pub fn draw(app: &App, page: &OfficialPage, paint: &mut Paint<'_>, area: Rect) {
    let lang = app.settings.lang;
    let title = page.page.as_ref().map_or(words::OFFICIALS.say(lang), |page| page.name.as_str());
    let count = page.lines.len();
    let text = panes::page_of(area, app.plain());
    let seen = (page.top + usize::from(text.height)).min(count);
    let foot = (seen * 100).checked_div(count).map_or_else(String::new, |percent| format!("{percent} %"));
    paint.frame(area, &Edge { title, foot: &foot, active: true, ..Edge::default() });
    if page.page.is_none() {
        let said = if page.gone { words::NO_OFFICIALS } else { words::LOADING };
        paint.text(text.x + 1, text.y + 1, text.width.saturating_sub(1), said.say(lang), Role::Dim);
        return;
    }
    for (n, line) in page.lines.iter().enumerate().skip(page.top).take(usize::from(text.height)) {
        let y = text.y + (n - page.top) as u16;
        paint.pieces(text.x, y, text.width, &line.pieces);
        if n == page.selected {
            paint.cursor = Some(Position::new(text.x, y));
            if app.plain() {
                paint.text(area.x, y, 1, paint.selection(), Role::Key);
            } else {
                paint.select(Rect { x: text.x.saturating_sub(1), y, width: text.width + 2, height: 1 });
            }
        }
    }
}
