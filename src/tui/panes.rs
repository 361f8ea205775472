//! The geometry of the screen: a pure function of the state. Both `update` (how many rows is a page?) and `view` (where
//! to draw?) use it, so that they can never disagree. All sizes are in cells.
//!
//! ```text
//! two panes (TWO_PANES columns or more)      one pane
//! ┌ top ───────────────────────────┐         ┌ top ──────────┐
//! │ problems (if there are any)    │         │ problems      │
//! ├ list ───────┬ detail ──────────┤         ├ list, or ─────┤
//! │ rows        │                  │         │ detail        │
//! │ snippet     │                  │         │               │
//! ├ footer ─────┴──────────────────┤         ├ footer ───────┤
//! └────────────────────────────────┘         └───────────────┘
//! ```

use super::app::{App, InputPurpose};
use super::report_layout::MEASURE;
use crate::lang::phrases;
use crate::text::wrap;
use ratatui::layout::{Rect, Size};

/// Below this width, margins and labels are omitted.
pub const NARROW: u16 = 30;
/// The least columns and lines for borders: on a smaller screen they cost too much room.
const BORDERS_FROM: Size = Size::new(30, 9);
/// The least columns for list and detail side by side.
pub const TWO_PANES: u16 = 100;
/// The least columns and lines of a usable screen. On a smaller one, only a line is drawn that says that it is too
/// small.
pub const SMALLEST: Size = Size::new(20, 6);
/// Below this width a row of the list takes two lines.
pub const TWO_LINE_ROWS: u16 = 42;
/// The shares of the screen, in percent, that the list can have beside the report, and the step of a key.
pub const LIST_SHARES: std::ops::RangeInclusive<u16> = 20..=75;
pub const SPLIT_STEP: u16 = 5;
/// The least cells of the list and of the report beside it.
const LEAST_LIST: u16 = 30;
const LEAST_DETAIL: u16 = 40;
/// The widest page of lines, in cells.
const WIDEST_PAGE: u16 = 140;
/// The widest page of two texts side by side: two columns of text and the rule between them.
const WIDEST_PAIR: u16 = 2 * (MEASURE as u16 + 2) + 3;
/// The least cells for two columns of help.
pub const TWO_COLUMN_HELP: u16 = 136;
/// The least columns at which the problem of a filter is one line below the part it is about. On a narrower screen it
/// gets whole lines.
const PROBLEM_BELOW_SIGN: u16 = 60;
/// The least lines of a screen that has some to spare.
const ROOMY_HEIGHT: u16 = 10;
/// The least lines of the list pane at which it shows a snippet of the selected report.
const SNIPPET_FROM: u16 = 14;

/// The height assumed for a pane that is not on screen, so that its cursor can still be moved.
const HIDDEN_PANE_ROWS: usize = 20;

/// The areas of the screen with the list and the detail pane. A part that is not shown has an empty area, or `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The line at the top, with the filter.
    pub top: Rect,
    /// The problems of the filter, below the top line.
    pub problems: Rect,
    /// The list, including its border.
    pub list: Option<Rect>,
    /// The detail pane, including its border.
    pub detail: Option<Rect>,
    /// The line of the tour, above the footer. Empty without one.
    pub tour: Rect,
    /// The line at the bottom.
    pub footer: Rect,
}

/// Whether a screen of this size is too small to be used.
pub fn too_small(size: Size) -> bool {
    size.width < SMALLEST.width || size.height < SMALLEST.height
}

/// The areas of the screen with the list and the detail pane.
pub fn panes(app: &App) -> Panes {
    let Size { width, height } = app.size;
    let (top, below) = split_top(Rect::new(0, 0, width, height), 1);
    let (main, footer) = split_top(below, below.height.saturating_sub(1));
    let (main, tour) = split_top(main, main.height.saturating_sub(tour_height(app)));
    let problem_height = problem_lines(app).len() as u16;
    let (problems, main) = split_top(main, problem_height.max(reserved_lines(app)).min(main.height));
    let mut panes = Panes { top, problems, list: None, detail: None, tour, footer };
    if app.reading_alone() {
        panes.detail = Some(main);
    } else if !app.two_panes() {
        let pane = if app.in_detail { &mut panes.detail } else { &mut panes.list };
        *pane = Some(main);
    } else {
        let list_width = list_width(width, app.list_share);
        panes.list = Some(Rect { width: list_width, ..main });
        panes.detail = Some(Rect { x: main.x + list_width, width: width - list_width, ..main });
    }
    panes
}

/// The height of the line of the tour. A small screen has none to spare.
fn tour_height(app: &App) -> u16 {
    u16::from(app.tour.is_some() && app.size.height >= ROOMY_HEIGHT)
}

