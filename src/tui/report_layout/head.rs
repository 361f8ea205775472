//! The composed head of a page: the title unless it is shown elsewhere, the facts, the chairs, a rule. Also the note at
//! the end of the page about hidden lines.

use super::{PageOptions, PageRow, PageRowKind, RowPiece};
use crate::lang::{Lang, phrases};
use crate::report::{Period, Report, ReportKind, Role, Span, TitleOrigin};
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::people_layout;
use crate::tui::report_hits;
use crate::tui::text_layout::{self, StyledText as Made};

/// The rows of the head.
pub fn rows(report: &Report, tags: &[String], measure: usize, look: PageOptions) -> Vec<PageRow> {
    let mut rows = if look.untitled { Vec::new() } else { title(report, measure) };
    let mut lines = Vec::new();
    let mut facts = text_layout::flow(&facts(report, tags, look.lang), measure, 0);
    // A line must not end with the separator of the next fact.
    for line in &mut facts {
        line.pop_if(|(words, _)| words.trim() == "·");
    }
    lines.extend(facts);
    lines.extend(chairs(report, measure, look.lang));
    rows.extend(lines.into_iter().map(|line| composed(PageRowKind::Head, line)));
    rows.push(composed(PageRowKind::Rule, vec![("─".repeat(measure), ThemeRole::Border)]));
    rows
}

/// The rows of the title. If the title is a line of the text, its rows refer to the bytes of that line, so that hits
/// are highlighted as in the text.
fn title(report: &Report, measure: usize) -> Vec<PageRow> {
    let title = report.title.text.as_str();
    let line = report_hits::title_line(report);
    let row = |range: std::ops::Range<usize>| match line {
        Some(line) => RowPiece::Text(Span::new(line.start + range.start, line.start + range.end)),
        None => RowPiece::Made((title.get(range).unwrap_or_default().to_owned(), ThemeRole::Title)),
    };
    let ranges = wrap::wrap(title, measure).into_iter();
    ranges.map(|range| PageRow { kind: PageRowKind::Head, pieces: vec![row(range)] }).collect()
}

/// The note with the number of hidden lines and the key that shows them.
pub fn hidden_note(hidden: usize, measure: usize, look: PageOptions, raw_key: &str) -> Vec<PageRow> {
    let said = phrases::RESIDUE.fill(look.lang, hidden, &[raw_key]);
    text_layout::flow(&[(said, ThemeRole::Dim)], measure, 0)
        .into_iter()
        .map(|line| composed(PageRowKind::Note, line))
        .collect()
}

/// A row without any text of the report.
fn composed(kind: PageRowKind, line: Vec<Made>) -> PageRow {
    PageRow { kind, pieces: line.into_iter().map(RowPiece::Made).collect() }
}

/// The facts of the head, separated by `·`: unit, kind, number, period, day, outlet, origin of the title, tags. An
/// inferred day begins with `~`.
fn facts(report: &Report, tags: &[String], lang: Lang) -> Vec<Made> {
    let facts = &report.extraction.facts;
    let mut parts: Vec<Made> = Vec::new();
    parts.extend(facts.unit.clone().map(|unit| (unit, ThemeRole::Unit)));
    if facts.kind != ReportKind::Other {
        parts.push((facts.kind.phrase().say(lang).to_owned(), ThemeRole::Text));
    }
    parts.extend(facts.number.as_ref().map(|number| (number.text.clone(), ThemeRole::Text)));
    parts.extend(facts.period.map(|period| (period.say(lang), ThemeRole::Text)));
    let of_period = facts.period.and_then(Period::last_day);
    parts.push(match facts.day {
        Some(dated) if report.dated_by_hand => {
            (format!("{} ({})", dated.vietnamese(), phrases::BY_HAND.say(lang)), ThemeRole::Date)
        }
        Some(dated) if !dated.is_inferred() || of_period != Some(dated.day) => (dated.vietnamese(), ThemeRole::Date),
        Some(dated) => (phrases::INFERRED_DAY.fill(lang, &[&dated.month_and_year()]), ThemeRole::Dim),
        None => (phrases::UNDATED.say(lang).to_owned(), ThemeRole::Dim),
    });
    parts.extend(report.outlet.clone().map(|outlet| (outlet, ThemeRole::Dim)));
    match report.title.origin {
        TitleOrigin::Made => parts.push((phrases::MADE_TITLE.say(lang).to_owned(), ThemeRole::Dim)),
        TitleOrigin::Slug => parts.push((phrases::ADDRESS_TITLE.say(lang).to_owned(), ThemeRole::Dim)),
        TitleOrigin::Text | TitleOrigin::Page => {}
    }
    if !tags.is_empty() {
        parts.push((phrases::TAGGED.fill(lang, &[&tags.join(", ")]), ThemeRole::Notice));
    }
    let mut out = Vec::new();
    for (n, part) in parts.into_iter().enumerate() {
        if n > 0 {
            out.push((" · ".to_owned(), ThemeRole::Dim));
        }
        out.push(part);
    }
    out
}

/// The lines of those who chair or co-chair the event, with rank and posts, in the order of the report; none if nobody
/// does. The word stands before the first, and all names begin in one column.
fn chairs(report: &Report, measure: usize, lang: Lang) -> Vec<Vec<Made>> {
    let chairs = report.extraction.people.iter().filter(|person| person.roles.iter().any(Role::is_chair));
    let label = format!("{}  ", phrases::CHAIR.say(lang));
    let hang = wrap::width(&label);
    let mut lines = Vec::new();
    for (n, person) in chairs.enumerate() {
        let mut pieces = Vec::new();
        if let Some(said) = person.rank {
            pieces.push((format!("{} ", said.rank.name), ThemeRole::Rank));
        }
        pieces.push((person.name.clone(), ThemeRole::Name));
        let posts = people_layout::posts(person);
        if !posts.is_empty() {
            pieces.push((", ".to_owned(), ThemeRole::Text));
            pieces.push((posts, ThemeRole::Post));
        }
        let rows = text_layout::flow(&pieces, measure.saturating_sub(hang).max(1), 0).into_iter().enumerate();
        lines.extend(rows.map(|(row, pieces)| {
            let begin = if (n, row) == (0, 0) { label.clone() } else { " ".repeat(hang) };
            std::iter::once((begin, ThemeRole::Dim)).chain(pieces).collect()
        }));
    }
    lines
}
