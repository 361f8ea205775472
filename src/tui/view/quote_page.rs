//! Draws an official's page and the other quote pages; the lines themselves are laid out by `quote_pages`.

use super::canvas::Canvas;
use super::page_lines::{self, PageLinesView};
use crate::lang::phrases;
use crate::tui::app::{App, OfficialPageState, QuotePageState};
use ratatui::layout::Rect;

/// Draws an official's page, or that it is still being read or does not exist.
pub fn official(app: &App, page: &OfficialPageState, paint: &mut Canvas<'_>, area: Rect) {
    let lang = app.settings.lang;
    let title = page.page.as_ref().map_or(phrases::OFFICIALS.say(lang), |page| page.name.as_str());
    let said = if page.gone { phrases::NO_OFFICIALS } else { phrases::LOADING };
    let waiting = page.page.is_none().then(|| said.say(lang));
    page_lines::draw(app, &PageLinesView { title, lines: &page.lines, waiting, pair: false }, paint, area);
}

/// Draws the page of a subject, or that it is still being read or that the cache has nothing about it.
pub fn draw(app: &App, page: &QuotePageState, paint: &mut Canvas<'_>, area: Rect) {
    let lang = app.settings.lang;
    let said = || {
        if page.gone { page.subject.not_found_phrase(&app.keymap, lang) } else { phrases::LOADING.say(lang).to_owned() }
    };
    let waiting = page.content.is_none().then(said);
    let (title, pair) = (page.subject.title(lang), page.subject.is_pair());
    let counts = page.content.as_ref().and_then(|content| content.counts(lang));
    let title = counts.map_or(title.clone(), |counts| format!("{title} · {counts}"));
    page_lines::draw(
        app,
        &PageLinesView { title: &title, lines: &page.lines, waiting: waiting.as_deref(), pair },
        paint,
        area,
    );
}
