//! Draws the people of a report in press order. Their lines are laid out by `people_layout`.

use super::canvas::{Canvas, PaneFrame};
use super::page_lines;
use crate::lang::phrases;
use crate::theme::ThemeRole;
use crate::tui::app::{App, PeopleState};
use crate::tui::people_layout;
use ratatui::layout::{Position, Rect};

/// Draws the screen of people, or the sentence that the report names nobody.
pub fn draw(app: &App, people: &PeopleState, paint: &mut Canvas<'_>, area: Rect) {
    let lang = app.settings.lang;
    let sign = if paint.plain { ": " } else { " ─ " };
    let title = format!("{}{sign}{}", phrases::PEOPLE.say(lang), people.title);
    let count = people.people.len();
    let foot = if count == 0 { String::new() } else { format!("{}/{count}", people.selected + 1) };
    let inner = paint.frame(area, &PaneFrame { title: &title, foot: &foot, active: true, ..PaneFrame::default() });
    if count == 0 {
        let said = phrases::NO_PEOPLE.say(lang);
        let lines = crate::tui::text_layout::flow(
            &[(said.to_owned(), ThemeRole::Dim)],
            usize::from(inner.width.saturating_sub(4)),
            0,
        );
        for (n, line) in lines.iter().enumerate() {
            paint.pieces(inner.x + 2, inner.y + 1 + n as u16, inner.width.saturating_sub(3), line);
        }
        return;
    }
    let laid_out = people_layout::lay_out(&people.people, usize::from(inner.width), lang, app.plain());
    let mut y = inner.y;
    if !laid_out.head.is_empty() {
        paint.pieces(inner.x, y, inner.width, &laid_out.head);
        y += 1;
    }
    let mut first: usize = laid_out.rows.iter().take(people.top).map(Vec::len).sum();
    for (n, lines) in laid_out.rows.iter().enumerate().skip(people.top) {
        let start = y;
        for (at, line) in lines.iter().enumerate() {
            if y < inner.bottom() {
                paint.pieces(inner.x, y, inner.width, line);
                page_lines::draw_hits(&people.lines, first + at, Rect { y, height: 1, ..inner }, paint);
                y += 1;
            }
        }
        first += lines.len();
        if n == people.selected {
            paint.cursor = Some(Position::new(inner.x, start));
            if app.plain() {
                paint.text(inner.x, start, 1, paint.selection(), ThemeRole::Key);
            } else {
                paint.select(Rect { y: start, height: y - start, ..inner });
            }
        }
    }
}
