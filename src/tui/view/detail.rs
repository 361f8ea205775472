//! A report as it is read: the rows of its page in sight, lit by meaning; at the bottom who the person under the
//! cursor is and why.

use super::paint::{Edge, Paint};
use crate::report::{Evidence, Mark, Meaning, ParagraphKind, Report};
use crate::text::wrap;
use crate::tui::app::{App, Detail, Highlight};
use crate::tui::flow;
use crate::tui::keymap::Mode;
use crate::tui::lineup;
use crate::tui::page::{Lit, Piece, Row, RowKind, runs};
use crate::tui::panes;
use crate::tui::settings::Lang;
use crate::tui::theme::Role;
use crate::tui::words::{self, Phrase};
use ratatui::layout::{Position, Rect};

/// Draws the pane.
pub fn draw(app: &App, paint: &mut Paint<'_>, area: Rect) {
    let (detail, lang) = (app.reading(), app.settings.lang);
    let active = app.mode() == Mode::Detail || app.line.is_some() && app.in_detail;
    let Some(report) = detail.report.as_deref().filter(|_| !app.nothing_answers()) else {
        let inner = paint.frame(area, &Edge { title: words::REPORT.say(lang), active, ..Edge::default() });
        let said = match (app.list.settled && app.list.found.total == 0, detail.gone, &detail.wanted) {
            (true, ..) if !app.opened_elsewhere() => words::NOTHING_TO_READ,
            (_, true, _) => words::GONE,
            (_, _, Some(_)) => words::LOADING,
            _ => words::NO_REPORT,
        };
        let lines =
            flow::flow(&[(said.say(lang).to_owned(), Role::Dim)], usize::from(inner.width.saturating_sub(4)), 0);
        for (line, y) in lines.iter().zip(inner.y + inner.height / 3..inner.bottom()) {
            paint.pieces(inner.x + 2, y, inner.width.saturating_sub(3), line);
        }
        return;
    };
    let text = panes::text_of(area, app.plain());
    let foot = foot(detail, lang, app.text_area().map_or(0, |t| usize::from(t.height)));
    paint.frame(area, &Edge { title: &report.title.text, foot: &foot, active, ..Edge::default() });
    let told = app.told_evidence();
    let rows = usize::from(text.height.saturating_sub(u16::from(told)));
    let lit = lit(detail, report);
    for (n, row) in detail.page.rows.iter().skip(detail.top).take(rows).enumerate() {
        draw_row(paint, (text.x, text.y + n as u16), text.width, row, report, &lit);
    }
    if told {
        evidence(app, paint, Rect { y: text.bottom() - 1, height: 1, ..text }, report);
    }
    if active && app.line.is_none() {
        paint.cursor = Some(cursor(detail, text, rows));
    }
}

/// What is lit on the page.
fn lit<'a>(detail: &'a Detail, report: &'a Report) -> Lit<'a> {
    let shown: fn(&Mark) -> bool = match detail.highlight {
        Highlight::All => |_| true,
        Highlight::People => |mark| matches!(mark.meaning, Meaning::Rank | Meaning::Name | Meaning::Post),
        Highlight::None => |_| false,
    };
    Lit {
        marks: &report.found.marks,
        shown,
        hits: &detail.hits,
        hit: detail.current_hit(),
        spot: detail.person().map(|mention| mention.span).or(detail.spot),
    }
}

fn draw_row(paint: &mut Paint<'_>, (mut x, y): (u16, u16), room: u16, row: &Row, report: &Report, lit: &Lit<'_>) {
    let base = match row.kind {
        RowKind::Text(ParagraphKind::Headline) => Role::Title,
        RowKind::Text(ParagraphKind::Caption) => Role::Caption,
        RowKind::Text(ParagraphKind::Byline | ParagraphKind::Source) => Role::Dim,
        RowKind::Text(ParagraphKind::Residue) => Role::Residue,
        _ => Role::Text,
    };
    let end = x + room;
    if paint.plain && row.kind == RowKind::Rule {
        return;
    }
    for piece in &row.pieces {
        match piece {
            Piece::Made((words, role)) => x = paint.text(x, y, end.saturating_sub(x), words, *role),
            Piece::Text(span) => {
                for run in runs(*span, lit) {
                    let mut style = paint.theme.style(base);
                    if let Some(role) = run.meaning {
                        style = style.patch(paint.theme.style(role));
                    }
                    if let Some(role) = run.over {
                        style = style.patch(paint.theme.style(role));
                    }
                    x = paint.styled(x, y, end.saturating_sub(x), run.span.of(&report.text), style);
                }
            }
        }
    }
}

