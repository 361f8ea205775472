//! Draws the finder of officials: rank and name with the hits of the query, the former ranks and posts that match, the
//! latest posts, the number of reports and when the official was last seen. If there is room, the page of the selected
//! official is next to it.

use super::canvas::{Canvas, PaneFrame};
use crate::lang::{Lang, numbers::grouped, phrases};
use crate::officials::OfficialSummary;
use crate::report::Dated;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{App, FinderState};
use crate::tui::message::FinderRow;
use crate::tui::panes::FinderPanes;
use crate::tui::quote_pages::LineOptions;
use crate::tui::text_layout::StyledText;
use crate::tui::{panes, quote_pages, text_layout};
use ratatui::layout::{Position, Rect};

/// The width of the column of ranks, in cells: the longest rank, `Thượng úy QNCN`, and a blank.
const RANK: u16 = 15;

/// Draws the finder and, if it has a pane, the preview of the selected official.
pub fn draw(app: &App, finder: &FinderState, paint: &mut Canvas<'_>) {
    let lang = app.settings.lang;
    let FinderPanes { rows: list, preview } = panes::finder(app);
    let corner = format!("{}/{}", grouped(finder.total, app.settings.lang), grouped(finder.all, app.settings.lang));
    let corner = if list.width < panes::NARROW { String::new() } else { corner };
    let edge = PaneFrame { corner: &corner, active: true, ..PaneFrame::default() };
    let inner = paint.frame(list, &edge);
    input(finder, paint, list, lang, corner.chars().count() as u16);
    if finder.rows.is_empty() {
        let said = if !finder.settled {
            phrases::OPENING
        } else if finder.all == 0 {
            phrases::EMPTY_CACHE
        } else {
            phrases::NO_OFFICIALS
        };
        paint.text(inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), said.say(lang), ThemeRole::Dim);
    }
    rows(app, finder, paint, inner);
    if let Some(area) = preview {
        draw_preview(app, finder, paint, area);
    }
}

/// Draws the query in the upper border, with a hint while it is empty. `corner` is the width in cells of the counts at
/// the right end of the border.
fn input(finder: &FinderState, paint: &mut Canvas<'_>, area: Rect, lang: Lang, corner: u16) {
    let narrow = area.width < panes::NARROW;
    let sign = if paint.plain { ": " } else { " ─ " };
    let label = if narrow { "@ ".to_owned() } else { format!(" {}{sign}", phrases::OFFICIALS.say(lang)) };
    let x = paint.text(area.x + u16::from(!paint.plain), area.y, area.width, &label, ThemeRole::Title);
    let room = area.right().saturating_sub(x + if narrow { 1 } else { corner + 6 });
    let (shown, cursor) = finder.line.shown(usize::from(room).max(1));
    let end = paint.text(x, area.y, room, shown, ThemeRole::Key);
    let hint = if shown.is_empty() {
        wrap::shorten(phrases::FINDER_HINT.say(lang), usize::from(room.saturating_sub(1)))
    } else {
        String::new()
    };
    paint.text(end, area.y, room, &format!("{hint} "), ThemeRole::Dim);
    paint.cursor = Some(Position::new(x + (cursor as u16).min(room), area.y));
}

/// Draws the rows that fit completely. An official takes two lines, or one on a tiny screen.
fn rows(app: &App, finder: &FinderState, paint: &mut Canvas<'_>, inner: Rect) {
    let mut y = inner.y;
    let height = panes::finder_lines(app);
    for (n, row) in finder.rows.iter().enumerate().skip(finder.top) {
        if y + height > inner.bottom() {
            break;
        }
        let area = Rect { y, height, ..inner };
        draw_row(app, paint, area, row);
        if n == finder.selected {
            paint.text(area.x, y, 1, paint.selection(), ThemeRole::Key);
            if !app.plain() {
                paint.select(area);
            }
        }
        y += height;
    }
}

