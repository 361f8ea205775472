//! The geometry of the screen: a pure function of the state. Both `update` (how far is a page?) and `view` (where to
//! draw?) ask it, so that they can never disagree.

use super::app::{App, InputPurpose};
use super::report_layout::MEASURE;
use crate::text::wrap;
use ratatui::layout::Rect;

/// Below this width air and labels are left out.
pub const NARROW: u16 = 30;
/// From this many columns and lines on there are borders: on a smaller screen they cost too much room.
const BORDERS_FROM: (u16, u16) = (30, 9);
/// From this many columns on, list and detail are side by side.
pub const TWO_PANES: u16 = 100;
/// On a smaller screen nothing is drawn but a line that tells so.
pub const SMALLEST: (u16, u16) = (20, 6);
/// Below this width a row of the list takes two lines.
pub const TWO_LINE_ROWS: u16 = 42;
/// The widest page of lines, in cells.
const WIDEST_PAGE: u16 = 140;
/// The widest page of two texts side by side: two columns of text and the rule between them.
const WIDEST_PAIR: u16 = 2 * (MEASURE as u16 + 2) + 3;
/// From this many columns on, the problem of a filter is shown below its place; on a narrower screen it gets whole
/// lines.
const PROBLEM_BELOW_SIGN: u16 = 60;
/// From this many lines on, the list shows a snippet of the selected report.
const SNIPPET_FROM: u16 = 14;

/// The height assumed for a pane that is not on screen, so that its cursor can be moved all the same.
const HIDDEN_PANE_ROWS: usize = 20;

/// Where the parts of the screen are drawn. A part that is not shown has no area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The line at the top.
    pub top: Rect,
    /// Problems of the filter, under the line.
    pub problems: Rect,
    /// The list with its border.
    pub list: Option<Rect>,
    /// The detail with its border.
    pub detail: Option<Rect>,
    /// The line at the bottom.
    pub footer: Rect,
}

/// Whether the screen is too small for anything but saying so.
pub fn too_small(size: (u16, u16)) -> bool {
    size.0 < SMALLEST.0 || size.1 < SMALLEST.1
}

/// The panes of the reports' screen.
pub fn panes(app: &App) -> Panes {
    let (width, height) = app.size;
    let (top, below) = split_top(Rect::new(0, 0, width, height), 1);
    let (main, footer) = split_top(below, below.height.saturating_sub(1));
    let problem_height = problem_lines(app).len() as u16;
    let (problems, main) = split_top(main, problem_height.min(main.height));
    let mut panes = Panes { top, problems, list: None, detail: None, footer };
    if app.reading_alone() {
        panes.detail = Some(main);
    } else if width < TWO_PANES {
        let pane = if app.in_detail { &mut panes.detail } else { &mut panes.list };
        *pane = Some(main);
    } else {
        let list_width = list_width(width);
        panes.list = Some(Rect { width: list_width, ..main });
        panes.detail = Some(Rect { x: main.x + list_width, width: width - list_width, ..main });
    }
    panes
}

/// The first problem of the filter, as lines under the top line: a single one to be drawn below its place, or on a
/// narrow screen several, of which the first is left empty for the sign under the place if there is room.
pub fn problem_lines(app: &App) -> Vec<String> {
    let filtering = app.line.as_ref().is_none_or(|typed| typed.purpose == InputPurpose::Filter);
    let beside = app.size.0 >= TWO_PANES || !app.in_detail;
    let Some(problem) = app.list.filter.problems().first().filter(|_| filtering && beside && app.stack.is_empty())
    else {
        return Vec::new();
    };
    let more = app.list.filter.problems().len() - 1;
    let message = problem.say(app.settings.lang);
    let said = if more > 0 { format!("{message} (+{more})") } else { message };
    let (width, height) = app.size;
    let room = usize::from(width.saturating_sub(2)).max(1);
    let most = if width < PROBLEM_BELOW_SIGN && height >= 10 { 3 } else { 1 };
    let ranges = wrap::wrap(&said, room);
    if ranges.len() > most || width >= PROBLEM_BELOW_SIGN {
        return vec![wrap::shorten(&said, room * most)];
    }
    let sign = (ranges.len() < most).then(String::new);
    sign.into_iter().chain(ranges.into_iter().filter_map(|range| said.get(range)).map(str::to_owned)).collect()
}

/// Everything between the top and the bottom line: for screens over the reports.
pub fn middle(app: &App) -> Rect {
    let (width, height) = app.size;
    Rect::new(0, 1.min(height), width, height.saturating_sub(2))
}

/// The halves of the finder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinderPanes {
    /// The officials that answer.
    pub rows: Rect,
    /// The page of the selected one, on a screen that is wide enough for both.
    pub preview: Option<Rect>,
}

/// The halves of the finder.
pub fn finder(app: &App) -> FinderPanes {
    let whole = middle(app);
    if whole.width < TWO_PANES {
        return FinderPanes { rows: whole, preview: None };
    }
    let left = (whole.width / 2).clamp(50, 72);
    FinderPanes {
        rows: Rect { width: left, ..whole },
        preview: Some(Rect { x: whole.x + left, width: whole.width - left, ..whole }),
    }
}

