//! Draws the report that is being read: the visible rows of its page, highlighted by meaning. The last line shows who
//! the person under the cursor is, and the evidence for it.

use super::canvas::{Canvas, PaneFrame};
use crate::keymap::Mode;
use crate::lang::{Lang, Phrase, phrases};
use crate::report::{Evidence, Mark, Meaning, ParagraphKind, Report, Span};
use crate::store::Note;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{App, DetailState, HighlightMode};
use crate::tui::panes;
use crate::tui::people_layout;
use crate::tui::report_hits;
use crate::tui::report_layout::{HighlightSources, PageRow, PageRowKind, RowPiece, runs};
use crate::tui::text_layout;
use crate::tui::text_selection::SelectionUnit;
use ratatui::layout::{Position, Rect};

/// Draws the pane of the report, or the reason why there is no report to show.
pub fn draw(app: &App, paint: &mut Canvas<'_>, area: Rect) {
    let (detail, lang) = (app.reading(), app.settings.lang);
    let active = matches!(app.mode(), Mode::Detail | Mode::Select) || app.line.is_some() && app.in_detail;
    let Some(report) = detail.report.as_deref().filter(|_| !app.nothing_matches()) else {
        let inner = paint.frame(area, &PaneFrame { title: phrases::REPORT.say(lang), active, ..PaneFrame::default() });
        let said = match (app.list.settled && app.list.window.total == 0, detail.gone, &detail.wanted) {
            (true, ..) if !app.opened_elsewhere() => phrases::NOTHING_TO_READ,
            (_, true, _) => phrases::GONE,
            (_, _, Some(_)) => phrases::LOADING,
            _ => phrases::NO_REPORT,
        };
        let lines = text_layout::flow(
            &[(said.say(lang).to_owned(), ThemeRole::Dim)],
            usize::from(inner.width.saturating_sub(4)),
            0,
        );
        for (line, y) in lines.iter().zip(inner.y + inner.height / 3..inner.bottom()) {
            paint.pieces(inner.x + 2, y, inner.width.saturating_sub(3), line);
        }
        return;
    };
    let text = panes::text_of(area, app.plain());
    let foot = foot(detail, lang, app.text_area().map_or(0, |t| usize::from(t.height)));
    let title = title_hits(detail, report);
    paint.frame(
        area,
        &PaneFrame { title: &report.title.text, title_highlights: &title, foot: &foot, active, ..PaneFrame::default() },
    );
    let evidence_shown = app.shows_evidence();
    let rows = usize::from(text.height.saturating_sub(u16::from(evidence_shown)));
    let noted: Vec<Span> = detail.notes.iter().filter_map(Note::span).collect();
    let sources = highlight_sources(detail, report, &noted);
    for (n, row) in detail.page.rows.iter().skip(detail.top).take(rows).enumerate() {
        let line = Rect { y: text.y + n as u16, height: 1, ..text };
        draw_row(paint, line, row, report, &RowHighlights { text: &sources, title: &title });
    }
    if evidence_shown {
        evidence(app, paint, Rect { y: text.bottom() - 1, height: 1, ..text }, report);
    }
    if active && app.line.is_none() {
        let current = title.iter().find(|(_, role)| *role == ThemeRole::CurrentHit && detail.look.untitled);
        let before =
            current.filter(|_| detail.person().is_none()).and_then(|(hit, _)| report.title.text.get(..hit.start));
        paint.cursor = Some(match before {
            // The title is in the border, after a corner and a space.
            Some(before) => Position::new(area.x + 2 + wrap::width(before) as u16, area.y),
            None => cursor(detail, text, rows),
        });
    }
}

/// The hits in the title, in bytes of the title, and how they look. If the title is a line of the text, these are the
/// hits of that line.
fn title_hits(detail: &DetailState, report: &Report) -> Vec<(Span, ThemeRole)> {
    let Some(line) = report_hits::title_line(report) else {
        // A report matches a search as a whole or not at all: if it has no hits because it does not match, single words
        // of the search that happen to be in the title are not highlighted.
        let lost = detail.hits.is_empty()
            && report_hits::lacks(report, detail.query.filter()) == report_hits::NoHitReason::Words;
        let found = if lost { Vec::new() } else { report_hits::in_title(report, detail.query.filter()) };
        return found.into_iter().map(|hit| (hit, ThemeRole::Hit)).collect();
    };
    let within = detail.hits.iter().filter(|hit| line.covers(**hit));
    let role = |hit: Span| if detail.current_hit() == Some(hit) { ThemeRole::CurrentHit } else { ThemeRole::Hit };
    within.map(|hit| (Span::new(hit.start - line.start, hit.end - line.start), role(*hit))).collect()
}

