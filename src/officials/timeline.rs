//! A career as a text timeline: one row for each rank, post or gap, in order of time, each with its place. `draw` fits
//! the rows into a width in cells, with line-drawing signs or plain ASCII: columns with a bar to scale where there is
//! room, else words in a bar. Colours are left to the interface.
//!
//! ```text
//! 2016 Đại tá          2019?  ●───────────         72 cells or more: year, words, end, bar to scale
//! 2016 ●── Đại tá ──────────▶ 2019?                less: the bar is as long as the line is wide
//! 2016 ●   Đại tá             ?                    one day: a point
//! ```

use super::career::{BoundBasis, Career, Tenure, TenureBound, TenureKind};
use super::observation::Place;
use super::post::PostKey;
use crate::report::Day;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One bar of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineRow {
    pub line: TenureKind,
    /// As written, with the organisation in brackets if the words leave it out. Empty for a gap: a period for which no
    /// report states a post.
    pub text: String,
    pub from: TenureBound,
    /// The end, or the last report that states it.
    pub to: TenureBound,
    /// Whether reports contradict each other about it.
    pub disputed: bool,
    /// The first statement of it; for a gap, of the post after the gap.
    pub place: Place,
    /// For a post: its key, which is equal for all spellings.
    #[serde(skip)]
    pub post: Option<PostKey>,
}

impl TimelineRow {
    /// Whether this is a gap between posts.
    pub fn is_gap(&self) -> bool {
        self.text.is_empty()
    }
}

/// The signs a bar is drawn with, each one cell wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineSigns {
    pub start: char,
    /// The start of a former post, which began at an unknown time before the first report of it.
    pub before: char,
    pub bar: char,
    pub tip: char,
    pub gap: char,
    /// The sign at the end of text that was cut.
    pub cut: char,
}

/// Line-drawing signs, for terminals that have them.
pub const DRAWN: TimelineSigns =
    TimelineSigns { start: '●', before: '·', bar: '─', tip: '▶', gap: '·', cut: '…' };
/// ASCII signs, for plain mode and terminals without line-drawing signs.
pub const ASCII: TimelineSigns = TimelineSigns { start: '*', before: '.', bar: '-', tip: '>', gap: '.', cut: '~' };

/// Printed after a rank or post about which reports contradict each other.
const DISPUTED: &str = " (!)";
/// The minimum width, in cells, for a scale to the right of the words.
const WIDE: usize = 72;
/// The width of the end of a tenure, in cells: `2019?`.
const END: usize = 5;

/// Returns the rows of a career: ranks by beginning, then posts by beginning, each gap just before the post that ends
/// it.
pub fn rows(career: &Career) -> Vec<TimelineRow> {
    let mut rows: Vec<TimelineRow> = career.tenures.iter().map(row).collect();
    rows.extend(career.gaps().into_iter().map(|(before, after)| TimelineRow {
        line: TenureKind::Post,
        text: String::new(),
        from: before.to.clone(),
        to: after.from.clone(),
        disputed: false,
        place: after.from.place.clone(),
        post: None,
    }));
    // A gap comes before the post that ends it.
    rows.sort_by_key(|r| {
        (r.line, if r.is_gap() { r.to.when.day } else { r.from.when.day }, !r.is_gap(), r.from.known != BoundBasis::By)
    });
    rows
}

fn row(tenure: &Tenure) -> TimelineRow {
    TimelineRow {
        line: tenure.kind,
        text: tenure.with_unit(),
        from: tenure.from.clone(),
        to: tenure.to.clone(),
        disputed: tenure.disputed,
        place: tenure.from.place.clone(),
        post: tenure.post.as_deref().cloned(),
    }
}

/// Draws each row as one line of `width` cells: `2022 ●── Trung tướng ────▶ ?`. A year is printed only if it differs
/// from that of the row above. No line is wider than `width`, if that is 20 or more.
pub fn draw(rows: &[TimelineRow], width: usize, signs: TimelineSigns) -> Vec<String> {
    let has_scale = has_scale(rows, width);
    let words = if has_scale { width * 6 / 10 } else { width.min(WIDE) };
    let span = span(rows);
    let mut above: Option<&TimelineRow> = None;
    rows.iter()
        .map(|row| {
            let same = above.is_some_and(|a| a.line == row.line && a.from.when.day.year() == row.from.when.day.year());
            above = Some(row);
            if !has_scale {
                return bar(row, same, words, signs);
            }
            cells(row, same, words, signs) + "  " + &to_scale(row, span, width - words - 2, signs)
        })
        .collect()
}

