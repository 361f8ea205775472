//! Draws the pages of lines: officials, posts, units and comparisons, with the cursor on one line.

use super::canvas::{Canvas, PaneFrame};
use crate::tui::app::{App, PageLines};
use crate::tui::panes;
use crate::tui::theme::ThemeRole;
use ratatui::layout::{Position, Rect};

/// A page of lines, as `draw` takes it.
pub struct PageLinesView<'a> {
    pub title: &'a str,
    pub lines: &'a PageLines,
    /// The sentence that is drawn instead of the lines, if there are none.
    pub waiting: Option<&'a str>,
    /// The page may show two texts side by side, so it may be wider than one text.
    pub pair: bool,
}

/// Draws the visible lines of a page in a frame, with the cursor on the selected line.
pub fn draw(app: &App, sheet: &PageLinesView<'_>, paint: &mut Canvas<'_>, area: Rect) {
    let PageLinesView { title, lines, waiting, pair } = *sheet;
    let count = lines.all.len();
    let text = panes::page_of(area, app.plain(), pair);
    let seen = (lines.top + usize::from(text.height)).min(count);
    let foot = (seen * 100).checked_div(count).map_or_else(String::new, |percent| format!("{percent} %"));
    paint.frame(area, &PaneFrame { title, foot: &foot, active: true, ..PaneFrame::default() });
    if let Some(said) = waiting {
        let words = [(said.to_owned(), ThemeRole::Dim)];
        let room = usize::from(text.width.saturating_sub(2)).max(1);
        for (n, line) in crate::tui::text_layout::flow(&words, room, 0).iter().enumerate() {
            let y = text.y + 1 + n as u16;
            if y < text.bottom() {
                paint.pieces(text.x + 1, y, text.width.saturating_sub(1), line);
            }
        }
        return;
    }
    for (n, line) in lines.all.iter().enumerate().skip(lines.top).take(usize::from(text.height)) {
        let y = text.y + (n - lines.top) as u16;
        paint.pieces(text.x, y, text.width, &line.pieces);
        if n == lines.selected {
            paint.cursor = Some(Position::new(text.x, y));
            if app.plain() {
                paint.text(area.x, y, 1, paint.selection(), ThemeRole::Key);
            } else {
                paint.select(Rect { x: text.x.saturating_sub(1), y, width: text.width + 2, height: 1 });
            }
        }
    }
}