/// How many lines an official takes in the finder: two, or one with the name alone on a tiny screen.
pub fn finder_lines(app: &App) -> u16 {
    let inner = inside(finder(app).rows, app.plain());
    if inner.width < NARROW && inner.height < 6 { 1 } else { 2 }
}

/// What is inside a pane's border; in plain mode panes have a title line and nothing else.
pub fn inside(pane: Rect, plain: bool) -> Rect {
    if plain {
        return split_top(pane, 1.min(pane.height)).1;
    }
    Rect {
        x: pane.x + 1.min(pane.width),
        y: pane.y + 1.min(pane.height),
        width: pane.width.saturating_sub(2),
        height: pane.height.saturating_sub(2),
    }
}

/// Where the text is drawn inside a detail pane: with a cell of air on each side, and centred if the pane is wider than
/// a line should be.
pub fn text_of(pane: Rect, plain: bool) -> Rect {
    let inner = inside(pane, plain);
    let air = u16::from(!plain && inner.width > 24);
    let room = inner.width.saturating_sub(2 * air);
    let width = room.min(MEASURE as u16);
    Rect { x: inner.x + air + (room - width) / 2, width, ..inner }
}

/// Where the lines of a page are drawn. A timeline can use more width than a text, two texts side by side still more.
pub fn page_of(pane: Rect, plain: bool, pair: bool) -> Rect {
    let inner = inside(pane, plain);
    // Without borders the sign of the selected line has a column of its own.
    let air = u16::from(plain || inner.width > 24);
    let room = inner.width.saturating_sub(2 * air);
    let width = room.min(if pair { WIDEST_PAIR } else { WIDEST_PAGE });
    Rect { x: inner.x + air + (room - width) / 2, width, ..inner }
}

/// How many lines of a page that fills the middle are on screen.
pub fn page_rows(app: &App) -> usize {
    usize::from(inside(middle(app), app.plain()).height).max(1)
}

/// How wide they are.
pub fn page_width(app: &App, pair: bool) -> usize {
    usize::from(page_of(middle(app), app.plain(), pair).width)
}

/// How the inside of the list pane is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListAreas {
    pub rows: Rect,
    /// Words around the hit of the selected report; of no height if there is no room or no row has a snippet.
    pub snippet: Rect,
}

fn list_areas(inner: Rect, snippets: bool) -> ListAreas {
    let snippet = if snippets && inner.height >= SNIPPET_FROM { 4 } else { 0 };
    let (rows, snippet) = split_top(inner, inner.height - snippet);
    ListAreas { rows, snippet }
}

/// How many lines a row of the list takes at a width.
pub fn row_height(width: u16) -> u16 {
    if width < TWO_LINE_ROWS { 2 } else { 1 }
}

/// The width of the list: two fifths, or on a wide screen all that the text does not need.
fn list_width(width: u16) -> u16 {
    (width * 42 / 100).max(width.saturating_sub(MEASURE as u16 + 8)).clamp(44, 110)
}

fn split_top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

impl App {
    /// The report has the whole screen: zoomed, or opened from elsewhere than the list.
    pub fn reading_alone(&self) -> bool {
        self.opened_elsewhere() || (self.zoomed && self.in_detail)
    }

    /// Without borders: by the settings, or because the screen is too small for them.
    pub fn plain(&self) -> bool {
        self.settings.plain || self.size.0 < BORDERS_FROM.0 || self.size.1 < BORDERS_FROM.1
    }

    /// No report answers the filter: there is none to read beside the list.
    pub fn nothing_answers(&self) -> bool {
        self.list.settled && self.list.found.total == 0 && self.list.found.all > 0 && !self.opened_elsewhere()
    }

    /// The report that is read was opened from another screen than the list.
    pub fn opened_elsewhere(&self) -> bool {
        self.stack.iter().any(|screen| matches!(screen, super::app::Screen::Reading(_)))
    }

    /// Where the text of the report is drawn; `None` if it is not on screen.
    pub fn text_area(&self) -> Option<Rect> {
        panes(self).detail.map(|pane| {
            let mut area = text_of(pane, self.plain());
            area.height = area.height.saturating_sub(u16::from(self.shows_evidence()));
            area
        })
    }

    /// Whether the last line of the pane is about the person under the cursor.
    pub fn shows_evidence(&self) -> bool {
        self.reading().mention.is_some() && self.size.1 >= 12
    }

    /// How many lines of the text are on screen.
    pub fn text_rows(&self) -> usize {
        self.text_area().map_or(HIDDEN_PANE_ROWS, |area| usize::from(area.height))
    }

    /// Where the rows of the list and the snippet are drawn; `None` if the list is not on screen.
    pub fn list_areas(&self) -> Option<ListAreas> {
        let inner = inside(panes(self).list?, self.plain());
        Some(list_areas(inner, self.list.found.rows.iter().any(|row| row.snippet.is_some())))
    }

    /// How many rows of the list are on screen.
    pub fn list_rows(&self) -> usize {
        let rows = self.list_areas().map(|areas| areas.rows);
        rows.map_or(HIDDEN_PANE_ROWS, |rows| usize::from((rows.height / row_height(rows.width)).max(1)))
    }
}
