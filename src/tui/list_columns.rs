//! The widths of the columns of the list. The title is what a row is read for, so it has its share of every width.
//! Date, hits, unit, kind and outlet take what the rows on screen need of the rest, in this order, and a column for
//! which too little is left is not shown. Drawing them is left to `view`.
//!
//! ```text
//! ▌•★ 05-12-2023 Quân khu 7 Tổng kết 2023 title …            #tag    ×3  outlet
//!     └─ date ─┘ └─ unit ─┘ └── kind ───┘ └─ the rest of the row ─┘ hits
//! ```

use super::app::ListState;
use crate::lang::Lang;
use crate::report::{Dated, ReportKind};
use crate::store::ListRow;
use crate::text::wrap;
use crate::tui::abbreviate;

/// The cells of the marks before a row: selected, unread, starred, chosen for comparison. A blank separates them from
/// the date unless a report is chosen.
const MARKS: u16 = 4;
/// The sign in the column of dates of a report that nothing dates.
pub const UNDATED: &str = "—";
/// The least and the most cells that the title has before any column but the date gets one. In between it has seven
/// tenths of the row.
const TITLE: (u16, u16) = (22, 90);
/// The least and the most cells of a unit, and the most of it where the title does not need them.
const UNIT: (u16, u16) = (8, 16);
const WIDE_UNIT: u16 = 32;
/// The least and the most cells of a kind with its period.
const KIND: (u16, u16) = (6, 24);
/// The most cells of an outlet.
const OUTLET: u16 = 20;
/// One row in so many must have a unit, a kind or an outlet for its column to be shown, unless the title has all the
/// cells that it can use: a column that is nearly empty would only make the title shorter.
const FILLED: usize = 3;
/// Below this width a row has no cell to spare for the blank after its marks.
const NARROW: u16 = 30;

/// The widths of the columns in cells, each without the blank after it. A column of no cells is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListColumns {
    pub marks: u16,
    pub date: u16,
    pub unit: u16,
    pub kind: u16,
    /// Whether the kinds have their period.
    pub period: bool,
    pub hits: u16,
    pub outlet: u16,
}

impl ListColumns {
    /// The columns for these rows in a row of `width` cells. Columns are at least as wide as those of `before`, as far
    /// as the title has its share, so that they stand still while rows scroll.
    pub fn of<'a>(rows: &(impl Iterator<Item = &'a ListRow> + Clone), width: u16, lang: Lang, before: Self) -> Self {
        let widest = |cells: &dyn Fn(&ListRow) -> usize| rows.clone().map(cells).max().unwrap_or_default() as u16;
        let marks = if width < NARROW { MARKS - 1 } else { MARKS };
        let date = widest(&|row| wrap::width(&date(row))).max(before.date);
        let room = width.saturating_sub(marks + after(date) + 1);
        let mut spare = room.saturating_sub((room / 10 * 7).clamp(TITLE.0, TITLE.1));
        let mut columns = Self { marks, date, ..Self::default() };
        // Without its blank, what a column can take.
        let most = |spare: u16, most: u16| spare.saturating_sub(1).min(most);
        let filled = |shown: u16, has: &dyn Fn(&ListRow) -> bool| {
            let (all, with) = (rows.clone().count(), rows.clone().filter(|row| has(row)).count());
            shown > 0 || with * FILLED >= all || room > TITLE.1 * 3 / 2
        };
        let cells = widest(&|row| wrap::width(&hits(row))).max(before.hits);
        if cells <= most(spare, u16::MAX) {
            columns.hits = cells;
            spare -= after(cells);
        }
        let cap = most(spare, if room > TITLE.1 * 3 / 2 { WIDE_UNIT } else { UNIT.1 });
        if cap >= UNIT.0 && filled(before.unit, &|row| row.unit.is_some()) {
            let unit = |row: &ListRow| {
                row.unit.as_deref().map_or(0, |name| wrap::width(&abbreviate::unit(name, usize::from(cap))))
            };
            columns.unit = widest(&unit).max(before.unit).min(cap);
            spare -= after(columns.unit);
        }
        let kinds = |period: bool| {
            let kind = |row: &ListRow| wrap::width(&kind(row, lang, period));
            widest(&kind).max(if before.period == period { before.kind } else { 0 })
        };
        let cap = most(spare, KIND.1);
        for (cells, period) in [(kinds(true), true), (kinds(false), false)] {
            let shown = columns.kind == 0 && filled(before.kind, &|row| row.kind != ReportKind::Other);
            if shown && cells > 0 && cells <= cap && cap >= KIND.0 {
                (columns.kind, columns.period) = (cells, period);
                spare -= after(cells);
            }
        }
        let cells = widest(&|row| row.outlet().map_or(0, |outlet| wrap::width(&outlet))).max(before.outlet);
        if cells <= most(spare, OUTLET) && filled(before.outlet, &|row| row.outlet().is_some()) {
            columns.outlet = cells;
        }
        columns
    }
}

/// The cells of a column and the blank after it.
pub fn after(column: u16) -> u16 {
    if column == 0 { 0 } else { column + 1 }
}

/// The date of a row: the day; month and year if it is inferred; a sign if there is none.
pub fn date(row: &ListRow) -> String {
    row.day.map_or_else(
        || UNDATED.to_owned(),
        |dated: Dated| if dated.is_inferred() { dated.month_and_year() } else { dated.vietnamese() },
    )
}

/// The kind of a row, with its period if that is asked for; empty if it is not known.
pub fn kind(row: &ListRow, lang: Lang, period: bool) -> String {
    if row.kind == ReportKind::Other {
        return String::new();
    }
    let period = row.period.as_deref().filter(|_| period);
    abbreviate::kind(row.kind, period, lang, usize::from(KIND.1))
}

/// The number of hits in the report; empty if there is none or they were not counted.
pub fn hits(row: &ListRow) -> String {
    row.hits.filter(|hits| *hits > 0).map_or_else(String::new, |hits| format!("×{hits}"))
}

/// The columns of a list and the state for which they were chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChosenColumns {
    pub columns: ListColumns,
    width: u16,
    top: usize,
}

impl ChosenColumns {
    /// Chooses the columns for the rows on screen, the first of which is row `list.top`. While rows scroll they only
    /// become wider: columns that move with every row would be hard to read, and cost a slow line the whole screen.
    /// After a jump or with another width they are chosen anew.
    pub fn fit(&mut self, list: &ListState, rows: usize, width: u16, lang: Lang) {
        let scrolled = self.width == width && self.top.abs_diff(list.top) < rows;
        let before = if scrolled { self.columns } else { ListColumns::default() };
        let on_screen = (list.top..list.top + rows).filter_map(|place| list.row(place));
        *self = Self { columns: ListColumns::of(&on_screen, width, lang, before), width, top: list.top };
    }
}