/// Which hit, which person, how far: what the lower border says.
fn foot(detail: &Detail, lang: Lang, rows: usize) -> String {
    let mut parts = Vec::new();
    if !detail.hits.is_empty() {
        let at = detail.hit.map_or_else(|| "–".to_owned(), |n| (n + 1).to_string());
        parts.push(words::HIT_N.fill(lang, &[&format!("{at}/{}", detail.hits.len())]));
    }
    if let Some(n) = detail.mention {
        parts.push(words::PERSON_N.fill(lang, &[&format!("{}/{}", n + 1, detail.mentions.len())]));
    }
    let (count, seen) = (detail.page.rows.len(), detail.top + rows);
    if detail.look.raw {
        parts.push(words::READ_MODE.say(lang).to_owned());
    }
    let percent = (seen.min(count) * 100).checked_div(count).unwrap_or(100);
    parts.push(format!("{percent} %"));
    parts.join(" ─ ")
}

/// Who the person under the cursor is, and why those words are this person.
fn evidence(app: &App, paint: &mut Paint<'_>, area: Rect, report: &Report) {
    let lang = app.settings.lang;
    let Some(mention) = app.reading().person() else { return };
    let Some(person) = report.found.people.get(mention.person) else { return };
    let because = words_of(mention.evidence).say(lang);
    let mut pieces = Vec::new();
    if let Some(said) = person.rank {
        pieces.push((format!("{} ", said.rank.name), Role::Rank));
    }
    pieces.push((person.name.clone(), Role::Name));
    let posts = lineup::posts(person);
    let taken: usize = pieces.iter().map(|(words, _)| wrap::width(words)).sum();
    let reason = format!("  · {because}");
    let width = usize::from(area.width);
    if taken + wrap::width(&reason) > width {
        // On a narrow screen the reason matters more than the rank, which stands in the text.
        pieces.retain(|(_, role)| *role == Role::Name);
    }
    let room = width.saturating_sub(taken + 2 + wrap::width(&reason));
    if !posts.is_empty() && room >= 10 {
        pieces.push((format!(", {}", wrap::shorten(&posts, room)), Role::Post));
    }
    pieces.push((reason, Role::Dim));
    paint.clear(area);
    paint.pieces(area.x, area.y, area.width, &pieces);
}

fn words_of(evidence: Evidence) -> Phrase {
    match evidence {
        Evidence::Rank => words::BECAUSE_RANK,
        Evidence::Post => words::BECAUSE_POST,
        Evidence::Address => words::BECAUSE_ADDRESS,
        Evidence::List => words::BECAUSE_LIST,
        Evidence::Form => words::BECAUSE_FORM,
        Evidence::SecondMention => words::BECAUSE_AGAIN,
    }
}

/// Where the cursor stands: on the person or hit, else on the first row.
fn cursor(detail: &Detail, text: Rect, rows: usize) -> Position {
    let at = detail.person().map(|mention| mention.span).or(detail.current_hit()).map(|span| span.start);
    let row = at.map(|at| detail.page.row_of(at)).filter(|row| (detail.top..detail.top + rows).contains(row));
    let Some((row, at)) = row.zip(at) else { return Position::new(text.x, text.y) };
    let x = detail.page.rows.get(row).map_or(0, |row| column(row, at, detail));
    Position::new(text.x + x as u16, text.y + (row - detail.top) as u16)
}

/// How many cells stand in `row` before the byte `at`.
fn column(row: &Row, at: usize, detail: &Detail) -> usize {
    let text = detail.report.as_ref().map_or("", |report| report.text.as_str());
    let mut cells = 0;
    for piece in &row.pieces {
        match piece {
            Piece::Made((words, _)) => cells += wrap::width(words),
            Piece::Text(span) if at < span.end => {
                return cells + wrap::width(text.get(span.start..at).unwrap_or_default());
            }
            Piece::Text(span) => cells += wrap::width(span.of(text)),
        }
    }
    cells
}