/// The lines that are kept free for problems while a filter is being typed. Without them the panes would move up and
/// down with every other letter of a half-typed field. A small screen has no line to spare.
fn reserved_lines(app: &App) -> u16 {
    let filtering = app.line.as_ref().is_some_and(|typed| typed.purpose == InputPurpose::Filter);
    if filtering && app.size.height >= ROOMY_HEIGHT { most_problem_lines(app.size) } else { 0 }
}

/// The most lines that a problem takes.
fn most_problem_lines(size: Size) -> u16 {
    if size.width < PROBLEM_BELOW_SIGN && size.height >= ROOMY_HEIGHT { 3 } else { 1 }
}

/// The first problem of the filter, as lines below the top line; if there is none, the number of reports without a day
/// that it leaves out. Empty if there is nothing to be shown. On a
/// wide screen it is one line, to be drawn below the part of the filter that it is about. On a narrow screen it is
/// wrapped to several lines; the first of them is empty if there is room, for a sign that points to that part.
pub fn problem_lines(app: &App) -> Vec<String> {
    let filtering = app.line.as_ref().is_none_or(|typed| typed.purpose == InputPurpose::Filter);
    let beside = app.two_panes() || !app.in_detail;
    if !(filtering && beside && app.stack.is_empty()) {
        return Vec::new();
    }
    let Some(problem) = app.list.filter.problems().first() else {
        let left_out = app.list.window.undated.filter(|undated| *undated > 0 && !app.list.filter.text().is_empty());
        let said = |undated| phrases::UNDATED_LEFT_OUT.count(app.settings.lang, undated);
        return left_out
            .map(|undated| wrap::shorten(&said(undated), usize::from(app.size.width.saturating_sub(2))))
            .into_iter()
            .collect();
    };
    let Size { width, .. } = app.size;
    let room = usize::from(width.saturating_sub(2)).max(1);
    let more = app.list.filter.problems().len() - 1;
    let more = if more > 0 { format!(" (+{more})") } else { String::new() };
    let message = problem.say(app.settings.lang);
    let said = format!("{message}{more}");
    let most = usize::from(most_problem_lines(app.size));
    let ranges = wrap::wrap(&said, room);
    if ranges.len() > most || width >= PROBLEM_BELOW_SIGN {
        return vec![wrap::shorten(&said, room * most)];
    }
    let sign = (ranges.len() < most).then(String::new);
    sign.into_iter().chain(ranges.into_iter().filter_map(|range| said.get(range)).map(str::to_owned)).collect()
}

/// The area between the top and the bottom line, where screens over list and detail are drawn.
pub fn middle(app: &App) -> Rect {
    let Size { width, height } = app.size;
    Rect::new(0, 1.min(height), width, height.saturating_sub(2 + tour_height(app)))
}

/// The areas of the finder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinderPanes {
    /// The officials that match.
    pub rows: Rect,
    /// The page of the selected official. `None` if the screen is not wide enough for both.
    pub preview: Option<Rect>,
}

/// The areas of the finder, each including its border.
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

/// The number of lines of an official in the finder: two, or one with only the name on a tiny screen.
pub fn finder_lines(app: &App) -> u16 {
    let inner = inside(finder(app).rows, app.plain());
    if inner.width < NARROW && inner.height < 6 { 1 } else { 2 }
}

/// The area inside a pane's border. In plain mode, a pane has a title line and no border.
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

/// The area of the text inside a detail pane: with a margin of one cell on each side, and centred if the pane is wider
/// than `MEASURE`, the longest comfortable line.
pub fn text_of(pane: Rect, plain: bool) -> Rect {
    let inner = inside(pane, plain);
    let air = u16::from(!plain && inner.width > 24);
    let room = inner.width.saturating_sub(2 * air);
    let width = room.min(MEASURE as u16);
    Rect { x: inner.x + air + (room - width) / 2, width, ..inner }
}

/// The area of the lines of a page. A timeline can use more width than a text; two texts side by side (`pair`) can use
/// still more.
pub fn page_of(pane: Rect, plain: bool, pair: bool) -> Rect {
    let inner = inside(pane, plain);
    // Without borders, the sign of the selected line needs a column of its own.
    let air = u16::from(plain || inner.width > 24);
    let room = inner.width.saturating_sub(2 * air);
    let width = room.min(if pair { WIDEST_PAIR } else { WIDEST_PAGE });
    Rect { x: inner.x + air + (room - width) / 2, width, ..inner }
}

