//! The screens that one chooses a row from: the finder, the people of a report, the palette, menus. Says where the
//! popups among them are, and which row is at a position. Both `update` (what was clicked?) and `view` (where to draw?)
//! use it, so that they can never disagree. All sizes are in cells.

use super::app::{App, MenuItem, MenuState, PaletteState, Screen};
use super::{panes, people_layout};
use crate::text::wrap;
use ratatui::layout::{Position, Rect};

/// The least width of the palette if the screen has as much. It is wider if a command and its keys are.
const LEAST_PALETTE: u16 = 72;
/// The most lines of the palette.
const PALETTE_LINES: u16 = 22;
/// The cells of a line of the palette that are neither name nor key: the border, the sign of the cursor, blanks.
const AROUND: usize = 7;

/// The area of a menu, with its border.
pub fn menu(app: &App, menu: &MenuState) -> Rect {
    let widest = menu.entries.iter().map(|entry| wrap::width(&entry.name)).max().unwrap_or(0) as u16;
    let wide = (widest + 10).max(wrap::width(&menu.title) as u16 + 6);
    popup(panes::middle(app), wide, menu.entries.len() as u16 + 2)
}

/// The area of the palette, with its border. Its first line inside is the query.
pub fn palette(app: &App, palette: &PaletteState) -> Rect {
    let line = |entry: &MenuItem| wrap::width(&entry.name) + wrap::width(&entry.key) + AROUND;
    // The key of a saved filter is the filter, which may be long.
    let widest = palette.all.iter().filter(|entry| entry.key.len() < usize::from(LEAST_PALETTE / 2)).map(line).max();
    let width = widest.and_then(|cells| u16::try_from(cells).ok()).unwrap_or_default().max(LEAST_PALETTE);
    let inside = panes::middle(app);
    popup(inside, width, inside.height.min(PALETTE_LINES))
}

/// The rows of the palette inside its border `inner`, and the first command on them.
pub fn palette_rows(palette: &PaletteState, inner: Rect) -> (Rect, usize) {
    let rows = Rect { y: inner.y + 1.min(inner.height), height: inner.height.saturating_sub(1), ..inner };
    (rows, palette.top.max((palette.selected + 1).saturating_sub(usize::from(rows.height))))
}

/// The area of a popup of this size, reduced to `inside`: centred, with a third of the free lines above it.
fn popup(inside: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(inside.width), height.min(inside.height));
    Rect { x: inside.x + (inside.width - width) / 2, y: inside.y + (inside.height - height) / 3, width, height }
}

/// The row at a position of the screen in front, counted from the first of all rows. `None` if none is there, or if one
/// does not choose from rows there.
pub fn row_at(app: &App, at: Position) -> Option<usize> {
    let inside = |area: Rect| {
        let inner = panes::inside(area, app.plain());
        inner.contains(at).then_some(inner)
    };
    let (row, rows) = match app.stack.last()? {
        Screen::Finder(finder) => {
            let inner = inside(panes::finder(app).rows)?;
            (finder.top + usize::from((at.y - inner.y) / panes::finder_lines(app)), finder.rows.len())
        }
        Screen::Menu(state) => (usize::from(at.y - inside(menu(app, state))?.y), state.entries.len()),
        Screen::Palette(state) => {
            let (rows, top) = palette_rows(state, inside(palette(app, state))?);
            (top + usize::from(at.y.checked_sub(rows.y)?), state.shown.len())
        }
        Screen::People(people) => {
            let inner = inside(panes::middle(app))?;
            let width = usize::from(inner.width);
            let laid_out = people_layout::lay_out(&people.people, width, app.settings.lang, app.plain());
            let head = u16::from(!laid_out.head.is_empty());
            let mut below = usize::from((at.y - inner.y).checked_sub(head)?);
            let mut heights = laid_out.rows.iter().map(Vec::len).enumerate().skip(people.top);
            let row = heights.find_map(|(n, lines)| {
                let is_here = below < lines;
                below = below.saturating_sub(lines);
                is_here.then_some(n)
            })?;
            (row, people.people.len())
        }
        _ => return None,
    };
    (row < rows).then_some(row)
}
