//! The line at the top: what the cache holds, the filter and how much it leaves; the input while something is typed.
//! Under it, where a filter was not understood.

use super::numbers::grouped;
use super::paint::Paint;
use crate::text::wrap;
use crate::tui::app::{App, Purpose, Typed};
use crate::tui::panes::TWO_PANES;
use crate::tui::settings::Lang;
use crate::tui::theme::Role;
use crate::tui::words;
use ratatui::layout::{Position, Rect};

/// Draws both lines.
pub fn draw(app: &App, paint: &mut Paint<'_>, area: Rect, problems: Rect) {
    let lang = app.settings.lang;
    let mut x = paint.text(area.x, area.y, area.width, " baocao", Role::Title) + 3;
    let typing = app.line.is_some();
    let filtered = !app.list.filter.is_empty();
    let roomy = area.width >= 60 && (area.width >= TWO_PANES || !(typing || filtered));
    if roomy && (app.list.settled || app.list.found.all > 0) {
        let reports = grouped(app.list.found.all);
        let counts = match app.officials {
            Some(officials) => words::COUNTS.fill(lang, &[&reports, &grouped(officials)]),
            None => words::COUNTS_SHORT.fill(lang, &[&reports]),
        };
        x = paint.text(x, area.y, area.right().saturating_sub(x), &counts, Role::Dim) + 3;
    }
    let x = x.max(if area.width >= TWO_PANES { area.width / 2 } else { 10 }).min(area.right());
    let room = Rect { x, width: area.right() - x, ..area };
    match &app.line {
        Some(typed) => input(app, typed, paint, room, problems),
        None if filtered => {
            let end = counts(app, paint, room);
            let label = format!("{}: ", words::FILTER.say(lang));
            let x = paint.text(room.x, room.y, room.width, &label, Role::Dim);
            let filter = wrap::shorten(&app.list.filter, usize::from(end.saturating_sub(x + 2)));
            paint.text(x, room.y, end.saturating_sub(x), &filter, Role::Title);
            told(app, paint, problems, x, 0);
        }
        None => {}
    }
}

/// The input line with its label, its cursor and its counts.
fn input(app: &App, typed: &Typed, paint: &mut Paint<'_>, room: Rect, problems: Rect) {
    let lang = app.settings.lang;
    let label = match typed.purpose {
        Purpose::Filter => words::FILTER,
        Purpose::Find | Purpose::Help => words::FIND_HERE,
    };
    let end = match typed.purpose {
        Purpose::Filter => counts(app, paint, room),
        Purpose::Find => hits(app, paint, room),
        Purpose::Help => room.right(),
    };
    let x = paint.text(room.x, room.y, room.width, &format!("{}: ", label.say(lang)), Role::Key);
    let cells = end.saturating_sub(x + 2);
    let (shown, cursor) = typed.line.shown(usize::from(cells).max(1));
    paint.text(x, room.y, cells, shown, Role::Title);
    paint.cursor = Some(Position::new(x + (cursor as u16).min(cells), room.y));
    if typed.purpose == Purpose::Filter {
        let start =
            typed.line.text().len() - typed.line.text().find(shown).map_or(0, |at| typed.line.text().len() - at);
        told(app, paint, problems, x, start);
    }
}

/// How many reports answer, how many are hidden; returns the column where that begins.
fn counts(app: &App, paint: &mut Paint<'_>, room: Rect) -> u16 {
    let (total, all) = (app.list.found.total, app.list.found.all);
    if !app.list.found.counted {
        return paint.right(room, room.y, &format!("  {}… ", grouped(total)), Role::Notice);
    }
    let hidden = words::HIDDEN.fill(app.settings.lang, &[&grouped(all.saturating_sub(total))]);
    let said = if room.width < 40 || total == all { grouped(total) } else { format!("{} · {hidden}", grouped(total)) };
    paint.right(room, room.y, &format!("  {said} "), Role::Notice)
}

/// Which hit of how many; returns the column where that begins.
fn hits(app: &App, paint: &mut Paint<'_>, room: Rect) -> u16 {
    let reading = app.reading();
    let at = reading.hit.map_or(0, |n| n + 1);
    paint.right(room, room.y, &format!("  {at}/{} ", reading.hits.len()), Role::Notice)
}

/// The first problem of the filter, with a sign under the place.
fn told(app: &App, paint: &mut Paint<'_>, area: Rect, x: u16, from: usize) {
    let Some(problem) = app.list.problems.first().filter(|_| area.height > 0) else { return };
    let typed = app.list.filter.as_str();
    let before = wrap::width(typed.get(from..problem.span.start).unwrap_or_default()) as u16;
    let more = app.list.problems.len() - 1;
    let message = if app.settings.lang == Lang::Vi { &problem.message_vi } else { &problem.message };
    let said = if more > 0 { format!("{message} (+{more})") } else { message.clone() };
    let wide = wrap::width(&said) as u16 + 2;
    let sign = (x + before).min(area.right().saturating_sub(1));
    paint.text(sign, area.y, 1, "↑", Role::Problem);
    if sign + 1 + wide <= area.right() {
        paint.text(sign + 2, area.y, wide, &said, Role::Problem);
    } else {
        let room = sign.saturating_sub(area.x + 1);
        let said = wrap::shorten(&said, usize::from(room));
        let start = sign.saturating_sub(wrap::width(&said) as u16 + 1);
        paint.text(start, area.y, room, &said, Role::Problem);
    }
}