/// The area of the text of help: as wide as two columns of it if there is room for these, else as wide as a text. In
/// plain mode it has one column, because a screen reader reads along the line.
pub fn help_of(pane: Rect, plain: bool) -> Rect {
    let wide = page_of(pane, plain, true);
    if plain || wide.width < TWO_COLUMN_HELP { text_of(pane, plain) } else { wide }
}

/// The number of lines on screen of a page that fills the middle.
pub fn page_rows(app: &App) -> usize {
    usize::from(inside(middle(app), app.plain()).height).max(1)
}

/// The width of the lines of such a page, in cells. `pair` is whether it shows two texts side by side.
pub fn page_width(app: &App, pair: bool) -> usize {
    usize::from(page_of(middle(app), app.plain(), pair).width)
}

/// The areas inside the list pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListAreas {
    pub rows: Rect,
    /// The snippet of the selected report. Its height is 0 if there is no room or no row has a snippet.
    pub snippet: Rect,
}

fn list_areas(inner: Rect, snippets: bool) -> ListAreas {
    let snippet = if snippets && inner.height >= SNIPPET_FROM { 4 } else { 0 };
    let (rows, snippet) = split_top(inner, inner.height - snippet);
    ListAreas { rows, snippet }
}

/// The number of lines of a list row at a width.
pub fn row_height(width: u16) -> u16 {
    if width < TWO_LINE_ROWS { 2 } else { 1 }
}

/// The width of the list pane: the share that the reader has chosen, in percent. Without one, less than half of the
/// screen, or on a wide screen all that the text does not need.
fn list_width(width: u16, share: Option<u16>) -> u16 {
    let Some(share) = share else {
        return (width * 46 / 100).max(width.saturating_sub(MEASURE as u16 + 8)).max(44);
    };
    let wide = u32::from(width) * u32::from(share) / 100;
    (wide as u16).clamp(LEAST_LIST, width.saturating_sub(LEAST_DETAIL).max(LEAST_LIST))
}

/// The share of the screen that the list has beside the report, in percent.
pub fn list_share(app: &App) -> u16 {
    let width = app.size.width.max(1);
    let share = (u32::from(list_width(width, app.list_share)) * 100 + u32::from(width) / 2) / u32::from(width);
    share as u16
}

/// Splits an area into its first `height` lines (fewer if it is smaller) and the rest.
fn split_top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

impl App {
    /// Whether the report takes the whole screen: zoomed, or opened from a page.
    pub fn reading_alone(&self) -> bool {
        self.opened_elsewhere() || (self.zoomed && self.in_detail)
    }

    /// Whether list and report are side by side, as far as neither is zoomed.
    pub fn two_panes(&self) -> bool {
        self.size.width >= TWO_PANES && !self.preview_hidden
    }

    /// Whether panes have no borders: by the settings, or because the screen is too small for them.
    pub fn plain(&self) -> bool {
        self.settings.plain || self.size.width < BORDERS_FROM.width || self.size.height < BORDERS_FROM.height
    }

    /// Whether the filter matches no report although the cache has some: there is none to show next to the list.
    pub fn nothing_matches(&self) -> bool {
        self.list.settled && self.list.window.total == 0 && self.list.window.all > 0 && !self.opened_elsewhere()
    }

    /// Whether the report that is being read was opened from a page, not from the list.
    pub fn opened_elsewhere(&self) -> bool {
        self.stack.iter().any(|screen| matches!(screen, super::app::Screen::Reading(_)))
    }

    /// The area of the report's text. `None` if it is not on screen.
    pub fn text_area(&self) -> Option<Rect> {
        panes(self).detail.map(|pane| {
            let mut area = text_of(pane, self.plain());
            area.height = area.height.saturating_sub(u16::from(self.shows_evidence()));
            area
        })
    }

    /// Whether the last line of the detail pane shows the evidence for the person under the cursor.
    pub fn shows_evidence(&self) -> bool {
        self.reading().mention.is_some() && self.size.height >= 12
    }

    /// The number of lines of the text on screen.
    pub fn text_rows(&self) -> usize {
        self.text_area().map_or(HIDDEN_PANE_ROWS, |area| usize::from(area.height))
    }

    /// The areas of the list rows and of the snippet. `None` if the list is not on screen.
    pub fn list_areas(&self) -> Option<ListAreas> {
        let inner = inside(panes(self).list?, self.plain());
        Some(list_areas(inner, self.list.window.rows.iter().any(|row| row.snippet.is_some())))
    }

    /// The number of list rows on screen.
    pub fn list_rows(&self) -> usize {
        let rows = self.list_areas().map(|areas| areas.rows);
        rows.map_or(HIDDEN_PANE_ROWS, |rows| usize::from((rows.height / row_height(rows.width)).max(1)))
    }
}