/// Whether there is a scale to the right of the words: there is room for it, and there is time to be shown. Reports of
/// one day would be one point in a year of blanks.
fn has_scale(rows: &[TimelineRow], width: usize) -> bool {
    let first = rows.iter().map(|row| row.from.when.day).min();
    width >= WIDE && first != rows.iter().map(|row| row.to.when.day).max()
}

/// Returns the line of years above the scale, as wide as the rows; `None` if there is no scale. A year for which there
/// is no room after the one before it is left out.
pub fn years(rows: &[TimelineRow], width: usize) -> Option<String> {
    if !has_scale(rows, width) {
        return None;
    }
    let words = width * 6 / 10;
    let span = span(rows);
    let cells = width - words - 2;
    let mut line = vec![' '; cells];
    let mut free = 0;
    for year in span.first..=span.last {
        let at = cell_of(f64::from(year), span, cells);
        if at >= free && at + 4 <= cells {
            for (slot, digit) in line.iter_mut().skip(at).zip(format!("{year:04}").chars()) {
                *slot = digit;
            }
            free = at + 5;
        }
    }
    Some(" ".repeat(words + 2) + line.iter().collect::<String>().trim_end())
}

/// The first column of a row: the year of its beginning, blank if it is that of the row above.
fn year(row: &TimelineRow, same_year: bool) -> String {
    if same_year { "    ".to_owned() } else { format!("{:04}", row.from.when.day.year()) }
}

/// The last column of a row, `END` cells wide: a year if a report announces the end, a year with `?` if it is only
/// known not to be later, and `?` if it is open.
fn end(row: &TimelineRow) -> String {
    let end = match row.to.known {
        _ if row.is_gap() => format!("{:04}", row.to.when.day.year()),
        BoundBasis::Event => format!("{:04}", row.to.when.day.year()),
        BoundBasis::By => format!("{:04}?", row.to.when.day.year()),
        BoundBasis::Seen => "?".to_owned(),
    };
    format!("{end:<END$}")
}

/// Draws a row as columns: `2022 Trung tướng       ?`. The words of a gap are dots.
fn cells(row: &TimelineRow, same_year: bool, width: usize, signs: TimelineSigns) -> String {
    let disputed = if row.disputed { DISPUTED } else { "" };
    let room = width.saturating_sub(4 + 1 + 1 + END);
    let words = if row.is_gap() {
        std::iter::repeat_n([signs.gap, ' '], room / 2).flatten().collect::<String>()
    } else {
        format!("{}{disputed}", cut(&row.text, room.saturating_sub(disputed.len()), signs.cut))
    };
    let blank = " ".repeat(room.saturating_sub(words.width()));
    format!("{} {words}{blank} {}", year(row, same_year), end(row))
}

/// Draws a row as a bar with words: `2022 ●── Trung tướng ────▶ ?`.
fn bar(row: &TimelineRow, same_year: bool, width: usize, signs: TimelineSigns) -> String {
    let (year, end) = (year(row, same_year), end(row));
    let TimelineSigns { start, before, bar, tip, gap, .. } = signs;
    if row.is_gap() {
        let room = width.saturating_sub(year.width() + end.width() + 2);
        let dots: String = std::iter::repeat_n([gap, ' '], room / 2).flatten().collect();
        return format!("{year} {:<room$} {end}", dots.trim_end());
    }
    let start = if row.from.known == BoundBasis::By { before } else { start };
    // What is known of one day only is a point.
    let (bar, tip) = if row.from.when.day == row.to.when.day { (' ', ' ') } else { (bar, tip) };
    let disputed = if row.disputed { DISPUTED } else { "" };
    let fixed = year.width() + 4 + 1 + disputed.len() + 1 + 1 + 2 + end.width();
    let text = cut(&row.text, width.saturating_sub(fixed), signs.cut);
    let rest = width.saturating_sub(fixed + text.width()) + 1;
    let line: String = std::iter::repeat_n(bar, rest).collect();
    format!("{year} {start}{bar}{bar} {text}{disputed} {line}{tip} {end}")
}

/// The years of the scale, both ends included.
#[derive(Clone, Copy)]
struct YearSpan {
    first: i16,
    last: i16,
}

/// The first and last year of the rows.
fn span(rows: &[TimelineRow]) -> YearSpan {
    let years = || rows.iter().flat_map(|r| [r.from.when.day.year(), r.to.when.day.year()]);
    YearSpan { first: years().min().unwrap_or(0), last: years().max().unwrap_or(0) }
}

