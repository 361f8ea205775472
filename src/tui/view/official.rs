//! An official's page, and the pages of other topics.

use super::lines;
use super::paint::Paint;
use crate::tui::app::{App, OfficialPage, TopicPage};
use crate::tui::words;
use ratatui::layout::Rect;

/// Draws an official's page.
pub fn draw(app: &App, page: &OfficialPage, paint: &mut Paint<'_>, area: Rect) {
    let lang = app.settings.lang;
    let title = page.page.as_ref().map_or(words::OFFICIALS.say(lang), |page| page.name.as_str());
    let said = if page.gone { words::NO_OFFICIALS } else { words::LOADING };
    let waiting = page.page.is_none().then(|| said.say(lang));
    lines::draw(app, title, &page.lines, waiting, paint, area);
}

/// Draws the page of a topic.
pub fn topic(app: &App, page: &TopicPage, paint: &mut Paint<'_>, area: Rect) {
    let lang = app.settings.lang;
    let said = if page.gone { page.topic.nothing() } else { words::LOADING };
    let waiting = page.content.is_none().then(|| said.say(lang));
    lines::draw(app, &page.topic.title(lang), &page.lines, waiting, paint, area);
}
