//! Draws the list of reports: marks, date, unit, kind and period, title. Below it is the snippet of the selected
//! report, the words around its first hit.
//!
//! ```text
//! ▌•★ 05-12-2023 unit          kind and period  title
//! └┬─┘└───┬────┘ └─────┬─────┘ └──────┬──────┘  └─┬─┘
//! MARKS  DATE     columns().0    columns().1    the rest
//! ```
//!
//! On a narrow pane a row has two lines: marks, date and unit, then kind, period and title.

use super::abbreviate;
use super::canvas::{Canvas, PaneFrame};
use crate::lang::{numbers, phrases};
use crate::report::{ReportKind, Span};
use crate::search::highlight::{self, HighlightQuery};
use crate::store::{ListRow, Sort};
use crate::text::wrap;
use crate::tui::app::{App, SORTS};
use crate::tui::keymap::Mode;
use crate::tui::panes::{self, ListAreas};
use crate::tui::theme::ThemeRole;
use ratatui::layout::{Position, Rect};

/// The cells of the marks before a row: selected, unread, starred, chosen for comparison. A blank separates them from
/// the date unless a report is chosen.
const MARKS: u16 = 4;
/// The cells of a date.
const DATE: u16 = 10;
/// The cells that most kinds with their period need.
const KIND: u16 = 18;
/// The cells of the unit on a row that is narrow but has room for a title.
const TIGHT_UNIT: u16 = 12;
/// The cells of the kind on such a row.
const TIGHT_KIND: u16 = 13;
/// The cells of kind and period on a row without room for a title.
const LEAST_KIND: u16 = 16;
/// The least number of cells for a title: one that would have to be shorter is left out.
const LEAST_TITLE: u16 = 12;

/// Draws the pane of the list, or the reason why it is empty. Rows that the worker has not answered yet show `…`.
pub fn draw(app: &App, paint: &mut Canvas<'_>, area: Rect) {
    let lang = app.settings.lang;
    let active = app.mode() == Mode::List || app.line.is_some() && !app.in_detail;
    let found = &app.list.found;
    let foot = if found.total == 0 {
        String::new()
    } else {
        let total = if found.counted { numbers::grouped(found.total) } else { "…".to_owned() };
        format!("{}/{total}", numbers::grouped(app.list.selected + 1))
    };
    // Newest first is the expected order; only another one is named.
    let order = SORTS.iter().find(|row| row.2 == app.list.sort && row.2 != Sort::Date);
    let corner = order.map_or("", |row| row.1.say(lang));
    // While the filter has a fault, the rows are still those of the filter before.
    let title = if app.list.filter.is_faulty() { phrases::REPORTS_AS_BEFORE } else { phrases::REPORTS };
    let edge = PaneFrame { title: title.say(lang), corner, foot: &foot, active, ..PaneFrame::default() };
    let inner = paint.frame(area, &edge);
    if found.total == 0 {
        empty(app, paint, inner);
        return;
    }
    let Some(ListAreas { rows, snippet }) = app.list_areas() else { return };
    let height = panes::row_height(rows.width);
    let query = HighlightQuery::from(&**app.list.filter.filter());
    for n in 0..usize::from(rows.height / height) {
        let place = app.list.top + n;
        if place >= found.total {
            break;
        }
        let line = Rect { y: rows.y + n as u16 * height, height, ..rows };
        let selected = place == app.list.selected;
        match app.list.row(place) {
            Some(row) => draw_row(app, paint, line, row, selected, &query),
            None => {
                paint.text(line.x + 3, line.y, line.width.saturating_sub(3), "…", ThemeRole::Dim);
            }
        }
        if selected {
            if active && !app.plain() {
                paint.select(line);
            }
            if app.line.is_none() && app.mode() == Mode::List {
                paint.cursor = Some(Position::new(line.x, line.y));
            }
        }
    }
    if snippet.height > 0 {
        draw_snippet(app, paint, snippet, &query);
    }
}

/// Draws why the list is empty, and what the user can do about it.
fn empty(app: &App, paint: &mut Canvas<'_>, inner: Rect) {
    let lang = app.settings.lang;
    let (said, hint) = match (app.list.settled, app.list.found.all) {
        (false, _) => (phrases::OPENING, None),
        (true, 0) => (phrases::EMPTY_CACHE, Some(phrases::EMPTY_CACHE_HINT)),
        (true, _) => (phrases::NOTHING_FOUND, Some(phrases::NOTHING_FOUND_HINT)),
    };
    let lines = [(Some(said), ThemeRole::Text), (hint, ThemeRole::Dim)];
    let room = inner.width.saturating_sub(2);
    let mut y = inner.y + inner.height / 3;
    for (phrase, role) in lines.into_iter().filter_map(|(phrase, role)| Some((phrase?, role))) {
        for line in crate::tui::text_layout::flow(&[(phrase.say(lang).to_owned(), role)], usize::from(room), 0) {
            let wide = crate::tui::text_layout::width(&line) as u16;
            paint.pieces(inner.x + 1 + (room.saturating_sub(wide)) / 2, y, room, &line);
            y += 1;
        }
    }
}