/// Returns the cell of a moment, in fractional years, on a scale of `cells` cells from the first to the last year.
fn cell_of(moment: f64, span: YearSpan, cells: usize) -> usize {
    let whole = f64::from(span.last) + 1.0 - f64::from(span.first);
    let part = (moment - f64::from(span.first)) / whole;
    ((part * cells as f64) as usize).min(cells.saturating_sub(1))
}

/// Returns a day as fractional years. All months count as 31 days, which is exact enough for a scale of a few dozen
/// cells.
fn moment(day: Day) -> f64 {
    f64::from(day.year()) + (f64::from(day.month() - 1) * 31.0 + f64::from(day.day() - 1)) / 372.0
}

/// Draws the bar of a row on the scale of years.
fn to_scale(row: &TimelineRow, span: YearSpan, cells: usize, signs: TimelineSigns) -> String {
    let (from, to) = (cell_of(moment(row.from.when.day), span, cells), cell_of(moment(row.to.when.day), span, cells));
    let body = if row.is_gap() { signs.gap } else { signs.bar };
    let mut line: String = " ".repeat(from);
    let start = if row.from.known == BoundBasis::By { signs.before } else { signs.start };
    line.push(if row.is_gap() { signs.gap } else { start });
    line.extend(std::iter::repeat_n(body, to.saturating_sub(from + 1)));
    if to > from {
        line.push(if row.to.open() && !row.is_gap() { signs.tip } else { body });
    }
    line
}

/// Returns `text` if it fits into `width` cells, otherwise a prefix that fits, ending in `sign`.
fn cut(text: &str, width: usize, sign: char) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let fits = |c: &char| {
        let cells = c.width().unwrap_or(0);
        let fits = cells <= left;
        left = left.saturating_sub(cells);
        fits
    };
    let mut out: String = text.chars().take_while(fits).collect();
    out.truncate(out.trim_end().len());
    out.push(sign);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::seen;
    use crate::officials::{Observation, identify};
    use crate::report::PostState;
    use insta::assert_snapshot;

    fn career() -> Vec<TimelineRow> {
        let observations: Vec<Observation> = vec![
            seen("a", "2016-05-20").rank("Đại tá").post("Chính ủy Sư đoàn 903, Quân khu 10"),
            seen("b", "2019-04-28").rank("Thiếu tướng").post("Phó Chủ nhiệm Chính trị Quân khu 10"),
            seen("c", "2022-12-26")
                .rank("Trung tướng")
                .post("Bí thư Đảng ủy")
                .post_as("Chính ủy Tổng cục Công nghiệp quốc phòng", PostState::Entering)
                .post_as("Phó Chủ nhiệm Chính trị Quân khu 10", PostState::Former),
        ];
        let official = &identify(&observations, &[])[0];
        rows(&Career::of(official, &observations))
    }

    fn drawn(width: usize, signs: TimelineSigns) -> String {
        let rows = career();
        let lines = years(&rows, width).into_iter().chain(draw(&rows, width, signs));
        lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn seventy_columns() {
        assert_snapshot!(drawn(70, DRAWN));
    }

    #[test]
    fn forty_columns_of_ascii() {
        assert_snapshot!(drawn(40, ASCII));
    }

    #[test]
    fn a_scale_where_there_is_room() {
        assert_snapshot!(drawn(120, DRAWN));
    }

    #[test]
    fn what_is_known_of_one_day_is_a_point_without_a_scale() {
        let observations: Vec<Observation> =
            vec![seen("a", "2016-05-20").rank("Đại tá").post("Chính ủy Sư đoàn 903, Quân khu 10")];
        let official = &identify(&observations, &[])[0];
        let rows = rows(&Career::of(official, &observations));
        assert_eq!(years(&rows, 120), None);
        for width in [40, 71, 120, 200] {
            let lines = draw(&rows, width, DRAWN);
            let first = format!("2016 ●   Đại tá{:blank$}?", "", blank = width.min(WIDE) - 20);
            assert_eq!(lines[0].trim_end(), first, "{width}");
            assert!(lines.iter().all(|line| !line.contains(['─', '▶'])), "{width}: {lines:?}");
        }
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for width in 20..160 {
            for line in draw(&career(), width, DRAWN) {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
        for sign in [DRAWN.start, DRAWN.before, DRAWN.bar, DRAWN.tip, DRAWN.gap, DRAWN.cut] {
            assert_eq!(sign.width(), Some(1), "{sign}");
        }
    }
}
