//! Draws the list of reports: marks, date, unit, kind, title with tags, hits and outlet, in the columns that
//! `list_columns` chooses. Below it is the snippet of the selected report, the words around its first hit.
//!
//! On a narrow pane a row has two lines: marks, date, unit and kind, then the title.

use super::canvas::{Canvas, PaneFrame};
use crate::keymap::Mode;
use crate::lang::{numbers, phrases};
use crate::report::Span;
use crate::search::highlight::{self, HighlightQuery};
use crate::store::{ListRow, Sort};
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::abbreviate;
use crate::tui::app::{App, PreviewPace, SORTS};
use crate::tui::list_columns::{self, after};
use crate::tui::panes::{self, ListAreas};
use ratatui::layout::{Position, Rect};

/// The largest part of the title's room that tags may take: one in three. With less than `LEAST_TAGS` cells, only the
/// sign of a tag is shown.
const TAGS_PART: u16 = 3;
const LEAST_TAGS: u16 = 12;

/// How many rows are picked; while a range is open, how many rows it has, and those picked before.
fn picked_words(app: &App) -> Option<String> {
    let (lang, picked) = (app.settings.lang, &app.list.picked);
    let range = picked.anchor.map(|anchor| {
        phrases::PICKING_N.fill(lang, &[&numbers::grouped(anchor.abs_diff(app.list.selected) + 1, lang)])
    });
    let before =
        (!picked.ids.is_empty()).then(|| phrases::PICKED_N.fill(lang, &[&numbers::grouped(picked.ids.len(), lang)]));
    let words: Vec<String> = range.into_iter().chain(before).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// Draws the pane of the list, or the reason why it is empty. Rows that the worker has not answered yet show `…`.
pub fn draw(app: &App, paint: &mut Canvas<'_>, area: Rect) {
    let lang = app.settings.lang;
    let active = app.mode() == Mode::List || app.line.is_some() && !app.in_detail;
    let found = &app.list.window;
    let foot = if found.total == 0 {
        String::new()
    } else {
        let total = if found.counted { numbers::grouped(found.total, lang) } else { "…".to_owned() };
        format!("{}/{total}", numbers::grouped(app.list.selected + 1, lang))
    };
    // Newest first is the expected order; only another one is named.
    let order = SORTS.iter().find(|row| row.2 == app.list.sort && row.2 != Sort::Date);
    let picked = picked_words(app);
    let corner = [order.map(|row| row.1.say(lang).to_owned()), picked].into_iter().flatten();
    let corner = &corner.collect::<Vec<_>>().join(" · ");
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
            Some(row) => {
                draw_row(app, paint, line, row, selected, &query);
                let picked = &app.list.picked;
                if picked.ids.contains(&row.id) || picked.in_range(place, app.list.selected) {
                    let last = app.list.columns.columns.marks.saturating_sub(1);
                    paint.text(line.x + last, line.y, 1, "+", ThemeRole::Notice);
                }
            }
            None => {
                paint.text(line.x + 3, line.y, line.width.saturating_sub(3), "…", ThemeRole::Dim);
            }
        }
        if selected {
            if active && !app.plain() {
                // While a key is held the row is only passed over. Its marks and date are enough then, and take a
                // fraction of the bytes.
                let columns = app.list.columns.columns;
                let passed = app.list.preview == PreviewPace::Due;
                let width = if passed { (columns.marks + columns.date).min(line.width) } else { line.width };
                paint.select(Rect { width, ..line });
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
    let (said, hint) = match (app.list.settled, app.list.window.all) {
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
    let columns = app.list.columns.columns;
    draw_marks(app, paint, area, row, selected);
    let y = area.y;
    let start = area.x + columns.marks;
    let mut x = start;
    paint.text(x, y, columns.date, &list_columns::date(row), ThemeRole::Date);
    x += after(columns.date);
    let unit = row.unit.as_deref().unwrap_or_default();
    if area.height == 2 {
        // The first line has everything but the title: there is room for unit and kind one after the other.
        let end = area.right().saturating_sub(1);
        let hits = list_columns::hits(row);
        let end = if hits.is_empty() { end } else { end.saturating_sub(after(wrap::width(&hits) as u16)) };
        let kind = list_columns::kind(row, lang, false, list_columns::WIDEST_KIND);
        let beside = if kind.is_empty() { 0 } else { wrap::width(&kind) as u16 + 2 };
        let room = end.saturating_sub(x);
        let short = abbreviate::unit(unit, usize::from(room.saturating_sub(beside)));
        // A unit that would have to be cut needs the cells more than the kind does.
        let (short, kind) = if short.ends_with('…') {
            (abbreviate::unit(unit, usize::from(room)), String::new())
        } else {
            (short, kind)
        };
        x = paint.text(x, y, room, &short, ThemeRole::Unit);
        x += if short.is_empty() { 0 } else { 2 };
        paint.text(x, y, end.saturating_sub(x), &kind, ThemeRole::Text);
        paint.text(end + 1, y, area.right().saturating_sub(end + 1), &hits, ThemeRole::Notice);
        let title = Rect { x: start, y: y + 1, width: area.right().saturating_sub(start), height: 1 };
        draw_title(paint, title, row, query);
        return;
    }
    paint.text(x, y, columns.unit, &abbreviate::unit(unit, usize::from(columns.unit)), ThemeRole::Unit);
    x += after(columns.unit);
    paint.text(x, y, columns.kind, &list_columns::kind(row, lang, columns.period, columns.kind), ThemeRole::Text);
    x += after(columns.kind);
    let mut end = area.right().saturating_sub(1);
    if columns.outlet > 0 {
        end = end.saturating_sub(columns.outlet);
        let outlet = wrap::shorten(&row.outlets().join(", "), usize::from(columns.outlet));
        paint.text(end, y, columns.outlet, &outlet, ThemeRole::Dim);
        end = end.saturating_sub(1);
    }
    if columns.hits > 0 {
        end = end.saturating_sub(columns.hits);
        paint.text(end, y, columns.hits, &list_columns::hits(row), ThemeRole::Notice);
        end = end.saturating_sub(1);
    }
    draw_title(paint, Rect { x, y, width: end.saturating_sub(x), height: 1 }, row, query);
}

/// Draws the marks before a row: selected, unread or new and unread, starred, chosen for comparison.
fn draw_marks(app: &App, paint: &mut Canvas<'_>, area: Rect, row: &ListRow, selected: bool) {
    let plain = app.plain();
    if selected {
        paint.text(area.x, area.y, 1, paint.selection(), ThemeRole::Key);
    }
    if !row.read && row.new {
        paint.text(area.x + 1, area.y, 1, if plain { "n" } else { "»" }, ThemeRole::Notice);
    } else if !row.read {
        paint.text(area.x + 1, area.y, 1, if plain { "." } else { "•" }, ThemeRole::Unread);
    }
    if row.starred {
        paint.text(area.x + 2, area.y, 1, if plain { "*" } else { "★" }, ThemeRole::Star);
    }
    if app.chosen.as_ref() == Some(&row.id) {
        let last = app.list.columns.columns.marks.saturating_sub(1);
        paint.text(area.x + last, area.y, 1, if plain { "=" } else { "◆" }, ThemeRole::Notice);
    }
}

/// Draws the title, and after it the tags of the report if it has any, and how many other reports tell its story.
fn draw_title(paint: &mut Canvas<'_>, area: Rect, row: &ListRow, query: &HighlightQuery) {
    let mut room = area.width;
    let area = match row.others.len() {
        0 => area,
        n => {
            let x = paint.right(area, area.y, &format!("+{n}"), ThemeRole::Notice);
            room = x.saturating_sub(area.x + 1);
            Rect { width: room, ..area }
        }
    };
    if !row.tags.is_empty() {
        let all: Vec<String> = row.tags.iter().map(|tag| format!("#{tag}")).collect();
        let most = room / TAGS_PART;
        let tags = if most < LEAST_TAGS { "#".to_owned() } else { wrap::shorten(&all.join(" "), usize::from(most)) };
        let x = paint.right(area, area.y, &tags, ThemeRole::Notice);
        room = x.saturating_sub(area.x + 1);
    }
    let title = wrap::shorten(&row.title, usize::from(room));
    let line = Rect { width: room, ..area };
    draw_marked(paint, line, &title, ThemeRole::Text, &highlight::hits(&title, query));
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
