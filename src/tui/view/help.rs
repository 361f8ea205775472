//! Draws the help screen. Its lines are laid out by `help_lines`.

use super::canvas::{Canvas, PaneFrame};
use crate::lang::phrases;
use crate::tui::app::{App, HelpState};
use crate::tui::panes;
use ratatui::layout::{Position, Rect};

/// Draws the visible lines of help, with the search in the upper border.
pub fn draw(app: &App, help: &HelpState, paint: &mut Canvas<'_>, area: Rect) {
    let lang = app.settings.lang;
    let text = panes::help_of(area, app.plain());
    let seen = (help.top + usize::from(text.height)).min(help.lines.len());
    let foot = format!("{}%", (seen * 100).checked_div(help.lines.len()).unwrap_or(100));
    let edge = PaneFrame {
        title: phrases::HELP.say(lang),
        corner: &help.query,
        foot: &foot,
        active: true,
        ..PaneFrame::default()
    };
    paint.frame(area, &edge);
    for (n, line) in help.lines.iter().skip(help.top).take(usize::from(text.height)).enumerate() {
        paint.pieces(text.x, text.y + n as u16, text.width, line);
    }
    if app.line.is_none() {
        paint.cursor = Some(Position::new(text.x, text.y));
    }
}
