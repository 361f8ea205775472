//! The page of counts: how many reports of the list each year, unit, kind, rank, official or tag has. Each line is a
//! filter.

use super::{Indent, LineBuilder, LineOptions};
use crate::lang::{numbers, phrases};
use crate::search::counts::{CountField, ReportCounts, ValueCount};
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;
use serde::{Deserialize, Serialize};

/// What the page counts: the reports that match a filter, by a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountsQuery {
    /// The filter of the list, as typed.
    pub filter: String,
    pub field: CountField,
}

/// The widest bar of the chart, in cells.
const WIDEST_BAR: usize = 30;

/// Lays the counts out as lines: the number, a bar, the value. The bars share one scale, on which the greatest count of
/// a value is `WIDEST_BAR` cells, and are left out where there is no room. Reports without a value are off the scale:
/// where most have none, the others would all have the same short bar.
pub fn lines(counts: &ReportCounts, options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    let greatest = |with: fn(&ValueCount) -> bool| {
        counts.values.iter().filter(|count| with(count)).map(|count| count.reports).max().unwrap_or(0).max(1)
    };
    let digits = numbers::grouped(greatest(|_| true), options.lang).len();
    let most = greatest(|count| count.value.is_some());
    let bar_room = if options.width < 60 { 0 } else { WIDEST_BAR.min(options.width / 3) };
    out.text(&phrases::REPORTS_N.count(options.lang, counts.total), ThemeRole::Dim);
    for count in &counts.values {
        let number = numbers::grouped(count.reports, options.lang);
        // Blanks before a line of words are dropped: those before a short number are a margin.
        let indent = Indent { margin: digits.saturating_sub(number.len()), hang: number.len() + 2 };
        let mut pieces = vec![(format!("{number}  "), ThemeRole::Figure)];
        if bar_room > 0 {
            // Every count has at least one cell, so that few are not taken for none.
            let cells = if count.value.is_some() { (count.reports * bar_room).div_ceil(most) } else { 0 };
            let sign = if options.plain { "#" } else { "█" };
            let blanks = " ".repeat(bar_room - cells.min(bar_room) + 2);
            pieces.push((sign.repeat(cells.min(bar_room)), ThemeRole::Border));
            pieces.push((blanks, ThemeRole::Text));
        }
        pieces.push((count.say(counts.field, options.lang), role(counts.field)));
        let filter = counts.field.filter(count.value.as_deref());
        let line = PageLine { filter: Some(filter).filter(|filter| !filter.is_empty()), ..PageLine::default() };
        out.indented(&pieces, indent, line);
    }
    out.finish()
}

fn role(field: CountField) -> ThemeRole {
    match field {
        CountField::Year => ThemeRole::Date,
        CountField::Unit => ThemeRole::Unit,
        CountField::Kind | CountField::Tag => ThemeRole::Text,
        CountField::Rank => ThemeRole::Rank,
        CountField::Official => ThemeRole::Name,
    }
}
