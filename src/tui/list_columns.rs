//! The widths of the columns of the list. The title is what a row is read for, so it has its share of every width.
//! Date, hits, unit, kind and outlet take what the rows on screen need of the rest, in this order, and a column for
//! which too little is left is not shown. While the list is scrolled no column moves back. Drawing them is left to
//! `view`.
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
/// The least and the most cells that the title has before any column but the date gets one, if there is a title that
/// needs them. In between it has seven tenths of the row.
const TITLE: (u16, u16) = (32, 90);
/// The cells kept for titles that are all shorter: longer ones may follow.
const LEAST_TITLE: u16 = 22;
/// The least and the most cells of a unit, and the most of it where the title does not need them.
const UNIT: (u16, u16) = (8, 16);
const WIDE_UNIT: u16 = 32;
/// The least and the most cells of a kind with its period.
const LEAST_KIND: u16 = 6;
pub const WIDEST_KIND: u16 = 24;
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
    /// The columns for these rows in a row of `width` cells. Every column of `before` is kept, and is at least as wide:
    /// what a wider one would take from them it does not get.
    pub fn of<'a>(rows: &(impl Iterator<Item = &'a ListRow> + Clone), width: u16, lang: Lang, before: Self) -> Self {
        let widest = |cells: &dyn Fn(&ListRow) -> usize| rows.clone().map(cells).max().unwrap_or_default() as u16;
        let marks = if width < NARROW { MARKS - 1 } else { MARKS };
        let date = widest(&|row| wrap::width(&date(row))).max(before.date);
        let room = width.saturating_sub(marks + after(date) + 1);
        let wide = room > TITLE.1 * 3 / 2;
        let titles = widest(&|row| wrap::width(&row.title)).max(LEAST_TITLE);
        let mut spare = room.saturating_sub((room / 10 * 7).clamp(TITLE.0, TITLE.1).min(titles));
        let mut columns = Self { marks, date, ..Self::default() };
        // Without its blank, what a column can take beside the later ones that are shown already.
        let most = |spare: u16, kept: u16, most: u16| spare.saturating_sub(kept + 1).min(most);
        let filled = |shown: u16, has: &dyn Fn(&ListRow) -> bool| {
            let (all, with) = (rows.clone().count(), rows.clone().filter(|row| has(row)).count());
            shown > 0 || with * FILLED >= all || wide
        };
        let cap = most(spare, after(before.unit) + after(before.kind) + after(before.outlet), u16::MAX);
        let cells = widest(&|row| wrap::width(&hits(row)));
        if before.hits > 0 || cells <= cap {
            columns.hits = cells.min(cap).max(before.hits);
            spare = spare.saturating_sub(after(columns.hits));
        }
        let cap = most(spare, after(before.kind) + after(before.outlet), if wide { WIDE_UNIT } else { UNIT.1 });
        if before.unit > 0 || cap >= UNIT.0 && filled(before.unit, &|row| row.unit.is_some()) {
            let unit = |row: &ListRow| {
                row.unit.as_deref().map_or(0, |name| wrap::width(&abbreviate::unit(name, usize::from(cap))))
            };
            columns.unit = widest(&unit).min(cap).max(before.unit);
            spare = spare.saturating_sub(after(columns.unit));
        }
        let cap = most(spare, after(before.outlet), WIDEST_KIND);
        let kinds = |period: bool| widest(&|row| wrap::width(&kind(row, lang, period, WIDEST_KIND)));
        if before.kind > 0 {
            (columns.kind, columns.period) = (kinds(before.period).min(cap).max(before.kind), before.period);
        } else if cap >= LEAST_KIND && filled(0, &|row| row.kind != ReportKind::Other) {
            let fitting = [(kinds(true), true), (kinds(false), false)].into_iter().find(|(cells, _)| *cells <= cap);
            (columns.kind, columns.period) = fitting.unwrap_or_default();
        }
        spare = spare.saturating_sub(after(columns.kind));
        let cells = widest(&|row| row.outlet().map_or(0, |outlet| wrap::width(&outlet)));
        let cap = most(spare, 0, OUTLET);
        if before.outlet > 0 || cells <= cap && filled(0, &|row| row.outlet().is_some()) {
            columns.outlet = cells.min(cap).max(before.outlet);
        }
        columns
    }
}

/// The cells of a column and the blank after it.
pub fn after(column: u16) -> u16 {
    if column == 0 { 0 } else { column + 1 }
}

/// The date of a row, as it is shown everywhere; a sign if there is none.
pub fn date(row: &ListRow) -> String {
    row.day.map_or_else(|| UNDATED.to_owned(), Dated::vietnamese)
}

/// The kind of a row, with its period if that is asked for, in at most `cells` cells; empty if it is not known.
pub fn kind(row: &ListRow, lang: Lang, period: bool, cells: u16) -> String {
    if row.kind == ReportKind::Other {
        return String::new();
    }
    let period = row.period.as_deref().filter(|_| period);
    abbreviate::kind(row.kind, period, lang, usize::from(cells))
}

/// The number of hits in the report; empty if there is none or they were not counted.
pub fn hits(row: &ListRow) -> String {
    row.hits.filter(|hits| *hits > 0).map_or_else(String::new, |hits| format!("×{hits}"))
}

/// The columns of a list and the width for which they were chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChosenColumns {
    pub columns: ListColumns,
    width: u16,
}

impl ChosenColumns {
    /// Chooses the columns for the rows on screen. For one list and width they only become wider, however it is
    /// scrolled: columns that move from screenful to screenful would be hard to read, and cost a slow line the whole
    /// screen. With another filter, order or width they are chosen anew.
    pub fn fit(&mut self, list: &ListState, rows: usize, width: u16, lang: Lang) {
        let before = if self.width == width { self.columns } else { ListColumns::default() };
        let on_screen = (list.top..list.top + rows).filter_map(|place| list.row(place));
        *self = Self { columns: ListColumns::of(&on_screen, width, lang, before), width };
    }
}
