//! The page of a story: the reports that tell it, the one of the list first, each with its outlet and day; and below
//! each what it says differently from the first: names, ranks and figures. Enter goes to the report or to the words,
//! Tab to the words of the first.

use super::{LineBuilder, LineOptions, day_cell};
use crate::lang::phrases;
use crate::officials::Place;
use crate::officials::story::{StoryDifference, StoryDifferenceKind};
use crate::store::StoryVersion;
use crate::theme::ThemeRole;
use crate::tui::app::{PageLine, PageLineKind};
use serde::{Deserialize, Serialize};

/// The most differences of one version that are shown.
const MOST_DIFFERENCES: usize = 30;

/// A report of a story, and what it says differently from the first one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    pub version: StoryVersion,
    pub differences: Vec<StoryDifference>,
}

/// Lays out the page.
pub fn lines(rows: &[VersionRow], options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    out.note(phrases::REPORTS_N.count(options.lang, rows.len()), 2);
    for row in rows {
        out.blank();
        push(&mut out, row);
    }
    out.finish()
}

fn push(out: &mut LineBuilder, row: &VersionRow) {
    let version = &row.version;
    let line = PageLine {
        place: Some(Place { report: version.id.as_str().into(), at: 0 }),
        sort: PageLineKind::Report,
        ..PageLine::default()
    };
    let outlet = version.outlet.as_ref().unwrap_or(&version.source);
    let pieces = [
        (day_cell(version.day), ThemeRole::Date),
        (format!("{outlet}  "), ThemeRole::Unit),
        (version.title.clone(), ThemeRole::Title),
    ];
    out.fact(&pieces, 2, line);
    for one in row.differences.iter().take(MOST_DIFFERENCES) {
        let line = PageLine {
            place: Some(one.that_place.clone()),
            other: Some(one.this_place.clone()),
            ..PageLine::default()
        };
        let label = match one.kind {
            StoryDifferenceKind::Name => phrases::DIFFERENT_NAME,
            StoryDifferenceKind::Rank => phrases::DIFFERENT_RANK,
            StoryDifferenceKind::Figure => phrases::DIFFERENT_FIGURE,
        };
        let of = if one.of.is_empty() { String::new() } else { format!(" ({})", one.of) };
        let pieces = [
            (format!("{}  ", label.say(out.options.lang)), ThemeRole::Dim),
            (one.this.clone(), ThemeRole::Gone),
            (" → ".to_owned(), ThemeRole::Dim),
            (one.that.clone(), ThemeRole::New),
            (of, ThemeRole::Name),
        ];
        out.indented(&pieces, super::Indent { margin: 4, hang: 2 }, line);
    }
}
