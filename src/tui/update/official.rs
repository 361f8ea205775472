//! An official's page: every line is a place; Enter goes to its sentence, Esc comes back to the same line.

use super::{close, moved, open, scrolled};
use crate::tui::action::Action;
use crate::tui::app::{App, LineSort, OfficialPage, Screen};
use crate::tui::keymap::{self, Mode};
use crate::tui::message::{Ask, Effect};
use crate::tui::{career, panes, words};

/// Opens the page of the official `id`.
pub fn open(app: &mut App, id: String) -> Vec<Effect> {
    let (turn, effect) = app.ask(Ask::Official(id.clone()));
    app.stack.push(Screen::Official(Box::new(OfficialPage { id, turn, ..OfficialPage::default() })));
    vec![effect]
}

/// Opens the page of the person under the cursor of the text.
pub fn of_person(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let reading = app.reading();
    let (Some(report), Some(mention)) = (reading.report.as_ref().map(|r| r.id.clone()), reading.person()) else {
        app.say(words::NO_PERSON.say(lang));
        return Vec::new();
    };
    of(app, report, mention.person)
}

/// Asks which official the person number `person` of a report is; the answer opens the page.
pub fn of(app: &mut App, report: String, person: usize) -> Vec<Effect> {
    let (turn, effect) = app.ask(Ask::OfficialOf(report, person));
    app.official_turn = turn;
    vec![effect]
}

/// Does an action of the page.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let rows = rows(app);
    let Some(Screen::Official(page)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(to) = moved(action, page.selected, page.lines.len(), rows) {
        page.selected = nearest(page, to, to >= page.selected);
        return Vec::new();
    }
    match action {
        Action::Open => {
            let line = page.lines.get(page.selected).cloned().unwrap_or_default();
            line.place.map_or_else(Vec::new, |place| open::elsewhere(app, &place))
        }
        Action::Official => {
            let line = page.lines.get(page.selected).cloned().unwrap_or_default();
            line.official.map_or_else(Vec::new, |id| open(app, id))
        }
        Action::Merge | Action::Split | Action::Undo => decide(app, action),
        Action::Back => {
            close(app);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Merges, splits, or takes the last decision back.
fn decide(app: &mut App, action: Action) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(Screen::Official(page)) = app.stack.last() else { return Vec::new() };
    let id = page.id.clone();
    let line = page.lines.get(page.selected).cloned().unwrap_or_default();
    let key = keymap::key_of(Mode::Official, Action::Undo);
    let (ask, said) = match (action, line.sort, line.official, line.place) {
        (Action::Merge, LineSort::Namesake, Some(other), _) => (Ask::Merge(id, other), words::MERGED),
        (Action::Merge, ..) => {
            app.say(words::NO_NAMESAKE.say(lang));
            return Vec::new();
        }
        (Action::Split, LineSort::Report, _, Some(place)) => (Ask::Split(id, place), words::SPLIT),
        (Action::Split, ..) => {
            app.say(words::NO_REPORT_LINE.say(lang));
            return Vec::new();
        }
        _ => (Ask::Undo(id), words::UNDONE),
    };
    let (turn, effect) = app.ask(ask);
    app.decision_turn = turn;
    app.say(said.fill(lang, &[&key]));
    vec![effect]
}

/// A decision has been carried out: the page is read anew.
pub fn decided(app: &mut App, id: Option<String>) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(id) = id else {
        app.say(words::NO_DECISION.say(lang));
        return Vec::new();
    };
    let (turn, effect) = app.ask(Ask::Official(id.clone()));
    if let Some(Screen::Official(page)) = app.stack.last_mut() {
        page.id = id;
        page.turn = turn;
    }
    vec![effect]
}

/// The nearest line from `to` on that is a place; the other way where there is none.
fn nearest(page: &OfficialPage, to: usize, down: bool) -> usize {
    let is_place = |n: &usize| page.lines.get(*n).is_some_and(|l| l.place.is_some() || l.official.is_some());
    let (below, above) = ((to..page.lines.len()).find(is_place), (0..=to).rev().find(is_place));
    if down { below.or(above) } else { above.or(below) }.unwrap_or(to)
}

fn rows(app: &App) -> usize {
    usize::from(panes::inside(panes::middle(app), app.plain()).height).max(1)
}

/// Lays the page out anew where the width is another; keeps the line under the cursor in sight.
pub fn fit(app: &mut App) {
    let (rows, lang, plain) = (rows(app), app.settings.lang, app.plain());
    let width = usize::from(panes::page_of(panes::middle(app), plain).width);
    let Some(Screen::Official(shown)) = app.stack.last_mut() else { return };
    let Some(page) = shown.page.as_deref() else { return };
    if shown.width != width {
        let kept = shown.lines.get(shown.selected).and_then(|line| line.place.clone());
        shown.lines = career::lines(page, width, lang);
        shown.width = width;
        let same = kept.and_then(|place| shown.lines.iter().position(|line| line.place.as_ref() == Some(&place)));
        shown.selected = same.unwrap_or_else(|| nearest(shown, 0, true));
    }
    // The lines above the first place are in sight together with it.
    let first = nearest(shown, 0, true);
    shown.top = if shown.selected == first && first < rows { 0 } else { shown.top };
    shown.top = scrolled(shown.top, shown.selected, shown.lines.len(), rows);
}
