//! A career as rows of a text timeline: one row a rank or post, in order of time, each with its place. `draw` fits a
//! row into any width, in line-drawing signs or plain ASCII; colours are left to the reader.

use super::career::{Career, Edge, Line, Tenure};
use super::observation::Place;
use crate::report::Day;
use serde::Serialize;

/// One bar of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineRow {
    /// Rank or post.
    pub line: Line,
    /// As written.
    pub text: String,
    /// The beginning.
    pub from: Edge,
    /// The end, or the last that is seen of it.
    pub to: Edge,
    /// Whether reports contradict each other about it.
    pub disputed: bool,
    /// Where it is said first.
    pub place: Place,
}

/// The signs a bar is drawn with, each one cell wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// The beginning.
    pub start: char,
    /// The bar.
    pub bar: char,
    /// The end.
    pub tip: char,
}

/// Line-drawing signs.
pub const DRAWN: Signs = Signs { start: '●', bar: '─', tip: '▶' };
/// For plain mode and terminals without those.
pub const ASCII: Signs = Signs { start: '*', bar: '-', tip: '>' };

/// The rows of a career: ranks first, then posts, each by beginning.
pub fn rows(career: &Career) -> Vec<TimelineRow> {
    career.tenures.iter().map(row).collect()
}

fn row(tenure: &Tenure) -> TimelineRow {
    TimelineRow {
        line: tenure.line,
        text: tenure.text.clone(),
        from: tenure.from.clone(),
        to: tenure.to.clone(),
        disputed: tenure.disputed,
        place: tenure.from.place.clone(),
    }
}

/// A row in `width` cells: `2022 ●── Trung tướng ────▶ ?`. The year stands only where it differs from the row above.
pub fn draw(row: &TimelineRow, above: Option<&TimelineRow>, width: usize, signs: Signs) -> String {
    let year = |day: Day| format!("{:04}", day.year());
    let same_year = above.is_some_and(|a| a.from.day.year() == row.from.day.year() && a.line == row.line);
    let start = if same_year { "    ".to_owned() } else { year(row.from.day) };
    let end = if row.to.open() { "?".to_owned() } else { year(row.to.day) };
    let Signs { start: dot, bar, tip } = signs;
    let head = format!("{start} {dot}{bar}{bar} {} ", row.text);
    let tail = format!("{tip} {end}");
    let used = head.chars().count() + tail.chars().count();
    let rest: String = std::iter::repeat_n(bar, width.saturating_sub(used).max(1)).collect();
    format!("{head}{rest}{tail}")
}