/// Draws a report on the one or two lines of `area`.
fn draw_row(app: &App, paint: &mut Canvas<'_>, area: Rect, row: &ListRow, selected: bool, query: &HighlightQuery) {
    let lang = app.settings.lang;
    if selected {
        paint.text(area.x, area.y, 1, paint.selection(), ThemeRole::Key);
    }
    let plain = app.plain();
    if !row.read {
        paint.text(area.x + 1, area.y, 1, if plain { "." } else { "•" }, ThemeRole::Unread);
    }
    if row.starred {
        paint.text(area.x + 2, area.y, 1, if plain { "*" } else { "★" }, ThemeRole::Star);
    }
    if app.chosen.as_ref() == Some(&row.id) {
        paint.text(area.x + marks(area.width) - 1, area.y, 1, if plain { "=" } else { "◆" }, ThemeRole::Notice);
    }
    let x = area.x + marks(area.width);
    paint.text(
        x,
        area.y,
        DATE,
        &row.when().unwrap_or_else(|| phrases::UNDATED_CELL.say(lang).to_owned()),
        ThemeRole::Dim,
    );
    let unit_x = x + DATE + 1;
    let unit_room = area.right().saturating_sub(unit_x);
    if area.height == 2 {
        let unit = row.unit.as_deref().map_or_else(String::new, |name| abbreviate::unit(name, usize::from(unit_room)));
        paint.text(unit_x, area.y, unit_room, &unit, ThemeRole::Unit);
        draw_what(app, paint, Rect { x, y: area.y + 1, width: area.right() - x, height: 1 }, row, query, None);
        return;
    }
    let (unit_wide, kind_wide) = columns(area.width);
    let unit = row.unit.as_deref().unwrap_or("–");
    paint.text(unit_x, area.y, unit_wide, &abbreviate::unit(unit, usize::from(unit_wide)), ThemeRole::Unit);
    let x = unit_x + unit_wide + 1;
    draw_what(
        app,
        paint,
        Rect { x, width: area.right().saturating_sub(x), height: 1, ..area },
        row,
        query,
        Some(kind_wide),
    );
}

/// The cells of the marks on a row of `width` cells: a narrow one has no cell to spare for the blank after them.
fn marks(width: u16) -> u16 {
    if width < panes::NARROW { MARKS - 1 } else { MARKS }
}

/// The widths of the unit and of kind with period on a row of `width` cells. The title gets the rest of the row. If the
/// rest would be too short for a title, unit and kind share all of it.
fn columns(width: u16) -> (u16, u16) {
    let room = width.saturating_sub(marks(width) + DATE + 1);
    if room >= 16 + KIND + 4 + 2 * LEAST_TITLE {
        ((room / 4).clamp(16, 26), KIND)
    } else if room >= TIGHT_UNIT + TIGHT_KIND + 4 + LEAST_TITLE {
        (TIGHT_UNIT, TIGHT_KIND)
    } else {
        (room.saturating_sub(LEAST_KIND + 2).clamp(8, 24), KIND)
    }
}

/// Draws kind and period, then the title in the rest of `area`; only the title if the kind is not known. `column` is
/// the width of the column of kinds, `None` on a row of two lines.
fn draw_what(
    app: &App,
    paint: &mut Canvas<'_>,
    area: Rect,
    row: &ListRow,
    query: &HighlightQuery,
    column: Option<u16>,
) {
    let mut x = area.x;
    let end = area.right().saturating_sub(1);
    if row.kind != ReportKind::Other {
        // The column is equally wide on all rows, so that titles are aligned. If there is no room for a title, the kind
        // takes all the room.
        let titled = column.filter(|column| end >= x + column + 2 + LEAST_TITLE);
        let room = end.saturating_sub(x).min(titled.unwrap_or(u16::MAX));
        let kind = abbreviate::kind(row.kind, row.period.as_deref(), app.settings.lang, usize::from(room));
        let column = area.x + column.unwrap_or_default();
        x = paint.text(x, area.y, room, &kind, ThemeRole::Text).max(column) + 2;
        if end < x + LEAST_TITLE {
            return;
        }
    }
    let room = end.saturating_sub(x);
    let title = wrap::shorten(&row.title, usize::from(room));
    let role = if row.kind == ReportKind::Other { ThemeRole::Text } else { ThemeRole::Dim };
    draw_marked(paint, Rect { x, y: area.y, width: room, height: 1 }, &title, role, &highlight::hits(&title, query));
}

/// Draws words with their hits highlighted. The hits must be in order and must not overlap.
fn draw_marked(paint: &mut Canvas<'_>, line: Rect, words: &str, role: ThemeRole, hits: &[Span]) {
    let (x, y, end) = (line.x, line.y, line.right());
    let mut at = 0;
    let mut column = x;
    for hit in hits {
        column = paint.text(column, y, end.saturating_sub(column), words.get(at..hit.start).unwrap_or_default(), role);
        column = paint.text(column, y, end.saturating_sub(column), hit.of(words), ThemeRole::Hit);
        at = hit.end;
    }
    paint.text(column, y, end.saturating_sub(column), words.get(at..).unwrap_or_default(), role);
}

/// Draws the words around the first hit of the selected report. They have lines of their own below the list, so that
/// the rows do not move when the selection does.
fn draw_snippet(app: &App, paint: &mut Canvas<'_>, area: Rect, query: &HighlightQuery) {
    if !app.plain() {
        let rule = "─".repeat(usize::from(area.width));
        paint.text(area.x, area.y, area.width, &rule, ThemeRole::Border);
    }
    let Some(snippet) = app.list.selected_row().and_then(|row| row.snippet.as_deref()) else { return };
    let room = area.width.saturating_sub(2);
    let lines = usize::from(area.height.saturating_sub(1));
    for (n, range) in wrap::wrap(snippet, usize::from(room)).into_iter().take(lines).enumerate() {
        let words = snippet.get(range).unwrap_or_default();
        let y = area.y + 1 + n as u16;
        let line = Rect { x: area.x + 1, y, width: room, height: 1 };
        draw_marked(paint, line, words, ThemeRole::Dim, &highlight::hits(words, query));
    }
}