/// What is highlighted on the page, by the highlight mode that the user has chosen.
fn highlight_sources<'a>(detail: &'a DetailState, report: &'a Report, noted: &'a [Span]) -> HighlightSources<'a> {
    let shown: fn(&Mark) -> bool = match detail.highlight {
        HighlightMode::All => |_| true,
        HighlightMode::People => |mark| matches!(mark.meaning, Meaning::Rank | Meaning::Name | Meaning::Post),
        HighlightMode::None => |_| false,
    };
    HighlightSources {
        marks: &report.extraction.marks,
        shown,
        hits: &detail.hits,
        hit: detail.current_hit(),
        spot: detail.person().map(|mention| mention.span).or(detail.spot),
        selection: detail.selection.map(|selection| selection.span),
        noted,
    }
}

/// What is highlighted on the rows of a page.
struct RowHighlights<'a> {
    text: &'a HighlightSources<'a>,
    /// The hits in the title, for the rows of the head.
    title: &'a [(Span, ThemeRole)],
}

/// Draws one row of the page. The style of each run is that of its paragraph, patched with that of its meaning, patched
/// with that of a hit or the cursor.
fn draw_row(paint: &mut Canvas<'_>, line: Rect, row: &PageRow, report: &Report, highlights: &RowHighlights<'_>) {
    let RowHighlights { text: sources, title } = *highlights;
    let (mut x, y, end) = (line.x, line.y, line.right());
    // In the head, ranks and names of the title are not highlighted, only hits are.
    let sources =
        if row.kind == PageRowKind::Head { &HighlightSources { shown: |_| false, ..*sources } } else { sources };
    let base = match row.kind {
        PageRowKind::Head | PageRowKind::Text(ParagraphKind::Headline) => ThemeRole::Title,
        PageRowKind::Text(ParagraphKind::Caption) => ThemeRole::Caption,
        PageRowKind::Text(ParagraphKind::Byline | ParagraphKind::Source) => ThemeRole::Dim,
        PageRowKind::Text(ParagraphKind::Residue) => ThemeRole::Residue,
        _ => ThemeRole::Text,
    };
    if paint.plain && row.kind == PageRowKind::Rule {
        return;
    }
    for piece in &row.pieces {
        match piece {
            RowPiece::Made((words, ThemeRole::Title)) if row.kind == PageRowKind::Head => {
                // Composed rows have no byte range. The words of a row are a part of the title, so the search finds
                // their bytes in it.
                let at = report.title.text.find(words.as_str()).unwrap_or(0);
                let hits = title.iter().filter(|(hit, _)| hit.start >= at && hit.end <= at + words.len());
                let hits = hits.map(|(hit, role)| (Span::new(hit.start - at, hit.end - at), *role));
                x = paint.pieces(
                    x,
                    y,
                    end.saturating_sub(x),
                    &text_layout::styled_pieces(words, hits, ThemeRole::Title),
                );
            }
            RowPiece::Made((words, role)) => x = paint.text(x, y, end.saturating_sub(x), words, *role),
            RowPiece::Text(span) => {
                for run in runs(*span, sources) {
                    let mut style = paint.theme.style(base);
                    if let Some(role) = run.meaning {
                        style = style.patch(paint.theme.style(role));
                    }
                    if run.noted {
                        style = style.patch(paint.theme.style(ThemeRole::Noted));
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

/// The text in the lower border: number of the hit, number of the person, percentage read. `rows` is the number of rows
/// on screen.
fn foot(detail: &DetailState, lang: Lang, rows: usize) -> String {
    let mut parts = Vec::new();
    if !detail.hits.is_empty() {
        let at = detail.hit.map_or_else(|| "–".to_owned(), |n| (n + 1).to_string());
        parts.push(phrases::HIT_N.fill(lang, &[&format!("{at}/{}", detail.hits.len())]));
    }
    if let Some(n) = detail.mention {
        parts.push(phrases::PERSON_N.fill(lang, &[&format!("{}/{}", n + 1, detail.mentions.len())]));
    }
    parts.extend(detail.selection.map(|selection| {
        let said = match selection.unit {
            SelectionUnit::Sentence => phrases::SELECTING_SENTENCES,
            SelectionUnit::Paragraph => phrases::SELECTING_PARAGRAPHS,
            SelectionUnit::Entity => phrases::SELECTING_ENTITIES,
        };
        said.say(lang).to_owned()
    }));
    let (count, seen) = (detail.page.rows.len(), detail.top + rows);
    if detail.look.raw {
        parts.push(phrases::READ_MODE.say(lang).to_owned());
    }
    let percent = (seen.min(count) * 100).checked_div(count).unwrap_or(100);
    parts.push(format!("{percent}%"));
    parts.join(" ─ ")
}

/// Draws who the person under the cursor is, and the evidence that these words mean this person.
fn evidence(app: &App, paint: &mut Canvas<'_>, area: Rect, report: &Report) {
    let lang = app.settings.lang;
    let Some(mention) = app.reading().person() else { return };
    let Some(person) = report.extraction.people.get(mention.person) else { return };
    let because = words_of(mention.evidence).say(lang);
    let mut pieces = Vec::new();
    if let Some(said) = person.rank {
        pieces.push((format!("{} ", said.rank.name), ThemeRole::Rank));
    }
    pieces.push((person.name.clone(), ThemeRole::Name));
    let posts = people_layout::posts(person);
    let taken: usize = pieces.iter().map(|(words, _)| wrap::width(words)).sum();
    let reason = format!("  · {because}");
    let width = usize::from(area.width);
    if taken + wrap::width(&reason) > width {
        // If not all of it fits, the reason matters more than the rank, which is in the text as well.
        pieces.retain(|(_, role)| *role == ThemeRole::Name);
    }
    let room = width.saturating_sub(taken + 2 + wrap::width(&reason));
    if !posts.is_empty() && room >= 10 {
        pieces.push((format!(", {}", wrap::shorten(&posts, room)), ThemeRole::Post));
    }
    pieces.push((reason, ThemeRole::Dim));
    paint.clear(area);
    paint.pieces(area.x, area.y, area.width, &pieces);
}

/// The sentence that explains a kind of evidence.
fn words_of(evidence: Evidence) -> Phrase {
    match evidence {
        Evidence::Rank => phrases::BECAUSE_RANK,
        Evidence::Post => phrases::BECAUSE_POST,
        Evidence::Address => phrases::BECAUSE_ADDRESS,
        Evidence::List => phrases::BECAUSE_LIST,
        Evidence::Form => phrases::BECAUSE_FORM,
        Evidence::SecondMention => phrases::BECAUSE_AGAIN,
    }
}

/// Where to put the hardware cursor: on the current person or hit if it is on screen, else on the first row.
fn cursor(detail: &DetailState, text: Rect, rows: usize) -> Position {
    let selected = detail.selection.map(|selection| selection.span);
    let under_cursor = selected.or(detail.person().map(|mention| mention.span)).or(detail.current_hit());
    let at = under_cursor.map(|span| span.start);
    let row = at.map(|at| detail.page.row_of(at)).filter(|row| (detail.top..detail.top + rows).contains(row));
    let Some((row, at)) = row.zip(at) else { return Position::new(text.x, text.y) };
    let x = detail.page.rows.get(row).map_or(0, |row| column(row, at, detail));
    Position::new(text.x + x as u16, text.y + (row - detail.top) as u16)
}

/// The number of cells of `row` before the byte `at` of the text.
fn column(row: &PageRow, at: usize, detail: &DetailState) -> usize {
    let text = detail.report.as_ref().map_or("", |report| report.text.as_str());
    let mut cells = 0;
    for piece in &row.pieces {
        match piece {
            RowPiece::Made((words, _)) => cells += wrap::width(words),
            RowPiece::Text(span) if at < span.end => {
                return cells + wrap::width(text.get(span.start..at).unwrap_or_default());
            }
            RowPiece::Text(span) => cells += wrap::width(span.of(text)),
        }
    }
    cells
}
