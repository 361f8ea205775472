//! Handles the selection in a report: begins it at what the reader looks at, moves and extends it by sentences,
//! paragraphs or names, and copies it, with its citation if wanted.

use super::{copy, detail, notes};
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::tui::app::{App, DetailState};
use crate::tui::message::Effect;
use crate::tui::text_selection::{SelectionMove, SelectionUnit, TextSelection};

/// Selects the sentence under the cursor: that of the person, of the hit or of the word that a jump led to, if it is on
/// screen; else the first whole one there.
pub fn begin(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let at = place(app);
    let detail = app.reading_mut();
    let Some(report) = detail.report.as_deref() else {
        app.say(phrases::NO_REPORT.say(lang));
        return Vec::new();
    };
    detail.selection = TextSelection::at(report, SelectionUnit::Sentence, at, detail.look.raw);
    if detail.selection.is_none() {
        app.say(phrases::NOTHING_TO_SELECT.say(lang));
    }
    show(app);
    Vec::new()
}

/// The byte at which the reader looks: that of the cursor if it is on screen, else the first visible one.
pub fn place(app: &App) -> usize {
    let (detail, rows) = (app.reading(), app.text_rows());
    let cursor = detail.person().map(|mention| mention.span).or(detail.current_hit()).or(detail.spot);
    let on_screen = |at: &usize| (detail.top..detail.top + rows).contains(&detail.page.row_of(*at));
    let first = if detail.top == 0 { 0 } else { detail.page.first_byte(detail.top).unwrap_or(0) };
    cursor.map(|span| span.start).filter(on_screen).unwrap_or(first)
}

/// Does an action while something is selected.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Down => go(app, SelectionMove::Next),
        Action::Up => go(app, SelectionMove::Previous),
        Action::ExtendDown => go(app, SelectionMove::ExtendDown),
        Action::ExtendUp => go(app, SelectionMove::ExtendUp),
        Action::SelectSentence => select_by(app, SelectionUnit::Sentence),
        Action::SelectParagraph => select_by(app, SelectionUnit::Paragraph),
        Action::SelectEntity => select_by(app, SelectionUnit::Entity),
        Action::CopyText | Action::CopyCitation => return copy::from_detail(app, action),
        Action::AddNote => return notes::open(app),
        _ => app.reading_mut().selection = None,
    }
    Vec::new()
}

fn go(app: &mut App, to: SelectionMove) {
    let lang = app.settings.lang;
    let detail = app.reading_mut();
    let moved = detail.report.as_deref().zip(detail.selection);
    match moved.and_then(|(report, selection)| selection.moved(report, to, detail.look.raw)) {
        Some(moved) => detail.selection = Some(moved),
        None => app.say(phrases::NO_NEXT_SELECTION.say(lang)),
    }
    show(app);
}

/// Selects the unit of another kind at the beginning of what is selected.
fn select_by(app: &mut App, unit: SelectionUnit) {
    let lang = app.settings.lang;
    let detail = app.reading_mut();
    let (Some(report), Some(selection)) = (detail.report.as_deref(), detail.selection) else { return };
    match TextSelection::at(report, unit, selection.span.start, detail.look.raw) {
        Some(selected) => detail.selection = Some(selected),
        None => app.say(phrases::NOTHING_TO_SELECT.say(lang)),
    }
    show(app);
}

/// Scrolls so that the selection is on screen, its end too if there is room.
fn show(app: &mut App) {
    let rows = app.text_rows();
    let detail: &mut DetailState = app.reading_mut();
    let Some(selection) = detail.selection else { return };
    let last = detail.page.row_of(selection.span.end.saturating_sub(1));
    let first = detail.page.row_of(selection.span.start);
    if last < detail.top + rows && first >= detail.top {
        return;
    }
    if last - first < rows {
        detail::scroll_into_view(detail, selection.span.start, rows);
        detail.top = detail.top.max((last + 1).saturating_sub(rows)).min(first);
    } else {
        detail.top = first;
    }
}