/// Draws an official: rank and name, below them posts, number of reports and month of the last one. Names that only
/// resemble the query are marked.
fn draw_row(app: &App, paint: &mut Canvas<'_>, area: Rect, row: &FinderRow) {
    let official = &row.official;
    let narrow = area.width < 44;
    let rank = official.rank.map_or("", |rank| rank.name);
    let x = area.x + 1;
    // On a narrow screen the rank goes below the name.
    let name_first = area.width < panes::NARROW;
    let mut column = x;
    if !name_first {
        paint.text(x, area.y, RANK, rank, ThemeRole::Rank);
        column += if narrow && rank.is_empty() { 0 } else { RANK };
    }
    if row.fuzzy {
        column = paint.text(column, area.y, 2, "~ ", ThemeRole::Fuzzy);
    }
    let end = area.right();
    let name =
        text_layout::styled_pieces(&official.name, row.hits.iter().map(|hit| (*hit, ThemeRole::Hit)), ThemeRole::Name);
    column = paint.pieces(column, area.y, end.saturating_sub(column), &name);
    let said = format!("  {}", phrases::ALIKE.say(app.settings.lang));
    // The sign before the name says so too.
    if row.fuzzy && wrap::width(&said) <= usize::from(end.saturating_sub(column)) {
        paint.text(column, area.y, end.saturating_sub(column), &said, ThemeRole::Fuzzy);
    }
    let former = former_pieces(row, app.settings.lang);
    if area.height < 2 && !former.is_empty() {
        column = paint.text(column, area.y, end.saturating_sub(column), "  ", ThemeRole::Text);
        paint.pieces(column, area.y, end.saturating_sub(column), &former);
    }
    if name_first {
        return below_name(paint, area, official, &former);
    }
    // The numbers stand in one column, whether a month, a year or no date follows, and the dates too: a `~` before one
    // is in the space between.
    let last = official.last.map_or_else(|| "—".to_owned(), Dated::month_and_year);
    let (sign, last) = last.strip_prefix('~').map_or((' ', &*last), |rest| ('~', rest));
    let seen = format!("{}  {sign}{last:<7} ", grouped(official.reports, app.settings.lang));
    let seen_x = paint.right(area, area.y + 1, &seen, ThemeRole::Dim);
    let x = x + if narrow { 2 } else { RANK };
    let room = seen_x.saturating_sub(x + 1);
    let end = x + room;
    let x = paint.pieces(x, area.y + 1, room, &former);
    let room = end.saturating_sub(x);
    let posts =
        if official.posts.is_empty() && former.is_empty() { "–".to_owned() } else { official.posts.join(", ") };
    paint.text(x, area.y + 1, room, &wrap::shorten(&posts, usize::from(room)), ThemeRole::Post);
}

/// The former ranks and posts that match, each said to be a former one and followed by a comma or, after the last, a
/// dot; with the words that match highlighted.
fn former_pieces(row: &FinderRow, lang: Lang) -> Vec<StyledText> {
    let mut pieces = Vec::new();
    for (n, former) in row.former.iter().enumerate() {
        let (text, said) = (former.tenure.text.as_str(), former.tenure.say(lang));
        let Some((before, after)) = said.split_once(text) else { continue };
        let is_last = n + 1 == row.former.len();
        pieces.push((before.to_owned(), ThemeRole::Notice));
        pieces.extend(text_layout::styled_pieces(
            text,
            former.hits.iter().map(|hit| (*hit, ThemeRole::Hit)),
            ThemeRole::Post,
        ));
        pieces.push((format!("{after}{}", if is_last { " · " } else { ", " }), ThemeRole::Dim));
    }
    pieces
}

/// Draws rank and posts on the line below the name, if the row has two lines; before the posts the former ranks and
/// posts that match.
fn below_name(paint: &mut Canvas<'_>, area: Rect, official: &OfficialSummary, former: &[StyledText]) {
    if area.height < 2 {
        return;
    }
    let (y, end) = (area.y + 1, area.right());
    let rank = official.rank.map_or(String::new(), |rank| format!("{} ", rank.name));
    let x = paint.text(area.x + 2, y, end.saturating_sub(area.x + 2), &rank, ThemeRole::Rank);
    let x = paint.pieces(x, y, end.saturating_sub(x), former);
    let room = end.saturating_sub(x);
    paint.text(x, y, room, &wrap::shorten(&official.posts.join(", "), usize::from(room)), ThemeRole::Post);
}

/// Draws the page of the selected official. The frame is empty until the worker has answered with that page.
fn draw_preview(app: &App, finder: &FinderState, paint: &mut Canvas<'_>, area: Rect) {
    let selected = finder.rows.get(finder.selected).map(|row| row.official.id.as_str());
    let page = finder.preview.as_deref().filter(|page| Some(page.id.as_str()) == selected);
    let title = page.map_or("", |page| page.name.as_str());
    let inner = paint.frame(area, &PaneFrame { title, ..PaneFrame::default() });
    let Some(page) = page else { return };
    let room = inner.width.saturating_sub(2);
    let options =
        LineOptions { width: usize::from(room), lang: app.settings.lang, plain: app.plain(), unfolded: false };
    let lines = quote_pages::official::lines(page, &[], options);
    for (n, line) in lines.iter().take(usize::from(inner.height)).enumerate() {
        paint.pieces(inner.x + 1, inner.y + n as u16, room, &line.pieces);
    }
}
