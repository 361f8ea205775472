//! Draws the pages of lines: officials, posts, units and comparisons, with the cursor on one line.

use super::canvas::{Canvas, PaneFrame};
use crate::lang::phrases;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{App, PageLines};
use crate::tui::panes;
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
    let mut foot = (seen * 100).checked_div(count).map_or_else(String::new, |percent| format!("{percent}%"));
    if !lines.search.hits.is_empty() {
        let at = lines.search.at.map_or_else(|| "–".to_owned(), |n| (n + 1).to_string());
        let hit = phrases::HIT_N.fill(app.settings.lang, &[&format!("{at}/{}", lines.search.hits.len())]);
        foot = format!("{hit} ─ {foot}");
    }
    paint.frame(area, &PaneFrame { title, foot: &foot, active: true, ..PaneFrame::default() });
    if let Some(said) = waiting {
        let words = [(said.to_owned(), ThemeRole::Dim)];
        // A screen reader speaks the row of the cursor.
        paint.cursor = Some(Position::new(text.x + 1, text.y + 1));
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
        draw_hits(lines, n, Rect { y, height: 1, ..text }, paint);
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

/// Draws the parts of hits in line `n` again, highlighted.
pub(super) fn draw_hits(lines: &PageLines, n: usize, area: Rect, paint: &mut Canvas<'_>) {
    let search = &lines.search;
    // Hits are in the order of their first lines. One that began above may go on in this line.
    let near = search.hits.iter().enumerate();
    let near = near.take_while(|(_, hit)| hit.first().is_some_and(|part| part.line <= n));
    for (at, part) in near.flat_map(|(at, hit)| hit.iter().map(move |part| (at, part))).filter(|(_, p)| p.line == n) {
        let text: String =
            lines.all.get(n).into_iter().flat_map(|line| &line.pieces).map(|piece| piece.0.as_str()).collect();
        let before = wrap::width(text.get(..part.span.start).unwrap_or_default()) as u16;
        let role = if search.at == Some(at) { ThemeRole::CurrentHit } else { ThemeRole::Hit };
        let x = area.x.saturating_add(before);
        paint.text(x, area.y, area.right().saturating_sub(x), part.span.of(&text), role);
    }
}
