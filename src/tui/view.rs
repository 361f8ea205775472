//! Draws the screen: a function from the state to a buffer of cells and a cursor position. It does not change the
//! state, so drawing twice gives the same picture. There is one file for each part of the screen. The geometry is up to
//! `panes`.

mod ascii;
mod canvas;
mod detail;
mod footer;
mod header;
mod help;
mod list;
mod menu;
mod officials_finder;
mod page_lines;
mod palette;
mod quote_page;
mod report_people;

use super::app::{App, Screen};
use super::panes;
use crate::lang::phrases;
use crate::theme::ThemeRole;
use canvas::Canvas;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws `app` into an empty `buffer`. Returns where to put the hardware cursor: on the input, else on the selected
/// row, so that screen readers and magnifiers follow it.
pub fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    let mut paint = Canvas { buffer, theme: &app.theme, plain: app.plain(), cursor: None };
    if area.is_empty() {
        return None;
    }
    if panes::too_small(area.as_size()) {
        paint.text(area.x, area.y, area.width, phrases::TOO_SMALL.say(app.settings.lang), ThemeRole::Text);
    } else if area.as_size() == app.size {
        // Otherwise the window was resized, and `app` will get the new size with the next message: nothing is drawn
        // until then, because its panes and pages are still laid out for the old one.
        screens(app, &mut paint);
    }
    let cursor = paint.cursor.filter(|at| area.contains(*at));
    if app.settings.ascii {
        ascii::fold(buffer);
    }
    cursor
}

/// Draws footer, status line and the topmost screen of the stack; over it the palette or menu, if one is open.
fn screens(app: &App, paint: &mut Canvas<'_>) {
    let panes = panes::panes(app);
    footer::draw(app, paint, panes.footer);
    footer::draw_tour(app, paint, panes.tour);
    // A palette or menu covers only a part of the screen that it was opened from.
    let front = app.stack.iter().rposition(|screen| !matches!(screen, Screen::Menu(_) | Screen::Palette(_)));
    match front.and_then(|n| app.stack.get(n)) {
        None | Some(Screen::Reading(_)) => reports(app, paint, &panes),
        Some(Screen::People(people)) => report_people::draw(app, people, paint, panes::middle(app)),
        Some(Screen::Finder(finder)) => officials_finder::draw(app, finder, paint),
        Some(Screen::Official(page)) => quote_page::official(app, page, paint, panes::middle(app)),
        Some(Screen::QuotePage(page)) => quote_page::draw(app, page, paint, panes::middle(app)),
        Some(Screen::Help(help)) => help::draw(app, help, paint, panes::middle(app)),
        Some(Screen::Menu(_) | Screen::Palette(_)) => {}
    }
    header::draw(app, paint, panes.top, panes.problems);
    match app.stack.last() {
        Some(Screen::Palette(palette)) => palette::draw(app, palette, paint),
        Some(Screen::Menu(menu)) => menu::draw(app, menu, paint),
        _ => {}
    }
}

/// Draws list and report, those of the two that have a pane.
fn reports(app: &App, paint: &mut Canvas<'_>, panes: &panes::Panes) {
    if let Some(area) = panes.list {
        list::draw(app, paint, area);
    }
    if let Some(area) = panes.detail {
        detail::draw(app, paint, area);
    }
}
