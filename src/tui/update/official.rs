//! Handles an official's page. The cursor moves from place to place; Enter opens the quoted sentence, and Esc returns
//! to the same line. Also sends the reader's decisions about namesakes.

use super::{close, copy, doubts, input_line, jumps, moved, notes, orders, page_search, quote_page, scrolled};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::officials::Place;
use crate::store::UndoneStep;
use crate::tui::app::{App, InputPurpose, OfficialPageState, PageLineKind, PageLines, Screen, StateBefore};
use crate::tui::message::{Ask, Effect};
use crate::tui::panes;
use crate::tui::quote_pages::{self, LineOptions, PostOrigin};

/// Opens the page of the official `id`.
pub fn open(app: &mut App, id: String) -> Vec<Effect> {
    jumps::record(app);
    push(app, id, None)
}

/// Shows the page of the official `id`, with the cursor on the line that quotes `line`, if given.
pub fn push(app: &mut App, id: String, line: Option<Place>) -> Vec<Effect> {
    let (turn, effect) = app.ask(Ask::Official(id.clone()));
    let lines = PageLines { restore: line, ..PageLines::default() };
    app.stack.push(Screen::Official(Box::new(OfficialPageState { id, turn, lines, ..OfficialPageState::default() })));
    vec![effect]
}

/// Opens the page of the person under the cursor in the text.
pub fn of_person(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let reading = app.reading();
    let (Some(report), Some(mention)) = (reading.report.as_ref().map(|r| r.id.clone()), reading.person()) else {
        app.say(phrases::NO_PERSON.say(lang));
        return Vec::new();
    };
    of(app, report, mention.person)
}

/// Asks which official person number `person` of a report is. The answer opens the page.
pub fn of(app: &mut App, report: String, person: usize) -> Vec<Effect> {
    let (turn, effect) = app.ask(Ask::OfficialOf(report, person));
    app.official_turn = turn;
    vec![effect]
}

/// Does an action of the page.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let rows = panes::page_rows(app);
    let Some(Screen::Official(page)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(to) = moved(action, 1, page.lines.selected, page.lines.all.len(), rows) {
        page.lines.go(to);
        return Vec::new();
    }
    let line = page.lines.line().cloned().unwrap_or_default();
    match action {
        Action::Open => quote_page::open_place(app, line.place),
        Action::Official => quote_page::open_official(app, line.official),
        Action::Post => {
            let whose = PostOrigin::Official(page.id.clone());
            let held = page.page.iter().flat_map(|page| &page.posts);
            let posts = match line.post {
                Some(post) => vec![post],
                None => held.filter_map(|now| now.post.clone().map(|key| (key.written(&now.text), key))).collect(),
            };
            quote_page::open_post(app, posts, &whose)
        }
        Action::Unit => {
            let mut held = page.page.iter().flat_map(|page| &page.posts);
            let own = held.find_map(|now| Some(now.post.as_ref()?.unit.as_ref()?.shown().to_owned()));
            quote_page::open_unit(app, line.unit.or(own))
        }
        Action::Compare | Action::CompareChosen | Action::Choose => quote_page::of_report_line(app, action, line),
        Action::Search => input_line::open(app, InputPurpose::FindOnPage),
        Action::CopyText => copy::page(app),
        Action::Export => input_line::open(app, InputPurpose::ExportPage),
        Action::OpenUrl => copy::open_source_of(app, line.place.map(|place| place.report.as_ref().to_owned())),
        Action::AddNote => notes::open(app),
        Action::NextHit | Action::PrevHit => {
            page_search::hit(app, action == Action::PrevHit);
            Vec::new()
        }
        Action::Merge | Action::Split | Action::Undo => decide(app, action),
        Action::Back => {
            close(app);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Merges, splits, or undoes the last decision, by the line under the cursor.
fn decide(app: &mut App, action: Action) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(Screen::Official(page)) = app.stack.last() else { return Vec::new() };
    let id = page.id.clone();
    let line = page.lines.line().cloned().unwrap_or_default();
    if line.sort == PageLineKind::Doubt && action != Action::Undo {
        let name = page.page.as_ref().map(|page| page.name.clone()).unwrap_or_default();
        return doubts::judge(app, action == Action::Merge, name, line);
    }
    let key = app.keymap.key_of(Mode::Official, Action::Undo);
    let (ask, said) = match (action, line.sort, line.official, line.place) {
        (Action::Merge, PageLineKind::Namesake, Some(other), _) => (Ask::Merge(id, other), phrases::MERGED),
        (Action::Merge, ..) => {
            app.say(phrases::NO_NAMESAKE.say(lang));
            return Vec::new();
        }
        (Action::Split, PageLineKind::Report, _, Some(place)) => (Ask::Split(id, place), phrases::SPLIT),
        (Action::Split, ..) => {
            app.say(phrases::NO_REPORT_LINE.say(lang));
            return Vec::new();
        }
        _ => return doubts::undo(app, id),
    };
    let (turn, effect) = orders::send(app, ask, said.fill(lang, &[&key]), StateBefore::Same);
    app.decision_turn = turn;
    vec![effect]
}

/// Handles the answer to a decision about namesakes: requests every page again that it may have changed. `id` is the
/// new id of the official on the page in front; `None` if there was no decision to undo.
pub fn decided(app: &mut App, id: Option<String>, undone: Option<UndoneStep>) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(id) = id else {
        app.say(phrases::NO_DECISION.say(lang));
        return Vec::new();
    };
    if let Some(step) = undone {
        doubts::undone(app, step);
    }
    if let Some(Screen::Official(page)) = app.stack.last_mut() {
        page.id = id;
    }
    quote_page::refresh_pages(app)
}

/// Lays the page out again if its width or content has changed, and keeps the line under the cursor on screen.
pub fn fit(app: &mut App) {
    let (rows, width) = (panes::page_rows(app), panes::page_width(app, false));
    let options = LineOptions { width, lang: app.settings.lang, plain: app.plain(), unfolded: false };
    let Some(Screen::Official(shown)) = app.stack.last_mut() else { return };
    let Some(page) = shown.page.as_deref() else { return };
    let notes = &shown.notes;
    shown.lines.lay_out(width, || quote_pages::official::lines(page, notes, options));
    scroll_to_cursor(&mut shown.lines, rows);
}

/// Scrolls so that the line under the cursor is on screen. At the first place, the lines above it are shown too if they
/// fit: the cursor cannot reach them, so there would be no other way to scroll back to the head of the page.
pub fn scroll_to_cursor(lines: &mut PageLines, rows: usize) {
    let first = lines.nearest(0, true);
    lines.top = if lines.selected == first && first < rows { 0 } else { lines.top };
    lines.top = scrolled(lines.top, lines.selected, lines.all.len(), rows);
}
